"""Find the places that each thing belongs to.

A thing belongs to the places that a fact puts it in: the ontology tells which relations do
(``places``). Where no fact does, it belongs to the place whose whole name its own begins with
(无锡市科技局, 无锡市低空经济行动方案), and else to those of what it is part of or works for.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.base.records import Entity, Fact, Knowledge
    from kg.ontology import Ontology, Relation

    Places = frozenset[str]
    Links = dict[str, Places | set[str]]

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
        self.names: dict[str, str] = {}
        ids_by_name: dict[str, set[str]] = defaultdict(set)
        for entity in knowledge.entities:
            if entity.type in kinds:
                self.names[entity.id] = entity.name
                for name in {entity.name, *entity.aliases}:
                    if len(name) >= LEAST:
                        ids_by_name[name].add(entity.id)
        links = _links(knowledge.facts, ontology)
        sure = {name: min(places) for name, places in ids_by_name.items() if len(places) == 1}
        self.above, self.of = self._placed(knowledge.entities, links, sure)
        self._inherited(links)

    def _placed(
        self, entities: Iterable[Entity], links: Links, sure: Mapping[str, str]
    ) -> tuple[Links, Links]:
        """What facts put somewhere, and what no fact puts anywhere where its name says."""
        above: Links = {node: frozenset() for node in self.names}
        of: Links = {}
        longest = max(map(len, sure), default=0)
        same: dict[Places, Places] = {}  # many things lie in few places
        for entity in entities:
            node = entity.id
            places = frozenset(o for o in links.get(node, ()) if o in self.names)
            if node in self.names:
                places -= {node}
            if not places:
                sizes = range(min(longest, len(entity.name) - 1), LEAST - 1, -1)
                named = (sure[entity.name[:n]] for n in sizes if entity.name[:n] in sure)
                places = frozenset({next(named, node)} - {node})
            if places:
                (above if node in self.names else of)[node] = same.setdefault(places, places)
        return above, of

    def _inherited(self, links: Links) -> None:
        """What is nowhere by itself is where that is which it belongs to, through any number."""
        waiting = {node for node in links if node not in self.names and node not in self.of}
        while waiting:
            inherited = {
                node: frozenset(place for other in links[node] for place in self.of.get(other, ()))
                for node in waiting
            }
            inherited = {node: places for node, places in inherited.items() if places}
            if not inherited:
                return
            self.of.update(inherited)
            waiting -= inherited.keys()


def placed_classes(ontology: Ontology) -> set[str]:
    """The classes whose things stand in places: of others nobody asks where they are."""
    return {name for relation in placing_relations(ontology) for name in relation.domain}


def placing_relations(ontology: Ontology) -> list[Relation]:
    """The relations that say where a thing is: they lead to places and to nothing else."""
    kinds = {k.name for k in ontology.classes.values() if k.identified_by == "place"}
    return [r for r in ontology.relations.values() if set(r.range) <= kinds]


def ends(facts: Iterable[Fact], ontology: Ontology) -> Iterator[tuple[str, str, Fact]]:
    """The facts whose relation places one of their ends: the end, what it is at, the fact."""
    ways = {r.name: r.places for r in ontology.relations.values() if r.places}
    for fact in facts:
        if way := ways.get(fact.predicate):
            pair = fact.subject, fact.object
            node, other = pair if way == "subject" else pair[::-1]
            yield node, other, fact


def _links(facts: Iterable[Fact], ontology: Ontology) -> Links:
    """What each thing is where, by the facts whose relation places one of its ends."""
    links: Links = {}
    alone: dict[str, Places] = {}  # most things are linked with one, and many with the same
    for node, other, _ in ends(facts, ontology):
        others = links.get(node)
        if others is None:
            links[node] = alone.setdefault(other, frozenset({other}))
        elif isinstance(others, set):
            others.add(other)
        elif other not in others:
            links[node] = {*others, other}
    return links
