"""Make the weights of the reader: ``python -m kg.run.train label``, ``… network``, ``… arbiter``.

    python -m kg.run.train label TEXTS… --gold gold -o LABELS
    python -m kg.run.train network TEXTS… --gold gold --labels LABELS --start reader.weights -o FILE
    python -m kg.run.train memory TEXTS… --gold gold --labels LABELS -o memory.json
    python -m kg.run.train arbiter TEXTS… --gold gold --reader FILE -o weights.json
    python -m kg.run.train verdicts TEXTS… --gold gold -o weights.json
    python -m kg.run.train precision TEXTS… --gold gold -o precision.json
    python -m kg.run.train deals TEXTS… --gold gold

TEXTS are files of articles, a line of JSON each with ``id`` and ``text``, also as ``.xz``. The
reader as it is labels them (but for those that the arbiter is fitted or measured on); the network
learns from these labels and by guessing hidden characters, then from the gold whose texts are
among them; the arbiter learns from gold that the network has not seen. With the weights in their
places it is measured how many claims of each predicate are right on gold that nothing has seen.
Without ``--start`` the network begins with random numbers, and without ``--labels`` the rules
alone label for it; with ``--start`` and without ``--labels`` it learns from the gold alone.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kg.base.errors import KgError, ReadError
from kg.base.records import Document
from kg.base.usage import processors
from kg.ontology import load
from kg.run.evaluate.tallies import Scores
from kg.run.train.standoff import ARBITER, FRESH, NETWORK, TEST, read, with_texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.run.evaluate.gold import Sheet
    from kg.run.train.network.samples import Sample


# So many times a document counts that is given beside the gold: notices and plans are few among
# news, and many among what is read.
ALSO = 2
MEASURED = (TEST, FRESH)  # what nothing is trained or fitted on
# The order of articles is drawn by chance, so that a part of them is a sample of all.
SHUFFLED = 5


def texts_of(paths: Sequence[Path]) -> Iterator[tuple[str, str]]:
    """The articles of files, by id.

    Raises:
        ReadError: If a file cannot be read, or a line is no article.
    """
    for path in paths:
        try:
            with lzma.open(path, "rb") if path.suffix == ".xz" else path.open("rb") as lines:
                for number, line in enumerate(lines, 1):
                    try:
                        row = json.loads(line)
                        yield row["id"], row["text"]
                    except (ValueError, KeyError, TypeError) as error:
                        raise ReadError(f"{path}: line {number} is no article: {error}") from error
        except (OSError, lzma.LZMAError) as error:
            raise ReadError(f"{path}: cannot be read ({error})") from error


def documents_of(folder: Path) -> Iterator[tuple[Document, Sheet]]:
    """The documents of a folder whose gold, JSON as ``kg evaluate`` takes it, lies in ``gold``.

    Raises:
        ReadError: If gold is none, or its document is missing or cannot be read.
    """
    from kg.read import read as documents
    from kg.run.evaluate.gold import place_of
    from kg.run.evaluate.score import gold_of

    for gold in gold_of(folder / "gold"):
        for document in documents([place_of(gold, None, one=False)]):
            if not isinstance(document, Document):
                raise ReadError(f"{document.name}: {document.reason}")
            yield document, gold.sheet


def label(args: argparse.Namespace) -> None:
    """Label articles by the reader as it is, in files of a folder."""
    from kg.run.train.network import shards

    apart = {
        article.id
        for path in sorted(args.gold.glob("*.jsonl"))
        for article in read(path)
        if article.use != NETWORK
    }
    texts = [(id_, text) for id_, text in texts_of(args.texts) if id_ not in apart]
    random.Random(SHUFFLED).shuffle(texts)
    shards.label(texts[: args.most], args.output, args.reader, args.workers, say_progress)


def network(args: argparse.Namespace) -> None:
    """Pre-train and fine-tune a network, and write it as integers."""
    from kg.extract.model import weights
    from kg.run.train.network import shards
    from kg.run.train.network.export import export
    from kg.run.train.network.learn import ENDS_OF_SENTENCES, FINETUNING, PRETRAINING, Teaching
    from kg.run.train.network.net import Net
    from kg.run.train.network.restore import restored
    from kg.run.train.network.samples import Shape, about, of_gold, of_rules

    ontology, texts = load(args.ontology), dict(texts_of(args.texts))
    if args.start:
        begun = weights.load(args.start)
        net, known = restored(begun), begun.about
    else:
        known = about(ontology, texts.values())
        net = Net(
            4 + len(known["characters"]), 9 + 4 * len(known["tags"]),
            len(known["classes"]), len(known["predicates"]),
        )  # fmt: skip
    shape = Shape(known)
    ends = shape.alphabet.characters(ENDS_OF_SENTENCES).tolist()
    samples: list[Sample] = []
    if args.labels:
        files = sorted(args.labels.glob("*.pickle"))
        samples = [sample for path in files for sample in shards.load_samples(path)]
    elif not args.start:
        documents = (Document(id_, id_, text) for id_, text in texts.items())
        samples = [s for document in documents for s in of_rules(document, ontology, shape)]
    if samples:
        Teaching(net, PRETRAINING, ends, args.workers, say_progress).run(
            samples, PRETRAINING.epochs
        )
    gold = with_texts(sorted(args.gold.glob("*.jsonl")), texts, NETWORK)
    samples = [s for d, g in gold for s in of_gold(d, g, ontology, shape)]
    Teaching(net, FINETUNING, ends, args.workers, say_progress).run(samples, FINETUNING.epochs)
    say_progress(f"{args.output}: {export(net, known, args.output)}")


def arbiter(args: argparse.Namespace) -> None:
    """Fit the arbiter, and write its weights."""
    from kg.extract.arbiter.linear import write
    from kg.extract.model.network import network as reader
    from kg.run.train.fitting import links
    from kg.run.train.fitting.arbiter import Lesson, learn

    texts, files = dict(texts_of(args.texts)), sorted(args.gold.glob("*.jsonl"))
    articles = (article for path in files for article in read(path))
    aliases = [
        example
        for article in articles
        if article.use == NETWORK and article.id in texts
        for example in links.examples(article, texts[article.id])
    ]
    lessons = [Lesson(document, gold) for document, gold in with_texts(files, texts, ARBITER)]
    lessons += [
        Lesson(*pair, ALSO, by_heart=True) for folder in args.also for pair in documents_of(folder)
    ]
    write(
        args.output,
        learn(lessons, aliases, load(args.ontology), reader(args.reader), say_progress),
    )


def verdicts(args: argparse.Namespace) -> None:
    """Fit what readers judged of single statements, and put it among the arbiter's weights."""
    from kg.extract.arbiter import linear
    from kg.extract.model.network import network as reader
    from kg.run.train.fitting import verdicts as judged

    texts, ontology = dict(texts_of(args.texts)), load(args.ontology)
    fitted, network = linear.load(args.output), reader(args.reader)
    articles = {}
    for path in sorted((args.gold / "verdicts").glob("*.jsonl")):
        for article in judged.read(path):
            if article.id in texts:
                text = texts[article.id]
                articles[article.id] = judged.examples(article, text, ontology, network, fitted)
    count = sum(map(len, articles.values()))
    if not count:
        raise ReadError("the texts of no judged article are there; name their files as TEXTS")
    say_progress(f"{count} judged statements of {len(articles)} articles")
    # Texts that stand in the gold were written for it: signings, projects, notices.
    written = with_texts(sorted(args.gold.glob("*.jsonl")), {}, NETWORK)
    also = [one for pair in written for one in judged.of_gold(*pair, ontology, network, fitted)]
    say_progress(f"{len(also)} statements of texts written for the gold")
    linear.write(args.output, {**fitted, "verdicts": judged.learn(articles, also)})


