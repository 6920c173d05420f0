"""Rows of text in, a table for eyes out: columns that stand straight, Chinese or not."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import category, combining, east_asian_width

from kg.query.dates import completion_note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.base.records import Value
    from kg.ontology import Lexicon

_VISIBLE = {"\n": "⏎", "\r": "⏎", "\t": "→"}
# What turns the direction of the text after it: a name could hide its suffix.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def width(text: str) -> int:
    """How many columns of a terminal a text takes; Chinese characters take two.

    >>> width("a中")
    3
    """
    return sum(
        0 if combining(c) or category(c) == "Cf" else 2 if east_asian_width(c) in "WF" else 1
        for c in text
    )


def plain(text: str) -> str:
    r"""A text on one line, with no character that could steer the terminal.

    >>> plain("a\n\u202etxt.exe")
    'a⏎�txt.exe'
    """
    return "".join(
        _VISIBLE.get(c, "\ufffd") if category(c) in ("Cc", "Zl", "Zp") or c in _TURNING else c
        for c in text
    )


def counted(number: int, one: str, many: str = "") -> str:
    """A number and what it counts; ``many`` where an s does not make the plural.

    >>> counted(1, "document"), counted(2, "document"), counted(0, "entity", "entities")
    ('1 document', '2 documents', '0 entities')
    """
    return f"{number} {one if number == 1 else many or one + 's'}"


def value_text(value: Value | None, lexicon: Lexicon) -> str:
    """A value, with what is printed where that differs, and what completed a date.

    >>> from kg.base.records import Value
    >>> from kg.ontology import load
    >>> value_text(Value("1100000000", "decimal", "11亿元"), load().lexicon)
    '1100000000 (printed 11亿元)'
    """
    if value is None:
        return ""
    if value.anchor and value.printed:
        return plain(completion_note(value, lexicon.values))
    printed = value.printed if value.printed and value.printed != value.lexical else ""
    return plain(value.lexical) + (f" (printed {plain(printed)})" if printed else "")


def aligned(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table with a line of column names, a rule, and a line a row.

    >>> print(aligned(["a", "b"], [["中", "1"]]), end="")
    a   b
    --  -
    中  1
    """
    cells = [[plain(c) for c in row] for row in (columns, *rows)]
    widths = [max(map(width, column)) for column in zip(*cells, strict=True)] if columns else []
    lines = [
        "  ".join(c + " " * (w - width(c)) for c, w in zip(row, widths, strict=True)).rstrip()
        for row in cells
    ]
    lines.insert(1, "  ".join("-" * w for w in widths))
    return "\n".join(lines) + "\n"
