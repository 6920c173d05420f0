"""Find names of bodies in one text that are shorter forms of others.

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
from kg.extract.resolve.bodies import BodyAlias
from kg.ontology import Lexicon
from kg.ontology.lexicon.things import SamenessWords
from kg.ontology.places import Places

BRACKETS = str.maketrans("", "", "（）()")
TAIL = 4  # characters of a name that is the end of another
LEAST = 5  # characters of one that leaves characters out inside
HEAD = 2  # characters that both then end in
CORE = 2  # characters of what is a company's own in its name
SINGLE = re.compile(r"[\u4e00-\u9fff]")


def abridged(
    names: Collection[str], industry: Collection[str], places: Places, lexicon: Lexicon
) -> Iterator[BodyAlias]:
    """The pairs of names of which one says less.

    Args:
        names: The bodies of one text.
        industry: Words that any company may have in its name.
        places: For what is a place.
        lexicon: For what names of bodies are made of.

    >>> from kg.ontology import load
    >>> names, table = ["甲江公司", "成都甲江科技有限公司"], Places.load(load())
    >>> aliases = abridged(names, ["科技"], table, load().lexicon)
    >>> [(s.short, s.full) for s in aliases]
    [('甲江公司', '成都甲江科技有限公司')]
    """
    reader = _Reader(industry, places, lexicon)
    ends: dict[str, list[str]] = {}
    for name in sorted(names):
        ends.setdefault(name[-1], []).append(name)
    for name in sorted(names):
        reasons = {
            f: why for f in _near(name, ends, lexicon.sameness) if (why := reader.abridges(name, f))
        }
        full = [f for f in reasons if not any(o != f and f.endswith(o) for o in reasons)]
        full = [f for f in full if not any(o != f and reader.abridges(f, o) for o in full)]
        if len(full) > 1 and reader.places.leading(name):
            full = [f for f in full if f.endswith(name) and places.by_name(f[: -len(name)])]
        if len(full) == 1:
            yield BodyAlias(name, full[0], *reasons[full[0]])


def _near(name: str, ends: Mapping[str, list[str]], vocabulary: SamenessWords) -> list[str]:
    """The longer names that may be the full one: they end alike, or in a legal form."""
    same_ending = ends.get(name[-1], [])
    legal = ends.get(vocabulary.firm, []) if name[-1] != vocabulary.firm else []
    return [f for f in [*same_ending, *legal] if len(f) > len(name)]


@lru_cache(maxsize=4)
def _trades(industry: tuple[str, ...]) -> re.Pattern[str]:
    """Any number of words that any company may have in its name."""
    words = "|".join(sorted(map(re.escape, industry), key=len, reverse=True))
    return re.compile(f"(?:{words})*")


class _Reader:
    """Says why one name abridges another."""

    def __init__(self, industry: Collection[str], places: Places, lexicon: Lexicon) -> None:
        self.places, self.lexicon = places, lexicon
        self.vocabulary, self.grammar = lexicon.sameness, lexicon.grammar
        self.trades = _trades(tuple(industry))

    def abridges(self, name: str, full: str) -> tuple[str, str] | None:
        """By which rule a name is a longer one with less of it said, and why."""
        if (
            len(name) >= TAIL
            and full.endswith(name)
            and not branches(name, full, self.places, self.vocabulary)
        ):
            return "name.tail", f"{name} ends the only longer name {full}"
        if self._is_same_company(name, full):
            return "name.legal", f"{full} adds its place, its trade or its legal form"
        if self._leaves_out_words(name, full):
            return "name.abridged", f"{name} leaves out words of the only name {full}"
        return None

    def _is_same_company(self, name: str, full: str) -> bool:
        """Whether a company has the same name of its own: 甲江公司, 乙市甲江科技有限公司."""
        core = self.vocabulary.forms.sub("", name.translate(BRACKETS))
        rest = self.vocabulary.forms.sub("", full.translate(BRACKETS))
        if self.vocabulary.whole.search(name) or rest == full or len(core) < CORE:
            return False
        if any(name.endswith(g) and g not in full for g in self.vocabulary.keeps_group):
            return False
        position, member = (
            rest.find(core),
            self.vocabulary.group in rest,
        )  # 甲江集团装备有限公司 is a member of it
        has_place = position == 0 or (position > 0 and bool(self.places.by_name(rest[:position])))
        return has_place and not member and self._only_trade(name, rest[position + len(core) :])

    def _only_trade(self, name: str, words: str) -> bool:
        """Whether words of a company's name say no more than what its trade is.

        Of a group they tell the member, and of a bare name as well: 甲江, 甲江重型装备公司.
        """
        if self.trades.fullmatch(words):
            return True
        says_firm = self.vocabulary.group not in name and (
            name.endswith(self.vocabulary.company) or self.places.leading(name) > 0
        )
        return says_firm and common(Words(words, self.grammar).words)

    def _leaves_out_words(self, name: str, full: str) -> bool:
        """Whether a name leaves out nothing but words of the other that are no names."""
        name, full = (
            name.translate(BRACKETS),
            self.vocabulary.legal.sub("", full.translate(BRACKETS)),
        )
        name = self.vocabulary.legal.sub("", name)
        if len(name) < LEAST or name[:1] != full[:1] or name[-HEAD:] != full[-HEAD:]:
            return False
        gaps = list(_gaps(name, full))
        if gaps and all(self._implied(full, at, gap) for at, gap in gaps):
            return True
        core = name[self.places.leading(name) :]
        core = core[m.end() :] if (m := self.vocabulary.nation.match(core)) else core
        return (
            bool(gaps)
            and not (len(gaps) == 1 and SINGLE.fullmatch(gaps[0][1]))  # 云大研究院, 云工大研究院
            and not common(Words(core, self.grammar).words)
            and not any(self._omits_name(*g, full) for g in gaps)
        )

    def _implied(self, full: str, at: int, gap: str) -> bool:
        """Whether what is left out is told by what stands around it: 云澜|市, 办|公厅."""
        before, after = full[:at], full[at + len(gap) :]
        if gap in self.vocabulary.left_of_office and before.endswith(self.vocabulary.office):
            return True
        level = gap in self.vocabulary.levels and self.places.by_name(before + gap)
        school = gap == self.vocabulary.university and after.endswith(self.vocabulary.school)
        return bool(
            (level or school or self.vocabulary.seat.fullmatch(gap)) and self.places.by_name(before)
        )

    def _omits_name(self, at: int, gap: str, full: str) -> bool:
        """Whether what is left out is a name, ends like one or tells which one is meant."""
        place = bool(self.places.by_name(gap)) and not self.places.by_name(full[:at])
        return (
            place
            or gap.endswith(self.vocabulary.ends)
            or self.vocabulary.which.search(gap) is not None
        )


def seat(name: str, places: Places, vocabulary: SamenessWords) -> bool:
    """Whether a name is that of who heads a place: 甲市委 is not 共青团甲市委, nor a unit of it.

    >>> from kg.ontology import load
    >>> ontology = load()
    >>> table, words = Places.load(ontology), ontology.lexicon.sameness
    >>> seat("成都市委", table, words), seat("成都支行", table, words)
    (True, False)
    """
    at = places.leading(name)
    return at > 0 and vocabulary.seated.fullmatch(name, at) is not None


def branches(name: str, full: str, places: Places, vocabulary: SamenessWords) -> bool:
    """Whether a name with a place before it is a branch there, another's, or another university.

    >>> from kg.ontology import load
    >>> table, words = Places.load(load()), load().lexicon.sameness
    >>> [branches(name, "河北" + name, table, words) for name in ("中国甲某医院", "甲某医院")]
    [True, False]
    """
    outer, inner = full[: -len(name)], name[: places.leading(name)]
    if seat(name, places, vocabulary) and not places.by_name(outer):
        return True
    # 甲市某科技大学 is not 某科技大学.
    if vocabulary.nation.match(name) or name.endswith(vocabulary.university):
        return bool(places.by_name(outer))
    return inner.endswith(tuple(vocabulary.levels)) and places.holds(outer, inner) is False


def _gaps(name: str, full: str) -> Iterator[tuple[int, str]]:
    """What a longer name says more, and where; nothing if it does not say the same in order."""
    at, last, gaps = 0, 0, []
    for i, char in enumerate(full):
        if at < len(name) and char == name[at]:
            if i > last:
                gaps.append((last, full[last:i]))
            at, last = at + 1, i + 1
    if at == len(name):
        yield from gaps
        if last < len(full):
            yield last, full[last:]
