"""The process that reads files: they come by a pipe, and what came of each goes by another.

The process has limits of its own, under which nothing that it reads can take the machine along:
memory, no files to write, an end of its own if nobody is left to end it. How long it may take,
and how much it may say, its keeper watches (``kg.run.reading.reader_process``).
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import struct
import sys
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from kg.base.usage import bound, scarce

if TYPE_CHECKING:
    from kg.read import File

MIB = 1 << 20
# The system's own limit lies above the one that is watched: a library that is refused memory
# may end in any way, one that is ended from outside has its reason told.
ABOVE = 1.25
# Seconds by the clock for each second of processor time that a file may take: a machine with
# so much else to do is no fault of the file.
PATIENCE = 4
# Several processes read at a time: a library that multiplies in threads of its own only gets in
# their way.
THREADS = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS")
_HEAD = struct.Struct("!Q")


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one file may take: processor seconds, and MiB of memory and of what comes of it.

    ``thing`` is what messages call it, and options are named after: a file, or a page of one.

    >>> print(Bounds(3).too_long)
    took more than the 3 s of processor time that a file may take; split it, or raise --file-timeout
    >>> print(Bounds().too_large)
    needed more than the 2 GiB of memory that a file may take; split it, or raise --file-memory
    """

    seconds: float = 30
    memory: int = 2048
    answer: int = 512
    thing: str = "file"

    @property
    def too_long(self) -> str:
        return (
            f"took more than the {self.seconds:g} s of processor time that a {self.thing} may "
            f"take; split it, or raise --{self.thing}-timeout"
        )

    @property
    def too_slow(self) -> str:
        return (
            f"took more than {self.seconds * PATIENCE:g} s by the clock, {PATIENCE} times the "
            f"{self.seconds:g} s of processor time that a {self.thing} may take; split it, raise "
            f"--{self.thing}-timeout, or let the machine do less beside it"
        )

    @property
    def too_large(self) -> str:
        size = f"{self.memory / 1024:g} GiB" if self.memory % 1024 == 0 else f"{self.memory} MiB"
        return (
            f"needed more than the {size} of memory that a {self.thing} may take; split it, or "
            "raise --file-memory"
        )

    @property
    def refused(self) -> str:
        return (
            f"was given less memory by the system than the {self.memory} MiB that a file may take; "
            "raise the system's limit (ulimit -v, ulimit -d)"
        )

    @property
    def too_much(self) -> str:
        return f"says more than the {self.answer} MiB that a file may say; split it"


def send(stream: IO[bytes], message: object) -> None:
    """Write one message.

    Raises:
        OSError: If nobody reads it.
    """
    body = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    stream.write(_HEAD.pack(len(body)))
    stream.write(body)
    stream.flush()


def receive(stream: IO[bytes], most: int = sys.maxsize) -> Any:
    """Read one message of at most so many bytes.

    Raises:
        EOFError: If there is none, or not all of one.
        OverflowError: If it is longer.
    """
    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size:
        raise EOFError
    (size,) = _HEAD.unpack(head)
    if size > most:
        raise OverflowError(size)
    body = stream.read(size)
    if len(body) < size:
        raise EOFError
    return pickle.loads(body)  # noqa: S301 (both ends are this program)


def main(
    ontology: str,
    bounds: Bounds,
    extracts: bool = True,
    llm: tuple[str, str] | None = None,
) -> None:
    """Answer one file after the other until no more comes."""
    for name in THREADS:
        os.environ.setdefault(name, "1")
    from kg.run.reading.outcome import Outcome

    requests, answers = streams()
    try:
        _warm(ontology, extracts)
    except MemoryError:
        sys.exit("kg: there is no memory for a process that reads documents")
    refused = scarce(bounds.memory)
    bound(int(bounds.memory * ABOVE))
    send(answers, "ready")
    quiet(2)  # up to here it may complain
    while True:
        try:
            file = receive(requests)
        except EOFError:
            return
        try:
            send(answers, _answer(file, ontology, bounds, extracts, llm))
        except MemoryError:
            send(
                answers, Outcome(file.name, problem=bounds.refused if refused else bounds.too_large)
            )


def _answer(
    file: File, ontology: str, bounds: Bounds, extracts: bool, llm: tuple[str, str] | None
) -> object:
    from kg.run.reading.outcome import outcome_of

    if hasattr(signal, "alarm"):  # the keeper comes first, unless it is dead
        signal.alarm(int(bounds.seconds * PATIENCE) + 10)
    return outcome_of(file, ontology, extracts, llm)


def streams() -> tuple[IO[bytes], IO[bytes]]:
    """The pipes, which nothing else can reach by the names of standard input and output."""
    requests, answers = os.dup(0), os.dup(1)
    quiet(0)
    quiet(1)
    return os.fdopen(requests, "rb"), os.fdopen(answers, "wb")


def quiet(descriptor: int) -> None:
    """Let what is written to a descriptor go nowhere."""
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, descriptor)
    os.close(nothing)


def _warm(ontology: str, extracts: bool = True) -> None:
    """Warm all that the first file would have to wait for, by the example of a rule."""
    from kg.ontology import load, rules
    from kg.read import File
    from kg.run.reading.outcome import outcome_of

    gc.set_threshold(50_000)  # seldom, as in a build: the start takes a tenth less
    examples = (e.text for rule in reversed(rules(load(ontology))) for e in rule.example)
    text = next(examples, "")
    outcome_of(File("-", "-", data=text.encode()), ontology, extracts)
    gc.collect()
    gc.freeze()
