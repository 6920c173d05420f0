"""What a verb is done to when it does not stand right after it.

In a clause after it (甲与乙签署协议，将共建某项目), before 由 (某平台由甲开发、乙运营), as a common
noun that ends a name of the text before (活动由甲主办), or after the last of two verbs.
"""

from __future__ import annotations

import re

from kg.annotate.mention import Mention
from kg.relate.after import objects
from kg.relate.clause import MENTION, Doers, Parse
from kg.relate.mask import ANY_MENTION
from kg.relate.scene import EVENT_REACH, Scene
from kg.relate.verb import Tools, named

# Between what a passive is about and 由: nothing else has come up.
CLOSE = re.compile("^，?(?:是|将|则|拟|主要)*由?$")

# Who is only moved to do it does it to something else: 引进乙中心，推动|甲市建设典范城市.
MOVED = re.compile("(?:支持|鼓励|指导|推动|责成|引导|引进|组织)$")

# A common noun before 由, which may be counted only: 该平台由, 活动主要由, 这款由.
SHORT = re.compile(
    "(?:^|[，；：。▲●—])(?P<that>该|本|此次|本次|本届|这[一款套个座条项])?"
    f"(?:(?P<noun>[\u4e00-\u9fff]{{2,6}}?|[{ANY_MENTION}])(?:主要|则|将)?|(?<=这[款套个座条项]))"
    f"由[\u4e00-\u9fff]{{0,6}}?(?=[{ANY_MENTION}])"
)
# How far the next verb of a row of acts may stand: 乙、丙等单位共同|承办.
ROW = 40
# From a verb to a name behind a dash: one description, a name in it or none.
APPOSED = re.compile(f"的(?:[^，。；：！？—{ANY_MENTION}]|[{ANY_MENTION}](?!的)){{2,20}}—{{2}}")
# Behind a verb: it tells of the noun that follows, which is no known name.
ATTRIBUTIVE = re.compile("的(?=[^，。；、！？])")
# Behind a name that something else is told apart from.
BESIDES = ("之一", "之后", "之外", "以外", "相比")


def through(parse: Parse, end: int, tool: Tools) -> tuple[int, ...]:
    """The objects of a verb of making in the clauses after, when no new doer comes up."""
    assert tool.through is not None
    stop = (
        next(
            (m.start() for m in re.finditer("[；;。！？]", parse.text[end:])), len(parse.text) - end
        )
        + end
    )
    comma = parse.text.find("，", end, stop)
    if comma < 0:
        return ()
    for found in tool.through.finditer(parse.text, comma, stop):
        clause = parse.clause(found.start())
        lead = parse.text[clause : found.start()]
        if (
            parse._light(clause, found.start())
            or re.match(r"[^，]{0,2}\S{0,2}$", lead)
            or _pair(parse, clause)
        ):
            places = objects(parse, found.end(), tool.wanted)
            if places:
                return places
        else:
            return ()
    return ()


def _pair(parse: Parse, at: int) -> bool:
    group = parse.sentence.groups.get(at)
    return group is not None and any(m.refers == "pair" for m in group.mentions)


def _ranks(parse: Parse, at: int) -> bool:
    """Whether a name only says what something is like: 属于某保供项目, 继某条例之后."""
    before, after = parse.text[max(0, at - 3) : at], parse.text[at + 1 : at + 3]
    return parse.grammar.ranked.search(before) is not None or after in BESIDES


def _topic(scene: Scene, parse: Parse, at: int, tool: Tools) -> int | None:
    """The nearest thing before a position that is named: generic nouns (重点项目) are not."""
    for p in range(at - 1, -1, -1):
        fits = tool.wanted.match(parse.text[p]) and not _ranks(parse, p)
        if fits and named(scene, parse.sentence, (p,), tool.objects):
            return p
    return None


