"""Requests of the page of corrections in: what it shows out, and what is decided into the file.

A worker reads the graph and says what a decision is; this process alone writes it down, with
the lock that the terminal takes too, so that ending a worker never cuts a line.
"""

from __future__ import annotations

import asyncio
import json
import secrets
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.routing import Route

from kg.base.errors import KgError
from kg.review.book import append
from kg.review.decisions import parse
from kg.serve.http.endpoint import read_body, response_of, worker_answer
from kg.serve.http.language import of_page
from kg.serve.http.writing import MOST, check_allowed, parse_decision
from kg.serve.pages.header import Place, header
from kg.serve.pages.reviewing import PARAMETERS
from kg.serve.pages.shells import HTML, KINDS, fill_parts, unless_known
from kg.serve.reply import RefusedError, error_answer, refusal
from kg.serve.requests import ReviewPart, ReviewRequest

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.requests import Request

    from kg.serve.http.guard import AccessRules
    from kg.serve.queries.pool import Pool
    from kg.serve.reply import Answer

# Seconds that a page waits until others have written into the file.
PATIENCE = 20.0
# Code points of what is asked about: an IRI, a name, a quotation.
LENGTH = 4000


@dataclass(frozen=True, slots=True)
class Review:
    """Where corrections go, and who gives them if the page is not to ask."""

    file: Path
    by: str = ""


class Corrections:
    """The handlers of the page of corrections."""

    def __init__(self, pool: Pool, door: AccessRules, review: Review) -> None:
        self.pool, self.door, self.review = pool, door, review
        self.word = secrets.token_urlsafe(32)
        self.writing = ThreadPoolExecutor(1, "corrections")

    def routes(self) -> list[Route]:
        """Where the page and what it asks for are found."""
        return [
            Route("/review", self.page),
            Route("/review/decide", self.decide, methods=["POST"]),
            Route("/review/static/{name}", self.static),
            Route("/review/{name}.json", self.data),
        ]

    def close(self) -> None:
        """Wait until what is being written is written."""
        self.writing.shutdown()

    async def page(self, request: Request) -> Response:
        """The page, with the word that its requests carry."""
        settings = {"word": self.word, "by": self.review.by}
        settings_json = json.dumps(settings, ensure_ascii=False).replace("<", "\\u003c")
        language = of_page(request)
        parts = {
            "lang": "zh-CN" if language == "zh" else language,
            "header": header(language, Place.REVIEW, review=True, heads=True),
            "given": settings_json,
        }
        body = fill_parts(_file("review.html").decode(), parts)
        headers = {"Cache-Control": "no-store", "Content-Type": HTML}
        return Response(body, headers=headers)

    async def static(self, request: Request) -> Response:
        """A script or a style of the page."""
        name = request.path_params["name"]
        kind = KINDS.get("." + name.rpartition(".")[2])
        if kind is None or name not in _names():
            return self._response(request, refusal("missing", "there is no such file"))
        return unless_known(request, _file(name), kind)

    async def data(self, request: Request) -> Response:
        """What the page shows, as JSON."""
        name, query = request.path_params["name"], request.query_params
        if name not in PARAMETERS:
            return self._response(request, refusal("missing", f"{name} leads nowhere here"))
        parameters = tuple((key, query.get(key, "")) for key in PARAMETERS[name])
        if any(len(text) > LENGTH for _, text in parameters):
            reason = f"at most {LENGTH} characters"
            return self._response(request, refusal("long", reason, zh=f"最多 {LENGTH} 个字"))
        what = self._review_request(ReviewPart(name), *parameters)
        return self._response(request, await worker_answer(request, self.pool, what))

    async def decide(self, request: Request) -> Response:
        """Take a decision, and tell what was kept once it lies on the disk."""
        try:
            check_allowed(request.headers, self.door, self.word)
            what = parse_decision(await read_body(request, MOST, "a decision"))
        except RefusedError as error:
            return self._response(request, error_answer(error, self.pool.limits))
        except ClientDisconnect:
            return Response(status_code=400)
        decision_json = json.dumps(what, ensure_ascii=False)
        what_is_asked = self._review_request(ReviewPart.DECIDE, ("decision", decision_json))
        answer = await worker_answer(request, self.pool, what_is_asked)
        if answer.status == 200:
            try:
                await self._write_decisions(json.loads(answer.body)["lines"])
            except KgError as error:
                answer = refusal("unkept", str(error))
        return self._response(request, answer)

    def _review_request(self, part: ReviewPart, *parameters: tuple[str, str]) -> ReviewRequest:
        return ReviewRequest(part, str(self.review.file), parameters)

    def _response(self, request: Request, answer: Answer) -> Response:
        return response_of(request, self.pool, answer)

    async def _write_decisions(self, lines: list[str]) -> None:
        """Write decisions down, one request after the other.

        Raises:
            KgError: If they cannot be written, or others do not stop writing.
        """
        decisions = [parse(line) for line in lines]
        loop = asyncio.get_running_loop()
        writing = loop.run_in_executor(self.writing, append, self.review.file, decisions)
        try:
            await asyncio.wait_for(asyncio.shield(writing), PATIENCE)
        except TimeoutError as error:
            raise KgError(
                f"{self.review.file}: another program holds it; this decision is written as soon "
                "as that ends, if the server still runs then"
            ) from error


def _names() -> set[str]:
    return {file.name for file in files("kg.serve").joinpath("review").iterdir()}


def _file(name: str) -> bytes:
    return files("kg.serve").joinpath("review", name).read_bytes()
