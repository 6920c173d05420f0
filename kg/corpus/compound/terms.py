"""Find since when and until when somebody holds a post.

The days stand beside the post (2021年5月起任甲局局长, 2019年至2022年任…, 任期至2025年), as
precise as they are printed; the words that tell which is which stand on a page (``terms`` of
``words/posts.yaml``). A day of several posts that were held one after another (历任) is of none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kg.base.records import Value
from kg.corpus.compound.tenure import NEVER, PAGE
from kg.extract.values.dates import DateFinder
from kg.ontology import load

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.extract.values.dates import FoundValue
    from kg.extract.values.partial_date import PartialDate
    from kg.ontology import Ontology

# Characters behind a title in which its term may be told.
BEHIND = 60
CLAUSES = "。；！？\n"
YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}$")


class Term(NamedTuple):
    """Since when and until when a post is held, and which stretch of the text says so."""

    since: Value | None = None
    until: Value | None = None
    start: int = -1
    end: int = -1


@dataclass(frozen=True)
class Terms:
    """How texts tell terms of office.

    Attributes:
        days: What finds days.
        words: The expressions of the page, by name; what it does not have is never found.
    """

    days: DateFinder
    words: dict[str, re.Pattern[str]]

    def of(
        self,
        text: str,
        scope: int,
        body: tuple[int, int],
        title: tuple[int, int],
        written: PartialDate,
    ) -> Term:
        """The term of a post; empty where nothing is told of it.

        Args:
            text: The document.
            scope: Where the words begin that may tell of the post, in code points.
            body: Where its body stands, half-open; an empty stretch at the title without one.
            title: Where its title stands.
            written: The day of the article.

        >>> from kg.extract.values.partial_date import PartialDate
        >>> from kg.ontology import load
        >>> text = "2019年至2022年任甲局局长"
        >>> term = terms(load()).of(text, 0, (12, 14), (14, 16), PartialDate())
        >>> term.since.lexical, term.until.lexical
        ('2019', '2022')
        """
        post = min(body[0], title[0]), title[1]
        own = text[min(body[1], title[0]) : title[1]]
        terms = (
            *(() if self._then(own, text, title[1]) else self._before(text, scope, post, written)),
            *self._behind(text, title[1], written),
        )
        return next(iter(terms), Term())

    def _then(self, own: str, text: str, end: int) -> bool:
        """Whether a post is but told to be held at a time, or no post is told to be taken on."""
        never = self.words["since_never"].search(own)
        return bool(never or self.words["held_then"].match(text, end))

    def _before(
        self, text: str, scope: int, stretch: tuple[int, int], written: PartialDate
    ) -> Iterator[Term]:
        """Terms that stand before a post, the nearest first."""
        post, end = stretch
        lead = text[scope:post]
        days = [one for one in self.days.find(lead, written) if not one.value.high]
        for number in range(len(days) - 1, -1, -1):
            one = days[number]
            gap = lead[one.end :]
            start = self._first(lead, days, number)
            if start is not None and self._says("served", gap):
                yield Term(start[0], _day(one), scope + start[1], post)
            going = self.words["now"].match(gap)
            if going and self._says("served", gap[going.end() :]):
                yield Term(_day(one), None, scope + one.start, post)
            then = self.words["then_before"].search(lead[: one.start])
            if then and self.words["then_behind"].match(text, end):
                continue
            if start is None and self._says("since", gap):
                yield Term(_day(one), None, scope + one.start, post)
            if start is None and self._says("until", gap):
                yield Term(None, _day(one), scope + one.start, post)

    def _first(
        self, lead: str, days: Sequence[FoundValue], number: int
    ) -> tuple[Value, int] | None:
        """The first day of a term whose last day this is (2019年|至2022年, 2019|-2022年)."""
        end = days[number].start
        if number and self.words["range"].fullmatch(lead, days[number - 1].end, end):
            return _day(days[number - 1]), days[number - 1].start
        for at in range(max(0, end - 4), end):
            year = YEAR.search(lead[:at])
            if year and self.words["range"].fullmatch(lead, at, end):
                return Value(year[0], "gYear"), year.start()
        return None

    def _says(self, name: str, gap: str) -> bool:
        """Whether what stands between a day and a post says so."""
        match = self.words[name].fullmatch(gap)
        return match is not None and not self.words[f"{name}_never"].search(gap)

    def _behind(self, text: str, title: int, written: PartialDate) -> Iterator[Term]:
        """Terms that stand behind a title, in its sentence."""
        stops = (text.find(mark, title, title + BEHIND) for mark in CLAUSES)
        stop = min((at for at in stops if at >= 0), default=min(len(text), title + BEHIND))
        tail, words = text[title:stop], self.words
        days = [one for one in self.days.find(tail, written) if not one.value.high]
        if not days:
            return
        one, rest = days[0], tail[days[0].end :]
        lead = tail[: one.start]
        last = days[1] if len(days) > 1 else None
        first = self._first(tail, days, 0)
        if first:
            before = tail[: first[1]]
            if words["term"].fullmatch(before) or words["bracket"].fullmatch(before):
                yield Term(first[0], _day(one), title, title + one.end)
        if words["term"].fullmatch(lead) or words["bracket"].fullmatch(lead):
            if last and words["range"].fullmatch(tail, one.end, last.start):
                yield Term(_day(one), _day(last), title, title + last.end)
            elif words["now"].match(rest) or words["onward"].match(rest):
                yield Term(_day(one), None, title, title + one.end)
        if words["term_until"].fullmatch(lead):
            yield Term(None, _day(one), title, title + one.end)
        if words["behind"].fullmatch(lead):
            if words["took"].match(rest):
                yield Term(_day(one), None, title, title + one.end)
            elif words["gave"].match(rest):
                yield Term(None, _day(one), title, title + one.end)


def _day(date: FoundValue) -> Value:
    return Value(date.value.lexical, date.value.datatype)


@lru_cache(maxsize=8)
def _terms(folder: str) -> Terms:
    ontology = load(folder)
    page = ontology.words.get(PAGE, {}).get("terms", {})
    names = ("range", "now", "onward", "since", "since_never", "served", "served_never", "until")
    more = ("until_never", "behind", "took", "gave", "term", "term_until", "bracket", "held_then")
    words = {name: re.compile(page.get(name, NEVER)) for name in (*names, *more)}
    before, behind = page.get("then", (NEVER, NEVER))
    words |= {"then_before": re.compile(before), "then_behind": re.compile(behind)}
    return Terms(DateFinder(ontology.lexicon.values), words)


def terms(ontology: Ontology) -> Terms:
    """How the texts of an ontology tell terms of office."""
    return _terms(str(ontology.folder))
