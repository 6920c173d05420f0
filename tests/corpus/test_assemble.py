"""One graph of many documents: named by content alone, every fact with its evidence."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.base.records import (
    Document,
    Entity,
    Fact,
    Knowledge,
    LocalClaim,
    LocalEntity,
    Reading,
    Span,
    Value,
)
from kg.base.settings import default
from kg.corpus.assemble import assemble, digest, entity_iri
from kg.extract.document import extract
from kg.ontology import load

ONTOLOGY = load()
BASE = default("base")
TEXTS = (
    "云桥智能科技有限公司在成都高新区投资3亿元建设芯片封装基地项目。",
    "本报成都3月5日讯（记者 王一）云桥智能科技有限公司与澜江大学签署合作协议。",
    "近日，成都市人民政府印发《成都市智造行动方案（2024—2026年）》。",
    "澜江大学与云桥智能科技有限公司联合开发“云雀”大模型，项目落户重庆市綦江区石角镇。",
)


def document(text: str, name: str = "d.txt") -> Document:
    return Document(hashlib.sha256(text.encode()).hexdigest()[:20], name, text)


@cache
def read(text: str) -> Reading:
    return extract(document(text), ONTOLOGY)


def woven(*texts: str, base: str = BASE) -> Knowledge:
    named = [(document(t, f"{i:02}.txt"), read(t)) for i, t in enumerate(texts)]
    return assemble(named, ONTOLOGY, base)


def test_ids_are_of_class_and_content_alone() -> None:
    assert re.fullmatch(
        rf"{BASE}organisation/[0-9a-f]{{16}}", entity_iri(BASE, "Organisation", "甲")
    )
    assert entity_iri(BASE, "District", "渝", "500110") == f"{BASE}district/500110"
    assert digest("a", "bc", size=8) != digest("ab", "c", size=8)


def test_the_same_texts_give_the_same_graph() -> None:
    assert woven(*TEXTS) == woven(*TEXTS)


@settings(max_examples=30, deadline=None)
@given(st.permutations(TEXTS), st.lists(st.sampled_from(TEXTS), max_size=3))
def test_neither_order_nor_repetition_changes_what_is_known(
    order: list[str], again: list[str]
) -> None:
    plain, mixed = woven(*TEXTS), woven(*order, *again)
    assert mixed.entities == plain.entities
    assert mixed.facts == plain.facts
    assert [s.id for s in mixed.sources] == [s.id for s in plain.sources]


def test_one_text_under_two_names_is_one_document_with_both() -> None:
    pairs = [(document(TEXTS[0], name), read(TEXTS[0])) for name in ("b.txt", "a.txt", "a.txt")]
    (source,) = assemble(pairs, ONTOLOGY, BASE).sources
    assert source.names == ("a.txt", "b.txt")
    assert assemble(pairs[:1], ONTOLOGY, BASE).facts == assemble(pairs, ONTOLOGY, BASE).facts


def test_a_document_of_others_changes_no_iri() -> None:
    alone, together = woven(TEXTS[0]), woven(*TEXTS)
    assert {e.id for e in alone.entities} <= {e.id for e in together.entities}
    assert {f.id for f in alone.facts} <= {f.id for f in together.facts}


def test_the_base_begins_every_iri_and_changes_nothing_else() -> None:
    here, there = woven(*TEXTS), woven(*TEXTS, base="https://example.org/id/")
    for item in (*there.entities, *there.facts, *there.sources):
        assert item.id.startswith("https://example.org/id/")
    moved = [e.id.replace("https://example.org/id/", BASE) for e in there.entities]
    assert moved == [e.id for e in here.entities]


def test_everything_is_sorted_by_id_and_there_once() -> None:
    knowledge = woven(*TEXTS)
    for items in (knowledge.sources, knowledge.entities, knowledge.facts):
        ids = [item.id for item in items]
        assert ids == sorted(set(ids))


def test_every_end_of_a_fact_is_an_entity_of_the_graph() -> None:
    knowledge = woven(*TEXTS)
    known = {e.id for e in knowledge.entities}
    for f in knowledge.facts:
        assert f.subject in known
        assert f.object in known if f.value is None else not f.object


def test_quotes_are_the_stretch_of_the_text_that_they_name() -> None:
    knowledge = woven(*TEXTS)
    texts = {s.id: s.text for s in knowledge.sources}
    quoted = [f for f in knowledge.facts if f.document]
    assert len(quoted) >= 8
    for f in quoted:
        assert f.quote and f.quote == texts[f.document][f.start : f.end]
        assert f.trigger in f.quote.replace("\n", "")
        assert not f.source


def test_background_facts_carry_a_source_and_no_quotation() -> None:
    knowledge = woven("会议在成都市郫都区举行。")
    background = [f for f in knowledge.facts if not f.document]
    pairs = {(f.subject.rsplit("/", 1)[1], f.object.rsplit("/", 1)[1]) for f in background}
    assert {("510117", "510100"), ("510100", "510000")} <= pairs
    for f in background:
        assert f.source.startswith("https://") and f.predicate == "partOf"
        assert (f.quote, f.start, f.end, f.confidence) == ("", 0, 0, 1.0)


@pytest.mark.parametrize(
    ("text", "name", "holder", "rule"),
    [
        ("项目落户成都高新区。", "成都高新区", "510100", "reference.lead"),
        ("项目落户两江新区。", "两江新区", "500000", "reference.zone"),
        ("贵阳市观山湖区金阳街道的项目开工。", "金阳街道", "513430", ""),  # not of 金阳县
    ],
)
def test_a_zone_lies_in_the_city_it_is_named_after(
    text: str, name: str, holder: str, rule: str
) -> None:
    graph = woven(text)
    (zone,) = (e for e in graph.entities if e.name == name)
    found = {
        f.rule
        for f in graph.facts
        if f.subject == zone.id and f.object == f"{BASE}district/{holder}" and not f.quote
    }
    assert found == ({rule} if rule else set())


def test_what_no_document_names_is_marked_as_background() -> None:
    knowledge = woven("会议在成都市举行。")
    (province,) = [e for e in knowledge.entities if e.code == "510000"]
    assert province.mentions == 0 and province.background
    (city,) = [e for e in knowledge.entities if e.code == "510100"]
    assert city.mentions == 1 and not city.background


def test_what_a_text_says_of_a_background_place_is_told_apart() -> None:
    knowledge = woven("会议在四川省成都市举行。")
    said = [f for f in knowledge.facts if f.predicate == "partOf" and f.subject.endswith("510100")]
    assert sorted(bool(f.quote) for f in said) == [False, True]


def test_a_symmetric_relation_is_written_once_from_the_smaller_iri() -> None:
    one = "云桥大学与澜江大学签署合作协议。"
    other = "澜江大学与云桥大学签署合作协议。"
    knowledge = woven(one, other)
    facts = [f for f in knowledge.facts if f.predicate == "cooperatesWith"]
    assert len({(f.subject, f.object) for f in facts}) == 1
    assert len({f.document for f in facts}) == 2
    assert all(f.subject < f.object for f in facts)


def organisation(name: str) -> LocalEntity:
    return LocalEntity("Organisation", name, name, mentions=(Span(0, 1),))


def place(name: str) -> LocalEntity:
    return LocalEntity("District", name, name, mentions=(Span(0, 1),))


def project(name: str) -> LocalEntity:
    return LocalEntity("Project", name, name, mentions=(Span(0, 1),))


CLAIM = LocalClaim(0, "signs", 1, None, 0, 4, "signs.frame", 0.9, trigger="签约")


def facts(claim: LocalClaim, *entities: LocalEntity) -> tuple[Fact, ...]:
    text = document("甲乙签约一项目")
    return assemble([(text, Reading(text.id, (), entities, (claim,)))], ONTOLOGY, BASE).facts


def test_a_claim_within_domain_and_range_is_a_fact() -> None:
    (fact,) = facts(CLAIM, organisation("甲公司"), project("芯片基地项目"))
    assert (fact.predicate, fact.quote, fact.trigger) == ("signs", "甲乙签约", "签约")


def test_a_denied_claim_makes_no_fact() -> None:
    assert facts(replace(CLAIM, denied=True), organisation("甲公司"), project("芯片基地项目")) == ()


@pytest.mark.parametrize(
    "ends",
    [
        (project("甲项目"), project("乙项目")),  # a project signs nothing
        (organisation("甲公司"), place("乙区")),  # nobody signs a place
        (organisation("甲公司"), organisation("乙公司")),
    ],
)
def test_a_claim_outside_domain_or_range_makes_no_fact(ends: tuple[LocalEntity, ...]) -> None:
    assert facts(CLAIM, *ends) == ()


def test_nothing_is_related_to_itself() -> None:
    both = organisation("甲公司")
    assert facts(replace(CLAIM, predicate="cooperatesWith"), both, both) == ()


def test_an_attribute_of_a_wrong_class_makes_no_fact() -> None:
    value = Value("3", "decimal", "3元")
    claim = replace(CLAIM, predicate="investment", object=None, value=value)
    assert facts(claim, place("乙区")) == ()
    assert len(facts(claim, project("芯片基地项目"))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "云桥智能科技有限公司否认在成都高新区投资建设芯片封装基地项目。",
        "云桥智能科技有限公司没有与澜江大学签署合作协议。",
        "云桥智能科技有限公司未与澜江大学签署合作协议。",
    ],
)
def test_what_a_text_denies_is_no_fact(text: str) -> None:
    assert [f for f in woven(text).facts if f.quote and f.predicate != "locatedIn"] == []


def test_the_label_is_the_longest_name_that_any_document_gives() -> None:
    knowledge = woven("项目落户成都。", "项目落户成都市。")
    (city,) = [e for e in knowledge.entities if e.code == "510100"]
    assert (city.name, city.aliases, city.mentions) == ("成都市", ("成都",), 2)


def test_every_fact_is_made_by_a_rule_of_the_ontology() -> None:
    from kg.ontology import rules

    known = {r.rule for r in rules(ONTOLOGY)}
    made = {f.rule for f in woven(*TEXTS).facts if f.document}
    assert made and all(any(rule.startswith(k) for k in known) or "." in rule for rule in made)


def test_entities_of_one_class_and_name_are_one_and_of_two_classes_two() -> None:
    knowledge = assemble(
        [(document("甲"), Reading("x", (), (organisation("云桥港区"), place("云桥港区"))))],
        ONTOLOGY,
        BASE,
    )
    found: list[Entity] = [e for e in knowledge.entities if e.name == "云桥港区"]
    assert sorted(e.type for e in found) == ["District", "Organisation"]
