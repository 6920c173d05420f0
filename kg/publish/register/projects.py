"""Make an entry for each project of a graph, with all that is told of it.

A project that several documents tell is one entry: where it is one thing of the graph, and where
things of one name have a party, a sum or a sentence in common. Several projects that have a sum in
common have an entry of their own for it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.corpus.entity_merging import digest
from kg.publish.derived.dates import DOCUMENT, WHOLE
from kg.publish.dossier.scope import one_line
from kg.publish.dossier.sums import SUM, TOTAL
from kg.publish.register.seats import places_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.base.records import Amount, Deal, Fact
    from kg.publish.register.register_data import RegisterData
    from kg.publish.register.sectors import Belonging, Sectors

# The relations by which somebody is party to a project.
TO = ("invests", "develops", "signs", "leads")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A sentence that tells something: where it stands, in code points of the document."""

    quote: str
    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Money:
    """A sum of a project: of which kind and currency, and the sentence that tells it.

    ``kind`` is ``total`` of a sum of several projects that is told of them together.
    """

    kind: str
    currency: str
    value: Decimal
    amount: Amount
    quotation: Quotation | None = None


@dataclass(frozen=True, slots=True)
class Times:
    """When something was.

    Attributes:
        day: As far as a text tells; ``""`` where none does.
        reported: The day of the document whose sentence tells it.
        last: The day of the newest document that tells of it, or of what it tells.
        documents: How many documents do.
    """

    day: str = ""
    reported: str = ""
    last: str = ""
    documents: int = 0

    @property
    def when(self) -> str:
        """The day that is told, else that of the report."""
        return self.day or self.reported


@dataclass(frozen=True, slots=True)
class Entry:
    """A project, or several that have a sum in common.

    Attributes:
        things: The things of the graph that it is; of several projects all of them, by IRI.
        several: Whether it stands for several projects.
        names: What the projects are called.
        investors, builders, signers: Who invests, builds or develops, and signs, by IRI.
        parties: All who are party to it.
        places, events: Where it is, and where it was signed or told, by IRI.
        belonging: Its industry, and the words that say so.
        status: The furthest that is told; ``""`` where nothing is.
        times: When it was.
        sums: Its sums, of each kind and currency the largest first.
        quotation: The sentence that tells it.
    """

    things: tuple[str, ...]
    several: bool
    names: tuple[str, ...]
    investors: tuple[str, ...] = ()
    builders: tuple[str, ...] = ()
    signers: tuple[str, ...] = ()
    parties: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    events: frozenset[str] = frozenset()
    belonging: Belonging | None = None
    status: str = ""
    times: Times = Times()
    sums: tuple[Money, ...] = ()
    quotation: Quotation | None = None


