"""Names of works in, those that stand in a list with a sure one sure and whole.

甲某汽车基地项目、云母综合利用项目: what is called like its neighbour, at the same length, is one
thing as its neighbour is. Between two commas of a list it begins where its item begins.
A park in a list of works that are signed or built is one of them: 甲基地、乙产业园签约落户.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kg.annotate.draft import Draft
from kg.annotate.mention import Mention, clean
from kg.ontology import Rule

# Between two items of a list.
JOINT = re.compile("[”]?(?:，?以及|、|和|及|与)[“]?|”?“")
LEAST = 8  # characters of a name that tells at length what it is
# Options of the rules whose names may be told at length by common words: works and events.
TOLD = ("works", "distinct")
HEAD = 2  # characters that both names end in
# What of an item stands before a name that was read too short: 好|物双行电商平台项目.
REST = re.compile(r"(?:、|包括|包含|涵盖|：|分别[是为])([^，。；：、！？“”\s]{1,12}?)$")
# Tags of words that no name begins with: prepositions, adverbs, particles, pronouns.
APART = ("p", "d", "u", "uj", "ul", "r", "c", "m")


# What parks are called by whose place is not told.
PARKS = "park"
# Right before a list, or right behind it: what is done with works, not in places.
DONE = "签约|签订|签下|引进|引入|建设|打造|新建|兴建|开工|动工|奠基|投产|竣工|封顶|落成|投用"
ITEMS = "(?:[^，。；：、]{2,24}、){0,6}[“]?$"
BEFORE = re.compile(
    f"(?:{DONE})(?:了|的)?{ITEMS}"
    f"|(?:签约|开工|引进|落地|竣工)的[^，。；：]{{0,12}}?项目[^。；：]{{0,40}}?(?:包括|包含|有|为|是)：?{ITEMS}"
)
STAGE = re.compile("[一二三四五六]期")
BEHIND = re.compile(
    "[”]?(?:[、和及与][^，。；：、]{2,24}){0,6}?(?:等[^，。；、]{0,12}?)?"
    f"(?:均|都|已|将|正式|集中|成功|顺利|先后|相继|陆续|同时|现场|也)*(?:{DONE})"
)


def siblings(draft: Draft, rules: dict[str, Rule]) -> list[Mention]:
    """The names of a text; a weak one next to a sure one of its kind in a list is sure."""
    found = _alike(draft, rules)
    works = [m for m in found if rules[m.rule].options.get("works")]
    longer = {m.start for m in works if STAGE.search(m.name)}
    found = [m for m in found if not (m.start in longer and _staged(m, draft.text))]
    works = [m for m in works if not m.weak]
    parks = {m: w for m in found if m.subtype == PARKS for w in works if _among(m, w, draft.text)}
    made = {
        m: replace(m, type=w.type, subtype=w.subtype, rule=w.rule, score=w.score)
        for m, w in parks.items()
    }
    return [made.get(m, m) for m in found]


def _staged(m: Mention, text: str) -> bool:
    """Whether it is a place that is built in stages: 建设|某科技园|三期."""
    return (
        STAGE.match(text, m.end) is not None
        and BEFORE.search(text[max(0, m.start - 120) : m.start]) is not None
    )


def _among(park: Mention, work: Mention, text: str) -> bool:
    """Whether a park stands beside a work in a list of what is signed or built."""
    first, last = sorted((park, work), key=lambda m: m.start)
    if not JOINT.fullmatch(text[first.end : last.start]):
        return False
    before = text[max(0, first.start - 120) : first.start]
    return BEFORE.search(before) is not None or BEHIND.match(text, last.end) is not None


def _alike(draft: Draft, rules: dict[str, Rule]) -> list[Mention]:
    works = [m for m in draft.found if any(rules[m.rule].options.get(o) for o in TOLD)]
    types = {m.type for m in works}
    sure = {(m.start, m.end) for m in draft.found if not m.weak and m.type in types}
    whole = {m: _whole(m, draft) for m in works if m.weak and len(m.name) >= LEAST}
    told: dict[Mention, Mention] = {}
    while new := {m: w for m, w in whole.items() if m not in told and _listed(w, sure, draft.text)}:
        told |= new
        sure |= {(w.start, w.end) for w in new.values()}
    return [told.get(m, m) for m in draft.found]


def _listed(m: Mention, sure: set[tuple[int, int]], text: str) -> bool:
    return any(_joined(m, span, text) for span in sure)


def _joined(m: Mention, other: tuple[int, int], text: str) -> bool:
    """Whether but the joint of a list stands between a name and another of its head noun."""
    start, end = other
    if not text[start:end].rstrip("”").endswith(text[m.end - HEAD : m.end]):
        return False
    between = text[end : m.start] if end <= m.start else text[m.end : start]
    return JOINT.fullmatch(between) is not None


def _whole(m: Mention, draft: Draft) -> Mention:
    """A name from the start of its item on, if nothing but its own words stand before."""
    rest = REST.search(draft.text[max(0, m.start - 16) : m.start])
    start = m.start - len(rest[1]) if rest else m.start
    words = list(draft.words.between(start, m.start))
    if any(w.text in draft.grammar.making or w.tag in APART for w in words):
        start = m.start
    return replace(m, start=start, name=clean(draft.text[start : m.end]), weak=False)
