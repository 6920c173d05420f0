"""The readings of many documents in, one Knowledge out: entities by key, facts with evidence.

Two documents mean the same thing when class and key agree: a full name, a division code, a
bureau's name with its place, a person's with an employer. Nothing is merged by similarity.
IRIs are made of class and key alone, so the order of the documents does not matter.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from kg.ontology import Ontology
from kg.places import Places
from kg.records import (
    Document,
    Entity,
    Fact,
    Knowledge,
    LocalClaim,
    LocalEntity,
    Merge,
    Named,
    Reading,
    Source,
)
from kg.reprints import reprints

ZONES = "ontology/gazetteers/zones.tsv"
TABLE = "https://www.mca.gov.cn/mzsj/xzqh/2025/202401xzqh.html"


def digest(*parts: str, size: int) -> str:
    """The first hexadecimal digits of a SHA-256 over parts, none of which runs into the next.

    >>> digest("Organisation", "甲公司", size=8)
    '9883cd50'
    """
    joined = "\x1f".join(parts)
    return hashlib.sha256(joined.encode("utf-8")).hexdigest()[:size]


@dataclass
class _Gathered:
    """What the documents say of one thing, before it becomes an entity."""

    type: str
    names: Counter[str] = field(default_factory=Counter)
    aliases: set[str] = field(default_factory=set)
    subtypes: Counter[str] = field(default_factory=Counter)
    merges: set[Merge] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    mentions: int = 0
    code: str = ""


def entity_iri(base: str, type_: str, key: str, code: str = "") -> str:
    """The IRI of a thing: its division code where it has one, else a digest of class and key."""
    return f"{base}{type_.lower()}/{code or digest(type_, key, size=16)}"


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
    gathered: dict[str, _Gathered] = {}
    facts: dict[str, Fact] = {}
    found: list[Source] = []
    for id_ in sorted(readings):
        reading, document = readings[id_], documents[id_][0]
        iris = [_gather(gathered, e, base, id_) for e in reading.entities]
        found.append(_source(documents[id_], reading, iris, base))
        for claim in reading.claims:
            fact = _fact(claim, reading, iris, document, ontology, base)
            if fact is not None:
                facts[fact.id] = fact
    entities = {iri: _entity(iri, g) for iri, g in gathered.items()}
    zones = list(_zones(gathered, ontology, base))
    for entity, _ in zones:
        gathered.setdefault(entity.id, _Gathered(entity.type, code=entity.code))
    for entity, fact in (*zones, *_background(gathered, ontology, base)):
        entities.setdefault(entity.id, entity)
        facts.setdefault(fact.id, fact)
    return Knowledge(
        sources=tuple(found),
        entities=tuple(entities[i] for i in sorted(entities)),
        facts=tuple(facts[i] for i in sorted(facts)),
        reprints=reprints(found),
    )


def _gather(gathered: dict[str, _Gathered], e: LocalEntity, base: str, document: str) -> str:
    iri = entity_iri(base, e.type, e.key, e.code)
    g = gathered.setdefault(iri, _Gathered(e.type))
    g.names[e.name] += max(1, len(e.mentions))
    g.aliases |= {e.name, *e.aliases}
    if e.subtype:
        g.subtypes[e.subtype] += 1
    g.merges |= {replace(m, document=document) for m in e.merges}
    g.documents.add(document)
    g.mentions += len(e.mentions)
    g.code = g.code or e.code
    return iri


def _entity(iri: str, g: _Gathered) -> Entity:
    label = max(g.names, key=lambda n: (len(n), g.names[n], n))
    merges = set(g.merges)
    if len(g.documents) > 1:
        why = f"code {g.code}" if g.code else "the same name and class"
        merges.add(Merge(label, "identity.key", f"{len(g.documents)} documents give {why}"))
    return Entity(
        id=iri,
        type=g.type,
        name=label,
        subtype=max(g.subtypes, key=lambda s: (g.subtypes[s], s)) if g.subtypes else "",
        aliases=tuple(sorted(g.aliases - {label})),
        mentions=g.mentions,
        merges=tuple(sorted(merges, key=lambda m: (m.name, m.rule, m.document, m.start, m.reason))),
        code=g.code,
    )


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


def _background(
    gathered: dict[str, _Gathered], ontology: Ontology, base: str
) -> Iterator[tuple[Entity, Fact]]:
    """For every place with a code, the places that hold it, from the table of divisions."""
    places = Places.load(ontology)
    coded = sorted({(g.type, g.code) for g in gathered.values() if g.code})
    for type_, code in coded:
        for child, parent in zip(
            (code, *(a.code for a in places.ancestors(code))), places.ancestors(code), strict=False
        ):
            iri = entity_iri(base, type_, "", parent.code)
            entity = Entity(
                iri, type_, parent.name, parent.level, code=parent.code, background=TABLE
            )
            subject = entity_iri(base, type_, "", child)
            id_ = digest(subject, "partOf", iri, TABLE, size=20)
            yield (
                entity,
                Fact(
                    f"{base}claim/{id_}",
                    subject,
                    "partOf",
                    iri,
                    None,
                    "",
                    0,
                    0,
                    "",
                    "",
                    1.0,
                    "reference.division",
                    source=TABLE,
                ),
            )


def _zones(
    gathered: dict[str, _Gathered], ontology: Ontology, base: str
) -> Iterator[tuple[Entity, Fact]]:
    """For every zone without a code, the division that the table of zones or its name gives."""
    places = Places.load(ontology)
    kinds = {k.name for k in ontology.classes.values() if k.identified_by == "place"}
    for iri, g in sorted(gathered.items()):
        if g.code or g.type not in kinds or not {"zone", "park"} & set(g.subtypes):
            continue
        for code, rule in _holders(max(g.names, key=len), places):
            division = places.by_code(code)
            if division is None:
                continue
            parent = entity_iri(base, g.type, "", code)
            entity = Entity(
                parent, g.type, division.name, division.level, code=code, background=TABLE
            )
            id_ = digest(iri, "partOf", parent, rule, size=20)
            yield entity, Fact(
                f"{base}claim/{id_}", iri, "partOf", parent, None, "", 0, 0, "", "", 0.9, rule,
                source=ZONES if rule == "reference.zone" else TABLE,
            )  # fmt: skip


def _holders(name: str, places: Places) -> list[tuple[str, str]]:
    """The codes of the divisions that hold a zone, each with the rule that says so."""
    zone = places.zone(name)
    if zone is not None:
        return [(code, "reference.zone") for code in zone.parents]
    for size in range(min(8, len(name) - 2), 1, -1):
        readings = places.by_name(name[:size])
        # 成都高新区 lies in 成都; 凤凰科技园 need not lie in 凤凰县.
        sure = [r for r in readings if r.level != "county" or r.name == name[:size]]
        if len(readings) == 1 and sure:
            return [(readings[0].code, "reference.lead")]
    return []


def _source(documents: list[Document], reading: Reading, iris: list[str], base: str) -> Source:
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
