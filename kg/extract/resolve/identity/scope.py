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
    """What makes a name identify beyond its document: the place that speaks, and what is told.

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
        leads: For everything known by a relation, the things that this leads to, in the order in
            which the text names it, the nearest before its name first.
        titles: The values that it has of the attribute that it is known by.
        issuers: For everything that has issuers, these.
    """

    leads: Mapping[Key, Sequence[Key]]
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
            gap = s.subject.start - s.object.end
            behind = gap < 0 or s.object.article != s.subject.article
            at = s.subject.article, s.subject.start, int(behind), abs(gap), s.object.start
            leads[subject][target] = min(leads[subject].get(target, at), at)
        if by[s.object.type].get("issued") == s.predicate:
            issuers[target].add(subject)
    ordered = {one: sorted(ends, key=lambda e: (ends[e], e)) for one, ends in leads.items()}
    return Relations(ordered, titles, issuers)
