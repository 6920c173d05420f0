"""Posts: which title somebody has at which body, and whether he still has it."""

from __future__ import annotations

import csv
import dataclasses
import io
import shutil
from functools import lru_cache
from time import process_time
from typing import TYPE_CHECKING

import pytest
import rdflib
import yaml

import kg
from kg.base.records import Document, Fact, NamedPlace, Source, Value
from kg.corpus.assemble import assemble
from kg.corpus.compound import with_compounds
from kg.corpus.compound.posts import of_text
from kg.ontology import load
from kg.query.questions import remark
from kg.review.apply.replay import replay
from kg.review.decisions import ClaimReference, Decision, DocumentReference, EntityReference
from kg.run.pipeline import FILES, build
from kg.store.rdf.triples import triples
from kg.store.rdf.turtle import turtle
from kg.store.rdf.validate import validate
from tests.testing.graphs import builders as b
from tests.testing.reading import read

if TYPE_CHECKING:
    from pathlib import Path

    from kg.base.records import Knowledge, Post, Reading

ONTOLOGY = load()
Row = tuple[str, str, str, str]


@lru_cache(maxsize=64)
def known(text: str) -> Knowledge:
    document = Document(b.hexes(text, 20), "甲.txt", text)
    return with_compounds(assemble([(document, read(text))], ONTOLOGY, b.BASE), ONTOLOGY, b.BASE)


def held(knowledge: Knowledge) -> set[Row]:
    """Person, title, body and tenure of each place that tells a post."""
    names = {entity.id: entity.name for entity in knowledge.entities} | {"": ""}
    return {
        (names[post.person], post.title, names[post.organisation], attestation.tenure)
        for post in knowledge.posts
        for attestation in post.attestations
    }


MANY = {
    "甲.txt": "云澜科技有限公司董事长、无锡市人工智能学会会长王小明说。",
    "乙.txt": "3月8日，云澜科技有限公司董事长王小明出席签约仪式。",
    "丙.txt": "云澜科技有限公司原董事长王小明介绍了情况。无锡市代市长李一鸣出席。",
    "丁.txt": "云澜大学教授李晓雨到无锡市调研。本报讯（记者 赵可可）",
}


@lru_cache(maxsize=1)
def papers() -> tuple[tuple[Document, Reading], ...]:
    texts = MANY.items()
    return tuple((Document(b.hexes(text, 20), name, text), read(text)) for name, text in texts)


def whole(*order: int) -> Knowledge:
    some = [papers()[i] for i in order or range(len(MANY))]
    return with_compounds(assemble(some, ONTOLOGY, b.BASE), ONTOLOGY, b.BASE)


def test_a_post_told_in_several_documents_is_one_with_each_place_that_tells_it() -> None:
    names = {entity.id: entity.name for entity in whole().entities}
    (post,) = [
        p
        for p in whole().posts
        if p.title == "董事长" and names[p.person] == "王小明" and p.organisation
    ]
    assert len({attestation.document for attestation in post.attestations}) == 3
    claims = {fact.id: fact for fact in whole().facts}
    for attestation in post.attestations:
        assert {claims[c].predicate for c in attestation.claims} == {"role", "worksFor"}
        assert all(claims[c].document == attestation.document for c in attestation.claims)
        text = next(s.text for s in whole().sources if s.id == attestation.document)
        assert attestation.quote == text[attestation.start : attestation.end]
        assert "董事长" in attestation.quote


def test_posts_are_the_same_in_whatever_order_documents_come() -> None:
    assert whole(3, 1, 0, 2).posts == whole().posts
    assert turtle(triples(whole(2, 0, 3, 1), ONTOLOGY), ONTOLOGY.prefixes) == turtle(
        triples(whole(), ONTOLOGY), ONTOLOGY.prefixes
    )


def test_the_facts_and_their_claims_are_those_without_posts() -> None:
    bare = dataclasses.replace(whole(), posts=())
    assert set(triples(bare, ONTOLOGY)) < set(triples(whole(), ONTOLOGY))
    more = {t.subject.value for t in set(triples(whole(), ONTOLOGY)) - set(triples(bare, ONTOLOGY))}
    # A byline is said of its document as well.
    assert all("/post/" in subject or "/document/" in subject for subject in more)


