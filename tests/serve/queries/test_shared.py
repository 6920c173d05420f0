"""The same query is answered once while a build of the graph counts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, cast

import pytest

from kg.serve.limits import Limits
from kg.serve.queries.pool import Pool
from kg.serve.queries.shared import Shared, _size
from kg.serve.reply import Answer, busy, refusal
from kg.serve.requests import QueryRequest, Request, ReviewPart, ReviewRequest

ASK = QueryRequest("ASK {}")


class Workers:
    """What answers for a pool: with the number of the run, once it may."""

    def __init__(self, directory: Path | str = "outputs") -> None:
        self.directory = directory
        self.generation = "first"
        self.runs = self.left = 0
        self.may = asyncio.Event()
        self.stopped = busy()
        self.make: Callable[[int], Answer] = lambda run: Answer(200, "text/csv", b"%d" % run)

    async def answer(
        self, asked: Request, gone: asyncio.Event, came: float | None = None
    ) -> Answer:
        self.runs += 1
        run = self.runs
        others = [asyncio.create_task(event.wait()) for event in (self.may, gone)]
        await asyncio.wait(others, return_when=asyncio.FIRST_COMPLETED)
        for task in others:
            task.cancel()
        self.left += gone.is_set()
        return self.stopped if gone.is_set() else self.make(run)


class Clients:
    """Clients that ask through ``shared``, and may leave."""

    def __init__(self, workers: Workers, room: int = 1 << 20) -> None:
        self.workers = workers
        self.shared = Shared(cast("Pool", workers), room)
        self.gone: list[asyncio.Event] = []

    def ask(self, asked: Request = ASK) -> asyncio.Task[Answer]:
        self.gone.append(asyncio.Event())
        return asyncio.create_task(self.shared.answer(asked, self.gone[-1]))

    async def told(self, *asked: Request) -> list[bytes]:
        """What clients are told who ask at the same time."""
        tasks = [self.ask(one) for one in asked]
        await asyncio.sleep(0)
        self.workers.may.set()
        return [answer.body for answer in await asyncio.gather(*tasks)]


def told_of(main: Callable[[Clients], Coroutine[Any, Any, None]], **options: Any) -> None:
    room = options.pop("room", 1 << 20)

    async def run() -> None:
        await main(Clients(Workers(**options), room))

    asyncio.run(run())


async def settled() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


def test_those_who_ask_the_same_at_once_share_one_run() -> None:
    async def main(clients: Clients) -> None:
        assert await clients.told(ASK, ASK, ASK) == [b"1", b"1", b"1"]

    told_of(main)


def test_an_answer_is_given_again() -> None:
    async def main(clients: Clients) -> None:
        assert await clients.told(ASK) == [b"1"]
        assert await clients.told(ASK, QueryRequest("ASK {}", format="csv")) == [b"1", b"2"]

    told_of(main)


def test_a_new_build_is_asked_anew() -> None:
    async def main(clients: Clients) -> None:
        assert await clients.told(ASK) == [b"1"]
        clients.workers.generation = "second"
        assert await clients.told(ASK) == [b"2"]
        assert len(clients.shared.cache) == 1

    told_of(main)


def test_what_a_build_overtook_is_shared_with_nobody_who_comes_later() -> None:
    async def main(clients: Clients) -> None:
        early = clients.ask()
        await settled()
        clients.workers.generation = "second"
        late = clients.ask()
        await settled()
        clients.workers.may.set()
        assert [(await early).body, (await late).body] == [b"1", b"2"]
        assert await clients.told(ASK) == [b"2"]

    told_of(main)


@pytest.mark.parametrize(
    "asked",
    [
        QueryRequest("SELECT (NOW() AS ?x) {}"),
        QueryRequest("SELECT (rand() AS ?x) {}"),
        QueryRequest("SELECT (StrUUID() AS ?x) {}"),
        QueryRequest(r"SELECT (\u004eOW() AS ?x) {}"),
        ReviewRequest(ReviewPart.QUESTIONS, "corrections.jsonl"),
    ],
)
def test_what_changes_from_call_to_call_is_asked_each_time(asked: Request) -> None:
    async def main(clients: Clients) -> None:
        assert await clients.told(asked, asked) == [b"1", b"2"]
        assert await clients.told(asked) == [b"3"]

    told_of(main)


def test_a_graph_elsewhere_is_asked_each_time() -> None:
    async def main(clients: Clients) -> None:
        assert await clients.told(ASK, ASK) == [b"1", b"2"]

    told_of(main, directory="http://localhost:1/sparql")


def test_a_refusal_is_shared_and_not_kept() -> None:
    async def main(clients: Clients) -> None:
        clients.workers.make = lambda run: refusal("busy", str(run))
        assert await clients.told(ASK, ASK) == [b"1\n", b"1\n"]
        assert await clients.told(ASK) == [b"2\n"]

    told_of(main)


def test_those_used_longest_ago_make_room() -> None:
    first, second, third = (QueryRequest(f"ASK {{}} # {i}") for i in range(3))

    async def main(clients: Clients) -> None:
        for asked in (first, second, first, third):
            await clients.told(asked)
        assert list(clients.shared.cache) == [first, third]
        assert clients.shared.size <= clients.shared.room
        clients.workers.make = lambda _: Answer(200, "text/csv", b"x" * 1000)
        await clients.told(second)
        assert (clients.shared.cache, clients.shared.size) == ({}, 0)

    told_of(main, room=2 * _size(first, Answer(200, "", b"1")))


def test_a_run_goes_on_while_somebody_waits_for_it() -> None:
    async def main(clients: Clients) -> None:
        first, second = clients.ask(), clients.ask()
        await settled()
        clients.gone[0].set()
        assert (await first).code == "busy"
        assert clients.workers.left == 0
        clients.gone[1].set()
        assert (await second).code == "busy"
        await settled()
        assert clients.workers.left == 1
        assert await clients.told(ASK) == [b"2"]

    told_of(main)


def test_a_long_answer_is_given_to_one_and_the_others_ask_anew(tmp_path: Path) -> None:
    def make(run: int) -> Answer:
        file = tmp_path / str(run)
        file.touch()
        return Answer(200, "text/csv", file=str(file))

    async def main(clients: Clients) -> None:
        clients.workers.make = make
        asking = [clients.ask() for _ in range(3)]
        await settled()
        clients.workers.may.set()
        files = {answer.file for answer in await asyncio.gather(*asking)}
        assert files == {str(tmp_path / str(run)) for run in (1, 2, 3)}
        assert not clients.shared.cache

    told_of(main)


def test_a_long_answer_that_nobody_waits_for_is_removed(tmp_path: Path) -> None:
    async def main(clients: Clients) -> None:
        (tmp_path / "long").touch()
        clients.workers.stopped = Answer(200, "text/csv", file=str(tmp_path / "long"))
        asking = clients.ask()
        await settled()
        clients.gone[0].set()
        await asking
        await settled()
        assert not list(tmp_path.iterdir())

    told_of(main)


def test_a_query_that_was_answered_is_not_run_again(graph_of_examples: Path) -> None:
    async def main() -> tuple[Answer, Answer, int]:
        asked = QueryRequest("SELECT * { ?s a kg:Project }", format="csv")
        first, second = [await pool.shared.answer(asked, asyncio.Event()) for _ in range(2)]
        return first, second, sum(worker.answers for worker in pool.living)

    pool = Pool(graph_of_examples, Limits())
    pool.open()
    try:
        first, second, runs = asyncio.run(main())
    finally:
        pool.close()
    assert first == second
    assert (first.status, runs) == (200, 1)
