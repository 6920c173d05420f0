"""Count how many independent articles report each fact of a graph.

Every document's claim stays, whoever printed it first; what is counted here is who says a thing
without having it from the others. Reprints of one article are one (``kg.corpus.reprints``).
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from kg.base.spool import Sorted
from kg.corpus.documents import heads

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kg.base.records import Fact, Knowledge, Source

Triple = tuple[str, str, str, str]
# The document and the number of the article that a claim counts for, and its own document.
Stands = tuple[str, int, str] | None


def statement_of(fact: Fact) -> Triple:
    """What a claim says, whoever says it: subject, predicate, object, value."""
    return fact.subject, fact.predicate, fact.object, fact.value.lexical if fact.value else ""


@dataclass(frozen=True, slots=True)
class Count:
    """How many independent articles report a fact, and how many documents they stand in."""

    articles: int
    documents: int


class Reported:
    """Where the claims of a graph stand, counted."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.starts = {source.id: _starts(source) for source in heads(knowledge.sources)}
        self.first = {place: group[0] for group in knowledge.reprints for place in group}

    def article(self, fact: Fact) -> tuple[str, int]:
        """The article that a claim stands in: document and number, of a reprint's group the first.

        A claim that stands in no article belongs to its document as a whole, number 0.
        """
        stretches = self.starts.get(fact.document, [])
        at = bisect_right(stretches, (fact.start, len(stretches))) - 1
        place = fact.document, stretches[at][1] if at >= 0 else 0
        return self.first.get(place, place)

    def count(self, facts: Iterable[Fact]) -> Count:
        """How often the claims of one fact are independent; reference data is no article."""
        quoted = [fact for fact in facts if fact.quote]
        articles = {self.article(fact) for fact in quoted}
        return Count(len(articles), len({fact.document for fact in quoted}))

    def counts(
        self, facts: Iterable[Fact], folder: Path | None = None
    ) -> Iterator[tuple[Triple, Count]]:
        """The same for each fact that claims state, in order of what they say.

        Args:
            facts: Claims, in any order.
            folder: Where what is too much for memory is sorted.
        """
        stated: Sorted[tuple[Triple, Stands]] = Sorted(folder, key=itemgetter(0))
        for fact in facts:
            stands = (*self.article(fact), fact.document) if fact.quote else None
            stated.add((statement_of(fact), stands))
        for what, group in groupby(stated, key=itemgetter(0)):
            where = {stands for _, stands in group if stands}
            yield what, Count(len({s[:2] for s in where}), len({s[2] for s in where}))


def _starts(source: Source) -> list[tuple[int, int]]:
    """Where the stretches of a document's articles begin, with the number of the article."""
    return sorted(
        (span.start, number) for number, a in enumerate(source.articles) for span in a.spans
    )
