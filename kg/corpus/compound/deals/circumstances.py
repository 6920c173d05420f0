"""When, where, for how much and at which event a deal is made, as the sentences say that tell it.

Claims seldom tell it: a day, a place or an event stands beside the verb (8月8日，甲与乙在某市签约)
and is said of no project. What is found here rests on the quotation of the deal itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.extract.values.dates import DateFinder
from kg.extract.values.partial_date import PartialDate, parse_date
from kg.extract.values.sum_kinds import PAGE
from kg.extract.values.values import ValueFinder
from kg.ontology import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.base.records import Fact, NamedPlace, Source, Value
    from kg.ontology import Ontology

NEVER = "(?!)"
AGREED = "agreed"  # what the page calls the words of what two sign
# Characters before and behind a place or day that tell what it is there for.
BESIDE = 12
# Characters before a sentence in which the day is told that it calls the same.
EARLIER = 300


class Words(NamedTuple):
    """The words of a page that tell circumstances, and what finds days.

    ``place`` and ``event`` are what the IRIs of such things begin with, behind the base.
    """

    days: DateFinder
    day_behind: re.Pattern[str]
    day_before: re.Pattern[str]
    day_same: re.Pattern[str]
    day_told: re.Pattern[str]
    place: str
    place_behind: re.Pattern[str]
    place_before: re.Pattern[str]
    event: str
    event_before: re.Pattern[str]
    event_opens: re.Pattern[str]
    ceremony: re.Pattern[str]
    stages: tuple[tuple[str, re.Pattern[str]], ...]
    values: ValueFinder
    object: re.Pattern[str]
    priced: re.Pattern[str]
    paid: re.Pattern[str]
    price: re.Pattern[str]
    sum: str
    invested: re.Pattern[str]
    never: re.Pattern[str]
    listed: re.Pattern[str]
    apiece: re.Pattern[str]
    several: re.Pattern[str]
    several_sum: str


class Circumstances:
    """A document, asked for what stands around the claims that make a deal.

    Args:
        source: The document.
        ontology: Its page ``words/deals.yaml`` has the words.
        base: What IRIs begin with.
    """

    def __init__(self, source: Source, ontology: Ontology, base: str) -> None:
        self.source, self.base = source, base
        self.words = words(str(ontology.folder))
        self.starts = [one.start for one in source.named_places]

    def days(self, facts: Iterable[Fact]) -> list[Value]:
        """The days before the verbs of claims, each the nearest one of its sentence."""
        days = (self._day(fact.start, self._verb(fact)) for fact in facts)
        return [day for day in days if day is not None]

    def dates(self, fact: Fact, what: str) -> bool:
        """Whether a claim of a day tells when a thing was done, not when it was told of."""
        if fact.value is None:
            return False
        at = self.source.text.find(fact.value.printed, fact.start, fact.end)
        behind = at + len(fact.value.printed)
        named = (o.start for o in self.inside(fact.start, fact.end) if o.entity == what)
        goal = next((start for start in named if start >= behind), behind)
        return at < 0 or not self.words.day_told.search(self.source.text, behind, goal)

    def days_before(self, start: int, verb: int) -> list[Value]:
        """The day that is told from a place up to the end of a verb."""
        day = self._day(start, verb)
        return [] if day is None else [day]

    def places(self, facts: Iterable[Fact]) -> set[str]:
        """The places that sentences say it is done in, by IRI."""
        facts = list(facts)
        iris = {iri for fact in facts for iri in self._places(fact)}
        return iris or {iri for fact in facts for iri in self._seat(fact)}

    def events(self, facts: Iterable[Fact]) -> set[str]:
        """The events that sentences say it is done at, by IRI."""
        facts = list(facts)
        iris = {iri for fact in facts for iri in self._events(fact)}
        return iris or {one.entity for fact in facts for one in self._ceremony(fact)}

    def _verb(self, fact: Fact) -> int:
        """Where the trigger of a claim ends: the one that stands before its object or its sum."""
        text, printed = self.source.text, fact.value.printed if fact.value else ""
        hits = [hit.end() for hit in re.finditer(re.escape(fact.trigger), fact.quote)]
        hits = [fact.start + hit for hit in hits] if fact.trigger else []
        goals = [o.start for o in self.inside(fact.start, fact.end) if o.entity == fact.object]
        if printed and (at := text.find(printed, fact.start, fact.end)) >= 0:
            goals.append(at)
        near = [(goal - hit, hit) for goal in goals for hit in hits if hit <= goal]
        return min(near)[1] if near else hits[0] if hits else fact.end

    def inside(self, start: int, end: int) -> list[NamedPlace]:
        """The places that name something in a stretch."""
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
        return [one for one in self.source.named_places[first:last] if one.end <= end]

    def _day(self, start: int, verb: int) -> Value | None:
        """The day that a stretch from the beginning of a quotation to its verb tells."""
        day = self._last_day(start, verb)
        if day is None and self.words.day_same.search(self.source.text, start, verb):
            begin = max(self._begin(start), start - EARLIER)
            day = self._last_day(begin, start, same=True)
        return day

    def _last_day(self, start: int, end: int, *, same: bool = False) -> Value | None:
        """The last day of a stretch that nothing lasts from or until, and no name holds.

        A day on which somebody learned or reported what follows is none of it, unless what
        follows is said to be done on the same day.
        """
        text, day = self.source.text[start:end], None
        named = [(one.start - start, one.end - start) for one in self.inside(start, end)]
        for date in self.words.days.find(text, self._written(start)):
            lasts = self.words.day_behind.search(text[max(0, date.start - BESIDE) : date.start])
            until = self.words.day_before.match(text, date.end)
            in_name = any(begin <= date.start < stop for begin, stop in named)
            if not same and self.words.day_told.search(text, date.end):
                day = None
            elif not (lasts or until or in_name or date.value.high):
                day = date.value
        return day

    def _begin(self, at: int) -> int:
        """Where the stretch of the article begins that holds a place."""
        spans = (span for article in self.source.articles for span in article.spans)
        return next((span.start for span in spans if span.start <= at < span.end), 0)

    def _written(self, at: int) -> PartialDate:
        """The day of the article at a place."""
        for article in self.source.articles:
            if any(span.start <= at < span.end for span in article.spans):
                return parse_date(article.date, article.date_source)
        return PartialDate()

    def _places(self, fact: Fact) -> set[str]:
        text, iris = self.source.text, set()
        begin = f"{self.base}{self.words.place}"
        inside = self.inside(*_span(fact))
        for one in inside:
            if not one.entity.startswith(begin):
                continue
            behind = self.words.place_behind.search(text, max(fact.start, one.start - 6), one.start)
            within = any(o.start <= one.start and one.end < o.end for o in inside)
            if behind and not within and not self.words.place_before.match(text, one.end):
                iris.add(_finest(one, inside, begin))
        return iris

    def _events(self, fact: Fact) -> set[str]:
        text = self.source.text
        begin = f"{self.base}{self.words.event}"
        here = [one for one in self.inside(*_span(fact)) if one.entity.startswith(begin)]
        iris = {one.entity for one in here if self.words.event_before.match(text, one.end)}
        if iris or not self.words.event_opens.match(text, fact.start, fact.end):
            return iris
        before = self.inside(self._begin(fact.start), fact.start)
        events = [one.entity for one in before if one.entity.startswith(begin)]
        return set(events[-1:])

    def _seat(self, fact: Fact) -> set[str]:
        """The place whose ceremony it is: 甲县乙镇|2023年重大项目开工仪式."""
        begin, iris = f"{self.base}{self.words.place}", set[str]()
        for event in self._ceremony(fact):
            inside = self.inside(event.start, event.end)
            here = [one for one in inside if one.entity.startswith(begin)]
            if here and here[0].start == event.start:
                iris.add(_finest(here[0], inside, begin))
        return iris

    def _ceremony(self, fact: Fact) -> list[NamedPlace]:
        """The only event of the article at which things are signed or begun, by its name."""
        text, begin = self.source.text, f"{self.base}{self.words.event}"
        places = [
            one
            for article in self.source.articles
            if any(span.start <= fact.start < span.end for span in article.spans)
            for span in article.spans
            for one in self.inside(span.start, span.end)
            if one.entity.startswith(begin) and self.words.ceremony.search(text, one.start, one.end)
        ]
        return places if len({one.entity for one in places}) == 1 else []


def _span(fact: Fact) -> tuple[int, int]:
    return fact.start, fact.end


def _finest(one: NamedPlace, inside: Iterable[NamedPlace], begin: str) -> str:
    """The place that is written last of places written one within the other: 甲市|乙区."""
    for other in inside:
        if other.start == one.end and other.entity.startswith(begin):
            one = other
    return one.entity


@lru_cache(maxsize=8)
def words(folder: str) -> Words:
    """The words of the page of an ontology; what it does not have is never found."""
    ontology = load(folder)
    page: Mapping[str, Any] = ontology.words.get(PAGE, {}).get("circumstances", {})
    day, place, event = (page.get(name, {}) for name in ("day", "place", "event"))
    agreed = page.get(AGREED, {})

    def expression(of: Mapping[str, Any], name: str) -> re.Pattern[str]:
        return re.compile(str(of.get(name, NEVER)))

    return Words(
        DateFinder(ontology.lexicon.values),
        expression(day, "behind"),
        expression(day, "before"),
        expression(day, "same"),
        expression(day, "told"),
        f"{place.get('class', '')}/".lower(),
        expression(place, "behind"),
        expression(place, "before"),
        f"{event.get('class', '')}/".lower(),
        expression(event, "before"),
        expression(event, "opens"),
        expression(event, "ceremony"),
        tuple((name, re.compile(pattern)) for name, pattern in agreed.get("stages", {}).items()),
        ValueFinder(ontology.lexicon.values),
        expression(agreed, "object"),
        expression(agreed, "priced"),
        expression(agreed, "paid"),
        expression(agreed, "price"),
        str(agreed.get("kind", "")),
        expression(agreed, "invested"),
        expression(agreed, "never"),
        expression(agreed, "listed"),
        expression(agreed, "apiece"),
        expression(agreed.get("several", {}), "said"),
        str(agreed.get("several", {}).get("kind", "")),
    )
