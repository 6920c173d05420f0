"""Write a text beside each scan of some sources."""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from typing import Any, Self

from kg.base.errors import KgError, MissingExtraError
from kg.read.files import File, walk
from kg.read.kinds import PICTURES
from kg.read.page.runs import texts_of
from kg.read.scan.recognised import MISSING
from kg.read.scan.written import SUFFIX, Sheet, written
from kg.run.reading.child import Bounds
from kg.run.reading.reader_process import ReaderProcess, start_reader
from kg.run.reading.workers import TICK
from kg.run.scanning.child import LOOK, Answer, Task

ScanProgress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Scan:
    """What came of one scan.

    Attributes:
        name: The scan, below its source.
        text: Where its text lies, ``""`` if there is none.
        problem: Why there is none, or which pages are lacking.
        pages: How many pages it has, and how many of them were recognised.
        confidence: The mean of the pages that were recognised.
        unsure: How many lines should be compared.
    """

    name: str
    text: str = ""
    problem: str = ""
    pages: tuple[int, int] = (0, 0)
    confidence: float = 0.0
    unsure: int = 0


def candidates(sources: Sequence[str | Path], *, again: bool = False) -> tuple[list[File], int]:
    """The pictures and PDFs of sources, and how many scans have their text already.

    Args:
        sources: Files and folders.
        again: Whether those that have their text are taken too.
    """
    files: list[File] = []
    known = 0
    for file in walk(sources):
        if file.path.endswith(SUFFIX) and not file.inner:
            scan = file.path.removesuffix(SUFFIX)
            if not file.problem and os.path.isfile(scan):
                known += not again
                files += [File(scan, file.name.removesuffix(SUFFIX))] * again
        elif not file.inner and _suffix(file) in (*PICTURES, ".pdf"):
            files.append(file)
    return files, known


def _suffix(file: File) -> str:
    return PurePosixPath(file.name).suffix.lower()


def scans(files: Sequence[File], bounds: Bounds, workers: int = 1) -> Iterator[Scan | None]:
    """Write the text of each scan beside it; yield what came of each file, in their order.

    None stands for a PDF all of whose pages have text.

    Args:
        files: Pictures and PDFs.
        bounds: What one page may take.
        workers: How many pages are read at a time.

    Raises:
        MissingExtraError: If the extra is not installed.
        ReadError: If no process can be started.
    """
    if find_spec("rapidocr") is None or find_spec("onnxruntime") is None:
        raise MissingExtraError(MISSING)
    with _ScannerPool(bounds, workers) as crew:
        for file in files:
            yield _scan(file, crew)


def _scan(file: File, crew: _ScannerPool) -> Scan | None:
    if file.problem:
        return Scan(file.name, problem=file.problem)
    looked = crew.answers([Task(file.name, file, LOOK)])[0]
    if looked.problem:
        return Scan(file.name, problem=looked.problem)
    if not looked.scans:
        return None
    answers = crew.answers([Task(file.name, file, number) for number in range(looked.pages)])
    return _write_scan(file, looked, answers)


def _write_scan(file: File, looked: Answer, answers: Sequence[Answer]) -> Scan:
    """Write what was recognised of a scan."""
    texts = texts_of([list(a.page.fragments) if a.page else [] for a in answers])
    sheets = [
        _sheet(number, text, answer, number - 1 in looked.scans)
        for number, (text, answer) in enumerate(zip(texts, answers, strict=True), 1)
    ]
    lacking = [f"page {n}: {a.problem}" for n, a in enumerate(answers, 1) if a.problem]
    read = [sheet for sheet in sheets if sheet.confidence is not None]
    if not any(sheet.text.strip() for sheet in sheets):
        why = lacking[0] if lacking else "no text was recognised in it"
        return Scan(file.name, problem=why, pages=(looked.pages, 0))
    by = f"rapidocr {metadata.version('rapidocr')}"
    path = file.path + SUFFIX
    _write(path, written(os.path.basename(file.path), looked.digest, by, sheets))
    size = sum(len(sheet.text) for sheet in read) or 1
    sure = sum((sheet.confidence or 0) * len(sheet.text) for sheet in read) / size
    return Scan(
        file.name,
        path,
        "; ".join(lacking),
        (looked.pages, len(read)),
        sure,
        sum(len(sheet.unsure) for sheet in sheets),
    )


def _sheet(number: int, text: str, answer: Answer, scanned: bool) -> Sheet:
    page = answer.page
    if page is None:
        return Sheet(number, "", lacks=True)
    return Sheet(number, text, page.confidence if scanned else None, page.unsure)


def _write(path: str, text: str) -> None:
    """Write a file that appears only when it is whole."""
    whole = Path(path)
    new_file = whole.with_name(f".{whole.name}.new")
    try:
        new_file.write_text(text, encoding="utf-8", newline="\n")
        new_file.replace(whole)
    except OSError as error:
        new_file.unlink(missing_ok=True)
        raise KgError(f"{path}: cannot be written ({error.strerror})") from error


class _ScannerProcess(ReaderProcess):
    """One process that recognises pages."""

    def _process(self, *arguments: object) -> subprocess.Popen[bytes]:
        return start_reader("kg.run.scanning.child", *arguments)


class _ScannerPool:
    """Threads that have a process each, which recognises one page after the other."""

    def __init__(self, bounds: Bounds, workers: int) -> None:
        self.bounds = bounds
        self.own = threading.local()
        self.processes: list[ReaderProcess] = []
        self.lock = threading.Lock()
        self.ended = threading.Event()
        self.pool = ThreadPoolExecutor(workers, "scan")
        self.watcher = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self.watcher.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ended.set()
        with self.lock:
            for process in self.processes:
                process.kill()
        self.pool.shutdown(cancel_futures=True)
        self.watcher.join()
        for process in self.processes:
            process.close()

    def answers(self, tasks: Sequence[Task]) -> list[Answer]:
        return list(self.pool.map(self._answer, tasks))

    def _answer(self, task: Task) -> Answer:
        process: ReaderProcess | None = getattr(self.own, "process", None)
        if process is None or process.reason or process.process.poll() is not None:
            self.own.process = process = self._started()
        answer: Any = process.outcome(task)
        return answer if isinstance(answer, Answer) else Answer(task.name, answer.problem)

    def _started(self) -> ReaderProcess:
        process = _ScannerProcess("", self.bounds)
        with self.lock:
            self.processes.append(process)
        process.wait_until_ready()
        return process

    def _watch(self) -> None:
        while not self.ended.wait(TICK):
            with self.lock:
                processes = list(self.processes)
            for process in processes:
                process.watch()
