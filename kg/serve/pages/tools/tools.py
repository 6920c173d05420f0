"""What an assistant asks by the name of a tool in, the answer and the same in words out."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from kg.serve.pages.tools.find import find
from kg.serve.pages.tools.rows import query_rows, question_rows
from kg.serve.pages.tools.terms import questions, vocabulary
from kg.serve.pages.tools.texts import documents, read
from kg.serve.pages.tools.thing import describe
from kg.serve.pages.tools.why import explain

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.query.graph import Graph

TOOLS: dict[str, Callable[..., tuple[Any, str]]] = {
    "find": find,
    "describe": describe,
    "list_questions": questions,
    "ask": question_rows,
    "vocabulary": vocabulary,
    "sparql": query_rows,
    "explain": explain,
    "list_documents": documents,
    "read_document": read,
}


def tool_answer(graph: Graph, name: str, arguments: str) -> dict[str, Any]:
    """The answer of a tool: ``answer``, its fields, and ``text``, the same in words.

    Args:
        graph: The open graph.
        name: The tool.
        arguments: The arguments of its function by name, as JSON.

    Raises:
        QueryError: If what is asked is wrong; the message says how to ask.
    """
    answer, text = TOOLS[name](graph, **json.loads(arguments))
    return {"answer": asdict(answer), "text": text}
