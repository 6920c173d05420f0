"""A graph's folder in, the application that serves it out; and the loop that runs it."""

from __future__ import annotations

import asyncio
import contextlib
import math
import socket
import sys
from typing import TYPE_CHECKING

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Route

from kg.base.errors import KgError
from kg.serve.http.connections import ASKING, HEAD, Protocol
from kg.serve.http.endpoint import Endpoint
from kg.serve.http.guard import AccessRules, Guard
from kg.serve.pages.corrections import Corrections
from kg.serve.pages.site import Site
from kg.serve.queries.pool import Pool
from kg.serve.reply import ERROR

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from starlette.types import ASGIApp

    from kg.serve.limits import Limits
    from kg.serve.pages.corrections import Review

# Seconds that running queries have when the server is to end, and that their clients have then
# to take what is said to them.
GRACE = 2.0
LEAVING = 1.0
# So many are taken in at once before one of them is looked at (asyncio; uvicorn's own is 2048).
WAITING = 64


def application(
    pool: Pool, door: AccessRules, origin: str = "", review: Review | None = None
) -> Starlette:
    """The application for a graph, whose pool it closes when it ends.

    Args:
        pool: Its workers.
        door: Who may come in.
        origin: Pages of this origin may ask from a browser; ``*`` for any, by default none.
        review: What is needed to take corrections; by default none are taken.
    """
    endpoint = Endpoint(pool)
    site = Site(pool, review=review is not None)
    desk = [Corrections(pool, door, review)] if review else []

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        try:
            yield
        finally:
            for one in desk:
                one.close()
            pool.close()

    shared = Middleware(
        CORSMiddleware,
        allow_origins=[origin],
        allow_methods=["GET", "POST"],
        allow_headers=["*"],
        expose_headers=["Zhengtu-Limits", ERROR, "Retry-After"],
    )
    sparql = Route(
        "/sparql",
        endpoint.respond,
        methods=["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"],
        middleware=[shared] if origin else [],
    )
    desks = (route for one in desk for route in one.routes())
    return Starlette(
        routes=[sparql, *_pages(endpoint, site), *desks],
        middleware=[Middleware(Guard, door=door)],
        exception_handlers={404: site.missing},
        lifespan=lifespan,
    )


def _pages(endpoint: Endpoint, site: Site) -> list[Route]:
    """The addresses of the pages, and of what they fetch."""
    return [
        Route("/answer/{name}", endpoint.question),
        Route("/", site.graph),
        Route("/graph", site.answer),
        Route("/ask", site.shell),
        Route("/ask/{name}", site.shell),
        Route("/query", site.shell),
        Route("/search", site.shell),
        Route("/search.json", site.search),
        Route("/evidence.json", site.evidence, methods=["POST"]),
        Route("/questions.json", site.questions),
        Route("/remarks/{name}.json", site.remarks),
        Route("/documents/{name:path}.json", site.document),
        Route("/thing/{name:path}", site.thing),
        Route("/registers", site.register),
        Route("/register/{name}", site.register),
        Route("/names.json", site.names),
        Route("/overview.json", site.overview),
        Route("/static/{name}", site.static),
    ]


class Server(uvicorn.Server):
    """A server that tells those who wait that it ends, before it ends."""

    def __init__(self, config: uvicorn.Config, pool: Pool) -> None:
        super().__init__(config)
        self.pool = pool

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        leaving = asyncio.create_task(self._leave())
        await super().shutdown(sockets)
        leaving.cancel()

    async def _leave(self) -> None:
        await asyncio.sleep(GRACE)
        self.pool.end()
        await asyncio.sleep(LEAVING)
        for connection in list(self.server_state.connections):
            connection.transport.abort()


def run(
    directory: Path | str,
    host: str,
    port: int,
    limits: Limits,
    door: AccessRules,
    origin: str,
    review: Review | None = None,
) -> None:
    """Serve a graph, of a folder or of another endpoint, until it is interrupted.

    Raises:
        KgError: If the address cannot be listened on.
        StoreError: If the folder holds no graph.
    """
    listening = listening_socket(host, port)
    with listening:
        pool = Pool(directory, limits)
        pool.open()
        shown = f"[{host}]" if ":" in host else host
        place = f"http://{shown}:{listening.getsockname()[1]}"
        if review:
            print(f"{place}/review takes corrections into {review.file}", file=sys.stderr)
        print(
            f"open {place}; {place}/sparql answers SPARQL; Ctrl-C ends it",
            file=sys.stderr,
            flush=True,
        )
        hosted(application(pool, door, origin, review), pool, listening)


def hosted(inside: ASGIApp, pool: Pool, listening: socket.socket) -> None:
    """Run an application on a socket until it is interrupted."""
    config = uvicorn.Config(
        inside,
        http=Protocol,
        ws="none",
        loop="asyncio",
        log_level="error",  # what strangers send is no fault of this server
        access_log=False,
        server_header=False,
        backlog=WAITING,
        # Clients that keep connections for 5 s must not meet one that closes just then.
        timeout_keep_alive=math.ceil(ASKING),
        timeout_graceful_shutdown=math.ceil(GRACE + 2 * LEAVING),
        h11_max_incomplete_event_size=HEAD,
    )
    Server(config, pool).run(sockets=[listening])


def listening_socket(host: str, port: int) -> socket.socket:
    """A socket that listens.

    Raises:
        KgError: If the address cannot be listened on.
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.create_server((host, port), family=family, backlog=WAITING)
    except OSError as error:
        # Python adds the address to its own words, which stands before them already.
        reason = (error.strerror or str(error)).partition(" (while ")[0]
        raise KgError(
            f"{host}:{port}: cannot be listened on ({reason}); choose another --port"
        ) from error
    # asyncio sends each part at once (TCP_NODELAY) where a socket names its protocol, which
    # create_server does not; the body of an answer then waits 40 ms for the client to
    # acknowledge its head.
    return socket.socket(
        listener.family, listener.type, socket.IPPROTO_TCP, fileno=listener.detach()
    )
