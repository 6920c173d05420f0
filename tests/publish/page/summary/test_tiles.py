"""The tiles of the schematic map: one place each, counts and sums of what lies there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kg.base.records import Knowledge
from kg.ontology import load
from kg.ontology.divisions import divisions
from kg.publish.derived.whereabouts import Whereabouts
from kg.publish.page.summary.tiles import TILES, tiles
from kg.publish.page.things import Entities, Things
from tests.testing.graphs.market import CITY, MINHANG, SHANGHAI, WORKS, market

ONTOLOGY = load()


def seen(whole: Knowledge) -> dict[str, Any]:
    things = Things((), Entities(whole.entities))
    where = Whereabouts(whole, ONTOLOGY)
    found = tiles(whole, ONTOLOGY, things, where, ["Organisation", "Project"])
    names = {number: iri for iri, number in things.numbers.items()}
    return {
        name: (names.get(number, ""), counts, deals, sum_, inner)
        for name, _, _, number, counts, deals, sum_, inner in found["tiles"]
    }


def test_every_division_of_the_first_level_has_a_tile_of_its_own() -> None:
    first = {one.code[:2] for one in divisions(ONTOLOGY) if not one.parent}
    assert first == TILES.keys()
    assert len(set(TILES.values())) == len(TILES)
    assert all(0 <= column < 8 and 0 <= row < 8 for column, row in TILES.values())


def test_things_and_deals_count_where_they_lie_and_in_what_lies_above() -> None:
    found = seen(market())
    near, far = WORKS - 5, 5
    hundred_millions = sum(range(1, near + 1))
    _, counts, deals, sum_, inner = found["江苏"]
    assert (counts, deals, sum_) == ([0, near], near, str(hundred_millions * 10**8))
    assert [row[0] for row in inner] == ["无锡"] and inner[0][2] == [0, near]
    iri, counts, deals, _, inner = found["上海"]
    assert (iri, counts, deals) == (SHANGHAI.id, [0, far], far)
    assert [row[0] for row in inner] == ["闵行"]
    assert found["西藏"] == ("", [0, 0], 0, "0", [])


def test_a_deal_across_provinces_counts_in_each_and_its_sum_in_none() -> None:
    whole = market()
    last = max(whole.deals, key=lambda deal: int(deal.amounts[0].value))
    both = replace(last, places=(CITY.id, MINHANG.id))
    deals = tuple(both if deal.id == last.id else deal for deal in whole.deals)
    found, before = seen(replace(whole, deals=deals)), seen(whole)
    assert found["江苏"][2] == before["江苏"][2] + 1 and found["上海"][2] == before["上海"][2]
    assert found["江苏"][3] == before["江苏"][3]
    assert int(found["上海"][3]) == int(before["上海"][3]) - WORKS * 10**8


def test_a_graph_of_nowhere_has_no_tiles() -> None:
    assert seen(Knowledge((), (), ())) == {}
