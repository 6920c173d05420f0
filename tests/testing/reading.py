"""What one text tells by itself, read with the project's own rules."""

from __future__ import annotations

from functools import lru_cache

from kg.base.records import Document, Reading
from kg.extract.document import extract
from kg.extract.stations import DocumentState, run_relate, run_until
from kg.ontology import load

# Subject, relation, and object or value, by name and as text.
Facts = set[tuple[str, str, str]]


def read(text: str) -> Reading:
    return extract(Document("d", "d.txt", text), load())


def claims(text: str) -> Facts:
    """What is stated and not denied."""
    return told(read(text))


def told(reading: Reading) -> Facts:
    """What is stated and not denied, of a text that was read."""
    names = [e.name for e in reading.entities]
    return {
        (
            names[c.subject],
            c.predicate,
            names[c.object] if c.object is not None else c.value.lexical if c.value else "",
        )
        for c in reading.claims
        if not c.denied
    }


def named(reading: Reading) -> dict[str, set[str]]:
    """The names of the entities of each class, of a text that was read."""
    found: dict[str, set[str]] = {}
    for entity in reading.entities:
        found.setdefault(entity.type, set()).add(entity.name)
    return found


def stated(text: str) -> Facts:
    """What the rules propose that is not denied, before anything is made one or left out."""
    state = run_until(DocumentState(Document("t", "t.txt", text), load()), run_relate)
    found = set()
    for article_statement in state.statements:
        s = article_statement.statement
        if not s.denied:
            other = s.object.name if s.object else s.value.lexical if s.value else ""
            found.add((s.subject.name, s.predicate, other))
    return found


@lru_cache(maxsize=256)
def names(text: str, type_: str) -> set[str]:
    """The names of the entities of a class."""
    return {e.name for e in read(text).entities if e.type == type_}


def linked(text: str, predicate: str) -> set[tuple[str, str]]:
    """Subject, and object or value, of what is stated with a relation or attribute."""
    reading = read(text)
    return {
        (
            reading.entities[c.subject].name,
            reading.entities[c.object].name
            if c.object is not None
            else (c.value.lexical if c.value else ""),
        )
        for c in reading.claims
        if c.predicate == predicate and not c.denied
    }
