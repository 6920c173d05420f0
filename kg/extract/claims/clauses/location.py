"""Rules of kind ``settled``: what lies where, by a verb that puts it there (落户, 选址, 坐落)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from kg.extract.claims.clause import ClauseParse
from kg.extract.claims.clause_grammar import clause_grammar
from kg.extract.claims.clauses.compiled_rule import named
from kg.extract.claims.context import ArticleContext, Statement
from kg.extract.claims.status.denial import Denial
from kg.extract.coreference.mask import Masks
from kg.extract.mentions.mention import Mention
from kg.ontology import Ontology, Rule, load


@lru_cache(maxsize=16)
def _wanted(folder: str, types: tuple[str, ...]) -> str:
    return f"[{Masks(load(folder)).characters(types)}]"


@lru_cache(maxsize=4)
def _denial(folder: str) -> Denial:
    return Denial(load(folder))


def settled(
    context: ArticleContext, rule: Rule, predicate: str, ontology: Ontology
) -> Iterator[Statement]:
    """Each thing with the place that a verb of settling puts it in."""
    folder, page = str(ontology.folder), ontology.relations[predicate]
    words = clause_grammar(folder)
    things = tuple(rule.options.get("subject_class", page.domain))
    thing, where = _wanted(folder, things), _wanted(folder, page.range)
    verbs = words.verbs(*rule.options["verbs"])
    vocabulary = ontology.lexicon.clauses
    place = re.compile(f"{vocabulary.put_at}(?:{where}{vocabulary.under})?(?P<o>{where})")
    behind = re.compile(f"{vocabulary.of_it}(?P<s>{thing})")
    for sentence in context.sentences:
        if not sentence.groups:
            continue
        parse = context.parse(sentence, words)
        for found in verbs.finditer(sentence.text):
            put = place.match(sentence.text, found.end())
            if put is None or context.draft.lexicon.clauses.border.match(sentence.text, put.end()):
                continue
            there = named(context, sentence, (put.start("o"),), page.range)
            after = behind.match(sentence.text, put.end())
            at = (after.start("s"),) if after else _before(parse, found.start(), thing)
            subjects = named(context, sentence, at, things)
            begin = parse.clause(found.start())
            clause = sentence.text[begin : put.end()]
            denied = _denial(folder).of(clause, found.start() - begin, found.end() - begin)
            for s, o in _pairs(subjects, there, clause, vocabulary.apiece):
                yield Statement(
                    s, predicate, o, None, sentence.span, rule.rule, rule.confidence,
                    rule.status, sentence.original(found.start(), put.end()),
                    denied,
                )  # fmt: skip


def _pairs(
    subjects: Sequence[Mention], there: Sequence[Mention], clause: str, apiece: str
) -> list[tuple[Mention, Mention]]:
    """Which thing lies in which place: all in one, each in its own (分别), else it is not said."""
    if len(subjects) > 1 and len(there) > 1:
        each = apiece in clause and len(subjects) == len(there)
        return list(zip(subjects, there, strict=True)) if each else []
    return [(s, o) for s in subjects for o in there]


def _before(parse: ClauseParse, verb: int, thing: str) -> tuple[int, ...]:
    """The last thing before a verb that no preposition governs, in its clause or one before."""
    start = parse.clause(verb)
    around = parse.grammar.by, parse.grammar.joined, parse.grammar.oblique
    for begin, end in ((start, verb), (parse.segment(verb), start)):
        for match in reversed(list(re.finditer(thing, parse.text[begin:end]))):
            at = begin + match.start()
            owner = parse.grammar.owner.match(parse.text, at + 1)
            if not owner and not any(parse.before(pattern, at) for pattern in around):
                return (at,)
        if parse.grammar.agent.search(parse.text, start, verb):
            break
    return ()
