"""Join the names of one document that are read as short for others, but for those of two bodies."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.extract.arbiter.aliases import aliases
from kg.extract.resolve.abridged import seat
from kg.extract.resolve.bodies import bodies
from kg.extract.resolve.distinct import distinct
from kg.extract.resolve.speaking_places import SpeakingPlaces
from kg.ontology.places import Places

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from kg.extract.arbiter.linear import Linear
    from kg.extract.resolve.clusters import Clusters, Key
    from kg.ontology import Ontology
    from kg.ontology.lexicon.things import SamenessWords

KIN = 3  # characters of a word for somebody's kin
ALIAS = "reader.alias"  # the reason of a merge that was learned


def differing(ontology: Ontology) -> Callable[[Key, Key], bool]:
    """Tells which names of bodies are two bodies."""
    of_bodies = {k.name for k in ontology.classes.values() if k.identified_by == "body"}
    table, mark = distinct(str(ontology.folder)), SpeakingPlaces.MARK

    def differ(one: Key, other: Key) -> bool:
        names = (key[1].partition(mark)[0] for key in (one, other))
        return one[0] in of_bodies and table.are_two(one[0], *names)

    return differ


def daughters(keys: Iterable[Key], text: str, ontology: Ontology) -> Iterator[tuple[Key, Key]]:
    """The names of bodies of which a text says that one is a firm of the other.

    Args:
        keys: The names, each with its class.
        text: The document without white space.
        ontology: For the words between the two (甲某子公司|乙某甲某科技有限公司).
    """
    links = [match.span() for match in ontology.lexicon.sameness.daughter.finditer(text)]
    of_bodies = {k.name for k in ontology.classes.values() if k.identified_by == "body"}
    bodies_named = [key for key in keys if key[0] in of_bodies] if links else []
    for start, end in links:
        mothers = [key for key in bodies_named if text.endswith(key[1], 0, start)]
        firms = [key for key in bodies_named if text.startswith(key[1], end)]
        yield from ((one, other) for one in mothers for other in firms if one != other)


def join_aliases(clusters: Clusters, text: str, ontology: Ontology, alias_weights: Linear) -> None:
    """Join the names that are short for others, as the arbiter decides."""
    places = Places.load(ontology)
    by_type: dict[str, list[str]] = defaultdict(list)
    for type_, name in clusters.parent:
        # Of places the table tells which are one.
        coded = ontology.classes[type_].identified_by == "place" and places.by_name(name)
        if SpeakingPlaces.MARK not in name and not coded:
            by_type[type_].append(name)
    words, sameness = ontology.lexicon.identity, ontology.lexicon.sameness
    committees, departments = words.committees, words.departments
    firms = bodies(str(ontology.folder))
    merged = {key for key, _ in clusters.reasons}  # a name is short for one thing only
    for type_, names in sorted(by_type.items()):
        committee_roots = {
            clusters.find((type_, name)) for name in names if committees.search(name)
        }

        def root(name: str, type_: str = type_) -> Key:
            return clusters.find((type_, name))

        for one in aliases(type_, names, text, alias_weights, root):
            several_committees = len(committee_roots) > 1 and departments.search(one.short)
            is_seat = one.full.endswith(one.short) and seat(one.short, places, sameness)
            two_firms = firms.are_two_firms(one.short, one.full)
            rest = one.full.removesuffix(one.short)
            sided = ontology.classes[type_].identified_by == "place" and rest != one.full
            if sided and sameness.sided.fullmatch(rest):
                continue  # 西甲国 is not 甲国
            others = ontology.classes[type_].identified_by == "relation" and (
                _is_kin(one.full, text, sameness) or _is_pair(one.full, names, sameness)
            )
            if others or several_committees or is_seat or two_firms or (type_, one.short) in merged:
                continue
            why = f"{one.short} is read as short for {one.full}"
            clusters.union((type_, one.short), (type_, one.full), ALIAS, why)


def _is_kin(name: str, text: str, sameness: SamenessWords) -> bool:
    """Whether a person is somebody's kin where first named: 夫人甲某·乙某 is not 乙某."""
    at = text.find(name)
    return at >= 0 and sameness.kin.search(text, max(0, at - KIN), at) is not None


def _is_pair(name: str, names: Collection[str], sameness: SamenessWords) -> bool:
    """Whether a name is that of two persons who are named by themselves as well: 甲某-乙某."""
    parts = sameness.paired.split(name)
    return len(parts) > 1 and all(part in names for part in parts)
