"""Teach the reader from what a user has marked, beginning with the weights that it has.

Every fifth document with gold is only measured on. The network learns from the others, gently,
so that it keeps what it knows; the weights of the arbiter are fitted on the same documents, as
the network saw them before, and change only where these documents speak against them. Without
PyTorch the arbiter alone learns.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import numpy as np

from kg.annotate.mention import folded
from kg.arbiter import linear
from kg.arbiter.judge import ARBITER, Judge, fitted_with
from kg.errors import MissingExtraError, ReadError
from kg.gold import Sheet, read_sheet
from kg.model import weights
from kg.model.network import Network
from kg.publish.table import counted
from kg.score import Scores, score
from kg.stations import Work, worked
from kg.train.arbiter import CLAIMED, DOUBTFUL, STANDS, Learner
from kg.train.logistic import Example, fit
from kg.train.samples import IGNORED, Sample, Shape, mark_names, of_gold, sample_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from kg.annotate.draft import Draft
    from kg.annotate.mention import Mention
    from kg.arbiter.claims import Claim, Claims
    from kg.arbiter.linear import Linear
    from kg.arbiter.mentions import Proposals
    from kg.arbiter.proposals import Decision
    from kg.model.sight import Sight
    from kg.ontology import Ontology
    from kg.records import Document
    from kg.relate.scene import Stated
    from kg.review.decisions import Said
    from kg.train.marked import Marked

HELD = 5  # every fifth document is held back
# How often the network sees a document, and how fast it learns. Eight times at 2e-4, with freer
# weights of the arbiter, lost .02 of F1 on names of documents held back.
EPOCHS, RATE = 4.0, 1e-4
TOTALS = ("entity all", "relation", "attribute")
COMPILED = 3_000_000  # characters from which compiling the network pays


@dataclass(frozen=True)
class Taught:
    """What came of teaching.

    Attributes:
        digest: That of the new weights.
        learned, held: How many documents were learned from and measured on.
        before, after: The scores on those held back.
        network: Whether the network learned too.
    """

    digest: str
    learned: int
    held: int
    before: Scores
    after: Scores
    network: bool

    @property
    def gain(self) -> float:
        """What F1 of names, relations and attributes together gains on those held back."""
        before, after = self.before.rows(), self.after.rows()
        return sum(after[key]["f1"] - before[key]["f1"] for key in TOTALS)

    def table(self) -> str:
        """Precision, recall and F1 of the totals before and after."""
        lines = []
        rows = zip(self.before.rows().items(), self.after.rows().values(), strict=False)
        for (name, before), after in rows:
            if "/" not in name:
                cells = [
                    f"{sort} {before[key]:.3f} → {after[key]:.3f}"
                    for sort, key in (("P", "p"), ("R", "r"), ("F1", "f1"))
                ]
                lines.append(f"{name:12} {'   '.join(cells)}")
        return "\n".join(lines) + "\n"


def teach(
    marked: Sequence[Marked],
    ontology: Ontology,
    output: Path,
    start: Path | None = None,
    workers: int = 1,
    told: Callable[[str], None] = lambda _: None,
) -> Taught:
    """Write weights that have learned from documents.

    Args:
        marked: The documents, as ``kg.train.marked.Gathering`` has them.
        ontology: What is looked for.
        output: The file of the new weights; it appears when it is whole.
        start: The weights to begin with, by default the shipped ones.
        workers: Processes at a time.
        told: Is told how far it is.

    Raises:
        ReadError: If there is nothing to learn from.
    """
    learned, held = parted(marked)
    if not learned:
        raise ReadError("no document to learn from")
    seeing = Network(weights.load(start))
    prior = fitted_with(seeing)
    before = _measured(held, Judge(ontology, seeing, prior))
    told(f"learning from {counted(len(learned), 'document')}; held back: {len(held)}")
    fitted, samples = _attended(learned, ontology, seeing, prior)
    about = {**seeing.weights.about, ARBITER: linear.rows(fitted)}
    fresh = output.with_name(f".{output.name}.new")
    try:
        network = _network(samples, seeing, about, fresh, workers, told)
        digest = weights.load(fresh).digest
        after = _measured(held, Judge(ontology, Network(weights.load(fresh)), fitted))
        _put(fresh, output)
    finally:
        fresh.unlink(missing_ok=True)
    return Taught(digest, len(learned), len(held), before, after, network)


def parted(marked: Sequence[Marked]) -> tuple[list[Marked], list[Marked]]:
    """The documents to learn from, and those held back: of fewer than five with gold, none."""
    with_gold = [one for one in marked if one.gold is not None]
    with_gold.sort(key=lambda one: sha256(one.document.text.encode()).hexdigest())
    held = with_gold[: len(with_gold) // HELD]
    return [one for one in marked if one not in held], held


def _put(fresh: Path, output: Path) -> None:
    """Put the new file in its place; one that is there is kept beside it."""
    if output.exists():
        output.replace(output.with_name(f"{output.name}.before"))
    fresh.replace(output)


def _measured(held: Sequence[Marked], judge: Judge) -> Scores:
    scores = Scores()
    for one in held:
        assert one.gold is not None
        tallies, scores.errors[one.document.name] = score(one.gold, _said(one.document, judge))
        for key, tally in tallies.items():
            scores.tallies[key] += tally
    return scores


def _said(document: Document, judge: Judge) -> Sheet:
    reading = worked(Work(document, judge.ontology, by=judge))
    return read_sheet([(document, reading)], judge.ontology)


def _attended(
    learned: Sequence[Marked], ontology: Ontology, seeing: Network, prior: Mapping[str, Linear]
) -> tuple[dict[str, Linear], list[Sample]]:
    """The weights of the arbiter, and what the network learns from."""
    names, claims, samples = list[Example](), list[Example](), list[Sample]()
    shape = Shape(seeing.weights.about)
    for one in learned:
        learner: Learner
        if one.gold is not None:
            learner = Learner(ontology, seeing, prior, one.gold)
            samples += of_gold(one.document, one.gold, ontology, shape)
        else:
            learner = Reviewed(ontology, seeing, prior, one.said, shape)
        worked(Work(one.document, ontology, by=learner))
        names += learner.of_name
        claims += learner.of_claim
        samples += learner.samples if isinstance(learner, Reviewed) else []
    fitted = {
        "mentions": fit(names, STANDS, DOUBTFUL, prior=prior["mentions"]),
        "claims": fit(claims, CLAIMED, CLAIMED, prior=prior["claims"]),
        "links": prior["links"],
    }
    return fitted, samples


def _network(
    samples: Sequence[Sample],
    seeing: Network,
    about: Mapping[str, Any],
    path: Path,
    workers: int,
    told: Callable[[str], None],
) -> bool:
    """Write the weights of both; whether the network learned."""
    try:
        from kg.train.export import export
        from kg.train.learn import ENDS_OF_SENTENCES, FINETUNING, Teaching
        from kg.train.restore import restored
    except MissingExtraError as error:
        told(f"the arbiter alone learns ({error})")
        weights.save(path, about, seeing.weights.arrays)
        return False
    net = restored(seeing.weights)
    ends = seeing.alphabet.characters(ENDS_OF_SENTENCES).tolist()
    recipe = FINETUNING._replace(epochs=EPOCHS, rate=RATE)
    much = EPOCHS * sum(len(sample.outer) for sample in samples) > COMPILED
    Teaching(net, recipe, ends, workers, told, compiles=much).run(samples, recipe.epochs)
    export(net, about, path)
    return True


class Reviewed(Learner):
    """Learns from single claims that people decided; of all else it does not know.

    Args:
        ontology, seeing, fitted: As the judge has them.
        said: The claims, and whether each was accepted.
        shape: The alphabets and predicates of the network.
    """

    def __init__(
        self,
        ontology: Ontology,
        seeing: Network,
        fitted: Mapping[str, Linear],
        said: Sequence[tuple[Said, bool]],
        shape: Shape,
    ) -> None:
        super().__init__(ontology, seeing, fitted, Sheet())
        self.shape, self.samples = shape, list[Sample]()
        self.decided: dict[tuple[str, str, str], bool] = {}
        self.classes_of: dict[str, str] = {}
        for one, accepted in said:
            other = one.object.name if one.object else one.value.lexical if one.value else ""
            self.decided[folded(one.subject.name), one.predicate, folded(other)] = accepted
            for end in (one.subject, one.object) if accepted else ():
                if end is not None:
                    self.classes_of[folded(end.name)] = end.type

    def proposals(self, draft: Draft, standing: Sequence[Mention], sight: Sight) -> Proposals:
        """As the judge has them; the names of accepted claims become examples."""
        proposals = Judge.proposals(self, draft, standing, sight)
        for one in proposals.all:
            kind = self.classes_of.get(folded(draft.text[one.start : one.end]))
            if kind is not None:
                true = kind == self.classes[one.number]
                self.of_name.append(Example(proposals.features(one), true))
        return proposals

    def claims(self, claims: Claims) -> tuple[list[Stated], list[Decision]]:
        """As the judge does; what was decided becomes examples, and a sample for the network."""
        sample = sample_of(claims.scene.text, claims.scene.draft.words.words, self.shape)
        sample.hints = claims.sight.hints
        for layer in (sample.outer, sample.inner, sample.role):
            layer[:] = IGNORED
        mark_names(sample, claims.scene.text, self.classes_of, self.shape)
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
        found = self.decided.get((subject, claim.predicate, other))
        relation = self.ontology.relations.get(claim.predicate)
        if found is None and relation is not None and relation.symmetric:
            return self.decided.get((other, claim.predicate, subject))
        return found
