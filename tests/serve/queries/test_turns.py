"""Which queries run now: in a simulated time first, then with real workers."""

from __future__ import annotations

import asyncio
import os
import random
from collections.abc import Callable, Coroutine, Iterator
from contextlib import suppress
from pathlib import Path
from statistics import quantiles
from typing import Any, TypeVar

import pytest

from kg.base.usage import CAN_PAUSE
from kg.serve.limits import Limits
from kg.serve.queries.pool import Pool
from kg.serve.queries.run import THERE_UNSEEN, TICK
from kg.serve.queries.turns import FRESH, PACE, PATIENCE, Turn, Turns
from kg.serve.requests import QueryRequest
from tests.testing.servers.runaways import RUNAWAYS

# Seconds that a query may take.
LIMIT = 10.0
Result = TypeVar("Result")


class Simulated(asyncio.SelectorEventLoop):
    """A loop whose time passes at once when all wait for it."""

    now = 0.0

    def time(self) -> float:
        return self.now

    def _run_once(self) -> None:
        if not self._ready and self._scheduled:  # type: ignore[attr-defined]
            self.now = max(self.now, self._scheduled[0].when())  # type: ignore[attr-defined]
        super()._run_once()  # type: ignore[misc]


def simulated(main: Callable[[], Coroutine[Any, Any, Result]]) -> Result:
    with asyncio.Runner(loop_factory=Simulated) as runner:
        return runner.run(main())


class Job:
    """What works for a query."""

    def __init__(self, needs: float) -> None:
        self.needs, self.weight = needs, 1.0
        self.worked = 0.0
        self.paused = False
        self.done = asyncio.Event()

    def pause(self) -> None:
        self.paused = True

    def resume(self) -> None:
        self.paused = False


class Machine:
    """Two processors, which all jobs that run share as the system would."""

    step = 0.005

    def __init__(self) -> None:
        self.jobs: set[Job] = set()
        self.turns = Turns(places=2)

    async def run(self) -> None:
        while True:
            await asyncio.sleep(self.step)
            running = [job for job in self.jobs if not job.paused]
            weight = sum(job.weight for job in running)
            for job in running:
                job.worked += self.step * min(1, 2 * job.weight / weight)
                if job.worked >= job.needs:
                    job.done.set()

    async def query(self, needs: float) -> float:
        """Seconds in which a query is answered that needs so many of a processor."""
        came, answered = _now(), False
        with suppress(TimeoutError):
            async with asyncio.timeout(LIMIT), Turn(self.turns) as turn:
                self.jobs.add(job := Job(needs))
                try:
                    await self._watched(turn, job)
                    answered = True
                finally:
                    self.jobs.remove(job)
        return _now() - came if answered else float("inf")

    async def _watched(self, turn: Turn, job: Job) -> None:
        while not job.done.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(job.done.wait(), 0.25 if turn.slow else 0.05)
            if job.worked > 0.05:
                turn.linger(job)
            if job.worked > 2.5:
                turn.exhaust()
                job.weight = 0.1


def _now() -> float:
    return asyncio.get_running_loop().time()


async def asking(
    machine: Machine, seed: int, until: float, told: list[tuple[float, float]]
) -> None:
    """Ask one thing after the other, one in fifty of which takes a second, others 10 ms."""
    choose = random.Random(seed)
    while _now() < until:
        needs = 1.0 if choose.randrange(50) == 0 else 0.01
        told.append((needs, await machine.query(needs)))


def crowd(clients: int, runaways: int) -> tuple[list[float], list[float]]:
    """How long short and long queries take in a minute of many clients without a break."""

    async def main() -> list[tuple[float, float]]:
        machine, told = Machine(), list[tuple[float, float]]()
        running = asyncio.create_task(machine.run())
        hopeless = [asyncio.create_task(endless(machine)) for _ in range(runaways)]
        await asyncio.gather(*(asking(machine, seed, 60, told) for seed in range(clients)))
        for task in (running, *hopeless):
            task.cancel()
        return told

    async def endless(machine: Machine) -> None:
        while True:
            await machine.query(float("inf"))

    told = simulated(main)
    short, long = ([took for needs, took in told if needs == n] for n in (0.01, 1.0))
    return short, long


def p99(seconds: list[float]) -> float:
    return quantiles(seconds, n=100, method="inclusive")[-1]


