"""Explanations: an entity's facts with sentence, rule and confidence; what a text gives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import QueryError
from kg.explain import entity, sentence
from kg.graph import Graph
from kg.graph import open as opened
from kg.ontology import load
from kg.records import Knowledge, Merge
from tests import builders as b


@pytest.fixture(scope="module")
def graph(graph_of_examples: Path) -> Iterator[Graph]:
    with opened(graph_of_examples) as found:
        yield found


def test_every_fact_has_its_rule_its_confidence_and_its_sentence(graph: Graph) -> None:
    text = entity(graph, "蓉芯微电子股份有限公司")
    facts = re.findall(r"^  .* — (\w+) → .*\n    rule (\S+).*, confidence [\d.]+\n    “(.*)” (.*)$",
                       text, re.MULTILINE)  # fmt: skip
    assert len(facts) == text.count(" → ") >= 3
    assert {predicate for predicate, *_ in facts} >= {"invests", "worksFor"}
    for _, rule, quote, place in facts:
        assert "." in rule
        name, start, end = re.fullmatch(r"(.*) (\d+)–(\d+)", place).groups()  # type: ignore[union-attr]
        assert graph.text(name)[int(start) : int(end)].replace("\n", "⏎") == quote


def test_a_merge_comes_with_its_reason_and_its_words(graph: Graph) -> None:
    text = entity(graph, "蓉芯微")
    assert text.startswith("蓉芯微电子股份有限公司 (Organisation 组织机构, company)\n")
    assert "why they are one\n  蓉芯微  [name.defined]" in text
    assert "【蓉芯微】" in text


def test_a_merge_without_words_shows_its_reason_alone(tmp_path: Path) -> None:
    merge = Merge("鑫远", "identity.key", "2 documents give one key", b.source().id)
    company = replace(b.COMPANY, merges=(merge,), mentions=1)
    with opened(b.built(tmp_path, Knowledge((b.source(),), (company,)))) as found:
        text = entity(found, company.id)
    assert text.splitlines()[-1] == "  鑫远  [identity.key] 2 documents give one key"
    assert "  mentioned 1 time\n" in text


def test_background_facts_say_that_no_document_says_so(graph: Graph) -> None:
    text = entity(graph, "成都市")
    assert "reference data, no document says so" in text


def test_an_unknown_name_is_answered_with_the_nearest(graph: Graph) -> None:
    with pytest.raises(QueryError, match="蓉芯微"):
        entity(graph, "蓉芯徽")


def test_a_text_is_explained_by_mentions_and_claims() -> None:
    said = sentence(
        "蓉芯微电子股份有限公司（以下简称“蓉芯微”）拟投资42亿元，建设车规级芯片研发制造基地项目。",
        load(),
    )
    mentions, claims = said.split("claims\n")
    assert re.search(r"0–11 蓉芯微电子股份有限公司 \(Organisation, company\)  rule \S+", mentions)
    assert "蓉芯微 is 蓉芯微电子股份有限公司" in mentions
    assert "蓉芯微电子股份有限公司 — invests → 车规级芯片研发制造基地项目  planned" in claims
    assert re.search(r"rule invests\.\w+", claims)


def test_a_text_without_a_trigger_says_that_there_is_no_claim() -> None:
    said = sentence("甲某。", load())
    assert said.startswith("mentions\nclaims\n  none\n")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("成都高新区未与甲某科技有限公司签署合作协议。", "is denied or not yet real"),
        ("成都高新区发展。甲某科技有限公司董事长王小明出席2031云澜大会。", "no relation joins"),
        ("甲某科技有限公司和成都高新区都好。", "no word of locatedIn"),
        ("甲某科技有限公司在会上签约，成都高新区也派人出席。", "is not said of these two"),
    ],
)
def test_a_pair_without_a_claim_is_told_why(text: str, why: str) -> None:
    assert why in sentence(text, load()).split("no claim\n")[1]


def test_a_pair_with_a_claim_is_not_among_those_without() -> None:
    said = sentence("甲某科技有限公司与乙某大学签署合作协议。", load())
    assert "cooperatesWith" in said.split("claims\n")[1]
    assert "no claim" not in said


def test_terminal_escapes_in_a_text_are_shown_not_run() -> None:
    assert "\x1b" not in sentence("成都高新区\x1b[31m与重庆市签约。", load())
