"""Lay out a component too large for springs: its core first, then what is linked to it."""

from __future__ import annotations

from heapq import heappop, heappush
from math import sqrt
from typing import TYPE_CHECKING, Any

from kg.publish.layout.grid import Grid
from kg.publish.layout.springs import springs

if TYPE_CHECKING:
    from collections.abc import Sequence

    Point = tuple[float, float]

CORE = 1500  # so many nodes, the most linked, are laid out by springs


def grown(part: Sequence[Any], links: dict[Any, list[Any]], sizes: dict[Any, int]) -> list[Point]:
    """Places in a component that is too large for springs: its core first, then the rest.

    Springs lay the core out, and each node takes the free cells of a grid that are nearest
    to where it is wanted; a further one is wanted in the middle of its neighbours that have
    a place, so that the leaves of a hub make a disc around it.
    """
    core = _core(part, links)
    inner = [node for node in part if node in core]
    points = springs(inner, {n: [o for o in links[n] if o in core] for n in inner})
    wide = sqrt(len(part) / len(core))
    wanted = {n: (x * wide, y * wide) for n, (x, y) in zip(inner, points, strict=True)}
    grid = Grid(len(part))
    points_by_node: dict[Any, Point] = {}
    for node in sorted(inner, key=lambda n: (-sizes[n], str(n))):
        points_by_node[node] = grid.placed(wanted[node], sizes[node])
    for node in _around(part, links, core):
        near = [points_by_node[other] for other in links[node] if other in points_by_node]
        middle = (sum(p[0] for p in near) / len(near), sum(p[1] for p in near) / len(near))
        points_by_node[node] = grid.placed(middle, sizes[node])
    return [points_by_node[node] for node in part]


def _core(part: Sequence[Any], links: dict[Any, list[Any]]) -> set[Any]:
    """Nodes of a component that hang together: from the most linked on, the most linked next."""
    first = min(part, key=lambda node: (-len(links[node]), str(node)))
    edge, seen = [(0, "", first)], {first}
    core: set[Any] = set()
    while len(core) < CORE:
        *_, node = heappop(edge)
        core.add(node)
        for other in links[node]:
            if other not in seen:
                seen.add(other)
                heappush(edge, (-len(links[other]), str(other), other))
    return core


def _around(part: Sequence[Any], links: dict[Any, list[Any]], core: set[Any]) -> list[Any]:
    """The nodes outside a core, the nearest to it first, each behind one it is linked with."""
    ordered, seen = [node for node in part if node in core], set(core)
    for node in ordered:
        for other in links[node]:
            if other not in seen:
                seen.add(other)
                ordered.append(other)
    return ordered[len(core) :]
