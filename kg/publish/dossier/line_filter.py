"""Parse which lines of a dossier are wanted, from ``key=value`` of a command line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.base.errors import QueryError, did_you_mean
from kg.publish.dossier.wording import LANGUAGES
from kg.query.questions import no_choice, no_date

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.ontology import Ontology
    from kg.publish.dossier.model import Line

KEYS = ("status", "since", "until", "lang")
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


@dataclass(frozen=True, slots=True)
class LineFilter:
    """Which lines a dossier has, and its language.

    Attributes:
        status: The status of its deals and projects; ``""`` for any.
        since, until: The first and the last day, as precise as given; ``""`` for no limit.
        lang: ``zh`` or ``en``.
    """

    status: str = ""
    since: str = ""
    until: str = ""
    lang: str = LANGUAGES[0]

    @property
    def dated(self) -> bool:
        """Whether only a stretch of time is wanted."""
        return bool(self.since or self.until)

    def day(self, line: Line) -> bool:
        """Whether a line is of the time that is wanted; one without a day is of none.

        A day that is less precise than a limit counts where a part of it may lie within.

        >>> from kg.publish.dossier.model import Line
        >>> lines = LineFilter(since="2023-05", until="2023")
        >>> [lines.day(Line({}, day=day)) for day in ("2023", "2023-05-31", "2024-01", "")]
        [True, True, False, False]
        """
        if not self.dated:
            return True
        first, _, last = line.day.partition("/")
        last = last or first
        after = last[: len(self.since)] >= self.since[: len(last)]
        before = first[: len(self.until)] <= self.until[: len(first)]
        return bool(first) and after and before

    def stage(self, line: Line) -> bool:
        """Whether a deal or project is as far as is wanted."""
        return not self.status or line.status == self.status


def parse_line_filter(parameters: Mapping[str, str], ontology: Ontology) -> LineFilter:
    """What is wanted, by the parameters of a command line.

    Raises:
        QueryError: If a parameter or its value is unknown; what is known is named.
    """
    for key in parameters:
        if key not in KEYS:
            raise QueryError(
                f"{key} is no parameter of a report; {did_you_mean(key, KEYS)}",
                zh=f"档案没有参数 {key}；{did_you_mean(key, KEYS, 'zh')}",
            )
    choices = {"status": ontology.statuses, "lang": LANGUAGES}
    for key, known in choices.items():
        value = parameters.get(key, "")
        if value and value not in known:
            raise no_choice(key, value, known)
    for key in ("since", "until"):
        value = parameters.get(key, "")
        if value and not _DATE.fullmatch(value):
            raise no_date(key, value)
    return LineFilter(**{key: value for key, value in parameters.items() if value})