def test_a_graph_with_posts_conforms_and_comes_back_from_turtle() -> None:
    data = turtle(triples(whole(), ONTOLOGY), ONTOLOGY.prefixes)
    graph = rdflib.Graph().parse(data=data, format="turtle")
    assert validate(graph, ONTOLOGY) == []
    kg_, org = rdflib.Namespace(ONTOLOGY.namespace), rdflib.Namespace("http://www.w3.org/ns/org#")
    for post in graph.subjects(rdflib.RDF.type, kg_.Post):
        assert (post, rdflib.RDF.type, org.Membership) in graph
        assert graph.value(graph.value(post, org.member), rdflib.RDF.type) == kg_.Person
    assert len(list(graph.subjects(rdflib.RDF.type, kg_.Post))) == len(whole().posts)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"organisation": "", "title": ""}, "a post has a body, a title, or both"),
        ({"organisation": b.PROJECT.id}, "the organization of a post is Organisation or District"),
        ({"person": b.COMPANY.id}, "the member of a post is Person"),
        ({"attestations": ()}, "a post is told in a document"),
    ],
)
def test_what_is_no_post_breaks_a_shape(change: dict[str, object], words: str) -> None:
    (post,) = b.knowledge().posts
    wrong = dataclasses.replace(b.knowledge(), posts=(dataclasses.replace(post, **change),))  # type: ignore[arg-type]
    assert words in {violation.message for violation in validate(wrong, ONTOLOGY)}


def test_a_tenure_that_no_page_has_breaks_a_shape() -> None:
    (post,) = b.knowledge().posts
    attestation = dataclasses.replace(post.attestations[0], tenure="eternal")
    wrong = dataclasses.replace(
        b.knowledge(), posts=(dataclasses.replace(post, attestations=(attestation,)),)
    )
    assert [v.message for v in validate(wrong, ONTOLOGY)] == ["a tenure is one of former, acting"]


def decided(knowledge: Knowledge, **what: object) -> Knowledge:
    """A graph after one decision, with its posts."""
    decision = Decision(by="王敏", when="2026-05-06T07:08:09.123456Z", **what)  # type: ignore[arg-type]
    replayed = replay(dataclasses.replace(knowledge, posts=()), [decision], ONTOLOGY, b.BASE)
    assert decision.id in replayed.applied
    return with_compounds(replayed.knowledge, ONTOLOGY, b.BASE)


def claim_of(knowledge: Knowledge, predicate: str) -> ClaimReference:
    """The only claim of a predicate, as a decision names it."""
    (fact,) = [f for f in knowledge.facts if f.predicate == predicate]
    names = {e.id: EntityReference(e.name, e.type) for e in knowledge.entities}
    (source,) = knowledge.sources
    paper = DocumentReference(source.document, source.names[0])
    ends = names[fact.subject], names.get(fact.object)
    return ClaimReference(predicate, *ends, fact.value, paper, fact.quote, fact.start)


def test_a_rejected_employer_leaves_the_title_and_a_rejected_role_the_body() -> None:
    knowledge = known(MANY["乙.txt"])
    assert held(knowledge) == {("王小明", "董事长", "云澜科技有限公司", "")}
    without = decided(knowledge, do="reject", claim=claim_of(knowledge, "worksFor"))
    assert held(without) == {("王小明", "董事长", "", "")}
    without = decided(knowledge, do="reject", claim=claim_of(knowledge, "role"))
    assert held(without) == {("王小明", "", "云澜科技有限公司", "")}


def test_what_two_things_had_is_of_the_one_that_they_become() -> None:
    knowledge = known("云澜科技有限公司董事长王小明说。鑫远电子有限公司总经理李一鸣说。")
    one, other = (
        EntityReference("云澜科技有限公司", "Organisation"),
        EntityReference("鑫远电子有限公司", "Organisation"),
    )
    merged = decided(knowledge, do="merge", entity=one, other=other)
    assert {row[:3] for row in held(merged)} == {
        ("王小明", "董事长", "云澜科技有限公司"),
        ("李一鸣", "总经理", "云澜科技有限公司"),
    }
    one, other = EntityReference("王小明", "Person"), EntityReference("李一鸣", "Person")
    merged = decided(knowledge, do="merge", entity=one, other=other)
    assert {row[:3] for row in held(merged)} == {
        ("王小明", "董事长", "云澜科技有限公司"),
        ("王小明", "总经理", "鑫远电子有限公司"),
    }


