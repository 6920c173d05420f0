"""How a server bears many clients at once, a few of whom ask for much.

    python bench/mixed.py DIR [--clients 64] [--requests 100] [--limit 10] [--distinct]

DIR is a folder that ``kg build`` wrote. Each client asks one thing after the other, drawn from
short queries, the named questions, the pages, and, once in fifty, a query that sorts the whole
graph, which takes about a second of a processor in that of ``examples/``. All must be answered
within the limit, and each answer is compared with the one that was given to a client alone.

A server gives the same answer again to who asks the same. With ``--distinct`` no two queries or
questions are the same, so that each must be answered anew.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from urllib.parse import quote, urlencode

import httpx2

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from kg.base.usage import processors  # noqa: E402
from tests.testing.servers.runaways import SHORT  # noqa: E402
from tests.testing.servers.server import Server, serving  # noqa: E402

LONG = "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 3000"
PAGES = ("/", "/ask", "/query", "/questions.json", "/names.json", "/overview.json",
         "/static/ask.js")  # fmt: skip
# The graph of its answer is drawn.
DRAWN = "investments"
# Of so many requests one is the long query.
FIFTY = 50
# Seconds within which 99 of 100 short queries are to be answered.
SOON = 2.0


@dataclass(frozen=True)
class Request:
    """What is asked: its kind, and its address."""

    kind: str
    address: str


@dataclass(frozen=True)
class Told:
    """What came of a request, and how many seconds after it was sent."""

    request: Request
    status: int
    seconds: float
    body: bytes

    @property
    def like(self) -> tuple[int, bytes]:
        return self.status, self.body


def client(server: Server) -> httpx2.AsyncClient:
    return httpx2.AsyncClient(
        base_url=server.address,
        timeout=600,
        limits=httpx2.Limits(max_connections=None),
        trust_env=False,
    )


def query(kind: str, text: str) -> Request:
    return Request(kind, f"/sparql?{urlencode({'query': text})}")


async def requests(asking: httpx2.AsyncClient) -> list[Request]:
    """What is drawn from: each as often as it stands here."""
    known = (await asking.get("/questions.json")).json()["questions"]
    named = [
        one["name"] for one in known if all(p["default"] is not None for p in one["parameters"])
    ]
    thing = (await asking.get("/names.json")).json()[0][0]
    others = [Request("question", f"/answer/{quote(name)}?format=csv") for name in named]
    drawn = next(one["example"] for one in known if one["name"] == DRAWN)
    drawing = (f"/?{urlencode({'around': thing})}", f"/graph?{urlencode({'query': drawn})}")
    others += [Request("page", page) for page in (*PAGES, *drawing)]
    short = [query("short", SHORT[i % len(SHORT)]) for i in range(FIFTY - 1 - len(others))]
    return [*short, *others, query("long", LONG)]


async def told(asking: httpx2.AsyncClient, request: Request, number: int = 0) -> Told:
    """What comes of a request; with a number, no answer to another serves for it."""
    address, headers = request.address, {}
    if number and "query=" in address:
        address += quote(f"\n# {number}")
    elif number:
        headers["Accept"] = f"*/*;number={number}"
    began = time.perf_counter()
    answer = await asking.get(address, headers=headers)
    return Told(request, answer.status_code, time.perf_counter() - began, answer.content)


async def crowd(
    server: Server, clients: int, count: int, *, distinct: bool = False
) -> tuple[list[Told], int]:
    """What many clients are told, and how many answers differ from those to one alone."""
    async with client(server) as asking:
        drawn = await requests(asking)
        right = {one: (await told(asking, one)).like for one in set(drawn)}
        refused = [one.address for one, (status, _) in right.items() if status != 200]
        assert not refused, refused

        async def one(seed: int) -> list[Told]:
            choose, first = random.Random(seed), 1 + seed * count
            numbers = range(first, first + count) if distinct else [0] * count
            return [await told(asking, choose.choice(drawn), number) for number in numbers]

        found = [row for rows in await asyncio.gather(*map(one, range(clients))) for row in rows]
    return found, sum(answer.like != right[answer.request] for answer in found)


def p99(seconds: list[float]) -> float:
    return quantiles(seconds, n=100, method="inclusive")[-1] if len(seconds) > 1 else seconds[0]


def report(found: list[Told]) -> None:
    for kind in ("short", "question", "page", "long"):
        answers = [answer for answer in found if answer.request.kind == kind]
        if not answers:
            continue
        seconds = sorted(answer.seconds for answer in answers)
        statuses = sorted(Counter(answer.status for answer in answers).items())
        print(
            f"   {kind:9} p50 {seconds[len(seconds) // 2]:6.3f} s   p99 {p99(seconds):6.3f} s   "
            f"most {seconds[-1]:6.3f} s   {' '.join(f'{s}: {n}' for s, n in statuses)}"
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("directory", type=Path)
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--requests", type=int, default=100)
    parser.add_argument("--limit", type=float, default=10)
    parser.add_argument("--distinct", action="store_true")
    given = parser.parse_args()
    with serving(given.directory, "--timeout", str(given.limit)) as server:
        began = time.perf_counter()
        asking = crowd(server, given.clients, given.requests, distinct=given.distinct)
        found, wrong = asyncio.run(asking)
        spent = time.perf_counter() - began
    late = p99([answer.seconds for answer in found if answer.request.kind == "short"])
    print(
        f"{given.clients} clients, {given.requests} requests each, {processors()} processors, "
        f"limit {given.limit:g} s: {len(found) / spent:.0f} a second, {wrong} wrong or refused"
    )
    report(found)
    if late > SOON:
        print(f"   short queries are answered within {late:.1f} s, not {SOON:g} s")
    return 1 if wrong or late > SOON else 0


if __name__ == "__main__":
    sys.exit(main())
