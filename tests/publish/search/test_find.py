"""The search of a graph: names, facts, deals, texts and questions, by the index of its store."""

from __future__ import annotations

import shutil
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

import kg as zhengtu
from kg.base.records import Entity, Knowledge, Post
from kg.ontology import load
from kg.publish.search.find import Finder, SearchRequest
from kg.publish.search.index import write
from kg.publish.search.opened import COMPLETED, finder
from kg.publish.search.query_parser import QueryParser
from kg.publish.search.snippets import snippet
from kg.store.folder import SEARCH
from tests.conftest import kg
from tests.testing.graphs.builders import BASE, PERSON, entity, knowledge, name_of


def searching(whole: Knowledge) -> Finder:
    texts = {one.id: one.text for one in whole.sources}
    return Finder(write(whole, load(), None), load(), texts.get)


@pytest.fixture(scope="module")
def found() -> Finder:
    return searching(knowledge())


def names(answer: dict[str, Any]) -> list[str]:
    return [row["name"] for row in answer["things"]["rows"]]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("鑫远", "广东鑫远电子股份有限公司"),
        ("鑫远电子", "广东鑫远电子股份有限公司"),
        ("电", "广东鑫远电子股份有限公司"),
        ("北碚", "北碚区"),
        ("重庆市北碚区", "北碚区"),
        ("xinyuan", "广东鑫远电子股份有限公司"),
        ("gdxy", "广东鑫远电子股份有限公司"),
        ("于海", "于海"),
        ("国家 传感器", "国家传感器行动计划"),
    ],
)
def test_a_thing_is_found_by_any_part_of_a_name_and_by_its_sound(
    found: Finder, typed: str, first: str
) -> None:
    assert names(found.find(SearchRequest(typed)))[0] == first


def test_words_of_two_characters_are_found_in_texts_and_facts(found: Finder) -> None:
    answer = found.find(SearchRequest("落户"))
    assert answer["documents"]["count"] == 1
    fact = next(row for row in answer["facts"]["rows"] if row["predicate"] == "locatedIn")
    assert (fact["subject"]["name"], fact["object"]["name"]) == ("传感器产业园项目", "北碚区")
    assert ["落户", True] in [list(piece) for piece in fact["quote"]]
    marked = [text for text, mark in answer["documents"]["rows"][0]["text"] if mark]
    assert marked == ["落户"]


def test_a_word_across_a_line_end_is_found() -> None:
    whole = knowledge()
    (one,) = whole.sources
    broken = replace(one, text=one.text.replace("传感器产业园", "传感器\n　　产业园"))
    answer = searching(replace(whole, sources=(broken,))).find(SearchRequest("传感器产业园项目"))
    assert answer["documents"]["count"] == 1


def test_nothing_is_found_across_two_names() -> None:
    thing = entity("Organisation", "甲某公司", "司法乙局")
    answer = searching(Knowledge(entities=(thing,))).find(SearchRequest("公司司法"))
    assert names(answer) == []


def filters(typed: str) -> list[tuple[str, Any]]:
    said = QueryParser(load(), places).read(typed)
    return [
        (one.kind, (one.least, one.most, one.currency) if one.kind == "amount" else one.values)
        for one in said.filters
    ]


def places(called: Any) -> list[tuple[str, str]]:
    return [("urn:p", "宝安区")] if "宝安区" in called else []


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        (
            "宝安 2023 签约 10亿以上",
            [
                ("place", ("urn:p",)),
                ("date", ("2023", "2023")),
                ("status", ("signed",)),
                ("amount", (1e9, None, "CNY")),
            ],
        ),
        ("宝安2023签约", [("place", ("urn:p",)), ("date", ("2023",) * 2), ("status", ("signed",))]),
        ("2023年5月", [("date", ("2023-05", "2023-05"))]),
        ("2023-05-08", [("date", ("2023-05-08", "2023-05-08"))]),
        ("2021-2023", [("date", ("2021", "2023"))]),
        ("2023年上半年", [("date", ("2023-01", "2023-06"))]),
        ("2023-15", []),
        ("5-10亿元", [("amount", (5e8, 1e9, "CNY"))]),
        ("不超过3000万美元", [("amount", (None, 3e7, "USD"))]),
        ("≥1.5亿", [("amount", (1.5e8, None, "CNY"))]),
        ("1000以上", []),
        ("在建 项目", [("status", ("started",)), ("class", ("Project",))]),
        ("signed projects", [("status", ("signed",))]),
        ("宝安", []),
        ("签约", []),
        ("“宝安” 签约", [("status", ("signed",))]),
        ("中国制造2025", []),
    ],
)
def test_words_are_understood_as_filters(typed: str, wanted: list[tuple[str, Any]]) -> None:
    assert filters(typed) == wanted


