"""Texts, slides and books in the formats of office programs, made by hand."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence

from tests.testing.files.workbooks import TABLE, compound, packed

_NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "presentation": "urn:oasis:names:tc:opendocument:xmlns:presentation:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "table": TABLE,
}
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_SLIDES = "http://schemas.openxmlformats.org/presentationml/2006/main"
_LINKED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACES = (
    f'xmlns:p="{_SLIDES}" xmlns:a="{_DRAWING}" xmlns:r="{_LINKED}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
)


Parts = Mapping[str, str | bytes]


def parts_of(package: bytes) -> dict[str, str | bytes]:
    """The parts of a package by their names."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def open_document(
    body: str, kind: str = "text", styles: str = "", more: Parts | None = None
) -> bytes:
    """A package of OpenDocument: its body (``text`` or ``presentation``) and more of its parts."""
    names = " ".join(f'xmlns:{name}="{space}"' for name, space in _NAMES.items())
    whole = (
        f"<office:document-content {names}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:{kind}>{body}</office:{kind}>"
        "</office:body></office:document-content>"
    )
    mime = f"application/vnd.oasis.opendocument.{kind}"
    return packed({"mimetype": mime, "content.xml": whole, **(more or {})})


def rows_of(rows: Sequence[Sequence[str]]) -> str:
    """A table of OpenDocument."""
    cells = (
        "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row)
        for row in rows
    )
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
    return f"<table:table>{body}</table:table>"


def shape(*paragraphs: str, kind: str = "") -> str:
    """A shape of a slide, maybe a placeholder of a kind."""
    holder = f'<p:nvSpPr><p:nvPr><p:ph type="{kind}"/></p:nvPr></p:nvSpPr>' if kind else ""
    body = "".join(f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p>" for text in paragraphs)
    return f"<p:sp>{holder}<p:txBody>{body}</p:txBody></p:sp>"


def grid(rows: Sequence[Sequence[str]]) -> str:
    """A table of a slide; ``^`` and ``<`` stand for what a cell above or before it covers."""
    marks = {"^": ' vMerge="1"', "<": ' hMerge="1"'}
    cells = (
        "".join(
            f"<a:tc{marks.get(cell, '')}><a:txBody><a:p><a:r><a:t>{'' if cell in marks else cell}"
            "</a:t></a:r></a:p></a:txBody></a:tc>"
            for cell in row
        )
        for row in rows
    )
    body = "".join(f"<a:tr>{row}</a:tr>" for row in cells).replace("<a:t><</a:t>", "<a:t/>")
    return f"<p:graphicFrame><a:graphic><a:tbl>{body}</a:tbl></a:graphic></p:graphicFrame>"


def pptx(*slides: str, more: Parts | None = None) -> bytes:
    """A presentation: what stands on each slide, and more of its parts.

    A slide that begins with ``hidden:`` is not shown.
    """
    ids = "".join(f'<p:sldId id="{n}" r:id="r{n}"/>' for n in range(1, len(slides) + 1))
    links = "".join(
        f'<Relationship Id="r{n}" Type="{_LINKED}/slide" Target="slides/slide{n}.xml"/>'
        for n in range(1, len(slides) + 1)
    )
    held: dict[str, str | bytes] = {
        "ppt/presentation.xml": f"<p:presentation {_SPACES}><p:sldIdLst>{ids}</p:sldIdLst>"
        "</p:presentation>",
        "ppt/_rels/presentation.xml.rels": f"<Relationships>{links}</Relationships>",
    }
    for number, slide in enumerate(slides, 1):
        shown = ' show="0"' if slide.startswith("hidden:") else ""
        body = slide.removeprefix("hidden:")
        held[f"ppt/slides/slide{number}.xml"] = (
            f"<p:sld {_SPACES}{shown}><p:cSld><p:spTree>{body}</p:spTree></p:cSld></p:sld>"
        )
    return packed({**held, **(more or {})})


def beside(content: str) -> str:
    """A part that hangs on a slide."""
    return f"<x {_SPACES}>{content}</x>"


def epub(*chapters: str, head: str = "", spine: str = "", more: Parts | None = None) -> bytes:
    """An e-book of chapters, each the body of a page."""
    items = "".join(
        f'<item id="c{n}" href="text/%E7%AB%A0{n}.xhtml" media-type="application/xhtml+xml"/>'
        for n in range(1, len(chapters) + 1)
    )
    order = spine or "".join(f'<itemref idref="c{n}"/>' for n in range(1, len(chapters) + 1))
    held: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": "<container><rootfiles><rootfile full-path='OPS/book.opf'/>"
        "</rootfiles></container>",
        "OPS/book.opf": f'<package xmlns:dc="d"><metadata>{head}</metadata><manifest>'
        f'{items}<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" '
        f'properties="nav"/></manifest><spine><itemref idref="nav"/>{order}</spine></package>',
        "OPS/nav.xhtml": "<html><body><a href='a'>目录</a></body></html>",
    }
    for number, chapter in enumerate(chapters, 1):
        page = "<?xml version='1.0' encoding='utf-8'?><!DOCTYPE html><html "
        page += f"xmlns='http://www.w3.org/1999/xhtml'><body>{chapter}</body></html>"
        held[f"OPS/text/章{number}.xhtml"] = page
    return packed({**held, **(more or {})})


