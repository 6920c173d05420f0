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


def printed(mention: PostMention, document: AnnotatedSource) -> PostMention:
    """A post with its title as it is printed, and without its body where this is left open.

    What tells whether somebody still holds it, and whose, is no part of it: 原|局长, 公司|总裁.
    """
    whole = _with_unit(_of_known(_behind_name(mention, document), document), document)
    patterns, words = document.grammar.titles, whole.words
    body = "".join(document.text[slice(*whole.at)].split()) if whole.at != NOWHERE else ""
    words = words.removeprefix(body) or words  # 组织部|组织部部长
    words = words[max((hit.end() for hit in patterns.no_title.finditer(words)), default=0) :]
    if not whole.body:
        words = _without_name(whole, words, document)
    for part in (patterns.front, *([] if whole.body else [patterns.stuck])):
        if lead := part.match(words):
            words = words[lead.end() :]
    return replace(whole, words=words)


def _behind_name(mention: PostMention, document: AnnotatedSource) -> PostMention:
    """A title without the end of its body's name: 甲电|商|总裁, and with it where it has no more.

    The head of 甲局 is 局长, of which the last character is all that stands behind the name.
    """
    (start, end), (begin, stop), words = mention.title, mention.at, mention.words
    if begin <= start < stop < end and len(words) == end - start and end - stop > 1:
        return replace(mention, words=words[stop - start :], title=(stop, end))
    if len(words) == 1 and start > 0:
        return replace(mention, words=document.text[start - 1] + words)
    return mention


def _without_name(mention: PostMention, words: str, document: AnnotatedSource) -> str:
    """A title without the name before it of a body that nobody found: 云澜|联合创始人."""
    patterns = document.grammar.titles
    latin = patterns.latin.match(words)
    begin = document.text.rfind(words, 0, max(mention.title[1], 0))
    if latin and begin > 1 and patterns.latin.match(document.text, begin - 2):
        words = words[latin.end() :] or words  # Citadel |Securities总监
    lead = patterns.before_chief.match(words)
    return words[lead.end() :] if lead and not patterns.unit_ends.search(lead.group()) else words


def _of_known(mention: PostMention, document: AnnotatedSource) -> PostMention:
    """A post without its body where the name of another, in Latin letters, stands nearer.

    甲公司和 Undead Labs|总监: nobody found the second one.
    """
    patterns, text, start = document.grammar.titles, document.text, mention.title[0]
    body_end = mention.at[1]
    if mention.at == NOWHERE or start < body_end:
        return mention
    words = [m for m in patterns.latin.finditer(text, body_end, start) if m.start() > body_end]
    names = (m for m in words if not patterns.common_latin.fullmatch(m.group()))
    foreign = any(
        not _bracketed(text, body_end, m.start()) and not _in_name(document, m.start())
        for m in names
    )
    return replace(mention, body="", at=NOWHERE) if foreign else mention


def _bracketed(text: str, low: int, at: int) -> bool:
    """Whether a place behind another one lies in brackets."""
    return max(text.rfind("（", low, at), text.rfind("(", low, at)) >= 0


def _in_name(document: AnnotatedSource, at: int) -> bool:
    """Whether a place lies within the name of somebody."""
    low = bisect_left(document.people, ((at + 1, 0), ""))
    return any(at < end for (_, end), _ in document.people[max(0, low - 1) : low])


def _with_unit(mention: PostMention, document: AnnotatedSource) -> PostMention:
    """A post with its title and the unit before it."""
    start, end = mention.title[0], mention.at[1]
    patterns, placed = document.grammar.titles, mention.at != NOWHERE
    if start < 0 or end > start:  # none, or one that stands behind its title or is part of it
        return mention
    if placed and patterns.several.fullmatch(
        document.text, end, start
    ):  # 甲联盟|外交与安全政策|代表
        return _behind(mention, document.text[end:start], document)
    begin = _begin(document, start)
    words = document.text[begin:start]
    if owner := patterns.owners.match(words):  # 该公司|财务部|经理
        words = words[owner.end() :]
    if not words or patterns.qualified.fullmatch(words):
        return mention
    if owner or (placed and patterns.of.fullmatch(document.text, end, begin)):
        return _behind(mention, words, document)
    return _apart(mention, words, document)


def _behind(mention: PostMention, words: str, document: AnnotatedSource) -> PostMention:
    """A title whose unit stands right behind its body: 某医院|导管室主任."""
    patterns = document.grammar.titles
    state = document.grammar.governments.search(document.text[slice(*mention.at)])
    if patterns.firms.search(words) or (state and patterns.bonds.match(words)):  # of a longer name
        return replace(mention, body="", at=NOWHERE)
    return _longer(mention, words, document)


def _apart(mention: PostMention, words: str, document: AnnotatedSource) -> PostMention:
    """A title whose unit, or what else qualifies it, stands apart from its body."""
    patterns = document.grammar.titles
    body = document.text[slice(*mention.at)] if mention.at != NOWHERE else ""
    if patterns.organs.search(words):
        own = bool(body) and not document.grammar.unit_bodies.search(body)
    else:
        vague = patterns.bodies.search(words) or patterns.honours.search(words)
        own = len(words) <= SHORT and not vague
    return _longer(mention if own else replace(mention, body="", at=NOWHERE), words, document)


def _longer(mention: PostMention, words: str, document: AnnotatedSource) -> PostMention:
    """A title with what stands before it, where this is nothing but a unit or a qualifier."""
    patterns = document.grammar.titles
    if len(words) > LONG or patterns.clause.search(words) or not patterns.plain.fullmatch(words):
        return mention
    return replace(mention, words=words + mention.words)


def _begin(document: AnnotatedSource, start: int) -> int:
    """Where the words begin that stand right before a title: behind a name or what parts."""
    begin = document.sentence(start)[0]
    begin = max([begin, *(end for end, _ in document.ending(begin, start))])
    begin = max([begin, *(end for end, _ in document.named(begin, start))])
    separators = document.grammar.titles.parted.finditer(document.text, begin, start)
    return max([begin, *(match.end() for match in separators)])


def title_of(role: Fact) -> str:
    """A role as it is kept."""
    return role.value.lexical if role.value else ""


def words_of(role: Fact) -> str:
    """A role as it is printed."""
    return (role.value.printed or role.value.lexical) if role.value else ""


def beside_office(body: Place, title: Place, document: AnnotatedSource) -> bool:
    """Whether a body is headed beside an office, which the titles behind its own may be of.

    甲队队长助理兼乙厂厂长、|副队长 leaves open where somebody is 副队长.
    """
    at = document.grammar.titles.beside_office.match(document.text, max(0, body[0] - 1), body[0])
    return at is not None and title[0] - body[1] > SHORT
