"""What one text tells by itself, read with the project's own rules."""

from __future__ import annotations

from kg.base.records import Document, Reading
from kg.extract.document import extract
from kg.ontology import load

# Subject, relation, and object or value, by name and as text.
Facts = set[tuple[str, str, str]]


def read(text: str) -> Reading:
    return extract(Document("d", "d.txt", text), load())


def claims(text: str) -> Facts:
    """What is stated and not denied."""
    reading = read(text)
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
