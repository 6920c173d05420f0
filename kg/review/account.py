"""A file of corrections and what came of it in, the account of it that a report gives out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from kg.base.records import Skipped
from kg.review.apply.replay import Replayed
from kg.review.apply.verdicts import DecisionProblem
from kg.review.book import Book


@dataclass(frozen=True, slots=True)
class Account:
    """What came of the corrections of a build.

    Attributes:
        decisions: How many the file holds.
        held: How many of them hold of something in the graph.
        orphaned: Those whose sentence or thing has gone from the documents.
        contested: Those that gave way to a later one of somebody else.
        unreadable: Lines that are no decision.
    """

    decisions: int = 0
    held: int = 0
    orphaned: tuple[DecisionProblem, ...] = ()
    contested: tuple[DecisionProblem, ...] = ()
    unreadable: tuple[Skipped, ...] = ()

    @classmethod
    def of(cls, book: Book, replayed: Replayed) -> Self:
        """The account of one build."""
        return cls(
            len(book.decisions),
            len(replayed.applied),
            replayed.orphaned,
            replayed.contested,
            book.unreadable,
        )

    def plain(self) -> dict[str, Any]:
        """The account for JSON."""
        return {
            "decisions": self.decisions,
            "held": self.held,
            "orphaned": [asdict(t) for t in self.orphaned],
            "contested": [asdict(t) for t in self.contested],
            "unreadable": [asdict(u) for u in self.unreadable],
        }

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        """The account that ``plain`` made."""
        return cls(
            data["decisions"],
            data["held"],
            tuple(DecisionProblem(**row) for row in data["orphaned"]),
            tuple(DecisionProblem(**row) for row in data["contested"]),
            tuple(Skipped(**row) for row in data["unreadable"]),
        )

    def rows(self) -> list[tuple[str, str, list[tuple[str, str]]]]:
        """What there is to tell: a heading in Chinese and in English, and pairs of what and why."""
        tables = (
            ("无从适用的更正", "Orphaned corrections", [_row(t) for t in self.orphaned]),
            ("有争议的更正", "Contested corrections", [_row(t) for t in self.contested]),
            (
                "无法读取的更正",
                "Unreadable corrections",
                [(u.name, u.reason) for u in self.unreadable],
            ),
        )
        return [table for table in tables if table[2]]


def _row(problem: DecisionProblem) -> tuple[str, str]:
    return f"{problem.decision} {problem.what}", problem.why
