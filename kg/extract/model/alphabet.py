"""Turn the text of an article into the numbers that the network reads.

Every character becomes seven numbers: the character, the place that it has in a word of the
segmenter with the word's tag, the place that it has in a mention that the rules propose with
its class, and the rows of tables for the pair that it opens, for the triple and the four
characters around it, and for the word that it is part of. Pairs, triples, fours and words are
far more than a table has rows: several share one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from kg.extract.model.tags import PLACES, mark

if TYPE_CHECKING:
    from kg.extract.mentions.tokens import Word
    from kg.extract.model.weights import Array

PAD, MASK, UNKNOWN = 0, 1, 2
FIRST = 4  # the number of the first character of the alphabet
ROWS = 1 << 17  # of the tables of pairs and triples
FEWER = 3 << 14  # of the tables of fours and of words
# Odd numbers without a pattern, which spread pairs, triples, fours and words over the rows.
PAIR = (40503, 10007, 7)
TRIPLE = (30011, 50021, 20011, 13, 5)
FOUR = (193939, 390503, 771049, 1299709)
WORD = (611953, 746773, 888809, 999983, 1020379, 1190507, 1268779, 1299721)
# The tables by name, in the order of what they are asked with.
TABLES = ("character", "word", "hint", "pair", "triple", "four", "term")
MIXED = 0x2C1B3C6D  # an odd number without a pattern


class Numbers(NamedTuple):
    """What the network reads of each character, as arrays of one length."""

    characters: Array
    words: Array
    hints: Array
    pairs: Array
    triples: Array
    fours: Array
    terms: Array


class Hint(NamedTuple):
    """A mention ``start:end`` that the rules propose; a weak one needs a claim to count."""

    start: int
    end: int
    type: str
    needs_claim: bool


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
        return np.fromiter(map(self.numbers.get, text, repeat(UNKNOWN)), np.int64, len(text))

    def words(self, length: int, words: Iterable[Word]) -> Array:
        """The number of each character's place in its word and the word's tag."""
        numbers = np.zeros(length, np.int64)
        for word in words:
            mark(numbers, word.start, word.end, self.tags.get(word.tag, self.other))
        return numbers

    def hints(self, length: int, hints: Iterable[Hint]) -> Array:
        """The number of each character's place in a proposed mention, with its class.

        Of mentions that overlap the longest counts; classes that the reader does not know are
        left out.

        >>> alphabet = Alphabet("", [], ["District", "Person"])
        >>> hints = [Hint(1, 3, "Person", False), Hint(4, 5, "District", True)]
        >>> alphabet.hints(6, hints).tolist()
        [0, 5, 7, 0, 12, 0]
        """
        numbers = np.zeros(length, np.int64)
        for hint in sorted(hints, key=lambda h: (h.start - h.end, h)):
            first = self.classes.get(hint.type)
            if first is not None and not numbers[hint.start : hint.end].any():
                needs_claim = PLACES * len(self.classes) if hint.needs_claim else 0
                mark(numbers, hint.start, hint.end, first + needs_claim)
        return numbers

    def read(self, text: str, words: Iterable[Word], hints: Iterable[Hint] = ()) -> Numbers:
        """All numbers of a text."""
        characters, length = self.characters(text), len(text)
        places, proposed = self.words(length, words), self.hints(length, hints)
        return Numbers(
            characters,
            places,
            proposed,
            *pair_and_triple_rows(characters),
            *four_and_term_rows(characters, places),
        )


def pair_and_triple_rows(characters: Array) -> tuple[Array, Array]:
    """For each character the rows of the pair that it opens and of the triple around it.

    The last axis is the text; what stands outside of it counts as padding.
    """
    padded = _padded(characters, 1, 1)
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


def four_and_term_rows(characters: Array, words: Array) -> tuple[Array, Array]:
    """For each character the rows of the four around it and of the word that it is part of.

    The last axis is the text. A character of no word has row 0.

    >>> alphabet = Alphabet("市政府市", ["n"])
    >>> words = np.array([1, 3, 4, 1, 3])  # of two characters, of one, of two
    >>> terms = four_and_term_rows(alphabet.characters("市政府市政"), words)[1].tolist()
    >>> terms[0] == terms[1] == terms[3], terms[2] == terms[0]
    (True, False)
    """
    padded, length = _padded(characters, 1, 2), characters.shape[-1]
    fours = np.zeros(characters.shape, np.int64)
    for i, number in enumerate(FOUR):
        fours += padded[..., i : i + length] * number
    place = (words - 1) % PLACES
    first = (words == 0) | (place == 0) | (place == PLACES - 1)
    first[..., :1] = True
    if not first.size:
        return fours, fours
    starts, flat = np.flatnonzero(first), characters.ravel()
    sizes = np.diff(np.append(starts, flat.size))
    at = np.minimum(np.arange(flat.size) - np.repeat(starts, sizes), len(WORD) - 1)
    sums = np.add.reduceat(flat * np.array(WORD)[at], starts)
    terms = np.repeat(_spread(sums), sizes).reshape(words.shape)
    return _spread(fours), np.where(words == 0, 0, terms)


def _padded(characters: Array, before: int, behind: int) -> Array:
    """Characters with padding before and behind the text."""
    length = characters.shape[-1]
    padded = np.full((*characters.shape[:-1], before + length + behind), PAD, characters.dtype)
    padded[..., before : before + length] = characters
    return padded


def _spread(sums: Array) -> Array:
    """Rows for sums: those that lie close together come to lie far apart."""
    mixed: Array = (sums ^ (sums >> 11)) * MIXED & 0xFFFFFFFFFF
    rows_: Array = (mixed ^ (mixed >> 17)) % FEWER
    return rows_
