"""An HTTP request in, an HTTP answer out: SPARQL 1.1 Protocol over the pool of workers."""

from __future__ import annotations

import asyncio
import json
import math
from dataclasses import replace
from typing import TYPE_CHECKING

from starlette.requests import ClientDisconnect
from starlette.responses import Response, StreamingResponse

from kg.base.settings import default
from kg.serve.http.language import of_page, of_reason
from kg.serve.http.protocol import ALLOWED, parse_request
from kg.serve.limits import MIB
from kg.serve.reply import ERROR, RefusedError, busy, error_answer
from kg.serve.requests import QuestionRequest

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from starlette.requests import Request
    from starlette.types import Receive, Scope, Send

    from kg.serve.queries.pool import Pool
    from kg.serve.queries.scratch import LongAnswer
    from kg.serve.reply import Answer
    from kg.serve.requests import Request as Wanted

# Seconds that a client may take to send its query.
SENDING = float(default("sending"))
# A refusal with its parts (RFC 9457): what scripts of the pages ask for.
PROBLEM = "application/problem+json"


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
            body = await read_body(request, self.pool.limits.body * MIB, "a query")
            what = parse_request(
                request.method,
                request.scope["query_string"],
                request.headers.get("content-type", ""),
                body,
                request.headers.get("accept", ""),
                base=str(request.url.replace(query="", fragment="")),
            )
        except RefusedError as error:
            headers = {**self.headers, **error.headers}
            return response_of(request, self.pool, error_answer(error, self.pool.limits), headers)
        except ClientDisconnect:
            return Response(status_code=400)
        return response_of(
            request, self.pool, await worker_answer(request, self.pool, what), self.headers
        )

    async def question(self, request: Request) -> Response:
        """The answer to a named question; its parameters stand in the address."""
        parameters = [(k, v) for k, v in request.query_params.multi_items() if k != "format"]
        what = QuestionRequest(
            request.path_params["name"],
            tuple(parameters),
            accept=request.headers.get("accept", ""),
            format=request.query_params.get("format", ""),
        )
        return response_of(
            request, self.pool, await worker_answer(request, self.pool, what), self.headers
        )


async def read_body(request: Request, most: int, what: str) -> bytes:
    """The body of a request, of so many bytes at most; ``what`` says what it is, with an article.

    Raises:
        RefusedError: If it is longer, or does not come in time.
    """
    size = f"{most // MIB} MiB" if most >= MIB else f"{most // 1024} KiB"
    too_much = RefusedError("long", f"{what} has at most {size}", zh=f"最多 {size}")
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


async def worker_answer(request: Request, pool: Pool, what: Wanted) -> Answer:
    """The answer of a worker, which stops when the client leaves."""
    abandoned = asyncio.Event()
    watching = asyncio.create_task(_left(request, abandoned))
    try:
        return await pool.shared.answer(what, abandoned)
    finally:
        watching.cancel()


async def _left(request: Request, abandoned: asyncio.Event) -> None:
    """Say when nobody waits for the answer any more."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
    abandoned.set()


def response_of(
    request: Request, pool: Pool, answer: Answer, headers: Mapping[str, str] | None = None
) -> Response:
    """An answer as a response with its length: one that is cut short is seen to be."""
    long_answer = (
        pool.scratch.hold(answer.file, pool.limits.together * MIB) if answer.file else None
    )
    if answer.file and not long_answer:
        answer = busy()
    answer, more_headers = _in_language(request, answer)
    response_headers = {**(headers or {}), **more_headers, "Content-Type": answer.media}
    if answer.code:
        response_headers[ERROR] = answer.code
    if answer.status == 503:
        # After so long all that run now have ended.
        response_headers["Retry-After"] = str(math.ceil(pool.limits.seconds))
    if not long_answer:
        return Response(answer.body, answer.status, response_headers)
    response_headers["Content-Length"] = str(long_answer.length)
    return _Long(long_answer, answer.status, response_headers)


def _in_language(request: Request, answer: Answer) -> tuple[Answer, dict[str, str]]:
    """A refusal in the language that is asked for, and with its parts where these are (RFC 9457).

    Who asks for HTML has a page already, or looks at what is no page.
    """
    problem = answer.problem
    if problem is None or answer.media.startswith("text/html"):
        return answer, {}
    accept = request.headers.get("accept", "")
    language = of_reason(request.headers.get("accept-language", ""))
    if "text/html" in accept:
        language = of_page(request)
    headers = {"Content-Language": language}
    if PROBLEM in accept:
        details = {
            "type": "about:blank",
            "status": answer.status,
            "code": problem.code,
            "detail": problem.message(language),
            "field": problem.field,
            "near": problem.near,
        }
        return replace(answer, media=PROBLEM, body=json.dumps(details).encode()), headers
    return replace(answer, body=f"{problem.message(language)}\n".encode()), headers


class _Long(StreamingResponse):
    """A long answer, read from its file as its client takes it."""

    def __init__(self, long_answer: LongAnswer, status: int, headers: dict[str, str]) -> None:
        super().__init__(self._parts(), status, headers)
        self.long_answer = long_answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with self.long_answer:
            await super().__call__(scope, receive, send)

    async def _parts(self) -> AsyncIterator[bytes]:
        while part := await asyncio.to_thread(self.long_answer.file.read, MIB // 4):
            yield part
