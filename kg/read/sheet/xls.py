"""An XLS in (or an ET of WPS, which is one), its text out: each sheet as a page of rows."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from kg.base.errors import ReadError
from kg.read.parts import Parts
from kg.read.sheet.biff import Formats, formats_of
from kg.read.sheet.sheets import Sheet, pages_of
from kg.read.sheet.shown import GENERAL, plain, shown

MEDIA = "application/vnd.ms-excel"
_MOST_FILLED = 2_000_000  # cells of a sheet that hold something
_DAY = timedelta(days=1)
_BEGIN = datetime(1899, 12, 30, tzinfo=UTC)


def read_xls(data: bytes) -> Parts:
    """Read an XLS: all sheets that are not hidden.

    Raises:
        ReadError: If it is damaged, encrypted, or has too many cells.
    """
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        formats = formats_of(data)
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        pages, notes = pages_of(_sheets(book, formats))
    except PasswordError as error:
        raise ReadError("is encrypted; save it without a password") from error
    except CalamineError as error:
        raise ReadError(_damaged(error)) from error
    except ReadError:
        raise
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # how a library in Rust gives up
            raise
        raise ReadError(_damaged(error)) from error
    return Parts(pages, MEDIA, notes=notes)


def _damaged(error: BaseException) -> str:
    message = " ".join(str(error).split())[:100]
    return f"is an xls that is cut off or damaged ({message}); get it again, or save it as xlsx"


def _sheets(book: Any, formats: list[Formats]) -> Iterator[Sheet]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    for number, metadata in enumerate(book.sheets_metadata):
        if metadata.typ != SheetTypeEnum.WorkSheet:
            continue  # a chart, or a macro
        if metadata.visible != SheetVisibleEnum.Visible:
            yield Sheet(metadata.name, hidden=True)
            continue
        own = formats[number] if number < len(formats) else {}
        yield _sheet(metadata.name, book.get_sheet_by_index(number), own)


def _sheet(name: str, raw: Any, formats: Formats) -> Sheet:
    """A sheet without its empty cells, of which it may hold sixteen million."""
    sheet = Sheet(name)
    filled = 0
    top, left = raw.start or (0, 0)
    for row, cells in enumerate(raw.iter_rows(), top):
        texts = {
            column: text
            for column, value in enumerate(cells, left)
            if value != "" and (text := _shown(value, formats.get((row, column), "")))
        }
        filled += len(texts)
        if filled > _MOST_FILLED:
            raise ReadError(f"has more than {_MOST_FILLED:,} cells in a sheet; split it")
        if texts:
            sheet.rows.append((row, texts))
    for first, last in raw.merged_cell_ranges or ():
        sheet.merge(first, last)
    return sheet


def _shown(value: Any, code: str) -> str:
    """A value as its cell shows it; without a format a day is no more precise than it is."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, str):
        return value.replace("\r\n", "\n")
    if isinstance(value, (int, float)):
        return shown(float(value), code or GENERAL)
    if isinstance(value, timedelta):
        return shown(value / _DAY, code) if code else str(value)
    if isinstance(value, time):
        whole = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
        return shown(whole / _DAY, code) if code else value.isoformat("minutes")
    if isinstance(value, datetime):
        serial = (value.replace(tzinfo=UTC) - _BEGIN) / _DAY
        return shown(serial, code) if code else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        serial = float((value - _BEGIN.date()).days)
        return shown(serial, code) if code else value.isoformat()
    return plain(float(value)) if value is not None else ""
