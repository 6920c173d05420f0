"""Mark the statements of an article about takeovers that came to nothing.

甲宣布收购乙。…甲终止了收购。 What was agreed on stays a fact with its quotation; its status is the
last rung of the ladder. If it is denied (系谣言), so is the fact. The words stand in
``words/denial.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.base.records import Span
from kg.extract.claims.context import ArticleContext, Statement
from kg.extract.mentions.mention import Mention
from kg.ontology import Ontology

Key = tuple[str, str]  # class and name
CLAUSE = re.compile("[^，。；！？\n]+")


class Cancellations:
    """Finds which takeovers an article says have ended, and marks what it says of them.

    Args:
        ontology: Its words of ending.
    """

    def __init__(self, ontology: Ontology) -> None:
        raw = ontology.lexicon.denial.takeovers
        self.status, self.between = str(raw["status"]), frozenset(raw["between"])
        self.over, self.untrue = re.compile(str(raw["over"])), re.compile(str(raw["untrue"]))

    def mark(self, context: ArticleContext, statements: Iterable[Statement]) -> Iterator[Statement]:
        """The statements, those about ended takeovers with the status of what has ended."""
        all_statements = list(statements)
        over, untrue = (
            self._pairs(context, all_statements, words) for words in (self.over, self.untrue)
        )
        for statement in all_statements:
            pair = _pair(statement) if statement.predicate in self.between else None
            if pair in over:
                yield replace(statement, status=self.status)
            else:
                yield replace(statement, denied=True) if pair in untrue else statement

    def _pairs(
        self, context: ArticleContext, statements: Iterable[Statement], words: re.Pattern[str]
    ) -> set[frozenset[Key]]:
        """The pairs that words are said of: both ends in their clause, or no other pair is left."""
        pairs = {_pair(one) for one in statements if one.predicate in self.between}
        matching: set[frozenset[Key]] = set()
        for sentence in context.sentences if pairs else ():
            for clause in CLAUSE.finditer(context.text, sentence.span.start, sentence.span.end):
                if words.search(clause.group()):
                    inside = context.inside(Span(*clause.span()))
                    keys = {_key(referent) for m in inside for referent in context.refer(m)}
                    named_pairs = {pair for pair in pairs if pair & keys} or pairs
                    in_clause = {pair for pair in named_pairs if pair <= keys}
                    matching |= in_clause or (named_pairs if len(named_pairs) == 1 else set())
        return matching


def _key(mention: Mention) -> Key:
    return mention.type, mention.name


def _pair(statement: Statement) -> frozenset[Key]:
    """The two ends of a statement, whoever of them is its subject."""
    return frozenset(_key(m) for m in (statement.subject, statement.object) if m is not None)
