"""An article with its mentions and what they refer to, as the rules of claims see it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.base.records import Span, Value
from kg.extract.claims.clause import ClauseParse
from kg.extract.claims.clause_grammar import ClauseGrammar
from kg.extract.coreference.antecedents import CLAUSE_END, References
from kg.extract.coreference.discourse import Discourse
from kg.extract.coreference.mask import Masked
from kg.extract.mentions.mention import Mention


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement between two mentions, or of a value, with the words that license it.

    ``span`` is the quotation and ``trigger`` the licensing stretch, both in the article's text.
    """

    subject: Mention
    predicate: str
    object: Mention | None
    value: Value | None
    span: Span
    rule: str
    confidence: float
    status: str = ""
    trigger: Span = Span(0, 0)  # noqa: RUF009 - frozen
    denied: bool = False


def clause_of(text: str, quote: Span, trigger: Span) -> Span:
    """The clause of a quotation that a trigger stands in: what another denies is not denied."""
    start = max(text.rfind(mark, quote.start, trigger.start) for mark in CLAUSE_END) + 1
    ends = (text.find(mark, trigger.end, quote.end) for mark in CLAUSE_END)
    end = min((at for at in ends if at >= 0), default=quote.end)
    return Span(max(start, quote.start), end)


class ArticleContext:
    """One article ready for rules of claims.

    Args:
        discourse: The article with its mentions.
        references: What its references stand for.
    """

    def __init__(self, discourse: Discourse, references: References) -> None:
        self.discourse, self.references = discourse, references
        self.draft, self.article, self.text = discourse.draft, discourse.article, discourse.text
        self.number = discourse.draft.number
        self.mentions, self.sentences = discourse.mentions, discourse.sentences
        self.main, self.home = references.main, references.home
        self.inside, self.sentence = discourse.inside, discourse.sentence
        self.group_at, self.refer = discourse.group_at, references.of
        self.last, self.nearest_named, self.ending = (
            discourse.last,
            discourse.nearest_named,
            discourse.ending,
        )
        self._parses: dict[int, ClauseParse] = {}

    def parse(self, sentence: Masked, grammar: ClauseGrammar) -> ClauseParse:
        """A sentence as clauses; made once, however many rules ask."""
        at = sentence.span.start
        if at not in self._parses:
            self._parses[at] = ClauseParse(sentence, grammar)
        return self._parses[at]

    def named_in(
        self, sentence: Masked, places: Iterable[int], types: Sequence[str]
    ) -> list[Mention]:
        """What the groups at some places of a sentence name, references resolved."""
        mentions = (m for p in places if p in sentence.groups for m in sentence.groups[p].mentions)
        referents = (r for m in mentions if m.type in types or m.reference for r in self.refer(m))
        return list(dict.fromkeys(r for r in referents if r.type in types))

    def speaker(self) -> Mention | None:
        """The place that an article speaks for: that of its publisher or its issuer."""
        return next((m for key, m in self.home.items() if len(key) == 1), None)

    def topic(self, position: int, types: Sequence[str], reach: int = 3) -> tuple[Mention, ...]:
        """Who the sentence of a position is about: its first agent, else that of one before."""
        number = self.discourse.number(position)
        return self.references.topic(number, position, types, reach)
