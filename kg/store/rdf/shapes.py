"""The ontology's pages in, SHACL shapes out: what a graph must keep to be one of ours.

Each shape says in its message what is wrong. A node has exactly one class, so the ends
of a relation are checked by ``sh:in`` on its type. Every property shape has its own
target: under a node shape pySHACL would walk the nodes one by one, 5 × slower.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, PROV, RDF, RDFS, SH, XSD

from kg.corpus.compound.deals.assemble import FIELDS
from kg.corpus.compound.tenure import tenures

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib.term import Node

    from kg.ontology import Attribute, Ontology, Relation

OA = Namespace("http://www.w3.org/ns/oa#")
ORG = Namespace("http://www.w3.org/ns/org#")
LANG_STRING = RDF.langString


class _Drawer:
    """Adds shapes to a graph; a property shape is named after its node shape and its path."""

    def __init__(self, graph: Graph, ontology: Ontology) -> None:
        self.graph = graph
        self.kg = Namespace(ontology.namespace)
        self.targets: dict[URIRef, tuple[URIRef, URIRef]] = {}

    def node(self, name: str, target: URIRef, subject: URIRef) -> URIRef:
        """The stem of the names of shapes that share a target."""
        shape = self.kg[name + "Shape"]
        self.targets[shape] = (target, subject)
        return shape

    def need(
        self, shape: URIRef, path: URIRef, message: str, more: Iterable[tuple[URIRef, Node]]
    ) -> None:
        """Add a property shape: what ``path`` must be, and the words for it not being so."""
        local = str(path).replace("#", "/").rpartition("/")[2]
        node = URIRef(f"{shape}-{local}")
        while (node, SH.path, None) in self.graph:
            node = URIRef(f"{node}_")
        self.graph.add((node, RDF.type, SH.PropertyShape))
        self.graph.add((node, *self.targets[shape]))
        self.graph.add((node, SH.path, path))
        self.graph.add((node, SH.message, Literal(message, lang="en")))
        for predicate, value in more:
            self.graph.add((node, predicate, value))

    def one_of(self, values: Iterable[Node], name: str) -> Node:
        items = list(values)
        nodes = [BNode(f"{name}_{i}") for i in range(len(items))]
        for i, item in enumerate(items):
            self.graph.add((nodes[i], RDF.first, item))
            rest = nodes[i + 1] if i + 1 < len(items) else RDF.nil
            self.graph.add((nodes[i], RDF.rest, rest))
        return nodes[0]


def _count(low: int | None, high: int | None = None) -> list[tuple[URIRef, Node]]:
    bounds = ((SH.minCount, low), (SH.maxCount, high))
    return [(p, Literal(n)) for p, n in bounds if n is not None]


def shapes(ontology: Ontology, graph: Graph) -> Graph:
    """Fill a graph with the shapes of every page, of claims, merges and documents."""
    drawer = _Drawer(graph, ontology)
    for name in ontology.classes:
        _entity(drawer, name)
    for relation in ontology.relations.values():
        _relation(drawer, relation)
    for attribute in ontology.attributes.values():
        _attribute(drawer, attribute)
    _claim(drawer, ontology)
    _merge(drawer)
    _post(drawer, ontology)
    _deal(drawer, ontology)
    document = drawer.node("Document", SH.targetClass, drawer.kg["Document"])
    drawer.need(document, DCTERMS.identifier, "a document has a file name", _count(1))
    drawer.need(document, DCTERMS.format, "a document has one media type", _count(1, 1))
    return graph


def _entity(drawer: _Drawer, name: str) -> None:
    shape = drawer.node(name, SH.targetClass, drawer.kg[name])
    drawer.need(shape, RDF.type, "an entity has exactly one class", _count(1, 1))
    label = [*_count(1, 1), (SH.datatype, LANG_STRING)]
    chinese = drawer.one_of([Literal("zh")], f"zh_{name}")
    drawer.need(
        shape, RDFS.label, "an entity has exactly one label, in Chinese",
        [*label, (SH.languageIn, chinese), (SH.minLength, Literal(1))],
    )  # fmt: skip
    drawer.need(
        shape, drawer.kg["mentions"],
        "the mentions of an entity are at most one whole number from 0",
        [*_count(None, 1), (SH.datatype, XSD.integer), (SH.minInclusive, Literal(0))],
    )  # fmt: skip


def _end(drawer: _Drawer, name: str, end: str, target: URIRef, classes: tuple[str, ...]) -> URIRef:
    shape = drawer.node(f"{name}-{end}", target, drawer.kg[name])
    words = " or ".join(classes)
    drawer.need(
        shape, RDF.type, f"the {end} of {name} is {words}",
        [*_count(1), (SH["in"], drawer.one_of((drawer.kg[c] for c in classes), f"{end}_{name}"))],
    )  # fmt: skip
    return shape


def _relation(drawer: _Drawer, relation: Relation) -> None:
    subject = _end(drawer, relation.name, "subject", SH.targetSubjectsOf, relation.domain)
    _end(drawer, relation.name, "object", SH.targetObjectsOf, relation.range)
    if relation.same_class:
        _same_class(drawer, relation.name, subject)
    message = f"the object of {relation.name} is an entity, no value"
    drawer.need(subject, drawer.kg[relation.name], message, [(SH.nodeKind, SH.IRI)])


def _same_class(drawer: _Drawer, name: str, shape: URIRef) -> None:
    """The classes of all objects are the class of the subject: no SPARQL, which is 50 × slower."""
    node = URIRef(f"{shape}-class")
    graph = drawer.graph
    graph.add((node, RDF.type, SH.PropertyShape))
    graph.add((node, *drawer.targets[shape]))
    graph.add((node, SH.path, drawer.one_of((drawer.kg[name], RDF.type), f"path_{name}")))
    graph.add((node, SH.equals, RDF.type))
    message = f"both ends of {name} are of one class"
    graph.add((node, SH.message, Literal(message, lang="en")))


def _attribute(drawer: _Drawer, attribute: Attribute) -> None:
    shape = _end(drawer, attribute.name, "subject", SH.targetSubjectsOf, attribute.domain)
    kinds = [XSD[d] for d in attribute.datatypes]
    message = f"{attribute.name} is a value of type {' or '.join(attribute.datatypes)}"
    if len(kinds) == 1:
        constraints: list[tuple[URIRef, Node]] = [(SH.datatype, kinds[0])]
    else:
        options = []
        for kind in kinds:
            option = URIRef(f"{shape}-is-{str(kind).rpartition('#')[2]}")
            drawer.graph.add((option, SH.datatype, kind))
            options.append(option)
        constraints = [(SH["or"], drawer.one_of(options, f"values_{attribute.name}"))]
    drawer.need(shape, drawer.kg[attribute.name], message, constraints)


def _claim(drawer: _Drawer, ontology: Ontology) -> None:
    kg = drawer.kg
    shape = drawer.node("Claim", SH.targetClass, kg["Claim"])
    for path, word in ((RDF.subject, "subject"), (RDF.object, "object")):
        drawer.need(shape, path, f"a claim has exactly one {word}", _count(1, 1))
    predicates = [kg[n] for n in (*ontology.relations, *ontology.attributes)]
    drawer.need(
        shape, RDF.predicate, "a claim has exactly one predicate, a relation or an attribute",
        [*_count(1, 1), (SH["in"], drawer.one_of(predicates, "predicates"))],
    )  # fmt: skip
    drawer.need(shape, kg["rule"], "a claim names the one rule that made it", _count(1, 1))
    drawer.need(
        shape, kg["confidence"], "a claim has one confidence, between 0 and 1",
        [*_count(1, 1), (SH.datatype, XSD.decimal),
         (SH.minInclusive, Literal(0)), (SH.maxInclusive, Literal(1))],
    )  # fmt: skip
    statuses = drawer.one_of((Literal(s) for s in ontology.statuses), "statuses")
    drawer.need(
        shape, kg["status"], f"a status is one of {', '.join(ontology.statuses)}",
        [*_count(None, 1), (SH["in"], statuses)],
    )  # fmt: skip
    drawer.need(shape, PROV.wasDerivedFrom, "a claim says where it comes from", _count(1))
    _evidence(drawer, shape)


def _post(drawer: _Drawer, ontology: Ontology) -> None:
    """A post is of one person, at one body or with one title, and is told somewhere."""
    kg, page = drawer.kg, ontology.relations.get("worksFor")
    shape = drawer.node("Post", SH.targetClass, kg["Post"])
    one: list[tuple[URIRef, Node]] = [*_count(1, 1), (SH.nodeKind, SH.IRI)]
    drawer.need(shape, ORG.member, "a post is of exactly one person", one)
    drawer.need(
        shape, ORG.organization, "a post is at one body or place at most, which is no value",
        [*_count(None, 1), (SH.nodeKind, SH.IRI)],
    )  # fmt: skip
    drawer.need(
        shape, kg["title"], "a post has one title at most, a text",
        [*_count(None, 1), (SH.datatype, XSD.string)],
    )  # fmt: skip
    if page is not None:
        for end, classes in ((ORG.member, page.domain), (ORG.organization, page.range)):
            _class_of(drawer, shape, end, classes)
    _either(drawer, shape, (ORG.organization, kg["title"]), "a post has a body, a title, or both")
    drawer.need(shape, OA.hasTarget, "a post is told in a document", _count(1))
    drawer.need(shape, PROV.wasDerivedFrom, "a post says where it comes from", _count(1))
    known = tenures(ontology).each
    if not known:
        return
    names = drawer.one_of((Literal(tenure.name) for tenure in known), "tenures")
    tenure_shape = drawer.node("Tenure", SH.targetSubjectsOf, kg["tenure"])
    drawer.need(
        tenure_shape, kg["tenure"], f"a tenure is one of {', '.join(t.name for t in known)}",
        [*_count(None, 1), (SH["in"], names)],
    )  # fmt: skip


def _deal(drawer: _Drawer, ontology: Ontology) -> None:
    """A deal is about things, its sums are numbers with a currency, and it is told somewhere."""
    kg = drawer.kg
    shape = drawer.node("Deal", SH.targetClass, kg["Deal"])
    for part in FIELDS:
        drawer.need(shape, kg[part], f"each {part} of a deal is a thing", [(SH.nodeKind, SH.IRI)])
    paths = tuple(kg[part] for part in FIELDS)
    _either(drawer, shape, paths, "a deal has a party, or something that it is about")
    statuses = drawer.one_of((Literal(s) for s in ontology.statuses), "deal_statuses")
    drawer.need(
        shape, kg["status"], f"a status is one of {', '.join(ontology.statuses)}",
        [(SH["in"], statuses)],
    )  # fmt: skip
    drawer.need(shape, OA.hasTarget, "a deal is told in a document", _count(1))
    drawer.need(shape, PROV.wasDerivedFrom, "a deal says where it comes from", _count(1))
    amount = drawer.node("Amount", SH.targetClass, kg["Amount"])
    drawer.need(
        amount, kg["value"], "an amount has one value, a decimal",
        [*_count(1, 1), (SH.datatype, XSD.decimal)],
    )  # fmt: skip
    for path in ("currency", "kind"):
        one: list[tuple[URIRef, Node]] = [*_count(1, 1), (SH.datatype, XSD.string)]
        drawer.need(amount, kg[path], f"an amount has one {path}, a text", one)
    drawer.need(amount, kg["claim"], "an amount rests on a claim", _count(1))


def _class_of(drawer: _Drawer, shape: URIRef, end: URIRef, classes: tuple[str, ...]) -> None:
    """The class of what an end of a post leads to."""
    name = str(end).rpartition("#")[2]
    node, graph = URIRef(f"{shape}-{name}-class"), drawer.graph
    kinds = drawer.one_of((drawer.kg[c] for c in classes), f"class_{name}")
    graph.add((node, RDF.type, SH.PropertyShape))
    graph.add((node, *drawer.targets[shape]))
    graph.add((node, SH.path, drawer.one_of((end, RDF.type), f"path_{name}")))
    graph.add((node, SH["in"], kinds))
    message = f"the {name} of a post is {' or '.join(classes)}"
    graph.add((node, SH.message, Literal(message, lang="en")))


def _either(drawer: _Drawer, shape: URIRef, paths: tuple[URIRef, ...], words: str) -> None:
    """A node has a value at one of several paths at least."""
    # One path with two ends, not sh:or, which pySHACL walks node by node.
    stem = str(shape).rpartition("#")[2]
    either, node = BNode(f"either_{stem}"), URIRef(f"{shape}-either")
    drawer.graph.add((either, SH.alternativePath, drawer.one_of(paths, f"ends_{stem}")))
    drawer.graph.add((node, RDF.type, SH.PropertyShape))
    drawer.graph.add((node, *drawer.targets[shape]))
    drawer.graph.add((node, SH.path, either))
    drawer.graph.add((node, SH.minCount, Literal(1)))
    drawer.graph.add((node, SH.message, Literal(words, lang="en")))


def _evidence(drawer: _Drawer, claim: URIRef) -> None:
    """A claim has evidence, or it names the reference data it comes from."""
    # One path with two ends, not sh:or, which pySHACL walks claim by claim.
    either = BNode("evidence_or_source")
    ends = drawer.one_of((OA.hasTarget, DCTERMS.source), "evidence")
    drawer.graph.add((either, SH.alternativePath, ends))
    node = URIRef(f"{claim}-evidence")
    words = "a claim has evidence in a document, or names the reference data it comes from"
    drawer.graph.add((node, RDF.type, SH.PropertyShape))
    drawer.graph.add((node, *drawer.targets[claim]))
    drawer.graph.add((node, SH.path, either))
    drawer.graph.add((node, SH.minCount, Literal(1)))
    drawer.graph.add((node, SH.message, Literal(words, lang="en")))
    place = drawer.node("SpecificResource", SH.targetClass, OA.SpecificResource)
    drawer.need(place, OA.hasSource, "evidence stands in exactly one document", _count(1, 1))
    drawer.need(place, OA.hasSelector, "evidence says where it stands", _count(1, 2))
    position = drawer.node("Position", SH.targetClass, OA.TextPositionSelector)
    for path in (OA.start, OA.end):
        drawer.need(
            position, path, "a position has a start and an end, whole numbers from 0",
            [*_count(1, 1), (SH.datatype, XSD.integer), (SH.minInclusive, Literal(0))],
        )  # fmt: skip
    drawer.graph.add((URIRef(f"{position}-start"), SH.lessThanOrEquals, OA.end))
    quote = drawer.node("Quote", SH.targetClass, OA.TextQuoteSelector)
    drawer.need(quote, OA.exact, "a quotation has exactly one text", _count(1, 1))


def _merge(drawer: _Drawer) -> None:
    shape = drawer.node("Merge", SH.targetClass, drawer.kg["Merge"])
    for name in ("entity", "mergedName", "rule", "reason"):
        drawer.need(shape, drawer.kg[name], f"a merge has exactly one {name}", _count(1, 1))
