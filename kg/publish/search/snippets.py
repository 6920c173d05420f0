"""Cut the stretch of a text that holds some words, with the words marked."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from kg.publish.search.grams import fold, folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    # A piece of a text, and whether it is what was looked for.
    Piece = tuple[str, bool]

WIDTH = 110  # code points of a stretch
ENDS = "。！？!?；;\n"


def snippet(text: str, words: Sequence[str], width: int = WIDTH) -> tuple[list[Piece], int, int]:
    """The stretch of a text where most of some words stand, and where it begins and ends.

    >>> snippet("甲某在园区投资。乙某建厂。", ["乙某"], 6)
    ([('乙某', True), ('建厂。', False)], 8, 13)
    """
    marks = word_spans(text, words)
    start, end = _window(text, marks, width)
    shown = pieces(text[start:end], [(a - start, b - start) for a, b in marks])
    before = [("…", False)] if start and text[start - 1] not in ENDS else []
    after = [("…", False)] if end < len(text) and text[end - 1] not in ENDS else []
    return [*before, *shown, *after], start, end


def word_spans(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where some words stand in a text, in order, without overlaps."""
    plain, places = folded(text)
    spans: list[tuple[int, int]] = []
    for word in filter(None, map(fold, words)):
        at = plain.find(word)
        while at >= 0:
            spans.append((places[at], places[at + len(word) - 1] + 1))
            at = plain.find(word, at + len(word))
    apart: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not apart or start >= apart[-1][1]:
            apart.append((start, end))
    return apart


def pieces(text: str, marks: Sequence[tuple[int, int]]) -> list[Piece]:
    """A text cut where marked words begin and end."""
    inside = [(max(0, a), min(len(text), b)) for a, b in marks if b > 0 and a < len(text)]
    cuts = sorted({0, len(text), *(cut for span in inside for cut in span)})
    marked = set(inside)
    return [(text[a:b], any(x <= a and b <= y for x, y in marked)) for a, b in pairwise(cuts)]


def _window(text: str, marks: Sequence[tuple[int, int]], width: int) -> tuple[int, int]:
    """The stretch with the most different words, from the beginning of a sentence if it is near."""
    if not marks:
        return 0, min(len(text), width)
    best = max(marks, key=lambda one: (_words_within(text, marks, one[0], width), -one[0]))[0]
    low = max(text.rfind(mark, max(0, best - width // 2), best) for mark in ENDS)
    start = low + 1 if low >= 0 else max(0, best - width // 4)
    while start < best and text[start].isspace():
        start += 1
    return start, min(len(text), start + width)


def _words_within(text: str, marks: Sequence[tuple[int, int]], start: int, width: int) -> int:
    return len({text[a:b] for a, b in marks if start <= a and b <= start + width})
