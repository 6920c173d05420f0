"""Tokenize a text into words with their tags, as a hint about boundaries.

Names are never taken from a segmenter, since it breaks long Chinese names; but a head noun
that ends inside a word (部 in 部署) is none, and a verb between two nouns ends a name.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kg.ontology.lexicon.names import GrammarWords

# Signs that no name goes on over.
STOPS = set(
    "，。；！？：…“”‘’《》〈〉「」『』【】〔〕[]{}、/\\|\n\t ,;:!?\"'<>=~^@#%&*　"
    "—□■◆●▲△▼▽◇★☆▶►※◎()（）" + chr(0x4E28)  # a stroke that some print as a bar
)


class Word(NamedTuple):
    """A word of the segmenter: half-open offsets into the text, the word, its tag."""

    start: int
    end: int
    text: str
    tag: str


_WORD = partial(tuple.__new__, Word)  # of a row of fields, in a third of the time


def _split_glued(text: str, tag: str, vocabulary: GrammarWords) -> list[tuple[str, str]]:
    """A word in its pieces, where the segmenter made it up."""
    import rjieba

    for pattern, tagging in () if rjieba.has_word(text) else vocabulary.glued.items():
        match, (only, _, tags) = re.fullmatch(pattern, text), tagging.rpartition(":")
        if match and only in ("", tag):
            pieces = zip(match.groups(), tags.split(), strict=True)
            return [
                (word, tag if piece_tag == "=" else piece_tag) for word, piece_tag in pieces if word
            ]
    return [(text, tag)]


class Words:
    """The words of a text, found by position.

    >>> from kg.ontology import load
    >>> words = Words("市科技局印发通知", load().lexicon.grammar)
    >>> words.at(0).start, words.ends(4)
    (0, True)
    """

    def __init__(self, text: str, vocabulary: GrammarWords) -> None:
        import rjieba

        self.text = text
        pieces: list[tuple[str, str]] = []
        for word, tag in rjieba.tag(text):
            made_up = not vocabulary.glue.isdisjoint(word[:2])
            pieces += _split_glued(word, tag, vocabulary) if made_up else [(word, tag)]
        ends = list(accumulate([len(word) for word, _ in pieces]))
        if (ends[-1] if ends else 0) != len(text):
            raise AssertionError("the segmenter lost characters of the text")
        self._starts = [0, *ends[:-1]] if ends else []
        self._ends = set(ends)
        columns = zip(self._starts, ends, *zip(*pieces, strict=True), strict=True)
        self.words: list[Word] = list(map(_WORD, columns)) if pieces else []

    def at(self, position: int) -> Word:
        """The word that covers a position."""
        return self.words[bisect_right(self._starts, position) - 1]

    def begins(self, position: int) -> bool:
        """Whether a word begins at a position of the text."""
        return not position or position in self._ends

    def ends(self, position: int) -> bool:
        """Whether a word ends right before a position."""
        return position in self._ends

    def between(self, start: int, end: int) -> Iterator[Word]:
        """The words that lie wholly within a stretch."""
        i = bisect_right(self._starts, start - 1)
        while i < len(self.words) and self.words[i].end <= end:
            yield self.words[i]
            i += 1


# Tags of words that by themselves make no name: nouns, verbs, adjectives and the like.
COMMON = frozenset(("n", "v", "vn", "a", "ad", "an", "b", "d", "f", "l", "i", "t", "s", "z"))


def common(words: Iterable[Word]) -> bool:
    """Whether there are words, all of them common ones: 生物|制药 in 一家生物制药公司."""
    import rjieba

    all_words = list(words)
    return bool(all_words) and all(
        len(w.text) > 1 and w.tag in COMMON and rjieba.has_word(w.text) for w in all_words
    )
