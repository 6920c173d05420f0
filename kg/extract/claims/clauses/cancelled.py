"""Statements of an article in, those about what later came to nothing marked so.

甲与乙签约建设某项目。…该项目后因故终止。 What was signed stays a fact with its quotation; its
status is the last rung of the ladder. So it is between two bodies, one of whom gives up to take
over the other one; if they deny it (系谣言), it is denied. The words stand in
``words/denial.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.base.records import Span
from kg.extract.claims.clauses.compiled_rule import named
from kg.extract.claims.context import ArticleContext, Statement
from kg.extract.coreference.mask import Masks
from kg.extract.mentions.mention import Mention
from kg.ontology import Ontology

Key = tuple[str, str]  # class and name
CLAUSE = re.compile("[^，。；！？\n]+")


class Cancellations:
    """Finds what an article says has ended, and marks what it said of it before.

    Args:
        ontology: Its words of ending, and the classes of things that can end.
        masks: The alphabet of the masked sentences.
    """

    def __init__(self, ontology: Ontology, masks: Masks) -> None:
        raw = ontology.lexicon.denial.ended
        self.status = str(raw["status"])
        self.things = tuple(raw["things"])
        thing = f"(?P<thing>[{masks.characters(self.things)}])"
        self.pattern = re.compile(str(raw["pattern"]).replace("<thing>", thing))
        self.between = frozenset(raw["between"])
        self.over, self.untrue = re.compile(str(raw["over"])), re.compile(str(raw["untrue"]))

    def mark(self, context: ArticleContext, statements: Iterable[Statement]) -> Iterator[Statement]:
        """The statements, those about ended things with the status of what has ended."""
        told, ended = list(statements), self._cancelled(context)
        over, untrue = (self._pairs(context, told, words) for words in (self.over, self.untrue))
        for statement in told:
            ends = (statement.subject, statement.object)
            at = max((ended.get((m.type, m.name), -1) for m in ends if m is not None), default=-1)
            pair = _pair(statement) if statement.predicate in self.between else None
            if statement.span.start < at or pair in over:
                yield replace(statement, status=self.status)
            else:
                yield replace(statement, denied=True) if pair in untrue else statement

    def _pairs(
        self, context: ArticleContext, told: Iterable[Statement], words: re.Pattern[str]
    ) -> set[frozenset[Key]]:
        """Of whom some words are said: both stand in their clause, or no other pair is meant."""
        pairs = {_pair(one) for one in told if one.predicate in self.between}
        found: set[frozenset[Key]] = set()
        for sentence in context.sentences if pairs else ():
            for clause in CLAUSE.finditer(context.text, sentence.span.start, sentence.span.end):
                if words.search(clause.group()):
                    inside = context.inside(Span(*clause.span()))
                    keys = {_key(meant) for m in inside for meant in context.refer(m)}
                    some = {pair for pair in pairs if pair & keys} or pairs
                    both = {pair for pair in some if pair <= keys}
                    found |= both or (some if len(some) == 1 else set())
        return found

    def _cancelled(self, context: ArticleContext) -> dict[Key, int]:
        """What has ended, with where the article says so."""
        found: dict[Key, int] = {}
        for sentence in context.sentences:
            for match in self.pattern.finditer(sentence.text):
                at = sentence.original(match.start(), match.end()).start
                if match["thing"]:
                    things = named(context, sentence, (match.start("thing"),), self.things)
                else:
                    things = list(context.last(at, self.things, reach=2)[-1:])
                found.update({_key(thing): at for thing in things})
        return found


def _key(mention: Mention) -> Key:
    return mention.type, mention.name


def _pair(statement: Statement) -> frozenset[Key]:
    """The two ends of a statement, whoever of them is its subject."""
    return frozenset(_key(m) for m in (statement.subject, statement.object) if m is not None)
