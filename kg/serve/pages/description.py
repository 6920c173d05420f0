"""A store in, what its endpoint is and can out, as RDF: the SPARQL 1.1 Service Description.

https://www.w3.org/TR/sparql11-service-description/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, NamedNode, Triple

from kg.store.rdf.namespaces import RDF

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kg.query.remote.endpoint import RemoteQuads

SD = "http://www.w3.org/ns/sparql-service-description#"
FORMATS = "http://www.w3.org/ns/formats/"
# https://www.w3.org/ns/formats/ names them.
_WRITTEN = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "RDF_XML",
    "JSON-LD",
    "N-Quads",
    "TriG",
)


def description(quads: ox.Store | RemoteQuads, endpoint: str) -> list[Triple]:
    """The description of an endpoint: its address, language, formats and graphs."""
    service, dataset, graph = (BlankNode(name) for name in ("service", "dataset", "graph"))
    triples = [
        _says(service, "endpoint", NamedNode(endpoint)),
        _says(service, "supportedLanguage", NamedNode(SD + "SPARQL11Query")),
        *(_says(service, "resultFormat", NamedNode(FORMATS + name)) for name in _WRITTEN),
        _says(service, "defaultDataset", dataset),
        _says(dataset, "defaultGraph", graph),
        *(
            Triple(node, NamedNode(RDF + "type"), NamedNode(SD + kind))
            for node, kind in ((service, "Service"), (dataset, "Dataset"), (graph, "Graph"))
        ),
    ]
    named = sorted(g.value for g in quads.named_graphs() if isinstance(g, NamedNode))
    for i, name in enumerate(named):
        one = BlankNode(f"named{i}")
        triples += [
            _says(dataset, "namedGraph", one),
            _says(one, "name", NamedNode(name)),
            Triple(one, NamedNode(RDF + "type"), NamedNode(SD + "NamedGraph")),
        ]
    return triples


def _says(subject: BlankNode, predicate: str, value: NamedNode | BlankNode) -> Triple:
    return Triple(subject, NamedNode(SD + predicate), value)
