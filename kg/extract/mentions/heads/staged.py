"""A clause that says something is held in, where the name of the event begins out.

Verbs end names, but not those of events: 揭牌, 支持 and 推进 stand in the middle of them. Where
a clause says 举办…大会, …论坛在某地举行 or 在…仪式上, all that stands between is the name.
"""

from __future__ import annotations

import re

from kg.extract.mentions.boundary import DATED
from kg.extract.mentions.draft import Draft
from kg.extract.mentions.tokens import STOPS

# The name of an event has this many characters at the most.
LONGEST = 60
# What tells a clause from a name: words of grammar, a count, a person who speaks, a list.
TELLS = re.compile(
    "[了、]|(?<![自理事])由(?!度)|(?<![数票依])据(?!点)|在(?!线|职)|对(?![接外口话标台])|从(?!业)|将|等(?![级离])"
    r"|以[^，]*为|记者|场次|\d+(?:余|多)?[个场项家名]|[一二三四五六七八九十多几]场|系列|本[次届]|此次|[这该是]|并"
)
# In 某论坛上: after the name of what one is at.
THERE = re.compile("[（(]?(?:开幕式|闭幕式|现场|主会场)?(?:上(?![海市])|期间|现场)")
# Where a dateline ends that stands in the clause of an event: 7月28日讯|某活动启动仪式.
DATELINE = re.compile(r".*(?:\d日|网)(?:讯|电|报道|消息)[\s　]*")
QUOTED = re.compile("“[^”]*”")
JOINS = ("与", "和", "及")
CLOSERS = {"”": "“", "’": "‘", "）": "（", ")": "(", "》": "《"}


def whole(draft: Draft, left: int, end: int, held: re.Pattern[str]) -> int:
    """Where a name begins that ends at ``end``: at ``left``, or before where its clause tells.

    Args:
        draft: The article.
        left: Where the words alone would have it begin.
        end: Where it ends.
        held: What says behind a name that the event takes place.
    """
    text = draft.text
    opening = _opening(draft, left, end - LONGEST)
    begins = [m.end() for m in draft.grammar.holding.finditer(text, opening, left)]
    if THERE.match(text, end):
        at = text.rfind("在", opening, left)
        begins += [at + 1] if at >= 0 else []
    if not begins and held.match(text, end):
        begins = [_dated(draft, opening, left)]
    begin = max(begins, default=left)
    line = DATELINE.match(text, begin, left)
    begin = line.end() if line else begin
    bare = QUOTED.sub(lambda m: "”" * len(m[0]), text[begin:left])
    begin += bare.rfind("的") + 1
    bare = bare[bare.rfind("的") + 1 :]
    joined = bare[-1:] in JOINS and left - 1 in draft.ends  # 甲市与|乙市文化节
    return left if joined or TELLS.search(bare) else begin


def _opening(draft: Draft, left: int, floor: int) -> int:
    """Where the clause begins: a sign of quotation or a bracket in it ends none."""
    floor = max(floor, draft.floor(left))
    position = left
    while position > floor:
        char = draft.text[position - 1]
        if char in CLOSERS:
            position = max(floor, draft.text.rfind(CLOSERS[char], floor, position))
        elif char in STOPS:
            break
        else:
            position -= 1
    return position


def _dated(draft: Draft, opening: int, left: int) -> int:
    """Past the words of time that open a clause: 8月3日上午, 日前."""
    position = opening
    lately = draft.grammar.lately
    while position < left:
        found = DATED.match(draft.text, position, left) or lately.match(draft.text, position, left)
        if found is None:
            break
        position = found.end()
    return position
