"""Find the day on which an article was written, and what tells it.

In this order: its ``dateline`` (or the day that signs a notice), a ``header`` of the page, the
``metadata`` that the file declares, the ``name`` of the file, and the ``text``, which tells a year
at most. A year that a dateline leaves out comes from the next of them that fits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.extract.segment.punctuation import normalised
from kg.extract.segment.spacing import spaced, unspaced
from kg.extract.values.partial_date import PartialDate, day_of, parse_date
from kg.extract.values.year_evidence import masthead_date, year_of_text, years_dated

if TYPE_CHECKING:
    from kg.base.records import Document
    from kg.extract.segment.articles import SegmentedArticle
    from kg.extract.segment.dateline import LayoutPatterns
    from kg.ontology.lexicon.texts import DateWords

DATELINE, HEADER, METADATA, NAME, TEXT = "dateline", "header", "metadata", "name", "text"
HEAD = 400  # characters at the beginning of a page in which it tells its own day
# A page is printed or put online on the day of its dateline or after it: so many days.
LATER = (-1, 180)
# Formats whose date says when somebody saved the file, which may be years after it was written.
SAVED = re.compile(r"pdf|officedocument|msword|opendocument|excel|ofd")


@dataclass(frozen=True, slots=True)
class PageDates:
    """What a document tells of its day besides its datelines, in the order in which it counts."""

    dates: tuple[PartialDate, ...]
    text: str


def page_dates(document: Document, layout: LayoutPatterns) -> PageDates:
    """What a whole document tells: its head, what its file declares, the name of its file."""
    text = normalised(document.text, layout.words)
    text = unspaced(text, layout.words) if spaced(text) else text
    head, by_name = header(text, layout), date_in_name(document.name, layout.dates)
    declared = parse_day(document.published, METADATA)
    saved = SAVED.search(document.media) is not None
    if saved and declared.year and not _saved_when_written(declared, by_name, text, layout):
        declared = PartialDate()
    dates = [date for date in (head, declared, by_name) if date.year]
    return PageDates(tuple(dates), text)


def article_date(article: SegmentedArticle, page: PageDates, layout: LayoutPatterns) -> PartialDate:
    """The day on which an article was written, as far as its document shows."""
    line = parse_day(article.date, DATELINE)
    if not line.month and article.kind == "notice":
        line = signature(article.text, layout)
    head = header(article.text, layout)
    dates = ([head] if head.year else []) + list(page.dates)
    if line.year:
        return line
    if not line.month:
        return dates[0] if dates else _by_text(line, article, page, layout)
    for date in dates:
        if year := _year_of(line, date):
            return replace(line, year=year, source=f"{DATELINE} {date.source}")
    return _by_text(line, article, page, layout)


def header(text: str, layout: LayoutPatterns) -> PartialDate:
    r"""The day that a page tells of itself in its head, or by the issue that printed it.

    >>> from kg.extract.segment.dateline import layout_patterns
    >>> from kg.ontology import load
    >>> header("云澜新规\n发布时间：2023-08-08 10:20 来源：云澜网\n", layout_patterns(load()))
    PartialDate(year=2023, month=8, day=8, source='header')
    """
    head = text[:HEAD]
    matches = (match for pattern in layout.header if (match := pattern.search(head)))
    if (masthead := masthead_date(text, layout)).year:
        return replace(masthead, source=HEADER)
    if match := next(matches, None) or layout.issue.search(text):
        return _when(match, HEADER)
    return PartialDate()


def signature(text: str, layout: LayoutPatterns) -> PartialDate:
    """The day that stands alone in a line of a notice; none where several do."""
    days = {_when(match, DATELINE) for match in layout.signature.finditer(text)}
    return days.pop() if len(days) == 1 else PartialDate()


def date_in_name(name: str, vocabulary: DateWords) -> PartialDate:
    """The day in the name of a file.

    >>> from kg.ontology import load
    >>> words = load().lexicon.dates
    >>> date_in_name("rmrb_20230808.txt", words), date_in_name("2023/08-08/01.html", words).day
    (PartialDate(year=2023, month=8, day=8, source='name'), 8)
    """
    days = {
        (int(m[1]), int(m[2] or m[5]), int(m[3] or m[6]))
        for m in vocabulary.in_file_name.finditer(name)
        if day_of(int(m[1]), int(m[2] or m[5]), int(m[3] or m[6]))
    }
    return PartialDate(*days.pop(), source=NAME) if len(days) == 1 else PartialDate()


def _when(match: re.Match[str], source: str) -> PartialDate:
    numbers = int(match["year"]), int(match["month"]), int(match["day"])
    return PartialDate(*numbers, source=source) if day_of(*numbers) else PartialDate()


def parse_day(day: str, source: str) -> PartialDate:
    """A day or month as numbers; a year alone is none."""
    date = parse_date(day, source)
    return date if date.month else PartialDate()


def _year_of(line: PartialDate, page: PartialDate) -> int:
    """The year of a dateline, of a page that was put online on a day; 0 if they do not fit."""
    online = page.date
    if online is None:
        return page.year if page.month in (0, line.month) else 0
    for year in (page.year, page.year - 1):
        day = day_of(year, line.month, line.day or 1)
        if day and LATER[0] <= (online - day).days <= LATER[1]:
            return year
    return 0


def _saved_when_written(
    declared: PartialDate, by_name: PartialDate, text: str, layout: LayoutPatterns
) -> bool:
    """Whether a file was saved when its text was written, as far as shows."""
    if by_name.year:
        return str(declared) == str(by_name)
    return all(year == declared.year for year in years_dated(text, layout))


def _by_text(
    line: PartialDate, article: SegmentedArticle, page: PageDates, layout: LayoutPatterns
) -> PartialDate:
    """The year that the dates of an article tell, or those of its page, if they agree."""
    source = f"{DATELINE} {TEXT}" if line.month else TEXT
    for text in dict.fromkeys((article.text, page.text)):
        if year := year_of_text(text, layout, (line.month, line.day)):
            return replace(line, year=year, source=source)
    return line