def ahead(parse: Parse, end: int, tool: Tools) -> tuple[int, ...]:
    """由甲主办，乙承办的某大会: the thing after the last verb is the object of the first too."""
    stop = next(
        (m.start() for m in re.finditer("[；;。！？]", parse.text[end:])), len(parse.text) - end
    )
    for found in tool.verbs.finditer(parse.text, end, end + stop):
        if parse.text.startswith("的", found.end()):
            return objects(parse, found.end(), tool.wanted)
    return ()


def in_row(parse: Parse, end: int, tool: Tools) -> bool:
    """Whether a verb opens a row of acts that a thing follows: 甲主办、|乙承办，丙协办的某大会."""
    while parse.text[end : end + 1] in ("，", "、"):
        stop = min(parse.stop(end), end + ROW)
        found = next(tool.verbs.finditer(parse.text, end, stop), None)
        if found is None or not parse.grammar.agent.match(parse.text, end + 1):
            return False
        end = found.end()
        if parse.text.startswith("的", end):
            return True
    return False


def apposed(parse: Parse, end: int, tool: Tools) -> tuple[int, ...]:
    """甲承建的重点工程——乙某项目: what a description before a dash is the name of."""
    dash = APPOSED.match(parse.text, end)
    if dash is None or parse.grammar.between.search(dash.group()):
        return ()
    return (dash.end(),) if tool.wanted.match(parse.text, dash.end()) else ()


def passive(
    scene: Scene, parse: Parse, doers: Doers, tool: Tools, end: int, close: bool, trailing: bool
) -> tuple[int, ...]:
    """某平台由甲开发、乙运营: what stands before 由 is built."""
    if ATTRIBUTIVE.match(parse.text, end):  # 甲展会迈入第五年，由乙主办的特别活动启动
        return ()
    start = parse.segment(doers.at)
    by = [m.end() for m in parse.grammar.agent.finditer(parse.text, start, doers.at + 1)]
    first = next((e - 1 for e in by if parse._before(parse.grammar.by, e - 1)), None)
    if first is None:
        ends = parse.text[end : end + 1] in ("，", "。", "；", "")
        plain = trailing and ends and doers.how == "plain" and parse._bodies(doers.at)
        p = _topic(scene, parse, doers.at, tool) if plain else None
        return (p,) if p is not None and start <= p < parse.clause(doers.at) else ()
    if MOVED.search(parse.text, max(0, first - 4), first):
        return ()
    own = _topic(scene, parse, doers.at, tool)
    apart = own is not None and own > first  # 甲项目由乙投资，丙项目由丁投资
    for before in (doers.at,) if apart else (first, doers.at):
        p = _topic(scene, parse, before, tool)
        if p is not None and p >= start:
            if close and not CLOSE.search(parse.text[p + 1 : before]):
                return ()
            return (p,)
    return ()


def short(scene: Scene, parse: Parse, doers: Doers, tool: Tools, words: str) -> list[Mention]:
    """活动由甲主办, 这款无人机由乙研发: a common noun before 由 that means a name before it.

    The name ends in the noun, or is the last one of the sentence before when 这 counts it.
    """
    start = parse.segment(doers.at) if doers.at >= 0 else 0
    if start == 0 and parse.text.startswith("由"):  # 甲项目。由乙投资建设: the one before
        place = parse.sentence.original(0, 1).start
        return list(scene.last(place, tool.objects, reach=1)[-1:])
    found = SHORT.search(parse.text, start)
    if found is None or found.end() > doers.at:
        return []
    noun, at = found["noun"] or "", max(found.start("noun"), found.start())
    if MENTION.match(noun):  # 大赛由甲主办: a reference
        return named(scene, parse.sentence, (at,), tool.objects)
    place = parse.sentence.original(at, at + 1).start
    if words and re.fullmatch(words, noun):
        return list(scene.last(place, tool.objects, reach=EVENT_REACH)[-1:])
    ending = re.compile(f".{noun}(?:项目|工程)?$")
    same = list(scene.named(place, tool.objects, ending)) if noun else []
    counted = found["that"] and found["that"].startswith("这")
    return same or (list(scene.last(place, tool.objects, reach=1)[-1:]) if counted else [])
