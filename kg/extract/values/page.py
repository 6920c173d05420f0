"""A text in, the year in which it was written out, as far as the text shows.

The year of a page is that of a day it is dated by, of an edition or a season that it tells of.
What it looks back on and what it plans gives no year; one sign alone gives none either.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.segment.spacing import closed, spaced
from kg.extract.values.days import NEAR
from kg.extract.values.when import When, day_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

# Years that are the page's own: of a day that it is dated by, of a time that it counts up to. A
# year alone, one with a month, or a day in the midst of it is as often one that it looks back on.
_OWN = re.compile(
    r"(?<![到至—\-~～\d.])((?:199|20[0-3])\d)"
    r"(?:\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|\s*([-./])\s*\d{1,2}\s*\2\s*\d{1,2}(?!\d))"
    r"(?![—\-~～至]|前|之前|[^，。；]{0,12}(?:将|拟|计划|预计|力争|投用|投产|建成|前))"
)
# A day that a page is dated by: in its dateline, beside its source, alone at the end of a line.
_DATELINE = re.compile(r"\s*(?:讯|电|消息|报道|第?\s*/?\d+\s*版|\d\d?[:：时]|[）)]?\s*(?:\n|$))")
_DATED = re.compile(r"(?:报》?\s*[（(]?|[时日]间|日期|来源|发布)[：:]?\s*$")
# A day that the first sentence opens with, right behind the dateline: of 35 all told the year.
_LEAD = re.compile(
    r"(?:讯|电|报道|消息)[ 　]*(?:[（(][^（）()。]{1,60}[）)])?[ 　：:]*"
    r"((?:19|20)\d\d)年\d{1,2}月\d{1,2}日"
)
# A day right before the name of an event with its year: 8月11日，2023东湖算力大会. All of 109 told
# the year, but for two of matches abroad (北京时间); in December it may be next year's.
_HELD = re.compile(
    r"(?<![\d年至到去前])(?<!时间)(?:[1-9]|1[01])月\d{1,2}日"
    r"(?:上午|下午|晚|[至—-](?:\d{1,2}月)?\d{1,2}日)?[，,]?"
    r"(?:(?:记者从|[在从])[^，。]{0,6})?[“ 《]{0,2}$"
)
TOP = 200  # characters at its beginning in which a page tells its own day, if not by 于
_UNTIL = re.compile(r"截[至止到]((?:199|20[0-3])\d)年(?:[1-9]|1[01])月")
# The year of a plan, a season or an event of the year is this one: 2023年重点工程, 2023年上半年.
_YEARLY = re.compile(
    r"(?<![到至\-~～\d.])(?<![\d年月日]—)((?:199|20[0-3])\d)年度?"
    r"(?=[^，。；：、月的在由为成]{0,26}(?:会议|大会|论坛|峰会|年会|调度会|推进会|博览会|赛|仪式|活动"
    r"|招商会|交流会|招聘会|座谈会|对接会|推介会|发布会|洽谈会|研讨会|宣传周|展销周|服务月|讲堂|节(?!能|约|点|水)|重点工程|项目|工作要点|措施|行动|上半年|下半年|季度|[春秋夏冬]季|暑期|年初|年中|以来至今))"
    r"(?![^，。；]{0,12}(?:将|拟|(?<!行动)(?<!工作)(?<!发展)计划|预计|力争|投产|建成|底|末|前|以来(?!至今)|获|任|当选|入选|首次|签署))"
)
# The year in the name of an event is that of the page: 2023东湖算力大会.
_EDITION = re.compile(
    r"(?<![到至\-~～\d.])(?<![\d年月日]—)((?:199|20[0-3])\d)(?:(?<![\u4e00-\u9fff]\d{4})年度?)?(?![年万亿余多名家人个元米吨平亩])"
    r"(?=(?:[^\W_月]|[（）()—]){2,28}(?:大会|论坛|峰会|博览会|大赛|(?<![环季细情调])节(?![能约点水])|仪式|推介会|对接会|(?<![发拓开扩进])展(?![示现开望])|活动))"
)
_PLANNED = re.compile(
    r"(?:到|至|预计|计划|力争|将于|拟于|规划|目标|展望|面向|远景|自|从|早在|有效期)[^，。；\n]{0,10}$"
)
_BACK = re.compile(r"(?:去年|前年|早在|此前|往年)[^。；\n]{0,16}$")
_AHEAD = re.compile(
    r"(?:预计|计划|力争|[将拟定]于|拟|目标|将在|自|至|截止|有效期|报名|征集)[^，。；\n]{0,8}$"
)
_NUMBERED = re.compile(r"[〔\[［（(]((?:19|20)\d{2})[〕\]］）)]\s*\d")
# A line that tells the day of a page: 云澜日报 2024年6月22日 星期六. A sentence that is wrapped
# goes on from 自 or 于, or with 起.
_MASTHEAD = re.compile(
    r"^[^\n。，；：]{0,16}?(?<![自至到于从截\d])((?:199|20[0-3])\d)"
    r"(?:年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日|([-./])(\d{1,2})\4(\d{1,2})(?!\d))"
    r"(?!起|前|止|至|—|-)[^\n。，；]{0,16}$(?!\n\s*[起前止至])",
    re.MULTILINE,
)
HEAD = 400  # characters in which the number of a notice itself stands
# A day with its year, and any year that is told.
_FULL = re.compile(
    r"(?<![\d.])((?:199|20[0-3])\d)"
    r"(?:\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日|\s*([-./])\s*(\d{1,2})\s*\4\s*(\d{1,2})(?!\d))"
)
_YEAR = re.compile(r"(?<![\d.—－\-~～至到])((?:199|20[0-3])\d)年")
# Signs that must agree, one of which is a day: of 12,000 articles the name of an event, a season or
# a day that opens a text told a wrong year in every seventh, and two of these in every tenth.
LEAST = 2


def year_told(text: str, near: tuple[int, int] = (0, 0)) -> int:
    """The year in which a text was written, where two signs of it agree and none says another.

    Args:
        text: An article, or the page that it stands on.
        near: Month and day of its news, 0 where unknown: a full day around it is a sign.

    >>> year_told("8月9日，2023东湖大会召开。到2025年，规模翻番。")
    2023
    >>> year_told("8月9日开幕，2023年8月7日报到；据2023年8月8日统计。", (8, 9))
    2023
    """
    text = closed(text) if spaced(text) else text
    signs, days = set(_signs(text)), set(_dated(text))
    for at, day in _full_days(text):
        here = day_of(day.year, *near) if all(near) else None
        if here and -NEAR[1] <= (here - day).days <= -NEAR[0]:
            days.add((at, day.year))
    years = {year for _, year in signs | days}
    held = {
        int(found[1])
        for found in _EDITION.finditer(text)
        if _HELD.search(text[max(0, found.start() - 24) : found.start()])
    }
    if lead := _LEAD.search(text, 0, TOP):
        year = int(lead[1])
    elif len(held) == 1:
        (year,) = held
    elif len(years) == 1 and days and len(signs | days) >= LEAST:
        (year,) = years
    else:
        return 0
    return 0 if _later(text, year) else year


def years_dated(text: str) -> set[int]:
    """The years that a text tells its own day with, or a number of its own."""
    return {year for _, year in _signs(text)}


def _dated(text: str) -> Iterator[tuple[int, int]]:
    """Where a text is dated by a day with its year: in its dateline, beside its source."""
    for found in _OWN.finditer(text):
        before = text[max(0, found.start() - 8) : found.start()]
        if _DATELINE.match(text, found.end()) or _DATED.search(before):
            yield found.start(1), int(found[1])


def _signs(text: str) -> Iterator[tuple[int, int]]:
    """Where a text tells the year of its own time, and which."""
    for pattern in (_OWN, _YEARLY, _UNTIL):
        for found in pattern.finditer(text):
            planned = _PLANNED.search(text[max(0, found.start() - 14) : found.start()])
            if not planned and (pattern is not _OWN or _is_own(text, found)):
                yield found.start(1), int(found[1])
    for found in _EDITION.finditer(text):
        if not _BACK.search(text[max(0, found.start() - 20) : found.start()]):
            yield found.start(1), int(found[1])
    for found in _NUMBERED.finditer(text, 0, HEAD):
        yield found.start(1), int(found[1])


def _full_days(text: str) -> Iterator[tuple[int, date]]:
    for found in _FULL.finditer(text):
        numbers = int(found[1]), int(found[2] or found[5]), int(found[3] or found[6])
        if (day := day_of(*numbers)) is not None:
            yield found.start(1), day


def headed(text: str) -> When:
    r"""The day that a line at the head of a page tells, with nothing else to say.

    >>> headed("云澜日报 2024年6月22日 星期六\n本报讯")
    When(year=2024, month=6, day=22, source='')
    """
    found = _MASTHEAD.search(text[:TOP])
    if not found:
        return When()
    month, day = int(found[2] or found[5]), int(found[3] or found[6])
    return When(int(found[1]), month, day) if 1 <= month <= 12 and 1 <= day <= 31 else When()


def _is_own(text: str, day: re.Match[str]) -> bool:
    """Whether a day is the page's own, and not one that it looks back on."""
    before = text[max(0, day.start() - 8) : day.start()]
    top = day.start() < TOP and not before.endswith("于")
    return top or bool(_DATELINE.match(text, day.end()) or _DATED.search(before))


def _later(text: str, year: int) -> bool:
    """Whether a text tells of a year after another that is not to come, so that it is not of it."""
    return any(
        year < int(found[1])
        and not _PLANNED.search(text[max(0, found.start() - 14) : found.start()])
        and not _AHEAD.search(text[max(0, found.start() - 14) : found.start()])
        for found in _YEAR.finditer(text)
    )
