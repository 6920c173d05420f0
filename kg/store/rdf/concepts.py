"""The industries of an ontology in, a SKOS concept scheme out: groups, industries and links.

What stands in ``words/sectors.yaml`` as a plain word, not as an expression, is a hidden label: by
it a text may tell of the concept.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rdflib import Literal, Namespace
from rdflib.namespace import RDF, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rdflib import Graph, URIRef

    from kg.ontology import Ontology, Text

_EXPRESSION = re.compile(r"[^\w·\-]")


def industries(graph: Graph, ontology: Ontology) -> None:
    """Add the scheme of industries to a graph; nothing where the ontology has none."""
    page: Mapping[str, Any] = ontology.words.get("sectors", {})
    if not page.get("sectors"):
        return
    kg = Namespace(ontology.namespace)
    scheme = kg["Industries"]
    graph.add((scheme, RDF.type, SKOS.ConceptScheme))
    _labelled(graph, scheme, page["scheme"]["label"])
    for name, label in page.get("groups", {}).items():
        group = kg[f"industry-{name}"]
        _concept(graph, group, scheme, label, name)
        graph.add((group, SKOS.topConceptOf, scheme))
        graph.add((scheme, SKOS.hasTopConcept, group))
    for name, entry in page["sectors"].items():
        # Of a group and an industry of one name the industry has a name of its own.
        sector = kg[f"industry-{entry['group']}-{name}"]
        _concept(graph, sector, scheme, entry["label"], name, entry["words"])
        graph.add((sector, SKOS.broader, kg[f"industry-{entry['group']}"]))
        for key, link in (entry.get("links") or {}).items():
            node = kg[f"industry-{entry['group']}-{name}-{key}"]
            _concept(graph, node, scheme, link["label"], key, link["words"])
            graph.add((node, SKOS.broader, sector))


def _concept(
    graph: Graph,
    node: URIRef,
    scheme: URIRef,
    label: Text,
    name: str,
    words: Iterable[str] = (),
) -> None:
    graph.add((node, RDF.type, SKOS.Concept))
    graph.add((node, SKOS.inScheme, scheme))
    graph.add((node, SKOS.notation, Literal(name)))
    _labelled(graph, node, label)
    for word in words:
        if not _EXPRESSION.search(word) and word not in label.values():
            graph.add((node, SKOS.hiddenLabel, Literal(word, lang="zh")))


def _labelled(graph: Graph, node: URIRef, label: Text) -> None:
    for language, text in label.items():
        graph.add((node, SKOS.prefLabel, Literal(text, lang=language)))