def precision(args: argparse.Namespace) -> None:
    """Write how many claims of each predicate are right on articles that nobody trained on."""
    from kg.extract.arbiter.measured import write
    from kg.run.train import figures
    from kg.run.train.precision import measure, right

    texts, files = dict(texts_of(args.texts)), sorted(args.gold.glob("*.jsonl"))
    ontology = load(args.ontology)
    articles = {use: list(with_texts(files, texts, use)) for use in MEASURED}
    of_use = {
        use: measure(articles_of, ontology) for use, articles_of in articles.items() if articles_of
    }
    if not of_use:
        raise ReadError("the texts of no article of gold are there; name their files as TEXTS")
    scores = Scores()
    for one in of_use.values():
        scores.add(one)
    write(args.output, right(scores))
    say_progress(scores.table(reliability=True))
    if args.figures:
        now = figures.of(of_use)
        say_progress(figures.compared(figures.read(args.figures), now))
        figures.write(args.figures, now)


def deals(args: argparse.Namespace) -> None:
    """Tell how many parts of deals are right, of articles whose deals people wrote down."""
    from kg.run.evaluate.deals import measure

    texts = dict(texts_of(args.texts))
    for path in sorted((args.gold / "deals").glob("*.jsonl")):
        say_progress(f"{path}\n{measure(path, texts, load(args.ontology)).table()}")


