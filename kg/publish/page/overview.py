"""Make an overview of a graph, as plain data for its page.

All of the graph counts, also where a page draws a part of it. Every line names the claim
or the entity that it comes from.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from kg.corpus.documents import heads
from kg.publish.derived.contradictions import contradictions, side_text
from kg.publish.derived.dates import Dates, Days
from kg.publish.derived.whereabouts import Whereabouts, placing_relations
from kg.publish.page.library import publisher, when
from kg.publish.page.summary.districts import districts
from kg.publish.page.summary.stories import stories
from kg.publish.page.summary.tiles import tiles
from kg.query.network import link, link_claims

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.base.records import Fact, Knowledge
    from kg.ontology import Ontology
    from kg.publish.page.things import Things
from kg.base.spool import Sorted

LINES = 30  # of each list; the questions give all
# The named question that answers a part in full, where the ontology asks it.
QUESTIONS = {
    "classesTold": "counts",
    "districts": "totals",
    "largest": "investments",
    "newest": "timeline",
    "documents": "documents",
    "contradictions": "contradictions",
}
UNSURE = 0.8  # claims of a lower confidence are told of: the rules of the ontology lie around 0.85


@dataclass(frozen=True)
class WholeGraph:
    """The whole graph behind a page, and what its build warns of.

    ``troubles`` are pairs of what (a file, a node) and why, by kind: ``skipped``,
    ``warnings``, ``violations``, ``notes``.
    """

    knowledge: Knowledge
    troubles: Mapping[str, Sequence[Sequence[str]]] = field(default_factory=dict)

    @cached_property
    def days(self) -> dict[str, Days]:
        """When each document was written, by its IRI; every text is searched for it once."""
        return {source.id: Days(source) for source in self.knowledge.sources}

    @cached_property
    def linked(self) -> Sorted[Fact]:
        """The facts between two things, those of one link together."""
        return link_claims(self.knowledge)


def overview(
    whole: WholeGraph, ontology: Ontology, things: Things, where: Whereabouts | None = None
) -> dict[str, Any]:
    """What the overview of a graph tells.

    Args:
        whole: The graph.
        ontology: Its order of classes and relations, and what it calls the largest.
        things: Gives the numbers of entities.
        where: The places of the graph, where they are known already.

    Returns:
        ``stories`` (see there), ``classes`` and ``relations`` (pairs of name and count, a fact
        once however often it is said), ``districts`` and ``tiles`` (see there), ``largest``,
        ``newest``, ``documents``,
        ``contradictions``, ``unsure``, ``questions`` by part, and ``troubles`` as given.
        A claim is a row of file name, start, end and quotation.
    """
    teller = _FactLists(whole, ontology, things)
    relations, latest = teller.linked()
    where = where or Whereabouts(whole.knowledge, ontology)
    tree = districts(whole.knowledge, ontology, things, where)
    return {
        "stories": stories(whole, ontology, things),
        "classes": _ordered(Counter(e.type for e in whole.knowledge.entities), ontology.classes),
        "relations": _ordered(relations, ontology.relations),
        "districts": tree,
        "tiles": tiles(whole.knowledge, ontology, things, where, tree["classes"]),
        "largest": teller.largest(),
        "newest": [{"date": day, **teller.line(fact)} for day, fact in latest],
        "documents": _documents(whole),
        "contradictions": teller.contradictions(),
        "unsure": teller.unsure(),
        "questions": {part: name for part, name in QUESTIONS.items() if name in ontology.questions},
        "troubles": {kind: [list(pair) for pair in rows] for kind, rows in whole.troubles.items()},
    }


def _ordered(counts: Counter[str], pages: Mapping[str, object]) -> list[list[Any]]:
    """Names with their counts: in the order of their pages, then those that have no page."""
    names = [*pages, *sorted(counts.keys() - pages.keys())]
    return [[name, counts[name]] for name in names if counts[name]]


class _FactLists:
    """The facts of a graph, by what the lists of an overview look for."""

    def __init__(self, whole: WholeGraph, ontology: Ontology, things: Things) -> None:
        knowledge = whole.knowledge
        self.knowledge, self.ontology, self.things = knowledge, ontology, things
        self.files = {s.id: s.names[0] for s in heads(knowledge.sources) if s.names}
        self.dates = Dates(knowledge.facts, ontology, whole.days)
        self.links = whole.linked

    def claim(self, fact: Fact) -> list[Any]:
        return [self.files.get(fact.document, ""), fact.start, fact.end, fact.quote]

    def line(self, fact: Fact) -> dict[str, Any]:
        return {
            "s": self.things.number(fact.subject),
            "p": fact.predicate,
            "o": self.things.number(fact.object),
            "status": fact.status,
            "claim": self.claim(fact),
        }

    def linked(self) -> tuple[Counter[str], list[tuple[str, Fact]]]:
        """How many links there are of each relation, and the facts of the latest days, each once.

        Of what several claims say the latest one counts.
        """
        counts: Counter[str] = Counter()
        latest: list[tuple[str, Fact]] = []
        for (*_, predicate), claims in groupby(self.links, key=link):
            counts[predicate] += 1
            claims_by_day = ((self.dates.of(fact)[0], fact) for fact in claims if fact.quote)
            days = [pair for pair in claims_by_day if pair[0]]
            if days:
                latest.append(max(days, key=lambda pair: (pair[0], pair[1].id)))
            if len(latest) > 100 * LINES:
                latest = _latest(latest)
        return counts, _latest(latest)

    def largest(self) -> dict[str, Any]:
        """The largest things of the class that the ontology names, each with its largest amount."""
        largest = self.ontology.largest
        if largest is None:
            return {}
        best: dict[str, Fact] = {}
        for fact in self.knowledge.facts:
            if fact.predicate == largest.attribute and _numeric(fact):
                rival = best.get(fact.subject)
                if rival is None or _size(fact) > _size(rival):
                    best[fact.subject] = fact
        known = self.things.entities
        # In order of their IRIs they stand together on the disk.
        single = {i for i in sorted(best) if i in known and known[i].type == largest.klass}
        best = {iri: fact for iri, fact in best.items() if iri in single}
        first = sorted(best.values(), key=lambda f: (-_amount(f), f.subject))[:LINES]
        return {
            "class": largest.klass,
            "attribute": largest.attribute,
            "count": len(best),
            "rows": self.amounts(first, largest.by),
        }

    def amounts(self, facts: Sequence[Fact], by: Sequence[str]) -> list[dict[str, Any]]:
        wanted = {fact.subject for fact in facts}
        places, actors = defaultdict[str, list[int]](list), defaultdict[str, list[Any]](list)
        placing = {relation.name for relation in placing_relations(self.ontology)}
        near = [fact for fact in self.links if not wanted.isdisjoint((fact.subject, fact.object))]
        for fact in sorted(near, key=lambda f: (-f.confidence, f.id)):
            if fact.predicate in placing and fact.subject in wanted:
                places[fact.subject].append(self.things.number(fact.object))
            if fact.predicate in by and fact.object in wanted:
                actors[fact.object].append([fact.predicate, self.things.number(fact.subject)])
        for of_thing in actors.values():
            of_thing.sort(key=lambda pair: by.index(pair[0]))
        return [
            {
                "thing": self.things.number(fact.subject),
                "amount": fact.value.lexical if fact.value else "",
                "printed": _printed(fact),
                "by": _once(actors[fact.subject])[:3],
                "place": places[fact.subject][:1],
                "claim": self.claim(fact),
            }
            for fact in facts
        ]

    def contradictions(self) -> list[dict[str, Any]]:
        """The things of which documents say two things, with the first claim of each."""
        known = self.things.entities
        contradicted = [
            c for c in contradictions(self.knowledge, self.ontology) if c.thing in known
        ]
        places = {side for one in contradicted if one.kind == "place" for side, _ in one.sides}
        names = {iri: known[iri].name for iri in sorted(places) if iri in known}
        return [
            {
                "thing": self.things.number(one.thing),
                "p": one.predicate,
                "o": [self.things.number(one.object)] if one.object in known else [],
                "kind": one.kind,
                "values": [
                    [side_text(one.kind, side, facts, names), self.claim(facts[0])]
                    for side, facts in one.sides
                ],
            }
            for one in contradicted
        ]

    def unsure(self) -> dict[str, Any]:
        """How many relations rest on a rule of little confidence, and the least sure of them."""
        count = 0
        first: list[Fact] = []
        for fact in self.links:
            if fact.quote and fact.confidence < UNSURE:
                count += 1
                first.append(fact)
            if len(first) > 100 * LINES:
                first = _least_sure(first)
        rows = [{"confidence": f"{f.confidence:g}", **self.line(f)} for f in _least_sure(first)]
        return {"count": count, "below": f"{UNSURE:g}", "rows": rows}


def _latest(claims_by_day: list[tuple[str, Fact]]) -> list[tuple[str, Fact]]:
    ordered = sorted(claims_by_day, key=lambda pair: pair[1].id)
    return sorted(ordered, key=itemgetter(0), reverse=True)[:LINES]


def _least_sure(facts: list[Fact]) -> list[Fact]:
    return sorted(facts, key=lambda f: (f.confidence, f.id))[:LINES]


def _once(pairs: Iterable[list[Any]]) -> list[list[Any]]:
    """Pairs of a relation and who is linked by it, each of these once, the first of several."""
    first_pairs: dict[int, list[Any]] = {}
    for pair in pairs:
        first_pairs.setdefault(pair[1], pair)
    return list(first_pairs.values())


def _numeric(fact: Fact) -> bool:
    return fact.value is not None and fact.value.datatype in ("decimal", "integer")


def _amount(fact: Fact) -> Decimal:
    return Decimal(fact.value.lexical if fact.value else 0)


def _size(fact: Fact) -> tuple[Decimal, float, str]:
    return _amount(fact), fact.confidence, fact.id


def _printed(fact: Fact) -> str:
    return fact.value.printed or fact.value.lexical if fact.value else ""


def _documents(whole: WholeGraph) -> dict[str, Any]:
    """How many documents there are, from when to when, and by whom."""
    sources = heads(whole.knowledge.sources)
    days = sorted(filter(None, (when(whole.days[source.id]) for source in sources)))
    by = Counter(filter(None, map(publisher, sources)))
    return {
        "count": len(whole.knowledge.sources),
        "dated": len(days),
        "first": days[0] if days else "",
        "last": days[-1] if days else "",
        "publishers": sorted(([n, c] for n, c in by.items()), key=lambda r: (-r[1], r[0])),
    }
