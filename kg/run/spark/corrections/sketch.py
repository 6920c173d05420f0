"""Sketch what becomes of the things that decisions touch, as steps for the documents.

A draft without documents: of the places of names only their number is known, of claims only
those that decisions are about. Why names were merged is told document by document, so that a
thing has marks in place of those reasons, and where a mark ends up the reasons go.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.base.records import Entity, Merge
from kg.review.apply.editable_graph import EditableGraph
from kg.run.spark.corrections.steps import Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.base.records import Fact, Knowledge, NamedPlace, Source
    from kg.ontology import Ontology

# The rule of a mark, which no rule is called.
MARK = "\x00"


@dataclass(slots=True)
class Standing:
    """How often a name stands for things, all of them at the same places.

    Attributes:
        things: Their IRIs.
        name: The name, without white space.
        document: The id of the document; ``""`` for all that no decision names.
        count: How many places there are.
    """

    things: set[str]
    name: str
    document: str
    count: int


class Sketch(EditableGraph):
    """A draft of things alone, which notes what becomes of them."""

    def __init__(
        self,
        knowledge: Knowledge,
        standing: Iterable[Standing],
        names: Iterable[str],
        ontology: Ontology,
        base: str,
    ) -> None:
        """Begin with things as they were read.

        Args:
            knowledge: Things, and the facts of reference data between them.
            standing: Where names stand for them.
            names: The names that decisions take away from things.
            ontology: As a draft has it.
            base: As a draft has it.
        """
        self.slots = frozenset(names) | {""}
        marked = tuple(
            replace(
                e, merges=(*e.merges, *(Merge(slot, MARK, e.id) for slot in sorted(self.slots)))
            )
            for e in knowledge.entities
        )
        super().__init__(replace(knowledge, entities=marked), ontology, base)
        self.standing = list(standing)
        self.steps: list[Step] = []
        self.as_read: dict[str, tuple[NamedPlace, ...]] = {}

    def carry(self, old: str, new: str) -> None:
        super().carry(old, new)
        self.steps.append(Step(old, new, self.entities[new].type))

    def remove(self, iri: str) -> None:
        type_ = self.entities[iri].type
        super().remove(iri)
        for one in self.standing:
            one.things = {thing for thing in one.things if self.where(thing) != iri}
        self.steps.append(Step(iri, "", type_))

    def part(self, entity: Entity, new: str, name: str, document: str = "") -> int:
        moved_mentions = 0
        for one in self.standing:
            if one.name != name or document not in ("", one.document):
                continue
            here = {iri for iri in one.things if self.where(iri) == entity.id}
            if here:
                moved_mentions += len(here) * one.count
                one.things = one.things - here | {new}
        if moved_mentions:
            self.entities.setdefault(new, Entity(new, entity.type, name, entity.subtype))
            self.steps.append(Step(entity.id, new, entity.type, name, document))
        return moved_mentions

    def names(self, iri: str) -> set[str]:
        return {s.name for s in self.standing if any(self.where(one) == iri for one in s.things)}

    def take(self, fact: Fact) -> None:
        """Take in a claim of a document."""
        self._keep(fact)

    def read(self, source: Source) -> None:
        """Take in what a document names, which holds the quotation of a claim."""
        self.as_read[source.id] = self.named[source.id] = source.named_places

    def fresh_places(self) -> dict[str, tuple[NamedPlace, ...]]:
        """The places of things that claims made, by the IRI of their document."""
        added = {
            source: tuple(n for n in self.named[source] if n not in named)
            for source, named in self.as_read.items()
        }
        return {source: named for source, named in added.items() if named}

    def things(self) -> dict[str, Entity]:
        """The things as they are now, by their IRIs, without the marks."""
        return {iri: unmarked(entity) for iri, entity in self.entities.items()}

    def reasons(self) -> dict[tuple[str, str], str]:
        """Where the reasons of things are now: their IRIs by those they were, and by the name.

        Of a name that no decision takes away by ``""``. What is left out went away.
        """
        return {
            (mark.reason, mark.name): iri
            for iri, entity in self.entities.items()
            for mark in entity.merges
            if mark.rule == MARK
        }


def unmarked(entity: Entity) -> Entity:
    """A thing without the marks that a sketch gave it."""
    return replace(entity, merges=tuple(m for m in entity.merges if m.rule != MARK))


def moved(sketch: Sketch, reasons: Mapping[tuple[str, str], str]) -> frozenset[str]:
    """The things whose reasons are told anew: they went elsewhere, or others came to them."""
    things = {e.id for e in sketch.before.entities}
    touched = {
        one
        for thing in things
        for slot in sketch.slots
        if (aim := reasons.get((thing, slot))) != thing
        for one in (thing, aim)
        if one
    }
    return frozenset(touched & things)
