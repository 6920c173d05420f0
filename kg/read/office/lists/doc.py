"""The lists of a DOC in, how their numbers are written out (MS-DOC, 2.9.150: LVL).

What reads a DOC counts the items of lists right, but writes all numbers as digits. A label that
it gives (1、) is compared with what each level of each list looks like (一、, from the table of
lists), and written so, unless lists that fit it disagree.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.read.office import ole
from kg.read.office.lists.forms import is_known, number_text
from kg.read.office.lists.numbering import LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LISTS = 0x2E2  # where the place of the table of lists stands in a FIB
_LIST, _LEVEL = 28, 28  # bytes of what describes a list, and of the head of a level
_MOST = 4000  # lists that are looked at
# MS-OSHARED, 2.2.1.3: the forms of numbers by their codes.
_FORMS = {
    0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter",
    10: "ideographDigital", 11: "japaneseCounting", 14: "decimalFullWidth",
    18: "decimalEnclosedCircle", 22: "decimalZero", 26: "decimalEnclosedFullstop",
    27: "decimalEnclosedParen", 28: "decimalEnclosedCircleChinese", 29: "ideographEnclosedCircle",
    33: "taiwaneseCounting", 35: "taiwaneseCountingThousand", 37: "chineseCounting",
    38: "chineseLegalSimplified", 39: "chineseCountingThousand",
}  # fmt: skip
_LATIN = range(5)  # forms that are written as they are by what counts


@dataclass(frozen=True, slots=True)
class Pattern:
    """How a level of a list looks: an expression for its label, and the codes of its numbers."""

    expression: re.Pattern[str]
    codes: tuple[int, ...]

    def label(self, counted: str) -> str | None:
        """A label with its numbers as they are written; None if it is not of this level."""
        match = self.expression.fullmatch(counted)
        if not match:
            return None
        text, at = "", 0
        for number, code in enumerate(self.codes, 1):
            form = _FORMS.get(code, "")
            if not is_known(form):
                return ""
            shown = match[number]
            text += counted[at : match.start(number)]
            text += shown if code in _LATIN else number_text(int(shown), form)
            at = match.end(number)
        return text + counted[at:]


def patterns(data: bytes) -> list[Pattern]:
    """How the levels of the lists of a DOC look; none if there are no lists, or they are damaged.

    >>> patterns(b"no compound file")
    []
    """
    try:
        stream = ole.stream(data, "WordDocument")
        (flags,) = struct.unpack_from("<H", stream, 0x0A)
        table = ole.stream(data, "1Table" if flags & 0x0200 else "0Table")
        at, size = struct.unpack_from("<II", stream, _LISTS)
        return list(dict.fromkeys(_patterns(table, at))) if size else []
    except (struct.error, IndexError, ValueError):
        return []


def shown(counted: str, patterns: Sequence[Pattern]) -> str:
    """A label as it is on the page; ``""`` if lists that fit it disagree, or none fits."""
    labels = {label for one in patterns if (label := one.label(counted)) is not None}
    return labels.pop() if len(labels) == 1 else ""


def _patterns(table: bytes, at: int) -> Iterator[Pattern]:
    (count,) = struct.unpack_from("<H", table, at)
    simple = [table[at + 2 + _LIST * n + 26] & 1 for n in range(min(count, _MOST))]
    at += 2 + _LIST * count
    for one in simple:
        levels = []
        for _ in range(1 if one else LEVELS):
            code, text, at = _level(table, at)
            levels.append((code, text))
        codes = [code for code, _ in levels]
        for _, text in levels:
            places = [ord(sign) for sign in text if ord(sign) < len(levels)]
            groups = ("([0-9A-Za-z]+)" if codes[p] in _LATIN else r"(\d+)" for p in places)
            pieces = (re.escape(piece) for piece in re.split("[\x00-\x08]", text))
            expression = next(pieces, "") + "".join(
                a + b for a, b in zip(groups, pieces, strict=False)
            )
            if places:
                yield Pattern(re.compile(expression), tuple(codes[p] for p in places))


def _level(table: bytes, at: int) -> tuple[int, str, int]:
    """The code and the text of a level, and where the next one begins."""
    code = table[at + 4]
    characters, paragraphs = table[at + 24], table[at + 25]
    at += _LEVEL + characters + paragraphs
    (length,) = struct.unpack_from("<H", table, at)
    end = at + 2 + 2 * length
    if end > len(table):
        raise IndexError(end)
    return code, table[at + 2 : end].decode("utf-16-le", "replace"), end
