"""Give a thing of one document the key that identifies it across documents, and the reason.

A name of a table, a full name, a name with its place, a person with a body, title or place, a
policy with its issuer. What has none of these is another thing in every document.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kg.extract.claims.context import ArticleContext
from kg.extract.mentions.mention import Mention
from kg.extract.mentions.tokens import Words, common
from kg.extract.resolve.bodies import bodies
from kg.extract.resolve.clusters import Key
from kg.extract.resolve.identity.abroad import abroad, body_label, majority
from kg.extract.resolve.identity.listed import Row, fold
from kg.extract.resolve.identity.persons import Employer, IdentityKey, persons
from kg.extract.resolve.identity.scope import Scope, home_of, relations_of

__all__ = ["IdentityKey", "Scope", "body_label", "home_of", "keys_of", "relations_of"]


def keys_of(
    groups: Mapping[Key, Sequence[tuple[ArticleContext, Mention]]],
    labels: Mapping[Key, str],
    codes: Mapping[Key, str],
    scope: Scope,
) -> dict[Key, IdentityKey]:
    """What identifies every thing across documents; with the document where its name does not.

    A person is known by the name and by the body that employs it: 某市市委 and not 市委.
    """
    classes = scope.ontology.classes
    by_relation = {root for root in groups if classes[root[0]].identified_by == "relation"}
    keys = {
        root: _key(groups[root], labels[root], root in codes, scope)
        for root in groups.keys() - by_relation
    }
    for root, key in keys.items():
        if not key.rule and (issuers := scope.relations.issuers.get(root)):
            issued = [k.key for one in issuers if (k := keys.get(one)) and k.rule]
            if issued:
                keys[root] = IdentityKey(f"{labels[root]}@{min(issued)}", "identity.issuer")
    home = {level: code for level, m in scope.home.items() if (code := _code(m, scope))}
    table = persons(str(scope.ontology.folder))
    for root in by_relation:
        employers = [(e, first) for e, first in scope.relations.leads.get(root, ()) if e in keys]
        keys[root] = table.key_of(
            root[0],
            labels[root],
            [Employer(labels[e], keys[e].key, codes.get(e, ""), first) for e, first in employers],
            sorted(scope.relations.titles.get(root, ())),
            home,
            scope.document,
        )
    return keys


def _code(place: Mention, scope: Scope) -> str:
    division = scope.places.resolve(place.name)
    return division.code if division else ""


def _key(
    group: Sequence[tuple[ArticleContext, Mention]], label: str, coded: bool, scope: Scope
) -> IdentityKey:
    klass = scope.ontology.classes[group[0][1].type]
    if klass.identified_by == "place":
        return _place_key(group, label, coded, scope)
    body = klass.identified_by == "body"
    if body and (foreign := majority([abroad(s.text, m, scope) for s, m in group])):
        return IdentityKey(foreign, "identity.place")
    if row := _listed(group, label, scope):
        return IdentityKey(row.name, "identity.listed")
    if body:
        return _body_key(group, label, scope)
    return _name_key(label, klass.identity, scope)


def _listed(
    group: Sequence[tuple[ArticleContext, Mention]], label: str, scope: Scope
) -> Row | None:
    """What the tables say of a thing: of its name, or of a mention that they have found."""
    klass = group[0][1].type
    standard_names = (
        m.other_names[0] if m.other_names else m.name
        for _, m in group
        if m.rule in scope.ontology.listing
    )
    standard_name = next(standard_names, "")
    words = scope.ontology.lexicon.identity
    forms = (label, words.channels.sub("", label), label.removeprefix(words.home))
    row = next(
        filter(None, (scope.listed.find(klass, one) for one in (*forms, standard_name))), None
    )
    row = row or scope.listed.body(klass, label)
    return row or (Row(standard_name) if standard_name else None)


def _body_key(
    group: Sequence[tuple[ArticleContext, Mention]], label: str, scope: Scope
) -> IdentityKey:
    table = bodies(str(scope.ontology.folder))
    governs = any(m.subtype in table.kinds for _, m in group)
    media = any(m.subtype == "media" for _, m in group)
    brand = not scope.ontology.lexicon.identity.kinds.search(label)
    least = SHORT_MEDIA if media or brand else SHORT_BODY
    level, home = label[0], group[0][0].home
    if level in scope.ontology.lexicon.sameness.levels and len(label) <= 14:
        if (place := home.get(level)) is None:
            return IdentityKey(f"{label}@{scope.document}")
        return IdentityKey(table.key(place_name(place, scope) + label[1:]), "identity.place")
    if latin := scope.ontology.lexicon.identity.latin.fullmatch(label):
        return IdentityKey(fold(latin[1]), "identity.name")
    if len(label) < least or not (media or _distinct(label, group[0][1].type, scope)):
        return IdentityKey(f"{label}@{scope.document}")
    return IdentityKey(table.key(label) if governs else table.placed(label), "identity.name")


def _distinct(label: str, klass: str, scope: Scope) -> bool:
    """Whether a name of a body is no other's: it has a place or a word of its own."""
    identity = scope.ontology.lexicon.identity
    team = identity.teams.sub("", label)
    has_place = team != label and (scope.places.zone(team) or scope.places.by_name(team))
    if has_place or identity.everywhere.fullmatch(label):
        return False
    has_own_word = identity.own.search(label) is not None or _own(label, scope)
    return has_own_word or any(scope.listed.find(klass, label[:n]) for n in range(3, len(label)))


