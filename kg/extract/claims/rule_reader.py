"""What the readers of all kinds of rules have in common: a rule, its predicate, how it states.

A reader is made once of each rule and compiles what the rule needs; then it reads articles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.base.records import Span, Value
from kg.extract.claims.context import ArticleContext, Statement
from kg.extract.mentions.mention import Mention
from kg.ontology import Ontology, Rule

NEVER = "(?!)"


class RuleReader:
    """Reads what one rule of a relation or an attribute states of articles."""

    def __init__(self, rule: Rule, predicate: str, ontology: Ontology) -> None:
        self.rule, self.predicate, self.options = rule, predicate, rule.options
        self.ontology, self.lexicon = ontology, ontology.lexicon
        self.type = str(rule.options.get("class", ""))

    def read(self, context: ArticleContext) -> Iterator[Statement]:
        """What the rule states of an article."""
        raise NotImplementedError

    def pattern(self, option: str) -> re.Pattern[str]:
        """The expression of an option; it finds nothing where the rule lacks the option."""
        return re.compile(str(self.options.get(option, NEVER)))

    def classes(self, option: str, default: Sequence[str] = ()) -> tuple[str, ...]:
        """The classes that an option names, one or several."""
        return self.rule.classes(option, default)

    def mentions_of_class(self, context: ArticleContext) -> list[Mention]:
        """The names of the rule's class in an article, no references and none within others."""
        return [
            m for m in context.mentions if m.type == self.type and not m.reference and not m.nested
        ]

    def state(
        self,
        subject: Mention,
        object_: Mention | None,
        value: Value | None,
        quote: Span,
        trigger: Span,
        denied: bool = False,
    ) -> Statement:
        """A statement by the rule."""
        return Statement(
            subject=subject,
            predicate=self.predicate,
            object=object_,
            value=value,
            span=quote,
            rule=self.rule.rule,
            confidence=self.rule.confidence,
            status=self.rule.status,
            trigger=trigger,
            denied=denied,
        )

    def state_at(
        self,
        context: ArticleContext,
        subject: Mention,
        trigger: Span,
        object_: Mention | None = None,
        value: Value | None = None,
    ) -> Statement:
        """A statement that is quoted by the sentence of its trigger."""
        sentence = context.sentence(trigger.start)
        quote = Span(min(sentence.start, trigger.start), max(sentence.end, trigger.end))
        return self.state(subject, object_, value, quote, trigger)
