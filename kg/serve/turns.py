"""A query that wants to run in, its turn out: the fresh go first, the slow make room for them.

A query begins with a fresh turn. After a moment it moves to a place for slow ones, if there is
one left, so that the next can begin: however many slow ones run, a short query waits for
moments, not for their end.

As long as the slow are few, they run beside a few fresh ones at a time and are worth as much:
a query of a second ends in time though short ones come without a break, and these wait a little
longer. What is beyond that many could not end in time whatever it was given, so it gives way,
and fresh ones begin as fast as they can.
"""

from __future__ import annotations

from asyncio import Future, get_running_loop
from collections import deque
from typing import Self

from kg.settings import default
from kg.usage import processors

# Queries that run at a time: in their first moments, and those that take longer.
FRESH: int = default("fresh")
SLOW: int = default("slow")
# For each processor, fresh ones at a time while the slow are few: one computes while another is
# handed over. The share of the slow grows with their number, from a fifth for one.
AT_A_TIME = 2
# For each processor, slow ones that are few. Then each has a second of a processor within ten.
FEW = 8


class Turns:
    """The turns of a server.

    Args:
        fresh: Fresh ones at a time.
        slow: Places for slow ones.
        at_a_time: Fresh ones at a time while no more than ``few`` are slow.
    """

    def __init__(
        self,
        fresh: int = FRESH,
        slow: int = SLOW,
        at_a_time: int = AT_A_TIME * processors(),
        few: int = FEW * processors(),
    ) -> None:
        self.most_fresh, self.most_slow = fresh, slow
        self.at_a_time, self.few = min(fresh, at_a_time), few
        self.fresh = self.slow = 0
        self.waiting: deque[Future[None]] = deque()

    @property
    def many(self) -> bool:
        """Whether there are more slow ones than could end in time."""
        return self.slow > self.few

    @property
    def crowded(self) -> bool:
        """Whether somebody waits for a turn, and no place for slow ones is left."""
        return bool(self.waiting) and self.slow >= self.most_slow

    async def take(self) -> None:
        """Wait for a fresh turn; who came first has it first."""
        turn = get_running_loop().create_future()
        self.waiting.append(turn)
        self._next()
        try:
            await turn
        except BaseException:
            if turn.cancelled():
                self.waiting.remove(turn)
            else:
                self.give_back()
            raise

    def give_back(self) -> None:
        """Let the next have a fresh turn."""
        self.fresh -= 1
        self._next()

    def _next(self) -> None:
        while self.waiting and self.fresh < (self.most_fresh if self.many else self.at_a_time):
            turn = self.waiting.popleft()
            if not turn.done():
                self.fresh += 1
                turn.set_result(None)


class Turn:
    """The turn of one query: ``async with`` waits for it, and gives it back."""

    def __init__(self, turns: Turns) -> None:
        self.turns = turns
        self.slow = self.gives_way = False

    async def __aenter__(self) -> Self:
        await self.turns.take()
        return self

    async def __aexit__(self, *_: object) -> None:
        if self.slow:
            self.turns.slow -= 1
        else:
            self.turns.give_back()

    def linger(self) -> None:
        """Take the place of a slow query, if one is left, and let the next begin."""
        if not self.slow and self.turns.slow < self.turns.most_slow:
            self.slow = True
            self.turns.slow += 1
            self.gives_way = self.turns.many
            self.turns.give_back()
