"""Lay out a graph: a place for every node, the same on every machine.

Each connected component is laid out by springs from a fixed start, its nodes are moved
apart where they would cover each other, and the components are set side by side, the
largest in the middle. Only ``+ - * /`` and ``sqrt`` touch the coordinates, which IEEE 754
rounds alike everywhere (no sine, no power), and the result is rounded to integers.
"""

from __future__ import annotations

from math import isqrt, sqrt
from typing import TYPE_CHECKING, Any

from kg.publish.layout.cover import numbered
from kg.publish.layout.grid import CELL, GAP, Spiral
from kg.publish.layout.large import grown
from kg.publish.layout.springs import distance, springs

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable, Sequence

    Point = tuple[float, float]
    Cell = tuple[int, int]

LARGEST = 2000  # nodes that springs lay out; their time grows with the square of the number


def radius(degree: int) -> int:
    """Radius of a node's circle in canvas units, so that its area grows with its links.

    >>> radius(0), radius(4), radius(100)
    (8, 16, 44)
    """
    return min(44, 8 + isqrt(16 * degree))


def positions(graph: Any) -> dict[Any, tuple[int, int]]:
    """A place for every node of a networkx graph, in canvas units, y downwards.

    Direction and number of links do not matter, nor does the order in which nodes and
    links were added: nodes are taken in the order of their names.

    >>> import networkx as nx
    >>> positions(nx.MultiDiGraph([("a", "b")]))
    {'a': (-60, 0), 'b': (60, 0)}
    """
    links = _links(graph)
    sizes = {node: radius(len(links[node])) for node in links}
    parts = []
    for part in _components(links):
        if len(part) > LARGEST:
            parts.append((part, grown(part, links, sizes)))
            continue
        placed = springs(part, links)
        parts.append((part, _apart(placed, [sizes[node] for node in part])))
    return _rounded(_packed(parts, links, sizes))


def _links(graph: Any) -> dict[Any, list[Any]]:
    """Neighbours of each node, both sorted, without loops and doubles."""
    neighbours: dict[Any, set[Any]] = {node: set() for node in sorted(graph.nodes, key=str)}
    for one, other in graph.edges():
        if one != other:
            neighbours[one].add(other)
            neighbours[other].add(one)
    return {node: sorted(others, key=str) for node, others in neighbours.items()}


def _components(links: dict[Any, list[Any]]) -> list[list[Any]]:
    """Nodes that hang together, the largest group first, each group in order of names."""
    groups, seen = [], set()
    for node in links:
        if node in seen:
            continue
        group, todo = {node}, [node]
        while todo:
            for other in links[todo.pop()]:
                if other not in group:
                    group.add(other)
                    todo.append(other)
        seen |= group
        groups.append(sorted(group, key=str))
    return sorted(groups, key=lambda g: (-len(g), str(g[0])))


def _apart(points: Sequence[Point], sizes: Sequence[int]) -> list[Point]:
    """Push circles that touch or cover each other apart, in at most 60 rounds."""
    spots = list(points)
    reach = 2 * max(sizes) + GAP
    for _ in range(60):
        cells: dict[Cell, list[int]] = {}
        for i, (x, y) in enumerate(spots):
            cells.setdefault((int(x // reach), int(y // reach)), []).append(i)
        moved = False
        for i, (x, y) in enumerate(list(spots)):
            column, row = int(x // reach), int(y // reach)
            for across in (-1, 0, 1):
                for down in (-1, 0, 1):
                    for j in cells.get((column + across, row + down), ()):
                        if i < j:
                            moved |= _push(spots, i, j, sizes[i] + sizes[j] + GAP)
        if not moved:
            break
    return spots


def _push(spots: list[Point], i: int, j: int, needed: float) -> bool:
    far = distance(spots[i], spots[j])
    if far >= needed - 0.5:
        return False
    dx, dy = spots[j][0] - spots[i][0], spots[j][1] - spots[i][1]
    if far < 0.001:
        # On one spot: leave it in a direction that depends on the two alone.
        dx, dy, far = 1.0 + i % 3, 1.0 + j % 5, sqrt((1.0 + i % 3) ** 2 + (1.0 + j % 5) ** 2)
        half = needed / far / 2
    else:
        half = (needed - far) / far / 2
    spots[i] = (spots[i][0] - dx * half, spots[i][1] - dy * half)
    spots[j] = (spots[j][0] + dx * half, spots[j][1] + dy * half)
    return True


def _packed(
    parts: Sequence[tuple[Sequence[Any], list[Point]]],
    links: dict[Any, list[Any]],
    sizes: dict[Any, int],
) -> dict[Any, Point]:
    """Set the components around the first, each in the nearest free stretch of the grid."""
    occupied: set[int] = set()
    points_by_node: dict[Any, Point] = {}
    # A shape is never set nearer to the middle than the last that was about as large;
    # without that, thousands of small components would each try all that is taken.
    tried: dict[Cell, int] = {}
    spiral = Spiral()
    for part, laid in parts:
        points = _centred(laid)
        cells = _cells(points, [sizes[node] for node in part])
        shape = [numbered(cell) for cell in cells]
        extent = _extent(cells)
        at = tried[extent] = spiral.free(shape, occupied, tried.get(extent, 0))
        occupied.update([cell + spiral.shifts[at] for cell in shape])
        right, down = spiral.cells[at]
        for node, (x, y) in zip(part, points, strict=True):
            points_by_node[node] = (x + right * CELL, y + down * CELL)
    return points_by_node


def _centred(points: Sequence[Point]) -> list[Point]:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    x0, y0 = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    return [(x - x0, y - y0) for x, y in points]


def _extent(cells: Collection[Cell]) -> Cell:
    """About how many columns and rows cells lie in: their numbers to three binary digits.

    >>> _extent([(0, 0), (1, 0), (1, 0)])
    (2, 1)
    """
    wide, high = (len({cell[axis] for cell in cells}) for axis in (0, 1))
    return _roughly(wide), _roughly(high)


def _roughly(number: int) -> int:
    small = max(0, number.bit_length() - 3)
    return number >> small << small


def _cells(points: Sequence[Point], sizes: Sequence[int]) -> set[Cell]:
    """Grid cells under a component; gaps inside a row or a column belong to it too."""
    cells: set[Cell] = set()
    for (x, y), size in zip(points, sizes, strict=True):
        reach = size + GAP
        for column in range(int((x - reach) // CELL), int((x + reach) // CELL) + 1):
            for row in range(int((y - reach) // CELL), int((y + reach) // CELL) + 1):
                cells.add((column, row))
    return _filled(cells, 0) | _filled(cells, 1)


def _filled(cells: Iterable[Cell], axis: int) -> set[Cell]:
    rows: dict[int, list[int]] = {}
    for cell in cells:
        rows.setdefault(cell[1 - axis], []).append(cell[axis])
    return {
        (at, row) if axis == 0 else (row, at)
        for row, columns in rows.items()
        for at in range(min(columns), max(columns) + 1)
    }


def _rounded(places: dict[Any, Point]) -> dict[Any, tuple[int, int]]:
    return {node: (round(x), round(y)) for node, (x, y) in sorted(places.items(), key=_name)}


def _name(item: tuple[Hashable, Any]) -> str:
    return str(item[0])