def test_neither_short_nor_long_queries_starve_beside_many_clients() -> None:
    """64 clients keep both processors busy; strict priority would end the long ones with 504."""
    short, long = crowd(64, 0)
    assert len(short) > 2500
    assert len(long) > 50
    assert p99(short) < LIMIT / PATIENCE
    assert max(long) < LIMIT


def test_short_queries_are_fast_beside_64_runaways() -> None:
    short, _ = crowd(1, 64)
    assert len(short) > 500
    assert p99(short) < 0.2
    assert max(short) < 4  # those that come behind all 64 at once


def test_a_query_of_a_second_is_answered_beside_runaways() -> None:
    _, long = crowd(8, 4)
    assert max(long) < LIMIT


@pytest.fixture
def turns() -> Turns:
    return Turns(fresh=5, slow=4, places=1)


class Step:
    """A few queries by number: which began, which are paused, and what each does next."""

    def __init__(self, turns: Turns) -> None:
        self.turns = turns
        self.begun: list[int] = []
        self.jobs: dict[int, Job] = {}
        self.held: dict[int, Turn] = {}
        self.tasks: dict[int, asyncio.Task[None]] = {}

    async def come(self, *numbers: int) -> None:
        for number in numbers:
            self.tasks[number] = asyncio.create_task(self._one(number))
        await asyncio.sleep(0)

    async def _one(self, number: int) -> None:
        async with Turn(self.turns) as turn:
            self.begun.append(number)
            self.held[number], self.jobs[number] = turn, Job(1)
            await asyncio.Event().wait()

    async def linger(self, number: int) -> None:
        self.held[number].linger(self.jobs[number])
        await asyncio.sleep(0)

    async def leave(self, *numbers: int) -> None:
        for number in numbers:
            self.tasks[number].cancel()
        await asyncio.sleep(0)
        await asyncio.sleep(0)

    @property
    def paused(self) -> list[int]:
        return [number for number, job in self.jobs.items() if job.paused]


def stepping(told: Callable[[Step], Coroutine[Any, Any, None]], turns: Turns) -> None:
    async def main() -> None:
        step = Step(turns)
        await told(step)
        await step.leave(*step.tasks)
        assert (turns.fresh, turns.slow, turns.exhausting) == (0, [], 0)
        assert not turns.waiting

    simulated(main)


def test_fresh_queries_begin_in_order_of_arrival_two_for_each_processor(turns: Turns) -> None:
    async def told(step: Step) -> None:
        await step.come(0, 1, 2, 3)
        assert step.begun == [0, 1]
        await step.leave(2)  # it waits no more, and holds up nobody
        await step.leave(0)
        assert step.begun == [0, 1, 3]

    stepping(told, turns)


def test_as_many_slow_queries_run_as_there_are_processors(turns: Turns) -> None:
    async def told(step: Step) -> None:
        await step.come(0, 1)
        await step.linger(0)
        await step.linger(1)
        assert step.paused == [1]
        await step.leave(0)
        assert step.paused == []

    stepping(told, turns)


def test_the_waits_of_the_fresh_and_the_slow_stay_in_proportion() -> None:
    async def told(step: Step) -> None:
        await step.come(0, 1)
        await asyncio.sleep(1)
        await step.linger(0)
        await step.come(2, 3)
        assert (step.begun, step.paused) == ([0, 1, 2], [])
        await asyncio.sleep(1 / PATIENCE)  # the wait of 3 is not yet a fifth of that of 0
        assert step.paused == []
        await asyncio.sleep(1 / PATIENCE)
        assert step.paused == [0]
        await step.leave(2)  # 3 begins, and nobody waits any more
        assert (step.begun, step.paused) == ([0, 1, 2, 3], [])

    stepping(told, Turns(fresh=2, places=1))


def test_a_fresh_query_begins_every_moment_whatever_else_waits(turns: Turns) -> None:
    async def told(step: Step) -> None:
        await step.come(0)
        await step.linger(0)
        await asyncio.sleep(60)
        await step.come(1, 2, 3)
        begun = []
        for _ in range(3):
            begun.append(len(step.begun))
            await asyncio.sleep(1.1 * PACE)
        assert begun == [2, 3, 4]
        assert step.paused == []

    stepping(told, turns)


def test_an_exhausting_query_makes_room_for_the_next_slow_one(turns: Turns) -> None:
    async def told(step: Step) -> None:
        await step.come(0, 1)
        await step.linger(0)
        await step.linger(1)
        step.held[0].exhaust()
        assert step.paused == []
        assert (len(turns.slow), turns.exhausting) == (1, 1)

    stepping(told, turns)


