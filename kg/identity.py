"""A thing of one document in, what it is known by in all of them out: its key."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kg.annotate.mention import Mention
from kg.bodies import bodies
from kg.clusters import Clusters, Key
from kg.ontology import Ontology
from kg.places import Places
from kg.relate.scene import Scene
from kg.voices import Told, Voices


@dataclass(frozen=True)
class Scope:
    """What makes a name identify beyond its document: the place that speaks, an employer."""

    document: str
    home: dict[str, Mention]
    places: Places
    employers: dict[Key, str]
    ontology: Ontology


def home_of(mentions: Sequence[tuple[Scene, Mention]]) -> dict[str, Mention]:
    """What 市, 省 … mean in a document, as its articles know it."""
    return mentions[0][0].home if mentions else {}


def employers_of(
    told: Sequence[Told], clusters: Clusters, ontology: Ontology, voices: Voices
) -> dict[Key, str]:
    """For everything known by a relation, the first name in order that the relation leads to."""
    leads = {
        k.name: k.identity["relation"]
        for k in ontology.classes.values()
        if k.identified_by == "relation"
    }
    found: dict[Key, set[str]] = defaultdict(set)
    for t in told:
        s = t.stated
        if s.object is not None and leads.get(s.subject.type) == s.predicate:
            found[clusters.find(voices.key(t.scene, s.subject))].add(s.object.name)
    return {key: min(names) for key, names in found.items()}


def key_of(group: Sequence[tuple[Scene, Mention]], label: str, coded: bool, scope: Scope) -> str:
    """What identifies a thing across documents; with the document where the name does not."""
    listed = (m for _, m in group if m.rule.endswith(".known"))
    standing = next((m.also[0] if m.also else m.name for m in listed), "")
    if standing:
        return standing
    type_ = group[0][1].type
    klass = scope.ontology.classes[type_]
    by, least = klass.identified_by, int(klass.identity.get("least", 4))
    if by == "relation":
        names = sorted({m.name for _, m in group})
        known = [scope.employers[type_, n] for n in names if (type_, n) in scope.employers]
        return f"{label}@{known[0] if known else scope.document}"
    if by == "body":
        table = bodies(str(scope.ontology.folder))
        governs = any(m.subtype in table.kinds for _, m in group)
        media = any(m.subtype == "media" for _, m in group)
        key = _body_key(label, group[0][0].home, scope, SHORT_MEDIA if media else SHORT_BODY)
        return table.key(key) if governs and "@" not in key else key
    if by == "place":
        return label if coded or len(label) >= 4 else f"{label}@{_home(scope)}"
    own = bool(re.search(r"\d|[A-Za-z]{2}", label)) or scope.places.leading(label) > 0
    vague = len(label) < int(klass.identity.get("own", 0)) and not own
    return f"{label}@{scope.document}" if vague or len(label) < least else label


def _home(scope: Scope) -> str:
    codes = sorted({d.code for m in scope.home.values() for d in scope.places.by_name(m.name)})
    return codes[0] if codes else scope.document


# Characters of a name that means one body everywhere; of a paper, an agency, a site: 中某社.
SHORT_BODY, SHORT_MEDIA = 4, 3


def _body_key(label: str, home: dict[str, Mention], scope: Scope, least: int) -> str:
    """市科技局 is that of the city that speaks; a body of a common name that of its document."""
    level = label[0]
    if level in "市省区县州盟旗" and len(label) <= 14:
        place = home.get(level)
        return place_name(place, scope) + label[1:] if place else f"{label}@{scope.document}"
    return label if len(label) >= least else f"{label}@{scope.document}"


def place_name(place: Mention, scope: Scope) -> str:
    """The full name of a place: 重庆 is 重庆市."""
    division = scope.places.resolve(place.name)
    return division.name if division else place.name
