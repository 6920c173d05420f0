"""A DOC or RTF in, the same with just the text that is shown out.

What follows is read by a library that does not know what was struck out or hidden, so a sum that
somebody struck out would be stated like any other. In an RTF such text is left out; in a DOC,
whose tables count characters, each of its characters becomes an optional hyphen, which is no
text. The numbers of lists, which an RTF writes beside the text of each paragraph, become text.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from itertools import pairwise

from kg.read.office import ole

HYPHENS = "\x1f\xad"  # what an optional hyphen may come out as
_OPTIONAL_HYPHEN = 0x1F
# Ends of paragraphs, cells, lines and pages, and the marks of fields: their count must stay.
_CONTROLS = frozenset({0x07, 0x0B, 0x0C, 0x0D, 0x13, 0x14, 0x15})
_STRUCK, _VANISHED = 0x0800, 0x083C  # sprmCFRMarkDel, sprmCFVanish (MS-DOC, 2.6.1)
_SIZES = (1, 1, 2, 4, 2, 2, 0, 3)  # bytes of an operand by the upper three bits of its sprm
_PAGE = 512
_WORD = re.compile(
    rb"\\(?P<word>[a-z]+)(?P<number>-?\d{1,9})? ?|\\'[0-9a-fA-F]{2}|\\[^a-z]|[{}]|[^\\{}]+",
    re.DOTALL,
)
_MARKS = re.compile(rb"\\(?:v|deleted)(?![a-z0])|\\(?:listtext|pntext)(?![a-z])")
_LABELS = frozenset({b"listtext", b"pntext"})
# Of the label of a paragraph: what says in which font its characters are, and which they are.
_OF_LABEL = frozenset({b"u", b"uc", b"f", b"loch", b"hich", b"dbch", b"af"})
_PAIR = re.compile(rb"\\'[89a-fA-F][0-9a-fA-F]\\'[0-9a-fA-F]{2}")  # a character of two bytes
_SIGNS = range(0xE000, 0xF900)  # where fonts keep what no letter is
_LETTERS = 0x2460  # circled numbers and beyond: no full stops, arrows and dots
_SHOWN_ANYWAY = frozenset({b"par", b"cell", b"row", b"nestcell", b"nestrow", b"sect", b"page"})
_PRINTED = frozenset({b"u", b"tab", b"line", b"emdash", b"endash", b"bullet", b"lquote", b"rquote",
                   b"ldblquote", b"rdblquote"})  # fmt: skip


def shown_rtf(data: bytes) -> bytes:
    r"""An RTF without deleted and hidden text, with the numbers of its lists.

    >>> shown_rtf(rb"{\rtf1 a{\deleted b\'41}c\v d\v0 e}")
    b'{\\rtf1 a{\\deleted }c\\v \\v0 e}'
    >>> shown_rtf(rb"{\rtf1{\listtext\pard\plain \u19968\'3f\u12289\'3f\tab}a}")
    b"{\\rtf1{\\u19968\\'3f\\u12289\\'3f}a}"
    """
    if not _MARKS.search(data):
        return data
    pieces: list[bytes] = []
    unseen: list[set[bytes]] = [set()]
    at = 0
    while match := _WORD.match(data, at):
        at = match.end()
        word, piece = match["word"], match[0]
        if word in _LABELS and pieces and pieces[-1] == b"{":
            label, at = _label(data, at)
            if not unseen[-1]:
                pieces.append(label)
            continue
        if word == b"bin":  # so many bytes follow, whatever they are
            at += max(0, int(match["number"] or 0))
            piece = data[match.start() : at]
        elif piece == b"{":
            unseen.append(set(unseen[-1]))
        elif piece == b"}":
            if len(unseen) > 1:
                unseen.pop()
        elif word in (b"v", b"deleted"):
            (unseen[-1].discard if match["number"] == b"0" else unseen[-1].add)(word)
        elif word == b"plain":
            unseen[-1].discard(b"v")
        elif unseen[-1] and (word is None or word in _PRINTED) and piece != b"\\*":
            continue
        pieces.append(piece)
    return b"".join(pieces) + data[at:]


def _label(data: bytes, at: int) -> tuple[bytes, int]:
    """The label whose group goes on here, as text without properties, and where it ends."""
    pieces: list[bytes] = []
    depth = 0
    while (match := _WORD.match(data, at)) and not (match[0] == b"}" and depth == 0):
        at = match.end()
        piece, word = match[0], match["word"]
        depth += (piece == b"{") - (piece == b"}")
        if piece not in (b"{", b"}") and (word is None or word in _OF_LABEL):
            piece = piece if word else piece.strip()
            pieces += [piece] if piece else []
    label = b"".join(pieces).strip()
    last = pieces[-1][-1:] if pieces and not pieces[-1].startswith(b"\\") else b""
    if not _is_numbered(pieces):  # a dot before each item
        return b"", at
    return label + (b" " if last.isalnum() or last == b"." else b""), at


def _is_numbered(pieces: list[bytes]) -> bool:
    """Whether a label holds a letter or a number."""
    if _PAIR.search(b"".join(pieces)):
        return True
    for piece in pieces:
        if match := re.match(rb"\\u(-?\d+)", piece):
            code = int(match[1]) % 0x10000
            if code >= _LETTERS and code not in _SIGNS:
                return True
        elif not piece.startswith(b"\\") and any(chr(byte).isalnum() for byte in piece):
            return True
    return False


def shown_doc(data: bytes) -> bytes:
    """A DOC whose deleted and hidden characters are optional hyphens; the same if it is damaged."""
    try:
        stream = ole.stream(data, "WordDocument")
        hidden = list(_hidden(stream, *_properties(data, stream)))
        if not hidden:
            return data
        whole = bytearray(stream)
        for start, end, wide in hidden:
            for place in range(start, min(end, len(whole)), 1 + wide):
                code = whole[place] | (whole[place + 1] << 8 if wide else 0)
                if code not in _CONTROLS:
                    whole[place] = _OPTIONAL_HYPHEN
                    whole[place + 1 : place + 1 + wide] = bytes(wide)
        return ole.with_stream(data, "WordDocument", bytes(whole))
    except (struct.error, IndexError, ValueError):
        return data


Piece = tuple[int, int, bool]  # where it begins and ends in the stream; whether in two bytes


def _properties(data: bytes, stream: bytes) -> tuple[list[int], list[Piece]]:
    """The pages with properties of characters, and the pieces of the text (MS-DOC, 2.5, 2.8)."""
    (flags,) = struct.unpack_from("<H", stream, 0x0A)
    table = ole.stream(data, "1Table" if flags & 0x0200 else "0Table")
    at, size = struct.unpack_from("<II", stream, 0xFA)
    count = (min(size, len(table)) - 4) // 8
    pages = struct.unpack_from(f"<{count}I", table, at + 4 * (count + 1)) if count > 0 else ()
    at, size = struct.unpack_from("<II", stream, 0x1A2)
    return list(pages), list(_pieces(table[at : at + size]))


def _pieces(data: bytes) -> Iterator[Piece]:
    at = 0
    while data[at] == 1:  # properties that pieces have in common
        at += 3 + struct.unpack_from("<H", data, at + 1)[0]
    (size,) = struct.unpack_from("<I", data, at + 1)
    count = (size - 4) // 12
    places = struct.unpack_from(f"<{count + 1}I", data, at + 5)
    for number, (start, end) in enumerate(pairwise(places)):
        (code,) = struct.unpack_from("<I", data, at + 5 + 4 * (count + 1) + 8 * number + 2)
        wide = not code & 0x40000000
        begin = code if wide else (code & 0x3FFFFFFF) // 2
        yield begin, begin + (end - start) * (1 + wide), wide


def _hidden(stream: bytes, pages: list[int], pieces: list[Piece]) -> Iterator[Piece]:
    """The parts of pieces that are struck out or hidden."""
    for page in pages:
        for first, last in _runs(stream[page * _PAGE : (page + 1) * _PAGE]):
            for start, end, wide in pieces:
                if max(first, start) < min(last, end):
                    yield max(first, start), min(last, end), wide


def _runs(page: bytes) -> Iterator[tuple[int, int]]:
    """The runs of characters on a page of properties that are struck out or hidden."""
    count = page[_PAGE - 1]
    places = struct.unpack_from(f"<{count + 1}I", page, 0)
    for number, (start, end) in enumerate(pairwise(places)):
        at = 2 * page[4 * (count + 1) + number]
        if at and _is_hidden(page[at + 1 : at + 1 + page[at]]):
            yield start, end


def _is_hidden(properties: bytes) -> bool:
    at = 0
    while at + 3 <= len(properties):
        (sprm,) = struct.unpack_from("<H", properties, at)
        if sprm in (_STRUCK, _VANISHED) and properties[at + 2] & 1:
            return True
        at += 2 + (_SIZES[sprm >> 13] or 1 + properties[at + 2])
    return False
