"""Tell which sums of projects a total counts, and why the others do not.

A total is of one kind of sums in one currency, and is the sum of the rows that it counts: of each
project the largest, of several that have a sum in common either that one or their own, and nothing
that is cancelled, hard to believe, or of projects elsewhere as well.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.corpus.compound.implausible_sums import limit
from kg.publish.dossier.sums import CANCELLED, OUTPUT, SUM, TOTAL, YUAN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kg.extract.values.sum_kinds import SumKinds
    from kg.publish.register.projects import Entry, Money

    Group = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """An entry with what counts of its sums, by kind and currency, and what does not and why."""

    entry: Entry
    counted: Mapping[Group, Money]
    left_out: tuple[tuple[Money, str], ...] = ()

    def size(self, kind: str = TOTAL, currency: str = YUAN) -> Decimal | None:
        """What a total of a kind counts of it; None where nothing does."""
        one = self.counted.get((kind, currency))
        return one.value if one else None


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of some rows: how many count, and how many sums are left out, by reason."""

    kind: str
    currency: str
    value: Decimal
    rows: int
    left_out: tuple[tuple[str, int], ...] = ()


def rows(entries: Sequence[Entry], known: SumKinds, near: Iterable[str] = ()) -> list[Row]:
    """A row for each entry, in their order, with what counts among just these.

    Args:
        entries: The entries.
        known: The kinds of sums.
        near: Projects that are no entry of these, and yet not elsewhere, by IRI.
    """
    counted_things = {iri for one in entries if not one.several for iri in one.things}.union(near)
    why: dict[int, dict[int, str]] = {}
    left: dict[Group, list[tuple[int, Entry]]] = defaultdict(list)
    for at, entry in enumerate(entries):
        why[at] = _by_itself(entry, known, counted_things)
        for group in _open(entry, why[at]):
            left[group].append((at, entry))
    for group, candidates in left.items():
        for at, reason in _joint(candidates, group).items():
            money = _of(entries[at], group, why[at])
            why[at][money] = reason
    return [_row(entry, why[at]) for at, entry in enumerate(entries)]


def _by_itself(entry: Entry, known: SumKinds, counted_things: set[str]) -> dict[int, str]:
    """Why some of an entry's own sums do not count, by their places among these."""
    reasons: dict[int, str] = {}
    seen: set[Group] = set()
    for at, one in enumerate(entry.sums):
        group = one.kind, one.currency
        if entry.status == CANCELLED:
            reasons[at] = CANCELLED
        elif limit(one.amount, known):
            reasons[at] = "unlikely"
        elif entry.several and not counted_things.issuperset(entry.things):
            reasons[at] = "elsewhere"
        elif group in seen:
            reasons[at] = "another"
        else:
            seen.add(group)
    return reasons


def _open(entry: Entry, why: Mapping[int, str]) -> list[Group]:
    return [(one.kind, one.currency) for at, one in enumerate(entry.sums) if at not in why]


def _of(entry: Entry, group: Group, why: Mapping[int, str]) -> int:
    """The place of the sum of a kind and currency that has counted so far."""
    places = enumerate(entry.sums)
    return next(a for a, one in places if a not in why and (one.kind, one.currency) == group)


def _joint(candidates: Sequence[tuple[int, Entry]], group: Group) -> dict[int, str]:
    """Sums of several projects, or those of each of them: one of the two does not count."""
    single = {iri: at for at, one in candidates if not one.several for iri in one.things}
    several = [(at, one) for at, one in candidates if one.several]

    def order(pair: tuple[int, Entry]) -> tuple[object, ...]:
        at, one = pair
        size = next(m.value for m in one.sums if (m.kind, m.currency) == group)
        return -len(one.things), -size, at

    why: dict[int, str] = {}
    covered: set[str] = set()
    for at, one in sorted(several, key=order):
        projects = set(one.things)
        if projects & covered:
            why[at] = "joint"
        elif projects <= single.keys():
            why[at] = "members"
        else:
            covered |= projects
            why.update((single[iri], "joint") for iri in sorted(projects) if iri in single)
    return why


def _row(entry: Entry, why: Mapping[int, str]) -> Row:
    counted = {(one.kind, one.currency): one for at, one in enumerate(entry.sums) if at not in why}
    return Row(entry, counted, tuple((entry.sums[at], why[at]) for at in sorted(why)))


def totals(rows: Iterable[Row]) -> list[Total]:
    """The total of each kind and currency, yuan first, as the rows stand."""
    values: dict[Group, list[Decimal]] = defaultdict(list)
    why: dict[Group, Counter[str]] = defaultdict(Counter)
    for row in rows:
        for group, money in row.counted.items():
            values[group].append(money.value)
        for money, reason in row.left_out:
            why[money.kind, money.currency][reason] += 1
    result = [
        Total(
            *group,
            sum(values.get(group, ()), Decimal(0)),
            len(values.get(group, ())),
            tuple(sorted(why[group].items())) if group in why else (),
        )
        for group in dict.fromkeys([*values, *why])
    ]
    rank = {TOTAL: 0, SUM: 2, OUTPUT: 3}
    return sorted(
        result, key=lambda t: (t.currency != YUAN, t.currency, rank.get(t.kind, 1), t.kind)
    )


@dataclass(frozen=True, slots=True)
class Bucket:
    """The rows of one place, industry, event or month, each row in one bucket alone."""

    label: str
    rows: tuple[Row, ...]

    @property
    def projects(self) -> int:
        """How many projects there are in it; sums of several are none."""
        return sum(not row.entry.several for row in self.rows)

    @property
    def sized(self) -> int:
        """How many rows of it the total counts."""
        return sum(row.size() is not None for row in self.rows)

    @property
    def value(self) -> Decimal:
        """The total investment of it, in yuan."""
        return sum((row.size() or Decimal(0) for row in self.rows), Decimal(0))

    @property
    def left_out(self) -> Counter[str]:
        """How many totals of it are left out, by reason."""
        return Counter(
            why for row in self.rows for money, why in row.left_out if money.kind == TOTAL
        )


def buckets(rows: Iterable[Row], of: Callable[[Row], str]) -> list[Bucket]:
    """Rows by what they belong to, the largest total first."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[of(row)].append(row)
    result = [Bucket(label, tuple(group)) for label, group in groups.items()]
    return sorted(result, key=lambda b: (-b.value, -b.projects, b.label))
