"""Let the reader as it is label articles that nobody has marked, for a network to learn from.

What the arbiter is sure of, of rules and network together, is a label; what it is not sure of is
left open. A network that learns from many such articles and then from gold reads better than
the one that helped to label them ("self-training").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kg.extract.arbiter.arbiter import Arbiter
from kg.extract.arbiter.claims import ROLE
from kg.extract.arbiter.linear import UNIT
from kg.extract.model.tags import PLACES, mark, roles
from kg.extract.stations import DocumentState, run_relate, run_until
from kg.run.train.network.samples import IGNORED, MOST_ENDS, Sample, allowed_of, sample_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.base.records import Document
    from kg.extract.arbiter.claims import Claims
    from kg.extract.arbiter.linear import Linear
    from kg.extract.arbiter.proposals import Decision
    from kg.extract.claims.context import ArticleContext, Statement
    from kg.extract.mentions.finders.short import ShortForm
    from kg.extract.model.network import Network
    from kg.extract.model.network_output import NetworkOutput
    from kg.ontology import Ontology
    from kg.run.train.network.samples import Shape

SURE = UNIT  # log-odds from which a decision is a label: of such names 19 in 20 are right


class Teacher(Arbiter):
    """Decides like the arbiter, and keeps of each article what it is sure of as a sample."""

    def __init__(
        self, ontology: Ontology, network: Network, fitted: Mapping[str, Linear], shape: Shape
    ) -> None:
        super().__init__(ontology, network, fitted)
        self.shape = shape
        self.samples: list[Sample] = []
        self.decided: Sequence[Decision] = ()

    def propose(
        self,
        context: ArticleContext,
        statements: Sequence[Statement],
        links: Iterable[ShortForm],
        output: NetworkOutput,
        decisions: Iterable[Decision],
        proposed_by_llm: Sequence[Statement] = (),
    ) -> Claims:
        """As the arbiter does; what was decided of the names is kept for the sample."""
        self.decided = list(decisions)
        proposed = (statements, links, output, self.decided, proposed_by_llm)
        return super().propose(context, *proposed)

    def claims(self, claims: Claims) -> tuple[list[Statement], list[Decision]]:
        """As the arbiter does; the article becomes a sample."""
        sample = sample_of(claims.context.text, claims.context.draft.words.words, self.shape)
        sample.hints = claims.output.hints
        self._label_names(sample)
        scores = {one.claim: self.of_claims.score(one.features) for one in claims.proposed}
        for start, end in roles(claims.output.role):
            sample.role[start:end] = IGNORED
        for claim, score in scores.items():
            pairs = claims.pairs.get((claim.subject, claim.object), ())
            if claim.object[0] == ROLE and score >= SURE:
                for pair in pairs[:1]:
                    at = claims.ends[pair.object]
                    mark(sample.role, at.start, at.end, 1)
        if len(claims.ends) <= MOST_ENDS:
            fits = allowed_of(claims.ends, claims.pairs, self.shape)
            true = np.zeros(fits.shape, bool)
            for claim, score in scores.items():
                row = claims.row.get((claim.subject, claim.object))
                if row is not None:
                    number = self.shape.predicates.index(claim.predicate)
                    true[row, number] = score >= SURE
                    fits[row, number] &= abs(score) >= SURE
            sample.pair(claims.ends, claims.pairs, true, fits)
        self.samples.append(sample)
        return super().claims(claims)

    def _label_names(self, sample: Sample) -> None:
        """Label the names that stand for sure; what may be one, or may not, is left open."""
        accepted = [d for d in self.decided if d.accepted and d.proposal.label in self.classes]
        for decision in sorted(accepted, key=lambda d: d.proposal.span.start - d.proposal.span.end):
            at = slice(decision.proposal.span.start, decision.proposal.span.end)
            layer = sample.inner if sample.outer[at].any() else sample.outer
            if decision.score < SURE:
                layer[at] = IGNORED
            elif not layer[at].any():
                number = self.classes.index(decision.proposal.label)
                mark(layer, at.start, at.stop, 1 + PLACES * number)
        for decision in self.decided:
            if not decision.accepted and decision.score > -SURE and decision.beaten_by is None:
                at = slice(decision.proposal.span.start, decision.proposal.span.end)
                layer = sample.inner if sample.outer[at].any() else sample.outer
                if not layer[at].any():
                    layer[at] = IGNORED


def of_judged(document: Document, teacher: Teacher) -> Iterator[Sample]:
    """The articles of a document as a teacher reads them."""
    teacher.samples = []
    run_until(DocumentState(document, teacher.ontology, given_arbiter=teacher), run_relate)
    yield from teacher.samples
