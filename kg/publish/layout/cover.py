"""Cells that are taken, kept in squares of squares: the nearest free one is found at once."""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TypeAlias

# How far off a square is, its level (negative), its row and column among those of the level.
Candidate: TypeAlias = tuple[int, int, int, int]

# So many searches are kept, to be gone on with: the leaves of a hub want the same cell.
CACHED = 64
# Units of one cell across and down: below its two bars, a full screen leaves about 5:9.
ASPECT = (5, 9)


class Cover:
    """A square of cells, each of which is free or blocked.

    A square of level n is 2**n cells wide. It knows how many of its four quarters are wholly
    blocked, so that a search steps over it when all of them are.
    """

    def __init__(self, cells: int) -> None:
        self.levels = cells.bit_length() + 1
        self.blocked: list[dict[int, int]] = [{} for _ in range(self.levels + 1)]
        self.searches: dict[tuple[int, int], list[Candidate]] = {}

    def block(self, column: int, row: int, side: int) -> None:
        """Block a square of cells, given by its first; what lies outside is left out."""
        for x in range(max(0, column), column + side):
            for y in range(max(0, row), row + side):
                if numbered((x, y)) not in self.blocked[0]:
                    self._block(x, y)

    def _block(self, x: int, y: int) -> None:
        self.blocked[0][numbered((x, y))] = 4
        for blocked in self.blocked[1:]:
            x, y = x >> 1, y >> 1
            cell = numbered((x, y))
            blocked[cell] = blocked.get(cell, 0) + 1
            if blocked[cell] < 4:
                return

    def nearest(self, column: int, row: int) -> tuple[int, int]:
        """The free cell nearest to one; of several, the uppermost, then the leftmost.

        >>> cover = Cover(9)
        >>> cover.block(3, 3, 2)
        >>> cover.nearest(3, 3)
        (2, 3)

        Raises:
            ValueError: If every cell is blocked.
        """
        if numbered((column, row)) not in self.blocked[0]:
            return column, row
        todo = self._search(column, row)
        while todo:
            _, level, y, x = todo[0]
            if self.blocked[-level].get((x << 32) + y) == 4:
                heappop(todo)
            elif level:
                heappop(todo)
                self._divide(todo, column, row, x, y, -level - 1)
            else:
                return x, y
        raise ValueError(f"none of {4**self.levels} cells is free")

    def _search(self, column: int, row: int) -> list[Candidate]:
        """Squares still to be looked at: the nearest first, of equally near ones the larger."""
        todo = self.searches.pop((column, row), None) or [(0, -self.levels, 0, 0)]
        if len(self.searches) >= CACHED:
            del self.searches[next(iter(self.searches))]
        self.searches[column, row] = todo
        return todo

    def _divide(
        self, todo: list[Candidate], column: int, row: int, x: int, y: int, level: int
    ) -> None:
        """Put those quarters of a square on the list that hold free cells."""
        blocked = self.blocked[level]
        for down in (2 * y, 2 * y + 1):
            for right in (2 * x, 2 * x + 1):
                if blocked.get((right << 32) + down) != 4:
                    far = _far(column, row, right, down, level)
                    heappush(todo, (far, -level, down, right))


def _far(column: int, row: int, x: int, y: int, level: int) -> int:
    """How far, squared, a cell is from the nearest one of a square."""
    left, top = x << level, y << level
    across = max(left - column, 0, column - left - (1 << level) + 1)
    along = max(top - row, 0, row - top - (1 << level) + 1)
    return (across * ASPECT[0]) ** 2 + (along * ASPECT[1]) ** 2


def numbered(cell: tuple[int, int]) -> int:
    """A cell as one number, so that a shift of cells is a sum."""
    return (cell[0] << 32) + cell[1]
