"""A query that wants to run in, its turn out: the fresh go first, the slow make room for them.

A query begins with a fresh turn. After a moment it moves to a place for slow ones, if there is
one left, so that the next can begin: however many slow ones run, a short query waits for
moments, not for their end.
"""

from __future__ import annotations

from asyncio import Semaphore
from typing import Self

from kg.settings import default

# Queries that run at a time: in their first moments, and those that take longer.
FRESH: int = default("fresh")
SLOW: int = default("slow")


class Turns:
    """The turns of a server."""

    def __init__(self, fresh: int = FRESH, slow: int = SLOW) -> None:
        self.fresh, self.most = Semaphore(fresh), slow
        self.running = 0
        self.slow = 0

    @property
    def crowded(self) -> bool:
        """Whether somebody waits for a turn, and no place for slow ones is left."""
        return self.fresh.locked() and self.slow >= self.most


class Turn:
    """The turn of one query: ``async with`` waits for it, and gives it back."""

    def __init__(self, turns: Turns) -> None:
        self.turns = turns
        self.slow = False

    async def __aenter__(self) -> Self:
        await self.turns.fresh.acquire()
        self.turns.running += 1
        return self

    async def __aexit__(self, *_: object) -> None:
        self.turns.running -= 1
        if self.slow:
            self.turns.slow -= 1
        else:
            self.turns.fresh.release()

    def linger(self) -> None:
        """Take the place of a slow query, if one is left, and let the next begin."""
        if not self.slow and self.turns.slow < self.turns.most:
            self.slow = True
            self.turns.slow += 1
            self.turns.fresh.release()
