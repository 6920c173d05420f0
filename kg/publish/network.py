"""Knowledge in, a networkx graph out: entities as nodes, facts as edges."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import networkx as nx

    from kg.ontology import Ontology
    from kg.records import Entity, Fact, Knowledge

    # Subject, object and predicate.
    Link = tuple[str, str, str]


def network(knowledge: Knowledge, ontology: Ontology) -> nx.MultiDiGraph[str]:
    """The entities and their relations as a MultiDiGraph; ``Graph.networkx`` describes it."""
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    nodes, links = parted(knowledge)
    graph.add_nodes_from(nodes.items())
    names = files(knowledge)
    for (subject, target, predicate), claims in links.items():
        evidence = [_evidence(fact, names) for fact in claims if fact.quote]
        said = stated(claims[0], ontology)
        graph.add_edge(subject, target, key=predicate, **said, evidence=evidence)
    return graph


def parted(
    knowledge: Knowledge,
) -> tuple[dict[str, dict[str, Any]], Mapping[Link, Sequence[Fact]]]:
    """What is known of each entity by its IRI, and the claims of each link, the surest first."""
    nodes = {entity.id: _node(entity) for entity in knowledge.entities}
    links: defaultdict[Link, list[Fact]] = defaultdict(list)
    for fact in sorted(knowledge.facts, key=lambda f: (-f.confidence, f.id)):
        node = nodes.get(fact.subject)
        if node is None:
            continue
        if fact.value is not None:
            key = fact.predicate + "_" * (fact.predicate in _NODE_KEYS)
            values = node.setdefault(key, [])
            if fact.value.lexical not in values:
                values.append(fact.value.lexical)
        elif fact.object in nodes:
            links[fact.subject, fact.object, fact.predicate].append(fact)
    return nodes, links


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
    return {s.id: s.names[0] if s.names else s.id for s in knowledge.sources}


def stated(fact: Fact, ontology: Ontology) -> dict[str, Any]:
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


def place(fact: Fact, names: Mapping[str, str]) -> dict[str, Any]:
    """Where a claim stands: quotation, document by name, and code points."""
    document = names.get(fact.document, fact.document)
    return {"quote": fact.quote, "document": document, "start": fact.start, "end": fact.end}


def _evidence(fact: Fact, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        **place(fact, names),
        "status": fact.status,
        "confidence": fact.confidence,
        "rule": fact.rule,
        "claim": fact.id,
    }
