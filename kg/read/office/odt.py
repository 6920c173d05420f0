"""An ODT or ODP in, its text out: paragraphs as lines, tables row by row, slides as pages."""

from __future__ import annotations

import re

from kg.base.errors import ReadError
from kg.read.office.body import Body
from kg.read.office.lists.odf import Lists
from kg.read.office.package import check_encryption, fields, open_package, stream_elements
from kg.read.parts import Parts, author_as_publisher, made_day, printed_title

MEDIA = "application/vnd.oasis.opendocument.text"
MEDIA_OF_SLIDES = "application/vnd.oasis.opendocument.presentation"
_MOST_PAGES = 5000
# Elements whose text is not on the page: what was deleted, remarks, how a word is pronounced,
# what a picture is called, the sign of a footnote.
_UNSEEN = frozenset({
    "tracked-changes", "annotation", "ruby-text", "title", "desc", "note-citation", "forms",
    "event-listeners",
})  # fmt: skip
# What stands on every page of slides: its number, a date, a foot.
_AROUND = frozenset({"page-number", "date-time", "footer", "header"})
_SPACES = re.compile("[ \t\r\n]+")  # is one space; others are elements
_CELLS = ("table-cell", "covered-table-cell")


def read_odt(data: bytes) -> Parts:
    """Read an ODT: body, text boxes and footnotes, without what was deleted or hidden.

    Raises:
        ReadError: If it is damaged, encrypted, larger than its limits, or has a DTD.
    """
    return _read(data, "an odt", MEDIA)


def read_odp(data: bytes) -> Parts:
    """Read an ODP: all slides that are not hidden, each as a page, with the notes of its speaker.

    Raises:
        ReadError: If it is damaged, encrypted, larger than its limits, or has a DTD.
    """
    return _read(data, "an odp", MEDIA_OF_SLIDES)


def _read(data: bytes, kind: str, media: str) -> Parts:
    with open_package(data, kind, "LibreOffice or WPS") as archive:
        check_encryption(archive)
        lists = Lists()
        if media == MEDIA and "styles.xml" in archive.namelist():
            stream_elements(archive, "styles.xml", lists.start, lists.end)
        content = _Content(lists if media == MEDIA else None)
        stream_elements(archive, "content.xml", content.start, content.end, content.text)
        meta = fields(archive, "meta.xml")
    hidden = content.hidden_pages
    return Parts(
        tuple(content.whole()),
        media,
        title=printed_title(meta.get("title", "")),
        publisher=(
            author_as_publisher(meta.get("initial-creator", ""))
            or author_as_publisher(meta.get("creator", ""))
        ),
        published=made_day(meta.get("creation-date", ""), meta.get("date", "")),
        notes=(f"hidden slides are left out: {hidden}",) if hidden else (),
    )


class _Content:
    """Collects the lines of a content while expat reports its elements."""

    def __init__(self, lists: Lists | None) -> None:
        self.hidden_pages = 0
        self._lists = lists  # slides have signs before their lines
        self._label = ""  # of the paragraph that is open, until its text comes
        self._pages: list[list[str]] = []
        self._body = Body()
        self._notes = Body()
        self._style = ""
        self._hiding: set[str] = set()  # styles of hidden words and slides
        self._unseen = 0
        self._inside = 0  # paragraphs that are open, within each other in text boxes
        self._aside: list[Body] = []  # the body that goes on when a footnote ends
        self._times: list[int] = []  # how often the cell that is open stands in its row

    def whole(self) -> list[str]:
        """The text by page: all in one if there are no slides."""
        rest = [*self._body.whole(), *self._notes.whole()]
        pages = [*self._pages, rest] if any(rest) or not self._pages else self._pages
        return ["\n".join(page) for page in pages]

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        attrs = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        if self._lists and not self._unseen:
            self._lists.start(name, attributes)
        if self._unseen or local in _UNSEEN or self._is_hidden(local, attrs):
            self._unseen += 1
        elif local == "style":
            self._style = attrs.get("name", "")
        elif attrs.get("display") == "none" or attrs.get("visibility") == "hidden":
            if local in ("text-properties", "drawing-page-properties"):
                self._hiding.add(self._style)
        elif local in ("p", "h"):
            self._body.count()
            self._inside += 1
            self._label = self._lists.label(attrs.get("style-name", "")) if self._lists else ""
        elif local in ("s", "tab", "line-break"):
            sign = {"tab": "\t", "line-break": "\n"}.get(local, " ")
            self._body.text(sign * (_count(attrs, "c", 100) if local == "s" else 1))
        else:
            self._start(local, attrs)

    def _start(self, local: str, attrs: dict[str, str]) -> None:
        if local == "table-row":
            self._body.start_row()
        elif local in _CELLS:
            times = _count(attrs, "number-columns-repeated", 50)
            self._body.count(times)
            self._times.append(times)
            self._body.start_cell()
        elif local == "text-box" and self._inside:
            self._body.start_cell()
        elif local == "note-body":
            self._aside.append(self._body)
            self._body = self._notes

    def _is_hidden(self, local: str, attrs: dict[str, str]) -> bool:
        if local in ("section", "hidden-text"):
            return attrs.get("display") == "none" or attrs.get("is-hidden") == "true"
        if local == "page" and attrs.get("style-name") in self._hiding:
            self.hidden_pages += 1
            return True
        return local in _AROUND or (local == "span" and attrs.get("style-name") in self._hiding)

    def end(self, name: str) -> None:
        local = name.rpartition(" ")[2]
        if self._lists and not self._unseen:
            self._lists.end(name)
        if self._unseen:
            self._unseen -= 1
        elif local in ("p", "h"):
            self._inside -= 1
            if self._times and self._label:  # 序号 is often a column of numbers without a text
                self._body.text(self._label)
            self._label = ""
            self._body.end_paragraph()
        elif local in _CELLS and self._times:
            self._end_cell()
        elif local == "table-row":
            self._body.end_row()
        elif local == "text-box" and self._inside:
            self._body.end_box()
        elif local == "note-body" and self._aside:
            self._body = self._aside.pop()
        elif local == "page":
            self._end_page()

    def _end_cell(self) -> None:
        self._body.end_cell(self._times.pop())

    def _end_page(self) -> None:
        self._pages.append([line for line in self._body.whole() if line.strip()])
        self._body = Body()
        if len(self._pages) > _MOST_PAGES:
            raise ReadError(f"has more than {_MOST_PAGES} slides; split it")

    def text(self, data: str) -> None:
        if self._inside and not self._unseen:
            self._body.text(self._label + _SPACES.sub(" ", data))
            self._label = ""


def _count(attrs: dict[str, str], name: str, most: int) -> int:
    value = attrs.get(name, "1")
    return max(1, min(int(value), most)) if value.isdecimal() and len(value) < 10 else 1
