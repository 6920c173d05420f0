"""A page of a PDF in, the straight lines that are drawn on it out, level or upright.

A line may be drawn as a line, as a side of a box, or as a filled box that is as thin as a line,
which is how office programs draw the borders of tables.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from kg.read.page.ruled import Stroke

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
_THIN = 3.0  # points; Word draws borders of up to 6 points as two lines
_SHORTEST = 3.0  # points: dots of a dotted line are joined, the strokes of letters are none
# Objects and segments of a page that are looked at. A page of tables has hundreds; maps and
# drawings have hundreds of thousands, and no tables.
_MOST = 50_000
_SAME: Matrix = (1, 0, 0, 1, 0, 0)


def strokes_of(page: Any) -> list[Stroke]:
    """The lines of a page, each with its left, bottom, right and top edge in points.

    Args:
        page: The page as pdfium's handle.

    Returns:
        Lines in the order of the file; none if the page is a drawing, not a text.
    """
    lines: list[Stroke] = []
    looked_at = 0
    for size, strokes in _objects(page):
        looked_at += size
        lines += strokes
        if looked_at > _MOST:
            return []
    return lines


def _objects(page: Any) -> Iterator[tuple[int, list[Stroke]]]:
    """The size and the lines of each object of a page, and of those within its forms."""
    from pypdfium2 import raw

    waiting = [(raw.FPDFPage_GetObject, page, raw.FPDFPage_CountObjects(page), _SAME)]
    while waiting:
        get, parent, count, matrix = waiting.pop()
        for index in range(min(count, _MOST + 1)):
            thing = get(parent, index)
            kind = raw.FPDFPageObj_GetType(thing)
            if kind == raw.FPDF_PAGEOBJ_FORM:
                inner = raw.FPDFFormObj_CountObjects(thing)
                within = _product(_matrix(thing), matrix)
                waiting.append((raw.FPDFFormObj_GetObject, thing, inner, within))
            yield _of_path(thing, matrix) if kind == raw.FPDF_PAGEOBJ_PATH else (1, [])


def _of_path(path: Any, matrix: Matrix) -> tuple[int, list[Stroke]]:
    from pypdfium2 import raw

    size = raw.FPDFPath_CountSegments(path)
    fill, stroked = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroked)):
        return size, []
    if size > _MOST or not (fill.value or stroked.value):  # else it only bounds what is painted
        return size, []
    lines = _lines(path, _product(_matrix(path), matrix))
    return size, [stroke for line in lines for stroke in strokes_of_line(line, bool(stroked.value))]


def strokes_of_line(points: Sequence[Point], stroked: bool) -> Iterator[Stroke]:
    """The strokes of a line through points: its level and upright parts, or its middle.

    Args:
        points: The points that it goes through, the first once more where it is closed.
        stroked: Whether the line itself is painted, and not only what lies within it.

    >>> list(strokes_of_line([(0, 0), (90, 0), (90, 1), (0, 1), (0, 0)], False))
    [(0, 0.5, 90, 0.5)]
    """
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    bottom, top = min(y for _, y in points), max(y for _, y in points)
    if max(right - left, top - bottom) < _SHORTEST:
        return
    if top - bottom <= _THIN:
        yield left, (bottom + top) / 2, right, (bottom + top) / 2
    elif right - left <= _THIN:
        yield (left + right) / 2, bottom, (left + right) / 2, top
    elif stroked:
        for (x1, y1), (x2, y2) in pairwise(points):
            level, upright = abs(y1 - y2) < 1, abs(x1 - x2) < 1
            if level != upright and max(abs(x1 - x2), abs(y1 - y2)) >= _SHORTEST:
                yield min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def _lines(path: Any, matrix: Matrix) -> Iterator[list[Point]]:
    """The points of each line of a path; a curve ends one."""
    from pypdfium2 import raw

    line: list[Point] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = moved((x.value, y.value), matrix)
        if kind != raw.FPDF_SEGMENT_LINETO:
            if len(line) > 1:
                yield line
            line = []
        line.append(point)
        if raw.FPDFPathSegment_GetClose(segment):
            line.append(line[0])
    if len(line) > 1:
        yield line


def _matrix(thing: Any) -> Matrix:
    from pypdfium2 import raw

    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(thing, ctypes.byref(matrix)):
        return _SAME
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _product(inner: Matrix, outer: Matrix) -> Matrix:
    """The matrix that does what one does and then what another does (PDF 32000-1, 8.3.4)."""
    a, b, c, d, e, f = inner
    x, y = moved((e, f), outer)
    p, q, r, s, _, _ = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, x, y


def moved(point: Point, matrix: Matrix) -> Point:
    """A place within an object as one of what the object lies in.

    >>> moved((1, 2), (2, 0, 0, 2, 10, 20))
    (12, 24)
    """
    a, b, c, d, e, f = matrix
    x, y = point
    return a * x + c * y + e, b * x + d * y + f
