"""Texts and paths of an OFD in, the characters and the lines that they put on a page out.

Characters get boxes from the size of their font and the steps between them; how wide a letter
of a font is, is not looked up. Lengths are in millimetres, and in points where they come out.
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.read.page.ruled import Stroke
from kg.read.page.runs import Character
from kg.read.page.strokes import Matrix, Point, moved, strokes_of_line

_POINTS = 72 / 25.4  # of a millimetre
_ABOVE, _BELOW = 0.86, 0.14  # of the size of a font, as those of Chinese fonts lie to the line
_NARROW = 0.5  # of the size: how wide a letter is that is not full-width
_FARTHEST = 1e6  # millimetres
_MOST_POINTS = 50_000  # of the paths of a page; more make a drawing
# How many numbers follow each sign of a path, and whether a straight line is drawn to the last
# two (GB/T 33190, 9.1).
_SIGNS = {"S": (2, False), "M": (2, False), "L": (2, True), "Q": (4, False), "B": (6, False),
          "A": (7, False), "C": (0, True)}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Text:
    """Characters that start at a place of an object, and the steps from each to the next."""

    text: str
    x: float
    y: float
    size: float
    wide: float
    matrix: Matrix
    steps_right: str
    steps_down: str


@dataclass(frozen=True, slots=True)
class Shape:
    """A path of an object, whether its line is drawn, and whether anything is."""

    path: str
    matrix: Matrix
    stroked: bool
    painted: bool


def steps(text: str, most: int) -> list[float]:
    """The steps between characters; ``g 3 5`` stands for three steps of 5.

    Args:
        text: Numbers between blanks, some of them repeated.
        most: How many are wanted: a text of two characters has one.

    >>> steps("4 g 2 5 6", 9), steps("g 999999999 1", 2)
    ([4.0, 5.0, 5.0, 6.0], [1.0, 1.0])
    """
    distances: list[float] = []
    words = iter(text.split())
    try:
        for word in words:
            if len(distances) >= most:
                break
            if word == "g":
                times, step = int(next(words)), float(next(words))
                distances += [step] * max(0, min(times, most - len(distances)))
            else:
                distances.append(float(word))
    except (ValueError, StopIteration):
        pass
    return [step if _is_place(step) else 0.0 for step in distances]


def quarter_turns(texts: Sequence[Text]) -> int:
    """The quarters of a turn, with the clock, that most characters of a page are turned by."""
    turns: Counter[int] = Counter()
    for text in texts:
        a, b = text.matrix[:2]
        turns[round(math.atan2(b, a) / (math.pi / 2)) % 4] += len(text.text.strip())
    return max(sorted(turns), key=lambda turn: turns[turn], default=0)


def characters_of(text: Text, box: Sequence[float], quarters: int) -> Iterator[Character]:
    """The characters of a text with their boxes on an upright page.

    Args:
        text: The text.
        box: The page: left, top, width and height in millimetres.
        quarters: How most of the page is turned.
    """
    right, down = (steps(deltas, len(text.text)) for deltas in (text.steps_right, text.steps_down))
    x, y = text.x, text.y
    for number, sign in enumerate(text.text):
        full = unicodedata.east_asian_width(sign) in "WFA"
        wide = text.size * text.wide * (1 if full else _NARROW)
        step = right[number] if number < len(right) else None
        width = min(wide, step) if step else wide
        corners = [
            _place(moved((a, b), text.matrix), box, quarters)
            for a in (x, x + width)
            for b in (y - _ABOVE * text.size, y + _BELOW * text.size)
        ]
        lefts, tops = [a for a, _ in corners], [b for _, b in corners]
        if sign >= " ":
            yield sign, min(lefts), max(lefts), min(tops), max(tops)
        x += step if step is not None else 0.0 if text.steps_down else wide
        y += down[number] if number < len(down) else 0.0


def strokes_of(shapes: Sequence[Shape], box: Sequence[float], quarters: int) -> list[Stroke]:
    """The straight lines that paths draw, each with its edges in points; none of a drawing."""
    strokes: list[Stroke] = []
    points = 0
    for shape in shapes:
        if not shape.painted:
            continue
        for line in _lines(shape.path):
            points += len(line)
            if points > _MOST_POINTS:
                return []
            places = [_place(moved(point, shape.matrix), box, quarters) for point in line]
            strokes += strokes_of_line(places, shape.stroked)
    return strokes


def _is_place(value: float) -> bool:
    return abs(value) < _FARTHEST  # what is no number is not


def _place(point: Point, box: Sequence[float], quarters: int) -> Point:
    """A place on the page as one of an upright page, from its lower left corner."""
    x, y = (point[0] - box[0]) * _POINTS, (box[1] + box[3] - point[1]) * _POINTS
    wide, high = box[2] * _POINTS, box[3] * _POINTS
    return {0: (x, y), 1: (high - y, x), 2: (wide - x, high - y), 3: (y, wide - x)}[quarters]


def _lines(path: str) -> Iterator[list[Point]]:
    """The points of each line of a path; a curve ends one."""
    line: list[Point] = []
    words = path.split()
    at = 0
    while at < len(words):
        count, straight = _SIGNS.get(words[at], (0, False))
        try:
            values = [float(word) for word in words[at + 1 : at + 1 + count]]
        except ValueError:
            break
        if len(values) < count or words[at] not in _SIGNS or not all(map(_is_place, values)):
            break
        if not straight:
            if len(line) > 1:
                yield line
            line = []
        if values:
            line.append((values[-2], values[-1]))
        elif line:
            line.append(line[0])
        at += 1 + count
    if len(line) > 1:
        yield line
