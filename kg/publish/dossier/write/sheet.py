"""Write a dossier as an Excel workbook: a sheet for each part, numbers as numbers, no formula."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

from kg.base.errors import MissingExtraError
from kg.publish.dossier.model import SENTENCE, shown
from kg.query.table import width
from kg.store.rdf.rows import speakable

if TYPE_CHECKING:
    from kg.ontology import Ontology
    from kg.publish.dossier.model import Dossier, Table

# What a cell of Excel holds, and the name of a sheet.
LONGEST, NAME = 32_767, 31
# Columns are between these wide, in characters; sentences always the widest.
NARROW, WIDE, SENTENCES = 8, 34, 70
# Digits that a number of Excel keeps; a longer one is written as text.
DIGITS = 15
# No clock in the file.
CREATED = datetime(2000, 1, 1)  # noqa: DTZ001
_NO_NAME = re.compile(r"[\[\]:*?/\\']")


def written(dossier: Dossier, _: Ontology) -> bytes:
    """The workbook.

    Raises:
        MissingExtraError: If XlsxWriter is not installed.
    """
    try:
        import xlsxwriter
    except ImportError as error:
        raise MissingExtraError(
            "a report in .xlsx needs XlsxWriter: pip install 'zhengtu[report]'; .html and .csv "
            "need nothing more"
        ) from error
    file = BytesIO()
    never = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(file, {**never, "in_memory": True})
    book.set_properties({"title": _text(dossier.title)[:255], "created": CREATED})
    looks = {
        "head": book.add_format({"bold": True, "bg_color": "#EEF2F7", "bottom": 1, **_CELL}),
        "cell": book.add_format(_CELL),
        "title": book.add_format({"bold": True, "font_size": 16}),
        "plain": book.add_format({"font_color": "#444444"}),
    }
    parts = list(dossier.tables)
    figures = parts.pop(0) if parts and parts[0].name == "figures" else None
    _first(book, dossier, figures, looks)
    for part in parts:
        sheet = _sheet(book, part.label)
        _table(sheet, part, 0, looks)
        if part.rows:
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, len(part.rows), len(part.columns) - 1)
        _notes(sheet, part.notes, len(part.rows) + 2, looks)
    book.close()
    return file.getvalue()


_CELL = {"text_wrap": True, "valign": "top"}


def _text(text: str) -> str:
    return speakable(text)[:LONGEST]


def _sheet(book: Any, label: str) -> Any:
    sheet = book.add_worksheet(_NO_NAME.sub(" ", _text(label))[:NAME].strip() or None)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    return sheet


def _first(book: Any, dossier: Dossier, figures: Table | None, looks: dict[str, Any]) -> None:
    """The first sheet: what it is about, and its figures."""
    sheet = _sheet(book, figures.label if figures else dossier.title)
    sheet.write_string(0, 0, _text(dossier.title), looks["title"])
    lines = [line for line in (dossier.kind, *dossier.head) if line]
    _notes(sheet, lines, 1, looks)
    if figures:
        _table(sheet, figures, len(lines) + 2, looks)
    _notes(sheet, dossier.notes, len(lines) + 2, looks)


def _notes(sheet: Any, notes: Any, row: int, looks: dict[str, Any]) -> None:
    for at, note in enumerate(notes):
        sheet.write_string(row + at, 0, _text(note), looks["plain"])


def _table(sheet: Any, part: Table, top: int, looks: dict[str, Any]) -> None:
    for at, column in enumerate(part.columns):
        widest = max((width(shown(row[at])) for row in part.rows), default=0)
        wide = max(NARROW, width(column.label), min(WIDE, widest)) + 2
        sheet.set_column(at, at, SENTENCES if column.name == SENTENCE else wide)
        sheet.write_string(top, at, _text(column.label), looks["head"])
    for down, row in enumerate(part.rows, top + 1):
        for at, cell in enumerate(row):
            if isinstance(cell, Decimal) and len(cell.normalize().as_tuple().digits) <= DIGITS:
                sheet.write_number(down, at, float(cell), looks["cell"])
            elif cell != "":
                sheet.write_string(down, at, _text(shown(cell)), looks["cell"])
