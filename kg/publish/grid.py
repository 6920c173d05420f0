"""A grid of cells: which hold something already, and which are the nearest that do not."""

from __future__ import annotations

from math import isqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    Point = tuple[float, float]
    Cell = tuple[int, int]

GAP = 30.0  # kept free between two circles; graph.js lets them grow into half of it
CELL = 45  # side of a cell, in canvas units
# Height to width of the whole: below its two bars, a full screen leaves about 5:9.
ASPECT = (5, 9)


class Grid:
    """Cells that hold a circle already, or a part of one."""

    def __init__(self, nodes: int) -> None:
        self.taken: set[int] = set()
        self.spiral = outward(2 * nodes)
        self.shifts = [numbered(cell) for cell in self.spiral]
        # Where the search around a cell goes on: what was taken stays taken.
        self.tried: dict[tuple[int, int], int] = {}

    def placed(self, wanted: Point, size: int) -> Point:
        """The middle of the free square nearest to a point that a circle fits into."""
        side = int(2 * size + GAP / 3) // CELL + 1
        half = side * CELL / 2
        column, row = int((wanted[0] - half) // CELL + 0.5), int((wanted[1] - half) // CELL + 0.5)
        square = [numbered((right, down)) for right in range(side) for down in range(side)]
        here = [numbered((column, row)) + cell for cell in square]
        key = (here[0], side)
        at = free(here, self.shifts, self.taken, self.tried.get(key, 0))
        self.tried[key] = at + 1
        right, down = self.spiral[at]
        self.taken.update(cell + self.shifts[at] for cell in here)
        return ((column + right) * CELL + half, (row + down) * CELL + half)


def numbered(cell: Cell) -> int:
    """A cell as one number, so that a shift of cells is a sum."""
    return (cell[0] << 32) + cell[1]


def free(shape: Sequence[int], shifts: Sequence[int], taken: set[int], first: int) -> int:
    """The first shift, from one on, that sets a shape on free cells; the last if none does."""
    for at in range(first, len(shifts)):
        shift = shifts[at]
        for cell in shape:
            if cell + shift in taken:
                break
        else:
            return at
    return len(shifts) - 1


def outward(nodes: int) -> list[Cell]:
    """Shifts by whole cells, nearest first; enough of them for so many nodes."""
    reach = 12 + 4 * isqrt(nodes)
    high, wide = ASPECT
    shifts = [(x, y) for x in range(-reach, reach + 1) for y in range(-reach, reach + 1)]
    return sorted(shifts, key=lambda s: ((s[0] * high) ** 2 + (s[1] * wide) ** 2, s[1], s[0]))
