"""Export a graph for other programs: RDF, graph formats, tables, Cypher, GeoJSON.

Every writer sorts what it writes: the same graph gives the same bytes.
"""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Triple

from kg.base.errors import QueryError, did_you_mean
from kg.base.spool import place
from kg.publish.formats.cypher import cypher
from kg.publish.formats.flat import flat
from kg.publish.formats.geojson import GeoJson
from kg.publish.formats.graphml import write_graphml
from kg.publish.formats.parquet import claims_parquet, tables_parquet
from kg.publish.formats.turtle12 import turtle12
from kg.publish.tables import deals_csv, entities_csv, facts_csv, posts_csv
from kg.store.rdf.rows import XSD
from kg.store.rdf.turtle import TYPE, turtle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    import networkx as nx

    from kg.base.records import Knowledge
    from kg.ontology import Ontology
    from kg.query.graph import Graph

    Data = dict[str, Any]
    Node = NamedNode | BlankNode | Literal | Triple


def export(graph: Graph, format: str) -> bytes:
    """Write a graph in one of the ``FORMATS``.

    ``ttl``, ``ttl12`` and ``nt`` hold the facts (the default graph), ``nq``, ``trig`` and
    ``jsonld`` all graphs of the store; ``graphml``, ``gexf`` and ``cypher`` the entities and
    facts; ``csv`` and ``parquet`` the facts (``tables`` gives the other tables as well).
    ``cypher`` has posts and deals, too; ``geojson`` a point for each thing whose place is known.

    Raises:
        QueryError: If there is no such format; the nearest known are named.
    """
    if format not in FORMATS:
        raise QueryError(f"{format} is no format of export; {did_you_mean(format, FORMATS)}")
    return FORMATS[format](graph)


def tables(graph: Graph, format: str = "csv") -> dict[str, bytes]:
    """The tables by file name, for an export into a folder."""
    knowledge = graph.knowledge
    if format == "parquet":
        return tables_parquet(knowledge, graph.ontology)
    parts = {
        "entities.csv": entities_csv,
        "facts.csv": facts_csv,
        "posts.csv": posts_csv,
        "deals.csv": deals_csv,
    }
    return {name: b"".join(write(knowledge)) for name, write in parts.items()}


def _ttl12(graph: Graph) -> bytes:
    return turtle12(graph.triples(), graph.prefixes, graph.base, graph.ontology.namespace)


def _ttl(graph: Graph) -> bytes:
    return turtle(graph.triples(), graph.prefixes, graph.base)


def _nt(graph: Graph) -> bytes:
    return "".join(sorted(f"{t} .\n" for t in graph.triples())).encode()


def _nq(graph: Graph) -> bytes:
    return "".join(sorted(f"{q} .\n" for q in graph.store.quads)).encode()


def _trig(graph: Graph) -> bytes:
    """Turtle for the facts; other graphs as blocks of triples behind it."""
    parts = [_ttl(graph)]
    for name, triples in _named(graph).items():
        lines = "".join(sorted(f"    {t} .\n" for t in triples))
        parts.append(f"\n{name} {{\n{lines}}}\n".encode())
    return b"".join(parts)


def _named(graph: Graph) -> dict[str, list[Triple]]:
    """The triples of every other graph than the default one, by its name, in order."""
    graphs: dict[str, list[Triple]] = {}
    for quad in graph.store.quads:
        if not isinstance(quad.graph_name, DefaultGraph):
            graphs.setdefault(str(quad.graph_name), []).append(quad.triple)
    return dict(sorted(graphs.items()))


def _jsonld(graph: Graph) -> bytes:
    """JSON-LD with its context inside: nothing needs to be fetched to read it."""
    short = _Shortener(graph.prefixes)
    nodes = _described(graph.triples(), short)
    for name, triples in _named(graph).items():
        nodes.append({"@id": name.strip("<>"), "@graph": _described(triples, short)})
    context = {p: graph.prefixes[p] for p in sorted(graph.prefixes)}
    whole = {"@context": context, "@graph": nodes}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


