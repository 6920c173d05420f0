"""A page as grey values in, the fragments of its text out, by way of the package rapidocr.

Its models are files of the package: nothing is fetched. It is handed arrays; its classifier of
upside-down lines is left out, since it took whole lines of clean pages away.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any

from kg.base.errors import MissingExtraError
from kg.read.page.reading_order import Fragment, by_rows
from kg.read.page.tabled import as_tables, cell_at
from kg.read.scan.straight import POINTS, levelled, on_its_side, ruled

if TYPE_CHECKING:
    from kg.read.page.ruled import Cell, Grid
    from kg.read.scan.picture import Grey

MISSING = (
    "kg ocr needs the extra: pip install 'zhengtu[ocr]' (from a checkout: pip install '.[ocr]')"
)
UNSURE = 0.8  # a line below this confidence is told of
_GOOD = 0.85  # a page below this mean may stand on its head
_SMALLEST = 16  # pixels
_SNAP = 0.15  # sizes that differ by less than this from the usual one are the usual one
_LEAST = 4  # full-width characters that tell the size of a line
_WIDE = re.compile(r"[\u2e80-\u9fff\uff00-\uffef]")  # hanzi, and the signs of Chinese print
_GAP = re.compile(r"(?<=[\u2e80-\u9fff\u201d\uff09])[ ]+(?=[\u2e80-\u9fff\u201c\uff08])")
_YEAR = re.compile(r"[\[\u3010\u3014](\d{4})[\]\u3011\u3015](?=\d)")  # of the number of a document
_APART = 1.65  # usual steps between the middles of two characters with a gap between them
_PAIRS = ("〔〕", "（）")
_OPENING, _CLOSING = "(（[〔", ")）]〕"
_FULL = str.maketrans("(),:;?!", "（），：；？！")


@dataclass(frozen=True, slots=True)
class Line:
    """A text that was recognised, with its box in points and how sure it is."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    confidence: float = 1.0
    places: tuple[tuple[str, float], ...] = ()  # each character and the middle of it


@dataclass(frozen=True, slots=True)
class Page:
    """A page that was recognised.

    ``confidence`` is the mean of its characters; ``unsure`` has lines that should be compared.
    """

    fragments: tuple[Fragment, ...]
    confidence: float
    unsure: tuple[tuple[float, str], ...]


