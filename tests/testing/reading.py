"""What one text tells by itself, and where that is not what a case says of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.base.records import Document, Reading
from kg.extract.document import extract
from kg.extract.stations import DocumentState, run_annotate, run_relate, run_until
from kg.ontology import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.testing.files.cases import Case

# Subject, relation, object or value, and how far it is.
Claim = tuple[str, ...]


def read(text: str) -> Reading:
    """A text read with the project's own rules."""
    return extract(Document("d", "d.txt", text), load())


def claims(text: str) -> set[Claim]:
    """Subject, relation, and object or value, of what is stated and not denied."""
    return {claim[:3] for claim in told(text).claims}


@dataclass
class Told:
    """The names of a text by their class, with their subtypes and other names, and its claims."""

    names: dict[str, set[str]] = field(default_factory=dict)
    subtypes: set[tuple[str, str]] = field(default_factory=set)
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
    reading, found = read(text), Told()
    names = [entity.name for entity in reading.entities]
    for entity in reading.entities:
        found.name(entity.type, entity.name)
        found.subtypes.add((entity.name, entity.subtype))
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
    """Where a text tells something else than a case says, and behind that all that it tells."""
    found = told(case["text"], case.get("until", ""))
    wrong = [*_missing(case, found), *_unexpected(case, found), *_besides(case, found)]
    if not wrong:
        return []
    names = {kind: sorted(names) for kind, names in sorted(found.names.items())}
    said = sorted(map(sentence, found.claims))
    return [*wrong, f"text: {case['text']}", f"names: {names}", f"claims: {said}"]


def sentence(claim: Claim | list[str]) -> str:
    return "—".join(filter(None, claim))


def _missing(case: Case, found: Told) -> Iterator[str]:
    """What a case says is there, and is not."""
    for kind, names in case.get("names", {}).items():
        yield from (f"missing: {kind} {n}" for n in names if n not in found.of(kind))
    for name, subtype in case.get("subtypes", {}).items():
        if (name, subtype) not in found.subtypes:
            yield f"missing: {name} as {subtype}, of {sorted(found.subtypes)}"
    for name in {**case.get("aliases", {}), **case.get("unaliased", {})}:
        if name not in found.aliases:
            yield f"missing: {name}, as a name of its own"
    for name, others in case.get("aliases", {}).items():
        known = found.aliases.get(name, set())
        yield from (f"missing: {one} for {name}" for one in others if one not in known)
    for pattern in case.get("claims", ()):
        if not found.like(pattern):
            yield f"missing: claim {sentence(pattern)}"


def _unexpected(case: Case, found: Told) -> Iterator[str]:
    """What a case says is not there, and is."""
    for kind, names in case.get("unnamed", {}).items():
        there = sorted(found.of(kind))
        yield from (f"unexpected: {kind} {n}" for n in there if any(alike(p, n) for p in names))
    for name, others in case.get("unaliased", {}).items():
        known = found.aliases.get(name, set())
        yield from (f"unexpected: {one} for {name}" for one in others if one in known)
    for pattern in case.get("not", ()):
        yield from (f"unexpected: claim {sentence(claim)}" for claim in found.like(pattern))
    for kind in case.get("without", ()):
        names = found.of("*" if kind == "names" else kind) | ({kind} & found.denied)
        said = found.claims if kind == "claims" else found.like(["*", kind])
        yield from (f"unexpected: {kind} {n}" for n in sorted(names))
        yield from (f"unexpected: claim {sentence(claim)}" for claim in sorted(said))


def _besides(case: Case, found: Told) -> Iterator[str]:
    """What is there beside what a case says is all of its kind."""
    stated = {claim for pattern in case.get("claims", ()) for claim in found.like(pattern)}
    for kind in case.get("only", ()):
        if kind == "aliases":
            for name, others in case.get("aliases", {}).items():
                more = found.aliases.get(name, set()) - {*others}
                yield from (f"unexpected: {one} for {name}" for one in sorted(more))
            continue
        beyond = found.like(kind if isinstance(kind, list) else ["*", kind]) - stated
        yield from (f"unexpected: claim {sentence(claim)}" for claim in sorted(beyond))
        if isinstance(kind, str):
            known = {*case.get("names", {}).get(kind, ()), *case.get("maybe", {}).get(kind, ())}
            yield from (f"unexpected: {kind} {n}" for n in sorted(found.of(kind) - known))
