"""A query in, its answer out: one that was given before, one that is being made, or a new one.

Pages and dashboards ask the same again and again, and many people ask it at once. As long as a
build of the graph counts, the same query has the same answer: it is made once for all who wait
for it, and kept as long as there is room.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from pathlib import Path
from typing import TYPE_CHECKING

from kg.query.remote.address import is_remote
from kg.serve.limits import MIB
from kg.serve.reply import Answer, busy

if TYPE_CHECKING:
    from kg.serve.queries.pool import Pool
    from kg.serve.requests import Request

# Bytes of all answers that are kept, with what was asked.
ROOM = 32 * MIB


class Shared:
    """What a pool answers, each query once while a build counts; ``room`` is in bytes."""

    def __init__(self, pool: Pool, room: int = ROOM) -> None:
        self.pool, self.room = pool, room
        self.generation = ""
        self.cache: OrderedDict[Request, Answer] = OrderedDict()
        self.size = 0
        self.running: dict[Request, _Run] = {}

    async def answer(self, request: Request, abandoned: asyncio.Event) -> Answer:
        """Answer a query, or say why not; ``abandoned`` is set when nobody waits for it."""
        if not self._is_shared(request):
            return await self.pool.answer(request, abandoned)
        self._renew()
        if request in self.cache:
            self.cache.move_to_end(request)
            return self.cache[request]
        if request not in self.running:
            self.running[request] = _Run(self, request)
        arrived = asyncio.get_running_loop().time()
        answer = await self.running[request].answer(abandoned)
        # The file of a long answer is read once, so the others ask for themselves.
        return answer or await self.pool.answer(request, abandoned, arrived)

    def keep(self, request: Request, answer: Answer) -> None:
        """Keep an answer, if it is whole and in memory; those used longest ago make room."""
        if answer.status != 200 or answer.file or not self.generation:
            return
        self.cache[request] = answer
        self.size += _size(request, answer)
        while self.size > self.room:
            self.size -= _size(*self.cache.popitem(last=False))

    def _is_shared(self, request: Request) -> bool:
        """Whether it has the same answer as long as the build counts."""
        return request.repeatable and not is_remote(self.pool.directory)

    def _renew(self) -> None:
        """Forget what was made of an earlier build."""
        now = self.pool.generation
        if now != self.generation:
            self.generation, self.size = now, 0
            self.cache.clear()
            self.running.clear()


class _Run:
    """A query on its way that several may wait for; it is stopped when all of them have left."""

    def __init__(self, shared: Shared, request: Request) -> None:
        self.shared, self.request = shared, request
        self.abandoned = asyncio.Event()
        self.waiting = 0
        self.delivered = False
        self.task = asyncio.create_task(self._fetch())

    async def answer(self, abandoned: asyncio.Event) -> Answer | None:
        """Its answer; None if that is in a file which was given to another."""
        self.waiting += 1
        leaving = asyncio.create_task(abandoned.wait())
        try:
            await asyncio.wait({self.task, leaving}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            leaving.cancel()
            self.waiting -= 1
            if not self.waiting:
                self._leave()
        if not self.task.done():
            return busy()
        answer = self.task.result()
        if answer.file and self.delivered:
            return None
        self.delivered = True
        return answer

    async def _fetch(self) -> Answer:
        generation = self.shared.generation
        try:
            answer = await self.shared.pool.answer(self.request, self.abandoned)
        finally:
            self._end()
        # A build that ended meanwhile may or may not be what was asked.
        if self.shared.pool.generation == generation == self.shared.generation:
            self.shared.keep(self.request, answer)
        if answer.file and self.abandoned.is_set():
            Path(answer.file).unlink(missing_ok=True)
        return answer

    def _leave(self) -> None:
        """Nobody waits for it any more."""
        self.abandoned.set()
        self._end()

    def _end(self) -> None:
        if self.shared.running.get(self.request) is self:
            del self.shared.running[self.request]


def _size(request: Request, answer: Answer) -> int:
    return len(repr(request)) + len(answer.body)
