"""The name of an event as its head noun gives it in, the name as it is printed out.

Events carry more than a noun phrase: an edition begins their name (第三届…), a motto in
quotation marks stands before or after a dash (“云上有约”——某市某活动, 某论坛——“数字引领未来”),
暨 joins two of them. What is held somewhere is one event, though its name says no place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from kg.annotate.draft import Draft
from kg.annotate.mention import Mention, clean

EDITION = re.compile(r"第[一二三四五六七八九十百\d]+届|首届|(?:19|20)\d\d年?(?!代|底|末)(?=[^\d])")
NUMBERED = re.compile(r"第[一二三四五六七八九十百\d]+届|首届")  # what has an edition takes place
# A motto of a few words; what a meeting is about (聚焦“…”) is none.
BEFORE = re.compile(r"(?<!聚焦)(?<!围绕)(?<![以为])“[^“”\n]{4,30}”(?:\s*(?:—{1,2}|－|-)\s*)?$")
# A name behind its motto that is one without it: “云上有约”|2024云澜论坛.
MOTTO = re.compile(
    r"“[^“”\n]{4,40}”\s*(?P<name>(?:第[一二三四五六七八九十百\d]+届|首届|(?:19|20)\d\d).{6,})"
)
# A title behind the name, and for whom this one is held: 某发布会第二场——“甲”乙区专场.
AFTER = re.compile(r"\s*(?:—{1,2}|－|-)\s*“[^“”\n]{6,40}”(?:[\u4e00-\u9fff]{2,8}专场)?")
# Behind what an event is about: 以“…”为主题.
ABOUT = re.compile("为(?:[^，。；]{0,4})(?:主题|主线|题)")
DASHED = re.compile(r"(?:—{1,2})(?:聚焦|走进|相约|助力|共话|探索)?$")
# What stands before the edition of a name is its own when it is a place, a mark, or an event.
OWN = re.compile(r"[“”A-Za-z·—（）()暨\d]|(?:[省市州区县镇乡村赛展]|论坛|峰会)$")
# No name ends so before its edition: 某集团|自首届某会.
ENDING = "自在为于从到较比"
SIGNING = re.compile("签约|签字|签署|签订")
SHOW = re.compile("[会赛节展式]$|路演|活动")  # no party, but what is held before
JOINS = ("与", "和", "、")
# The half of a name that can stand for the whole has this many characters at the least.
HALF = 6
# What the half before 暨 ends in that is a name by itself; 某项目签约 (暨揭牌仪式) is none.
HELD = re.compile("(?:[会赛节展周月式]|典礼|活动|论坛|沙龙|路演)(?:（[^（）]*）)?$")


@dataclass(frozen=True, slots=True)
class Titles:
    """The options of a rule whose names are titles of events.

    ``before`` and ``held`` are what stands around the name of an event that takes place;
    ``there`` is what follows where the sentence says what happened at it. ``telling`` is the
    least length of a name that they make one; ``dashed`` are the head nouns of what may stand
    before a dash; ``told`` is set where nothing else is an event.
    """

    before: re.Pattern[str]
    held: re.Pattern[str]
    dashed: re.Pattern[str]
    telling: int
    there: re.Pattern[str]
    told: bool = False

    @classmethod
    def of(cls, options: Mapping[str, Any]) -> Titles | None:
        """The options of a rule, or none when its names are no titles."""
        if "dashed" not in options:
            return None
        return cls(
            before=re.compile(f"(?:{options['before']})[了的]?“?$"),
            held=re.compile(str(options["held"])),
            dashed=re.compile(f"(?:{options['dashed']})$"),
            telling=int(options.get("telling", 0)),
            there=re.compile(str(options.get("there", "(?!)"))),
            told=bool(options.get("told")),
        )

    def settle(self, draft: Draft, mention: Mention, head: int) -> Mention | None:
        """The mention as the article prints it; ``head`` is where its head noun begins.

        None where a rule has a wide head noun and this is no name, or does not take place.
        """
        begin, end = self._edition(draft, mention.start, head), mention.end
        motto = AFTER.match(draft.text, end)
        if motto:
            end = motto.end()
        begin = _party(draft, self._before(draft, begin), end)
        whole = begin == mention.start and end == mention.end
        if _theme(draft.text, begin, end):
            return None
        takes_place = self._takes_place(draft, begin, end)
        numbered = NUMBERED.search(draft.text, begin, end) is not None
        if self.told and (mention.weak or not (takes_place or numbered)):
            return None
        name = mention.name if whole else clean(draft.text[begin:end])
        weak = mention.weak and (begin >= mention.start and not motto)
        return replace(
            mention,
            start=begin,
            end=end,
            name=name,
            weak=weak and not takes_place,
            also=tuple(_parts(mention.name, name, draft.text[begin:end], draft.text)),
        )

    @staticmethod
    def _edition(draft: Draft, begin: int, head: int) -> int:
        """Past what stands before the edition, when it is no place, no body and no motto."""
        found = EDITION.search(draft.text, begin, head)
        if found is None or found.start() == begin:
            return begin
        lead = draft.text[begin : found.start()]
        own = OWN.search(lead) or draft.within(begin, found.start())
        motto = draft.text[begin - 1 : begin] in ("—", "”")
        return begin if motto or (own and lead[-1] not in ENDING) else found.start()

    def _before(self, draft: Draft, begin: int) -> int:
        """Where the motto begins that stands right before a name, or the event before a dash."""
        floor = max(draft.floor(begin), begin - 40)
        motto = BEFORE.search(draft.text, floor, begin)
        if motto:
            return motto.start()
        dash = DASHED.search(draft.text, floor, begin)
        if dash is None or not self.dashed.search(draft.text, floor, dash.start()):
            return begin
        opening = max(draft.text.rfind(c, floor, dash.start()) for c in "，。、；：\n　 ")
        holding = draft.grammar.holding.finditer(draft.text, opening + 1, dash.start())
        opening = max((m.end() for m in holding), default=opening + 1)
        return opening if dash.start() - opening >= HALF else begin

    def _takes_place(self, draft: Draft, begin: int, end: int) -> bool:
        if end - begin < self.telling:
            return False
        before = self.before.search(draft.text, max(draft.floor(begin), begin - 6), begin)
        if before is not None or self.held.match(draft.text, end) is not None:
            return True
        opens = draft.text[max(begin - 1, 0) : begin] in ("", "，", "。", "在", "“", "\n")
        return opens and self.there.match(draft.text, end) is not None


def _theme(text: str, begin: int, end: int) -> bool:
    """Whether a stretch is what an event is about, and no event: 以“走进某某大会”为主题."""
    opening, closing = text.rfind("以“", 0, begin + 1), text.find("”", end - 1)
    if opening < 0 or closing < 0 or text.find("”", opening, begin) >= 0:
        return False
    return ABOUT.match(text, closing + 1) is not None


def _party(draft: Draft, begin: int, end: int) -> int:
    """Where the first of the parties begins whose signing it is: 某市与某公司签约仪式."""
    while SIGNING.search(draft.text, begin, end) and draft.text[begin - 1 : begin] in JOINS:
        first = draft.ends.get(begin - 1)
        second = (m for m in draft.within(begin, end) if m.start == begin and m.end < end)
        if first is None or SHOW.search(first.name) or not any(second):
            break
        begin = first.start
    return begin


def _parts(short: str, name: str, printed: str, text: str) -> list[str]:
    """Other names that the name itself gives: without its motto, without who holds it, a half.

    What stood before the edition was no part of the name: it is none of them. Nor is a half, if
    the text also speaks of each half alone: then they are two events of one occasion.
    """
    short = min(short, name, key=len)
    first, joined, second = short.partition("暨")
    apart = bool(joined) and _alone(first, text) and _alone(second, text)
    holder, _, motto = printed.partition("“")
    alone = clean(motto) if re.fullmatch("[\u4e00-\u9fff]{2,8}(?<!届)", holder) else ""
    dashed = name.rpartition("——")[2] if not printed.endswith("”") else ""
    behind = MOTTO.match(printed)
    bare = clean(behind["name"]) if behind else ""
    half = first if joined and not apart and HELD.search(first) else ""
    parts = (short, alone, bare, dashed, half)
    return [part for part in parts if part != name and len(part) >= HALF]


def _alone(half: str, text: str) -> bool:
    """Whether a half of a name also stands without the other, and is a name by itself."""
    name = re.escape(half)
    return bool(HELD.search(half) and re.search(f"(?<!暨){name}(?!暨)", text))
