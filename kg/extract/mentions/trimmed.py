"""Trim the accepted names of an article: take off what is no part of them.

A verb that a name was cut behind (任甲公司), a title that was taken for its end (某协会名誉|会长).
What is no name at all (许多人) is left out.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from kg.extract.mentions.article_draft import ArticleDraft
    from kg.extract.mentions.mention import Mention
    from kg.ontology import Ontology
    from kg.ontology.lexicon.names import TrimWords
    from kg.ontology.lexicon.section import Pattern

# A name is that of another one and a word more if that one stands so many times as often.
OFTENER = 2
# Characters before a work in which a list of what money is for begins.
USED_FOR = 300
# Characters before the words of a work that may belong to its name.
BEGINS = 32
# Characters of a person's name before that of a body, at least; of a name of two with one more.
PERSON = CHINESE = 3


def trim_names(
    draft: ArticleDraft, mentions: Sequence[Mention], ontology: Ontology
) -> list[Mention]:
    """The names of an article without the words that are no part of them.

    Args:
        draft: The article.
        mentions: What was decided on.
        ontology: For what the classes are known by, and the words.
    """
    trimmers = {"body": _body, "relation": _person, "place": _place, "name": _work}
    counts = Counter((m.type, m.name) for m in mentions if not m.reference)
    spans = {(m.start, m.end) for m in mentions if not m.nested}
    by_relation = {k.name for k in ontology.classes.values() if k.identified_by == "relation"}
    people = {m.name for m in mentions if m.type in by_relation and len(m.name) >= PERSON}
    halves = _halves(mentions, ontology)
    result: list[Mention] = []
    for m in mentions:
        if m.nested and (m.start, m.end) in halves:
            continue
        trim = trimmers.get(ontology.classes[m.type].identified_by)
        if m.reference or trim is None or m.rule in ontology.listing:
            result.append(m)
            continue
        others = {name for type_, name in counts if type_ == m.type and name != m.name}
        least = OFTENER * counts[m.type, m.name]
        frequent = {name for name in others if counts[m.type, name] >= least}
        parts = trim(m, draft.text, frequent, ontology.lexicon.trimmed)
        if trim is _body:
            takes = ontology.lexicon.trimmed.takes
            parts = (_after_person(part, draft.text, people, others, takes) for part in parts)
        result += [part for part in parts if part is m or (part.start, part.end) not in spans]
    # 甲项目、乙项目, taken apart: neither lies in the other one.
    outer = {(m.start, m.end, m.type) for m in result if not m.nested}
    return [m for m in result if not m.nested or (m.start, m.end, m.type) not in outer]


def _halves(mentions: Sequence[Mention], ontology: Ontology) -> set[tuple[int, int]]:
    """Where the halves of the names of offices with two tasks stand: 甲区水利, 湖泊局."""
    bodies = {k.name for k in ontology.classes.values() if k.identified_by == "body"}
    offices = [
        (m, match)
        for m in mentions
        if m.type in bodies and (match := ontology.lexicon.trimmed.body_halves.fullmatch(m.name))
    ]
    return {
        (m.start + match.start(half), m.start + match.end(half))
        for m, match in offices
        for half in ("first", "second")
    }


def _body(
    m: Mention, text: str, frequent: Collection[str], vocabulary: TrimWords
) -> Iterator[Mention]:
    """The body of a name."""
    m = _cut(m, text, vocabulary.body_leads, vocabulary.body_tails)
    lead = vocabulary.body_lead.match(m.name)
    if lead and m.name[lead.end() :] in frequent:
        m = _moved(m, text, lead.end(), 0)
    tail = vocabulary.body_tail.search(m.name)
    if tail and m.name[: tail.start()] in frequent:
        m = _moved(m, text, 0, len(tail.group()))
    joined = vocabulary.body_joined.search(m.name)
    if joined and m.name[: joined.start()] in frequent:
        yield _moved(m, text, 0, len(m.name) - joined.start())
        m = _moved(m, text, joined.end(), 0)
    yield m


def _after_person(
    m: Mention, text: str, people: Collection[str], others: Collection[str], takes: Pattern
) -> Mention:
    """A body without who stands before it (甲某任|乙公司), where the rest begins as another's."""
    for name in people:
        rest = m.name.removeprefix(name)
        if rest != m.name and (verb := takes.match(rest)):
            return _moved(m, text, len(name) + verb.end(), 0)
        if rest != m.name and len(rest) > 1 and any(rest.startswith(one) for one in others):
            return _moved(m, text, len(name), 0)
    return m


