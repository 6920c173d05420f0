"""Join the names of one document that are of one thing, each pair by a rule.

Two names are one only for a reason that can be told: one is the full form of the other in the
national table, it is the only longer name that ends in it, or both are one office of one place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import product

from kg.extract.mentions.mention import Mention
from kg.extract.resolve.abridged import abridged, branches, seat
from kg.extract.resolve.bodies import bodies
from kg.extract.resolve.clusters import Clusters
from kg.extract.resolve.headlines import join_headlines
from kg.ontology import Ontology
from kg.ontology.places import PlaceContext, Places


def join(clusters: Clusters, ontology: Ontology, mentions: Sequence[Mention]) -> None:
    """Make one the names of one thing: places, works, bodies."""
    _join_places(clusters, ontology, mentions)
    _join_tails(clusters, ontology, mentions)
    join_headlines(clusters, ontology, mentions)
    _join_bodies(clusters, ontology, mentions)


def _join_places(clusters: Clusters, ontology: Ontology, mentions: Iterable[Mention]) -> None:
    """成都 and 成都市 are one place when the table has one reading for both in this text."""
    places = Places.load(ontology)
    coded: dict[str, set[str]] = defaultdict(set)
    kinds = {k.name for k in ontology.classes.values() if k.identified_by == "place"}
    names = sorted({m.name for m in mentions if m.type in kinds})
    context = PlaceContext(unambiguous_codes(places, names), places)
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
    _join_levels(clusters, ontology, kinds, names)
    _join_zones(clusters, ontology, kinds, names)
    states = {row["name"] for row in ontology.table("countries")}  # 俄罗斯 is not 白俄罗斯
    for kind in kinds:  # zones and villages with and without what stands before them
        for name in names:
            longer = [n for n in names if n != name and n.endswith(name) and len(name) >= 3]
            if len(longer) == 1 and (kind, name) in clusters.parent and not places.by_name(name):
                if name in states:
                    continue
                clusters.union(
                    (kind, name),
                    (kind, longer[0]),
                    "name.tail",
                    f"{name} ends the only longer name {longer[0]}",
                )


def _join_levels(
    clusters: Clusters, ontology: Ontology, kinds: Iterable[str], names: Sequence[str]
) -> None:
    """甲山 is 甲山区 where the table has several of either, and the text names no other."""
    places = Places.load(ontology)
    for kind, name in product(sorted(kinds), names):
        fuller = [
            n for n in names if n[:-1] == name and n[-1] in ontology.lexicon.sameness.ends_place
        ]
        codes = {d.code for d in places.by_name(name)}
        if len(fuller) != 1 or len(codes) < 2:
            continue
        shared = codes.intersection(d.code for d in places.by_name(fuller[0]))
        if shared and {(kind, name), (kind, fuller[0])} <= clusters.parent.keys():
            why = f"{fuller[0]} is the only place of the text that {name} can be short for"
            clusters.union((kind, name), (kind, fuller[0]), "name.level", why)


def _join_zones(
    clusters: Clusters, ontology: Ontology, kinds: Collection[str], names: Iterable[str]
) -> None:
    """甲某高新区 and 甲某高新技术产业开发区 are one; a name that is no more than that is none."""
    table = bodies(str(ontology.folder))
    by_office: dict[str, list[str]] = defaultdict(list)
    for name in names:
        if (full := table.office(name)) not in table.full:
            by_office[full].append(name)
    for full, group in sorted(by_office.items()):
        longest = max(group, key=lambda name: (len(name), name))
        for kind, name in product(sorted(kinds), group):
            if name != longest and {(kind, name), (kind, longest)} <= clusters.parent.keys():
                why = f"both are {full}"
                clusters.union((kind, name), (kind, longest), "name.office", why)


PART = 2  # characters of the name of a part of a body
# Classes whose names are long noun phrases: the tail of the only longer name is that name.
TAILED = 5
OWN = 4  # characters of a name behind its place


def _join_tails(clusters: Clusters, ontology: Ontology, mentions: Sequence[Mention]) -> None:
    sameness = ontology.lexicon.sameness
    places = Places.load(ontology)
    by_type: dict[str, set[str]] = defaultdict(set)
    tailed = {k.name for k in ontology.classes.values() if k.identity.get("tail")}
    for m in mentions:
        by_type[m.type].update((m.name, *m.other_names) if m.type in tailed else (m.name,))
    for type_, names in sorted(by_type.items()):
        _join_leveled(clusters, ontology, type_, names)
        heads = ontology.classes[type_].identity.get("heads", ())
        ends: dict[str, list[str]] = defaultdict(list)  # names by their last two characters
        for name in sorted(names):
            ends[name[-2:]].append(name)
        for name, head in product(sorted(names), heads):
            if name + head in names:
                why = f"{name + head} only adds what kind of thing it is"
                clusters.union((type_, name), (type_, name + head), "name.head", why)
        for name in sorted(names):
            longer = list(_longer_names(name, ends[name[-2:]]))
            if len({clusters.root((type_, n)) for n in longer}) != 1 or any(
                branches(name, n, places, ontology.lexicon.sameness) for n in longer
            ):
                continue
            klass = ontology.classes[type_]
            body = klass.identified_by == "body"
            other = longer[0][: -len(name)]
            halves = (
                other.endswith(sameness.joined) and other[:-1] in names
            )  # 甲暨乙, 甲 and 乙: three
            if klass.identity.get("tail") and len(name) >= TAILED and not halves:
                clusters.union(
                    (type_, name),
                    (type_, longer[0]),
                    "name.tail",
                    f"{name} ends the only longer name {longer[0]}",
                )
            elif body and len(name) >= 4 and other in names and not seat(name, places, sameness):
                clusters.union(
                    (type_, name),
                    (type_, longer[0]),
                    "name.unit",
                    f"{name} is the unit of {other}",
                )
            elif (
                body
                and (type_, name) in clusters.parent
                and sameness.bureau.match(name)
                and sameness.posted not in longer[0]
            ):
                clusters.union(
                    (type_, name),
                    (type_, longer[0]),
                    "name.bureau",
                    f"{name} is the only body of that name, {longer[0]}",
                )


def _join_leveled(
    clusters: Clusters, ontology: Ontology, type_: str, names: Collection[str]
) -> None:
    """甲江市某平台 and 甲江某平台 are one: what kind of place 甲江 is, one leaves out."""
    places = Places.load(ontology)
    for name in sorted(names):
        for at in (2, 3, 4):
            level, bare = name[at : at + 1], name[:at] + name[at + 1 :]
            is_short_form = len(bare) - at >= OWN and bare in names
            if (
                is_short_form
                and level in ontology.lexicon.sameness.ends_place
                and places.by_name(name[: at + 1])
            ):
                why = f"{bare} leaves out that {name[:at]} is {name[: at + 1]}"
                clusters.union((type_, bare), (type_, name), "name.level", why)


def _longer_names(name: str, names: Collection[str]) -> Iterator[str]:
    """The names that end in a name, without those that end in another that does."""
    longer = [n for n in names if n != name and n.endswith(name)]
    for n in longer:
        if not any(o != n and n.endswith(o) for o in longer):
            yield n


def _join_bodies(clusters: Clusters, ontology: Ontology, mentions: Sequence[Mention]) -> None:
    """嘉定区政府 and 上海市嘉定区人民政府 are one, and a group with and without its legal form."""
    kinds = {k.name for k in ontology.classes.values() if k.identified_by == "body"}
    for kind in sorted(kinds):
        names = {(m.name, m.subtype) for m in mentions if m.type == kind}
        for same in bodies(str(ontology.folder)).same(names):
            short, full = (kind, same.short), (kind, same.full)
            if short in clusters.parent and full in clusters.parent:
                clusters.union(short, full, same.rule, same.reason)
        _join_spelled_out(clusters, ontology, kind, [m for m in mentions if m.type == kind])
        _join_abridged(clusters, ontology, kind, mentions)


def _join_spelled_out(
    clusters: Clusters, ontology: Ontology, kind: str, mentions: Sequence[Mention]
) -> None:
    """甲大机械学院 is 甲江大学机械学院, or the only name that ends so, where 甲大 is 甲江大学."""
    names = sorted({m.name for m in mentions})
    short = {
        (m.name, full) for m in mentions if m.rule in ontology.knowing for full in m.other_names
    }
    for (begin, full), name in product(sorted(short), names):
        rest = name[len(begin) :]
        if name.startswith(begin) and len(rest) >= PART and not full.startswith(begin):
            longer = [n for n in names if n != name and n.endswith(full + rest)]
            if len(longer) == 1:
                why = f"{begin} is {full}"
                clusters.union((kind, name), (kind, longer[0]), "name.spelled", why)


def _join_abridged(
    clusters: Clusters, ontology: Ontology, kind: str, mentions: Iterable[Mention]
) -> None:
    """甲江公司 is 云澜甲江科技有限公司, if the text says of neither that it is another."""
    merged = {short for short, _ in clusters.reasons}
    names = {m.name for m in mentions if m.type == kind}
    listed_names = {m.name for m in mentions if m.type == kind and m.rule in ontology.knowing}
    industry = ontology.lexicon.grammar.industry
    for same in abridged(names, industry, Places.load(ontology), ontology.lexicon):
        short, full = (kind, same.short), (kind, same.full)
        is_listed = same.short in listed_names and same.rule == "name.abridged"
        if (
            short not in merged
            and not is_listed
            and short in clusters.parent
            and full in clusters.parent
        ):
            clusters.union(short, full, same.rule, same.reason)


def unambiguous_codes(places: Places, names: Iterable[str]) -> set[str]:
    """The codes of what can be read in one way only: they tell which 铁西区 stands beside them."""
    readings = (places.by_name(name) for name in names)
    return {divisions[0].code for divisions in readings if len(divisions) == 1}
