"""The arguments of a tool in, its answer out: what each tool is called, takes and says of itself.

The sentences here are read by the assistant: they tell it when to call what.
"""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Annotated, Any

from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import CallToolResult, TextContent
from pydantic import Field

from kg.serve.limits import MIB
from kg.serve.pages.tools import shapes
from kg.serve.requests import ToolRequest

if TYPE_CHECKING:
    from kg.serve.queries.pool import Pool

MOST = 200  # of anything, in one answer
Text = Annotated[str, Field(max_length=4000)]
Name = Annotated[
    str, Field(max_length=4000, description="the name of one thing, or its IRI as find gives it")
]
Limit = Annotated[int, Field(ge=1, le=MOST, description="how many at most")]
Offset = Annotated[int, Field(ge=0, description="how many are passed over: those told before")]


class Tools:
    """The tools of a graph, whose workers are those of a pool."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool

    async def find(
        self,
        name: Annotated[Text, Field(description="a name, a short name or a part of one")],
        type: Annotated[Text, Field(description="only things of this class, e.g. Project")] = "",
        limit: Limit = 20,
    ) -> Annotated[CallToolResult, shapes.Found]:
        """Find things by name: bodies, districts, projects, policies, systems, events, people.

        Gives each with its class, other names, the places, bodies and posts that tell it from
        others of its name, and the IRI that other tools take. Call this first.
        """
        return await self._ask_worker("find", name=name, type=type, limit=limit)

    async def describe(
        self,
        name: Name,
        relation: Annotated[
            Text, Field(description="only facts of this relation or attribute, e.g. invests")
        ] = "",
        limit: Limit = 30,
        offset: Offset = 0,
    ) -> Annotated[CallToolResult, shapes.Described]:
        """Tell what the graph knows of one thing: its facts, posts and deals.

        Each fact has its sentence, document, status (proposed, planned, signed, started,
        completed, cancelled, or none) and confidence from 0 to 1. Quote the sentence when you rely
        on a fact; one without a sentence comes from reference data.
        """
        arguments = {"name": name, "relation": relation, "limit": limit, "offset": offset}
        return await self._ask_worker("describe", **arguments)

    async def list_questions(self) -> Annotated[CallToolResult, shapes.Questions]:
        """List the named questions that ask answers, with their parameters."""
        return await self._ask_worker("list_questions")

    async def ask(
        self,
        question: Annotated[Text, Field(description="its name, as list_questions gives it")],
        parameters: Annotated[
            dict[str, str | int | float] | None,
            Field(description='by name, e.g. {"minimum": "2e9"}'),
        ] = None,
        limit: Limit = 50,
        offset: Offset = 0,
    ) -> Annotated[CallToolResult, shapes.Rows]:
        """Answer a named question: on investments, deals, posts, policies, totals and more.

        Prefer this to sparql where a question fits.
        """
        texts = {key: str(value) for key, value in (parameters or {}).items()}
        arguments = {"name": question, "parameters": texts, "limit": limit, "offset": offset}
        return await self._ask_worker("ask", **arguments)

    async def vocabulary(self) -> Annotated[CallToolResult, shapes.Vocabulary]:
        """Tell the classes, relations, attributes and prefixes for sparql, with an example."""
        return await self._ask_worker("vocabulary")

    async def sparql(
        self,
        query: Annotated[str, Field(description="SPARQL 1.1: SELECT, ASK, CONSTRUCT or DESCRIBE")],
        limit: Limit = 50,
        offset: Offset = 0,
    ) -> Annotated[CallToolResult, shapes.Rows]:
        """Answer a SPARQL query. It can only read, and is stopped when it takes too long.

        See vocabulary for the terms; the usual prefixes need not be declared. Names are
        rdfs:label and skos:altLabel, in Chinese.
        """
        if len(query.encode("utf-8", "replace")) > self.pool.limits.body * MIB:
            raise ToolError(f"a query has at most {self.pool.limits.body} MiB")
        return await self._ask_worker("sparql", query, text=query, limit=limit, offset=offset)

    async def explain(
        self,
        of: Annotated[
            Text, Field(description="a name or an IRI of a thing, or the IRI of a claim")
        ],
        offset: Offset = 0,
    ) -> Annotated[CallToolResult, shapes.Explained]:
        """Tell why something stands in the graph.

        Of a thing: the rule and the sentence of each fact, why its names are one, and what
        contradicts what, which may take long in a large graph. Of a claim (describe gives its
        IRI): the same of it alone, at once.
        """
        return await self._ask_worker("explain", of=of, offset=offset)

    async def list_documents(
        self,
        text: Annotated[Text, Field(description="a part of the file name or title")] = "",
        limit: Limit = 50,
        offset: Offset = 0,
    ) -> Annotated[CallToolResult, shapes.Documents]:
        """List the documents that the graph was read from: file name, title, publisher, date."""
        return await self._ask_worker("list_documents", text=text, limit=limit, offset=offset)

    async def read_document(
        self,
        document: Annotated[Text, Field(description="its file name, as other tools give it")],
        quote: Annotated[Text, Field(description="words of it: they stand in the middle")] = "",
        start: Annotated[
            int, Field(ge=0, description="from which character on, counted from 0")
        ] = 0,
        length: Annotated[int, Field(ge=1, le=8000, description="how many characters")] = 1500,
    ) -> Annotated[CallToolResult, shapes.Passage]:
        """Read a document around a quotation, or from an offset, with the things named there."""
        arguments = {"document": document, "quote": quote, "start": start, "length": length}
        return await self._ask_worker("read_document", **arguments)

    async def _ask_worker(self, tool: str, query: str = "", /, **arguments: Any) -> CallToolResult:
        """The answer of a worker, which stops when nobody waits for it any more.

        Raises:
            ToolError: If there is none; the message says why, and what to do.
        """
        arguments_json = json.dumps(arguments, ensure_ascii=False)
        wanted = ToolRequest(tool, arguments_json, query, of_whole_graph=tool in WHOLE)
        abandoned = asyncio.Event()
        try:
            answer = await self.pool.shared.answer(wanted, abandoned)
        finally:
            abandoned.set()
        if answer.status != 200:
            raise ToolError(answer.body.decode().strip())
        result = json.loads(answer.body)
        text = TextContent(type="text", text=result["text"])
        return CallToolResult(content=[text], structured_content=result["answer"])


# These read the whole graph, and have the time of its pages.
WHOLE = ("explain",)
