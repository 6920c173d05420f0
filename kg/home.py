"""What 我市, 全区, 本报 mean in a document: the places and the paper that speak in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kg.annotate.mention import Mention
from kg.ontology import Ontology
from kg.places import Places
from kg.segment import Part


def home_of(
    parts: Sequence[Part], found: Sequence[Sequence[Mention]], ontology: Ontology
) -> dict[str, Mention]:
    """What 我市, 全区 … mean in a document: the place of its publisher, its issuer or its dateline."""
    places = Places.load(ontology)
    kinds = {k.name for k in ontology.classes.values() if k.identified_by == "place"}
    mentions = [m for group in found for m in group if m.type in kinds and not m.refers]
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
