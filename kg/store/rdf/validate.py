"""A graph in, the places where it breaks the shapes of the ontology out, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.base.records import Knowledge

if TYPE_CHECKING:
    from collections.abc import Iterable

    import rdflib
    from pyoxigraph import Triple

    from kg.ontology import Ontology
    from kg.store.rdf.rows import Row, Rows


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One node that breaks one shape.

    Attributes:
        node: The IRI of the claim, entity, document or merge.
        name: Its label; of a claim, its subject, predicate and object in words.
        shape: Local name of the shape, which begins with the page that it comes from.
        message: What the shape asks for.
        value: The value that is wrong, or ``""`` where something is missing.
    """

    node: str
    name: str
    shape: str
    message: str
    value: str = ""

    def __str__(self) -> str:
        value = f", not {self.value}" if self.value else ""
        named = f" ({self.name})" if self.name else ""
        return f"{self.node}{named}: {self.message}{value} [{self.shape}]"


def validate(
    graph: Knowledge | Rows | Iterable[Triple] | rdflib.Graph, ontology: Ontology
) -> list[Violation]:
    """The violations of a graph, in order of their nodes; an empty list if it conforms.

    Args:
        graph: The records, their triples, or any rdflib graph (a Dataset is read at its
            default graph).
        ontology: Its shapes are those that count.
    """
    import rdflib

    from kg.store.rdf.vocabulary import shapes_graph

    shapes = shapes_graph(ontology)
    if isinstance(graph, rdflib.Graph):
        return sorted(set(_judged(_copy(graph), shapes, ontology)))
    from kg.store.rdf.prefilter import suspects
    from kg.store.rdf.rows import rows
    from kg.store.rdf.triples import asserted

    triples = asserted(graph, ontology) if isinstance(graph, Knowledge) else rows(graph)
    return violations_among(triples, suspects(triples, shapes), ontology)


def violations_among(
    rows: Iterable[Row], doubtful: set[str] | None, ontology: Ontology
) -> list[Violation]:
    """What pySHACL says of the nodes that are not cleared, with all that it looks at.

    Args:
        rows: The rows of the whole graph, which are gone through several times.
        doubtful: The nodes of ``kg.store.rdf.prefilter.Suspects``.
        ontology: Its shapes are those that count.
    """
    from kg.store.rdf.rows import Rows
    from kg.store.rdf.vocabulary import shapes_graph

    shapes = shapes_graph(ontology)
    if doubtful is None:
        return sorted(set(_judged(_graph(Rows(rows)), shapes, ontology)))
    if not doubtful:
        return []
    near = set(doubtful)
    for _ in range(2):  # no path has more steps, and values are told by their labels
        near |= {row[2] for row in rows if row[0] in near}
    around = Rows(row for row in rows if row[0] in near or row[2] in doubtful)
    # What lies around is there in part only: what is said of it does not count.
    named = _graph(Rows(("<x:x>", "<x:x>", node) for node in doubtful))
    names = set(map(str, named.objects()))
    judged = _judged(_graph(around), shapes, ontology)
    return sorted({violation for violation in judged if violation.node in names})


def _judged(data: rdflib.Graph, shapes: rdflib.Graph, ontology: Ontology) -> list[Violation]:
    import pyshacl

    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", advanced=False)
    assert not isinstance(report, bytes | str | Exception)
    return _violations(report, data, ontology)


def _graph(rows: Rows) -> rdflib.Graph:
    """Rows in rdflib's own memory."""
    import rdflib

    from kg.store.rdf.turtle import term

    graph = rdflib.Graph()
    for quad in rows.quads():
        graph.add((term(quad.subject), term(quad.predicate), term(quad.object)))
    return graph


def _copy(graph: rdflib.Graph) -> rdflib.Graph:
    """A graph in rdflib's own memory: pySHACL walks it node by node."""
    import rdflib

    copy = rdflib.Graph()
    for triple in graph.default_graph if isinstance(graph, rdflib.Dataset) else graph:
        copy.add(tuple(_plain(part) for part in triple))  # type: ignore[arg-type]
    return copy


def _plain(part: rdflib.term.Node) -> rdflib.term.Node:
    """Drop xsd:string: rdflib holds "a" and "a"^^xsd:string for two, RDF 1.1 for one."""
    import rdflib

    if isinstance(part, rdflib.Literal) and part.datatype == rdflib.XSD.string:
        return rdflib.Literal(str(part))
    return part


def _violations(report: rdflib.Graph, data: rdflib.Graph, ontology: Ontology) -> list[Violation]:
    from rdflib.namespace import RDF, SH

    violations = []
    for result in report.subjects(RDF.type, SH.ValidationResult):
        node = report.value(result, SH.focusNode)
        value = report.value(result, SH.value)
        shape = str(report.value(result, SH.sourceShape)).removeprefix(ontology.namespace)
        messages = sorted(str(m) for m in report.objects(result, SH.resultMessage))
        violations.append(
            Violation(
                node=str(node),
                name=_name(node, data, ontology),
                shape=shape,
                message="; ".join(messages),
                value="" if value is None or value == node else _word(value, data, ontology),
            )
        )
    return violations


def _word(term: rdflib.term.Node | None, data: rdflib.Graph, ontology: Ontology) -> str:
    """A term as a person calls it: its label, its local name, or itself."""
    import rdflib
    from rdflib.namespace import RDFS

    if isinstance(term, rdflib.Literal):
        return repr(str(term))
    label = data.value(term, RDFS.label, any=True)
    return str(label) if label is not None else str(term).removeprefix(ontology.namespace)


def _name(node: rdflib.term.Node | None, data: rdflib.Graph, ontology: Ontology) -> str:
    from rdflib.namespace import RDF

    if node is None:
        return ""
    # Of several ends, which break a shape, always the same one is told.
    ends = [
        min(data.objects(node, p), key=lambda end: end.n3(), default=None)
        for p in (RDF.subject, RDF.predicate, RDF.object)
    ]
    if any(end is not None for end in ends):
        return " ".join("?" if e is None else _word(e, data, ontology) for e in ends)
    word = _word(node, data, ontology)
    return "" if word == str(node) else word
