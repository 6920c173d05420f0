"""One record in, its triples out, as rows: an entity, a document, a claim, a post, a deal.

Every fact is one direct triple and one claim node that carries status, confidence, rule
and evidence. IRIs come from the records; the only ones made here belong to what a claim,
a merge or a reference owns, so equal records give equal triples on every machine.
"""

from __future__ import annotations

import hashlib
import re
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.extract.resolve.identity.merges import merge_confidence
from kg.store.rdf.namespaces import ALT_LABEL, DCTERMS, DERIVED, LABEL, OA, ORG, PROV, RDF, SCHEMA
from kg.store.rdf.rows import Row, resource, value
from kg.store.rdf.sources import DocumentTexts
from kg.store.rdf.turtle import TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.base.records import Amount, Attestation, Deal, Entity, Fact, Merge, Post, Source
    from kg.ontology import Ontology


def _term(space: str, name: str) -> str:
    return f"<{space}{name}>"


_TYPE, _LABEL, _DERIVED = map(str, (TYPE, LABEL, DERIVED))
_ENTITY = _term(PROV, "Entity")
_STATEMENT, _SUBJECT, _PREDICATE, _OBJECT = (
    _term(RDF, name) for name in ("Statement", "subject", "predicate", "object")
)
_SPECIFIC_RESOURCE, _TEXT_POSITION, _TEXT_QUOTE = (
    _term(OA, name) for name in ("SpecificResource", "TextPositionSelector", "TextQuoteSelector")
)
_HAS_TARGET, _HAS_SOURCE, _HAS_SELECTOR, _START, _END, _EXACT, _PREFIX, _SUFFIX = (
    _term(OA, name)
    for name in (
        "hasTarget", "hasSource", "hasSelector", "start", "end", "exact", "prefix", "suffix",
    )
)  # fmt: skip
_MEMBERSHIP, _MEMBER, _ORGANISATION = (
    _term(ORG, name) for name in ("Membership", "member", "organization")
)
_DATE = (
    (r"\d{4}-\d\d-\d\d", "date"),
    (r"\d{4}-\d\d", "gYearMonth"),
    (r"\d{4}", "gYear"),
    (r"--\d\d-\d\d", "gMonthDay"),
)


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


