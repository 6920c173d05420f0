"""The process that recognises pages of scans: tasks come by a pipe, answers go by another.

It has the limits of a process that reads documents (``kg.run.reading.child``), and reaches no
network, whatever its libraries would like to fetch.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kg.base.errors import KgError, ReadError
from kg.base.usage import bound, scarce
from kg.run.reading.child import ABOVE, Bounds, quiet, receive, send, streams

if TYPE_CHECKING:
    from kg.read.files import File
    from kg.read.scan.recognised import Page

LOOK = -1  # the page that asks how many there are


@dataclass(frozen=True, slots=True)
class Task:
    """A page of a file to read, or ``LOOK``."""

    name: str
    file: File
    page: int = LOOK


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a task.

    Attributes:
        name: The file.
        problem: Why nothing came of it, or ``""``.
        pages: How many pages there are.
        scans: Which of them are scans.
        digest: The SHA-256 of the file.
        page: What a page says; its confidence is 1 where it had text.
    """

    name: str
    problem: str = ""
    pages: int = 0
    scans: tuple[int, ...] = ()
    digest: str = ""
    page: Page | None = None


@dataclass
class _Open:
    """The file that was asked for last."""

    path: str = ""
    data: bytes = b""
    scans: frozenset[int] = field(default_factory=frozenset)
    pages: int = 0


def main(_: str, bounds: Bounds, *__: object) -> None:
    """Answer one task after the other until no more comes."""
    from kg.read.scan.recognised import engine, recognised

    requests, answers = streams()
    sys.addaudithook(_refuse)
    try:
        _warm(engine, recognised)
    except MemoryError:
        sys.exit("kg: there is no memory for a process that reads scans")
    refused = scarce(bounds.memory)
    bound(int(bounds.memory * ABOVE))
    send(answers, "ready")
    quiet(2)
    opened = _Open()
    while True:
        try:
            task: Task = receive(requests)
        except EOFError:
            return
        try:
            send(answers, _answer(task, opened))
        except MemoryError:
            problem = bounds.refused if refused else bounds.too_large
            send(answers, Answer(task.name, problem))


def _refuse(event: str, _: Any) -> None:
    if event in ("socket.connect", "socket.getaddrinfo"):
        raise ReadError("what reads scans must not reach a network")


def _warm(engine: Any, recognised: Any) -> None:
    """Load the models: with a page, since they are loaded when first needed."""
    import numpy as np

    engine()
    page = np.full((64, 256), 255, np.uint8)
    page[20:44, 20:40] = 0
    recognised(page)


def _answer(task: Task, opened: _Open) -> Answer:
    from kg.read import why

    try:
        if task.page == LOOK:
            _look(task.file, opened)
            digest = _digest(opened.data)
            return Answer(
                task.name, pages=opened.pages, scans=tuple(sorted(opened.scans)), digest=digest
            )
        if opened.path != task.file.path:
            _look(task.file, opened)
        return Answer(task.name, page=_page(opened, task.page))
    except MemoryError:
        raise
    except KgError as error:
        return Answer(task.name, str(error))
    except Exception as error:  # a damaged file can break a library in any way
        return Answer(task.name, why(error))


def _digest(data: bytes) -> str:
    from kg.read.scan.written import sha256

    return sha256(data)


def _look(file: File, scan_file: _Open) -> None:
    from kg.base.settings import default
    from kg.read.files import content
    from kg.read.page.pdf import open_pdf
    from kg.read.scan.picture import frames, scanned_pages

    scan_file.path, scan_file.data = file.path, content(file, default("largest"))
    if _is_pdf(scan_file.data):
        with open_pdf(scan_file.data) as document:
            scan_file.pages = len(document)
            scan_file.scans = frozenset(scanned_pages(document))
    else:
        scan_file.pages = frames(scan_file.data)
        scan_file.scans = frozenset(range(scan_file.pages))


def _is_pdf(data: bytes) -> bool:
    return b"%PDF-" in data[:1024]


def _page(scan_file: _Open, number: int) -> Page:
    from kg.read.page.pdf import fragments_of, open_pdf
    from kg.read.scan.picture import of_page, of_picture
    from kg.read.scan.recognised import Page, recognised

    if not _is_pdf(scan_file.data):
        return recognised(of_picture(scan_file.data, number))
    with open_pdf(scan_file.data) as document:
        if number not in scan_file.scans:
            return Page(tuple(fragments_of(document, number)), 1.0, ())
        grey = of_page(document, number)
    return recognised(grey)
