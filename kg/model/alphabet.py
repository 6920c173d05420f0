"""Turn the text of an article into the numbers that the network reads.

Every character becomes five numbers: the character, the place that it has in a word of the
segmenter with the word's tag, the place that it has in a mention that the rules propose with
its class, and two numbers of tables for the pair that it opens and for the triple around it.
Pairs and triples are far more than a table has rows: several share one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from kg.model.tags import PLACES, mark

if TYPE_CHECKING:
    from kg.annotate.tokens import Word
    from kg.model.weights import Array

PAD, MASK, UNKNOWN = 0, 1, 2
FIRST = 4  # the number of the first character of the alphabet
ROWS = 1 << 17  # of the tables of pairs and triples
# Odd numbers without a pattern, which spread pairs and triples over the rows.
PAIR = (40503, 10007, 7)
TRIPLE = (30011, 50021, 20011, 13, 5)


class Numbers(NamedTuple):
    """What the network reads of each character, as arrays of one length."""

    characters: Array
    words: Array
    hints: Array
    pairs: Array
    triples: Array


class Hint(NamedTuple):
    """A mention ``start:end`` that the rules propose; a weak one needs a claim to count."""

    start: int
    end: int
    type: str
    weak: bool


class Alphabet:
    """The characters, the tags of words and the classes of mentions that a reader knows.

    >>> alphabet = Alphabet("市政府", ["n"])
    >>> alphabet.characters("市×府").tolist()
    [4, 2, 6]
    """

    def __init__(self, characters: str, tags: Sequence[str], classes: Sequence[str] = ()) -> None:
        self.numbers = {char: FIRST + i for i, char in enumerate(characters)}
        self.tags = {tag: 1 + PLACES * i for i, tag in enumerate(tags)}
        self.other = 1 + PLACES * (len(tags) + 1)
        self.classes = {name: 1 + PLACES * i for i, name in enumerate(classes)}

    @classmethod
    def of(cls, about: Mapping[str, Any]) -> Alphabet:
        """The alphabet that weights were trained with."""
        return cls(about["characters"], about["tags"], about["classes"])

    def characters(self, text: str) -> Array:
        """The number of each character."""
        return np.array([self.numbers.get(char, UNKNOWN) for char in text], np.int64)

    def words(self, length: int, words: Iterable[Word]) -> Array:
        """The number of each character's place in its word and the word's tag."""
        found = np.zeros(length, np.int64)
        for word in words:
            mark(found, word.start, word.end, self.tags.get(word.tag, self.other))
        return found

    def hints(self, length: int, hints: Iterable[Hint]) -> Array:
        """The number of each character's place in a proposed mention, with its class.

        Of mentions that overlap the longest counts; classes that the reader does not know are
        left out.

        >>> alphabet = Alphabet("", [], ["District", "Person"])
        >>> hints = [Hint(1, 3, "Person", False), Hint(4, 5, "District", True)]
        >>> alphabet.hints(6, hints).tolist()
        [0, 5, 7, 0, 12, 0]
        """
        found = np.zeros(length, np.int64)
        for hint in sorted(hints, key=lambda h: (h.start - h.end, h)):
            first = self.classes.get(hint.type)
            if first is not None and not found[hint.start : hint.end].any():
                weak = PLACES * len(self.classes) if hint.weak else 0
                mark(found, hint.start, hint.end, first + weak)
        return found

    def read(self, text: str, words: Iterable[Word], hints: Iterable[Hint] = ()) -> Numbers:
        """All numbers of a text."""
        characters, length = self.characters(text), len(text)
        return Numbers(
            characters, self.words(length, words), self.hints(length, hints), *rows(characters)
        )


def rows(characters: Array) -> tuple[Array, Array]:
    """For each character the rows of the pair that it opens and of the triple around it.

    The last axis is the text; what stands outside of it counts as padding.
    """
    edges = [(0, 0)] * (characters.ndim - 1) + [(1, 1)]
    padded = np.pad(characters, edges)
    before, here, after = padded[..., :-2], padded[..., 1:-1], padded[..., 2:]
    pairs = here * PAIR[0] + after * PAIR[1] + here * after * PAIR[2]
    triples = (
        before * TRIPLE[0]
        + here * TRIPLE[1]
        + after * TRIPLE[2]
        + before * after * TRIPLE[3]
        + before * here * TRIPLE[4]
    )
    return pairs % ROWS, triples % ROWS
