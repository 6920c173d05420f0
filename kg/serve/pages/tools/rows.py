"""A query or a named question in, the rows of its answer out, as many as there is room for."""

from __future__ import annotations

from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.query.query import shown, unknown_terms, value
from kg.query.questions import question, remark
from kg.query.sparql.evaluate import evaluate
from kg.query.sparql.parsed import parse
from kg.query.table import plain
from kg.serve.pages.tools.bounds import ROOM, lines, size
from kg.serve.pages.tools.shapes import Rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.query.graph import Graph
    from kg.query.query import Term
    from kg.query.sparql.evaluate import Raw
    from kg.query.sparql.parsed import ParsedQuery
    from kg.serve.pages.tools.shapes import Cell

COUNTED = 1000  # rows that are left out are counted up to this
LARGE = 10**30  # greater numbers are told as texts
CELL = 1000  # characters of a text; a longer one is cut


def question_rows(
    graph: Graph, name: str, parameters: Mapping[str, str], limit: int, offset: int
) -> tuple[Rows, str]:
    """The answer to a named question, and the same in words.

    Raises:
        QueryError: If the question or a parameter is unknown, missing or wrong.
    """
    query = parse(question(graph, name, parameters), graph.prefixes)
    remarks = remark(graph, name, parameters)
    return rows(graph, query, limit, offset, [remarks["en"]] if remarks else [])


def query_rows(graph: Graph, text: str, limit: int, offset: int) -> tuple[Rows, str]:
    """The answer to a SPARQL query, and the same in words; terms that are none are noted.

    Raises:
        QueryError: If the query is wrong, or asks for what is not done here.
    """
    query = parse(text, graph.prefixes)
    notes = [f"{term} is no term here; {way}" for term, way in unknown_terms(graph, query).items()]
    return rows(graph, query, limit, offset, notes)


def rows(
    graph: Graph, query: ParsedQuery, limit: int, offset: int, notes: Sequence[str] = ()
) -> tuple[Rows, str]:
    """Rows ``offset`` to ``offset + limit`` of an answer, as far as there is room.

    Raises:
        QueryError: If the query is wrong, or asks for what is not done here.
    """
    raw = evaluate(graph.store.quads, query)
    columns, all_rows = _rows(raw)
    row_cells: list[list[Cell]] = []
    texts: list[str] = []
    room, more, cut = ROOM, 0, 0
    for row in islice(all_rows, offset, None):
        cells = [_cell(term) for term in row]
        needed = size(cells)
        if more or len(row_cells) == limit or (row_cells and needed > room):
            more += 1  # the first that has no room ends what is told
            if more == COUNTED:
                break
            continue
        room -= needed
        row_cells.append(cells)
        cut += sum(isinstance(c, str) and len(c) > CELL for c in cells)
        texts.append(" | ".join(plain(_short(shown(graph, term))) for term in row))
    note = "; ".join([*notes, *_notes(more, cut, offset + len(row_cells))])
    answer = Rows(list(columns), row_cells, more, note)
    empty = "" if row_cells else "no rows"
    return answer, lines(" | ".join(columns), texts, empty, note)


def _rows(raw: Raw) -> tuple[Sequence[str], Iterator[Iterable[Term | None]]]:
    if isinstance(raw, ox.QueryBoolean):
        return ("answer",), iter([(ox.Literal(bool(raw)),)])
    if isinstance(raw, ox.QueryTriples):
        return ("subject", "predicate", "object"), ((t.subject, t.predicate, t.object) for t in raw)
    columns = [v.value for v in raw.variables]
    return columns, ([row[c] for c in columns] for row in raw)


def _notes(more: int, cut: int, offset: int) -> Iterator[str]:
    if more:
        least = "at least " if more == COUNTED else ""
        yield f"{least}{more} more rows are left out: ask again with offset={offset}, or for less"
    if cut:
        yield f"{cut} texts are cut after {CELL} characters"


def _cell(term: Term | None) -> Cell:
    """A term as JSON has it; a decimal that is no whole number stays a text, to be exact.

    >>> _cell(ox.Literal(3)), _cell(ox.NamedNode("http://a/b")), _cell(None)
    (3, 'http://a/b', None)
    """
    plain_value = value(term)
    if (
        isinstance(plain_value, Decimal)
        and abs(plain_value) < LARGE
        and plain_value == int(plain_value)
    ):
        return int(plain_value)
    if (
        isinstance(plain_value, float | int) and not abs(plain_value) < LARGE
    ):  # nor has JSON infinity
        return str(plain_value)
    return (
        plain_value
        if isinstance(plain_value, bool | int | float | None)
        else _short(str(plain_value))
    )


def _short(text: str) -> str:
    return text if len(text) <= CELL else text[:CELL] + "…"
