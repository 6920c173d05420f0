"""Make the weights of the reader: ``python -m kg.train network``, and ``… arbiter``.

    python -m kg.train network TEXTS… --gold gold -o reader.weights
    python -m kg.train arbiter TEXTS… --gold gold --reader reader.weights -o weights.json

TEXTS are files of articles, a line of JSON each with ``id`` and ``text``, also as ``.xz``. The
network learns from all of them what the language and the rules say, then from the gold whose
texts are among them; the arbiter learns from gold that the network has not seen.
"""

from __future__ import annotations

import argparse
import json
import lzma
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import KgError, ReadError
from kg.ontology import load
from kg.records import Document
from kg.train.standoff import ARBITER, NETWORK, with_texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


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


def network(given: argparse.Namespace) -> None:
    """Pre-train and fine-tune a network, and write it as integers."""
    from kg.train.export import export
    from kg.train.learn import FINETUNING, PRETRAINING, teach
    from kg.train.net import Net
    from kg.train.samples import Shape, about, of_gold, of_rules

    ontology, texts = load(given.ontology), dict(texts_of(given.texts))
    known = about(ontology, texts.values())
    shape = Shape(known)
    net = Net(
        4 + len(known["characters"]), 9 + 4 * len(known["tags"]),
        len(shape.classes), len(shape.predicates),
    )  # fmt: skip
    read = (Document(id_, id_, text) for id_, text in texts.items())
    teach(net, [s for d in read for s in of_rules(d, ontology, shape)], PRETRAINING, told)
    gold = with_texts(sorted(given.gold.glob("*.jsonl")), texts, NETWORK)
    teach(net, [s for d, g in gold for s in of_gold(d, g, ontology, shape)], FINETUNING, told)
    told(f"{given.output}: {export(net, known, given.output)}")


def arbiter(given: argparse.Namespace) -> None:
    """Fit the arbiter, and write its weights."""
    from kg.arbiter.linear import write
    from kg.model.network import network as reader
    from kg.train.arbiter import Lesson, learn

    gold = with_texts(sorted(given.gold.glob("*.jsonl")), dict(texts_of(given.texts)), ARBITER)
    lessons = [Lesson(document, sheet) for document, sheet in gold]
    write(given.output, learn(lessons, load(given.ontology), reader(given.reader), told))


def told(line: str) -> None:
    """Say how far it is."""
    print(line, flush=True)


def main(words: Sequence[str] | None = None) -> int:
    """Run the command; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m kg.train", description=__doc__.split(":")[0])
    commands = parser.add_subparsers(required=True)
    for name, run in (("network", network), ("arbiter", arbiter)):
        command = commands.add_parser(name, description=run.__doc__)
        command.add_argument("texts", type=Path, nargs="+")
        command.add_argument("--gold", type=Path, default=Path("gold"))
        command.add_argument("--ontology", type=Path, default=None)
        command.add_argument("-o", "--output", type=Path, required=True)
        command.set_defaults(run=run)
        if run is arbiter:
            command.add_argument("--reader", type=Path, default=None)
    given = parser.parse_args(words)
    try:
        given.run(given)
    except KgError as error:
        print(f"kg.train: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
