"""Start, watch and end a process that reads files.

The process is asked, watched, and ended when the file takes too much; then the file is named
with the reason, and another process takes the next.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
from pickle import UnpicklingError
from threading import Lock
from time import monotonic
from typing import Protocol

from kg.base.errors import ReadError
from kg.base.process import death, start_module
from kg.base.usage import memory_of, seconds_of
from kg.run.reading.child import MIB, PATIENCE, Bounds, receive, send
from kg.run.reading.outcome import Outcome

# A process that has grown beyond this share of the limit is replaced: what one file left behind
# must not be charged to the next.
GROWN = 0.25
# From this share on a death is taken for one of memory: libraries that get none end in any way.
NEAR = 0.75


class NamedTask(Protocol):
    """What a process is asked for: a file, or a page of one."""

    @property
    def name(self) -> str: ...


class ReaderProcess:
    """One process that reads files. ``close`` it.

    ``outcome`` is called by one thread, ``watch`` and ``kill`` by others. ``felled`` tells that it
    died of what may be no fault of the file: nobody ended it for a limit, nor was it near one.
    """

    def __init__(
        self,
        ontology: str,
        bounds: Bounds,
        extracts: bool = True,
        llm: tuple[str, str] | None = None,
    ) -> None:
        """Start the process.

        Args:
            ontology: The folder of the ontology.
            bounds: What one file may take.
            extracts: Whether files are extracted too, or read only.
            llm: A language model that takes part, and the file of its answers.

        Raises:
            ReadError: If the system does not let it start.
        """
        self.bounds = bounds
        self.lock = Lock()
        self.busy = False
        self.reason = ""
        self.felled = False
        self.worked, self.began, self.peak = 0.0, 0.0, 0
        self.process = self._process(ontology, bounds, extracts, llm)

    def _process(self, *arguments: object) -> subprocess.Popen[bytes]:
        return _started(*arguments)

    def wait_until_ready(self) -> None:
        """Wait until it can read files: it loads the ontology first, in about a second.

        Raises:
            ReadError: If it comes to nothing.
        """
        try:
            assert self.process.stdout
            receive(self.process.stdout)
        except EOFError as error:
            raise ReadError(
                f"the process that reads documents did not start ({death(self.process)}); what "
                "hinders it stands above, or there is too little memory"
            ) from error

    @property
    def good(self) -> bool:
        """Whether it can read one more file as well as a fresh one."""
        if self.reason or self.process.poll() is not None:
            return False
        return memory_of(self.process.pid) < GROWN * self.bounds.memory * MIB

    def outcome(self, file: NamedTask) -> Outcome:
        """What came of a file, or of a page of one; there always is something."""
        with self.lock:
            self.worked, self.began = seconds_of(self.process.pid) or 0.0, monotonic()
            self.peak, self.busy = 0, True
        try:
            return self._answer(file)
        except OverflowError:
            self.kill(self.bounds.too_much)
            return Outcome(file.name, problem=self.bounds.too_much)
        except (EOFError, OSError, UnpicklingError):
            self.process.kill()
            self.process.wait()
            self.felled = not (self.reason or self._large)
            return Outcome(file.name, problem=self.reason or self._why())
        finally:
            with self.lock:
                self.busy = False

    def _answer(self, file: NamedTask) -> Outcome:
        assert self.process.stdin
        assert self.process.stdout
        send(self.process.stdin, file)
        outcome: Outcome = receive(self.process.stdout, self.bounds.answer * MIB)
        return outcome

    @property
    def _large(self) -> bool:
        return self.peak > NEAR * self.bounds.memory * MIB

    def _why(self) -> str:
        if self._large:
            return self.bounds.too_large
        return f"the process that read it {death(self.process)}; it may be damaged"

    def watch(self) -> None:
        """End the process if the file that it reads has taken too much."""
        with self.lock:
            if not self.busy or self.process.poll() is not None:
                return
            self.peak = max(self.peak, memory_of(self.process.pid))
            if self.peak > self.bounds.memory * MIB:
                self.kill(self.bounds.too_large)
            elif reason := self._late():
                self.kill(reason)

    def _late(self) -> str:
        worked, clock = seconds_of(self.process.pid), monotonic() - self.began
        # Where the system tells of no processor time, that of the clock counts as such.
        if (clock if worked is None else worked - self.worked) > self.bounds.seconds:
            return self.bounds.too_long
        return self.bounds.too_slow if clock > PATIENCE * self.bounds.seconds else ""

    def kill(self, reason: str = "") -> None:
        """End the process at once."""
        self.reason = reason
        self.process.kill()

    def close(self) -> None:
        """End the process and wait until it has ended."""
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError):  # what was not taken is not wanted
                if stream:
                    stream.close()


def _started(*arguments: object) -> subprocess.Popen[bytes]:
    return start_reader("kg.run.reading.child", *arguments)


def start_reader(module: str, *arguments: object) -> subprocess.Popen[bytes]:
    """Start a process that runs the ``main`` of a module.

    Raises:
        ReadError: If the system does not let it start.
    """
    try:
        return start_module(module, *arguments, stdin=subprocess.PIPE)
    except OSError as error:
        raise ReadError(
            f"{error.filename or sys.executable}: a process that reads documents cannot be started "
            f"({error.strerror})"
        ) from error
