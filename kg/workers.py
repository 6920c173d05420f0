"""Files in, what each of them says out: in this process or in several, in the same order.

A file is read and extracted by itself, so neither the number of processes nor their speed
can change a graph. One that breaks its extraction, or kills its process, is named with the
reason; the rest goes on.
"""

from __future__ import annotations

import signal
from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from multiprocessing import active_children, get_context
from time import perf_counter
from typing import TYPE_CHECKING

from kg.ontology import load
from kg.records import Document, Reading, Skipped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.read import File

# Large enough that handing over costs nothing beside extraction (about 0.1 ms against 50 ms
# a document), small enough that a process that dies takes few along.
LARGEST_CHUNK = 16


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file: a document with its reading, or the reason why not.

    ``digest`` is the SHA-256 of the bytes that a document was made of. ``known`` says that it
    was read by an earlier run; ``seconds`` is the time it took. Both are for the report alone.
    """

    name: str
    document: Document | None = None
    reading: Reading | None = None
    problem: str = ""
    digest: str = ""
    known: bool = False
    seconds: float = 0.0


def outcomes(files: Sequence[File], ontology: str, workers: int = 1) -> Iterator[Outcome]:
    """Yield what came of each file, in the order of the files.

    Args:
        files: Files as ``kg.read.walk`` lists them.
        ontology: The folder of the ontology.
        workers: How many processes read; with 1, this one does.
    """
    if workers == 1 or len(files) < 2:
        for file in files:
            yield _one(file, ontology)
    else:
        yield from _spread(files, ontology, workers)


def _one(file: File, ontology: str) -> Outcome:
    began = perf_counter()
    return replace(_read(file, ontology), seconds=perf_counter() - began)


def _read(file: File, ontology: str) -> Outcome:
    from kg.read import bytes_of, read_file

    data = bytes_of(file)
    if isinstance(data, Skipped):
        return Outcome(file.name, problem=data.reason)
    found = read_file(replace(file, data=data))
    if isinstance(found, Skipped):
        return Outcome(file.name, problem=found.reason)
    try:
        reading = _extracted(found, ontology)
    except Exception as error:  # a text may break any rule; the others must not suffer
        said = f"{type(error).__name__}: {error}".splitlines()[0].rstrip(": ")
        problem = f"its extraction failed, which is a fault of kg ({said[:200]})"
        return Outcome(file.name, problem=problem)
    return Outcome(file.name, found, reading, digest=sha256(data).hexdigest())


def _extracted(document: Document, ontology: str) -> Reading:
    from kg.extract import extract

    return extract(document, load(ontology))


def _spread(files: Sequence[File], ontology: str, workers: int) -> Iterator[Outcome]:
    size = max(1, min(LARGEST_CHUNK, len(files) // (workers * 4)))
    left = [files[i : i + size] for i in range(0, len(files), size)]
    while left:
        others = set(active_children())
        with _pool(min(workers, len(left))) as pool:
            with _uninterrupted():
                waiting = [pool.submit(_chunk, chunk, ontology) for chunk in left]
            try:
                for future in waiting:
                    yield from future.result()
                    left = left[1:]
            except BrokenProcessPool:
                # Which file killed its process is not told: the first chunk without an
                # answer is read file by file, and the rest by a fresh pool.
                for file in left[0]:
                    yield _alone(file, ontology)
                left = left[1:]
            except BaseException:
                # Ctrl-C, or nobody wants the rest: do not wait for what is being read.
                for child in set(active_children()) - others:
                    child.terminate()
                raise


def _pool(workers: int) -> ProcessPoolExecutor:
    # "spawn" is the same on every system, and copies neither threads nor open stores.
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Start processes that Ctrl-C does not reach: they inherit that it is blocked here.

    Each would print a traceback of its own; the first process ends them all instead.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _chunk(files: Sequence[File], ontology: str) -> list[Outcome]:
    return [_one(file, ontology) for file in files]


def _alone(file: File, ontology: str) -> Outcome:
    try:
        with _pool(1) as pool:
            with _uninterrupted():
                future = pool.submit(_one, file, ontology)
            return future.result()
    except BrokenProcessPool:
        problem = "the process that read it died, of its content or for want of memory"
        return Outcome(file.name, problem=problem)
