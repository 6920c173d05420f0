"""Export a graph as GeoJSON (RFC 7946): a point for each thing whose place is known.

For QGIS, GeoPandas, Leaflet and whatever else reads maps. Each line between the first and the last
one is a feature, so that a large graph needs no more memory than its largest line.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kg.base.spool import ordered
from kg.corpus.documents import heads
from kg.publish.derived.dates import Dates, Days
from kg.publish.derived.points import Points
from kg.publish.derived.whereabouts import placed_classes
from kg.query.network import files
from kg.store.rdf.rows import speakable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.base.records import Entity, Fact, Knowledge
    from kg.ontology import Ontology
    from kg.publish.derived.points import Located

CANCELLED = "cancelled"
# GeoNames asks for it wherever its coordinates go (CC BY 4.0).
ATTRIBUTION = "Coordinates: GeoNames (https://www.geonames.org), CC BY 4.0, rounded"


@dataclass(slots=True)
class _Tally:
    """What is told of one thing: how many claims with a quotation, and their newest day."""

    facts: int = 0
    newest: str = ""


class GeoJson:
    """The features of a graph, and what has none.

    Attributes:
        left_out: How many things have no point, by class, once ``parts`` has been gone through.
    """

    def __init__(self, knowledge: Knowledge, ontology: Ontology) -> None:
        self.knowledge = knowledge
        self.points = Points(knowledge, ontology)
        self.left_out: Counter[str] = Counter()
        self._classes = placed_classes(ontology)
        money = [a for a in ontology.attributes.values() if a.unit and "decimal" in a.datatypes]
        self._money = [attribute.name for attribute in money]
        self._files = files(knowledge)
        self._tallies: dict[str, _Tally] = defaultdict(_Tally)
        self._sums: dict[tuple[str, str], Fact] = {}
        self._gather(ontology)

    def _gather(self, ontology: Ontology) -> None:
        days = {source.id: Days(source) for source in heads(self.knowledge.sources)}
        dates = Dates(self.knowledge.facts, ontology, days)
        for fact in self.knowledge.facts:
            if not fact.quote:
                continue
            # Of a stretch of time its last day.
            day = dates.of(fact)[0].rpartition("/")[2]
            for end in filter(None, (fact.subject, fact.object)):
                tally = self._tallies[end]
                tally.facts += 1
                tally.newest = max(tally.newest, day)
            if fact.predicate in self._money:
                key = fact.subject, fact.predicate
                self._sums[key] = min(self._sums.get(key, fact), fact, key=_order)

    def parts(self) -> Iterator[bytes]:
        """Yield the collection in parts: its head, a line for each feature, and its end."""
        self.left_out.clear()
        yield b'{"type": "FeatureCollection",\n'
        yield f'"attribution": {_json(ATTRIBUTION)},\n"features": ['.encode()
        between = "\n"
        for entity in ordered(self.knowledge.entities):
            located = self.points.of(entity) if self._asked(entity) else None
            if located:
                yield f"{between}{_json(self._feature(entity, located))}".encode()
                between = ",\n"
            elif self._asked(entity):
                self.left_out[entity.type] += 1
        yield f'\n],\n"leftOut": {_json(dict(sorted(self.left_out.items())))}}}\n'.encode()

    def _asked(self, entity: Entity) -> bool:
        return entity.type in self._classes or entity.id in self.points.where.names

    def _feature(self, entity: Entity, located: Located) -> dict[str, Any]:
        point = located.point
        geometry = {"type": "Point", "coordinates": [point.longitude, point.latitude]}
        properties = {
            "iri": entity.id,
            "name": entity.name,
            "class": entity.type,
            "subtype": entity.subtype,
            "place": self._name(located.place),
            "otherPlaces": "|".join(map(self._name, located.others)),
            "point": point.division,
            "precision": point.level,
            "known": located.known,
            **{name: self._sum(entity.id, name) for name in self._money},
            **self._evidence(entity, located.fact),
        }
        return {
            "type": "Feature",
            "id": entity.id,
            "geometry": geometry,
            "properties": properties,
        }

    def _evidence(self, entity: Entity, fact: Fact | None) -> dict[str, Any]:
        """How much is told of it and how new that is, and the statement of its place."""
        tally = self._tallies.get(entity.id, _Tally())
        document = self._files.get(fact.document, fact.document) if fact else ""
        return {
            "facts": tally.facts,
            "newest": tally.newest,
            "quote": fact.quote if fact else "",
            "document": document,
            "source": fact.source if fact else "",
        }

    def _name(self, place: str) -> str:
        return self.points.where.names[place]

    def _sum(self, thing: str, attribute: str) -> int | float | None:
        """What the surest claim says in yuan; null where none does."""
        fact = self._sums.get((thing, attribute))
        if fact is None or fact.value is None:
            return None
        value = Decimal(fact.value.lexical)
        return int(value) if value == value.to_integral_value() else float(value)


def _order(fact: Fact) -> tuple[bool, float, str]:
    return fact.status == CANCELLED, -fact.confidence, fact.id


def _json(value: Any) -> str:
    return speakable(json.dumps(value, ensure_ascii=False))
