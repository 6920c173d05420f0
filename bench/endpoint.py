"""How an endpoint bears those who ask too much.

    python bench/endpoint.py DIR [--limit 5]

DIR is a folder that ``kg build`` wrote. Runaway queries are asked one by one and all at once;
the figures are seconds from asking to the answer, and how long short queries take meanwhile.
``bench/mixed.py`` tells how many it serves at once.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

import httpx2

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.testing.servers.runaways import RUNAWAYS, SHORT  # noqa: E402
from tests.testing.servers.server import Server, serving  # noqa: E402

AT_ONCE = (16, 30, 64)
# Seconds between two short queries beside runaways.
PAUSE = 0.25
EXPECTED = {503, 504, 507}


@dataclass(frozen=True)
class Told:
    """What a client was told, and how many seconds after it asked."""

    status: int
    seconds: float
    body: bytes


async def told(client: httpx2.AsyncClient, server: Server, query: str) -> Told:
    began = time.perf_counter()
    answer = await client.post(server.sparql, data={"query": query})
    return Told(answer.status_code, time.perf_counter() - began, answer.content)


def client() -> httpx2.AsyncClient:
    limits = httpx2.Limits(max_connections=None)
    return httpx2.AsyncClient(timeout=300, limits=limits, trust_env=False)


def spread(seconds: list[float]) -> str:
    p95 = quantiles(seconds, n=20)[-1] if len(seconds) > 1 else seconds[0]
    return f"p50 {median(seconds):6.3f} s   p95 {p95:6.3f} s   most {max(seconds):6.3f} s"


def many(count: int) -> list[str]:
    """So many different runaways."""
    names = list(RUNAWAYS.values())
    return [f"{names[i % len(names)]}\n# {i}" for i in range(count)]


async def one_by_one(server: Server) -> list[Told]:
    async with client() as asking:
        return [await told(asking, server, query) for query in RUNAWAYS.values()]


async def at_once(server: Server, count: int) -> tuple[list[Told], list[Told]]:
    """What runaways at once are told, and short queries beside them."""
    async with client() as asking:
        running = [asyncio.create_task(told(asking, server, query)) for query in many(count)]
        short = []
        while not all(task.done() for task in running):
            await asyncio.sleep(PAUSE)
            short.append(await told(asking, server, SHORT[len(short) % len(SHORT)]))
        return await asyncio.gather(*running), short


def statuses(answers: list[Told]) -> str:
    counted = Counter(answer.status for answer in answers)
    return " ".join(f"{status}: {count}" for status, count in sorted(counted.items()))


def report_runaways(server: Server, limit: float) -> int:
    alone = asyncio.run(one_by_one(server))
    late = sum(answer.seconds > limit + 1 for answer in alone)
    wrong = sum(answer.status not in EXPECTED for answer in alone)
    print(f"{len(alone)} runaways one by one: {spread([a.seconds for a in alone])}")
    print(f"   later than limit + 1 s: {late}   {statuses(alone)}")
    for count in AT_ONCE:
        runaways, short = asyncio.run(at_once(server, count))
        late += sum(answer.seconds > limit + 1 for answer in runaways)
        wrong += sum(answer.status not in EXPECTED for answer in runaways)
        wrong += sum(answer.status != 200 for answer in short)
        print(f"{count} runaways at once:     {spread([a.seconds for a in runaways])}")
        print(f"   later than limit + 1 s: {late}   {statuses(runaways)}")
        print(
            f"   short ones beside them: {spread([a.seconds for a in short])}   {statuses(short)}"
        )
    return late + wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("directory", type=Path)
    parser.add_argument("--limit", type=float, default=5)
    given = parser.parse_args()
    print(f"{os.cpu_count()} processors, limit {given.limit:g} s")
    with serving(given.directory, "--timeout", str(given.limit)) as server:
        return 1 if report_runaways(server, given.limit) else 0


if __name__ == "__main__":
    sys.exit(main())