def rtf(body: str, info: str = "") -> bytes:
    r"""A rich text in Unicode, as WPS writes it.

    >>> rtf("甲\n乙")[-33:]
    b"\\u30002\\'3f\\par \\u20057\\'3f\\par }"
    """
    text = "".join(
        f"\\u{ord(c)}\\'3f" if ord(c) > 126 else "\\par " if c == "\n" else c for c in body
    )
    head = "{\\rtf1\\ansi\\ansicpg936\\uc1{\\fonttbl{\\f0 SimSun;}}"
    return f"{head}{info}\\f0 {text}\\par }}".encode("ascii")


def record(kind: int, body: bytes, instance: int = 0, *, whole: bool = False) -> bytes:
    """A record of a PPT (MS-PPT, 2.3.1)."""
    return struct.pack("<HHI", instance << 4 | (15 if whole else 0), kind, len(body)) + body


def box(text: str, kind: int = 0, place: tuple[int, int] | None = None) -> bytes:
    """A shape of a PPT: its text, its kind of placeholder, and where it lies in a group."""
    said = record(0xF00D, record(4000, text.replace("\n", "\r").encode("utf-16-le")))
    holder = record(3011, struct.pack("<iBBH", 0, kind, 0, 0))
    data = record(0xF011, holder, whole=True) if kind else b""
    left, top = place or (0, 0)
    anchor = record(0xF00F, struct.pack("<iiii", left, top, left + 90, top + 40)) if place else b""
    return record(0xF004, anchor + data + said, whole=True)


def grid_of_boxes(rows: Sequence[Sequence[str]]) -> bytes:
    """A table of a PPT: a group of shapes, in any order."""
    own = record(0xF004, record(0xF122, struct.pack("<HI", 0x3A0, 0), 1), whole=True)
    cells = [
        box(text, 0, (100 * column, 50 * row))
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    ]
    return record(0xF003, own + b"".join(reversed(cells)), whole=True)


def ppt(*slides: bytes, outline: Sequence[str] = (), hidden: Sequence[int] = ()) -> bytes:
    """A presentation of PowerPoint 97: the shapes of each slide, and the texts of its outline."""
    texts = b"".join(record(3999, bytes(4)) + record(4008, t.encode("latin-1")) for t in outline)
    listed = b"".join(
        record(1011, struct.pack("<IIIII", number, 0, 0, number, 0)) + texts
        for number in range(2, len(slides) + 2)
    )
    parts = [record(1000, record(4080, listed, whole=True), whole=True)]
    for number, shapes in enumerate(slides):
        shown = record(1017, bytes(10) + bytes([4 if number in hidden else 0]) + bytes(5))
        about = record(1007, bytes(24))
        drawing = record(1036, record(0xF002, shapes, whole=True), whole=True)
        parts.append(record(1006, about + shown + drawing, whole=True))
    places = [sum(map(len, parts[:n])) for n in range(len(parts))]
    at = sum(map(len, parts))
    directory = struct.pack(f"<{1 + len(places)}I", len(places) << 20 | 1, *places)
    parts.append(record(6002, directory))
    edit = record(4085, struct.pack("<IIIII", 0, 0, 0, at, 1))
    user = record(4086, struct.pack("<III", 20, 0xE391C05F, at + len(parts[-1])))
    return compound({"Current User": user, "PowerPoint Document": b"".join(parts) + edit})
