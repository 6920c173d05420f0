"""Find the stretches of an article that the network takes for names.

A head gives each character a score for being outside of names, and for being the first, an
inner, the last or the only character of a name of each class. How far a score lies above the
best other one of its character is its margin. A stretch is as sure as its least sure character.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.extract.model.weights import Array

UNIT = 64  # scores to one unit of log-odds
PLACES = 4  # of a character in a name or a word: first, inner, last, only
LONGEST = 45  # characters of a name; of 40,000 names that readers marked 99.9 % are shorter
ENDS, INSIDE = -4 * UNIT, -6 * UNIT  # margins below which a stretch is not looked at
CHOSEN = -UNIT  # margin of a stretch that the network would choose by itself


class TaggedSpan(NamedTuple):
    """A stretch ``start:end`` that may be a name of the class with a number."""

    start: int
    end: int
    number: int


class Margins(NamedTuple):
    """Margins of a stretch, in units: least, first and last character, mean."""

    least: int
    first: int
    last: int
    mean: int


def mark(labels: Array, start: int, end: int, first: int) -> None:
    """Label the characters of a stretch as first, inner and last, or as the only one.

    >>> row = np.zeros(5, int)
    >>> mark(row, 1, 4, 1); row.tolist()
    [0, 1, 2, 3, 0]
    """
    if end - start == 1:
        labels[start] = first + 3
        return
    labels[start:end] = first + 1
    labels[start], labels[end - 1] = first, first + 2


def margins(scores: Array) -> Array:
    """How far each score lies above the best other one of its character.

    >>> margins(np.array([[5, 1, 3]])).tolist()
    [[2, -4, -2]]
    """
    row, best = np.arange(len(scores)), scores.argmax(1)
    rest = scores.T.copy()  # what is compared lies side by side
    margin: Array = rest - rest[best, row]
    rest[best, row] = np.iinfo(rest.dtype).min
    margin[best, row] = scores[row, best] - rest.max(0)
    return margin.T.astype(np.int64)


def candidate_spans(
    margin: Array, ends: int = ENDS, inside: int = INSIDE
) -> dict[TaggedSpan, Margins]:
    """The stretches that may be names, each with its margins."""
    spans: dict[TaggedSpan, Margins] = {}
    for number in range((margin.shape[1] - 1) // PLACES):
        first, inner, last, only = range(1 + PLACES * number, 5 + PLACES * number)
        for start in np.flatnonzero(margin[:, only] > ends // 2).tolist():
            alone = int(margin[start, only])
            spans[TaggedSpan(start, start + 1, number)] = Margins(alone, alone, alone, alone)
        columns = margin[:, inner], margin[:, last]
        for start in np.flatnonzero(margin[:, first] > ends).tolist():
            opens = int(margin[start, first])
            for end, sure in _ends_from(start, opens, *columns, ends, inside):
                spans[TaggedSpan(start, end, number)] = sure
    return spans


def _ends_from(
    start: int, opens: int, inner: Array, last: Array, ends: int, inside: int
) -> Iterator[tuple[int, Margins]]:
    """The ends that a stretch from a start may have."""
    least = total = opens
    for at in range(start + 1, min(len(inner), start + LONGEST)):
        closes = int(last[at])
        if closes > ends:
            mean = (total + closes) // (at + 1 - start)
            yield at + 1, Margins(min(least, closes), opens, closes, mean)
        goes_on = int(inner[at])
        if goes_on <= inside:
            return
        least, total = min(least, goes_on), total + goes_on


def choose_spans(spans: Mapping[TaggedSpan, Margins], least: int = CHOSEN) -> list[TaggedSpan]:
    """The stretches that the network would choose by itself: the surest, none over another."""
    chosen_spans: list[TaggedSpan] = []
    covered = bytearray(max((one.end for one in spans), default=0))
    order = sorted(spans.items(), key=lambda f: (-f[1].least, f[0].start - f[0].end, f[0]))
    for one, sure in order:
        if sure.least < least:
            break
        if not any(covered[one.start : one.end]):
            covered[one.start : one.end] = b"\1" * (one.end - one.start)
            chosen_spans.append(one)
    return sorted(chosen_spans)


def roles(scores: Array) -> list[tuple[int, int]]:
    """The stretches that the network takes for roles, none over another.

    >>> roles(99 * np.array([[0, 9, 0, 0, 0], [0, 0, 9, 0, 0], [0, 0, 0, 9, 0], [9, 0, 0, 0, 0]]))
    [(0, 3)]
    """
    return [(one.start, one.end) for one in choose_spans(candidate_spans(margins(scores)))]