def _person(
    m: Mention, text: str, frequent: Collection[str], vocabulary: TrimWords
) -> Iterator[Mention]:
    """The person of a name, if it is one."""
    if vocabulary.no_persons.fullmatch(m.name):
        return
    m = _cut(m, text, vocabulary.person_leads, vocabulary.person_tails)
    tail = vocabulary.person_tail.search(m.name)
    if tail and m.name[: tail.start()] in frequent:
        m = _moved(m, text, 0, len(tail.group()))
    last = vocabulary.foreign_tail.get(m.name[-1:])
    if last is not None and "·" in m.name and text.startswith(last, m.end):
        m = _moved(m, text, 0, 1)
    begun = vocabulary.word_tail.get(m.name[-1:])
    if begun and len(m.name) == CHINESE and text.startswith(begun, m.end):
        m = _moved(m, text, 0, 1)
    if more := vocabulary.name_goes_on.match(text, m.end):  # 古尔斯|比|发表讲话
        m = m.moved(m.start, more.end(), text)
    yield m


def _place(
    m: Mention, text: str, frequent: Collection[str], vocabulary: TrimWords
) -> Iterator[Mention]:
    """The place of a name, if it is one."""
    if vocabulary.place_doubled.search(m.name):
        m = _moved(m, text, 0, 1)
    street = vocabulary.place_goes_on.match(text, m.end)
    if not street and not vocabulary.no_places.fullmatch(m.name):
        yield m


def _work(
    m: Mention, text: str, frequent: Collection[str], vocabulary: TrimWords
) -> Iterator[Mention]:
    """The works of a name: each of a list by itself, and in full where money is for it."""
    if vocabulary.no_works.fullmatch(m.name):
        return
    m = _cut(m, text, vocabulary.work_leads, vocabulary.work_tail)
    begin, printed = m.start, len(m.name) == m.end - m.start
    for cut in vocabulary.work_ends.finditer(m.name) if printed else ():
        yield m.moved(begin, m.start + cut.start("sign"), text)
        begin = m.start + cut.end("sign")
    end = m.end
    if printed and vocabulary.work.search(m.name):
        begin = _work_start(begin, end, text, vocabulary)
        stage = vocabulary.work_stage.match(text, end)
        end = stage.end() if stage else end
    if printed and (more := vocabulary.work_begins.search(text, max(0, begin - BEGINS), begin)):
        begin = more.start("lead")
    if printed and (plus := vocabulary.plus.match(text, end)):
        end = plus.end()
    yield m if (begin, end) == (m.start, m.end) else m.moved(begin, end, text)


def _work_start(begin: int, end: int, text: str, vocabulary: TrimWords) -> int:
    """Where the name of a work begins in a list of what money is raised for."""
    low = max(0, begin - USED_FOR)
    quoted = vocabulary.work_quoted.search(text, low, begin) if text[end : end + 1] == "”" else None
    if quoted:
        return quoted.start("name")
    purpose = vocabulary.used_for.search(text, low, begin)
    return purpose.start("lead") if purpose else begin


def _cut(m: Mention, text: str, leads: Pattern, tails: Pattern) -> Mention:
    """A name without what never stands before or behind one."""
    lead, tail = leads.match(m.name), tails.search(m.name)
    return _moved(m, text, lead.end() if lead else 0, len(tail.group()) if tail else 0)


def _moved(m: Mention, text: str, lead: int, tail: int) -> Mention:
    """A name without so many characters before and behind; the same where it is not as printed."""
    if not (lead or tail) or len(m.name) != m.end - m.start:
        return m
    return m.moved(m.start + lead, m.end - tail, text)
