"""A message as mail programs and browsers keep it (MIME) in, its pieces out, and where each lies.

What is only looked for is not taken apart: of a message with a hundred attachments each is found
by its place. ``email`` of the standard library builds a tree, tests every line against every
boundary, and reads a header of one line in any time (RFC 2045, 2046, 2047 and 2231 are meant).
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.parser import HeaderParser
from email.utils import parseaddr, parsedate_to_datetime

from kg.base.errors import ReadError
from kg.read.text.encoding import decode

_MOST_HEADERS = 256 << 10  # bytes before a text
_LONGEST = 4000  # characters of a header; a name of 400 hanzi is written with as many
_MOST_PIECES = 1000
_DEEPEST = 10  # of pieces within pieces; mail programs write three
_TOO_MANY = f"is a message of more than {_MOST_PIECES} pieces; save what is attached by itself"
_HEADERS_END = re.compile(rb"\r?\n\r?\n")
_CHINESE = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a message.

    Attributes:
        kind: Its media type, in small letters.
        name: The name of the file that it is, or ``""``.
        charset: The encoding that it declares for its text, or ``""``.
        packing: How it is written in the message: ``base64``, ``quoted-printable``, or else as
            it is.
        start: Where it starts in the message; in bytes, without its headers.
        end: Where it ends.
        attached: Whether it is a file beside the text, and not the text.
    """

    kind: str
    name: str
    charset: str
    packing: str
    start: int
    end: int
    attached: bool


def headers_of(data: bytes, start: int = 0, end: int | None = None) -> tuple[Message, int]:
    """The headers at a place of a message, and where what they belong to starts.

    Raises:
        ReadError: If they are too long, or no text.
    """
    end = len(data) if end is None else end
    if data.startswith((b"\n", b"\r\n"), start, end):
        return Message(), start + 1 + (data[start] == 13)
    blank_line = _HEADERS_END.search(data, start, end)
    stop, after = blank_line.span() if blank_line else (end, end)
    if stop - start > _MOST_HEADERS:
        raise ReadError("is no message: its headers have no end")
    # Not as bytes: those that nothing declares, of which Chinese programs write many, were lost.
    head = data[start:stop]
    text = head.decode("ascii") if head.isascii() else decode(head)[0]
    return HeaderParser().parsestr(text), after


def pieces(data: bytes) -> list[Piece]:
    """The pieces of a message, without those that only hold others, in their order.

    Raises:
        ReadError: If there are too many, or they lie too deep in each other.
    """
    pieces: list[Piece] = []
    waiting: list[tuple[int, int, int]] = [(0, len(data), 0)]
    while waiting:
        start, end, depth = waiting.pop()
        if len(pieces) + len(waiting) > _MOST_PIECES or depth > _DEEPEST:
            raise ReadError(_TOO_MANY)
        headers, text = (
            headers_of(data[:end], start) if end < len(data) else headers_of(data, start)
        )
        boundary = _parameter(headers, "boundary")
        if headers.get_content_maintype() == "multipart" and boundary:
            inner = _between(data, text, end, boundary.encode())
            waiting += [(a, b, depth + 1) for a, b in reversed(list(inner))]
        else:
            pieces.append(_piece(headers, text, end))
    return pieces


def _between(data: bytes, start: int, end: int, boundary: bytes) -> Iterator[tuple[int, int]]:
    """The stretches that lines with a boundary part."""
    mark = re.compile(rb"(?<![^\n])--" + re.escape(boundary) + rb"(--)?[ \t]*\r?(?:\n|\Z)")
    last = -1
    for number, match in enumerate(mark.finditer(data, start, end)):
        if last >= 0:
            yield last, max(last, match.start() - 1)
        last = -1 if match[1] else match.end()
        if number > _MOST_PIECES:
            raise ReadError(_TOO_MANY)
    if last >= 0:
        yield last, end


def _piece(headers: Message, start: int, end: int) -> Piece:
    kind = headers.get_content_type()
    name = words_of(_parameter(headers, "filename", "content-disposition"))
    name = name or words_of(_parameter(headers, "name"))
    if kind == "message/rfc822" and not name:
        name = "message.eml"
    disposition = str(headers.get("content-disposition", "")).strip().lower()
    attached = disposition.startswith("attachment") or kind == "message/rfc822"
    return Piece(
        kind,
        name,
        _parameter(headers, "charset").lower(),
        str(headers.get("content-transfer-encoding", "")).strip().lower(),
        start,
        end,
        attached or (bool(name) and not kind.startswith("text/")),
    )


def _parameter(headers: Message, name: str, header: str = "content-type") -> str:
    """A parameter of a header, however it is encoded; ``""`` if it is none, or damaged."""
    if len(str(headers.get(header, ""))) > _LONGEST:
        return ""  # the time that it takes to part the parameters grows with its square
    try:
        value = headers.get_param(name, "", header)
    except (MessageError, ValueError, LookupError, TypeError):
        return ""
    if isinstance(value, tuple):  # charset, language and bytes (RFC 2231)
        charset, _, text = value
        raw = text.encode("latin-1", "replace")
        return _decoded(raw, charset or "")
    return str(value).strip()


def words_of(value: object) -> str:
    """A header as people read it, with its encoded words decoded.

    >>> words_of("=?gb2312?B?uL28/jEuZG9jeA==?=")
    '附件1.docx'
    """
    text = str(value)[:_LONGEST]
    try:
        chunks = decode_header(text)
    except (MessageError, ValueError):
        return " ".join(text.split())
    words = (_decoded(w, c or "") if isinstance(w, bytes) else w for w, c in chunks)
    return " ".join("".join(words).split())


def _decoded(raw: bytes, charset: str) -> str:
    name = charset.strip().lower()
    for encoding in (_CHINESE.get(name, name), "utf-8", "gb18030"):
        try:
            return raw.decode(encoding or "utf-8")
        except (UnicodeDecodeError, LookupError):
            continue
    return raw.decode("utf-8", "replace")


def content_of(data: bytes, piece: Piece) -> bytes:
    """The bytes of a piece, unpacked; of one that is damaged, what can be."""
    raw = data[piece.start : piece.end]
    if piece.packing == "base64":
        signs = _NO_BASE64.sub(b"", raw)
        signs = signs[: len(signs) - len(signs) % 4] if len(signs) % 4 == 1 else signs
        try:
            return binascii.a2b_base64(signs + b"=" * (-len(signs) % 4))
        except binascii.Error:
            return b""
    return binascii.a2b_qp(raw) if piece.packing == "quoted-printable" else raw


_NO_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")


def sender_of(headers: Message) -> str:
    """The name of who sent a message, or ``""``."""
    try:
        return parseaddr(words_of(headers.get("from", ""))[:_LONGEST])[0]
    except RecursionError:  # remarks within remarks
        return ""


def day_of(headers: Message) -> str:
    """The day that a message was sent on, ISO 8601, or ``""``."""
    try:
        return parsedate_to_datetime(str(headers.get("date", ""))[:200]).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
