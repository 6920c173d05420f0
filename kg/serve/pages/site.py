"""A request for a page in, its response out: the graph, the questions, the editor, their data.

The server opens no graph: what a page tells of it is made by a worker (``kg.serve.pages.pages``),
which is asked for it by a request of its own kind (``kg.serve.requests``).
"""

from __future__ import annotations

import asyncio
import re
from collections import defaultdict
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

from kg.base.settings import default
from kg.ontology import load
from kg.serve.http.endpoint import read_body, response_of, worker_answer
from kg.serve.http.language import language_cookie, of_page
from kg.serve.limits import MIB
from kg.serve.pages.faults import fault
from kg.serve.pages.header import Place
from kg.serve.pages.searching import PARAMETERS
from kg.serve.pages.shells import HTML, KINDS, shell, static, unless_known
from kg.serve.reply import RefusedError, refusal
from kg.serve.requests import (
    Data,
    DataRequest,
    DocumentRequest,
    DossierRequest,
    EvidenceRequest,
    GraphPage,
    QueryRequest,
    QuestionRequest,
    RegisterRequest,
    RemarksRequest,
    SearchRequest,
)

if TYPE_CHECKING:
    from starlette.requests import Request as HttpRequest
    from starlette.responses import Response

    from kg.serve.queries.pool import Pool
    from kg.serve.reply import Answer
    from kg.serve.requests import Request

# Things whose surroundings one page shows; more are not opened by hand.
MOST_AROUND: int = default("around")
FILES = (".csv", ".xlsx")
_POLICY = re.compile(r'http-equiv="Content-Security-Policy" content="([^"]*)"')


