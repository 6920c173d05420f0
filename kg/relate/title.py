"""What a policy's title says by itself: where the policy applies, who wrote it, what it rests on.

``《甲省关于支持乙县发展的若干意见》`` is written by 甲省 and applies to 乙县;
``《甲市落实〈乙规划〉的实施方案》`` rests on 乙规划. A title without a place applies where the body
that issues it governs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from kg.annotate.mention import Mention, clean
from kg.annotate.place import FULL, PlaceFinder
from kg.ontology import Ontology, Rule
from kg.records import Span
from kg.relate.frame import frame
from kg.relate.notice import issuer
from kg.relate.scene import Scene, Stated
from kg.relate.shape import stated

# What begins with a body's name applies to no place: 甲市乙大学…合作协议.
OWNED = re.compile(
    "[\u4e00-\u9fff]{0,6}?(?:大学|学院|公司|集团|医院|银行|协会|研究院|研究所|院区|馆)"
)
ABOUT = "关于"
TOWARDS = re.compile("关于(?:印发|促进|支持|加快|推进|推动)?")
MARKS = "《〈“‘<"
# 《关于促进全省经济…的措施》 applies to the province that speaks.
HERE = re.compile("[我全本]([省市区县州旗盟])(?!民|域|长|委)")
# A paper between parties names them, not where it applies.
PARTIES = re.compile("(?:协议|协议书|备忘录|合同|倡议书|宣言|公报|报告|年报)$")
# What only tells of something applies nowhere.
NEWS = re.compile("(?:公示|公告|通报|报告|白皮书|蓝皮书|指数|榜单|倡议|协议|备忘录)(?:[（(].*)?$")
ZONES = ("zone", "park")
READERS = {"frame": frame, "issuer": issuer}


@lru_cache(maxsize=4)
def _places(folder: str) -> PlaceFinder:
    from kg.annotate.names import annotator

    finders = annotator(folder).stages[0]
    return next(f for f in finders if isinstance(f, PlaceFinder))


def _titles(scene: Scene, rule: Rule) -> Iterator[Mention]:
    for m in scene.mentions:
        if m.type == rule.options["class"] and not m.refers:
            yield m


def _after(text: str, start: int, end: int) -> int:
    while start < end and text[start] in MARKS:
        start += 1
    return start


def heads(scene: Scene, rule: Rule, predicate: str, ontology: Ontology) -> Iterator[Stated]:
    """A name that begins with a place has to do with it; a title may name it further on."""
    finder, ends = _places(str(ontology.folder)), str(rule.options.get("ends", ""))
    unless = re.compile(str(rule.options.get("unless", "(?!)")))
    behind = re.compile(str(rule.options["behind"])) if "behind" in rule.options else None
    done = re.compile(f"[”》]?(?:[（(][^（）()]{{0,24}}[）)])?(?:{rule.options.get('done', '')})")
    for m in _titles(scene, rule):
        if unless.search(m.name) or not done.match(scene.text, m.end):
            continue
        if rule.options.get("done") and _acted(scene, m, ontology.relations[predicate].domain):
            continue
        lead = behind.match(scene.text, m.start, m.end) if behind else None
        if behind and lead is None:
            continue
        if rule.options.get("within"):
            place = place_of(scene, m, finder)
        elif lead is not None:
            place = _leading(scene, lead.end(), m.end, finder)
        else:
            place = _leading(scene, _after(scene.text, m.start, m.end), m.end, finder)
        if place is not None and re.search(ends, place.name):
            ends_ = (m, replace(place, weak=True, inner=True))
            first, second = reversed(ends_) if rule.options.get("done") else ends_
            yield stated(scene, rule, predicate, first, second, Span(m.start, m.end))


def _acted(scene: Scene, title: Mention, types: Sequence[str]) -> bool:
    """Whether somebody stands in the clause before a title: who issues it is told."""
    lead = max(scene.text.rfind(c, 0, title.start) for c in "，。；：\n")
    return any(m.type in types and lead < m.start < title.start for m in scene.mentions)


def place_of(scene: Scene, title: Mention, finder: PlaceFinder) -> Mention | None:
    """The place that a title is about: one it names after 关于, else the one it begins with."""
    start = _after(scene.text, title.start, title.end)
    here = HERE.search(title.name)
    if here is not None:
        return scene.home.get(here[1])
    about = scene.text.find(ABOUT, start, title.end)
    parties = PARTIES.search(title.name) is not None
    if about >= 0 and not parties:
        found = _inside(scene, about, title.end, finder)
        if found is not None:
            return found
    if about == start:
        lead = TOWARDS.match(scene.text, about)
        start = _after(scene.text, lead.end() if lead else start, title.end)
    found = _leading(scene, start, title.end, finder)
    coined = scene.text[title.start] != "《" and "“" in scene.text[title.start : title.end]
    if found is None and about < 0 and not parties and not coined:
        return _inside(scene, start, title.end, finder)
    return found


def _leading(scene: Scene, start: int, end: int, finder: PlaceFinder) -> Mention | None:
    """The place that a name begins with, if a place it is there (大通湖 is not 大通)."""
    known = [m for m in scene.draft.found if m.type == finder.type and m.start == start]
    found = _opening(scene, start, end, finder)
    if found is not None and not FULL.search(found.name):
        found = found if any(m.end == found.end for m in known) else None
    found = found or next((m for m in known if m in scene.mentions), None)
    found = _zone(scene, start, end, finder) or found
    return found if found is not None and _governs(scene, found, end) else None


def _opening(scene: Scene, start: int, end: int, finder: PlaceFinder) -> Mention | None:
    """The place that a stretch of an article begins with, by the table alone."""
    found = finder.leading(scene.text, start, end)
    return found.standing(scene.draft.number) if found is not None else None


def _zone(scene: Scene, start: int, end: int, finder: PlaceFinder) -> Mention | None:
    """The zone of the text that a name begins with: 甲新区, not 甲, in 《甲新区补链方案》."""
    zones = [
        m
        for m in scene.mentions
        if m.type == finder.type and m.subtype in ZONES and not m.refers
        if scene.text.startswith(m.name, start) and start + len(m.name) < end
    ]
    longest = max(zones, key=lambda m: len(m.name), default=None)
    return replace(longest, start=start, end=start + len(longest.name)) if longest else None


def _inside(scene: Scene, start: int, end: int, finder: PlaceFinder) -> Mention | None:
    """The first place within a stretch of a title, the narrowest of a chain."""
    standing = {m.name for m in scene.mentions if m.type == finder.type and not m.inner}
    places = sorted(
        (
            m
            for m in scene.draft.within(start, end)
            if m.type == finder.type
            and not m.weak
            and m.subtype not in ("area", "region")
            and (m.rule == finder.rule.rule or m.name in standing)
        ),
        key=lambda m: (m.start, -m.end),
    )
    found: Mention | None = None
    for m in places:
        if found is not None and m.start != found.end:
            break
        found = m
    return found if found is not None and _governs(scene, found, end) else None


def _governs(scene: Scene, place: Mention, end: int) -> bool:
    return place.end < end and not OWNED.match(scene.text, place.end)


def jurisdiction(scene: Scene, rule: Rule, predicate: str, ontology: Ontology) -> Iterator[Stated]:
    """A title without a place applies where the body or the place that issues it governs."""
    finder, ends = _places(str(ontology.folder)), re.compile(f"(?:{rule.options['ends']})$")
    relation = str(rule.options["relation"])
    for page in ontology.relations[relation].rules:
        reader = READERS.get(page.kind)
        for s in reader(scene, page, relation, ontology) if reader else ():
            title = s.object
            if title is None or s.denied or NEWS.search(title.name):
                continue
            if place_of(scene, title, finder) is not None:
                continue
            place = s.subject if s.subject.type == finder.type else None
            if place is None and ends.search(s.subject.name):
                place = _seat(scene, s.subject, finder)
            if place is not None:
                seat = replace(place, weak=True)
                yield stated(scene, rule, predicate, title, seat, s.trigger, status=s.status)


def carried(scene: Scene, rule: Rule, predicate: str, ontology: Ontology) -> Iterator[Stated]:
    """A title without a place applies where a place carries it out: 甲市深入实施乙计划."""
    finder, never = _places(str(ontology.folder)), re.compile(str(rule.options["never"]))
    for s in frame(scene, rule, predicate, ontology):
        title, place = s.object, s.subject
        if title is None or s.denied or place.subtype == "area":
            continue
        if not never.search(title.name) and place_of(scene, title, finder) is None:
            yield replace(s, subject=title, object=place)


def _seat(scene: Scene, body: Mention, finder: PlaceFinder) -> Mention | None:
    """The place that a body governs: 甲市 of 甲市财政局, what 市 means here of 市财政局."""
    if body.article == scene.draft.number:  # a paper may be named in another article only
        found = _opening(scene, body.start, body.end, finder)
        if found is not None:
            return found if found.end < body.end and FULL.search(found.name) else None
    return scene.home.get(body.name[0])


def author(scene: Scene, rule: Rule, predicate: str, ontology: Ontology) -> Iterator[Stated]:
    """Whoever stands before 关于 in a title has written it: 《甲市人民政府关于…的意见》.

    So have bodies of government before what it is to do: 《甲市财政局促进消费若干措施》.
    """
    types, place = ontology.relations[predicate].domain, _places(str(ontology.folder)).type
    for m in _titles(scene, rule):
        start = _after(scene.text, m.start, m.end)
        about = scene.text.find(ABOUT, start, m.end)
        bodies = _tiles(scene, start, about if about >= 0 else m.end, types, place)
        if about < 0 and not (bodies and _writes(scene, bodies, rule)):
            continue
        for body in bodies:
            yield stated(scene, rule, predicate, replace(body, inner=True), m, Span(m.start, m.end))


def _writes(scene: Scene, bodies: list[Mention], rule: Rule) -> bool:
    """Whether bodies of government stand before what a paper is to do, and no 市|政府定价."""
    doing = re.compile(str(rule.options["writes"]))
    ruling = all(b.subtype == "government" for b in bodies)
    return ruling and doing.match(scene.text, bodies[-1].end) is not None


def _tiles(scene: Scene, start: int, end: int, types: tuple[str, ...], place: str) -> list[Mention]:
    """The bodies that make up a stretch of text up to 关于, else none; or that it opens with."""
    whole = scene.text.startswith(ABOUT, end)
    found: list[Mention] = []
    while start < end:
        if scene.text[start] in " 　、和":
            start += 1
            continue
        here = [b for b in scene.draft.within(start, end) if b.start == start and b.type in types]
        if not here:
            return [] if whole else found
        widest = max(here, key=lambda b: b.end)
        if found and found[-1].end == start and found[-1].type == widest.type == place:
            found.pop()  # 甲市乙区: the last one is meant
        found.append(widest)
        start = widest.end
    return found


def grounded(scene: Scene, rule: Rule, predicate: str, ontology: Ontology) -> Iterator[Stated]:
    """A title that names what it carries out: 《甲市贯彻落实〈乙规划〉的实施方案》."""
    patterns = [re.compile(str(p)) for p in rule.options["patterns"]]
    for m in dict.fromkeys([*_titles(scene, rule), *filter(None, [scene.main])]):
        text = scene.text[m.start : m.end].rstrip("》”")
        found = next((f for p in patterns if (f := p.search(text, text[0] in "《“"))), None)
        if found is None:
            continue
        start, end = m.start + found.start("name"), m.start + found.end("name")
        basis = replace(
            m, start=start, end=end, name=clean(found["name"]), inner=True, also=(), weak=True
        )
        yield stated(scene, rule, predicate, m, basis, Span(m.start, m.end))
