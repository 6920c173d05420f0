"""Tell at which words before a head noun a name ends."""

from __future__ import annotations

from kg.extract.mentions.conjunctions import Conjunctions
from kg.extract.mentions.name_grammar import NameLimits
from kg.extract.mentions.tokens import STOPS

DIGITS = frozenset("0123456789")
# Tags of words behind which a verb of making is one: numbers, prepositions, adverbs, names.
AHEAD = ("m", "p", "d", "c", "r", "nr", "ns")


class BoundaryWords(Conjunctions):
    """Tells which words of one text no name goes on over."""

    def stops(self, start: int, position: int, tag: str, head: int, limits: NameLimits) -> bool:
        """Whether the word between two positions, tagged so, stands before the name, not in it."""
        piece, grammar = self.text[start:position], self.grammar
        if piece in limits.keep or piece in limits.cut:
            return piece not in limits.keep
        if limits.works and self._only_works(start, head):
            return False
        if piece in self.vocabulary.conjunctions and limits.joins:
            return not self._joins_words(start, position, head, limits)
        if piece in grammar.before_place and position in self.begins:
            return not self._trade_only(position, head)
        if piece in grammar.adjacent:
            return position < head
        if piece in grammar.making:
            if limits.loose and self._trade_only(position, head):
                return False  # 投资|发展有限公司: what follows cannot be a name by itself
            return head - position >= 2 and self._is_verb(start)
        if piece in grammar.inner or piece in grammar.cut:
            return piece not in grammar.inner
        if not DIGITS.isdisjoint(piece):
            return (
                not limits.digits or self.text[position : position + 1] in self.vocabulary.counting
            )
        if len(piece) > 1 and (
            piece[-1] == self.vocabulary.towards or (tag == "v" and position in self.begins)
        ):
            return True  # 就读于, 得益于: what follows is where, no name goes on
        return piece in grammar.verbs and not limits.loose

    def _only_works(self, start: int, head: int) -> bool:
        """Whether a stretch up to the head noun holds nothing but verbs of works."""
        works, making = self.grammar.works, self.grammar.making
        words = list(self.words.between(start, head))
        reaches_head = bool(words) and words[-1].end == head and words[0].text in works
        return reaches_head and all(w.text in works or w.text in making for w in words)

    def _is_verb(self, start: int) -> bool:
        """Whether a verb of making ends the name to its right: what stands before it tells."""
        if start == 0 or self.text[start - 1] in STOPS:
            return True
        if start in self.ends or start in self.ends_of:
            return True
        before = self.words.at(start - 1)
        if before.text in self.grammar.making and before.start > 0:
            return self._is_verb(before.start)  # 建设运营: a verb if its first word is one
        if before.text in self.grammar.cut or before.tag in AHEAD:
            return True
        return before.tag == "v" and before.text not in self.grammar.inner

    def _trade_only(self, start: int, end: int) -> bool:
        """Whether a stretch holds nothing but words that any company may have in its name."""
        return self.grammar.trades.fullmatch(self.text, start, end) is not None