def test_what_is_understood_can_be_removed_or_looked_for_as_it_stands() -> None:
    said = QueryParser(load(), places).read("电子 宝安 2023")
    place, _ = said.filters
    assert (said.without(place), said.plainly(place)) == ("电子 2023", '电子 "宝安" 2023')
    assert [one.kind for one in QueryParser(load(), places).read(said.plainly(place)).filters] == [
        "date"
    ]


def test_filters_hold_facts_deals_and_documents(found: Finder) -> None:
    answer = found.find(SearchRequest("北碚 签约 10亿以上"))
    assert [one["kind"] for one in answer["understood"]] == ["place", "status", "amount"]
    assert answer["deals"]["count"] == 1
    assert answer["documents"]["count"] == 1
    assert found.find(SearchRequest("北碚 2020"))["facts"]["count"] > 0
    assert found.find(SearchRequest("北碚 2021"))["facts"]["count"] == 0
    none = found.find(SearchRequest("北碚 签约 900亿以上"))
    assert none["deals"]["count"] == none["documents"]["count"] == 0
    assert [one["text"] for one in none["less"]] == ["900亿以上"]


def test_sums_in_other_currencies_are_not_yuan(found: Finder) -> None:
    assert found.find(SearchRequest("10亿元以上"))["deals"]["count"] == 1
    assert found.find(SearchRequest("10亿美元以上"))["deals"]["count"] == 0


def test_near_names_are_proposed(found: Finder) -> None:
    assert found.find(SearchRequest("北培区"))["near"] == ["北碚区"]


def test_questions_are_found(found: Finder) -> None:
    assert "signings" in [one["name"] for one in found.find(SearchRequest("签约"))["questions"]]


def test_things_of_one_name_are_told_apart_and_doubts_are_told() -> None:
    whole = knowledge()
    other = replace(PERSON, id=name_of("Person", "other"), doubtful=True)
    body = entity("Organisation", "甲某局")
    post = Post(f"{BASE}post/1", other.id, body.id, "局长")
    answer = searching(
        replace(whole, entities=(*whole.entities, other, body), posts=(*whole.posts, post))
    ).find(SearchRequest("于海"))
    rows = {row["iri"]: row for row in answer["things"]["rows"]}
    assert rows[other.id]["beside"] == ["甲某局 局长"]
    assert rows[other.id]["doubtful"]
    assert not rows[PERSON.id]["doubtful"]


def test_who_but_signs_is_shown_when_asked_for() -> None:
    person = Entity(f"{BASE}person/1", "Person", "王某某", mentions=1)
    whole = Knowledge(
        entities=(person,), posts=(Post(f"{BASE}post/1", person.id, "", "记者", (), "author"),)
    )
    hidden = searching(whole).find(SearchRequest("王某某"))["things"]
    assert (hidden["count"], hidden["hidden"], hidden["rows"]) == (0, 1, [])
    shown = searching(whole).find(SearchRequest("王某某", signed=True))["things"]
    assert [row["byline"] for row in shown["rows"]] == [True]


def test_a_snippet_marks_words_and_says_where_it_is_cut() -> None:
    text = "甲" * 200 + "，乙某投资。" + "丙" * 200
    pieces, start, end = snippet(text, ["乙某"], 40)
    assert pieces[0] == pieces[-1] == ("…", False)
    assert ("乙某", True) in pieces
    assert text[start:end] == "".join(piece for piece, _ in pieces[1:-1])


