"""An HTTP request in, an HTTP answer out: SPARQL 1.1 Protocol over the pool of workers."""

from __future__ import annotations

import asyncio
import contextlib
import os
from dataclasses import replace
from threading import Event
from typing import TYPE_CHECKING, BinaryIO

from starlette.requests import ClientDisconnect
from starlette.responses import Response, StreamingResponse

from kg.serve.answer import MIB, refusal
from kg.serve.protocol import ALLOWED, Asked, RefusedError, asked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.requests import Request

    from kg.serve.answer import Answer
    from kg.serve.pool import Pool

# Seconds that a client may take to send its query.
SENDING = 15.0


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
            body = await self._body(request)
            what = asked(
                request.method,
                request.scope["query_string"],
                request.headers.get("content-type", ""),
                body,
                request.headers.get("accept", ""),
            )
        except RefusedError as error:
            given = {**self.headers, **error.headers}
            return sent(refusal(error.status, error.reason), given)
        except ClientDisconnect:
            return Response(status_code=400)
        address = str(request.url.replace(query="", fragment=""))
        return sent(await waited(request, self.pool, replace(what, base=address)), self.headers)

    async def question(self, request: Request) -> Response:
        """The answer to a named question; its parameters stand in the address."""
        given = [(k, v) for k, v in request.query_params.multi_items() if k != "format"]
        what = Asked(
            question=request.path_params["name"],
            parameters=tuple(given),
            accept=request.headers.get("accept", ""),
            format=request.query_params.get("format", ""),
        )
        return sent(await waited(request, self.pool, what), self.headers)

    async def _body(self, request: Request) -> bytes:
        most = self.pool.limits.body * MIB
        too_much = RefusedError(413, f"a query has at most {self.pool.limits.body} MiB")
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
            raise RefusedError(408, f"the query did not arrive within {SENDING:g} s") from error
        return bytes(data)


async def waited(request: Request, pool: Pool, what: Asked) -> Answer:
    """The answer of a worker, which stops when the client leaves."""
    gone = Event()
    watching = asyncio.create_task(_left(request, gone))
    try:
        return await pool.answer(what, gone)
    finally:
        watching.cancel()


async def _left(request: Request, gone: Event) -> None:
    """Say when nobody waits for the answer any more."""
    while not await request.is_disconnected():
        await asyncio.sleep(0.2)
    gone.set()


def sent(answer: Answer, headers: dict[str, str]) -> Response:
    """An answer as a response with its length: one that is cut short is seen to be."""
    given = {**headers, "Content-Type": answer.media}
    if not answer.file:
        return Response(answer.body, answer.status, given)
    file = open(answer.file, "rb")  # noqa: SIM115 (closed by the one who reads it)
    with contextlib.suppress(OSError):  # where an open file cannot be removed, the pool does it
        os.unlink(answer.file)
    given["Content-Length"] = str(os.fstat(file.fileno()).st_size)
    return StreamingResponse(_parts(file), answer.status, given)


def _parts(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while part := file.read(MIB // 4):
            yield part
