"""Rows of text in, a table for eyes out: columns that stand straight, Chinese or not."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import category, combining, east_asian_width

from kg.query.dates import completion_note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.base.records import Value
    from kg.ontology import Lexicon

# No column is made narrower than so many columns of the terminal.
NARROW = 8
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


def cut(text: str, most: int) -> str:
    """A text in so many columns of a terminal, with … where something is left out.

    >>> cut("传感器产业园", 7), cut("abc", 3)
    ('传感器…', 'abc')
    """
    if width(text) <= most:
        return text
    shown, left = "", most - 1
    for char in text:
        left -= width(char)
        if left < 0:
            break
        shown += char
    return shown + "…"


def _fitted(widths: Sequence[int], most: int) -> list[int]:
    """Widths of columns that fit together, the widest of them made narrower."""
    room = most - 2 * (len(widths) - 1)
    cap = max(widths, default=0)
    while cap > NARROW and sum(min(one, cap) for one in widths) > room:
        cap -= 1
    return [min(one, cap) for one in widths]


def aligned(columns: Sequence[str], rows: Sequence[Sequence[str]], most: int = 0) -> str:
    """A table with a line of column names, a rule, and a line a row.

    Args:
        columns: The names of the columns.
        rows: Their texts.
        most: Columns of the terminal: the longest texts are cut so that a line fits. 0: no bound.

    >>> print(aligned(["a", "b"], [["中", "1"]]), end="")
    a   b
    --  -
    中  1
    >>> print(aligned(["name", "text"], [["甲", "一" * 20]], 24), end="")
    name  text
    ----  ------------------
    甲    一一一一一一一一…
    """
    cells = [[plain(c) for c in row] for row in (columns, *rows)]
    widths = [max(map(width, column)) for column in zip(*cells, strict=True)] if columns else []
    if most:
        widths = _fitted(widths, most)
        cells = [[cut(c, w) for c, w in zip(row, widths, strict=True)] for row in cells]
    lines = [
        "  ".join(c + " " * (w - width(c)) for c, w in zip(row, widths, strict=True)).rstrip()
        for row in cells
    ]
    lines.insert(1, "  ".join("-" * w for w in widths))
    return "\n".join(lines) + "\n"
