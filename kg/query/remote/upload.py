"""The graph of a folder in, the same statements on a SPARQL 1.1 server out, batch by batch.

Every batch may be sent twice: blank nodes, which would then be two, go as IRIs (RDF 1.1, 3.5),
and so none is cut in two either. What stopped goes on where it stopped (``kg.query.remote.loads``).

By ``gsp`` the graph there is this one and nothing else: its first batch replaces what was there
(PUT), the others are added (POST). By ``update`` only statements of ours are touched: what is
new is inserted, what was sent once and is no more is deleted.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.base.errors import RemoteError, StoreError
from kg.base.locks import alone
from kg.base.settings import default
from kg.query.remote.http import Wire
from kg.query.remote.loads import Loads
from kg.store import generation
from kg.store.folder import Store
from kg.store.shards import is_sharded, shards

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kg.query.remote.address import Access
    from kg.query.remote.loads import Statement

    Progress = Callable[[int, int], None]

TRIPLES = "application/n-triples"
UPDATE = "application/sparql-update"
# What a server answers to a batch that is too much for it, or has a statement that it cannot
# take: halves are sent then, down to the one (Virtuoso 7.2.5 takes 3,000 by update, not 5,000).
_REFUSED = frozenset({400, 413})


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did: how many statements are there now, and how many it sent and deleted."""

    statements: int
    sent: int
    deleted: int


@dataclass(frozen=True, slots=True)
class Batch:
    """Statements of one graph to add, or to delete; ``first`` are the first of their graph."""

    graph: str
    lines: tuple[str, ...]
    add: bool = True
    first: bool = False

    def halves(self) -> tuple[Batch, Batch]:
        """The same in two parts."""
        half = len(self.lines) // 2
        return (
            Batch(self.graph, self.lines[:half], self.add, self.first),
            Batch(self.graph, self.lines[half:], self.add),
        )


def load(
    directory: Path | str,
    url: str,
    *,
    graph: str = "",
    method: str = default("method"),
    batch: int = default("batch"),
    again: bool = False,
    access: Access | None = None,
    progress: Progress = lambda done, of: None,
) -> Loaded:
    """Bring a graph to a server, or bring it up to date there.

    Args:
        directory: The folder that ``kg build`` wrote, on this machine or on Spark.
        url: Where the server takes graphs (``gsp``) or updates (``update``).
        graph: IRI of the graph for the facts; by default the server's default graph. Imported
            statements of named graphs keep theirs.
        method: ``gsp`` (SPARQL 1.1 Graph Store Protocol) or ``update``.
        batch: Statements in one request at most.
        again: Load all of it whatever was loaded before; by ``gsp`` also over what others put
            into the graph.
        access: Who asks; by default what the environment says.
        progress: Told how many statements are sent and deleted, and of how many.

    Raises:
        StoreError: If the folder holds no graph, or what was done cannot be noted.
        RemoteError: If the server cannot be reached or refuses; what was done stays done.
    """
    directory = Path(directory)
    wire = Wire(url, access, attempts=default("attempts"))
    target = {"place": wire.address, "own": repr(wire.own), "graph": graph, "method": method}
    try:
        with alone(_home(directory)), Loads(directory, target) as loads:
            with _quads(directory) as (quads, base):
                loads.want(_statement(quad, graph, base) for quad in quads)
            if again:
                loads.doubt()
            way = WAYS[method](wire, again)
            way.look(loads)
            return _bring(way, loads, batch, progress)
    finally:
        wire.close()


def _home(directory: Path) -> Path:
    """The folder, if it holds a graph, with a place for what is known of servers.

    Raises:
        StoreError: If it holds none, or nothing can be written there.
    """
    if is_sharded(directory):
        try:
            (directory / "store").mkdir(exist_ok=True)
        except OSError as error:
            raise StoreError(f"{directory}: cannot be written ({error.strerror})") from error
    else:
        generation.current(directory)
    return directory


@contextmanager
def _quads(directory: Path) -> Iterator[tuple[Iterable[ox.Quad], str]]:
    """The statements of a store, or of the shards of a job on Spark, and what IRIs begin with."""
    if is_sharded(directory):
        parts = shards(directory)
        yield parts.quads(), parts.base
        return
    with Store.open(directory) as store:
        yield store.quads, store.ledger.meta().get("base", default("base"))


def _statement(quad: ox.Quad, graph: str, base: str) -> Statement:
    """A statement as ``kg.query.remote.loads`` writes it, its blank nodes as IRIs."""

    def written(term: object) -> str:
        if isinstance(term, ox.BlankNode):
            return f"<{base}.well-known/genid/{term.value}>"
        return str(term)

    own = quad.graph_name
    name = graph if isinstance(own, ox.DefaultGraph) else written(own)[1:-1]
    return name, " ".join(map(written, quad.triple))


