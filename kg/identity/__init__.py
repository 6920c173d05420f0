"""A thing of one document in, what it is known by in all of them out: its key, and why.

A name of a table, a full name, a name with its place, a person with a body, title or place, a
policy with its issuer. What has none of these is another thing in every document.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.abridged import NATION
from kg.annotate.mention import Mention
from kg.annotate.tokens import Words, common
from kg.bodies import bodies
from kg.clusters import Clusters, Key
from kg.identity.listed import STATES, Listed, Row, listed
from kg.identity.persons import Employer, Known, persons
from kg.ontology import Ontology, load
from kg.places import Places
from kg.relate.scene import Scene
from kg.voices import Told, Voices


@dataclass(frozen=True)
class Scope:
    """What makes a name identify beyond its document: the place that speaks, and what is told.

    Attributes:
        document: The document's id.
        home: What 市, 省 … mean in it.
        places: The tables of places.
        told: What it says of the things, by their keys in it.
        ontology: For the classes' ways of being known.
    """

    document: str
    home: dict[str, Mention]
    places: Places
    told: Relations
    ontology: Ontology

    @property
    def listed(self) -> Listed:
        """The names that mean one thing everywhere."""
        return listed(str(self.ontology.folder))


@dataclass(frozen=True)
class Relations:
    """What a document says that makes its things known: whom persons work for, who issues what.

    Attributes:
        leads: For everything known by a relation, the things that this leads to.
        titles: The values that it has of the attribute that it is known by.
        issuers: For everything that has issuers, these.
    """

    leads: Mapping[Key, set[Key]]
    titles: Mapping[Key, set[str]]
    issuers: Mapping[Key, set[Key]]


def home_of(mentions: Sequence[tuple[Scene, Mention]]) -> dict[str, Mention]:
    """What 市, 省 … mean in a document, as its articles know it."""
    return mentions[0][0].home if mentions else {}


def relations_of(
    told: Sequence[Told], clusters: Clusters, ontology: Ontology, voices: Voices
) -> Relations:
    """What is stated that makes things known in all documents."""
    by = {k.name: k.identity for k in ontology.classes.values()}
    leads: dict[Key, set[Key]] = defaultdict(set)
    titles: dict[Key, set[str]] = defaultdict(set)
    issuers: dict[Key, set[Key]] = defaultdict(set)
    for s in (t.stated for t in told):
        subject = clusters.find(voices.key(s.subject))
        identity = by[s.subject.type]
        if s.object is None:
            if s.value is not None and identity.get("attribute") == s.predicate:
                titles[subject].add(s.value.lexical)
            continue
        target = clusters.find(voices.key(s.object))
        if identity.get("relation") == s.predicate:
            leads[subject].add(target)
        if by[s.object.type].get("issued") == s.predicate:
            issuers[target].add(subject)
    return Relations(leads, titles, issuers)


LISTED = (".known", ".publisher")  # the rules that find names of a table
# What a name says of the place that speaks, without naming it: 市某报告, 全区某行动.
HERE = re.compile("[全我本各]?([市省区县州])(?![场容域际划块民值北南中会立]|政(?!府|协))")


def keys_of(
    groups: Mapping[Key, Sequence[tuple[Scene, Mention]]],
    labels: Mapping[Key, str],
    codes: Mapping[Key, str],
    scope: Scope,
) -> dict[Key, Known]:
    """What identifies every thing across documents; with the document where its name does not.

    A person is known by the name and by the body that employs it: 某市市委 and not 市委.
    """
    classes = scope.ontology.classes
    led = {root for root in groups if classes[root[0]].identified_by == "relation"}
    keys = {
        root: _key(groups[root], labels[root], root in codes, scope) for root in groups.keys() - led
    }
    for root, known in keys.items():
        if not known.rule and (issuers := scope.told.issuers.get(root)):
            issued = [k.key for one in issuers if (k := keys.get(one)) and k.rule]
            if issued:
                keys[root] = Known(f"{labels[root]}@{min(issued)}", "identity.issuer")
    home = {level: code for level, m in scope.home.items() if (code := _code(m, scope))}
    table = persons(str(scope.ontology.folder))
    for root in led:
        ends = scope.told.leads.get(root, ())
        keys[root] = table.known(
            root[0],
            labels[root],
            [Employer(labels[e], keys[e].key, codes.get(e, "")) for e in ends if e in keys],
            sorted(scope.told.titles.get(root, ())),
            home,
            scope.document,
        )
    return keys


def _code(place: Mention, scope: Scope) -> str:
    division = scope.places.resolve(place.name)
    return division.code if division else ""


def _key(group: Sequence[tuple[Scene, Mention]], label: str, coded: bool, scope: Scope) -> Known:
    klass = scope.ontology.classes[group[0][1].type]
    if klass.identified_by == "place":
        return _place_key(group, label, coded, scope)
    body = klass.identified_by == "body"
    if body and (abroad := _mostly([_abroad(s.text, m, scope) for s, m in group])):
        return Known(abroad, "identity.place")
    if row := _listed(group, label, scope):
        return Known(row.name, "identity.listed")
    if body:
        return _body(group, label, scope)
    return _named(label, klass.identity, scope)


def _listed(group: Sequence[tuple[Scene, Mention]], label: str, scope: Scope) -> Row | None:
    """What the tables say of a thing: of its name, or of a mention that they have found."""
    klass = group[0][1].type
    found = (m.also[0] if m.also else m.name for _, m in group if m.rule.endswith(LISTED))
    standing = next(found, "")
    row = scope.listed.find(klass, label) or scope.listed.find(klass, standing)
    return row or (Row(standing) if standing else None)


def _mostly(found: Sequence[str]) -> str:
    """What at least half of some say, ``""`` if none."""
    said = sorted({one for one in found if one})
    most = max(said, key=found.count, default="")
    return most if 2 * found.count(most) >= len(found) else ""


AHEAD = 6  # characters of a state before a body of it


def _abroad(text: str, m: Mention, scope: Scope) -> str:
    """A body of another state as it is known everywhere: 乌克兰外交部 of 乌外交部."""
    row = scope.listed.find(m.type, m.name)
    of_state = row.state if row else m.subtype in STATES
    at = text[max(0, m.start - AHEAD) : m.start] if of_state else ""
    states = (_state(at[-size:], scope) for size in range(len(at), 1, -1))
    if state := next(filter(None, states), ""):
        return state + (row.name if row else m.name)
    return foreign(m.name, m.type, scope)


def _state(name: str, scope: Scope) -> str:
    """The state of a name, if it is another than that whose bodies the tables list."""
    zone = scope.places.zone(name)
    own = scope.ontology.words["identity"]["home"]
    return zone.name if zone and zone.kind == "country" and zone.name != own else ""


def foreign(name: str, klass: str, scope: Scope) -> str:
    """A body of another state whose name is else a listed one's; ``""`` for all others.

    乌外交部 is 乌克兰外交部, whatever 外交部 alone is.
    """
    signs = scope.ontology.words["identity"]["states"]
    for size in range(1, min(AHEAD, len(name) - 1)):
        row = scope.listed.find(klass, name[size:])
        state = _state(signs.get(name[:size], name[:size]), scope)
        if row and row.state and state:
            return state + row.name
    return ""


def _body(group: Sequence[tuple[Scene, Mention]], label: str, scope: Scope) -> Known:
    table = bodies(str(scope.ontology.folder))
    governs = any(m.subtype in table.kinds for _, m in group)
    media = any(m.subtype == "media" for _, m in group)
    least = SHORT_MEDIA if media else SHORT_BODY
    level, home = label[0], group[0][0].home
    if level in "市省区县州盟旗" and len(label) <= 14:
        if (place := home.get(level)) is None:
            return Known(f"{label}@{scope.document}")
        return Known(table.key(place_name(place, scope) + label[1:]), "identity.place")
    latin = LATIN.fullmatch(label) is not None
    if not latin and (len(label) < least or not (media or _distinct(label, scope))):
        return Known(f"{label}@{scope.document}")
    return Known(table.key(label) if governs else label, "identity.name")


def _distinct(label: str, scope: Scope) -> bool:
    """Whether a name of a body is no other's: it has a place or a word of its own."""
    everywhere, own = _forms(str(scope.ontology.folder))
    if everywhere.fullmatch(label):
        return False
    return own.search(label) is not None or _own(label, scope.places)


