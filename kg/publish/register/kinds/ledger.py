"""The register of projects: a line each, totals, and what does not move."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kg.base.money import money
from kg.publish.dossier.sums import CANCELLED, TOTAL, YUAN, in_hundred_millions
from kg.publish.register.account import buckets, rows, totals
from kg.publish.register.projects import Quotation, projects

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kg.base.records import Deal
    from kg.publish.dossier.model import Cell, Line, Table
    from kg.publish.register.account import Row
    from kg.publish.register.projects import Entry
    from kg.publish.register.view import View

# How far what may stand still is: what is complete or cancelled moves no more.
OPEN = ("proposed", "planned", "signed", "started")
MONTH = len("2024-03")


def register(view: View) -> Iterator[Table]:
    """The parts of the register of projects."""
    yield from _Ledger(view).tables()


class _Ledger:
    """The register of those projects that are wanted."""

    def __init__(self, view: View) -> None:
        self.view, self.words, self.data = view, view.words, view.data
        self.all = projects(view.data)
        chosen = [one for one in self.all.each if self._wanted(one)]
        fitting = [one for one in chosen if view.request.time(one.times.when)]
        wanted = [one for one in fitting if view.here(one.places)]
        timed = view.request.since or view.request.until
        self.undated = sum(not one.times.when for one in chosen) if timed else 0
        # What is nowhere is not elsewhere: the sum that it has with others counts here, unless one
        # that is here has a sum of its own.
        own = {iri for one in wanted if not one.several and one.sums for iri in one.things}
        joint = [set(one.things) for one in fitting if one.several]
        apart = set[str]().union(*(things for things in joint if things & own))
        nowhere = {iri for one in fitting if not one.places for iri in one.things}
        near = sorted(nowhere - apart)
        self.rows = self._large(rows(wanted, self.words.kinds, near))
        # What a work costs in all first.
        kinds = [kind.name for kind in self.words.kinds.each]
        self.kinds = sorted(kinds, key=lambda name: name != TOTAL)
        self.stalled = [row for row in self.rows if self._stands(row.entry)]

    def _wanted(self, one: Entry) -> bool:
        request = self.view.request
        """Whether an entry is wanted, wherever and whenever it is."""
        return (
            self._of_sector(one)
            and (not request.event or not request.event.isdisjoint(one.events))
            and (not request.party or not request.party.isdisjoint(one.parties))
            and (not request.status or request.status == one.status)
        )

    def _of_sector(self, one: Entry) -> bool:
        """Whether it is of the industry that is wanted; of several projects one of them."""
        if not one.several:
            return self.view.of_sector(one.belonging)
        entries = (self.all.about[iri] for iri in one.things if iri in self.all.about)
        return any(self.view.of_sector(each.belonging) for each in entries)

    def _large(self, rows: Sequence[Row]) -> list[Row]:
        """Rows with at least so much total investment, whether a total counts it or not."""
        least = self.view.request.minimum * 10**8
        if not least:
            return list(rows)
        return [
            row for row in rows if any(m.kind == TOTAL and m.value >= least for m in row.entry.sums)
        ]

    def tables(self) -> Iterator[Table]:
        """All parts; one of which nothing is known is empty."""
        view, words = self.view, self.words
        yield view.figures(self._figures())
        bare = "" if view.request.arguments else self._bare()
        yield view.table(
            "projects",
            map(self._line, self.rows),
            *(words.note(name) for name in ("rows", "once", "place", "whole", "currencies")),
            bare,
            words.note("undated", n=self.undated) if self.undated else "",
            label="register",
        )
        level = view.request.level
        yield self._by("districts", "district", lambda r: view.place(r.entry.places, level))
        yield self._by("sectors", "sector", self._sector)
        yield self._by("occasions", "events", self._event)
        yield self._by("months", "month", self._month, words.note("months"))
        on = words.note("day", day=view.on) if self.stalled else ""
        yield view.table("stalled", self._still(), on)
        if not view.request.arguments:
            yield view.table("agreements", map(self._agreement, self.all.others))

    def _bare(self) -> str:
        return self.words.note("bare", n=self.all.bare) if self.all.bare else ""

    def _figures(self) -> Iterator[Line]:
        view, single = self.view, [r for r in self.rows if not r.entry.several]
        yield view.figure("projects", len(single))
        for total in totals(self.rows):
            value = in_hundred_millions(total.value) if total.rows else ""
            name = "total" if total.kind == TOTAL else self.words.kind(total.kind)
            unit, left = self.words.unit(total.currency), view.left_out(total.left_out)
            yield view.figure(name, value, unit, total.rows, left)
        groups = len(self.rows) - len(single)
        if groups:
            yield view.figure("groups", groups)
        yield view.figure("unsized", sum(not row.entry.sums for row in single))
        stopped = sum(row.entry.status == CANCELLED for row in self.rows)
        yield view.figure("stalled", len(self.stalled) - stopped)
        if stopped:
            yield view.figure("cancelled", stopped)

    # The register.

    def _line(self, row: Row) -> Line:
        one, view, words = row.entry, self.view, self.words
        cells: dict[str, Cell] = {
            "project": view.thing(one.things[0]) if not one.several else self._together(one),
            "places": view.places(one.places),
            "sector": view.sector(one.belonging) if one.belonging else "",
            "words": view.because(one.belonging),
            "investors": self.data.names_of(one.investors),
            "builders": self.data.names_of(one.builders),
            "signers": self.data.names_of(one.signers),
            **{f"sum:{kind}": self._cell(row, kind) for kind in self.kinds},
            "foreign": self._foreign(row),
            "uncounted": self._uncounted(row),
            "status": view.status(one.status),
            "day": one.times.day,
            "reported": one.times.reported,
            "events": self.data.names_of(one.events),
        }
        # What a sum is the sum of is told at its column's head.
        self.words.columns.update(
            {
                f"sum:{kind}": words.value_of(
                    "measured", what=words.kind(kind), unit=words.unit(YUAN)
                )
                for kind in self.kinds
            }
        )
        return view.line(cells, one.quotation, one.times.documents)

    def _together(self, one: Entry) -> str:
        names = "、".join(one.names)
        return self.words.note("several", name=names, n=len(one.things))

    def _cell(self, row: Row, kind: str) -> Cell:
        size = row.size(kind)
        return in_hundred_millions(size) if size is not None else ""

    def _foreign(self, row: Row) -> str:
        amounts = [
            f"{self.words.kind(kind)} {money(format(one.value, 'f'), currency)}"
            for (kind, currency), one in row.counted.items()
            if currency != YUAN
        ]
        return "、".join(amounts)

    def _uncounted(self, row: Row) -> str:
        amounts = []
        for one, reason in row.left_out:
            what = f"{self.words.kind(one.kind)} {money(format(one.value, 'f'), one.currency)}"
            why = self.words.label("reasons", reason)
            amounts.append(self.words.note("other", sum=what, why=why))
        return "、".join(amounts)

    # Totals by what projects belong to.

    def _by(self, name: str, column: str, of: Callable[[Row], str], *notes: str) -> Table:
        lines = []
        for bucket in buckets(self.rows, of):
            cells: dict[str, Cell] = {
                column: bucket.label,
                "count": Decimal(bucket.projects),
                "sized": Decimal(bucket.sized) if bucket.sized else "",
                "total": in_hundred_millions(bucket.value) if bucket.sized else "",
                "uncounted": self.view.left_out(sorted(bucket.left_out.items())),
            }
            if name == "occasions":
                cells["announced"] = self._announced(bucket.label)
            lines.append(self.view.line(cells, None))
        return self.view.table(name, lines, *notes)

    def _sector(self, row: Row) -> str:
        one = row.entry
        entries = (self.all.about[iri] for iri in one.things if iri in self.all.about)
        sorts = {m.belonging.sector if m.belonging else "" for m in entries}
        if one.several and len(sorts) > 1:
            return self.words.value_of("severals")
        return self.view.sector(one.belonging)

    def _event(self, row: Row) -> str:
        events = sorted(row.entry.events)
        if len(events) > 1:
            return self.words.value_of("events")
        return self.data.name(events[0]) if events else self.words.value_of("without")

    def _month(self, row: Row) -> str:
        times = row.entry.times
        day = times.day if len(times.day) >= MONTH else times.reported or times.day
        return day[:MONTH] or self.words.value_of("never")

    def _announced(self, label: str) -> Cell:
        """What is told of an event as a whole; it is in no other total."""
        values = [
            one.value
            for event, sums in self.all.occasions.items()
            if self.data.name(event) == label
            for one in sums
            if one.currency == YUAN
        ]
        return in_hundred_millions(max(values)) if values else ""

    # What does not move, and what is signed without a project.

    def _stands(self, one: Entry) -> bool:
        if one.status == CANCELLED:
            return True
        idle_months = months(one.times.last, self.view.on)
        return (
            one.status in OPEN
            and idle_months is not None
            and idle_months >= self.view.request.stale
        )

    def _still(self) -> Iterator[Line]:
        def age(row: Row) -> tuple[object, ...]:
            return row.entry.status != CANCELLED, row.entry.times.last, row.entry.names

        for row in sorted(self.stalled, key=age):
            one, idle_months = row.entry, months(row.entry.times.last, self.view.on)
            cells: dict[str, Cell] = {
                "project": self._together(one) if one.several else self.view.thing(one.things[0]),
                "places": self.view.places(one.places),
                "total": self._cell(row, TOTAL),
                "status": self.view.status(one.status),
                "last": one.times.last,
                "months": Decimal(idle_months) if idle_months else "",
            }
            yield self.view.line(cells, one.quotation, one.times.documents)

    def _agreement(self, deal: Deal) -> Line:
        sums = [money(a.value, a.currency) + f"（{self.words.kind(a.kind)}）" for a in deal.amounts]
        attestation = deal.attestations[0]
        cells: dict[str, Cell] = {
            "what": self.data.names_of(deal.agreements),
            "parties": self.data.names_of(deal.parties),
            "places": self.view.places(deal.places),
            "printed": "、".join(sums),
            "status": "、".join(map(self.words.status, deal.statuses)),
            "day": "、".join(day.lexical for day in deal.days),
            "events": self.data.names_of(deal.events),
        }
        documents = len({one.document for one in deal.attestations})
        quotation = Quotation(
            attestation.quote, attestation.document, attestation.start, attestation.end
        )
        return self.view.line(cells, quotation, documents)


def months(first: str, last: str) -> int | None:
    """How many whole months lie between two days; None where one of them is not known.

    A day of which only the year is told is taken as late in it: nothing is called old for that.

    >>> months("2023-03-16", "2024-03-15"), months("2023", "2024-06"), months("", "2024")
    (11, 6, None)
    """
    if not first or not last:
        return None
    one, other = ([*map(int, day.split("-")), 12, 31][:3] for day in (first, last))
    if len(first) == MONTH:
        one[2] = 31
    if len(last) == MONTH:
        other[2] = 31
    between = (other[0] - one[0]) * 12 + other[1] - one[1] - (other[2] < one[2])
    return max(0, between)
