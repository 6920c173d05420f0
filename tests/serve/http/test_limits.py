"""A server that strangers ask: its limits hold, it goes on answering, and it lets only some in."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import signal
import socket
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import httpx2
import pytest
import uvicorn
from starlette.responses import PlainTextResponse
from uvicorn.server import ServerState

from bench.mixed import crowd
from kg.base.errors import StoreError
from kg.base.usage import CAN_PAUSE, processors
from kg.query.graph import open as open_store
from kg.serve.app import listening_socket
from kg.serve.http import connections
from kg.serve.http.connections import Protocol
from kg.serve.http.guard import AccessRules, Guard
from kg.serve.limits import Limits
from kg.serve.queries.answer import answer_request
from kg.serve.queries.pool import Pool
from kg.serve.queries.scratch import PREFIX, Scratch
from kg.serve.queries.turns import Turns
from kg.serve.reply import Answer
from kg.serve.requests import QueryRequest
from tests.conftest import SOAK, kg
from tests.testing.servers.runaways import RUNAWAYS, SHORT, TRIPLES
from tests.testing.servers.server import Server, serving

SECONDS = 1


@pytest.fixture(scope="module")
def server(graph_of_examples: Path) -> Iterator[Server]:
    with serving(graph_of_examples, "--timeout", str(SECONDS)) as running:
        yield running


@pytest.fixture(scope="module")
def patient(graph_of_examples: Path) -> Iterator[Server]:
    with serving(graph_of_examples, "--timeout", "60") as running:
        yield running


def ask(server: Server, query: str, **more: object) -> httpx2.Response:
    return httpx2.post(server.sparql, data={"query": query}, timeout=600, trust_env=False, **more)  # type: ignore[arg-type]


def soon(true: Callable[[], bool]) -> bool:
    """Whether something comes true within two minutes."""
    for _ in range(2400):
        if true():
            return True
        time.sleep(0.05)
    return False


def lives(server: Server) -> bool:
    return ask(server, "ASK {}").json() == {"head": {}, "boolean": True}


@pytest.mark.parametrize("bomb", RUNAWAYS)
def test_a_runaway_query_is_stopped(server: Server, bomb: str) -> None:
    answer = ask(server, RUNAWAYS[bomb])
    assert answer.status_code in (504, 507), answer.text[:200]
    assert "longer than 1 s" in answer.text or "MiB" in answer.text
    assert lives(server)


@pytest.mark.parametrize(("count", "seconds"), [(30, 10)] if SOAK == 1 else [(30, 10), (64, 20)])
def test_short_queries_are_answered_beside_runaway_ones(
    graph_of_examples: Path, count: int, seconds: int
) -> None:
    """However many run, all are told when their time is over, and short ones get through."""
    different = [f"{query}\n# {i}" for i in range(3) for query in RUNAWAYS.values()][:count]
    assert len(set(different)) == count

    async def main(server: Server) -> tuple[list[int], list[httpx2.Response]]:
        async with httpx2.AsyncClient(timeout=120, trust_env=False) as client:

            async def one(query: str) -> httpx2.Response:
                return await client.post(server.sparql, data={"query": query})

            runaways = [asyncio.create_task(one(query)) for query in different]
            await asyncio.sleep(1)
            short = [(await one(SHORT[0])).status_code]
            assert not all(task.done() for task in runaways), "it waited until they had ended"
            short += [(await one(query)).status_code for query in SHORT[1:]]
            return short, await asyncio.gather(*runaways)

    with serving(graph_of_examples, "--timeout", str(seconds)) as server:
        short, runaways = asyncio.run(main(server))
        assert lives(server)
    assert short == [200] * len(SHORT)
    told = {(answer.status_code, answer.headers["zhengtu-error"]) for answer in runaways}
    assert told <= {(503, "busy"), (504, "time"), (507, "memory")}
    assert all(a.headers["retry-after"] == str(seconds) for a in runaways if a.status_code == 503)


def test_the_time_counts_from_when_a_query_came(graph_of_examples: Path) -> None:
    async def main() -> list[Answer]:
        pool.turns = Turns(fresh=1, slow=0)
        asked = [
            QueryRequest(query) for query in (RUNAWAYS["cross join"], RUNAWAYS["rows"], "ASK {}")
        ]
        return await asyncio.gather(*(pool.answer(one, asyncio.Event()) for one in asked))

    pool = Pool(graph_of_examples, Limits(seconds=4))
    pool.open()
    try:
        first, second, short = asyncio.run(main())
    finally:
        pool.close()
    # No place for slow ones: each gives its turn back soon, as others wait for it.
    assert [first.code, second.code, short.status] == ["busy", "busy", 200]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells of memory")
def test_all_queries_together_have_a_limit(graph_of_examples: Path) -> None:
    async def main() -> list[Answer]:
        asked = [QueryRequest(f"{RUNAWAYS['order']} # {i}") for i in range(3)]
        return await asyncio.gather(*(pool.answer(one, asyncio.Event()) for one in asked))

    pool = Pool(graph_of_examples, Limits(seconds=60, memory=4000, together=200))
    pool.open()
    try:
        answers = asyncio.run(main())
    finally:
        pool.close()
    assert {answer.code for answer in answers} == {"memory"}
    assert b"all queries together need more than 200 MiB" in answers[0].body + answers[1].body


def test_long_answers_together_have_a_limit() -> None:
    scratch = Scratch()
    try:
        names = [scratch.folder / str(i) for i in range(3)]
        for name in names:
            name.write_bytes(b"x" * 100)
        first = scratch.hold(str(names[0]), 150)
        assert first is not None
        assert scratch.hold(str(names[1]), 150) is None
        with first:
            assert first.file.read() == b"x" * 100
        third = scratch.hold(str(names[2]), 150)
        assert third is not None
        with third:
            assert third.length == 100
        assert not list(scratch.folder.iterdir())
    finally:
        scratch.close()


def test_a_query_whose_client_left_is_stopped(patient: Server) -> None:
    before = _children(patient)
    with pytest.raises(httpx2.ReadTimeout):
        httpx2.post(patient.sparql, data={"query": RUNAWAYS["cross join"]}, timeout=1)
    assert lives(patient)
    if before is not None:
        assert _rests(_children(patient) or []), "a worker goes on though nobody waits for it"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells of processes")
def test_a_query_is_stopped_though_what_starts_workers_died(graph_of_examples: Path) -> None:
    with serving(graph_of_examples, "--timeout", "3") as server:
        before = _children(server) or []
        with ThreadPoolExecutor() as threads:
            runaway = threads.submit(ask, server, RUNAWAYS["cross join"])
            while not any(_busy(pid) for pid in before):
                time.sleep(0.05)
            commands = {pid: Path(f"/proc/{pid}/cmdline").read_bytes() for pid in before}
            starts_workers = next(pid for pid in before if b"forkserver" in commands[pid])
            os.kill(starts_workers, signal.SIGKILL)
            assert runaway.result().status_code == 504
        assert lives(server)
    assert _rests(before), "a worker goes on with a query that was stopped"


def _children(server: Server) -> list[int] | None:
    """The processes of a server, its forkserver's included, where the system tells."""
    task = Path(f"/proc/{server.process.pid}/task")
    if not task.is_dir():
        return None
    found, left = [], [server.process.pid]
    while left:
        for file in Path(f"/proc/{left.pop()}/task").glob("*/children"):
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # a thread has ended
                children = [int(child) for child in file.read_text().split()]
                found += children
                left += children
    return found


