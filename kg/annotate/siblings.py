"""Names of works in, those that stand in a list with a sure one sure and whole.

A park in a list of works that are signed or built is one of them: 甲基地、乙产业园签约落户.

甲某汽车基地项目、云母综合利用项目: what is called like its neighbour, at the same length, is one
thing as its neighbour is. Between two commas of a list it begins where its item begins.
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


# What parks are called by whose place is not told, and what is done with a list of works.
PARKS = "park"
BUILT = re.compile(
    "签约|签订|签下|引进|引入|建设|打造|新建|兴建|开工|动工|奠基|投产|竣工|封顶|落成|投用"
)
# 签约落户甲、|乙产业园: where works settle are places.
SETTLES = re.compile("(?:落户|入驻|进驻|位于|地处|落地|在|赴|走访|考察|参观)$")


def siblings(draft: Draft, rules: dict[str, Rule]) -> list[Mention]:
    """The names of a text; a weak one next to a sure one of its kind in a list is sure."""
    found = _alike(draft, rules)
    works = [m for m in found if not m.weak and rules[m.rule].options.get("works")]
    parks = {m: w for m in found if m.subtype == PARKS for w in works if _among(m, w, draft.text)}
    made = {
        m: replace(m, type=w.type, subtype=w.subtype, rule=w.rule, score=w.score)
        for m, w in parks.items()
    }
    return [made.get(m, m) for m in found]


def _among(park: Mention, work: Mention, text: str) -> bool:
    """Whether a park stands beside a work in a list of what is signed or built."""
    first, last = sorted((park, work), key=lambda m: m.start)
    if work.end - work.start < 2 or not JOINT.fullmatch(text[first.end : last.start]):
        return False
    start = max(text.rfind(sign, 0, first.start) for sign in "。；\n") + 1
    stop = min(
        (at for sign in "。；\n" if (at := text.find(sign, last.end)) >= 0), default=len(text)
    )
    around = f"{text[start : first.start]}\n{text[last.end : stop]}"
    return BUILT.search(around) is not None and not SETTLES.search(text[start : first.start])


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
