"""What is asked in, the answer's bytes out: what runs inside a worker process.

A worker opens the store for reading, answers one query after the other, and is killed from
outside when one takes too long: oxigraph can neither be stopped nor held to a limit.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from contextlib import closing, suppress
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

import pyoxigraph as ox

from kg.base.errors import KgError, QueryError, RemoteError
from kg.base.settings import default
from kg.base.usage import CAN_PAUSE, at_death_of_parent
from kg.ontology import load
from kg.query.graph import Graph, opened
from kg.query.query import RESULT_FORMATS, execute
from kg.query.questions import question
from kg.serve.formats import GRAPHS, RESULTS, TEXT, chosen, named
from kg.serve.limits import MIB
from kg.serve.pages.description import SD, description
from kg.serve.pages.pages import written
from kg.serve.reply import Answer, RefusedError, out_of_memory, refusal
from kg.store.rdf.turtle import turtle

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from pathlib import Path

    from kg.query.query import Raw
    from kg.serve.formats import Format
    from kg.serve.http.protocol import SparqlRequest
    from kg.serve.limits import Limits

# Seconds that a page may take to be made; it is made once for each build.
PAGE = float(default("page"))
# A worker that nobody stopped so many seconds after its deadline has lost its server.
ORPHANED = 3.0
# https://www.w3.org/TR/xml/#charsets: neither these control signs nor U+FFFE and U+FFFF.
_NO_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
_NO_XML_BEGUN = b"\xef\xbf"
_GRAPHS = {
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
}


class _FullError(Exception):
    """The answer is longer than it may be."""


class _Spool:
    """What bytes are written to, in memory until they are many, then a file, up to a limit."""

    def __init__(self, folder: Path, most: int) -> None:
        self.file: BinaryIO = BytesIO()
        self.folder, self.most = folder, most
        self.name, self.length = "", 0

    def write(self, data: bytes) -> int:
        self.length += len(data)
        if self.length > self.most:
            raise _FullError
        if self.length > MIB and not self.name:
            # The pool removes by this beginning what a worker left that it had to end.
            handle, self.name = tempfile.mkstemp(prefix=f"{os.getpid()}-", dir=self.folder)
            begun, self.file = self.file, os.fdopen(handle, "wb")
            begun.seek(0)
            self.file.write(begun.read())
        return self.file.write(data)

    def flush(self) -> None:
        self.file.flush()

    def close(self) -> None:
        """Remove the file, unless it is an answer now."""
        with suppress(OSError):
            self.file.close()
        if self.name:
            os.unlink(self.name)

    def answer(self, format: Format) -> Answer:
        """The answer, in memory if it is short; else its file."""
        if not self.name:
            self.file.seek(0)
            return Answer(200, format.header, self.file.read())
        self.file.close()
        name, self.name = self.name, ""
        return Answer(200, format.header, file=name)


def serve(
    connection: Connection,
    directory: Path | str,
    limits: Limits,
    folder: Path,
    *,
    counted: bool = True,
) -> None:
    """Answer what comes in through a connection until it is closed.

    Args:
        connection: ``SparqlRequest`` in, ``Answer`` out; the first thing out is an empty text once
            the store is open, or the reason why it cannot be.
        directory: The folder of the graph, or the address of another endpoint.
        limits: What one query may use.
        folder: Where long answers are kept until they are sent.
        counted: Whether the store is compared with its ledger.
    """
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's business
    if CAN_PAUSE:
        at_death_of_parent(signal.SIGCONT)  # the timer of its query ends it then
    try:
        ontology = load()
        graph = Graph(opened(directory, ontology, counted=counted), ontology)
    except KgError as error:
        connection.send(str(error))
        return
    _bound_memory(limits.memory)
    # Where Rust tells that there is no memory left.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    connection.send("")
    with suppress(EOFError, OSError):
        while True:
            asked = connection.recv()
            _end_after((PAGE if asked.whole else limits.seconds) + ORPHANED)
            connection.send(answered(graph, asked, limits, folder))
            _end_after(0)


def answered(graph: Graph, request: SparqlRequest, limits: Limits, folder: Path) -> Answer:
    """Answer what is asked; what is wrong with it becomes an answer too."""
    try:
        with closing(_Spool(folder, limits.answer * MIB)) as spool:
            if request.page:
                data, format = written(graph, request)
                spool.write(data)
            elif request.question and request.format == "sparql":
                spool.write(question(graph, request.question, dict(request.parameters)).encode())
                format = TEXT
            else:
                raw = _raw(graph, request)
                format = _format(raw, request)
                _write(raw, format, spool, graph)
            return spool.answer(format)
    except QueryError as error:
        return refusal("query", str(error))
    except RefusedError as error:
        return refusal(error.code, error.reason)
    except RemoteError as error:
        return refusal("remote", str(error))
    except _FullError:
        return refusal("size", f"the answer is longer than {limits.answer} MiB; ask for less of it")
    except MemoryError:
        return out_of_memory(limits)
    except OSError as error:
        return refusal("room", f"there is no room for the answer: {error.strerror or error}")
    except RuntimeError as error:
        return refusal("query", f"cannot be answered: {error}")


def _raw(graph: Graph, request: SparqlRequest) -> Raw | list[ox.Triple]:
    if not request.query and not request.question:
        return description(graph.store.quads, request.base)
    text = request.query or question(graph, request.question, dict(request.parameters))
    base = request.base or None
    return execute(graph.store.quads, text, graph.prefixes, base=base, dataset=request.dataset)


def _format(raw: Raw | list[ox.Triple], request: SparqlRequest) -> Format:
    is_graph = isinstance(raw, ox.QueryTriples | list)
    offered = GRAPHS if is_graph else RESULTS
    format = chosen(offered, request.accept, request.format)
    if format is None:
        wanted = f"format={request.format}" if named(request.format) else request.accept
        kind = "CONSTRUCT and DESCRIBE give a graph" if is_graph else "SELECT and ASK give rows"
        known = ", ".join(f"{f.name} ({f.media})" for f in offered)
        raise RefusedError("format", f"{kind}, which {wanted} cannot hold; there is {known}")
    return format


class _Xml:
    """What XML is written to: the signs that it cannot hold become U+FFFD."""

    def __init__(self, spool: _Spool) -> None:
        self.spool, self.rest = spool, b""

    def write(self, data: bytes) -> int:
        whole = self.rest + bytes(data)
        # The last sign may be cut in two.
        cut = len(whole) - next((n for n in (2, 1) if _NO_XML_BEGUN[:n] == whole[-n:]), 0)
        self.rest = whole[cut:]
        self.spool.write(_NO_XML.sub(b"\xef\xbf\xbd", whole[:cut]))
        return len(data)

    def flush(self) -> None:
        self.spool.flush()

    def close(self) -> None:
        self.spool.write(self.rest)


def _write(raw: Raw | list[ox.Triple], format: Format, spool: _Spool, graph: Graph) -> None:
    if format.name in ("xml", "rdf"):
        with closing(_Xml(spool)) as output:
            _serialize(raw, format, output, graph)
    else:
        _serialize(raw, format, spool, graph)


def _serialize(
    raw: Raw | list[ox.Triple], format: Format, spool: _Spool | _Xml, graph: Graph
) -> None:
    if not isinstance(raw, ox.QueryTriples | list):
        raw.serialize(output=spool, format=RESULT_FORMATS[format.name])  # type: ignore[arg-type]
        return
    if format.name == "ttl":
        spool.write(turtle(raw, {**graph.prefixes, "sd": SD}, graph.base))
        return
    triples = sorted(set(raw), key=str)
    known = graph.prefixes if format.name in ("rdf", "trig", "jsonld") else {}
    ox.serialize(triples, output=spool, format=_GRAPHS[format.name], prefixes=known)  # type: ignore[arg-type]


def _end_after(seconds: float) -> None:
    """Have the system end this process, whatever it does then; 0 takes it back."""
    import signal

    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _bound_memory(mebibytes: int) -> None:
    """Let this process take only so much more memory than it has (where the system can)."""
    if not sys.platform.startswith("linux"):
        return
    import resource

    with open("/proc/self/statm", encoding="ascii") as statm:
        now = int(statm.read().split()[0]) * resource.getpagesize()
    most = now + mebibytes * MIB
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
