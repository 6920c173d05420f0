"""A DOCX in, its text out: paragraphs as lines, tables row by row with TAB between cells."""

from __future__ import annotations

import posixpath
import zipfile

from kg.read.office.body import Body
from kg.read.office.package import fields, main_part, opened, streamed
from kg.read.parts import Parts, author_as_publisher, made_day, printed_title

MEDIA = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_WORD = "wordprocessingml"

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
            lines += (line.strip() for line in _lines(archive, notes))
        core = fields(archive, "docProps/core.xml")
        company = fields(archive, "docProps/app.xml").get("Company", "")
    return Parts(
        ("\n".join(lines),),
        MEDIA,
        title=printed_title(core.get("title", "")),
        publisher=author_as_publisher(company) or author_as_publisher(core.get("creator", "")),
        published=made_day(core.get("created", ""), core.get("modified", "")),
    )


def _lines(archive: zipfile.ZipFile, part: str) -> list[str]:
    read = _Document()
    streamed(archive, part, read.start, read.end, read.text)
    return read.body.whole()


class _Document:
    """Tells a body what it comes by while expat reports elements."""

    def __init__(self) -> None:
        self.body = Body()
        self._unseen = 0
        self._in_text = False
        self._hidden = False
        self._span = 1

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        if self._unseen or local in _UNSEEN or _is_separator(local, attributes):
            self._unseen += 1
        elif _WORD not in space:
            return
        elif local == "t":
            self._in_text = True
        elif local == "p":
            self.body.count()
        elif local == "r":
            self._hidden = False
        elif local in _CHARACTERS:
            self.body.text(_CHARACTERS[local])
        elif local == "tr":
            self.body.start_row()
        elif local in ("tc", "txbxContent"):
            self._span = 1
            self.body.start_cell()
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
            self.body.end_paragraph()
        elif local == "tc":
            self.body.end_cell(self._span)
            self._span = 1
        elif local == "tr":
            self.body.end_row()
        elif local == "txbxContent":
            self.body.end_box()

    def text(self, data: str) -> None:
        if self._in_text and not self._unseen and not self._hidden:
            self.body.text(data)


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
