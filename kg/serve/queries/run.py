"""A query in, its answer out, or why there is none: in its turn, and watched while it runs."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING

from kg.base.errors import StoreError
from kg.serve.queries.turns import Turn
from kg.serve.reply import Answer, busy, largest_of_all, refusal, too_long

if TYPE_CHECKING:
    from kg.serve.queries.pool import Pool
    from kg.serve.queries.worker import Worker
    from kg.serve.requests import Request

# How often a running query is looked at, in seconds, and how often a fresh one.
TICK = 0.25
SOON = 0.05
# A query is slow when it has worked for so many seconds of a processor, or has been there for so
# many: it waits for a disk, or for the processor on a busy machine, which is no reason to put it
# behind others soon. Where only the second can be told (the work of another server, or a system
# that tells nothing of processes), it is sooner.
WORKED = 0.05
THERE = 1.0
THERE_UNSEEN = 0.25
# It is exhausting when it has worked for so many seconds. Then it gives way by so much
# (niceness); more than that would starve it beside the other programs of the machine.
EXHAUSTING = 2.5
WAY = 10
# A query that no place is left for may run for so many seconds, if others wait for its turn.
SHED = 0.5


class Run:
    """A query on its way: waiting for its turn, then in a worker."""

    def __init__(self, pool: Pool, request: Request, seconds: float) -> None:
        self.pool, self.request = pool, request
        self.limits = replace(pool.limits, seconds=seconds)
        self.turn = Turn(pool.turns)
        self.began = 0.0  # when it began to be answered

    def stopped(self) -> Answer:
        """What is said when its time is over: whether it is too long, or waited too long."""
        worked = monotonic() - self.began - self.turn.paused if self.began else 0
        return too_long(self.limits) if worked > self.limits.seconds / 2 else busy()

    async def answer(self) -> Answer:
        async with self.turn:
            try:
                worker = await self.pool.worker()
            except (StoreError, OSError) as error:
                return refusal("graph", str(error))
            self.began = monotonic()
            loop = asyncio.get_running_loop()
            working = loop.run_in_executor(
                self.pool.threads, worker.answer, self.request, self.limits
            )
            try:
                return await self._watched(worker, working)
            finally:
                if working.done():
                    self.pool.keep(worker)
                else:
                    worker.kill()
                    working.add_done_callback(lambda _: self.pool.retire(worker))

    async def _watched(self, worker: Worker, working: asyncio.Future[Answer]) -> Answer:
        turn, turns = self.turn, self.pool.turns
        while not (await asyncio.wait({working}, timeout=TICK if turn.slow else SOON))[0]:
            spent, worked = monotonic() - self.began, worker.worked
            if spent > self.pool.there or worked > WORKED:
                turn.linger(worker)
            if not turn.slow and turns.crowded and spent > SHED:
                return busy()
            if worked > EXHAUSTING:
                turn.exhaust()
                if not self.request.is_page:
                    worker.give_way(WAY)
            self.pool.weigh()
        return largest_of_all(self.limits) if worker in self.pool.too_large else working.result()
