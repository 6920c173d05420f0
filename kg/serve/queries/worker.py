"""A process that answers one query at a time, as the server sees it: asked, slowed, ended."""

from __future__ import annotations

import contextlib
import os
import signal
from typing import TYPE_CHECKING

from kg.base.errors import StoreError
from kg.base.usage import CAN_PAUSE, memory_of, seconds_of
from kg.serve.reply import Answer, out_of_memory, worker_ended

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess
    from pathlib import Path

    from kg.serve.limits import Limits
    from kg.serve.requests import Request

# Queries that a worker answers before it is replaced.
LIFE = 1000
# What an open takes at most, in seconds: a machine may be busy.
OPENING = 60.0


class Worker:
    """A worker process. ``kill`` it and then ``reap`` it; it holds nothing that could be lost.

    Its methods may be called from any thread, but ``answer`` from one at a time only.
    """

    def __init__(self, process: BaseProcess, connection: Connection, generation: str) -> None:
        self.process = process
        self.connection = connection
        self.generation = generation
        self.pid = process.pid or 0
        self.niceness = 0
        self.answers = 0
        self.before = 0.0
        self.broken = False

    def opened(self) -> None:
        """Wait until the store is open.

        Raises:
            StoreError: If it cannot be.
        """
        reason = "the worker did not start"
        with contextlib.suppress(EOFError, OSError):
            if self.connection.poll(OPENING):
                reason = self.connection.recv()
        if reason:
            self.kill()
            self.reap()
            raise StoreError(reason)

    @property
    def good(self) -> bool:
        """Whether it can answer one more query as fast as others."""
        return not self.broken and not self.niceness and self.answers < LIFE

    def answer(self, request: Request, limits: Limits) -> Answer:
        """Answer a request; whatever happens, there is an answer.

        It has no end but the worker's: who waits for it kills the worker when it is time.
        """
        self.answers += 1
        self.before = seconds_of(self.pid) or 0
        try:
            self.connection.send(request)
            # A worker that dies closes its end. The process's sentinel tells nothing: it fires
            # as well when the fork server dies, and the worker lives on.
            answer: Answer = self.connection.recv()
        except (EOFError, OSError):
            self.broken = True
            self.process.join(1)
            # Rust ends the process when there is no memory; else somebody else did.
            if self.process.exitcode == -signal.SIGABRT:
                return out_of_memory(limits)
            return worker_ended()
        return answer

    @property
    def worked(self) -> float:
        """Processor seconds since it was asked; 0 where the system does not tell."""
        return (seconds_of(self.pid) or 0) - self.before

    def give_way(self, niceness: int) -> None:
        """Let those go first that give less way (0: none); there is no way back."""
        if niceness > self.niceness and hasattr(os, "setpriority"):
            self.niceness = niceness
            with contextlib.suppress(OSError):
                own = os.getpriority(os.PRIO_PROCESS, 0)
                os.setpriority(os.PRIO_PROCESS, self.pid, own + niceness)

    def pause(self) -> None:
        """Stop the process until it is resumed, where the system can resume it without us."""
        if CAN_PAUSE:
            self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let the process go on."""
        if CAN_PAUSE:
            self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        if not self.broken:
            with contextlib.suppress(OSError):  # it died a moment ago
                os.kill(self.pid, number)

    @property
    def memory(self) -> int:
        """Bytes that it has for itself."""
        return memory_of(self.pid)

    def kill(self) -> None:
        """End the process. This returns at once, though it may take the system a moment."""
        self.broken = True
        with contextlib.suppress(ValueError):  # another thread has reaped it
            self.process.kill()

    def reap(self, folder: Path | None = None) -> None:
        """Wait until the process has ended; remove what it left in a folder."""
        self.process.join()
        self.process.close()
        self.connection.close()
        if folder:
            for left in folder.glob(f"{self.pid}-*"):
                left.unlink(missing_ok=True)
