"""A DOCX in, its text out: paragraphs as lines, tables row by row with TAB between cells."""

from __future__ import annotations

import posixpath
import zipfile

from kg.base.errors import ReadError
from kg.read.office.cells import lines_of
from kg.read.office.package import fields, main_part, opened, streamed
from kg.read.parts import Parts, author_as_publisher, iso_date, printed_title

MEDIA = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MOST_PARAGRAPHS = 400_000
_WORD = "wordprocessingml"
_TEMPLATE_DATE = "2013-12-23"  # stands in every file made from python-docx's template

# Elements of Word that stand for characters.
_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
# Elements whose text is not on the page: deleted, moved away, said a second time; and
# the list of tab stops, whose entries are called tab as well.
_UNSEEN = frozenset({"del", "moveFrom", "Fallback", "instrText", "delText", "tabs"})


def read_docx(data: bytes) -> Parts:
    """Read a DOCX: body, text boxes and footnotes.

    Raises:
        ReadError: If it is damaged, encrypted, larger than its limits, or has a DTD.
    """
    with opened(data, "a docx", "Word") as archive:
        main = main_part(archive, "word/document.xml")
        lines = _lines(archive, main)
        notes = posixpath.join(posixpath.dirname(main), "footnotes.xml")
        if notes in archive.namelist():
            lines += _lines(archive, notes)
        core = fields(archive, "docProps/core.xml")
        company = fields(archive, "docProps/app.xml").get("Company", "")
    made = iso_date(core.get("created", "")) or iso_date(core.get("modified", ""))
    return Parts(
        ("\n".join(lines),),
        MEDIA,
        title=printed_title(core.get("title", "")),
        publisher=author_as_publisher(company) or author_as_publisher(core.get("creator", "")),
        published="" if made == _TEMPLATE_DATE else made,
    )


def _lines(archive: zipfile.ZipFile, part: str) -> list[str]:
    body = _Body()
    streamed(archive, part, body.start, body.end, body.text)
    return body.lines


class _Body:
    """Collects lines while expat reports elements.

    ``_open`` holds the lines of what is open: the body first, then cells and text boxes
    within each other; ``_runs`` the text of the paragraph that each of them is at.
    """

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._open: list[list[str]] = [self.lines]
        self._runs: list[list[str]] = [[]]
        self._rows: list[list[str]] = []
        self._boxes: list[list[str]] = []
        self._unseen = 0
        self._in_text = False
        self._hidden = False
        self._span = 1
        self._paragraphs = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        if self._unseen or local in _UNSEEN or _is_separator(local, attributes):
            self._unseen += 1
        elif _WORD not in space:
            return
        elif local == "t":
            self._in_text = True
        elif local == "p":
            self._count()
        elif local == "r":
            self._hidden = False
        elif local in _CHARACTERS:
            self._runs[-1].append(_CHARACTERS[local])
        elif local == "tr":
            self._rows.append([])
        elif local in ("tc", "txbxContent"):
            self._span = 1
            self._open.append([])
            self._runs.append([])
        elif local == "gridSpan":
            self._span = _number(attributes)
        elif local == "vanish":
            self._hidden = _is_on(attributes)

    def end(self, name: str) -> None:
        space, _, local = name.rpartition(" ")
        if self._unseen:
            self._unseen -= 1
        elif _WORD not in space:  # a drawing has cells and rows of its own
            return
        elif local == "t":
            self._in_text = False
        elif local == "p":
            self._end_paragraph()
        elif local == "tc":
            self._end_cell()
        elif local == "tr" and self._rows:
            self._end_row()
        elif local == "txbxContent" and len(self._open) > 1:
            self._runs.pop()
            self._boxes.append(self._open.pop())

    def text(self, data: str) -> None:
        if self._in_text and not self._unseen and not self._hidden:
            self._runs[-1].append(data)

    def _count(self) -> None:
        self._paragraphs += 1
        if self._paragraphs > _MOST_PARAGRAPHS:
            raise ReadError(f"has more than {_MOST_PARAGRAPHS:,} paragraphs; split it")

    def _end_paragraph(self) -> None:
        self._open[-1].append("".join(self._runs[-1]).rstrip())
        self._runs[-1] = []
        if len(self._open) == 1 and self._boxes:  # text boxes follow what they hang on
            for box in self._boxes:
                self.lines += box
            self._boxes = []

    def _end_cell(self) -> None:
        self._runs.pop()
        lines = [line for line in self._open.pop() if line.strip()]
        if self._rows:
            self._rows[-1].append(lines[0] if len(lines) == 1 else "\n".join(lines))
            self._rows[-1] += [""] * (self._span - 1)
        self._span = 1

    def _end_row(self) -> None:
        self._open[-1] += lines_of(self._rows.pop())


def _is_separator(local: str, attributes: dict[str, str]) -> bool:
    """The rules above footnotes are kept among them, as notes of these types."""
    kind = next((v for k, v in attributes.items() if k.endswith(" type")), "")
    return local == "footnote" and kind not in ("", "normal")


def _value(attributes: dict[str, str]) -> str:
    return next((v for k, v in attributes.items() if k.endswith(" val")), "")


def _number(attributes: dict[str, str]) -> int:
    value = _value(attributes)
    return min(int(value), 50) if value.isdecimal() else 1


def _is_on(attributes: dict[str, str]) -> bool:
    return _value(attributes) not in ("0", "false", "off")
