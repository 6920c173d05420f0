"""Complete dates that leave out the year, and say what completed them.

A date that the day of the article does not complete (``kg.extract.values.dates``) has the year in
the name of its event (``title``) or in the number of its paper (``number``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.values.article_date import parse_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.base.records import LocalClaim, LocalEntity, Value
    from kg.ontology.lexicon.texts import ValueWords

TITLE, NUMBER = "title", "number"
YEAR, MONTH, DAY = "year", "month", "day"
_NUMBER = re.compile(r"[〔\[［（(]((?:19|20)\d\d)[〕\]］）)]")
MONTHS = {TITLE: range(1, 12), NUMBER: range(2, 13)}


def complete_by_name(
    claims: Iterable[LocalClaim], entities: Sequence[LocalEntity], words: ValueWords
) -> Iterator[LocalClaim]:
    """The claims of a document; dates without a year get that of the name or number of their thing.

    A month of a year that nobody tells is no value, and is left out.

    Args:
        claims: The claims of a document.
        entities: Its things.
        words: Tells which classes have the year of their days in their names (``editions``), and
            what the number of a paper is called.
    """
    document_claims = list(claims)
    years: defaultdict[int, set[str]] = defaultdict(set)
    for claim in document_claims:
        if claim.predicate == words.numbers and claim.value:
            years[claim.subject].update(_NUMBER.findall(claim.value.lexical))
    for claim in document_claims:
        entity, value = entities[claim.subject], claim.value
        if value is None or value.datatype not in ("gMonthDay", "gMonth"):
            yield claim
            continue
        names = (entity.name, *entity.aliases) if entity.type in words.editions else ()
        editions = {m[1] for name in names for m in words.edition.finditer(name)}
        sources = {TITLE: editions, NUMBER: years[claim.subject]}
        completed = next(
            (v for item in sources.items() if (v := _of_year(value, *item, words))), value
        )
        if completed.datatype != "gMonth":
            yield replace(claim, value=completed)


def _of_year(value: Value, source: str, years: set[str], words: ValueWords) -> Value | None:
    """A day or month with its year, if there is one."""
    day = parse_day(value.lexical, source)
    year_is_sure = day.month in MONTHS[source] or words.year in value.printed  # 去年12月
    if len(years) != 1 or not year_is_sure:
        return None
    (year,) = years
    completed = replace(day, year=int(year))
    if day.day and completed.date is None:
        return None
    kind = "date" if day.day else "gYearMonth"
    return replace(value, lexical=str(completed), datatype=kind, anchor=year, source=source)


def lacking(value: Value, words: ValueWords) -> str:
    """What the words of a completed date leave out: ``year``, ``month`` (and year) or ``day``.

    ``day`` is also what words say that are counted from a day (昨日); ``""`` of any other value.

    >>> from kg.base.records import Value
    >>> from kg.ontology import load
    >>> day = Value("2023-08-08", "date", "8月8日", anchor="2023-08-09")
    >>> lacking(day, load().lexicon.values)
    'year'
    """
    if not value.anchor:
        return ""
    printed = value.printed
    if words.without_year.search(printed) or value.datatype == "gYear":
        return YEAR
    return MONTH if words.without_month.search(printed) or value.datatype != "date" else DAY
