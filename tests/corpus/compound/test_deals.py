"""Deals: who signs or invests, in what, where, how much of what kind, when and how far it is."""

from __future__ import annotations

import csv
import dataclasses
import io
from functools import lru_cache
from typing import TYPE_CHECKING

import networkx
import pytest
import rdflib

import kg
from kg.base.money import CURRENCIES, money
from kg.base.records import Amount, Document
from kg.corpus.assemble import assemble
from kg.corpus.compound import with_compounds
from kg.corpus.compound.deals.assemble import merge_deals, parts_of
from kg.corpus.compound.implausible_sums import implausible_sums
from kg.extract.values.sum_kinds import lead, sum_kinds
from kg.ontology import load
from kg.publish.explain.descriptions import entity as explained
from kg.publish.export import cypher, graphml
from kg.publish.page.drawing import drawing
from kg.review.apply.replay import replay
from kg.review.decisions import ClaimReference, Decision, DocumentReference, EntityReference
from kg.review.queue import questions
from kg.run.pipeline import build
from kg.store.rdf.triples import triples
from kg.store.rdf.validate import validate
from kg.store.recall import knowledge as recalled
from tests.testing.graphs import builders as b
from tests.testing.reading import read

if TYPE_CHECKING:
    from pathlib import Path

    from kg.base.records import Deal, Knowledge

ONTOLOGY = load()
SIGNED = (
    "11月18日，成都高新区与甲某科技有限公司签约卫星物联网终端总部项目。"
    "该项目位于新川创新科技园，总投资8.6亿元，达产后年产值20亿元。"
)


@lru_cache(maxsize=32)
def known(*texts: str) -> Knowledge:
    some = [(Document(b.hexes(t, 20), f"{n}.txt", t), read(t)) for n, t in enumerate(texts)]
    return with_compounds(assemble(some, ONTOLOGY, b.BASE), ONTOLOGY, b.BASE)


def named(knowledge: Knowledge, deal: Deal) -> dict[str, set[str]]:
    names = {entity.id: entity.name for entity in knowledge.entities}
    parts = ("parties", "projects", "agreements", "places", "events")
    return {part: {names[iri] for iri in getattr(deal, part)} for part in parts}


def sums(deal: Deal) -> set[tuple[str, str]]:
    return {(one.kind, one.value) for one in deal.amounts}


def test_what_is_told_of_one_project_is_one_deal() -> None:
    whole = known(SIGNED)
    (deal,) = whole.deals
    found = named(whole, deal)
    assert found["parties"] == {"成都高新区", "甲某科技有限公司"}
    assert found["projects"] == {"卫星物联网终端总部项目"}
    assert found["places"] == {"新川创新科技园"}
    assert sums(deal) == {("total", "860000000"), ("output", "2000000000")}
    assert deal.statuses == ("signed",)


def test_each_part_rests_on_a_claim_that_is_quoted() -> None:
    whole = known(SIGNED)
    (deal,) = whole.deals
    facts = {fact.id: fact for fact in whole.facts}
    claims = {claim for attestation in deal.attestations for claim in attestation.claims}
    for attestation in deal.attestations:
        assert attestation.quote == SIGNED[attestation.start : attestation.end]
        assert all(facts[claim].quote == attestation.quote for claim in attestation.claims)
    ends = {facts[claim].subject for claim in claims} | {facts[claim].object for claim in claims}
    assert set(parts_of(deal)) <= ends
    assert {claim for one in deal.amounts for claim in one.claims} <= claims


def test_a_clause_ends_what_tells_of_a_sum() -> None:
    text = "甲公司完成融资，该项目总投资3亿元"
    assert lead(text, text.index("3亿")) == "该项目总投资"
    assert lead(text, text.index("3亿"), text.index("总投资")) == "总投资"


def test_the_deals_of_two_documents_about_one_project_are_one() -> None:
    other = "成都高新区与甲某科技有限公司签约卫星物联网终端总部项目，总投资9亿元。"
    whole = known(SIGNED, other)
    (deal,) = whole.deals
    assert {("total", "860000000"), ("total", "900000000")} <= sums(deal)
    assert len({attestation.document for attestation in deal.attestations}) == 2
    assert known(other, SIGNED).deals == whole.deals


def test_joining_takes_every_part_and_each_sum_once() -> None:
    (deal,) = known(SIGNED).deals
    half = dataclasses.replace(deal, parties=deal.parties[:1], amounts=deal.amounts[:1])
    (whole,) = merge_deals([half, deal, dataclasses.replace(deal, amounts=deal.amounts[1:])])
    assert whole == deal


