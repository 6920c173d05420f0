"""The sheets of a workbook in, its text out: a page for each sheet, a line for each row."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.base.errors import ReadError
from kg.ontology.lexicon.files import file_words
from kg.read.office.cells import lines_of

# A row of cells by column, from 0 on; what is empty need not be there.
Row = dict[int, str]
_MOST_CELLS = 2_000_000  # of all sheets; 100,000 rows of 20 columns
_MOST_CHARACTERS = 50_000_000
_NAMED = 5  # cells that a note names


@dataclass(slots=True)
class Sheet:
    """A sheet: its name, its rows by number from 0 on, and what is to be told of it.

    Attributes:
        name: As its tab shows it.
        rows: Its rows in ascending order of their numbers.
        hidden: Whether its tab is hidden.
        missing, named: How many cells have a formula and no result of it in the file, and the first
            ones: ``D7``.
    """

    name: str
    rows: list[tuple[int, Row]] = field(default_factory=list)
    hidden: bool = False
    missing: int = 0
    named: list[str] = field(default_factory=list)

    def lacks(self, row: int, column: int) -> None:
        """Note that a formula has no result."""
        self.missing += 1
        if self.missing <= _NAMED:
            self.named.append(f"{letters_of(column)}{row + 1}")

    def merge(self, first: tuple[int, int], last: tuple[int, int]) -> None:
        """Empty all cells of a merged stretch but the first: none but that is shown."""
        start = bisect_left(self.rows, first[0], key=lambda row: row[0])
        for number, row in self.rows[start:]:
            if number > last[0]:
                return
            for column in [c for c in row if first[1] <= c <= last[1]]:
                if (number, column) != first:
                    del row[column]


def pages_of(sheets: Iterable[Sheet]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    r"""The pages of a workbook, and notes on what they lack.

    Raises:
        ReadError: If there are too many cells, or no sheet that is not hidden.

    >>> rows = [(0, {0: "单位：万元"}), (1, {0: "项目", 2: "投资"}), (4, {0: "备注"})]
    >>> pages_of([Sheet("Sheet1", rows), Sheet("内部", hidden=True)])
    (('单位：万元\n项目\t\t投资\n\n备注',), ('the sheet 内部 is hidden and was left out; unhide it if it is meant to be read',))
    """  # noqa: E501
    pages: list[str] = []
    notes: list[str] = []
    cells = size = 0
    for sheet in sheets:
        if sheet.hidden:
            notes.append(
                f"the sheet {sheet.name} is hidden and was left out; unhide it if it is meant to "
                "be read"
            )
            continue
        first, last = _width(sheet)
        cells += len(sheet.rows) * (last + 1 - first)
        if cells > _MOST_CELLS:
            raise ReadError(f"has more than {_MOST_CELLS:,} cells, empty ones included; split it")
        size += sum(len(text) for _, row in sheet.rows for text in row.values())
        if size > _MOST_CHARACTERS:  # one text may stand in any number of cells
            raise ReadError(f"has more than {_MOST_CHARACTERS:,} characters; split it")
        pages.append(_text(sheet, first, last))
        notes += _of_missing(sheet)
    if not pages and not notes:
        raise ReadError("has no sheet; it may be damaged, get it again")
    if not pages:
        raise ReadError("has hidden sheets only; unhide those that are meant to be read")
    return tuple(pages), tuple(notes)


def _width(sheet: Sheet) -> tuple[int, int]:
    """The first and the last column that hold anything."""
    used = [column for _, row in sheet.rows for column, text in row.items() if text]
    return min(used, default=0), max(used, default=-1)


def _text(sheet: Sheet, first: int, last: int) -> str:
    lines: list[str] = []
    before = -1
    for number, row in sheet.rows:
        cells = [row.get(column, "").strip() for column in range(first, last + 1)]
        if not any(cells):
            continue
        if number > before + 1 and lines:
            lines.append("")
        lines += lines_of(cells)
        before = number
    if (
        lines
        and not file_words().sheet.fullmatch(sheet.name)
        and sheet.name not in "".join(lines[:3])
    ):
        lines.insert(0, sheet.name)
    return "\n".join(lines)


def _of_missing(sheet: Sheet) -> list[str]:
    if not sheet.missing:
        return []
    named = ", ".join(sheet.named) + (" …" if sheet.missing > len(sheet.named) else "")
    note = f"the sheet {sheet.name} has formulas without a result ({sheet.missing}: {named}); "
    return [note + "open it in Excel or WPS and save it"]


def letters_of(column: int) -> str:
    """The letters of a column, which is counted from 0 on.

    >>> letters_of(0), letters_of(27)
    ('A', 'AB')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def place_of(reference: str) -> tuple[int, int] | None:
    """The row and the column of a cell, both from 0 on, or None.

    >>> place_of("AB7"), place_of("7")
    ((6, 27), None)
    """
    match = _REFERENCE.fullmatch(reference)
    if not match:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
