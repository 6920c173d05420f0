"""Decide which proposed names stand, and make mentions of them.

The surest proposals are accepted first; none may cross another, and one inside another is kept
as an inner name.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.base.records import Span
from kg.extract.arbiter.mentions.spans import quoted, trimmed
from kg.extract.arbiter.proposals import Decision, Proposal
from kg.extract.mentions.mention import Mention, clean
from kg.extract.model.tags import TaggedSpan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.extract.arbiter.linear import Linear
    from kg.extract.arbiter.mentions.proposed import Proposals
    from kg.extract.mentions.subtypes import Subtypes


def decide(
    proposals: Proposals, linear: Linear, reader: str, own: Sequence[Mention] = ()
) -> list[Decision]:
    """Accept the surest proposals first; each decision names what it lost to.

    Args:
        proposals: What is proposed.
        linear: The weights.
        reader: What proposals of the network are told to come from.
        own: Names of classes that only rules know: they stand whatever is proposed over them.
    """
    scored = []
    for one in proposals.all:
        features = proposals.features(one)
        scored.append((linear.score(features), one, features))
    accepted_spans = AcceptedSpans()
    for m in own:
        if at := trimmed(proposals.text, m.start, m.end):
            accepted_spans.add(
                TaggedSpan(*at, -1), Proposal(m.type, Span(*at), (), None, (m.rule,), ())
            )
    decisions = []
    for score, one, features in sorted(scored, key=lambda s: (-s[0], s[1])):
        proposal = _proposal(proposals, one, features, reader)
        beaten = accepted_spans.against(one) if score >= linear.doubtful else None
        accepted = score >= linear.doubtful and beaten is None
        decisions.append(Decision(proposal, score, accepted, beaten))
        if accepted:
            accepted_spans.add(one, proposal)
    return decisions


class AcceptedSpans:
    """The names that were accepted, by the characters that they cover."""

    def __init__(self) -> None:
        self.at: dict[int, list[tuple[TaggedSpan, Proposal]]] = defaultdict(list)

    def add(self, one: TaggedSpan, proposal: Proposal) -> None:
        """Accept a name."""
        for position in range(one.start, one.end):
            self.at[position].append((one, proposal))

    def against(self, one: TaggedSpan) -> Proposal | None:
        """What leaves no room for a name: one of the same stretch, or one that it crosses."""
        for position in range(one.start, one.end):
            for other, proposal in self.at.get(position, ()):
                inside = other.start <= one.start and one.end <= other.end
                around = one.start <= other.start and other.end <= one.end
                if (inside and around) or not (inside or around):
                    return proposal
        return None

    def around(self, one: TaggedSpan) -> bool:
        """Whether a name lies within a longer one."""
        return any(
            other[:2] != one[:2] and other.start <= one.start and one.end <= other.end
            for other, _ in self.at.get(one.start, ())
        )


def _proposal(
    proposals: Proposals, one: TaggedSpan, features: tuple[str, ...], reader: str
) -> Proposal:
    by = proposals.proposers(one)
    if one in proposals.scored.outer or one in proposals.scored.inner:
        by.append(reader)
    if one in proposals.by_llm and proposals.draft.llm_proposals is not None:
        by.append(proposals.draft.llm_proposals.rule)
    span = Span(one.start, one.end)
    return Proposal(proposals.classes[one.number], span, (), None, tuple(by), features)


def accepted(
    decisions: Sequence[Decision],
    proposals: Proposals,
    linear: Linear,
    reader: str,
    subtypes: Subtypes,
) -> list[Mention]:
    """The mentions that stand: those of rules as they found them, those of the network as new.

    What is doubtful is weak: it counts only where a claim is made of it.
    """
    numbers = {name: i for i, name in enumerate(proposals.classes)}
    accepted, standing = AcceptedSpans(), list[tuple[TaggedSpan, Decision]]()
    for decision in decisions:
        if decision.accepted:
            span = decision.proposal.span
            one = TaggedSpan(span.start, span.end, numbers[decision.proposal.label])
            accepted.add(one, decision.proposal)
            standing.append((one, decision))
    mentions = []
    for one, decision in standing:
        m = _mention(proposals, one, reader, subtypes)
        needs_claim = decision.score < linear.threshold
        m = replace(
            m, nested=accepted.around(one), needs_claim=needs_claim, arbiter_score=decision.score
        )
        mentions.append(m.in_article(proposals.draft.number))
    return sorted(mentions, key=lambda m: (m.start, -m.end))


def _mention(proposals: Proposals, one: TaggedSpan, reader: str, subtypes: Subtypes) -> Mention:
    if one in proposals.standing:
        return proposals.standing[one]
    if one in proposals.rules:
        return max(proposals.rules[one], key=lambda m: (not m.needs_claim, m.score, m.rule))
    text, kind = proposals.text, proposals.classes[one.number]
    name = clean(text[one.start : one.end])
    start, end = quoted(text, one.start, one.end)
    by_network = one in proposals.scored.outer or one in proposals.scored.inner
    llm_proposals = proposals.draft.llm_proposals if not by_network else None
    rule = llm_proposals.rule if llm_proposals is not None else reader
    return Mention(start, end, kind, name, rule, subtypes.of(kind, name))
