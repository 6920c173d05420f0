"""``kg load`` on two real servers, and on some that fail, refuse, or are killed in the middle."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections import defaultdict
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
import pytest

import kg
from kg.base.errors import RemoteError, StoreError
from kg.base.settings import default
from kg.query.remote.http import Access
from kg.query.remote.upload import load
from kg.store.folder import Store, import_rdf
from tests.conftest import ROOT
from tests.conftest import kg as command
from tests.testing.servers.endpoints import GRAPH, Endpoint, oxigraph, virtuoso
from tests.testing.servers.troublesome import Said, answering, before

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.testing.servers.troublesome import Heard

pytestmark = pytest.mark.server  # the servers of its fixtures are started by their names
NAME = "https://example.org/name"
SERVERS = {"oxigraph": oxigraph, "virtuoso": virtuoso}


@pytest.fixture(scope="module", params=sorted(SERVERS))
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Endpoint]:
    with SERVERS[request.param](tmp_path_factory.mktemp(request.param)) as running:
        yield running


@pytest.fixture
def oxigraph_alone(tmp_path: Path) -> Iterator[Endpoint]:
    with oxigraph(tmp_path) as running:
        yield running


def small(folder: Path, *names: str) -> Path:
    """A graph of a statement for each name, in a folder."""
    triples = [
        ox.Triple(ox.NamedNode(f"{NAME}/{n}"), ox.NamedNode(NAME), ox.Literal(n)) for n in names
    ]
    folder.mkdir(exist_ok=True)
    Store.create(folder, triples)
    return folder


def place(server: Endpoint, method: str) -> str:
    return server.gsp if method == "gsp" else server.update


def held(server: Endpoint, graph: str) -> set[str]:
    """The statements of a graph at a server."""
    with kg.open(f"{server.query}?default-graph-uri={graph}") as opened:
        return set(map(str, opened.triples()))


def access(server: Endpoint) -> Access:
    return Access(server.user, server.password)


def sharded(folder: Path, *shards: str, told: int) -> Path:
    """A folder as a job on Spark leaves it: lines in shards, and a report of how many."""
    (folder / "nquads").mkdir(parents=True)
    for number, lines in enumerate(shards):
        (folder / "nquads" / f"part-{number:05}.nq").write_text(lines, encoding="utf-8")
    report = {"engine": "spark", "base": "https://example.org/", "statements": told}
    (folder / "report.json").write_text(json.dumps(report), encoding="utf-8")
    return folder


def line(name: str) -> str:
    return f'<{NAME}/{name}> <{NAME}> "{name}" .\n'


def test_the_shards_of_a_job_are_loaded_and_brought_up_to_date(
    oxigraph_alone: Endpoint, tmp_path: Path
) -> None:
    first = sharded(tmp_path / "a", line("甲") + line("乙"), "", line("丙"), told=3)
    assert load(first, oxigraph_alone.update, method="update").sent == 3
    assert held_of(oxigraph_alone.query) == held_of(small(tmp_path / "b", "甲", "乙", "丙"))
    shutil.rmtree(first / "nquads")
    sharded(first, line("乙") + line("丁"), told=2)
    again = load(first, oxigraph_alone.update, method="update")
    assert (again.sent, again.deleted, again.statements) == (1, 2, 2)
    assert held_of(oxigraph_alone.query) == held_of(small(tmp_path / "c", "乙", "丁"))
    with pytest.raises(StoreError, match=r"shards of a job on Spark.*kg load"):
        Store.open(first)


def held_of(place: Path | str) -> set[str]:
    with kg.open(place) as opened:
        return set(map(str, opened.triples()))


def cut(folder: Path) -> None:
    path = folder / "nquads" / "part-00001.nq"
    path.write_text(path.read_text(encoding="utf-8")[:-9], encoding="utf-8")


@pytest.mark.parametrize(
    ("harm", "why"),
    [
        (cut, "part-00001.nq: cannot be read"),
        (lambda f: (f / "nquads" / "part-00001.nq").unlink(), "holds 1 and not the 2 statements"),
        (lambda f: (f / "report.json").unlink(), "report.json: is no report"),
        (lambda f: (f / "report.json").write_text("{}"), "report.json: is no report"),
        (lambda f: [p.unlink() for p in (f / "nquads").iterdir()], "holds no shard"),
    ],
)
def test_shards_that_are_not_whole_are_not_loaded(
    harm: Callable[[Path], object], why: str, tmp_path: Path
) -> None:
    folder = sharded(tmp_path / "a", line("甲"), line("乙"), told=2)
    harm(folder)
    with answering(lambda asked: Said(204)) as (url, heard), pytest.raises(StoreError, match=why):
        load(folder, url, method="update")
    assert not heard


@pytest.mark.parametrize("method", ["gsp", "update"])
def test_a_loaded_graph_holds_the_statements_of_the_store(
    server: Endpoint, method: str, graph_of_examples: Path
) -> None:
    graph = f"{GRAPH}/{method}"
    done = load(
        graph_of_examples,
        place(server, method),
        graph=graph,
        method=method,
        again=True,
        access=access(server),
    )
    with kg.open(graph_of_examples) as local:
        wanted = set(map(str, local.triples()))
    assert done.sent == done.statements == len(wanted) > 20_000
    assert held(server, graph) == wanted


@pytest.mark.parametrize("method", ["gsp", "update"])
def test_a_changed_graph_takes_the_place_of_the_old_one_and_a_second_run_does_nothing(
    server: Endpoint, method: str, tmp_path: Path
) -> None:
    graph = f"{GRAPH}/{method}/changed"

    def run() -> tuple[int, int]:
        done = load(
            tmp_path / "graph",
            place(server, method),
            graph=graph,
            method=method,
            batch=2,
            access=access(server),
        )
        return done.sent, done.deleted

    small(tmp_path / "graph", "a", "b", "c", "d", "e")
    assert run() == (5, 0)
    assert run() == (0, 0)
    small(tmp_path / "graph", "b", "c", "d", "f")
    assert run() == ((4, 0) if method == "gsp" else (1, 2))
    names = {f'<{NAME}/{n}> <{NAME}> "{n}"' for n in "bcdf"}
    assert held(server, graph) == names
    assert run() == (0, 0)


def test_updates_leave_alone_what_others_put_there_and_gsp_refuses_to_replace_it(
    server: Endpoint, tmp_path: Path
) -> None:
    graph, who = f"{GRAPH}/shared", access(server)
    other, ours = small(tmp_path / "other", "x"), small(tmp_path / "ours", "a", "b")
    load(other, server.update, graph=graph, method="update", access=who)
    load(ours, server.update, graph=graph, method="update", access=who)
    small(ours, "b")
    load(ours, server.update, graph=graph, method="update", access=who)
    assert {line[-2] for line in held(server, graph)} == {"x", "b"}
    with pytest.raises(RemoteError, match="holds statements that kg load did not put"):
        load(ours, server.gsp, graph=graph, access=who)
    load(ours, server.gsp, graph=graph, access=who, again=True)
    assert {line[-2] for line in held(server, graph)} == {"b"}


@pytest.mark.parametrize("method", ["gsp", "update"])
def test_literals_come_back_as_they_went(server: Endpoint, method: str, tmp_path: Path) -> None:
    written = {
        "decimal": "123456789012345678901234567890.123456789",
        "integer": "0042",
        "gMonthDay": "--05-17",
        "gYearMonth": "2026-05",
        "gYear": "2026",
        "date": "2026-05-17",
        "double": "1.50E3",
        "boolean": "1",
        "dateTime": "2026-05-17T08:00:00+08:00",
    }
    space = "http://www.w3.org/2001/XMLSchema#"
    triples = [
        ox.Triple(
            ox.NamedNode(f"{NAME}/{kind}"),
            ox.NamedNode(NAME),
            ox.Literal(text, datatype=ox.NamedNode(space + kind)),
        )
        for kind, text in written.items()
    ]
    words = ["“引号”\t\"'\\\n\r\x85\u2028末", "𠮷", " a ", ""]
    triples += [
        ox.Triple(ox.NamedNode(f"{NAME}/{i}"), ox.NamedNode(NAME), ox.Literal(text, language="zh"))
        for i, text in enumerate(words)
    ]
    (tmp_path / "graph").mkdir()
    Store.create(tmp_path / "graph", triples)
    graph = f"{GRAPH}/{method}/literals"
    load(
        tmp_path / "graph", place(server, method), graph=graph, method=method, access=access(server)
    )
    with Store.open(tmp_path / "graph") as store:
        changed = {str(quad.triple) for quad in store.quads} - held(server, graph)
    assert changed == set()


def test_imported_graphs_keep_their_names_and_blank_nodes_become_iris(
    server: Endpoint, tmp_path: Path
) -> None:
    folder = small(tmp_path / "graph", "a")
    lines = [f"_:b <{NAME}> _:c .", *(f'_:c <{NAME}> "{i}" .' for i in range(5))]
    (tmp_path / "more.nt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    import_rdf(folder, [tmp_path / "more.nt"], f"{GRAPH}/imported")
    for _ in range(2):
        load(
            folder,
            server.update,
            graph=f"{GRAPH}/blank",
            method="update",
            batch=2,
            access=access(server),
            again=True,
        )
    assert len(held(server, f"{GRAPH}/blank")) == 1
    found = held(server, f"{GRAPH}/imported")
    assert len(found) == 6
    assert all("/.well-known/genid/" in line and "_:" not in line for line in found)


def test_a_load_that_is_killed_goes_on_where_it_stopped(
    oxigraph_alone: Endpoint, graph_of_examples: Path, tmp_path: Path
) -> None:
    with kg.open(graph_of_examples) as local:
        triples = local.triples()
    folder = tmp_path / "graph"
    folder.mkdir()
    Store.create(folder, triples)
    words = ["load", str(folder), "--to", oxigraph_alone.gsp, "--batch", "100"]
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", *words],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    assert process.stderr is not None
    for _ in range(5):
        assert "/" in process.stderr.readline()
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stderr.close()
    begun = oxigraph_alone.count()
    assert 500 <= begun < len(triples)
    sizes: list[int] = []
    done = load(folder, oxigraph_alone.gsp, batch=1000, progress=lambda d, of: sizes.append(d))
    assert 0 < done.sent <= len(triples) - 500
    assert sizes[0] >= 500 + min(1000, done.sent)
    assert oxigraph_alone.count() == done.statements == len(triples)


def test_a_graph_that_changes_while_its_load_is_broken_off_comes_out_right(
    oxigraph_alone: Endpoint, tmp_path: Path
) -> None:
    folder = tmp_path / "graph"
    rounds = ["abcdef", "defghijk", "aghxyz", "az"]

    class StopError(Exception):
        pass

    def stop(done: int, of: int) -> None:
        if done >= 4:
            raise StopError

    for names in rounds[:-1]:
        small(folder, *names)
        with pytest.raises(StopError):
            load(folder, oxigraph_alone.update, method="update", batch=2, progress=stop)
    small(folder, *rounds[-1])
    load(folder, oxigraph_alone.update, method="update", batch=2)
    assert oxigraph_alone.count() == 2
    assert {line[-2] for line in held_by_default(oxigraph_alone)} == {"a", "z"}


def held_by_default(server: Endpoint) -> set[str]:
    with kg.open(server.query) as opened:
        return set(map(str, opened.triples()))


class Taking:
    """A server that takes graphs and updates, and holds what came by graph."""

    def __init__(self) -> None:
        self.held: dict[str, set[str]] = defaultdict(set)

    def __call__(self, heard: Heard) -> Said:
        graph = parse_qs(urlsplit(heard.path).query).get("graph", [""])[0]
        lines = [line for line in heard.body.decode().split("\n") if line.endswith(" .")]
        if heard.method == "GET":
            return Said(body="\n".join(self.held[graph]).encode())
        if heard.body.startswith((b"INSERT", b"DELETE")):
            if b"GRAPH <" in heard.body:
                graph = heard.body.decode().partition("GRAPH <")[2].partition(">")[0]
            here = self.held[graph]
            self.held[graph] = here - set(lines) if heard.body[:1] == b"D" else here | set(lines)
        elif heard.method == "POST":
            self.held[graph].update(lines)
        else:
            self.held[graph] = set(lines)
        return Said()


def wanted(folder: Path) -> dict[str, set[str]]:
    """The statements of a folder without blank nodes, by graph."""
    found: dict[str, set[str]] = defaultdict(set)
    with Store.open(folder) as store:
        for quad in store.quads:
            name = quad.graph_name
            graph = name.value if isinstance(name, ox.NamedNode) else ""
            found[graph].add(f"{quad.triple} .")
    return found


def child(folder: Path, place: str, method: str, more: str = "") -> subprocess.Popen[str]:
    """A load in a process of its own, in batches of two if no others are told."""
    code = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from kg.query.remote.upload import load\n"
        f"{more}\n"
        "load(*sys.argv[1:3], method=sys.argv[3], batch=int(sys.argv[4]))\n"
        "status = Path('/proc/self/status').read_text().split()\n"
        "print(status[status.index('VmHWM:') + 1])\n"
    )
    return subprocess.Popen(
        [sys.executable, "-c", code, str(folder), place, method, "2000" if more else "2"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("method", ["gsp", "update"])
def test_a_load_that_is_killed_before_it_notes_a_batch_loses_none(
    method: str, tmp_path: Path
) -> None:
    """Each change of the graph is killed at another request, which the server has done."""
    folder, taking = small(tmp_path / "graph", *"abcde"), Taking()
    lines = "".join(f'<{NAME}/{i}> <{NAME}> "{i}" .\n' for i in range(5))
    (tmp_path / "more.nt").write_text(lines, encoding="utf-8")
    import_rdf(folder, [tmp_path / "more.nt"], f"{GRAPH}/imported")
    asked: list[Heard] = []
    running: list[subprocess.Popen[str]] = []

    def say(heard: Heard) -> Said:
        said = taking(heard)
        if heard.method != "GET":
            asked.append(heard)
            if running and len(asked) == at:
                running[0].kill()
        return said

    with answering(say) as (place, _):
        for at, names in enumerate(("abcde", "cdefghi", "acegik", "bdfhj", "xyz"), start=1):
            small(folder, *names)
            asked.clear()
            running[:] = [child(folder, place, method)]
            running[0].communicate()
            assert running.pop().returncode == -signal.SIGKILL
            assert len(asked) == at
            last = asked[-1].body
            asked.clear()
            done = load(folder, place, method=method, batch=2)
            assert done.sent + done.deleted > 0
            assert {graph: held for graph, held in taking.held.items() if held} == wanted(folder)
            assert asked[0].body == last
            asked.clear()
            done = load(folder, place, method=method, batch=2)
            assert (done.sent, done.deleted, asked) == (0, 0, [])


def test_the_order_of_the_statements_changes_nothing(tmp_path: Path) -> None:
    with answering(Taking()) as (place, heard):
        load(small(tmp_path / "graph", *"abc"), place, method="update")
        load(small(tmp_path / "graph", *"cab"), place, method="update")
        assert len(heard) == 1


def altered(sql: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        with closing(sqlite3.connect(path)) as book, book:
            book.execute(sql)

    return change


def flipped(text: bytes) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        data = path.read_bytes()
        assert text in data
        path.write_bytes(data.replace(text, bytes(255 - byte for byte in text)))

    return change


DAMAGE: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "cut": lambda path: os.truncate(path, path.stat().st_size // 2),
    "no database": lambda path: path.write_bytes(b"damaged" * 1000),
    "its old form": lambda path: path.write_bytes(gzip.compress(b'{"version": 1}\nend\n')),
    "another version": altered("pragma user_version = 1"),
    "no table": altered("drop table load"),
    "no row": altered("delete from load"),
    "a wrong number": altered("update load set body = replace(body, 'true', 'null')"),
    "a statement changed": altered("update statements set line = line || '0' where since = 1"),
    "a statement lost": altered("delete from statements where line like '%/a>%'"),
    "no text": flipped(b'> "a"'),
    "a head changed": flipped(b"SQLite format 3"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_what_is_known_counts_as_nothing_where_it_is_damaged(damage: str, tmp_path: Path) -> None:
    folder = small(tmp_path / "graph", *"abcdef")
    with answering(Taking()) as (place, _):
        assert load(folder, place, method="update").sent == 6
        assert load(folder, place, method="update").sent == 0
        (noted,) = (folder / "store" / "loads").iterdir()
        DAMAGE[damage](noted)
        assert load(folder, place, method="update").sent == 6
        assert load(folder, place, method="update").sent == 0
    assert list((folder / "store" / "loads").iterdir()) == [noted]


def test_a_note_that_cannot_be_written_is_told_of_and_nothing_is_sent(tmp_path: Path) -> None:
    folder = small(tmp_path / "graph", *(f"{i:05}" for i in range(2000)))
    limit = "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))"
    with answering(Taking()) as (place, heard):
        stopped = child(folder, place, "update", limit)
        told = stopped.communicate()[1].splitlines()[-1]
        assert told.startswith(f"kg.base.errors.StoreError: {folder / 'store' / 'loads'}")
        assert ".sqlite: cannot be used (" in told and "make room" in told
        assert not heard
        assert load(folder, place, method="update").sent == 2000


def test_what_is_no_folder_for_notes_is_told_of(tmp_path: Path) -> None:
    folder = small(tmp_path / "graph", "a")
    (folder / "store" / "loads").write_bytes(b"")
    with (
        answering(Taking()) as (place, _),
        pytest.raises(StoreError, match=r"store/loads/\w+\.sqlite: cannot be used \(File exists"),
    ):
        load(folder, place)


def test_memory_does_not_grow_with_the_statements(tmp_path: Path) -> None:
    """Of 60,000 statements more, a set of them alone would take 20 MiB, and lists of steps 15."""
    held = []
    with answering(lambda heard: Said(404 if heard.method == "GET" else 200)) as (place, heard):
        for count in (20_000, 80_000):
            folder = small(tmp_path / str(count), *(f"某市某县某镇/{i:06}" for i in range(count)))
            process = child(folder, place, "gsp", "pass")
            told, wrong = process.communicate()
            assert process.returncode == 0, wrong
            held.append(int(told) * 1024)
            assert sum(h.body.count(b" .\n") for h in heard) == count
            heard.clear()
    assert held[1] - held[0] < 60_000 * 400


@pytest.mark.parametrize("method", ["gsp", "update"])
def test_a_server_that_fails_every_third_time_gets_all_of_it(
    oxigraph_alone: Endpoint, method: str, tmp_path: Path
) -> None:
    def third(heard: Heard) -> Said | None:
        if heard.number % 3:
            return None
        return Said(503, {"Retry-After": "0"}, b"busy") if heard.number % 2 else Said(500)

    home = oxigraph_alone.query.removesuffix("/query")
    folder = small(tmp_path / "graph", *(f"{i:03}" for i in range(60)))
    with answering(before(home, third)) as (failing, heard):
        end = "store" if method == "gsp" else "update"
        done = load(folder, f"{failing}/{end}", method=method, batch=6)
        assert len(heard) > 11
    assert done.sent == oxigraph_alone.count() == 60


def test_a_server_that_asks_for_patience_gets_it_and_one_that_stays_down_is_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    monkeypatch.setattr("kg.query.remote.http.sleep", waits.append)
    folder = small(tmp_path / "graph", "a")
    slow = Said(429, {"Retry-After": "7"}, b"slow down")
    message = r"429 .*slow down.* \(tried 6 times\)"
    with answering(lambda _: slow) as (busy, _), pytest.raises(RemoteError, match=message):
        load(folder, f"{busy}/update", method="update")
    assert waits == [7, 7, 7, 7, 8]
    assert len(waits) == default("attempts") - 1
    waits.clear()
    with pytest.raises(RemoteError, match="cannot be reached"):
        load(folder, f"{busy}/update", method="update")
    assert waits == [0.5, 1, 2, 4, 8]


def test_a_batch_that_is_too_much_is_sent_in_parts_and_a_wrong_statement_is_named(
    oxigraph_alone: Endpoint, tmp_path: Path
) -> None:
    home = oxigraph_alone.query.removesuffix("/query")

    def picky(heard: Heard) -> Said | None:
        if b"no-not-this" in heard.body:
            return Said(400, {}, b"bad literal")
        return Said(413) if len(heard.body) > 400 else None

    with answering(before(home, picky)) as (place, _):
        folder = small(tmp_path / "graph", *(f"{i:03}" for i in range(40)))
        load(folder, f"{place}/store")
        assert oxigraph_alone.count() == 40
        small(folder, "a", "b", "no-not-this")
        with pytest.raises(RemoteError, match=r'bad literal; the statement was .*"no-not-this"'):
            load(folder, f"{place}/store")


def test_the_command_tells_what_it_did_and_refuses_a_wrong_password(
    server: Endpoint, tmp_path: Path
) -> None:
    folder = small(tmp_path / "graph", "a", "b")
    words = ["load", folder, "--to", server.update, "--method", "update", "--graph", f"{GRAPH}/cli"]
    if server.user:
        refused = command(*words, env={"KG_USER": "dba", "KG_PASSWORD": "wrong"})
        assert refused.returncode == 1
        assert b"401" in refused.stderr and b"KG_PASSWORD" in refused.stderr
    known = {"KG_USER": server.user, "KG_PASSWORD": server.password}
    first, second = (command(*words, env=known) for _ in range(2))
    assert (first.stdout, second.stdout) == (b"2\n", b"2\n")
    assert b"2 statements sent, 0 deleted" in first.stderr
    assert b"nothing has changed" in second.stderr
