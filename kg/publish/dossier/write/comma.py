"""Write a dossier as one CSV table: a column for its parts, and the columns of all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.publish.dossier.model import DOCUMENT, SENTENCE, shown
from kg.publish.dossier.wording import Wording
from kg.publish.tables import csv_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.ontology import Ontology
    from kg.publish.dossier.model import Dossier, Table


def written(dossier: Dossier, ontology: Ontology) -> bytes:
    """The rows of all parts, as a table; a cell whose column a part lacks is empty."""
    words = Wording(ontology, dossier.language)
    labels = {column.name: column.label for part in dossier.tables for column in part.columns}
    last = [name for name in (SENTENCE, DOCUMENT) if name in labels]
    names = [name for name in labels if name not in last] + last
    several = len(dossier.tables) != 1 or dossier.tables[0].name != "answer"
    head = [words.columns.get("section", "section")] if several else []
    rows = (row for part in dossier.tables for row in _rows(part, names, several))
    return b"".join(csv_lines([*head, *(labels[name] for name in names)], rows))


def _rows(part: Table, names: list[str], several: bool) -> Iterator[list[str]]:
    own = [column.name for column in part.columns]
    for row in part.rows:
        cells = dict(zip(own, row, strict=True))
        yield ([part.label] if several else []) + [shown(cells.get(name, "")) for name in names]
