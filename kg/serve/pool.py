"""A query in, its answer out: by a worker process, which is killed when it takes too long.

Workers are started as they are needed and kept for the next query. One that worked for long
gives way to short queries (its priority falls) and is replaced after its answer.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING

from kg.errors import StoreError
from kg.serve.answer import PAGE, Answer, out_of_memory, refusal, serve

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkServerContext, SpawnContext
    from multiprocessing.process import BaseProcess

    from kg.serve.answer import Limits
    from kg.serve.protocol import Asked

# Queries at a time. Each has a process; short ones get through between long ones.
MOST = 32
# Workers kept for the next query, and the queries that one of them answers.
IDLE = 4
LIFE = 1000
# After so many seconds a query gives way to others.
LONG = 1.0
# How often a waiting thread looks whether its client is still there, in seconds.
TICK = 0.25
# What an open takes at most, in seconds: a machine may be busy.
OPENING = 60.0


class Pool:
    """The workers of a server. ``close`` it."""

    def __init__(self, directory: Path, limits: Limits) -> None:
        self.directory, self.limits = directory, limits
        self.context: SpawnContext | ForkServerContext
        if sys.platform == "win32":
            self.context = get_context("spawn")
        else:
            self.context = get_context("forkserver")
            self.context.set_forkserver_preload(["kg.serve.answer"])
        self.folder = Path(tempfile.mkdtemp(prefix="kg-serve-"))
        self.idle: list[Worker] = []
        self.threads = ThreadPoolExecutor(MOST, thread_name_prefix="query")
        self.turns = asyncio.Semaphore(MOST)

    def open(self) -> None:
        """Start the first worker.

        Raises:
            StoreError: If the store cannot be opened.
        """
        try:
            self.idle.append(self._started())
        except StoreError:
            self.close()
            raise

    def close(self) -> None:
        """End the workers, those too whose queries were cancelled a moment ago."""
        self.threads.shutdown(cancel_futures=True)
        for worker in self.idle:
            worker.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def generation(self) -> str:
        """Which build of the graph counts now."""
        try:
            return (self.directory / "store" / "current").read_text(encoding="ascii")
        except (OSError, UnicodeDecodeError):
            return ""

    async def answer(self, asked: Asked, gone: Event) -> Answer:
        """Answer a query, or say why not; ``gone`` is set when nobody waits for it."""
        try:
            async with asyncio.timeout(max(self.limits.seconds, 10)):
                await self.turns.acquire()
        except TimeoutError:
            return refusal(503, "the server is busy; try again later")
        loop = asyncio.get_running_loop()
        working = loop.run_in_executor(self.threads, self._answer, asked, gone)
        working.add_done_callback(lambda _: self.turns.release())
        try:
            return await asyncio.shield(working)
        except asyncio.CancelledError:
            gone.set()
            raise

    def _answer(self, asked: Asked, gone: Event) -> Answer:
        try:
            worker = self._worker()
        except (StoreError, OSError) as error:
            return refusal(503, str(error))
        limits = replace(self.limits, seconds=PAGE) if asked.whole else self.limits
        answer = worker.answer(asked, limits, gone)
        if worker.good and len(self.idle) < IDLE:
            self.idle.append(worker)
        else:
            pid = worker.process.pid
            worker.stop()
            if not answer.file:
                for left in self.folder.glob(f"{pid}-*"):
                    left.unlink(missing_ok=True)
        return answer

    def _worker(self) -> Worker:
        """A worker that has the store open as it is now: a build puts another in its place."""
        generation = self.generation
        while self.idle:
            try:
                worker = self.idle.pop()
            except IndexError:  # another thread was faster
                break
            if worker.generation == generation and worker.process.is_alive():
                return worker
            worker.stop()
        return self._started()

    def _started(self) -> Worker:
        ours, theirs = self.context.Pipe()
        generation = self.generation
        process = self.context.Process(
            target=serve,
            args=(theirs, self.directory, self.limits, self.folder),
            daemon=True,
        )
        process.start()
        theirs.close()
        worker = Worker(process, ours, generation)
        worker.opened()
        return worker


class Worker:
    """A process that answers one query at a time."""

    def __init__(self, process: BaseProcess, connection: Connection, generation: str) -> None:
        self.process = process
        self.connection = connection
        self.generation = generation
        self.answers = 0
        self.good = True

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
            self.stop()
            raise StoreError(reason)

    def answer(self, asked: Asked, limits: Limits, gone: Event) -> Answer:
        """Answer a query within its limits; whatever happens, there is an answer."""
        began, gentle = monotonic(), False
        self.answers += 1
        try:
            self.connection.send(asked)
            # A worker that dies closes its end. The process's sentinel tells nothing: it fires
            # as well when the fork server dies, and the worker lives on.
            while not self.connection.poll(TICK):
                spent = monotonic() - began
                if spent > limits.seconds or gone.is_set():
                    self.good = False
                    return too_long(limits)
                if spent > LONG and not gentle:
                    gentle = self._give_way()
            answer: Answer = self.connection.recv()
        except (EOFError, OSError):
            self.good = False
            self.process.join(1)
            # Rust ends the process when there is no memory; else somebody else did.
            if self.process.exitcode == -signal.SIGABRT:
                return out_of_memory(limits)
            return refusal(503, "the worker of this query was ended from outside; ask again")
        self.good = not gentle and self.answers < LIFE
        return answer

    def _give_way(self) -> bool:
        if self.process.pid and hasattr(os, "setpriority"):
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self.process.pid, 10)
        return True

    def stop(self) -> None:
        """End the process; it holds nothing that could be lost."""
        self.connection.close()
        self.process.kill()
        self.process.join()
        self.process.close()


def too_long(limits: Limits) -> Answer:
    """What is said of a query that was stopped."""
    return refusal(504, f"the query took longer than {limits.seconds:g} s and was stopped")
