"""What changed since a build or since a day.

What a build before told stands in the ledger (``kg.store.history``); what is told since a day
follows from the days of documents. A fact that comes beside another that it cannot be true with is
contradicted: another sum of the same thing, or work that goes on after its end.
"""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from kg.base.errors import QueryError
from kg.base.money import money
from kg.publish.dossier.model import Line, Linked
from kg.publish.dossier.scope import one_line
from kg.publish.register.view import address
from kg.query.table import plain
from kg.store.history import builds, histories_where

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.publish.dossier.model import Cell, Table
    from kg.publish.register.view import View
    from kg.store.history import Build, FactHistory

_DATE = re.compile(r"(?:\d{4}|-)-\d\d(?:-\d\d)?|\d{4}")
# A sum with its currency and its kind, as attributes of other sums have it.
_AMOUNT = re.compile(r"(\d+(?:\.\d+)?) ([A-Z]{3}) ([a-z]+)")
KINDS = ("contradicted", "changed", "new", "withdrawn")


def register(view: View) -> Iterator[Table]:
    """The parts of the report of changes."""
    yield from _Changes(view).tables()


class _Changes:
    """What changed between two builds, or since a day."""

    def __init__(self, view: View) -> None:
        self.view, self.words = view, view.words
        ledger: Any = view.data.graph.store.ledger
        self.ledger = ledger if hasattr(ledger, "database") else None
        self.builds: list[Build] = builds(ledger) if self.ledger else []
        self.ended = _ended(view)
        first = view.words.page.get("firsts", ())
        known = (*first, *view.data.ontology.relations, *view.data.ontology.attributes)
        self.rank = {name: at for at, name in reversed(list(enumerate(known)))}

    def tables(self) -> Iterator[Table]:
        """The figures, the changes, and the builds that are remembered."""
        rows, notes = self._rows()
        rows = [row for row in rows if self._wanted(row[1])]
        counts = {kind: sum(row[0] == kind for row in rows) for kind in KINDS}
        yield self.view.figures(self.view.figure(kind, counts[kind]) for kind in KINDS)
        yield self.view.table("changes", map(self._line, sorted(rows, key=self._order)), *notes)
        yield self.view.table("builds", map(self._build, reversed(self.builds)))

    def _rows(self) -> tuple[list[tuple[str, FactHistory, str]], list[str]]:
        if not self.builds:
            return [], [self.words.note("nohistory")]
        if self.view.request.since:
            return self._since(self.view.request.since)
        last = self.builds[-1].number
        one = int(self.view.request.build) or last - 1
        numbers = [build.number for build in self.builds]
        if self.view.request.build and one not in numbers:
            remembered = self.words.note("nobuild", one=numbers[0], other=last)
            raise QueryError(f"build: {one}: {remembered}", zh=remembered, field="build")
        if one not in numbers:
            return [], [self.words.note("nohistory")]
        now = self._histories("last = ?", last)
        added = [t for t in now if t.first > one]
        removed = self._histories("first <= ? and last >= ? and last < ?", one, one, last)
        notes = [self.words.note("history", one=one, other=last), self.words.note("gone")]
        return list(self._classed(added, removed, now)), notes

    def _since(self, day: str) -> tuple[list[tuple[str, FactHistory, str]], list[str]]:
        """What documents of a day or later are the first to tell."""
        now = self._histories("last = ?", self.builds[-1].number)
        added = [t for t in now if t.day and t.day[: len(day)] >= day[: len(t.day)]]
        return list(self._classed(added, [], now)), [self.words.note("byday", day=day)]

    def _histories(self, where: str, *values: int) -> list[FactHistory]:
        return histories_where(self.ledger, where, *values) if self.ledger else []

    def _classed(
        self,
        added: Sequence[FactHistory],
        removed: Sequence[FactHistory],
        now: Sequence[FactHistory],
    ) -> Iterator[tuple[str, FactHistory, str]]:
        """What is added and gone, each as a kind of change, with what was told before."""
        new = set(added)
        before = _grouped(t for t in now if t not in new)
        whole, left = _grouped(now), _grouped(removed)
        used: set[FactHistory] = set()
        for one in added:
            same = [t for t in left.get(_about(one), ()) if t not in used and _single(one)]
            if same:
                used.add(same[0])
                yield "changed", one, self._object_text(same[0])
            elif rivals := self._rivals(one, whole):
                yield "contradicted", one, self._object_text(rivals[0])
            elif stages := [t for t in before.get(_about(one), ()) if t.object == one.object]:
                yield "changed", one, self._object_text(stages[-1])
            else:
                yield "new", one, ""
        yield from (("withdrawn", one, "") for one in removed if one not in used)

    def _rivals(
        self, one: FactHistory, now: Mapping[tuple[str, ...], Sequence[FactHistory]]
    ) -> list[FactHistory]:
        """What is told still that cannot be true with it."""
        others = now.get(_about(one), ())
        if one.value:
            return [t for t in others if _sum(t) != _sum(one)] if _sum(one) is not None else []
        return [t for t in others if t.status in self.ended.get(one.status, ())]

    def _wanted(self, one: FactHistory) -> bool:
        request = self.view.request
        if request.relation and request.relation != one.predicate:
            return False
        if not request.district:
            return True
        data = self.view.data
        things = [i for name in (one.subject, one.object) for i in data.graph.iris_of.get(name, ())]
        return self.view.here({p for i in things for p in (i, *data.where.of.get(i, ()))})

    def _order(self, row: tuple[str, FactHistory, str]) -> tuple[object, ...]:
        kind, one, _ = row
        rank = self.rank.get(one.predicate, len(self.rank))
        return rank, KINDS.index(kind), one.subject, one.object, one.status, one.first

    def _object_text(self, one: FactHistory) -> str:
        """The object or value of a fact and how far it is, on one line."""
        shown = money(one.object) if _sum(one) is not None else plain(one.object)
        if one.value and (match := _AMOUNT.fullmatch(one.object)):
            shown = f"{money(match[1], match[2])}（{self.words.kind(match[3])}）"
        return f"{shown}（{self.words.status(one.status)}）" if one.status else shown

    def _line(self, row: tuple[str, FactHistory, str]) -> Line:
        kind, one, before = row
        data = self.view.data
        known = data.graph.iris_of.get(one.subject, ())
        cells: dict[str, Cell] = {
            "change": self.words.value_of(kind),
            "subject": self.view.thing(known[0]) if len(known) == 1 else plain(one.subject),
            "relation": self.words.predicate(one.predicate),
            "object": self._object_text(one),
            "before": before,
            "day": one.day,
        }
        name = plain(one.document)
        here = one.document in self._files
        cited = Linked(name, address(one.document, one.start, one.end)) if here else name
        return Line(cells, one_line(one.quote), cited)

    @property
    def _files(self) -> frozenset[str]:
        data = self.view.data
        return data.cached("files", lambda: frozenset(data.files.values()))

    def _build(self, build: Build) -> Line:
        number = build.number
        added = self._count("first = ?", number) if number > self.builds[0].number else ""
        removed = self._count("last = ?", number - 1) if added != "" else ""
        cells: dict[str, Cell] = {
            "build": Decimal(number),
            "documents": Decimal(build.documents),
            "facts": Decimal(build.facts),
            "added": added,
            "removed": removed,
            "reported": build.newest,
        }
        return Line(cells)

    def _count(self, where: str, number: int) -> Decimal:
        return Decimal(len(self._histories(where, number)))


