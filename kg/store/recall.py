"""Triples in, Knowledge out: the way back from a graph to its records.

``triples`` of what is recalled are the triples it was recalled from, as far as they are
of this vocabulary; statements of others beside them are passed over. The text and pages
of a document are no triples: they come from the ledger.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from kg.base.records import (
    Amount,
    Attestation,
    Deal,
    Entity,
    Fact,
    Knowledge,
    Merge,
    Post,
    Source,
    Value,
)
from kg.store.rdf.namespaces import ALT_LABEL, DCTERMS, DERIVED, LABEL, OA, ORG, RDF
from kg.store.rdf.rows import XSD
from kg.store.rdf.turtle import TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyoxigraph import Quad, Triple

    from kg.ontology import Ontology

RESERVED = frozenset({"Amount", "Claim", "Deal", "Document", "Merge", "Post"})


def knowledge(
    graph: Iterable[Triple | Quad], ontology: Ontology, sources: Mapping[str, Source] | None = None
) -> Knowledge:
    """The records that some triples state.

    Args:
        graph: Triples, or quads of the default graph, in any order.
        ontology: Gives the namespace and the order of the classes.
        sources: Documents by IRI, with their texts; others get an empty text.
    """
    reader = _Reader(ontology, sources or {})
    for t in graph:
        # Each look at a part of a triple makes it anew.
        s, o = t.subject, t.object
        if isinstance(s, NamedNode) and isinstance(o, NamedNode | Literal):
            reader.about[s.value][t.predicate.value].append(o)
    return reader.knowledge()


def ranks(ontology: Ontology) -> dict[str, int]:
    """The order of the classes: of several that a thing has, the first counts."""
    return {name: i for i, name in enumerate(ontology.classes)}


def kind(types: Iterable[str], space: str, order: Mapping[str, int]) -> str:
    """The class of what has some types, as a local name; ``""`` for what has none of ours.

    >>> kind(["urn:x#B", "urn:x#A", "urn:y#C"], "urn:x#", {"B": 0, "A": 1})
    'B'
    """
    own = [v[len(space) :] for v in types if v.startswith(space)]
    return min(own, key=lambda n: (order.get(n, len(order)), n), default="")


class _Reader:
    """The triples by subject and predicate, and how each kind of record is read from them."""

    def __init__(self, ontology: Ontology, sources: Mapping[str, Source]) -> None:
        self.space, self.order = ontology.namespace, ranks(ontology)
        self.sources = sources
        self.about: dict[str, dict[str, list[NamedNode | Literal]]] = defaultdict(
            lambda: defaultdict(list)
        )
        self.merges: dict[str, list[Merge]] = defaultdict(list)

    def kind(self, node: str) -> str:
        """The class of a node, as a local name; ``""`` for what is none of ours."""
        classes = [o.value for o in self.about[node].get(TYPE.value, ())]
        return kind(classes, self.space, self.order)

    def texts(self, node: str, predicate: str) -> list[str]:
        return sorted({o.value for o in self.about[node].get(predicate, ())})

    def text(self, node: str, predicate: str) -> str:
        objects = self.about[node].get(predicate, ()) if node in self.about else ()
        return min((o.value for o in objects), default="")

    def own(self, node: str, name: str) -> str:
        return self.text(node, self.space + name)

    def knowledge(self) -> Knowledge:
        kinds = {node: self.kind(node) for node in sorted(self.about)}
        for node in (n for n, k in kinds.items() if k == "Merge"):
            self.merges[self.own(node, "entity")].append(self.merge(node))
        return Knowledge(
            sources=tuple(self.source(n) for n, k in kinds.items() if k == "Document"),
            entities=tuple(self.entity(n, k) for n, k in kinds.items() if k and k not in RESERVED),
            facts=tuple(self.fact(n) for n, k in kinds.items() if k == "Claim"),
            posts=tuple(self.post(n) for n, k in kinds.items() if k == "Post"),
            deals=tuple(self.deal(n) for n, k in kinds.items() if k == "Deal"),
        )

    def entity(self, node: str, kind: str) -> Entity:
        name = self.text(node, LABEL.value)
        return Entity(
            id=node,
            type=kind,
            name=name,
            subtype=self.own(node, "subtype"),
            aliases=tuple(a for a in self.texts(node, ALT_LABEL.value) if a != name),
            mentions=int(self.own(node, "mentions") or 0),
            merges=tuple(sorted(self.merges[node], key=lambda m: (m.name, m.rule, m.reason))),
            code=self.own(node, "divisionCode"),
            background=self.text(node, DCTERMS + "source"),
            doubtful=self.own(node, "doubtful") == "true",
        )

    def merge(self, node: str) -> Merge:
        _, start, end, _ = self.evidence(node)
        name, rule, reason = (self.own(node, n) for n in ("mergedName", "rule", "reason"))
        return Merge(name, rule, reason, self.text(node, DERIVED.value), start, end)

    def source(self, node: str) -> Source:
        if node in self.sources:
            return self.sources[node]
        title, publisher, issued, media = (
            self.text(node, DCTERMS + n) for n in ("title", "publisher", "issued", "format")
        )
        names = tuple(self.texts(node, DCTERMS + "identifier"))
        document = node.rpartition("/")[2]
        return Source(
            node, document, names, "", media, title=title, publisher=publisher, published=issued
        )

    def fact(self, node: str) -> Fact:
        source = self.text(node, DCTERMS + "source")
        document, start, end, quote = self.evidence(node)
        target = min(self.about[node].get(RDF + "object", ()), key=str, default=None)
        value = self.value(node, target) if isinstance(target, Literal) else None
        return Fact(
            id=node,
            subject=self.text(node, RDF + "subject"),
            predicate=self.text(node, RDF + "predicate").removeprefix(self.space),
            object=target.value if isinstance(target, NamedNode) else "",
            value=value,
            document=document,
            start=start,
            end=end,
            quote=quote,
            status=self.own(node, "status"),
            confidence=float(self.own(node, "confidence") or 0),
            rule=self.own(node, "rule"),
            trigger=self.own(node, "trigger"),
            source=source,
            review=self.own(node, "review"),
        )

    def post(self, node: str) -> Post:
        person, body = (self.text(node, ORG + name) for name in ("member", "organization"))
        title, byline = self.own(node, "title"), self.own(node, "byline")
        return Post(node, person, body, title, self.attestations(node), byline)

    def deal(self, node: str) -> Deal:
        parties, projects, agreements, places, events, statuses, amounts = (
            self.texts(node, self.space + name)
            for name in ("party", "project", "agreement", "place", "event", "status", "amount")
        )
        days = [o for o in self.about[node].get(f"{self.space}day", ()) if isinstance(o, Literal)]
        day_values = sorted((day.value, day.datatype.value.removeprefix(XSD)) for day in days)
        return Deal(
            node,
            tuple(parties),
            tuple(projects),
            tuple(agreements),
            tuple(places),
            tuple(events),
            self.amounts(amounts),
            tuple(Value(lexical, datatype) for lexical, datatype in dict.fromkeys(day_values)),
            tuple(statuses),
            self.attestations(node),
        )

    def amounts(self, nodes: Iterable[str]) -> tuple[Amount, ...]:
        amounts = map(self.amount, nodes)
        return tuple(
            sorted(amounts, key=lambda a: (a.kind, a.currency, a.value, a.printed, a.high))
        )

    def amount(self, node: str) -> Amount:
        value, kind, currency, printed, qualifier, high = (
            self.own(node, name)
            for name in ("value", "kind", "currency", "printed", "qualifier", "high")
        )
        claims = tuple(self.texts(node, self.space + "claim"))
        return Amount(value, kind, currency, printed, qualifier, high, claims)

    def attestations(self, node: str) -> tuple[Attestation, ...]:
        places = map(self.attestation, self.texts(node, OA + "hasTarget"))
        return tuple(sorted(places, key=lambda t: (t.document, t.start, t.end, t.tenure)))

    def attestation(self, place: str) -> Attestation:
        start, end, quote = self.selected(place)
        claims = self.texts(place, self.space + "claim")
        document = self.text(place, OA + "hasSource")
        since, until = (self.day(place, name) for name in ("since", "until"))
        doubtful = self.own(place, "doubtful") == "true"
        tenure = self.own(place, "tenure")
        return Attestation(
            document, start, end, quote, tenure, tuple(claims), since, until, doubtful
        )

    def day(self, place: str, name: str) -> Value | None:
        """A day that a place tells, as precise as it is."""
        days = self.about[place].get(self.space + name, ())
        values = (
            (day.value, day.datatype.value.removeprefix(XSD))
            for day in days
            if isinstance(day, Literal)
        )
        return next((Value(*day) for day in sorted(values)), None)

    def value(self, node: str, target: Literal) -> Value:
        datatype = target.datatype.value
        return Value(
            lexical=target.value,
            datatype=datatype.removeprefix(XSD) if datatype.startswith(XSD) else "string",
            printed=self.own(node, "printed"),
            qualifier=self.own(node, "qualifier"),
            high=self.own(node, "high"),
            anchor=self.own(node, "anchor"),
            source=self.own(node, "anchorSource"),
        )

    def evidence(self, node: str) -> tuple[str, int, int, str]:
        """Document, start, end and quotation of a claim or a merge; empty without evidence."""
        place = self.text(node, OA + "hasTarget")
        if not place:
            return "", 0, 0, ""
        return self.text(node, DERIVED.value), *self.selected(place)

    def selected(self, place: str) -> tuple[int, int, str]:
        """Start, end and quotation of a place of a document."""
        start, end, quote = 0, 0, ""
        for selector in self.texts(place, OA + "hasSelector"):
            quote = self.text(selector, OA + "exact") or quote
            start = int(self.text(selector, OA + "start") or start)
            end = int(self.text(selector, OA + "end") or end)
        return start, end, quote
