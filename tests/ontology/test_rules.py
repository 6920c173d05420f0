"""Every rule of the ontology fires on its own example and finds what its page says."""

from __future__ import annotations

import re
from functools import lru_cache

import pytest

from kg.base.records import Document
from kg.extract.claims.relater import KINDS as CLAIM_KINDS
from kg.extract.mentions.annotator import KINDS as NAME_KINDS
from kg.extract.stations import DocumentState, run_relate, run_until
from kg.ontology import Rule, load, rules
from kg.ontology.kinds import CLAIMS as CLAIMS_BY
from kg.ontology.kinds import NAMES as NAMES_BY

ONTOLOGY = load()
NAMES = {rule.rule for klass in ONTOLOGY.classes.values() for rule in klass.names}


@lru_cache(maxsize=512)
def work_of(text: str) -> DocumentState:
    return run_until(DocumentState(Document("example", "example.txt", text), ONTOLOGY), run_relate)


def found_names(rule: Rule, text: str) -> set[str]:
    return {
        m.name
        for context in work_of(text).contexts
        for m in context.mentions
        if m.rule == rule.rule
    }


def found_claims(rule: Rule, text: str) -> set[tuple[str, str]]:
    found = set()
    for article_statement in work_of(text).statements:
        statement = article_statement.statement
        if statement.rule == rule.rule and not statement.denied:
            other = (
                statement.object.name
                if statement.object
                else statement.value.lexical
                if statement.value
                else ""
            )
            found.add((statement.subject.name, other))
    return found


ALL = rules(ONTOLOGY)


@pytest.mark.parametrize("rule", ALL, ids=[r.rule for r in ALL])
def test_rule_finds_what_its_example_says(rule: Rule) -> None:
    assert rule.example, f"{rule.file}: {rule.rule} has no example"
    assert any(e.finds for e in rule.example), (
        f"{rule.file}: {rule.rule}: no example says what it finds"
    )
    for example in rule.example:
        if rule.rule in NAMES:
            missing = {str(name) for name in example.finds} - found_names(rule, example.text)
        else:
            wanted = {(str(s), str(o)) for s, o in example.finds}
            missing = wanted - found_claims(rule, example.text)
        assert not missing, f"{rule.file}: {rule.rule} misses {sorted(missing)} in {example.text!r}"


def test_every_page_has_a_rule() -> None:
    pages = [*ONTOLOGY.relations.values(), *ONTOLOGY.attributes.values()]
    assert [page.name for page in pages if not page.rules] == []


def test_example_texts_name_only_invented_bodies() -> None:
    """An example that names a firm (…公司) names one that is marked as invented or generic."""
    marks = ("云澜", "某", "甲", "乙", "丙", "云启", "海芯", "蓉", "星", "国药", "江海", "远航")
    texts = [
        e.text
        for rule in ALL
        if rule.rule not in NAMES
        for e in rule.example
        if "有限公司" in e.text
    ]
    real = [t for t in texts if not any(mark in t for mark in marks)]
    assert not real, f"give the firm a name with one of {'、'.join(marks)}"


def test_every_kind_of_rule_and_every_option_is_described() -> None:
    described = set(
        re.findall(r"`([a-z_]+)`", (ONTOLOGY.folder / "RULES.md").read_text(encoding="utf-8"))
    )
    options = {o for kinds in (NAMES_BY, CLAIMS_BY) for known in kinds.values() for o in known}
    assert sorted({*NAMES_BY, *CLAIMS_BY, *options} - described) == []


def test_every_kind_that_is_read_has_its_options_listed() -> None:
    assert set(NAMES_BY) == {*NAME_KINDS}
    assert set(CLAIMS_BY) == {*CLAIM_KINDS, "pattern"}
