"""Find where the name of a head noun begins and ends, past what stands before names.

The boundary (``kg.extract.mentions.boundary``) goes left to the last word that a name may hold;
here
the start is set right where the rule asks for a place.
"""

from __future__ import annotations

import re

from kg.extract.mentions.article_draft import ArticleDraft
from kg.extract.mentions.heads.heads import Candidate
from kg.extract.mentions.tokens import STOPS

# How many characters stand before the end of a town's name.
TOWN = 5
GLOSS = re.compile(r"[（(]([\u4e00-\u9fff]{1,8})[）)]")


def bounds(c: Candidate) -> Candidate | None:
    """The name from its true start on; None where a rule wants a place that is not there."""
    begin = _anchored(c.moved(_listed(c)))
    if begin < 0:
        return None
    return c.moved(_dated(c.moved(begin)))


def _listed(c: Candidate) -> int:
    """Past the number of an item: 1.|第四届某博览会, 2.|2024某大赛."""
    opened = c.begin == 0 or c.draft.text[c.begin - 1] in STOPS
    item = c.draft.lexicon.heads.item.match(c.draft.text, c.begin, c.head) if opened else None
    return item.end() if item else c.begin


def _anchored(c: Candidate) -> int:
    """Where a body that must name its place begins, or -1: 重庆市科技局, 市科技局, 区政府."""
    if not c.option("anchored"):
        return c.begin
    for position in range(c.begin, c.head + 1):
        mention = c.draft.begins.get(position)
        before_head = mention is not None and mention.end <= c.head
        if mention is not None and before_head and (mention.end < c.head or position == c.begin):
            return position
        for prefix in c.heads.prefixes:
            if c.draft.text.startswith(prefix, position) and position + len(prefix) <= c.head:
                begin = _prefixed(c, position, prefix)
                if begin >= 0:
                    return begin
    return -1


def _prefixed(c: Candidate, position: int, prefix: str) -> int:
    """Where a body begins whose place is only told by its level (市科技局), or -1."""
    heads = c.draft.lexicon.heads
    text = c.draft.text
    is_whole = prefix + c.heads.word_at(text, c.head) in c.option("whole", ())
    if position + len(prefix) == c.head and c.option("single") and not is_whole:
        return -1
    if position > c.begin and prefix in heads.towns and position - c.begin <= TOWN:
        return c.begin  # 甲里|镇政府: the town's own name stands before
    before = text[max(0, position - 18) : position]
    opens = position == c.begin or c.draft.words.at(position).start == position
    opens = opens or before[-1:] in c.draft.grammar.cut
    return position if opens and not heads.addressed.search(before) else -1


def _dated(c: Candidate) -> int:
    """Past a year: 2022年|世界甲某联盟."""
    year = (
        c.draft.lexicon.heads.years.match(c.draft.text, c.begin, c.head)
        if c.option("named")
        else None
    )
    return year.end() if year else c.begin


def gloss(draft: ArticleDraft, end: int) -> int:
    """Past a bracket that belongs to the name: 石油大学（华东）, 理工大学（暂名）.

    A place with its level tells where the thing is: 环湖快速路（云桥区）.
    """
    heads = draft.lexicon.heads
    match = GLOSS.match(draft.text, end)
    if not match:
        return end
    inside = draft.begins.get(match.start(1))
    place = (
        inside is not None and inside.end == match.end(1) and not heads.levelled.search(match[1])
    )
    return match.end() if place or match[1] in (*heads.glosses, *heads.compass) else end
