"""Knowledge in, the places that each thing belongs to out.

A thing belongs to the places that a fact puts it in: the ontology tells which relations do
(``places``). Where no fact does, it belongs to the place whose whole name its own begins with
(无锡市科技局, 无锡市低空经济行动方案), and else to those of what it is part of or works for.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.ontology import Ontology
    from kg.records import Entity, Fact, Knowledge

    Links = dict[str, set[str]]

LEAST = 3  # characters of a name that may open others: 上海银行重庆分行 is not of 上海


class Whereabouts:
    """The places of a graph, by IRI: what they are called, and what lies in them.

    Attributes:
        names: The name of every place.
        above: The places that a place lies in by itself, not through another.
        of: The same for every other thing; things of nowhere are missing.
    """

    def __init__(self, knowledge: Knowledge, ontology: Ontology) -> None:
        kinds = {c.name for c in ontology.classes.values() if c.identified_by == "place"}
        known = {e.id: e for e in knowledge.entities}
        self.names = {e.id: e.name for e in knowledge.entities if e.type in kinds}
        links = _links(knowledge.facts, ontology)
        self.above = {
            node: {o for o in links.get(node, ()) if o in self.names} - {node}
            for node in self.names
        }
        self.of = self._stated(links, known)
        self._named(known)
        self._inherited(links)

    def _stated(self, links: Links, known: dict[str, Entity]) -> Links:
        found = {
            node: {o for o in others if o in self.names}
            for node, others in links.items()
            if node in known and node not in self.names
        }
        return {node: places for node, places in found.items() if places}

    def _named(self, known: dict[str, Entity]) -> None:
        """Put things and places that no fact puts anywhere where their names say."""
        meant: dict[str, set[str]] = defaultdict(set)
        for place in self.names:
            for name in {known[place].name, *known[place].aliases}:
                if len(name) >= LEAST:
                    meant[name].add(place)
        sure = {name: min(places) for name, places in meant.items() if len(places) == 1}
        longest = max(map(len, sure), default=0)
        for node, entity in known.items():
            where = self.above if node in self.names else self.of
            if where.get(node):
                continue
            sizes = range(min(longest, len(entity.name) - 1), LEAST - 1, -1)
            named = (sure[entity.name[:n]] for n in sizes if entity.name[:n] in sure)
            if (place := next(named, node)) != node:
                where[node] = {place}

    def _inherited(self, links: Links) -> None:
        """What is nowhere by itself is where that is which it belongs to, through any number."""
        waiting = {node for node in links if node not in self.names and node not in self.of}
        while waiting:
            found = {
                node: {place for other in links[node] for place in self.of.get(other, ())}
                for node in waiting
            }
            found = {node: places for node, places in found.items() if places}
            if not found:
                return
            self.of.update(found)
            waiting -= found.keys()


def _links(facts: Iterable[Fact], ontology: Ontology) -> Links:
    """What each thing is where, by the facts whose relation places one of its ends."""
    ways = {r.name: r.places for r in ontology.relations.values() if r.places}
    found: Links = defaultdict(set)
    for fact in facts:
        way = ways.get(fact.predicate)
        if way == "subject":
            found[fact.subject].add(fact.object)
        elif way == "object":
            found[fact.object].add(fact.subject)
    return found
