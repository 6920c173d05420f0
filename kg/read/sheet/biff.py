"""An XLS in (Excel 97, BIFF8 of MS-XLS), what its cells are formatted with out.

``python-calamine``, which reads the cells, tells neither how precise a date is shown nor that a
number is a share or has a unit.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from kg.base.errors import ReadError
from kg.read.office.ole import stream
from kg.read.sheet.shown import GENERAL, built_in

_EOF, _BOF, _SHEET, _XF, _FORMAT, _YEARS = 0x0A, 0x809, 0x85, 0xE0, 0x41E, 0x22
_NUMBER, _RK, _MULTIPLE, _FORMULA = 0x203, 0x27E, 0xBD, 0x06
_OTHERS = frozenset({0xFD, 0x204, 0x205, 0xD6})  # cells with texts, truth values, errors
# Places between the first and the last cell of each sheet, all of which calamine keeps in memory,
# 32 bytes each: a cell at the far end of a sheet makes 16,777,216 of them.
_MOST_PLACES = 32_000_000
_BIFF8 = 0x600
# The number formats of the cells of a sheet that hold numbers, by row and column.
Formats = dict[tuple[int, int], str]


def formats_of(data: bytes) -> list[Formats]:
    """For each sheet the formats of its numbers; none where they are not those of Excel 97.

    Raises:
        ReadError: If its cells are spread over too many places.

    >>> formats_of(b"")
    []
    """
    book = stream(data, "Workbook")
    if len(book) < 8 or struct.unpack_from("<H", book, 4)[0] != _BIFF8:
        return []
    try:
        codes, sheets = _globals(book)
        read_sheets = [_of_sheet(book, start, codes) for start in sheets]
    except (struct.error, IndexError):
        return []
    if sum(places for _, places in read_sheets) > _MOST_PLACES:
        raise ReadError(
            f"spreads its cells over more than {_MOST_PLACES:,} places; delete what stands far "
            "from its tables, or save it as xlsx"
        )
    return [formats for formats, _ in read_sheets]


def _records(book: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records of a part of a workbook, without those of charts within it."""
    depth = 0
    while at + 4 <= len(book):
        kind, size = struct.unpack_from("<HH", book, at)
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 0:
            return
        if depth == 1:
            yield kind, book[at + 4 : at + 4 + size]
        at += 4 + size


def _globals(book: bytes) -> tuple[list[str], list[int]]:
    """The format of each style of cells, and where each sheet starts."""
    own = dict(built_in())
    styles: list[int] = []
    sheets: list[int] = []
    for kind, body in _records(book, 0):
        if kind == _FORMAT:
            number, length, wide = struct.unpack_from("<HHB", body)
            text = body[5 : 5 + (length * 2 if wide & 1 else length)]
            own[number] = text.decode("utf-16-le" if wide & 1 else "latin-1", "replace")
        elif kind == _XF:
            styles.append(struct.unpack_from("<H", body, 2)[0])
        elif kind == _SHEET:
            sheets.append(struct.unpack_from("<I", body)[0])
    return [own.get(number, GENERAL) for number in styles], sheets


def _of_sheet(book: bytes, start: int, codes: list[str]) -> tuple[Formats, int]:
    """The formats of the numbers of a sheet, and how many places its cells are spread over."""
    formats: Formats = {}
    rows, columns = [0xFFFF, 0], [0xFFFF, 0]
    for kind, body in _records(book, start):
        if kind in (_NUMBER, _RK, _FORMULA):
            row, column, style = struct.unpack_from("<HHH", body)
            _put(formats, (row, column), style, codes)
        elif kind == _MULTIPLE:
            row, column = struct.unpack_from("<HH", body)
            for number in range((len(body) - 6) // 6):
                (style,) = struct.unpack_from("<H", body, 4 + 6 * number)
                _put(formats, (row, column + number), style, codes)
        elif kind in _OTHERS:
            row, column = struct.unpack_from("<HH", body)
        else:
            continue
        rows = [min(rows[0], row), max(rows[1], row)]
        columns = [min(columns[0], column), max(columns[1], column)]
    return formats, max(0, rows[1] - rows[0] + 1) * max(0, columns[1] - columns[0] + 1)


def _put(formats: Formats, place: tuple[int, int], style: int, codes: list[str]) -> None:
    if style < len(codes) and codes[style] != GENERAL:
        formats[place] = codes[style]
