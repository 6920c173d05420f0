"""Statements of an article in, those about what later came to nothing marked so.

甲与乙签约建设某项目。…该项目后因故终止。 What was signed stays a fact with its quotation; its
status is the last rung of the ladder. The words stand in ``words/denial.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.extract.claims.context import ArticleContext, Statement
from kg.extract.coreference.mask import Masks
from kg.extract.mentions.mention import Mention
from kg.ontology import Ontology

Key = tuple[str, str]  # class and name


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

    def mark(self, context: ArticleContext, statements: Iterable[Statement]) -> Iterator[Statement]:
        """The statements, those about ended things with the status of what has ended."""
        ended = self._cancelled(context)
        for statement in statements:
            ends = (statement.subject, statement.object)
            at = max((ended.get((m.type, m.name), -1) for m in ends if m is not None), default=-1)
            yield replace(statement, status=self.status) if statement.span.start < at else statement

    def _cancelled(self, context: ArticleContext) -> dict[Key, int]:
        """What has ended, with where the article says so."""
        found: dict[Key, int] = {}
        for sentence in context.sentences:
            for match in self.pattern.finditer(sentence.text):
                at = sentence.original(match.start(), match.end()).start
                if match["thing"]:
                    things = context.named_in(sentence, (match.start("thing"),), self.things)
                else:
                    things = list(context.last(at, self.things, reach=2)[-1:])
                found.update({_key(thing): at for thing in things})
        return found


def _key(mention: Mention) -> Key:
    return mention.type, mention.name