def _ended(view: View) -> Mapping[str, frozenset[str]]:
    """By status of what goes on, those that say that it has ended."""
    ends_of: dict[str, set[str]] = defaultdict(set)
    for end, others in view.words.page.get("contrary", {}).items():
        for one in others:
            ends_of[one].add(end)
    return {status: frozenset(ends) for status, ends in ends_of.items()}


def _about(one: FactHistory) -> tuple[str, ...]:
    """What a fact is about: of an attribute its thing, of a relation both ends."""
    return (one.subject, one.predicate) if one.value else (one.subject, one.predicate, one.object)


def _single(one: FactHistory) -> bool:
    """Whether there is one such fact of a thing: a relation by its ends, a sum, a date."""
    return not one.value or _sum(one) is not None or bool(_DATE.fullmatch(one.object))


def _grouped(histories: Iterable[FactHistory]) -> dict[tuple[str, ...], list[FactHistory]]:
    groups: dict[tuple[str, ...], list[FactHistory]] = defaultdict(list)
    for one in histories:
        groups[_about(one)].append(one)
    return groups


def _sum(one: FactHistory) -> Decimal | None:
    """The number of an attribute, None for what is none."""
    if not one.value:
        return None
    try:
        number = Decimal(one.object)
    except InvalidOperation:
        return None
    return number if number.is_finite() and one.object.isdigit() else None