class Writer:
    """Records in, their rows out; remembers documents by id, and the references met.

    A record's rows are its own, but for the triple that a fact states: several may state it.
    """

    def __init__(self, ontology: Ontology, base: str, sources: Iterable[Source]) -> None:
        self.ontology, self.space = ontology, ontology.namespace
        self.symmetric = {r.name for r in ontology.relations.values() if r.symmetric}
        self.base = base
        self.documents = DocumentTexts(sources)
        self.met: set[str] = set()
        self.known: dict[str, str] = {}
        self.kinds = (self.own("Document"), _term(SCHEMA, "CreativeWork"), _ENTITY)

    def own(self, name: str) -> str:
        return self.known.get(name) or self.known.setdefault(name, resource(self.space + name))

    def derived(self, document: str) -> str:
        """The IRI of a document, which may be told by its id alone and lie elsewhere."""
        whole = document if ":" in document else f"{self.base}document/{document}"
        return resource(self.documents.iri(document) or whole)

    def entity(self, entity: Entity) -> Iterator[Row]:
        node = resource(entity.id)
        yield node, _TYPE, self.own(entity.type)
        yield node, _LABEL, value(entity.name, language="zh")
        for alias in entity.aliases:
            yield node, str(ALT_LABEL), value(alias, language="zh")
        yield node, self.own("mentions"), value(str(entity.mentions), "integer")
        if entity.subtype:
            yield node, self.own("subtype"), value(entity.subtype)
        if entity.code:
            yield node, self.own("divisionCode"), value(entity.code)
        if entity.doubtful:
            yield node, self.own("doubtful"), value("true", "boolean")
        if entity.background:
            yield from self.reference(node, entity.background)
        for merge in entity.merges:
            yield from self.merge(entity.id, merge)

    def merge(self, entity: str, merge: Merge) -> Iterator[Row]:
        start, end = (merge.start, merge.end) if merge.start < merge.end else (0, 0)
        where = (merge.document, str(start), str(end)) if merge.document else ()
        node = resource(
            self.base + "merge/" + digest(entity, merge.name, merge.rule, merge.reason, *where)
        )
        yield node, _TYPE, self.own("Merge")
        yield node, self.own("entity"), resource(entity)
        yield node, self.own("mergedName"), value(merge.name, language="zh")
        yield node, self.own("rule"), value(merge.rule)
        yield node, self.own("reason"), value(merge.reason)
        sure = merge_confidence(merge.rule, self.ontology)
        yield node, self.own("confidence"), value(decimal(sure), "decimal")
        if merge.document and end:
            yield from self.evidence(node, merge.document, start, end)
        elif merge.document:
            # The reason rests on the whole document, no words in it.
            yield node, _DERIVED, self.derived(merge.document)

    def source(self, source: Source) -> Iterator[Row]:
        node = resource(source.id)
        for kind in self.kinds:
            yield node, _TYPE, kind
        for name in source.names:
            yield node, _term(DCTERMS, "identifier"), value(name)
        yield node, _term(DCTERMS, "format"), value(source.media)
        for key, text in (("title", source.title), ("publisher", source.publisher)):
            if text:
                yield node, _term(DCTERMS, key), value(text)
        if source.published:
            yield node, _term(DCTERMS, "issued"), _dated(source.published)
        day, by = written(source)
        if day:
            yield node, self.own("written"), _dated(day)
            yield node, self.own("dated"), value(by)

    def fact(self, fact: Fact) -> Iterator[Row]:
        yield self.stated(fact)
        yield from self.claim(fact)

    def stated(self, fact: Fact) -> Row:
        """The triple that a fact states."""
        subject, target = resource(fact.subject), _object(fact)
        if self.is_inverted(fact):
            subject, target = target, subject
        return subject, self.own(fact.predicate), target

    def is_inverted(self, fact: Fact) -> bool:
        """Whether what a fact states begins at its object: of two equal ends the first by IRI."""
        return fact.predicate in self.symmetric and "" < fact.object < fact.subject

    def claim(self, fact: Fact) -> Iterator[Row]:
        node = resource(fact.id)
        subject, predicate, target = self.stated(fact)
        yield node, _TYPE, self.own("Claim")
        yield node, _TYPE, _STATEMENT
        yield node, _SUBJECT, subject
        yield node, _PREDICATE, predicate
        yield node, _OBJECT, target
        yield node, self.own("confidence"), value(decimal(fact.confidence), "decimal")
        for name, text in self._words(fact):
            if text:
                yield node, self.own(name), value(text)
        if fact.value is not None and fact.value.high:
            yield node, self.own("high"), value(fact.value.high, fact.value.datatype)
        if fact.value is not None and fact.value.anchor:
            yield node, self.own("anchor"), _dated(fact.value.anchor)
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
            ("review", fact.review),
            ("printed", value.printed if value else ""),
            ("qualifier", value.qualifier if value else ""),
            ("anchorSource", value.source if value else ""),
        )

    def post(self, post: Post) -> Iterator[Row]:
        node = resource(post.id)
        yield node, _TYPE, self.own("Post")
        yield node, _TYPE, _MEMBERSHIP
        yield node, _MEMBER, resource(post.person)
        if post.organisation:
            yield node, _ORGANISATION, resource(post.organisation)
        if post.title:
            yield node, self.own("title"), value(post.title)
        if post.byline:
            yield node, self.own("byline"), value(post.byline)
        for attestation in post.attestations:
            yield from self.attestation_rows(node, attestation)

    def byline(self, post: Post) -> Iterator[tuple[str, Row]]:
        """What a byline says of its documents, each with the IRI of the document."""
        person, predicate = resource(post.person), _term(SCHEMA, post.byline)
        for attestation in post.attestations if post.byline else ():
            yield attestation.document, (self.derived(attestation.document), predicate, person)

    def deal(self, deal: Deal) -> Iterator[Row]:
        node = resource(deal.id)
        yield node, _TYPE, self.own("Deal")
        for part, things in (
            ("party", deal.parties),
            ("project", deal.projects),
            ("agreement", deal.agreements),
            ("place", deal.places),
            ("event", deal.events),
        ):
            for thing in things:
                yield node, self.own(part), resource(thing)
        for day in deal.days:
            yield node, self.own("day"), value(day.lexical, day.datatype)
        for status in deal.statuses:
            yield node, self.own("status"), value(status)
        for amount in deal.amounts:
            yield from self.amount(deal, amount)
        for attestation in deal.attestations:
            yield from self.attestation_rows(node, attestation)

    def amount(self, deal: Deal, amount: Amount) -> Iterator[Row]:
        """A sum of a deal: how much, of which currency, of what, and the claims that say so."""
        parts = amount.value, amount.kind, amount.currency
        words = ("printed", amount.printed), ("qualifier", amount.qualifier)
        own = digest(*parts, amount.printed, amount.qualifier, amount.high)
        node = resource(f"{deal.id}/amount/{own}")
        yield resource(deal.id), self.own("amount"), node
        yield node, _TYPE, self.own("Amount")
        yield node, self.own("value"), value(amount.value, "decimal")
        yield node, self.own("currency"), value(amount.currency)
        yield node, self.own("kind"), value(amount.kind)
        for name, text in words:
            if text:
                yield node, self.own(name), value(text)
        if amount.high:
            yield node, self.own("high"), value(amount.high, "decimal")
        for claim in amount.claims:
            yield node, self.own("claim"), resource(claim)

    def attestation_rows(self, node: str, attestation: Attestation) -> Iterator[Row]:
        """Where a post or a deal is told: evidence, with its claims, tenure and term."""
        document = attestation.document
        start, end = attestation.start, attestation.end
        where = document.removeprefix(f"{self.base}document/"), str(start), str(end)
        part = f"{node[:-1]}/{digest(*where, attestation.tenure)[:16]}>"
        yield from self.evidence(node, document, start, end, attestation.quote, part)
        place = f"{part[:-1]}/evidence>"
        for claim in attestation.claims:
            yield place, self.own("claim"), resource(claim)
        if attestation.tenure:
            yield place, self.own("tenure"), value(attestation.tenure)
        if attestation.doubtful:
            yield place, self.own("doubtful"), value("true", "boolean")
        for name, day in (("since", attestation.since), ("until", attestation.until)):
            if day is not None:
                yield place, self.own(name), value(day.lexical, day.datatype)

    def evidence(
        self, node: str, document: str, start: int, end: int, quote: str = "", part: str = ""
    ) -> Iterator[Row]:
        """Where a node rests on a document; ``part`` is what the IRIs begin with, if not it."""
        whence = self.derived(document)
        yield node, _DERIVED, whence
        node, above = part or node, node
        place = f"{node[:-1]}/evidence>"
        yield above, _HAS_TARGET, place
        yield place, _TYPE, _SPECIFIC_RESOURCE
        yield place, _HAS_SOURCE, whence
        position = f"{node[:-1]}/position>"
        yield place, _HAS_SELECTOR, position
        yield position, _TYPE, _TEXT_POSITION
        yield position, _START, value(str(start), "integer")
        yield position, _END, value(str(end), "integer")
        if not quote:
            return
        exact = f"{node[:-1]}/quote>"
        yield place, _HAS_SELECTOR, exact
        yield exact, _TYPE, _TEXT_QUOTE
        yield exact, _EXACT, value(quote)
        around = self.documents.around(document, start, end)
        if around:
            yield exact, _PREFIX, value(around[0])
            yield exact, _SUFFIX, value(around[1])

    def reference(self, node: str, source: str) -> Iterator[Row]:
        self.met.add(source)
        yield node, _DERIVED, self.reference_iri(source)
        yield node, _term(DCTERMS, "source"), value(source)

    def reference_iri(self, source: str) -> str:
        if re.match(r"https?://\S+$", source):
            return resource(source)
        return resource(self.base + "reference/" + digest(source))

    def references(self) -> Iterator[Row]:
        for source in sorted(self.met):
            node = self.reference_iri(source)
            yield node, _TYPE, _ENTITY
            yield node, _term(DCTERMS, "title"), value(source)


def written(source: Source) -> tuple[str, str]:
    """The day of a document, of several articles the latest one, and what tells it."""
    days = ((a.date, a.date_source) for a in source.articles if a.date)
    return max(days, key=lambda day: (day[0][0] != "-", day), default=("", ""))


def _dated(day: str) -> str:
    """A day as a literal, as precise as it is."""
    kinds = (kind for form, kind in _DATE if re.fullmatch(form, day))
    return value(day, next(kinds, "string"))


def _object(fact: Fact) -> str:
    fact_value = fact.value
    return (
        resource(fact.object)
        if fact_value is None
        else value(fact_value.lexical, fact_value.datatype)
    )
