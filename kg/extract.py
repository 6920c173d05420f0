"""One document in, its Reading out: segment, annotate, relate, resolve, in this order."""

from __future__ import annotations

from collections import Counter

from kg.annotate.mention import Mention
from kg.annotate.names import annotator
from kg.annotate.values import When, written
from kg.ontology import Ontology
from kg.places import Places
from kg.records import Article, Document, Reading, Span
from kg.relate import relater
from kg.relate.notice import main_policy
from kg.relate.scene import Scene
from kg.resolve import Told, resolve
from kg.segment import Part, segment


def extract(document: Document, ontology: Ontology) -> Reading:
    """Read one document by itself.

    >>> from kg.ontology import load
    >>> text = "甲某智能科技有限公司在成都高新区投资3亿元建设芯片封装基地项目。"
    >>> reading = extract(Document("d", "d.txt", text), load())
    >>> sorted(e.name for e in reading.entities)
    ['成都高新区', '甲某智能科技有限公司', '芯片封装基地项目']
    """
    folder = str(ontology.folder)
    names, rules = annotator(folder), relater(folder)
    parts = segment(document, ontology)
    year = written(document.text, document.published)
    drafts, links = [], []
    for part in parts:
        draft, own = names.annotate(part, _when(part, year))
        drafts.append(draft)
        links.append(own)
    spread = names.spread(drafts, links)
    home_names = [names.finish(d) for d in drafts]
    home = _home(document, parts, home_names, ontology)
    scenes = []
    for draft, mentions in zip(drafts, home_names, strict=True):
        scene = Scene(draft, mentions, rules.compiler.masks, home)
        scene.main = main_policy(scene, "Policy")
        scenes.append(scene)
    told = [Told(scene, stated) for scene in scenes for stated in rules.relate(scene)]
    linked = [(s, link) for s, own in zip(scenes, links, strict=True) for link in own]
    linked += [(scenes[number], link) for number, link in spread]
    entities, claims = resolve(document.id, document.text, scenes, told, linked, ontology)
    return Reading(
        document=document.id,
        articles=tuple(_article(p) for p in parts),
        entities=entities,
        claims=claims,
    )


def _when(part: Part, page: When) -> When:
    own = written(part.text, part.date)
    return When(own.year or page.year, own.month or page.month, own.day or page.day)


def _article(part: Part) -> Article:
    return Article(
        part.kind, part.title, (Span(part.offsets[0], part.offsets[-1] + 1),), part.publisher, part.date, part.place
    )


def _home(
    document: Document, parts: tuple[Part, ...], found: list[list[Mention]], ontology: Ontology
) -> dict[str, Mention]:
    """What 我市, 全区 … mean in a document: the place of its publisher, its issuer or its dateline."""
    places = Places.load(ontology)
    mentions = [m for group in found for m in group if m.rule.startswith("district.") and not m.refers]
    context = {d.code for m in mentions for d in places.by_name(m.name)[:1] if len(places.by_name(m.name)) == 1}
    codes: list[str] = []
    for part in parts:
        if part.publisher and (division := places.publisher(part.publisher)):
            codes.append(division.code)
    for part, group in zip(parts, found, strict=True):
        if part.kind == "notice":
            for m in group:
                if m.subtype == "government" and m.start < 700:
                    reading = places.resolve(_lead(m.name, places), context) if _lead(m.name, places) else None
                    if reading:
                        codes.append(reading.code)
        if part.place and (reading := places.resolve(part.place, context)):
            codes.append(reading.code)
    votes = Counter(d.code for m in mentions if (d := places.resolve(m.name, context)))
    for code, _ in votes.most_common():
        codes.append(code)
    home: dict[str, Mention] = {}
    by_code: dict[str, Mention] = {}
    for m in mentions:
        division = places.resolve(m.name, context)
        if division and division.code not in by_code:
            by_code[division.code] = m
    for code in codes:
        for division in (d for d in (places.by_code(code), *places.ancestors(code)) if d):
            level = {"province": "省", "prefecture": "市", "county": "区"}.get(division.level, "")
            keys = {level, division.name[-1]} | ({"市"} if division.name.endswith("市") else set())
            for key in keys - {""}:
                if division.code in by_code:
                    home.setdefault(key, by_code[division.code])
    for group in found:
        for m in group:
            if m.subtype == "media" and m.name.endswith("报") and "publisher" not in home:
                home["publisher"] = m
    return home


def _lead(name: str, places: Places) -> str:
    for size in range(min(12, len(name) - 1), 1, -1):
        if places.by_name(name[:size]):
            return name[:size]
    return ""
