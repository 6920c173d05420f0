"""A document for those who ask of its sentences whom and what they name, and where.

Beside it stands what there is to know of titles and bodies before one reads: which may go together.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.base.records import Fact, Source
    from kg.corpus.compound.stated_words import StatedWords

# A sentence ends at one of these; a semicolon parts what is told of several.
ENDS = "。！？!?；\n"
# Characters of a sentence on either side of a place in it, at most.
REACH = 2000
# Characters before a title that may say that somebody is to have it.
NEAR = 24
# Characters of the name of a body at most.
NAME = 60
# A stretch of the document, in code points, half-open.
Place = tuple[int, int]
NOWHERE = (-1, -1)


@dataclass(frozen=True, slots=True)
class PostMention:
    """A post as it is told once: its title and its body, where these stand, and what says so.

    ``title`` is ``NOWHERE`` of a body without a title, ``at`` of a body that is not named near.
    ``signed`` is one without a title that but signs an article.
    """

    words: str
    title: Place
    quote: Place
    claims: tuple[str, ...]
    body: str = ""
    at: Place = NOWHERE
    signed: bool = False


@dataclass(frozen=True)
class TitleWords:
    """What stands before a title and behind it (``titles`` of ``words/posts.yaml``)."""

    parted: re.Pattern[str]
    of: re.Pattern[str]
    several: re.Pattern[str]
    deputy: re.Pattern[str]
    owners: re.Pattern[str]
    qualified: re.Pattern[str]
    firms: re.Pattern[str]
    organs: re.Pattern[str]
    bodies: re.Pattern[str]
    clause: re.Pattern[str]
    plain: re.Pattern[str]
    honours: re.Pattern[str]
    beside_office: re.Pattern[str]
    clauses: re.Pattern[str]
    meets: re.Pattern[str]
    bracket: re.Pattern[str]
    takes: re.Pattern[str]
    speaks_to: re.Pattern[str]
    says: re.Pattern[str]
    listed: re.Pattern[str]
    signed: re.Pattern[str]
    planned: re.Pattern[str]
    names: re.Pattern[str]
    opens: re.Pattern[str]
    invites: re.Pattern[str]
    passive: re.Pattern[str]
    apposed: re.Pattern[str]
    meets_more: re.Pattern[str]
    kinds: re.Pattern[str]
    proposed: re.Pattern[str]
    row: re.Pattern[str]
    and_another: re.Pattern[str]
    groups: re.Pattern[str]
    attend: re.Pattern[str]
    breaks: re.Pattern[str]
    callings: re.Pattern[str]
    before: re.Pattern[str]
    front: re.Pattern[str]
    stuck: re.Pattern[str]
    leads_on: re.Pattern[str]
    acts_on: re.Pattern[str]
    bonds: re.Pattern[str]
    own_organ: re.Pattern[str]
    small_units: re.Pattern[str]
    latin: re.Pattern[str]
    common_latin: re.Pattern[str]
    no_title: re.Pattern[str]
    before_chief: re.Pattern[str]
    unit_ends: re.Pattern[str]
    trade_titles: re.Pattern[str]
    trade_bodies: re.Pattern[str]
    dateline: re.Pattern[str]
    his: re.Pattern[str]
    his_own: re.Pattern[str]
    turns_to: re.Pattern[str]
    affairs: re.Pattern[str]
    met: re.Pattern[str]
    taken_by: re.Pattern[str]
    still: re.Pattern[str]
    each: re.Pattern[str]
    and_one: re.Pattern[str]


@dataclass(frozen=True)
class PostGrammar:
    """How titles and bodies stand to each other, by the pages of an ontology.

    Attributes:
        kinds: By the beginning of an IRI whether a thing is a ``body``, a ``place``, a ``person``.
        titles: What stands before a title and behind it.
        stated: What may stand between the parts of a post that a text states in one phrase; None
            where no ontology says so, and every post is taken as stated.
        no_place: Titles that nobody has at a place.
        party_bodies: Names of committees of a party.
        party_titles: Titles at such.
        never_party: Titles that are none at such.
        place_titles: Titles of those who head a place.
        governments: Names of bodies at which somebody has such a title all the same.
        units: Ends of what is a body though nobody named it as one.
        vague: Titles that are none of a body far from them.
        learned: What stands before a body where somebody learns.
        longer: What stands behind a title that is but a part of another one.
        kin: What stands behind a name that says whose somebody else is.
        taking: What stands before a title of the body that is named behind it.
        owning: What stands between such a title and the body.
        no_titles: What is called a title and is none.
        coordinated: What stands between two bodies that have one title together.
        between_titles: What stands between the titles of one body.
        unit_bodies: Names of bodies that are but units of one.
        levels: Titles of who heads a place, with its level: 县 of 县长.
        unit_heads: Titles of who heads an office, a school, a bank: 局长.
        whole_bodies: Names of bodies that have such, and no such head themselves: 市政府.
        boards: Names of boards: 甲公司董事会.
        board_titles: Titles at such.
    """

    kinds: Mapping[str, str]
    titles: TitleWords
    stated: StatedWords | None
    no_place: re.Pattern[str]
    party_bodies: re.Pattern[str]
    party_titles: re.Pattern[str]
    never_party: re.Pattern[str]
    place_titles: re.Pattern[str]
    governments: re.Pattern[str]
    units: re.Pattern[str]
    vague: re.Pattern[str]
    learned: re.Pattern[str]
    longer: re.Pattern[str]
    kin: re.Pattern[str]
    taking: re.Pattern[str]
    owning: re.Pattern[str]
    no_titles: re.Pattern[str]
    coordinated: re.Pattern[str]
    between_titles: re.Pattern[str]
    unit_bodies: re.Pattern[str]
    levels: re.Pattern[str]
    unit_heads: re.Pattern[str]
    whole_bodies: re.Pattern[str]
    boards: re.Pattern[str]
    board_titles: re.Pattern[str]

    def kind(self, iri: str) -> str:
        """What a thing is, by its IRI; ``""`` for what is no end of a post."""
        return next((kind for begin, kind in self.kinds.items() if iri.startswith(begin)), "")

    def fits(self, title: str, body: str, name: str) -> bool:
        """Whether there may be such a title at a body of that name."""
        if self.kind(body) == "place":
            if self.no_place.search(title) or self.titles.affairs.match(title):
                return False
            return self._heads(title, name)
        if self.place_titles.search(title):
            government = self.governments.search(name)
            return government is not None and self._heads(title, name[: government.start()])
        if self.unit_heads.search(title) and self.whole_bodies.search(name):
            return False
        if self.titles.trade_titles.match(title) and not self.titles.trade_bodies.search(name):
            return False  # 甲牌|行业分析师
        if self.boards.search(name) and not self.board_titles.search(title):
            return False
        return not (self.party_bodies.search(name) and self.never_party.search(title))

    def _heads(self, title: str, name: str) -> bool:
        """Whether somebody with a title may head a place of that name: no 县长 a 省."""
        level, place = self.levels.search(title), self.levels.search(name)
        return level is None or place is None or level.group() == place.group()

    def doubtful(self, title: str, name: str) -> bool:
        """Whether a title is rather of another body than of the committee that has the name."""
        return bool(self.party_bodies.search(name)) and not self.party_titles.search(title)


class AnnotatedSource:
    """A document, with what it names in order, for all who are told of in it.

    Args:
        source: The document.
        facts: Its roles and employers: within a quotation the end of a line is layout.
        grammar: How titles and bodies stand to each other.
    """

    def __init__(self, source: Source, facts: Iterable[Fact], grammar: PostGrammar) -> None:
        self.grammar = grammar
        self.text = _unbroken(source.text, facts)
        self.of: defaultdict[str, list[Place]] = defaultdict(list)
        self.people: list[tuple[Place, str]] = []
        self.bodies: list[Place] = []
        self.places: list[Place] = []
        self.at: dict[Place, str] = {}
        ends: list[tuple[int, str]] = []
        for one in source.named_places:
            kind = grammar.kind(one.entity)
            self.of[one.entity].append((one.start, one.end))
            if kind == "person":
                self.people.append(((one.start, one.end), one.entity))
            elif kind:
                ends.append((one.end, one.entity))
                if kind == "body":
                    self.bodies.append((one.start, one.end))
                    self.at[one.start, one.end] = one.entity
                else:
                    self.places.append((one.start, one.end))
        self.ends = sorted(ends)  # where bodies and places end
        self.nameless = _nameless(self.text, self.people)

    def named(self, low: int, high: int) -> Iterator[tuple[int, str]]:
        """The people who are named in a stretch, each behind the end of the name."""
        first = bisect_left(self.people, ((low, low), ""))
        last = bisect_left(self.people, ((high, 0), ""))
        yield from ((end, iri) for (_, end), iri in self.people[first:last] if end <= high)

    def ending(self, low: int, high: int) -> list[tuple[int, str]]:
        """The bodies and places whose names end behind a place, up to another one."""
        first, last = bisect_left(self.ends, (low + 1, "")), bisect_left(self.ends, (high + 1, ""))
        return self.ends[first:last]

    def part(self, at: Place) -> bool:
        """Whether a title is part of a name or another title (总统|气候特使), or but planned."""
        planned = self.grammar.titles.planned.search(self.text, max(0, at[0] - NEAR), at[0])
        if planned or self.inside(at):
            return True
        more = self.grammar.longer.match(self.text, at[1])
        return more is not None and not any(self.named(at[1], more.end()))

    def owned(self, at: Place, name: Place) -> bool:
        """Whether somebody is named but to say whose another one is: 负责人、前总统甲|顾问乙."""
        kin = self.grammar.kin.match(self.text, name[1])
        if kin is None or at[1] == name[0] or at[0] >= name[1]:
            return False
        return any(self.named(kin.end(), kin.end() + NAME))

    def of_next(self, at: Place) -> tuple[Place, str] | None:
        """The body that is named behind a title which is of it: 担任合伙人的|乙企业."""
        begin = self.sentence(at[0])[0]
        of = self.grammar.owning.match(self.text, at[1])
        if of is None or not self.grammar.taking.search(self.text, begin, at[0]):
            return None
        low = bisect_left(self.bodies, (of.end(), 0))
        here = [one for one in self.bodies[low : low + 1] if one[0] == of.end()]
        return next(((one, self.at[one]) for one in here), None)

    def inside(self, at: Place) -> bool:
        """Whether a place lies within the name of a body and does not end it: 人大|常委|会."""
        low, high = bisect_left(self.bodies, (at[0] - NAME, 0)), bisect_left(self.bodies, at)
        return any(at[1] < end for _, end in self.bodies[low:high])

    def sentence(self, at: int) -> Place:
        """The sentence around a place."""
        low, high = max(0, at - REACH), at + REACH
        start = max(self.text.rfind(mark, low, at) for mark in ENDS) + 1
        ends = [end for mark in ENDS if (end := self.text.find(mark, at, high)) >= 0]
        return max(start, low), min(ends, default=min(high, len(self.text)))


def _unbroken(text: str, facts: Iterable[Fact]) -> str:
    """A text whose lines do not end within a quotation: there they are layout."""
    broken = {
        at
        for fact in facts
        if "\n" in fact.quote
        for at in range(fact.start, fact.end)
        if text[at : at + 1] == "\n"
    }
    if not broken:
        return text
    return "".join(" " if at in broken else letter for at, letter in enumerate(text))


def _nameless(text: str, people: Sequence[tuple[Place, str]]) -> str:
    """A text without the names of people: 曾某 was not something before."""
    letters = list(text)
    for (start, end), _ in people:
        letters[start:end] = "·" * (end - start)
    return "".join(letters)


def occurrences(text: str, words: str, start: int, end: int) -> list[Place]:
    """Where some words stand in a stretch of a text, whatever white space is in them."""
    letters = [re.escape(letter) for letter in words if not letter.isspace()]
    if not letters:
        return []
    return [hit.span() for hit in re.compile(r"\s*".join(letters)).finditer(text, start, end)]


def within(at: Place, others: Sequence[Place]) -> bool:
    """Whether a place lies within one of others."""
    return any(start <= at[0] and at[1] <= end for start, end in others)


def gap(one: Place, other: Place) -> int:
    """How many characters stand between two places."""
    return max(other[0] - one[1], one[0] - other[1], 0)