def test_a_rejected_claim_leaves_its_deal() -> None:
    whole = known(SIGNED)
    names = {e.id: EntityReference(e.name, e.type) for e in whole.entities}
    signs = [
        f
        for f in whole.facts
        if f.predicate in {"signs", "signsWith"}
        and "甲某科技有限公司" in {names[f.subject].name, names[f.object].name}
    ]
    assert "signs" in {f.predicate for f in signs}
    paper = DocumentReference(whole.sources[0].document, "0.txt")
    decisions = []
    for f in signs:
        ends = names[f.subject], names[f.object]
        said = ClaimReference(f.predicate, *ends, None, paper, f.quote, f.start)
        when = "2026-05-06T07:08:09.123456Z"
        decisions.append(Decision(do="reject", by="王敏", when=when, claim=said))
    bare = dataclasses.replace(whole, posts=(), deals=())
    replayed = replay(bare, decisions, ONTOLOGY, b.BASE)
    (deal,) = with_compounds(replayed.knowledge, ONTOLOGY, b.BASE).deals
    assert named(whole, deal)["parties"] == {"成都高新区"}


def test_a_graph_with_deals_conforms_and_comes_back_from_its_triples() -> None:
    whole = b.knowledge()
    graph = list(triples(whole, ONTOLOGY))
    assert validate(graph, ONTOLOGY) == []
    assert recalled(graph, ONTOLOGY, {s.id: s for s in whole.sources}).deals == whole.deals


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"attestations": ()}, "a deal is told in a document"),
        ({"statuses": ("done",)}, "a status is one of"),
        (
            {"parties": (), "projects": (), "places": (), "events": ()},
            "a deal has a party, or something that it is about",
        ),
        ({"amounts": (Amount("3", "total", claims=()),)}, "an amount rests on a claim"),
    ],
)
def test_shapes_find_what_is_wrong_with_a_deal(change: dict[str, object], words: str) -> None:
    (deal,) = b.knowledge().deals
    wrong = dataclasses.replace(b.knowledge(), deals=(dataclasses.replace(deal, **change),))  # type: ignore[arg-type]
    assert any(words in str(found) for found in validate(triples(wrong, ONTOLOGY), ONTOLOGY))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("deals")
    (place / "签约.txt").write_text(SIGNED, encoding="utf-8")
    build([place / "签约.txt"], place / "out")
    return place / "out"


def test_the_table_has_a_line_for_each_sum(folder: Path) -> None:
    text = (folder / "deals.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {(row["kind"], row["amount"]) for row in rows} == {
        ("total", "860000000"),
        ("output", "2000000000"),
    }
    assert {row["parties"] for row in rows} <= {
        "成都高新区|甲某科技有限公司",
        "甲某科技有限公司|成都高新区",
    }
    assert {row["documents"] for row in rows} == {"签约.txt"}


def test_the_question_tells_deals_with_their_sentences(folder: Path) -> None:
    with kg.open(folder) as graph:
        found = graph.ask("deals")
        rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
        assert [row["kind"] for row in rows] == ["total", "output"]
        assert all(row["what"] == "卫星物联网终端总部项目" for row in rows)
        assert all(row["sentence"] and row["sentence"] in SIGNED for row in rows)
        assert len(graph.ask("deals", kind="output").rows) == 1
        assert graph.ask("deals", minimum="1000000000", kind="total").rows == []
        assert len(graph.ask("deals", thing="成都高新区").rows) == 2


def test_explain_tells_the_deals_of_a_thing(folder: Path) -> None:
    with kg.open(folder) as graph:
        text = explained(graph, "卫星物联网终端总部项目").partition("\ndeals\n")[2]
        (deal,) = graph.deals([next(iter(graph.entity("新川创新科技园")))])
        assert deal == graph.knowledge.deals[0]
    assert "  project: 卫星物联网终端总部项目\n" in text
    assert "8.6亿元 (total)" in text
    assert "signed" in text


def test_cards_and_cypher_have_deals() -> None:
    whole = b.knowledge()
    graph = drawing(whole, ONTOLOGY)
    ((others, amounts, days, statuses),) = graph.nodes[b.PROJECT.id]["deals"]
    assert {name for name, _ in others} == {b.COMPANY.name, b.DISTRICT.name, b.EVENT.name}
    assert (amounts, days, statuses) == ((("total", "约30亿元"),), ("--11-18",), ("signed",))
    text = cypher(whole, ONTOLOGY).decode()
    assert "MERGE (n:`Deal` {id: row.id})" in text
    assert text.count("MERGE (a)-[r:`party`]->(b)") == 2
    assert "MERGE (a)-[:`amount`]->(:`Amount` {" in text


def test_every_kind_is_named_in_the_vocabulary() -> None:
    graph = rdflib.Graph()
    for triple in triples(known(SIGNED), ONTOLOGY):
        graph.parse(data=f"{triple} .", format="nt")
    space = rdflib.Namespace(ONTOLOGY.namespace)
    told = {str(kind) for kind in graph.objects(None, space.kind)}
    assert told <= {kind.name for kind in sum_kinds(ONTOLOGY).each}
    assert {str(c) for c in graph.objects(None, space.currency)} <= set(CURRENCIES)


def test_money_is_told_in_its_currency() -> None:
    assert [money("1234500000"), money("0.5"), money("20000", "CHF")] == [
        "12.345亿元",
        "0.5元",
        "2万 CHF",
    ]


