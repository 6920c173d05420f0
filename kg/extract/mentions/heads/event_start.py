"""Find where the name of an event begins, in a clause that says it is held.

Verbs end names, but not those of events: 揭牌, 支持 and 推进 stand in the middle of them. Where
a clause says 举办…大会, …论坛在某地举行 or 在…仪式上, all that stands between is the name.
"""

from __future__ import annotations

import re

from kg.extract.mentions.article_draft import ArticleDraft
from kg.extract.mentions.tokens import STOPS

# The name of an event has this many characters at the most.
LONGEST = 60
QUOTED = re.compile("“[^”]*”")
CLOSERS = {"”": "“", "’": "‘", "）": "（", ")": "(", "》": "《"}


def event_start(draft: ArticleDraft, left: int, end: int, behind: re.Pattern[str]) -> int:
    """Where a name begins that ends at ``end``: at ``left``, or before it if its clause says so.

    Args:
        draft: The article.
        left: Where the words alone would have it begin.
        end: Where it ends.
        behind: What says behind a name that the event takes place.
    """
    heads = draft.lexicon.heads
    text = draft.text
    opening = _opening(draft, left, end - LONGEST)
    begins = [m.end() for m in draft.grammar.holding.finditer(text, opening, left)]
    if heads.there_at.match(text, end):
        at = text.rfind(heads.at, opening, left)
        begins += [at + 1] if at >= 0 else []
    if not begins and behind.match(text, end):
        begins = [_dated(draft, opening, left)]
    begin = max(begins, default=left)
    line = heads.dateline.match(text, begin, left)
    begin = line.end() if line else begin
    bare = QUOTED.sub(lambda m: "”" * len(m[0]), text[begin:left])
    begin += bare.rfind(heads.of) + 1
    bare = bare[bare.rfind(heads.of) + 1 :]
    joined = bare[-1:] in heads.joins and left - 1 in draft.ends  # 甲市与|乙市文化节
    return left if joined or heads.tells_clause.search(bare) else begin


def _opening(draft: ArticleDraft, left: int, floor: int) -> int:
    """Where the clause begins: a sign of quotation or a bracket in it ends none."""
    floor = max(floor, draft.sentence_start(left))
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


def _dated(draft: ArticleDraft, opening: int, left: int) -> int:
    """Past the words of time that open a clause: 8月3日上午, 日前."""
    position = opening
    lately = draft.grammar.lately
    while position < left:
        match = draft.lexicon.grammar.dated.match(draft.text, position, left) or lately.match(
            draft.text, position, left
        )
        if match is None:
            break
        position = match.end()
    return position
