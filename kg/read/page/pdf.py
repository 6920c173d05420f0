"""A PDF with a text layer in, its text by page out, in reading order.

Characters are taken one by one with their boxes, not as pdfium's own lines: those run
across the gap between two columns of a newspaper page. Lines that are drawn on the page rule out
its tables (``kg.read.page.ruled``); a page whose text stands on its side is turned first.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from kg.base.errors import ReadError
from kg.read.page.reading_order import Fragment
from kg.read.page.ruled import grids
from kg.read.page.runs import Character, fragments, texts_of
from kg.read.page.strokes import strokes_of
from kg.read.page.tabled import as_tables
from kg.read.parts import Parts, author_as_publisher, iso_date, printed_title

if TYPE_CHECKING:
    import pypdfium2

MEDIA = "application/pdf"
_PASSWORD = 4  # FPDF_ERR_PASSWORD of fpdfview.h
_MOST_PAGES = 5000
# How a page is turned, by the quarters of a turn against the clock that its text is turned by.
_TURNS = {1: (0, -1, 1, 0), 2: (-1, 0, 0, -1), 3: (0, 1, -1, 0)}
_LOOKED_AT = 500  # objects of a page, to tell how its text is turned, and whether it is a scan
# Characters of a page that may be those of a scanning program, and shares of a page that a
# picture then takes at least, and where there is no character.
_LITTLE, _MOSTLY, _HARDLY = 40, 0.5, 0.02
_SCANS = "pages without text, maybe scans: {}; kg ocr writes their text beside the file"


def read_pdf(data: bytes) -> Parts:
    """Read a PDF.

    Raises:
        ReadError: If it is encrypted, damaged, or has no text layer.
    """
    with open_pdf(data) as document:
        numbers = range(len(document))
        pages = tuple(texts_of(fragments_of(document, number) for number in numbers))
        declared = document.get_metadata_dict(skip_empty=True)
        scans = [n + 1 for n in numbers if is_scan(document, n, pages[n])]
    if not any(page.strip() for page in pages):
        raise ReadError(
            "holds no text (a scan? kg ocr writes its text beside it, which kg build then reads)"
        )
    return Parts(
        pages,
        MEDIA,
        title=printed_title(declared.get("Title", "")),
        publisher=author_as_publisher(declared.get("Author", "")),
        published=iso_date(declared.get("CreationDate", "")),
        notes=(_SCANS.format(", ".join(map(str, scans[:10]))),) if scans else (),
    )


@contextmanager
def open_pdf(data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """A PDF, to be looked at page by page.

    Raises:
        ReadError: If it is encrypted, damaged, or has too many pages.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD or "password" in str(error).lower():
            raise ReadError("is encrypted; save it without a password") from error
        raise ReadError("is a pdf that is cut off or damaged; get it again") from error
    try:
        if len(document) > _MOST_PAGES:
            raise ReadError(f"has more than {_MOST_PAGES} pages; split it")
        yield document
    finally:
        document.close()


def is_scan(document: pypdfium2.PdfDocument, number: int, text: str) -> bool:
    """Whether a page is a picture: without text, or with no more than a scanner's name or a number.

    Args:
        document: The PDF.
        number: The page.
        text: What is known to stand on it.
    """
    size = len("".join(text.split()))
    return size < _LITTLE and _pictured(document, number) >= (_MOSTLY if size else _HARDLY)


def _pictured(document: pypdfium2.PdfDocument, number: int) -> float:
    """The share of a page that its largest picture takes, or a form that may hold one."""
    import pypdfium2
    from pypdfium2 import raw

    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return 0.0  # one damaged page of many
    try:
        wide, high = page.get_size()
        shares = [0.0]
        edges = [ctypes.c_float() for _ in range(4)]
        for index in range(min(raw.FPDFPage_CountObjects(page.raw), _LOOKED_AT)):
            thing = raw.FPDFPage_GetObject(page.raw, index)
            if raw.FPDFPageObj_GetType(thing) in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM):
                raw.FPDFPageObj_GetBounds(thing, *map(ctypes.byref, edges))
                left, bottom, right, top = (edge.value for edge in edges)
                shares.append((right - left) * (top - bottom) / max(wide * high, 1.0))
        return max(shares)
    finally:
        page.close()


def fragments_of(document: pypdfium2.PdfDocument, number: int) -> list[Fragment]:
    """What stands on a page, with its tables."""
    import pypdfium2

    try:
        page = _upright(document, number)
    except pypdfium2.PdfiumError:
        return []  # one damaged page of many
    text = page.get_textpage()
    try:
        ruled = grids(strokes_of(page.raw))
        return as_tables(list(fragments(_characters(text.raw), ruled)), ruled)
    finally:
        text.close()
        page.close()


def _upright(document: pypdfium2.PdfDocument, number: int) -> pypdfium2.PdfPage:
    """A page, turned if most of its text does not stand upright."""
    from pypdfium2 import raw

    page = document[number]
    quarters = _quarters(page.raw)
    if quarters not in _TURNS:
        return page
    size = max(page.get_size())
    x, y = {1: (0, size), 2: (size, size), 3: (size, 0)}[quarters]
    raw.FPDFPage_TransFormWithClip(page.raw, raw.FS_MATRIX(*_TURNS[quarters], x, y), None)
    page.close()
    return document[number]  # what is on it is read anew


def _quarters(page: Any) -> int:
    """The quarters of a turn that most texts of a page are turned by, against the clock.

    Asked of its objects: of characters pdfium keeps none that has no width, which are all that
    stand on their side in a font that the file does not hold.
    """
    from pypdfium2 import raw

    turns: Counter[int] = Counter()
    matrix = raw.FS_MATRIX()
    count = raw.FPDFPage_CountObjects(page)
    for index in range(0, count, count // _LOOKED_AT + 1):
        thing = raw.FPDFPage_GetObject(page, index)
        if raw.FPDFPageObj_GetType(thing) == raw.FPDF_PAGEOBJ_TEXT:
            raw.FPDFPageObj_GetMatrix(thing, ctypes.byref(matrix))
            turns[round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4] += 1
    return max(sorted(turns), key=lambda turn: turns[turn], default=0)


def _characters(text: Any) -> Iterator[Character]:
    """Each character of a page with its box."""
    from pypdfium2 import raw

    box = raw.FS_RECTF()
    for index in range(raw.FPDFText_CountChars(text)):
        code = raw.FPDFText_GetUnicode(text, index)
        if code in (0, 2, 0xFFFE):  # unmapped, or a hyphen that pdfium makes up
            continue
        raw.FPDFText_GetLooseCharBox(text, index, ctypes.byref(box))
        yield chr(code), box.left, box.right, box.bottom, box.top
