"""Which queries run now: a multilevel feedback queue over the processors of the machine.

A query comes in fresh: it waits for its turn and runs at once with a few others. One that is not
done after a moment is slow: as many slow ones run as there are processors, in order of arrival,
and the others are paused. One that is not done after some seconds is exhausting: it runs, but
gives way to all others.

The fresh and the slow share the processors so that their waits stay in proportion: a slow one
waits at most ``PATIENCE`` times as long as a fresh one. Strict priority for short queries would
fail: where many clients ask without a break, all of them end up in long queries, which then
never end. An equal wait for all would let a few long queries hold up everybody.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Protocol, Self

from kg.base.settings import default
from kg.base.usage import processors

# Queries that may be there at a time: in their first moments, and those that take longer.
FRESH: int = default("fresh")
SLOW: int = default("slow")
# Fresh ones for each processor: one computes while another is handed over.
AT_A_TIME = 2
# How many times as long as a fresh one a slow one waits at most. With less, long queries that
# come together hold up the short ones; with more, they come near the time limit. In a simulation
# of bench/mixed.py with 64 clients 99 of 100 short ones were answered within 2.0 s at 3, 1.5 s
# at 5, and all long ones within 6.7 s at 3, 8.6 s at 5.
PATIENCE = 5
# A fresh one begins every so many seconds, whatever else waits: beside runaways, which only wait
# for their end, a short query is to be answered at once.
PACE = 0.05


def _now() -> float:
    return asyncio.get_running_loop().time()


class Pausable(Protocol):
    """What works for a query, and can be told to pause."""

    def pause(self) -> None: ...
    def resume(self) -> None: ...


class Turns:
    """The turns of a server.

    Args:
        fresh: Most fresh ones at a time.
        slow: Most others at a time, those that are paused included.
        places: How many processors there are to share.
    """

    def __init__(self, fresh: int = FRESH, slow: int = SLOW, places: int = processors()) -> None:
        self.most_fresh, self.most_slow, self.places = fresh, slow, places
        self.waiting: deque[Turn] = deque()
        self.slow: list[Turn] = []
        self.fresh = self.exhausting = 0
        self.due = 0.0  # when the next fresh one begins in any case
        self.timer: asyncio.TimerHandle | None = None

    @property
    def full(self) -> bool:
        """Whether no place is left for one more slow query."""
        return len(self.slow) + self.exhausting >= self.most_slow

    @property
    def crowded(self) -> bool:
        """Whether somebody waits, and no place is left for one more slow query."""
        return self.full and bool(self.waiting)

    def share(self) -> None:
        """Let those begin, pause and go on whose turn it is now."""
        while self.waiting and self._may_begin():
            turn = self.waiting.popleft()
            if not turn.begins.cancelled():
                self.fresh += 1
                self.due = _now() + PACE
                turn.begins.set_result(None)
        running = self._running()
        for place, turn in enumerate(self.slow):
            turn.work(place < running)
        if self.waiting and not self.timer:
            again = self.due if self.due > _now() else _now() + PACE
            self.timer = asyncio.get_running_loop().call_at(again, self._again)

    def _again(self) -> None:
        self.timer = None
        self.share()

    def _slow_first(self) -> bool:
        """Whether the slow have waited longer than in proportion to the fresh."""
        if not self.slow or not self.waiting:
            return bool(self.slow)
        now = _now()
        return now - self.slow[0].queued_at > PATIENCE * (now - self.waiting[0].queued_at)

    def _running(self) -> int:
        """How many slow ones run."""
        occupied = 0 if self._slow_first() else -(-self.fresh // AT_A_TIME)
        return max(0, min(len(self.slow), self.places - occupied))

    def _may_begin(self) -> bool:
        """Whether one more fresh one may begin."""
        occupied = min(len(self.slow), self.places) if self._slow_first() else 0
        room = self.most_fresh if self.full else AT_A_TIME * (self.places - occupied)
        room = self.most_fresh if _now() >= self.due else min(room, self.most_fresh)
        return self.fresh < room


class Turn:
    """The turn of one query: ``async with`` waits for it, and gives it back."""

    def __init__(self, turns: Turns) -> None:
        self.turns = turns
        self.queued_at = _now()
        self.begins: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.slow = self.exhausting = False
        self.worker: Pausable | None = None
        self.paused_at: float | None = None
        self._paused = 0.0

    async def __aenter__(self) -> Self:
        self.turns.waiting.append(self)
        self.turns.share()
        try:
            await self.begins
        except BaseException:
            if self in self.turns.waiting:
                self.turns.waiting.remove(self)
            elif not self.begins.cancelled():
                self._leave()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        self._leave()

    @property
    def paused(self) -> float:
        """Seconds for which it was paused."""
        now = 0.0 if self.paused_at is None else _now() - self.paused_at
        return self._paused + now

    def linger(self, worker: Pausable) -> None:
        """Join the slow ones, if there is a place left; its worker is paused at times."""
        if not self.slow and not self.turns.full:
            self.slow, self.worker = True, worker
            self.turns.fresh -= 1
            self.turns.slow.append(self)
            self.turns.share()

    def exhaust(self) -> None:
        """Leave the slow ones, and run beside all others."""
        if self.slow and not self.exhausting:
            self.exhausting = True
            self.turns.exhausting += 1
            self.turns.slow.remove(self)
            self.work(True)
            self.turns.share()

    def work(self, goes_on: bool) -> None:
        """Pause its worker, or let it go on."""
        if not self.worker or goes_on == (self.paused_at is None):
            return
        if goes_on:
            self._paused, self.paused_at = self.paused, None
            self.worker.resume()
        else:
            self.paused_at = _now()
            self.worker.pause()

    def _leave(self) -> None:
        self.work(True)
        if self.exhausting:
            self.turns.exhausting -= 1
        elif self.slow:
            self.turns.slow.remove(self)
        else:
            self.turns.fresh -= 1
        self.turns.share()
