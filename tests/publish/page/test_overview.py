"""The overview of a graph and the list of its documents: plain data, made of the records."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from kg.base.errors import OntologyError
from kg.base.records import Knowledge, NamedPlace
from kg.ontology import load
from kg.publish.derived.dates import Days
from kg.publish.page.library import library, title, when
from kg.publish.page.overview import LINES, WholeGraph, overview
from kg.publish.page.things import Things
from kg.publish.page.view import page
from kg.query.graph import open as open_store
from kg.run.pipeline import build
from kg.serve.pages.documents import document
from tests.testing.graphs.builders import BASE, entity, fact, knowledge, source
from tests.testing.graphs.drawn import data_of
from tests.testing.graphs.towns import CITY, NOTE, PLANT, PROVINCE, TEXT, ZONE, amount, drawn, told

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("kept_readers")


def seen(whole: Knowledge | None = None, **more: Any) -> tuple[dict[str, Any], list[str]]:
    """An overview, and the names of the things by number."""
    given = whole or told()
    things = Things((), {e.id: e for e in given.entities})
    found = overview(WholeGraph(given, **more), load(), things)
    return found, [other[1] for other in things.others()]


def test_classes_and_relations_are_counted_once_in_the_order_of_the_ontology() -> None:
    found, _ = seen()
    assert found["classes"] == [
        ["Organisation", 1], ["District", 4], ["Project", 2], ["Event", 1],
    ]  # fmt: skip
    assert found["relations"] == [
        ["locatedIn", 3], ["partOf", 4], ["develops", 1], ["invests", 1],
    ]  # fmt: skip


def test_a_district_counts_what_lies_in_the_places_within_it() -> None:
    found, names = seen()
    classes, tree = found["districts"]["classes"], found["districts"]["tree"]
    assert classes == ["Project", "Event"]

    def plain(branches: list[Any]) -> list[Any]:
        return [[names[number], counts, plain(inner)] for number, counts, inner in branches]

    zone = ["江畔新区", [1, 0], []]
    # The county holds the zone too, by a sentence; the zone stands where reference data put it.
    county = ["远山县", [1, 0], []]
    assert plain(tree) == [["云岭省", [2, 1], [["云澜市", [2, 1], [zone]]]], county]
    assert found["districts"]["bare"] == 0


def test_places_that_lie_in_each_other_stand_once_in_the_tree() -> None:
    whole = told()
    lone = entity("District", "孤山县")
    circle = fact(PROVINCE, "partOf", ZONE, "云澜市", document=whole.sources[0])
    entities = tuple(sorted((*whole.entities, lone), key=lambda e: e.id))
    found, names = seen(replace(whole, entities=entities, facts=(*whole.facts, circle)))

    def all_of(branches: list[Any]) -> list[str]:
        return [n for b in branches for n in (names[b[0]], *all_of(b[2]))]

    assert sorted(all_of(found["districts"]["tree"])) == sorted(
        ["云岭省", "云澜市", "江畔新区", "远山县"]
    )
    assert found["districts"]["bare"] == 1


def test_the_largest_projects_have_their_largest_amount_and_totals_are_left_out() -> None:
    found, names = seen()
    rows = found["largest"]["rows"]
    assert [(names[r["thing"]], r["amount"], r["printed"]) for r in rows] == [
        ("储能工厂项目", "3200000000", "32亿元"),
        ("江畔港项目", "850000000", "8.5亿元"),
    ]
    assert [[p, names[who]] for p, who in rows[0]["by"]] == [
        ["invests", "甲某科技有限公司"],
    ]
    assert [names[place] for place in rows[0]["place"]] == ["江畔新区"]
    name, start, end, quote = rows[1]["claim"]
    assert (name, NOTE[start:end]) == ("b.txt", quote)


def test_the_newest_facts_are_dated_by_what_happened_else_by_their_document() -> None:
    found, names = seen()
    days = {(names[r["s"]], r["p"], names[r["o"]]): r["date"] for r in found["newest"]}
    assert days["云澜博览会", "locatedIn", "云澜市"] == "2024-03-05"
    assert days["储能工厂项目", "locatedIn", "江畔新区"] == "2024-03-06"
    assert [r["date"] for r in found["newest"]] == sorted(days.values(), reverse=True)
    assert all(r["claim"][3] for r in found["newest"])


def test_lists_are_bounded() -> None:
    said = source("c.txt", "".join(f"项目{i}投资{i}亿元位于云澜市。" for i in range(1, 99)))
    projects = [entity("Project", f"项目{i}") for i in range(1, 99)]
    facts = [amount(p, "1亿元", f"{i}00", f"{p.name}投资", said) for i, p in enumerate(projects, 1)]
    facts += [fact(p, "locatedIn", CITY, p.name, document=said, confidence=0.5) for p in projects]
    entities = tuple(sorted([CITY, *projects], key=lambda e: e.id))
    found, names = seen(Knowledge((said,), entities, tuple(facts)))
    assert len(found["largest"]["rows"]) == len(found["unsure"]["rows"]) == LINES
    assert found["largest"]["count"] == found["unsure"]["count"] == 98
    assert names[found["largest"]["rows"][0]["thing"]] == "项目98"
    assert found["newest"] == []


def test_amounts_that_contradict_each_other_stand_together() -> None:
    found, names = seen()
    said = {names[c["thing"]]: [v[0] for v in c["values"]] for c in found["contradictions"]}
    assert said == {"储能工厂项目": ["30亿元", "32亿元"], "江畔港项目": ["5亿元", "8.5亿元"]}


def test_what_is_unsure_is_the_relations_of_little_confidence() -> None:
    found, _ = seen()
    assert found["unsure"]["count"] == 2
    assert [row["confidence"] for row in found["unsure"]["rows"]] == ["0.5", "0.7"]


def test_documents_are_counted_by_publisher_and_time() -> None:
    found, _ = seen()
    assert found["documents"] == {
        "count": 2, "dated": 2, "first": "2023-12", "last": "2024-03-06",
        "publishers": [["云澜日报", 1]],
    }  # fmt: skip


def test_an_empty_graph_has_an_empty_overview() -> None:
    found, names = seen(Knowledge())
    assert (found["classes"], found["districts"]["tree"], found["newest"], names) == (
        [],
        [],
        [],
        [],
    )
    assert found["documents"]["count"] == 0


def test_an_ontology_without_a_ranking_has_none() -> None:
    things = Things((), {e.id: e for e in told().entities})
    found = overview(WholeGraph(told()), replace(load(), largest=None), things)
    assert found["largest"] == {}
    assert found["contradictions"]


def test_the_same_overview_whatever_the_order_of_the_records() -> None:
    whole = told()
    turned = Knowledge(whole.sources[::-1], whole.entities[::-1], whole.facts[::-1])
    assert seen(whole) == seen(turned)


# Documents


def test_a_list_of_documents_has_titles_dates_and_numbers() -> None:
    whole = told()
    things = Things((), {e.id: e for e in whole.entities})
    rows = library(whole, WholeGraph(whole).days, things, ())["rows"]
    assert rows == [
        ["a/云澜.txt", "云澜日报", "云澜日报", "2024-03-06", 13 - 1, 5],
        ["b.txt", "短讯", "", "2023-12", 1, 0],
    ]


def test_marks_are_the_outermost_names_in_the_order_of_the_text() -> None:
    text = "甲某科技有限公司云澜分公司成立。"
    long, short = entity("Organisation", "甲某科技有限公司云澜分公司"), entity("District", "云澜")
    named = (
        NamedPlace(0, 13, long.id),
        NamedPlace(8, 10, short.id),
        NamedPlace(13, 15, "urn:gone"),
    )
    said = source("d.txt", text, named_places=named)
    whole = Knowledge((said,), (long, short), ())
    things = Things((), {e.id: e for e in whole.entities})
    read = library(whole, WholeGraph(whole).days, things, ["d.txt"])["read"]
    assert read["d.txt"]["marks"] == [0, 13, 0]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"title": "题"}, ("题", "")),
        ({"published": "2024-03-05"}, ("首行", "2024-03-05")),
        ({"published": "3月5日"}, ("首行", "")),
    ],
)
def test_a_document_without_a_title_is_called_by_its_first_line(
    given: dict[str, str], said: tuple[str, str]
) -> None:
    one = source("e.txt", "\n  首行\n次行", **given)
    assert (title(one), when(Days(one))) == said


# What the pages are given


def test_a_page_tells_of_the_whole_graph_where_it_draws_a_part() -> None:
    whole = told()
    data = data_of(page(drawn(whole), load(), title="t", limit=2, whole=WholeGraph(whole)))
    assert len(data["entities"]) == 2
    assert ["District", 4] in data["overview"]["classes"]
    numbers = {e["iri"]: i for i, e in enumerate(data["entities"])}
    numbers |= {iri: 2 + i for i, (iri, *_) in enumerate(data["others"])}
    assert data["overview"]["largest"]["rows"][0]["thing"] == numbers[PLANT.id]
    assert data["documents"].keys() == data["library"]["read"].keys() == {"a/云澜.txt", "b.txt"}


def test_a_page_of_the_whole_graph_carries_documents_without_facts_too() -> None:
    whole = told()
    quiet = source("z.txt", "这里没有事实。")
    more = replace(whole, sources=(*whole.sources, quiet))
    data = data_of(page(drawn(more), load(), title="t", whole=WholeGraph(more)))
    assert data["documents"]["z.txt"] == "这里没有事实。"
    near = data_of(page(drawn(more), load(), title="t", around=CITY.id, whole=WholeGraph(more)))
    assert "z.txt" not in near["documents"]
    assert ["z.txt", "这里没有事实。", "", "", 0, 0] in near["library"]["rows"]
    served = data_of(page(drawn(more), load(), title="t", served=True, whole=WholeGraph(more)))
    assert served["documents"] == {}
    assert len(served["library"]["rows"]) == 3


def test_a_build_keeps_where_names_stand_and_what_it_warns_of(tmp_path: Path) -> None:
    folder = tmp_path / "src"
    folder.mkdir()
    text = "甲某智能科技有限公司在成都高新区投资3亿元建设芯片封装基地项目。"
    (folder / "a.txt").write_text(text, encoding="utf-8")
    (folder / "b.pdf").write_bytes(bytes(range(256)))
    report = build([folder], tmp_path / "out")
    with open_store(tmp_path / "out") as graph:
        (said,) = graph.knowledge.sources
        names = {text[place.start : place.end]: place.entity for place in said.named_places}
        assert {"甲某智能科技有限公司", "成都高新区", "芯片封装基地项目"} <= names.keys()
        assert graph.names_of[names["芯片封装基地项目"]] == "芯片封装基地项目"
        assert graph.troubles == report.troubles
        assert graph.troubles["skipped"][0][0] == "b.pdf"
    data = data_of((tmp_path / "out" / "graph.html").read_text(encoding="utf-8"))
    assert data["overview"]["troubles"] == report.troubles


def test_a_served_document_is_what_a_page_carries(tmp_path: Path) -> None:
    from kg.store.folder import Store
    from kg.store.rdf.triples import triples

    whole = told()
    Store.create(tmp_path, triples(whole, load(), BASE), whole.sources, meta={"base": BASE})
    with open_store(tmp_path) as graph:
        served = document(graph, "a/云澜.txt")
    assert served["text"] == TEXT
    things = Things((), {e.id: e for e in whole.entities})
    carried = library(whole, WholeGraph(whole).days, things, ["a/云澜.txt"])["read"]["a/云澜.txt"]

    def words(read: dict[str, Any], names: list[str]) -> Any:
        marks = read["marks"]
        claims = [
            [s, e, names[a], p, names[b] if b >= 0 else "", value, status]
            for s, e, a, p, b, value, status in read["claims"]
        ]
        return [*zip(marks[::3], marks[1::3], (names[i] for i in marks[2::3]), strict=True)], claims

    found = words(served, [e[1] for e in served["entities"]])
    marks, claims = words(carried, [e[1] for e in things.others()])
    assert (found[0], sorted(found[1])) == (marks, sorted(claims))
    assert len(marks) == 5
    assert len(claims) == 12
    assert json.dumps(served, ensure_ascii=False)


# The ontology's part in it


def test_every_subtype_of_the_rules_has_a_label_in_both_languages() -> None:
    ontology = load()
    for klass in ontology.classes.values():
        used = {str(r.options["subtype"]) for r in klass.names if r.options.get("subtype")}
        assert used <= klass.subtypes.keys()
        assert all({"zh", "en"} <= label.keys() for label in klass.subtypes.values())
    levels = {"province", "prefecture", "county", "zone", "region", "country", "area", "city"}
    places = [k for k in ontology.classes.values() if k.identified_by == "place"]
    assert all(levels <= klass.subtypes.keys() for klass in places)
    listed = {row["subtype"] for row in ontology.table("organisations")}
    assert any(listed <= klass.subtypes.keys() for klass in ontology.classes.values())


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("largest: {class: Projekt, attribute: investment}", "Projekt has no page.*Project"),
        ("largest: {class: Project}", "attribute: .* no text"),
        ("largest: {class: Project, attribute: investment, by: invests}", "by: .* no list"),
        ("largest: Project", "no mapping"),
    ],
)
def test_a_ranking_that_names_nothing_is_refused(tmp_path: Path, line: str, said: str) -> None:
    import shutil

    folder = tmp_path / "ontology"
    shutil.copytree(load().folder, folder)
    head = folder / "ontology.yaml"
    kept = [x for x in head.read_text(encoding="utf-8").splitlines() if "largest:" not in x]
    head.write_text("\n".join([*kept, line]), encoding="utf-8")
    with pytest.raises(OntologyError, match=said):
        load(folder)


def test_knowledge_without_mentions_still_makes_a_page() -> None:
    whole = knowledge()
    data = data_of(page(drawn(whole), load(), title="t", whole=WholeGraph(whole)))
    assert data["library"]["read"]["n01.txt"]["marks"] == []