def test_links_of_a_network_carry_the_post_and_the_deal_of_their_ends() -> None:
    text = b"".join(graphml(b.knowledge(), ONTOLOGY))
    graph = networkx.parse_graphml(text.decode(), force_multigraph=True)
    found = {(source, data["predicate"]): data for source, _, data in graph.edges(data=True)}
    assert found[b.PERSON.id, "worksFor"]["title"] == "董事长"
    assert found[b.PERSON.id, "worksFor"]["tenure"] == "former"
    assert found[b.COMPANY.id, "signs"]["sums"] == "3000000000 CNY total"
    assert found[b.COMPANY.id, "signs"]["days"] == "--11-18"
    assert found[b.CITY.id, "issues"]["sums"] == ""


def test_a_deal_is_as_far_as_the_furthest_of_its_claims() -> None:
    text = (
        "甲某科技有限公司拟投资8.6亿元建设云澜总部项目。"
        "昨日，宜兴市与甲某科技有限公司签约云澜总部项目。"
    )
    statuses = {
        fact.status
        for fact in known(text).facts
        if fact.predicate in ("invests", "signs", "investment")
    }
    (deal,) = [d for d in known(text).deals if d.projects]
    assert {"planned", "signed"} <= statuses
    assert deal.statuses == ("signed",)


TOGETHER = "澜江电池项目、远桥港扩建项目两个项目总投资30亿元。澜江电池项目总投资9亿元。"


def test_a_sum_in_another_currency_is_an_amount_of_the_deal() -> None:
    (deal,) = known("总投资5亿美元的云山芯片制造项目签约落户无锡市。").deals
    assert [(a.value, a.currency, a.kind, a.printed) for a in deal.amounts] == [
        ("500000000", "USD", "total", "5亿美元")
    ]


def test_a_sum_of_several_is_one_deal_with_its_members() -> None:
    whole = known(TOGETHER)
    own, together = sorted(whole.deals, key=lambda deal: len(deal.projects))
    assert named(whole, together)["projects"] == {"澜江电池项目", "远桥港扩建项目"}
    assert sums(together) == {("sum", "3000000000")}
    assert sums(own) == {("total", "900000000")}
    assert known(TOGETHER, f"昨日，{TOGETHER}").deals[0].id in {deal.id for deal in whole.deals}


def test_who_makes_every_one_of_several_makes_them_together() -> None:
    makes = "云澜科技有限公司投资建设澜江电池项目。云澜科技有限公司投资建设远桥港扩建项目。"
    whole = known(f"{makes}{TOGETHER}")
    (together,) = (deal for deal in whole.deals if len(deal.projects) > 1)
    assert named(whole, together)["parties"] == {"云澜科技有限公司"}
    other = makes.replace("云澜科技", "江畔设备", 1)
    (apart,) = (d for d in known(f"{other}{TOGETHER}").deals if len(d.projects) > 1)
    assert apart.parties == ()


@pytest.mark.usefixtures("kept_readers")
def test_yuan_are_never_compared_with_another_currency(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"{TOGETHER}\n总投资50亿美元的云山芯片制造项目开工。", "utf-8")
    build([tmp_path / "a.txt"], tmp_path / "out")
    with kg.open(tmp_path / "out") as graph:
        large = graph.ask("deals", minimum="2000000000")
        assert {row[large.columns.index("currency")] for row in large.rows} == {"CNY"}
        dollars = graph.ask("deals", minimum="2000000000", currency="USD")
        assert [row[dollars.columns.index("printed")] for row in dollars.rows] == ["50亿美元"]
        assert {row[0] for row in graph.ask("investments").rows} == {"澜江电池项目"}


@pytest.mark.usefixtures("kept_readers")
def test_a_sum_that_is_hard_to_believe_is_shown_as_one(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("云海大桥工程总投资99999亿元。", "utf-8")
    made = build([tmp_path / "a.txt"], tmp_path / "out")
    assert [note for note in made.notes if "hard to believe" in note]
    with kg.open(tmp_path / "out") as graph:
        assert "hard to believe" in explained(graph, "云海大桥工程")
        (asked,) = [q for q in questions(graph) if q.kind == "claim"]
        assert asked.grounds[0][0] == "unlikely" and "750亿元" in asked.reason
    assert not implausible_sums(known(SIGNED), ONTOLOGY)


def test_papers_of_one_sort_with_others_are_others() -> None:
    firm, one, other = "云澜科技有限公司", "江海软件有限公司", "江畔银行有限公司"
    whole = known(
        f"2023年7月27日，{firm}与{one}签订《保证合同》。2023年7月14日，{firm}与{other}签订《保证合同》。"
    )
    parties = {frozenset(named(whole, deal)["parties"]) for deal in whole.deals}
    assert parties == {frozenset({firm, one}), frozenset({firm, other})}
    assert len({deal.id for deal in whole.deals}) == 2
    assert all(len(deal.agreements) == len(deal.days) == 1 for deal in whole.deals)
