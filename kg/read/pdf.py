"""A PDF with a text layer in, its text by page out, in reading order.

Characters are taken one by one with their boxes, not as pdfium's own lines: those run
across the gap between two columns of a newspaper page.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kg.errors import ReadError
from kg.read.layout import Fragment, text_of_page
from kg.read.parts import Parts, author_as_publisher, iso_date, printed_title

if TYPE_CHECKING:
    import pypdfium2

MEDIA = "application/pdf"
Character = tuple[str, float, float, float, float]  # left, right, bottom and top in points
_PASSWORD = 4  # FPDF_ERR_PASSWORD of fpdfview.h
_MOST_PAGES = 5000
# Gap between two characters, in widths of one, from which on they are two fragments:
# justified lines stretch to 0.5, gutters of newspapers begin at 1.
_APART = 0.9


def read_pdf(data: bytes) -> Parts:
    """Read a PDF.

    Raises:
        ReadError: If it is encrypted, damaged, or has no text layer.
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
        pages = tuple(_page(document, number) for number in range(len(document)))
        declared = document.get_metadata_dict(skip_empty=True)
    finally:
        document.close()
    if not any(page.strip() for page in pages):
        raise ReadError("holds no text (a scan? run OCR first, e.g. with ocrmypdf)")
    return Parts(
        pages,
        MEDIA,
        title=printed_title(declared.get("Title", "")),
        publisher=author_as_publisher(declared.get("Author", "")),
        published=iso_date(declared.get("CreationDate", "")),
    )


def _page(document: pypdfium2.PdfDocument, number: int) -> str:
    import pypdfium2

    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return ""  # one damaged page of many
    text = page.get_textpage()
    try:
        fragments = list(_fragments(text.raw))
    finally:
        text.close()
        page.close()
    return _without_number(text_of_page(fragments), number + 1)


def _fragments(text: Any) -> Iterator[Fragment]:
    """The runs of characters that stand side by side, in the order of the file."""
    run: list[Character] = []
    for char in _characters(text):
        if run and not _follows(run[-1], char):
            yield from _joined(run)
            run = []
        if char[0] in "\r\n":
            yield from _joined(run)
            run = []
        else:
            run.append(char)
    yield from _joined(run)


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


def _follows(last: Character, char: Character) -> bool:
    if char[0] in " \r\n" and char[2] <= char[1]:  # made up by pdfium, without a box
        return True
    height = max(min(last[4] - last[3], char[4] - char[3]), 0.1)
    overlap = min(last[4], char[4]) - max(last[3], char[3])
    gap = char[1] - last[2]
    return overlap > 0.5 * height and -height < gap < _APART * height


def _joined(run: list[Character]) -> Iterator[Fragment]:
    seen = [char for char in run if not char[0].isspace()]
    if not seen:
        return
    # Characters beyond the BMP come as two halves.
    text = "".join(char[0] for char in run).encode("utf-16", "surrogatepass")
    sizes = sorted(char[4] - char[3] for char in seen)
    yield Fragment(
        text.decode("utf-16", "replace").rstrip(),
        min(char[1] for char in seen),
        max(char[2] for char in seen),
        min(char[3] for char in seen),
        max(char[4] for char in seen),
        max(sizes[len(sizes) // 2], 0.1),
    )


_NUMBER = re.compile(
    r"[—–―\-·•\s]*(?:第\s*)?(\d{1,4})(?:\s*页)?(?:\s*[/／共]\s*\d{1,4}\s*页?)?[—–―\-·•\s]*"
)


def _without_number(text: str, number: int) -> str:
    """Drop the page's number from its foot or head: it would stand within a sentence."""
    lines = text.split("\n")
    for at in (-1, 0):
        found = _NUMBER.fullmatch(lines[at]) if lines else None
        if found and int(found[1]) == number:
            del lines[at]
    return "\n".join(lines).strip("\n")
