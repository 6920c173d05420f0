"""Questions, claims and things of a graph in, what the page of corrections shows of them out."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from kg.base.errors import QueryError
from kg.review.patterns import OF_A_CLAIM, effect, shared
from kg.review.queue import askable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.base.records import Entity, Fact, Source
    from kg.query.graph import Graph
    from kg.review.decisions import Decision
    from kg.review.queue import Question

    Place = tuple[str, int, int]

# Code points of the text that are shown on either side of a place.
BESIDE = 90
# Claims of a thing, and names of it, that are shown at most; a capital has thousands.
CLAIMS = 200
NAMES = 60
FIRST = 10  # claims and things that a preview shows


class ReviewPage:
    """A graph as the page asks about it: questions, things, documents and claims by their ids."""

    def __init__(self, graph: Graph) -> None:
        whole = graph.knowledge
        self.questions = askable(graph)
        self.by_id = {(q.kind, q.id): q for q in self.questions}
        self.entities = {e.id: e for e in whole.entities}
        self.sources = {s.id: s for s in whole.sources}
        self.facts = {f.id.rpartition("/")[2]: f for f in whole.facts}
        self.alike = Counter(
            (kind, *shared(f, kind)) for f in whole.facts if f.quote for kind in OF_A_CLAIM
        )
        # Where each thing, and each name of it, stands first.
        self.first: dict[tuple[str, str], Place] = {}
        for source in whole.sources:
            for n in source.named_places:
                place = (source.id, n.start, n.end)
                name = "".join(source.text[n.start : n.end].split())
                self.first.setdefault((n.entity, ""), place)
                self.first.setdefault((n.entity, name), place)

    def kind(self, question: Question) -> str:
        """The kind of a question; amounts that contradict each other are one of their own."""
        return "amount" if any(g[0] == "others" for g in question.grounds) else question.kind

    def classes(self, question: Question) -> set[str]:
        """The classes of the things that a question is about."""
        return {self.entities[end].type for end in question.ends}

    def documents(self, question: Question) -> set[str]:
        """The names of the documents that a question shows."""
        return {self.sources[place[0]].names[0] for place in self._places(question)}

    def question(self, question: Question) -> dict[str, Any]:
        """A question: why it is asked, what it is about, and the places that it rests on."""
        data = {
            "kind": question.kind,
            "sort": self.kind(question),
            "id": question.id,
            "harm": question.harm,
            "grounds": question.grounds,
            "reason": question.reason,
            "things": [thing(self.entities[end]) for end in question.ends],
            "places": [self.place(place) for place in self._places(question)],
        }
        if question.kind == "claim":
            fact = self.facts[question.id]
            alike = {kind: self.alike[kind, *shared(fact, kind)] for kind in OF_A_CLAIM}
            return {**data, "claim": self.claim(fact), "alike": alike}
        if question.kind == "merge":
            return {**data, "name": question.reject.name}
        return data

    def claim_question(self, id_: str) -> dict[str, Any]:
        """The question about one claim, also where it is decided.

        Raises:
            QueryError: If there is none.
        """
        number = id_.rpartition("/")[2]
        question, fact = self.by_id.get(("claim", number)), self.facts.get(number)
        if question is not None:
            return self.question(question)
        if fact is None or not fact.quote:
            raise QueryError(f"{id_!r} is no claim that a document of this graph makes")
        ends = [end for end in (fact.subject, fact.object) if end]
        return {
            "kind": "claim",
            "sort": "claim",
            "id": number,
            "grounds": [["decided", fact.review]],
            "things": [thing(self.entities[end]) for end in ends],
            "places": [self.place((fact.document, fact.start, fact.end))],
            "claim": self.claim(fact),
        }

    def claim(self, fact: Fact) -> dict[str, Any]:
        """What a claim says, by which rule."""
        return {
            "id": fact.id.rpartition("/")[2],
            "subject": thing(self.entities[fact.subject]),
            "predicate": fact.predicate,
            "object": thing(self.entities[fact.object]) if fact.object else None,
            "value": asdict(fact.value) if fact.value else None,
            "status": fact.status,
            "rule": fact.rule,
            "confidence": fact.confidence,
            "review": fact.review,
        }

    def thing(self, iri: str) -> dict[str, Any]:
        """A thing: its names, where it stands first, and what documents say of it.

        Raises:
            QueryError: If there is no such thing.
        """
        entity = self.entities.get(iri)
        if entity is None:
            raise QueryError(f"{iri!r} is no thing of this graph; it may be called otherwise now")
        facts = [f for f in self.facts.values() if f.quote and iri in (f.subject, f.object)]
        facts.sort(key=lambda f: (f.predicate, f.document, f.start, f.id))
        first = self.first.get((iri, ""))
        return {
            **thing(entity),
            "mentions": entity.mentions,
            "places": [self.place(first)] if first else [],
            "claims": [
                {**self.claim(f), "places": [self.place((f.document, f.start, f.end))]}
                for f in facts[:CLAIMS]
            ],
            "more": max(0, len(facts) - CLAIMS),
        }

    def effect(self, graph: Graph, decisions: Sequence[Decision]) -> dict[str, Any]:
        """What decisions would change: how much, and the first of it."""
        outcome = effect(graph, decisions)
        claims = (*outcome.removed, *outcome.confirmed)
        return {
            "decisions": outcome.decisions,
            "pattern": next((d.pattern for d in decisions), ""),
            "gone": len(outcome.removed),
            "confirmed": len(outcome.confirmed),
            "documents": outcome.documents,
            "things": [thing(e) for e in outcome.things[:FIRST]],
            "vanish": len(outcome.things),
            "unnamed": [thing(e) for e in outcome.unnamed[:FIRST]],
            "first": [
                {**self.claim(f), "places": [self.place((f.document, f.start, f.end))]}
                for f in claims[:FIRST]
            ],
            "digest": outcome.digest,
        }

    def place(self, place: Place) -> dict[str, Any]:
        """A stretch of a document with what stands around it."""
        source, start, end = self.sources[place[0]], place[1], place[2]
        return around(source, start, end)

    def _places(self, question: Question) -> list[Place]:
        """Where the words of a question stand; of names where they stand first."""
        if question.kind == "claim" and question.place:
            return [question.place]
        named = [(end, "") for end in question.ends]
        if question.kind == "merge":
            named.insert(0, (question.ends[0], question.reject.name))
        places = [question.place, *(self.first.get(one) for one in named)]
        return list(dict.fromkeys(place for place in places if place))


@lru_cache(maxsize=1)
def review_page(graph: Graph) -> ReviewPage:
    """The desk of a graph; a worker has one graph."""
    return ReviewPage(graph)


def thing(entity: Entity) -> dict[str, Any]:
    """A thing as the page names it."""
    names = [entity.name, *entity.aliases]
    return {"iri": entity.id, "name": entity.name, "type": entity.type, "names": names[:NAMES]}


def around(source: Source, start: int, end: int) -> dict[str, Any]:
    """A stretch of a document (code points, half-open) with what stands around it."""
    before, after = max(0, start - BESIDE), min(len(source.text), end + BESIDE)
    return {
        "document": source.names[0],
        "start": start,
        "end": end,
        "before": source.text[before:start],
        "words": source.text[start:end],
        "after": source.text[end:after],
        "cut": [before > 0, after < len(source.text)],
    }


def terms(graph: Graph) -> dict[str, Any]:
    """The words of the ontology that the page needs: labels, ends and values."""
    ontology = graph.ontology
    return {
        "classes": {c.name: {**c.label, "colour": c.colour} for c in ontology.classes.values()},
        "relations": {
            r.name: {**r.label, "domain": r.domain, "range": r.range}
            for r in ontology.relations.values()
        },
        "attributes": {
            a.name: {**a.label, "domain": a.domain, "datatypes": a.datatypes, "unit": a.unit}
            for a in ontology.attributes.values()
        },
        "statuses": {s.name: s.label for s in ontology.statuses.values()},
    }


def most_frequent(values: Iterable[str], most: int) -> list[list[Any]]:
    """How often each value is there, the most frequent first, so many at most.

    >>> most_frequent("abca", 2)
    [['a', 2], ['b', 1]]
    """
    counts: dict[str, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return [[v, n] for v, n in sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:most]]
