"""Knowledge in, the graph that a page draws out: entities as nodes, claims as edges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Collection

    import networkx

    from kg.graph import Graph
    from kg.records import Fact, Knowledge


# What a graph page is called; the page itself puts the name of the product before it.
TITLE = "知识图谱"
# … and one of what a query answers.
ANSWER = "查询结果"


def drawing(
    knowledge: Knowledge, only: Collection[str] | None = None
) -> networkx.MultiDiGraph[str]:
    """The graph that ``kg.publish.view.page`` takes; it carries the texts of the documents.

    Args:
        knowledge: The records of the graph.
        only: IRIs of the entities to draw, with the facts between them; by default all.
    """
    import networkx

    files = {source.id: source.names[0] for source in knowledge.sources if source.names}
    texts = {files[s.id]: s.text for s in knowledge.sources if s.id in files}
    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph(documents=texts)
    for entity in knowledge.entities:
        if only is None or entity.id in only:
            graph.add_node(
                entity.id,
                label=entity.name,
                type=entity.type,
                subtype=entity.subtype,
                aliases=entity.aliases,
                mentions=entity.mentions,
                attributes=(),
            )
    for fact in knowledge.facts:
        if fact.value is not None and fact.subject in graph:
            file = files.get(fact.document, "")
            row = (fact.predicate, _printed(fact), fact.quote, file, fact.start, fact.end)
            node = graph.nodes[fact.subject]
            node["attributes"] = tuple(sorted({*node["attributes"], row}))
        elif fact.subject in graph and fact.object in graph:
            graph.add_edge(fact.subject, fact.object, key=fact.id, **_edge(fact, files))
    return graph


def answered(graph: Graph, text: str) -> set[str]:
    """The entities that a query answers with, by IRI or by label, wherever in its rows.

    Raises:
        QueryError: If the query is wrong, or answers with none.
    """
    import pyoxigraph as ox

    names = graph.names_of
    found: set[str] = set()
    for row in graph.query(text).terms:
        for term in row:
            if isinstance(term, ox.NamedNode) and term.value in names:
                found.add(term.value)
            elif isinstance(term, ox.Literal) and term.language:
                found.update(i for i in graph.iris_of.get(term.value, ()) if names[i] == term.value)
    if not found:
        raise QueryError(
            "the query answers with no entity; select the IRIs of some, e.g. ?s, or their labels"
        )
    return found


def _printed(fact: Fact) -> str:
    return fact.value.printed or fact.value.lexical if fact.value else ""


def _edge(fact: Fact, files: dict[str, str]) -> dict[str, Any]:
    return {
        "predicate": fact.predicate,
        "quote": fact.quote,
        "document": files.get(fact.document, ""),
        "start": fact.start,
        "end": fact.end,
        "status": fact.status,
        "confidence": fact.confidence,
        "rule": fact.rule,
        "source": fact.source,
    }