@pytest.mark.usefixtures("kept_readers")
def test_posts_follow_the_documents_from_build_to_build(tmp_path: Path) -> None:
    folder, graph, fresh = tmp_path / "texts", tmp_path / "graph", tmp_path / "fresh"
    folder.mkdir()
    for name in ("甲.txt", "丁.txt"):
        (folder / name).write_text(MANY[name], encoding="utf-8")
    build([folder], graph, workers=1)
    (folder / "丁.txt").unlink()
    for name in ("乙.txt", "丙.txt"):
        (folder / name).write_text(MANY[name], encoding="utf-8")
    build([folder], graph, workers=1)
    build([*sorted(folder.iterdir(), reverse=True)], fresh, workers=2)
    for name in FILES:
        assert (graph / name).read_bytes() == (fresh / name).read_bytes(), name
    with kg.open(graph) as opened:
        rows = opened.ask("posts", person="李一鸣").rows
        again = with_compounds(
            dataclasses.replace(opened.knowledge, posts=(), deals=()), ONTOLOGY, opened.base
        )
        assert again.posts == opened.knowledge.posts
    assert [(*row[:4], row[8]) for row in rows] == [
        ("李一鸣", "代市长", "无锡市", "acting", "丙.txt")
    ]
    table = (graph / "posts.csv").read_text(encoding="utf-8-sig")
    found = {
        (r["person_name"], r["title"], r["tenure"]) for r in csv.DictReader(io.StringIO(table))
    }
    assert ("李一鸣", "代市长", "acting") in found
    assert "李晓雨" not in table


def test_a_career_of_many_bodies_gives_none_of_them_all_titles() -> None:
    text = "甲市政府官网显示，王小明历任教师，科长，处长。"
    who, body, paper = f"{b.BASE}person/1", f"{b.BASE}organisation/1", f"{b.BASE}document/x"
    named = (NamedPlace(0, 4, body), NamedPlace(9, 12, who))
    source = Source(paper, "x", ("x",), text, "text/plain", named_places=named)
    facts = [
        Fact(title, who, "role", "", Value(title), paper, 0, len(text), text, "", 0.9, "r")
        for title in ("教师", "科长", "处长")
    ]
    works = Fact("w", who, "worksFor", body, None, paper, 0, len(text), text, "", 0.9, "r")
    posts = list(of_text(source, [*facts, works], ONTOLOGY, b.BASE))
    assert {(post.title, post.organisation) for post in posts} == {
        ("教师", ""), ("科长", ""), ("处长", ""), ("", body),
    }  # fmt: skip


def test_a_document_that_says_one_thing_thousands_of_times_is_paired_in_a_moment() -> None:
    sentence = "甲某公司董事长王某出席，总经理王某讲话。\n"
    count, size = 3000, len(sentence)
    who, body = f"{b.BASE}person/1", f"{b.BASE}organisation/1"
    text, paper = sentence * count, f"{b.BASE}document/x"
    named, facts = list[NamedPlace](), list[Fact]()
    for number in range(count):
        at = number * size
        named += [
            NamedPlace(at, at + 4, body),
            NamedPlace(at + 7, at + 9, who),
            NamedPlace(at + 15, at + 17, who),
        ]
        for start, end, predicate, title in (
            (0, 9, "role", "董事长"), (12, 17, "role", "总经理"), (0, 9, "worksFor", ""),
        ):  # fmt: skip
            facts.append(
                Fact(
                    f"{number} {predicate} {title}", who, predicate, "" if title else body,
                    Value(title) if title else None, paper, at + start, at + end,
                    text[at + start : at + end], "", 0.9, "r",
                )
            )  # fmt: skip
    source = Source(paper, "x", ("x",), text, "text/plain", named_places=tuple(named))
    begun = process_time()
    assert len(list(of_text(source, facts, ONTOLOGY, b.BASE))) == 2
    assert process_time() - begun < 20


BODY, WHO = (f"{b.BASE}{kind}" for kind in ("organisation/1", "person/1"))


def told(text: str, names: dict[str, str], titles: tuple[str, ...]) -> list[Post]:
    """The posts of a text of which all titles and bodies are said to be the person's."""
    document = f"{b.BASE}document/x"
    places = sorted((text.index(name), iri, name) for name, iri in names.items())
    named = tuple(NamedPlace(at, at + len(name), iri) for at, iri, name in places)
    source = Source(document, "x", ("x",), text, "text/plain", named_places=named)
    facts = [
        Fact(title, WHO, "role", "", Value(title), document, 0, len(text), text, "", 0.9, "r")
        for title in titles
    ]
    facts += [
        Fact(iri, WHO, "worksFor", iri, None, document, 0, len(text), text, "", 0.9, "r")
        for iri in names.values()
        if iri == BODY
    ]
    return list(of_text(source, facts, ONTOLOGY, b.BASE))


@pytest.mark.parametrize(
    ("text", "byline"),
    [
        ("（甲报 王小明）近日，天气转好。", "author"),
        ("甲报云澜8月1日电 (李一鸣 王小明) 天气转好。", "author"),
        ("甲报王小明等人完成。", ""),
    ],
)
def test_who_signs_an_article_without_a_title_has_a_byline(text: str, byline: str) -> None:
    posts = told(text, {"甲报": BODY, "王小明": WHO}, ())
    assert [(post.title, post.byline) for post in posts] == [("", byline)]


