"""Free cells: the nearest is found whatever is taken, and the spiral leaves none out."""

from __future__ import annotations

import random

import pytest

from kg.publish.layout.cover import ASPECT, Cover
from kg.publish.layout.grid import Grid, Spiral

CELLS = 16


def far(one: tuple[int, int], other: tuple[int, int]) -> int:
    across, along = one[0] - other[0], one[1] - other[1]
    return (across * ASPECT[0]) ** 2 + (along * ASPECT[1]) ** 2


@pytest.mark.parametrize("seed", range(20))
def test_the_nearest_free_cell_is_the_one_that_looking_at_all_finds(seed: int) -> None:
    chance, cover = random.Random(seed), Cover(CELLS)
    free = {(x, y) for x in range(2 * CELLS) for y in range(2 * CELLS)}
    for _ in range(120):
        wanted = chance.randrange(CELLS), chance.randrange(CELLS)
        if seed % 2:  # most want the same, as the leaves of a hub do
            wanted = (7, 7) if chance.random() < 0.8 else wanted
        found = cover.nearest(*wanted)
        best = min(free, key=lambda cell: (far(cell, wanted), cell[1], cell[0]))
        assert found == best
        side = chance.choice((1, 1, 2, 3))
        cover.block(*found, side)
        free -= {(found[0] + i, found[1] + j) for i in range(side) for j in range(side)}


def test_a_cover_that_is_full_says_so() -> None:
    cover = Cover(1)
    cover.block(0, 0, 4)
    with pytest.raises(ValueError, match="none of 16 cells is free"):
        cover.nearest(0, 0)


def test_squares_of_every_size_share_a_grid() -> None:
    grid, chance = Grid(400), random.Random(5)
    taken: list[tuple[float, float, int]] = []
    for _ in range(400):
        size = chance.choice((8, 20, 44))
        x, y = grid.placed((chance.gauss(0, 300), chance.gauss(0, 300)), size)
        assert all((x - a) ** 2 + (y - b) ** 2 >= (size + other) ** 2 for a, b, other in taken)
        taken.append((x, y, size))


def test_what_is_wanted_far_outside_is_put_at_the_edge() -> None:
    x, y = Grid(1).placed((1e9, -1e9), 8)
    assert abs(x) < 10_000
    assert abs(y) < 10_000


def test_the_spiral_holds_every_shift_once_the_nearest_first() -> None:
    spiral = Spiral()
    at = spiral.free([0], set(spiral.shifts), 5000)
    assert at == 5000
    assert spiral.cells[0] == (0, 0)
    assert len(set(spiral.cells)) == len(spiral.cells)
    order = [far(cell, (0, 0)) for cell in spiral.cells]
    assert order == sorted(order)
    within = {
        (x, y) for x in range(-40, 41) for y in range(-40, 41) if far((x, y), (0, 0)) < 40_000
    }
    assert within <= set(spiral.cells)
