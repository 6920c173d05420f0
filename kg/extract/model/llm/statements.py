"""Align the claims that a language model quotes with the mentions of an article.

A claim must quote the text letter by letter, with both its ends in the quotation; its ends must be
names that stand, of classes between which the ontology allows it; a value must be read in it as
an amount or a date. What is not so is dropped, and counted by reason.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from itertools import product
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from kg.base.records import Span, Value
from kg.extract.claims.context import Statement, clause_of
from kg.extract.mentions.mention import QUOTES, Mention, clean
from kg.extract.search import occurrences
from kg.ontology import Relation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.extract.claims.context import ArticleContext
    from kg.extract.claims.status.denial import Denial
    from kg.extract.model.llm.proposals import LlmProposals, QuotedClaim
    from kg.ontology import Attribute, Ontology

REACH = 2  # sentences between the ends of a claim, as the network has it
# What a claim is worth that the arbiter cannot weigh, as no gold was made for its relation: too
# little for a graph that has only what is more likely right than wrong.
UNWEIGHED = 0.4


class _End(NamedTuple):
    """One end of a claim in an article: where it stands, and what it is."""

    start: int
    end: int
    thing: Mention | None
    value: Value | None = None


class _DroppedError(Exception):
    """A claim does not hold; the reason is one of ``REASONS``."""


def statements(
    context: ArticleContext, llm_proposals: LlmProposals, ontology: Ontology, denial: Denial
) -> tuple[list[Statement], Counter[str]]:
    """The statements that a language model makes of an article, and what was dropped.

    Args:
        context: The article with the names that stand.
        llm_proposals: What the model proposes of it.
        ontology: Which relations there are.
        denial: Tells what the text denies.
    """
    accepted, dropped = list[Statement](), Counter[str]()
    for quoted in llm_proposals.claims:
        try:
            accepted.append(_statement(quoted, context, llm_proposals.rule, ontology, denial))
        except _DroppedError as reason:
            dropped[str(reason)] += 1
    return accepted, dropped


def _statement(
    quoted: QuotedClaim, context: ArticleContext, rule: str, ontology: Ontology, denial: Denial
) -> Statement:
    claim = quoted.claim
    page = ontology.relations.get(claim.relation) or _attribute(claim.relation, ontology)
    if page is None:
        raise _DroppedError("relation")
    subject, other = _nearest(list(_pairs(quoted, context, page)))
    first, last = sorted((subject, other), key=lambda end: end[:2])
    sentences = context.article.sentences
    at = [bisect_right(sentences, e.start, key=attrgetter("start")) for e in (first, last)]
    if at[1] - at[0] > REACH:
        raise _DroppedError("apart")
    quote = Span(context.sentence(first.start).start, context.sentence(last.start).end)
    if quote.end < last.end:  # a name over a line's end
        raise _DroppedError("apart")
    trigger = Span(first.start, max(first.end, last.end))
    clause = clause_of(context.text, quote, Span(first.end, max(first.end, last.start)))
    words = context.text[clause.start : clause.end]
    if denial.of(words, trigger.start - clause.start, trigger.end - clause.start):
        raise _DroppedError("denied")
    assert subject.thing is not None
    return Statement(
        subject.thing,
        claim.relation,
        other.thing,
        other.value,
        quote,
        rule,
        UNWEIGHED,
        "",
        trigger,
    )


def _attribute(name: str, ontology: Ontology) -> Attribute | None:
    """The page of an attribute, if it is one that is asked for."""
    attributes = ontology.words["prompt"]["attributes"]
    return ontology.attributes.get(name) if name in attributes else None


def _pairs(
    quoted: QuotedClaim, context: ArticleContext, page: Relation | Attribute
) -> Iterator[tuple[_End, _End]]:
    """The ends that a claim may have, wherever its quotation stands in the passage."""
    claim, passage = quoted.claim, quoted.passage
    text = context.text[passage.start : passage.end]
    quotes = [passage.start + at for at in occurrences(text, claim.quote)]
    if not quotes:
        raise _DroppedError("quotation")
    if not (claim.subject in claim.quote and claim.object in claim.quote):
        raise _DroppedError("ends")
    _check_classes(quoted.types.get(claim.subject), page.domain)
    if isinstance(page, Relation):
        _check_classes(quoted.types.get(claim.object), page.range)
    for start in quotes:
        span = Span(start, start + len(claim.quote))
        subjects = list(_things(context, claim.subject, span, page.domain))
        if isinstance(page, Relation):
            others = list(_things(context, claim.object, span, page.range))
            pairs = product(subjects, others)
            yield from (pair for pair in pairs if _may_relate(*pair, page))
        else:
            yield from product(subjects, _values(context, claim.object, span, page))


def _may_relate(one: _End, other: _End, relation: Relation) -> bool:
    """Whether a relation may hold of two things: not of one and itself."""
    assert one.thing is not None
    assert other.thing is not None
    same_type = one.thing.type == other.thing.type
    same_thing = same_type and one.thing.name == other.thing.name
    return not same_thing and (same_type or not relation.same_class)


def _check_classes(types: frozenset[str] | None, allowed: Sequence[str]) -> None:
    """Refuse a name if the model gave it no class that is allowed."""
    if types and types.isdisjoint(allowed):
        raise _DroppedError("range")


def _nearest(pairs: list[tuple[_End, _End]]) -> tuple[_End, _End]:
    if not pairs:
        raise _DroppedError("range")

    def away(pair: tuple[_End, _End]) -> tuple[int, int, int]:
        one, other = pair
        return max(one.start, other.start) - min(one.end, other.end), one.start, other.start

    return min(pairs, key=away)


def _things(
    context: ArticleContext, name: str, span: Span, allowed: Sequence[str]
) -> Iterator[_End]:
    """The mentions of a name within a quotation."""
    text = context.text[span.start : span.end]
    bare, stands, fit = name.strip("".join(map(chr, QUOTES))), False, False
    for at in occurrences(text, bare) if bare else ():
        start, end = span.start + at, span.start + at + len(bare)
        for m in context.inside(Span(max(0, start - 1), end + 1)):
            if m.reference or clean(bare) != m.name:
                continue
            stands = True
            if m.type in allowed:
                fit = True
                yield _End(start, end, m)
    if not stands:
        raise _DroppedError("refused")
    if not fit:
        raise _DroppedError("range")


def _values(context: ArticleContext, words: str, span: Span, page: Attribute) -> Iterator[_End]:
    """What a value is read as within a quotation."""
    kind = "money" if page.unit else "date" if page.datatypes[0] != "string" else ""
    any_value = False
    for at in occurrences(context.text[span.start : span.end], words):
        start, end = span.start + at, span.start + at + len(words)
        if not kind:
            any_value = True
            yield _End(start, end, None, Value(clean(words), printed=clean(words)))
        for value in context.draft.values if kind else ():
            if value.kind == kind and value.start < end and start < value.end:
                any_value = True
                yield _End(value.start, value.end, None, value.value)
    if not any_value:
        raise _DroppedError("value")
