"""A thing of one document in, what it is known by in all of them out: its key."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.abridged import NATION
from kg.annotate.mention import Mention
from kg.annotate.tokens import Words, common
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
    employers: Mapping[Key, set[Key]]
    ontology: Ontology


def home_of(mentions: Sequence[tuple[Scene, Mention]]) -> dict[str, Mention]:
    """What 市, 省 … mean in a document, as its articles know it."""
    return mentions[0][0].home if mentions else {}


def employers_of(
    told: Sequence[Told], clusters: Clusters, ontology: Ontology, voices: Voices
) -> dict[Key, set[Key]]:
    """For everything known by a relation, the things that the relation leads to."""
    leads = {
        k.name: k.identity["relation"]
        for k in ontology.classes.values()
        if k.identified_by == "relation"
    }
    found: dict[Key, set[Key]] = defaultdict(set)
    for t in told:
        s = t.stated
        if s.object is not None and leads.get(s.subject.type) == s.predicate:
            subject, body = (clusters.find(voices.key(m)) for m in (s.subject, s.object))
            found[subject].add(body)
    return found


LISTED = (".known", ".publisher")  # the rules that find names of a table
# What a name says of the place that speaks, without naming it: 市某报告, 全区某行动.
HERE = re.compile("[全我本各]?([市省区县州])(?![场容域际划块民值北南中会立]|政(?!府|协))")


def keys_of(
    groups: Mapping[Key, Sequence[tuple[Scene, Mention]]],
    labels: Mapping[Key, str],
    codes: Mapping[Key, str],
    scope: Scope,
) -> dict[Key, str]:
    """What identifies every thing across documents; with the document where its name does not.

    A person is known by the name and by the body that employs it: 某市市委 and not 市委.
    """
    classes = scope.ontology.classes
    led = {root for root in groups if classes[root[0]].identified_by == "relation"}
    keys = {
        root: _key(groups[root], labels[root], root in codes, scope) for root in groups.keys() - led
    }
    for root in led:
        employers = [codes.get(body) or keys[body] for body in scope.employers.get(root, ())]
        known = min(employers, key=lambda key: ("@" in key, key), default=scope.document)
        keys[root] = f"{labels[root]}@{known}"
    return keys


def _key(group: Sequence[tuple[Scene, Mention]], label: str, coded: bool, scope: Scope) -> str:
    listed = (m for _, m in group if m.rule.endswith(LISTED))
    standing = next((m.also[0] if m.also else m.name for m in listed), "")
    if standing:
        return standing
    type_ = group[0][1].type
    klass = scope.ontology.classes[type_]
    by, least = klass.identified_by, int(klass.identity.get("least", 4))
    if by == "body":
        table = bodies(str(scope.ontology.folder))
        governs = any(m.subtype in table.kinds for _, m in group)
        media = any(m.subtype == "media" for _, m in group)
        part = PART.search(label) is not None and not _own(label, scope.places)
        least = SHORT_MEDIA if media else len(label) + 1 if part else SHORT_BODY
        key = _body_key(label, group[0][0].home, scope, least)
        return table.key(key) if governs and "@" not in key else key
    if by == "place":
        own = (
            coded
            or (len(label) >= 4 and _own(label, scope.places))
            or scope.places.zone(label) is not None
        )
        return label if own else f"{label}@{_home(scope)}"
    own = bool(re.search(r"\d|[A-Za-z]{2}", label)) or scope.places.leading(label) > 0
    vague = len(label) < int(klass.identity.get("own", 0)) and not own
    here = HERE.match(label)
    if here and here[1] in scope.home:
        return place_name(scope.home[here[1]], scope) + label[here.end() :]
    vague = vague or here is not None
    return f"{label}@{scope.document}" if vague or len(label) < least else label


def _own(label: str, places: Places) -> bool:
    """Whether a name holds more than common words; 数字经济产业园 is another in every city."""
    placed = NATION.match(label) or places.leading(label)
    return bool(placed) or not common(Words(label).words)


def _home(scope: Scope) -> str:
    codes = sorted({d.code for m in scope.home.values() for d in scope.places.by_name(m.name)})
    return codes[0] if codes else scope.document


# Characters of a name that means one body everywhere; of a paper, an agency, a site: 中某社.
SHORT_BODY, SHORT_MEDIA = 4, 3
# What many bodies have a part of: 软件学院 is another at every university.
PART = re.compile("(?:(?<!科)学院|实验室|中心|研究院|研究所|组委会|专委会|办公室)$")


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
