"""Decide with the arbiter of this process between what rules, tables and the network propose."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from kg.base.records import Span, Value
from kg.extract.arbiter import linear, mentions
from kg.extract.arbiter import memory as memories
from kg.extract.arbiter.claims import LEAST, ROLE, Claim, Claims, Key, Names, Proposed
from kg.extract.arbiter.linear import ATTRIBUTE, RELATION
from kg.extract.arbiter.mentions import NetworkNames, Proposals
from kg.extract.arbiter.proposals import NETWORK, Decision, Proposal
from kg.extract.claims.context import Statement, clause_of
from kg.extract.claims.status.denial import Denial
from kg.extract.mentions.finders.address import chain
from kg.extract.mentions.mention import clean
from kg.extract.mentions.subtypes import Subtypes
from kg.extract.model.network import Network, network
from kg.extract.model.network_output import NetworkOutput
from kg.extract.model.pairs import Scorer, allowed_by
from kg.extract.model.weights import digest_of
from kg.ontology import Ontology, load
from kg.ontology.places import Places

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.extract.arbiter.linear import Linear
    from kg.extract.claims.context import ArticleContext
    from kg.extract.mentions.article_draft import ArticleDraft
    from kg.extract.mentions.finders.short import ShortForm
    from kg.extract.mentions.mention import Mention

ARBITER = "arbiter"  # where a file of weights has those of the arbiter
CONTENT = attrgetter("subject", "predicate", "object", "value")
LLM_FEATURE = re.compile(r"(?:^|\w )llm (?:yes|no)$")  # a feature of what a language model says
RULES, LEARNED = "rules", "learned"


class Arbiter:
    """Decides with certain weights for a certain ontology.

    Args:
        ontology: Classes and predicates that it has not are none; of those that the network
            does not know, rules alone decide.
        seeing: The network.
        fitted: The weights of what decides mentions and claims.
    """

    def __init__(self, ontology: Ontology, seeing: Network, fitted: Mapping[str, Linear]) -> None:
        self.ontology, self.network = ontology, seeing
        self.of_mentions, self.of_claims = fitted["mentions"], fitted["claims"]
        self.of_aliases, self.of_verdicts = fitted["links"], fitted.get("verdicts")
        self.rule = f"{NETWORK}{seeing.weights.digest}"
        self.classes: list[str] = seeing.weights.about["classes"]
        self.known_classes = frozenset(self.classes) & ontology.classes.keys()
        self.scorer = Scorer(seeing)
        self.allowed = allowed_by(seeing.weights.about)
        self._restrict()
        self.subtypes, self.denial = Subtypes(ontology), Denial(ontology)
        self.together = frozenset(ontology.lexicon.values.together)
        self.listed = frozenset(ontology.lexicon.grammar.listed)
        self.places = Places.load(ontology)
        self.located = {k.name for k in ontology.classes.values() if k.identified_by == "place"}

    def _restrict(self) -> None:
        """Allow no predicate that the ontology has not, and none between other classes."""
        relations, attributes = self.ontology.relations, self.ontology.attributes
        kinds = self.scorer.kinds
        for number, name in enumerate(self.scorer.predicates):
            if name in relations:
                domain, range_ = relations[name].domain, relations[name].range
            elif name in attributes:
                domain, range_ = attributes[name].domain, tuple(set(kinds) - set(self.classes))
            else:
                domain, range_ = (), ()
            for i, one in enumerate(kinds):
                for j, other in enumerate(kinds):
                    if one not in domain or other not in range_:
                        self.allowed[i, j, number] = False

    def run_network(self, draft: ArticleDraft, standing: Iterable[Mention]) -> NetworkOutput:
        """What the network sees in an article, and in the mentions that rules let stand."""
        hints = mentions.hints(draft.text, standing)
        return NetworkOutput(self.network, draft.text, draft.words.words, hints)

    def proposals(
        self, draft: ArticleDraft, standing: Sequence[Mention], output: NetworkOutput
    ) -> Proposals:
        """All that is proposed for the names of an article."""
        scored = NetworkNames(output.outer, output.inner)
        memory = memories.load()
        return Proposals(draft, standing, scored, self.classes, self.located, memory)

    def mentions(
        self, draft: ArticleDraft, standing: Sequence[Mention], output: NetworkOutput
    ) -> tuple[list[Mention], list[Decision]]:
        """The names of an article that stand, and every decision.

        Args:
            draft: The article, with what every rule found in it.
            standing: The mentions that the rules by themselves would let stand.
            output: What the network sees in it.
        """
        proposals = self.proposals(draft, standing, output)
        own = [m for m in standing if not m.reference and m.type not in self.known_classes]
        decisions = mentions.decide(proposals, self.of_mentions, self.rule, own)
        names = mentions.accepted(decisions, proposals, self.of_mentions, self.rule, self.subtypes)
        names = [m for m in names if m.type in self.known_classes]
        # 甲市乙区: 乙区 is named, and says itself that it is printed so.
        printed = {(m.type, name, m.end) for m in names for name in m.other_names}
        names = [m for m in names if (m.type, m.name, m.end) not in printed]
        covered = bytearray(len(draft.text))
        for m in names:
            covered[m.start : m.end] = b"\1" * (m.end - m.start)
        names += own
        names += [m for m in standing if m.reference and not any(covered[m.start : m.end])]
        return self._chained(names, draft), decisions

    def _chained(self, names: Iterable[Mention], draft: ArticleDraft) -> list[Mention]:
        """Link the places that are written one within the other."""
        groups: dict[bool, list[Mention]] = defaultdict(list)
        for m in names:
            groups[m.type in self.located and not m.nested and not m.reference].append(m)
        linked = chain(groups[True], draft.text, self.places)
        return sorted([*groups[False], *linked], key=lambda m: (m.start, -m.end, m.type))

    def propose(
        self,
        context: ArticleContext,
        statements: Sequence[Statement],
        links: Iterable[ShortForm],
        output: NetworkOutput,
        decisions: Iterable[Decision],
        proposed_by_llm: Sequence[Statement] = (),
    ) -> Claims:
        """All that is proposed of an article.

        Args:
            context: The article with the names that stand.
            statements: What the rules state.
            links: The short names that the article defines.
            output: What the network sees in it.
            decisions: What was decided of its names.
            proposed_by_llm: What a language model states.
        """
        names = Names(links)
        sure: dict[Key, int] = {}
        for decision in decisions:
            if decision.accepted:
                span = decision.proposal.span
                name = clean(context.text[span.start : span.end])
                key = names.key(decision.proposal.label, name)
                sure[key] = max(sure.get(key, decision.score), decision.score)
        return Claims(
            context,
            statements,
            names,
            output,
            self.scorer,
            self.allowed,
            sure,
            self.together,
            self.listed,
            proposed_by_llm,
        )

    def claims(self, claims: Claims) -> tuple[list[Statement], list[Decision]]:
        """The statements of an article that stand, and every decision, as they were proposed."""
        scores = {one.claim: self.of_claims.score(one.features) for one in claims.proposed}
        stand = {claim: s for claim, s in scores.items() if s >= self.of_claims.threshold}
        accepted: list[Statement] = []
        for one in claims.statements:
            claim = claims.claim(one)
            if claim is None or one.denied:
                accepted.append(one)
            elif claim in stand:
                sure = self.confidence(claim.predicate, stand[claim])
                accepted.append(replace(one, confidence=sure))
        decisions = []
        for new in claims.proposed:
            decisions.append(self._decision(claims, new, scores[new.claim]))
            if new.rules or new.claim in claims.denied or self._mirrored(new.claim, claims, stand):
                continue
            if new.claim in stand:
                statement = self._new_statement(claims, new, stand[new.claim])
                accepted += [statement] if statement is not None else []
        contents = set(map(CONTENT, accepted))
        accepted += [one for one in claims.unweighed if CONTENT(one) not in contents]
        return accepted, decisions

    def _new_statement(self, claims: Claims, one: Proposed, score: int) -> Statement | None:
        """The statement of a claim of the network, or of a language model that makes it stand."""
        llm_statement = claims.by_model.get(one.claim)
        alone = [f for f in one.features if not LLM_FEATURE.search(f)]
        if llm_statement is None or self.of_claims.score(alone) >= self.of_claims.threshold:
            statement = self._statement(claims, one, score)
            if statement is not None or llm_statement is None:
                return statement
        return replace(llm_statement, confidence=self.confidence(one.claim.predicate, score))

    def confidence(self, predicate: str, score: int) -> float:
        """What share of the claims of a predicate's kind with a score are right."""
        kind = RELATION if predicate in self.ontology.relations else ATTRIBUTE
        return self.of_claims.confidence(score, kind)

    def _mirrored(self, claim: Claim, claims: Claims, stand: Mapping[Claim, int]) -> bool:
        """Whether a claim of a symmetric relation stands the other way round already."""
        relation = self.ontology.relations.get(claim.predicate)
        turned = Claim(claim.object, claim.predicate, claim.subject)
        if relation is None or not relation.symmetric or turned not in stand:
            return False
        return turned in claims.by_rule or (stand[turned], turned) > (stand.get(claim, 0), claim)

    def _statement(self, claims: Claims, one: Proposed, score: int) -> Statement | None:
        """The statement of a claim that only the network proposes, with what it rests on."""
        if one.pair is None:
            return None
        context, pair = claims.context, one.pair
        subject, object_ = claims.mentions[pair.subject], claims.mentions[pair.object]
        value = self._value(claims, one)
        if subject is None or (object_ is None and value is None):
            return None
        first, last = claims.ends_in_order(pair)
        quote = Span(context.sentence(first.start).start, context.sentence(last.start).end)
        if quote.end < last.end:  # a name over a line's end
            return None
        trigger = self._trigger(claims, first.end, last.start) or Span(
            first.start, max(first.end, last.end)
        )
        clause = clause_of(context.text, quote, trigger)
        denied = self.denial.of(
            context.text[clause.start : clause.end],
            trigger.start - clause.start,
            trigger.end - clause.start,
        )
        return Statement(
            subject,
            one.claim.predicate,
            object_,
            value,
            quote,
            self.rule,
            self.confidence(one.claim.predicate, score),
            "",
            trigger,
            denied,
        )

    def _value(self, claims: Claims, one: Proposed) -> Value | None:
        key = one.claim.object
        if values := claims.values.get(key):
            at = claims.ends[one.pair.object].start if one.pair else -1
            return next((f.value for f in values if f.start == at), values[0].value)
        return Value(key[1], printed=key[1]) if key[0] == ROLE else None

    def _trigger(self, claims: Claims, start: int, end: int) -> Span | None:
        """The word between two ends that weighs most for the network."""
        if end <= start:
            return None
        at = self.scorer.leans(claims.output.states, start, end)
        word = claims.context.draft.words.at(at)
        return Span(max(start, word.start), min(end, word.end))

    def with_leant_on(self, claims: Claims, decisions: Iterable[Decision]) -> Iterator[Decision]:
        """Decisions on claims, each with the word that the network leans on.

        Args:
            claims: All that is proposed of an article.
            decisions: What was decided of each, in their order.
        """
        for one, decision in zip(claims.proposed, decisions, strict=True):
            word = None
            if one.pair is not None:
                first, last = claims.ends_in_order(one.pair)
                word = self._trigger(claims, first.end, last.start)
            yield replace(decision, proposal=replace(decision.proposal, leant_on=word))

    def _decision(self, claims: Claims, one: Proposed, score: int) -> Decision:
        accepted = score >= self.of_claims.threshold
        by = (*one.rules, self.rule) if one.score >= LEAST else one.rules
        if llm_statement := claims.by_model.get(one.claim):
            by = (*by, llm_statement.rule)
        label = one.claim.predicate
        if one.pair is None:  # rules state it of two that the network was not asked about
            statement = (claims.by_rule.get(one.claim) or [claims.by_model[one.claim]])[0]
            args = tuple(m for m in (statement.subject, statement.object) if m is not None)
            proposal = Proposal(label, statement.span, args, statement.value, by, one.features)
            return Decision(proposal, score, accepted)
        first, last = claims.ends_in_order(one.pair)
        span = Span(first.start, max(first.end, last.end))
        ends = (claims.mentions[i] for i in (one.pair.subject, one.pair.object))
        args = tuple(m for m in ends if m is not None)
        value = None if one.claim.object[0] in self.classes else self._value(claims, one)
        return Decision(Proposal(label, span, args, value, by, one.features), score, accepted)


