"""Learn from single claims that people decided, of documents that nobody marked as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kg.extract.arbiter.arbiter import Arbiter
from kg.extract.mentions.mention import folded
from kg.run.evaluate.gold import Sheet
from kg.run.train.fitting.arbiter import Learner
from kg.run.train.fitting.logistic import Example
from kg.run.train.network.samples import IGNORED, Sample, Shape, mark_names, sample_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.extract.arbiter.claims import Claim, Claims
    from kg.extract.arbiter.linear import Linear
    from kg.extract.arbiter.mentions import Proposals
    from kg.extract.arbiter.proposals import Decision
    from kg.extract.claims.context import Statement
    from kg.extract.mentions.article_draft import ArticleDraft
    from kg.extract.mentions.mention import Mention
    from kg.extract.model.network import Network
    from kg.extract.model.network_output import NetworkOutput
    from kg.ontology import Ontology
    from kg.review.decisions import ClaimReference


class Reviewed(Learner):
    """Learns from single claims that people decided; of all else it does not know.

    Args:
        ontology, seeing, fitted: As the arbiter has them.
        decided_claims: The claims, and whether each was accepted.
        shape: The alphabets and predicates of the network.
    """

    def __init__(
        self,
        ontology: Ontology,
        network: Network,
        fitted: Mapping[str, Linear],
        decided_claims: Sequence[tuple[ClaimReference, bool]],
        shape: Shape,
    ) -> None:
        super().__init__(ontology, network, fitted, Sheet())
        self.shape, self.samples = shape, list[Sample]()
        self.decided: dict[tuple[str, str, str], bool] = {}
        self.classes_of: dict[str, str] = {}
        for one, accepted in decided_claims:
            other = one.object.name if one.object else one.value.lexical if one.value else ""
            self.decided[folded(one.subject.name), one.predicate, folded(other)] = accepted
            for end in (one.subject, one.object) if accepted else ():
                if end is not None:
                    self.classes_of[folded(end.name)] = end.type

    def proposals(
        self, draft: ArticleDraft, standing: Sequence[Mention], output: NetworkOutput
    ) -> Proposals:
        """As the arbiter has them; the names of accepted claims become examples."""
        proposals = Arbiter.proposals(self, draft, standing, output)
        for one in proposals.all:
            kind = self.classes_of.get(folded(draft.text[one.start : one.end]))
            if kind is not None:
                true = kind == self.classes[one.number]
                self.of_name.append(Example(proposals.features(one), true))
        return proposals

    def claims(self, claims: Claims) -> tuple[list[Statement], list[Decision]]:
        """As the arbiter does; what was decided becomes examples, and a sample for the network."""
        sample = sample_of(claims.context.text, claims.context.draft.words.words, self.shape)
        sample.hints = claims.output.hints
        for layer in (sample.outer, sample.inner, sample.role):
            layer[:] = IGNORED
        mark_names(sample, claims.context.text, self.classes_of, self.shape)
        fits = np.zeros((len(claims.pairs), len(self.shape.predicates)), bool)
        true = np.zeros_like(fits)
        for one in claims.proposed:
            row = claims.row.get((one.claim.subject, one.claim.object))
            holds = self.says(one.claim)
            if row is not None and holds is not None:
                number = self.shape.predicates.index(one.claim.predicate)
                fits[row, number], true[row, number] = True, holds
        if fits.any():
            sample.pair(claims.ends, claims.pairs, true, fits)
            self.samples.append(sample)
        return super().claims(claims)

    def says(self, claim: Claim) -> bool | None:
        """Whether people accepted a claim; None if they did not look at it."""
        subject, other = folded(claim.subject[1]), folded(claim.object[1])
        verdict = self.decided.get((subject, claim.predicate, other))
        relation = self.ontology.relations.get(claim.predicate)
        if verdict is None and relation is not None and relation.symmetric:
            return self.decided.get((other, claim.predicate, subject))
        return verdict
