"""Entities in, the numbers under which a page speaks of them out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.records import Entity, Fact


class Things:
    """Numbers of entities: those that a page draws first, then others in the order asked for.

    >>> from kg.records import Entity
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
        found = (self.entities[iri] for iri in list(self.numbers)[self.first :])
        return [[e.id, e.name, e.type, e.subtype] for e in found]
