"""A whole graph in, the few things to read of it first out: each with its things and sentences.

A story is no summary: it is a list of deals, facts or contradictions of the graph, each with its
quotation, of which the page makes one sentence. Nothing is added up, for one project may have
two names.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, Any

from kg.base.money import money
from kg.corpus.compound.implausible_sums import limit
from kg.corpus.documents import heads
from kg.extract.values.sum_kinds import YUAN, sum_kinds
from kg.publish.page.summary.interest import TELLING, weights
from kg.query.network import link

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.base.records import Amount, Attestation, Deal, Fact
    from kg.ontology import Ontology
    from kg.publish.page.overview import WholeGraph
    from kg.publish.page.things import Things

LINES = 5  # deals of a story
FIRMS = 3  # firms of one, with so many facts of each
FACTS = 24
SIGNED = "signed"
# Finer kinds of organisations that are firms, or may be: of a short name it is not known.
KINDS = ("company", "finance", "fund", "")


def stories(whole: WholeGraph, ontology: Ontology, things: Things) -> list[dict[str, Any]]:
    """What is worth reading first, as far as the graph has it.

    Returns:
        Each with ``story`` (``deals``, ``signings``, ``firms``, ``latest``), ``count`` (how many
        there are in all) and ``rows``. Of a deal: ``about``, ``by``, ``at`` (numbers of things),
        ``sum`` (kind, as printed), ``day`` of the document that tells it, ``claim``. Of a firm:
        ``thing``, ``count`` of those it deals with and ``facts``. Numbers of things are those of
        ``things``; a claim is a row of file name, start, end and quotation.
    """
    teller = _Teller(whole, ontology, things)
    candidates = (teller.deals(), teller.signings(), teller.firms(), teller.latest())
    return [story for story in candidates if story["rows"]]


@dataclass(frozen=True, slots=True)
class _Sized:
    """A deal with its largest sum, and where that is told."""

    deal: Deal
    amount: Amount
    attestation: Attestation


class _Teller:
    def __init__(self, whole: WholeGraph, ontology: Ontology, things: Things) -> None:
        self.whole, self.ontology, self.things = whole, ontology, things
        self.knowledge = whole.knowledge
        self.files = {s.id: s.names[0] for s in heads(self.knowledge.sources) if s.names}
        self.kinds = sum_kinds(ontology)
        # The rung that ends what was begun: nothing of it comes.
        last = list(ontology.statuses)[-1:]
        self.ended = {name for name in last if ontology.statuses[name].ends}
        self.weights = weights(ontology)

    def deals(self) -> dict[str, Any]:
        """The largest sums that works cost, in yuan; of those that are equal the first by IRI."""
        sized = [row for deal in self.knowledge.deals if (row := self._sized(deal))]
        sized.sort(key=lambda one: (-Decimal(one.amount.value), one.deal.id))
        rows = [self._row(one.deal, one.attestation, one.amount) for one in sized[:LINES]]
        return {"story": "deals", "count": len(sized), "rows": rows}

    def _sized(self, deal: Deal) -> _Sized | None:
        # What a sum is else is what the work costs; a slip of a text is never the largest.
        cost = self.kinds.each[-1].name if self.kinds.each else ""
        sums = [
            one
            for one in deal.amounts
            if one.kind == cost and one.currency == YUAN and not limit(one, self.kinds)
        ]
        if not sums or self.ended.intersection(deal.statuses):
            return None
        best = max(sums, key=lambda one: (Decimal(one.value), one.printed))
        attestations = [t for t in deal.attestations if set(t.claims) & set(best.claims)]
        return _Sized(deal, best, attestations[0]) if attestations and self._known(deal) else None

    def _known(self, deal: Deal) -> bool:
        """Whether it is told of what or by whom, by things of the graph."""
        named = (*deal.projects, *deal.agreements, *deal.parties)
        return any(part in self.things.entities for part in named)

    def signings(self) -> dict[str, Any]:
        """What was signed, by the day of the document that tells it, the newest first."""
        signed = []
        for deal in self.knowledge.deals:
            if SIGNED in deal.statuses and deal.attestations and self._known(deal):
                attestation = max(
                    deal.attestations, key=lambda t: (self._day(t), t.document, -t.start)
                )
                if self._day(attestation):
                    signed.append((self._day(attestation), deal.id, deal, attestation))
        signed.sort(key=lambda one: (one[0], one[1]), reverse=True)
        rows = [self._row(deal, attestation) for _, _, deal, attestation in signed[:LINES]]
        return {"story": "signings", "count": len(signed), "rows": rows}

    def _day(self, evidence: Attestation | Fact) -> str:
        days = self.whole.days.get(evidence.document)
        return days.at(evidence.start) if days else ""

    def _row(
        self, deal: Deal, attestation: Attestation, amount: Amount | None = None
    ) -> dict[str, Any]:
        amount = amount or max(deal.amounts, key=lambda a: Decimal(a.value), default=None)
        about = (*deal.projects, *deal.agreements)
        return {
            "about": self._numbers(about),
            "by": self._numbers(p for p in deal.parties if p not in about),
            "at": self._numbers((*deal.places, *deal.events)),
            "sum": [amount.kind, _printed(amount)] if amount else [],
            "day": self._day(attestation),
            "status": next(iter(deal.statuses), ""),
            "claim": [
                self.files.get(attestation.document, ""),
                attestation.start,
                attestation.end,
                attestation.quote,
            ],
        }

    def _numbers(self, iris: Iterable[str]) -> list[int]:
        known = self.things.entities
        return [self.things.number(iri) for iri in dict.fromkeys(iris) if iri in known]

    def _claims_by_thing(self) -> dict[str, list[Fact]]:
        """The surest claim of each link that says what somebody does, by both its ends."""
        by_thing: defaultdict[str, list[Fact]] = defaultdict(list)
        for (*_, predicate), claims in groupby(self.whole.linked, key=link):
            if self.weights.get(predicate, 0) >= TELLING:
                quoted = [fact for fact in claims if fact.quote]
                if quoted:
                    best = max(quoted, key=lambda f: (f.confidence, f.id))
                    for end in (best.subject, best.object):
                        by_thing[end].append(best)
        return by_thing

    def firms(self) -> dict[str, Any]:
        """The firms that do most with most others."""
        claims, known = self._claims_by_thing(), self.things.entities
        partners = {
            iri: len({end for fact in facts for end in (fact.subject, fact.object)} - {iri})
            for iri, facts in claims.items()
        }
        bodies = {c.name for c in self.ontology.classes.values() if c.identified_by == "body"}
        ranked = sorted(partners, key=lambda iri: (-partners[iri], iri))
        first: list[str] = []
        for iri in ranked:
            if partners[iri] < 2 or len(first) == FIRMS:
                break
            entity = known.get(iri)
            if entity and entity.type in bodies and entity.subtype in KINDS:
                first.append(iri)
        rows = [
            {
                "thing": self.things.number(iri),
                "count": partners[iri],
                "facts": self._lines(self._one_each(iri, claims[iri])),
            }
            for iri in first
        ]
        return {"story": "firms", "count": len(rows), "rows": rows}

    def _lines(self, facts: Iterable[Fact]) -> list[dict[str, Any]]:
        ordered = sorted(facts, key=lambda f: (-f.confidence, f.id))
        return [self._line(fact) for fact in ordered if self._drawable(fact)][:FACTS]

    def _one_each(self, iri: str, facts: Iterable[Fact]) -> list[Fact]:
        """The surest fact of a thing with each other."""
        surest: dict[str, Fact] = {}
        for fact in sorted(facts, key=lambda f: (-f.confidence, f.id)):
            surest.setdefault(fact.object if fact.subject == iri else fact.subject, fact)
        return list(surest.values())

    def _drawable(self, fact: Fact) -> bool:
        return fact.subject in self.things.entities and fact.object in self.things.entities

    def _line(self, fact: Fact) -> dict[str, Any]:
        return {
            "s": self.things.number(fact.subject),
            "p": fact.predicate,
            "o": self.things.number(fact.object),
            "status": fact.status,
            "claim": [self.files.get(fact.document, ""), fact.start, fact.end, fact.quote],
        }

    def latest(self) -> dict[str, Any]:
        """What the documents of the newest day say that somebody does."""
        days: dict[str, dict[str, Fact]] = {}
        for facts in self._claims_by_thing().values():
            for fact in facts:
                day = self._day(fact)
                if len(day) == len("2000-01-01"):
                    days.setdefault(day, {})[fact.id] = fact
        if not days:
            return {"story": "latest", "count": 0, "rows": []}
        last = max(days)
        rows = self._lines(days[last].values())
        return {"story": "latest", "day": last, "count": len(days[last]), "rows": rows}


def _printed(amount: Amount) -> str:
    alone = not amount.printed or amount.printed[-1].isdigit()
    return money(amount.value, amount.currency) if alone else amount.printed
