"""A DOCX in, its text out: paragraphs as lines, tables row by row with TAB between cells.

The numbers that Word gives paragraphs by itself stand before their text.
"""

from __future__ import annotations

import posixpath
import zipfile
from dataclasses import dataclass

from kg.read.office.body import Body
from kg.read.office.lists.numbering import Numbering, read_numbering
from kg.read.office.package import fields, main_part, open_package, stream_elements
from kg.read.parts import Parts, author_as_publisher, made_day, printed_title

MEDIA = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_WORD = "wordprocessingml"

# Elements of Word that stand for characters.
_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
# Elements whose text is not on the page: deleted, moved away, said a second time, how a word is
# pronounced; the list of tab stops, whose entries are called tab as well; and what the
# properties of a paragraph were before a change.
_UNSEEN = frozenset({
    "del", "moveFrom", "Fallback", "instrText", "delText", "tabs", "rt", "pPrChange",
})  # fmt: skip


def read_docx(data: bytes) -> Parts:
    """Read a DOCX: body, text boxes and footnotes.

    Raises:
        ReadError: If it is damaged, encrypted, larger than its limits, or has a DTD.
    """
    with open_package(data, "a docx", "Word") as archive:
        main = main_part(archive, "word/document.xml")
        lists, note = read_numbering(archive, main)
        lines = _lines(archive, main, lists)
        notes = posixpath.join(posixpath.dirname(main), "footnotes.xml")
        if notes in archive.namelist():
            lines += (line.strip() for line in _lines(archive, notes, lists))
        core = fields(archive, "docProps/core.xml")
        company = fields(archive, "docProps/app.xml").get("Company", "")
    return Parts(
        ("\n".join(lines),),
        MEDIA,
        title=printed_title(core.get("title", "")),
        publisher=author_as_publisher(company) or author_as_publisher(core.get("creator", "")),
        published=made_day(core.get("created", ""), core.get("modified", "")),
        notes=(note,) if note else (),
    )


def _lines(archive: zipfile.ZipFile, part: str, lists: Numbering) -> list[str]:
    read = _Document(lists)
    stream_elements(archive, part, read.start, read.end, read.text)
    return read.body.whole()


class _Document:
    """Tells a body what it comes by while expat reports elements."""

    def __init__(self, lists: Numbering) -> None:
        self.body = Body()
        self._lists = lists
        # Of the paragraphs that are open, within each other in text boxes.
        self._open: list[_Paragraph] = []
        self._in_properties = False
        self._cells = 0
        self._unseen = 0
        self._in_text = False
        self._hidden = False
        self._span = 1

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        if self._unseen or local in _UNSEEN or _is_separator(local, attributes):
            self._unseen += 1
            if local == "del" and self._in_properties and self._open:
                self._open[-1].deleted = True
        elif _WORD not in space:
            return
        elif local == "t":
            self._in_text = True
        elif local == "p":
            self.body.count()
            self._open.append(_Paragraph())
        elif local == "pPr":
            self._in_properties = True
        elif local == "r":
            self._hidden = False
        elif local in _CHARACTERS:
            self.body.text(_CHARACTERS[local])
        elif local == "tr":
            self.body.start_row()
        elif local in ("tc", "txbxContent"):
            self._span = 1
            self._cells += local == "tc"
            self.body.start_cell()
        else:
            self._note(local, attributes)

    def _note(self, local: str, attributes: dict[str, str]) -> None:
        """A property of what is open."""
        if local == "gridSpan":
            self._span = _number(attributes)
        elif local == "vanish":
            self._hidden = _is_on(attributes)
        elif self._open:
            self._open[-1].note(local, _value(attributes))

    def end(self, name: str) -> None:
        space, _, local = name.rpartition(" ")
        if self._unseen:
            self._unseen -= 1
        elif _WORD not in space:  # a drawing has cells and rows of its own
            return
        elif local == "t":
            self._in_text = False
        elif local == "pPr":
            self._in_properties = False
        elif local == "p":
            self._end_paragraph()
        elif local == "tc":
            self._cells -= 1
            self.body.end_cell(self._span)
            self._span = 1
        elif local == "tr":
            self.body.end_row()
        elif local == "txbxContent":
            self.body.end_box()

    def text(self, data: str) -> None:
        if self._in_text and not self._unseen and not self._hidden:
            self._write_label()
            self.body.text(data)

    def _write_label(self) -> None:
        if self._open and (label := self._open[-1].counted(self._lists)):
            self.body.text(label)

    def _end_paragraph(self) -> None:
        if self._cells:  # 序号 is often a column of numbers without a text
            self._write_label()
        if self._open:
            self._open.pop().counted(self._lists)
        self.body.end_paragraph()


@dataclass(slots=True)
class _Paragraph:
    """What the properties of a paragraph say of the list that it is in."""

    style: str = ""
    number: str = ""
    level: int | None = None
    deleted: bool = False
    ends_section: bool = False
    _is_counted: bool = False

    def counted(self, lists: Numbering) -> str:
        """Its label, at the first call. One that was deleted or only ends a section has none."""
        if self._is_counted or self.deleted or self.ends_section:
            return ""
        self._is_counted = True
        return lists.label(self.style, self.number, self.level)

    def note(self, local: str, value: str) -> None:
        """A property, and its value."""
        if local == "pStyle":
            self.style = value
        elif local == "numId":
            self.number = value
        elif local == "ilvl":
            self.level = int(value) if value.isdecimal() and len(value) < 3 else None
        elif local == "sectPr":
            self.ends_section = True


def _is_separator(local: str, attributes: dict[str, str]) -> bool:
    """The rules above footnotes are kept among them, as notes of these types."""
    kind = next((v for k, v in attributes.items() if k.endswith(" type")), "")
    return local == "footnote" and kind not in ("", "normal")


def _value(attributes: dict[str, str]) -> str:
    return next((v for k, v in attributes.items() if k.endswith(" val")), "")


def _number(attributes: dict[str, str]) -> int:
    value = _value(attributes)
    return min(int(value), 50) if value.isdecimal() and len(value) < 10 else 1


def _is_on(attributes: dict[str, str]) -> bool:
    return _value(attributes) not in ("0", "false", "off")
