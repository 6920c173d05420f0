"""A query in, its answer out: by a worker process, which is killed when it takes too long.

All waiting and all killing is done by the event loop, which nothing holds up; threads only wait
for what workers say. So everybody who asks has an answer when the time is over, counted from
when the question came, however many others there are.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from kg.base.errors import StoreError
from kg.base.usage import seconds_of
from kg.query.remote.address import is_remote
from kg.serve.limits import MIB
from kg.serve.queries.answer import seconds_for, serve
from kg.serve.queries.run import THERE, THERE_UNSEEN, TICK, Run
from kg.serve.queries.scratch import Scratch
from kg.serve.queries.shared import Shared
from kg.serve.queries.turns import FRESH, SLOW, Turns
from kg.serve.queries.worker import Worker
from kg.serve.reply import Answer, shutdown_answer

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerContext, SpawnContext

    from kg.serve.limits import Limits
    from kg.serve.requests import Request

# Workers kept for the next query.
IDLE = 8
# What was read of a graph elsewhere counts for so many seconds at most.
ANEW = 60.0


class Pool:
    """The workers of a server. ``close`` it."""

    def __init__(self, directory: Path | str, limits: Limits) -> None:
        self.directory, self.limits = directory, limits
        self.context: SpawnContext | ForkServerContext
        if sys.platform == "win32":
            self.context = get_context("spawn")
        else:
            self.context = get_context("forkserver")
            self.context.set_forkserver_preload(["kg.serve.queries.warm"])
        self.scratch = Scratch()
        self.idle: list[Worker] = []
        self.living: set[Worker] = set()
        # Each running query has one, and some wait until processes have ended.
        self.threads = ThreadPoolExecutor(2 * (FRESH + SLOW), thread_name_prefix="query")
        # Those that wait for another server take no processor from each other.
        self.turns = Turns(places=FRESH + SLOW) if is_remote(directory) else Turns()
        is_seen = seconds_of(os.getpid()) is not None and not is_remote(directory)
        self.there = THERE if is_seen else THERE_UNSEEN
        self.shared = Shared(self)
        self.ended = asyncio.Event()
        self.checked = ""
        self.weighed = 0.0
        self.too_large: set[Worker] = set()

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

    def end(self) -> None:
        """Tell all who wait, and all who come from now on, that the server ends."""
        self.ended.set()

    def close(self) -> None:
        """End the workers, those too whose queries were cancelled a moment ago."""
        self.ended.set()
        for worker in list(self.living):
            worker.kill()
        self.threads.shutdown(cancel_futures=True)
        for worker in self.living:  # no thread is left that could change it
            worker.kill()  # it may have been started a moment ago
            worker.reap()
        self.scratch.close()

    @property
    def generation(self) -> str:
        """Which build of the graph counts now; of one elsewhere, which is to be asked anew."""
        if is_remote(self.directory):
            return str(int(monotonic() / ANEW))
        try:
            return (Path(self.directory) / "store" / "current").read_text(encoding="ascii")
        except (OSError, UnicodeDecodeError):
            return ""

    async def answer(
        self, request: Request, abandoned: asyncio.Event, arrived: float | None = None
    ) -> Answer:
        """Answer a request, or say why not; ``abandoned`` is set when nobody waits for it.

        Its time counts from when it ``arrived`` (on the clock of the loop), by default now.
        """
        seconds = seconds_for(request, self.limits)
        run = Run(self, request, seconds)
        left = seconds if arrived is None else seconds + arrived - asyncio.get_running_loop().time()
        working = asyncio.create_task(run.answer())
        others = [asyncio.create_task(event.wait()) for event in (abandoned, self.ended)]
        try:
            await asyncio.wait(
                {working, *others}, timeout=left, return_when=asyncio.FIRST_COMPLETED
            )
            if working.done():
                return working.result()
            return shutdown_answer() if self.ended.is_set() else run.stopped()
        finally:
            for task in (working, *others):
                task.cancel()

    async def worker(self) -> Worker:
        """A worker that has the store open as it is now: a build puts another in its place.

        Raises:
            StoreError: If the store cannot be opened.
        """
        generation = self.generation
        while self.idle:
            worker = self.idle.pop()
            if worker.generation == generation and worker.process.is_alive():
                return worker
            self.retire(worker)
        loop = asyncio.get_running_loop()
        starting = loop.run_in_executor(self.threads, self._started)
        try:
            return await asyncio.shield(starting)
        except asyncio.CancelledError:
            starting.add_done_callback(self._keep_started)
            raise

    def keep(self, worker: Worker) -> None:
        """Keep a worker for the next query, if it is good for one and not one too many."""
        if worker.good and len(self.idle) < IDLE:
            self.idle.append(worker)
        else:
            self.retire(worker)

    def retire(self, worker: Worker) -> None:
        """End a worker."""
        # One that could not finish may have left a part of an answer; else it is on its way.
        folder = self.scratch.folder if worker.broken else None
        worker.kill()
        with contextlib.suppress(RuntimeError):  # the pool is closed, and that ends it too
            self.threads.submit(self._reaped, worker, folder)

    def weigh(self) -> None:
        """End the largest worker if all together have too much memory."""
        if monotonic() - self.weighed < TICK:
            return
        # Those that are being ended give theirs back in a moment.
        working = [worker for worker in tuple(self.living) if not worker.broken]
        sizes = {worker: worker.memory for worker in working}
        self.weighed = monotonic()
        if sum(sizes.values()) > self.limits.together * MIB:
            largest = max(sizes, key=lambda worker: sizes[worker])
            self.too_large.add(largest)
            largest.kill()

    def _keep_started(self, starting: asyncio.Future[Worker]) -> None:
        if not starting.cancelled() and not starting.exception():
            self.keep(starting.result())

    def _reaped(self, worker: Worker, folder: Path | None) -> None:
        worker.reap(folder)
        self.living.discard(worker)
        self.too_large.discard(worker)

    def _started(self) -> Worker:
        ours, theirs = self.context.Pipe()
        generation = self.generation
        process = self.context.Process(
            target=serve,
            args=(theirs, self.directory, self.limits, self.scratch.folder),
            # The first worker of a build compares the store with its ledger.
            kwargs={"counted": generation != self.checked},
            daemon=True,
        )
        process.start()
        theirs.close()
        worker = Worker(process, ours, generation)
        worker.opened()
        self.checked = generation
        self.living.add(worker)
        return worker
