"""An XLSX in, its text out: each sheet as a page of rows, its cells as they are shown."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from xml.parsers import expat

from kg.base.errors import ReadError
from kg.read.office.package import fields, main_part, open_package, relations, stream_elements
from kg.read.parts import Parts, author_as_publisher, iso_date, printed_title
from kg.read.sheet.sheets import Sheet, pages_of, place_of
from kg.read.sheet.shown import GENERAL, built_in, shown

MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST_FILLED = 2_000_000  # cells of a sheet that hold something
_MOST_MERGED = 50_000  # stretches of a sheet
_TRUTH = {"1": "TRUE", "0": "FALSE"}


@dataclass(frozen=True, slots=True)
class Styles:
    """What all sheets of a workbook refer to: its texts, and the formats of its cells."""

    texts: list[str]
    formats: list[str]
    since_1904: bool


def read_xlsx(data: bytes) -> Parts:
    """Read an XLSX (or an ET that is one): all sheets that are not hidden.

    Raises:
        ReadError: If it is damaged, encrypted, larger than its limits, or has a DTD.
    """
    with open_package(data, "an xlsx", "Excel or WPS") as archive:
        main = main_part(archive, "xl/workbook.xml")
        book = _Book()
        stream_elements(archive, main, book.start)
        parts = relations(archive, main)
        styles = Styles(_texts(archive, parts), _formats(archive, parts), book.since_1904)
        pages, notes = pages_of(_sheets(archive, book, parts, styles))
        core = fields(archive, "docProps/core.xml")
        company = fields(archive, "docProps/app.xml").get("Company", "")
    return Parts(
        pages,
        MEDIA,
        title=printed_title(core.get("title", "")),
        publisher=author_as_publisher(company) or author_as_publisher(core.get("creator", "")),
        published=iso_date(core.get("created", "")) or iso_date(core.get("modified", "")),
        notes=notes,
    )


class _Book:
    """Collects the sheets of a workbook: name, whether it is hidden, and id of its part."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, bool, str]] = []
        self.since_1904 = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if local == "sheet":
            number = next((v for k, v in attributes.items() if k.endswith(" id")), "")
            hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append((attributes.get("name", ""), hidden, number))
        elif local == "workbookPr":
            self.since_1904 = attributes.get("date1904") in ("1", "true")


def _sheets(
    archive: zipfile.ZipFile, book: _Book, parts: dict[str, tuple[str, str]], styles: Styles
) -> Iterator[Sheet]:
    for name, hidden, number in book.sheets:
        kind, part = parts.get(number, ("", ""))
        if not kind.endswith("/worksheet"):
            continue  # a chart or a dialogue on a sheet of its own
        if hidden:
            yield Sheet(name, hidden=True)
            continue
        reader = _Cells(name, styles)
        with _of_sheet(name):
            stream_elements(archive, part, reader.start, reader.end, reader.text)
        for first, last in reader.merged:
            reader.sheet.merge(first, last)
        yield reader.sheet


@contextmanager
def _of_sheet(name: str) -> Iterator[None]:
    """Tell of damage which sheet it is in."""
    try:
        yield
    except expat.ExpatError as error:
        raise ReadError(
            f"is an xlsx with damaged XML in its sheet {name} ({error}); save it again in Excel "
            "or WPS"
        ) from error


def _texts(archive: zipfile.ZipFile, parts: dict[str, tuple[str, str]]) -> list[str]:
    """The texts that cells refer to by number; how a text is pronounced is none."""
    texts: list[str] = []
    runs: list[str] = []
    inside: list[str] = []

    def start(name: str, _: dict[str, str]) -> None:
        inside.append(name.rpartition(" ")[2])

    def end(_: str) -> None:
        if inside.pop() == "si":
            texts.append(_unescaped("".join(runs)))
            runs.clear()

    def text(data: str) -> None:
        if inside[-1] == "t" and "rPh" not in inside[-3:]:
            runs.append(data)

    if part := _part(parts, "/sharedStrings"):
        stream_elements(archive, part, start, end, text)
    return texts


