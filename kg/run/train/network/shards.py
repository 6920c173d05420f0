"""Label articles once, in several processes, and keep them in files of a few hundred."""

from __future__ import annotations

import pickle
from functools import lru_cache
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

from kg.base.records import Document
from kg.extract.arbiter import linear
from kg.extract.model.network import network
from kg.ontology import load
from kg.run.train.network.samples import Sample, Shape
from kg.run.train.network.teacher import Teacher, of_judged

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

ARTICLES = 400  # of a file


def label(
    texts: Sequence[tuple[str, str]],
    folder: Path,
    reader: Path | None,
    workers: int,
    progress: Callable[[str], None],
) -> None:
    """Write what the reader as it is says of articles; files that are there are kept.

    Args:
        texts: Articles as id and text.
        folder: Where the files are written.
        reader: The weights of the network, by default the shipped ones.
        workers: Processes at a time.
        progress: Is told how far it is.
    """
    folder.mkdir(parents=True, exist_ok=True)
    parts = [texts[i : i + ARTICLES] for i in range(0, len(texts), ARTICLES)]
    tasks = [(part, folder / f"{n:05}.pickle", reader) for n, part in enumerate(parts)]
    with get_context("spawn").Pool(workers) as pool:
        for n, _ in enumerate(pool.imap(_label, tasks), 1):
            progress(f"{n} of {len(tasks)} files of {ARTICLES} articles are labelled")


def _label(task: tuple[Sequence[tuple[str, str]], Path, Path | None]) -> None:
    texts, path, reader = task
    if path.exists():
        return
    teacher = _teacher(reader)
    samples = [s for id_, text in texts for s in of_judged(Document(id_, id_, text), teacher)]
    new_file = path.with_suffix(".fresh")
    new_file.write_bytes(pickle.dumps(samples, protocol=5))
    new_file.replace(path)


@lru_cache(maxsize=1)
def _teacher(reader: Path | None) -> Teacher:
    reader_network = network(reader)
    return Teacher(load(), reader_network, linear.load(), Shape(reader_network.weights.about))


def load_samples(path: Path) -> list[Sample]:
    """The samples of a file that ``label`` wrote; only of your own, as it is a pickle."""
    samples: Any = pickle.loads(path.read_bytes())  # noqa: S301 - written by this program
    return list(samples)
