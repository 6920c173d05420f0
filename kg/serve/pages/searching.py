"""What is typed in the search box in, what is found out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kg.base.errors import QueryError
from kg.publish.search.evidence import evidence
from kg.publish.search.find import LIMIT, MOST, SearchRequest
from kg.publish.search.opened import finder
from kg.store.rdf.rows import speakable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.query.graph import Graph

# What a client may say of a search.
PARAMETERS = ("q", "limit", "signed", "only")


def ready(graph: Graph) -> dict[str, Any]:
    """Have the index of a graph made, if there is none."""
    return {"partial": finder(graph).partial}


def search_answer(graph: Graph, parameters: Mapping[str, str]) -> dict[str, Any]:
    """What a search finds (``kg.publish.search.find.Finder.find``).

    Args:
        graph: The open graph.
        parameters: ``q``, what is typed; ``limit``, how many of each kind; ``signed``, ``1`` to
            find also those who but signed articles; ``only``, kinds of what is wanted, apart by
            commas.

    Raises:
        QueryError: If ``limit`` is no number, or one of the kinds is none.
    """
    limit = parameters.get("limit") or str(LIMIT)
    if not limit.isascii() or not limit.isdigit() or not 1 <= int(limit) <= MOST:
        raise QueryError(
            f"limit: {limit!r} is no number from 1 to {MOST}",
            zh=f"limit：{limit!r} 不是 1 到 {MOST} 的数",
            field="limit",
        )
    every = SearchRequest("").only
    only = tuple(filter(None, parameters.get("only", "").split(","))) or every
    for name in only:
        if name not in every:
            raise QueryError(
                f"only: {name!r} is nothing that is found; known are {', '.join(every)}"
            )
    request = SearchRequest(
        parameters.get("q", ""), int(limit), parameters.get("signed") == "1", only
    )
    return finder(graph).find(request)


def row_evidence(graph: Graph, rows_json: str) -> dict[str, Any]:
    """The sentences that the rows of an answer rest on (``kg.publish.search.evidence``).

    Args:
        graph: The open graph.
        rows_json: JSON: ``rows``, the texts of the cells of each.

    Raises:
        QueryError: If it is something else.
    """
    try:
        rows = json.loads(rows_json)["rows"]
        cells = [[speakable(cell) for cell in row if isinstance(cell, str)] for row in rows]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise QueryError('send {"rows": [["a cell", …], …]} as JSON') from error
    return {"rows": evidence(finder(graph).database, cells)}
