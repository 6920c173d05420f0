"""Regular expressions: the signs that a match must hold, and words joined so as to be found fast.

``re`` tries an expression at every character, and every word of a list in turn. A text that
lacks what the expression must find is told in a hundredth of that time.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

# A larger set of signs is in nearly every text, and tells nothing.
MOST = 300


def signs(pattern: re.Pattern[str]) -> frozenset[str]:
    """Characters of which every match holds at least one; none if that cannot be told.

    >>> sorted(signs(re.compile("[a-z]*(?:日|月)(?:讯|电)?x{0,2}")))
    ['日', '月']
    """
    if pattern.flags & re.IGNORECASE:
        return frozenset()
    return frozenset(map(chr, _of_all(_parser.parse(pattern.pattern, pattern.flags))))


def _of_all(parts: Iterable[tuple[Any, Any]]) -> frozenset[int]:
    """The fewest signs that one part of a sequence needs; each part has to be there."""
    found = [need for op, value in parts if (need := _of(op, value))]
    return min(found, key=len, default=frozenset())


def _of(op: Any, value: Any) -> frozenset[int]:
    if op is ops.LITERAL:
        return frozenset((value,))
    if op is ops.IN:
        return _of_set(value)
    if op is ops.BRANCH:
        needs = [_of_all(way) for way in value[1]]
        return frozenset().union(*needs) if all(needs) else frozenset()
    if op is ops.SUBPATTERN:
        return _of_all(value[3])
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT) and value[0] > 0:
        return _of_all(value[2])
    return frozenset()


def _of_set(members: Sequence[tuple[Any, Any]]) -> frozenset[int]:
    found: set[int] = set()
    for op, value in members:
        if op is ops.LITERAL:
            found.add(value)
        elif op is ops.RANGE and value[1] - value[0] < MOST:
            found.update(range(value[0], value[1] + 1))
        else:
            return frozenset()
    return frozenset(found) if len(found) <= MOST else frozenset()


def may_match(needed: frozenset[str], text: Collection[str]) -> bool:
    """Whether a text, or the set of its characters, holds one of the signs that are needed.

    >>> may_match(signs(re.compile("日讯")), "3日"), may_match(frozenset(), "3日")
    (True, True)
    """
    return not needed or not needed.isdisjoint(text)


def either(words: Iterable[str]) -> str:
    """An expression for any of some words, the longest first; those that begin alike share a way.

    >>> either(["市", "市长", "县长"])
    '(?:县长|市(?:长|))'
    """
    return _ways(sorted(dict.fromkeys(words), key=lambda word: (-len(word), word)))


def _ways(words: Sequence[str]) -> str:
    groups: dict[str, list[str]] = {}
    for word in words:
        groups.setdefault(word[:1], []).append(word[1:])
    ways = [
        re.escape(first) + (re.escape(rest[0]) if len(rest) == 1 else _ways(rest)) if first else ""
        for first, rest in groups.items()
    ]
    return f"(?:{'|'.join(ways)})"


def ahead(words: Iterable[str]) -> str:
    """An expression that one of some words may begin here: it fails at once elsewhere.

    >>> ahead(["市长", "县长", "县委"])
    '(?=[县市])'
    """
    firsts = "".join(sorted({word[0] for word in words}))
    return f"(?=[{re.escape(firsts)}])"
