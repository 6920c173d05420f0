"""The articles of one document in, its entities and claims out: which names are one thing.

Two names are one only for a reason that can be told: the text defines the short form, one is
the full form of the other in the national table, or it is the only longer name that ends in
it. ``cross`` does the same for the readings of many documents, by keys alone.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.abridged import abridged
from kg.annotate.mention import Mention
from kg.annotate.short import Link
from kg.bodies import bodies
from kg.marks import chinese
from kg.ontology import Ontology
from kg.places import Places
from kg.records import LocalClaim, LocalEntity, Merge, Span
from kg.relate.scene import Scene, Stated

Key = tuple[str, str]  # class and name


@dataclass(frozen=True, slots=True)
class Told:
    """A statement and the article it stands in."""

    scene: Scene
    stated: Stated


class Clusters:
    """Names that are one thing, with the reason of every union; union-find over (class, name)."""

    def __init__(self) -> None:
        self.parent: dict[Key, Key] = {}
        self.reasons: list[tuple[Key, Merge]] = []

    def add(self, key: Key) -> None:
        """Make a name known."""
        self.parent.setdefault(key, key)

    def find(self, key: Key) -> Key:
        """The representative of a name."""
        while self.parent[key] != key:
            self.parent[key] = self.parent[self.parent[key]]
            key = self.parent[key]
        return key

    def union(self, short: Key, full: Key, rule: str, reason: str, span: Span = Span(0, 0)) -> None:  # noqa: B008
        """Make two names one; the reason is kept with the shorter one."""
        self.add(short)
        self.add(full)
        a, b = self.find(short), self.find(full)
        if a != b:
            self.parent[max(a, b)] = min(a, b)
            self.reasons.append(
                (
                    short,
                    Merge(short[1].partition("\x1f")[0], rule, reason, "", span.start, span.end),
                )
            )


def resolve(
    document: str,
    text: str,
    scenes: Sequence[Scene],
    told: Sequence[Told],
    links: Sequence[tuple[Scene, Link]],
    ontology: Ontology,
) -> tuple[tuple[LocalEntity, ...], tuple[LocalClaim, ...]]:
    """The entities of a document and the claims between them.

    Args:
        document: The document's id, the scope of names that mean something only in it.
        text: The document's text; surface forms that do not stand in it are no aliases.
        scenes: Its articles.
        told: What they state.
        links: The short names they define.
        ontology: For the classes' ways of naming.
    """
    stated = [t for t in told if not t.stated.denied]
    claimed = {(m.type, m.name) for t in stated for m in _ends(t.stated)}
    mentions = [
        (scene, m)
        for scene in scenes
        for m in scene.mentions
        if not m.refers and (not m.weak or (m.type, m.name) in claimed)
    ]
    extra = [(t.scene, m) for t in stated for m in _ends(t.stated) if not m.refers]
    known = {(id(s), m.start, m.end, m.type) for s, m in mentions}
    mentions += [
        (s, m) for s, m in dict.fromkeys(extra) if (id(s), m.start, m.end, m.type) not in known
    ]
    clusters = Clusters()
    squeezed = "".join(chinese(text).split())
    voices = Voices(scenes, ontology)
    for scene, m in mentions:
        clusters.add(voices.key(scene, m))
        for other in m.also:
            clusters.union(
                (m.type, other),
                (m.type, m.name),
                "name.printed",
                f"{other} is printed for {m.name}",
                scene.part.span(m.start, m.end),
            )
    for scene, link in links:
        if (link.type, link.short) in clusters.parent or (link.type, link.full) in clusters.parent:
            clusters.union(
                (link.type, link.short),
                (link.type, link.full),
                link.rule,
                link.reason,
                scene.part.span(link.start, link.end) if link.end > link.start else Span(0, 0),
            )
    found = [m for _, m in mentions]
    _places(clusters, ontology, found)
    _tails(clusters, ontology, found)
    _bodies(clusters, ontology, found)
    voices.join(clusters, mentions)
    return _collect(document, squeezed, clusters, mentions, stated, ontology, voices)


BUREAU = re.compile("[市省区县州]..")


class Voices:
    """What 市科技局 means where the articles of one page speak for different cities.

    The key of such a name carries the place that its article speaks for, after a separator
    that no text holds; on a page with one voice the name alone is the key.
    """

    MARK = "\x1f"

    def __init__(self, scenes: Sequence[Scene], ontology: Ontology) -> None:
        self.bodies = {k.name for k in ontology.classes.values() if k.identified_by == "body"}
        heard: dict[str, set[str]] = defaultdict(set)
        for scene in scenes:
            for level, place in scene.home.items():
                heard[level].add(place.name)
        self.mixed = {level for level, names in heard.items() if len(names) > 1}

    def key(self, scene: Scene, m: Mention) -> Key:
        """The key of a mention: its class and name, with the place that speaks where needed."""
        level = m.name[0]
        if m.type in self.bodies and level in self.mixed and level in scene.home:
            return m.type, f"{m.name}{self.MARK}{scene.home[level].name}"
        return m.type, m.name

    def join(self, clusters: Clusters, mentions: Sequence[tuple[Scene, Mention]]) -> None:
        """Make a short name one with the full name of the same place: 合肥市科技局."""
        for scene, m in mentions:
            key = self.key(scene, m)
            if key[1] == m.name:
                continue
            full = (m.type, key[1].partition(self.MARK)[2] + m.name[1:])
            if full in clusters.parent:
                clusters.union(key, full, "name.bureau", f"{m.name} is that of {full[1]}")


def _ends(stated: Stated) -> tuple[Mention, ...]:
    return (stated.subject, stated.object) if stated.object is not None else (stated.subject,)


def _places(clusters: Clusters, ontology: Ontology, mentions: Iterable[Mention]) -> None:
    """成都 and 成都市 are one place when the table has one reading for both in this text."""
    places = Places.load(ontology)
    coded: dict[str, set[str]] = defaultdict(set)
    kinds = {k.name for k in ontology.classes.values() if k.identified_by == "place"}
    names = sorted({m.name for m in mentions if m.type in kinds})
    context = _context(places, names)
    for name in names:
        division = places.resolve(name, context)
        if division is not None:
            coded[division.code].add(name)
    for code, group in sorted(coded.items()):
        ordered = sorted(group, key=lambda n: (-len(n), n))
        for name in ordered[1:]:
            for kind in kinds:
                if (kind, name) in clusters.parent and (kind, ordered[0]) in clusters.parent:
                    clusters.union(
                        (kind, name),
                        (kind, ordered[0]),
                        "place.code",
                        f"both are {code} in the table of divisions",
                    )
    for kind in kinds:  # zones and villages with and without what stands before them
        for name in names:
            longer = [n for n in names if n != name and n.endswith(name) and len(name) >= 3]
            if len(longer) == 1 and (kind, name) in clusters.parent and not places.by_name(name):
                clusters.union(
                    (kind, name),
                    (kind, longer[0]),
                    "name.tail",
                    f"{name} ends the only longer name {longer[0]}",
                )


# Classes whose names are long noun phrases: the tail of the only longer name is that name.
TAILED = 5


def _tails(clusters: Clusters, ontology: Ontology, mentions: Sequence[Mention]) -> None:
    by_type: dict[str, set[str]] = defaultdict(set)
    for m in mentions:
        by_type[m.type].add(m.name)
    for type_, names in sorted(by_type.items()):
        heads = ontology.classes[type_].identity.get("heads", ())
        ends: dict[str, list[str]] = defaultdict(list)  # names by their last two characters
        for name in names:
            ends[name[-2:]].append(name)
        for name in sorted(names):
            for head in heads:
                if name + head in names:
                    why = f"{name + head} only adds what kind of thing it is"
                    clusters.union((type_, name), (type_, name + head), "name.head", why)
            longer = [n for n in ends[name[-2:]] if n != name and n.endswith(name)]
            longer = [
                n
                for n in longer
                if not any(o != n and n.endswith(o) and o.endswith(name) for o in longer)
            ]
            if len(longer) != 1:
                continue
            klass = ontology.classes[type_]
            body = klass.identified_by == "body"
            if klass.identity.get("tail") and len(name) >= TAILED:
                clusters.union(
                    (type_, name),
                    (type_, longer[0]),
                    "name.tail",
                    f"{name} ends the only longer name {longer[0]}",
                )
            elif body and len(name) >= 4 and longer[0][: -len(name)] in names:
                clusters.union(
                    (type_, name),
                    (type_, longer[0]),
                    "name.unit",
                    f"{name} is the unit of {longer[0][: -len(name)]}",
                )
            elif body and BUREAU.match(name) and "驻" not in longer[0]:
                clusters.union(
                    (type_, name),
                    (type_, longer[0]),
                    "name.bureau",
                    f"{name} is the only body of that name, {longer[0]}",
                )


def _bodies(clusters: Clusters, ontology: Ontology, mentions: Sequence[Mention]) -> None:
    """青浦区政府 and 上海市青浦区人民政府 are one, and a group with and without its legal form."""
    kinds = {k.name for k in ontology.classes.values() if k.identified_by == "body"}
    for kind in sorted(kinds):
        names = {(m.name, m.subtype) for m in mentions if m.type == kind}
        for same in bodies(str(ontology.folder)).same(names):
            short, full = (kind, same.short), (kind, same.full)
            if short in clusters.parent and full in clusters.parent:
                clusters.union(short, full, same.rule, same.reason)
        _abridged(clusters, ontology, kind, mentions)


def _abridged(
    clusters: Clusters, ontology: Ontology, kind: str, mentions: Iterable[Mention]
) -> None:
    """甲江公司 is 云澜甲江科技有限公司, if the text says of neither that it is another."""
    told = {short for short, _ in clusters.reasons}
    names = {m.name for m in mentions if m.type == kind}
    listed = {m.name for m in mentions if m.type == kind and m.rule.endswith(".known")}
    industry = ontology.words["grammar"]["industry"]
    for same in abridged(names, industry, Places.load(ontology)):
        short, full = (kind, same.short), (kind, same.full)
        known = same.short in listed and same.rule == "name.abridged"
        if short not in told and not known and short in clusters.parent and full in clusters.parent:
            clusters.union(short, full, same.rule, same.reason)


def _context(places: Places, names: Iterable[str]) -> set[str]:
    """The codes of what can be read in one way only: they tell which 铁西区 stands beside them."""
    readings = (places.by_name(name) for name in names)
    return {found[0].code for found in readings if len(found) == 1}


def _collect(
    document: str,
    squeezed: str,
    clusters: Clusters,
    mentions: Sequence[tuple[Scene, Mention]],
    told: Sequence[Told],
    ontology: Ontology,
    voices: Voices,
) -> tuple[tuple[LocalEntity, ...], tuple[LocalClaim, ...]]:
    groups: dict[Key, list[tuple[Scene, Mention]]] = defaultdict(list)
    for scene, m in mentions:
        groups[clusters.find(voices.key(scene, m))].append((scene, m))
    members: dict[Key, list[str]] = defaultdict(list)
    for key in clusters.parent:
        members[clusters.find(key)].append(key[1].partition(voices.MARK)[0])
    places = Places.load(ontology)
    entities: list[LocalEntity] = []
    index: dict[Key, int] = {}
    reasons: dict[Key, list[Merge]] = defaultdict(list)
    for key, reason in clusters.reasons:
        reasons[clusters.find(key)].append(reason)
    employers = _employers(told, clusters, ontology, voices)
    home = scenes_home(mentions)
    spoken = {m.name for _, m in mentions if ontology.classes[m.type].identified_by == "place"}
    around = _context(places, spoken | {m.name for m in home.values()})
    scope = _Scope(document, home, places, employers, ontology)
    order = sorted(
        groups, key=lambda k: min((s.part.span(m.start, m.end).start, m.name) for s, m in groups[k])
    )
    for root in order:
        group = groups[root]
        names = sorted({n for n in members[root] if n in squeezed} | {m.name for _, m in group})
        place = ontology.classes[root[0]].identified_by == "place"
        label = _label(group, names, place)
        division = places.resolve(label, around) if place else None
        spans = sorted(
            {(s.part.span(m.start, m.end)) for s, m in group},
            key=lambda x: (x.start, x.end),
        )
        index[root] = len(entities)
        entities.append(
            LocalEntity(
                type=root[0],
                name=label,
                key=_key(group, label, division is not None, scope),
                subtype=Counter(m.subtype for _, m in group if m.subtype).most_common(1)[0][0]
                if any(m.subtype for _, m in group)
                else "",
                aliases=tuple(n for n in names if n != label),
                mentions=tuple(spans),
                merges=tuple(r for r in reasons[root] if r.name in names),
                code=division.code if division else "",
            )
        )
    claims = list(_claims(told, clusters, index, voices))
    return tuple(entities), tuple(claims)


@dataclass(frozen=True)
class _Scope:
    """What makes a name identify beyond its document: the place that speaks, an employer."""

    document: str
    home: dict[str, Mention]
    places: Places
    employers: dict[Key, str]
    ontology: Ontology


def scenes_home(mentions: Sequence[tuple[Scene, Mention]]) -> dict[str, Mention]:
    """What 市, 省 … mean in a document, as its articles know it."""
    return mentions[0][0].home if mentions else {}


def _employers(
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


def _key(group: Sequence[tuple[Scene, Mention]], label: str, coded: bool, scope: _Scope) -> str:
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
    own = bool(re.search(r"\d|[A-Za-z]{2}", label)) or scope_place(label, scope)
    vague = len(label) < int(klass.identity.get("own", 0)) and not own
    return f"{label}@{scope.document}" if vague or len(label) < least else label


def scope_place(label: str, scope: _Scope) -> bool:
    """Whether a name begins with a place."""
    return any(scope.places.by_name(label[:n]) for n in range(min(8, len(label)), 1, -1))


def _home(scope: _Scope) -> str:
    codes = sorted({d.code for m in scope.home.values() for d in scope.places.by_name(m.name)})
    return codes[0] if codes else scope.document


# Characters of a name that means one body everywhere; of a paper, an agency, a site: 中某社.
SHORT_BODY, SHORT_MEDIA = 4, 3


def _body_key(label: str, home: dict[str, Mention], scope: _Scope, least: int) -> str:
    """市科技局 is that of the city that speaks; a body of a common name that of its document."""
    level = label[0]
    if level in "市省区县州盟旗" and len(label) <= 14:
        place = home.get(level)
        return place_name(place, scope) + label[1:] if place else f"{label}@{scope.document}"
    return label if len(label) >= least else f"{label}@{scope.document}"


def place_name(place: Mention, scope: _Scope) -> str:
    """The full name of a place: 重庆 is 重庆市."""
    division = scope.places.resolve(place.name)
    return division.name if division else place.name


def _label(group: Sequence[tuple[Scene, Mention]], names: Sequence[str], place: bool) -> str:
    """The fullest name that the text gives; of a place, its own name without those around it."""
    own = Counter(m.name for _, m in group)
    if place:
        return max(own, key=lambda n: (len(n), own[n], n))
    return max(names, key=lambda n: (n in own, len(n), n))


def _claims(
    told: Sequence[Told], clusters: Clusters, index: dict[Key, int], voices: Voices
) -> Iterable[LocalClaim]:
    seen: set[tuple[object, ...]] = set()
    for t in told:
        s = t.stated
        subject = index[clusters.find(voices.key(t.scene, s.subject))]
        target = (
            index[clusters.find(voices.key(t.scene, s.object))] if s.object is not None else None
        )
        if subject == target:
            continue
        span = t.scene.part.span(s.span.start, s.span.end)
        key = (subject, s.predicate, target, s.value.lexical if s.value else "", span)
        if key in seen:
            continue
        seen.add(key)
        yield LocalClaim(
            subject=subject,
            predicate=s.predicate,
            object=target,
            value=s.value,
            start=span.start,
            end=span.end,
            rule=s.rule,
            confidence=s.confidence,
            status=s.status,
            trigger=t.scene.text[s.trigger.start : s.trigger.end],
        )
