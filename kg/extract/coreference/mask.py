"""Mask the mentions of a sentence with one character each, as rules match it.

Every mention becomes one private-use character that stands for its class, a list of
mentions (A、B和C) one character for all of them, an amount or a date one for its kind.
Quotation marks and bracketed asides are left out. So ``〔甲公司〕拟投资〔3亿元〕建设〔某项目〕``
is matched by a regular expression, whatever the names are and however long.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.base.records import Span
from kg.extract.mentions.mention import Mention
from kg.extract.values.values import FoundValue
from kg.ontology import Ontology
from kg.ontology.lexicon.claims import ClauseWords
from kg.ontology.lexicon.section import FIRST, VALUES

KINDS = {"money": chr(VALUES), "date": chr(VALUES + 1)}
DROPPED = set('“”"‘’「」『』《》〈〉 \t　')
_ODD = re.compile(f"[{re.escape(''.join(sorted(DROPPED)))}{chr(FIRST)}-{chr(VALUES + 15)}]")
SIDE_BY_SIDE = ("》《", "”“")  # marks that list without a sign: 《甲办法》《乙细则》
BRACKET = re.compile(r"[（(][^（）()]{0,60}(?:[（(][^（）()]{0,20}[）)])?[^（）()]{0,40}[）)]")


@dataclass(frozen=True, slots=True)
class Group:
    """What one private-use character stands for: mentions in a list, or one value."""

    start: int
    end: int
    mentions: tuple[Mention, ...] = ()
    value: FoundValue | None = None


@dataclass(frozen=True, slots=True)
class Masked:
    """A sentence as rules see it.

    ``places[i]`` is the offset of ``text[i]`` in the article, ``groups[i]`` what its
    private-use character stands for, ``characters`` those that ``text`` holds.
    """

    text: str
    places: tuple[int, ...]
    groups: dict[int, Group]
    span: Span
    characters: frozenset[str]

    def original(self, start: int, end: int) -> Span:
        """The stretch of the article that a stretch of the masked text stands for."""
        if start >= end:
            at = self.places[start] if start < len(self.places) else self.span.end
            return Span(at, at)
        last = self.groups.get(end - 1)
        return Span(self.places[start], last.end if last else self.places[end - 1] + 1)


class Masks:
    """Gives each class a bit, so that a list of mixed classes has a character too."""

    def __init__(
        self,
        ontology: Ontology,
        companions: frozenset[frozenset[str]] = frozenset(),
    ) -> None:
        classes, self.words = list(ontology.classes), ontology.lexicon.clauses
        self.companions = companions  # pairs of classes that may stand in one list
        self.bits = {name: 1 << i for i, name in enumerate(classes)}
        if len(classes) > 11:
            raise ValueError("more than 11 classes do not fit the private use area")

    def character(self, types: Sequence[str]) -> str:
        """The character of a set of classes."""
        return chr(FIRST + sum({self.bits[t] for t in types}))

    def characters(self, types: Sequence[str]) -> str:
        """The inside of a character class for all lists that hold one of the classes."""
        bits = 0
        for t in types:
            bits |= self.bits[t]
        codes = [FIRST + m for m in range(1, 1 << len(self.bits)) if m & bits]
        runs: list[list[int]] = []
        for code in codes:
            if runs and code == runs[-1][1] + 1:
                runs[-1][1] = code
            else:
                runs.append([code, code])
        return "".join(chr(a) if a == b else f"{chr(a)}-{chr(b)}" for a, b in runs)

    def mask(
        self, text: str, span: Span, mentions: Sequence[Mention], values: Sequence[FoundValue]
    ) -> Masked:
        """The sentence ``text[span]`` with its mentions and values masked."""
        groups = self._groups(text, span, mentions, values)
        skipped = self._asides(text, span, groups)
        out: list[str] = []
        places: list[int] = []
        group_at: dict[int, Group] = {}
        position = span.start
        for start, end, group in self._stops(groups, skipped):
            if start < position:  # in an aside
                continue
            _copy(text, position, start, out, places)
            position = end
            if group is not None:
                group_at[len(places)] = group
                out.append(self._sign(group))
                places.append(start)
        _copy(text, position, span.end, out, places)
        masked = "".join(out)
        return Masked(masked, tuple(places), group_at, span, frozenset(masked))

    @staticmethod
    def _stops(
        groups: Sequence[Group], skipped: dict[int, int]
    ) -> list[tuple[int, int, Group | None]]:
        """What is not copied, in reading order: groups, and asides with None for a group."""
        stops: list[tuple[int, int, Group | None]] = [(a, b, None) for a, b in skipped.items()]
        stops += [(g.start, g.end, g) for g in groups]
        return sorted(stops, key=lambda stop: stop[0])

    def _sign(self, group: Group) -> str:
        if group.value is not None:
            return KINDS[group.value.kind]
        return self.character([m.type for m in group.mentions])

    def _asides(self, text: str, span: Span, groups: Sequence[Group]) -> dict[int, int]:
        """Brackets that only define or gloss: they hold no mention, or one that they define."""
        asides = {}
        for match in BRACKET.finditer(text, span.start, span.end):
            inside = [g for g in groups if match.start() < g.start and g.end < match.end()]
            overlapping = [g for g in groups if g.start < match.end() and match.start() < g.end]
            glossed = any(
                g.end == match.start() or text[g.end : match.start()] in ("”", "》") for g in groups
            )
            if len(overlapping) > len(inside):
                continue
            if (
                not inside
                or self.words.aside.search(match.group())
                or (glossed and len(inside) == 1 and not self.words.acted.search(match.group()))
            ):
                asides[match.start()] = match.end()
        return asides

    def _groups(
        self, text: str, span: Span, mentions: Sequence[Mention], values: Sequence[FoundValue]
    ) -> list[Group]:
        items: list[Group] = []
        ends = 0
        leads: list[Mention] = []
        for m in sorted(mentions, key=lambda m: (m.start, -m.end)):
            if not (span.start <= m.start and m.end <= span.end) or m.start < ends:
                continue
            if m.nested or (m.reference and text.startswith(self.words.attached, m.end)):
                leads.append(m)
                continue
            start = m.start
            while leads and leads[-1].end == start and leads[-1].type == m.type:
                start = leads.pop().start  # 重庆市綦江区, 该校附属医院: the last is meant
            leads = []
            ends = m.end
            items.append(Group(start, m.end, (m,)))
        spans = [(g.start, g.end) for g in items]
        for v in values:
            inside = span.start <= v.start and v.end <= span.end
            if inside and not any(a < v.end and v.start < b for a, b in spans):
                items.append(Group(v.start, v.end, (), v))
        items.sort(key=lambda g: g.start)
        return _lists(text, items, self.companions, self.words)


def _copy(text: str, start: int, end: int, out: list[str], places: list[int]) -> None:
    """Copy a stretch of a text without what is dropped, and the place of each character."""
    for odd in _ODD.finditer(text, start, end):
        out.append(text[start : odd.start()])
        places.extend(range(start, odd.start()))
        start = odd.end()
        if odd[0] not in DROPPED:
            # The text's own private-use characters must not pass for signs.
            out.append("□")
            places.append(odd.start())
    out.append(text[start:end])
    places.extend(range(start, end))


def _lists(
    text: str,
    items: Sequence[Group],
    companions: frozenset[frozenset[str]],
    vocabulary: ClauseWords,
) -> list[Group]:
    """Join mentions that a list mark links; agents of different classes may share a list."""
    joined: list[Group] = []
    for g in items:
        last = joined[-1] if joined else None
        if last and g.mentions and last.mentions and _listed(text, last, g, companions, vocabulary):
            joined[-1] = Group(last.start, g.end, last.mentions + g.mentions)
        else:
            joined.append(g)
    return joined


def _listed(
    text: str,
    last: Group,
    g: Group,
    companions: frozenset[frozenset[str]],
    vocabulary: ClauseWords,
) -> bool:
    between = text[last.end : g.start].strip('“”《》"')
    between = BRACKET.sub("", between)
    a, b = last.mentions[-1].type, g.mentions[0].type
    if not between and text[last.end - 1] + text[g.start] in SIDE_BY_SIDE:
        return a == b
    if not vocabulary.list_sign.fullmatch(between):
        return False
    return a == b or (between.strip() == "、" and frozenset((a, b)) in companions)
