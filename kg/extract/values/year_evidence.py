"""Find the year in which a text was written, as far as the text shows.

The year of a page is that of a day it is dated by, of an edition or a season that it tells of.
What it looks back on and what it plans gives no year; one sign alone gives none either.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.segment.spacing import spaced, unspaced
from kg.extract.values.dates import NEAR
from kg.extract.values.partial_date import PartialDate, day_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from kg.extract.segment.dateline import LayoutPatterns
    from kg.ontology.lexicon.texts import DateWords

TOP = 200  # characters at its beginning in which a page tells its own day, if not by 于
_NUMBERED = re.compile(r"[〔\[［（(]((?:19|20)\d{2})[〕\]］）)]\s*\d")
HEAD = 400  # characters in which the number of a notice itself stands
# Signs that must agree, one of which is a day: of 12,000 articles the name of an event, a season or
# a day that opens a text told a wrong year in every seventh, and two of these in every tenth.
LEAST = 2


def year_of_text(text: str, layout: LayoutPatterns, near: tuple[int, int] = (0, 0)) -> int:
    """The year in which a text was written, where two signs of it agree and none says another.

    Args:
        text: An article, or the page that it stands on.
        layout: The words of pages and of days.
        near: Month and day of its news, 0 where unknown: a full day around it is a sign.

    >>> from kg.extract.segment.dateline import layout_patterns
    >>> from kg.ontology import load
    >>> layout = layout_patterns(load())
    >>> year_of_text("8月9日，2023东湖大会召开。到2025年，规模翻番。", layout)
    2023
    >>> year_of_text("8月9日开幕，2023年8月7日报到；据2023年8月8日统计。", layout, (8, 9))
    2023
    """
    text = unspaced(text, layout.words) if spaced(text) else text
    signs, days = set(_signs(text, layout.dates)), set(_dated(text, layout.dates))
    for at, day in _full_days(text, layout.dates):
        news_day = day_of(day.year, *near) if all(near) else None
        if news_day and -NEAR[1] <= (news_day - day).days <= -NEAR[0]:
            days.add((at, day.year))
    years = {year for _, year in signs | days}
    edition_years = {
        int(edition[1])
        for edition in layout.dates.edition.finditer(text)
        if layout.dates.held_before.search(text[max(0, edition.start() - 24) : edition.start()])
    }
    if lead := layout.dates.lead.search(text, 0, TOP):
        year = int(lead[1])
    elif len(edition_years) == 1:
        (year,) = edition_years
    elif len(years) == 1 and days and len(signs | days) >= LEAST:
        (year,) = years
    else:
        return 0
    return 0 if _tells_of_later_year(text, year, layout.dates) else year


def years_dated(text: str, layout: LayoutPatterns) -> set[int]:
    """The years that a text tells its own day with, or a number of its own."""
    return {year for _, year in _signs(text, layout.dates)}


def _dated(text: str, vocabulary: DateWords) -> Iterator[tuple[int, int]]:
    """Where a text is dated by a day with its year: in its dateline, beside its source."""
    for match in vocabulary.own.finditer(text):
        before = text[max(0, match.start() - 8) : match.start()]
        if vocabulary.dated_behind.match(text, match.end()) or vocabulary.dated_before.search(
            before
        ):
            yield match.start(1), int(match[1])


def _signs(text: str, vocabulary: DateWords) -> Iterator[tuple[int, int]]:
    """Where a text tells the year of its own time, and which."""
    for pattern in (vocabulary.own, vocabulary.yearly, vocabulary.until):
        for match in pattern.finditer(text):
            planned = vocabulary.planned.search(text[max(0, match.start() - 14) : match.start()])
            if not planned and (pattern is not vocabulary.own or _is_own(text, match, vocabulary)):
                yield match.start(1), int(match[1])
    for match in vocabulary.edition.finditer(text):
        if not vocabulary.looks_back.search(text[max(0, match.start() - 20) : match.start()]):
            yield match.start(1), int(match[1])
    for match in _NUMBERED.finditer(text, 0, HEAD):
        yield match.start(1), int(match[1])


def _full_days(text: str, vocabulary: DateWords) -> Iterator[tuple[int, date]]:
    for match in vocabulary.full_day.finditer(text):
        numbers = int(match[1]), int(match[2] or match[5]), int(match[3] or match[6])
        if (day := day_of(*numbers)) is not None:
            yield match.start(1), day


def masthead_date(text: str, layout: LayoutPatterns) -> PartialDate:
    r"""The day in a line of its own at the head of a page.

    >>> from kg.extract.segment.dateline import layout_patterns
    >>> from kg.ontology import load
    >>> masthead_date("云澜日报 2024年6月22日 星期六\n本报讯", layout_patterns(load()))
    PartialDate(year=2024, month=6, day=22, source='')
    """
    match = layout.dates.masthead.search(text[:TOP])
    if not match:
        return PartialDate()
    month, day = int(match[2] or match[5]), int(match[3] or match[6])
    return (
        PartialDate(int(match[1]), month, day)
        if 1 <= month <= 12 and 1 <= day <= 31
        else PartialDate()
    )


def _is_own(text: str, day: re.Match[str], vocabulary: DateWords) -> bool:
    """Whether a day is the page's own, and not one that it looks back on."""
    before = text[max(0, day.start() - 8) : day.start()]
    top = day.start() < TOP and not before.endswith(vocabulary.in_)
    return top or bool(
        vocabulary.dated_behind.match(text, day.end()) or vocabulary.dated_before.search(before)
    )


def _tells_of_later_year(text: str, year: int, vocabulary: DateWords) -> bool:
    """Whether a text tells of a later year as no future: it was not written in ``year``."""
    return any(
        year < int(match[1])
        and not vocabulary.planned.search(text[max(0, match.start() - 14) : match.start()])
        and not vocabulary.ahead.search(text[max(0, match.start() - 14) : match.start()])
        for match in vocabulary.year_told.finditer(text)
    )
