"""An ODS in, its text out: each sheet as a page of rows, its cells as they are shown.

An ODS holds with each cell the text that it shows, so that no format has to be understood.
"""

from __future__ import annotations

from kg.base.errors import ReadError
from kg.read.office.package import check_encryption, fields, open_package, stream_elements
from kg.read.parts import Parts, author_as_publisher, iso_date, printed_title
from kg.read.sheet.sheets import Sheet, pages_of

MEDIA = "application/vnd.oasis.opendocument.spreadsheet"
MIMETYPE = "mimetype"  # the part that says what a package of OpenDocument is
_MOST_FILLED = 2_000_000  # cells that hold something, repeated ones included
_LAST = 16_384  # columns; an empty rest of a row is one cell that is repeated
_CELLS = ("table-cell", "covered-table-cell")


def read_ods(data: bytes) -> Parts:
    """Read an ODS: all sheets that are not hidden.

    Raises:
        ReadError: If it is damaged, encrypted, larger than its limits, or has a DTD.
    """
    with open_package(data, "an ods", "LibreOffice or WPS") as archive:
        check_encryption(archive)
        reader = _Content()
        stream_elements(archive, "content.xml", reader.start, reader.end, reader.text)
        meta = fields(archive, "meta.xml")
    pages, notes = pages_of(reader.sheets)
    return Parts(
        pages,
        MEDIA,
        title=printed_title(meta.get("title", "")),
        publisher=author_as_publisher(meta.get("creator", "")),
        published=iso_date(meta.get("creation-date", "")) or iso_date(meta.get("date", "")),
        notes=notes,
    )


class _Content:
    """Collects the sheets of a content while expat reports its elements."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self._hiding: set[str] = set()  # styles of hidden tables
        self._style = ""
        self._tables = 0  # tables may stand within cells
        self._row: dict[int, str] = {}
        self._at, self._rows = [0, 0], 1
        self._paragraphs: list[str] = []
        self._inside, self._aside = 0, 0  # paragraphs that are open, and remarks
        self._cell: dict[str, str] = {}
        self._filled = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        attrs = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        if local == "style":
            self._style = attrs.get("name", "")
        elif local == "table-properties" and attrs.get("display") == "false":
            self._hiding.add(self._style)
        elif local == "table":
            self._start_table(attrs)
        elif not self._tables:
            return
        elif local == "table-row" and self._tables == 1:
            self._row, self._at[1] = {}, 0
            self._rows = _count(attrs, "number-rows-repeated", 1 << 20)
        elif local in _CELLS and self._tables == 1:
            self._cell, self._paragraphs = attrs, []
        elif local == "annotation":
            self._aside += 1
        elif not self._aside:
            self._in_cell(local, attrs)

    def _in_cell(self, local: str, attrs: dict[str, str]) -> None:
        if local in ("p", "h"):
            self._inside += 1
            self._paragraphs.append("")
        elif self._inside and local in ("s", "tab", "line-break"):
            sign = "\n" if local == "line-break" else " " * _count(attrs, "c", 100)
            self._paragraphs[-1] += sign

    def _start_table(self, attrs: dict[str, str]) -> None:
        self._tables += 1
        if self._tables == 1:
            hidden = attrs.get("style-name", "") in self._hiding
            self.sheets.append(Sheet(attrs.get("name", ""), hidden=hidden))
            self._at = [0, 0]

    def end(self, name: str) -> None:
        local = name.rpartition(" ")[2]
        if local == "table":
            self._tables -= 1
        elif not self._tables:
            return
        elif local == "annotation":
            self._aside -= 1
        elif local in ("p", "h") and not self._aside:
            self._inside -= 1
        elif local in _CELLS and self._tables == 1:
            self._end_cell(local)
        elif local == "table-row" and self._tables == 1:
            self._end_row()

    def text(self, data: str) -> None:
        if self._inside and not self._aside and self._paragraphs:
            self._paragraphs[-1] += data

    def _end_cell(self, local: str) -> None:
        times = _count(self._cell, "number-columns-repeated", _LAST)
        text = "\n".join(self._paragraphs).strip() if local == "table-cell" else ""
        if text:
            self._count(times)
            self._row |= dict.fromkeys(range(self._at[1], self._at[1] + times), text)
        elif "formula" in self._cell and "value-type" not in self._cell:
            self.sheets[-1].lacks(self._at[0], self._at[1])
        self._at[1] += times

    def _end_row(self) -> None:
        if self._row:
            self._count(len(self._row) * (self._rows - 1))
            rows = range(self._at[0], self._at[0] + self._rows)
            self.sheets[-1].rows += [(number, self._row) for number in rows]
        self._at[0] += self._rows

    def _count(self, cells: int) -> None:
        self._filled += cells
        if self._filled > _MOST_FILLED:
            raise ReadError(f"has more than {_MOST_FILLED:,} cells; split it")


def _count(attrs: dict[str, str], name: str, most: int) -> int:
    value = attrs.get(name, "1")
    return max(1, min(int(value), most)) if value.isdecimal() and len(value) < 10 else 1
