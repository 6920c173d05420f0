"""Knowledge in, a networkx graph out: entities as nodes, facts as edges."""

from __future__ import annotations

from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from kg.base.records import Entity
from kg.base.spool import Sorted, ordered, place
from kg.corpus.documents import heads

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import networkx as nx

    from kg.base.records import Fact, Knowledge
    from kg.ontology import Ontology

    # Subject, object and predicate.
    Link = tuple[str, str, str]


def network(knowledge: Knowledge, ontology: Ontology) -> nx.MultiDiGraph[str]:
    """The entities and their relations as a MultiDiGraph; ``Graph.networkx`` describes it."""
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from(nodes(knowledge))
    names = files(knowledge)
    for (subject, target, predicate), claims in links(knowledge):
        evidence = [_evidence(fact, names) for fact in claims if fact.quote]
        edge = edge_data(claims[0], ontology)
        graph.add_edge(subject, target, key=predicate, **edge, evidence=evidence)
    return graph


def nodes(knowledge: Knowledge) -> Iterator[tuple[str, dict[str, Any]]]:
    """What is known of each entity, with its IRI, in order of these."""
    values: Sorted[Fact] = Sorted(
        place(knowledge.facts), lambda f: (f.subject, -f.confidence, f.id)
    )
    for fact in knowledge.facts:
        if fact.value is not None:
            values.add(fact)
    things: Iterator[tuple[str, Entity | Fact]] = ((e.id, e) for e in ordered(knowledge.entities))
    facts: Iterator[tuple[str, Entity | Fact]] = ((fact.subject, fact) for fact in values)
    for iri, group in groupby(merge(things, facts, key=itemgetter(0)), key=itemgetter(0)):
        node: dict[str, Any] = {}
        for _, one in group:
            if isinstance(one, Entity):
                node = _node(one)
            elif node and one.value is not None:
                key = one.predicate + "_" * (one.predicate in _NODE_KEYS)
                values_of = node.setdefault(key, [])
                if one.value.lexical not in values_of:
                    values_of.append(one.value.lexical)
        if node:
            yield iri, node


def links(knowledge: Knowledge) -> Iterator[tuple[Link, Sequence[Fact]]]:
    """The claims of each link between two entities, the surest first, in order of the links."""
    for one, claims in groupby(link_claims(knowledge), key=link):
        yield one, tuple(claims)


def link_claims(knowledge: Knowledge) -> Sorted[Fact]:
    """All claims of links, in this order."""
    known = {entity.id for entity in knowledge.entities}
    claims: Sorted[Fact] = Sorted(place(knowledge.facts), lambda f: (*link(f), -f.confidence, f.id))
    for fact in knowledge.facts:
        if fact.value is None and fact.subject in known and fact.object in known:
            claims.add(fact)
    return claims


def link(fact: Fact) -> Link:
    """The link that a fact states."""
    return fact.subject, fact.object, fact.predicate


_NODE_KEYS = ("type", "label", "aliases", "mentions", "subtype", "code")


def _node(entity: Entity) -> dict[str, Any]:
    return {
        "type": entity.type,
        "label": entity.name,
        "aliases": list(entity.aliases),
        "mentions": entity.mentions,
        "subtype": entity.subtype,
        "code": entity.code,
    }


def files(knowledge: Knowledge) -> dict[str, str]:
    """What each document is called, by its IRI."""
    return {s.id: s.names[0] if s.names else s.id for s in heads(knowledge.sources)}


def edge_data(fact: Fact, ontology: Ontology) -> dict[str, Any]:
    """What a claim says of its link; the first, which is the surest, speaks for all."""
    relation = ontology.relations.get(fact.predicate)
    return {
        "predicate": fact.predicate,
        "label": relation.label["zh"] if relation else fact.predicate,
        "status": fact.status,
        "confidence": fact.confidence,
        "rule": fact.rule,
        "source": fact.source,
    }


def where(fact: Fact, names: Mapping[str, str]) -> dict[str, Any]:
    """Where a claim stands: quotation, document by name, and code points."""
    document = names.get(fact.document, fact.document)
    return {"quote": fact.quote, "document": document, "start": fact.start, "end": fact.end}


def _evidence(fact: Fact, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        **where(fact, names),
        "status": fact.status,
        "confidence": fact.confidence,
        "rule": fact.rule,
        "claim": fact.id,
    }
