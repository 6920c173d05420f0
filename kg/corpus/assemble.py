"""Join the readings of many documents into one Knowledge: entities by key, facts with evidence.

Two documents mean the same thing when class and key agree (``kg.extract.resolve.identity``).
Nothing is merged by similarity. IRIs are made of class and key alone, so the order of the
documents does not matter.
``facts_of_text`` is the part that looks at one document alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from heapq import merge
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import TypeVar

from kg.base.records import (
    Document,
    Entity,
    Fact,
    Knowledge,
    LocalClaim,
    NamedPlace,
    Reading,
    Source,
)
from kg.base.spool import Sorted, spooled
from kg.corpus.background import background, zones
from kg.corpus.documents import DOCUMENTS, SpooledDocuments
from kg.corpus.entity_merging import (
    EntityCollector,
    EntityEvidence,
    collect_entity,
    digest,
    entity_iri,
)
from kg.corpus.reprints import reprints
from kg.ontology import Ontology

__all__ = [
    "assemble",
    "assemble_sorted",
    "claim_iri",
    "digest",
    "entity_iri",
    "facts_of_text",
    "text_order",
]

T = TypeVar("T", Entity, Fact)

_id = attrgetter("id")


def text_order(pair: tuple[Document, Reading]) -> tuple[str, str]:
    """The order in which documents are joined: by text, then by name."""
    document, _ = pair
    return document.id, document.name


def assemble(
    sources: Iterable[tuple[Document, Reading]], ontology: Ontology, base: str
) -> Knowledge:
    """Join the readings of documents into one graph.

    Args:
        sources: Each document with its reading; one text under several names counts once.
        ontology: Its domains and ranges decide which claims become facts.
        base: What the IRIs begin with.
    """
    return assemble_sorted(sorted(sources, key=text_order), ontology, base)


def assemble_sorted(
    sources: Iterable[tuple[Document, Reading]],
    ontology: Ontology,
    base: str,
    folder: Path | None = None,
) -> Knowledge:
    """The same of documents that come in order (``text_order``).

    Args:
        sources: Each document with its reading, each once.
        ontology: As ``assemble`` takes it.
        base: As ``assemble`` takes it.
        folder: Where a large graph lies; without, it is in memory.
    """
    gathering, facts = EntityCollector(folder), Sorted[Fact](folder, key=_id)

    def read_sources() -> Iterator[Source]:
        for _, group in groupby(sources, key=lambda pair: pair[0].id):
            documents, readings = zip(*group, strict=True)
            source, facts_by_id = facts_of_text(
                documents, readings[-1], gathering.now, ontology, base
            )
            for fact in facts_by_id.values():
                facts.add(fact)
            gathering.next_document()
            yield source

    known = spooled(read_sources(), folder, DOCUMENTS, SpooledDocuments)
    zone_facts: list[tuple[Entity, Fact]] = []
    coded: set[tuple[str, str]] = set()

    def things() -> Iterator[Entity]:
        for iri, gathered in gathering.whole():
            zone_facts.extend(zones(iri, gathered, ontology, base))
            if gathered.code:
                coded.add((gathered.type, gathered.code))
            yield gathered.entity(iri)

    entities = spooled(things(), folder)
    coded |= {(entity.type, entity.code) for entity, _ in zone_facts}
    more = Sorted[Entity](None, key=_id)
    for entity, fact in (*zone_facts, *background(coded, ontology, base)):
        more.add(entity)
        facts.add(fact)
    return Knowledge(
        sources=known,
        entities=spooled(_once(merge(entities, more, key=_id)), folder),
        facts=spooled(_once(facts), folder),
        reprints=reprints(known, ontology.lexicon.values.figure),
    )


def _once(records: Iterable[T]) -> Iterator[T]:
    """The first of those that have one IRI, which stand together."""
    return (next(group) for _, group in groupby(records, key=_id))


def facts_of_text(
    documents: Sequence[Document],
    reading: Reading,
    gathered: dict[str, EntityEvidence],
    ontology: Ontology,
    base: str,
) -> tuple[Source, dict[str, Fact]]:
    """What one text says: its Source, and its facts by their ids.

    Args:
        documents: The text under each of its names, in their order.
        reading: What was read in it.
        gathered: What is known of each thing so far, by IRI; what this text says is added.
        ontology: Its domains and ranges decide which claims become facts.
        base: What the IRIs begin with.
    """
    document = documents[0]
    iris = [collect_entity(gathered, e, base, document.id) for e in reading.entities]
    candidates = (_fact(claim, reading, iris, document, ontology, base) for claim in reading.claims)
    facts = {fact.id: fact for fact in candidates if fact is not None}
    return _source(documents, reading, iris, base), facts


def _fact(
    claim: LocalClaim,
    reading: Reading,
    iris: list[str],
    document: Document,
    ontology: Ontology,
    base: str,
) -> Fact | None:
    subject_type = reading.entities[claim.subject].type
    page = ontology.relations.get(claim.predicate) or ontology.attributes[claim.predicate]
    if claim.denied or subject_type not in page.domain:
        return None
    subject, target = iris[claim.subject], ""
    if claim.object is not None:
        relation = ontology.relations[claim.predicate]
        target = iris[claim.object]
        object_type = reading.entities[claim.object].type
        if object_type not in relation.range or subject == target:
            return None
        if relation.same_class and object_type != subject_type:
            return None
        if relation.symmetric and target < subject:
            subject, target = target, subject
    fact = Fact(
        id="",
        subject=subject,
        predicate=claim.predicate,
        object=target,
        value=claim.value,
        document=f"{base}document/{document.id}",
        start=claim.start,
        end=claim.end,
        quote=document.text[claim.start : claim.end],
        status=claim.status,
        confidence=claim.confidence,
        rule=claim.rule,
        trigger=claim.trigger,
    )
    return replace(fact, id=claim_iri(base, fact))


def claim_iri(base: str, fact: Fact) -> str:
    """The IRI of a claim: a digest of what it says, of where it stands and of its rule."""
    id_ = digest(
        fact.subject,
        fact.predicate,
        fact.object,
        fact.value.lexical if fact.value else "",
        fact.document.removeprefix(f"{base}document/"),
        str(fact.start),
        str(fact.end),
        fact.status,
        fact.rule,
        size=20,
    )
    return f"{base}claim/{id_}"


def _source(documents: Sequence[Document], reading: Reading, iris: list[str], base: str) -> Source:
    first = min(documents, key=lambda d: d.name)
    return Source(
        id=f"{base}document/{first.id}",
        document=first.id,
        names=tuple(sorted({d.name for d in documents})),
        text=first.text,
        media=first.media,
        pages=first.pages,
        title=first.title or next((a.title for a in reading.articles if a.title), ""),
        publisher=first.publisher,
        published=first.published,
        articles=reading.articles,
        named_places=_named(reading, iris),
    )


def _named(reading: Reading, iris: list[str]) -> tuple[NamedPlace, ...]:
    """The places of a document that name an entity, in order, a longer one before those in it."""
    pairs = zip(reading.entities, iris, strict=True)
    places = {NamedPlace(s.start, s.end, iri) for e, iri in pairs for s in e.mentions}
    return tuple(sorted(places, key=lambda n: (n.start, -n.end, n.entity)))
