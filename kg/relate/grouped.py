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
from kg.relate.shape import OFFICES

BLANK = r"[ \u3000]{0,8}"
HEAD = re.compile(
    rf"{BLANK}(?:{MARK})?{BLANK}(?P<open>【)?(?P<name>[\u4e00-\u9fff]{{2,24}}){BLANK}"
    r"(?:[（(]共?\d{1,4}[家个项户所][^（）()\n]{0,6}[）)])?(?(open)】)(?P<colon>[：:])?"
)
ITEM = re.compile(rf"{BLANK}(?:{MARK}|\d{{1,3}}(?=[ \t\u3000]))?[ \t\u3000“]{{0,8}}")
# After an item: what it costs, and who builds it, in brackets or behind a comma.
ENDS = re.compile(
    r"[”]?(?:[（(][^（）()\n]{1,40}[）)])?(?:[，,][^，。；\n]{0,20}?[万亿]+元)?"
    r"[；;。]?[ \t\u3000]*(?=$|[\t\n])"
)
# 【甲区】, and 【乙区】 further below: headings of a roll, whatever its title.
HEADED = re.compile(r"(?:^|\n)[ \u3000]{0,8}【(?P<name>[\u4e00-\u9fff]{2,12})】[ \u3000]*(?=\n)")
PIECE = re.compile(r"[^；;。\n]+")
# A line that says that what follows is a roll: who was found, chosen, approved.
ROLL = re.compile("名单|名录|目录|一览|清单|公示|名册|入选|获评|入库")
# What a roll of places may be about but where its items are.
ELSEWHERE = re.compile("客户|销往|考察|帮扶|支援|援|捐|责任|分工|出席|参会|嘉宾|发放|路线|签约")
TITLE = 40  # characters of such a line
LONGEST = 160  # characters of an item with all that is said of it on its line


def grouped(scene: Scene, rule: Rule, predicate: str, ontology: Ontology) -> Iterator[Stated]:
    """What a roll lists under a place, or behind its name and a colon, is there."""
    wanted, place = tuple(rule.options["class"]), str(rule.options["place"])
    headings = [m.start("name") for m in HEADED.finditer(scene.text)]
    if not headings[1:] and not ROLL.search(scene.text):
        return
    starts: dict[int, Mention] = {}
    for m in scene.mentions:
        if not m.refers and (m.start not in starts or starts[m.start].end < m.end):
            starts[m.start] = m
    headed = sum(at in starts and starts[at].type == place for at in headings) > 1
    if not headed and not ROLL.search(scene.text):
        return
    if not ROLL.search(scene.text):
        wanted = wanted[:1]  # below headings alone works only
    for there, span in _lines(scene, starts, place, headed):
        line = scene.text[span.start : span.end]
        item = _item(scene, starts, wanted, span.start, line) if there else None
        if there is not None and item is not None:
            yield _stated(rule, predicate, item, there, span)
            continue
        for piece in PIECE.finditer(line) if "：" in line else ():
            part = Span(span.start + piece.start(), span.start + piece.end())
            for one, where in _behind(scene, starts, wanted, place, part):
                yield _stated(rule, predicate, one, where, part)


def _lines(
    scene: Scene, starts: Mapping[int, Mention], place: str, headed: bool
) -> Iterator[tuple[Mention | None, Span]]:
    """The lines of rolls, each with the place above it, if the lines between are one group."""
    under: Mention | None = None
    roll, at = headed, 0
    for line in scene.text.split("\n"):
        start, at = at, at + len(line) + 1
        head = HEAD.fullmatch(line)
        found = _place(starts, place, start, head) if head else None
        if found is not None and roll:
            under = found
        elif not line.strip():
            under = None
        elif len(line) <= TITLE and "：" not in line and "\t" not in line and _titled(line):
            roll, under = not ELSEWHERE.search(line), None
        elif roll:
            yield under, Span(start, start + len(line))


def _titled(line: str) -> bool:
    """Whether a line is the title of a list, be it a roll or of something else."""
    return ROLL.search(line) is not None or ELSEWHERE.search(line) is not None


def _place(
    starts: Mapping[int, Mention], place: str, start: int, head: re.Match[str]
) -> Mention | None:
    """The last of the places that a heading consists of: 甲市乙区.

    ``start`` is where the text begins in which the heading was found.
    """
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
) -> list[tuple[Mention, Mention]]:
    """The items of a list behind a place and a colon, if nothing but they stand there."""
    head = HEAD.match(scene.text, span.start, span.end)
    there = _place(starts, place, 0, head) if head and head["colon"] else None
    if there is None or head is None:
        return []
    found: list[tuple[Mention, Mention]] = []
    at = head.end()
    while at < span.end:
        m = starts.get(at)
        if m is None or m.type not in wanted or m.subtype in OFFICES:
            return []
        found.append((m, there))
        at = m.end
        while at < span.end and scene.text[at] in "、 \u3000”":
            at += 1
    return found


def _stated(rule: Rule, predicate: str, item: Mention, there: Mention, span: Span) -> Stated:
    return Stated(item, predicate, there, None, span, rule.rule, rule.confidence, rule.status, span)
