"""What the filters of a page know: the places of things, the dates of facts, the documents."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from kg.base.errors import OntologyError
from kg.base.records import Article, Fact, Knowledge, Span, Value
from kg.ontology import load
from kg.publish.derived.dates import Dates, Days
from kg.publish.derived.whereabouts import Whereabouts
from kg.publish.page.drawing import drawing
from kg.publish.page.view import page
from tests.testing.graphs.builders import entity, fact, source
from tests.testing.growth import grows_evenly

if TYPE_CHECKING:
    from pathlib import Path

CITY = entity("District", "云澜市", "云澜")
RIVER = entity("District", "江畔区")
TOWN = entity("District", "石桥镇")
FIRM = entity("Organisation", "甲某科技有限公司")
BRANCH = entity("Organisation", "甲某科技第二公司")
BUREAU = entity("Organisation", "云澜市科技局")
BANK = entity("Organisation", "云澜银行")
PERSON = entity("Person", "林牧野")
PROJECT = entity("Project", "云湖储能产线项目")
PLAN = entity("Policy", "储能产业行动方案")
NOWHERE = entity("Project", "某某项目")
EVENT = entity("Event", "云湖创新大会")
THINGS = (
    CITY, RIVER, TOWN, FIRM, BRANCH, BUREAU, BANK, PERSON, PROJECT, PLAN, NOWHERE, EVENT,
)  # fmt: skip


def put(*facts: Fact) -> Knowledge:
    return Knowledge(
        sources=(source(),),
        entities=tuple(sorted(THINGS, key=lambda e: e.id)),
        facts=tuple(sorted(facts, key=lambda f: f.id)),
    )


def whereabouts(*facts: Fact) -> dict[str, set[str]]:
    """The places of each thing by their names, not through other places."""
    found = Whereabouts(put(*facts), load())
    labels = {e.id: e.name for e in THINGS}
    every = {**found.of, **found.above}
    return {labels[node]: {labels[p] for p in places} for node, places in every.items() if places}


def test_a_thing_belongs_where_a_fact_puts_it() -> None:
    found = whereabouts(
        fact(TOWN, "partOf", RIVER),
        fact(RIVER, "partOf", CITY),
        fact(PROJECT, "locatedIn", TOWN),
        fact(PLAN, "appliesTo", RIVER),
        fact(NOWHERE, "cooperatesWith", CITY),
    )
    assert found["石桥镇"] == {"江畔区"}
    assert found["江畔区"] == {"云澜市"}
    assert found["云湖储能产线项目"] == {"石桥镇"}
    assert found["储能产业行动方案"] == {"江畔区"}
    assert "某某项目" not in found


def test_a_policy_is_of_the_place_of_its_issuer() -> None:
    assert whereabouts(fact(BUREAU, "issues", PLAN))["储能产业行动方案"] == {"云澜市"}


def test_a_name_that_opens_with_the_whole_name_of_a_place_is_of_it() -> None:
    found = whereabouts()
    assert found["云澜市科技局"] == {"云澜市"}
    assert "云澜银行" not in found  # two characters alone say too little


def test_a_fact_tells_more_than_a_name() -> None:
    assert whereabouts(fact(BUREAU, "locatedIn", TOWN))["云澜市科技局"] == {"石桥镇"}


def test_a_name_that_several_places_bear_tells_nothing() -> None:
    other = replace(entity("District", "云澜市"), id=CITY.id + "b")
    known = replace(put(), entities=tuple(sorted((*THINGS, other), key=lambda e: e.id)))
    assert BUREAU.id not in Whereabouts(known, load()).of


def test_who_has_no_place_is_where_its_body_is() -> None:
    found = whereabouts(
        fact(FIRM, "locatedIn", RIVER),
        fact(BRANCH, "partOf", FIRM),
        fact(PERSON, "worksFor", BRANCH),
    )
    assert found["甲某科技第二公司"] == found["林牧野"] == {"江畔区"}
    own = whereabouts(
        fact(FIRM, "locatedIn", RIVER),
        fact(BRANCH, "partOf", FIRM),
        fact(BRANCH, "locatedIn", TOWN),
    )
    assert own["甲某科技第二公司"] == {"石桥镇"}


def test_places_within_each_other_end() -> None:
    found = whereabouts(
        fact(RIVER, "partOf", CITY),
        fact(CITY, "partOf", RIVER),
        fact(FIRM, "partOf", BRANCH),
        fact(BRANCH, "partOf", FIRM),
    )
    assert found["江畔区"] == {"云澜市"}
    assert "甲某科技有限公司" not in found


def test_a_wrong_end_on_a_page_is_named(tmp_path: Path) -> None:
    shutil.copytree(load().folder, tmp_path / "o")
    file = tmp_path / "o" / "relations" / "signs.yaml"
    file.write_text(file.read_text("utf-8") + "\nplaces: subjekt\n", encoding="utf-8")
    with pytest.raises(OntologyError, match=r"signs\.yaml: places: subjekt is no end.*subject"):
        load(tmp_path / "o")


# Dates

QUOTE = "约30亿元的传感器产业园项目落户北碚区。"
LATER = "到2025年产值达到500亿元。"
SAID, OTHER = source(published="2024-05-01"), source("n02.txt", "另一篇。" + QUOTE)


def day(thing: Any, lexical: str, kind: str = "date", quote: str = QUOTE, **more: Any) -> Fact:
    return fact(thing, "date", Value(lexical, kind), quote, **{"document": SAID, **more})


def dated(*facts: Fact) -> list[tuple[str, str] | None]:
    """The date of each of some facts, and whose it is."""
    known = replace(put(*facts), sources=(SAID, OTHER))
    found = Dates(known.facts, load(), {s.id: Days(s) for s in known.sources})
    return [date if (date := found.of(f))[0] else None for f in facts]


def said(one: Any, predicate: str, other: Any, quote: str = QUOTE) -> Fact:
    return fact(one, predicate, other, quote, document=SAID)


def test_a_fact_is_of_the_day_of_its_subject_else_of_its_object_else_of_its_document() -> None:
    found = dated(
        day(EVENT, "2023-03-16"),
        day(PLAN, "2024-02", "gYearMonth"),
        said(EVENT, "locatedIn", CITY),
        said(BUREAU, "issues", PLAN),
        said(EVENT, "announcedAt", PLAN),
        said(FIRM, "locatedIn", CITY),
        fact(RIVER, "partOf", CITY),
    )
    assert found[2:] == [
        ("2023-03-16", "subject"),
        ("2024-02", "object"),
        ("2023-03-16", "subject"),
        ("2024-05-01", "document"),
        None,
    ]


def test_a_day_without_a_year_is_no_date() -> None:
    assert dated(day(EVENT, "--03-16", "gMonthDay"), said(EVENT, "locatedIn", CITY)) == [
        ("2024-05-01", "document"),
        ("2024-05-01", "document"),
    ]


def test_of_several_dates_the_nearest_of_the_document_counts() -> None:
    found = dated(
        day(EVENT, "2023", "gYear"),
        day(EVENT, "2025", "gYear", quote=LATER),
        day(EVENT, "2019-01-01", quote=QUOTE, document=OTHER),
        said(EVENT, "locatedIn", CITY),
        said(EVENT, "locatedIn", RIVER, LATER),
    )
    assert found[3:] == [("2023", "subject"), ("2025", "subject")]


def test_without_one_in_the_document_what_most_tell_counts_then_the_more_precise() -> None:
    elsewhere = [day(EVENT, text, document=OTHER) for text in ("2023-03-16", "2023-03-17")]
    again = day(EVENT, "2023-03-17", quote="另一篇。", document=OTHER)
    year = day(EVENT, "2023", "gYear", document=OTHER)
    held = said(EVENT, "locatedIn", CITY)
    assert dated(*elsewhere, again, year, held)[-1] == ("2023-03-17", "subject")
    assert dated(elsewhere[0], year, held)[-1] == ("2023-03-16", "subject")


def test_each_article_has_its_own_day() -> None:
    text = "云澜日报2023年9月7日\n甲市讯。\n本报云澜9月8日电 乙市讯。"
    cut = text.index("本报")
    articles = (
        Article("news", "", (Span(0, cut),), date="2023-09-07"),
        Article("news", "", (Span(cut, len(text)),), date="2023-09-08"),
        Article("news", "", (Span(len(text), len(text)),), date="--09-09"),
    )
    days = Days(source("n03.txt", text, articles=articles))
    assert (days.at(3), days.at(cut + 3), days.page) == ("2023-09-07", "2023-09-08", "2023-09-08")
    assert Days(source("n04.txt", "昨日，甲市讯。")).page == ""


# What the page carries


def data_of(text: str) -> Any:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.S)
    assert found
    return json.loads(found[1])


def drawn(*facts: Fact, **more: Any) -> Any:
    known = replace(put(*facts), sources=(SAID, OTHER))
    return data_of(page(drawing(known, load(), more.pop("only", None)), load(), title="t", **more))


def test_the_page_has_the_places_of_what_it_draws_with_all_above_them() -> None:
    data = drawn(
        fact(TOWN, "partOf", RIVER),
        fact(RIVER, "partOf", CITY),
        fact(PROJECT, "locatedIn", TOWN),
        only={PROJECT.id, NOWHERE.id},
    )
    names = [name for _, name, _ in data["places"]]
    assert sorted(names) == ["云澜市", "江畔区", "石桥镇"]
    above = {name: [names[i] for i in above] for _, name, above in data["places"]}
    assert above == {"云澜市": [], "江畔区": ["云澜市"], "石桥镇": ["江畔区"]}
    belongs = {e["label"]: b for e, b in zip(data["entities"], data["belongs"], strict=True)}
    assert belongs == {"云湖储能产线项目": [names.index("石桥镇")], "某某项目": []}


def test_a_drawn_place_belongs_to_itself() -> None:
    data = drawn(fact(RIVER, "partOf", CITY), fact(CITY, "partOf", RIVER), only={RIVER.id, CITY.id})
    assert data["belongs"] == [[0], [1]]
    assert [above for *_, above in data["places"]] == [[1], [0]]


def test_the_page_dates_its_facts_and_values_and_knows_its_documents() -> None:
    data = drawn(
        day(EVENT, "2023-03-16"),
        said(EVENT, "locatedIn", CITY),
        said(FIRM, "locatedIn", RIVER),
        fact(RIVER, "partOf", CITY),
    )
    dates = {(f["p"], c.get("date"), c.get("dated")) for f in data["facts"] for c in f["claims"]}
    assert dates == {
        ("locatedIn", "2023-03-16", "subject"),
        ("locatedIn", "2024-05-01", "document"),
        ("partOf", None, None),
    }
    [row] = [row for e in data["entities"] for row in e["attributes"]]
    assert row[6:] == ["2023-03-16", "subject"]
    assert data["sources"] == {"n01.txt": {"date": "2024-05-01"}}


def test_an_event_that_thousands_of_documents_name_is_dated_once() -> None:
    def work(size: int) -> None:
        said = [source(f"{i}.txt", f"{i} {EVENT.name}") for i in range(2 * size)]
        held = [
            fact(EVENT, "date", Value(f"2024-0{i % 9 + 1}-11", "date"), EVENT.name, document=one)
            for i, one in enumerate(said[:size])
        ]
        more = [fact(FIRM, "organises", EVENT, EVENT.name, document=d) for d in said[size:]]
        known = Knowledge(tuple(said), facts=(*held, *more))
        found = Dates(known.facts, load(), {one.id: written for one in said})
        assert {found.of(one) for one in more} == {("2024-01-11", "object")}

    written = Days(source())
    assert grows_evenly(work, 8000)


def test_a_graph_of_others_has_neither_places_nor_dates() -> None:
    import networkx as nx

    data = data_of(page(nx.MultiDiGraph([("a", "b")]), load(), title="t"))
    assert (data["places"], data["belongs"], data["sources"]) == ([], [[], []], {})
