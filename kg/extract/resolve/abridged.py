"""Names of bodies of one text in, those that are one name with less of it said out.

甲江集团 is 甲江（集团）有限公司. A short name says the same words in the same order and ends like
the full one. It may leave out what stands before (a place, 中国), the legal form, or characters
inside, as long as nothing that it leaves out is a name or the end of one: then the longer name
is a part of the shorter. What is left must be a name of its own: 中国甲学科学院 is not 中国科学院.
It means a body only where one body of the text fits.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache

from kg.extract.mentions.tokens import Words, common
from kg.extract.resolve.bodies import LEVELS, Same
from kg.ontology.places import Places

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
ENDS = (*"院校局厅委部司处系所科室会社团队行店厂馆站庭镇乡村", "街道", *LEVELS)
# A branch of a national body is called after it, with the place before: 云澜中国某某医院.
NATION = re.compile("中国|中华|中央|国家|全国")
SEAT = re.compile("(?:特别行政区|自治[区州县])?(?:人民)?(?:政府)?")
# Behind a place: the committee of the party, the council and the conference that it has.
SEATED = re.compile("[省市区县州旗盟]?(?:委|党委|人大|人大常委会|政协|纪委)")
OFFICE = ("公厅", "公室")  # what 办 leaves out
UNIVERSITY = "大学"  # what a school of one leaves out: 甲州某某学院
SINGLE = re.compile("[\u4e00-\u9fff]")
WHICH = re.compile("[第分一二三四五六七八九十东南西北中新老大小上下\\d]")


def abridged(names: Collection[str], industry: Collection[str], places: Places) -> Iterator[Same]:
    """The pairs of names of which one says less.

    Args:
        names: The bodies of one text.
        industry: Words that any company may have in its name.
        places: For what is a place.

    >>> from kg.ontology import load
    >>> table = Places.load(load())
    >>> [(s.short, s.full) for s in abridged(["甲江公司", "成都甲江科技有限公司"], ["科技"], table)]
    [('甲江公司', '成都甲江科技有限公司')]
    """
    reader = _Reader(industry, places)
    ends: dict[str, list[str]] = {}
    for name in sorted(names):
        ends.setdefault(name[-1], []).append(name)
    for name in sorted(names):
        found = {f: why for f in _near(name, ends) if (why := reader.abridges(name, f))}
        full = [f for f in found if not any(o != f and f.endswith(o) for o in found)]
        full = [f for f in full if not any(o != f and reader.abridges(f, o) for o in full)]
        if len(full) > 1 and reader.places.leading(name):
            full = [f for f in full if f.endswith(name) and places.by_name(f[: -len(name)])]
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
        if len(name) >= TAIL and full.endswith(name) and not branches(name, full, self.places):
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
        return placed and not member and self._trade(name, rest[at + len(own) :])

    def _trade(self, name: str, words: str) -> bool:
        """Whether words of a company's name say no more than what its trade is.

        Of a group they tell the member, and of a bare name as well: 甲江, 甲江重型装备公司.
        """
        if self.trades.fullmatch(words):
            return True
        own = "集团" not in name and (name.endswith("公司") or self.places.leading(name) > 0)
        return own and common(Words(words).words)

    def _inside(self, name: str, full: str) -> bool:
        """Whether a name leaves out nothing but words of the other that are no names."""
        name, full = name.translate(BRACKETS), LEGAL.sub("", full.translate(BRACKETS))
        name = LEGAL.sub("", name)
        if len(name) < LEAST or name[:1] != full[:1] or name[-HEAD:] != full[-HEAD:]:
            return False
        gaps = list(_gaps(name, full))
        if gaps and all(self._said(full, at, gap) for at, gap in gaps):
            return True
        own = name[self.places.leading(name) :]
        own = own[m.end() :] if (m := NATION.match(own)) else own
        return (
            bool(gaps)
            and not (len(gaps) == 1 and SINGLE.fullmatch(gaps[0][1]))  # 云大研究院, 云工大研究院
            and not common(Words(own).words)
            and not any(self._names(*g, full) for g in gaps)
        )

    def _said(self, full: str, at: int, gap: str) -> bool:
        """Whether what is left out is told by what stands around it: 云澜|市, 办|公厅."""
        before, after = full[:at], full[at + len(gap) :]
        if gap in OFFICE and before.endswith("办"):
            return True
        level = gap in LEVELS and self.places.by_name(before + gap)
        school = gap == UNIVERSITY and after.endswith("学院")
        return bool((level or school or SEAT.fullmatch(gap)) and self.places.by_name(before))

    def _names(self, at: int, gap: str, full: str) -> bool:
        """Whether what is left out is a name, ends like one or tells which one is meant."""
        place = bool(self.places.by_name(gap)) and not self.places.by_name(full[:at])
        return place or gap.endswith(ENDS) or WHICH.search(gap) is not None


def seat(name: str, places: Places) -> bool:
    """Whether a name is that of who heads a place: 甲市委 is not 共青团甲市委, nor a unit of it.

    >>> from kg.ontology import load
    >>> table = Places.load(load())
    >>> seat("成都市委", table), seat("成都支行", table)
    (True, False)
    """
    at = places.leading(name)
    return at > 0 and SEATED.fullmatch(name, at) is not None


def branches(name: str, full: str, places: Places) -> bool:
    """Whether a name with a place before it is a branch there, another's, or another university.

    >>> from kg.ontology import load
    >>> table = Places.load(load())
    >>> [branches(name, "河北" + name, table) for name in ("中国甲某医院", "甲某医院")]
    [True, False]
    """
    outer, inner = full[: -len(name)], name[: places.leading(name)]
    if seat(name, places) and not places.by_name(outer):
        return True
    if NATION.match(name) or name.endswith(UNIVERSITY):  # 甲市某科技大学 is not 某科技大学
        return bool(places.by_name(outer))
    return inner.endswith(tuple(LEVELS)) and places.holds(outer, inner) is False


def _gaps(name: str, full: str) -> Iterator[tuple[int, str]]:
    """What a longer name says more, and where; nothing if it does not say the same in order."""
    at, last, found = 0, 0, []
    for i, char in enumerate(full):
        if at < len(name) and char == name[at]:
            if i > last:
                found.append((last, full[last:i]))
            at, last = at + 1, i + 1
    if at == len(name):
        yield from found
        if last < len(full):
            yield last, full[last:]
