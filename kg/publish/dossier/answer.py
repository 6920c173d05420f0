"""Answer a named question with a table, as a dossier."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kg.publish.dossier.line_filter import parse_line_filter
from kg.publish.dossier.model import DOCUMENT, SENTENCE, Column, Dossier, Table
from kg.publish.dossier.scope import one_line
from kg.publish.dossier.wording import Wording
from kg.query.query import value
from kg.query.questions import ask, remark
from kg.query.table import plain

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from kg.publish.dossier.model import Cell
    from kg.query.graph import Graph

LANGUAGE = "lang"
# What questions call the sentence that says it.
QUOTE = "quote"


def answer(graph: Graph, name: str, parameters: Mapping[str, str]) -> Dossier:
    """The answer to a named question.

    Args:
        graph: The graph, as ``kg.open`` gives it.
        name: Which question.
        parameters: Those of the question, and ``lang``.

    Raises:
        QueryError: If a parameter is unknown, missing or wrong; what is known is named.
    """
    question = graph.ontology.questions[name]
    own = LANGUAGE in {p.name for p in question.parameters}
    values = {key: text for key, text in parameters.items() if own or key != LANGUAGE}
    language = {} if own else {k: v for k, v in parameters.items() if k == LANGUAGE}
    words = Wording(graph.ontology, parse_line_filter(language, graph.ontology).lang)
    result = ask(graph, name, values)
    names = [SENTENCE if column == QUOTE else column for column in result.columns]
    rows = tuple(
        tuple(_cell(value(term), name, words) for name, term in zip(names, row, strict=True))
        for row in result.terms
    )
    columns = tuple(
        Column(column, words.answers.get(column, column), _numeric(row[at] for row in rows))
        for at, column in enumerate(names)
    )
    parameter_text = " ".join(f"{key}={plain(text)}" for key, text in values.items())
    subtitle = words.note("question", name=name, parameters=parameter_text).strip()
    label = words.label("parts", "answer")
    tables = (Table("answer", label, columns, rows),)
    beside = remark(graph, name, values)
    notes = [] if rows else [words.note("no_rows")]
    notes += [beside[words.language]] if beside else []
    return Dossier(
        question.label.get(words.language, name),
        question.comment.get(words.language, ""),
        words.language,
        (subtitle,),
        tables,
        tuple(notes),
    )


def _cell(content: Any, name: str, words: Wording) -> Cell:
    if content is None:
        return ""
    if isinstance(content, bool):
        return str(content).lower()
    if isinstance(content, int | Decimal):
        return Decimal(content)
    if name in (SENTENCE, DOCUMENT):
        return one_line(str(content))
    return words.value(name, plain(str(content)))


def _numeric(cells: Any) -> bool:
    return any(isinstance(cell, Decimal) for cell in cells)
