"""A title where it stands in, out whose it is, of what, and how it is printed with its unit.

A role is found as 主任; what stands right before it says of what (某医院|导管室主任). A unit behind
the body is part of the title. One that stands apart (某银行副行长、|计划部总经理) is of the body
only if this can have such a unit; else the text leaves open what it is a unit of.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.corpus.compound.annotated_source import NOWHERE

if TYPE_CHECKING:
    from kg.base.records import Fact
    from kg.corpus.compound.annotated_source import AnnotatedSource, Place, PostMention

# Characters of what may stand before a title and be no name of a body that nobody found.
SHORT = 4
# Characters of a unit and its qualifiers at most.
LONG = 16


def printed(held: PostMention, paper: AnnotatedSource) -> PostMention:
    """A post with its title as it is printed, and without its body where this is left open.

    What tells whether somebody still holds it, and whose, is no part of it: 原|局长, 公司|总裁.
    """
    whole = _with_unit(_of_known(held, paper), paper)
    said, words = paper.grammar.titles, whole.words
    body = "".join(paper.text[slice(*whole.at)].split()) if whole.at != NOWHERE else ""
    words = words.removeprefix(body) or words  # 组织部|组织部部长
    words = words[max((found.end() for found in said.no_title.finditer(words)), default=0) :]
    if not whole.body:
        words = _without_name(whole, words, paper)
    for part in (said.front, *([] if whole.body else [said.stuck])):
        if lead := part.match(words):
            words = words[lead.end() :]
    return replace(whole, words=words)


def _without_name(held: PostMention, words: str, paper: AnnotatedSource) -> str:
    """A title without the name before it of a body that nobody found: 云澜|联合创始人."""
    said = paper.grammar.titles
    latin = said.latin.match(words)
    begin = paper.text.rfind(words, 0, max(held.title[1], 0))
    if latin and begin > 1 and said.latin.match(paper.text, begin - 2):  # Citadel |Securities总监
        words = words[latin.end() :] or words
    lead = said.before_chief.match(words)
    return words[lead.end() :] if lead and not said.unit_ends.search(lead.group()) else words


def _of_known(held: PostMention, paper: AnnotatedSource) -> PostMention:
    """A post without its body where the name of another, in Latin letters, stands nearer.

    甲公司和 Undead Labs|总监: nobody found the second one.
    """
    said, text, start = paper.grammar.titles, paper.text, held.title[0]
    if held.at == NOWHERE or start < held.at[1]:
        return held
    words = [m for m in said.latin.finditer(text, held.at[1], start) if m.start() > held.at[1]]
    names = (m for m in words if not said.common_latin.fullmatch(m.group()))
    foreign = any(
        not _bracketed(text, held.at[1], m.start()) and not _in_name(paper, m.start())
        for m in names
    )
    return replace(held, body="", at=NOWHERE) if foreign else held


def _bracketed(text: str, low: int, at: int) -> bool:
    """Whether a place behind another one lies in brackets."""
    return max(text.rfind("（", low, at), text.rfind("(", low, at)) >= 0


def _in_name(paper: AnnotatedSource, at: int) -> bool:
    """Whether a place lies within the name of somebody."""
    low = bisect_left(paper.people, ((at + 1, 0), ""))
    return any(at < end for (_, end), _ in paper.people[max(0, low - 1) : low])


def _with_unit(held: PostMention, paper: AnnotatedSource) -> PostMention:
    """A post with its title and the unit before it."""
    start, end = held.title[0], held.at[1]
    said, placed = paper.grammar.titles, held.at != NOWHERE
    if start < 0 or end > start:  # none, or one that stands behind its title or is part of it
        return held
    if placed and said.several.fullmatch(paper.text, end, start):  # 甲联盟|外交与安全政策|代表
        return _behind(held, paper.text[end:start], paper)
    begin = _begin(paper, start)
    words = paper.text[begin:start]
    if owner := said.owners.match(words):  # 该公司|财务部|经理
        words = words[owner.end() :]
    if not words or said.qualified.fullmatch(words):
        return held
    if owner or (placed and said.of.fullmatch(paper.text, end, begin)):
        return _behind(held, words, paper)
    return _apart(held, words, paper)


def _behind(held: PostMention, words: str, paper: AnnotatedSource) -> PostMention:
    """A title whose unit stands right behind its body: 某医院|导管室主任."""
    said = paper.grammar.titles
    state = paper.grammar.governments.search(paper.text[slice(*held.at)])
    if said.firms.search(words) or (state and said.bonds.match(words)):  # of a longer name
        return replace(held, body="", at=NOWHERE)
    return _longer(held, words, paper)


def _apart(held: PostMention, words: str, paper: AnnotatedSource) -> PostMention:
    """A title whose unit, or what else qualifies it, stands apart from its body."""
    said = paper.grammar.titles
    body = paper.text[slice(*held.at)] if held.at != NOWHERE else ""
    if said.organs.search(words):
        own = bool(body) and not paper.grammar.unit_bodies.search(body)
    else:
        vague = said.bodies.search(words) or said.honours.search(words)
        own = len(words) <= SHORT and not vague
    return _longer(held if own else replace(held, body="", at=NOWHERE), words, paper)


def _longer(held: PostMention, words: str, paper: AnnotatedSource) -> PostMention:
    """A title with what stands before it, where this is nothing but a unit or a qualifier."""
    said = paper.grammar.titles
    if len(words) > LONG or said.clause.search(words) or not said.plain.fullmatch(words):
        return held
    return replace(held, words=words + held.words)


def _begin(paper: AnnotatedSource, start: int) -> int:
    """Where the words begin that stand right before a title: behind a name or what parts."""
    begin = paper.sentence(start)[0]
    begin = max([begin, *(end for end, _ in paper.ending(begin, start))])
    begin = max([begin, *(end for end, _ in paper.named(begin, start))])
    parted = paper.grammar.titles.parted.finditer(paper.text, begin, start)
    return max([begin, *(found.end() for found in parted)])


def title_of(role: Fact) -> str:
    """A role as it is kept."""
    return role.value.lexical if role.value else ""


def words_of(role: Fact) -> str:
    """A role as it is printed."""
    return (role.value.printed or role.value.lexical) if role.value else ""


def beside_office(body: Place, title: Place, paper: AnnotatedSource) -> bool:
    """Whether a body is headed beside an office, which the titles behind its own may be of.

    甲队队长助理兼乙厂厂长、|副队长 leaves open where somebody is 副队长.
    """
    at = paper.grammar.titles.beside_office.match(paper.text, max(0, body[0] - 1), body[0])
    return at is not None and title[0] - body[1] > SHORT
