"""Look up in the tables of a job what decisions are about: things, names, quotations, claims.

These are few, whatever the number of documents, and go to where it is decided
(``kg.run.spark.corrections.decided``).
"""

from __future__ import annotations

import pickle
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from kg.base.records import NamedPlace
from kg.corpus.assemble import facts_of_text
from kg.corpus.entity_merging import EntityEvidence, entity_iri
from kg.ontology import load
from kg.review.apply.editable_graph import squeezed
from kg.review.apply.quotes import Place, occurrences
from kg.run.spark.corrections.steps import Step, followed
from kg.run.spark.frames import framed, rows_of
from kg.store.rdf.rows import speakable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    import pandas as pd

    from kg.base.records import Document, Entity, Fact, Reading, Source
    from kg.ontology import Ontology
    from kg.review.decisions import ClaimReference
    from kg.run.spark.rules import Rules

    Frames = Iterator[pd.DataFrame]

RECORDS = "key string, body binary"
STANDING = "things string, name string, document string, count long"
LEVELS = "claim int, level int"
STATED = "claim int, off long, source string, start long, place binary, facts binary"
# Between IRIs; none holds it.
AND = "\x1f"


@dataclass(frozen=True)
class DocumentSelection:
    """Documents that are looked at: those that name one of some things, and some by their ids."""

    things: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()


@dataclass(frozen=True)
class DocumentStatements:
    """What one text says: its Source, what it says of things, and its facts by their ids."""

    source: Source
    gathered: dict[str, EntityEvidence] = field(default_factory=dict)
    facts: dict[str, Fact] = field(default_factory=dict)


def document_statements(
    frames: Frames, wanted: DocumentSelection, ontology: Ontology, base: str
) -> Iterator[DocumentStatements]:
    """What each text says that is wanted, as ``kg.corpus.assemble.facts_of_text`` has it."""
    for row in (row for frame in frames for row in rows_of(frame)):
        reading: Reading = pickle.loads(row.reading)  # noqa: S301
        named = (entity_iri(base, e.type, e.key, e.code) for e in reading.entities)
        if row.id not in wanted.documents and wanted.things.isdisjoint(named):
            continue
        yield speech(row, reading, ontology, base)


def speech(row: Any, reading: Reading, ontology: Ontology, base: str) -> DocumentStatements:
    """What one text says."""
    first: Document = pickle.loads(row.document)  # noqa: S301
    documents = [replace(first, name=name) for name in row.names]
    gathered: dict[str, EntityEvidence] = {}
    source, facts = facts_of_text(documents, reading, gathered, ontology, base)
    return DocumentStatements(source, gathered, facts)


class EntitiesByName:
    """Entities in, those out that have one of some names or IRIs."""

    def __init__(self, names: frozenset[str], iris: frozenset[str]) -> None:
        self.names, self.iris = names, iris

    def __call__(self, frames: Frames) -> Frames:
        rows = (row for frame in frames for row in rows_of(frame))
        yield from framed(((r.key, r.body) for r in rows if self._wanted(r)), RECORDS)

    def _wanted(self, row: Any) -> bool:
        if row.key in self.iris or not self.names:
            return row.key in self.iris
        entity: Entity = pickle.loads(row.body)  # noqa: S301
        return not self.names.isdisjoint((entity.name, *entity.aliases))


class FactsTouching:
    """Facts in, those out that have one of some things at an end; or all others."""

    def __init__(self, things: frozenset[str], *, others: bool = False) -> None:
        self.things, self.others = things, others

    def __call__(self, frames: Frames) -> Frames:
        rows = (row for frame in frames for row in rows_of(frame))
        yield from framed(((r.key, r.body) for r in rows if self._wanted(r)), RECORDS)

    def _wanted(self, row: Any) -> bool:
        fact: Fact = pickle.loads(row.body)  # noqa: S301
        return self.things.isdisjoint((fact.subject, fact.object)) == self.others


class NameCounts:
    """Texts in, how often names stand for some things out."""

    def __init__(
        self, rules: Rules, base: str, things: frozenset[str], documents: frozenset[str]
    ) -> None:
        """Count.

        Args:
            rules: The ontology.
            base: What the IRIs begin with.
            things: The IRIs of the things.
            documents: The ids of the documents of which each is counted by itself.
        """
        self.rules, self.base, self.things, self.documents = rules, base, things, documents

    def __call__(self, frames: Frames) -> Frames:
        yield from framed(self.rows(frames), STANDING)

    def rows(self, frames: Frames) -> Iterator[tuple[Any, ...]]:
        ontology = load(self.rules.folder())
        counts: Counter[tuple[str, str, str]] = Counter()
        for statements in document_statements(
            frames, DocumentSelection(self.things), ontology, self.base
        ):
            source = statements.source
            document = source.document if source.document in self.documents else ""
            for place, things in self._places(source.named_places).items():
                name = squeezed(source.text, NamedPlace(*place, ""))
                counts[AND.join(sorted(things)), name, document] += 1
        yield from ((*key, count) for key, count in sorted(counts.items()))

    def _places(self, named: Collection[NamedPlace]) -> dict[tuple[int, int], set[str]]:
        things_by_place: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
        for n in named:
            if n.entity in self.things:
                things_by_place[n.start, n.end].add(n.entity)
        return things_by_place


