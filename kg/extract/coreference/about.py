"""A notice in, the policy that it is about out: the one it makes known, else its own title.

A notice that makes a paper known (印发, 公布) speaks for that paper; one that changes, abolishes
or passes on papers of others (修改, 废止, 转发) speaks for itself alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.base.records import Span
from kg.extract.coreference.discourse import Discourse
from kg.extract.mentions.mention import Mention, clean

HEAD = 700
ISSUED = re.compile(r"(?:关于)?(?:印发|发布|公布|转发|下发)\s*$")
TITLE_LINE = re.compile(
    r"^(?P<title>[^\n。]{6,90}?(?:通知|意见|办法|方案|规划|细则|措施|决定|公告|公示|条例|规定|计划|纲要|要点|若干政策|通告|批复|复函|函|通报)(?:[（(][^（）()\n]{2,16}[）)])?)\s*$",
    re.M,
)
# What a title says of its bodies besides their names: 甲局等七部门|关于….
AND_OTHERS = re.compile(
    r"[ 　]{0,4}等[\d一二三四五六七八九十]{1,3}(?:个)?(?:部门|单位|部委|厅局|家单位)"
)
# What a page explains: 《甲办法》政策解读, 一图读懂《甲办法》.
EXPLAINED = re.compile(
    r"[^\n《》]{0,30}(?P<name>《[^《》\n]{4,90}》)[^\n《》]{0,10}(?:解读|问答|说明|图解)"
    r"|[^\n《》]{0,12}(?:读懂|图解|解读|速览|看懂|问答)[：:]?(?P<told>《[^《》\n]{4,90}》)"
)
# What a decision says of the policy that it makes known: 《甲办法》已经…审议通过，现予公布.
ADOPTED = re.compile(
    r"》?(?:[（(][^）)\n]{2,16}[）)])?已(?:经|于)?[^。\n]{0,80}?(?:通过|批准|同意)[^。\n]{0,80}?，"
    r"(?:现予以?|现)(?:公布|印发|发布|公告|转发)"
)
# A paper that is printed whole: 《甲意见》全文如下。
WHOLE = re.compile(r"(?:[（(][^）)\n]*[）)])?(?:的)?(?:全文|主要内容)(?:公布)?如下[。：:]")
# Behind what a notice makes known: 《甲办法》|印发给你们.
KNOWN = re.compile(r"(?:[（(][^）)]*[）)])?(?:已经?[^，。]{0,20}同意，)?(?:现)?印发")
MADE = ("制定了", "修订了", "制定", "研究制定了")
# Behind a paper that a title only goes back to: 关于印发《甲规划》|任务分工方案的通知.
GOES_ON = re.compile(
    r"》[\u4e00-\u9fff]{2,20}(?:方案|细则|办法|意见|计划|措施|清单|要点|规程|分工)(?:[（(][^（）()\n]{2,8}[）)])?的"
)
# A notice that tells of an agreement is not the agreement: 关于签订|某协议|的公告. Nor is one on
# papers of others one of them: 关于修改|《甲办法》|的决定.
OTHERS = re.compile(
    "修改|修订|废止|失效|停止执行|清理|延长|关于转发|转发(?=[《〈])|的(?:批复|复函)$", re.M
)
AGREED = re.compile("签订|签署|终止|解除|变更")
# Between 关于 and a paper that a notice makes known: 关于印发|《甲办法》, not 关于落实|《甲办法》.
KNOWS = re.compile("(?:联合|重新|修订)?(?:印发|发布|公布|颁布|下发|出台|(?:公开|再次)*征求|批准)?")
# The gazette of a government lists what it prints: it is about none of it.
# A field of a page that says where a paper was printed (分类：政府公报) makes it no gazette.
GAZETTE = re.compile(r"^[^\n。：:]{0,30}(?:公报[^\n。：:]{0,20}$|总第[ \d]{1,6}期)", re.M)


def main_policy(article: Discourse, policy: str) -> Mention | None:
    """The policy that a notice is about: the one it issues, else its own title."""
    titles = [m for m in article.mentions if m.type == policy and not m.refers and not m.inner]
    told = explained(article)
    shown = (m for m in titles if told is not None and told.start <= m.start < told.end)
    if article.part.kind != "notice":
        whole = (m for m in titles if WHOLE.match(article.text, m.end))
        return next(shown, None) or next(whole, None)
    if GAZETTE.search(article.text[:HEAD]):
        return None
    issued = (m for m in titles if m.start < 4 * HEAD and _issued(article, m))
    return next(shown, None) or next(issued, None) or next(_headings(article, titles, policy), None)


def _issued(article: Discourse, m: Mention) -> bool:
    """Whether a notice adopts a title, or makes it known and is not about papers itself."""
    headed = TITLE_LINE.search(article.text[:HEAD])
    own = headed is not None and "印发" not in headed[0] and OTHERS.search(headed[0]) is not None
    if GOES_ON.match(article.text, m.end - 1):
        return False
    body = headed.end() if headed else len(article.text)  # what it wants made is not what it is
    adopted = ADOPTED.match(article.text, m.end) is not None
    return adopted or (not own and _made_known(article.text, m, body))


def explained(article: Discourse) -> Span | None:
    """Where the title stands that a page explains, in its headline."""
    told = EXPLAINED.match(article.text)
    return Span(*told.span("name" if told["name"] else "told")) if told else None


def _made_known(text: str, m: Mention, body: int) -> bool:
    """Whether the words around a title make it known: 印发《甲办法》, 现将《甲办法》印发."""
    before, after = text[max(0, m.start - 12) : m.start].rstrip("《\n "), text[m.end : m.end + 8]
    passed_on = before.endswith("将") and re.match(r"[（(]?[^，。]{0,6}印发", after)
    known = passed_on or ISSUED.search(before) or KNOWN.match(after)
    return bool(known) or (m.start < body and before.endswith(MADE))


def _headings(article: Discourse, titles: list[Mention], policy: str) -> Iterator[Mention]:
    """The titles that head a notice, without the bodies before them."""
    for found in TITLE_LINE.finditer(article.text[:HEAD]):
        start, end = found.span("title")
        start = _behind_bodies(article, start, end, policy)
        known = next((t for t in titles if start <= t.start and t.end <= end), None)
        if known is not None and _shows(article.text[start:end], known.start - start):
            yield _with_years(article.text, known, end)
        else:
            name = clean(article.text[start:end])
            heading = Mention(start, end, policy, name, "policy.heading", score=0.85)
            yield heading.standing(article.draft.number)


def _shows(title: str, at: int) -> bool:
    """Whether a title makes the paper known that it names at a place, and does nothing with it."""
    if GOES_ON.search(title, at):
        return False
    if OTHERS.search(title) or AGREED.search(title, 0, at):
        return "印发" in title[:at]
    _, about, does = title[:at].partition("关于")
    return not about or KNOWS.fullmatch(does.strip("《“〈 　")) is not None


def _with_years(text: str, title: Mention, end: int) -> Mention:
    """A title with the years that its line closes with: 甲规划纲要|（2031—2035年）."""
    if title.end == end or text[title.end] not in "（(":
        return title
    name = f"{title.name}{clean(text[title.end : end])}"
    return replace(title, end=end, name=name, also=(title.name, *title.also))


def _behind_bodies(article: Discourse, start: int, end: int, policy: str) -> int:
    """Where a title begins behind the bodies that issue it: 甲委 甲市人民政府|关于…."""
    opening = {m.start: m for m in article.mentions if m.type != policy and not m.inner}
    at = start
    while (lead := opening.get(at)) is not None and lead.end < end:
        others = AND_OTHERS.match(article.text, lead.end)
        at = others.end() if others else lead.end
        while article.text[at] in " 　、，\xa0":
            at += 1
        if article.text.startswith("关于", at):
            return at
    return start
