"""The register of firms: place, industry, deals, projects, sums, people."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.publish.dossier.sums import in_hundred_millions
from kg.publish.register.account import rows
from kg.publish.register.projects import Quotation, projects
from kg.publish.register.seats import FIRMS, places_of
from kg.store.rdf.namespaces import ORG

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.base.records import Fact
    from kg.publish.dossier.model import Cell, Line, Table
    from kg.publish.register.projects import Entry, Projects
    from kg.publish.register.register_data import RegisterData
    from kg.publish.register.sectors import Belonging
    from kg.publish.register.view import View

# What is said of firms that tells what they do, and where they are.
RELATIONS = ("invests", "develops", "signs", "cooperatesWith", "locatedIn", "memberOf", "leads")


@dataclass(slots=True)
class Firm:
    """A firm: its projects, how many deals and people it has, where it is and what it does."""

    iri: str
    projects: list[Entry] = field(default_factory=list)
    deals: int = 0
    people: int = 0
    places: frozenset[str] = frozenset()
    belonging: Belonging | None = None
    by_projects: bool = False
    quotation: Quotation | None = None
    documents: int = 0

    @property
    def active(self) -> bool:
        """Whether anything is known that it does, or anybody who is there."""
        return bool(self.projects or self.deals or self.people or self.quotation)


def firms(data: RegisterData) -> list[Firm]:
    """The firms of a graph, by name, made once."""
    return data.cached("firms", lambda: _all_firms(data))


def _all_firms(data: RegisterData) -> list[Firm]:
    known = projects(data)
    kinds = data.own("subtype")
    wanted = {i for i in data.of_class("Organisation") if not {*FIRMS}.isdisjoint(kinds.get(i, ()))}
    firms_by_iri = {iri: Firm(iri) for iri in wanted}
    for entry in known.each:
        for party in entry.parties if not entry.several else ():
            if party in firms_by_iri:
                firms_by_iri[party].projects.append(entry)
    for deal in data.deals:
        for party in deal.parties:
            if party in firms_by_iri:
                firms_by_iri[party].deals += 1
    for iri, count in data.count(ORG + "organization").items():
        if iri in firms_by_iri:
            firms_by_iri[iri].people = count
    claims = _claims_by_firm(data, wanted)
    for iri, firm in firms_by_iri.items():
        facts = claims.get(iri, [])
        firm.places = places_of(data, iri)
        firm.quotation, firm.documents = _surest(data, firm, facts)
        _sorted_in(firm, facts, known, data)
    return sorted(firms_by_iri.values(), key=lambda firm: (data.name(firm.iri), firm.iri))


def _claims_by_firm(data: RegisterData, wanted: Iterable[str]) -> Mapping[str, list[Fact]]:
    firms = set(wanted)
    claims: dict[str, list[Fact]] = defaultdict(list)
    for fact in data.claims_with(*RELATIONS):
        for iri in {fact.subject, fact.object} & firms:
            claims[iri].append(fact)
    return claims


def _surest(data: RegisterData, firm: Firm, facts: Iterable[Fact]) -> tuple[Quotation | None, int]:
    """The sentence of its largest project, else of the surest claim, and how many tell of it."""
    quoted = [f for f in facts if f.quote]
    documents = {f.document for f in quoted} | {
        e.quotation.document for e in firm.projects if e.quotation
    }
    if own := [entry.quotation for entry in firm.projects if entry.quotation]:
        return own[0], len(documents)
    best = min(
        quoted, key=lambda f: (-f.confidence, data.file(f.document), f.start, f.id), default=None
    )
    return (
        Quotation(best.quote, best.document, best.start, best.end) if best else None,
        len(documents),
    )


def _sorted_in(firm: Firm, facts: Iterable[Fact], known: Projects, data: RegisterData) -> None:
    """Put a firm into an industry: by its name, by the clauses about it, else by its projects."""
    name = data.name(firm.iri)
    firm.belonging = known.known.of(name)
    if firm.belonging is None:
        own = next((e.belonging for e in firm.projects if e.belonging), None)
        firm.belonging, firm.by_projects = own, own is not None
    if firm.belonging is None:
        firm.belonging = known.known.of(name, (f.quote for f in facts if f.quote))


def register(view: View) -> Iterator[Table]:
    """The parts of the register of firms."""
    data, words = view.data, view.words
    all_ = [
        firm for firm in firms(data) if view.here(firm.places) and view.of_sector(firm.belonging)
    ]
    shown = [firm for firm in all_ if firm.active]
    counted = {
        iri: size
        for row in rows(projects(data).each, words.kinds)
        if not row.entry.several and (size := row.size()) is not None
        for iri in row.entry.things
    }
    lines = [
        (_order(firm, _size(firm, counted), data), _line(view, firm, counted)) for firm in shown
    ]
    lines.sort(key=lambda pair: pair[0])
    yield view.figures(_figures(view, shown))
    idle = len(all_) - len(shown)
    yield view.table(
        "firms",
        (line for _, line in lines),
        words.note("invested"),
        words.note("seat"),
        words.note("idle", n=idle) if idle else "",
    )
    yield _by(view, "sectors", "sector", ((view.sector(f.belonging), f) for f in shown))
    yield _by(view, "districts", "district", ((view.place(f.places), f) for f in shown))


def _figures(view: View, shown: list[Firm]) -> Iterator[Line]:
    yield view.figure("firms", len(shown))
    projects = {entry.things for firm in shown for entry in firm.projects}
    yield view.figure("projects", len(projects))


def _size(firm: Firm, counted: Mapping[str, Decimal]) -> Decimal | None:
    sizes = [counted[entry.things[0]] for entry in firm.projects if entry.things[0] in counted]
    return sum(sizes, Decimal(0)) if sizes else None


def _order(firm: Firm, size: Decimal | None, data: RegisterData) -> tuple[object, ...]:
    """The largest first, then those with the most deals, projects and people."""
    counts = len(firm.projects), firm.deals, firm.people
    return (-(size or 0), *(-n for n in counts), data.name(firm.iri), firm.iri)


def _line(view: View, firm: Firm, counted: Mapping[str, Decimal]) -> Line:
    size, words = _size(firm, counted), view.words
    because = view.because(firm.belonging)
    if firm.belonging and firm.by_projects:
        because = words.value_of("byProjects", words="、".join(firm.belonging.words))
    cells: dict[str, Cell] = {
        "firm": view.thing(firm.iri),
        "places": view.places(firm.places),
        "sector": view.sector(firm.belonging) if firm.belonging else "",
        "words": because,
        "deals": Decimal(firm.deals) if firm.deals else "",
        "projects": "、".join(sorted({e.names[0] for e in firm.projects})),
        "invested": in_hundred_millions(size) if size is not None else "",
        "people": Decimal(firm.people) if firm.people else "",
    }
    return view.line(cells, firm.quotation, firm.documents)


def _by(view: View, name: str, column: str, labelled: Iterable[tuple[str, Firm]]) -> Table:
    groups: dict[str, list[Firm]] = defaultdict(list)
    for label, firm in labelled:
        groups[label].append(firm)
    lines = [
        view.line(
            {
                column: label,
                "firms": Decimal(len(firms_there)),
                "count": Decimal(len({e.things for f in firms_there for e in f.projects})) or "",
            },
            None,
        )
        for label, firms_there in sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    ]
    return view.table(name, lines)