class QuotationMatches:
    """Documents in, in which of them quotations stand out, by levels as ``Quotes`` has them."""

    def __init__(self, claims: tuple[ClaimReference, ...]) -> None:
        self.claims = claims

    def __call__(self, frames: Frames) -> Frames:
        pairs = {pair for frame in frames for row in rows_of(frame) for pair in self._of(row)}
        yield from framed(sorted(pairs), LEVELS)

    def _of(self, row: Any) -> Iterator[tuple[int, int]]:
        document: Document = pickle.loads(row.document)  # noqa: S301
        text = speakable(document.text)
        for number, claim in enumerate(self.claims):
            if claim.quote in text:
                yield number, level(claim, row.id, row.names)


def level(claim: ClaimReference, document: str, names: Collection[str]) -> int:
    """How near a document is to that of a decision: 0 the same, 1 of one name with it, 2 another.

    >>> from kg.review.decisions import DocumentReference, ClaimReference, EntityReference
    >>> subject, document = EntityReference("甲", "Project"), DocumentReference("0a", "甲.txt")
    >>> said = ClaimReference("date", subject, None, None, document, "甲")
    >>> level(said, "0a", ["乙.txt"]), level(said, "0b", ["甲.txt"]), level(said, "0b", ["乙.txt"])
    (0, 1, 2)
    """
    if document == claim.document.id:
        return 0
    return 1 if claim.document.name and claim.document.name in names else 2


class ClaimMatches:
    """Texts in, the claims that decisions may mean out, and where their quotations stand."""

    def __init__(
        self,
        rules: Rules,
        base: str,
        claims: tuple[ClaimReference, ...],
        levels: dict[int, int],
        steps: tuple[Step, ...],
    ) -> None:
        """Look for claims.

        Args:
            rules: The ontology.
            base: What the IRIs begin with.
            claims: Those that decisions are about.
            levels: For each of them, by its number, how near its document must be.
            steps: What became of the things.
        """
        self.rules, self.base = rules, base
        self.claims, self.levels, self.steps = claims, levels, steps

    def __call__(self, frames: Frames) -> Frames:
        yield from framed(self.rows(frames), STATED)

    def rows(self, frames: Frames) -> Iterator[tuple[Any, ...]]:
        ontology = load(self.rules.folder())
        for row in (row for frame in frames for row in rows_of(frame)):
            document: Document = pickle.loads(row.document)  # noqa: S301
            text = speakable(document.text)
            here = [
                (number, claim)
                for number, claim in enumerate(self.claims)
                if claim.quote in text and level(claim, row.id, row.names) == self.levels[number]
            ]
            if here:
                yield from self._of(row, here, ontology)

    def _of(
        self, row: Any, here: list[tuple[int, ClaimReference]], ontology: Ontology
    ) -> Iterator[tuple[Any, ...]]:
        statements = speech(row, pickle.loads(row.reading), ontology, self.base)  # noqa: S301
        facts = statements.facts.values()
        editable = followed(
            statements.source, statements.gathered, facts, self.steps, ontology, self.base
        )
        named = editable.named[statements.source.id]
        source = replace(
            statements.source,
            text=speakable(statements.source.text),
            named_places=named,
            articles=(),
        )
        for number, claim in here:
            places = list(occurrences(source, claim.quote))
            near = min(places, key=lambda p: (abs(p.start - claim.start), p.start))
            off, candidates = (
                abs(near.start - claim.start),
                candidate_facts(claim, places, editable.facts.values()),
            )
            bodies = pickle.dumps(near), pickle.dumps(candidates) if candidates else None
            yield number, off, source.id, near.start, *bodies


def candidate_facts(
    claim: ClaimReference, places: Collection[Place], facts: Collection[Fact]
) -> list[tuple[Fact, list[tuple[int, int]]]]:
    """The facts that a decision may mean, but for their ends; each with the places it meets."""
    matches = []
    for fact in facts:
        if fact.predicate == claim.predicate and fact.quote:
            met = [(p.start, p.end) for p in places if fact.start < p.end and p.start < fact.end]
            if met:
                matches.append((fact, met))
    return matches