def test_who_once_did_something_still_holds_his_post() -> None:
    text = "曾负责管理债券的云澜银行行长王小明说。"
    assert held(known(text)) == {("王小明", "行长", "云澜银行", "")}
    assert held(known("王小明曾是云澜银行行长。")) == {("王小明", "行长", "云澜银行", "former")}


SHARED = "无锡市公安局副局长李一鸣、民警王小明带领辅警开展夜查。"


@pytest.mark.usefixtures("kept_readers", "learned")
def test_who_is_only_inferred_to_hold_a_post_is_listed_where_it_is_asked_for(
    tmp_path: Path,
) -> None:
    (tmp_path / "甲.txt").write_text(SHARED, encoding="utf-8")
    build([tmp_path / "甲.txt"], tmp_path / "out")
    body = {"body": "无锡市公安局"}
    with kg.open(tmp_path / "out") as graph:
        stated = {row[:2] for row in graph.ask("people", **body).rows}
        every = {row[:2] for row in graph.ask("people", **body, doubtful="yes").rows}
        assert stated == {("李一鸣", "副局长")}
        assert every == {*stated, ("王小明", "民警")}
        assert remark(graph, "people", body)["en"].startswith("1 more posts are doubtful")
        assert remark(graph, "people", {**body, "doubtful": "yes"}) == {}
        (found,) = graph.ask("posts", person="王小明", doubtful="yes").rows
        assert found[:3] == ("王小明", "民警", "无锡市公安局") and True in found
        assert graph.ask("posts", person="王小明").rows == []
        names = {entity.id: entity.name for entity in graph.knowledge.entities}
        doubtful = {names[post.person] for post in graph.knowledge.posts if post.doubtful}
        assert doubtful == {"王小明"}  # read back from the store
    table = (tmp_path / "out" / "posts.csv").read_text(encoding="utf-8-sig")
    marks = {row["person_name"]: row["doubtful"] for row in csv.DictReader(io.StringIO(table))}
    assert marks == {"李一鸣": "", "王小明": "yes"}


@pytest.mark.usefixtures("learned")
def test_a_post_is_stated_if_one_of_its_documents_states_it() -> None:
    texts = {"甲.txt": SHARED, "乙.txt": "无锡市公安局民警王小明说。"}
    some = [(Document(b.hexes(t, 20), name, t), read(t)) for name, t in texts.items()]
    for documents, expected in ((some[:1], True), (some, False)):
        knowledge = with_compounds(assemble(documents, ONTOLOGY, b.BASE), ONTOLOGY, b.BASE)
        (post,) = [post for post in knowledge.posts if post.title == "民警"]
        assert post.doubtful is expected


@pytest.mark.usefixtures("learned")
def test_what_somebody_confirmed_is_stated() -> None:
    document = Document(b.hexes(SHARED, 20), "甲.txt", SHARED)
    knowledge = assemble([(document, read(SHARED))], ONTOLOGY, b.BASE)
    looked_at = tuple(dataclasses.replace(fact, review="x") for fact in knowledge.facts)
    for facts, expected in ((knowledge.facts, True), (looked_at, False)):
        whole_graph = dataclasses.replace(knowledge, facts=facts)
        posts = with_compounds(whole_graph, ONTOLOGY, b.BASE).posts
        assert [post.doubtful for post in posts if post.title == "民警"] == [expected]


@pytest.mark.usefixtures("learned")
@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("沈阳市卫健委介绍了情况。", False),
        ("沈阳市卫健委、大连市卫健委介绍了情况。", True),
    ],
)
def test_a_body_that_is_called_by_its_level_is_the_one_of_that_name_named_last(
    before: str, expected: bool
) -> None:
    posts = known(f"本报沈阳3月8日讯 {before}市卫健委主任王小明讲话。").posts
    assert [post.doubtful for post in posts if post.title == "主任"] == [expected]


def test_an_ontology_that_tells_no_phrases_makes_nothing_doubtful(tmp_path: Path) -> None:
    shutil.copytree(ONTOLOGY.folder, tmp_path / "ontology")
    page = tmp_path / "ontology" / "words" / "posts.yaml"
    words = yaml.safe_load(page.read_text(encoding="utf-8"))
    del words["stated"]
    page.write_text(yaml.safe_dump(words, allow_unicode=True), encoding="utf-8")
    ontology = load(tmp_path / "ontology")
    document = Document(b.hexes(SHARED, 20), "甲.txt", SHARED)
    knowledge = assemble([(document, read(SHARED))], ONTOLOGY, b.BASE)
    posts = with_compounds(knowledge, ontology, b.BASE).posts
    assert posts
    assert not any(post.doubtful for post in posts)
