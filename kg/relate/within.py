"""Places of an article in, which of them lies in which out.

Three shapes of the text say it: one place written right after the other (甲市乙区), a list that
goes on so (甲市乙区、丙县), a zone that bears the name of its city (甲云湖示范区). The table of
divisions has the last word where it knows both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.annotate.mention import Mention
from kg.annotate.place import FULL
from kg.ontology import Ontology, Rule
from kg.places import Places
from kg.records import Span
from kg.relate.scene import Scene, Stated
from kg.relate.shape import Reader, stated

TOWN = "town"
SEPARATOR = re.compile(r"\s*(?:、|以及|和|及|与)\s*")
# Between a place and one in it: the side on which it lies (甲市|最南端的|乙区).
SIDE = re.compile(
    "(?:最|偏)?[东南西北中]{1,2}(?:部|端|侧|面|郊)的?|(?:市|县)?(?:境内|域内|辖区)的?"
)
# After its place it counts what lies in there (现辖3个区); 管辖区 and 辖内 are nouns.
GOVERNS = re.compile("(?<![直])辖(?![区内地])")


def _places(scene: Scene, rule: Rule) -> list[Mention]:
    wanted = rule.options.get("class")
    return sorted(
        (m for m in scene.mentions if m.type == wanted and not m.refers), key=lambda m: m.start
    )


def chain(scene: Scene, rule: Rule, predicate: str, ontology: Ontology) -> Iterator[Stated]:
    """A place written right after another lies in it, unless the table says that it does not.

    Where a word stands between that says on which side (甲市最南端乙区), the table must say so.
    """
    table = Places.load(ontology)
    for a, b in pairwise(_places(scene, rule)):
        held = table.holds(a.name, b.name)
        if held and SIDE.fullmatch(scene.text, a.end, b.start):
            yield stated(scene, rule, predicate, b, a, Span(a.start, b.end))
        if a.end != b.start or not a.inner:
            continue
        if held or (held is None and a.subtype != "country"):
            yield stated(scene, rule, predicate, b, a, Span(a.start, b.end))


def _addresses(places: Sequence[Mention]) -> list[list[Mention]]:
    """The runs of places that are written one within the other, the widest first."""
    runs: list[list[Mention]] = []
    for m in places:
        if runs and runs[-1][-1].end == m.start and runs[-1][-1].inner:
            runs[-1].append(m)
        else:
            runs.append([m])
    return runs


def listed(scene: Scene, rule: Rule, predicate: str, ontology: Ontology) -> Iterator[Stated]:
    """甲市乙区、丙县和高新区: what a list names after the first lies in the same place."""
    table = Places.load(ontology)
    first: list[Mention] = []
    previous: list[Mention] = []
    for run in _addresses(_places(scene, rule)):
        joined = previous and SEPARATOR.fullmatch(scene.text, previous[-1].end, run[0].start)
        outer = _holder(first, run[0], table) if joined else None
        if outer is not None:
            yield stated(scene, rule, predicate, run[0], outer, Span(outer.start, run[0].end))
        else:
            first = run
        previous = run


def _holder(address: Sequence[Mention], m: Mention, table: Places) -> Mention | None:
    """Which place of an address holds another one of its list too: the narrowest that can."""
    for outer, inner in reversed(list(pairwise(address))):
        held = table.holds(outer.name, m.name)
        if held or (held is None and _alike(inner, m, outer, table)):
            return outer
        if held is None and not (_village(inner) and not _village(m) and m.subtype == TOWN):
            return None
    return None


def _village(m: Mention) -> bool:
    """Whether a place is of the level below towns and streets."""
    return m.subtype == TOWN and m.name.endswith(("村", "社区", "嘎查", "居委会"))


def _alike(a: Mention, b: Mention, outer: Mention, table: Places) -> bool:
    """Whether a place without a code is like its neighbour: 乙街道、丙街道; 乙区、高新区."""
    if b.subtype == "zone":
        lead = next((b.name[:n] for n in range(6, 1, -1) if table.by_name(b.name[:n])), "")
        at_home = not lead or lead == outer.name or table.holds(outer.name, lead) is not False
        return a.subtype in ("county", "zone") and at_home
    return a.subtype == b.subtype == TOWN and _village(a) == _village(b)


def governs(scene: Scene, rule: Rule, predicate: str, ontology: Ontology) -> Iterator[Stated]:
    """某市现辖甲区、乙县: the places of the sentence that the table knows to lie in it."""
    table = Places.load(ontology)
    places = _places(scene, rule)
    for found in GOVERNS.finditer(scene.text):
        sentence = scene.sentence(found.start())
        before = [m for m in places if sentence.start <= m.start and m.end <= found.start()]
        after = [m for m in places if found.end() <= m.start and m.end <= sentence.end]
        for m in after:
            outers = [b for b in before if table.holds(b.name, m.name)]
            narrow = [b for b in outers if not any(table.holds(b.name, o.name) for o in outers)]
            if narrow:
                yield stated(scene, rule, predicate, m, narrow[-1], Span(found.start(), m.end))


def borne(scene: Scene, rule: Rule, predicate: str, ontology: Ontology) -> Iterator[Stated]:
    """甲市支持甲云湖示范区: a zone lies in the narrowest place whose name it bears.

    Its sentence must name the place by itself, or the zone's name hold it in full
    (甲市云湖示范区); and the zone must be called by more than its sort (甲高新区).
    """
    table, places = Places.load(ontology), _places(scene, rule)
    apart = re.compile(str(rule.options["unless"]))
    whole = [m for m in places if not m.inner and m.subtype not in ("zone", "park")]
    for zone in places:
        if zone.subtype not in ("zone", "park") or table.by_name(zone.name):
            continue
        borne = [m for m in whole if _bears(zone.name, m, table)]
        sentence = scene.sentence(zone.start)
        near = [
            m
            for m in borne
            if sentence.start <= m.start < sentence.end
            or (FULL.search(m.name) and zone.name.startswith(m.name))
        ]
        outer = max(near, key=lambda m: _bears(zone.name, m, table), default=None)
        held = _bears(zone.name, outer, table) if outer else 0
        if address := _address(zone, places):
            outer, held = address, address.end - zone.start
        if outer and not apart.search(zone.name[held:]):
            yield stated(scene, rule, predicate, zone, outer, Span(zone.start, zone.end))


def _address(zone: Mention, places: Sequence[Mention]) -> Mention | None:
    """The last of the places that a zone's name opens with, one in the other: 甲|乙区|某基地."""
    end, last = zone.start, None
    for m in places:
        if m is not zone and m.start == end and m.end < zone.end:
            end, last = m.end, m
    return last if last and FULL.search(last.name) else None


def _bears(zone: str, place: Mention, table: Places) -> int:
    """How much of a zone's name is the name of a place that it begins with, in full or short."""
    names = {n for d in table.by_name(place.name) for n in (d.name, d.usual, d.short) if n}
    return max((len(n) for n in names if n != zone and zone.startswith(n)), default=0)


READERS: dict[str, Reader] = {
    "borne": borne,
    "chain": chain,
    "listed": listed,
    "governs": governs,
}
