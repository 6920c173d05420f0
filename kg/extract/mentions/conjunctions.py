"""Tell whether a conjunction joins words of one name (农业与农村局) or two names."""

from __future__ import annotations

from collections.abc import Collection

from kg.extract.mentions.name_grammar import NameGrammar, NameLimits
from kg.extract.mentions.tokens import STOPS, Words
from kg.ontology import Lexicon

# How far from the head noun a conjunction may stand: in names of bodies, and of works.
NEAR, FAR = 12, 18
# Tags of words that cannot stand before a conjunction inside a name, and of words that
# cannot stand after one: places, persons, pronouns, numbers, adverbs, prepositions.
NO_NAME_BEFORE = ("nr", "nt", "r", "m", "d", "p", "ns", "ad", "t", "f")
NO_NAME_AFTER = ("ns", "nr", "nt", "r", "m")


class Conjunctions:
    """Tells what the conjunctions of one text join.

    Args:
        words: The words of the text.
        grammar: The word lists.
        ends: Positions where another name ends: a conjunction after one joins two names.
        begins: Positions where another name begins: a conjunction before one does, too.
    """

    def __init__(
        self,
        words: Words,
        grammar: NameGrammar,
        lexicon: Lexicon,
        ends: Collection[int],
        begins: Collection[int],
    ) -> None:
        self.text, self.words, self.grammar = words.text, words, grammar
        self.vocabulary = lexicon.grammar
        self.ends, self.begins = ends, begins
        self.ends_of: dict[int, int] = {}  # places, where they begin by where they end
        self.bodies: dict[int, int] = {}  # listed bodies, the same

    def _joins_words(self, start: int, position: int, head: int, limits: NameLimits) -> bool:
        """Whether a conjunction joins two words of one name (农业与农村局), not two names."""
        far = FAR if limits.works else NEAR
        if start == 0 or start in self.ends or position in self.begins or head - position > far:
            return False
        if self.text[start - 1] in STOPS or self.text[position] in self.vocabulary.short_levels:
            return False
        before, after = self.words.at(start - 1), self.words.at(position)
        cut = self.grammar.cut
        if after.tag in NO_NAME_AFTER or after.text in cut:
            return False
        if before.text in self.grammar.inner:
            return True  # 养老|和某某中心, which a segmenter takes for a person
        return before.tag not in NO_NAME_BEFORE and before.text not in cut