def test_a_query_stays_fresh_while_no_place_is_left(turns: Turns) -> None:
    async def told(step: Step) -> None:
        await step.come(*range(5))
        for number in range(5):
            await asyncio.sleep(PACE)
            await step.linger(number)
        assert turns.full
        assert (turns.fresh, step.held[4].slow) == (1, False)
        assert step.paused == [1, 2, 3]

    stepping(told, turns)


def test_the_time_that_a_query_was_paused_is_told(turns: Turns) -> None:
    async def told(step: Step) -> None:
        await step.come(0, 1)
        await step.linger(0)
        await step.linger(1)
        await asyncio.sleep(3)
        assert (step.held[0].paused, step.held[1].paused) == (0, 3)
        await step.leave(0)
        await asyncio.sleep(1)
        assert step.held[1].paused == 3

    stepping(told, turns)


def test_a_turn_that_is_given_to_one_who_leaves_goes_on_to_the_next() -> None:
    async def told(step: Step) -> None:
        await step.come(0, 1, 2)
        step.tasks[0].cancel()
        await asyncio.sleep(0)  # the turn is given to 1, and not yet taken
        step.tasks[1].cancel()
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert step.begun == [0, 2]

    stepping(told, Turns(fresh=1, places=1))


def test_those_who_wait_for_another_server_are_never_paused() -> None:
    """They take no processor from each other."""
    pool = Pool("http://localhost:1/sparql", Limits())
    pool.close()
    assert pool.there == THERE_UNSEEN

    async def told(step: Step) -> None:
        await step.come(*range(FRESH))
        assert len(step.begun) == FRESH
        for number in range(FRESH):
            await step.linger(number)
        await step.come(*range(FRESH, 3 * FRESH))
        await asyncio.sleep(60)
        assert len(step.begun) == 2 * FRESH
        assert step.paused == []

    stepping(told, pool.turns)


# With real workers


@pytest.fixture
def pool(graph_of_examples: Path) -> Iterator[Pool]:
    pool = Pool(graph_of_examples, Limits(seconds=300))
    pool.turns = Turns(places=1)
    pool.open()
    try:
        yield pool
    finally:
        pool.close()


async def running(pool: Pool, count: int, enough: Callable[[], bool]) -> None:
    """Have runaways run until something comes true."""
    asked = [QueryRequest(f"{RUNAWAYS['cross join']} # {i}") for i in range(count)]
    tasks = [asyncio.create_task(pool.answer(one, asyncio.Event())) for one in asked]
    try:
        async with asyncio.timeout(120):
            while not enough():
                await asyncio.sleep(0.05)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def ways(pool: Pool) -> list[int]:
    """How much each worker gives way."""
    own = os.getpriority(os.PRIO_PROCESS, 0)
    return sorted(os.getpriority(os.PRIO_PROCESS, worker.pid) - own for worker in pool.living)


def state(pid: int) -> str:
    """What the system says of a process: R when it runs, T when it is paused."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return ""


def states(pool: Pool) -> list[str]:
    return sorted(state(worker.pid) for worker in pool.living)


@pytest.mark.skipif(not hasattr(os, "getpriority"), reason="the system tells of no niceness")
def test_a_query_gives_way_when_it_has_worked_for_seconds(pool: Pool) -> None:
    asyncio.run(running(pool, 2, lambda: ways(pool) == [10, 10]))
    assert (pool.turns.fresh, pool.turns.slow, pool.turns.exhausting) == (0, [], 0)


@pytest.mark.skipif(not CAN_PAUSE, reason="nothing is paused here")
def test_slow_queries_without_a_processor_are_paused(pool: Pool) -> None:
    asyncio.run(running(pool, 3, lambda: states(pool).count("T") == 2))


@pytest.mark.skipif(not CAN_PAUSE, reason="nothing is paused here")
def test_a_worker_that_was_paused_answers_the_next_query(pool: Pool) -> None:
    async def main() -> bytes:
        await running(pool, 3, lambda: states(pool).count("T") == 2)
        await asyncio.sleep(TICK)
        return (await pool.answer(QueryRequest("ASK {}", format="csv"), asyncio.Event())).body

    assert asyncio.run(main()) == b"true"
