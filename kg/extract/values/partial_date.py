"""A day as far as it is known: year, month and day, each of which may be missing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PartialDate:
    """What is known of the day a text was published: year, month and day, 0 where unknown.

    ``source`` is what tells so, by the names of ``kg.extract.values.article_date``; empty if nobody
    asks.
    """

    year: int = 0
    month: int = 0
    day: int = 0
    source: str = ""

    @property
    def date(self) -> date | None:
        """The day, if all of it is known."""
        return day_of(self.year, self.month, self.day) if self.year else None

    def __str__(self) -> str:
        """The day as XML Schema writes it, as far as it is known.

        >>> [str(PartialDate(*day)) for day in ((2023, 8, 8), (2023,), (0, 8, 8), ())]
        ['2023-08-08', '2023', '--08-08', '']
        """
        parts = (f"{self.year:04}" if self.year else "-", self.month, self.day)
        known_parts = parts[:1] if not self.month else parts if self.day else parts[:2]
        text = "-".join(p if isinstance(p, str) else f"{p:02}" for p in known_parts)
        return "" if text == "-" or (not self.year and not self.day) else text


def parse_date(text: str, source: str = "") -> PartialDate:
    """The day that a text begins with, as ``str`` of it writes it; all 0 where it is none.

    >>> parse_date("2023-08-08").day, parse_date("--08-08").month
    (8, 8)
    >>> parse_date("2023").year, parse_date("2023-13").year
    (2023, 0)
    """
    match = re.match(r"(\d{4}|-)(?:-(\d{2})(?:-(\d{2}))?)?", text)
    if not match:
        return PartialDate()
    year, month, day = (int(one) if one and one != "-" else 0 for one in match.groups())
    return (
        PartialDate(year, month, day, source)
        if day_of(year or 2000, month or 1, day or 1)
        else PartialDate()
    )


def day_of(year: int, month: int, day: int) -> date | None:
    """A day of the calendar; None if it has no such day.

    >>> day_of(2023, 2, 29) is None
    True
    """
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_from(year: int, month: int, by: int) -> tuple[int, int]:
    """A month before or behind another; the year stays 0 where it is unknown."""
    years, month = divmod(month - 1 + by, 12)
    return (year + years if year else 0), month + 1
