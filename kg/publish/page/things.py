"""Number the entities that a page speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from kg.base.records import Entity

if TYPE_CHECKING:
    from kg.base.records import Fact


class Entities(Mapping[str, Entity]):
    """Entities by IRI, which stay where they lie: only their IRIs are in memory."""

    def __init__(self, entities: Sequence[Entity]) -> None:
        self.entities = entities
        self.at = {entity.id: number for number, entity in enumerate(entities)}

    def __getitem__(self, iri: str) -> Entity:
        return self.entities[self.at[iri]]

    def __contains__(self, iri: object) -> bool:
        return iri in self.at

    def __iter__(self) -> Iterator[str]:
        return iter(self.at)

    def __len__(self) -> int:
        return len(self.at)


class Things:
    """Numbers of entities: those that a page draws first, then others in the order asked for.

    >>> from kg.base.records import Entity
    >>> things = Things(["b"], {i: Entity(i, "District", i.upper()) for i in "ab"})
    >>> things.number("b"), things.number("a"), things.others()
    (0, 1, [['a', 'A', 'District', '']])

    Args:
        drawn: IRIs of those that the page draws.
        entities: All that may be spoken of, by IRI.
        gap: So many numbers are left out between the drawn ones and the others.
    """

    def __init__(self, drawn: Iterable[str], entities: Mapping[str, Entity], gap: int = 0) -> None:
        self.entities = entities
        self.numbers = {iri: i for i, iri in enumerate(drawn)}
        self.first, self.gap = len(self.numbers), gap

    def number(self, iri: str) -> int:
        """The number of an entity, from 0; the next free one where it has none yet."""
        return self.numbers.setdefault(iri, len(self.numbers) + self.gap)

    def draws(self, fact: Fact) -> bool:
        """Whether a page draws all that a claim is about."""
        ends = filter(None, (fact.subject, fact.object))
        return all(self.numbers.get(end, self.first) < self.first for end in ends)

    def others(self) -> list[list[str]]:
        """IRI, label, class and subtype of those that are spoken of, but not drawn."""
        undrawn = list(self.numbers)[self.first :]
        # In order of their IRIs they stand together on the disk.
        entities = (self.entities[iri] for iri in sorted(undrawn))
        rows = {e.id: [e.id, e.name, e.type, e.subtype] for e in entities}
        return [rows[iri] for iri in undrawn]
