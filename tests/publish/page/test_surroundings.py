"""The page of what lies around something: read by itself, and the same as out of the whole."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import kg as package
from kg.base.errors import QueryError
from kg.base.records import Knowledge
from kg.ontology import load
from kg.publish.front import APART, apart
from kg.publish.page.drawing import drawing
from kg.publish.page.overview import WholeGraph, overview
from kg.publish.page.surroundings import among, around
from kg.publish.page.things import Things
from kg.publish.page.view import page
from kg.query.graph import Graph
from kg.store.folder import Store
from kg.store.rdf.triples import asserted
from tests.testing.graphs import builders
from tests.testing.graphs.drawn import data_of

MANY = 10_000
# What tells of the whole graph, and what a page without it has in its place.
BESIDE = ("overview", "library", "others", "documents")


@pytest.fixture(scope="module")
def graph(graph_of_examples: Path) -> Iterator[Graph]:
    with package.open(graph_of_examples) as opened:
        yield opened


def stored(folder: Path, knowledge: Knowledge) -> Graph:
    Store.create(folder, asserted(knowledge, load()), knowledge.sources)
    return package.open(folder)


def told(view: Any, *centres: str) -> dict[str, Any]:
    data: dict[str, Any] = data_of(page(view, load(), title="试", around=centres, limit=MANY))
    return {key: value for key, value in data.items() if key not in BESIDE}


def most_linked(graph: Graph, number: int) -> list[str]:
    facts = [fact for fact in graph.knowledge.facts if fact.object]
    ends = Counter(end for fact in facts for end in (fact.subject, fact.object))
    return [iri for iri, _ in sorted(ends.items(), key=lambda pair: (-pair[1], pair[0]))][:number]


def test_what_is_around_a_thing_is_what_the_whole_graph_shows_around_it(graph: Graph) -> None:
    whole = drawing(graph.knowledge, graph.ontology)
    every = most_linked(graph, MANY)
    assert len(every) > 100
    unseen = 0
    for centre in (*every[:6], *every[6::17]):
        found = told(around(graph, [centre], MANY, MANY), centre)
        assert found == told(whole, centre)
        unseen += sum(entity["unseen"] for entity in found["entities"])
    assert unseen > 0


def test_what_is_around_several_things_is_one_page(graph: Graph) -> None:
    some = most_linked(graph, 3)
    whole = drawing(graph.knowledge, graph.ontology)
    assert told(around(graph, some, MANY, MANY), *some) == told(whole, *some)


def test_the_things_of_an_answer_are_drawn_as_out_of_the_whole_graph(graph: Graph) -> None:
    some = set(most_linked(graph, 60)[::2])
    out_of_all = drawing(graph.knowledge, graph.ontology, some)
    assert told(among(graph, some)) == told(out_of_all)
    assert out_of_all.number_of_edges() > 0


def test_a_place_is_told_by_a_name_and_by_what_a_thing_is_part_of(tmp_path: Path) -> None:
    place = builders.entity("District", "云澜市", "云澜")
    bureau = builders.entity("Organisation", "云澜市科技局")
    office = builders.entity("Organisation", "科技发展中心")
    staff = builders.entity("Person", "于某")
    text = "科技发展中心隶属云澜市科技局，于某任科技发展中心主任。"
    said = builders.source("y.txt", text)
    facts = (
        builders.fact(office, "partOf", bureau, "科技发展中心隶属云澜市科技局", document=said),
        builders.fact(staff, "worksFor", office, "于某任科技发展中心主任", document=said),
    )
    knowledge = Knowledge((said,), (place, bureau, office, staff), facts)
    with stored(tmp_path, knowledge) as graph:
        found = told(around(graph, [staff.id], MANY, MANY), staff.id)
        assert found == told(drawing(graph.knowledge, load()), staff.id)
        assert [row[1] for row in found["places"]] == ["云澜市"]
        assert found["belongs"] == [[0]] * 3


def test_the_second_step_fills_a_page_and_the_first_is_whole(graph: Graph) -> None:
    (hub,) = most_linked(graph, 1)
    first = {
        end
        for fact in graph.knowledge.facts
        if fact.object and hub in (fact.subject, fact.object)
        for end in (fact.subject, fact.object)
    }
    assert set(around(graph, [hub], 1, MANY)) == first
    few = around(graph, [hub], len(first) + 5, MANY)
    assert len(few) == len(first) + 5
    assert len(around(graph, [hub], 1, 4)) == 4
    left = told(few, hub)["left"]
    assert left["entities"] == len(graph.knowledge.entities) - len(few)
    assert left["facts"] > 0


@pytest.mark.parametrize("iri", ["https://w3id.org/zhengtu/id/district/0", "no iri", ""])
def test_what_is_no_entity_has_no_surroundings(graph: Graph, iri: str) -> None:
    with pytest.raises(QueryError, match="is no entity of this graph"):
        around(graph, [iri], MANY, MANY)


def test_a_claim_or_a_document_is_no_entity(graph: Graph) -> None:
    for record in (graph.knowledge.facts[0].id, graph.knowledge.sources[0].id):
        with pytest.raises(QueryError, match="is no entity"):
            around(graph, [record], MANY, MANY)


def test_the_overview_by_itself_is_that_of_the_whole_page(graph: Graph) -> None:
    known = {e.id: e for e in graph.knowledge.entities}
    things = Things((), known)
    wanted = overview(WholeGraph(graph.knowledge, graph.troubles), graph.ontology, things)
    found = apart(WholeGraph(graph.knowledge, graph.troubles), graph.ontology)
    assert found["first"] == APART

    def own(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: own(one) for key, one in value.items()}
        if isinstance(value, list | tuple):
            return [own(one) for one in value]
        return value - APART if isinstance(value, int) and value >= APART else value

    assert own(found["overview"]) == json.loads(json.dumps(wanted))
    assert found["others"] == things.others()
    assert [row[0] for row in found["library"]["rows"]] == sorted(
        source.names[0] for source in graph.knowledge.sources
    )
