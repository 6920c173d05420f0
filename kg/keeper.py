"""A file in, what came of it out, whatever happens to the process that reads it.

The process is asked, watched, and ended when the file takes too much; then the file is named
with the reason, and another process takes the next.
"""

from __future__ import annotations

import contextlib
import multiprocessing.spawn
import os
import signal
import subprocess
import sys
from pickle import UnpicklingError
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING

from kg.child import MIB, PATIENCE, Bounds, receive, send
from kg.errors import ReadError
from kg.outcome import Outcome
from kg.usage import memory_of, seconds_of

if TYPE_CHECKING:
    from kg.read import File

# A process that has grown beyond this share of the limit is replaced: what one file left behind
# must not be charged to the next.
GROWN = 0.25
# From this share on a death is taken for one of memory: libraries that get none end in any way.
NEAR = 0.75
_START = "import sys; sys.path[:] = {path!a}; from kg.child import *; main({ontology!a}, {bounds})"


class Keeper:
    """One process that reads files. ``close`` it.

    ``outcome`` is called by one thread, ``watch`` and ``kill`` by others.
    """

    def __init__(self, ontology: str, bounds: Bounds) -> None:
        """Start the process.

        Args:
            ontology: The folder of the ontology.
            bounds: What one file may take.

        Raises:
            ReadError: If the system does not let it start.
        """
        self.bounds = bounds
        self.lock = Lock()
        self.busy = False
        self.reason = ""
        self.worked, self.began, self.peak = 0.0, 0.0, 0
        self.process = _started(ontology, bounds)

    def opened(self) -> None:
        """Wait until it can read files: it loads the ontology first, in about a second.

        Raises:
            ReadError: If it comes to nothing.
        """
        try:
            assert self.process.stdout
            receive(self.process.stdout)
        except EOFError as error:
            raise ReadError(
                f"the process that reads documents did not start ({_death(self.process)}); what "
                "hinders it stands above, or there is too little memory"
            ) from error

    @property
    def good(self) -> bool:
        """Whether it can read one more file as well as a fresh one."""
        if self.reason or self.process.poll() is not None:
            return False
        return memory_of(self.process.pid) < GROWN * self.bounds.memory * MIB

    def outcome(self, file: File) -> Outcome:
        """What came of a file; there always is something."""
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
            return Outcome(file.name, problem=self.reason or self._why())
        finally:
            with self.lock:
                self.busy = False

    def _answer(self, file: File) -> Outcome:
        assert self.process.stdin
        assert self.process.stdout
        send(self.process.stdin, file)
        outcome: Outcome = receive(self.process.stdout, self.bounds.answer * MIB)
        return outcome

    def _why(self) -> str:
        if self.peak > NEAR * self.bounds.memory * MIB:
            return self.bounds.too_large
        return f"the process that read it {_death(self.process)}; it may be damaged"

    def watch(self) -> None:
        """End the process if the file that it reads has taken too much."""
        with self.lock:
            if not self.busy or self.process.poll() is not None:
                return
            self.peak = max(self.peak, memory_of(self.process.pid))
            if self.peak > self.bounds.memory * MIB:
                self.kill(self.bounds.too_large)
            elif self._late():
                self.kill(self.bounds.too_long)

    def _late(self) -> bool:
        worked, clock = seconds_of(self.process.pid), monotonic() - self.began
        if worked is None:
            return clock > self.bounds.seconds
        return worked - self.worked > self.bounds.seconds or clock > PATIENCE * self.bounds.seconds

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


def _started(ontology: str, bounds: Bounds) -> subprocess.Popen[bytes]:
    # Not multiprocessing: it would run the program that calls us once more in each process.
    path = [os.path.abspath(entry) for entry in sys.path]
    code = _START.format(path=path, ontology=ontology, bounds=bounds)
    program = os.fsdecode(multiprocessing.spawn.get_executable() or sys.executable)
    command = [program, "-P", f"-Xutf8={sys.flags.utf8_mode}", "-c", code]
    try:
        # In a session of its own, where Ctrl-C does not reach it: its keeper ends it.
        return subprocess.Popen(  # noqa: S603 (this very program)
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
        )
    except OSError as error:
        raise ReadError(
            f"{program}: a process that reads documents cannot be started ({error.strerror})"
        ) from error


def _death(process: subprocess.Popen[bytes]) -> str:
    status = process.wait()
    if status >= 0:
        return f"died (exit status {status})"
    if status == -signal.SIGKILL:
        return "was ended by the system, maybe for want of memory (signal 9)"
    return f"died (signal {-status})"
