"""Find what identifies the names of a document beyond it: their scope."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.extract.claims.context import ArticleContext
from kg.extract.mentions.mention import Mention
from kg.extract.resolve.clusters import Clusters, Key
from kg.extract.resolve.identity.listed import Listed, listed
from kg.extract.resolve.speaking_places import ArticleStatement, SpeakingPlaces
from kg.ontology import Ontology
from kg.ontology.places import Places


@dataclass(frozen=True)
class Scope:
    """What makes a name identify beyond its document: the place that speaks, and its relations.

    Attributes:
        document: The document's id.
        home: What 市, 省 … mean in it.
        places: The tables of places.
        relations: What it says of the things, by their keys in it.
        ontology: For the classes' ways of being known.
    """

    document: str
    home: Mapping[str, Mention]
    places: Places
    relations: Relations
    ontology: Ontology

    @property
    def listed(self) -> Listed:
        """The names that mean one thing everywhere."""
        return listed(str(self.ontology.folder))


@dataclass(frozen=True)
class Relations:
    """What a document says that makes its things known: whom persons work for, who issues what.

    Attributes:
        leads: For everything known by a relation, the things that this leads to, in the order of
            the text: those that introduce it, before its first name, come first and are marked.
        titles: The values that it has of the attribute that it is known by.
        issuers: For everything that has issuers, these.
    """

    leads: Mapping[Key, Sequence[tuple[Key, bool]]]
    titles: Mapping[Key, set[str]]
    issuers: Mapping[Key, set[Key]]


def home_of(mentions: Sequence[tuple[ArticleContext, Mention]]) -> Mapping[str, Mention]:
    """What 市, 省 … mean in a document, as its articles know it."""
    return mentions[0][0].home if mentions else {}


def relations_of(
    statements: Sequence[ArticleStatement],
    clusters: Clusters,
    ontology: Ontology,
    speaking_places: SpeakingPlaces,
) -> Relations:
    """What is stated that makes things known in all documents."""
    by = {k.name: k.identity for k in ontology.classes.values()}
    leads: dict[Key, dict[Key, tuple[int, ...]]] = defaultdict(dict)
    titles: dict[Key, set[str]] = defaultdict(set)
    issuers: dict[Key, set[Key]] = defaultdict(set)
    for s in (t.statement for t in statements):
        subject = clusters.find(speaking_places.key(s.subject))
        identity = by[s.subject.type]
        if s.object is None:
            if s.value is not None and identity.get("attribute") == s.predicate:
                titles[subject].add(s.value.lexical)
            continue
        target = clusters.find(speaking_places.key(s.object))
        if identity.get("relation") == s.predicate:
            behind = s.object.start > s.subject.start or s.object.article != s.subject.article
            at = s.subject.article, s.subject.start, int(behind), s.object.start
            leads[subject][target] = min(leads[subject].get(target, at), at)
        if by[s.object.type].get("issued") == s.predicate:
            issuers[target].add(subject)
    return Relations({one: _ordered(ends) for one, ends in leads.items()}, titles, issuers)


def _ordered(ends: Mapping[Key, tuple[int, ...]]) -> list[tuple[Key, bool]]:
    """What a thing leads to in the order of the text, and whether it introduces the thing."""
    first = min(at[:2] for at in ends.values())
    order = sorted(ends, key=lambda end: (ends[end], end))
    return [(end, ends[end][:3] == (*first, 0)) for end in order]
