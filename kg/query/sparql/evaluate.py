"""A query that is read in, what oxigraph answers out: the only way from one to the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.base.errors import QueryError
from kg.query.sparql.columns import spelled_out
from kg.query.sparql.functions import answered
from kg.query.sparql.permitted import permit
from kg.query.sparql.prefixes import plain
from kg.query.sparql.syntax import explain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.query.remote.endpoint import RemoteQuads
    from kg.query.sparql.parsed import ParsedQuery

    Raw = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
    # The IRIs of the graphs that make up a default graph, and of named graphs.
    Dataset = tuple[Sequence[str], Sequence[str]]


def evaluate(
    quads: ox.Store | RemoteQuads, query: ParsedQuery, dataset: Dataset | None = None
) -> Raw:
    """Let oxigraph answer a query, if it may be answered here.

    Args:
        quads: The store.
        query: The query.
        dataset: Its default graph and its named graphs; by default all that the store has, or
            what FROM says.

    Raises:
        QueryError: If the query is wrong, or asks for what is not done here.
    """
    # The names of graphs are asked only when needed: it may take a request.
    known = _named(quads) if dataset is not None or query.graphs else []
    permit(query, known)
    sent = plain(query)
    try:
        return answered(
            quads,
            spelled_out(sent),
            prefixes=dict(sent.prefixes),
            base_iri=query.base,
            **_graphs(dataset, known),
        )
    except SyntaxError as error:
        raise explain(query, sent, error) from error
    except RuntimeError as error:
        raise unanswerable(error) from error


def unanswerable(error: Exception) -> QueryError:
    """What oxigraph says while it answers, as an error."""
    return QueryError(f"cannot be answered: {error}", zh=f"无法回答：{error}")


def _graphs(dataset: Dataset | None, known: Sequence[str]) -> dict[str, Any]:
    """A dataset as oxigraph takes it."""
    if dataset is None:
        return {}
    for wrong in sorted({*dataset[0], *dataset[1]}.difference(known)):
        raise QueryError(
            f"{wrong} is no graph of this store, and nothing is fetched",
            zh=f"{wrong} 不是这个图谱中的图，也不会去别处获取",
        )
    default, named = ([ox.NamedNode(name) for name in part] for part in dataset)
    return {"default_graph": default, "named_graphs": named}


def _named(quads: ox.Store | RemoteQuads) -> list[str]:
    return [node.value for node in quads.named_graphs() if isinstance(node, ox.NamedNode)]
