"""Find the dates of an article, as precise as the text and completed by the article's own.

A day without a year (8月8日), without a month (15日) or that is counted from another (昨日, 上周六,
去年三月, 二季度) is one of the days around that on which the article was written. Where the article
tells of another time, or where two days fit, it stays as it is printed; nothing is guessed.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from kg.base.records import Value
from kg.extract.values.partial_date import PartialDate, day_of, month_from

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.ontology.lexicon.texts import ValueWords


@dataclass(frozen=True, slots=True)
class FoundValue:
    """A value in a text: its kind (``money``, ``date``), where it stands, what it says."""

    start: int
    end: int
    kind: str
    value: Value
    currency: str = "CNY"


@dataclass(frozen=True, slots=True)
class _LastDate:
    """The day or month that a text gave last: a bare day or month behind it may go on from it."""

    year: int
    month: int
    day: int
    end: int
    printed: bool  # the year itself


# Days before and behind that of an article within which a day without a year is of its year,
# whatever else the text tells of: what is news is hardly older.
NEAR = (-45, 15)
# Further on, a day is of this year only if it is still to come: 将于11月18日. A day that lies
# so far ahead, and not to come, is of the year before.
AHEAD, LAST_YEAR = 60, 240
REACH = 200  # characters within which a text goes on with the time that it told
# Characters before and behind a day that may say that it is still to come, and right beside it.
BEFORE, BEHIND, BESIDE = 24, 12, 4
_ENDS = re.compile("[。！？；\n]")


class DateFinder:
    """Finds the dates of a text; the words stand in ``ontology/words/values.yaml``."""

    def __init__(self, vocabulary: ValueWords) -> None:
        self.vocabulary = vocabulary
        self.years: dict[str, int] = vocabulary.relative_years
        self.months: dict[str, int] = vocabulary.relative_months
        self.weeks: dict[str, int] = vocabulary.relative_weeks
        self.days: dict[str, int] = vocabulary.relative_days
        self.weekdays: str = vocabulary.weekdays
        self.quarters: dict[str, list[int]] = vocabulary.quarters
        self.halves: dict[str, list[int]] = vocabulary.halves
        self.books = re.compile("|".join(vocabulary.books))
        self.to_come = re.compile(vocabulary.to_come)
        self.every_year: tuple[str, ...] = vocabulary.every_year
        self.pattern = vocabulary.written

    def find(self, text: str, date: PartialDate) -> Iterator[FoundValue]:
        """The dates of a text, in reading order; ``date`` fills in what a text leaves out."""
        last: _LastDate | None = None
        for match in self.pattern.finditer(text):
            value, last = self._value(match, date, last)
            if value is not None:
                yield FoundValue(match.start(), match.end(), "date", value)

    def _value(
        self, match: re.Match[str], date: PartialDate, last: _LastDate | None
    ) -> tuple[Value | None, _LastDate | None]:
        """The value of a match, and the date that the text goes on from."""
        if last and not _goes_on(match.string, last.end, match.start()):
            last = None
        if match["month"]:
            return self._day(match, date, last)
        if match["alone"]:
            year = int(match["alone"])
            return _value(match, year), _LastDate(year, 0, 0, match.end(), printed=True)
        if match["only"]:
            return self._only(match, date, last)
        if match["bare"]:
            return self._bare(match, date), last
        if match["quarter"] or match["half"]:
            return self._period(match, date), last
        if match["near"] or match["weeks"]:
            return self._counted(match, date, last), last
        return self._month(match, date), last

    def _day(
        self, match: re.Match[str], date: PartialDate, last: _LastDate | None
    ) -> tuple[Value | None, _LastDate | None]:
        """8月8日, 2023年8月, 去年3月."""
        year, month = int(match["year"] or 0), int(match["month"])
        if not match["year"] and self.vocabulary.month not in match.group():
            return None, last  # 12.5%
        day = int(match["day"] or match["last"] or 0)
        if not 1 <= month <= 12 or day > 31:
            return None, last  # and no month for a later 10日
        known_year, printed = year, bool(year)
        if match["relative"] and date.year:
            known_year = year = date.year + self.years[match["relative"]]
        elif not year and not match["relative"]:
            known_year = year = self._year(match, date, last, month, day)
            printed = bool(last and last.printed and last.year == year != date.year)
        value = _value(match, year, month, day)
        if value is not None and known_year and not printed:
            value = replace(value, anchor=str(date), source=date.source)
        return value, _LastDate(known_year, month, day, match.end(), printed)

    def _year(
        self, match: re.Match[str], date: PartialDate, last: _LastDate | None, month: int, day: int
    ) -> int:
        """The year of a day or month without one; 0 if two would do."""
        if (
            last
            and last.year
            and self.vocabulary.stretch.fullmatch(match.string, last.end, match.start())
        ):
            return last.year
        if match.string.endswith(self.every_year, 0, match.start()):
            return 0
        page_day = date.date
        candidate = page_day and day_of(date.year, month, day or 1)
        if page_day is None or candidate is None:
            other_year = last is not None and last.printed and last.year != date.year
            return 0 if other_year else date.year
        ahead = (candidate - page_day).days
        near = NEAR[0] <= ahead <= NEAR[1]
        if last is not None and last.printed and last.year != date.year and last.year:
            goes_on = (last.month, last.day or 1) <= (month, day or 1) and last.month
            same_sentence = not _sentence_ends(match.string, last.end, match.start())
            if same_sentence and goes_on and not near:
                return last.year
            return date.year if near and not same_sentence else 0
        to_come = self._to_come(match, behind=BEHIND if day else BESIDE)
        if ahead > LAST_YEAR:
            return date.year - (not to_come)
        if ahead > (AHEAD if day else NEAR[1]) and not to_come:
            return 0
        return date.year + (ahead < -LAST_YEAR and to_come)

    def _to_come(self, match: re.Match[str], before: int = BEFORE, behind: int = BEHIND) -> bool:
        """Whether the words before or behind a day say that it is still to come."""
        words = _ENDS.split(match.string[max(0, match.start() - before) : match.start()])[-1]
        after = _ENDS.split(match.string[match.end() : match.end() + behind])[0]
        return bool(self.to_come.search(f"{words}\0{after}"))

    def _only(
        self, match: re.Match[str], date: PartialDate, last: _LastDate | None
    ) -> tuple[Value | None, _LastDate | None]:
        """15日: of the month that the text goes on with, else of this month or the last one."""
        day = int(match["only"])
        if last and self._goes_on(match, date, last, day):
            current = replace(last, day=day, end=match.end())
            value = _value(match, last.year, last.month, day)
            if value is not None and last.year and not last.printed:
                value = replace(value, anchor=str(date), source=date.source)
            return value, current
        if not date.month or not 1 <= day <= 31:
            return None, last
        month, year = date.month, date.year
        if date.day and day > date.day + 1 and not self._to_come(match, BESIDE, BESIDE):
            month, year = (month - 1, year) if month > 1 else (12, year and year - 1)
        value = _value(match, year, month, day)
        value = value and replace(value, anchor=str(date), source=date.source)
        return value, _LastDate(year, month, day, match.end(), printed=False)

    def _goes_on(self, match: re.Match[str], date: PartialDate, last: _LastDate, day: int) -> bool:
        """Whether a bare day is of the month given before it: 3月16日开工，19日投产.

        One that would lie ahead is not, unless it is to come or ends a stretch.
        """
        if not last.month or not last.day <= day <= 31 or (date.day and not last.day):
            return False
        page_day, candidate = date.date, day_of(last.year, last.month, day) if last.year else None
        if page_day is None or candidate is None or (candidate - page_day).days <= 1:
            return True
        if self.vocabulary.stretch.fullmatch(match.string, last.end, match.start()):
            return True
        return self._to_come(match, BESIDE, BESIDE)

    def _bare(self, match: re.Match[str], date: PartialDate) -> Value | None:
        """去年底: a year."""
        value = date.year and _value(match, date.year + self.years[match["bare"]])
        return replace(value, anchor=str(date), source=date.source) if value else None

    def _month(self, match: re.Match[str], date: PartialDate) -> Value | None:
        """本月15日, 上月底."""
        if not date.month:
            return None
        year, month = month_from(date.year, date.month, self.months[match["months"]])
        if match["dated"] and not 1 <= int(match["dated"]) <= 31:
            return None
        value = _value(match, year, month, int(match["dated"] or 0))
        return value and replace(value, anchor=str(date), source=date.source)

    def _counted(
        self, match: re.Match[str], date: PartialDate, last: _LastDate | None
    ) -> Value | None:
        """今天, 昨日, 上周六: none where a page does not tell its day.

        Who is quoted spoke on another day, and a day that was just told is another one.
        """
        if not (date.month and date.day) or _in_quotation(match.string, match.start()):
            return None
        page = day_of(date.year or 2000, date.month, date.day)
        if page is None:
            return None
        if match["weeks"]:
            if not date.year:
                return None
            weekday = min(self.weekdays.index(match["weekday"]), 6)
            away = 7 * self.weeks[match["weeks"]] + weekday - page.weekday()
        else:
            near = re.sub(r"[（(]\d+[）)]", "", match["near"])
            away = self.days[near]
        day = page + timedelta(days=away)
        printed = re.search(r"[（(](\d{1,2})", match.group())
        if printed and int(printed[1]) != day.day:
            return None  # the page was put online on another day than it was written on
        if (
            last
            and last.day
            and (last.month, last.day)
            not in (
                (page.month, page.day),
                (day.month, day.day),
            )
        ):
            return None
        if match["weeks"] and day > page and away < 7 and not self._to_come(match):
            return None  # 本周二, on a page that was put online on the Monday after it
        year = date.year and date.year + day.year - page.year
        value = _value(match, year, day.month, day.day)
        return value and replace(value, anchor=str(date), source=date.source)

    def _period(self, match: re.Match[str], date: PartialDate) -> Value | None:
        """2023年一季度, 今年上半年, 前三季度: the months from the first to the last."""
        text = match.string
        if self.books.search(text, max(0, match.start() - 8), match.start()):
            return None
        part = match["quarter"]
        first, last = self.quarters[part] if part else self.halves[match["half"]]
        first = 1 if match["upto"] else first
        year, has_year = int(match["whole"] or 0), bool(match["whole"])
        if match["of"] and date.year:
            year = date.year + self.years[match["of"]]
        elif not has_year and not match["of"] and date.year and date.month:
            year = self._year_of_period(match, date, first, last)
        if not 1900 <= year <= 2100:
            return None
        value = Value(f"{year:04}-{first:02}", "gYearMonth", match.group())
        value = replace(value, high=f"{year:04}-{last:02}")
        return value if has_year else replace(value, anchor=str(date), source=date.source)

    def _year_of_period(
        self, match: re.Match[str], date: PartialDate, first: int, last: int
    ) -> int:
        """The year of 二季度: the last one that has begun, unless it is still to come."""
        if first <= date.month:
            return date.year
        if self._to_come(match) or date.month + 6 >= last:
            return 0
        return date.year - 1


def _in_quotation(text: str, at: int) -> bool:
    """Whether a place stands within quotation marks that are open in its line."""
    line = text.rfind("\n", 0, at) + 1
    return text.rfind("“", line, at) > text.rfind("”", line, at)


def _goes_on(text: str, end: int, start: int) -> bool:
    """Whether a text still goes on with the date that it gave last."""
    return start - end <= REACH and text.find("\n", end, start) < 0


def _sentence_ends(text: str, end: int, start: int) -> bool:
    """Whether a sentence ends between two places."""
    return _ENDS.search(text, end, start) is not None


def _value(match: re.Match[str], year: int, month: int = 0, day: int = 0) -> Value | None:
    """A date that the calendar has, as a value; a February without a year may have 29 days."""
    if year and not 1900 <= year <= 2100:
        return None
    if month and day > monthrange(year or 2000, month)[1]:
        return None
    numbers = PartialDate(year, month, day)
    if month and not (year or day):
        return Value(
            f"--{month:02}", "gMonth", match.group()
        )  # 今年4月, of a year that nobody tells
    kind = "gMonthDay" if not year else "date" if day else "gYearMonth" if month else "gYear"
    return Value(str(numbers), kind, match.group()) if str(numbers) else None
