"""Explanations: an entity's facts with sentence, rule and confidence; what a text gives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile
from pathlib import Path

import pytest

from kg.base.errors import QueryError
from kg.base.records import Knowledge, Merge
from kg.ontology import load
from kg.publish.explain.descriptions import entity, sentence
from kg.query.graph import Graph
from kg.query.graph import open as open_store
from kg.read import parse
from tests.conftest import EXAMPLES
from tests.testing.graphs import builders as b


@pytest.fixture(scope="module")
def graph(graph_of_examples: Path) -> Iterator[Graph]:
    with open_store(graph_of_examples) as found:
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
    with open_store(b.built(tmp_path, Knowledge((b.source(),), (company,)))) as found:
        text = entity(found, company.id)
    assert text.splitlines()[-1] == "  鑫远  [identity.key] 2 documents give one key (97% sure)"
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


BUILT = "陇云集团在兰州新区建设陇云液冷数据中心项目。"
WEIGHED = r"      (?:for     \+|against -)\d+\.\d \S.*"


def below(said: str, head: str) -> list[str]:
    """The lines of one section."""
    lines = said.splitlines()
    rest = lines[lines.index(head) + 1 :]
    return list(takewhile(lambda line: line.startswith(" "), rest))


def of(lines: list[str], first: str) -> list[str]:
    """A line and those that are set in below it."""
    at = next(i for i, line in enumerate(lines) if line.startswith(f"  {first}"))
    more = takewhile(lambda line: line.startswith("    "), lines[at + 1 :])
    return [lines[at], *more]


@pytest.mark.usefixtures("learned")
def test_a_claim_tells_its_proposers_what_it_beat_and_what_weighed() -> None:
    said = sentence(BUILT, load())
    claim = of(below(said, "claims"), "陇云集团 — develops → 陇云液冷数据中心项目")
    assert re.fullmatch(r"    rule develops\.frame by “建设”, confidence [\d.]+", claim[1])
    assert claim[2].startswith("    proposed by develops.frame and the network; the network leans")
    assert re.search(r"; ahead of 陇云集团 — \w+ → 陇云液冷数据中心项目, confidence 0", claim[2])
    weighed = [line for line in claim if re.fullmatch(WEIGHED, line)]
    assert weighed == claim[3:-1]
    assert 1 <= sum(" for " in line[:10] for line in weighed) <= 4
    assert 1 <= sum(" against " in line[:14] for line in weighed) <= 2
    assert claim[-1] == f"    “{BUILT}”"


@pytest.mark.usefixtures("learned")
@pytest.mark.parametrize("name", ["贵阳-数博会签约.md", "柳州-智能网联汽车细则.txt"])
def test_every_mention_and_claim_of_an_example_tells_its_proposers(name: str) -> None:
    """Those too that rules state of what the network was not asked about, or does not know."""
    said = sentence(parse(name, (EXAMPLES / name).read_bytes()).text, load())
    claims = [line for line in below(said, "claims") if not line.startswith("    ")]
    told = [of(below(said, "claims"), line[2:])[2] for line in claims]
    assert len(told) > 20
    assert all(line.startswith("    proposed by ") for line in told)
    assert any(line.endswith(", not by the network; it was not weighed") for line in told)
    names = [line for line in below(said, "mentions") if re.match(r"  \d+–\d+ ", line)]
    named = [line for line in names if "stands for" not in line]
    assert len(named) > 40
    assert sum("proposed by" in line for line in below(said, "mentions")) == len(named)


@pytest.mark.usefixtures("learned")
def test_what_weighs_most_is_told_first() -> None:
    claim = of(below(sentence(BUILT, load()), "claims"), "陇云集团 — develops")
    for side in ("for", "against"):
        found = re.findall(rf"^ +{side} +([+-][\d.]+) ", "\n".join(claim), re.MULTILINE)
        weights = [abs(float(weight)) for weight in found]
        assert weights == sorted(weights, reverse=True)


@pytest.mark.usefixtures("learned")
def test_the_network_leans_on_a_word_between_both_ends() -> None:
    claims = "\n".join(below(sentence(BUILT, load()), "claims"))
    words = re.findall("the network leans on “(.*?)”", claims)
    assert len(words) == 2
    assert set(words) <= {"在", "兰州新区", "建设"}


@pytest.mark.usefixtures("learned")
def test_a_mention_tells_its_proposers_what_it_beat_and_what_weighed() -> None:
    mentions = below(sentence(BUILT, load()), "mentions")
    project, place = of(mentions, "11–21 陇云液冷数据中心项目"), of(mentions, "5–9 兰州新区")
    assert re.match(r"    proposed by project\.head and the network, confidence [\d.]+", project[1])
    by = r"    proposed by district\.division, district\.zone and the network, confidence [\d.]+"
    assert re.match(by, place[1])
    name = "柳州-智能网联汽车细则.txt"
    said = below(sentence(parse(name, (EXAMPLES / name).read_bytes()).text, load()), "mentions")
    assert any(re.search(r"; ahead of .+ \(\w+\), confidence 0\.\d+$", line) for line in said)
    for mention in (project, place):
        assert re.fullmatch(r"    for \+\d.\d .*, \+\d.\d .*; against -\d.\d .*", mention[2])
        assert len(mention) == 3


@pytest.mark.usefixtures("learned")
def test_a_pair_without_a_claim_tells_the_best_proposal_that_was_refused() -> None:
    name = "柳州-智能网联汽车细则.txt"
    said = sentence(parse(name, (EXAMPLES / name).read_bytes()).text, load())
    told = [line for line in below(said, "no claim") if line.startswith("    ")]
    unsure = [line for line in told if line.startswith("    the best proposal is too unsure: ")]
    assert len(unsure) >= 3
    assert all(re.search(r" — \w+ → .*, confidence 0\.\d+, by ", line) for line in unsure)
    others = (
        "    (neither the rules nor the network propose|said elsewhere: |too few readers would )"
    )
    assert all(line in unsure or re.match(others, line) for line in told)


@pytest.mark.usefixtures("learned")
def test_a_pair_that_nobody_proposed_anything_for_says_so() -> None:
    said = sentence("陇云集团董事长周宁到兰州新区考察。", load())
    pair = of(below(said, "no claim"), "陇云集团 — 兰州新区")
    assert pair[1:] == ["    neither the rules nor the network propose anything for them"]


def test_with_rules_alone_there_is_no_more_to_tell_than_the_rule() -> None:
    said = sentence(BUILT, load())
    assert "rule develops.frame by “建设”, confidence" in said
    assert "network" not in said
    assert "proposed by" not in said


def test_a_fact_that_the_network_proposed_alone_says_so_and_how_sure_it_is(tmp_path: Path) -> None:
    """A rule has its name; what a digest stands for is said in words."""
    facts = tuple(
        replace(b.fact(b.COMPANY, "signs", b.PROJECT, "签约"), id=f"{b.BASE}claim/{i}", rule=rule,
                confidence=confidence)
        for i, (rule, confidence) in enumerate([("signs.verb", 0.9), ("reader@a3bf282c3426", 0.75)])
    )  # fmt: skip
    whole = Knowledge((b.source(),), (b.COMPANY, b.PROJECT), facts)
    with open_store(b.built(tmp_path, whole)) as found:
        lines = entity(found, b.COMPANY.id).splitlines()
    at = next(i for i, line in enumerate(lines) if "reader@a3bf282c3426" in line)
    assert lines[at].endswith(", confidence 0.75")
    assert lines[at + 1] == "    the network proposed it alone, and it is likely"
    assert sum("the network" in line for line in lines) == 1


def test_the_posts_of_a_person_and_of_a_body_come_with_the_sentences_that_tell_them(
    graph: Graph,
) -> None:
    posts = entity(graph, "关海峰").partition("\nposts\n")[2]
    assert "  关海峰: 副局长, 沈阳市工业和信息化局\n    “沈阳市工业和信息化局副局长" in posts
    assert "  关海峰: 主任, 大会组委会办公室\n" in posts
    assert "关海峰: 副局长, 沈阳市工业和信息化局" in entity(graph, "沈阳市工业和信息化局")


def test_a_post_tells_whether_it_is_a_former_one(tmp_path: Path) -> None:
    with open_store(b.built(tmp_path)) as found:
        text = entity(found, "于海")
    assert (
        f"posts\n  于海: 董事长, {b.COMPANY.name}\n    “股份有限公司” n01.txt 6–12  former" in text
    )
