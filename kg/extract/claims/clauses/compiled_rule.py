"""What rules of kinds ``frame`` and ``together`` have at hand: verbs, classes, named things."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.extract.claims.clause import ClauseParse
from kg.extract.claims.clause_grammar import ClauseGrammar, clause_grammar
from kg.extract.claims.context import ArticleContext, Statement
from kg.extract.claims.status.denial import Denial
from kg.extract.coreference.mask import Masked, Masks
from kg.extract.literals import signs
from kg.extract.mentions.mention import Mention
from kg.ontology import Ontology, Relation, Rule, load


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """What a rule needs at hand, compiled once."""

    grammar: ClauseGrammar
    denial: Denial
    verbs: re.Pattern[str]
    verb_signs: frozenset[str]  # a sentence without one of these has none of the verbs
    through: re.Pattern[str] | None
    subjects: tuple[str, ...]
    objects: tuple[str, ...]
    object_signs: re.Pattern[str]
    block: re.Pattern[str] | None
    agreed: re.Pattern[str] | None
    then: re.Pattern[str] | None


@lru_cache(maxsize=256)
def _compiled_rule(folder: str, predicate: str, number: int) -> CompiledRule:
    ontology = load(folder)
    page: Relation = ontology.relations[predicate]
    rule = page.rules[number]
    words = clause_grammar(folder)
    through = rule.options.get("through")
    block, agreed = rule.options.get("unless"), rule.options.get("agreed")
    then = rule.options.get("then")
    objects = _classes(rule, "object_class", page.range)
    verbs = words.verbs(*rule.options["verbs"])
    return CompiledRule(
        grammar=words,
        denial=Denial(ontology),
        verbs=verbs,
        verb_signs=signs(verbs),
        through=words.verbs(*through) if through else None,
        subjects=_classes(rule, "subject_class", page.domain),
        objects=objects,
        object_signs=re.compile(f"[{Masks(ontology).characters(objects)}]"),
        block=re.compile(str(block)) if block else None,
        agreed=re.compile(str(agreed)) if agreed else None,
        then=re.compile(str(then)) if then else None,
    )


def _classes(rule: Rule, option: str, default: tuple[str, ...]) -> tuple[str, ...]:
    named = rule.options.get(option)
    return (named,) if isinstance(named, str) else tuple(named) if named else default


def compiled_rule(rule: Rule, predicate: str, ontology: Ontology) -> CompiledRule:
    """The compiled parts of a rule."""
    number = [r.rule for r in ontology.relations[predicate].rules].index(rule.rule)
    return _compiled_rule(str(ontology.folder), predicate, number)


def named(
    context: ArticleContext, sentence: Masked, places: Sequence[int], types: Sequence[str]
) -> list[Mention]:
    """The things that groups name, references resolved."""
    found: list[Mention] = []
    for p in places:
        for m in sentence.groups[p].mentions:
            if m.type in types or m.reference:
                found += [r for r in context.refer(m) if r.type in types]
    return list(dict.fromkeys(found))


def occurrences(parse: ClauseParse, compiled: CompiledRule) -> Iterator[re.Match[str]]:
    """Where the verbs of a rule stand as verbs, not inside a noun (建设单位)."""
    for found in compiled.verbs.finditer(parse.text):
        signed = found.group() in compiled.grammar.signs  # 签署协议: the paper is what is signed
        if not signed and compiled.grammar.nominal.match(parse.text, found.end()):
            continue
        yield found


def make_statement(
    context: ArticleContext,
    rule: Rule,
    predicate: str,
    parse: ClauseParse,
    found: re.Match[str],
    s: Mention,
    o: Mention,
    clause: str,
    compiled: CompiledRule,
) -> Statement:
    """A statement that a verb licenses; denied when the words of its clause deny it."""
    begin = parse.clause(found.start())
    denied = compiled.denial.of(clause, found.start() - begin, found.end() - begin)
    return Statement(
        subject=s,
        predicate=predicate,
        object=o,
        value=None,
        span=parse.sentence.span,
        rule=rule.rule,
        confidence=rule.confidence,
        status=rule.status,
        trigger=parse.sentence.original(*found.span()),
        denied=denied,
    )
