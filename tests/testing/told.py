"""What a text tells, and where that is not what a case says of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.base.records import Document
from kg.extract.document import extract
from kg.extract.stations import DocumentState, run_annotate, run_relate, run_until
from kg.ontology import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.testing.files.cases import Case

# Subject, relation, object or value, and how far it is.
Claim = tuple[str, ...]


@dataclass
class Told:
    """The names of a text by their class, with their kinds and other names, and its claims."""

    names: dict[str, set[str]] = field(default_factory=dict)
    kinds: set[tuple[str, str]] = field(default_factory=set)
    aliases: dict[str, set[str]] = field(default_factory=dict)
    claims: set[Claim] = field(default_factory=set)
    denied: set[str] = field(default_factory=set)

    def name(self, kind: str, name: str) -> None:
        self.names.setdefault(kind, set()).add(name)

    def of(self, kind: str) -> set[str]:
        """The names of a class, or of whatever class (``*``)."""
        return set().union(*self.names.values()) if kind == "*" else self.names.get(kind, set())

    def like(self, pattern: list[str]) -> set[Claim]:
        """The claims that are as a pattern says, in which ``*`` is anything."""
        ends = range(len(pattern))
        return {c for c in self.claims if all(alike(pattern[i], c[i]) for i in ends)}


def alike(pattern: str, words: str) -> bool:
    """Whether words are those of a pattern, in which ``*`` is anything."""
    if "*" not in pattern:
        return pattern == words
    return re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), words) is not None


@lru_cache(maxsize=64)
def told(text: str, until: str = "") -> Told:
    """What a text tells, or would by what is found of names, or of claims, before the rest."""
    return {"": _read, "mentions": _annotated, "claims": _related}[until](text)


def _read(text: str) -> Told:
    reading, found = extract(Document("d", "d.txt", text), load()), Told()
    names = [entity.name for entity in reading.entities]
    for entity in reading.entities:
        found.name(entity.type, entity.name)
        found.kinds.add((entity.name, entity.subtype))
        found.aliases.setdefault(entity.name, set()).update(entity.aliases)
    for c in reading.claims:
        other = names[c.object] if c.object is not None else c.value.lexical if c.value else ""
        if c.denied:
            found.denied.add(c.predicate)
        else:
            found.claims.add((names[c.subject], c.predicate, other, c.status))
    return found


def _annotated(text: str) -> Told:
    return _mentioned(run_until(_document(text), run_annotate))


def _related(text: str) -> Told:
    state = run_until(_document(text), run_relate)
    found = _mentioned(state)
    for one in state.statements:
        s = one.statement
        other = s.object.name if s.object else s.value.lexical if s.value else ""
        if s.denied:
            found.denied.add(s.predicate)
        else:
            found.claims.add((s.subject.name, s.predicate, other, s.status))
    return found


def _document(text: str) -> DocumentState:
    return DocumentState(Document("d", "d.txt", text), load())


def _mentioned(state: DocumentState) -> Told:
    found = Told()
    for _, mentions in state.annotated:
        for mention in mentions:
            found.name(mention.type, mention.name)
    return found


def faults(case: Case) -> list[str]:
    """In which a text tells something else than a case says, and in that event all it tells."""
    found = told(case["text"], case.get("until", ""))
    wrong = [*_names(case, found), *_claims(case, found), *_else(case, found)]
    claims = sorted("—".join(filter(None, claim)) for claim in found.claims)
    names = {kind: sorted(names) for kind, names in sorted(found.names.items())}
    return wrong and [*wrong, f"text: {case['text']}", f"names: {names}", f"claims: {claims}"]


def _names(case: Case, found: Told) -> Iterator[str]:
    for kind, names in case.get("names", {}).items():
        yield from (f"no {kind} {n}" for n in names if n not in found.of(kind))
    for kind, names in case.get("unnamed", {}).items():
        there = found.of(kind)
        yield from (f"{kind} {one}" for n in names for one in sorted(there) if alike(n, one))
    for name, kind in case.get("subtypes", {}).items():
        if (name, kind) not in found.kinds:
            yield f"{name} is no {kind}, of {sorted(found.kinds)}"
    for key, wanted in (("aliases", True), ("unaliased", False)):
        for name, others in case.get(key, {}).items():
            known = found.aliases.get(name)
            if known is None:
                yield f"nothing is called {name}"
            else:
                wrong = [o for o in others if (o in known) != wanted]
                yield from (f"{name} with names {sorted(known)}, {key} {one}" for one in wrong)


def _claims(case: Case, found: Told) -> Iterator[str]:
    for pattern in case.get("claims", ()):
        if not found.like(pattern):
            yield f"no claim {'—'.join(pattern)}"
    for pattern in case.get("not", ()):
        yield from (f"claim {'—'.join(claim)}" for claim in found.like(pattern))


def _else(case: Case, found: Told) -> Iterator[str]:
    """What is there that is not to be, or beside what is to be."""
    for kind in case.get("without", ()):
        things = {"names": found.of("*"), "claims": found.claims}.get(kind)
        if things is None:
            things = found.of(kind) | found.like(["*", kind]) | ({kind} & found.denied)
        yield from (f"{kind} {one}" for one in sorted(map(str, things)))
    claims = set().union(*(found.like(pattern) for pattern in case.get("claims", ())))
    for kind in case.get("only", ()):
        if kind == "aliases":
            yield from _aliases(case, found)
            continue
        more = found.like(kind if isinstance(kind, list) else ["*", kind]) - claims
        yield from (f"besides {'—'.join(claim)}" for claim in sorted(more))
        if isinstance(kind, str):
            names = [*case.get("names", {}).get(kind, ()), *case.get("maybe", {}).get(kind, ())]
            yield from (f"besides {kind} {one}" for one in sorted(found.of(kind) - {*names}))


def _aliases(case: Case, found: Told) -> Iterator[str]:
    """Other names of what a case gives other names of, which are not among those."""
    for name, others in case.get("aliases", {}).items():
        more = found.aliases.get(name, set()) - {*others}
        yield from (f"{name} with a name besides {one}" for one in sorted(more))
