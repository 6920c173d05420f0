"""Lists under the name of a place in, that each of their items is there out.

一、甲市（2家） heads the lines below it, 乙区： what stands behind it on its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kg.annotate.mention import Mention
from kg.grid import MARK
from kg.ontology import Ontology, Rule
from kg.records import Span
from kg.relate.scene import Scene, Stated

BLANK = r"[ \u3000]{0,8}"
HEAD = re.compile(
    rf"{BLANK}(?:{MARK})?{BLANK}(?P<name>[\u4e00-\u9fff]{{2,24}}){BLANK}"
    r"(?:[（(]共?\d{1,4}[家个项户所][^（）()\n]{0,6}[）)])?(?P<colon>[：:])?"
)
ITEM = re.compile(rf"{BLANK}(?:{MARK}|\d{{1,3}}(?=[ \t\u3000]))?[ \t\u3000“]{{0,8}}")
ENDS = re.compile(r"[”]?(?=[ \t\u3000]*(?:$|[，,；;、。（(\t\n]))")
PIECE = re.compile(r"[^；;。\n]+")
LONGEST = 160  # characters of an item with all that is said of it on its line
OFFICES = ("government", "party")


def grouped(scene: Scene, rule: Rule, predicate: str, ontology: Ontology) -> Iterator[Stated]:
    """What is listed under a place, or behind its name and a colon, is there."""
    wanted, place = tuple(rule.options["class"]), str(rule.options["place"])
    starts: dict[int, Mention] = {}
    for m in scene.mentions:
        if not m.refers and (m.start not in starts or starts[m.start].end < m.end):
            starts[m.start] = m
    if not any(m.type == place for m in starts.values()):
        return
    under: Mention | None = None
    at = 0
    for line in scene.text.split("\n"):
        start, at = at, at + len(line) + 1
        if not line.strip():
            continue
        head = HEAD.fullmatch(line)
        found = _place(starts, place, start, head) if head else None
        if found is not None:
            under = found
            continue
        item = _item(scene, starts, wanted, start, line) if under else None
        if under is not None and item is None:
            under = None
        if under is not None and item is not None:
            yield _stated(rule, predicate, item, under, Span(start, start + len(line)))
            continue
        if "：" in line or ":" in line:
            for piece in PIECE.finditer(line):
                span = Span(start + piece.start(), start + piece.end())
                for one, there in _behind(scene, starts, wanted, place, span):
                    yield _stated(rule, predicate, one, there, span)


def _place(
    starts: Mapping[int, Mention], place: str, start: int, head: re.Match[str]
) -> Mention | None:
    """The last of the places that a heading consists of: 甲市乙区."""
    at, end, last = start + head.start("name"), start + head.end("name"), None
    while at < end:
        last = starts.get(at)
        if last is None or last.type != place:
            return None
        at = last.end
    return last if at == end else None


def _item(
    scene: Scene, starts: Mapping[int, Mention], wanted: tuple[str, ...], start: int, line: str
) -> Mention | None:
    """What a line of a list is about: the name that opens it, or the first one of a row."""
    if len(line) > LONGEST or "。" in line.rstrip("。"):
        return None
    if "\t" in line:
        inside = [m for at, m in starts.items() if start <= at < start + len(line)]
        kinds = [k for k in wanted if any(m.type == k for m in inside)]
        named = [m for m in inside if kinds and m.type == kinds[0] and m.subtype not in OFFICES]
        return min(named, key=lambda m: m.start, default=None)
    lead = ITEM.match(line)
    m = starts.get(start + lead.end()) if lead else None
    fits = m is not None and m.type in wanted and m.subtype not in OFFICES
    return m if fits and m and ENDS.match(scene.text, m.end) else None


def _behind(
    scene: Scene, starts: Mapping[int, Mention], wanted: tuple[str, ...], place: str, span: Span
) -> Iterator[tuple[Mention, Mention]]:
    """The items of a list behind a place and a colon, up to the first that is none."""
    head = HEAD.match(scene.text, span.start, span.end)
    there = _place(starts, place, 0, head) if head and head["colon"] else None
    if there is None or head is None:
        return
    at = head.end()
    while at < span.end:
        m = starts.get(at)
        if m is None or m.type not in wanted or m.subtype in OFFICES:
            return
        yield m, there
        at = m.end
        while at < span.end and scene.text[at] in "、，, \u3000”":
            at += 1


def _stated(rule: Rule, predicate: str, item: Mention, there: Mention, span: Span) -> Stated:
    return Stated(item, predicate, there, None, span, rule.rule, rule.confidence, rule.status, span)
