"""Search a text for many expressions, and try only those that can match.

What each expression needs (``kg.extract.literals``) is looked for in one pass for all expressions:
words by
an automaton in an article, characters by a table in a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.extract.literals import needed

if TYPE_CHECKING:
    import ahocorasick_rs as aho

# Looking for more characters than these one by one takes longer than it saves.
FEW = 12


class LiteralIndex:
    """The words that expressions need, found in a text in one pass."""

    def __init__(self) -> None:
        self.words: dict[str, None] = {}
        self.automaton: aho.AhoCorasick | None = None

    def add(self, words: Iterable[str]) -> None:
        """Look for these words, too."""
        self.words |= dict.fromkeys(words)
        self.automaton = None
        literals_in.cache_clear()

    def literals_in(self, text: str) -> frozenset[str]:
        """The words that stand in a text."""
        import ahocorasick_rs as aho

        if self.automaton is None:
            self.automaton = aho.AhoCorasick(list(self.words))
        return frozenset(self.automaton.find_matches_as_strings(text, overlapping=True))


LITERALS = LiteralIndex()


@lru_cache(maxsize=8)  # every expression asks what its article holds
def literals_in(text: str) -> frozenset[str]:
    """The words of all expressions that stand in a text."""
    return LITERALS.literals_in(text)


class GuardedPattern:
    """An expression that is looked for only in texts that hold what it needs."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = re.compile(pattern, flags)
        # Of each set the words, and the characters that stand for themselves.
        self.needed: list[tuple[frozenset[str], tuple[str, ...]]] = []
        for words in needed(self.pattern):
            signs = sorted(word for word in words if len(word) == 1)
            if len(signs) <= FEW:
                self.needed.append((words.difference(signs), tuple(signs)))
        LITERALS.add(word for words, _ in self.needed for word in sorted(words))

    def may_match(self, text: str) -> bool:
        """Whether a text holds what the expression needs.

        >>> pattern = GuardedPattern("本报.*[讯电]")
        >>> pattern.may_match("本报讯"), pattern.may_match("日报讯")
        (True, False)
        """
        for words, signs in self.needed:
            if not any(map(text.__contains__, signs)) and words.isdisjoint(literals_in(text)):
                return False
        return True

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """The matches in a text."""
        return self.pattern.finditer(text) if self.may_match(text) else iter(())

    def match(self, text: str) -> re.Match[str] | None:
        """The match at the head of a text."""
        return self.pattern.match(text) if self.may_match(text) else None

    def search(self, text: str) -> re.Match[str] | None:
        """The first match in a text."""
        return self.pattern.search(text) if self.may_match(text) else None


def starting(pattern: re.Pattern[str], text: str, starts: Iterable[int]) -> Iterator[re.Match[str]]:
    """The matches that ``finditer`` finds, of an expression that can begin at some places only.

    >>> [m[0] for m in starting(re.compile("aba"), "ababaaba", [0, 2, 5])]
    ['aba', 'aba']
    """
    end = 0
    for start in starts:
        match = pattern.match(text, start) if start >= end else None
        if match is not None:
            yield match
            end = match.end()


class PatternSieve:
    """Tells of many expressions which may be found in a text, by the characters that it holds."""

    ALL = frozenset(("",))  # stands for any sign

    def __init__(self, patterns: Iterable[re.Pattern[str]]) -> None:
        self.bits: dict[str, int] = {}  # for each character the needs that it meets, a bit each
        self.required: list[int] = []  # the needs of each expression
        count, rare = 0, set[str]()
        for pattern in patterns:
            needs = needed(pattern)
            rare |= {word[0] for word in needs[0]} if needs else self.ALL
            for number, words in enumerate(needs, count):
                for sign in {word[0] for word in words}:
                    self.bits[sign] = self.bits.get(sign, 0) | 1 << number
            self.required.append((1 << len(needs)) - 1 << count)
            count += len(needs)
        # Without one of these signs a text can hold none of the expressions.
        self.rare = re.compile("" if rare >= self.ALL else f"[{re.escape(''.join(sorted(rare)))}]")

    def passing(self, text: Iterable[str]) -> list[int]:
        """The numbers of the expressions that may be found in a text, or in one of characters.

        >>> patterns = map(re.compile, ("日[讯电]", "[月年]", "a?"))
        >>> PatternSieve(patterns).passing("日月")
        [1, 2]
        """
        if isinstance(text, str) and not self.rare.search(text):
            return []
        present = 0
        for sign in self.bits.keys() & text:
            present |= self.bits[sign]
        return [i for i, required in enumerate(self.required) if required & present == required]


def occurrences(text: str, words: str, start: int = 0, end: int | None = None) -> Iterator[int]:
    """Where words stand in a stretch of a text; no words stand nowhere.

    >>> list(occurrences("甲乙甲乙甲", "甲乙甲"))
    [0, 2]
    """
    at = text.find(words, start, end) if words else -1
    while at >= 0:
        yield at
        at = text.find(words, at + 1, end)
