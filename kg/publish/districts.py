"""Places and what is said to be in them in, a tree of places with numbers out."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.ontology import Ontology, Relation
    from kg.publish.things import Things
    from kg.records import Entity, Fact, Knowledge


def districts(whole: Knowledge, ontology: Ontology, things: Things) -> dict[str, Any]:
    """The places that hold something, each with those in it, the fullest first.

    What is in a place within another is in that too, and counts there once.

    Returns:
        ``classes``, of what is counted, in the order of the ontology; ``tree``, a list of
        ``[number of the place, [count of each class], tree of the places in it]``; ``bare``,
        how many places hold nothing.
    """
    kinds = {k.name for k in ontology.classes.values() if k.identified_by == "place"}
    places = {e.id: e for e in whole.entities if e.type in kinds}
    types = {e.id: e.type for e in whole.entities}
    inside = _inside(whole.facts, ontology, places)
    parents = _parents(whole.facts, ontology, places)
    held: dict[str, set[str]] = defaultdict(set)
    for place, found in inside.items():
        for outer in (place, *_above(place, parents)):
            held[outer] |= found
    counts = {place: Counter(types[thing] for thing in found) for place, found in held.items()}
    used = {name for counter in counts.values() for name in counter}
    columns = [name for name in ontology.classes if name in used]
    children: dict[str, list[str]] = defaultdict(list)
    for place in held:
        children[parents.get(place, "")].append(place)

    def branch(above: str) -> list[Any]:
        ordered = sorted(children[above], key=lambda p: (-len(held[p]), places[p].name, p))
        return [
            [things.number(p), [counts[p][name] for name in columns], branch(p)] for p in ordered
        ]

    return {"classes": columns, "tree": branch(""), "bare": len(places) - len(held)}


def there(ontology: Ontology) -> list[Relation]:
    """The relations that say where a thing is: they lead to places and to nothing else."""
    kinds = {k.name for k in ontology.classes.values() if k.identified_by == "place"}
    return [r for r in ontology.relations.values() if set(r.range) <= kinds]


def _inside(
    facts: Iterable[Fact], ontology: Ontology, places: Mapping[str, Entity]
) -> dict[str, set[str]]:
    leading = {relation.name for relation in there(ontology)}
    found: dict[str, set[str]] = defaultdict(set)
    for fact in facts:
        if fact.predicate in leading and fact.object in places:
            found[fact.object].add(fact.subject)
    return found


def _parents(
    facts: Iterable[Fact], ontology: Ontology, places: Mapping[str, Entity]
) -> dict[str, str]:
    """The place that each lies in: by reference data, else by the surest sentence; no circles."""
    holding = {r.name for r in ontology.relations.values() if r.lasting and r.same_class}
    known = [
        f for f in facts if f.predicate in holding and f.subject in places and f.object in places
    ]
    found: dict[str, str] = {}
    for fact in sorted(known, key=lambda f: (not f.source, -f.confidence, f.object, f.id)):
        circle = fact.subject in (fact.object, *_above(fact.object, found))
        if fact.subject not in found and not circle:
            found[fact.subject] = fact.object
    return found


def _above(place: str, parents: Mapping[str, str]) -> Iterator[str]:
    while place := parents.get(place, ""):
        yield place
