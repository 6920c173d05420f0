"""The lineage of policies: what rests on what, what is in force, and targets.

A policy is of the level of who issues it, else of where it applies. It is in force on a day if it
was issued by then and no document says that another one had replaced or repealed it by then.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.publish.derived.dates import WHOLE
from kg.publish.dossier.scope import one_line
from kg.query.table import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.base.records import Fact
    from kg.publish.dossier.model import Cell, Line, Table
    from kg.publish.register.sectors import Belonging
    from kg.publish.register.view import View

RESTS, ENDS = "basedOn", ("replaces", "repeals")
# From the nation downward; what cannot be told stands last.
ORDER = ("nation", "province", "city", "county", "zone", "unknown")
# The year of a document number, in brackets of any form.
_NUMBERED = re.compile(r"[〔\[【（(]((?:19|20)\d\d)[〕\]】）)]")
_YEAR = re.compile(r"20\d\d")


@dataclass(slots=True)
class Policy:
    """A policy with what is told of it, by relation."""

    iri: str
    facts: dict[str, list[Fact]] = field(default_factory=lambda: defaultdict(list))
    issuers: tuple[str, ...] = ()
    places: frozenset[str] = frozenset()
    level: str = "unknown"
    issued: str = ""
    known: str = ""
    rests: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    # By whom it was ended: the policy, by which relation, and the day of it.
    ended: tuple[tuple[str, str, str], ...] = ()
    belonging: Belonging | None = None

    @property
    def since(self) -> str:
        """The day from which it is known to be: that of its issue, else of who tells of it."""
        return self.issued or self.known

    def quoted_claims(self) -> list[Fact]:
        """All claims about it with a quotation."""
        return [fact for facts in self.facts.values() for fact in facts if fact.quote]


class Policies:
    """The policies of a graph, by IRI."""

    def __init__(self, view: View) -> None:
        self.view, self.data = view, view.data
        self.national = re.compile(view.words.page.get("national") or "(?!)")
        self.each = {iri: Policy(iri) for iri in sorted(self.data.of_class("Policy"))}
        for iri, facts in self.data.claims_of("Policy").items():
            for fact in facts:
                name = fact.predicate if fact.subject == iri else f"~{fact.predicate}"
                self.each[iri].facts[name].append(fact)
        for policy in self.each.values():
            self._fill_in(policy)
        for policy in self.each.values():
            policy.ended = tuple(sorted(self._ended(policy)))

    def _fill_in(self, policy: Policy) -> None:
        facts, data = policy.facts, self.data
        policy.issuers = _others(facts.get("~issues", ()), "subject")
        applies = _others(facts.get("appliesTo", ()), "object")
        policy.places = frozenset(applies) or frozenset(data.where.of.get(policy.iri, ()))
        policy.level = self._level(policy)
        days = [f.value.lexical for f in facts.get("date", ()) if f.value and _whole(f)]
        policy.issued = min(days, default="") or _of_number(facts.get("documentNumber", ()))
        pages = (
            data.days[f.document].page for f in policy.quoted_claims() if f.document in data.days
        )
        policy.known = min((day for day in pages if day), default="")
        policy.rests = _others(facts.get(RESTS, ()), "object")
        policy.ends = _others((f for name in ENDS for f in facts.get(name, ())), "object")
        policy.belonging = self.view.words.sectors.of(data.name(policy.iri))

    def _level(self, policy: Policy) -> str:
        names = [self.data.name(iri) for iri in (policy.iri, *policy.issuers)]
        if any(self.national.match(name.lstrip("《“")) for name in names):
            return ORDER[0]
        where = self.data.where.of
        issuing = {place for iri in policy.issuers for place in where.get(iri, ())}
        issuing |= {iri for iri in policy.issuers if self.data.kinds.get(iri) == "District"}
        levels = [self.data.level(p) for p in self.data.innermost(issuing or policy.places)]
        return min(levels, key=ORDER.index, default=ORDER[-1])

    def _ended(self, policy: Policy) -> Iterator[tuple[str, str, str]]:
        for name in ENDS:
            for fact in policy.facts.get(f"~{name}", ()):
                other = self.each.get(fact.subject)
                page = self.data.days.get(fact.document)
                day = (other.issued if other else "") or (page.page if page else "")
                yield fact.subject, name, day

    def state(self, policy: Policy, on: str) -> str:
        """Whether it is in force on a day: ``in``, ``later``, ``undated``, or how it ended."""
        for _, how, day in policy.ended:
            if not day or not on or day <= on[: len(day)]:
                return "replaced" if how == "replaces" else "repealed"
        if not policy.since:
            return "undated"
        if on and policy.issued and policy.issued[: len(on)] > on[: len(policy.issued)]:
            return "later"
        if on and policy.since[: len(on)] > on[: len(policy.since)]:
            return "undated"
        return "in"

    def path(self, policy: Policy) -> list[str]:
        """The policies that it rests on, from the highest one down to it, by IRI."""
        path = [policy.iri]
        while rests := [r for r in self.each[path[0]].rests if r in self.each and r not in path]:
            path.insert(0, min(rests, key=lambda r: (ORDER.index(self.each[r].level), r)))
        return path


def register(view: View) -> Iterator[Table]:
    """The parts of the lineage of policies."""
    words = view.words
    all_ = view.data.cached(f"policies {view.request.lang}", lambda: Policies(view))
    wanted = [p for p in all_.each.values() if p.facts and _wanted(view, p)]
    wanted.sort(key=lambda p: (ORDER.index(p.level), p.since or "9", view.data.name(p.iri)))
    bare = len(all_.each) - sum(bool(p.facts) for p in all_.each.values())
    states = {p.iri: all_.state(p, view.on) for p in wanted}
    targets = list(_targets(view, wanted))
    yield view.figures(
        [
            view.figure("policies", len(wanted)),
            view.figure("inforce", sum(state == "in" for state in states.values())),
            view.figure("targets", len(targets)),
        ]
    )
    on = words.note("day", day=view.on) if view.on else ""
    yield view.table(
        "policies",
        (_line(view, p, states[p.iri]) for p in wanted),
        on,
        words.note("force"),
        words.note("numbered"),
        words.note("single", n=bare) if bare and not view.request.arguments else "",
    )
    yield view.table("lineage", _lineage(view, all_, wanted))
    yield view.table("targets", targets, words.note("years"))


def _wanted(view: View, policy: Policy) -> bool:
    where = view.data.where.of
    places = policy.places | {p for iri in policy.issuers for p in where.get(iri, ())}
    return view.here({*places, *policy.issuers}) and view.of_sector(policy.belonging)


def _line(view: View, policy: Policy, state: str) -> Line:
    data, words, facts = view.data, view.words, policy.facts
    numbers = sorted({f.value.lexical for f in facts.get("documentNumber", ()) if f.value})
    first = [f for f in facts.get("~issues", ()) if f.quote] or policy.quoted_claims()
    cells: dict[str, Cell] = {
        "policy": view.thing(policy.iri),
        "level": words.value_of(policy.level),
        "issuers": data.names_of(policy.issuers),
        "numbered": plain("、".join(numbers)),
        "day": policy.issued,
        "reported": policy.known,
        "applies": view.places(policy.places),
        "sector": view.sector(policy.belonging) if policy.belonging else "",
        "rests": data.names_of(policy.rests),
        "ends": data.names_of(policy.ends),
        "ended": data.names_of(iri for iri, _, _ in policy.ended),
        "inforce": words.value_of(state),
    }
    return view.line_of(cells, first or list(next(iter(facts.values()))))


def _lineage(view: View, all_: Policies, wanted: Iterable[Policy]) -> Iterator[Line]:
    """What rests on what and what ends what, the higher first, each with the whole way down."""
    wanted_iris = {p.iri for p in wanted}
    groups: dict[tuple[str, str, str], list[Fact]] = defaultdict(list)
    for policy in all_.each.values():
        for name in (RESTS, *ENDS):
            for fact in policy.facts.get(name, ()):
                if fact.object in all_.each and wanted_iris & {fact.subject, fact.object}:
                    groups[fact.object, name, fact.subject].append(fact)

    def order(key: tuple[str, str, str]) -> tuple[object, ...]:
        other, name, one = key
        path = [view.data.name(iri) for iri in all_.path(all_.each[one])]
        return name != RESTS, ORDER.index(_level(all_, other)), path, view.data.name(other)

    for key in sorted(groups, key=order):
        other, name, one = key
        newer = name != RESTS
        path = [one, other] if newer else all_.path(all_.each[one])
        cells: dict[str, Cell] = {
            "upper": view.thing(one if newer else other),
            "relation": view.words.predicate(name),
            "lower": view.thing(other if newer else one),
            "path": " › ".join(view.data.name(iri) for iri in path),
        }
        yield view.line_of(cells, groups[key])


def _level(all_: Policies, iri: str) -> str:
    return all_.each[iri].level if iri in all_.each else ORDER[-1]


def _targets(view: View, wanted: Iterable[Policy]) -> Iterator[Line]:
    """The targets by the year in which they are to be met; of several years the first."""
    lines = []
    for policy in wanted:
        groups: dict[str, list[Fact]] = defaultdict(list)
        for fact in policy.facts.get("target", ()):
            groups[fact.value.lexical if fact.value else ""].append(fact)
        for text, facts in sorted(groups.items()):
            year = _year(text, facts)
            year_text = year or view.words.note("unyeared")
            cells: dict[str, Cell] = {
                "year": year_text,
                "target": plain(text),
                "policy": view.thing(policy.iri),
                "level": view.words.value_of(policy.level),
            }
            lines.append((not year, year_text, view.data.name(policy.iri), text, cells, facts))
    for *_, cells, facts in sorted(lines, key=lambda one: one[:4]):
        yield view.line_of(cells, facts)


def _of_number(facts: Iterable[Fact]) -> str:
    """The year that a document number holds: that of its issue."""
    matches = (_NUMBERED.search(fact.value.lexical) for fact in facts if fact.value)
    return min((match[1] for match in matches if match), default="")


def _year(text: str, facts: Iterable[Fact]) -> str:
    """The year of a target: its own, else the last one before it in its sentence."""
    if own := _YEAR.search(text):
        return str(own[0])
    for quote in sorted({one_line(fact.quote) for fact in facts}):
        before = _YEAR.findall(quote.partition(text)[0]) if text in quote else []
        if before:
            return str(before[-1])
    return ""


def _others(facts: Iterable[Fact], end: str) -> tuple[str, ...]:
    return tuple(sorted({getattr(fact, end) for fact in facts}))


def _whole(fact: Fact) -> bool:
    return fact.value is not None and fact.value.datatype in WHOLE
