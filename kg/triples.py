"""Knowledge in, triples out.

Every fact is one direct triple and one claim node that carries status, confidence, rule
and evidence. IRIs come from the records; the only ones made here belong to what a claim,
a merge or a reference owns, so equal records give equal triples on every machine.
"""

from __future__ import annotations

import hashlib
import re
from decimal import Decimal
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from kg.errors import StoreError
from kg.settings import default
from kg.turtle import TYPE, XSD, turtle

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.ontology import Ontology
    from kg.records import Entity, Fact, Knowledge, Merge, Source, Value

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
PROV = "http://www.w3.org/ns/prov#"
OA = "http://www.w3.org/ns/oa#"
DCTERMS = "http://purl.org/dc/terms/"
SCHEMA = "https://schema.org/"

LABEL = NamedNode(RDFS + "label")
ALT_LABEL = NamedNode(SKOS + "altLabel")
DERIVED = NamedNode(PROV + "wasDerivedFrom")
# Web Annotation leaves the length of prefix and suffix open; 32 code points tell apart
# all quotations that repeat within a page of our documents.
CONTEXT = 32

__all__ = ["decimal", "digest", "iri", "literal", "speakable", "triples", "turtle"]

_UNSAFE = re.compile(
    r"[\x00-\x20<>\"{}|^`\\\x7f-\x9f\ud800-\udfff\ufffe\uffff]|%(?![0-9A-Fa-f]{2})"
)
_UNSPEAKABLE = re.compile("[\x00\ud800-\udfff]")
_DATE = ((r"\d{4}-\d\d-\d\d", "date"), (r"\d{4}-\d\d", "gYearMonth"), (r"\d{4}", "gYear"))


def iri(text: str) -> NamedNode:
    """An IRI, with every character that an IRI may not hold percent-encoded.

    Raises:
        StoreError: If the text is no absolute IRI even then.

    >>> iri("http://example.org/a b")
    <NamedNode value=http://example.org/a%20b>
    """
    try:
        return NamedNode(_UNSAFE.sub(_percent, text))
    except ValueError as error:
        raise StoreError(f"{text!r} is no absolute IRI ({error}); write one as http://…") from error


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "surrogatepass"))


def literal(text: str, datatype: str = "string", language: str = "") -> Literal:
    """A literal; what no RDF syntax can carry (NUL, lone surrogates) becomes U+FFFD.

    >>> literal("3", "integer")
    <Literal value=3 datatype=<NamedNode value=http://www.w3.org/2001/XMLSchema#integer>>
    """
    text = speakable(text)
    if language:
        return Literal(text, language=language)
    return Literal(text) if datatype == "string" else Literal(text, datatype=iri(XSD + datatype))


def speakable(text: str) -> str:
    """A text with U+FFFD for what neither RDF nor UTF-8 can carry; of the same length."""
    return _UNSPEAKABLE.sub("\ufffd", text)


