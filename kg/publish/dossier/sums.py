"""Make a row for each sum of the deals of a thing, and tell which of them a total counts.

A total is of one kind of sums in one currency, and is the sum of the rows that it counts: of each
deal the largest, of several projects that have a sum in common either that one or their own, and
nothing that is cancelled, hard to believe, or of projects of others as well.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.corpus.compound.implausible_sums import limit
from kg.publish.derived.dates import WHOLE
from kg.publish.dossier.model import Line
from kg.publish.dossier.scope import one_line
from kg.publish.dossier.wording import COUNTS
from kg.query.table import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.base.records import Amount, Deal
    from kg.extract.values.sum_kinds import SumKinds
    from kg.publish.dossier.line_filter import LineFilter
    from kg.publish.dossier.scope import Scope
    from kg.publish.dossier.wording import Wording

HUNDRED_MILLION = Decimal(10) ** 8
CANCELLED, OUTPUT, TOTAL, SUM, YUAN = "cancelled", "output", "total", "sum", "CNY"


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of a deal, or a deal without one, and the line that tells it.

    ``counted`` is ``counts``, or the reason why no total counts it; ``""`` without a sum.
    """

    deal: Deal
    amount: Amount | None
    line: Line
    counted: str = ""

    @property
    def size(self) -> Decimal:
        """How much it is, in units of its currency."""
        return Decimal(self.amount.value) if self.amount else Decimal(-1)

    @property
    def group(self) -> tuple[str, str]:
        """Kind and currency: only what agrees in both is added up."""
        return (self.amount.kind, self.amount.currency) if self.amount else ("", "")


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of some rows: of which kind and currency, how many, and what is left out and why."""

    kind: str
    currency: str
    value: Decimal
    rows: int
    left_out: tuple[tuple[str, int], ...] = ()


def sums(scope: Scope, words: Wording, line_filter: LineFilter) -> tuple[list[Sum], Counter[str]]:
    """The sums of all deals that are wanted, largest first, and how many are not, by reason."""
    left_out: Counter[str] = Counter()
    chosen: list[Sum] = []
    for deal in scope.deals:
        for amount in deal.amounts or (None,):
            line = _line(deal, amount, scope, words)
            if not line_filter.stage(line):
                left_out["outside"] += 1
            elif not line_filter.day(line):
                left_out["outside" if line.day else "undated"] += 1
            else:
                chosen.append(Sum(deal, amount, line))
    why = reasons(chosen, scope, words.kinds)
    rows = [_with_reason(one, why.get(id(one), ""), words) for one in chosen]
    return sorted(rows, key=_order), left_out


def totals(rows: Iterable[Sum]) -> list[Total]:
    """The total of each kind and currency, yuan first, as the rows stand."""
    groups: dict[tuple[str, str], list[Sum]] = {}
    for row in rows:
        if row.amount:
            groups.setdefault(row.group, []).append(row)
    result = []
    for (kind, currency), group in groups.items():
        counted = [row.size for row in group if row.counted == COUNTS]
        why = Counter(row.counted for row in group if row.counted != COUNTS)
        left_out = tuple(sorted(why.items()))
        result.append(Total(kind, currency, sum(counted, Decimal(0)), len(counted), left_out))
    rank = {TOTAL: 0, SUM: 2, OUTPUT: 3}
    return sorted(
        result, key=lambda t: (t.currency != YUAN, t.currency, rank.get(t.kind, 1), t.kind)
    )


def status(deal: Deal, scope: Scope) -> str:
    """How far a deal is: the furthest that one of its documents says."""
    known = scope.ontology.statuses
    statuses = [one for one in deal.statuses if one in known]
    return max(statuses, key=lambda one: known[one].order, default="")


def in_hundred_millions(value: str | Decimal) -> Decimal:
    """An amount in 亿."""
    return Decimal(value) / HUNDRED_MILLION


def _line(deal: Deal, amount: Amount | None, scope: Scope, words: Wording) -> Line:
    evidence = _evidence_of(deal, amount, scope)
    days = [day.lexical for day in deal.days]
    whole = [day.lexical for day in deal.days if day.datatype in WHOLE]
    furthest = status(deal, scope)
    cells = {
        "what": scope.names_of((*deal.projects, *deal.agreements)),
        "parties": scope.names_of(deal.parties),
        "places": scope.names_of(deal.places),
        "events": scope.names_of(deal.events),
        "amount": in_hundred_millions(amount.value) if amount else "",
        "currency": words.currency(amount.currency) if amount else "",
        "kind": words.kind(amount.kind) if amount else "",
        "printed": plain(amount.printed) if amount else "",
        "status": words.status(furthest) if furthest else "",
        "day": "、".join(days),
        "counted": "",
    }
    quote, document = evidence if evidence else ("", "")
    day = "/".join(sorted({min(whole), max(whole)})) if whole else scope.document_day(document)
    return Line(cells, one_line(quote), scope.file(document), day, furthest)


def _evidence_of(deal: Deal, amount: Amount | None, scope: Scope) -> tuple[str, str] | None:
    """The sentence that tells a sum, else the first that tells the deal, and its document."""
    claims = [scope.claims[c] for c in (amount.claims if amount else ()) if c in scope.claims]
    if claims:
        best = min(claims, key=lambda f: (-f.confidence, scope.file(f.document), f.start))
        return best.quote, best.document
    names = [scope.name(iri) for iri in (*deal.projects, *deal.agreements, *deal.parties)]
    attestations = sorted(
        deal.attestations, key=lambda t: -sum(name in one_line(t.quote) for name in names)
    )
    return (attestations[0].quote, attestations[0].document) if attestations else None


def _with_reason(one: Sum, why: str, words: Wording) -> Sum:
    if one.amount is None:
        return one
    reason = why or COUNTS
    cells = {**one.line.cells, "counted": words.counted(reason)}
    line = one.line
    whole = Line(cells, line.quote, line.document, line.day, line.status)
    return Sum(one.deal, one.amount, whole, reason)


def _order(one: Sum) -> tuple[object, ...]:
    """The largest first, output and other currencies behind what is invested."""
    kind, currency = one.group
    names = one.line.cells["what"], one.line.cells["parties"]
    currency = currency or YUAN
    last = 2 if one.amount is None else kind == OUTPUT
    return (last, currency != YUAN, currency, -one.size, *map(str, names), one.deal.id)


def reasons(rows: Sequence[Sum], scope: Scope, known: SumKinds) -> dict[int, str]:
    """Why some sums are in no total, by the identity of each."""
    why: dict[int, str] = {}
    groups: defaultdict[tuple[str, str], list[Sum]] = defaultdict(list)
    for one in rows:
        if one.amount is None:
            continue
        if one.line.status == CANCELLED:
            why[id(one)] = CANCELLED
        elif limit(one.amount, known):
            why[id(one)] = "unlikely"
        elif scope.others(one.deal):
            why[id(one)] = "elsewhere"
        else:
            groups[one.group].append(one)
    for group in groups.values():
        why.update(_repeated(group))
        why.update(_alike([one for one in group if id(one) not in why]))
        left = [one for one in group if id(one) not in why]
        why.update(_same(left))
        why.update(_joint([one for one in left if id(one) not in why]))
    return why


def _repeated(group: Iterable[Sum]) -> Iterator[tuple[int, str]]:
    """All sums of a deal but the largest."""
    seen: set[str] = set()
    for one in sorted(group, key=lambda o: (-o.size, o.line.document, o.line.quote)):
        if one.deal.id in seen:
            yield id(one), "another"
        seen.add(one.deal.id)


def _alike(group: Iterable[Sum]) -> Iterator[tuple[int, str]]:
    """Sums that deals of the same names have in common: documents told of one, each by itself.

    Of a project with a common name each document has its own. Where the same sentence tells the
    same sum of it, or the same party has it, it is one all the same.
    """
    seen: set[tuple[object, ...]] = set()
    for one in sorted(group, key=lambda o: (o.line.document, o.line.quote, o.deal.id)):
        what = one.line.cells["what"], one.size
        marks = {(*what, one.line.quote), *((*what, party) for party in one.deal.parties)}
        if what[0] and marks & seen:
            yield id(one), "alike"
        seen |= marks


def _same(group: Iterable[Sum]) -> dict[int, str]:
    """The sums of agreements that the same sentence says of a project."""
    sums = list(group)
    projects = {(o.size, o.line.quote) for o in sums if o.deal.projects}
    return {
        id(o): "same"
        for o in sums
        if o.deal.agreements and not o.deal.projects and (o.size, o.line.quote) in projects
    }


def _joint(group: Sequence[Sum]) -> dict[int, str]:
    """Sums of several projects, or those of each of them: one of the two does not count."""
    single = {o.deal.projects[0]: o for o in group if len(o.deal.projects) == 1}
    several = [o for o in group if len(o.deal.projects) > 1]
    why: dict[int, str] = {}
    covered: set[str] = set()
    for one in sorted(several, key=lambda o: (-len(o.deal.projects), -o.size, o.deal.id)):
        projects = set(one.deal.projects)
        if projects & covered:
            why[id(one)] = "joint"
        elif projects <= single.keys():
            why[id(one)] = "members"
        else:
            covered |= projects
            why.update((id(single[p]), "joint") for p in projects if p in single)
    return why
