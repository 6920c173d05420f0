"""The deals that a document tells: who signs or invests, in what, where, how much, and when.

A deal is about a project, an agreement with a title, or an event with the sum of all that is
signed there; all that the document says of such a thing, as far as the page ``words/deals.yaml``
calls it a part, is one deal. Two who sign something that has no name have a deal as well.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import chain, groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from kg.base.records import Deal
from kg.corpus.compound.deals.circumstances import Circumstances
from kg.corpus.compound.deals.collected import (
    amounts_of,
    attestations_of,
    days_of,
    place_of,
    written,
)
from kg.corpus.compound.deals.draft import FIELDS, Parts, drafts, parts_for
from kg.corpus.compound.deals.signed import signed
from kg.corpus.entity_merging import digest
from kg.extract.values.sum_kinds import PAGE, parse_sum

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.base.records import Fact, Source
    from kg.ontology import Ontology

__all__ = ["FIELDS", "is_about_deal", "merge_deals", "of_text", "order", "parts_of"]


def is_about_deal(fact: Fact, ontology: Ontology) -> bool:
    """Whether a fact may be a part of a deal that a document tells."""
    page = ontology.words.get(PAGE, {})
    parts = {*page.get("parts", {}), *page.get("between", {}), page.get("others", {}).get("joint")}
    return fact.predicate in parts and bool(fact.quote)


def of_text(source: Source, facts: Iterable[Fact], ontology: Ontology, base: str) -> Iterator[Deal]:
    """The deals that one document tells, in the order of their IRIs.

    Args:
        source: The document, with the places that name things.
        facts: What it says; all that is part of no deal is passed over.
        ontology: Tells which claims are parts, and what sums are called.
        base: What the IRIs begin with.
    """
    parts = parts_for(str(ontology.folder), base)
    ordered = sorted((f for f in facts if f.quote), key=attrgetter("start", "end", "id"))
    every = drafts(ordered, parts, source)
    events = {one.what: one for one in every if parts.subject(one.what)[1] == "event"}
    for draft in every:
        if draft.what not in events:
            draft.among(events)
    whole = [draft for draft in every if draft.is_deal or draft.enough()]
    around = Circumstances(source, ontology, base)
    deals = list(signed(ordered, parts, whole, around))
    deals += [draft.deal(around) for draft in whole]
    deals += _together(ordered, parts, deals)
    deals.sort(key=attrgetter("id"))
    for _, group in groupby(deals, key=attrgetter("id")):
        yield _once(list(group), parts, source)


def _once(deals: Sequence[Deal], parts: Parts, source: Source) -> Deal:
    """What one document tells in several sentences as one deal, as far as the furthest says."""
    (whole,) = merge_deals(deals)
    if parts.given_up(whole, source):
        return replace(whole, statuses=(parts.last,))
    return replace(whole, statuses=parts.furthest(whole.statuses))


def parts_of(deal: Deal) -> tuple[str, ...]:
    """The things that are parts of a deal, by IRI: what it is about first, then who makes it."""
    about = (*deal.projects, *deal.agreements, *deal.events)
    return tuple(dict.fromkeys((*about, *deal.parties, *deal.places)))


def order(deal: Deal) -> tuple[str, tuple[str, int, int]]:
    """What deals of many documents are sorted by: equal ones stand together."""
    return deal.id, place_of(deal.attestations[0])


def merge_deals(deals: Iterable[Deal]) -> Iterator[Deal]:
    """The same deals, each once with all that is told of it; equal IRIs stand together."""
    for _, group in groupby(deals, key=attrgetter("id")):
        deals_of_iri = list(group)
        if len(deals_of_iri) == 1:
            yield deals_of_iri[0]
            continue
        attestations = {one for deal in deals_of_iri for one in deal.attestations}
        yield replace(
            deals_of_iri[0],
            parties=_union(deal.parties for deal in deals_of_iri),
            projects=_union(deal.projects for deal in deals_of_iri),
            agreements=_union(deal.agreements for deal in deals_of_iri),
            places=_union(deal.places for deal in deals_of_iri),
            events=_union(deal.events for deal in deals_of_iri),
            amounts=amounts_of(one for deal in deals_of_iri for one in deal.amounts),
            days=days_of(day for deal in deals_of_iri for day in deal.days),
            statuses=_union(deal.statuses for deal in deals_of_iri),
            attestations=tuple(sorted(attestations, key=place_of)),
        )


def _together(facts: Sequence[Fact], parts: Parts, deals: Sequence[Deal]) -> list[Deal]:
    """The deals of several things that have a sum in common: no sum of any one of them.

    Who makes every one of them, as far as their own deals say who does, makes them together.
    """
    makers = {deal.projects[0]: {*deal.parties} for deal in deals if len(deal.projects) == 1}
    groups: defaultdict[tuple[int, int, str], list[Fact]] = defaultdict(list)
    joint: list[Deal] = []
    for fact in facts:
        if fact.predicate == parts.joint and fact.value and parse_sum(fact.value.lexical)[1]:
            groups[fact.start, fact.end, fact.value.lexical].append(fact)
    for (*_, amount), group in sorted(groups.items()):
        members = tuple(sorted({fact.subject for fact in group}))
        parties = [makers[member] for member in members if makers.get(member)]
        common = set.intersection(*parties) if len(parties) > 1 else set()
        joint.append(
            Deal(
                f"{parts.base}deal/{digest(amount, *members, size=16)}",
                parties=tuple(sorted(common)),
                projects=members,
                amounts=amounts_of(map(written, group)),
                statuses=parts.furthest(fact.status for fact in group),
                attestations=attestations_of(group),
            )
        )
    return joint


def _union(groups: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(sorted(set(chain.from_iterable(groups))))
