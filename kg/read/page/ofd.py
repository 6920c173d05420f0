"""An OFD (GB/T 33190) in, its text out by page, in reading order: as a PDF is read.

An OFD is a zip of XML: texts and paths with their places in millimetres from the upper left
corner. What a template puts on a page is on the page.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.base.errors import ReadError
from kg.read.office.package import fields, open_package, stream_elements
from kg.read.page.drawn import Shape, Text, characters_of, quarter_turns, strokes_of
from kg.read.page.reading_order import Fragment
from kg.read.page.ruled import grids
from kg.read.page.runs import Character, fragments, texts_of
from kg.read.page.strokes import Matrix
from kg.read.page.tabled import as_tables
from kg.read.parts import Parts, author_as_publisher, iso_date, printed_title

MEDIA = "application/ofd"
_ENTRY = "OFD.xml"
_MOST_PAGES = 5000
_MOST_OBJECTS = 200_000  # texts and paths of a page; a page of text has one for each line or letter
_PAGE = (0.0, 0.0, 210.0, 297.0)  # A4, where nothing is said


@dataclass(slots=True)
class Root:
    """What the root of a document tells: where its pages and templates lie, and their size."""

    box: tuple[float, ...] = ()
    pages: list[str] = field(default_factory=list)
    templates: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Page:
    """What is on a page or a template, in the order of the file."""

    box: tuple[float, ...] = ()
    templates: list[str] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)


def read_ofd(data: bytes) -> Parts:
    """Read an OFD: all its documents, page by page.

    Raises:
        ReadError: If it is damaged, encrypted, larger than its limits, or holds no text.
    """
    with open_package(data, "an ofd", "the program that wrote it") as archive:
        if "Encryptions.xml" in archive.namelist():
            raise ReadError("is encrypted; save it without a password")
        declared = fields(archive, _ENTRY)
        pages = tuple(texts_of(_pages(archive)))
    if not any(page.strip() for page in pages):
        raise ReadError("holds no text (a scan? turn it into pdf, of which kg ocr writes the text)")
    return Parts(
        pages,
        MEDIA,
        title=printed_title(declared.get("Title", "")),
        publisher=author_as_publisher(declared.get("Author", "")),
        published=iso_date(declared.get("CreationDate", "")),
    )


def _pages(archive: zipfile.ZipFile) -> Iterator[list[Fragment]]:
    count = 0
    for place in _roots(archive):
        root = _root(archive, place)
        templates: dict[str, Page] = {}
        for part in root.pages:
            count += 1
            if count > _MOST_PAGES:
                raise ReadError(f"has more than {_MOST_PAGES} pages; split it")
            page = _page(archive, part)
            if page is None:
                yield []  # one missing page of many
                continue
            behind = []
            for name in page.templates:
                if name in root.templates and name not in templates:
                    templates[name] = _page(archive, root.templates[name]) or Page()
                behind += [templates[name]] if name in templates else []
            yield _fragments([*behind, page], page.box or root.box or _PAGE)


def _roots(archive: zipfile.ZipFile) -> list[str]:
    """Where the roots of the documents of a package lie."""
    roots: list[str] = []
    inside: list[str] = []

    def start(name: str, _: dict[str, str]) -> None:
        inside.append(name.rpartition(" ")[2])
        if inside[-1] == "DocRoot":
            roots.append("")

    def text(data: str) -> None:
        if inside and inside[-1] == "DocRoot":
            roots[-1] += data

    def end(_: str) -> None:
        inside.pop()

    stream_elements(archive, _ENTRY, start, end, text)
    return [_place("", one) for one in roots]


def _place(folder: str, name: str) -> str:
    """A part by its name, which is one from the root, or one from where it is named."""
    whole = posixpath.join("/", folder, name.strip().replace("\\", "/"))
    return posixpath.normpath(whole).lstrip("/")


def _root(archive: zipfile.ZipFile, place: str) -> Root:
    root = Root()
    folder = posixpath.dirname(place)
    inside: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        inside.append(local)
        if local == "Page" and "BaseLoc" in attributes:
            root.pages.append(_place(folder, attributes["BaseLoc"]))
        elif local == "TemplatePage":
            root.templates[attributes.get("ID", "")] = _place(folder, attributes.get("BaseLoc", ""))

    def text(data: str) -> None:
        if inside and inside[-1] == "PhysicalBox":
            root.box = numbers(data, 4) or root.box

    def end(_: str) -> None:
        inside.pop()

    stream_elements(archive, place, start, end, text)
    return root


def _page(archive: zipfile.ZipFile, part: str) -> Page | None:
    if part not in archive.namelist():
        return None
    reader = _Content()
    stream_elements(archive, part, reader.start, reader.end, reader.text)
    return reader.page


def _fragments(layers: list[Page], box: tuple[float, ...]) -> list[Fragment]:
    """What is on a page, from the upper left corner in millimetres to the lower left in points."""
    letters: list[Character] = []
    quarters = quarter_turns([text for layer in layers for text in layer.texts])
    for layer in layers:
        for text in layer.texts:
            letters += characters_of(text, box, quarters)
    shapes = [shape for layer in layers for shape in layer.shapes]
    ruled = grids(strokes_of(shapes, box, quarters))
    with_tables = as_tables(list(fragments(letters, ruled)), ruled)
    if len(layers) == 1:
        return with_tables
    # What a template says comes first in the file, and may stand anywhere on the page.
    return sorted(with_tables, key=lambda f: (-f.top, f.left))


def numbers(text: str, count: int) -> tuple[float, ...]:
    """So many numbers between blanks; none if there are fewer, or one is none.

    >>> numbers("0 0 210 297", 4), numbers("0 a", 2)
    ((0.0, 0.0, 210.0, 297.0), ())
    """
    try:
        values = tuple(float(part) for part in text.split()[:count])
    except ValueError:
        return ()
    fine = len(values) == count and all(abs(number) < 1e6 for number in values)
    return values if fine else ()


class _Content:
    """Collects texts and paths while expat reports the elements of a page."""

    def __init__(self) -> None:
        self.page = Page()
        self._inside: list[str] = []
        self._object: dict[str, str] = {}
        self._code: dict[str, str] = {}
        self._run: list[str] = []
        self._count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        self._inside.append(local)
        if local == "Template":
            self.page.templates.append(attributes.get("TemplateID", ""))
        elif local in ("TextObject", "PathObject"):
            self._object = attributes
        elif local == "TextCode":
            # One that does not say where it starts goes on where the one before did.
            self._code = {**{k: self._code[k] for k in ("X", "Y") if k in self._code}, **attributes}
        self._run = []

    def end(self, _: str) -> None:
        local = self._inside.pop()
        text = "".join(self._run)
        self._run = []
        if local == "PhysicalBox":
            self.page.box = numbers(text, 4) or self.page.box
        elif local == "TextObject":
            self._code = {}
        elif local in ("TextCode", "AbbreviatedData") and self._object.get("Visible") != "false":
            self._count += 1
            if self._count > _MOST_OBJECTS:
                raise ReadError(f"has a page of more than {_MOST_OBJECTS:,} objects; split it")
            if local == "TextCode":
                self.page.texts.append(_text(self._object, self._code, text))
            else:
                self.page.shapes.append(_shape(self._object, text))

    def text(self, data: str) -> None:
        if self._inside and self._inside[-1] in ("TextCode", "AbbreviatedData", "PhysicalBox"):
            self._run.append(data)


def _matrix(attrs: dict[str, str]) -> Matrix:
    """From the places within an object to those on the page (GB/T 33190, 8.5)."""
    left, top = numbers(attrs.get("Boundary", ""), 2) or (0.0, 0.0)
    a, b, c, d, e, f = numbers(attrs.get("CTM", ""), 6) or (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    return a, b, c, d, e + left, f + top


def _text(attrs: dict[str, str], code: dict[str, str], text: str) -> Text:
    (size,) = numbers(attrs.get("Size", ""), 1) or (3.5,)
    (wide,) = numbers(attrs.get("HScale", ""), 1) or (1.0,)
    (x,) = numbers(code.get("X", ""), 1) or (0.0,)
    (y,) = numbers(code.get("Y", ""), 1) or (0.0,)
    return Text(
        text, x, y, size, wide, _matrix(attrs), code.get("DeltaX", ""), code.get("DeltaY", "")
    )


def _shape(attrs: dict[str, str], data: str) -> Shape:
    stroked = attrs.get("Stroke", "true") != "false"
    return Shape(data, _matrix(attrs), stroked, stroked or attrs.get("Fill") == "true")
