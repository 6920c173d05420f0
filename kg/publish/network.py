"""Knowledge in, a networkx graph out: entities as nodes, facts as edges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx

    from kg.ontology import Ontology
    from kg.records import Entity, Fact, Knowledge


def network(knowledge: Knowledge, ontology: Ontology) -> nx.MultiDiGraph[str]:
    """The entities and their relations as a MultiDiGraph; ``Graph.networkx`` describes it."""
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for entity in knowledge.entities:
        graph.add_node(entity.id, **_node(entity))
    names = {s.id: s.names[0] if s.names else s.id for s in knowledge.sources}
    for fact in sorted(knowledge.facts, key=lambda f: (-f.confidence, f.id)):
        if fact.subject not in graph:
            continue
        if fact.value is not None:
            node = graph.nodes[fact.subject]
            key = fact.predicate + "_" * (fact.predicate in _node_keys())
            values = node.setdefault(key, [])
            if fact.value.lexical not in values:
                values.append(fact.value.lexical)
        elif fact.object in graph:
            _claim(graph, fact, ontology, names)
    return graph


def _node(entity: Entity) -> dict[str, Any]:
    return {
        "type": entity.type,
        "label": entity.name,
        "aliases": list(entity.aliases),
        "mentions": entity.mentions,
        "subtype": entity.subtype,
        "code": entity.code,
    }


def _node_keys() -> tuple[str, ...]:
    return ("type", "label", "aliases", "mentions", "subtype", "code")


def _claim(
    graph: nx.MultiDiGraph[str], fact: Fact, ontology: Ontology, names: dict[str, str]
) -> None:
    """Add a claim to its fact's edge; the first, which is the surest, speaks for the edge."""
    if not graph.has_edge(fact.subject, fact.object, fact.predicate):
        relation = ontology.relations.get(fact.predicate)
        graph.add_edge(
            fact.subject,
            fact.object,
            key=fact.predicate,
            predicate=fact.predicate,
            label=relation.label["zh"] if relation else fact.predicate,
            status=fact.status,
            confidence=fact.confidence,
            rule=fact.rule,
            source=fact.source,
            evidence=[],
        )
    if fact.quote:
        graph.edges[fact.subject, fact.object, fact.predicate]["evidence"].append(
            {
                "quote": fact.quote,
                "document": names.get(fact.document, fact.document),
                "start": fact.start,
                "end": fact.end,
                "status": fact.status,
                "confidence": fact.confidence,
                "rule": fact.rule,
                "claim": fact.id,
            }
        )
