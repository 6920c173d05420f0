"""Find what the documents of a graph say differently of one thing, side by side.

The overview of a page, the report and ``kg explain`` show what this gives; the question
``contradictions`` asks the same of the store. Only what cannot both be true counts: two amounts;
two dates that different documents tell; what goes on after its end; two registered places.
Nothing is decided: every claim stays.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from kg.base.spool import Sorted, place
from kg.corpus.documents import heads
from kg.publish.derived.whereabouts import Whereabouts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from kg.base.records import Fact, Knowledge, Value
    from kg.ontology import Ontology
    from kg.publish.derived.whereabouts import Links

Sides = dict[str, list["Fact"]]
# The name of a kind, a thing, a predicate and an object.
Key = tuple[str, str, str, str]
NUMBERS = ("decimal", "integer")
_DAY = re.compile(r"\d{4}(-\d\d){0,2}")
_WHOLE = len("2024-03-05")


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What is said of one thing in two or more ways.

    Attributes:
        kind: ``amount``, ``date``, ``status`` or ``place``.
        thing: The IRI of what it is said of.
        predicate: The attribute or relation.
        object: What the relation leads to, of a status; else empty.
        sides: Each way with the claims that say so, in order of their documents. It is a value
            as the graph keeps it, the name of a status, or the IRI of a place.
    """

    kind: str
    thing: str
    predicate: str
    object: str
    sides: tuple[tuple[str, tuple[Fact, ...]], ...]


def contradictions(knowledge: Knowledge, ontology: Ontology) -> tuple[Contradiction, ...]:
    """All contradictions of a graph, by thing, predicate and object; the same for every order."""
    graph_facts, result = _GraphFacts(knowledge, ontology), []
    for (name, thing, predicate, other), sides in _grouped(knowledge.facts, ontology):
        kind = _KINDS[name]
        opposed = [
            (side, tuple(sorted(facts, key=lambda f: (f.document, f.start, f.id))))
            for side, facts in sides.items()
            if any(one != side and kind.apart(side, one, sides, graph_facts) for one in sides)
        ]
        if opposed:
            opposed.sort(key=lambda pair: kind.order(pair[0], ontology))
            result.append(Contradiction(name, thing, predicate, other, tuple(opposed)))
    return tuple(sorted(result, key=lambda c: (c.thing, c.predicate, c.object, c.kind)))


def _grouped(facts: Sequence[Fact], ontology: Ontology) -> Iterator[tuple[Key, Sides]]:
    """What is said of each thing in so many ways, where these are two at least."""
    stated: Sorted[tuple[Key, str, Fact]] = Sorted(place(facts), key=itemgetter(0))
    for fact in facts:
        if fact.quote:
            for name, kind in _KINDS.items():
                if side := kind.side(fact, ontology):
                    stated.add(
                        ((name, fact.subject, fact.predicate, kind.object(fact)), side, fact)
                    )
    for key, group in groupby(stated, key=itemgetter(0)):
        sides: Sides = defaultdict(list)
        for _, side, fact in group:
            sides[side].append(fact)
        if len(sides) > 1:
            yield key, sides


def side_text(kind: str, side: str, facts: Sequence[Fact], names: Mapping[str, str]) -> str:
    """One side in words: a value as printed, the name of a place, a status as it is called.

    Args:
        kind: The kind of the contradiction.
        side: The side.
        facts: Its claims; the first is shown.
        names: The names of places by IRI.
    """
    if kind == "place":
        return names.get(side, side)
    value = facts[0].value
    return (value.printed or side) if value and kind != "status" else side