def memory(args: argparse.Namespace) -> None:
    """Make the table of names that the arbiter remembers, from gold and labels of the network."""
    from kg.extract.arbiter.memory import write as keep
    from kg.extract.model import weights
    from kg.run.train.network import remember, shards
    from kg.run.train.network.samples import Shape

    texts, files = dict(texts_of(args.texts)), sorted(args.gold.glob("*.jsonl"))
    shape = Shape(weights.load(args.reader).about)
    gold = (remember.of_gold(d.text, one) for d, one in with_texts(files, texts, NETWORK))
    paths = sorted(args.labels.glob("*.pickle")) if args.labels else []
    labelled = (
        remember.of_label(one, shape) for path in paths for one in shards.load_samples(path)
    )
    table = remember.table(gold, labelled, shape.classes)
    keep(args.output, table)
    say_progress(f"{args.output}: {len(table)} names")


def say_progress(line: str) -> None:
    """Say how far it is."""
    print(line, flush=True)


def main(words: Sequence[str] | None = None) -> int:
    """Run the command; the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m kg.run.train", description=__doc__.split(":")[0]
    )
    commands = parser.add_subparsers(required=True)
    for run in (label, network, memory, arbiter, verdicts, precision, deals):
        command = commands.add_parser(run.__name__, description=run.__doc__)
        command.add_argument("texts", type=Path, nargs="+")
        command.add_argument("--gold", type=Path, default=Path("gold"))
        command.add_argument("--ontology", type=Path, default=None)
        if run is not deals:
            command.add_argument("-o", "--output", type=Path, required=True)
        command.set_defaults(run=run)
        if run in (label, memory, arbiter, verdicts):
            command.add_argument("--reader", type=Path, default=None)
        if run is precision:
            command.add_argument(
                "--figures", type=Path, default=None, metavar="FILE",
                help="the figures of the shipped weights: how far these lie from them is told, "
                "and FILE has these afterwards",
            )  # fmt: skip
        if run is arbiter:
            command.add_argument(
                "--also", type=Path, nargs="*", default=[], metavar="FOLDER",
                help="more documents, with their gold in FOLDER/gold",
            )  # fmt: skip
        if run in (label, network):
            command.add_argument("--workers", type=int, default=processors())
        if run is label:
            command.add_argument("--most", type=int, default=None, help="articles at most")
        if run in (network, memory):
            command.add_argument("--labels", type=Path, default=None)
        if run is network:
            command.add_argument("--start", type=Path, default=None)
    args = parser.parse_args(words)
    try:
        args.run(args)
    except KgError as error:
        print(f"kg.run.train: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
