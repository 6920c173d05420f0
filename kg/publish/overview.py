"""A whole graph in, what is worth knowing of it first out, as plain data for the page.

All of the graph counts, also where a page draws a part of it. Every line names the claim
or the entity that it comes from.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kg.publish.contradictions import contradictions, shown
from kg.publish.dates import Days, dates
from kg.publish.districts import districts, there
from kg.publish.library import publisher, when

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.ontology import Ontology
    from kg.publish.things import Things
    from kg.records import Fact, Knowledge

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
class Whole:
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


def overview(whole: Whole, ontology: Ontology, things: Things) -> dict[str, Any]:
    """What the overview of a graph tells.

    Args:
        whole: The graph.
        ontology: Its order of classes and relations, and what it calls the largest.
        things: Gives the numbers of entities.

    Returns:
        ``classes`` and ``relations`` (pairs of name and count, a fact once however often it
        is said), ``districts`` (see there), ``largest``, ``newest``, ``documents``,
        ``contradictions``, ``unsure``, ``questions`` by part, and ``troubles`` as given.
        A claim is a row of file name, start, end and quotation.
    """
    teller = _Teller(whole, ontology, things)
    return {
        "classes": _ordered(Counter(e.type for e in whole.knowledge.entities), ontology.classes),
        "relations": _ordered(teller.linked(), ontology.relations),
        "districts": districts(whole.knowledge, ontology, things),
        "largest": teller.largest(),
        "newest": teller.newest(),
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


class _Teller:
    """The facts of a graph, by what the lists of an overview look for."""

    def __init__(self, whole: Whole, ontology: Ontology, things: Things) -> None:
        knowledge = whole.knowledge
        self.knowledge, self.ontology, self.things = knowledge, ontology, things
        self.files = {s.id: s.names[0] for s in knowledge.sources if s.names}
        self.dated = dates(knowledge, ontology, whole.days)
        known = things.entities
        self.links = [f for f in knowledge.facts if f.subject in known and f.object in known]
        self.values = [f for f in knowledge.facts if f.value is not None and f.subject in known]

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

    def linked(self) -> Counter[str]:
        return Counter(p for _, p, _ in {(f.subject, f.predicate, f.object) for f in self.links})

    def largest(self) -> dict[str, Any]:
        """The largest things of the class that the ontology names, each with its largest amount."""
        asked = self.ontology.largest
        if asked is None:
            return {}
        best: dict[str, Fact] = {}
        for fact in self.values:
            single = self.things.entities[fact.subject].type == asked.klass
            if single and fact.predicate == asked.attribute and _numeric(fact):
                rival = best.get(fact.subject)
                if rival is None or _size(fact) > _size(rival):
                    best[fact.subject] = fact
        first = sorted(best.values(), key=lambda f: (-_amount(f), f.subject))[:LINES]
        return {
            "class": asked.klass,
            "attribute": asked.attribute,
            "count": len(best),
            "rows": self.amounts(first, asked.by),
        }

    def amounts(self, facts: Sequence[Fact], by: Sequence[str]) -> list[dict[str, Any]]:
        wanted = {fact.subject for fact in facts}
        places, actors = defaultdict[str, list[int]](list), defaultdict[str, list[Any]](list)
        leading = {relation.name for relation in there(self.ontology)}
        for link in sorted(self.links, key=lambda f: (-f.confidence, f.id)):
            if link.predicate in leading and link.subject in wanted:
                places[link.subject].append(self.things.number(link.object))
            if link.predicate in by and link.object in wanted:
                actors[link.object].append([link.predicate, self.things.number(link.subject)])
        for found in actors.values():
            found.sort(key=lambda pair: by.index(pair[0]))
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

    def newest(self) -> list[dict[str, Any]]:
        """The facts of the latest days, each once."""
        found: dict[tuple[str, str, str], tuple[str, Fact]] = {}
        for fact in (f for f in self.links if f.quote):
            day, _ = self.dated.get(fact.id, ("", ""))
            key = (fact.subject, fact.predicate, fact.object)
            if day and (key not in found or (day, fact.id) > (found[key][0], found[key][1].id)):
                found[key] = (day, fact)
        ordered = sorted(found.values(), key=lambda pair: pair[1].id)
        ordered.sort(key=lambda pair: pair[0], reverse=True)
        return [{"date": day, **self.line(fact)} for day, fact in ordered[:LINES]]

    def contradictions(self) -> list[dict[str, Any]]:
        """The things of which documents say two things, with the first claim of each."""
        names = {iri: entity.name for iri, entity in self.things.entities.items()}
        return [
            {
                "thing": self.things.number(one.thing),
                "p": one.predicate,
                "o": [self.things.number(one.object)] if one.object in names else [],
                "kind": one.kind,
                "values": [
                    [shown(one.kind, side, facts, names), self.claim(facts[0])]
                    for side, facts in one.sides
                ],
            }
            for one in contradictions(self.knowledge, self.ontology)
            if one.thing in names
        ]

    def unsure(self) -> dict[str, Any]:
        """How many relations rest on a rule of little confidence, and the least sure of them."""
        doubtful = [f for f in self.links if f.quote and f.confidence < UNSURE]
        doubtful.sort(key=lambda f: (f.confidence, f.id))
        rows = [{"confidence": f"{f.confidence:g}", **self.line(f)} for f in doubtful[:LINES]]
        return {"count": len(doubtful), "below": f"{UNSURE:g}", "rows": rows}


def _once(pairs: Iterable[list[Any]]) -> list[list[Any]]:
    """Pairs of a relation and who is linked by it, each of these once, the first of several."""
    found: dict[int, list[Any]] = {}
    for pair in pairs:
        found.setdefault(pair[1], pair)
    return list(found.values())


def _numeric(fact: Fact) -> bool:
    return fact.value is not None and fact.value.datatype in ("decimal", "integer")


def _amount(fact: Fact) -> Decimal:
    return Decimal(fact.value.lexical if fact.value else 0)


def _size(fact: Fact) -> tuple[Decimal, float, str]:
    return _amount(fact), fact.confidence, fact.id


def _printed(fact: Fact) -> str:
    return fact.value.printed or fact.value.lexical if fact.value else ""


def _documents(whole: Whole) -> dict[str, Any]:
    """How many documents there are, from when to when, and by whom."""
    sources = whole.knowledge.sources
    days = sorted(filter(None, (when(whole.days[source.id]) for source in sources)))
    by = Counter(filter(None, map(publisher, sources)))
    return {
        "count": len(sources),
        "dated": len(days),
        "first": days[0] if days else "",
        "last": days[-1] if days else "",
        "publishers": sorted(([n, c] for n, c in by.items()), key=lambda r: (-r[1], r[0])),
    }
