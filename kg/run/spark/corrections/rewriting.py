"""Rewrite what texts say after decisions: lines, claims, and what went."""

from __future__ import annotations

import pickle
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from kg.ontology import load
from kg.review.apply.editable_graph import ordered
from kg.run.spark.corrections.lookups import (
    DocumentSelection,
    DocumentStatements,
    document_statements,
)
from kg.run.spark.corrections.steps import Step, followed
from kg.run.spark.frames import framed
from kg.run.spark.lines import STATEMENTS, compounds_of, of_compounds, of_facts, stored
from kg.store.rdf.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from kg.base.records import Fact, NamedPlace
    from kg.ontology import Ontology
    from kg.run.spark.rules import Rules

    Frames = Iterator[pd.DataFrame]


@dataclass(frozen=True)
class RewritePlan:
    """What documents must know to be told anew.

    Attributes:
        steps: What became of things.
        moved: The things whose reasons are told anew.
        slots: The names that decisions take away from things, and ``""`` for all others.
        reasons: By a thing and one of ``slots``, the thing that its reasons go to.
        removed: The ids of claims that went, by the IRI of their document.
        put: Claims that came, by the IRI of their document.
        named: Places that name a thing which such a claim made, by the IRI of their document.
    """

    steps: tuple[Step, ...] = ()
    moved: frozenset[str] = frozenset()
    slots: frozenset[str] = frozenset()
    reasons: dict[tuple[str, str], str] = field(default_factory=dict)
    removed: dict[str, frozenset[str]] = field(default_factory=dict)
    put: dict[str, tuple[Fact, ...]] = field(default_factory=dict)
    named: dict[str, tuple[NamedPlace, ...]] = field(default_factory=dict)

    @property
    def wanted(self) -> DocumentSelection:
        """The documents that say something else now."""
        documents = {iri.rpartition("/")[2] for iri in (*self.removed, *self.put)}
        return DocumentSelection(
            self.moved | {step.old for step in self.steps}, frozenset(documents)
        )


class Rewriting:
    """Texts in, the rows of what they say otherwise out.

    Two kinds stand beside those of ``STATEMENTS``: gone (the key of rows that no longer hold) and
    lost (a claim whose ends do not fit any more).
    """

    def __init__(self, rules: Rules, base: str, decided: RewritePlan, least: float = 0.0) -> None:
        self.rules, self.base, self.decided, self.least = rules, base, decided, least

    def __call__(self, frames: Frames) -> Frames:
        yield from framed(self.rows(frames), STATEMENTS)

    def rows(self, frames: Frames) -> Iterator[tuple[Any, ...]]:
        ontology = load(self.rules.folder())
        for statements in document_statements(frames, self.decided.wanted, ontology, self.base):
            writer = Writer(ontology, self.base, [statements.source])
            yield from self._facts(statements, writer, ontology)
            yield from self._reasons(statements, writer)

    def _facts(
        self, statements: DocumentStatements, writer: Writer, ontology: Ontology
    ) -> Iterator[tuple[Any, ...]]:
        decided, source = self.decided, statements.source
        facts = statements.facts.values()
        editable = followed(source, statements.gathered, facts, decided.steps, ontology, self.base)
        removed = decided.removed.get(source.id, frozenset())
        now = {id_: fact for id_, fact in editable.facts.items() if id_ not in removed}
        now |= {fact.id: fact for fact in decided.put.get(source.id, ())}
        changed_facts = [now[id_] for id_ in sorted(now) if statements.facts.get(id_) != now[id_]]
        changed = (statements.facts.keys() - now.keys()) | {fact.id for fact in changed_facts}
        yield from (("gone", id_, "", None) for id_ in sorted(changed))
        yield from of_facts(writer, changed_facts)
        # Posts and deals follow from all facts and names of the document: they are told anew.
        yield "gone", compounds_of(source.id), "", None
        named = (*editable.placed(source), *decided.named.get(source.id, ()))
        here = replace(source, named_places=ordered(named))
        yield from of_compounds(writer, here, now.values(), ontology, self.least)
        for number, fact in enumerate(editable.lost):
            yield "lost", source.id, f"{fact.start:012}{number:06}", pickle.dumps(fact)

    def _reasons(self, statements: DocumentStatements, writer: Writer) -> Iterator[tuple[Any, ...]]:
        """Several things may have had the same reason: each line is told as one that others say."""
        rows = [
            row
            for iri in sorted(self.decided.moved & statements.gathered.keys())
            for merge in statements.gathered[iri].merges
            if (aim := self.decided.reasons.get((iri, self._slot(merge.name))))
            for row in writer.merge(aim, merge)
        ]
        yield from (("shared", "", line, None) for line in stored(rows))

    def _slot(self, name: str) -> str:
        return name if name in self.decided.slots else ""
