"""Check whether a head noun with what stands before it is a name.

``nameless`` asks every check of ``CHECKS``; what passes them is a name, and a weak one, which
counts only with a claim, when its rule says so and nothing in it is a name of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from kg.extract.mentions.heads.heads import Candidate

NUMBERED = re.compile(r"[\u4e00-\u9fff]{0,6}[〔\[［]\d{4}")
# A name of so many characters is one thing if it is being made or used, or begins to be there.
LONG_NAME = 8


def nameless(c: Candidate) -> bool:
    """Whether what stands before a head noun makes no name of it."""
    return any(check(c) for check in CHECKS)


def needs_claim(c: Candidate) -> bool:
    """Whether a name counts only with a claim: nothing in it is a name of its own."""
    heads = c.draft.lexicon.heads
    if c.inside or heads.marked.search(c.draft.text, c.begin, c.head):
        return False
    if c.option("distinct") and not heads.distinct.search(c.name):
        return True
    text = c.draft.text
    exists = heads.in_use.search(text, max(0, c.begin - 5), c.begin) or heads.comes_to_be.match(
        text, c.end
    )
    return bool(c.option("weak")) and not (exists and len(c.name) >= LONG_NAME)


def _short(c: Candidate) -> bool:
    return len(c.body) < int(c.option("min", 1)) or bool(c.heads.generic.fullmatch(c.body))


def _vague(c: Candidate) -> bool:
    """Whether the words do not say which one is meant: 某公司, 12个项目."""
    heads = c.draft.lexicon.heads
    specific = c.body[0] not in heads.vague
    return not specific or bool(heads.counted.match(c.body) or heads.tallied.search(c.body))


def _compound(c: Candidate) -> bool:
    """Whether the head noun is but the end of another word (部 in 干部), or of a number."""
    text, longer = c.draft.text, c.heads.compounds[c.end - c.head]
    return text.endswith(longer, 0, c.end) or NUMBERED.match(text, c.end, c.end + 12) is not None


def _yields(c: Candidate) -> bool:
    """Whether the words around make it a thing of another class: 建设某中心."""
    yields, needs = c.heads.yields, c.heads.needs
    around = f"{c.draft.text[max(0, c.begin - 14) : c.begin]}\n{c.draft.text[c.end : c.end + 36]}"
    if needs is not None and not needs.search(around):
        return True
    return yields is not None and yields.search(around) is not None


def _misplaced(c: Candidate) -> bool:
    """Whether a name lacks what its rule asks for: a place at its head, a body, words of place."""
    placed = c.option("placed")
    if placed == "known":
        place = c.draft.begins.get(c.begin)
        return place is None or place.end > c.head or place.needs_claim
    if placed and not _tells_place(c):
        return True
    if c.option("after") and not _follows_body(c):
        return True
    where = c.option("locative")
    before = c.draft.text[max(0, c.begin - 6) : c.begin]
    return where is not None and bool(where) != bool(c.draft.lexicon.heads.locative.search(before))


def _tells_place(c: Candidate) -> bool:
    heads = c.draft.lexicon.heads
    place = c.draft.begins.get(c.begin)
    if c.draft.text[c.begin] in heads.levels and c.head - c.begin >= 3:
        return True
    return (place is not None and place.end <= c.head) or c.draft.text.startswith(
        heads.regions, c.begin
    )


def _follows_body(c: Candidate) -> bool:
    if c.option("after") == "body":  # a name of four characters at the least, no bare 分公司
        return any(c.begin + 4 <= e <= c.head for e in c.draft.boundary.ends)
    return any(m.start == c.begin and m.end <= c.head for m in c.draft.mentions) or any(
        c.begin < e <= c.head for e in c.draft.boundary.ends
    )


CHECKS: tuple[Callable[[Candidate], bool], ...] = (
    _short,
    _vague,
    _compound,
    _yields,
    _misplaced,
)