@lru_cache(maxsize=4)
def _forms(folder: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = load(folder).words["identity"]
    return re.compile(words["everywhere"]), re.compile(words["own"])


def _place_key(
    group: Sequence[tuple[Scene, Mention]], label: str, coded: bool, scope: Scope
) -> Known:
    if coded:
        return Known(label, "identity.code")
    words = scope.ontology.words["identity"]
    if row := scope.listed.find(group[0][1].type, label):
        return Known(row.name, "identity.listed")
    state = words["states"].get(label.removesuffix(words["party"]), label)
    if (zone := scope.places.zone(state)) is not None:
        return Known(zone.name, "identity.name")
    if re.search(words["towns"], label) and not scope.places.leading(label):
        seat = _around(group, scope) or _home(scope)
        return Known(f"{label}@{seat}", "identity.place" if seat != scope.document else "")
    level = re.fullmatch(words["levels"], label) and not scope.places.by_name(label)
    if level or (len(label) >= 4 and _own(label, scope.places)):
        return Known(label, "identity.name")
    home = _home(scope)
    return Known(f"{label}@{home}", "identity.place" if home != scope.document else "")


def _around(group: Sequence[tuple[Scene, Mention]], scope: Scope) -> str:
    """The place that stands directly before one: its code, or its name where it has none."""
    for scene, m in group:
        for other in scene.mentions:
            if other.end == m.start and other.type == m.type and other.name != m.name:
                division = scope.places.resolve(other.name)
                return division.code if division else other.name
    return ""


def _named(label: str, identity: Mapping[str, object], scope: Scope) -> Known:
    """What is known by its name alone, if this is long, or holds a place, a number or letters."""
    here = HERE.match(label)
    if here and here[1] in scope.home:
        place = place_name(scope.home[here[1]], scope)
        return Known(place + label[here.end() :], "identity.place")
    least, longest = int(str(identity.get("least", 4))), int(str(identity.get("own", LONG)))
    held = bool(re.search(r"\d|[A-Za-z]{2}", label)) or scope.places.leading(label) > 0
    alone = len(label) >= longest or held or _own(label, scope.places)
    if "own" in identity:
        alone = len(label) >= longest or held
    short = LATIN.fullmatch(label) is not None or (
        len(label) >= WORK and re.search(scope.ontology.words["identity"]["works"], label)
    )
    if short and _own(label, scope.places):
        return Known(label, "identity.name")
    enough = len(label) >= least
    if here is None and enough and alone:
        return Known(label, "identity.name")
    return Known(f"{label}@{scope.document}")


WORK = 4  # characters of a work: 甲乙高铁
LONG = 12  # characters of a name that is no other's, however common its words are
LATIN = re.compile(r"[A-Z][A-Za-z]{2}[A-Za-z0-9&.-]+|[A-Z]{3}")


def _own(label: str, places: Places) -> bool:
    """Whether a name holds more than common words; 数字经济产业园 is another in every city."""
    placed = NATION.match(label) or places.leading(label)
    return bool(placed) or not common(Words(label).words)


def _home(scope: Scope) -> str:
    codes = sorted({d.code for m in scope.home.values() for d in scope.places.by_name(m.name)})
    return codes[0] if codes else scope.document


# Characters of a name that means one body everywhere; of a paper, an agency, a site: 中某社.
SHORT_BODY, SHORT_MEDIA = 4, 3


def place_name(place: Mention, scope: Scope) -> str:
    """The full name of a place: 重庆 is 重庆市."""
    division = scope.places.resolve(place.name)
    return division.name if division else place.name
