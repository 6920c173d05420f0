"""Names of bodies in, those that run into what stands before them without it out.

年度活动云澜市水务局: the head noun is read to the left, past words that might belong to the name.
What the text says elsewhere tells where it begins: it has 云澜市水务局 by itself, and what stands
before here is no place that 云澜市 lies in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from kg.annotate.draft import Draft
from kg.annotate.mention import Mention
from kg.ontology import Rule

JOINS = "和与及"
LEAST = 4  # characters of a name that stands by itself
# Tags of words that no name goes on behind to a place: conjunctions, prepositions, particles.
APART = ("c", "p", "u", "d")
# Tags of words that may be somebody's own name: 中共|云澜市委.
OWN = ("j", "nz", "nt", "ns")


def alone(draft: Draft, rules: dict[str, Rule]) -> Iterator[Mention]:
    """The mentions of a text; a body begins where it does elsewhere in the text."""
    named = {m for m in draft.found if rules[m.rule].options.get("named")}
    standing = {m.name for m in named if not m.weak and len(m.name) >= LEAST}
    people = {m.start for m in draft.found if rules[m.rule].kind == "person"}
    for m in draft.found:
        begin = _begin(m, draft, standing, people) if m in named else m.start
        yield m if begin == m.start else m.moved(begin, m.end, draft.text)


def _begin(m: Mention, draft: Draft, standing: Collection[str], people: Collection[int]) -> int:
    """Where a name begins: at the longest of the standing names that it ends in.

    What opens with a person is who took the picture, or wrote the line before.
    """
    for begin in range(m.start + 1, m.end - LEAST + 1):
        if draft.text[begin : m.end] not in standing:
            continue
        if m.start in people or _apart(m, begin, draft) or _joined(m, begin, draft):
            return begin
    return m.start


def _joined(m: Mention, begin: int, draft: Draft) -> bool:
    """Whether a company stands behind another that 和 joins to it: 云果和|甲某集团."""
    joined = m.subtype == "company" and draft.text[begin - 1] in JOINS
    return joined and begin - 1 - m.start > 1


def _apart(m: Mention, begin: int, draft: Draft) -> bool:
    """Whether what stands before is none of the name: but common words before a place."""
    if not any(k.start == begin and k.type in draft.solid for k in draft.within(begin, m.end)):
        return False  # 农业和水务局: a short form (水务局) proves nothing
    before = list(draft.words.between(m.start, begin))
    if before and before[-1].tag.startswith(APART):
        return True
    own = {m.type, *draft.solid}
    if any(k.type in own for k in draft.within(m.start, begin)):
        return False
    return not any(w.tag in OWN for w in before)
