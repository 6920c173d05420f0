"""Rules of kind ``frame``: the relation of a verb between each agent and each object."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extract.claims.clause import Agents, ClauseParse
from kg.extract.claims.clauses import after
from kg.extract.claims.clauses.compiled_rule import (
    CompiledRule,
    compiled_rule,
    make_statement,
    named,
    occurrences,
)
from kg.extract.claims.clauses.objects import passive, short, through
from kg.extract.claims.context import ArticleContext, Statement
from kg.extract.coreference.antecedents import RULERS
from kg.extract.mentions.mention import Mention
from kg.ontology import Ontology, Rule


def frame(
    context: ArticleContext, rule: Rule, predicate: str, ontology: Ontology
) -> Iterator[Statement]:
    """The relation of a verb between its agents and its objects."""
    compiled = compiled_rule(rule, predicate, ontology)
    for sentence in context.sentences:
        if not sentence.groups or compiled.verb_signs.isdisjoint(sentence.held):
            continue
        parse = context.parse(sentence, compiled.grammar)
        for found in occurrences(parse, compiled):
            agents = parse.agents(found.start())
            objects = _objects(context, rule, parse, found, agents, compiled)
            things = named(context, sentence, objects, compiled.objects)
            if not things and rule.options.get("passive"):
                things = short(context, parse, agents, compiled, str(rule.options.get("short", "")))
            ends = rule.options.get("object_ends")
            if ends:
                things = [t for t in things if re.search(f"(?:{ends})$", t.name)]
            subjects = named(context, sentence, agents.places, compiled.subjects)
            if things and agents.places:  # 公司与某大学联合开发的某平台
                subjects = [*itself(context, parse, agents.places[0], compiled), *subjects]
            if things and agents.how == "none":
                subjects = itself(context, parse, found.start(), compiled)
                if not subjects and rule.options.get("home"):
                    subjects = _home(context, parse, found.start(), compiled)
            at = objects[-1] if objects else found.end()
            yield from _pairs(
                context, rule, predicate, parse, found, subjects, things, at, compiled
            )


def _home(
    context: ArticleContext, parse: ClauseParse, at: int, compiled: CompiledRule
) -> list[Mention]:
    """What a notice says is to be done, with nobody named, is done by the place that speaks."""
    home = context.speaker() if context.article.kind == "notice" else None
    if home is None or home.type not in compiled.subjects:
        return []
    start = parse.clause(at)
    lead = context.draft.lexicon.clauses.marker.match(parse.text, start, at)
    return [home] if parse.light(lead.end() if lead else start, at) else []


def _objects(
    context: ArticleContext,
    rule: Rule,
    parse: ClauseParse,
    found: re.Match[str],
    agents: Agents,
    compiled: CompiledRule,
) -> tuple[int, ...]:
    """The places of what a verb is done to: after it, else where its agents let it stand."""
    objects = after.objects(parse, found.end(), compiled.object_signs)
    if compiled.then is not None:  # 推进某大通道|建设
        then = objects and compiled.then.match(parse.text, objects[-1] + 1)
        return objects if then else ()
    if not objects and compiled.through is not None:
        objects = through(parse, found.end(), compiled)
    if not objects and rule.options.get("passive") and agents.places:
        trailing = bool(rule.options.get("trailing"))
        objects = passive(context, parse, agents, compiled, found.end(), trailing)
    return objects


def itself(
    context: ArticleContext, parse: ClauseParse, at: int, compiled: CompiledRule
) -> list[Mention]:
    """公司将投资…: the body that the sentences before are about."""
    start = parse.clause(at)
    while parse.light(start, at) and start > parse.segment(at):
        at = start - 1  # 公司计划投资10亿元，|建设甲项目
        start = parse.clause(at)
    own = compiled.grammar.self.match(parse.text, start, at)
    if own is None or not parse.light(own.end(), at):
        return []
    place = parse.sentence.original(own.start(), own.end()).start
    if own.group() in parse.grammar.words["firm"]:
        last = context.last(place, compiled.subjects[:1], reach=2)
        return [m for m in last if m.subtype not in RULERS][-1:]
    return list(context.ending(place, compiled.subjects[:1], own.group()))


def _pairs(
    context: ArticleContext,
    rule: Rule,
    predicate: str,
    parse: ClauseParse,
    found: re.Match[str],
    subjects: Sequence[Mention],
    objects: Sequence[Mention],
    at: int,
    compiled: CompiledRule,
) -> Iterator[Statement]:
    if not subjects or not objects:
        return
    clause = parse.clause(found.start())
    stop = parse.text.find("，", max(at, found.end()))
    clause_text = parse.text[clause : stop if stop >= 0 else len(parse.text)]
    if compiled.block is not None and compiled.block.search(clause_text):
        return
    apiece = (
        len(subjects) == len(objects) > 1
        and context.draft.lexicon.clauses.apiece in parse.text[: found.end()]
    )
    each = list(zip(subjects, objects, strict=True)) if apiece else []
    for s, o in each or [(s, o) for s in subjects for o in objects]:
        # A notice has a body that issues it; 我市制定本办法 names the place beside it.
        own = context.main is not None and o.name in context.main.name
        if own and rule.options.get("own") and s.rule in parse.grammar.placing:
            continue
        yield make_statement(context, rule, predicate, parse, found, s, o, clause_text, compiled)
