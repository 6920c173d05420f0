"""A request for a page in, its response out: the graph, the questions, the editor, their data.

The server opens no graph: what a page tells of it is made by a worker (``kg.serve.pages.pages``),
which is asked for it by the name of the page.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections import defaultdict
from dataclasses import replace
from functools import cache, lru_cache
from hashlib import sha256
from html import unescape
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.responses import Response

from kg.base.settings import default
from kg.serve.http.endpoint import received, sent, waited
from kg.serve.http.faults import fault
from kg.serve.http.protocol import THING, SparqlRequest
from kg.serve.limits import MIB
from kg.serve.pages.documents import DOCUMENT
from kg.serve.pages.registers import REGISTER
from kg.serve.pages.searching import EVIDENCE, GIVEN, READY, SEARCH
from kg.serve.reply import RefusedError, refusal

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from starlette.requests import Request

    from kg.serve.queries.pool import Pool
    from kg.serve.reply import Answer

# What is given out beside the pages, by suffix; one script is the graph page's as well.
KINDS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
}
# Things whose surroundings one page shows; more are not opened by hand.
MOST_AROUND: int = default("around")
SHARED = "shared.js"
_POLICY = re.compile(r'http-equiv="Content-Security-Policy" content="([^"]*)"')


class Site:
    """The handlers of the pages. A page of the graph is made once for each build of it."""

    def __init__(self, pool: Pool, corrections: str = "") -> None:
        self.pool, self.corrections = pool, corrections
        self.made: dict[str, tuple[str, Answer]] = {}
        self.turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def graph(self, request: Request) -> Response:
        """The graph as a page; only its own scripts and styles run in it."""
        around = request.query_params.getlist("around")[:MOST_AROUND]
        if around:
            what = SparqlRequest(page="graph", around=tuple(around), corrections=self.corrections)
            return self._page(request, await waited(request, self.pool, what))
        return self._page(request, await self._made(request, "graph"))

    async def overview(self, request: Request) -> Response:
        """The overview of the whole graph, for pages that draw a part, as JSON."""
        return sent(await self._made(request, "overview"), {}, self.pool)

    async def names(self, request: Request) -> Response:
        """The names of all that is in the graph, as JSON."""
        return sent(await self._made(request, "names"), {}, self.pool)

    async def answer(self, request: Request) -> Response:
        """What a query or a named question answers, as a graph page of its entities."""
        given = request.query_params.multi_items()
        asked = dict(given)
        own = ("query", "question")
        if [bool(text.strip()) for key, text in given if key in own] != [True]:
            wrong = refusal("request", "send one query= or one question=")
            return self._page(request, wrong)
        what = SparqlRequest(
            query=asked.get("query", ""),
            question=asked.get("question", ""),
            parameters=tuple((key, text) for key, text in given if key not in own),
            page="graph",
            corrections=self.corrections,
        )
        return self._page(request, await waited(request, self.pool, what))

    async def search(self, request: Request) -> Response:
        """What a search finds, as JSON; the index is made first where there is none."""
        ready = await self._made(request, READY)
        if ready.status != 200:
            return sent(ready, {}, self.pool)
        query = request.query_params
        given = tuple((name, query[name]) for name in GIVEN if name in query)
        what = SparqlRequest(page=SEARCH, parameters=given, brief=True)
        return sent(await waited(request, self.pool, what), {}, self.pool)

    async def evidence(self, request: Request) -> Response:
        """The sentences that the rows of an answer rest on, as JSON."""
        try:
            body = await received(request, self.pool.limits.body * MIB, "a table")
            rows = body.decode()
        except (RefusedError, UnicodeDecodeError) as error:
            code = error.code if isinstance(error, RefusedError) else "request"
            return sent(refusal(code, str(error)), {}, self.pool)
        ready = await self._made(request, READY)
        if ready.status != 200:
            return sent(ready, {}, self.pool)
        what = SparqlRequest(page=EVIDENCE, parameters=(("rows", rows),), brief=True)
        return sent(await waited(request, self.pool, what), {}, self.pool)

    async def questions(self, request: Request) -> Response:
        """The named questions as JSON."""
        return sent(await self._made(request, "questions"), {}, self.pool)

    async def document(self, request: Request) -> Response:
        """A document with what is read in it, as JSON."""
        what = SparqlRequest(page=DOCUMENT + request.path_params["name"])
        return sent(await waited(request, self.pool, what), {}, self.pool)

    async def thing(self, request: Request) -> Response:
        """The dossier of a thing, by its name or IRI."""
        given = tuple(request.query_params.multi_items())
        what = SparqlRequest(page=THING + request.path_params["name"], parameters=given)
        return self._page(request, await waited(request, self.pool, what))

    async def register(self, request: Request) -> Response:
        """A register as a page, or as one of its files; without a name the list of them."""
        name = request.path_params.get("name", "")
        given = tuple(request.query_params.multi_items())
        answer = await waited(
            request, self.pool, SparqlRequest(page=REGISTER + name, parameters=given)
        )
        if answer.status != 200 or answer.media.startswith("text/html"):
            return self._page(request, answer)
        return sent(answer, {"Content-Disposition": "attachment"}, self.pool)

    async def shell(self, request: Request) -> Response:
        """The page of questions and queries; of an unknown question, it says so."""
        name = request.path_params.get("name")
        status = 200
        if name is not None:
            known = await self._made(request, "questions")
            if known.status == 200 and name not in _names(known.body):
                status = 404
        body = _read("ask.html")
        if self.corrections:
            link = b'<a href="/review" data-word="review"></a>\n</nav>'
            body = body.replace(b"</nav>", link, 1)
        return unless_known(request, body, "text/html; charset=utf-8", status)

    async def static(self, request: Request) -> Response:
        """A script or a style of the pages."""
        name = request.path_params["name"]
        kind = KINDS.get(Path(name).suffix)
        if kind is None or name not in _static():
            return sent(refusal("missing", "there is no such file"), {}, self.pool)
        return unless_known(request, _read(name), kind)

    async def missing(self, request: Request, _: Exception) -> Response:
        """What is said of an address that leads nowhere."""
        return self._page(request, refusal("missing", f"{request.url.path} leads nowhere here"))

    def _page(self, request: Request, answer: Answer) -> Response:
        """A graph page: its own policy goes into the header, and nobody frames it."""
        answer = fault(_in_memory(answer), request.headers.get("accept", ""))
        policy = _POLICY.search(answer.body.decode())
        more = {}
        if policy:
            allowed = f"{unescape(policy[1])}; frame-ancestors 'none'"
            more = {"Content-Security-Policy": allowed}
        return sent(answer, more, self.pool)

    async def _made(self, request: Request, page: str) -> Answer:
        """A page of the whole graph, out of what was made of this build."""
        async with self.turns[page]:
            build = self.pool.generation
            known, answer = self.made.get(page, ("", None))
            if answer is None or known != build:
                what = SparqlRequest(page=page, corrections=self.corrections)
                answer = _in_memory(await waited(request, self.pool, what))
                if answer.status == 200:
                    self.made[page] = (build, answer)
            return answer


def _in_memory(answer: Answer) -> Answer:
    """An answer with its body at hand, not in a file."""
    if not answer.file:
        return answer
    file = Path(answer.file)
    body = file.read_bytes()
    file.unlink()
    return replace(answer, body=body, file="")


@cache
def _static() -> dict[str, Traversable]:
    """The files of the pages, by name."""
    own = {file.name: file for file in files("kg.serve").joinpath("static").iterdir()}
    return own | {SHARED: files("kg.publish.page").joinpath("templates", SHARED)}


def _read(name: str) -> bytes:
    return _static()[name].read_bytes()


def unless_known(request: Request, body: bytes, kind: str, status: int = 200) -> Response:
    """A file with its tag, or the word that the client has it (RFC 9110, 13.1.2).

    The tag comes from the content. A browser asks each time: after an update of the program
    the scripts of a page are all of one version.
    """
    tag = f'"{sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    given = ",".join(request.headers.getlist("if-none-match")).split(",")
    known = {one.strip().removeprefix("W/") for one in given}
    if status == 200 and known & {tag, "*"}:
        return Response(status_code=304, headers=headers)
    return Response(body, status, {**headers, "Content-Type": kind})


@lru_cache(maxsize=1)
def _names(body: bytes) -> frozenset[str]:
    """The names of the questions, of what is told about them."""
    return frozenset(question["name"] for question in json.loads(body)["questions"])