class _Shortener:
    """IRIs as compact ones, where they have the form that every reader expands the same."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self.prefix = {space: name for name, space in prefixes.items()}

    def short(self, value: str) -> str:
        cut = max(value.rfind("#"), value.rfind("/")) + 1
        prefix = self.prefix.get(value[:cut])
        whole = prefix is not None and re.fullmatch(r"[A-Za-z_]\w*", value[cut:], re.ASCII)
        return f"{prefix}:{value[cut:]}" if whole else value


def _described(triples: Iterable[Triple], short: _Shortener) -> list[dict[str, Any]]:
    subjects: dict[str, dict[str, list[Any]]] = {}
    for t in sorted(triples, key=str):
        node = subjects.setdefault(_name(t.subject), {})
        if t.predicate == TYPE and isinstance(t.object, NamedNode):
            node.setdefault("@type", []).append(short.short(t.object.value))
        else:
            node.setdefault(short.short(t.predicate.value), []).append(_json(t.object, short))
    return [{"@id": name, **subjects[name]} for name in sorted(subjects)]


def _name(node: Node) -> str:
    return node.value if isinstance(node, NamedNode) else str(node)


def _json(term: Node, short: _Shortener) -> dict[str, str]:
    if not isinstance(term, Literal):
        return {"@id": _name(term)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype.value == XSD + "string":
        return {"@value": term.value}
    return {"@value": term.value, "@type": short.short(term.datatype.value)}


def graphml(knowledge: Knowledge, ontology: Ontology) -> Iterator[bytes]:
    """Yield GraphML in parts, of the entities and facts, for NetworkX, Gephi and Cytoscape.

    Lists become text with ``|`` between; an edge carries its surest quotation and the
    number of its claims in ``said``, and what is told of the post or the deal of its ends:
    ``title``, ``tenure`` and ``term``, ``sums`` (amount, currency, kind) and ``days``.
    """
    yield from write_graphml(*flat(knowledge, ontology), place(knowledge.facts))


def gexf(knowledge: Knowledge, ontology: Ontology) -> bytes:
    """GEXF of the same, for Gephi; ``start`` and ``end`` become ``quoteStart`` and ``quoteEnd``.

    NetworkX writes the date into it, which is taken out again.
    """
    import networkx as nx

    things, between = flat(knowledge, ontology)
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    network.add_nodes_from(things)
    for source, target, key, data in between:
        # In GEXF start and end are times, and would make the graph one that moves.
        data["quoteStart"], data["quoteEnd"] = data.pop("start"), data.pop("end")
        network.add_edge(source, target, key=key, **data)
    out = io.BytesIO()
    nx.write_gexf(network, out, encoding="utf-8", prettyprint=True)
    text = re.sub(rb'<meta lastmodifieddate="[^"]*">', b"<meta>", out.getvalue())
    return text.rstrip(b"\n") + b"\n"


# Each name stands in EXPORTS of kg.cli.options.moving as well, in the same order.
FORMATS: dict[str, Callable[[Graph], bytes]] = {
    "ttl": _ttl,
    "ttl12": _ttl12,
    "nt": _nt,
    "nq": _nq,
    "trig": _trig,
    "jsonld": _jsonld,
    "graphml": lambda graph: b"".join(graphml(graph.knowledge, graph.ontology)),
    "gexf": lambda graph: gexf(graph.knowledge, graph.ontology),
    "csv": lambda graph: b"".join(facts_csv(graph.knowledge)),
    "parquet": lambda graph: claims_parquet(graph.knowledge),
    "cypher": lambda graph: cypher(graph.knowledge, graph.ontology),
    "geojson": lambda graph: b"".join(GeoJson(graph.knowledge, graph.ontology).parts()),
}
