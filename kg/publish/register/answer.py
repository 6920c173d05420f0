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
    made = register(graph, name, parameters)
    whole = "part" not in parameters and format == "table"
    parts = made.tables if whole else (_one(made),)
    made = replace(made, tables=tuple(part for part in parts if part))
    if format == "table":
        return "\n".join(_seen(made, most)).encode()
    return _WRITERS[format](made, graph)


def csv(made: Dossier, graph: Graph) -> bytes:
    """The main part of a register as CSV."""
    part = _one(made)
    parts = (replace(part, name="answer"),) if part else ()
    return comma.written(replace(made, tables=parts), graph.ontology)


def _one(made: Dossier) -> Table | None:
    return main_part(made) or next(iter(made.tables), None)


def _seen(made: Dossier, most: int) -> list[str]:
    """The parts for eyes: numbers in brief."""
    told = []
    for part in made.tables:
        names = [column.label for column in part.columns]
        rows = [[plain(brief(cell)) for cell in row] for row in part.rows]
        told += [part.label, aligned(names, rows, most)] if rows else []
        told += [f"{note}\n" for note in part.notes]
    return [*told, *(f"{note}\n" for note in made.notes)]


def _tsv(made: Dossier, _: Graph) -> bytes:
    lines = []
    for part in made.tables:
        lines.append("\t".join(column.label for column in part.columns))
        lines += ["\t".join(plain(shown(cell)) for cell in row) for row in part.rows]
    return speakable("\n".join(lines) + "\n").encode()


def _json(made: Dossier, _: Graph) -> bytes:
    rows = [
        {c.name: shown(cell) for c, cell in zip(part.columns, row, strict=True)}
        for part in made.tables
        for row in part.rows
    ]
    return (speakable(json.dumps(rows, ensure_ascii=False, indent=1)) + "\n").encode()


_WRITERS = {"csv": csv, "tsv": _tsv, "json": _json}