@lru_cache(maxsize=4)
def arbiter_of(folder: str, weights: Path | None = None) -> Arbiter:
    """The arbiter for the ontology in a folder; one for a process."""
    seeing = network(weights)
    return Arbiter(load(folder), seeing, fitted_with(seeing))


def fitted_with(seeing: Network) -> Mapping[str, Linear]:
    """The weights of the arbiter that were fitted to a network, or those of this installation.

    ``kg train`` keeps both in one file.
    """
    own = seeing.weights.about.get(ARBITER)
    return linear.read(own) if own else linear.load()


def _reader_settings() -> tuple[bool, Path | None]:
    """Whether rules alone decide, and else by which weights, as ``KG_READER`` says."""
    reader = os.environ.get("KG_READER", "") or LEARNED
    return reader == RULES, None if reader in (RULES, LEARNED) else Path(reader)


def reader_name() -> str:
    """What decides in this process, so that it can be told whether a reading is still good."""
    rules_alone, weights = _reader_settings()
    if rules_alone:
        return RULES
    fitted = sha256(linear.SHIPPED.read_bytes() + memories.SHIPPED.read_bytes()).hexdigest()
    return f"{digest_of(weights)} {fitted}"


def uses_shipped_weights() -> bool:
    """Whether what this installation ships decides: not rules alone, and no other weights."""
    return _reader_settings() == (False, None)


def installed_arbiter(folder: str) -> Arbiter | None:
    """The arbiter that ``KG_READER`` asks for; None if rules alone decide.

    It is ``learned``, or nothing, for the weights of this installation, a file for others, and
    ``rules`` for rules alone.
    """
    rules_alone, weights = _reader_settings()
    return None if rules_alone else arbiter_of(folder, weights)
