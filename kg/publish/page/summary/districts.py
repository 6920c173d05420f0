"""Make a tree of places with the numbers of what is said to be in them."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from kg.publish.derived.whereabouts import placed_classes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.base.records import Fact, Knowledge
    from kg.ontology import Ontology
    from kg.publish.derived.whereabouts import Whereabouts
    from kg.publish.page.things import Things


def districts(
    whole: Knowledge, ontology: Ontology, things: Things, where: Whereabouts
) -> dict[str, Any]:
    """The places that hold something, each with those in it, the fullest first.

    What belongs to a place within another belongs to that too, and counts there once.

    Returns:
        ``classes``, of what is counted, in the order of the ontology; ``tree``, a list of
        ``[number of the place, [count of each class], tree of the places in it]``; ``bare``,
        how many places hold nothing.
    """
    parents = _parents(whole.facts, ontology, where)
    counts = _counts(whole, ontology, where)
    used = {name for counter in counts.values() for name in counter}
    columns = [name for name in ontology.classes if name in used]
    children: dict[str, list[str]] = defaultdict(list)
    for place in counts:
        children[parents.get(place, "")].append(place)

    def branch(above: str) -> list[Any]:
        ordered = sorted(children[above], key=lambda p: (-counts[p].total(), where.names[p], p))
        return [
            [things.number(p), [counts[p][name] for name in columns], branch(p)] for p in ordered
        ]

    return {"classes": columns, "tree": branch(""), "bare": len(where.names) - len(counts)}


def _counts(whole: Knowledge, ontology: Ontology, where: Whereabouts) -> dict[str, Counter[str]]:
    """What belongs to each place, of the classes whose things stand in places, by class."""
    classes = placed_classes(ontology)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for entity in whole.entities:
        if entity.type in classes:
            for place in _upward(where.of.get(entity.id, ()), where):
                counts[place][entity.type] += 1
    return counts


def _upward(places: Iterable[str], where: Whereabouts) -> set[str]:
    """Some places with all that they lie in."""
    upward, todo = set(places), list(places)
    while todo:
        for above in where.above[todo.pop()]:
            if above not in upward:
                upward.add(above)
                todo.append(above)
    return upward


def _parents(facts: Iterable[Fact], ontology: Ontology, where: Whereabouts) -> dict[str, str]:
    """The place under which each stands in the tree, where it lies in several; no circles.

    It is the one of reference data, else that of the surest sentence, else of its name.
    """
    holding = {r.name for r in ontology.relations.values() if r.lasting and r.same_class}
    ranks: dict[tuple[str, str], tuple[bool, float, str, str]] = {}
    for fact in facts:
        if fact.predicate in holding and fact.object in where.above.get(fact.subject, ()):
            pair, rank = (fact.subject, fact.object), _rank(fact)
            ranks[pair] = min(ranks.get(pair, rank), rank)
    pairs = sorted(ranks, key=lambda pair: ranks[pair])
    pairs += [
        (place, above) for place in sorted(where.above) for above in sorted(where.above[place])
    ]
    parents: dict[str, str] = {}
    for place, above in pairs:
        if place not in parents and place not in (above, *_line(above, parents)):
            parents[place] = above
    return parents


def _rank(fact: Fact) -> tuple[bool, float, str, str]:
    return not fact.source, -fact.confidence, fact.object, fact.id


def _line(place: str, parents: Mapping[str, str]) -> Iterator[str]:
    while place := parents.get(place, ""):
        yield place