class Projects:
    """The entries of a graph.

    Attributes:
        each: Single projects first, by name; then sums of several.
        bare: How many projects are only named, without anything being said of them.
        about: The entries of single projects, by thing.
        occasions: The sums that are told of an event as a whole, by event.
        others: The deals that are about no project.
    """

    def __init__(self, data: RegisterData, known: Sectors) -> None:
        self.data, self.known = data, known
        self._ladder = data.ontology.statuses
        self._facts = data.claims_of("Project")
        self._deals: dict[str, list[Deal]] = defaultdict(list)
        self.others: list[Deal] = []
        self.occasions: dict[str, list[Money]] = defaultdict(list)
        joint = self._sorted_out()
        groups = _namesakes(sorted(data.of_class("Project")), self)
        of = {*self._facts, *self._deals, *(iri for deal in joint for iri in deal.projects)}
        claimed = [group for group in groups if not of.isdisjoint(group)]
        self.bare = len(groups) - len(claimed)
        single = sorted(map(self._single, claimed), key=_order)
        self.about: Mapping[str, Entry] = {iri: one for one in single for iri in one.things}
        several = sorted((self._several(deal) for deal in joint), key=_order)
        self.each: Sequence[Entry] = (*single, *several)

    def _sorted_out(self) -> list[Deal]:
        """Deals by the project that they are about; those of several projects are given back."""
        joint = []
        for deal in self.data.deals:
            of = [e for e in deal.events if deal.id.endswith(digest(e, size=16))]
            if of:
                self.occasions[of[0]] += self._sums([deal])
            elif len(deal.projects) == 1:
                self._deals[deal.projects[0]].append(deal)
            elif deal.projects:
                joint.append(deal)
            else:
                self.others.append(deal)
        return joint

    def named(self, iri: str) -> str:
        """The name of a thing without its spaces."""
        return "".join(self.data.name(iri).split())

    def marks(self, iri: str) -> set[tuple[str, str]]:
        """What tells that two projects of one name are one: a party, a sum or a sentence."""
        facts, deals = self._facts.get(iri, ()), self._deals.get(iri, ())
        marks = {("party", party) for deal in deals for party in deal.parties}
        marks |= {("party", f.subject) for f in facts if f.object == iri}
        marks |= {("sum", f"{a.kind} {a.value} {a.currency}") for d in deals for a in d.amounts}
        return marks | {("quote", one_line(f.quote)) for f in facts if f.quote}

    def _single(self, things: tuple[str, ...]) -> Entry:
        facts = [fact for iri in things for fact in self._facts.get(iri, ())]
        deals = [deal for iri in things for deal in self._deals.get(iri, ())]
        sums = self._sums(deals)
        quotation = self._quotation_of(sums, deals, facts)
        quotes = dict.fromkeys(f.quote for f in facts if f.quote)
        name = self.data.name(things[0])
        return Entry(
            things,
            several=False,
            names=(name,),
            investors=_subjects(facts, things, "invests"),
            builders=_subjects(facts, things, "develops", "leads"),
            signers=_subjects(facts, things, "signs"),
            parties=frozenset(party for deal in deals for party in deal.parties)
            | frozenset(_subjects(facts, things, *TO)),
            places=self._places(things, facts, deals),
            events=frozenset(e for deal in deals for e in deal.events)
            | frozenset(f.object for f in facts if f.predicate == "announcedAt"),
            belonging=self.known.of(name, quotes),
            status=self._furthest(deals, facts),
            sums=sums,
            quotation=quotation,
            times=self._times(deals, facts, quotation),
        )

    def _several(self, deal: Deal) -> Entry:
        """The entry of a sum of several projects: what they have in common is its own."""
        entries = [self.about[iri] for iri in deal.projects if iri in self.about]
        sums = self._sums([deal], joint=True)
        quotation = self._quotation_of(sums, [deal], [])
        sectors = {one.belonging.sector if one.belonging else "" for one in entries}
        return Entry(
            deal.projects,
            several=True,
            names=tuple(self.data.name(iri) for iri in deal.projects),
            signers=deal.parties,
            parties=frozenset(deal.parties).union(*(one.parties for one in entries)),
            places=frozenset(deal.places).union(*(one.places for one in entries)),
            events=frozenset(deal.events).union(*(one.events for one in entries)),
            belonging=entries[0].belonging if len(sectors) == 1 else None,
            status=self._furthest([deal], []),
            sums=sums,
            quotation=quotation,
            times=self._times([deal], [], quotation),
        )

    def _places(
        self, things: Iterable[str], facts: Iterable[Fact], deals: Iterable[Deal]
    ) -> frozenset[str]:
        """Where it is told to be; else where its name says; else the place that signs it."""
        districts = self.data.of_class("District")
        places = {f.object for f in facts if f.predicate == "locatedIn" and f.object in districts}
        places |= {place for deal in deals for place in deal.places}
        if not places:
            places = {p for iri in things for p in places_of(self.data, iri)}
        if not places:
            places = {party for deal in deals for party in deal.parties if party in districts}
        return frozenset(places)

    def _furthest(self, deals: Iterable[Deal], facts: Iterable[Fact]) -> str:
        statuses = [s for deal in deals for s in deal.statuses] + [f.status for f in facts]
        known = [one for one in statuses if one in self._ladder]
        return max(known, key=lambda one: self._ladder[one].order, default="")

    def _sums(self, deals: Iterable[Deal], *, joint: bool = False) -> tuple[Money, ...]:
        """The sums of some deals, each once, of each kind the largest first."""
        money: dict[tuple[str, str, Decimal], Money] = {}
        for deal in deals:
            for amount in deal.amounts:
                kind = TOTAL if joint and amount.kind == SUM else amount.kind
                value = Decimal(amount.value)
                one = Money(kind, amount.currency, value, amount, self._claimed(amount))
                money.setdefault((kind, amount.currency, -value), one)
        return tuple(money[key] for key in sorted(money))

    def _claimed(self, amount: Amount) -> Quotation | None:
        claims = [self.data.claims[c] for c in amount.claims if c in self.data.claims]
        best = min(claims, key=self._surest, default=None)
        return _quotation(best) if best else None

    def _surest(self, fact: Fact) -> tuple[object, ...]:
        return (not fact.quote, -fact.confidence, self.data.file(fact.document), fact.start)

    def _quotation_of(
        self, sums: Sequence[Money], deals: Sequence[Deal], facts: Sequence[Fact]
    ) -> Quotation | None:
        """The sentence of the largest total, else of a sum, of a deal, or of the surest claim."""
        totals = [one.quotation for one in sums if one.kind == TOTAL and one.quotation]
        others = [one.quotation for one in sums if one.quotation]
        of_deals = [
            Quotation(t.quote, t.document, t.start, t.end) for d in deals for t in d.attestations
        ]
        names = {self.data.name(iri) for deal in deals for iri in deal.projects}
        of_deals.sort(key=lambda t: -sum(name in one_line(t.quote) for name in names))
        surest = sorted((f for f in facts if f.quote), key=self._surest)
        return next(iter([*totals, *others, *of_deals, *map(_quotation, surest)]), None)

    def _times(
        self, deals: Sequence[Deal], facts: Sequence[Fact], quotation: Quotation | None
    ) -> Times:
        """When it was and when it was told, and by how many documents."""
        pages = self.data.days
        documents = {f.document for f in facts if f.quote}
        documents |= {t.document for deal in deals for t in deal.attestations}
        written = sorted(pages[d].page for d in documents if d in pages and pages[d].page)
        reported = (
            pages[quotation.document].page if quotation and quotation.document in pages else ""
        )
        last = written[-1] if written else ""
        whole = sorted(d.lexical for deal in deals for d in deal.days if d.datatype in WHOLE)
        past = [day for day in whole if not last or day[: len(last)] <= last]
        day = (past or whole or [""])[-1]
        if not day:
            known = (self.data.dates.of(f) for f in sorted(facts, key=self._surest) if f.quote)
            day = next((d.partition("/")[0] for d, owner in known if owner != DOCUMENT), "")
        news = day if day <= (self.data.newest or day) else ""
        return Times(day, reported, max(last, news), len(documents))


