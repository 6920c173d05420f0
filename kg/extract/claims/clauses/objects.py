"""What a verb is done to when it does not stand right after it.

In a clause after it (甲与乙签署协议，将共建某项目), before 由 (某平台由甲开发、乙运营), or as a
common noun that ends a name of the text before (活动由甲主办).
"""

from __future__ import annotations

import re

from kg.extract.claims.clause import MENTION, Agents, ClauseParse
from kg.extract.claims.clauses.after import objects
from kg.extract.claims.clauses.compiled_rule import CompiledRule, named
from kg.extract.claims.context import ArticleContext
from kg.extract.coreference.antecedents import EVENT_REACH
from kg.extract.mentions.mention import Mention

STOP = re.compile("[；;。！？]")
LEAD = re.compile(r"[^，]{0,2}\S{0,2}")  # before a verb in a clause where nobody else acts


def through(parse: ClauseParse, end: int, compiled: CompiledRule) -> tuple[int, ...]:
    """The objects of a verb of making in the clauses after, when no new agent comes up."""
    assert compiled.through is not None
    closes = STOP.search(parse.text, end)
    stop = closes.start() if closes else len(parse.text)
    comma = parse.text.find("，", end, stop)
    for found in compiled.through.finditer(parse.text, comma, stop) if comma >= 0 else ():
        clause = parse.clause(found.start())
        lead = LEAD.fullmatch(parse.text, clause, found.start())
        if not (lead or parse.light(clause, found.start()) or _pair(parse, clause)):
            return ()
        if places := objects(parse, found.end(), compiled.object_signs):
            return places
    return ()


def _pair(parse: ClauseParse, at: int) -> bool:
    group = parse.sentence.groups.get(at)
    return group is not None and any(m.reference == "pair" for m in group.mentions)


def _ranks(parse: ClauseParse, at: int) -> bool:
    """Whether a name only says what something is like: 属于某保供项目, 继某条例之后."""
    before, after = parse.text[max(0, at - 3) : at], parse.text[at + 1 : at + 3]
    return (
        parse.grammar.ranked.search(before) is not None
        or after in parse.grammar.lexicon.clauses.besides
    )


def _topic(
    context: ArticleContext, parse: ClauseParse, at: int, compiled: CompiledRule
) -> int | None:
    """The nearest thing before a position that is named: generic nouns (重点项目) are not."""
    for p in range(at - 1, -1, -1):
        fits = compiled.object_signs.match(parse.text[p]) and not _ranks(parse, p)
        if fits and named(context, parse.sentence, (p,), compiled.objects):
            return p
    return None


def passive(
    context: ArticleContext,
    parse: ClauseParse,
    agents: Agents,
    compiled: CompiledRule,
    end: int,
    trailing: bool,
) -> tuple[int, ...]:
    """某平台由甲开发、乙运营: what stands before 由 is built."""
    clauses = context.draft.lexicon.clauses
    if clauses.attributive.match(parse.text, end):  # 甲展会迈入第五年，由乙主办的特别活动启动
        return ()
    start = parse.segment(agents.at)
    by = [m.end() for m in parse.grammar.agent.finditer(parse.text, start, agents.at + 1)]
    first = next((e - 1 for e in by if parse.before(parse.grammar.by, e - 1)), None)
    if first is None:
        ends = parse.text[end : end + 1] in ("，", "。", "；", "")
        plain = trailing and ends and agents.how == "plain" and parse.bodies(agents.at)
        p = _topic(context, parse, agents.at, compiled) if plain else None
        return (p,) if p is not None and start <= p < parse.clause(agents.at) else ()
    if clauses.moved.search(parse.text, max(0, first - 4), first):
        return ()
    own = _topic(context, parse, agents.at, compiled)
    apart = own is not None and own > first  # 甲项目由乙投资，丙项目由丁投资
    for before in (agents.at,) if apart else (first, agents.at):
        p = _topic(context, parse, before, compiled)
        if p is not None and p >= start:
            return (p,)
    return ()


def short(
    context: ArticleContext, parse: ClauseParse, agents: Agents, compiled: CompiledRule, words: str
) -> list[Mention]:
    """活动由甲主办: a common noun before 由 that means a name before it, which ends in the noun."""
    clauses = parse.grammar.lexicon.clauses
    start = parse.segment(agents.at) if agents.at >= 0 else 0
    if start == 0 and parse.text.startswith(clauses.by):  # 甲项目。由乙投资建设: the one before
        place = parse.sentence.original(0, 1).start
        return list(context.last(place, compiled.objects, reach=1)[-1:])
    found = context.draft.lexicon.clauses.noun_by.search(parse.text, start)
    if found is None or found.end() > agents.at:
        return []
    noun, at = found["noun"], found.start("noun")
    if MENTION.match(noun):  # 大赛由甲主办: a reference
        return named(context, parse.sentence, (at,), compiled.objects)
    place = parse.sentence.original(at, at + 1).start
    if words and re.fullmatch(words, noun):
        return list(context.last(place, compiled.objects, reach=EVENT_REACH)[-1:])
    return list(context.named(place, compiled.objects, re.compile(f".{noun}{clauses.after_noun}$")))