class Site:
    """The handlers of the pages. What tells of the whole graph is made once for each build."""

    def __init__(self, pool: Pool, *, review: bool = False) -> None:
        self.pool, self.review = pool, review
        self.cache: dict[Request, tuple[str, Answer]] = {}
        self.turns: defaultdict[Request, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def graph(self, request: HttpRequest) -> Response:
        """The graph as a page; only its own scripts and styles run in it."""
        around = request.query_params.getlist("around")[:MOST_AROUND]
        if around:
            what = GraphPage(around=tuple(around), review=self.review)
            return self._page(request, await worker_answer(request, self.pool, what))
        return self._page(request, await self._cached(request, GraphPage(review=self.review)))

    async def overview(self, request: HttpRequest) -> Response:
        """The overview of the whole graph, for pages that draw a part, as JSON."""
        return await self._data(request, Data.OVERVIEW)

    async def names(self, request: HttpRequest) -> Response:
        """The names of all that is in the graph, as JSON."""
        return await self._data(request, Data.NAMES)

    async def questions(self, request: HttpRequest) -> Response:
        """The named questions as JSON."""
        return await self._data(request, Data.QUESTIONS)

    async def _data(self, request: HttpRequest, data: Data) -> Response:
        return response_of(request, self.pool, await self._cached(request, DataRequest(data)))

    async def answer(self, request: HttpRequest) -> Response:
        """What a query or a named question answers, as a graph page of its entities."""
        parameters = request.query_params.multi_items()
        values = dict(parameters)
        own = ("query", "question")
        if [bool(text.strip()) for key, text in parameters if key in own] != [True]:
            wrong = refusal(
                "request",
                "send one query= or one question=",
                zh="请给出一个 query= 或一个 question=",
            )
            return self._page(request, wrong)
        if values.get("query"):
            answer: QueryRequest | QuestionRequest = QueryRequest(values["query"])
        else:
            rest = tuple((key, text) for key, text in parameters if key not in (*own, "lang"))
            answer = QuestionRequest(values["question"], rest)
        what = GraphPage(answer=answer, review=self.review)
        return self._page(request, await worker_answer(request, self.pool, what))

    async def search(self, request: HttpRequest) -> Response:
        """What a search finds, as JSON; the index is made first where there is none."""
        query = request.query_params
        parameters = tuple((name, query[name]) for name in PARAMETERS if name in query)
        return await self._search_response(request, SearchRequest(parameters))

    async def evidence(self, request: HttpRequest) -> Response:
        """The sentences that the rows of an answer rest on, as JSON."""
        try:
            body = await read_body(request, self.pool.limits.body * MIB, "a table")
            rows = body.decode()
        except (RefusedError, UnicodeDecodeError) as error:
            code = error.code if isinstance(error, RefusedError) else "request"
            return response_of(request, self.pool, refusal(code, str(error)))
        return await self._search_response(request, EvidenceRequest(rows))

    async def _search_response(self, request: HttpRequest, what: Request) -> Response:
        """What the index of the search tells; it is made first where there is none."""
        ready = await self._cached(request, DataRequest(Data.SEARCHABLE))
        if ready.status != 200:
            return response_of(request, self.pool, ready)
        return response_of(request, self.pool, await worker_answer(request, self.pool, what))

    async def remarks(self, request: HttpRequest) -> Response:
        """What is to be known of the answer to a question, beside its rows, as JSON."""
        parameters = tuple(request.query_params.multi_items())
        what = RemarksRequest(request.path_params["name"], parameters)
        return response_of(request, self.pool, await worker_answer(request, self.pool, what))

    async def document(self, request: HttpRequest) -> Response:
        """A document with what is read in it, as JSON."""
        what = DocumentRequest(request.path_params["name"])
        return response_of(request, self.pool, await worker_answer(request, self.pool, what))

    async def thing(self, request: HttpRequest) -> Response:
        """The dossier of a thing, by its name or IRI."""
        parameters = tuple(request.query_params.multi_items())
        name, language = request.path_params["name"], of_page(request)
        what = DossierRequest(name, parameters, language, self.review)
        return self._page(request, await worker_answer(request, self.pool, what), "/thing/")

    async def register(self, request: HttpRequest) -> Response:
        """A register as a page, or as one of its files; without a name the list of them."""
        name = request.path_params.get("name", "")
        suffix = next((end for end in FILES if name.endswith(end)), "")
        parameters = tuple(request.query_params.multi_items())
        language = of_page(request)
        what = RegisterRequest(name.removesuffix(suffix), suffix, parameters, language, self.review)
        answer = await worker_answer(request, self.pool, what)
        if answer.problem or answer.media.startswith("text/html"):
            return self._page(request, answer, "/register/")
        return response_of(request, self.pool, answer, {"Content-Disposition": "attachment"})

    async def shell(self, request: HttpRequest) -> Response:
        """The page of questions and queries; of an unknown question, it says so."""
        name = request.path_params.get("name")
        status = 200 if name is None or name in load().questions else 404
        path = request.url.path
        page = Place.FACTS if path == f"/{Place.FACTS}" else path.split("/")[1]
        sought = request.query_params.get("q", "") if page == "search" else ""
        body = shell("ask.html", of_page(request), page, review=self.review, sought=sought)
        return unless_known(request, body, HTML, status, _cookie(request))

    async def static(self, request: HttpRequest) -> Response:
        """A script or a style of the pages."""
        name = request.path_params["name"]
        kind = KINDS.get(Path(name).suffix)
        if kind is None or name not in static():
            there_is_none = refusal("missing", "there is no such file", zh="没有这个文件")
            return response_of(request, self.pool, there_is_none)
        return unless_known(request, static()[name].read_bytes(), kind)

    async def missing(self, request: HttpRequest, _: Exception) -> Response:
        """What is said of an address that leads nowhere."""
        path = request.url.path
        answer = refusal("missing", f"{path} leads nowhere here", zh=f"{path} 在这里没有对应的页面")
        return self._page(request, answer)

    def _page(self, request: HttpRequest, answer: Answer, beside: str = "") -> Response:
        """A page: its own policy goes into the header, and nobody frames it."""
        accept = request.headers.get("accept", "")
        answer = in_memory(answer)
        answer = fault(answer, accept, of_page(request), review=self.review, beside=beside)
        policy = _POLICY.search(answer.body.decode())
        more = _cookie(request)
        if policy:
            more["Content-Security-Policy"] = f"{unescape(policy[1])}; frame-ancestors 'none'"
        return response_of(request, self.pool, answer, more)

    async def _cached(self, request: HttpRequest, what: Request) -> Answer:
        """What tells of the whole graph, out of what was made of this build."""
        async with self.turns[what]:
            build = self.pool.generation
            known, answer = self.cache.get(what, ("", None))
            if answer is None or known != build:
                answer = in_memory(await worker_answer(request, self.pool, what))
                if answer.status == 200:
                    self.cache[what] = (build, answer)
            return answer


def _cookie(request: HttpRequest) -> dict[str, str]:
    """The header that remembers the language that an address asks for."""
    wanted = request.query_params.get("lang")
    return {"Set-Cookie": language_cookie(wanted)} if wanted and wanted == of_page(request) else {}


def in_memory(answer: Answer) -> Answer:
    """An answer with its body at hand, not in a file."""
    if not answer.file:
        return answer
    file = Path(answer.file)
    body = file.read_bytes()
    file.unlink()
    return replace(answer, body=body, file="")