def _formats(archive: zipfile.ZipFile, parts: dict[str, tuple[str, str]]) -> list[str]:
    """The number format of each style of cells."""
    own: dict[str, str] = {}
    used: list[str] = []
    inside: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if local == "numFmt":
            own[attributes.get("numFmtId", "")] = attributes.get("formatCode", GENERAL)
        elif local == "xf" and "cellXfs" in inside:
            used.append(attributes.get("numFmtId", "0"))
        inside.append(local)

    def end(_: str) -> None:
        inside.pop()

    if part := _part(parts, "/styles"):
        stream_elements(archive, part, start, end)
    formats = {str(number): code for number, code in built_in().items()}
    return [own.get(number) or formats.get(number, GENERAL) for number in used]


def _part(parts: dict[str, tuple[str, str]], kind: str) -> str:
    return next((part for type_, part in parts.values() if type_.endswith(kind)), "")


class _Cells:
    """Collects the cells of a sheet while expat reports its elements."""

    def __init__(self, name: str, styles: Styles) -> None:
        self.sheet = Sheet(name)
        self._styles = styles
        self.merged: list[tuple[tuple[int, int], tuple[int, int]]] = []
        self._row: dict[int, str] = {}
        self._at = (-1, -1)  # the cell that was read last; one may leave out where it stands
        self._kind, self._format = "", GENERAL
        self._value: list[str] | None = None
        self._inline: list[str] = []
        self._formula = self._phonetic = False
        self._collecting: list[str] | None = None
        self._filled = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if local == "row":
            number = attributes.get("r", "")
            row = int(number) - 1 if number.isdecimal() and len(number) < 8 else self._at[0] + 1
            self._row, self._at = {}, (max(row, 0), -1)
        elif local == "c":
            self._at = place_of(attributes.get("r", "")) or (self._at[0], self._at[1] + 1)
            self._kind, self._format = attributes.get("t", "n"), self._code(attributes)
            self._value, self._inline, self._formula = None, [], False
        elif local == "v":
            self._value = self._collecting = []
        elif local == "rPh":
            self._phonetic = True
        elif local == "t" and not self._phonetic:
            self._collecting = self._inline
        elif local == "f":
            self._formula = True
        elif local == "mergeCell" and len(self.merged) < _MOST_MERGED:
            first, _, last = attributes.get("ref", "").partition(":")
            ends = place_of(first), place_of(last)
            if ends[0] and ends[1]:
                self.merged.append((ends[0], ends[1]))

    def end(self, name: str) -> None:
        local = name.rpartition(" ")[2]
        if local in ("v", "t"):
            self._collecting = None
        elif local == "rPh":
            self._phonetic = False
        elif local == "c":
            self._end_cell()
        elif local == "row" and self._row:
            self.sheet.rows.append((self._at[0], self._row))

    def text(self, data: str) -> None:
        if self._collecting is not None:
            self._collecting.append(data)

    def _code(self, attributes: dict[str, str]) -> str:
        style = attributes.get("s", "0")
        number = int(style) if style.isdecimal() and len(style) < 7 else 0
        formats = self._styles.formats
        return formats[number] if number < len(formats) else GENERAL

    def _end_cell(self) -> None:
        text = self._shown("".join(self._value or ()))
        if text:
            self._filled += 1
            if self._filled > _MOST_FILLED:
                raise ReadError(f"has more than {_MOST_FILLED:,} cells in a sheet; split it")
            self._row[self._at[1]] = text
        elif self._formula and self._kind != "str" and not self._value:
            self.sheet.lacks(*self._at)

    def _shown(self, value: str) -> str:
        if self._kind == "s":
            number = int(value) if value.isdecimal() and len(value) < 10 else -1
            texts = self._styles.texts
            return texts[number] if 0 <= number < len(texts) else ""
        if self._kind == "inlineStr":
            return _unescaped("".join(self._inline))
        if self._kind == "b":
            return _TRUTH.get(value, value)
        if self._kind == "d":
            return value.removesuffix("T00:00:00")
        if self._kind in ("str", "e"):
            return _unescaped(value)
        try:
            number_ = float(value)
        except ValueError:
            return value
        return shown(number_, self._format, since_1904=self._styles.since_1904)


def _unescaped(text: str) -> str:
    """Line ends as Excel escapes them in XML (ECMA-376, part 1, 22.9.2.19)."""
    return text.replace("_x000D_", "").replace("\r", "")
