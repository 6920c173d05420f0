"""The industrial chains of firms and projects: link by link, with gaps."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.publish.dossier.sums import in_hundred_millions
from kg.publish.register.account import rows
from kg.publish.register.kinds.firms import firms
from kg.publish.register.projects import projects

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.publish.dossier.model import Cell, Line, Table
    from kg.publish.register.kinds.firms import Firm
    from kg.publish.register.projects import Quotation
    from kg.publish.register.sectors import Belonging, Link, Sector
    from kg.publish.register.view import View

FIRM, PROJECT = "Organisation", "Project"
# Places of a link that its line names, the most frequent first.
NAMED = 5


@dataclass(frozen=True, slots=True)
class Member:
    """A firm or a project of a chain: where it is, and why, and where that is said."""

    iri: str
    klass: str
    places: frozenset[str]
    belonging: Belonging
    because: str
    quotation: Quotation | None
    documents: int


def register(view: View) -> Iterator[Table]:
    """The parts of the register of chains."""
    members = [m for m in _members(view) if view.here(m.places) and view.of_sector(m.belonging)]
    by: dict[tuple[str, str], list[Member]] = defaultdict(list)
    for member in members:
        for link in member.belonging.links or ("",):
            by[member.belonging.sector, link].append(member)
    known = view.words.sectors.each
    sectors = [s for s in known.values() if any(sector == s.name for sector, _ in by)]
    shown = [known[view.request.sector]] if view.request.sector else sectors
    lines = [(s, link, by.get((s.name, name), [])) for s in shown for name, link in _links(s)]
    filled = [one for one in lines if one[1] and one[2]]
    gaps = [one for one in lines if one[1] and not one[2]]
    yield view.figures(
        [
            view.figure("sectors", len(sectors)),
            view.figure("links", len(filled)),
            view.figure("gaps", len(gaps)),
        ]
    )
    counted = _counted(view)
    link_lines = (
        _line(view, s, link, of_link, counted) for s, link, of_link in lines if link or of_link
    )
    yield view.table("links", link_lines, view.words.note("chain"))
    why = view.words.note("gap") if gaps else ""
    yield view.table("gaps", (_named(view, s, link) for s, link, _ in gaps), why)
    yield view.table(
        "members", (_member(view, s, link, m) for s, link, of_link in lines for m in of_link)
    )


def _links(sector: Sector) -> list[tuple[str, Link | None]]:
    """The links of a chain in their order, and what is of no link."""
    return [*((link.name, link) for link in sector.links), ("", None)]


def _members(view: View) -> list[Member]:
    """Projects and firms that an industry is known of, in the order of their names."""
    members = []
    for entry in projects(view.data).each:
        if entry.belonging and not entry.several:
            because = view.because(entry.belonging)
            times, place = entry.times.documents, entry.places
            members.append(
                Member(
                    entry.things[0],
                    PROJECT,
                    place,
                    entry.belonging,
                    because,
                    entry.quotation,
                    times,
                )
            )
    active = ((firm, firm.belonging) for firm in firms(view.data) if firm.active)
    members += [_firm(view, firm, belonging) for firm, belonging in active if belonging]
    return sorted(members, key=lambda m: (m.klass, view.data.name(m.iri), m.iri))


def _firm(view: View, firm: Firm, belonging: Belonging) -> Member:
    because = view.because(belonging)
    if firm.by_projects:
        because = view.words.value_of("byProjects", words="、".join(belonging.words))
    return Member(firm.iri, FIRM, firm.places, belonging, because, firm.quotation, firm.documents)


def _counted(view: View) -> Mapping[str, Decimal]:
    """What a total counts of each project."""
    return {
        iri: size
        for row in rows(projects(view.data).each, view.words.kinds)
        if not row.entry.several and (size := row.size()) is not None
        for iri in row.entry.things
    }


def _named(view: View, sector: Sector, link: Link | None) -> Line:
    stages = view.words.sectors.stages
    stage = view.words.text(stages.get(link.stage, {})) if link else ""
    return view.line(
        {
            "sector": view.words.text(sector.label),
            "stage": stage,
            "link": view.words.text(link.label) if link else view.words.value_of("noLink"),
        },
        None,
    )


def _line(
    view: View,
    sector: Sector,
    link: Link | None,
    members: Sequence[Member],
    counted: Mapping[str, Decimal],
) -> Line:
    sizes = [counted[m.iri] for m in members if m.klass == PROJECT and m.iri in counted]
    places = Counter(view.place(m.places, "city") for m in members if m.places)
    where = sorted(places.items(), key=lambda pair: (-pair[1], pair[0]))
    cells: dict[str, Cell] = {
        **_named(view, sector, link).cells,
        "firms": _count(members, FIRM),
        "projects": _count(members, PROJECT),
        "total": in_hundred_millions(sum(sizes, Decimal(0))) if sizes else "",
        "places": "、".join(f"{name} {n}" for name, n in where[:NAMED]),
    }
    return view.line(cells, None)


def _count(members: Sequence[Member], klass: str) -> Cell:
    return Decimal(sum(m.klass == klass for m in members)) or ""


def _member(view: View, sector: Sector, link: Link | None, one: Member) -> Line:
    cells: dict[str, Cell] = {
        **_named(view, sector, link).cells,
        "thing": view.thing(one.iri),
        "class": view.words.klass(one.klass)
        if one.klass == PROJECT
        else view.words.value_of("firm"),
        "places": view.places(one.places),
        "words": one.because,
    }
    return view.line(cells, one.quotation, one.documents)