def _state(pid: int) -> str:
    """What the system says of a process: R when it runs, T when it is paused."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return ""


def _busy(pid: int) -> bool:
    return _state(pid) == "R"


def _rests(pids: list[int]) -> bool:
    """Whether processes end or stop working within two minutes."""
    for _ in range(1200):
        if not any(_busy(pid) for pid in pids):
            return True
        time.sleep(0.1)
    return False


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux limits memory")
def test_a_query_that_takes_all_memory_is_told_so(patient: Server) -> None:
    answer = ask(patient, RUNAWAYS["concat"])
    assert answer.status_code == 507
    assert "MiB of memory" in answer.text


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs /proc")
def test_a_worker_ended_from_outside_is_told_as_that(patient: Server) -> None:
    with ThreadPoolExecutor(1) as asking:
        waiting = asking.submit(ask, patient, RUNAWAYS["cross join"])
        time.sleep(1)
        samples = []
        for _ in range(5):  # a query works all the time, the rest of the server now and then
            samples.append({pid for pid in _children(patient) or () if _busy(pid)})
            time.sleep(0.1)
        busy = max(set().union(*samples), key=lambda pid: sum(pid in s for s in samples))
        os.kill(busy, signal.SIGKILL)
        answer = waiting.result(timeout=90)
    assert answer.status_code == 503
    assert "ended from outside" in answer.text
    assert lives(patient)


def test_a_long_answer_is_whole_or_an_error(graph_of_examples: Path, tmp_path: Path) -> None:
    query = f"SELECT * {{ {TRIPLES} }} LIMIT 9000"

    with open_store(graph_of_examples) as graph:
        whole = answer_request(graph, QueryRequest(query), Limits(), tmp_path)
        short = answer_request(graph, QueryRequest(query), Limits(answer=2), tmp_path)
    assert whole.status == 200
    assert Path(whole.file).stat().st_size > 2 << 20
    assert (short.status, short.file) == (507, "")
    assert b"2 MiB" in short.body


def test_an_answer_that_finds_no_room_is_told_so(graph_of_examples: Path, tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    with open_store(graph_of_examples) as graph:
        resource.setrlimit(resource.RLIMIT_FSIZE, (3 << 20, before[1]))
        try:
            full = answer_request(
                graph, QueryRequest(f"SELECT * {{ {TRIPLES} }}"), Limits(), tmp_path
            )
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert full.status == 507
    assert b"no room" in full.body
    assert not list(tmp_path.iterdir())


def test_what_was_written_of_a_stopped_answer_is_removed(graph_of_examples: Path) -> None:
    before = set(Path(tempfile.gettempdir()).glob("kg-serve-*"))
    with serving(graph_of_examples, "--timeout", "2") as server:
        [folder] = set(Path(tempfile.gettempdir()).glob("kg-serve-*")) - before
        # Long enough for a file, and then nothing more for hours.
        rows = "{ SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 20000 }"
        never = (
            "?g ?h ?i . ?j ?k ?l . ?m ?n ?o FILTER(SHA512(CONCAT(STR(?g), STR(?k), STR(?o))) = 'x')"
        )
        query = f"SELECT * {{ {rows} UNION {{ {never} }} }}"
        with ThreadPoolExecutor() as threads:
            stopped = threads.submit(ask, server, query)
            while not stopped.done() and not list(folder.iterdir()):
                time.sleep(0.02)
            assert not stopped.done(), "no file was made"
            assert stopped.result().status_code == 504
        assert soon(lambda: not list(folder.iterdir())), "the file is left"


def test_a_long_answer_comes_whole(patient: Server) -> None:
    answer = ask(patient, f"SELECT * {{ {TRIPLES} }} LIMIT 9000")
    assert answer.status_code == 200
    assert len(answer.content) == int(answer.headers["content-length"]) > 1 << 20
    assert len(answer.json()["results"]["bindings"]) == 9000


def test_10000_parentheses_are_refused(server: Server) -> None:
    answer = ask(server, f"SELECT ({'(' * 10_000}1{')' * 10_000} AS ?x) {{}}")
    assert answer.status_code == 400
    assert "nests deeper" in answer.text
    assert lives(server)


@pytest.mark.parametrize(
    ("length", "status", "code"),
    [
        (200_000, 200, None),
        (262_100, 200, None),
        (262_200, 413, "long"),
        (270_000, 413, "long"),
        (600_000, 413, "long"),
        (5_000_000, 413, "long"),
    ],
)
def test_a_long_address_is_answered_or_refused(
    server: Server, length: int, status: int, code: str | None
) -> None:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=600)
    address = "/sparql?query=ASK%7B%7D%23".ljust(length, "x")
    connection.request("GET", address, headers={"Connection": "close"})
    answer = connection.getresponse()
    assert (answer.status, answer.getheader("Zhengtu-Error")) == (status, code)
    assert ("POST" in answer.read().decode()) == (status == 413)
    connection.close()


def test_headers_without_end_are_refused(server: Server) -> None:
    answer = httpx2.get(server.sparql, headers={"Cookie": "x" * 500_000}, trust_env=False)
    assert (answer.status_code, answer.headers["zhengtu-error"]) == (413, "long")


def test_headers_that_came_whole_are_refused_as_well() -> None:
    """A busy server reads so much at once that their end is there before they count as long."""
    said: list[dict[str, object]] = []

    async def send(message: dict[str, object]) -> None:
        said.append(message)

    scope = {
        "type": "http", "method": "GET", "path": "/", "raw_path": b"/", "query_string": b"",
        "headers": [(b"host", b"localhost"), (b"cookie", b"x" * 500_000)],
    }  # fmt: skip
    asyncio.run(Guard(None, AccessRules("127.0.0.1"))(scope, None, send))
    assert said[0]["status"] == 413
    assert (b"zhengtu-error", b"long") in said[0]["headers"]


@pytest.mark.parametrize(
    "sent", [b"\x16\x03\x01 no HTTP at all\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n"]
)
def test_what_is_no_request_is_told_so(server: Server, sent: bytes) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=600) as connection:
        connection.sendall(sent)
        answer = b"".join(iter(lambda: connection.recv(4096), b""))
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400 Bad Request")
    assert b"\r\nzhengtu-error: request" in head
    assert body == b"what was sent is no HTTP request\n"


def test_a_body_of_100_mb_is_refused(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=600) as connection:
        connection.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 104857600\r\n"
            b"Content-Type: application/sparql-query\r\n\r\nASK {"
        )
        assert connection.recv(4096).startswith(b"HTTP/1.1 413")
    chunks = (b" " * 65536 for _ in range(1600))
    headers = {"Content-Type": "application/sparql-query"}
    try:
        answer = httpx2.post(server.sparql, content=chunks, headers=headers, trust_env=False)
        assert answer.status_code == 413
    except httpx2.WriteError:
        pass  # closed before all was sent, which is as good
    assert lives(server)


def test_a_long_query_of_a_client_that_closes_is_told_so(server: Server) -> None:
    """What comes after the refusal is taken and thrown away, so that nothing resets it."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=30)
    headers = {"Content-Type": "application/sparql-query", "Connection": "close"}
    connection.request("POST", "/sparql", body=b" " * (8 << 20), headers=headers)
    answer = connection.getresponse()
    assert (answer.status, answer.getheader("Zhengtu-Error")) == (413, "long")
    connection.close()


