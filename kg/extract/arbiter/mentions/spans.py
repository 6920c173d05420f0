"""Tell whether a span may be a name, and where its quotation marks are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.mentions.mention import QUOTES, Mention
from kg.extract.model.alphabet import Hint

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BRACKETS = ("（）", "()", "《》", "“”", "[]", "【】")
EITHER = frozenset("".join(BRACKETS))
CLOSING = {"“": "”", "《": "》", "‘": "’", "〈": "〉", '"': '"'}


def hints(text: str, standing: Iterable[Mention]) -> Iterator[Hint]:
    """The mentions that rules let stand, as the network reads them: no references, none inside."""
    for m in standing:
        if not m.reference and not m.nested and (at := trimmed(text, m.start, m.end)):
            yield Hint(*at, m.type, m.needs_claim)


def is_balanced(text: str, start: int, end: int) -> bool:
    """Whether a stretch may be a name: it neither begins nor ends in the middle of a bracket.

    >>> is_balanced("甲公司（乙）", 0, 6), is_balanced("甲公司（乙）", 0, 5)
    (True, False)
    """
    name = text[start:end]
    return EITHER.isdisjoint(name) or all(
        name.count(pair[0]) == name.count(pair[1]) for pair in BRACKETS
    )


def trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """A stretch without quotation marks and white space at its ends; None if nothing is left.

    >>> trimmed("印发《甲办法》", 2, 7)
    (3, 6)
    """
    while start < end and ord(text[start]) in QUOTES:
        start += 1
    while start < end and ord(text[end - 1]) in QUOTES:
        end -= 1
    return (start, end) if start < end else None


def quoted(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch with the marks that stand around it, if they are a pair.

    >>> quoted("印发《甲办法》", 3, 6)
    (2, 7)
    """
    before, after = text[start - 1 : start], text[end : end + 1]
    paired = bool(before) and CLOSING.get(before) == after
    return (start - 1, end + 1) if paired else (start, end)
