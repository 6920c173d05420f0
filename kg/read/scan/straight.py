"""A page as grey values in, the same upon straight lines out, with the lines that rule tables.

Scans lie a little askew. What is read line by line, and what makes a grid, must be level first.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg.read.page.ruled import Grid, Stroke, grids

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kg.read.scan.picture import Grey

    Ink = NDArray[np.uint8]

POINTS = 842.0  # of the longer side, as if every page were A4
_MORE_CLEAR = 1.5
_LOOKED_AT = 1000  # pixels of the longer side, to tell how a page is turned
_MOST_TURNED = 4.0  # degrees; what is turned further was turned on purpose
_LEAST_TURNED = 0.04  # degrees: a line of 30 characters then rises by half a point
# Shares of the longer side: shortest lines of tables, level (10 mm) and upright (5 mm, a
# row of small print), and how thick they may be (2 mm).
_LEVEL, _UPRIGHT, _THICK = 0.034, 0.0165, 0.007
_MEET = 0.004  # how far an end of an upright line may lie from a level one (1 mm)
_WIDEST = 0.15  # of the width of a page is the least that a table takes
_NEAR = 4.0  # points between two lines that are one
_COVERED = 0.35  # of the height of a table that a line between two columns takes
_DARK, _REACH = 12, 0.02  # by how many grey values ink is darker than its surroundings, and these


def levelled(grey: Grey) -> Grey:
    """A page turned so that its lines are level."""
    import cv2
    import numpy as np

    angle = _angle(grey)
    if abs(angle) < _LEAST_TURNED:
        return grey
    high, wide = grey.shape
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), angle, 1.0)
    ground = float(_ground(grey))
    upright = cv2.warpAffine(grey, turn, (wide, high), flags=cv2.INTER_CUBIC, borderValue=ground)
    return np.asarray(upright, np.uint8)


def _ground(grey: Grey) -> int:
    """The grey value of the paper."""
    import numpy as np

    return int(np.median(grey[::8, ::8]))


def on_its_side(grey: Grey) -> bool:
    """Whether lines run up the page: then its columns are ink or none more clearly than its rows.

    A page a little askew shows neither clearly, so each way is looked at levelled.
    """
    import numpy as np

    small = _small(grey)
    rotated = np.ascontiguousarray(np.rot90(small))
    return _clearness(levelled(rotated)) > _MORE_CLEAR * _clearness(levelled(small))


def _small(grey: Grey) -> Grey:
    """A page as small as is needed to tell how it lies."""
    import cv2
    import numpy as np

    scale = min(1.0, _LOOKED_AT / max(grey.shape))
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8)


def _clearness(grey: Grey) -> float:
    """How much its rows differ from one to the next, the size of the page left aside."""
    import numpy as np

    rows = _ink(grey).mean(axis=1, dtype=np.float64)
    return float(np.square(np.diff(rows)).mean())


def _angle(grey: Grey) -> float:
    """By how many degrees a page must be turned: then its rows are ink or none, most clearly."""
    import cv2
    import numpy as np

    ink = _ink(_small(grey))
    if not ink.any():
        return 0.0
    high, wide = ink.shape

    def clear(angle: float) -> float:
        turn = cv2.getRotationMatrix2D((wide / 2, high / 2), angle, 1.0)
        rotated = cv2.warpAffine(ink, turn, (wide, high), flags=cv2.INTER_LINEAR)
        rows = rotated.sum(axis=1, dtype=np.float64)
        return float(np.square(np.diff(rows)).sum())

    best = 0.0
    for step, reach in ((0.5, _MOST_TURNED), (0.1, 0.5), (0.02, 0.1)):
        around = np.arange(-reach, reach + step / 2, step) + best
        best = max((float(a) for a in around), key=lambda a: (clear(a), -abs(a)))
    return best if abs(best) <= _MOST_TURNED else 0.0


def _ink(grey: Grey) -> Ink:
    """What is darker than its surroundings, as 255: shadows and grey paper are none."""
    import cv2
    import numpy as np

    reach = int(max(grey.shape) * _REACH) | 1
    calm = cv2.GaussianBlur(grey, (3, 3), 0)
    way, kind = cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV
    return np.asarray(cv2.adaptiveThreshold(calm, 255, way, kind, max(reach, 3), _DARK), np.uint8)


def ruled(grey: Grey) -> tuple[list[Grid], Grey]:
    """The grids that lines on a level page make, and the page without these lines.

    A line at the edge of a letter, or between two, would be read as one.
    """
    longer = max(grey.shape)
    ink = _ink(grey)
    level = _lines(ink, max(8, int(longer * _LEVEL)), longer, level=True)
    upright = _lines(ink, max(8, int(longer * _UPRIGHT)), longer, level=False)
    upright = _between(upright, level, longer)
    boxes = {_stroke(box, grey.shape): box for box in (*level, *upright)}
    wide = grey.shape[1] * POINTS / longer
    tables = grids(boxes)
    strokes = [s for s in boxes if not any(_is_letter(s, grid, boxes) for grid in tables)]
    tables = [g for g in grids(strokes) if g.columns[-1] - g.columns[0] >= _WIDEST * wide]
    clean = grey.copy()
    for stroke in strokes:
        if any(_of_grid(stroke, grid) for grid in tables):
            left, top, right, bottom = boxes[stroke]
            clean[max(0, top - 1) : bottom + 1, max(0, left - 1) : right + 1] = _ground(grey)
    return tables, clean


Box = tuple[int, int, int, int]  # left, top, right and bottom in pixels


def _lines(ink: Ink, least: int, longer: int, *, level: bool) -> list[Box]:
    """The lines of one direction: unbroken runs of ink that long, joined over short gaps."""
    import cv2

    along, across = ((least, 1), (1, 3)) if level else ((1, least), (3, 1))
    gap = max(3, longer // 200)
    bridge = (gap, 1) if level else (1, gap)
    # What is a little askew, or a hair thin, is unbroken only when it is made broader.
    broad = cv2.dilate(ink, cv2.getStructuringElement(0, across))
    runs = cv2.morphologyEx(broad, cv2.MORPH_OPEN, cv2.getStructuringElement(0, along))
    runs = cv2.morphologyEx(runs, cv2.MORPH_CLOSE, cv2.getStructuringElement(0, bridge))
    count, _, boxes, _ = cv2.connectedComponentsWithStats(runs, connectivity=8)
    return [
        (left, top, left + wide, top + high)
        for left, top, wide, high, _ in boxes[1:count].tolist()
        if (high if level else wide) <= max(6, longer * _THICK)
    ]


def _between(upright: list[Box], level: list[Box], longer: int) -> list[Box]:
    """The upright lines that begin and end at level ones: those of letters do not."""
    near = longer * _MEET

    def meets(x: float, y: float) -> bool:
        return any(
            left - near <= x <= right + near and top - near <= y <= bottom + near
            for left, top, right, bottom in level
        )

    return [
        (left, top, right, bottom)
        for left, top, right, bottom in upright
        if meets((left + right) / 2, top) and meets((left + right) / 2, bottom)
    ]


def _stroke(box: Box, shape: tuple[int, ...]) -> Stroke:
    """A line as one of a page: through its middle, in points from the lower left corner."""
    left, top, right, bottom = box
    scale = POINTS / max(shape)
    if right - left >= bottom - top:
        middle = (shape[0] - (top + bottom) / 2) * scale
        return left * scale, middle, right * scale, middle
    middle = (left + right) / 2 * scale
    return middle, (shape[0] - bottom) * scale, middle, (shape[0] - top) * scale


def _is_letter(stroke: Stroke, grid: Grid, strokes: Iterable[Stroke]) -> bool:
    """Whether an upright line is that of a letter: what parts columns goes on below and above."""
    x = stroke[0]
    if stroke[0] != stroke[2] or not _of_grid(stroke, grid):
        return False
    if min(x - grid.columns[0], grid.columns[-1] - x) < _NEAR:
        return False
    beside = (s for s in strokes if s[0] == s[2] and abs(s[0] - x) <= _NEAR and _of_grid(s, grid))
    covered = sum(top - bottom for _, bottom, _, top in beside)
    return covered < _COVERED * (grid.rows[0] - grid.rows[-1])


def _of_grid(stroke: Stroke, grid: Grid) -> bool:
    """Whether a line lies in a grid."""
    left, bottom, right, top = stroke
    x, y = (left + right) / 2, (bottom + top) / 2
    return (
        grid.columns[0] - _NEAR <= x <= grid.columns[-1] + _NEAR
        and grid.rows[-1] - _NEAR <= y <= grid.rows[0] + _NEAR
    )
