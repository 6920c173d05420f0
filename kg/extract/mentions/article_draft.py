"""What the finders share: an article's text, its words, and what has been found so far."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import rjieba

from kg.extract.mentions.boundary import Boundary
from kg.extract.mentions.mention import Mention, rank
from kg.extract.mentions.name_grammar import NameGrammar
from kg.extract.mentions.tokens import STOPS, Words
from kg.extract.segment.articles import SegmentedArticle
from kg.extract.values.values import FoundValue, PartialDate
from kg.ontology import Lexicon

if TYPE_CHECKING:
    from kg.extract.model.llm import LlmProposals


class ArticleDraft:
    """One article under annotation: finders read it and hand back mentions, never change it."""

    def __init__(
        self,
        article: SegmentedArticle,
        grammar: NameGrammar,
        lexicon: Lexicon,
        date: PartialDate,
        values: Sequence[FoundValue] = (),
        place_classes: frozenset[str] = frozenset(),
        number: int = 0,
        llm_proposals: LlmProposals | None = None,
    ) -> None:
        self.article, self.text, self.grammar, self.date = article, article.text, grammar, date
        self.lexicon = lexicon
        self.number = number  # of the article in its document, from 0
        self.place_classes = place_classes  # classes whose names are never looked into: places
        self.words = Words(article.text, lexicon.grammar)
        self.sentence_starts = [s.start for s in article.sentences] or [0]
        self.mentions: list[Mention] = []
        # What was found when names were last chosen, and what the choice was.
        self.choice: tuple[list[Mention], list[Mention]] = [], []
        self._in_order: list[Mention] = []  # those found, and where they start, in this order
        self._starts: list[int] = []
        self.values = tuple(values)
        self.llm_proposals = llm_proposals  # what a language model proposes, if one takes part
        self.begins: dict[int, Mention] = {}
        self.ends: dict[int, Mention] = {}
        self.boundary = Boundary(self.words, grammar, lexicon, self.ends, self.begins)

    def add(self, mentions: Iterable[Mention], as_bodies: bool = False) -> None:
        """Take what a finder found; the longest mention at a position is remembered.

        ``as_bodies``: they are bodies that the names of others may begin with. What is left of a
        name without quotation marks and white space may be nothing: then it is none.
        """
        nonempty = (mention.in_article(self.number) for mention in mentions if mention.name)
        for m in sorted(nonempty, key=rank):
            self.mentions.append(m)
            at = bisect_right(self._starts, m.start)
            self._starts.insert(at, m.start)
            self._in_order.insert(at, m)
            for table, position in ((self.begins, m.start), (self.ends, m.end)):
                longest = table.get(position)
                if longest is None or longest.end - longest.start < m.end - m.start:
                    table[position] = m
            if as_bodies:
                self.boundary.bodies[m.end] = m.start
            if m.type in self.place_classes and m.end - m.start > 1:
                start = self.boundary.ends_of.get(m.end, m.start)
                self.boundary.ends_of[m.end] = min(start, m.start)

    def sentence_start(self, position: int) -> int:
        """Where the sentence of a position begins."""
        return self.sentence_starts[max(0, bisect_right(self.sentence_starts, position) - 1)]

    def may_end(self, position: int) -> bool:
        """Whether a name may end before a position: a word does, or a sign stands there."""
        return (
            position >= len(self.text)
            or self.text[position] in STOPS
            or self.words.ends(position)
            or self._made_up(position)
        )

    def _made_up(self, position: int) -> bool:
        """Whether the word across a position is no word: 农业农村局|于 cut as 局于."""
        if self.text[position] not in self.lexicon.grammar.functions:
            return False
        return not rjieba.has_word(self.words.at(position - 1).text)

    def within(self, start: int, end: int) -> list[Mention]:
        """The mentions found so far that lie inside a stretch."""
        first = bisect_left(self._starts, start)
        last = bisect_left(self._starts, end, first)
        return [m for m in self._in_order[first:last] if m.end <= end]
