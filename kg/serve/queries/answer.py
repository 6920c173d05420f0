"""What is asked in, the answer's bytes out: what runs inside a worker process.

A worker opens the store for reading, answers one query after the other, and is killed from
outside when one takes too long: oxigraph can neither be stopped nor held to a limit.
"""

from __future__ import annotations

import os
import sys
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from kg.base.errors import KgError
from kg.base.settings import default
from kg.base.usage import CAN_PAUSE, at_death_of_parent
from kg.ontology import load
from kg.query.graph import Graph, open_store
from kg.query.questions import question
from kg.query.sparql.evaluate import evaluate
from kg.query.sparql.parsed import parse
from kg.serve.http.formats import TEXT
from kg.serve.limits import MIB
from kg.serve.pages.description import description
from kg.serve.pages.pages import page_answer
from kg.serve.queries.serialise import format_of, serialise
from kg.serve.queries.spool import Spool
from kg.serve.reply import ERRORS, error_answer
from kg.serve.requests import Budget, DescriptionRequest, QueryRequest, QuestionRequest

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from pathlib import Path

    import pyoxigraph as ox

    from kg.query.sparql.evaluate import Raw
    from kg.serve.http.formats import Format
    from kg.serve.limits import Limits
    from kg.serve.reply import Answer
    from kg.serve.requests import Request

# Seconds that a page may take to be made; it is made once for each build.
PAGE = float(default("page"))
# A worker that nobody stopped so many seconds after its deadline has lost its server.
ORPHANED = 3.0


def seconds_for(request: Request, limits: Limits) -> float:
    """How long a request may take."""
    return PAGE if request.budget is Budget.PAGE else limits.seconds


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
        connection: ``Request`` in, ``Answer`` out; the first thing out is an empty text once
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
        graph = Graph(open_store(directory, ontology, counted=counted), ontology)
    except KgError as error:
        connection.send(str(error))
        return
    _bound_memory(limits.memory)
    # Where Rust tells that there is no memory left.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    connection.send("")
    with suppress(EOFError, OSError):
        while True:
            request: Request = connection.recv()
            _end_after(seconds_for(request, limits) + ORPHANED)
            connection.send(answer_request(graph, request, limits, folder))
            _end_after(0)


def answer_request(graph: Graph, request: Request, limits: Limits, folder: Path) -> Answer:
    """Answer a request; what is wrong with it becomes an answer too."""
    try:
        with closing(Spool(folder, limits.answer * MIB)) as spool:
            return spool.answer(_write_answer(graph, request, spool))
    except ERRORS as error:
        return error_answer(error, limits)


def _write_answer(graph: Graph, request: Request, spool: Spool) -> Format:
    """Write the answer of a request, and tell its format."""
    match request:
        case QuestionRequest(name, parameters, format="sparql"):
            spool.write(question(graph, name, dict(parameters)).encode())
            return TEXT
        case QueryRequest() | QuestionRequest() | DescriptionRequest():
            raw = _raw(graph, request)
            format = format_of(raw, request.accept, request.format)
            serialise(raw, format, spool, graph)
            return format
    data, format = page_answer(graph, request)
    spool.write(data)
    return format


def _raw(
    graph: Graph, request: QueryRequest | QuestionRequest | DescriptionRequest
) -> Raw | list[ox.Triple]:
    """What oxigraph answers: the only place of a worker where a query is evaluated as it came."""
    quads = graph.store.quads
    match request:
        case DescriptionRequest():
            return description(quads, request.base)
        case QuestionRequest():
            text = question(graph, request.name, dict(request.parameters))
            return evaluate(quads, parse(text, graph.prefixes))
    query = parse(request.query, graph.prefixes, request.base or None)
    return evaluate(quads, query, request.dataset)


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
