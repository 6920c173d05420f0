"""Names of bodies of one text in, those that are one name with less of it said out.

甲江集团 is 甲江（集团）有限公司. A short name says the same words in the same order and ends like
the full one. It may leave out what stands before (a place, 中国), the legal form, or characters
inside, as long as nothing that it leaves out is a name or the end of one: then the longer name
is a part of the shorter. It means a body only where one body of the text fits.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache

from kg.bodies import LEVELS, Same
from kg.places import Places

LEGAL = re.compile("(?:股份有限|有限责任|股份|有限)?(?:公司)?$")
FORMS = re.compile("(?:集团)?(?:股份有限|有限责任|股份|有限)?公司$|集团$|股份$")
WHOLE = re.compile("有限(?:责任)?公司$")  # two legal names are two companies
BRACKETS = str.maketrans("", "", "（）()")
TAIL = 4  # characters of a name that is the end of another
LEAST = 5  # characters of one that leaves characters out inside
HEAD = 2  # characters that both then end in
CORE = 2  # characters of what is a company's own in its name
GROUP = ("集团", "股份")  # what a short name keeps: 甲江集团 is not 甲江科技有限公司
# What is left out inside ends in: then it is a body, or which of several: 第一分公司.
ENDS = tuple("院校局厅委部司处系所科室会社团队行店厂馆站庭" + LEVELS)
WHICH = re.compile("[第分一二三四五六七八九十东南西北中新老大小上下\\d]")


def abridged(names: Collection[str], industry: Collection[str], places: Places) -> Iterator[Same]:
    """The pairs of names of which one says less.

    Args:
        names: The bodies of one text.
        industry: Words that any company may have in its name.
        places: For what is a place.

    >>> from kg.ontology import load
    >>> table = Places.load(load())
    >>> [(s.short, s.full) for s in abridged(["甲江公司", "云澜甲江科技有限公司"], ["科技"], table)]
    [('甲江公司', '云澜甲江科技有限公司')]
    """
    reader = _Reader(industry, places)
    ends: dict[str, list[str]] = {}
    for name in sorted(names):
        ends.setdefault(name[-1], []).append(name)
    for name in sorted(names):
        found = {f: why for f in _near(name, ends) if (why := reader.abridges(name, f))}
        full = [f for f in found if not any(o != f and f.endswith(o) for o in found)]
        if len(full) == 1:
            yield Same(name, full[0], *found[full[0]])


def _near(name: str, ends: Mapping[str, list[str]]) -> list[str]:
    """The longer names that may be the full one: they end alike, or in a legal form."""
    alike = ends.get(name[-1], [])
    legal = ends.get("司", []) if name[-1] != "司" else []
    return [f for f in [*alike, *legal] if len(f) > len(name)]


@lru_cache(maxsize=4)
def _trades(industry: tuple[str, ...]) -> re.Pattern[str]:
    """Any number of words that any company may have in its name."""
    words = "|".join(sorted(map(re.escape, industry), key=len, reverse=True))
    return re.compile(f"(?:{words})*")


class _Reader:
    """Says why one name abridges another."""

    def __init__(self, industry: Collection[str], places: Places) -> None:
        self.places = places
        self.trades = _trades(tuple(industry))

    def abridges(self, name: str, full: str) -> tuple[str, str] | None:
        """By which rule a name is a longer one with less of it said, and why."""
        if len(name) >= TAIL and full.endswith(name):
            return "name.tail", f"{name} ends the only longer name {full}"
        if self._company(name, full):
            return "name.legal", f"{full} adds its place, its trade or its legal form"
        if self._inside(name, full):
            return "name.abridged", f"{name} leaves out words of the only name {full}"
        return None

    def _company(self, name: str, full: str) -> bool:
        """Whether a company has the same name of its own: 甲江公司, 乙市甲江科技有限公司."""
        own = FORMS.sub("", name.translate(BRACKETS))
        rest = FORMS.sub("", full.translate(BRACKETS))
        if WHOLE.search(name) or rest == full or len(own) < CORE:
            return False
        if any(name.endswith(g) and g not in full for g in GROUP):
            return False
        at, member = rest.find(own), "集团" in rest  # 甲江集团装备有限公司 is a member of it
        placed = at == 0 or (at > 0 and bool(self.places.by_name(rest[:at])))
        return placed and not member and self.trades.fullmatch(rest, at + len(own)) is not None

    def _inside(self, name: str, full: str) -> bool:
        """Whether a name leaves out nothing but words of the other that are no names."""
        name, full = name.translate(BRACKETS), LEGAL.sub("", full.translate(BRACKETS))
        name = LEGAL.sub("", name)
        if len(name) < LEAST or name[0] != full[0] or name[-HEAD:] != full[-HEAD:]:
            return False
        left, at = "", 0
        gaps = []
        for char in full:
            if at < len(name) and char == name[at]:
                at += 1
                gaps.append(left)
                left = ""
            else:
                left += char
        gaps.append(left)
        return at == len(name) and not any(map(self._names, gaps))

    def _names(self, gap: str) -> bool:
        """Whether what is left out is a name, ends like one or tells which one is meant."""
        return bool(gap) and (gap.endswith(ENDS) or WHICH.search(gap) is not None)
