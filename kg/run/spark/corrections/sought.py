"""Parts of a job's tables in, what decisions are about out: things, names, quotations, claims.

These are few, whatever the number of documents, and go to where it is decided
(``kg.run.spark.corrections.decided``).
"""

from __future__ import annotations

import pickle
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from kg.base.records import Named
from kg.corpus.merged import Gathered, entity_iri
from kg.corpus.weave import tell
from kg.ontology import load
from kg.review.apply.draft import squeezed
from kg.review.apply.quotes import Place, occurrences
from kg.run.spark.corrections.steps import Step, followed
from kg.run.spark.frames import framed, rows_of
from kg.store.rdf.rows import speakable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    import pandas as pd

    from kg.base.records import Document, Entity, Fact, Reading, Source
    from kg.ontology import Ontology
    from kg.review.decisions import Said
    from kg.run.spark.rules import Rules

    Frames = Iterator[pd.DataFrame]

RECORDS = "key string, body binary"
STANDING = "things string, name string, document string, count long"
LEVELS = "claim int, level int"
STATED = "claim int, off long, source string, start long, place binary, facts binary"
# Between IRIs; none holds it.
AND = "\x1f"


@dataclass(frozen=True)
class Wanted:
    """Documents that are looked at: those that name one of some things, and some by their ids."""

    things: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Spoken:
    """What one text says: its Source, what it says of things, and its facts by their ids."""

    source: Source
    gathered: dict[str, Gathered] = field(default_factory=dict)
    facts: dict[str, Fact] = field(default_factory=dict)


def spoken(frames: Frames, wanted: Wanted, ontology: Ontology, base: str) -> Iterator[Spoken]:
    """What each text says that is wanted, as ``kg.corpus.weave.tell`` has it."""
    for row in (row for frame in frames for row in rows_of(frame)):
        reading: Reading = pickle.loads(row.reading)  # noqa: S301
        named = (entity_iri(base, e.type, e.key, e.code) for e in reading.entities)
        if row.id not in wanted.documents and wanted.things.isdisjoint(named):
            continue
        yield speech(row, reading, ontology, base)


def speech(row: Any, reading: Reading, ontology: Ontology, base: str) -> Spoken:
    """What one text says."""
    first: Document = pickle.loads(row.document)  # noqa: S301
    documents = [replace(first, name=name) for name in row.names]
    gathered: dict[str, Gathered] = {}
    source, facts = tell(documents, reading, gathered, ontology, base)
    return Spoken(source, gathered, facts)


class Bearing:
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


class Touching:
    """Facts in, those out that have one of some things at an end; or all others."""

    def __init__(self, things: frozenset[str], *, others: bool = False) -> None:
        self.things, self.others = things, others

    def __call__(self, frames: Frames) -> Frames:
        rows = (row for frame in frames for row in rows_of(frame))
        yield from framed(((r.key, r.body) for r in rows if self._wanted(r)), RECORDS)

    def _wanted(self, row: Any) -> bool:
        fact: Fact = pickle.loads(row.body)  # noqa: S301
        return self.things.isdisjoint((fact.subject, fact.object)) == self.others


class Counting:
    """Texts in, how often names stand for some things out."""

    def __init__(
        self, rules: Rules, base: str, things: frozenset[str], papers: frozenset[str]
    ) -> None:
        """Count.

        Args:
            rules: The ontology.
            base: What the IRIs begin with.
            things: The IRIs of the things.
            papers: The ids of the documents of which each is counted by itself.
        """
        self.rules, self.base, self.things, self.papers = rules, base, things, papers

    def __call__(self, frames: Frames) -> Frames:
        yield from framed(self.rows(frames), STANDING)

    def rows(self, frames: Frames) -> Iterator[tuple[Any, ...]]:
        ontology = load(self.rules.folder())
        found: Counter[tuple[str, str, str]] = Counter()
        for told in spoken(frames, Wanted(self.things), ontology, self.base):
            source = told.source
            document = source.document if source.document in self.papers else ""
            for place, things in self._places(source.named).items():
                name = squeezed(source.text, Named(*place, ""))
                found[AND.join(sorted(things)), name, document] += 1
        yield from ((*key, count) for key, count in sorted(found.items()))

    def _places(self, named: Collection[Named]) -> dict[tuple[int, int], set[str]]:
        found: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
        for n in named:
            if n.entity in self.things:
                found[n.start, n.end].add(n.entity)
        return found


class Quoting:
    """Documents in, in which of them quotations stand out, by levels as ``Quotes`` has them."""

    def __init__(self, claims: tuple[Said, ...]) -> None:
        self.claims = claims

    def __call__(self, frames: Frames) -> Frames:
        found = {pair for frame in frames for row in rows_of(frame) for pair in self._of(row)}
        yield from framed(sorted(found), LEVELS)

    def _of(self, row: Any) -> Iterator[tuple[int, int]]:
        document: Document = pickle.loads(row.document)  # noqa: S301
        text = speakable(document.text)
        for number, said in enumerate(self.claims):
            if said.quote in text:
                yield number, level(said, row.id, row.names)


def level(said: Said, document: str, names: Collection[str]) -> int:
    """How near a document is to that of a decision: 0 the same, 1 of one name with it, 2 another.

    >>> from kg.review.decisions import Paper, Said, Thing
    >>> said = Said("date", Thing("甲", "Project"), None, None, Paper("0a", "甲.txt"), "甲")
    >>> level(said, "0a", ["乙.txt"]), level(said, "0b", ["甲.txt"]), level(said, "0b", ["乙.txt"])
    (0, 1, 2)
    """
    if document == said.document.id:
        return 0
    return 1 if said.document.name and said.document.name in names else 2


class Stating:
    """Texts in, the claims that decisions may mean out, and where their quotations stand."""

    def __init__(
        self,
        rules: Rules,
        base: str,
        claims: tuple[Said, ...],
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
                (number, said)
                for number, said in enumerate(self.claims)
                if said.quote in text and level(said, row.id, row.names) == self.levels[number]
            ]
            if here:
                yield from self._of(row, here, ontology)

    def _of(
        self, row: Any, here: list[tuple[int, Said]], ontology: Ontology
    ) -> Iterator[tuple[Any, ...]]:
        told = speech(row, pickle.loads(row.reading), ontology, self.base)  # noqa: S301
        facts = told.facts.values()
        draft = followed(told.source, told.gathered, facts, self.steps, ontology, self.base)
        named = draft.named[told.source.id]
        source = replace(told.source, text=speakable(told.source.text), named=named, articles=())
        for number, said in here:
            places = list(occurrences(source, said.quote))
            near = min(places, key=lambda p: (abs(p.start - said.start), p.start))
            off, found = abs(near.start - said.start), meant(said, places, draft.facts.values())
            bodies = pickle.dumps(near), pickle.dumps(found) if found else None
            yield number, off, source.id, near.start, *bodies


def meant(
    said: Said, places: Collection[Place], facts: Collection[Fact]
) -> list[tuple[Fact, list[tuple[int, int]]]]:
    """The facts that a decision may mean, but for their ends; each with the places it meets."""
    found = []
    for fact in facts:
        if fact.predicate == said.predicate and fact.quote:
            met = [(p.start, p.end) for p in places if fact.start < p.end and p.start < fact.end]
            if met:
                found.append((fact, met))
    return found
