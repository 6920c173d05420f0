"""What a file of Word 97, PowerPoint 97 or RTF declares about itself: title, house and day.

Declarations lie beside the text: in two streams of properties (MS-OLEPS), or in the group
``info`` of an RTF. Whatever is damaged there declares nothing.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from kg.read.office import ole
from kg.read.parts import author_as_publisher, made_day, printed_title

_SUMMARY, _OF_DOCUMENT = "\x05SummaryInformation", "\x05DocumentSummaryInformation"
_CODE_PAGE, _TITLE, _AUTHOR, _CREATED, _COMPANY = 1, 2, 4, 12, 15
_SHORT, _TEXT, _WIDE_TEXT, _TIME = 2, 30, 31, 64  # types of values
_FIRST_DAY = datetime(1601, 1, 1, tzinfo=UTC)
_PAGES = {936: "gb18030", 950: "big5", 1200: "utf-16-le", 65001: "utf-8", 10008: "gb18030"}
_MOST = 1 << 20  # bytes of properties that are looked at
_INFO = re.compile(rb"\{\\info\b")
_PIECE = re.compile(rb"\\([a-z]+)(-?\d+)? ?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|([^\\{}]+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Declared:
    """Title, publisher and day (ISO 8601) as declared, ``""`` where there is none."""

    title: str = ""
    publisher: str = ""
    created: str = ""


def of_ole(data: bytes) -> Declared:
    """What a compound file declares.

    >>> of_ole(b"no compound file")
    Declared(title='', publisher='', created='')
    """
    about = _properties(ole.stream(data, _SUMMARY)[:_MOST])
    house = _properties(ole.stream(data, _OF_DOCUMENT)[:_MOST])
    return _declared(
        about.get(_TITLE, ""),
        house.get(_COMPANY, ""),
        about.get(_AUTHOR, ""),
        about.get(_CREATED, ""),
    )


def _declared(title: str, company: str, author: str, created: str) -> Declared:
    publisher = author_as_publisher(company) or author_as_publisher(author)
    return Declared(printed_title(title), publisher, made_day(created))


def _properties(stream: bytes) -> dict[int, str]:
    """The properties of the first set of a stream as texts, by their numbers."""
    properties: dict[int, str] = {}
    try:
        (start,) = struct.unpack_from("<I", stream, 44)
        (count,) = struct.unpack_from("<I", stream, start + 4)
        entries = struct.unpack_from(f"<{2 * min(count, 100)}I", stream, start + 8)
        places = dict(zip(entries[::2], entries[1::2], strict=True))
        encoding = "cp1252"
        if _CODE_PAGE in places:
            (page,) = struct.unpack_from("<H", stream, start + places[_CODE_PAGE] + 4)
            encoding = _PAGES.get(page, f"cp{page}")
        for number in (_TITLE, _AUTHOR, _CREATED, _COMPANY):
            if number in places:
                properties[number] = _value(stream, start + places[number], encoding)
    except (struct.error, LookupError, OverflowError):
        pass
    return properties


def _value(stream: bytes, at: int, encoding: str) -> str:
    kind, size = struct.unpack_from("<II", stream, at)
    if kind == _TIME:
        (ticks,) = struct.unpack_from("<Q", stream, at + 4)  # of 100 ns
        return (_FIRST_DAY + timedelta(microseconds=ticks // 10)).date().isoformat()
    if kind == _WIDE_TEXT:
        size, encoding = 2 * size, "utf-16-le"
    if kind not in (_TEXT, _WIDE_TEXT):
        return ""
    raw = stream[at + 8 : at + 8 + min(size, 2000)]
    return raw.decode(encoding, "ignore").split("\0")[0].strip()


def of_rtf(data: bytes) -> Declared:
    r"""What an RTF declares.

    >>> of_rtf(rb"{\rtf1\ansicpg936{\info{\title \'cd\'a8\'d6\'aa}{\creatim\yr2024\mo4\dy8}}}")
    Declared(title='通知', publisher='', created='2024-04-08')
    """
    match = _INFO.search(data, 0, _MOST)
    if not match:
        return Declared()
    page = re.search(rb"\\ansicpg(\d{1,5})", data[: match.start()])
    number = int(page[1]) if page else 1252
    texts = _groups(data[match.end() : match.end() + _MOST], _PAGES.get(number, f"cp{number}"))
    created = "-".join(texts.get(key, "") for key in ("yr", "mo", "dy"))
    return _declared(
        texts.get("title", ""), texts.get("company", ""), texts.get("author", ""), created
    )


def _groups(data: bytes, encoding: str) -> dict[str, str]:
    """The texts of the groups within a group, by their words; the day of ``creatim`` by part.

    A text may be said twice, in bytes first and then in Unicode (``upr``): the later one counts.
    """
    texts: dict[str, str] = {}
    stack: list[tuple[str, list[bytes | str]]] = []
    skips = False
    for word, number, byte, sign, brace, plain in _PIECE.findall(data):
        if brace == b"{":
            stack.append(("", []))
        elif brace:
            if not stack:
                break
            name, pieces = stack.pop()
            texts[name] = _decoded(pieces, encoding)
        elif not stack:
            continue
        elif word == b"u" and number:
            stack[-1][1].append(chr(int(number[:6]) % 0x10000))
            skips = True  # what stands for the character where it is not known follows
        elif word and not stack[-1][0]:
            stack[-1] = word.decode(), stack[-1][1]
        elif word and stack[-1][0] == "creatim":
            texts[word.decode()] = number.decode()
        elif skips and (byte or plain):
            skips = False
            stack[-1][1].append(plain[1:])
        elif not word and sign != b"*":
            stack[-1][1].append(bytes.fromhex(byte.decode()) if byte else sign or plain)
    return texts


def _decoded(pieces: list[bytes | str], encoding: str) -> str:
    """Bytes and characters as one text: two bytes may be one character."""
    text, run = "", b""
    for piece in [*pieces, ""]:
        if isinstance(piece, bytes):
            run += piece
            continue
        try:
            text += run.decode(encoding, "ignore")
        except LookupError:
            text += run.decode("latin-1")
        text, run = text + piece, b""
    halves = text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
    return " ".join(halves.split())
