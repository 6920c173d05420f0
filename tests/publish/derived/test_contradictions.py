"""What documents say in two ways stands side by side, in every place that tells of it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from kg.base.records import Fact, Knowledge, Value
from kg.ontology import load
from kg.publish.derived.contradictions import contradictions
from kg.publish.explain.descriptions import entity
from kg.publish.page.overview import WholeGraph, overview
from kg.publish.page.things import Things
from kg.query.graph import open as open_store
from kg.run.report import Report, report
from tests.testing.graphs import builders as b

FIRM, PLANT = b.entity("Organisation", "甲某储能科技有限公司"), b.entity("Project", "云澜储能基地")
PROVINCE, CITY = b.entity("District", "云岭省"), b.entity("District", "云澜市")
OTHER = b.entity("District", "远山市")
FIRST = "云澜储能基地投资10亿元，3月5日终止。注册于云澜市。云澜市属云岭省。"
SECOND = "云澜储能基地投资12亿元，3月8日开工。注册地为远山市。注册在云岭省。"
ONE = b.source("一.txt", FIRST, published="2024-03-06")
TWO = b.source("二.txt", SECOND, published="2024-03-09")


def amount(text: str, quote: str, document: b.Source) -> Fact:
    return b.fact(PLANT, "investment", Value(text, "decimal", quote[-4:]), quote, document=document)


def day(text: str, kind: str, quote: str, document: b.Source) -> Fact:
    return b.fact(PLANT, "date", Value(text, kind, quote), quote, document=document)


TEN = amount("1000000000", "投资10亿元", ONE)
TWELVE = amount("1200000000", "投资12亿元", TWO)
ENDED = b.fact(FIRM, "signs", PLANT, "3月5日终止", document=ONE, status="cancelled")
STARTED = b.fact(FIRM, "signs", PLANT, "3月8日开工", document=TWO, status="started")
HERE = b.fact(FIRM, "locatedIn", CITY, "注册于云澜市", document=ONE, trigger="注册于云澜市")
THERE = b.fact(FIRM, "locatedIn", OTHER, "注册地为远山市", document=TWO, trigger="注册地为远山市")
WIDER = b.fact(FIRM, "locatedIn", PROVINCE, "注册在云岭省", document=TWO, trigger="注册在云岭省")
PART = b.fact(CITY, "partOf", PROVINCE, "云澜市属云岭省", document=ONE)


def known(*facts: Fact) -> Knowledge:
    entities = sorted((FIRM, PLANT, PROVINCE, CITY, OTHER), key=lambda e: e.id)
    sources = sorted((ONE, TWO), key=lambda s: s.id)
    return Knowledge(tuple(sources), tuple(entities), tuple(sorted(facts, key=lambda f: f.id)))


def sides(*facts: Fact) -> list[tuple[str, list[str]]]:
    return [(c.kind, [side for side, _ in c.sides]) for c in contradictions(known(*facts), load())]


def test_two_amounts_contradict_each_other_and_the_same_one_twice_does_not() -> None:
    assert sides(TEN, TWELVE) == [("amount", ["1000000000", "1200000000"])]
    assert sides(TEN, amount("1000000000", "云澜储能基地投资10亿元", ONE)) == []


DAYS = [
    (("2024-03-05", "date"), ("2024-03-08", "date"), True),
    (("2024-03-05", "date"), ("2023-03-05", "date"), True),
    (("--03-05", "gMonthDay"), ("2024-03-08", "date"), True),
    (("2023", "gYear"), ("2024-03", "gYearMonth"), True),
    (("2024-03-05", "date"), ("--03-05", "gMonthDay"), False),
    (("2024", "gYear"), ("2024-03-05", "date"), False),
    (("2024-03", "gYearMonth"), ("2024-03-05", "date"), False),
    (("2024", "gYear"), ("--03-05", "gMonthDay"), False),
]


@pytest.mark.parametrize(("one", "other", "differ"), DAYS)
def test_dates_contradict_unless_one_is_the_other_less_precisely(
    one: tuple[str, str], other: tuple[str, str], differ: bool, tmp_path: Path
) -> None:
    facts = day(*one, "3月5日", ONE), day(*other, "3月8日", TWO)
    assert bool(sides(*facts)) == differ
    with open_store(b.built(tmp_path, known(*facts))) as graph:
        assert bool(graph.ask("contradictions").rows) == differ


STATUSES = [
    # What one document says, what the other does, and when each was published.
    (("cancelled", "2024-03-01"), ("started", "2024-06-01"), True),
    (("cancelled", "2024-03-01"), ("started", "2024-03-01"), True),
    (("completed", "2024-03"), ("planned", "2024-04-02"), True),
    (("cancelled", "2024-03-01"), ("started", "2023-06-01"), False),
    (("cancelled", "2024"), ("started", "2024-06-01"), False),
    (("cancelled", ""), ("started", "2024-06-01"), False),
    (("signed", "2024-03-01"), ("started", "2024-06-01"), False),
    (("started", "2024-03-01"), ("signed", "2024-06-01"), False),
    (("planned", "2024-03-01"), ("completed", "2024-06-01"), False),
]


@pytest.mark.parametrize(("one", "other", "differ"), STATUSES)
def test_only_what_goes_on_after_its_end_contradicts_and_no_progress(
    one: tuple[str, str], other: tuple[str, str], differ: bool, tmp_path: Path
) -> None:
    facts = [
        replace(STARTED, id=f"{b.BASE}claim/{status}", status=status, document=document.id)
        for (status, _), document in ((one, ONE), (other, TWO))
    ]
    days = zip((ONE, TWO), (one[1], other[1]), strict=True)
    whole = replace(
        known(*facts), sources=tuple(replace(source, published=day) for source, day in days)
    )
    told = [[side for side, _ in c.sides] for c in contradictions(whole, load())]
    assert [sorted(sides) for sides in told] == ([sorted((one[0], other[0]))] if differ else [])
    with open_store(b.built(tmp_path, whole)) as graph:
        rows = graph.ask("contradictions").rows
    assert sorted(str(row[5]) for row in rows) == (sorted((one[0], other[0])) if differ else [])


def test_the_question_knows_what_each_status_ends() -> None:
    pairs = re.findall(r'\("(\w+)" "(\w+)"\)', load().questions["contradictions"].text)
    statuses = load().statuses.values()
    assert set(pairs) == {(status.name, ended) for status in statuses for ended in status.ends}


def test_the_question_knows_which_words_tell_of_the_only_place() -> None:
    text = load().questions["contradictions"].text
    words = [word for relation in load().relations.values() for word in relation.single]
    patterns = set(re.findall(r'REGEX\(\?\w+, "(\^[^"]+)"\)', text))

    assert words
    (pattern,) = patterns
    assert all(re.match(pattern, word) for word in words)


def test_two_dates_of_one_document_are_of_two_things() -> None:
    written, issued = (day(f"2024-03-0{n}", "date", "3月5日", ONE) for n in (5, 8))
    assert sides(written, issued) == []


def test_registered_places_contradict_unless_one_lies_in_the_other() -> None:
    assert [kind for kind, _ in sides(HERE, THERE)] == ["place"]
    assert sides(HERE, WIDER, PART) == []
    branch = b.fact(FIRM, "locatedIn", OTHER, "远山市", document=TWO, trigger="落户")
    assert sides(HERE, branch) == []


ALL = (TEN, TWELVE, ENDED, STARTED, HERE, THERE, PART)


def test_every_place_tells_of_the_same_contradictions(tmp_path: Path) -> None:
    whole, ontology = known(*ALL), load()
    kinds = [c.kind for c in contradictions(whole, ontology)]
    assert sorted(kinds) == ["amount", "place", "status"]
    things = Things((), {e.id: e for e in whole.entities})
    assert [
        c["kind"] for c in overview(WholeGraph(whole), ontology, things)["contradictions"]
    ] == kinds
    told = report((), whole, ontology)
    assert [c.kind for c in told.contradictions] == kinds
    with open_store(b.built(tmp_path, whole)) as graph:
        answer = graph.ask("contradictions").rows
        text = entity(graph, FIRM.id)
    assert len(answer) == 2 * len(kinds)
    assert "contradictions\n" in text
    assert "— locatedIn  place\n" in text
    for quote, name in (("注册于云澜市", "一.txt"), ("注册地为远山市", "二.txt")):
        assert f"      “{quote}” {name} " in text


def test_the_report_shows_both_sentences_and_documents(tmp_path: Path) -> None:
    told = report((), known(*ALL), load())
    told.write(tmp_path, load())
    rows = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["contradictions"]
    (row,) = [r for r in rows if r["kind"] == "amount"]
    claims = [(side["said"], *side["claims"]) for side in row["sides"]]
    assert [(said, claim["document"], claim["quote"]) for said, claim in claims] == [
        ("10亿元", "一.txt", "投资10亿元"),
        ("12亿元", "二.txt", "投资12亿元"),
    ]
    assert Report.read(tmp_path).contradictions == told.contradictions
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    for words in ("互相矛盾的说法", "投资10亿元", "投资12亿元", "一.txt", "二.txt", "终止"):
        assert words in page


def test_the_order_of_the_facts_changes_nothing() -> None:
    whole = known(*ALL)
    turned = Knowledge(whole.sources[::-1], whole.entities[::-1], whole.facts[::-1])
    assert contradictions(whole, load()) == contradictions(turned, load())
