"""Posts: which title somebody has at which body, and whether he still has it."""

from __future__ import annotations

import csv
import dataclasses
import io
from functools import lru_cache
from time import perf_counter
from typing import TYPE_CHECKING

import pytest
import rdflib

import kg
from kg.base.records import Document, Fact, NamedPlace, Source, Value
from kg.corpus.assemble import assemble
from kg.corpus.compound import with_compounds
from kg.corpus.compound.posts import of_text
from kg.ontology import load
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


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("无锡市市长王小明出席会议。", {("王小明", "市长", "无锡市", "")}),
        (
            "云澜电子股份公司董事长、总经理李一鸣说。",
            {("李一鸣", title, "云澜电子股份公司", "") for title in ("董事长", "总经理")},
        ),
        (
            "云澜科技有限公司董事长王小明、鑫远电子有限公司董事长李一鸣出席。",
            {("王小明", "董事长", "云澜科技有限公司", "")}
            | {("李一鸣", "董事长", "鑫远电子有限公司", "")},
        ),
        # One title of two bodies only where they are coordinated.
        (
            "无锡市教育局、无锡市科技局局长王小明出席。",
            {("王小明", "局长", body, "") for body in ("无锡市教育局", "无锡市科技局")},
        ),
        # The committee of a county and the county are two bodies with a title each.
        (
            "云澜大学教授王小明兼任云澜量子研究院院长。",
            {("王小明", "教授", "云澜大学", ""), ("王小明", "院长", "云澜量子研究院", "")},
        ),
        ("无锡市教育局原局长王小明出席会议。", {("王小明", "局长", "无锡市教育局", "former")}),
        (
            "无锡市教育局原党组书记、局长王小明出席会议。",
            {("王小明", "党组书记", "无锡市教育局", "former")}
            | {("王小明", "局长", "无锡市教育局", "former")},
        ),
        (
            "时任无锡市教育局局长王小明表示，今年将新建学校。",
            {("王小明", "局长", "无锡市教育局", "former")},
        ),
        (
            "王小明曾任无锡市教育局局长，现任云澜大学校长。",
            {("王小明", "局长", "无锡市教育局", "former"), ("王小明", "校长", "云澜大学", "")},
        ),
        ("无锡市代市长王小明主持会议。", {("王小明", "代市长", "无锡市", "acting")}),
        # A verb in the clause of somebody else, and a surname, tell nothing of a post.
        (
            "李一鸣不再担任云澜大学校长，无锡市教育局局长王小明出席会议。",
            {("王小明", "局长", "无锡市教育局", "")},
        ),
        ("曾小明现任云澜大学校长。", {("曾小明", "校长", "云澜大学", "")}),
        ("本报讯（记者 王小明）3月8日，会议召开。", {("王小明", "记者", "", "")}),
        ("会议召开。通讯员 李晓雨", {("李晓雨", "通讯员", "", "")}),
        (
            "成果由云澜科技有限公司王小明等人完成。",
            {("王小明", "", "云澜科技有限公司", "")},
        ),
    ],
)  # fmt: skip
def test_a_title_goes_to_the_body_that_the_text_gives_it(text: str, rows: set[Row]) -> None:
    assert held(known(text)) == rows


def test_somebody_who_leads_a_group_leads_it_not_in_the_name_of_his_city() -> None:
    found = held(known("会议由无锡市副市长王小明任组长，无锡市科技局局长李一鸣任副组长。"))
    bodies = {(title, body) for _, title, body, _ in found if body}
    assert bodies == {("副市长", "无锡市"), ("局长", "无锡市科技局")}


