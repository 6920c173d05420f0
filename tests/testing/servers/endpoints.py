"""Graph servers as users run them, each in a process of its own with an empty folder: Oxigraph
(PyPI) and Virtuoso (Debian), on loopback ports that were free a moment ago."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sysconfig
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING

import httpx2

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# A server is up long before; one that is not is a fault, not a slow machine.
SECONDS = 600
GRAPH = "https://example.org/graph"
VIRTUOSO = """
[Database]
DatabaseFile = {home}/virtuoso.db
ErrorLogFile = {home}/virtuoso.log
LockFile = {home}/virtuoso.lck
TransactionFile = {home}/virtuoso.trx
xa_persistent_file = {home}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {home}/temporary.db
TransactionFile = {home}/temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000
DirsAllowed = {home}
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {home}
ServerThreads = 10
[SPARQL]
ResultSetMaxRows = 10000
MaxQueryExecutionTime = 60
"""


@dataclass(frozen=True)
class Endpoint:
    """A running server: where it takes a graph by the Graph Store Protocol and updates, where it
    answers queries, the graph to write to, who may write, and the process."""

    gsp: str
    update: str
    query: str
    graph: str
    user: str
    password: str
    process: subprocess.Popen[bytes]

    @property
    def asked(self) -> str:
        """What ``-d`` takes."""
        return f"{self.query}?default-graph-uri={self.graph}" if self.graph else self.query

    def count(self) -> int:
        """How many statements the graph holds."""
        text = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
        graph = {"default-graph-uri": self.graph} if self.graph else {}
        accept = {"Accept": "text/csv"}
        answer = httpx2.post(self.query, data={"query": text, **graph}, headers=accept, timeout=60)
        return int(answer.raise_for_status().text.split()[1].strip('"'))


def free() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextmanager
def running(words: Sequence[str], place: str, **more: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process, once something answers at an address; it is ended in the end."""
    process = subprocess.Popen(
        words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=more.get("home")
    )
    try:
        end = monotonic() + SECONDS
        while True:
            assert process.poll() is None, f"{words[0]} ended by itself"
            assert monotonic() < end, f"{words[0]} does not answer at {place}"
            with suppress(httpx2.HTTPError):
                httpx2.get(place, timeout=5)
                break
            sleep(0.1)
        yield process
    finally:
        process.kill()
        process.wait()


@contextmanager
def oxigraph(home: Path) -> Iterator[Endpoint]:
    """Oxigraph, whose default graph is written to without a password."""
    place = f"http://127.0.0.1:{(port := free())}"
    command = Path(sysconfig.get_path("scripts")) / "oxigraph"
    words = [str(command), "serve", "--location", str(home / "data"), "-b", f"127.0.0.1:{port}"]
    with running(words, place) as process:
        ends = (f"{place}/{end}" for end in ("store", "update", "query"))
        yield Endpoint(*ends, graph="", user="", password="", process=process)


@contextmanager
def virtuoso(home: Path) -> Iterator[Endpoint]:
    """Virtuoso, whose user dba writes after digest authentication; it needs a named graph."""
    command = shutil.which("virtuoso-t")
    assert command, "virtuoso-t is needed: sh .ci/debian virtuoso-opensource-7"
    sql, http = free(), free()
    settings = home / "virtuoso.ini"
    settings.write_text(VIRTUOSO.format(home=home, sql=sql, http=http), encoding="utf-8")
    place = f"http://127.0.0.1:{http}"
    words = [command, "+foreground", "+configfile", str(settings)]
    with running(words, f"{place}/sparql", home=str(home)) as process:
        # What a fresh database is told in its first moments: SPARQL update by dba writes at once.
        yield Endpoint(
            f"{place}/sparql-graph-crud-auth",
            f"{place}/sparql-auth",
            f"{place}/sparql",
            graph=GRAPH,
            user="dba",
            password="dba",
            process=process,
        )
