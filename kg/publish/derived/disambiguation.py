"""Tell things apart that have one name: by posts, bodies, places."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.base.records import Knowledge
    from kg.ontology import Ontology
    from kg.publish.derived.whereabouts import Whereabouts

FEW = 2  # posts and places of a thing that a list shows


def disambiguation(
    knowledge: Knowledge, ontology: Ontology, where: Whereabouts, names: Mapping[str, str]
) -> dict[str, list[str]]:
    """What stands behind the name of a thing in a list, by its IRI.

    Args:
        knowledge: The whole graph.
        ontology: Tells who stands behind a thing.
        where: The places of its things.
        names: What each thing is called, by IRI.

    Returns:
        Posts of a person, who invests in a project or signs it, and places.
    """
    notes: defaultdict[str, list[str]] = defaultdict(list)
    for post in (p for doubt in (False, True) for p in knowledge.posts if p.doubtful is doubt):
        post_text = " ".join(filter(None, (names.get(post.organisation, ""), post.title)))
        if post_text and len(notes[post.person]) < FEW and post_text not in notes[post.person]:
            notes[post.person].append(post_text)
    for iri, name in _behind(knowledge, ontology, names):
        if not notes[iri]:
            notes[iri].append(name)
    for one in (where.of, where.above):
        for iri, places in one.items():
            notes[iri] += [where.names[place] for place in sorted(places)][:FEW]
    return notes


def namesakes(
    knowledge: Knowledge, ontology: Ontology, where: Whereabouts, files: Mapping[str, str]
) -> dict[str, str]:
    """What tells those apart that have one name, by IRI, as a list shows it behind the name.

    Args:
        knowledge: The whole graph.
        ontology: Tells who stands behind a thing.
        where: The places of its things.
        files: The file name of each document, by IRI: the first that names a thing stands last.
    """
    names = {entity.id: entity.name for entity in knowledge.entities}
    often = Counter(names.values())
    same = {iri for iri, name in names.items() if often[name] > 1}
    if not same:
        return {}
    beside = disambiguation(knowledge, ontology, where, names)
    first: dict[str, str] = {}
    for source in knowledge.sources:
        for iri in {place.entity for place in source.named_places} & same:
            file = files.get(source.id, "")
            first[iri] = min(first.get(iri, file), file)
    return {
        iri: " · ".join([*beside.get(iri, []), *filter(None, [first.get(iri, "")])])
        for iri in sorted(same)
    }


def _behind(
    knowledge: Knowledge, ontology: Ontology, names: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Who stands behind the things that an overview ranks (``Ontology.largest``)."""
    largest = ontology.largest
    if largest is None:
        return
    ranked = {entity.id for entity in knowledge.entities if entity.type == largest.klass}
    for fact in knowledge.facts:
        if fact.predicate in largest.by and fact.object in ranked and fact.subject in names:
            yield fact.object, names[fact.subject]