@pytest.mark.parametrize(
    "typed", ["", "，。", "\ud800", '"', "''", "a*", "()", "NEAR(", "-", "{}", "：", "%"]
)
def test_signs_that_mean_something_to_the_index_harm_nothing(found: Finder, typed: str) -> None:
    assert found.find(SearchRequest(typed))["words"] is not None


def test_the_same_graph_has_the_same_index() -> None:
    def dump(whole: Knowledge) -> list[str]:
        return list(write(whole, load(), None).iterdump())

    assert dump(knowledge()) == dump(knowledge())


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    work = tmp_path_factory.mktemp("found")
    (work / "a.txt").write_text(
        "甲某科技有限公司7月3日与成都高新区签约，总投资30亿元的芯片基地项目落户成都高新区。\n",
        encoding="utf-8",
    )
    assert kg("build", work / "a.txt", "-o", work / "graph").returncode == 0
    return work / "graph"


def count(folder: Path, typed: str) -> int:
    with zhengtu.open(folder) as graph:
        return int(finder(graph).find(SearchRequest(typed))["things"]["count"])


def test_a_build_makes_the_index_and_it_is_a_part_of_the_store(built: Path) -> None:
    (generation,) = (p for p in (built / "store").iterdir() if p.name.isdigit())
    assert f" {SEARCH}\n" in (generation / "manifest").read_text()
    assert count(built, "甲某科技") == 1
    assert not (generation / COMPLETED).exists()


def test_an_index_that_is_missing_or_of_another_version_is_made_anew(
    built: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "graph"
    shutil.copytree(built, folder)
    (generation,) = (p for p in (folder / "store").iterdir() if p.name.isdigit())
    whole = (generation / "manifest").read_text()
    kept = "".join(line for line in whole.splitlines(keepends=True) if SEARCH not in line)
    (generation / "manifest").write_text(kept)
    digest = sha256(kept.encode()).hexdigest()
    (folder / "store" / "current").write_text(f"{generation.name} {digest}\n")
    (generation / SEARCH).write_bytes(b"of another version")
    assert count(folder, "甲某科技") == 1
    assert (generation / COMPLETED).exists()
    (generation / SEARCH).unlink()
    (generation / COMPLETED).write_bytes(b"cut")
    assert count(folder, "甲某科技") == 1


def test_what_is_imported_is_found_by_its_name(built: Path, tmp_path: Path) -> None:
    folder = tmp_path / "graph"
    shutil.copytree(built, folder)
    rows = (
        "<x:a> a <https://w3id.org/zhengtu/ontology#Project> ; "
        '<http://www.w3.org/2000/01/rdf-schema#label> "丁某码头项目"@zh .'
    )
    (tmp_path / "more.ttl").write_text(rows, encoding="utf-8")
    assert kg("import", tmp_path / "more.ttl", "-d", folder).returncode == 0
    assert count(folder, "码头") == 1
    assert count(folder, "甲某科技") == 1


def test_what_a_deal_is_about_is_where_it_is_made() -> None:
    whole = knowledge()
    facts = tuple(fact for fact in whole.facts if fact.predicate not in ("locatedIn", "signs"))
    answer = searching(replace(whole, facts=facts)).find(SearchRequest("北碚 项目"))
    assert names(answer) == ["传感器产业园项目"]


def test_a_deal_of_a_ceremony_of_signing_is_found_by_it() -> None:
    whole = knowledge()
    deal = replace(whole.deals[0], statuses=("planned",))
    event = replace(next(e for e in whole.entities if e.type == "Event"), name="云博会集中签约仪式")
    entities = tuple(event if e.id == event.id else e for e in whole.entities)
    answer = searching(replace(whole, entities=entities, deals=(deal,))).find(
        SearchRequest("北碚 签约")
    )
    assert answer["deals"]["count"] == 1
