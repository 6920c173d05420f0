"""What rules of kinds ``frame`` and ``together`` have at hand: verbs, classes, named things."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.extract.claims.clause import Parse
from kg.extract.claims.context import Scene, Stated
from kg.extract.claims.grammar import Grammar, grammar
from kg.extract.claims.status.denial import Denial
from kg.extract.coreference.mask import Masked, Masks
from kg.extract.literals import signs
from kg.extract.mentions.mention import Mention
from kg.ontology import Ontology, Relation, Rule, load


@dataclass(frozen=True, slots=True)
class Tools:
    """What a rule needs at hand, compiled once."""

    grammar: Grammar
    denial: Denial
    verbs: re.Pattern[str]
    signs: frozenset[str]  # a sentence without one of these has none of the verbs
    through: re.Pattern[str] | None
    subjects: tuple[str, ...]
    objects: tuple[str, ...]
    wanted: re.Pattern[str]
    block: re.Pattern[str] | None
    agreed: re.Pattern[str] | None
    then: re.Pattern[str] | None


@lru_cache(maxsize=256)
def _tools(folder: str, predicate: str, number: int) -> Tools:
    ontology = load(folder)
    page: Relation = ontology.relations[predicate]
    rule = page.rules[number]
    words = grammar(folder)
    through = rule.options.get("through")
    block, agreed = rule.options.get("unless"), rule.options.get("agreed")
    then = rule.options.get("then")
    objects = _classes(rule, "object_class", page.range)
    verbs = words.verbs(*rule.options["verbs"])
    return Tools(
        grammar=words,
        denial=Denial(ontology),
        verbs=verbs,
        signs=signs(verbs),
        through=words.verbs(*through) if through else None,
        subjects=_classes(rule, "subject_class", page.domain),
        objects=objects,
        wanted=re.compile(f"[{Masks(ontology).characters(objects)}]"),
        block=re.compile(str(block)) if block else None,
        agreed=re.compile(str(agreed)) if agreed else None,
        then=re.compile(str(then)) if then else None,
    )


def _classes(rule: Rule, option: str, default: tuple[str, ...]) -> tuple[str, ...]:
    named = rule.options.get(option)
    return (named,) if isinstance(named, str) else tuple(named) if named else default


def tools(rule: Rule, predicate: str, ontology: Ontology) -> Tools:
    """The compiled parts of a rule."""
    number = [r.rule for r in ontology.relations[predicate].rules].index(rule.rule)
    return _tools(str(ontology.folder), predicate, number)


def named(
    scene: Scene, sentence: Masked, places: Sequence[int], types: Sequence[str]
) -> list[Mention]:
    """The things that groups name, references resolved."""
    found: list[Mention] = []
    for p in places:
        for m in sentence.groups[p].mentions:
            if m.type in types or m.refers:
                found += [r for r in scene.refer(m) if r.type in types]
    return list(dict.fromkeys(found))


def occurrences(parse: Parse, tool: Tools) -> Iterator[re.Match[str]]:
    """Where the verbs of a rule stand as verbs, not inside a noun (建设单位)."""
    for found in tool.verbs.finditer(parse.text):
        signed = found.group() in tool.grammar.signs  # 签署协议: the paper is what is signed
        if not signed and tool.grammar.nominal.match(parse.text, found.end()):
            continue
        yield found


def state(
    scene: Scene,
    rule: Rule,
    predicate: str,
    parse: Parse,
    found: re.Match[str],
    s: Mention,
    o: Mention,
    clause: str,
    tool: Tools,
) -> Stated:
    """A statement that a verb licenses; denied when the words of its clause deny it."""
    begin = parse.clause(found.start())
    denied = tool.denial.of(clause, found.start() - begin, found.end() - begin)
    return Stated(
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
