"""The readings of many documents in, one Knowledge out: entities by key, facts with evidence.

Two documents mean the same thing when class and key agree: a full name, a division code, a
bureau's name with its place, a person's with an employer. Nothing is merged by similarity.
IRIs are made of class and key alone, so the order of the documents does not matter.
``tell`` is the part that looks at one document alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.background import background, zones
from kg.gathered import Gathered, digest, entity_iri, gather
from kg.ontology import Ontology
from kg.records import Document, Fact, Knowledge, LocalClaim, Named, Reading, Source
from kg.reprints import reprints

__all__ = ["claim_iri", "digest", "entity_iri", "tell", "weave"]


def weave(sources: Iterable[tuple[Document, Reading]], ontology: Ontology, base: str) -> Knowledge:
    """Join the readings of documents into one graph.

    Args:
        sources: Each document with its reading; one text under several names counts once.
        ontology: Its domains and ranges decide which claims become facts.
        base: What the IRIs begin with.
    """
    documents: dict[str, list[Document]] = defaultdict(list)
    readings: dict[str, Reading] = {}
    for document, reading in sources:
        documents[document.id].append(document)
        readings[document.id] = reading
    gathered: dict[str, Gathered] = {}
    facts: dict[str, Fact] = {}
    found: list[Source] = []
    for id_ in sorted(readings):
        source, said = tell(documents[id_], readings[id_], gathered, ontology, base)
        found.append(source)
        facts.update(said)
    entities = {iri: g.entity(iri) for iri, g in gathered.items()}
    held = [pair for iri in sorted(gathered) for pair in zones(iri, gathered[iri], ontology, base)]
    coded = {(g.type, g.code) for g in gathered.values() if g.code}
    coded |= {(entity.type, entity.code) for entity, _ in held}
    for entity, fact in (*held, *background(coded, ontology, base)):
        entities.setdefault(entity.id, entity)
        facts.setdefault(fact.id, fact)
    return Knowledge(
        sources=tuple(found),
        entities=tuple(entities[i] for i in sorted(entities)),
        facts=tuple(facts[i] for i in sorted(facts)),
        reprints=reprints(found),
    )


def tell(
    documents: Sequence[Document],
    reading: Reading,
    gathered: dict[str, Gathered],
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
    iris = [gather(gathered, e, base, document.id) for e in reading.entities]
    made = (_fact(claim, reading, iris, document, ontology, base) for claim in reading.claims)
    facts = {fact.id: fact for fact in made if fact is not None}
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
        named=_named(reading, iris),
    )


def _named(reading: Reading, iris: list[str]) -> tuple[Named, ...]:
    """The places of a document that name an entity, in order, a longer one before those in it."""
    pairs = zip(reading.entities, iris, strict=True)
    found = {Named(s.start, s.end, iri) for e, iri in pairs for s in e.mentions}
    return tuple(sorted(found, key=lambda n: (n.start, -n.end, n.entity)))
