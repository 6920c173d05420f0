"""The catalogue of the platforms and systems of a graph: who builds and runs them, where."""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.base.records import Fact
    from kg.publish.dossier.model import Cell, Line, Table
    from kg.publish.register.view import View

BUILDS, LEADS = "develops", ("leads", "organises", "issues")


class _System:
    """A system with what is told of it."""

    def __init__(self, view: View, iri: str, facts: Sequence[Fact], runs: re.Pattern[str]) -> None:
        self.iri, self.facts = iri, facts
        about = [f for f in facts if f.object == iri]
        built = [f for f in about if f.predicate == BUILDS]
        self.run = _ends(f for f in built if runs.search(f.trigger))
        self.run |= _ends(f for f in about if f.predicate in LEADS)
        self.built = _ends(f for f in built if not runs.search(f.trigger))
        own = [f for f in facts if f.subject == iri]
        self.parents = {f.object for f in own if f.predicate == "partOf"}
        self.places = frozenset(f.object for f in own if f.predicate == "locatedIn")
        self.places = self.places or frozenset(view.data.where.of.get(iri, ()))
        name, quotes = view.data.name(iri), [f.quote for f in facts if f.quote]
        self.belonging = view.words.sectors.of(name, quotes)
        self.status = _furthest(view, facts)


def register(view: View) -> Iterator[Table]:
    """The parts of the catalogue."""
    runs = re.compile(view.words.page.get("runs") or "(?!)")
    claims = view.data.claims_of("System")
    systems = [_System(view, iri, facts, runs) for iri, facts in claims.items()]
    shown = [one for one in systems if _wanted(view, one)]
    shown.sort(key=lambda one: (view.data.name(one.iri), one.iri))
    yield view.figures([view.figure("systems", len(shown))])
    bare = len(view.data.of_class("System")) - len(claims)
    note = view.words.note("bareSystems", n=bare) if bare and not view.request.arguments else ""
    yield view.table("systems", (_line(view, one) for one in shown), note)
    yield view.table("builders", _builders(view, shown))
    sectors: dict[str, int] = defaultdict(int)
    for one in shown:
        sectors[view.sector(one.belonging)] += 1
    ranked = sorted(sectors.items(), key=lambda pair: (-pair[1], pair[0]))
    yield view.table(
        "sectors", (view.line({"sector": name, "systems": Decimal(n)}, None) for name, n in ranked)
    )


def _wanted(view: View, one: _System) -> bool:
    party = view.request.party
    where = view.data.where.of
    near = {p for iri in one.built | one.run for p in (iri, *where.get(iri, ()))}
    return (
        view.here(one.places or near)
        and view.of_sector(one.belonging)
        and (not party or not party.isdisjoint(one.built | one.run))
    )


def _line(view: View, one: _System) -> Line:
    cells: dict[str, Cell] = {
        "system": view.thing(one.iri),
        "built": view.data.names_of(one.built),
        "run": view.data.names_of(one.run),
        "places": view.places(one.places & view.data.of_class("District")),
        "parent": view.data.names_of(one.parents),
        "sector": view.sector(one.belonging) if one.belonging else "",
        "words": view.because(one.belonging),
        "status": view.status(one.status),
    }
    first = [f for f in one.facts if f.predicate == BUILDS and f.quote]
    return view.line_of(cells, first or one.facts)


def _builders(view: View, shown: Sequence[_System]) -> Iterator[Line]:
    by: dict[str, set[str]] = defaultdict(set)
    for one in shown:
        for iri in one.built | one.run:
            by[iri].add(one.iri)
    for iri in sorted(by, key=lambda iri: (-len(by[iri]), view.data.name(iri), iri)):
        cells: dict[str, Cell] = {
            "body": view.thing(iri),
            "systems": Decimal(len(by[iri])),
            "system": view.data.names_of(by[iri]),
        }
        yield view.line(cells, None)


def _ends(facts: Iterator[Fact]) -> set[str]:
    return {fact.subject for fact in facts}


def _furthest(view: View, facts: Sequence[Fact]) -> str:
    ladder = view.data.ontology.statuses
    statuses = [f.status for f in facts if f.status in ladder]
    return max(statuses, key=lambda one: ladder[one].order, default="")
