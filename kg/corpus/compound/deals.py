"""The deals that a document tells: who signs or invests, in what, where, how much, and when.

A deal is about a project, an agreement with a title, or an event with the sum of all that is
signed there; all that the document says of such a thing, as far as the page ``words/deals.yaml``
calls it a part, is one deal. Two who sign something that has no name have a deal as well.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import chain, groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from kg.base.records import Amount, Attestation, Deal, Value
from kg.corpus.compound.circumstances import Circumstances
from kg.corpus.compound.parties import agreements
from kg.corpus.entity_merging import digest
from kg.extract.values.sum_kinds import PAGE, YUAN, SumKinds, lead, parted, tail
from kg.ontology import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.base.records import Fact, Source
    from kg.ontology import Ontology

WHAT = "what"
# The parts that are things, and the fields of a deal that hold them.
FIELDS = {
    "party": "parties",
    "project": "projects",
    "agreement": "agreements",
    "place": "places",
    "event": "events",
}


@dataclass(frozen=True)
class Parts:
    """Which claims are parts of a deal, by the page of an ontology.

    Attributes:
        of: By predicate which part its subject, object and value are, and whether it makes a deal.
        between: By relation, what the sentence of two parties without a project must hold.
        enough: Things of which so many other parts make a deal, by what they are called in it.
        about: By the beginning of an IRI the class of a thing that a deal may be about, and
            which part it is.
        kinds: The kinds of sums.
        joint: The attribute of sums of several things; ``""`` where the ontology has none.
        ladder: The order of statuses.
        base: What the IRIs begin with.
    """

    of: Mapping[str, Mapping[str, Any]]
    between: Mapping[str, re.Pattern[str]]
    enough: Mapping[str, int]
    about: Mapping[str, tuple[str, str]]
    kinds: SumKinds
    joint: str
    ladder: Mapping[str, int]
    base: str

    def fits(self, said: Mapping[str, Any], iri: str) -> bool:
        """Whether a thing has the class that a claim asks of the things that it makes parts."""
        return "class" not in said or iri.startswith(f"{self.base}{said['class'].lower()}/")

    def furthest(self, facts: Iterable[Fact]) -> tuple[str, ...]:
        """How far a document says that a deal is: the furthest that one of its claims says."""
        told = {fact.status for fact in facts} & self.ladder.keys()
        return (max(told, key=self.ladder.__getitem__),) if told else ()

    def subject(self, iri: str) -> tuple[str, str]:
        """The class of a thing that a deal may be about, and its part; empty of others."""
        found = (said for begin, said in self.about.items() if iri.startswith(begin))
        return next(found, ("", ""))


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
    parts = _parts(str(ontology.folder), base)
    ordered = sorted((f for f in facts if f.quote), key=attrgetter("start", "end", "id"))
    drafts = _about(ordered, parts)
    events = {id_: draft for id_, draft in drafts.items() if parts.subject(id_)[1] == "event"}
    for what in (what for what in drafts if what not in events):
        drafts[what].among(events)
    whole = [draft for draft in drafts.values() if draft.made or draft.enough()]
    around = Circumstances(source, ontology, base)
    found = list(_agreed(ordered, parts, whole, around))
    found += [draft.deal(f"{base}deal/{digest(draft.what, size=16)}", around) for draft in whole]
    found += _together(ordered, parts)
    yield from sorted(found, key=attrgetter("id"))


def parts_of(deal: Deal) -> tuple[str, ...]:
    """The things that are parts of a deal, by IRI: what it is about first, then who makes it."""
    about = (*deal.projects, *deal.agreements, *deal.events)
    return tuple(dict.fromkeys((*about, *deal.parties, *deal.places)))


def order(deal: Deal) -> tuple[str, tuple[str, int, int]]:
    """What deals of many documents are sorted by: equal ones stand together."""
    return deal.id, _order(deal.attestations[0])


def merge_deals(deals: Iterable[Deal]) -> Iterator[Deal]:
    """The same deals, each once with all that is told of it; equal IRIs stand together."""
    for _, group in groupby(deals, key=attrgetter("id")):
        some = list(group)
        if len(some) == 1:
            yield some[0]
            continue
        attestations = {one for deal in some for one in deal.attestations}
        yield replace(
            some[0],
            parties=_union(deal.parties for deal in some),
            projects=_union(deal.projects for deal in some),
            agreements=_union(deal.agreements for deal in some),
            places=_union(deal.places for deal in some),
            events=_union(deal.events for deal in some),
            amounts=amounts_of(one for deal in some for one in deal.amounts),
            days=days_of(day for deal in some for day in deal.days),
            statuses=_union(deal.statuses for deal in some),
            attestations=tuple(sorted(attestations, key=_order)),
        )


@dataclass
class _DealDraft:
    """What is told of one project, agreement or event so far.

    ``signed`` are the claims that those who sign it work together.
    """

    what: str
    parts: Parts
    made: bool = False
    things: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    facts: list[Fact] = field(default_factory=list)
    signed: list[Fact] = field(default_factory=list)

    def add(self, fact: Fact, said: Mapping[str, Any]) -> None:
        """Take a claim, which says so much of it."""
        self.facts.append(fact)
        words = said.get("making")
        self.made |= bool(said.get("makes") or (words and re.search(words, fact.quote)))
        for role, iri in ((said["subject"], fact.subject), (said.get("object"), fact.object)):
            if role in FIELDS and iri and self.parts.fits(said, iri):
                self.things[role].add(iri)

    def enough(self) -> bool:
        """Whether so much is told of it that it is a deal, though no claim alone makes one."""
        part = self.parts.subject(self.what)[1]
        dated = any(self._said(fact).get("value") == "day" for fact in self.facts)
        told = sum(bool(things) for name, things in self.things.items() if name != part) + dated
        return told >= self.parts.enough.get(part, told + 1)

    def shares(self, parties: set[str], start: int, end: int) -> bool:
        """Whether one of some parties is one of its own, as a stretch of the document says."""
        return any(
            start < fact.end and fact.start < end and not parties.isdisjoint(self.things["party"])
            for fact in self.facts
        )

    def among(self, events: Mapping[str, _DealDraft]) -> None:
        """Take the day of the event where it was told; the event takes it among its projects."""
        dated = any(self._said(fact).get("value") == "day" for fact in self.facts)
        part = self.parts.subject(self.what)[1]
        for iri in sorted(self.things["event"]):
            if event := events.get(iri):
                if part == "project":
                    event.things[part].add(self.what)
                days = [f for f in event.facts if event._said(f).get("value") == "day"]
                self.facts += [] if dated else days

    def deal(self, iri: str, around: Circumstances) -> Deal:
        """The deal that comes of it."""
        about, part = self.parts.subject(self.what)
        self.things[part].add(self.what)
        sums = [f for f in self.facts if self._said(f).get("value") == "amount"]
        days = [f.value for f in self.facts if self._said(f).get("value") == "day" and f.value]
        made = [fact for fact in self.facts if self._said(fact).get("makes")] or self.facts
        acts = [*(fact for fact in made if fact.object), *self.signed]
        if part != "event":
            self.things["place"] = self.things["place"] or around.places(acts or made)
            self.things["event"] = self.things["event"] or around.events(acts or made)
        return Deal(
            iri,
            **{name: tuple(sorted(self.things[part])) for part, name in FIELDS.items()},
            amounts=amounts_of(self._amount(fact, about, around.source) for fact in sums),
            days=days_of(days or around.days(acts)),
            statuses=self.parts.furthest(made),
            attestations=attestations_of([*self.facts, *self.signed]),
        )

    def _said(self, fact: Fact) -> Mapping[str, Any]:
        return self.parts.of[fact.predicate]

    def _amount(self, fact: Fact, about: str, source: Source) -> Amount:
        value = fact.value
        assert value is not None
        if parted(value.lexical)[1]:
            return written(fact)
        at = source.text.find(value.printed, fact.start, fact.end) if value.printed else -1
        own = (one.end for one in source.named_places if one.entity == self.what and one.end <= at)
        words = lead(source.text, at, max(own, default=0)) if at >= 0 else ""
        behind = tail(source.text, at + len(value.printed), fact.end) if at >= 0 else ""
        kind = self.parts.kinds.of(fact.predicate, about, words, behind)
        return Amount(
            value.lexical, kind, YUAN, value.printed, value.qualifier, value.high, (fact.id,)
        )


def _about(facts: Sequence[Fact], parts: Parts) -> dict[str, _DealDraft]:
    """What is told of each project, agreement and event."""
    found: dict[str, _DealDraft] = {}
    for fact in facts:
        said = parts.of.get(fact.predicate)
        what = said and (fact.subject if said["subject"] == WHAT else fact.object)
        if said and what and parts.subject(what)[1]:
            found.setdefault(what, _DealDraft(what, parts)).add(fact, said)
    return found


def written(fact: Fact) -> Amount:
    """The amount of a claim that tells its currency and kind."""
    value = fact.value
    assert value is not None
    number, currency, kind = parted(value.lexical)
    return Amount(number, kind, currency, value.printed, value.qualifier, value.high, (fact.id,))


def _together(facts: Sequence[Fact], parts: Parts) -> Iterator[Deal]:
    """The deals of several things that have a sum in common: no sum of any one of them."""
    groups: defaultdict[tuple[int, int, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.predicate == parts.joint and fact.value and parted(fact.value.lexical)[1]:
            groups[fact.start, fact.end, fact.value.lexical].append(fact)
    for (*_, said), group in sorted(groups.items()):
        members = tuple(sorted({fact.subject for fact in group}))
        yield Deal(
            f"{parts.base}deal/{digest(said, *members, size=16)}",
            projects=members,
            amounts=amounts_of(map(written, group)),
            statuses=parts.furthest(group),
            attestations=attestations_of(group),
        )


def _agreed(
    facts: Sequence[Fact], parts: Parts, drafts: Sequence[_DealDraft], around: Circumstances
) -> Iterator[Deal]:
    """The deals of those who sign what has no name.

    If one of them signs or invests in a single project in the same sentence, they all sign it.
    """
    groups: defaultdict[tuple[int, int], list[Fact]] = defaultdict(list)
    for fact in facts:
        signing = parts.between.get(fact.predicate)
        if signing is not None and signing.search(fact.quote):
            groups[fact.start, fact.end].append(fact)
    each = ((span, one) for span, group in groups.items() for one in agreements(group))
    for (start, end), group in each:
        parties = {iri for fact in group for iri in (fact.subject, fact.object)}
        here = [draft for draft in drafts if draft.shares(parties, start, end)]
        if len(here) == 1:
            here[0].things["party"] |= parties
            here[0].signed += group
        elif not any(parties <= draft.things["party"] for draft in here):
            members = tuple(sorted(parties))
            yield Deal(
                f"{parts.base}deal/{digest(around.source.id, *members, size=16)}",
                members,
                places=tuple(sorted(around.places(group) - parties)),
                events=tuple(sorted(around.events(group))),
                amounts=amounts_of(around.amounts(group, parts.kinds)),
                days=days_of(around.days(group)),
                statuses=around.held(group) or parts.furthest(group) or around.status(group),
                attestations=attestations_of(group),
            )


def attestations_of(facts: Iterable[Fact]) -> tuple[Attestation, ...]:
    """Each quotation once, with all claims that rest on it."""
    groups: defaultdict[tuple[str, int, int, str], set[str]] = defaultdict(set)
    for fact in facts:
        groups[fact.document, fact.start, fact.end, fact.quote].add(fact.id)
    found = (Attestation(*place, claims=tuple(sorted(ids))) for place, ids in groups.items())
    return tuple(sorted(found, key=_order))


def amounts_of(found: Iterable[Amount]) -> tuple[Amount, ...]:
    """Each sum once, with all claims that say so."""
    claims: defaultdict[Amount, set[str]] = defaultdict(set)
    for one in found:
        claims[replace(one, claims=())].update(one.claims)
    whole = (replace(one, claims=tuple(sorted(ids))) for one, ids in claims.items())
    return tuple(sorted(whole, key=lambda a: (a.kind, a.currency, a.value, a.printed, a.high)))


def days_of(found: Iterable[Value]) -> tuple[Value, ...]:
    """Each day once, in order; as it is printed is told by its claim."""
    whole = {(day.lexical, day.datatype): Value(day.lexical, day.datatype) for day in found}
    return tuple(whole[key] for key in sorted(whole))


def _union(found: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(sorted(set(chain.from_iterable(found))))


def _order(attestation: Attestation) -> tuple[str, int, int]:
    return attestation.document, attestation.start, attestation.end


@lru_cache(maxsize=8)
def _parts(folder: str, base: str) -> Parts:
    ontology = load(folder)
    page = ontology.words.get(PAGE, {})
    predicates = ontology.relations.keys() | ontology.attributes.keys()
    return Parts(
        {name: said for name, said in page.get("parts", {}).items() if name in predicates},
        {name: re.compile(words) for name, words in page.get("between", {}).items()},
        page.get("enough", {}),
        {
            f"{base}{name.lower()}/": (name, part)
            for name, part in page.get("about", {}).items()
            if name in ontology.classes
        },
        SumKinds.read(page),
        page.get("others", {}).get("joint", ""),
        {name: status.order for name, status in ontology.statuses.items()},
        base,
    )
