"""The answer to a named question in, a table for a terminal out: amounts as people read them.

Machine formats keep all digits and all of a sentence.
"""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.base.money import money
from kg.query.query import answer, shown
from kg.query.table import aligned
from kg.query.yuan import in_yuan, yuan_columns

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.ontology import Ontology, Question
    from kg.query.graph import Graph
    from kg.query.query import Result, Term

    Row = Mapping[str, Term | None]

YUAN = "CNY"
# Columns that tell of which attribute their row is, and those that then hold its value.
ATTRIBUTES, VALUES = ("relation", "attribute"), ("object", "value", "other")
NUMBERS = ("decimal", "integer")
# A sum with its currency and its kind, as attributes of other sums have it.
_AMOUNT = re.compile(r"(\d+(?:\.\d+)?) ([A-Z]{3}) ([a-z]+)")


def width() -> int:
    """Columns of the terminal that stdout is, or of ``COLUMNS``; 0 where there is no bound."""
    setting = os.environ.get("COLUMNS", "")
    if setting.isdigit():
        return int(setting)
    return os.get_terminal_size(sys.stdout.fileno()).columns if sys.stdout.isatty() else 0


def table(graph: Graph, question: Question, text: str, most: int = 0) -> bytes:
    """The answer to a question as a table.

    Args:
        graph: The graph, as ``kg.open`` gives it.
        question: The question; it tells which columns hold money.
        text: Its query, with its parameters.
        most: Columns of the terminal; a longer text is cut with … then. 0 for no bound.

    Raises:
        QueryError: If it cannot be answered.
    """
    return _table(graph, answer(graph, text), question.money, most)


def query_table(graph: Graph, text: str) -> bytes:
    """The answer to a query as a table, uncut; columns that it takes from sums in yuan are money.

    Raises:
        QueryError: If it cannot be answered.
    """
    result = answer(graph, text)
    columns = yuan_columns(text, result.columns, graph.ontology, graph.prefixes)
    return _table(graph, result, dict.fromkeys(columns, YUAN), 0)


def _table(graph: Graph, result: Result, currencies: Mapping[str, str], most: int) -> bytes:
    rows = [dict(zip(result.columns, terms, strict=True)) for terms in result.terms]
    # What amounts are in stands behind their number.
    columns = [c for c in result.columns if c not in currencies.values()]
    cells = [[_cell(graph, currencies, column, row) for column in columns] for row in rows]
    return aligned(columns, cells, most).encode()


def _cell(graph: Graph, currencies: Mapping[str, str], column: str, row: Row) -> str:
    term = row[column]
    text = shown(graph, term)
    if not isinstance(term, ox.Literal):
        return text
    if column in VALUES and (match := _AMOUNT.fullmatch(text)):
        return f"{money(match[1], match[2])} {match[3]}"
    currency = _currency(graph.ontology, currencies, column, row)
    return money(text, currency) if currency else text


def _currency(ontology: Ontology, currencies: Mapping[str, str], column: str, row: Row) -> str:
    """The currency of a number; ``""`` for what is no money."""
    term = row[column]
    if not isinstance(term, ox.Literal) or term.datatype.value.rpartition("#")[2] not in NUMBERS:
        return ""
    currency = currencies.get(column, "")
    if currency in row:
        return _text(row[currency])
    if currency:
        return currency
    named = {_text(row.get(one)) for one in ATTRIBUTES}
    return YUAN if column in VALUES and named & set(in_yuan(ontology)) else ""


def _text(term: Term | None) -> str:
    """The text of a literal; nothing for another term."""
    return term.value if isinstance(term, ox.Literal) else ""
