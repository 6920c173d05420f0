"""What single stations find in a text, by name."""

from __future__ import annotations

from kg.base.records import Document
from kg.extract.stations import Work, annotated, related, segmented
from kg.ontology import load

ONTOLOGY = load()


def stated(text: str) -> set[tuple[str, str, str]]:
    """The claims of a text that are not denied, as names."""
    work = Work(Document("t", "t.txt", text), ONTOLOGY)
    segmented(work)
    annotated(work)
    related(work)
    found = set()
    for told in work.told:
        s = told.stated
        if not s.denied:
            other = s.object.name if s.object else s.value.lexical if s.value else ""
            found.add((s.subject.name, s.predicate, other))
    return found
