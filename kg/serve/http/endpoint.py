"""An HTTP request in, an HTTP answer out: SPARQL 1.1 Protocol over the pool of workers."""

from __future__ import annotations

import asyncio
import math
from dataclasses import replace
from typing import TYPE_CHECKING

from starlette.requests import ClientDisconnect
from starlette.responses import Response, StreamingResponse

from kg.base.settings import default
from kg.serve.http.protocol import ALLOWED, SparqlRequest, parse_request
from kg.serve.limits import MIB
from kg.serve.reply import ERROR, RefusedError, busy, refusal

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.types import Receive, Scope, Send

    from kg.serve.queries.pool import Pool
    from kg.serve.queries.scratch import Held
    from kg.serve.reply import Answer

# Seconds that a client may take to send its query.
SENDING = float(default("sending"))


class Endpoint:
    """The handlers of ``/sparql`` and of named questions."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self.headers = {"Zhengtu-Limits": str(pool.limits), "Vary": "Accept"}

    async def respond(self, request: Request) -> Response:
        """The answer to a request, whatever it asks."""
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": ALLOWED, **self.headers})
        try:
            body = await received(request, self.pool.limits.body * MIB, "a query")
            what = parse_request(
                request.method,
                request.scope["query_string"],
                request.headers.get("content-type", ""),
                body,
                request.headers.get("accept", ""),
            )
        except RefusedError as error:
            given = {**self.headers, **error.headers}
            return sent(refusal(error.code, error.reason), given, self.pool)
        except ClientDisconnect:
            return Response(status_code=400)
        address = str(request.url.replace(query="", fragment=""))
        answer = await waited(request, self.pool, replace(what, base=address))
        return sent(answer, self.headers, self.pool)

    async def question(self, request: Request) -> Response:
        """The answer to a named question; its parameters stand in the address."""
        given = [(k, v) for k, v in request.query_params.multi_items() if k != "format"]
        what = SparqlRequest(
            question=request.path_params["name"],
            parameters=tuple(given),
            accept=request.headers.get("accept", ""),
            format=request.query_params.get("format", ""),
        )
        return sent(await waited(request, self.pool, what), self.headers, self.pool)


async def received(request: Request, most: int, what: str) -> bytes:
    """The body of a request, of so many bytes at most; ``what`` says what it is, with an article.

    Raises:
        RefusedError: If it is longer, or does not come in time.
    """
    size = f"{most // MIB} MiB" if most >= MIB else f"{most // 1024} KiB"
    too_much = RefusedError("long", f"{what} has at most {size}")
    length = request.headers.get("content-length", "0")
    if length.isdigit() and int(length) > most:
        raise too_much
    data = bytearray()
    try:
        async with asyncio.timeout(SENDING):
            async for part in request.stream():
                data += part
                if len(data) > most:
                    raise too_much
    except TimeoutError as error:
        raise RefusedError("slow", f"{what} did not arrive within {SENDING:g} s") from error
    return bytes(data)


async def waited(request: Request, pool: Pool, what: SparqlRequest) -> Answer:
    """The answer of a worker, which stops when the client leaves."""
    gone = asyncio.Event()
    watching = asyncio.create_task(_left(request, gone))
    try:
        return await pool.shared.answer(what, gone)
    finally:
        watching.cancel()


async def _left(request: Request, gone: asyncio.Event) -> None:
    """Say when nobody waits for the answer any more."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
    gone.set()


def sent(answer: Answer, headers: dict[str, str], pool: Pool) -> Response:
    """An answer as a response with its length: one that is cut short is seen to be."""
    held = pool.scratch.hold(answer.file, pool.limits.together * MIB) if answer.file else None
    if answer.file and not held:
        answer = busy()
    given = {**headers, "Content-Type": answer.media}
    if answer.code:
        given[ERROR] = answer.code
    if answer.status == 503:
        # After so long all that run now have ended.
        given["Retry-After"] = str(math.ceil(pool.limits.seconds))
    if not held:
        return Response(answer.body, answer.status, given)
    given["Content-Length"] = str(held.length)
    return _Long(held, answer.status, given)


class _Long(StreamingResponse):
    """A long answer, read from its file as its client takes it."""

    def __init__(self, held: Held, status: int, headers: dict[str, str]) -> None:
        super().__init__(self._parts(), status, headers)
        self.held = held

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with self.held:
            await super().__call__(scope, receive, send)

    async def _parts(self) -> AsyncIterator[bytes]:
        while part := await asyncio.to_thread(self.held.file.read, MIB // 4):
            yield part
