"""Tell whether a title or a body that stands near somebody is another one's.

A sentence names many: 甲局局长乙某，丙局副局长丁某. What stands right before or behind a name, what
a verb gives to another one, and what stands in a list of others, is not told of somebody.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING

from kg.corpus.compound.annotated_source import NOWHERE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.base.records import Fact
    from kg.corpus.compound.annotated_source import AnnotatedSource, Place

# What parts a body from a title that is not of it but for more: 甲是乙的子公司，董事长丙….
PARTS = re.compile("[，,：:（）()。；“”]")
# Characters between a title and a name that stands in the line before or behind it.
BESIDE = 12
# Characters between a body and the name behind the titles that are of it.
TITLED = 40
# A unit that stands so near before a title has it, and a verb so near before a body is of it.
NEAR, LONGEST = 4, 40
# Characters before a body that may tell that somebody is to have a post there.
PLANNED = 24


def another(title: Place, own: Sequence[Place], iri: str, document: AnnotatedSource) -> bool:
    """Whether a title is somebody else's.

    Args:
        title: Where it stands.
        own: Where the person is named, in order.
        iri: The person.
        document: The document.
    """
    begin, end = document.sentence(title[0])
    here = _between(own, begin, end)
    others = [(at, who) for at, who in _people(document, begin, end) if who != iri]
    if not here and _of_one_behind(title, [at for at, _ in others], document):
        return True
    if not here:
        near = any(
            -BESIDE <= at[0] - title[1] <= BESIDE or 0 <= title[0] - at[1] <= BESIDE for at in own
        )
        return not near and (bool(others) or _of_one_introduced(begin, iri, document))
    places = [at for at, _ in others]
    if any(at[0] == title[1] for at in here):
        return False
    signed = document.grammar.titles.signed.match(document.text, title[1])
    if not signed and any(at[1] == title[0] for at in places):
        return True  # 乙某|研究员，甲某
    before = [at for at in here if at[1] <= title[0]]
    if not before:
        return _of_one_before(title, here[0], places, document)
    if _of_one_behind(title, places, document) or _of_several(title, before[-1], document):
        return True
    if _of_his(title, before[-1], document):
        return True
    last = max((at for at in places if before[-1][1] <= at[0] and at[1] <= title[0]), default=None)
    return last is not None and _takes(document, last[1], title[0])


def _row_of_names(names: Sequence[Place], own: Place, document: AnnotatedSource) -> bool:
    """Whether nothing but names stands between the first of some and one behind them."""
    ends = [*(at[0] for at in names[1:]), own[0]]
    gaps = (document.text[at[1] : end] for at, end in zip(names, ends, strict=True))
    return all(document.grammar.titles.names.fullmatch(gap) for gap in gaps)


def _of_one_introduced(begin: int, iri: str, document: AnnotatedSource) -> bool:
    """Whether a sentence that names nobody goes on about another one, who opens the last that does.

    公开资料显示，甲某，男，…。历任乙局局长: told of 甲某, whoever was named before him.
    """
    last = bisect_left(document.people, ((begin, 0), ""))
    if not last:
        return False
    start = document.sentence(document.people[last - 1][0][0])[0]
    first, who = _people(document, start, begin)[0]
    return (
        who != iri
        and document.grammar.titles.opens.fullmatch(document.text, start, first[0]) is not None
    )


def _of_one_behind(title: Place, others: Sequence[Place], document: AnnotatedSource) -> bool:
    """Whether a title leads to another name: 甲某、任乙局局长的|丙某, 行长为|丙某."""
    patterns, text = document.grammar.titles, document.text
    first = min((at[0] for at in others if title[1] <= at[0]), default=-1)
    if first < 0:
        return False
    return (
        first == title[1]
        or document.grammar.owning.fullmatch(text, title[1], first) is not None
        or patterns.leads_on.fullmatch(text, title[1], first) is not None
    )


def _of_his(title: Place, own: Place, document: AnnotatedSource) -> bool:
    """Whether a title is of one whom somebody has: 甲某为其|飞行员提供贷款."""
    patterns, text = document.grammar.titles, document.text
    if patterns.his.search(text, own[1], title[0]) is None:
        return False
    return patterns.his_own.match(text, title[1]) is None


def _of_several(title: Place, own: Place, document: AnnotatedSource) -> bool:
    """Whether a title behind a name is that of others in a list: 甲某、乙局局长等."""
    patterns, text = document.grammar.titles, document.text
    low = bisect_left(document.bodies, (max(0, title[0] - TITLED), 0))
    near = document.bodies[low : bisect_left(document.bodies, title)]
    start = min((at[0] for at in near if at[1] == title[0]), default=title[0])
    if start >= own[1] and patterns.listed.fullmatch(text, own[1], start):
        return True
    if patterns.invites.match(text, own[1]) or patterns.passive.search(text, own[1], title[0]):
        return True  # 受甲某邀请|任乙局局长
    if patterns.says.search(text, own[1], title[0]):
        return False
    between = start > own[1] and patterns.apposed.match(text, own[1]) is None
    group = patterns.groups.fullmatch(text, *title) and patterns.attend.match(text, title[1])
    return bool(group) or (between and patterns.meets_more.search(text, own[1], start) is not None)


def _of_one_before(
    title: Place, own: Place, others: Sequence[Place], document: AnnotatedSource
) -> bool:
    """Whether a title before a name is of somebody between, before it, or spoken to."""
    patterns, text = document.grammar.titles, document.text
    if any(at[1] == title[0] - 1 and patterns.bracket.match(text, at[1]) for at in others):
        return True  # 乙某（召集人）、甲某
    between = [at for at in others if title[1] <= at[0] and at[1] <= own[0]]
    if patterns.and_another.match(text, title[1], own[0]):
        return True  # 乙公司创始人|和知名记者|甲某
    if between and between[0][0] == title[1] and not _row_of_names(between, own, document):
        return True  # 甲会主席|乙某、丙会会长丁某
    if between:
        return patterns.meets.fullmatch(text, max(at[1] for at in between), own[0]) is not None
    before = max((at[1] for at in others if at[1] <= title[0]), default=title[0])
    if patterns.taken_by.fullmatch(text, before, title[0]):
        return True  # 由乙某担当|顾问，甲某…
    if patterns.turns_to.fullmatch(text, title[1], own[0]):
        return True  # 任命乙某为经理，向总裁甲某汇报
    if patterns.each.match(text, own[1]) and patterns.and_one.match(text, title[1]):
        return True  # 律师和经理甲某分别…
    acts = patterns.acts_on.fullmatch(text, title[1], own[0])
    return acts is not None or patterns.speaks_to.match(text, title[1], own[0]) is not None


def _takes(document: AnnotatedSource, low: int, high: int) -> bool:
    return document.grammar.titles.takes.search(document.text, low, high) is not None


def _people(document: AnnotatedSource, low: int, high: int) -> list[tuple[Place, str]]:
    first, last = (
        bisect_left(document.people, ((low, low), "")),
        bisect_left(document.people, ((high, 0), "")),
    )
    return document.people[first:last]


def announced(title: Place, own: Sequence[Place], document: AnnotatedSource) -> bool:
    """Whether a sentence names the person behind a title, and nowhere before it."""
    begin, end = document.sentence(title[0])
    here = _between(own, begin, end)
    return bool(here) and here[0][0] >= title[1]


def belongs_to_other(body: Place, title: Place, document: AnnotatedSource) -> bool:
    """Whether a body is somebody's who is named behind it, in the clause before a title.

    甲公司董事长乙某，画家丙某 are of one body no more; 甲局书记乙某、局长丙某 are.
    """
    between = [at for at, _ in _people(document, body[1], title[0]) if at[1] <= title[0]]
    if not between or between[0][0] - body[1] > BESIDE:
        return False
    return (
        document.grammar.titles.clauses.search(document.text, between[-1][1], title[0]) is not None
    )


def taken_on(body: Place, title: Place, iri: str, document: AnnotatedSource) -> bool:
    """Whether somebody before a body takes on a post there, and the title behind is of the next.

    甲某受聘为乙会主任、合伙人|丙某: 丙某 is no 合伙人 of 乙会.
    """
    begin = document.sentence(body[0])[0]
    before = [(at, who) for at, who in _people(document, begin, body[0]) if at[1] <= body[0]]
    if not before or before[-1][1] == iri or not _several(body, title, document):
        return False
    return _takes(document, before[-1][0][1], body[0])


def _several(body: Place, title: Place, document: AnnotatedSource) -> bool:
    """Whether another title stands between a body and a title."""
    return document.grammar.titles.row.search(document.text, body[1], title[0]) is not None


def held_behind(body: Place, own: Sequence[Place], iri: str, document: AnnotatedSource) -> bool:
    """Whether the titles behind a body are those of another one who is named behind them.

    甲市市长乙某，丙区委原书记、管委会主任|丁某: nothing says that 乙某 is of 丙区委.
    """
    patterns, text = document.grammar.titles, document.text
    ahead = patterns.planned.search(text, max(0, body[0] - PLANNED), body[0])
    if ahead or patterns.proposed.match(text, body[1]):
        return True
    trade = patterns.trade_titles.match(text, body[1])
    if trade and not patterns.trade_bodies.search(text[slice(*body)]):
        return True
    begin, end = document.sentence(body[0])
    behind = _people(document, body[1], min(end, body[1] + TITLED))
    here = _between(own, begin, end)
    if not here:
        return bool(_people(document, begin, end))  # a sentence about others
    later = [at for at in here if body[1] <= at[0]][:1]
    if any(patterns.met.match(text, body[1], at[0]) for at in later):
        return True  # 甲会对|局长甲某表示
    asks = [at for at in here if at[1] <= body[0]][-1:]
    if any(
        patterns.invites.match(text, at[1]) or patterns.passive.search(text, at[1], body[0])
        for at in asks
    ):
        return True
    if behind and among_several(body, behind[0][0], document):
        return True
    if not behind or behind[0][1] == iri or patterns.breaks.search(text, body[1], behind[0][0][0]):
        return False
    other = behind[0][0]
    before = [at for at in here if at[1] <= body[0]]
    if before:
        return not patterns.says.search(text, before[-1][1], body[0])
    later = [at for at in here if other[1] <= at[0]]
    if not later:
        return False
    names = [at for at, _ in behind if at[1] <= later[0][0]]
    return _nearer(other[1], later[0][0], document) or not _row_of_names(names, later[0], document)


def _nearer(low: int, high: int, document: AnnotatedSource) -> bool:
    """Whether a body that is no unit stands in a stretch, nearer to a name behind it."""
    first, last = (bisect_left(document.bodies, (at, 0)) for at in (low, high))
    here = (at for at in document.bodies[first:last] if at[1] <= high)
    units = document.grammar.unit_bodies
    return any(not units.search(document.text, *at) for at in here)


def calling(body: Place, title: Place, document: AnnotatedSource) -> bool:
    """Whether a title is what somebody is, behind his title at a body: 甲会会长、|作家."""
    patterns, text = document.grammar.titles, document.text
    return body[1] < title[0] and patterns.callings.search(text[slice(*title)]) is not None


def beside_unit(body: Place, title: Place, document: AnnotatedSource) -> bool:
    """Whether a title is of a unit beside a small one: 甲科科长、|办公室主任 is not of 甲科."""
    patterns, text = document.grammar.titles, document.text
    small = patterns.small_units.search(text[slice(*body)])
    return bool(small and patterns.own_organ.match(text, *title)) and body[1] < title[0]


def of_many_titles(
    loose: Mapping[tuple[Fact, Place], Sequence[tuple[Place, str]]], document: AnnotatedSource
) -> set[tuple[Place, str]]:
    """The titles that stand apart, with a body that others, far from them, would have too.

    A career is told of many bodies, not all of which have names: 甲市官网，乙历任县长，区长….
    """
    groups: defaultdict[tuple[Place, str], list[Place]] = defaultdict(list)
    for (_, title), ends in loose.items():
        for _, body in ends:
            groups[document.sentence(title[0]), body].append(title)
    return {
        (title, body)
        for (_, body), titles in groups.items()
        if PARTS.search(document.text, min(titles)[1], max(titles)[0])
        for title in titles
    }


def left_open(body: Place, title: Place, document: AnnotatedSource) -> bool:
    """Whether a text leaves open if a title behind a body is of it."""
    met = document.grammar.titles.met.match(document.text, body[1], title[0])
    return bool(met) or beside_unit(body, title, document) or among_several(body, title, document)


def among_several(body: Place, title: Place, document: AnnotatedSource) -> bool:
    """Whether a title stands apart from a row of bodies: 承销商为甲、乙，代表为|丙某、丁某."""
    if not document.grammar.titles.clauses.search(document.text, body[1], title[0]):
        return False
    low = bisect_left(document.bodies, (body[0] - LONGEST, 0))
    near = document.bodies[low : bisect_left(document.bodies, title)]
    between = document.grammar.coordinated
    return any(
        between.fullmatch(document.text, one[1], body[0])
        or between.fullmatch(document.text, body[1], one[0])
        for one in near
    )


def apart(
    body: Place, title: Place, own: Sequence[Place], iri: str, document: AnnotatedSource
) -> bool:
    """Whether a title that stands apart is rather of something else than of a body."""
    grammar, words = document.grammar, document.text[slice(*title)]
    if body == NOWHERE:
        return bool(grammar.units.search(document.text, max(0, title[0] - NEAR), title[0]))
    if learned(body, document) or (body[1] <= title[0] and _aside(body, title, own, document)):
        return True
    if among_several(body, title, document):
        return True
    others = any(who != iri for _, who in document.named(body[1], title[0]))
    if others and grammar.vague.search(words):
        return True
    between = document.text[body[1] : title[0]]
    return between.find("”") > max(0, between.find("“")) and "“" not in between


def _between(own: Sequence[Place], low: int, high: int) -> Sequence[Place]:
    return own[bisect_left(own, (low, 0)) : bisect_left(own, (high, 0))]


def learned(body: Place, document: AnnotatedSource) -> bool:
    """Whether somebody is told to have learned at a body, where it stands."""
    before = max(0, body[0] - LONGEST)
    return document.grammar.learned.search(document.text, before, body[0]) is not None


def _aside(body: Place, title: Place, own: Sequence[Place], document: AnnotatedSource) -> bool:
    """Whether a title that stands apart from a body is of somebody whom other words tie to it.

    负责甲公司的乙某任总监: 总监 is no post of 甲公司. In a sentence behind that of the body, 公司
    or the like must stand before the title: 甲公司裁员。经济学家乙某：….
    """
    text, begin = document.text, document.sentence(title[0])[0]
    of = document.grammar.owning.match(text, body[1])
    if of and any(at[0] == of.end() for at in _between(own, of.end(), title[0])):
        return True
    if body[0] >= begin or not announced(title, own, document):
        return False
    return document.grammar.titles.owners.search(text, begin, title[0]) is None