def test_an_acting_post_may_be_told_behind_the_title() -> None:
    found = held(known("无锡市教育局副局长（主持工作）王小明出席会议。"))
    assert ("王小明", "副局长", "无锡市教育局", "acting") in found


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
    assert [(*row[:4], row[7]) for row in rows] == [
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
    begun = perf_counter()
    assert len(list(of_text(source, facts, ONTOLOGY, b.BASE))) == 2
    assert perf_counter() - begun < 20


BODY, OTHER, PLACE, WHO, ELSE = (
    f"{b.BASE}{kind}"
    for kind in ("organisation/1", "organisation/2", "district/1", "person/1", "person/2")
)


@pytest.mark.parametrize(
    ("text", "names", "titles", "found"),
    [
        # Who heads a state or a place does so there and at its government.
        (
            "甲中央总书记、国家主席王小明讲话。",
            {"甲中央": BODY, "王小明": WHO}, ("总书记", "国家主席"),
            {("总书记", BODY), ("国家主席", "")},
        ),
        (
            "甲某政府市长王小明讲话。",
            {"甲某政府": BODY, "王小明": WHO}, ("市长",), {("市长", BODY)},
        ),
        # A title that is but the beginning of another one, or stands in a name.
        (
            "甲国总统气候问题特使王小明讲话。",
            {"甲国": PLACE, "王小明": WHO}, ("总统", "特使"), {("总统气候问题特使", PLACE)},
        ),
        # One in quotation marks, one where somebody learned, and a unit that nobody named.
        (
            "亲甲组织“我们与甲国在一起”的负责人王小明讲话。",
            {"甲国": PLACE, "王小明": WHO}, ("负责人",), {("负责人", "")},
        ),
        (
            "王小明毕业于甲某大学，演员。",
            {"王小明": WHO, "甲某大学": BODY}, ("演员",), {("演员", ""), ("", BODY)},
        ),
        # Whose adviser another one is, and the body that is named behind its title.
        (
            "甲某公司负责人、前总统王小明顾问李一鸣讲话。",
            {"甲某公司": BODY, "王小明": WHO, "李一鸣": ELSE}, ("负责人",), {("", BODY)},
        ),
        (
            "甲某公司经理王小明担任合伙人的乙某企业成立。",
            {"甲某公司": BODY, "王小明": WHO, "乙某企业": f"{b.BASE}organisation/2"},
            ("经理", "合伙人"), {("经理", BODY), ("合伙人", "")},
        ),
        ("被执行人王小明到庭。", {"王小明": WHO}, ("执行人",), set()),
        # A title is told with its unit; one whose unit stands apart may be of another body.
        (
            "甲某医院导管室主任王小明讲话。",
            {"甲某医院": BODY, "王小明": WHO}, ("主任",), {("导管室主任", BODY)},
        ),
        (
            "甲某分行副行长、科技部总经理王小明讲话。",
            {"甲某分行": BODY, "王小明": WHO}, ("副行长", "总经理"),
            {("副行长", BODY), ("科技部总经理", "")},
        ),
        (
            "甲某大学教授、财务处处长王小明讲话。",
            {"甲某大学": BODY, "王小明": WHO}, ("教授", "处长"),
            {("教授", BODY), ("财务处处长", BODY)},
        ),
        (
            "甲某大学教授、配电网技术专家王小明讲话。",
            {"甲某大学": BODY, "王小明": WHO}, ("教授", "专家"),
            {("教授", BODY), ("配电网技术专家", "")},
        ),
        (
            "王小明任队长助理兼甲某厂厂长、队长助理兼经营科长。",
            {"甲某厂": BODY, "王小明": WHO}, ("厂长", "经营科长"),
            {("厂长", BODY), ("经营科长", "")},
        ),
        (
            "甲某剧院院长、著名艺术家王小明讲话。",
            {"甲某剧院": BODY, "王小明": WHO}, ("院长", "艺术家"), {("院长", BODY), ("艺术家", "")},
        ),
        # A body whose name is cut is none of the title; nor has a province a head of a county.
        (
            "甲某光伏安装企业负责人王小明讲话。",
            {"甲某光伏": BODY, "王小明": WHO}, ("负责人",), {("负责人", "")},
        ),
        (
            "甲省云桥县县长王小明讲话。",
            {"甲省": PLACE, "王小明": WHO}, ("县长",), {("云桥县县长", "")},
        ),
        # Somebody else takes the title on, has it in brackets, or is met by its holder.
        (
            "王小明任甲某公司经理，李一鸣不再担任主任。",
            {"甲某公司": BODY, "王小明": WHO, "李一鸣": ELSE}, ("经理", "主任"), {("经理", BODY)},
        ),
        (
            "甲某公司经理李一鸣与王小明会谈。",
            {"甲某公司": BODY, "王小明": WHO, "李一鸣": ELSE}, ("经理",), set(),
        ),
        (
            "甲某公司成员：李一鸣（召集人）、王小明。",
            {"甲某公司": BODY, "王小明": WHO, "李一鸣": ELSE}, ("召集人",), {("", BODY)},
        ),
        # What stands right behind a name, or before the next one, is no other's.
        (
            "李一鸣研究员，甲某大学书记王小明出席。",
            {"甲某大学": BODY, "王小明": WHO, "李一鸣": ELSE}, ("研究员", "书记"), {("书记", BODY)},
        ),
        (
            "王小明、曾任甲某局局长的李一鸣被查。",
            {"甲某局": BODY, "王小明": WHO, "李一鸣": ELSE}, ("局长",), set(),
        ),
        (
            "秘书长王小明，甲某会会员等70余人参加。",
            {"甲某会": BODY, "王小明": WHO}, ("秘书长", "会员"), {("秘书长", "")},
        ),
        (
            "王小明、甲某公司创始人和记者李一鸣谈话。",
            {"甲某公司": BODY, "王小明": WHO, "李一鸣": ELSE}, ("创始人",), set(),
        ),
        # What somebody is, is of no body whose title stands before it.
        (
            "甲某协会会长、诗人王小明说。",
            {"甲某协会": BODY, "王小明": WHO}, ("会长", "诗人"), {("会长", BODY), ("诗人", "")},
        ),
        # A body that is told of the next one is nobody else's; one title is told of two bodies.
        (
            "市长王小明，甲某公司原经理、党委书记李一鸣被查。",
            {"甲某公司": BODY, "王小明": WHO, "李一鸣": ELSE}, ("市长",), {("市长", "")},
        ),
        # A body in the clause of somebody else is no other's.
        (
            "甲某公司经理李一鸣，画家王小明讲话。",
            {"甲某公司": BODY, "王小明": WHO, "李一鸣": ELSE}, ("画家",), {("画家", "")},
        ),
        # Titles that lead to another name are that one's, with 为 and in a row.
        (
            "甲某银行董事长为王小明，现任行长为李一鸣。",
            {"甲某银行": BODY, "王小明": WHO, "李一鸣": ELSE}, ("董事长", "行长"),
            {("董事长", BODY)},
        ),
        (
            "王小明被查，或涉及足协主席、党委副书记李一鸣一案。",
            {"王小明": WHO, "李一鸣": ELSE}, ("主席",), set(),
        ),
        # Nor is one his whom its holder speaks of, or whose campaign it is of.
        ("竞选办公室发言人宣扬王小明的政绩。", {"王小明": WHO}, ("发言人",), set()),
        (
            "王小明竞选办公室发言人、市议员李一鸣说。",
            {"王小明": WHO, "李一鸣": ELSE}, ("发言人",), set(),
        ),
        # Of two sponsors nobody tells which of the names is of which.
        (
            "承销商为甲某公司、乙某公司，保荐代表人为王小明、李一鸣。",
            {"甲某公司": BODY, "乙某公司": OTHER, "王小明": WHO, "李一鸣": ELSE},
            ("保荐代表人",), {("保荐代表人", "")},
        ),
        # A board has a chairman, and the firm an executive.
        (
            "甲某公司董事会主席、执行董事王小明说。",
            {"甲某公司董事会": BODY, "王小明": WHO}, ("主席", "执行董事"),
            {("主席", BODY), ("执行董事", "")},
        ),
        # No minister is one of a bureau of a party, no office of a section.
        (
            "甲党政治局委员、外交部长王小明会谈。",
            {"甲党政治局": BODY, "王小明": WHO}, ("委员", "外交部长"),
            {("委员", BODY), ("外交部长", "")},
        ),
        (
            "王小明历任甲某行管理科科长、办公室主任。",
            {"甲某行管理科": BODY, "王小明": WHO}, ("科长", "办公室主任"),
            {("科长", BODY), ("办公室主任", "")},
        ),
        # Who follows the trade of a brand; bonds of a government; a name that nobody found.
        (
            "甲牌行业分析师王小明说。",
            {"甲牌": BODY, "王小明": WHO}, ("行业分析师",), {("行业分析师", "")},
        ),
        (
            "甲国政府债券策略主管王小明说。",
            {"甲国政府": BODY, "王小明": WHO}, ("主管",), {("主管", "")},
        ),
        (
            "甲某公司等的人组成团队，Undead Labs前技术总监王小明在内。",
            {"甲某公司": BODY, "王小明": WHO}, ("技术总监",), {("技术总监", "")},
        ),
        ("云澜联合创始人王小明说。", {"王小明": WHO}, ("联合创始人",), {("联合创始人", "")}),
        # A verb or a number is no part of a title; a title within 董事会 is none.
        ("三位副行长为王小明等。", {"王小明": WHO}, ("三位副行长",), {("副行长", "")}),
        ("但分析师王小明认为如此。", {"王小明": WHO}, ("分析师",), {("分析师", "")}),
        (
            "甲某公司宣布首席会计官王小明接任。",
            {"甲某公司": BODY, "王小明": WHO}, ("宣布首席会计官",), {("首席会计官", BODY)},
        ),
        ("俄总统王小明讲话。", {"王小明": WHO}, ("俄总统",), {("总统", "")}),
        # A title of one who is his, of an example, of nobody yet, and of who follows in his place.
        ("王小明为其飞行员提供了贷款。", {"王小明": WHO}, ("飞行员",), set()),
        ("王小明辞去其局长职务。", {"王小明": WHO}, ("局长",), {("局长", "")}),
        ("王小明为代表的老牌投资者。", {"王小明": WHO}, ("代表",), set()),
        (
            "王小明已出任甲某公司董事长，总经理一职则暂时空缺。",
            {"甲某公司": BODY, "王小明": WHO}, ("董事长", "总经理"), {("董事长", BODY)},
        ),
        (
            "就要被提拔为甲某局书记的王小明落马了。",
            {"甲某局": BODY, "王小明": WHO}, ("书记",), set(),
        ),
        # What another one takes on, or is made, is not the next one's.
        (
            "由李一鸣担当艺术顾问，王小明担当总导演。",
            {"王小明": WHO, "李一鸣": ELSE}, ("顾问", "总导演"), {("总导演", "")},
        ),
        (
            "任命李一鸣为产品负责人，向总裁王小明汇报。",
            {"王小明": WHO, "李一鸣": ELSE}, ("产品负责人", "总裁"), {("总裁", "")},
        ),
        (
            "其中董事王小明，独立董事李一鸣未答复。",
            {"王小明": WHO, "李一鸣": ELSE}, ("董事", "独立董事"), {("董事", "")},
        ),
        (
            "律师和项目经理王小明分别作了解答。",
            {"王小明": WHO}, ("律师", "项目经理"), {("项目经理", "")},
        ),
        # Whom a body but meets is not of it; a place behind a body has its own head.
        (
            "甲某委员会对财政部长王小明表示。",
            {"甲某委员会": BODY, "王小明": WHO}, ("财政部长",), {("财政部长", "")},
        ),
        # The end of a name is no part of a title, and the whole head of a body is one.
        ("甲电商总裁王小明说。", {"甲电商": BODY, "王小明": WHO}, ("商总裁",), {("总裁", BODY)}),
        ("甲财政部长王小明说。", {"甲财政部": BODY, "王小明": WHO}, ("长",), {("部长", BODY)}),
    ],
)  # fmt: skip
def test_nobody_has_a_title_that_is_of_another(
    text: str, names: dict[str, str], titles: tuple[str, ...], found: set[tuple[str, str]]
) -> None:
    assert {(post.title, post.organisation) for post in told(text, names, titles)} == found


def told(text: str, names: dict[str, str], titles: tuple[str, ...]) -> list[Post]:
    """The posts of a text of which all titles and bodies are said to be the person's."""
    paper = f"{b.BASE}document/x"
    places = sorted((text.index(name), iri, name) for name, iri in names.items())
    named = tuple(NamedPlace(at, at + len(name), iri) for at, iri, name in places)
    source = Source(paper, "x", ("x",), text, "text/plain", named_places=named)
    facts = [
        Fact(title, WHO, "role", "", Value(title), paper, 0, len(text), text, "", 0.9, "r")
        for title in titles
    ]
    facts += [
        Fact(iri, WHO, "worksFor", iri, None, paper, 0, len(text), text, "", 0.9, "r")
        for iri in names.values()
        if iri in (BODY, PLACE)
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