class _GraphFacts:
    """What else the graph tells: which places lie in which, and the days of documents."""

    def __init__(self, knowledge: Knowledge, ontology: Ontology) -> None:
        self.knowledge, self.ontology = knowledge, ontology

    @cached_property
    def above(self) -> Links:
        return Whereabouts(self.knowledge, self.ontology).above

    @cached_property
    def days(self) -> dict[str, str]:
        """When each document says that it was published, if it does."""
        return {
            s.id: s.published for s in heads(self.knowledge.sources) if _DAY.fullmatch(s.published)
        }

    def lies(self, place: str, within: str) -> bool:
        """Whether a place lies in another, through any number of others."""
        above, todo = {place}, [place]
        while todo:
            new = self.above.get(todo.pop(), frozenset()) - above
            above |= new
            todo += new
        return within in above

    def follows(self, fact: Fact, earlier: Fact) -> bool:
        """Whether the document of a claim is of the day of another's, or later."""
        day, before = self.days.get(fact.document, ""), self.days.get(earlier.document, "")
        if not day or not before:
            return False
        # 2024-03 is not later than 2024: it may be before the day that is meant.
        return day > before if not day.startswith(before) else len(before) == _WHOLE


@dataclass(frozen=True, slots=True)
class _Kind:
    """How one kind of contradiction is told.

    ``side`` is what a claim says, empty where it cannot contradict; ``apart`` whether two sides
    cannot both be; ``order`` sorts them; ``object`` is what else they must have in common.
    """

    side: Callable[[Fact, Ontology], str]
    apart: Callable[[str, str, Sides, _GraphFacts], bool]
    order: Callable[[str, Ontology], tuple[object, ...]]
    object: Callable[[Fact], str] = lambda _: ""


def _amount(fact: Fact, ontology: Ontology) -> str:
    attribute, value = ontology.attributes.get(fact.predicate), fact.value
    return value.lexical if attribute and attribute.unit and value and _number(value) else ""


def _number(value: Value) -> bool:
    return value.datatype in NUMBERS


def _date(fact: Fact, ontology: Ontology) -> str:
    attribute, value = ontology.attributes.get(fact.predicate), fact.value
    return value.lexical if attribute and "date" in attribute.datatypes and value else ""


def _registered(fact: Fact, ontology: Ontology) -> str:
    """The one place that a thing can have, where the words say that it is of this sort."""
    relation = ontology.relations.get(fact.predicate)
    return fact.object if relation and fact.trigger.startswith(relation.single or ("\0",)) else ""


def _other_days(one: str, other: str) -> bool:
    """Whether neither date is the other less precisely (2024-03, --03-05 and 2024-03-05)."""
    (year, day), (other_year, other_day) = _split_range(one), _split_range(other)
    if year and other_year and year != other_year:
        return True
    return not (day.startswith(other_day) or other_day.startswith(day))


def _split_range(date: str) -> tuple[str, str]:
    """The year, and month and day, as far as they are told."""
    return ("", date[2:]) if date.startswith("--") else (date[:4], date[5:])


def _other_documents(one: str, other: str, sides: Sides) -> bool:
    """Whether two documents say so: one that tells two dates means two things (written, issued)."""
    return len({fact.document for side in (one, other) for fact in sides[side]}) > 1


def _unlike_dates(one: str, other: str, sides: Sides, _: _GraphFacts) -> bool:
    return _other_days(one, other) and _other_documents(one, other, sides)


def _after_its_end(one: str, other: str, sides: Sides, graph_facts: _GraphFacts) -> bool:
    """Whether a document calls something open that one before it calls ended."""
    statuses = graph_facts.ontology.statuses
    return any(
        end in statuses and going in statuses[end].ends and graph_facts.follows(later, earlier)
        for end, going in ((one, other), (other, one))
        for earlier in sides[end]
        for later in sides[going]
    )


def _other_places(one: str, other: str, _: Sides, graph_facts: _GraphFacts) -> bool:
    return not graph_facts.lies(one, other) and not graph_facts.lies(other, one)


def _rung(status: str, ontology: Ontology) -> tuple[int, str]:
    ladder = [*ontology.statuses, status]
    return ladder.index(status), status


_KINDS = {
    "amount": _Kind(_amount, lambda *_: True, lambda side, _: (Decimal(side),)),
    "date": _Kind(_date, _unlike_dates, lambda side, _: (side,)),
    "status": _Kind(
        lambda fact, _: fact.status,
        _after_its_end,
        _rung,
        lambda fact: fact.object or (fact.value.lexical if fact.value else ""),
    ),
    "place": _Kind(_registered, _other_places, lambda side, _: (side,)),
}
