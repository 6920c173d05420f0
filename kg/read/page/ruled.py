"""The lines that are drawn on a page in, the tables that they rule out: rows, columns, cells.

Lines that touch make a grid. Where a piece of the grid is missing, the cells on its two sides
are one, so that merged cells need no marks of their own.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

Stroke = tuple[float, float, float, float]  # left, bottom, right and top in points
Cell = tuple[int, int]  # row from the top, column from the left
# Points between two strokes that are one border or meet: double lines lie up to 3 apart, and
# borders that are drawn cell by cell leave gaps as wide as they are thick.
_NEAR = 3.0
_COVERED = 0.6  # of a side of a cell that has to be drawn
_OPEN = 6.0  # points that level lines reach beyond the last upright one where a side is open
_MOST_PAIRS = 250_000  # of level and upright lines; a page of tables has 10,000
_MOST_CELLS = 20_000


@dataclass(frozen=True)
class Grid:
    """A ruled grid: edges of columns from left to right, edges of rows from top to bottom.

    ``homes`` has for each cell the first cell of those it is merged with; ``spans`` how far
    those reach, exclusive, by their first cell.
    """

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    homes: dict[Cell, Cell]

    @cached_property
    def spans(self) -> dict[Cell, Cell]:
        spans: dict[Cell, Cell] = {}
        for (row, column), home in self.homes.items():
            last_row, last_column = spans.get(home, (0, 0))
            spans[home] = max(last_row, row + 1), max(last_column, column + 1)
        return spans

    def cell(self, x: float, y: float) -> Cell | None:
        """The cell at a point, None outside of the grid."""
        column = bisect_right(self.columns, x) - 1
        row = bisect_right(self.rows, -y, key=float.__neg__) - 1
        return self.homes.get((row, column))

    def width(self, home: Cell) -> float:
        """How wide a cell is, with what it is merged with."""
        return self.columns[self.spans[home][1]] - self.columns[home[1]]


def grids(strokes: Iterable[Stroke]) -> list[Grid]:
    """The grids of at least two columns that strokes make, from top to bottom.

    >>> level = [(0, y, 90, y) for y in (0, 20, 40)]
    >>> upright = [(x, 0, x, 40) for x in (0, 30, 90)]
    >>> [(g.columns, g.rows) for g in grids([*level, *upright])]
    [((0.0, 30.0, 90.0), (40.0, 20.0, 0.0))]
    """
    level, upright = [], []
    for left, bottom, right, top in strokes:
        if right - left >= top - bottom:
            level.append(((bottom + top) / 2, left, right))
        else:
            upright.append(((left + right) / 2, bottom, top))
    levels, uprights = _joined(level), _joined(upright)
    if len(levels) * len(uprights) > _MOST_PAIRS:
        return []
    candidates = (_grid(*part) for part in _touching(levels, uprights))
    return sorted((g for g in candidates if g), key=lambda g: (-g.rows[0], g.columns[0]))


Line = tuple[float, float, float]  # where it lies across, and from where to where it goes


def _joined(lines: list[Line]) -> list[Line]:
    """Lines that lie on each other or go on from each other as one."""
    joined: list[Line] = []
    for group in _grouped(lines, lambda line: line[0]):
        at = sum(line[0] for line in group) / len(group)
        start, end = group[0][1], group[0][2]
        for _, first, last in sorted(group, key=lambda line: line[1:]):
            if first > end + _NEAR:
                joined.append((at, start, end))
                start, end = first, last
            start, end = min(start, first), max(end, last)
        joined.append((at, start, end))
    return joined


def _grouped(lines: list[Line], key: Callable[[Line], float]) -> Iterator[list[Line]]:
    """Lines in groups that lie together; a group is nowhere wider than two borders."""
    group: list[Line] = []
    for line in sorted(lines, key=key):
        if group and key(line) - key(group[0]) > _NEAR:
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _touching(levels: list[Line], uprights: list[Line]) -> list[tuple[list[Line], list[Line]]]:
    """Level and upright lines in groups that hang together."""
    above = list(range(len(levels) + len(uprights)))
    for i, (y, left, right) in enumerate(levels):
        for j, (x, bottom, top) in enumerate(uprights, len(levels)):
            if left - _NEAR <= x <= right + _NEAR and bottom - _NEAR <= y <= top + _NEAR:
                above[_root(above, i)] = _root(above, j)
    parts: dict[int, tuple[list[Line], list[Line]]] = {}
    for number, line in enumerate([*levels, *uprights]):
        part = parts.setdefault(_root(above, number), ([], []))
        part[number >= len(levels)].append(line)
    return list(parts.values())


def _root(above: list[int], number: int) -> int:
    while above[number] != number:
        above[number] = above[above[number]]
        number = above[number]
    return number


def _grid(levels: list[Line], uprights: list[Line]) -> Grid | None:
    """The grid of lines that hang together, None if they make no table."""
    uprights = [*uprights, *_open_sides(levels, uprights)]
    columns = _edges(line[0] for line in uprights)
    rows = _edges(line[0] for line in levels)[::-1]
    cells = (len(rows) - 1) * (len(columns) - 1)
    if len(rows) < 2 or len(columns) < 3 or cells > _MOST_CELLS:
        return None
    return Grid(columns, rows, _homes(levels, uprights, columns, rows))


def _open_sides(levels: list[Line], uprights: list[Line]) -> list[Line]:
    """The left and the right side of a table that has no lines there, from its level lines."""
    if len(levels) < 2 or not uprights:
        return []
    bottom, top = min(line[0] for line in levels), max(line[0] for line in levels)
    left, right = min(line[1] for line in levels), max(line[2] for line in levels)
    sides = []
    if left < min(line[0] for line in uprights) - _OPEN:
        sides.append((left, bottom, top))
    if right > max(line[0] for line in uprights) + _OPEN:
        sides.append((right, bottom, top))
    return sides


def _edges(places: Iterable[float]) -> tuple[float, ...]:
    """Places in ascending order, those that lie together once."""
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > _NEAR:
            edges.append(place)
    return tuple(edges)


def _homes(
    levels: list[Line], uprights: list[Line], columns: Sequence[float], rows: Sequence[float]
) -> dict[Cell, Cell]:
    """For each cell the first one of those that no line parts it from."""
    wide, high = len(columns) - 1, len(rows) - 1
    above = list(range(wide * high))

    def join(one: int, other: int) -> None:
        first, second = sorted((_root(above, one), _root(above, other)))
        above[second] = first

    beside, below = _at(uprights, columns), _at(levels, rows)
    for row, (top, bottom) in enumerate(pairwise(rows)):
        for column, (left, right) in enumerate(pairwise(columns)):
            here = row * wide + column
            if column + 1 < wide and not _is_ruled(beside[column + 1], bottom, top):
                join(here, here + 1)
            if row + 1 < high and not _is_ruled(below[row + 1], left, right):
                join(here, here + wide)
    members: dict[int, list[Cell]] = {}
    for number in range(wide * high):
        members.setdefault(_root(above, number), []).append(divmod(number, wide))
    homes: dict[Cell, Cell] = {}
    for cells in members.values():
        home = min(row for row, _ in cells), min(column for _, column in cells)
        homes |= dict.fromkeys(cells, home)
    return homes


def _at(lines: list[Line], edges: Sequence[float]) -> list[list[Line]]:
    """The lines that lie at each edge."""
    by_edge: list[list[Line]] = [[] for _ in edges]
    for line in lines:
        nearest = min(range(len(edges)), key=lambda n: abs(edges[n] - line[0]))
        by_edge[nearest].append(line)
    return by_edge


def _is_ruled(lines: list[Line], start: float, end: float) -> bool:
    """Whether lines cover most of a side of a cell."""
    covered = sum(max(0.0, min(end, last) - max(start, first)) for _, first, last in lines)
    return covered >= _COVERED * (end - start)
