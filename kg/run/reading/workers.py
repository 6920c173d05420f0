"""Read files by one or several processes, in the same order.

A file is read and extracted by itself, so neither the number of processes nor their speed
can change a graph. One that breaks its extraction, kills its process or takes too much is named
with the reason; the rest goes on. Every file goes that way, plain text too, which can break rules
as a PDF can break a library: a build of 600 articles takes 5 % more processor time than one that
reads by itself (the start of the process), and less by the clock.
"""

from __future__ import annotations

from queue import SimpleQueue
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING

from kg.base.errors import ReadError
from kg.run.reading.child import Bounds
from kg.run.reading.outcome import Outcome
from kg.run.reading.reader_process import ReaderProcess

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.read import File

__all__ = ["Bounds", "Outcome", "outcomes"]

# How often the processes are looked at, in seconds: one can take 0.2 GiB in this time.
TICK = 0.1


def outcomes(
    files: Sequence[File],
    ontology: str,
    workers: int = 1,
    bounds: Bounds | None = None,
    *,
    extracts: bool = True,
    llm: tuple[str, str] | None = None,
) -> Iterator[Outcome]:
    """Yield what came of each file, in the order of the files.

    Args:
        files: Files as ``kg.read.walk`` lists them.
        ontology: The folder of the ontology.
        workers: How many processes read.
        bounds: What one file may take.
        extracts: Whether files are extracted too, or read only.
        llm: The name of a language model that takes part, and the file of its answers.

    Raises:
        ReadError: If no process can be started.
    """
    crew = _ReaderPool(files, ontology, bounds or Bounds(), extracts, llm)
    try:
        crew.start(min(workers, len(files)))
        yield from crew.outcomes()
    finally:
        crew.close()


class _ReaderPool:
    """Threads that have a process each, and take the next file as soon as it is free."""

    def __init__(
        self,
        files: Sequence[File],
        ontology: str,
        bounds: Bounds,
        extracts: bool,
        llm: tuple[str, str] | None,
    ) -> None:
        self.files, self.ontology, self.bounds = files, ontology, bounds
        self.extracts, self.llm = extracts, llm
        self.left = iter(range(len(files)))
        self.lock = Lock()
        self.processes: set[ReaderProcess] = set()
        self.ended = Event()
        self.done: SimpleQueue[tuple[int, Outcome | Exception]] = SimpleQueue()
        self.threads: list[Thread] = []

    def start(self, workers: int) -> None:
        jobs = [self._work] * workers + [self._watch] * bool(workers)
        for job in jobs:
            thread = Thread(target=job, name="reader", daemon=True)
            thread.start()
            self.threads.append(thread)

    def outcomes(self) -> Iterator[Outcome]:
        """What the threads say, put in order."""
        early: dict[int, Outcome] = {}
        for index in range(len(self.files)):
            while index not in early:
                place, result = self.done.get()
                if isinstance(result, Exception):
                    raise result
                early[place] = result
            yield early.pop(index)

    def close(self) -> None:
        """End all processes, also those that are at work: nobody wants the rest."""
        self.ended.set()
        with self.lock:
            for process in self.processes:
                process.kill()
        for thread in self.threads:
            thread.join()

    def _next(self) -> int | None:
        with self.lock:
            return None if self.ended.is_set() else next(self.left, None)

    def _work(self) -> None:
        process: ReaderProcess | None = None
        try:
            while (index := self._next()) is not None:
                process = process or self._open_process()
                self.done.put((index, process.outcome(self.files[index])))
                if not process.good:
                    self._dropped(process)
                    process = None
        except Exception as error:  # it is raised where the outcomes are asked for
            self.done.put((-1, error))
        finally:
            if process:
                self._dropped(process)

    def _open_process(self) -> ReaderProcess:
        process = ReaderProcess(self.ontology, self.bounds, self.extracts, self.llm)
        with self.lock:
            self.processes.add(process)
            if self.ended.is_set():
                process.kill()
        try:
            process.wait_until_ready()
        except ReadError:
            self._dropped(process)
            raise
        return process

    def _dropped(self, process: ReaderProcess) -> None:
        with self.lock:
            self.processes.discard(process)
        process.close()

    def _watch(self) -> None:
        try:
            while not self.ended.wait(TICK):
                with self.lock:
                    keepers = list(self.processes)
                for process in keepers:
                    process.watch()
        except Exception as error:  # nobody would end what takes too much
            self.done.put((-1, error))
