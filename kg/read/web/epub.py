"""An EPUB in, its text out: each chapter as a page, in the order in which they are read."""

from __future__ import annotations

import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from urllib.parse import unquote

from kg.base.errors import ReadError
from kg.read.office.package import open_package, stream_elements, unpack
from kg.read.parts import Parts, iso_date, printed_title
from kg.read.web.html import read_html

MEDIA = "application/epub+zip"
CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_MOST_CHAPTERS = 5000
_LARGEST = 200 * 1024 * 1024  # bytes of all chapters
_PAGES = ("application/xhtml+xml", "text/html", "text/x-oeb1-document")
_METADATA = ("title", "publisher", "date", "source")


def read_epub(data: bytes) -> Parts:
    """Read an EPUB: the chapters of its spine, without its table of contents.

    Raises:
        ReadError: If it is damaged, encrypted, or larger than its limits.
    """
    with open_package(data, "an epub", "the program that made it") as archive:
        main = _main(archive)
        book = _Book()
        stream_elements(archive, main, book.start, book.end, book.text)
        chapters = _chapters(archive, posixpath.dirname(main), book)
        pages, notes = _pages(archive, chapters)
    metadata = book.metadata
    return Parts(
        tuple(pages) or ("",),
        MEDIA,
        title=printed_title(metadata.get("title", "")),
        publisher=" ".join(metadata.get("publisher", "").split()),
        published=iso_date(metadata.get("date", "")),
        notes=tuple(notes),
    )


def _main(archive: zipfile.ZipFile) -> str:
    """The part that lists all others."""
    paths: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(" ")[2] == "rootfile":
            paths.append(attributes.get("full-path", ""))

    stream_elements(archive, CONTAINER, start)
    return next(path for path in [*paths, ""] if path in archive.namelist() or not path)


@dataclass
class _Book:
    """What the package of a book lists, while expat reports its elements."""

    metadata: dict[str, str] = field(default_factory=dict)
    items: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    spine: list[str] = field(default_factory=list)
    _at: str = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if local == "item":
            values = (attributes.get(key, "") for key in ("href", "media-type", "properties"))
            href, kind, properties = values
            self.items[attributes.get("id", "")] = href, kind, properties
        elif local == "itemref":
            self.spine.append(attributes.get("idref", ""))
        elif local in _METADATA and local not in self.metadata:
            self._at = local
            self.metadata[local] = ""

    def end(self, _: str) -> None:
        self._at = ""

    def text(self, data: str) -> None:
        if self._at:
            self.metadata[self._at] += data


def _chapters(archive: zipfile.ZipFile, folder: str, book: _Book) -> list[str]:
    """The parts of the chapters in their order; a book without an order has that of its list."""
    locked = _locked(archive)
    chapters: dict[str, None] = {}
    for number in book.spine or book.items:
        href, kind, properties = book.items.get(number, ("", "", ""))
        whole = posixpath.normpath(posixpath.join(folder, unquote(href.partition("#")[0])))
        if kind not in _PAGES or "nav" in properties.split():
            continue
        if whole in locked:
            raise ReadError("is an e-book that is encrypted; get one without protection")
        chapters[whole] = None
        if len(chapters) > _MOST_CHAPTERS:
            raise ReadError(f"has more than {_MOST_CHAPTERS} chapters; split it")
    return list(chapters)


def _locked(archive: zipfile.ZipFile) -> set[str]:
    """The parts that are encrypted; of books that may be read these are fonts alone."""
    locked: set[str] = set()

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(" ")[2] == "CipherReference":
            locked.add(unquote(attributes.get("URI", "")))

    if _ENCRYPTION in archive.namelist():
        stream_elements(archive, _ENCRYPTION, start)
    return locked


def _pages(archive: zipfile.ZipFile, chapters: list[str]) -> tuple[list[str], list[str]]:
    """The text of each chapter, and which of them are not there."""
    names = set(archive.namelist())
    missing = [name for name in chapters if name not in names]
    whole = sum(archive.getinfo(name).file_size for name in chapters if name in names)
    if whole > _LARGEST:
        raise ReadError(f"has chapters of {whole / 2**20:.0f} MiB; split it")
    pages = [_page(unpack(archive, name)) for name in chapters if name in names]
    notes = [f"chapters that it lists and does not hold: {', '.join(missing[:5])}"]
    return [page for page in pages if page.strip()], notes if missing else []


def _page(data: bytes) -> str:
    try:
        return re.sub(r"^\n+", "", read_html(data).pages[0])
    except ReadError:
        return ""  # a cover of a picture alone
