"""Explain why each mention and claim of a text stands, or does not.

What is told of a decision: who made the proposal, which features weighed most for and against
it (in log-odds), what came nearest to it and was refused, and for a claim the word that the
network leans on. Where rules alone decide there is no more to tell than the rule.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.arbiter.claims import value_key
from kg.extract.arbiter.linear import UNIT, likelihood
from kg.extract.arbiter.mentions import trimmed
from kg.extract.arbiter.proposals import is_network, proposed_by
from kg.extract.arbiter.verdicts import kind
from kg.publish.explain.evidence_wording import describe_evidence
from kg.publish.explain.feature_wording import describe_feature
from kg.query.table import counted, plain, value_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.base.records import LocalClaim, Value
    from kg.extract.arbiter.linear import Linear
    from kg.extract.arbiter.proposals import Decision, Proposal
    from kg.extract.claims.context import ArticleContext
    from kg.extract.mentions.mention import Mention
    from kg.extract.stations import DocumentState

    End = frozenset[object]  # all that one end of a claim may be

# Of what was refused as much is told: what came near, to log-odds of -2, and so many.
NEAR, MOST_REFUSED = -128, 12
# Features that are told, for and against: of a claim, and of a mention.
OF_CLAIM, OF_MENTION = (4, 2), (2, 1)
LEAST = UNIT // 20  # a feature that weighs less shows as 0


@dataclass(frozen=True, slots=True)
class ExplainedDecision:
    """A decision, its article, how sure it is, and what its ends are; a mention has none."""

    decision: Decision
    context: ArticleContext
    confidence: float
    ends: tuple[End, ...]

    @property
    def proposal(self) -> Proposal:
        return self.decision.proposal

    def described(self) -> str:
        """What was proposed, and how sure that is."""
        return f"{proposal_text(self.proposal, self.context)}, confidence {self.confidence:g}"


class Reasons:
    """Why the arbiter decided as it did of one text.

    Args:
        state: The text, read; with ``leaning``, the words that the network leans on are told.
    """

    def __init__(self, state: DocumentState) -> None:
        assert state.reading is not None
        self.state, self.arbiter = state, state.arbiter
        self.entities: dict[tuple[str, str], set[int]] = {}
        for number, entity in enumerate(state.reading.entities):
            for name in (entity.name, *entity.aliases):
                self.entities.setdefault((entity.type, name), set()).add(number)
        self.mentions, self.claims = list[ExplainedDecision](), list[ExplainedDecision]()
        self.judged = list[ExplainedDecision]()  # by their words, after they were accepted
        self.standing: dict[tuple[int, str, tuple[int, int]], ExplainedDecision] = {}
        self.near: dict[int, list[ExplainedDecision]] = defaultdict(
            list
        )  # refused mentions of a scene
        for block in state.blocks:
            for context, decisions in zip(block.contexts, block.decisions, strict=False):
                for one in decisions:
                    ends = self._ends(one.proposal.args, one.proposal.value)
                    self._keep(ExplainedDecision(one, context, self._sure(one, context), ends))

    def _sure(self, one: Decision, context: ArticleContext) -> float:
        if one.by_words and self.arbiter is not None and self.arbiter.of_verdicts is not None:
            judged = kind(context, one.proposal.label, one.proposal.args[-1])
            return self.arbiter.of_verdicts.confidence(one.score, judged)
        if one.proposal.args and self.arbiter is not None:
            return self.arbiter.confidence(one.proposal.label, one.score)
        return round(likelihood(one.score), 2)

    def _keep(self, one: ExplainedDecision) -> None:
        if one.ends:
            (self.judged if one.decision.by_words else self.claims).append(one)
            return
        self.mentions.append(one)
        if one.decision.accepted:
            self.standing[id(one.context), one.proposal.label, _span(one)] = one
        elif one.decision.score >= NEAR:
            self.near[id(one.context)].append(one)

    def _ends(self, args: Sequence[Mention], value: Value | None) -> tuple[End, ...]:
        things = tuple(self._thing(m) for m in args)
        return things if value is None else (*things, frozenset([value_key(value)]))

    def _thing(self, mention: Mention) -> End:
        """The entities that a mention may name, or else itself."""
        key = mention.type, mention.name
        return frozenset(self.entities.get(key) or [key])

    def of_mention(self, mention: Mention, context: ArticleContext) -> Iterator[str]:
        """Lines on a mention that stands."""
        at = trimmed(context.text, mention.start, mention.end)
        decision = self.standing.get((id(context), mention.type, at)) if at else None
        if decision is None or self.arbiter is None:
            return
        rivals = [d for d in self.near[id(context)] if _cross(d, decision)]
        by = plain(proposed_by(decision.proposal.proposers))
        yield f"proposed by {by}, confidence {decision.confidence:g}{_ahead(rivals)}"
        weighed = _weighed(decision, self.arbiter.of_mentions, OF_MENTION)
        sides = (f"{side} {', '.join(phrases)}" for side, phrases in weighed.items() if phrases)
        if line := "; ".join(sides):
            yield line

    def of_claim(self, claim: LocalClaim) -> Iterator[str]:
        """Lines on a claim that stands."""
        if self.arbiter is None:
            return
        decision = self._decided(claim, self.claims)
        if decision is None:  # denied, or of a relation that the network does not know
            yield f"proposed by {plain(proposed_by([claim.rule]))}; it was not weighed"
            return
        rivals = [d for d in self.claims if _refused(d) and _rivals(d, decision)]
        by = plain(proposed_by(decision.proposal.proposers))
        yield f"proposed by {by}{_leaning(decision)}{_ahead(rivals)}"
        for side, phrases in _weighed(decision, self.arbiter.of_claims, OF_CLAIM).items():
            yield from (f"  {side:<7} {phrase}" for phrase in phrases)
        judged = self._decided(claim, self.judged)
        if judged is None or self.arbiter.of_verdicts is None:
            return
        yield f"by its words readers would accept {judged.confidence:.0%} of statements like this"
        for side, phrases in _weighed(judged, self.arbiter.of_verdicts, OF_CLAIM).items():
            yield from (f"  {side:<7} {phrase}" for phrase in phrases)

    def _decided(
        self, claim: LocalClaim, among: Sequence[ExplainedDecision]
    ) -> ExplainedDecision | None:
        """The decision on a claim, which may stand at several places: of its own the surest."""
        subject: End = frozenset([claim.subject])
        other: End = frozenset([claim.object if claim.value is None else value_key(claim.value)])
        relation = self.state.ontology.relations.get(claim.predicate)
        ways = [(subject, other)]
        if relation is not None and relation.symmetric:
            ways.append((other, subject))
        decisions = [
            d
            for d in among
            if d.decision.accepted
            and d.proposal.label == claim.predicate
            and any(_alike(d.ends, way) for way in ways)
        ]
        return max(
            decisions,
            key=lambda d: (claim.rule in d.proposal.proposers, _within(d, claim), d.decision.score),
            default=None,
        )

    def of_pair(self, one: Mention, other: Mention) -> str:
        """What two names without a claim lost to; nothing where rules alone decide."""
        if self.arbiter is None:
            return ""
        pair = self._thing(one), self._thing(other)
        decisions = [
            d for d in self.claims if _alike(d.ends, pair) or _alike(d.ends, (pair[1], pair[0]))
        ]
        if not decisions:
            return "neither the rules nor the network propose anything for them"
        best = max(decisions, key=lambda d: d.decision.score)
        ways = pair, pair[::-1]
        refused = [
            d
            for d in self.judged
            if _refused(d)
            and d.proposal.label == best.proposal.label
            and any(_alike(d.ends, way) for way in ways)
        ]
        if best.decision.accepted and refused:
            return f"too few readers would accept it by its words: {refused[0].described()}"
        if best.decision.accepted:
            return f"said elsewhere: {best.described()}"
        by = plain(proposed_by(best.proposal.proposers))
        return f"the best proposal is too unsure: {best.described()}, by {by}"

    def refused(self) -> Iterator[str]:
        """What was proposed and does not stand, the nearest first, and what it lost to."""
        refused = [
            d
            for d in (*self.mentions, *self.claims, *self.judged)
            if _refused(d) and d.decision.score >= NEAR
        ]
        refused.sort(key=lambda d: (-d.decision.score, _span(d), d.proposal.label))
        for one in refused[:MOST_REFUSED]:
            by = plain(proposed_by(one.proposal.proposers))
            yield f"{proposal_text(one.proposal, one.context)}  by {by}: {_lost(one)}"
        if len(refused) > MOST_REFUSED:
            yield f"and {counted(len(refused) - MOST_REFUSED, 'more proposal')}"


def _refused(one: ExplainedDecision) -> bool:
    return not one.decision.accepted


def _span(one: ExplainedDecision) -> tuple[int, int]:
    return one.proposal.span.start, one.proposal.span.end


def _cross(one: ExplainedDecision, other: ExplainedDecision) -> bool:
    """Whether two proposals share a character."""
    (start, end), (first, last) = _span(one), _span(other)
    return start < last and first < end


def _alike(ends: Sequence[End], others: Sequence[End]) -> bool:
    return len(ends) == len(others) and not any(map(frozenset.isdisjoint, ends, others))


def _rivals(one: ExplainedDecision, other: ExplainedDecision) -> bool:
    """Whether two claims are of one pair, or of one subject and predicate."""
    if one.context is not other.context or not other.ends:
        return False
    same_label = one.proposal.label == other.proposal.label and _alike(one.ends[:1], other.ends[:1])
    return same_label or _alike(one.ends, other.ends) or _alike(one.ends[::-1], other.ends)


def _within(one: ExplainedDecision, claim: LocalClaim) -> bool:
    """Whether a proposal stands in the quotation of a claim."""
    span = one.context.article.span(*_span(one))
    return claim.start <= span.start and span.end <= claim.end


def _leaning(one: ExplainedDecision) -> str:
    word = one.proposal.leant_on
    if word is None or not any(map(is_network, one.proposal.proposers)):
        return ""
    return f"; the network leans on “{plain(one.context.text[word.start : word.end])}”"


def _ahead(rivals: Iterable[ExplainedDecision]) -> str:
    best = max(rivals, key=lambda d: d.decision.score, default=None)
    return f"; ahead of {best.described()}" if best else ""


def _weighed(one: ExplainedDecision, linear: Linear, most: tuple[int, int]) -> dict[str, list[str]]:
    """The features that weigh most for a proposal and against it, with log-odds, in words."""
    weighed = [f for f in linear.weighed(one.proposal.features) if abs(f[1]) > LEAST]
    describe = describe_evidence if one.decision.by_words else describe_feature
    phrases = [(w > 0, f"{w / UNIT:+.1f} {plain(describe(feature))}") for feature, w in weighed]
    return {
        "for": [phrase for speaks, phrase in phrases if speaks][: most[0]],
        "against": [phrase for speaks, phrase in phrases if not speaks][: most[1]],
    }


def _lost(one: ExplainedDecision) -> str:
    if (other := one.decision.beaten_by) is not None:
        return f"{proposal_text(other, one.context)} stands there"
    if one.decision.by_words:
        share = f"{one.confidence:.0%}"
        return f"by its words readers would accept {share} of statements like this, too few"
    return f"confidence {one.confidence:g} is too little"


def proposal_text(proposal: Proposal, context: ArticleContext) -> str:
    """A proposal as a line: the words and the class, or the claim."""
    if not proposal.args:
        return f"{plain(context.text[proposal.span.start : proposal.span.end])} ({proposal.label})"
    ends = [plain(m.name) for m in proposal.args]
    if proposal.value is not None:
        ends.append(value_text(proposal.value, context.draft.lexicon))
    return f"{ends[0]} — {proposal.label} → {ends[-1]}"