def _place_key(
    group: Sequence[tuple[ArticleContext, Mention]], label: str, coded: bool, scope: Scope
) -> IdentityKey:
    if coded:
        return IdentityKey(label, "identity.code")
    words = scope.ontology.lexicon.identity
    if row := scope.listed.find(group[0][1].type, label):
        return IdentityKey(row.name, "identity.listed")
    state = words.states.get(label.removesuffix(words.party), label)
    if (zone := scope.places.zone(state)) is not None:
        return IdentityKey(zone.name, "identity.listed")
    if words.towns.search(label) and not scope.places.leading(label):
        seat = _around(group, scope) or _home(scope)
        return IdentityKey(f"{label}@{seat}", "identity.place" if seat != scope.document else "")
    level = words.levels.fullmatch(label) and not scope.places.by_name(label)
    if level or (len(label) >= 4 and _own(label, scope)):
        return IdentityKey(label, "identity.name")
    home = _home(scope)
    return IdentityKey(f"{label}@{home}", "identity.place" if home != scope.document else "")


def _around(group: Sequence[tuple[ArticleContext, Mention]], scope: Scope) -> str:
    """The place that stands directly before one: its code, or its name where it has none."""
    for context, m in group:
        for other in context.mentions:
            if other.end == m.start and other.type == m.type and other.name != m.name:
                division = scope.places.resolve(other.name)
                return division.code if division else other.name
    return ""


def _name_key(label: str, identity: Mapping[str, object], scope: Scope) -> IdentityKey:
    """What is known by its name alone, if this is long, or holds a place, a number or letters."""
    here = scope.ontology.lexicon.sameness.here.match(label)
    if here and here[1] in scope.home:
        place = place_name(scope.home[here[1]], scope)
        return IdentityKey(place + label[here.end() :], "identity.place")
    least, longest = int(str(identity.get("least", 4))), int(str(identity.get("own", LONG)))
    specific = bool(re.search(r"\d|[A-Za-z]{2}", label)) or scope.places.leading(label) > 0
    edition = scope.ontology.lexicon.identity.edition.match(label)
    specific = specific or (edition is not None and _own(label[edition.end() :], scope))
    passing = scope.ontology.lexicon.identity.passing.search(label)
    if passing and not scope.places.leading(label):
        return IdentityKey(f"{label}@{scope.document}")
    suffices = len(label) >= longest or specific or _own(label, scope)
    if "own" in identity:
        suffices = len(label) >= longest or specific
    short = LATIN.fullmatch(label) is not None or (
        len(label) >= WORK and scope.ontology.lexicon.identity.works.search(label)
    )
    if short and _own(label, scope):
        return IdentityKey(label, "identity.name")
    enough = len(label) >= least
    if here is None and enough and suffices:
        return IdentityKey(label, "identity.name")
    return IdentityKey(f"{label}@{scope.document}")


WORK = 4  # characters of a work: 甲乙高铁
LONG = 12  # characters of a name that is no other's, however common its words are
LATIN = re.compile(r"[A-Z][A-Za-z]{2}[A-Za-z0-9&.-]+|[A-Z]{2,3}")


def _own(label: str, scope: Scope) -> bool:
    """Whether a name holds more than common words; 数字经济产业园 is another in every city."""
    lexicon = scope.ontology.lexicon
    has_place = lexicon.sameness.nation.match(label) or scope.places.leading(label)
    return bool(has_place) or not common(Words(label, lexicon.grammar).words)


def _home(scope: Scope) -> str:
    codes = sorted({d.code for m in scope.home.values() for d in scope.places.by_name(m.name)})
    return codes[0] if codes else scope.document


# Characters of a name that means one body everywhere; of a paper, an agency, a site (中某社) and of
# a name that ends in no word for a kind of body.
SHORT_BODY, SHORT_MEDIA = 4, 3


def place_name(place: Mention, scope: Scope) -> str:
    """The full name of a place: 重庆 is 重庆市."""
    division = scope.places.resolve(place.name)
    return division.name if division else place.name
