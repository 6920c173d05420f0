"""Part articles into the steps in which a network learns from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Sequence

    from kg.run.train.network.samples import Sample

# Articles that are sorted by length together, so that a batch holds few blanks.
GROUP = 256
# Characters that a process computes with at a time.
PIECE = 2800


def steps(
    samples: Sequence[Sample], rng: random.Random, total: float, characters: int
) -> Iterator[list[list[int]]]:
    """Steps of pieces of articles of like length, by number, in random order, again and again."""
    seen = 0
    while True:
        order = list(range(len(samples)))
        rng.shuffle(order)
        for start in range(0, len(order), GROUP):
            group = sorted(order[start : start + GROUP], key=lambda i: len(samples[i].outer))
            shuffled = list(pieces(group, samples))
            rng.shuffle(shuffled)
            size = max(1, round(characters / PIECE))
            for i in range(0, len(shuffled), size):
                step = shuffled[i : i + size]
                yield step
                seen += sum(len(samples[i].outer) for piece in step for i in piece)
                if seen >= total:
                    return


def pieces(group: Sequence[int], samples: Sequence[Sample]) -> Iterator[list[int]]:
    """Pieces of articles, by number, none of which is long with its blanks."""
    piece: list[int] = []
    for i in group:
        if piece and (len(piece) + 1) * len(samples[i].outer) > PIECE:
            yield piece
            piece = []
        piece.append(i)
    yield piece
