"""How much a thing has to tell, and which things a page of a large graph draws."""

from __future__ import annotations

from kg.corpus.compound.deals.assemble import parts_of
from kg.ontology import load
from kg.publish.page.chosen import chosen
from kg.publish.page.drawing import drawing
from kg.publish.page.overview import WholeGraph
from kg.publish.page.summary.interest import DEAL, SUM, drawn_interest, of_deals, weights
from tests.testing.graphs.market import ALONE, COUNTIES, PROVINCE, firm_of, market, work_of

ONTOLOGY = load()


def names_of(iris: frozenset[str]) -> set[str]:
    known = {entity.id: entity.name for entity in market().entities}
    return {known[iri] for iri in iris}


def test_deals_count_most_and_places_in_places_nothing() -> None:
    whole = market()
    known = {entity.name: entity.id for entity in whole.entities}
    found = drawn_interest(drawing(whole, ONTOLOGY), ONTOLOGY)
    # invested in, and located somewhere
    assert found[known[work_of(3)]] == SUM + 3 + 1
    assert found[PROVINCE.id] == found[known["乙某1县"]] == 0
    assert DEAL < SUM


def test_what_is_drawn_of_a_large_graph_is_what_tells_most() -> None:
    whole = market()
    more = of_deals(whole.deals)
    assert set(more) == {part for deal in whole.deals for part in parts_of(deal)}
    linked = WholeGraph(whole).linked
    part = chosen(whole.entities, linked, 122, weights(ONTOLOGY), more)
    names = names_of(part.nodes)
    assert {firm_of(7), work_of(7), "无锡市", "闵行区"} <= names
    assert not any(name.startswith(("乙某", "戊某", "于某")) for name in names)
    assert part.bare == ALONE
    # By links alone the province with its counties comes before any work.
    assert PROVINCE.id in chosen(whole.entities, linked, 10).nodes
    assert len(whole.entities) > 122 + COUNTIES
