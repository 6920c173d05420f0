"""A name in, the things that bear it out, each with what tells it from others of its name."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, NamedNode

from kg.base.errors import QueryError, nearest
from kg.query.questions import class_named, fold
from kg.query.table import counted, plain
from kg.serve.pages.tools.bounds import fitting, left, lines
from kg.serve.pages.tools.shapes import Found, Thing
from kg.store.rdf.turtle import TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.base.records import Entity
    from kg.query.graph import Graph

# Things that are looked at: of more that fit, those with the shortest names.
CANDIDATES = 500
NEAR = 10  # names that are nearly right
NAMES, BESIDE = 12, 6  # of each thing


def find(graph: Graph, name: str, type: str, limit: int) -> tuple[Found, str]:
    """The things that a name may mean, the best fit first, and the same in words.

    A whole name counts before its beginning, and that before a part of it; where nothing fits,
    the nearest names are taken. Of equal fits the most mentioned comes first.

    Args:
        graph: The open graph.
        name: A name, an alias, a part of one, or an IRI.
        type: A class, by name or label; ``""`` for any.
        limit: Things at most.

    Raises:
        QueryError: If there is no such class, or nothing is called nearly so.
    """
    only = _of_class(graph, class_named(graph, type)) if type else None
    ranks = {i: rank for i, rank in _ranked(graph, name).items() if only is None or i in only}
    names = graph.names_of
    first = sorted(ranks, key=lambda i: (ranks[i], len(names.get(i, "")), i))[:CANDIDATES]
    entities = graph.entities(first)
    known = [i for i in first if i in entities]
    if not known:
        of = f" of class {type}" if type else ""
        raise QueryError(f"nothing{of} is called {name!r}; give a part of the name, or another one")
    known.sort(key=lambda i: (ranks[i], -entities[i].mentions, len(entities[i].name), i))
    things = [thing(graph, entities[i]) for i in known[:limit]]
    listed = fitting(things, limit)
    way_out = "give more of the name, a type, or a higher limit"
    note = left(len(ranks) - len(listed), "things", way_out)
    if ranks[known[0]] == _NEARLY:
        note = "; ".join(filter(None, [f"nothing is called {name!r}: these are nearest", note]))
    return Found(listed, len(ranks) - len(listed), note), lines(map(thing_line, listed), note)


_EXACT, _FOLDED, _BEGINS, _HOLDS, _NEARLY = range(5)


def _ranked(graph: Graph, name: str) -> dict[str, int]:
    """How well each thing fits a name, 0 best; what does not fit is missing."""
    if name in graph.names_of:  # an IRI
        return {name: _EXACT}
    key, ranks = fold(name), dict.fromkeys(graph.iris_of.get(name, ()), _EXACT)
    for folded, iris in graph.folded.items() if key else ():
        if key in folded:
            rank = _FOLDED if folded == key else _BEGINS if folded.startswith(key) else _HOLDS
            for iri in iris:
                ranks[iri] = min(rank, ranks.get(iri, rank))
    if not ranks:
        close = nearest(name, (n for n in graph.iris_of if set(n) & set(name)), NEAR)
        ranks = {iri: _NEARLY for one in close for iri in graph.iris_of[one]}
    return ranks


def _of_class(graph: Graph, name: str) -> set[str]:
    node = NamedNode(graph.ontology.namespace + name)
    quads = graph.store.quads.quads_for_pattern(None, TYPE, node, DefaultGraph())
    return {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}


def thing(graph: Graph, entity: Entity) -> Thing:
    """An entity as an assistant is told of it."""
    return Thing(
        iri=entity.id,
        name=entity.name,
        type=entity.type,
        subtype=entity.subtype,
        names=list(entity.aliases[:NAMES]),
        mentions=entity.mentions,
        beside=list(dict.fromkeys(_beside(graph, entity)))[:BESIDE],
        reference=entity.background,
    )


def _beside(graph: Graph, entity: Entity) -> Iterator[str]:
    """The posts, bodies and places of a thing, by the relations that put it somewhere."""
    names, iri, ontology = graph.names_of, entity.id, graph.ontology
    for post in sorted(graph.posts([iri]), key=attrgetter("doubtful")):
        if post.person == iri:
            yield " ".join(filter(None, (names.get(post.organisation, ""), post.title)))
    sides = {r.name: r.places for r in ontology.relations.values() if r.places}
    if ontology.largest and ontology.largest.klass == entity.type:
        sides |= dict.fromkeys(ontology.largest.by, "object")  # who stands behind it
    for relation, side in sides.items():
        known = [names[end] for end in _ends(graph, iri, relation, side) if end in names]
        if side == "subject":
            yield from (f"{relation} {name}" for name in known)
        else:
            yield from (f"{name} {relation}" for name in known)


def _ends(graph: Graph, iri: str, relation: str, places: str) -> list[str]:
    """The things at the other end of a relation of a thing."""
    node, verb = NamedNode(iri), NamedNode(graph.ontology.namespace + relation)
    quads = graph.store.quads
    if places == "subject":
        ends = [q.object for q in quads.quads_for_pattern(node, verb, None, DefaultGraph())]
    else:
        ends = [q.subject for q in quads.quads_for_pattern(None, verb, node, DefaultGraph())]
    return sorted(end.value for end in ends if isinstance(end, NamedNode))


def thing_line(one: Thing) -> str:
    """A thing on a line."""
    kind = ", ".join(filter(None, (one.type, one.subtype)))
    parts = [
        f"{one.name} ({kind})",
        f"also {'、'.join(one.names)}" if one.names else "",
        "; ".join(one.beside),
        "reference data" if one.reference else f"mentioned {counted(one.mentions, 'time')}",
        one.iri,
    ]
    return plain(" | ".join(filter(None, parts)))


def entity_named(graph: Graph, name: str) -> Entity:
    """The one entity that a name or an IRI stands for.

    Raises:
        QueryError: If there is none, or several: then what tells them apart is said.
    """
    entities = graph.entities(graph.entity(name))
    if len(entities) != 1:
        raise QueryError(_several(graph, name, entities.values()))
    (entity,) = entities.values()
    return entity


def _several(graph: Graph, name: str, entities: Iterable[Entity]) -> str:
    every: Sequence[Thing] = [thing(graph, entity) for entity in entities]
    listed = fitting(every, NEAR, room=4000)
    more = left(len(every) - len(listed), "things", "find tells them")
    return lines(
        f"{name} names {len(every)} things; give the IRI of one:", map(thing_line, listed), more
    )
