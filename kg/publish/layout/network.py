"""Style the nodes and edges of a graph, in the form that vis-network reads.

Where they are few, pyvis holds them (its nodes, edges and options); where they are many, the page
draws them on a canvas of its own.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kg.publish.layout.layout import positions, radius

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.ontology import Ontology

    Fact = dict[str, Any]

DRAWN_LABEL = 14  # code points of a label in the drawing; the panel has it whole


def through_pyvis(
    circles: Sequence[dict[str, Any]], facts: Sequence[Fact], bends: Sequence[Any]
) -> tuple[list[Any], list[Any], dict[str, Any]]:
    """Nodes, edges and options as pyvis gives them to vis-network."""
    from pyvis.network import Network

    network = Network(directed=True)
    network.set_options('{"physics": {"enabled": false}, "layout": {"improvedLayout": false}}')
    for i, circle in enumerate(circles):
        network.add_node(i, **circle)
    for i, (fact, bend) in enumerate(zip(facts, bends, strict=True)):
        width = 1.4 + min(len(fact["claims"]) - 1, 4) * 0.5
        network.add_edge(fact["s"], fact["o"], id=i, width=width, smooth=bend)
    nodes, edges, *_, options = network.get_network_data()
    return nodes, edges, json.loads(options)


def plainly(
    circles: Sequence[dict[str, Any]], facts: Sequence[Fact], bends: Sequence[Any]
) -> tuple[list[Any], list[Any], dict[str, Any]]:
    """The same for the page's own canvas, in the form that pyvis gives."""
    nodes = [{"id": i, **circle} for i, circle in enumerate(circles)]
    return nodes, [{"smooth": bend} for bend in bends], {}


def circles_of(
    view: Any, order: Sequence[str], entities: Sequence[dict[str, Any]], ontology: Ontology
) -> list[dict[str, Any]]:
    """What each node looks like and where it is drawn."""
    places = positions(view)
    circles = []
    for node, entity in zip(order, entities, strict=True):
        klass = ontology.classes.get(entity["type"])
        x, y = places[node]
        circles.append(
            {
                "label": _shortened(entity["label"]),
                "color": klass.colour if klass else "",
                "size": radius(_neighbours(view, node)),
                "x": x,
                "y": y,
            }
        )
    return circles


def _neighbours(view: Any, node: str) -> int:
    return len({*view.successors(node), *view.predecessors(node)} - {node})


def _shortened(label: str) -> str:
    return label if len(label) <= DRAWN_LABEL else label[: DRAWN_LABEL - 1] + "…"


def bends_of(pairs: Iterable[tuple[int, int]]) -> list[Any]:
    """How each edge bends, so that edges between the same two nodes lie apart.

    >>> [bend and bend["type"] for bend in bends_of([(0, 1), (0, 1), (1, 2)])]
    ['curvedCCW', 'curvedCW', False]
    """
    pairs = list(pairs)
    groups: dict[tuple[int, int], list[int]] = {}
    for i, (one, other) in enumerate(pairs):
        groups.setdefault((min(one, other), max(one, other)), []).append(i)
    bends: list[Any] = [False] * len(pairs)
    for group in groups.values():
        for rank, i in enumerate(group):
            side = 2 * rank - len(group) + 1
            if side:
                # Left and right are seen from the edge's own start.
                right = (side > 0) == (pairs[i][0] <= pairs[i][1])
                kind = "curvedCW" if right else "curvedCCW"
                bends[i] = {"enabled": True, "type": kind, "roundness": min(abs(side) * 0.14, 0.9)}
    return bends