@cache
def engine() -> Any:
    """What recognises, loaded once.

    Raises:
        MissingExtraError: If the extra is not installed.
    """
    try:
        import onnxruntime  # noqa: F401
        from rapidocr import RapidOCR
    except ImportError as error:
        raise MissingExtraError(MISSING) from error
    return RapidOCR(
        params={
            "Global.use_cls": False,
            "Global.log_level": "critical",
            "Global.return_word_box": True,
            "Global.return_single_char_box": True,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def recognised(grey: Grey) -> Page:
    """What a page says; one on its side or its head is turned."""
    import numpy as np

    if min(grey.shape) < _SMALLEST:
        return Page((), 0.0, ())
    turns = (1, 3) if on_its_side(grey) else (0, 2)
    page = Page((), 0.0, ())
    for turn in turns:
        page = max(page, _upright(np.ascontiguousarray(np.rot90(grey, turn))), key=_worth)
        if page.confidence >= _GOOD:
            break
    return page


def _worth(page: Page) -> float:
    return page.confidence * sum(len(fragment.text) for fragment in page.fragments)


def _upright(grey: Grey) -> Page:
    level = levelled(grey)
    ruled_grids, clean = ruled(level)
    lines = [part for line in _lines(clean) for part in _split_at_cells(line, ruled_grids)]
    characters = sum(len(line.text) for line in lines)
    sure = sum(line.confidence * len(line.text) for line in lines)
    unsure = tuple((round(one.confidence, 2), one.text) for one in lines if one.confidence < UNSURE)
    fragments = as_tables(by_rows(_fragments(lines)), ruled_grids)
    return Page(tuple(fragments), sure / characters if characters else 0.0, unsure)


def _lines(grey: Grey) -> Iterator[Line]:
    """The lines of a page as the engine has them, in points from the lower left corner."""
    import numpy as np

    result = engine()(np.repeat(grey[:, :, None], 3, axis=2))
    if result.boxes is None or result.txts is None:
        return
    high, scale = grey.shape[0], POINTS / max(grey.shape)
    words = result.word_results or ((),) * len(result.txts)
    for box, text, sure, marks in zip(
        result.boxes, result.txts, result.scores, words, strict=False
    ):
        (left, top), (right, bottom) = box.min(axis=0), box.max(axis=0)
        places = tuple((mark[0], float(np.mean(mark[2], axis=0)[0]) * scale) for mark in marks)
        yield Line(
            as_printed(_spaced(text, places)),
            float(left * scale),
            float(right * scale),
            float((high - bottom) * scale),
            float((high - top) * scale),
            float(sure),
            places,
        )


def as_printed(text: str) -> str:
    """Brackets, stops and gaps of a Chinese line as they are printed: the model makes them ASCII.

    >>> as_printed("责任单位:省科技厅(牵头) 市科技局"), as_printed("锡政办发〔2024]18号")
    ('责任单位：省科技厅（牵头）　市科技局', '锡政办发〔2024〕18号')
    >>> as_printed("算力达到18 EFLOPS(FP16), 即1:1.2; 占60%,达标")
    '算力达到18 EFLOPS(FP16), 即1:1.2; 占60%，达标'
    """
    signs = [
        "（" if sign == "(" and (_WIDE.match(text[at + 1 : at + 2]) or not at) else sign
        for at, sign in enumerate(text)
    ]
    signs = list(_paired("".join(signs)))
    for at, sign in enumerate(signs):
        before, after = "".join(signs[at - 1 : at]), "".join(signs[at + 1 : at + 2])
        if sign in "),:;?!" and (_WIDE.match(before) or (sign in ",;" and _WIDE.match(after))):
            signs[at] = sign.translate(_FULL)
    return _YEAR.sub(r"〔\1〕", _GAP.sub("　", _paired("".join(signs))))


def _spaced(text: str, places: Sequence[tuple[str, float]]) -> str:
    """A line with the gaps between wide characters that the model has not said.

    >>> _spaced("甲局乙局", [("甲", 1), ("局", 2), ("乙", 4), ("局", 5)])
    '甲局　乙局'
    """
    if "".join(sign for sign, _ in places) != text.replace(" ", ""):
        return text
    steps = [
        other[1] - one[1]
        for one, other in pairwise(places)
        if _WIDE.match(one[0]) and _WIDE.match(other[0])
    ]
    if len(steps) < _LEAST - 1:
        return text
    usual = sorted(steps)[len(steps) // 2]
    pieces, rest = "", text
    for last, (sign, place) in zip([None, *places], places, strict=False):
        here = rest.index(sign)
        wide = last and _WIDE.match(last[0]) and _WIDE.match(sign)
        gap = wide and not here and last and place - last[1] > _APART * usual
        pieces += ("　" if gap else "") + rest[: here + 1]
        rest = rest[here + 1 :]
    return pieces


def _paired(text: str) -> str:
    """Brackets of which one is wide are both."""
    signs, waiting = list(text), []
    for at, sign in enumerate(signs):
        if sign in _OPENING:
            waiting.append(at)
        elif sign in _CLOSING and waiting:
            begin = waiting.pop()
            wide = next((p for p in _PAIRS if signs[begin] == p[0] or sign == p[1]), None)
            if wide:
                signs[begin], signs[at] = wide[0], wide[1]
    return "".join(signs)


def _split_at_cells(line: Line, grids: Sequence[Grid]) -> Iterator[Line]:
    """A line, or its parts where it runs over several cells of a table."""
    middle = (line.bottom + line.top) / 2
    cells = {cell_at(x, middle, grids) for x in (line.left + 3, line.right - 3)}
    if len(cells) < 2 or not line.places:
        yield line
        return

    def cell(mark: tuple[str, float]) -> tuple[int, Cell | None]:
        return cell_at(mark[1], middle, grids)

    for _, marks in groupby(line.places, key=cell):
        cell_marks = list(marks)
        half = (line.top - line.bottom) / 2
        text = as_printed("".join(sign for sign, _ in cell_marks)).strip()
        if text:
            left, right = cell_marks[0][1] - half, cell_marks[-1][1] + half
            yield Line(text, left, right, line.bottom, line.top, line.confidence)


def _fragments(lines: Sequence[Line]) -> list[Fragment]:
    """Lines as fragments; boxes have margins of some pixels, so that sizes are evened out."""
    sizes = [_size(line) for line in lines]
    usual = sorted(size for size, line in zip(sizes, lines, strict=True) for _ in line.text)
    middle = usual[len(usual) // 2] if usual else 1.0
    evened = (middle if abs(size - middle) <= _SNAP * middle else size for size in sizes)
    return [
        Fragment(line.text, line.left, line.right, line.bottom, line.top, max(size, 0.1))
        for line, size in zip(lines, evened, strict=True)
    ]


def _size(line: Line) -> float:
    """The size of the letters of a line: by its width, if enough of them are full-width."""
    width = sum(1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.5 for sign in line.text)
    high = (line.top - line.bottom) * 0.85
    wide = (line.right - line.left) / width if width >= _LEAST else high
    return wide if 0.7 * high < wide < 1.3 * high else high
