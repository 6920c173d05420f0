"""A PPTX in, its text out: each slide as a page, its title first, tables row by row.

After what a slide shows come the words of its diagrams (SmartArt) and the notes of its speaker.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator

from kg.base.errors import ReadError
from kg.read.office.body import Body
from kg.read.office.package import fields, main_part, open_package, relations, stream_elements
from kg.read.parts import Parts, author_as_publisher, made_day, printed_title

MEDIA = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_MOST_SLIDES = 5000
_DRAWING = "drawingml/"
# Placeholders that say the same on every slide: its number, a date, a foot and a head.
_AROUND = frozenset({"sldNum", "dt", "ftr", "hdr"})
_TITLES = frozenset({"title", "ctrTitle"})
_SHAPES = frozenset({"sp", "graphicFrame", "cxnSp"})
_CHARACTERS = {"br": "\n", "tab": "\t"}


def read_pptx(data: bytes) -> Parts:
    """Read a PPTX: all slides that are not hidden.

    Raises:
        ReadError: If it is damaged, encrypted, larger than its limits, or has a DTD.
    """
    with open_package(data, "a pptx", "PowerPoint or WPS") as archive:
        main = main_part(archive, "ppt/presentation.xml")
        pages, hidden = [], 0
        for slide in _slides(archive, main):
            page = _page(archive, slide)
            hidden += page is None
            pages += [] if page is None else [page]
        core = fields(archive, "docProps/core.xml")
        company = fields(archive, "docProps/app.xml").get("Company", "")
    return Parts(
        tuple(pages) or ("",),
        MEDIA,
        title=printed_title(core.get("title", "")),
        publisher=author_as_publisher(company) or author_as_publisher(core.get("creator", "")),
        published=made_day(core.get("created", ""), core.get("modified", "")),
        notes=(f"hidden slides are left out: {hidden}",) if hidden else (),
    )


def _slides(archive: zipfile.ZipFile, main: str) -> list[str]:
    """The parts of the slides, in the order in which they are shown."""
    targets = relations(archive, main)
    parts = set(archive.namelist())
    slides: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(" ")[2] != "sldId":
            return
        number = next((v for k, v in attributes.items() if k.endswith(" id")), "")
        kind, target = targets.get(number, ("", ""))
        if kind.endswith("/slide") and target in parts and target not in slides:
            slides.append(target)
        if len(slides) > _MOST_SLIDES:
            raise ReadError(f"has more than {_MOST_SLIDES} slides; split it")

    stream_elements(archive, main, start)
    return slides


def _page(archive: zipfile.ZipFile, part: str) -> str | None:
    """What a slide says; None of one that is hidden."""
    slide = _Slide()
    stream_elements(archive, part, slide.start, slide.end, slide.text)
    if slide.hidden:
        return None
    lines = [*slide.title, *slide.lines]
    for texts in _beside(archive, part):
        lines += texts
    return "\n".join(lines)


def _beside(archive: zipfile.ZipFile, part: str) -> Iterator[list[str]]:
    """The lines of the diagrams of a slide, and of its notes."""
    kinds: dict[str, list[str]] = {"diagramData": [], "notesSlide": []}
    for kind, target in relations(archive, part).values():
        name = kind.rpartition("/")[2]
        if name in kinds and target in archive.namelist():
            kinds[name].append(target)
    for target in kinds["diagramData"]:
        diagram = _Slide(shapes=False)
        stream_elements(archive, target, diagram.start, diagram.end, diagram.text)
        yield diagram.lines
    for target in kinds["notesSlide"]:
        notes = _Slide()
        stream_elements(archive, target, notes.start, notes.end, notes.text)
        yield notes.lines


class _Slide:
    """Collects the lines of the shapes of a slide while expat reports its elements.

    ``shapes`` says whether texts lie in shapes, whose kind tells whether they count.
    """

    def __init__(self, *, shapes: bool = True) -> None:
        self.title: list[str] = []
        self.lines: list[str] = []
        self.hidden = False
        self._shapes = shapes
        self._body = Body()
        self._kind = ""
        self._unseen = 0
        self._in_text = False
        self._span, self._covered = 1, False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        if self._unseen or local == "Fallback":
            self._unseen += 1
        elif local == "sld":
            self.hidden = attributes.get("show", "1") in ("0", "false")
        elif local in _SHAPES and _DRAWING not in space:
            self._kind, self._body = "", Body()
        elif local == "ph":
            self._kind = attributes.get("type", "")
        elif _DRAWING in space:
            self._start(local, attributes)

    def _start(self, local: str, attributes: dict[str, str]) -> None:
        if local == "t":
            self._in_text = True
        elif local == "p":
            self._body.count()
        elif local in _CHARACTERS:
            self._body.text(_CHARACTERS[local])
        elif local == "tr":
            self._body.start_row()
        elif local == "tc":
            self._covered = "1" in (attributes.get("hMerge"), attributes.get("vMerge"))
            self._body.start_cell()

    def end(self, name: str) -> None:
        space, _, local = name.rpartition(" ")
        if self._unseen:
            self._unseen -= 1
        elif local in _SHAPES and _DRAWING not in space:
            self._end_shape()
        elif _DRAWING in space and local == "t":
            self._in_text = False
        elif _DRAWING in space and local == "p":
            self._body.end_paragraph()
            if not self._shapes:
                self._end_shape()
        elif _DRAWING in space and local == "tc":
            self._body.end_cell()
            self._covered = False
        elif _DRAWING in space and local == "tr":
            self._body.end_row()

    def text(self, data: str) -> None:
        if self._in_text and not self._unseen and not self._covered:
            self._body.text(data)

    def _end_shape(self) -> None:
        texts = [line for line in self._body.whole() if line.strip()]
        if self._kind not in _AROUND:
            lines = self.title if self._kind in _TITLES else self.lines
            lines += texts
        self._kind, self._body = "", Body()
