"""Find the date of each fact, as precise as it was printed.

A fact is as old as the thing it is about: the event was held, the project signed, the policy
issued on a day that a document tells. Where none is told, it is of the day that its sentence opens
with (8月8日，…), else of that on which the document that states it was written. Facts of reference
data have no date.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from kg.extract.values.dates import DateFinder as Finder
from kg.extract.values.partial_date import parse_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.base.records import Fact, Source
    from kg.ontology import Ontology

    Dated = tuple[str, str]

# Datatypes that can be put on a line of time: a day without a year cannot.
WHOLE = ("date", "gYearMonth", "gYear")
_WRITTEN = re.compile(r"\d{4}(?:-\d\d){0,2}")
SUBJECT, OBJECT, SENTENCE, DOCUMENT = "subject", "object", "sentence", "document"
# Characters in which a sentence opens with its day and that may stand before it.
HEAD, BEFORE = 40, 4


class Dates:
    """The dates of facts: ``2023``, ``2023-03`` or ``2023-03-16``, and whose each is."""

    def __init__(self, facts: Iterable[Fact], ontology: Ontology, days: Mapping[str, Days]) -> None:
        """Take what is told of dates.

        Args:
            facts: All facts of the graph.
            ontology: Tells which values are dates.
            days: When each document was written, by its IRI.
        """
        attributes = {a.name for a in ontology.attributes.values() if "date" in a.datatypes}
        self.days = days
        self.opening = _Opening(ontology)
        self.evidence: dict[str, _DateEvidence] = {}
        for fact in facts:
            if fact.predicate in attributes and fact.value and fact.value.datatype in WHOLE:
                date = "/".join(filter(None, (fact.value.lexical, fact.value.high)))
                self.evidence.setdefault(fact.subject, _DateEvidence()).add(fact, date)

    def of(self, fact: Fact) -> Dated:
        """The date of a fact, and whose it is: ``subject``, ``object``, ``sentence``, ``document``.

        Both are ``""`` where none is known.
        """
        days = self.days.get(fact.document)
        if not days:
            return "", ""
        for end, owner in ((fact.subject, SUBJECT), (fact.object, OBJECT)):
            if end in self.evidence:
                date = self.evidence[end].nearest(fact)
                return (date, owner) if date else ("", "")
        date = days.at(fact.start)
        if here := self.opening.of(fact.quote, date):
            return here, SENTENCE
        return (date, DOCUMENT) if date else ("", "")


class _Opening:
    """Finds the days that sentences open with."""

    def __init__(self, ontology: Ontology) -> None:
        self.words = ontology.lexicon.values
        self.finder = Finder(self.words)
        self.known: dict[tuple[str, str], str] = {}

    def of(self, quote: str, date: str) -> str:
        """The day or month that a quotation opens with, none after the day of its document.

        Args:
            quote: The sentence.
            date: The day of its document, as far as it is known.
        """
        key = quote[:HEAD], date
        if key not in self.known:
            self.known[key] = self._of(*key)
        return self.known[key]

    def _of(self, head: str, date: str) -> str:
        match = next(self.finder.find(head, parse_date(date)), None)
        if (
            match is None
            or match.start > BEFORE
            or not self.words.opens_with_day.match(head, match.end)
        ):
            return ""
        lexical = match.value.lexical
        whole = match.value.datatype in ("date", "gYearMonth") and not match.value.high
        return lexical if whole and not (date and lexical > date) else ""


class _DateEvidence:
    """What is told of the date of one thing, by document."""

    def __init__(self) -> None:
        self.by: dict[str, list[tuple[int, str]]] = {}

    def add(self, fact: Fact, date: str) -> None:
        """Take in a fact that tells a date."""
        self.by.setdefault(fact.document, []).append((fact.start, date))

    def nearest(self, fact: Fact) -> str:
        """The date that a fact means: the nearest one in its document, else the usual one."""
        own = self.by.get(fact.document)
        if own:
            return min((abs(start - fact.start), date) for start, date in own)[1]
        return self.usual

    @cached_property
    def usual(self) -> str:
        """What is told most, the more precise first: once for all that ask, who may be many."""
        count = Counter(date for dates in self.by.values() for _, date in dates)
        return min(count, key=lambda text: (-count[text], -len(text), text))


class Days:
    """The days on which the articles of a document were written, as far as it shows."""

    __slots__ = ("page", "parts")

    def __init__(self, source: Source) -> None:
        days = [article.date if article.date[:1] != "-" else "" for article in source.articles]
        declared = source.published if _WRITTEN.fullmatch(source.published) else ""
        self.page = max(days, default="") or declared
        self.parts = [
            (span.start, span.end, day)
            for article, day in zip(source.articles, days, strict=True)
            for span in article.spans
        ]

    def at(self, offset: int) -> str:
        """The day of the article at an offset, code points into the document's text."""
        here = (day for start, end, day in self.parts if start <= offset < end)
        return next(here, self.page)
