"""What the frame of an official notice says: the policy it issues, by whom, on which day."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from kg.annotate.mention import Mention, clean
from kg.grid import MARK
from kg.ontology import Ontology, Rule
from kg.records import Span
from kg.relate.grammar import grammar
from kg.relate.scene import Scene, Stated
from kg.relate.shape import stated

HEAD = 700
LETTERHEADS = ("文件", "令", "公告", "通告")
ISSUED = re.compile(r"(?:关于)?(?:印发|发布|公布|转发|下发)\s*$")
TITLE_LINE = re.compile(
    r"^(?P<title>[^\n。]{6,90}?(?:通知|意见|办法|方案|规划|细则|措施|决定|公告|公示|条例|规定|计划|通告|批复)(?:[（(][^（）()\n]{2,16}[）)])?)\s*$",
    re.M,
)
FIELDS = re.compile(
    r"[\s　【\[]*(?:发文机关|发布机构|印发机关|制发机关|发文单位|发布单位)[】\]：:\s　]*"
)
# What a title says of its bodies besides their names: 甲局等七部门|关于….
AND_OTHERS = re.compile(
    r"[ 　]{0,4}等[\d一二三四五六七八九十]{1,3}(?:个)?(?:部门|单位|部委|厅局|家单位)"
)
# 《甲办法》政策解读: what a page explains.
EXPLAINED = re.compile(
    r"[^\n《》]{0,30}(?P<name>《[^《》\n]{4,90}》)[^\n《》]{0,10}(?:解读|问答|起草说明|编制说明|图解)"
)
# The section of such a page that lists the grounds, and the one behind it: 二、制定依据.
GROUNDS = re.compile(
    rf"^[ 　]{{0,8}}(?:{MARK})?[ 　]{{0,8}}(?:[\u4e00-\u9fff]{{0,6}}[和与及、])?"
    r"(?:(?:制定|起草|编制|出台|主要|政策|文件|法律|法规|有关|相关)(?:政策|文件|法律|法规)?)?"
    r"依据[ 　：:]{0,4}$",
    re.M,
)
NEXT = re.compile(
    r"^[ 　]{0,8}(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])"
    r"|^[ 　]{0,8}\d{1,2}[.．、][^\n《》]{2,30}$",
    re.M,
)
# The first section of a notice, and what may stand before the grounds that it opens with.
SECTION = re.compile(r"^[ 　]{0,8}(?:[一二三四五六七八九十]{1,3}、|第[一二三]+[条章])", re.M)
OPENING = re.compile(
    r"\W*(?:为了?|今年以来，|近年来，|(?:为|为了)[^。；]{2,60}，)?(?:深入|进一步|全面|切实|认真)*"
)
OPENS_LINE = re.compile(rf"[ 　]{{0,8}}(?:{MARK})?[ 　《]{{0,8}}(?:[^，。；\n]{{0,14}}《)?")
# What a decision says of the policy that it makes known: 《甲办法》已经…审议通过，现予公布.
ADOPTED = re.compile(
    r"》?(?:[（(][^）)\n]{2,16}[）)])?已(?:经|于)?[^。\n]{0,80}?(?:通过|批准|同意)[^。\n]{0,80}?，"
    r"(?:现予以?|现)(?:公布|印发|发布|公告|转发)"
)
# （金科发〔2024〕20号　2024年3月6日甲局、乙局印发): how a policy came about, below its title.
ORIGIN = re.compile(
    r"[（(][^（）()\n]*(?:[（(][^（）()\n]*[）)][^（）()\n]*)*(?:印发|发布|公布)[）)]$"
)
DATE_LINE = re.compile(
    r"^\s*(?:20\d\d|二〇[〇一二三四五六七八九]{2})\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*$"
)


# A notice that tells of an agreement is not the agreement: 关于签订|某协议|的公告.
AGREED = re.compile("签订|签署|终止|解除|变更")


def main_policy(scene: Scene, policy: str) -> Mention | None:
    """The policy that a notice is about: the one it issues, else its own title."""
    if scene.part.kind != "notice":
        return None
    told = EXPLAINED.match(scene.text)
    titles = [m for m in scene.mentions if m.type == policy and not m.refers and not m.inner]
    headed = TITLE_LINE.search(scene.text[:HEAD])
    body = headed.end() if headed else len(scene.text)  # what it wants made is not what it is
    for m in titles:
        before = scene.text[max(0, m.start - 12) : m.start].rstrip("《\n ")
        after = scene.text[m.end : m.end + 8]
        if m.start < 4 * HEAD and (
            (told is not None and told.start("name") <= m.start < told.end("name"))
            or ISSUED.search(before)
            or ADOPTED.match(scene.text, m.end)
            or (before.endswith("将") and re.match(r"[（(]?[^，。]{0,6}印发", after))
            or re.match(r"(?:[（(][^）)]*[）)])?(?:已经?[^，。]{0,20}同意，)?(?:现)?印发", after)
            or (m.start < body and before.endswith(("制定了", "修订了", "制定", "研究制定了")))
        ):
            return m
    for found in TITLE_LINE.finditer(scene.text[:HEAD]):
        start, end = found.span("title")
        start = _behind_bodies(scene, start, end, policy)
        known = next((t for t in titles if start <= t.start and t.end <= end), None)
        if known is not None and not AGREED.search(scene.text, start, known.start):
            return known
        return Mention(
            start, end, policy, clean(scene.text[start:end]), "policy.heading", score=0.85
        )
    return None


def _behind_bodies(scene: Scene, start: int, end: int, policy: str) -> int:
    """Where a title begins behind the bodies that issue it: 甲委 甲市人民政府|关于…."""
    opening = {m.start: m for m in scene.mentions if m.type != policy and not m.inner}
    at = start
    while (lead := opening.get(at)) is not None and lead.end < end:
        others = AND_OTHERS.match(scene.text, lead.end)
        at = others.end() if others else lead.end
        while scene.text[at] in " 　、，\xa0":
            at += 1
        if scene.text.startswith("关于", at):
            return at
    return start


def issuer(scene: Scene, rule: Rule, predicate: str, ontology: Ontology) -> Iterator[Stated]:
    """The bodies whose names open the title of a notice, stand in its head, or sign it."""
    main = scene.main
    if main is None or scene.part.kind != "notice":
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
    """The day under the signature of a notice, or in the fields of its head."""
    main = scene.main
    if main is None or scene.part.kind != "notice":
        return
    for v in scene.draft.values:
        if v.kind != "date" or v.value.datatype != "date":
            continue
        line_start = scene.text.rfind("\n", 0, v.start) + 1
        line_end = scene.text.find("\n", v.end)
        alone = (
            not scene.text[line_start : v.start].strip()
            and not scene.text[v.end : line_end].strip()
        )
        before = scene.text[max(0, v.start - 12) : v.start]
        if alone or (
            v.start < HEAD and re.search(r"(?:成文|发布|发文|印发)日期[：:\s　]*$", before)
        ):
            yield stated(scene, rule, predicate, main, None, Span(v.start, v.end), v.value)


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
            and OPENS_LINE.fullmatch(scene.text, line, m.start)
        ):
            yield stated(scene, rule, predicate, main, m, Span(m.start, m.end))
