"""Take what came of each file from the journal where it is known, else read it."""

from __future__ import annotations

from hashlib import sha256
from time import monotonic
from typing import TYPE_CHECKING

from kg.base.records import Skipped
from kg.read import bytes_of
from kg.run.reading.workers import outcomes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.read import File
    from kg.run.reading.child import Bounds
    from kg.run.reading.journal import Journal
    from kg.run.reading.outcome import Outcome

# What came of files is put on the disk together: at least this many seconds lie between.
TOGETHER = 0.5


def resumed(
    files: Sequence[File],
    journal: Journal,
    ontology: str,
    workers: int,
    bounds: Bounds | None = None,
    llm: tuple[str, str] | None = None,
) -> Iterator[tuple[str, Outcome]]:
    """Yield the key and the outcome of each file, in the order of the files.

    Nothing is yielded before it lies in the journal, so that whoever is told of a file finds
    it again after a crash. That a file is no document is kept as well; one that could not be
    opened, or took too much time or memory, has no key (``""``) and is read again the next time.
    So is one that a language model has not answered all of: its key tells what is missing.

    Args:
        files: Files as ``kg.read.walk`` lists them.
        journal: What is known, and where more is kept.
        ontology: The folder of the ontology.
        workers: How many processes read what is not known.
        bounds: What one file may take.
        llm: The name of a language model that takes part, and the file of its answers.

    Raises:
        StoreError: If the journal cannot be written.
    """
    keys = [_key(file, journal) for file in files]
    known = list(map(journal.has, keys))
    unknown_files = [file for file, is_known in zip(files, known, strict=True) if not is_known]
    reading = outcomes(unknown_files, ontology, workers, bounds, llm=llm)
    waiting: list[tuple[str, Outcome]] = []
    unsaved: list[tuple[str, Outcome]] = []
    saved = monotonic()
    for file, before, is_known in zip(files, keys, known, strict=True):
        outcome = journal.recorded(before, file.name) if is_known else next(reading)
        # The file may have changed since it was looked at: what was read counts.
        key = journal.key(file, outcome.digest) if outcome.digest else ""
        if outcome.unanswered:
            key += f" without {sha256(chr(31).join(outcome.unanswered).encode()).hexdigest()}"
        elif key and not is_known:
            unsaved.append((key, outcome))
        waiting.append((key, outcome))
        if not unsaved or monotonic() - saved > TOGETHER:
            journal.note(unsaved)
            yield from waiting
            waiting, unsaved, saved = [], [], monotonic()
    journal.note(unsaved)
    yield from waiting


def unknown(files: Sequence[File], journal: Journal) -> list[File]:
    """The files of which it is not known what came of them."""
    return [file for file in files if not journal.has(_key(file, journal))]


def _key(file: File, journal: Journal) -> str:
    data = bytes_of(file)
    return "" if isinstance(data, Skipped) else journal.key(file, sha256(data).hexdigest())
