"""An article with its mentions in reading order: its masked sentences, and who was named last."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property

from kg.base.records import Span
from kg.extract.coreference.mask import Group, Masked, Masks
from kg.extract.mentions.article_draft import ArticleDraft
from kg.extract.mentions.mention import Mention
from kg.extract.values.dates import FoundValue

# How far before a name it may stand that it is an adviser's.
SERVES = 30


class Discourse:
    """One article as references and rules of claims see it.

    Args:
        draft: The article with its values.
        mentions: Its mentions in reading order.
        masks: The alphabet of the masked sentences.
    """

    def __init__(self, draft: ArticleDraft, mentions: Sequence[Mention], masks: Masks) -> None:
        self.draft, self.article, self.text = draft, draft.article, draft.text
        self.mentions = mentions
        self._begins = [m.start for m in mentions]
        self.sentences: list[Masked] = [
            masks.mask(self.text, s, self.inside(s), draft.values) for s in self.article.sentences
        ]
        self.groups: list[Group] = [
            g for m in self.sentences for _, g in sorted(m.groups.items()) if g.mentions
        ]
        self._starts = [g.start for g in self.groups]

    def inside(self, span: Span) -> list[Mention]:
        """The mentions that lie in a stretch of the article, in reading order."""
        first, last = (bisect_left(self._begins, at) for at in (span.start, span.end))
        return [m for m in self.mentions[first:last] if m.end <= span.end]

    @cached_property
    def money(self) -> tuple[list[FoundValue], list[int]]:
        """The sums of the article in reading order, and where each begins."""
        sums = [value for value in self.draft.values if value.kind == "money"]
        return sums, [value.start for value in sums]

    def sentence(self, position: int) -> Span:
        """The sentence of a position, as a quotation."""
        return self.article.sentence_at(position)

    def number(self, position: int) -> int:
        """Which sentence of the article holds a position, from 0."""
        return self.article.sentences.index(self.article.sentence_at(position))

    def group_at(self, position: int) -> Group | None:
        """The group of mentions that covers a position."""
        i = bisect_right(self._starts, position) - 1
        group = self.groups[i] if i >= 0 else None
        return group if group and group.end > position else None

    def before(self, position: int, reach: int = 40) -> Iterator[Group]:
        """The groups that end before a position, the nearest first, ``reach`` at the most."""
        i = bisect_right(self._starts, position - 1) - 1
        for k in range(i, max(-1, i - reach), -1):
            if self.groups[k].end <= position:
                yield self.groups[k]

    def floor(self, position: int, reach: int) -> int:
        """Where the sentence begins that stands so many before that of a position."""
        return self.article.sentences[max(0, self.number(position) - reach)].start

    def last(
        self, position: int, types: Sequence[str], subtype: str = "", reach: int = 4
    ) -> tuple[Mention, ...]:
        """The nearest mentions of these classes before a position, ``reach`` sentences back.

        Who only serves another one there (保荐机构为甲证券) is not what a text goes on about.
        """
        floor, serves = self.floor(position, reach), self.draft.lexicon.references.serves
        for group in self.before(position):
            if group.start < floor:
                break
            if serves.search(self.text, max(0, group.start - SERVES), group.start):
                continue
            mentions = (m for m in group.mentions if m.type in types and not m.reference)
            if fitting := tuple(m for m in mentions if not subtype or m.subtype == subtype):
                return fitting
        return ()

    def ending(self, position: int, types: Sequence[str], noun: str) -> tuple[Mention, ...]:
        """The nearest mention before a position whose name ends in a common noun (学院, 实验室)."""
        return self.nearest_named(position, types, re.compile(f".{re.escape(noun)}$"))

    def nearest_named(
        self,
        position: int,
        types: Sequence[str],
        pattern: re.Pattern[str],
        reach: int | None = None,
    ) -> tuple[Mention, ...]:
        """The nearest mention before a position whose name a pattern finds.

        It stands ``reach`` sentences back at the most.
        """
        floor = 0 if reach is None else self.floor(position, reach)
        for group in self.before(position):
            if group.start < floor:
                break
            for m in group.mentions:
                if m.type in types and not m.reference and pattern.search(m.name):
                    return (m,)
        return ()
