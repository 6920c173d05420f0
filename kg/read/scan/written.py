"""The pages of a scan in, a text beside it out, and what is made of that text by a build.

``kg ocr`` writes it, whoever likes corrects it, ``kg build`` reads it. The file is plain text. Its
head says which scan it is of and which lines are unsure; a line before each page says which page
it is and how sure it is:

    kg ocr 1
    of: 通知.pdf
    sha256: 8d1c…
    by: rapidocr 3.10.0
    unsure: page 2, 0.61: 联系人：张…

    --- page 1, confidence 0.98 ---
    关于印发方案的通知
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.base.errors import ReadError
from kg.read.parts import Parts
from kg.read.text.encoding import decode

SUFFIX = ".ocr.txt"
MAGIC = b"kg ocr "
_VERSION = "kg ocr 1"
_FIELD = re.compile(r"(of|sha256|by|unsure): ?(.*)")
_PAGE = re.compile(r"--- page (\d{1,6})(?:, confidence (\d\.\d+)|(, not read))? ---")
_LOW = 0.9  # a page below this confidence is told of


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of a scan: its number, its text, and how sure it is; None of one that had text.

    ``lacks`` says that it could not be read.
    """

    number: int
    text: str
    confidence: float | None = None
    unsure: tuple[tuple[float, str], ...] = ()
    lacks: bool = False


def written(name: str, digest: str, by: str, sheets: Sequence[Sheet]) -> str:
    r"""The file of a scan.

    Args:
        name: The file name of the scan.
        digest: The SHA-256 of its bytes.
        by: What recognised it.
        sheets: Its pages.

    >>> written("a.png", "8d1c", "rapidocr", [Sheet(1, "通知", 0.984)]).split("\n")[5:7]
    ['--- page 1, confidence 0.98 ---', '通知']
    """
    head = [_VERSION, f"of: {' '.join(name.split())}", f"sha256: {digest}", f"by: {by}"]
    body = []
    for sheet in sheets:
        sure = "" if sheet.confidence is None else f", confidence {sheet.confidence:.2f}"
        sure = ", not read" if sheet.lacks else sure
        head += (f"unsure: page {sheet.number}, {s:.2f}: {text}" for s, text in sheet.unsure)
        body += [f"--- page {sheet.number}{sure} ---", *sheet.text.split("\n"), ""]
    return "\n".join([*head, "", *body])


def digest_of(data: bytes) -> str:
    r"""The SHA-256 of the scan that a file says it is of; ``""`` if it does not say.

    >>> digest_of(b"kg ocr 1\nof: a.png\nsha256: 8d1c\n")
    '8d1c'
    """
    match = re.match(rb"(?:\xef\xbb\xbf)?kg ocr [^\n]*\n(?:[^\n]+\n)*?sha256: ?([0-9a-f]+)", data)
    return match[1].decode() if match else ""


def sha256(data: bytes) -> str:
    """The SHA-256 of bytes."""
    return hashlib.sha256(data).hexdigest()


def read_ocr(data: bytes) -> Parts:
    """Read the text of a scan.

    Raises:
        ReadError: If it is of another version of kg, or holds no page.
    """
    text, encoding = decode(data, "")
    lines = text.replace("\r\n", "\n").removeprefix("\ufeff").split("\n")
    if lines[0].strip() != _VERSION:
        raise ReadError(f"is a text of kg ocr of another version ({lines[0][:40]}); make it anew")
    pages: list[list[str]] = []
    notes: list[str] = []
    by = ""
    low: list[str] = []
    lacking: list[str] = []
    for line in lines[1:]:
        if match := _PAGE.fullmatch(line.strip()):
            pages.append([])
            if match[2] and float(match[2]) < _LOW:
                low.append(f"{match[1]} ({match[2]})")
            lacking += [match[1]] * bool(match[3])
        elif pages:
            pages[-1].append(line)
        elif (field := _FIELD.fullmatch(line.strip())) and field[1] == "by":
            by = field[2]
    if not pages:
        raise ReadError("is a text of kg ocr without a page; make it anew")
    notes.append(f"its text was recognised by {by or 'kg ocr'}: names and figures may be wrong")
    if low:
        notes.append(f"pages that were recognised badly: {', '.join(low[:10])}; compare them")
    if lacking:
        notes.append(f"pages that could not be read: {', '.join(lacking[:10])}; run kg ocr again")
    return Parts(
        tuple("\n".join(page).strip("\n") for page in pages),
        "text/plain",
        encoding,
        notes=tuple(notes),
    )