def projects(data: RegisterData) -> Projects:
    """The entries of a graph, made once."""
    from kg.publish.register.sectors import sectors

    return data.cached("projects", lambda: Projects(data, sectors(data.ontology)))


def _subjects(facts: Iterable[Fact], things: Iterable[str], *predicates: str) -> tuple[str, ...]:
    iris = set(things)
    return tuple(
        sorted({f.subject for f in facts if f.predicate in predicates and f.object in iris})
    )


def _quotation(fact: Fact) -> Quotation:
    return Quotation(fact.quote, fact.document, fact.start, fact.end)


def _namesakes(things: Sequence[str], projects: Projects) -> list[tuple[str, ...]]:
    """Things in groups that are one project each: of one name, with something in common."""
    named: dict[str, list[str]] = defaultdict(list)
    for iri in things:
        named[projects.named(iri)].append(iri)
    groups: list[tuple[str, ...]] = []
    for same in named.values():
        left: list[tuple[list[str], set[tuple[str, str]]]] = []
        for iri in same:
            one_project, marks = [iri], projects.marks(iri) if len(same) > 1 else set()
            for group in [g for g in left if g[1] & marks]:
                left.remove(group)
                one_project, marks = [*group[0], *one_project], group[1] | marks
            left.append((one_project, marks))
        groups += [tuple(sorted(group)) for group, _ in left]
    return groups


def _order(one: Entry) -> tuple[object, ...]:
    """The largest total first, then other sums, then by name."""
    own = [m.value for m in one.sums if (m.kind, m.currency) == (TOTAL, "CNY")]
    return (-max(own, default=Decimal(-1)), not one.sums, one.names, one.things)
