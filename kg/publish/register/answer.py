"""Give a register as ``kg ask`` gives answers: for eyes, CSV, TSV or JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.base.errors import QueryError, did_you_mean
from kg.publish.dossier.model import brief, shown
from kg.publish.dossier.write import comma
from kg.publish.register.registers import main_part, register
from kg.query.table import aligned, plain
from kg.store.rdf.rows import speakable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.publish.dossier.model import Dossier, Table
    from kg.query.graph import Graph

FORMATS = ("table", "csv", "tsv", "json")


def answer(
    graph: Graph, name: str, parameters: Mapping[str, str], format: str, most: int = 0
) -> bytes:
    """A register in a format.

    Args:
        graph: The graph, as ``kg.open`` gives it.
        name: Which register.
        parameters: Its own, and ``part``: which of its parts; by default the register itself, as
            a table all of them.
        format: One of ``FORMATS``.
        most: Columns of the terminal: a table cuts longer texts then. 0 for no bound.

    Raises:
        QueryError: If a parameter is wrong, or a register has no such part or format.
    """
    if format not in FORMATS:
        raise QueryError(f"a register has no answer as {format}; {did_you_mean(format, FORMATS)}")
    dossier = register(graph, name, parameters)
    whole = "part" not in parameters and format == "table"
    parts = dossier.tables if whole else (_one(dossier),)
    dossier = replace(dossier, tables=tuple(part for part in parts if part))
    if format == "table":
        return "\n".join(_terminal_lines(dossier, most)).encode()
    return _WRITERS[format](dossier, graph)


def csv(dossier: Dossier, graph: Graph) -> bytes:
    """The main part of a register as CSV."""
    part = _one(dossier)
    parts = (replace(part, name="answer"),) if part else ()
    return comma.written(replace(dossier, tables=parts), graph.ontology)


def _one(dossier: Dossier) -> Table | None:
    return main_part(dossier) or next(iter(dossier.tables), None)


def _terminal_lines(dossier: Dossier, most: int) -> list[str]:
    """The parts for eyes: numbers in brief."""
    lines = []
    for part in dossier.tables:
        names = [column.label for column in part.columns]
        rows = [[plain(brief(cell)) for cell in row] for row in part.rows]
        lines += [part.label, aligned(names, rows, most)] if rows else []
        lines += [f"{note}\n" for note in part.notes]
    return [*lines, *(f"{note}\n" for note in dossier.notes)]


def _tsv(dossier: Dossier, _: Graph) -> bytes:
    lines = []
    for part in dossier.tables:
        lines.append("\t".join(column.label for column in part.columns))
        lines += ["\t".join(plain(shown(cell)) for cell in row) for row in part.rows]
    return speakable("\n".join(lines) + "\n").encode()


def _json(dossier: Dossier, _: Graph) -> bytes:
    rows = [
        {c.name: shown(cell) for c, cell in zip(part.columns, row, strict=True)}
        for part in dossier.tables
        for row in part.rows
    ]
    return (speakable(json.dumps(rows, ensure_ascii=False, indent=1)) + "\n").encode()


_WRITERS = {"csv": csv, "tsv": _tsv, "json": _json}