def decimal(number: float) -> str:
    """The canonical form of a decimal: no exponent, no trailing zero.

    >>> decimal(0.90), decimal(1.0), decimal(1e-7)
    ('0.9', '1', '0.0000001')
    """
    text = format(Decimal(repr(number)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def digest(*parts: str) -> str:
    """The first 20 hex digits of the SHA-256 of some texts, for an IRI made of content.

    >>> digest("a", "b") == digest("ab")
    False
    """
    joined = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def triples(
    knowledge: Knowledge, ontology: Ontology, base: str = default("base")
) -> Iterator[Triple]:
    """Yield the triples of a graph: entities and their merges, documents, then facts.

    Args:
        knowledge: The records of the whole graph.
        ontology: Gives the namespace, and which relations are symmetric.
        base: IRIs made here (merges, references) begin with it.

    Raises:
        StoreError: If a record's id is no IRI.
    """
    writer = _Writer(ontology, base, knowledge.sources)
    for entity in knowledge.entities:
        yield from writer.entity(entity)
    for source in knowledge.sources:
        yield from writer.source(source)
    for fact in knowledge.facts:
        yield from writer.fact(fact)
    yield from writer.references()


class _Writer:
    """What one run of ``triples`` needs to remember: documents by id, references met."""

    def __init__(self, ontology: Ontology, base: str, sources: Iterable[Source]) -> None:
        self.space = ontology.namespace
        self.symmetric = {r.name for r in ontology.relations.values() if r.symmetric}
        self.base = base
        self.by_id = {key: s for s in sources for key in (s.document, s.id)}
        self.met: set[str] = set()

    def own(self, name: str) -> NamedNode:
        return iri(self.space + name)

    def derived(self, document: str) -> NamedNode:
        found = self.by_id.get(document)
        return iri(found.id if found else document)

    def entity(self, entity: Entity) -> Iterator[Triple]:
        node = iri(entity.id)
        yield Triple(node, TYPE, self.own(entity.type))
        yield Triple(node, LABEL, literal(entity.name, language="zh"))
        for alias in entity.aliases:
            yield Triple(node, ALT_LABEL, literal(alias, language="zh"))
        yield Triple(node, self.own("mentions"), literal(str(entity.mentions), "integer"))
        if entity.subtype:
            yield Triple(node, self.own("subtype"), literal(entity.subtype))
        if entity.code:
            yield Triple(node, self.own("divisionCode"), literal(entity.code))
        if entity.background:
            yield from self.reference(node, entity.background)
        for merge in entity.merges:
            yield from self.merge(entity.id, merge)

    def merge(self, entity: str, merge: Merge) -> Iterator[Triple]:
        start, end = (merge.start, merge.end) if merge.start < merge.end else (0, 0)
        where = (merge.document, str(start), str(end)) if merge.document else ()
        node = iri(
            self.base + "merge/" + digest(entity, merge.name, merge.rule, merge.reason, *where)
        )
        yield Triple(node, TYPE, self.own("Merge"))
        yield Triple(node, self.own("entity"), iri(entity))
        yield Triple(node, self.own("mergedName"), literal(merge.name, language="zh"))
        yield Triple(node, self.own("rule"), literal(merge.rule))
        yield Triple(node, self.own("reason"), literal(merge.reason))
        if merge.document and end:
            yield from self.evidence(node, merge.document, start, end)
        elif merge.document:
            # The reason rests on the whole document, no words in it.
            yield Triple(node, DERIVED, self.derived(merge.document))

    def source(self, source: Source) -> Iterator[Triple]:
        node = iri(source.id)
        for kind in (self.own("Document"), iri(SCHEMA + "CreativeWork"), iri(PROV + "Entity")):
            yield Triple(node, TYPE, kind)
        for name in source.names:
            yield Triple(node, iri(DCTERMS + "identifier"), literal(name))
        yield Triple(node, iri(DCTERMS + "format"), literal(source.media))
        for key, text in (("title", source.title), ("publisher", source.publisher)):
            if text:
                yield Triple(node, iri(DCTERMS + key), literal(text))
        if source.published:
            kinds = (kind for form, kind in _DATE if re.fullmatch(form, source.published))
            issued = literal(source.published, next(kinds, "string"))
            yield Triple(node, iri(DCTERMS + "issued"), issued)

    def fact(self, fact: Fact) -> Iterator[Triple]:
        node, predicate = iri(fact.id), self.own(fact.predicate)
        subject, value = iri(fact.subject), _object(fact)
        if fact.predicate in self.symmetric and fact.object and fact.object < fact.subject:
            subject, value = iri(fact.object), iri(fact.subject)
        yield Triple(subject, predicate, value)
        yield Triple(node, TYPE, self.own("Claim"))
        yield Triple(node, TYPE, iri(RDF + "Statement"))
        yield Triple(node, iri(RDF + "subject"), subject)
        yield Triple(node, iri(RDF + "predicate"), predicate)
        yield Triple(node, iri(RDF + "object"), value)
        yield Triple(node, self.own("confidence"), literal(decimal(fact.confidence), "decimal"))
        for name, text in self._words(fact):
            if text:
                yield Triple(node, self.own(name), literal(text))
        if fact.value is not None and fact.value.high:
            high = literal(fact.value.high, fact.value.datatype)
            yield Triple(node, self.own("high"), high)
        if fact.source:
            yield from self.reference(node, fact.source)
        if fact.document:
            yield from self.evidence(node, fact.document, fact.start, fact.end, fact.quote)

    @staticmethod
    def _words(fact: Fact) -> tuple[tuple[str, str], ...]:
        value = fact.value
        return (
            ("status", fact.status),
            ("rule", fact.rule),
            ("trigger", fact.trigger),
            ("printed", value.printed if value else ""),
            ("qualifier", value.qualifier if value else ""),
        )

    def evidence(
        self, node: NamedNode, document: str, start: int, end: int, quote: str = ""
    ) -> Iterator[Triple]:
        place, whence = iri(node.value + "/evidence"), self.derived(document)
        yield Triple(node, DERIVED, whence)
        yield Triple(node, iri(OA + "hasTarget"), place)
        yield Triple(place, TYPE, iri(OA + "SpecificResource"))
        yield Triple(place, iri(OA + "hasSource"), whence)
        position = iri(node.value + "/position")
        yield Triple(place, iri(OA + "hasSelector"), position)
        yield Triple(position, TYPE, iri(OA + "TextPositionSelector"))
        yield Triple(position, iri(OA + "start"), literal(str(start), "integer"))
        yield Triple(position, iri(OA + "end"), literal(str(end), "integer"))
        if not quote:
            return
        exact = iri(node.value + "/quote")
        yield Triple(place, iri(OA + "hasSelector"), exact)
        yield Triple(exact, TYPE, iri(OA + "TextQuoteSelector"))
        yield Triple(exact, iri(OA + "exact"), literal(quote))
        source = self.by_id.get(document)
        if source:
            before, after = source.text[max(0, start - CONTEXT) : start], source.text[end:]
            yield Triple(exact, iri(OA + "prefix"), literal(before))
            yield Triple(exact, iri(OA + "suffix"), literal(after[:CONTEXT]))

    def reference(self, node: NamedNode, source: str) -> Iterator[Triple]:
        self.met.add(source)
        yield Triple(node, DERIVED, self.reference_iri(source))
        yield Triple(node, iri(DCTERMS + "source"), literal(source))

    def reference_iri(self, source: str) -> NamedNode:
        if re.match(r"https?://\S+$", source):
            return iri(source)
        return iri(self.base + "reference/" + digest(source))

    def references(self) -> Iterator[Triple]:
        for source in sorted(self.met):
            node = self.reference_iri(source)
            yield Triple(node, TYPE, iri(PROV + "Entity"))
            yield Triple(node, iri(DCTERMS + "title"), literal(source))


def _object(fact: Fact) -> NamedNode | Literal:
    value: Value | None = fact.value
    if value is None:
        return iri(fact.object)
    return literal(value.lexical, value.datatype)
