"""A grid of cells: which hold something already, and which are the nearest that do not."""

from __future__ import annotations

from math import isqrt
from typing import TYPE_CHECKING

from kg.publish.layout.cover import ASPECT, Cover, numbered

if TYPE_CHECKING:
    from collections.abc import Sequence

    Point = tuple[float, float]
    Cell = tuple[int, int]

GAP = 30.0  # kept free between two circles; graph.js lets them grow into half of it
CELL = 45  # side of a cell, in canvas units
BAND = 64  # the spiral is made in rings that are so many units of its measure wide


class Grid:
    """Cells that hold a circle already, or a part of one."""

    def __init__(self, nodes: int) -> None:
        # A circle takes nine cells at most; what is wanted beyond the edge is put at it.
        self.half = 64 + 8 * isqrt(nodes)
        self.occupied: set[Cell] = set()
        self.covers: dict[int, Cover] = {}

    def placed(self, wanted: Point, size: int) -> Point:
        """The middle of the free square nearest to a point that a circle fits into."""
        side = int(2 * size + GAP / 3) // CELL + 1
        middle = side * CELL / 2
        column, row = (self._inside(int((at - middle) // CELL + 0.5)) for at in wanted)
        right, down = self._cover(side).nearest(column, row)
        square = [(right + i, down + j) for i in range(side) for j in range(side)]
        self.occupied.update(square)
        for reach, cover in self.covers.items():
            cover.block(right - reach + 1, down - reach + 1, side + reach - 1)
        return (
            (right - self.half) * CELL + middle,
            (down - self.half) * CELL + middle,
        )

    def _inside(self, cell: int) -> int:
        return min(2 * self.half, max(0, cell + self.half))

    def _cover(self, side: int) -> Cover:
        """Where no square of so many cells fits, told by its first cell."""
        if side not in self.covers:
            cover = self.covers[side] = Cover(2 * self.half)
            for column, row in sorted(self.occupied):
                cover.block(column - side + 1, row - side + 1, side)
        return self.covers[side]


class Spiral:
    """Shifts by whole cells, nearest first; made as far out as they are asked for."""

    def __init__(self) -> None:
        self.cells: list[Cell] = []
        self.shifts: list[int] = []
        self.rings = 0

    def free(self, shape: Sequence[int], occupied: set[int], first: int) -> int:
        """The number of the first shift, from one on, that sets a shape on free cells."""
        at = first
        while True:
            while at >= len(self.shifts):
                self._grow()
            shift = self.shifts[at]
            for cell in shape:
                if cell + shift in occupied:
                    break
            else:
                return at
            at += 1

    def _grow(self) -> None:
        inner, outer = (BAND * self.rings) ** 2, (BAND * (self.rings + 1)) ** 2
        self.rings += 1
        wide, high = ASPECT
        ring: list[tuple[int, int, int]] = []
        for y in range(-(isqrt(outer) // high), isqrt(outer) // high + 1):
            rest = outer - (y * high) ** 2
            reach = isqrt(rest) // wide
            least = isqrt(max(0, inner - (y * high) ** 2)) // wide
            for x in {*range(-reach, -least + 1), *range(least, reach + 1)}:
                far = (x * wide) ** 2 + (y * high) ** 2
                if inner <= far < outer:
                    ring.append((far, y, x))
        self.cells.extend((x, y) for _, y, x in sorted(ring))
        self.shifts.extend(numbered(cell) for cell in self.cells[len(self.shifts) :])
