"""Regular expressions: the words that a match must hold, and words joined so as to be found fast.

``re`` tries an expression at every character, and every word of a list in turn. A text that
lacks what the expression must find is told in a hundredth of that time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

# A larger set of signs is in nearly every text, and tells nothing.
MOST = 300


def needed(pattern: re.Pattern[str]) -> tuple[frozenset[str], ...]:
    """Sets of words: a text in which the expression is found holds one of each, at the least.

    >>> [sorted(words) for words in needed(re.compile("[a-z]*(?:日|月)(?:讯|电)?x{0,2}的人"))]
    [['的人'], ['日', '月']]
    """
    if pattern.flags & re.IGNORECASE:
        return ()
    needs = _needs_of_sequence(_parser.parse(pattern.pattern, pattern.flags))
    return tuple(sorted(dict.fromkeys(needs), key=_worth))


def signs(pattern: re.Pattern[str]) -> frozenset[str]:
    """Characters of which a text in which the expression is found holds one; none if unknown.

    >>> sorted(signs(re.compile("日(?:讯|电报?)")))
    ['日']
    """
    return frozenset(word[0] for word in next(iter(needed(pattern)), ()))


def _worth(words: frozenset[str]) -> tuple[int, int, str]:
    """The key that sorts the most telling sets first: few words, and long ones."""
    return len(words), -min(map(len, words)), min(words)


def _needs_of_sequence(parts: Iterable[tuple[Any, Any]]) -> list[frozenset[str]]:
    """What a sequence needs: what each of its parts does, letters in a row as one word."""
    needs: list[frozenset[str]] = []
    word = ""
    for op, value in [*parts, (None, None)]:
        if op is ops.LITERAL:
            word += chr(value)
            continue
        if word:
            needs.append(frozenset((word,)))
            word = ""
        needs += _needs_of(op, value)
    return needs


def _needs_of(op: Any, value: Any) -> list[frozenset[str]]:
    if op is ops.IN:
        return _needs_of_set(value)
    if op is ops.BRANCH:
        ways = [_needs_of_sequence(way) for way in value[1]]
        return [frozenset().union(*(min(way, key=_worth) for way in ways))] if all(ways) else []
    if op is ops.SUBPATTERN:
        return [] if value[1] & re.IGNORECASE else _needs_of_sequence(value[3])
    if op is ops.ASSERT:
        return _needs_of_sequence(value[1])
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT) and value[0] > 0:
        return _needs_of_sequence(value[2])
    return []


def _needs_of_set(members: Sequence[tuple[Any, Any]]) -> list[frozenset[str]]:
    codes: set[int] = set()
    for op, value in members:
        if op is ops.LITERAL:
            codes.add(value)
        elif op is ops.RANGE and value[1] - value[0] < MOST:
            codes.update(range(value[0], value[1] + 1))
        else:
            return []
    return [frozenset(map(chr, codes))] if len(codes) <= MOST else []


def either(words: Iterable[str]) -> str:
    """An expression for any of some words, the longest first; those that begin alike share a way.

    >>> either(["市", "市长", "县长"])
    '(?:县长|市(?:长|))'
    """
    return _alternation(sorted(dict.fromkeys(words), key=lambda word: (-len(word), word)))


def _alternation(words: Sequence[str]) -> str:
    groups: dict[str, list[str]] = {}
    for word in words:
        groups.setdefault(word[:1], []).append(word[1:])
    ways = [
        re.escape(first) + (re.escape(rest[0]) if len(rest) == 1 else _alternation(rest))
        if first
        else ""
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
