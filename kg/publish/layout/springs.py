"""Lay out by springs, which pull what is linked together and push all else apart."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    Point = tuple[float, float]

SEED = 1
# Canvas units, which are pixels at zoom 1.
EDGE = 120.0  # length that most links get: room for a label of eight characters beside a node


def springs(part: Sequence[Any], links: dict[Any, list[Any]]) -> list[Point]:
    """Fruchterman-Reingold from a fixed start, scaled so that most links are EDGE long."""
    if len(part) == 1:
        return [(0.0, 0.0)]
    if len(part) == 2:
        return [(-EDGE / 2, 0.0), (EDGE / 2, 0.0)]
    import rustworkx

    index = {node: i for i, node in enumerate(part)}
    graph = rustworkx.PyGraph()
    graph.add_nodes_from(list(part))
    pairs = [(i, index[o]) for i, n in enumerate(part) for o in links[n] if i < index[o]]
    graph.add_edges_from_no_data(pairs)
    start = {i: _start(i) for i in index.values()}
    layout = rustworkx.spring_layout(graph, pos=start, num_iter=500, seed=SEED)
    points = [(layout[i][0], layout[i][1]) for i in range(len(part))]
    lengths = sorted(distance(points[i], points[j]) for i, j in pairs)
    scale = EDGE / (lengths[len(lengths) // 2] or 1.0)
    return [(x * scale, y * scale) for x, y in points]


def _start(i: int) -> Point:
    # The R2 sequence (multiples of the inverse plastic number and of its square) fills the
    # unit square evenly without sine or random numbers.
    return (i * 0.7548776662466927 % 1.0, i * 0.5698402909980532 % 1.0)


def distance(one: Point, other: Point) -> float:
    """How far one point is from another."""
    dx, dy = one[0] - other[0], one[1] - other[1]
    return sqrt(dx * dx + dy * dy)
