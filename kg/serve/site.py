"""The pages of the server: the graph, the questions, the editor, and what they are made of."""

from __future__ import annotations

import asyncio
import re
from collections import defaultdict
from dataclasses import replace
from html import unescape
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse, Response

from kg.serve.endpoint import sent, waited
from kg.serve.pages import DOCUMENT
from kg.serve.protocol import Asked

if TYPE_CHECKING:
    from starlette.requests import Request

    from kg.serve.pool import Pool
    from kg.serve.reply import Answer

STATIC = {
    "ask.css": "text/css; charset=utf-8",
    "ask.js": "text/javascript; charset=utf-8",
    "table.js": "text/javascript; charset=utf-8",
    "words.js": "text/javascript; charset=utf-8",
}
# Things whose surroundings one page shows; more are not opened by hand.
MOST_AROUND = 50
_POLICY = re.compile(r'http-equiv="Content-Security-Policy" content="([^"]*)"')


class Site:
    """The handlers of the pages. A page of the graph is made once for each build of it."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self.made: dict[str, tuple[str, Answer]] = {}
        self.turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def graph(self, request: Request) -> Response:
        """The graph as a page; only its own scripts and styles run in it."""
        around = request.query_params.getlist("around")[:MOST_AROUND]
        answer = await self._made(request, "graph", tuple(around))
        policy = _POLICY.search(answer.body.decode())
        more = {}
        if policy:
            allowed = f"{unescape(policy[1])}; frame-ancestors 'none'"
            more = {"Content-Security-Policy": allowed}
        return sent(answer, more, self.pool)

    async def names(self, request: Request) -> Response:
        """The names of all that is in the graph, as JSON."""
        return sent(await self._made(request, "names"), {}, self.pool)

    async def questions(self, request: Request) -> Response:
        """The named questions as JSON."""
        return sent(await self._made(request, "questions"), {}, self.pool)

    async def document(self, request: Request) -> Response:
        """A document with what is read in it, as JSON."""
        what = Asked(page=DOCUMENT + request.path_params["name"])
        return sent(await waited(request, self.pool, what), {}, self.pool)

    async def shell(self, _: Request) -> Response:
        """The page of questions and queries."""
        return Response(_read("ask.html"), media_type="text/html")

    async def static(self, request: Request) -> Response:
        """A script or a style of the pages."""
        name = request.path_params["name"]
        if name not in STATIC:
            return PlainTextResponse("there is no such file\n", 404)
        return Response(_read(name), headers={"Content-Type": STATIC[name]})

    async def _made(self, request: Request, page: str, around: tuple[str, ...] = ()) -> Answer:
        """A page, out of what was made of this build; the surroundings of things are not kept."""
        async with self.turns[page]:
            build = self.pool.generation
            known, answer = self.made.get(page, ("", None))
            if answer is None or known != build or around:
                asked = Asked(page=page, parameters=tuple(("around", iri) for iri in around))
                answer = await waited(request, self.pool, asked)
                if answer.file:
                    file = Path(answer.file)
                    answer = replace(answer, body=file.read_bytes(), file="")
                    file.unlink()
                if answer.status == 200 and not around:
                    self.made[page] = (build, answer)
            return answer


def _read(name: str) -> bytes:
    return files("kg.serve").joinpath("static", name).read_bytes()
