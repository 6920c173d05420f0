"""What the frame of an official notice says: the policy it issues, by whom, on which day."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from kg.base.records import Span
from kg.extract.claims.context import Scene, Stated
from kg.extract.claims.grammar import grammar
from kg.extract.claims.parts.shape import stated
from kg.extract.coreference.about import AND_OTHERS, HEAD, explained
from kg.extract.mentions.mention import Mention
from kg.extract.segment.grid import MARK
from kg.extract.values.values import Found
from kg.ontology import Ontology, Rule

LETTERHEADS = ("文件", "令", "公告", "通告")
FIELDS = re.compile(
    r"[\s　【\[]*(?:发文机关|发布机构|印发机关|制发机关|发文单位|发布单位)[】\]：:\s　]*"
)
# The section of such a page that lists the grounds, and the one behind it: 二、制定依据.
GROUNDS = re.compile(
    rf"^[ 　]{{0,8}}(?:{MARK})?[ 　]{{0,8}}(?:[\u4e00-\u9fff]{{0,6}}[和与及、])?"
    r"(?:(?:制定|起草|编制|出台|主要|政策|文件|法律|法规|有关|相关)(?:政策|文件|法律|法规)?)?"
    r"依据[ 　：:]{0,4}$",
    re.M,
)
NEXT = re.compile(
    r"^[ 　]{0,8}[一二三四五六七八九十]{1,3}、"
    r"|^[ 　]{0,8}(?:第[一二三四五六七八九十]{1,3}[章条]|[（(][一二三四五六七八九十]{1,3}[）)])"
    r"[^\n《》]*$"
    r"|^[ 　]{0,8}\d{1,2}[.．、][^\n《》]{2,30}$",
    re.M,
)
# The first section of a notice, and what may stand before the grounds that it opens with.
SECTION = re.compile(r"^[ 　]{0,8}(?:[一二三四五六七八九十]{1,3}、|第[一二三]+[条章])", re.M)
OPENING = re.compile(
    r"\W*(?:为了?|今年以来，|近年来，|(?:为|为了)[^。；]{2,60}，)?(?:深入|进一步|全面|切实|认真)*"
)
# 条例草案主要依据|《甲法》《乙条例》: titles one after another, behind what says what they are.
TITLES = re.compile(r"《[^《》\n]*》(?:[（(][^（）()\n]*[）)])?[、和及与]{0,2}")
SAID = re.compile(
    rf"[ 　]{{0,8}}(?:{MARK})?[^，。；\n《》]{{0,14}}(?:依据|根据|包括|[有是为：局委厅部府办院])"
)
OPENS_LINE = re.compile(rf"[ 　]{{0,8}}(?:{MARK})?[ 　《]{{0,8}}(?:[^，。；\n]{{0,14}}《)?")
# （金科发〔2024〕20号　2024年3月6日甲局、乙局印发): how a policy came about, below its title.
ORIGIN = re.compile(
    r"[（(][^（）()\n]*(?:[（(][^（）()\n]*[）)][^（）()\n]*)*(?:印发|发布|公布)"
    r"(?:[，,　 ]*自[^（）()\n]{2,16}施行)?[）)]$"
)
# The fields of a head that tell its day, and the one that tells when the page was put online.
MADE_ON = re.compile(r"(?:成文|发文|印发|制定|签发)[ 　]*(?:日期|时间)[】\]）)]?[：:\s　]*$")
PUT_ON = re.compile(r"(?:发布|公布|公开)[ 　]*(?:日期|时间)[】\]）)]?[：:\s　]*$")
# （金科发〔2024〕20号　|2024年3月6日）
NUMBERED = re.compile(r"[（(][\u4e00-\u9fff]{2,12}[〔\[［]\d{4}[〕\]］]\d{1,5}号[，,、 　]*")
DATE_LINE = re.compile(
    r"^\s*(?:20\d\d|二〇[〇一二三四五六七八九]{2})\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*$"
)


def issuer(scene: Scene, rule: Rule, predicate: str, ontology: Ontology) -> Iterator[Stated]:
    """The bodies whose names open the title of a notice, stand in its head, or sign it."""
    main = scene.main
    if main is None or scene.part.kind != "notice" or explained(scene.discourse):
        return
    wanted = rule.options["class"]
    bodies = [m for m in scene.mentions if m.type == wanted and not m.inner and not m.refers]
    lines = list(_lines(scene.text))
    for i, (start, end) in enumerate(lines):
        inside = [m for m in bodies if start <= m.start and m.end <= end]
        if not inside:
            continue
        rest = AND_OTHERS.sub("", _without(scene.text, start, end, inside))
        following = next(
            (scene.text[a:b] for a, b in lines[i + 1 :] if not _names_only(scene, a, b, bodies)), ""
        )
        titled = start < HEAD and (
            rest.startswith("关于") or (not rest and following.startswith("关于"))
        )
        letterhead = start < HEAD and rest in LETTERHEADS and len(inside) == 1
        field = start < HEAD and FIELDS.match(scene.text[start:end])
        below = start < HEAD and ORIGIN.search(scene.text[start:end].strip())
        signed = (not rest and DATE_LINE.match(following)) or DATE_LINE.match(rest)
        if titled or letterhead or field or below or signed:
            for m in inside if not titled or not rest else _leading(scene.text, inside):
                yield stated(scene, rule, predicate, m, main, Span(m.start, m.end))


def _leading(text: str, inside: Sequence[Mention]) -> Iterator[Mention]:
    """The bodies that open a line together: 甲局 乙局、丙局关于印发…."""
    for last, m in zip([None, *inside], inside, strict=False):
        if last is not None and text[last.end : m.start].strip(" 　、，和与及\xa0"):
            return
        yield m


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield start, start + len(line)
        start += len(line) + 1


def _without(text: str, start: int, end: int, bodies: Sequence[Mention]) -> str:
    """What a line says besides the names of bodies, without spaces and list marks."""
    kept, at = "", start
    for m in bodies:
        kept, at = kept + text[at : m.start], m.end
    return re.sub(r"[\s、，　]", "", kept + text[at:end])


def _names_only(scene: Scene, start: int, end: int, bodies: Sequence[Mention]) -> bool:
    inside = [m for m in bodies if start <= m.start and m.end <= end]
    return bool(inside) and not _without(scene.text, start, end, inside)


def issued(scene: Scene, rule: Rule, predicate: str, ontology: Ontology) -> Iterator[Stated]:
    """The day under the signature of a notice, or in the fields of its head.

    What a page was put online on counts only where nothing else is told; the days of a page that
    explains a policy are its own.
    """
    main = scene.main
    if main is None or scene.part.kind != "notice" or explained(scene.discourse):
        return
    dates = [v for v in scene.draft.values if v.kind == "date"]
    days = [v for v in dates if v.value.datatype == "date"]
    made = [v for v in days if _alone(scene.text, v) or _told(scene.text, v, MADE_ON)]
    for v in made or [v for v in dates if _told(scene.text, v, PUT_ON)]:
        yield stated(scene, rule, predicate, main, None, Span(v.start, v.end), v.value)


def _alone(text: str, v: Found) -> bool:
    """Whether a day has its line to itself, or stands in the brackets below a title."""
    line, end = text.rfind("\n", 0, v.start) + 1, text.find("\n", v.end)
    before, after = text[line : v.start].strip(), text[v.end : end].strip()
    return (not before and not after) or (
        v.start < HEAD
        and before[:1] in ("（", "(")
        and NUMBERED.sub("", before, count=1) in ("", "（", "(")
        and ((after in ("）", ")") and len(before) > 1) or ORIGIN.search(f"（{after}") is not None)
    )


def _told(text: str, v: Found, field: re.Pattern[str]) -> bool:
    """Whether a day is what a field of the head says."""
    return v.start < HEAD and field.search(text, max(0, v.start - 16), v.start) is not None


def grounds(scene: Scene, rule: Rule, predicate: str, ontology: Ontology) -> Iterator[Stated]:
    """The policies that a notice names as its grounds: 根据甲《…》和乙《…》，制定本办法."""
    main = scene.main
    if main is None:
        return
    yield from _listed_grounds(scene, main, rule, predicate)
    verbs = grammar(str(ontology.folder)).verbs(*rule.options["verbs"])
    ends = re.compile(str(rule.options["ends"]))
    section = SECTION.search(scene.text)
    body = section.start() if section else HEAD
    for sentence in scene.sentences:
        opens = verbs.search(sentence.text)
        if opens is None:
            continue
        closes = ends.search(sentence.text, opens.end())
        first = scene.part.kind == "notice" and sentence.span.start < body
        if closes is None and not (first and OPENING.fullmatch(sentence.text, 0, opens.start())):
            continue  # a notice opens with its grounds, whatever it says behind them
        limit = closes.start() if closes else len(sentence.text)
        last = sentence.text.rfind("，", opens.end(), limit)
        stop = last if last >= 0 else limit
        for at, group in sorted(sentence.groups.items()):
            if not opens.end() <= at < stop:
                continue
            for m in group.mentions:
                if m.type == rule.options["class"] and not m.refers and m.name != main.name:
                    yield stated(scene, rule, predicate, main, m, Span(group.start, group.end))


def _listed_grounds(scene: Scene, main: Mention, rule: Rule, predicate: str) -> Iterator[Stated]:
    """The policies that open the lines of a section of grounds: 二、制定依据⏎1.《…》."""
    headings = [m.end() for m in GROUNDS.finditer(scene.text)]
    ends = [m.start() for m in NEXT.finditer(scene.text)] if headings else []
    if not headings:
        return
    for m in scene.mentions:
        if m.type != rule.options["class"] or m.refers or m.name == main.name:
            continue
        begun = bisect_right(headings, m.start)
        closed = bisect_right(ends, m.start)
        line = scene.text.rfind("\n", 0, m.start) + 1
        if (
            begun
            and (not closed or ends[closed - 1] < headings[begun - 1])
            and _opens(scene.text, line, m.start)
        ):
            yield stated(scene, rule, predicate, main, m, Span(m.start, m.end))


def _opens(text: str, line: int, at: int) -> bool:
    """Whether a title opens its line, alone or in a list that does."""
    before = TITLES.sub("", text[line:at])
    return (OPENS_LINE.fullmatch(text, line, at) or SAID.fullmatch(before)) is not None
