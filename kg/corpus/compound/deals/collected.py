"""Claims in, the sums, days and quotations of a deal out, each once and in order."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.base.records import Amount, Attestation, Value
from kg.extract.values.sum_kinds import parse_sum

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.base.records import Fact


def written(fact: Fact) -> Amount:
    """The amount of a claim that tells its currency and kind."""
    value = fact.value
    assert value is not None
    number, currency, kind = parse_sum(value.lexical)
    return Amount(number, kind, currency, value.printed, value.qualifier, value.high, (fact.id,))


def attestations_of(facts: Iterable[Fact]) -> tuple[Attestation, ...]:
    """Each quotation once, with all claims that rest on it."""
    groups: defaultdict[tuple[str, int, int, str], set[str]] = defaultdict(set)
    for fact in facts:
        groups[fact.document, fact.start, fact.end, fact.quote].add(fact.id)
    attestations = (Attestation(*place, claims=tuple(sorted(ids))) for place, ids in groups.items())
    return tuple(sorted(attestations, key=place_of))


def amounts_of(amounts: Iterable[Amount]) -> tuple[Amount, ...]:
    """Each sum once, with all claims that say so."""
    claims: defaultdict[Amount, set[str]] = defaultdict(set)
    for one in amounts:
        claims[replace(one, claims=())].update(one.claims)
    whole = (replace(one, claims=tuple(sorted(ids))) for one, ids in claims.items())
    return tuple(sorted(whole, key=lambda a: (a.kind, a.currency, a.value, a.printed, a.high)))


def days_of(days: Iterable[Value]) -> tuple[Value, ...]:
    """Each day once, in order; as it is printed is told by its claim."""
    whole = {(day.lexical, day.datatype): Value(day.lexical, day.datatype) for day in days}
    return tuple(whole[key] for key in sorted(whole))


def place_of(attestation: Attestation) -> tuple[str, int, int]:
    """Where a quotation stands, which quotations are sorted by."""
    return attestation.document, attestation.start, attestation.end
