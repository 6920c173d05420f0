"""Teach the reader from what a user has marked, beginning with the weights that it has.

Every fifth document with gold is only measured on. The weights of the arbiter are fitted on the
others, and change only where these speak against them. The network learns from them too if that
helps: each half of them is read by a network that has learned from the other half, and by the
network as it was. Without PyTorch, and from few documents, the arbiter alone learns.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from kg.base.errors import KgError, MissingExtraError, ReadError
from kg.extract.arbiter import linear
from kg.extract.arbiter.arbiter import ARBITER, Arbiter, fitted_with
from kg.extract.model import weights
from kg.extract.model.network import Network
from kg.extract.stations import DocumentState, run_stations
from kg.query.table import counted
from kg.run.evaluate.gold import Sheet, read_sheet
from kg.run.evaluate.score import score
from kg.run.evaluate.tallies import Scores
from kg.run.train.fitting.arbiter import CLAIMED, DOUBTFUL, STANDS, Learner
from kg.run.train.fitting.logistic import FREER, KEEPING, Example, fit
from kg.run.train.network.samples import Sample, Shape, of_gold
from kg.run.train.reviewed import Reviewed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from kg.base.records import Document
    from kg.extract.arbiter.linear import Linear
    from kg.extract.model.llm import AnsweredModel
    from kg.ontology import Ontology
    from kg.run.train.marked import MarkedDocument

HELD_OUT_EVERY = 5  # every fifth document is held back
# How often the network sees a document, how fast it learns, after how many characters it changes,
# and in how many steps the rate goes up. With the long steps and the slow beginning that suit
# millions of characters, a hundred documents changed next to nothing.
EPOCHS, RATE, STEP, WARMING = 12.0, 1e-3, 3000, 10
# So much of what it learned is kept. The whole gains more on texts like those that it learned from
# (.688 instead of .647 for relations of announcements) and loses more on news (.072, not .030).
PART = 0.5
MANY = 20  # documents with gold from which on it is tried whether the network is to learn
TOTALS = ("entity all", "relation", "attribute")
COMPILED = 3_000_000  # characters from which compiling the network pays


@dataclass(frozen=True)
class TrainingResult:
    """What came of teaching.

    Attributes:
        digest: That of the new weights.
        learned, held: How many documents were learned from and measured on.
        before, after: The scores on those held back.
        network: Whether the network learned too.
    """

    digest: str
    learned: int
    held_out: int
    before: Scores
    after: Scores
    network: bool

    @property
    def gain(self) -> float:
        """What F1 of names, relations and attributes together gains on those held back."""
        return gain(self.before, self.after)

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


def gain(before: Scores, after: Scores) -> float:
    """What F1 of names, relations and attributes together gains."""
    one, other = before.rows(), after.rows()
    return sum(other[key]["f1"] - one[key]["f1"] for key in TOTALS)


def teach(
    marked: Sequence[MarkedDocument],
    ontology: Ontology,
    output: Path,
    start: Path | None = None,
    workers: int = 1,
    progress: Callable[[str], None] = lambda _: None,
    llm: AnsweredModel | None = None,
) -> TrainingResult:
    """Write weights that have learned from documents.

    Args:
        marked: The documents, as ``kg.run.train.marked.MarkedCollection`` has them.
        ontology: What is looked for.
        output: The file of the new weights; it appears when it is whole.
        start: The weights to begin with, by default the shipped ones.
        workers: Processes at a time.
        progress: Is told how far it is.
        llm: A language model that proposes too, with its answers.

    Raises:
        KgError: If there is nothing to learn from, or no folder for the new weights.
    """
    learned, held_out = split_documents(marked)
    if not learned:
        raise ReadError("no document to learn from")
    if not output.parent.is_dir():
        raise KgError(f"{output}: there is no folder {output.parent}; make it first")
    new_file = output.with_name(f".{output.name}.new")
    course = Training(ontology, Network(weights.load(start)), new_file, workers, progress, llm)
    before = course.measured(held_out, course.reader, course.prior)
    progress(f"learning from {counted(len(learned), 'document')}; held back: {len(held_out)}")
    lessons = [course.lesson(one) for one in learned]
    try:
        network = course.pays(learned, lessons)
        taught = course.network(lessons) if network else course.reader
        fitted = course.arbiter(lessons, FREER if network else KEEPING)
        about = {**course.reader.weights.about, ARBITER: linear.rows(fitted)}
        digest = weights.save(new_file, about, taught.weights.arrays)
        after = course.measured(held_out, Network(weights.load(new_file)), fitted)
        _put(new_file, output)
    finally:
        new_file.unlink(missing_ok=True)
    return TrainingResult(digest, len(learned), len(held_out), before, after, network)


def split_documents(
    marked: Sequence[MarkedDocument],
) -> tuple[list[MarkedDocument], list[MarkedDocument]]:
    """The documents to learn from, and those held back: of fewer than five with gold, none."""
    with_gold = [one for one in marked if one.gold is not None]
    with_gold.sort(key=lambda one: sha256(one.document.text.encode()).hexdigest())
    held_out = with_gold[: len(with_gold) // HELD_OUT_EVERY]
    return [one for one in marked if one not in held_out], held_out


def _put(new_file: Path, output: Path) -> None:
    """Put the new file in its place; one that is there is kept beside it."""
    if output.exists():
        output.replace(output.with_name(f"{output.name}.before"))
    new_file.replace(output)


@dataclass
class Lesson:
    """What the arbiter and the network learn from one document."""

    names: list[Example]
    claims: list[Example]
    samples: list[Sample]


class Training:
    """What is taught, and to whom.

    Args:
        ontology: What is looked for.
        reader: The network to begin with, with the weights of the arbiter that go with it.
        path: Where weights may lie in between.
        workers: Processes at a time.
        progress: Is told how far it is.
        llm: A language model that proposes too.
    """

    def __init__(
        self,
        ontology: Ontology,
        reader: Network,
        path: Path,
        workers: int,
        progress: Callable[[str], None],
        llm: AnsweredModel | None = None,
    ) -> None:
        self.ontology, self.reader, self.prior = ontology, reader, fitted_with(reader)
        self.path, self.workers, self.progress = path, workers, progress
        self.speaker = llm

    def lesson(self, one: MarkedDocument) -> Lesson:
        """What is learned from a document."""
        shape = Shape(self.reader.weights.about)
        if one.gold is None:
            reviewed = Reviewed(self.ontology, self.reader, self.prior, one.decided_claims, shape)
            run_stations(
                DocumentState(one.document, self.ontology, given_arbiter=reviewed, llm=self.speaker)
            )
            return Lesson(reviewed.of_name, reviewed.of_claim, reviewed.samples)
        learner = Learner(self.ontology, self.reader, self.prior, one.gold)
        run_stations(
            DocumentState(one.document, self.ontology, given_arbiter=learner, llm=self.speaker)
        )
        samples = list(of_gold(one.document, one.gold, self.ontology, shape))
        return Lesson(learner.of_name, learner.of_claim, samples)

    def arbiter(self, lessons: Sequence[Lesson], keeping: float) -> dict[str, Linear]:
        """The weights of an arbiter that has learned.

        Args:
            lessons: What it learns from, as the network saw it before it learned.
            keeping: As ``fit`` has it.
        """
        names = [example for one in lessons for example in one.names]
        claims = [example for one in lessons for example in one.claims]
        return {
            **self.prior,
            "mentions": fit(names, STANDS, DOUBTFUL, prior=self.prior["mentions"], keeping=keeping),
            "claims": fit(claims, CLAIMED, CLAIMED, prior=self.prior["claims"], keeping=keeping),
        }

    def network(self, lessons: Sequence[Lesson]) -> Network:
        """A network that has learned, half-way between what it was and what it became."""
        from kg.run.train.network.export import export
        from kg.run.train.network.learn import ENDS_OF_SENTENCES, FINETUNING, Teaching
        from kg.run.train.network.restore import restored

        samples = [sample for one in lessons for sample in one.samples]
        net = restored(self.reader.weights)
        ends = self.reader.alphabet.characters(ENDS_OF_SENTENCES).tolist()
        recipe = FINETUNING._replace(epochs=EPOCHS, rate=RATE, step=STEP, warming=WARMING)
        much = EPOCHS * sum(len(sample.outer) for sample in samples) > COMPILED
        Teaching(net, recipe, ends, self.workers, self.progress, compiles=much).run(samples, EPOCHS)
        net.interpolate(restored(self.reader.weights), 1 - PART)
        export(net, self.reader.weights.about, self.path)
        return Network(weights.load(self.path))

    def pays(self, learned: Sequence[MarkedDocument], lessons: Sequence[Lesson]) -> bool:
        """Whether documents like these are read better if the network learns from them."""
        whole = [both for both in zip(learned, lessons, strict=True) if both[0].gold is not None]
        if len(whole) < MANY:
            self.progress(
                f"the arbiter alone learns (the network from {MANY} documents with gold on)"
            )
            return False
        alone, both = Scores(), Scores()
        try:
            for half in (0, 1):
                half_lessons = [lesson for _, lesson in whole[half::2]]
                others = [one for one, _ in whole[1 - half :: 2]]
                self.measured(others, self.reader, self.arbiter(half_lessons, KEEPING), alone)
                self.measured(
                    others, self.network(half_lessons), self.arbiter(half_lessons, FREER), both
                )
        except MissingExtraError as error:
            self.progress(f"the arbiter alone learns ({error})")
            return False
        gained = gain(alone, both)
        who = "the network learns too" if gained > 0 else "the arbiter alone learns"
        self.progress(
            f"{who}: with it, halves that learn from each other change by {gained:+.3f} of F1"
        )
        return gained > 0

    def measured(
        self,
        documents: Sequence[MarkedDocument],
        network: Network,
        fitted: Mapping[str, Linear],
        scores: Scores | None = None,
    ) -> Scores:
        """The scores of a network with an arbiter on documents, added to others if there are."""
        scores = Scores() if scores is None else scores
        arbiter = Arbiter(self.ontology, network, fitted)
        for one in documents:
            assert one.gold is not None
            sheet = _sheet_of(one.document, arbiter, self.speaker)
            tallies, scores.errors[one.document.name] = score(one.gold, sheet)
            for key, tally in tallies.items():
                scores.tallies[key] += tally
        return scores


def _sheet_of(document: Document, arbiter: Arbiter, llm: AnsweredModel | None) -> Sheet:
    reading = run_stations(
        DocumentState(document, arbiter.ontology, given_arbiter=arbiter, llm=llm)
    )
    return read_sheet([(document, reading)], arbiter.ontology)