def test_half_open_connections_harm_nobody(server: Server) -> None:
    head = b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n"
    typed = head + b"Content-Type: application/sparql-query\r\n\r\nA"
    begun = [b"", b"GET /sparql", head[:30], head, typed]
    opened = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(200)]
    try:
        for i, connection in enumerate(opened):
            connection.sendall(begun[i % len(begun)])
        assert lives(server)
    finally:
        for connection in opened:
            connection.close()
    assert lives(server)


@asynccontextmanager
async def connected(
    answer: PlainTextResponse | None = None, **options: int
) -> AsyncIterator[tuple[str, int]]:
    """The address of a server whose connections are those of ``kg serve``."""
    answer = answer or PlainTextResponse("whole")
    config = uvicorn.Config(answer, http=Protocol, access_log=False, **options)
    config.load()
    state, loop = ServerState(), asyncio.get_running_loop()
    server = await loop.create_server(lambda: Protocol(config, state, {}), "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()


def test_no_part_of_an_answer_waits_for_an_acknowledgement() -> None:
    async def main() -> int:
        config = uvicorn.Config(PlainTextResponse("whole"), http=Protocol, access_log=False)
        config.load()
        state, loop = ServerState(), asyncio.get_running_loop()
        listening = listening_socket("127.0.0.1", 0)
        server = await loop.create_server(lambda: Protocol(config, state, {}), sock=listening)
        async with server:
            reader, writer = await asyncio.open_connection(*listening.getsockname())
            writer.write(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
            await reader.readuntil(b"whole")
            [served] = state.connections
            kept = served.transport.get_extra_info("socket")
            at_once: int = kept.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
            writer.close()
            return at_once

    assert asyncio.run(main())


def test_a_connection_that_asks_half_of_something_more_is_closed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(connections, "ASKING", 0.3)

    async def main() -> tuple[bytes, bytes]:
        async with connected() as address:
            reader, writer = await asyncio.open_connection(*address)
            writer.write(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
            first = await reader.readuntil(b"whole")
            writer.write(b"GET / HT")
            rest = await asyncio.wait_for(reader.read(), 10)
            writer.close()
            return first, rest

    first, rest = asyncio.run(main())
    assert first.startswith(b"HTTP/1.1 200")
    assert rest == b""


def test_connections_without_end_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the limit all are told, those too who ask nothing, and those within it served."""
    monkeypatch.setattr(connections, "CONNECTIONS", 2)
    monkeypatch.setattr(connections, "CROWD", 3)
    request = b"GET / HTTP/1.0\r\nHost: localhost\r\n\r\n"

    async def main() -> list[bytes]:
        async with connected() as address:
            opened = [await asyncio.open_connection(*address) for _ in range(10)]
            silent = [await asyncio.wait_for(reader.read(), 10) for reader, _ in opened[2:7]]
            for _, writer in (*opened[:2], *opened[7:]):
                writer.write(request)
            asked = (*opened[:2], *opened[7:])
            found = [await asyncio.wait_for(reader.read(), 10) for reader, _ in asked]
            for _, writer in opened:
                writer.close()
        return [*found[:2], *silent, *found[2:]]

    answers = asyncio.run(main())
    assert all(answer.endswith(b"\r\n\r\nwhole") for answer in answers[:2])
    for answer in answers[2:]:
        assert answer.startswith(b"HTTP/1.1 503 Service Unavailable\r\n")
        assert b"\r\nzhengtu-error: busy\r\n" in answer
        assert b"\r\nretry-after: 15\r\n" in answer


def test_a_client_that_takes_nothing_more_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "SLOWEST", 0.3)
    whole = b"x" * (20 << 20)

    async def main() -> tuple[int, int]:
        async with connected(PlainTextResponse(whole)) as address:
            slow, fast = [await asyncio.open_connection(*address) for _ in range(2)]
            for _, writer in (slow, fast):
                writer.write(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            taken = len(await asyncio.wait_for(fast[0].read(), 30))
            await asyncio.sleep(1)
            left = 0
            with contextlib.suppress(ConnectionError):
                left = len(await asyncio.wait_for(slow[0].read(), 30))
            for _, writer in (slow, fast):
                writer.close()
            return taken, left

    taken, left = asyncio.run(main())
    assert left < len(whole) < taken


def test_slow_readers_hold_no_worker(patient: Server) -> None:
    query = urlencode({"query": f"SELECT * {{ {TRIPLES} }} LIMIT 3000"})
    request = f"GET /sparql?{query} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
    opened = [socket.create_connection(("127.0.0.1", patient.port)) for _ in range(40)]
    try:
        for connection in opened:
            connection.sendall(request)
        for connection in opened:
            connection.settimeout(600)
            assert connection.recv(16) == b"HTTP/1.1 200 OK\r"
        assert lives(patient)
    finally:
        for connection in opened:
            connection.close()


@pytest.mark.parametrize("seed", range(3))
def test_what_is_no_http_ends_nothing(server: Server, seed: int) -> None:
    noise = random.Random(seed)
    for _ in range(50):
        with socket.create_connection(("127.0.0.1", server.port), timeout=600) as connection:
            connection.sendall(noise.randbytes(noise.randrange(1, 3000)))
    assert lives(server)


def test_many_clients_get_right_answers(patient: Server) -> None:
    queries = [
        "ASK {}",
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
        "SELECT ?s ?l { ?s a kg:Project ; rdfs:label ?l } ORDER BY ?l LIMIT 20",
        "CONSTRUCT { ?s ?p ?o } { ?s a kg:Policy ; ?p ?o }",
        "WRONG {",
    ]
    wanted = {query: (r := ask(patient, query)).content or r.text for query in queries}

    async def main() -> int:
        limits = httpx2.Limits(max_connections=64)
        async with httpx2.AsyncClient(timeout=600, limits=limits, trust_env=False) as client:

            async def one(seed: int) -> int:
                choose, wrong = random.Random(seed), 0
                for _ in range(12):
                    query = choose.choice(queries)
                    answer = await client.get(patient.sparql, params={"query": query})
                    wrong += answer.content != wanted[query]
                return wrong

            return sum(await asyncio.gather(*(one(seed) for seed in range(64))))

    assert asyncio.run(main()) == 0


def test_many_clients_get_right_answers_beside_long_queries(graph_of_examples: Path) -> None:
    with serving(graph_of_examples, "--timeout", "600") as server:
        found, wrong = asyncio.run(crowd(server, clients=12, count=6))
    assert len(found) == 72
    assert {answer.request.kind for answer in found} == {"short", "question", "page", "long"}
    assert {answer.status for answer in found} == {200}
    assert wrong == 0


# Who may come in


@pytest.mark.parametrize(
    ("host", "name", "known"),
    [
        ("127.0.0.1", "localhost:8000", True),
        ("127.0.0.1", "LOCALHOST", True),
        ("127.0.0.1", "127.0.0.1:1", True),
        ("127.0.0.1", "[::1]:8000", True),
        ("127.0.0.1", "evil.example", False),
        ("127.0.0.1", "localhost.evil.example", False),
        ("127.0.0.1", "127.0.0.1.evil.example", False),
        ("127.0.0.1", "192.168.1.5", False),
        ("127.0.0.1", "[evil", False),
        ("127.0.0.1", "", False),
        ("127.0.0.1", "graph.example", True),
        ("0.0.0.0", "192.168.1.5:8000", True),
        ("0.0.0.0", "evil.example", False),
        ("::1", "[::1]", True),
    ],
)
def test_only_requests_to_this_server_come_in(host: str, name: str, known: bool) -> None:
    assert AccessRules(host, names=("graph.example",)).knows(name) == known


def test_another_host_is_refused(server: Server) -> None:
    answer = ask(server, "ASK {}", headers={"Host": "evil.example"})
    assert answer.status_code == 421
    assert "boolean" not in answer.text


def test_headers_keep_browsers_safe(server: Server) -> None:
    headers = ask(server, "ASK {}").headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert "access-control-allow-origin" not in headers
    assert "server" not in headers


PREFLIGHT = {"Origin": "https://yasgui.example", "Access-Control-Request-Method": "POST",
             "Access-Control-Request-Headers": "content-type"}  # fmt: skip


def test_other_origins_ask_only_where_they_may(server: Server, graph_of_examples: Path) -> None:
    closed = httpx2.options(server.sparql, headers=PREFLIGHT)
    assert "access-control-allow-origin" not in closed.headers
    with serving(graph_of_examples, "--cors", "https://yasgui.example") as opened:
        before = httpx2.options(opened.sparql, headers=PREFLIGHT)
        assert before.headers["access-control-allow-origin"] == PREFLIGHT["Origin"]
        assert "POST" in before.headers["access-control-allow-methods"]
        answer = ask(opened, "ASK {}", headers={"Origin": PREFLIGHT["Origin"]})
        assert answer.headers["access-control-allow-origin"] == PREFLIGHT["Origin"]
        other = ask(opened, "ASK {}", headers={"Origin": "https://evil.example"})
        assert "access-control-allow-origin" not in other.headers


def test_a_token_is_asked_for(graph_of_examples: Path) -> None:
    with serving(graph_of_examples, "--token", "s3cret-token") as server:
        assert ask(server, "ASK {}").status_code == 401
        assert ask(server, "ASK {}", headers={"Authorization": "Bearer wrong"}).status_code == 401
        assert ask(server, "ASK {}", cookies={"kg_token": "wrong"}).status_code == 401
        right = {"Authorization": "Bearer s3cret-token"}
        assert ask(server, "ASK {}", headers=right).json()["boolean"] is True
        with httpx2.Client(base_url=server.address, trust_env=False) as browser:
            opened = browser.get("/sparql?token=s3cret-token&query=ASK%7B%7D")
            assert opened.status_code == 303
            assert "s3cret" not in opened.headers["location"]
            assert "HttpOnly; SameSite=Strict" in opened.headers["set-cookie"]
            assert browser.get(opened.headers["location"]).json()["boolean"] is True
        for path in ("/%E6%94%BF", "/%5Cevil.example", "/%0D%0AX-Made%3A%20up"):
            moved = httpx2.get(f"{server.address}{path}?token=s3cret-token", trust_env=False)
            assert (moved.status_code, moved.headers["location"]) == (303, path)


@pytest.mark.parametrize(
    "cookies",
    [
        ['theirs={"a": "b c"}; kg_token=s3cret-token'],
        ["kg_token=s3cret-token; theirs[]=1"],
        ["no pair at all; kg_token=s3cret-token"],
        ['theirs="; kg_token=s3cret-token'],
        ["Path; kg_token=s3cret-token"],
        ["kg_token=of-another-server; kg_token=s3cret-token"],
        ["kg_token=s3cret-token", "theirs=1"],
    ],
)
def test_a_right_token_counts_beside_any_other_cookie(cookies: list[str]) -> None:
    async def main() -> list[int]:
        guard = Guard(PlainTextResponse("within"), AccessRules("127.0.0.1", token="s3cret-token"))
        transport = httpx2.ASGITransport(guard)
        async with httpx2.AsyncClient(transport=transport, base_url="http://localhost") as client:
            sent = [[("Cookie", one) for one in cookies]]
            sent.append([(name, one.replace("s3cret", "wrong")) for name, one in sent[0]])
            return [(await client.get("/", headers=each)).status_code for each in sent]

    assert asyncio.run(main()) == [200, 401]


def test_listening_to_others_is_told(graph_of_examples: Path) -> None:
    with serving(graph_of_examples, "--host", "0.0.0.0") as server:
        assert "open to everybody who reaches it" in server.said
    with serving(graph_of_examples) as server:
        assert "open to everybody" not in server.said


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["--port", "70000"], 2, "no port"),
        (["--timeout", "0"], 2, "seconds"),
        (["--token", "short"], 2, "8 or more"),
        (["--host", "no.such.host.invalid"], 1, "cannot be listened on"),
        (["-d", "nowhere"], 1, "nowhere: there is no such folder"),
    ],
)
def test_a_wrong_start_is_told(tmp_path: Path, words: list[str], status: int, said: str) -> None:
    done = kg("serve", *words, cwd=tmp_path)
    assert done.returncode == status
    assert said in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_a_start_without_a_graph_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    pool = Pool(tmp_path / "nowhere", Limits())
    assert pool.scratch.folder.parent == tmp_path
    with pytest.raises(StoreError):
        pool.open()
    assert not pool.scratch.folder.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no locks on folders")
def test_what_a_killed_server_left_is_removed(graph_of_examples: Path, tmp_path: Path) -> None:
    temporary = {"TMPDIR": str(tmp_path)}
    with serving(graph_of_examples, env=temporary) as killed:
        killed.process.kill()
        killed.process.wait()
    [left] = tmp_path.glob(f"{PREFIX}*")
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "file").touch()
    link = tmp_path / f"{PREFIX}link"
    link.symlink_to(precious)
    hour = time.time() - 3600
    with serving(graph_of_examples, env=temporary) as running:
        [mine] = set(tmp_path.glob(f"{PREFIX}*")) - {left, link}
        assert left.exists(), "it could belong to a server that starts just now"
        for folder in (left, mine, precious):
            os.utime(folder, (hour, hour))
        with serving(graph_of_examples, env=temporary):
            assert not left.exists()
            assert mine.exists()
            assert (precious / "file").exists()
        assert lives(running)


def test_strangers_make_it_say_nothing(graph_of_examples: Path) -> None:
    upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
    with serving(graph_of_examples) as server:
        answer = httpx2.get(f"{server.sparql}?query=ASK%7B%7D", headers=upgrade, trust_env=False)
        assert answer.json()["boolean"] is True
        with socket.create_connection(("127.0.0.1", server.port)) as connection:
            connection.sendall(b"\x16\x03\x01 no HTTP at all\r\n\r\n")
            assert connection.recv(12) == b"HTTP/1.1 400"
        server.process.send_signal(signal.SIGINT)
        server.process.wait()
        assert server.process.stderr is not None
        assert server.process.stderr.read() == "kg: interrupted\n"


def test_a_port_that_is_taken_is_told(server: Server, graph_of_examples: Path) -> None:
    done = kg("serve", "-d", graph_of_examples, "--port", str(server.port))
    assert done.returncode == 1
    assert "choose another --port" in done.stderr.decode()


def test_the_end_leaves_nothing(graph_of_examples: Path) -> None:
    before = set(Path(tempfile.gettempdir()).glob("kg-serve-*"))
    with serving(graph_of_examples) as server:
        assert lives(server)
        made = set(Path(tempfile.gettempdir()).glob("kg-serve-*")) - before
        assert made
        children = _children(server) or []
    assert not any(folder.exists() for folder in made)
    for _ in range(2400):
        if not any(Path(f"/proc/{pid}").exists() for pid in children):
            return
        time.sleep(0.05)
    pytest.fail("a process of the server is left")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells of processes")
@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_the_end_stops_a_running_query(graph_of_examples: Path, end: signal.Signals) -> None:
    # SIGTERM ends the worker at once, however long its query may take; SIGKILL at its deadline.
    seconds = "60" if end == signal.SIGTERM else "1"
    with serving(graph_of_examples, "--timeout", seconds) as server:
        children = _children(server) or []
        with ThreadPoolExecutor() as threads:
            runaway = threads.submit(ask, server, RUNAWAYS["cross join"])
            time.sleep(1 if end == signal.SIGTERM else 0.2)  # pages are made ready at the start too
            while not any(_busy(pid) for pid in children):
                time.sleep(0.05)
            server.process.send_signal(end)
            if end == signal.SIGTERM:
                answer = runaway.result()
                told = answer.headers["zhengtu-error"], answer.headers["retry-after"]
                assert (answer.status_code, *told) == (503, "ending", seconds)
            else:
                with pytest.raises(httpx2.TransportError):
                    runaway.result()
        server.process.wait()
    assert _rests(children), "a worker goes on though its server has ended"


@pytest.mark.skipif(not CAN_PAUSE, reason="nothing is paused here")
def test_paused_queries_end_though_their_server_was_killed(graph_of_examples: Path) -> None:
    """The signal of their own timer ends no process that is paused."""
    count = 4 * processors()
    with serving(graph_of_examples, "--timeout", "5") as server, ThreadPoolExecutor() as threads:
        asked = [f"{RUNAWAYS['cross join']} # {i}" for i in range(count)]
        told = [threads.submit(ask, server, query) for query in asked]
        assert soon(lambda: any(_state(pid) == "T" for pid in _children(server) or ()))
        children = _children(server) or []
        server.process.kill()
        for answer in told:
            with pytest.raises(httpx2.TransportError):
                answer.result()
    assert soon(lambda: not any(_state(pid) for pid in children)), "a process is left"
