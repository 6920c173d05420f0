"""Rules of kind ``together``: a relation between the agents that 与, 和, 联合 join.

It holds between each of one group and each of another, and within a list only when the text
says that they act together (由甲、乙共建).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from kg.extract.claims.clause import Agents, ClauseParse
from kg.extract.claims.clauses.compiled_rule import (
    CompiledRule,
    compiled_rule,
    make_statement,
    named,
    occurrences,
)
from kg.extract.claims.clauses.frame import itself
from kg.extract.claims.context import ArticleContext, Statement
from kg.extract.mentions.mention import Mention
from kg.ontology import Ontology, Rule

FEW = 4  # in a list of more not each acts with each


def together(
    context: ArticleContext, rule: Rule, predicate: str, ontology: Ontology
) -> Iterator[Statement]:
    """The relation between agents that are joined, each of one group with each of another."""
    compiled = compiled_rule(rule, predicate, ontology)
    for sentence in context.sentences:
        if not sentence.groups or compiled.verb_signs.isdisjoint(sentence.held):
            continue
        parse = context.parse(sentence, compiled.grammar)
        seen: set[tuple[int, ...]] = set()
        for found in occurrences(parse, compiled):
            agents = parse.agents(found.start())
            groups = _joined(context, parse, agents, found.start(), compiled)
            if len(groups) < 2 or agents.places in seen:
                continue
            stop = parse.text.find("，", found.end())
            end = stop if stop >= 0 else len(parse.text)
            begin = parse.clause(found.start())
            acted = parse.text[min(begin, agents.places[0]) : end]  # 由甲、乙主办，共签订…
            if compiled.block is not None and compiled.block.search(acted):
                continue
            seen.add(agents.places)
            for a, b in _across(
                groups, context.draft.lexicon.clauses.apiece in parse.text[: found.end()]
            ):
                same = a.type == b.type or not rule.options.get("same_class")
                if same and (a.type, a.name) != (b.type, b.name):
                    clause = parse.text[begin:end]
                    yield make_statement(
                        context, rule, predicate, parse, found, a, b, clause, compiled
                    )


def _joined(
    context: ArticleContext, parse: ClauseParse, agents: Agents, at: int, compiled: CompiledRule
) -> list[list[Mention]]:
    """The groups of agents, each of whom acts with each of another group."""
    clauses = context.draft.lexicon.clauses
    groups = [g for g in _sides(context, parse, agents, compiled) if g]
    if len(groups) > 1 and clauses.listed_many.search(parse.text, agents.places[0], at):
        return []  # 甲、乙以及丙等企业签约: with whom is not said
    if agents.places and parse.before(parse.grammar.joined, agents.places[0]):
        own = itself(context, parse, agents.places[0], compiled)  # 公司将与丙合作
        return [own, *groups] if own else groups
    near = max(agents.places[-1], at - 3) if agents.places else at
    jointly = parse.grammar.jointly.search(parse.text, near, at + 2) is not None
    jointly = jointly and not parse.text.startswith(clauses.partners, at)  # a noun, no act
    acts = parse.sentence.original(near, at + 1)
    apiece = clauses.apiece in parse.text[parse.clause(at) : at + 2]
    if not apiece and clauses.each_with_each.search(
        context.text, acts.start, acts.end
    ):  # 甲与乙、丙三方签署
        return [[m] for g in groups for m in g]
    if len(groups) != 1 or not 2 <= len(groups[0]) <= FEW:
        return groups
    with_others = re.compile(clauses.apiece + clauses.joining.pattern)
    if with_others.search(parse.text, parse.clause(at), at):  # 甲、乙分别与某村签署
        return groups
    each = (jointly and not apiece) or _agreed(context, parse, at, compiled)
    found = parse.sentence.groups[agents.places[0]].mentions
    two = len(found) == len(groups[0]) == 2
    pair = two and context.text[found[0].end : found[1].start].strip("”“") in clauses.pair
    return [[m] for m in groups[0]] if each or pair else groups


def _sides(
    context: ArticleContext, parse: ClauseParse, agents: Agents, compiled: CompiledRule
) -> Iterator[list[Mention]]:
    """The names on each side; an item that is no known name parts no list: 甲、某网、乙."""
    side: list[Mention] = []
    last = -1
    for p in agents.places:
        if last >= 0 and not context.draft.lexicon.clauses.unknown_between.fullmatch(
            parse.text, last + 1, p
        ):
            yield side
            side = []
        side = [*side, *named(context, parse.sentence, (p,), compiled.subjects)]
        last = p
    yield side


def _agreed(context: ArticleContext, parse: ClauseParse, at: int, compiled: CompiledRule) -> bool:
    """Whether it is an agreement, titles that are masked included: 签署“…协议”."""
    stop = parse.text.find("，", at)
    span = parse.sentence.original(at, stop if stop >= 0 else len(parse.text))
    said = context.text[span.start : span.end]
    return compiled.agreed is not None and compiled.agreed.search(said) is not None


def _across(groups: Sequence[Sequence[Mention]], apiece: bool) -> Iterator[tuple[Mention, Mention]]:
    for left, right in combinations(groups, 2):
        if apiece and len(left) > 1 < len(right):  # of lists of other lengths it is not said
            yield from zip(left, right, strict=True) if len(left) == len(right) else ()
        else:
            yield from ((a, b) for a in left for b in right)
