"""A PPT (PowerPoint 97 and later, dps of WPS) in, its text out: each slide as a page.

The stream of a presentation is a tree of records (MS-PPT, 2.1), with old versions of what was
changed among them; a directory tells which are those that count.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.base.errors import ReadError
from kg.read.office import declared, ole
from kg.read.office.cells import lines_of
from kg.read.parts import Parts

MEDIA = "application/vnd.ms-powerpoint"
_ENCRYPTED = 0xF3D1C4DF  # what the stream Current User begins with, else 0xE391C05F
_MOST_EDITS, _MOST_SLIDES, _DEEPEST = 10_000, 5000, 40
# Types of records (MS-PPT, 2.13.24; MS-ODRAW, 2.1).
_ABOUT, _SHOW, _SLIDE_REF, _LIST, _EDIT = 1007, 1017, 1011, 4080, 4085
_CHARS, _BYTES, _HEADER, _OUTLINE_REF, _PLACEHOLDER = 4000, 4008, 3999, 3998, 3011
_GROUP, _SHAPE, _CHILD_ANCHOR, _TEXTBOX = 0xF003, 0xF004, 0xF00F, 0xF00D
_OPTIONS = (0xF00B, 0xF121, 0xF122)
_ROWS = 0x3A0  # the property of a group that is a table: how high its rows are
_TITLES, _AROUND = frozenset({0x0D, 0x0F}), frozenset({0x07, 0x08, 0x09, 0x0A})
_NEAR = 20  # units (1/576 inch) between edges of cells that are one
_BREAKS = {0x0B: "\n", 0x0D: "\n"}


@dataclass(frozen=True, slots=True)
class _Record:
    kind: int
    instance: int
    whole: bool  # whether it holds records
    body: bytes


@dataclass
class _Page:
    """What is found on a slide."""

    title: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    hidden: bool = False


def read_ppt(data: bytes) -> Parts:
    """Read a PPT: all slides that are not hidden, with the notes of their speaker.

    Raises:
        ReadError: If it is encrypted, damaged, or larger than its limits.
    """
    stream, user = ole.stream(data, "PowerPoint Document"), ole.stream(data, "Current User")
    try:
        if len(user) >= 16 and struct.unpack_from("<I", user, 12)[0] == _ENCRYPTED:
            raise ReadError("is encrypted; save it without a password")
        pages = list(_pages(stream, _places(stream, user)))
    except (struct.error, IndexError) as error:
        raise ReadError(
            "is a ppt that is cut off, damaged or older than PowerPoint 97; save it as pptx"
        ) from error
    properties = declared.of_ole(data)
    hidden = sum(page.hidden for page in pages)
    return Parts(
        tuple("\n".join(p.title + p.lines) for p in pages if not p.hidden) or ("",),
        MEDIA,
        title=properties.title,
        publisher=properties.publisher,
        published=properties.created,
        notes=(f"hidden slides are left out: {hidden}",) if hidden else (),
    )


def _records(data: bytes) -> Iterator[_Record]:
    """The records that lie one after the other; what is cut off is none."""
    at = 0
    while at + 8 <= len(data):
        head, kind, size = struct.unpack_from("<HHI", data, at)
        if at + 8 + size > len(data):
            return
        yield _Record(kind, head >> 4, head & 15 == 15, data[at + 8 : at + 8 + size])
        at += 8 + size


def _record(stream: bytes, at: int) -> _Record:
    head, kind, size = struct.unpack_from("<HHI", stream, at)
    return _Record(kind, head >> 4, head & 15 == 15, stream[at + 8 : at + 8 + size])


def _places(stream: bytes, user: bytes) -> tuple[int, dict[int, int]]:
    """The number of the document, and where what has a number lies, in its last version."""
    (edit,) = struct.unpack_from("<I", user, 16)
    places: dict[int, int] = {}
    document, seen = 0, set[int]()
    while edit and edit not in seen and len(seen) < _MOST_EDITS:
        seen.add(edit)
        record = _record(stream, edit)
        if record.kind != _EDIT:
            raise IndexError(edit)
        before, directory, first = struct.unpack_from("<III", record.body, 8)
        document = document or first
        entries = _record(stream, directory).body
        at = 0
        while at + 4 <= len(entries):
            (code,) = struct.unpack_from("<I", entries, at)
            number, count = code & 0xFFFFF, code >> 20
            for offset, place in enumerate(struct.unpack_from(f"<{count}I", entries, at + 4)):
                places.setdefault(number + offset, place)
            at += 4 + 4 * count
        edit = before
    return document, places


def _pages(stream: bytes, known: tuple[int, dict[int, int]]) -> Iterator[_Page]:
    document, places = known
    whole = _record(stream, places.get(document, len(stream)))
    lists = {r.instance: r.body for r in _records(whole.body) if r.kind == _LIST}
    notes = {number: place for place, number, _ in _listed(lists.get(2, b""), places)}
    for count, (place, _, texts) in enumerate(_listed(lists.get(0, b""), places)):
        if count >= _MOST_SLIDES:
            raise ReadError(f"has more than {_MOST_SLIDES} slides; split it")
        page = _Page()
        slide = _record(stream, place)
        _read(slide.body, page, texts, 0)
        noted = _note_of(slide, notes)
        if noted is not None:
            beside = _Page()
            _read(_record(stream, noted).body, beside, [], 0)
            page.lines += beside.lines
        yield page


def _listed(body: bytes, places: dict[int, int]) -> Iterator[tuple[int, int, list[str]]]:
    """Of each slide of a list where it lies, its number, and the texts that stand in the list."""
    slide: tuple[int, int, list[str]] | None = None
    for record in _records(body):
        if record.kind == _SLIDE_REF:
            if slide:
                yield slide
            reference, _, _, number = struct.unpack_from("<IIII", record.body)
            slide = (places[reference], number, []) if reference in places else None
        elif slide and record.kind == _HEADER:
            slide[2].append("")
        elif slide and record.kind in (_CHARS, _BYTES) and slide[2]:
            slide[2][-1] += _text(record)
    if slide:
        yield slide


def _note_of(slide: _Record, notes: dict[int, int]) -> int | None:
    """Where the notes of a slide lie: its first record has their number."""
    for record in _records(slide.body):
        if record.kind == _ABOUT and len(record.body) >= 20:
            return notes.get(struct.unpack_from("<I", record.body, 16)[0])
    return None


def _text(record: _Record) -> str:
    if record.kind == _CHARS:
        return record.body.decode("utf-16-le", "ignore").translate(_BREAKS)
    return record.body.decode("latin-1").translate(_BREAKS)


def _read(body: bytes, page: _Page, texts: list[str], depth: int) -> None:
    """Put what the shapes below a record say onto a page."""
    if depth > _DEEPEST:
        return
    for record in _records(body):
        if record.kind == _SHOW and len(record.body) > 10:
            page.hidden = bool(record.body[10] & 4)
        elif record.kind == _SHAPE:
            kind, shape_lines = _shape(record, texts)
            if kind not in _AROUND:
                (page.title if kind in _TITLES else page.lines).extend(shape_lines)
        elif record.kind == _GROUP and (rows := _rows(record, texts)):
            page.lines += rows
        elif record.whole:
            _read(record.body, page, texts, depth + 1)


def _shape(shape: _Record, texts: list[str]) -> tuple[int, list[str]]:
    """What kind of placeholder a shape is, 0 of one that is none, and its lines."""
    kind, text = 0, ""
    waiting = [shape.body]
    while waiting:
        for record in _records(waiting.pop()):
            if record.kind == _PLACEHOLDER and len(record.body) > 4:
                kind = record.body[4]
            elif record.kind in (_CHARS, _BYTES):
                text += _text(record)
            elif record.kind == _OUTLINE_REF and len(record.body) >= 4:
                (number,) = struct.unpack_from("<i", record.body)
                text += texts[number] if 0 <= number < len(texts) else ""
            elif record.whole or record.kind == _TEXTBOX:
                waiting.append(record.body)
    # A star stands for the number of the slide, the date, the foot.
    return kind, [line.rstrip() for line in text.split("\n") if line.strip(" *")]


def _rows(group: _Record, texts: list[str]) -> list[str]:
    """The lines of a group that is a table; none of another group."""
    shapes = [record for record in _records(group.body) if record.kind == _SHAPE]
    if not shapes or not _is_table(shapes[0]):
        return []
    cells: list[tuple[int, int, str]] = []
    for shape in shapes[1:]:
        anchor = next((r for r in _records(shape.body) if r.kind == _CHILD_ANCHOR), None)
        if (
            anchor
            and len(anchor.body) >= 16
            and any(r.kind == _TEXTBOX for r in _records(shape.body))
        ):
            left, top, _, _ = struct.unpack_from("<iiii", anchor.body)
            cells.append((top, left, "\n".join(_shape(shape, texts)[1])))
    tops, lefts = _edges(top for top, _, _ in cells), _edges(left for _, left, _ in cells)
    table = [[""] * len(lefts) for _ in tops]
    for top, left, text in cells:
        table[_nearest(tops, top)][_nearest(lefts, left)] = text
    return [line for row in table if any(row) for line in lines_of(row)]


def _is_table(shape: _Record) -> bool:
    """Whether the properties of a group tell how high its rows are."""
    for record in _records(shape.body):
        if record.kind in _OPTIONS:
            options = record.body[: 6 * record.instance]
            numbers = (
                struct.unpack_from("<H", options, at)[0] for at in range(0, len(options) - 5, 6)
            )
            if any(number & 0x3FFF == _ROWS for number in numbers):
                return True
    return False


def _edges(places: Iterator[int]) -> list[int]:
    edges: list[int] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > _NEAR:
            edges.append(place)
    return edges


def _nearest(edges: list[int], place: int) -> int:
    return min(range(len(edges)), key=lambda n: abs(edges[n] - place))
