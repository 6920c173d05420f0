"""Names of works in, those that stand in a list with a sure one sure and whole.

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


def siblings(draft: Draft, rules: dict[str, Rule]) -> list[Mention]:
    """The names of a text; a weak one next to a sure one of its kind in a list is sure."""
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
