"""How fast kg load brings a graph to a server, and how fast a server takes the same as a file.

The graph is that of made-up documents (bench/news.py). It goes into an Oxigraph and a Virtuoso
of its own for each way, by batches of several sizes; then a load is killed when half is there,
and done again. Processor seconds are told apart: those of kg and those of the server.

    python bench/loading.py [--size 1000] [--batches 1000,10000] [--json bench/loading.json]
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.corpus import tabled  # noqa: E402
from bench.news import text  # noqa: E402
from bench.scale import machine  # noqa: E402
from bench.watched import watched  # noqa: E402
from kg.base.usage import memory_of, seconds_of  # noqa: E402
from tests.testing.servers.endpoints import Endpoint, oxigraph, virtuoso  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

SERVERS = {"Oxigraph": oxigraph, "Virtuoso": virtuoso}
METHODS = ("gsp", "update")
# The way of a server's own: a file of N-Triples, without kg and without a batch.
FILE = "file"


@dataclass(frozen=True)
class Loading:
    """One load. ``seconds`` are processor seconds of kg, ``served`` those of the server, ``wall``
    is by the clock; ``memory`` is the most that kg held, ``held`` what the server does in the end,
    ``noted`` the room on the disk that kg's notes take, all in bytes. ``bytes`` is the size as
    N-Triples, ``sent`` how many statements were sent."""

    server: str
    method: str
    batch: int
    statements: int
    bytes: int
    sent: int
    seconds: float
    served: float
    wall: float
    memory: int
    held: int
    noted: int = 0


def main() -> None:
    given = options()
    found: dict[str, list[Loading]] = {"loads": [], "resumed": []}
    with tempfile.TemporaryDirectory(dir=given.place) as place:
        home = Path(place)
        graph, lines = made(home, given.size, given.seed)
        for one in filed(home, lines):
            found["loads"].append(one)
            tell(one)
        for server in SERVERS:
            for method in METHODS:
                for batch in map(int, given.batches.split(",")):
                    found["loads"].append(loaded(home, graph, lines, server, method, batch))
                    tell(found["loads"][-1])
                    keep(given, found)
            found["resumed"].append(loaded(home, graph, lines, server, METHODS[0], 1000, half=True))
            tell(found["resumed"][-1], "  the rest, after a kill")
            keep(given, found)


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("--size", type=int, default=1000, help="how many documents")
    parser.add_argument("--batches", default="1000,10000", help="statements in one request")
    parser.add_argument("--seed", type=int, default=5, help="of what is made up")
    parser.add_argument("--json", type=Path, help="a file for the figures")
    parser.add_argument("--place", type=Path, help="the folder that graphs are made in")
    return parser.parse_args()


def made(home: Path, size: int, seed: int) -> tuple[Path, Path]:
    """A graph of so many documents, and the same as N-Triples."""
    tabled((text(seed, i) for i in range(size)), home / "documents")
    graph, lines = home / "graph", home / "graph.nt"
    kg("build", *map(str, sorted((home / "documents").iterdir())), "-o", str(graph))
    kg("export", "-d", str(graph), "nt", "-o", str(lines))
    return graph, lines


def kg(*words: str) -> None:
    subprocess.run([sys.executable, "-m", "kg", *words], check=True, capture_output=True)


def filed(home: Path, lines: Path) -> Iterator[Loading]:
    """Let each server take a file by its own loader."""
    size, count = lines.stat().st_size, lines.read_bytes().count(b"\n")
    command = str(Path(sysconfig.get_path("scripts")) / "oxigraph")
    took = watched([command, "load", "-l", str(home / "filed"), "-f", str(lines)])
    assert took.status == 0, took.lines
    yield Loading("Oxigraph", FILE, 0, count, size, count, 0.0, round(took.seconds, 2),
                  round(took.wall, 2), 0, took.memory)  # fmt: skip
    if not (sql := shutil.which("isql-vt")):
        return
    with tempfile.TemporaryDirectory(dir=home) as place, virtuoso(Path(place)) as there:
        shutil.copy(lines, place)
        settings = (Path(place) / "virtuoso.ini").read_text(encoding="utf-8")
        port = re.search(r"ServerPort = (127.0.0.1:\d+)", settings)
        assert port
        load = f"ld_dir('{place}', '*.nt', '{there.graph}'); rdf_loader_run(); checkpoint;"
        before = seconds_of(there.process.pid) or 0.0
        took = watched([sql, port[1], there.user, there.password, f"exec={load}"])
        served = (seconds_of(there.process.pid) or 0.0) - before
        held = memory_of(there.process.pid)
        found = counted(there, lines)
    yield Loading("Virtuoso", FILE, 0, found, size, found, 0.0, round(served, 2),
                  round(took.wall, 2), 0, held)  # fmt: skip


def loaded(
    home: Path, graph: Path, lines: Path, server: str, method: str, batch: int, half: bool = False
) -> Loading:
    """Load a graph into an empty server; with ``half``, what is left of it after a kill."""
    shutil.rmtree(graph / "store" / "loads", ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=home) as place, SERVERS[server](Path(place)) as there:
        words = [sys.executable, "-m", "kg", "load", str(graph), "--batch", str(batch)]
        words += ["--to", there.gsp if method == "gsp" else there.update, "--method", method]
        words += ["--graph", there.graph] if there.graph else []
        who = {"KG_USER": there.user, "KG_PASSWORD": there.password}
        if half:
            killed(words, who)
        before = seconds_of(there.process.pid) or 0.0
        took = watched(words, **who)
        assert took.status == 0, took.lines[-3:]
        served = (seconds_of(there.process.pid) or 0.0) - before
        held = memory_of(there.process.pid)
        sent = next(
            int(found[1])
            for _, line in took.lines
            if (found := re.match(r"(\d+) statements? sent", line))
        )
        count = counted(there, lines)
    noted = sum(path.stat().st_size for path in (graph / "store" / "loads").iterdir())
    return Loading(
        server, method, batch, count, lines.stat().st_size, sent, round(took.seconds, 2),
        round(served, 2), round(took.wall, 2), took.memory, held, noted,
    )  # fmt: skip


def killed(words: list[str], who: dict[str, str]) -> None:
    """Begin a load, and kill it when half is there."""
    child = subprocess.Popen(
        words, env={**os.environ, **who}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    assert child.stderr
    with child.stderr:
        for line in child.stderr:
            done = re.match(r"([\d,]+)/([\d,]+) statements", line)
            if done and 2 * int(done[1].replace(",", "")) > int(done[2].replace(",", "")):
                break
        child.kill()
    child.wait()


def counted(there: Endpoint, lines: Path) -> int:
    """How many statements are there, which must be those of the file."""
    wanted = lines.read_bytes().count(b"\n")
    found = there.count()
    assert found == wanted, f"{found} statements where {wanted} were sent"
    return found


def keep(given: argparse.Namespace, found: dict[str, list[Loading]]) -> None:
    """Write what is known so far."""
    if given.json:
        whole: dict[str, Any] = {"machine": machine(), "documents": given.size}
        whole |= {name: [asdict(one) for one in some] for name, some in found.items()}
        given.json.write_text(json.dumps(whole, indent=1) + "\n", encoding="utf-8")


def tell(one: Loading, more: str = "") -> None:
    """Print what a load took."""
    rate = one.sent / max(0.01, one.seconds + one.served)
    print(
        f"{one.server:8} {one.method:6} batch {one.batch:6}  {one.sent} of {one.statements} sent"
        f"  kg {one.seconds:.1f} s, server {one.served:.1f} s, clock {one.wall:.1f} s"
        f"  {rate:,.0f} statements/s of processor, kg {one.memory / 2**20:.0f} MiB, server"
        f" {one.held / 2**20:.0f} MiB{more}",
        flush=True,
    )


if __name__ == "__main__":
    main()
