"""What is told of a graph first: true, with its sentences, the same for every order."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kg.base.records import Amount, Knowledge
from kg.ontology import load
from kg.publish.page.overview import WholeGraph
from kg.publish.page.summary.stories import LINES, stories
from kg.publish.page.things import Entities, Things
from tests.testing.graphs.market import WORKS, firm_of, market, work_of

ONTOLOGY = load()


def told(whole: Knowledge) -> tuple[dict[str, Any], dict[int, str]]:
    things = Things((), Entities(whole.entities))
    found = {one["story"]: one for one in stories(WholeGraph(whole), ONTOLOGY, things)}
    known = {entity.id: entity.name for entity in whole.entities}
    return found, {number: known[iri] for iri, number in things.numbers.items()}


def test_the_largest_investments_have_their_sum_who_makes_them_and_a_sentence() -> None:
    whole = market()
    found, names = told(whole)
    rows = found["deals"]["rows"]
    assert found["deals"]["count"] == WORKS and len(rows) == LINES
    first = rows[0]
    assert [names[number] for number in first["about"]] == [work_of(WORKS - 1)]
    assert [names[number] for number in first["by"]] == [firm_of(WORKS - 1)]
    assert first["sum"] == ["total", f"{WORKS}亿元"]
    name, start, end, quote = first["claim"]
    assert name == "a/市场.txt" and whole.sources[0].text[start:end] == quote
    assert f"投资{WORKS}亿元" in quote


def test_a_sum_that_is_hard_to_believe_foreign_or_of_what_was_cancelled_is_not_the_largest() -> (
    None
):
    whole = market()
    largest = {deal.projects[0]: deal for deal in whole.deals}
    known = {entity.name: entity.id for entity in whole.entities}
    one, two, three = (largest[known[work_of(WORKS - i)]] for i in (1, 2, 3))
    huge = replace(one, amounts=(replace(one.amounts[0], value="9000000000000000"),))
    foreign = replace(two, amounts=(Amount("90000000000", "total", "USD", "900亿美元"),))
    gone = replace(three, statuses=("cancelled",))
    changed = {deal.id: deal for deal in (huge, foreign, gone)}
    deals = tuple(changed.get(deal.id, deal) for deal in whole.deals)
    found, names = told(replace(whole, deals=deals))
    rows = found["deals"]["rows"]
    assert names[rows[0]["about"][0]] == work_of(WORKS - 4)


def test_signings_are_told_by_the_day_of_their_document() -> None:
    found, names = told(market())
    rows = found["signings"]["rows"]
    assert found["signings"]["count"] == 5
    assert {row["day"] for row in rows} == {"2024-03-06"}
    assert {names[row["about"][0]] for row in rows} == {work_of(WORKS - i) for i in range(1, 6)}
    undated, _ = told(market(day=""))
    assert "signings" not in undated and "latest" not in undated


def test_firms_are_told_with_a_fact_for_each_that_they_deal_with() -> None:
    found, names = told(market())
    for row in found["firms"]["rows"]:
        others = {end for fact in row["facts"] for end in (fact["s"], fact["o"])} - {row["thing"]}
        assert len(others) == row["count"] == 3
        assert names[row["thing"]].endswith("公司")
        assert all(fact["claim"][3] for fact in row["facts"])


def test_the_order_of_the_records_changes_nothing() -> None:
    whole = market()
    turned = replace(
        whole, entities=whole.entities, facts=whole.facts[::-1], deals=whole.deals[::-1]
    )
    assert told(whole) == told(turned)


def test_an_empty_graph_has_no_stories() -> None:
    assert told(Knowledge((), (), ()))[0] == {}
