"""Fragments of a page with their places in, its text in reading order out.

A page is set anew only where it clearly has columns of running text: both sides of an
empty strip are made of lines that end at common edges, which the cells of a table do not.
Else the order of the file stands, which is right for what word processors write.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_LEAST_LINES = 4  # lines on each side that make a column; three is a caption
_LEAST_WIDTH = 6  # characters in the middle line of a column; cells are shorter
_ALIGNED = 0.5  # share of lines that end at a common edge; justified text has 0.7–0.9
_DEEPEST = 12  # a page has fewer columns than this


@dataclass(frozen=True, slots=True)
class Fragment:
    """Characters side by side; edges in points from the lower left of the page.

    A table is one fragment too: its lines are its text, and it has ``columns``, their edges
    from left to right, and ``rows`` of cells as ``kg.read.office.cells`` takes them. The first
    ``repeated`` of these are headings that an earlier page has already.
    """

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    columns: tuple[float, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    repeated: int = 0

    @property
    def middle(self) -> float:
        return (self.bottom + self.top) / 2


def text_of_page(fragments: Sequence[Fragment]) -> str:
    r"""The text of a page, line by line; an empty line where the page leaves a gap.

    >>> rows = [Fragment("左左左左左左" if x < 99 else "右右右右右右", x, x + 60, y, y + 10, 10)
    ...         for y in range(80, 20, -12) for x in (0, 100)]
    >>> text_of_page(rows).replace("\n", "") == "左" * 30 + "右" * 30
    True
    """
    blocks = _columns(list(fragments), 0)
    if len(blocks) < 2:
        blocks = [list(fragments)]
    blocks = [block for block in blocks if block]
    em = _em(fragments)
    pieces: list[str] = []
    for last, block in zip([None, *blocks], blocks, strict=False):
        if last is not None:
            pieces.append("\n" if _goes_on(last[-1], block[0]) else "\n\n")
        pieces.append(_text(block, em))
    return "".join(pieces)


def _goes_on(last: Fragment, first: Fragment) -> bool:
    """Whether a column only continues another: up the page again, in letters of one size."""
    return first.middle > last.middle and not _resized(last, first)


def _columns(fragments: list[Fragment], depth: int) -> list[list[Fragment]]:
    """Blocks in reading order: what spans the columns, the left column, the right one."""
    gutter = _gutter(fragments) if depth < _DEEPEST else None
    if gutter is None:
        return [by_rows(fragments)] if fragments else []
    spanning = sorted((f for f in fragments if f.left < gutter < f.right), key=lambda f: -f.middle)
    others = [f for f in fragments if not f.left < gutter < f.right]
    blocks: list[list[Fragment]] = []
    for line in [*spanning, None]:
        band = [f for f in others if line is None or f.middle > line.middle]
        others = [f for f in others if line is not None and f.middle <= line.middle]
        if band:
            blocks += _columns([f for f in band if f.right <= gutter], depth + 1)
            blocks += _columns([f for f in band if f.left >= gutter], depth + 1)
        if line is not None:
            if band or not blocks:
                blocks.append([])
            blocks[-1].append(line)
    return [block for block in blocks if block]


def _gutter(fragments: list[Fragment]) -> float | None:
    """Where an empty strip parts columns of running text; the most even parting wins."""
    em = _em(fragments)
    starts = Counter(round(f.left / em * 2) / 2 * em for f in fragments)
    best: tuple[float, float] | None = None
    for start, count in sorted(starts.items()):
        if count < _LEAST_LINES:
            continue
        at = min(f.left for f in fragments if abs(f.left - start) <= em / 2) - 0.2 * em
        left = [f for f in fragments if f.right <= at]
        right = [f for f in fragments if f.left >= at]
        worth = min(len(left), len(right)) - 2 * (len(fragments) - len(left) - len(right))
        if worth <= 0 or (best is not None and worth <= best[0]):
            continue
        if _beside(left, right) and _runs(left, em) and _runs(right, em):
            best = (worth, at)
    return best[1] if best else None


def _em(fragments: Sequence[Fragment]) -> float:
    sizes = sorted(f.size for f in fragments for _ in range(max(len(f.text), 1)))
    return sizes[len(sizes) // 2] if sizes else 1.0


def _beside(left: list[Fragment], right: list[Fragment]) -> bool:
    """Whether enough lines of both sides stand at the same height."""
    if len(left) < _LEAST_LINES or len(right) < _LEAST_LINES:
        return False
    low = max(min(f.bottom for f in left), min(f.bottom for f in right))
    high = min(max(f.top for f in left), max(f.top for f in right))
    sides = ([f for f in side if low <= f.middle <= high] for side in (left, right))
    return all(len(side) >= _LEAST_LINES for side in sides)


def _runs(side: list[Fragment], em: float) -> bool:
    """Whether a side holds running text: lines long enough that end at common edges."""
    widths = sorted(f.right - f.left for f in side)
    if widths[len(widths) // 2] < _LEAST_WIDTH * em * 0.8:
        return False
    ends = Counter(round(f.right / em) for f in side)
    shared = sum(1 for f in side if sum(ends[round(f.right / em) + d] for d in (-1, 0, 1)) > 3)
    return shared >= _ALIGNED * len(side)


def by_rows(fragments: list[Fragment]) -> list[Fragment]:
    """Fragments from top to bottom, those of one row from left to right."""
    rows: list[list[Fragment]] = []
    for fragment in sorted(fragments, key=lambda f: (-f.middle, f.left)):
        if rows and _same_row(rows[-1][0], fragment):
            rows[-1].append(fragment)
        else:
            rows.append([fragment])
    return [f for row in rows for f in sorted(row, key=lambda f: f.left)]


def _same_row(one: Fragment, other: Fragment) -> bool:
    return abs(one.middle - other.middle) < 0.5 * min(one.size, other.size)


def _text(fragments: list[Fragment], em: float) -> str:
    """Lines of a block: TAB between cells of a row, indents and gaps kept as text.

    ``em`` is the size of the page's running text.
    """
    edge, pitch = _edge(fragments), _pitch(fragments)
    cells = _cell_edges(fragments, em)
    pieces: list[str] = []
    for last, fragment in zip([None, *fragments], fragments, strict=False):
        if last is not None and _beyond(last, fragment):
            wide = fragment.left - last.right > 1.5 * fragment.size
            is_cell = cells[round(fragment.left / em)] > 1
            pieces.append(("\t" if is_cell else "　　") if wide else " ")
            pieces.append(fragment.text.strip())
            continue
        if last is not None:
            pieces.append("\n\n" if _gap(last, fragment, pitch, em) else "\n")
        indented = 1.5 * em <= fragment.left - edge <= 2.6 * em and not fragment.columns
        if indented and fragment.size < 1.15 * em:
            pieces.append("" if fragment.text[0].isspace() else "　　")
        pieces.append(fragment.text)
    return "".join(pieces)


def _beyond(last: Fragment, fragment: Fragment) -> bool:
    """Whether a fragment stands to the right of the one before it, in its row."""
    apart = last.columns or fragment.columns  # the middle of a table is no line of it
    return not apart and _same_row(last, fragment) and fragment.left > last.left


def _cell_edges(fragments: list[Fragment], em: float) -> Counter[int]:
    """How many rows have a further fragment that begins at an edge, by edge in em."""
    pairs = pairwise(fragments)
    return Counter(round(f.left / em) for last, f in pairs if _beyond(last, f))


def _edge(fragments: list[Fragment]) -> float:
    """The left edge that most lines share."""
    lefts = Counter(round(f.left) for f in fragments)
    return max(sorted(lefts), key=lambda left: lefts[left])


def _pitch(fragments: list[Fragment]) -> float:
    """The usual step from line to line, or 0 for a single line."""
    steps = sorted(
        step
        for one, other in pairwise(f for f in fragments if not f.columns)
        if (step := one.middle - other.middle) > 0.5 * other.size
    )
    return steps[len(steps) // 2] if steps else 0.0


def _gap(last: Fragment, fragment: Fragment, pitch: float, em: float) -> bool:
    """Whether an empty line parts two lines, or a headline begins."""
    if last.columns or fragment.columns:
        return last.bottom - fragment.top > 1.5 * max(pitch, em)
    if fragment.size > 1.15 * last.size:
        return True
    step = last.middle - fragment.middle
    return pitch > 0 and step > 1.5 * pitch * max(last.size / em, 1.0)


def _resized(one: Fragment, other: Fragment) -> bool:
    return abs(one.size - other.size) > 0.15 * max(one.size, other.size)
