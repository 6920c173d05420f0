"""Find the point of each thing: where the seat of the division lies that it belongs to.

Only divisions have coordinates. Any other place has the point of the innermost division that it
lies in and that has some, and a thing the point of its place, so that things of one county share
a point. How fine a point is, is the level of its division.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.ontology.divisions import LEVELS, coordinates
from kg.ontology.places import Places
from kg.publish.derived.whereabouts import Whereabouts, ends

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from kg.base.records import Entity, Fact, Knowledge
    from kg.ontology import Ontology

# How it is known where a thing is: the thing is that place, a fact says so, its name begins with
# the place, or it is where that is which a fact says it belongs to.
ITSELF, STATED, NAMED, BELONGING = "itself", "stated", "named", "belonging"

CODE = 6  # digits of a division code; those behind them tell towns and villages


@dataclass(frozen=True, slots=True)
class Point:
    """Where the seat of a division lies, in degrees (WGS 84)."""

    longitude: float
    latitude: float
    division: str
    level: str

    @property
    def rank(self) -> tuple[int, str]:
        """A key that puts the finest level first."""
        return -LEVELS.index(self.level), self.division


@dataclass(frozen=True, slots=True)
class Located:
    """A thing with its point.

    Attributes:
        place: The place that the thing is in, by IRI; of a place itself.
        point: The point of that place.
        known: How it is known, ``itself``, ``stated``, ``named`` or ``belonging``.
        others: The other places that the thing is in, of which none holds another one.
        fact: The surest fact that says so, one with a quotation if there is one.
    """

    place: str
    point: Point
    known: str
    others: tuple[str, ...] = ()
    fact: Fact | None = None


class Points:
    """The points of the things of a graph."""

    def __init__(self, knowledge: Knowledge, ontology: Ontology) -> None:
        self.where = Whereabouts(knowledge, ontology)
        self._divisions = Places.load(ontology)
        self._coordinates = coordinates(ontology)
        names = self.where.names
        self._codes = {e.id: e.code for e in knowledge.entities if e.code and e.id in names}
        self._facts = self._surest(ends(knowledge.facts, ontology))
        self._known: dict[str, Point | None] = {}

    def of(self, entity: Entity) -> Located | None:
        """The point of a thing; None where no place is known of it, or none with coordinates."""
        if entity.id in self.where.names:
            point = self.at(entity.id)
            above = min(self.where.above[entity.id], default="")
            fact = self._facts.get((entity.id, above))
            return Located(entity.id, point, ITSELF, fact=fact) if point else None
        inner = self._innermost(self.where.of.get(entity.id, ()))
        placed = [(place, point) for place in inner if (point := self.at(place))]
        if not placed:
            return None
        place, point = min(placed, key=lambda one: self._order(entity.id, *one))
        known, fact = self._evidence(entity.id, place)
        others = tuple(one for one in inner if one != place)
        return Located(place, point, known, others, fact)

    def at(self, place: str) -> Point | None:
        """The point of a place: its own, else the finest of those that it lies in."""
        if place not in self._known:
            self._known[place] = self._nearest(place)
        return self._known[place]

    def _nearest(self, place: str) -> Point | None:
        seen, layer = {place}, [place]
        while layer:
            points = [point for one in layer if (point := self._coded(one))]
            if points:
                return min(points, key=lambda point: point.rank)
            layer = sorted({a for one in layer for a in self.where.above.get(one, ())} - seen)
            seen.update(layer)
        return None

    def _coded(self, place: str) -> Point | None:
        """The point of a place with a division code, or of a zone that the tables put in one."""
        code = self._codes.get(place, "")[:CODE]
        zone = self._divisions.zone(self.where.names.get(place, ""))
        if not code and zone and len(zone.parents) == 1:
            code = zone.parents[0]
        division = self._divisions.by_code(code)
        for one in (division, *self._divisions.ancestors(code)) if division else ():
            if one and one.code in self._coordinates:
                latitude, longitude = self._coordinates[one.code]
                return Point(longitude, latitude, one.name, one.level)
        return None

    def _innermost(self, places: Collection[str]) -> list[str]:
        """Some places without those that others of them lie in."""
        outer: set[str] = set()
        todo = list(places)
        while todo:
            new = set(self.where.above.get(todo.pop(), ())) - outer
            outer |= new
            todo += new
        return sorted(set(places) - outer) or sorted(places)

    def _order(self, thing: str, place: str, point: Point) -> tuple[object, ...]:
        """What is stated goes before what is not, and the surest first; then the finest point."""
        known, fact = self._evidence(thing, place)
        sure = _order(fact) if fact else ()
        return known != STATED, sure, point.rank, self.where.names[place], place

    def _evidence(self, thing: str, place: str) -> tuple[str, Fact | None]:
        """How it is known that a thing is in a place, and the surest fact of that."""
        if fact := self._facts.get((thing, place)):
            return STATED, fact
        through = self._facts.get((thing, ""))
        return (BELONGING, through) if through else (NAMED, None)

    def _surest(self, claims: Iterable[tuple[str, str, Fact]]) -> dict[tuple[str, str], Fact]:
        """The surest fact of each thing and place, with ``""`` for what it only belongs to."""
        surest: dict[tuple[str, str], Fact] = {}
        for thing, other, fact in claims:
            for key in self._keys(thing, other):
                before = surest.get(key)
                if before is None or _order(fact) < _order(before):
                    surest[key] = fact
        return surest

    def _keys(self, thing: str, other: str) -> Iterator[tuple[str, str]]:
        where = self.where
        if other in where.of.get(thing, ()) or other in where.above.get(thing, ()):
            yield thing, other
        elif thing in where.of and not where.of[thing].isdisjoint(where.of.get(other, ())):
            yield thing, ""


def _order(fact: Fact) -> tuple[bool, float, str]:
    return not fact.quote, -fact.confidence, fact.id