def _bring(way: Gsp | Update, loads: Loads, batch: int, progress: Progress) -> Loaded:
    """Do what is left to do."""
    loads.begin()
    if loads.load.complete:
        return Loaded(loads.count, 0, 0)
    deleted, sent = (loads.left(way.whole, add) for add in (False, True))
    begin, of = loads.load.done, deleted + sent
    for part in _batches(loads, way.whole, begin, batch):
        _send(way, part)
        loads.note(loads.load.done + len(part.lines))
        progress(loads.load.done, of)
    loads.finish()
    removed = max(0, deleted - begin)
    return Loaded(loads.count, of - begin - removed, removed)


def _batches(loads: Loads, whole: bool, begin: int, size: int) -> Iterator[Batch]:
    """The steps from one on, as batches of one graph each: what goes, then what comes."""
    left = begin
    for add in (False, True):
        for graph, steps in groupby(loads.steps(whole, add), itemgetter(0)):
            lines = (line for _, line in steps)
            done = sum(1 for _ in islice(lines, left))
            left -= done
            while part := tuple(islice(lines, size)):
                yield Batch(graph, part, add, first=not done)
                done += len(part)


def _send(way: Gsp | Update, batch: Batch) -> None:
    """Send a batch, in halves where it is refused whole; a statement that is refused is named."""
    try:
        way.send(batch)
    except RemoteError as error:
        if error.status not in _REFUSED:
            raise
        if len(batch.lines) == 1:
            raise RemoteError(
                f"{error}; the statement was {batch.lines[0]}", error.status
            ) from error
        for half in batch.halves():
            _send(way, half)


class Gsp:
    """Loads by the Graph Store Protocol (https://www.w3.org/TR/sparql11-http-rdf-update/)."""

    whole = True

    def __init__(self, wire: Wire, again: bool) -> None:
        self.wire, self.again = wire, again

    def look(self, loads: Loads) -> None:
        """See whether the graphs there are ours to replace, and still there.

        Raises:
            RemoteError: If others put something into one of them.
        """
        if self.again:
            return
        ours, mine = loads.graphs()
        for graph in ours:
            filled = self._filled(graph)
            if filled and graph not in mine:
                named = f"the graph {graph}" if graph else "the default graph"
                raise RemoteError(
                    f"{self.wire.address}: {named} holds statements that kg load did not put "
                    "there, and would lose them; choose another --graph, add to it by "
                    "--method update, or replace it by --again"
                )
            if not filled and loads.load.complete:
                loads.forget()
                return

    def _filled(self, graph: str) -> bool:
        try:
            reply = self.wire.send("GET", parameters=self._at(graph), accept=TRIPLES, first=1000)
        except RemoteError as error:
            if error.status == 404:
                return False
            raise
        lines = reply.body.decode("utf-8", "replace").splitlines()
        return any(line.strip() and not line.startswith("#") for line in lines)

    def _at(self, graph: str) -> list[tuple[str, str]]:
        return [*self.wire.own, ("graph", graph) if graph else ("default", "")]

    def send(self, batch: Batch) -> None:
        if not batch.add:
            if batch.first:
                self._delete(batch.graph)
            return
        body = "".join(f"{line} .\n" for line in batch.lines).encode()
        method = "PUT" if batch.first else "POST"
        self.wire.send(method, parameters=self._at(batch.graph), body=body, media=TRIPLES)

    def _delete(self, graph: str) -> None:
        try:
            self.wire.send("DELETE", parameters=self._at(graph))
        except RemoteError as error:
            if error.status != 404:
                raise


class Update:
    """Loads by SPARQL 1.1 Update (https://www.w3.org/TR/sparql11-update/)."""

    whole = False

    def __init__(self, wire: Wire, again: bool) -> None:
        self.wire = wire

    def look(self, loads: Loads) -> None:
        """Nothing: what others put there stays there."""

    def send(self, batch: Batch) -> None:
        does = "INSERT DATA" if batch.add else "DELETE DATA"
        lines = "".join(f"{line} .\n" for line in batch.lines)
        inner = f"GRAPH <{batch.graph}> {{\n{lines}}}" if batch.graph else lines
        body = f"{does} {{\n{inner}}}\n".encode()
        self.wire.send("POST", parameters=self.wire.own, body=body, media=UPDATE)


WAYS: dict[str, type[Gsp | Update]] = {"gsp": Gsp, "update": Update}
