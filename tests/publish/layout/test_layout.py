"""Places of nodes: the same everywhere, apart from each other, none far off."""

from __future__ import annotations

import random
import subprocess
import sys
from itertools import combinations, pairwise
from math import dist

import networkx as nx
import pytest

from kg.publish.layout.layout import LARGEST, positions, radius
from tests.conftest import ROOT
from tests.testing.graphs.grown import grown
from tests.testing.growth import grows_evenly

SHAPES = {
    "one node": nx.empty_graph(1),
    "no links": nx.empty_graph(120),
    "a star": nx.star_graph(150),
    "a chain": nx.path_graph(60),
    "all with all": nx.complete_graph(20),
    "pairs": nx.from_edgelist([(i, i + 1) for i in range(0, 160, 2)]),
    "hubs": grown(300, 450),
    "too many for springs": grown(2400, 4400),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_no_circle_covers_another(shape: str) -> None:
    graph = SHAPES[shape]
    places = positions(graph)
    assert places.keys() == set(graph)
    sizes = {n: radius(len(set(nx.all_neighbors(graph, n)) - {n})) for n in graph}
    for one, other in combinations(graph, 2):
        assert dist(places[one], places[other]) >= sizes[one] + sizes[other], (one, other)


@pytest.mark.parametrize("shape", ["no links", "pairs", "hubs", "too many for springs"])
def test_no_node_lies_far_off(shape: str) -> None:
    places = positions(SHAPES[shape])
    for axis in (0, 1):
        along = sorted(place[axis] for place in places.values())
        gaps = [after - before for before, after in pairwise(along)]
        assert max(gaps) < 300


def test_small_components_stand_around_the_largest() -> None:
    graph = nx.complete_graph(12)
    graph.add_nodes_from(f"single{i:02}" for i in range(30))
    places = positions(graph)
    x, y = (sum(places[n][a] for n in range(12)) / 12 for a in (0, 1))
    assert max(abs(x), abs(y)) < 60


def test_places_are_whole_numbers_and_an_empty_graph_has_none() -> None:
    assert positions(nx.MultiDiGraph()) == {}
    assert all(type(v) is int for place in positions(SHAPES["hubs"]).values() for v in place)


def test_order_direction_and_doubles_do_not_matter() -> None:
    graph = grown(80, 120)
    shuffled = nx.MultiDiGraph()
    nodes, links = list(graph), [(b, a) for a, b in graph.edges()] * 2
    random.Random(3).shuffle(nodes)
    random.Random(4).shuffle(links)
    shuffled.add_nodes_from(nodes)
    shuffled.add_edges_from(links)
    assert positions(shuffled) == positions(graph)


def test_hash_seed_does_not_matter() -> None:
    script = (
        "from tests.testing.graphs.grown import grown\n"
        "from kg.publish.layout.layout import positions\n"
        "print(positions(grown(120, 150)))"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "77")
    }
    assert len(printed) == 1
    assert "n0119" in printed.pop()


def test_beyond_springs_the_time_grows_with_the_nodes() -> None:
    assert grows_evenly(lambda size: positions(grown(size, 2 * size)), 5 * LARGEST)
