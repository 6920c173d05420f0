"""The records that a dossier is made of, all frozen; its writers know nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# What a cell holds: a text, or a number with all its digits.
Cell = str | Decimal


class Linked(str):
    """A text of a cell that leads somewhere on a server; in a file it is the text alone.

    >>> Linked("a.txt", "/#document=a.txt").to
    '/#document=a.txt'
    """

    __slots__ = ("to",)
    to: str

    def __new__(cls, text: str, to: str) -> Self:
        """The text, with the address that it leads to, on the server that shows it."""
        linked = super().__new__(cls, text)
        linked.to = to
        return linked


# The columns that every row has, beside those of its part: its evidence.
SENTENCE, DOCUMENT = "sentence", "document"


@dataclass(frozen=True, slots=True)
class Line:
    """What is told in one row, before it is known which columns its part needs.

    Attributes:
        cells: By the name of the column, in the order of columns.
        quote: The sentence that says it; ``""`` where no text does (reference data).
        document: The file name of its document, or what the reference data is.
        day: When it was, ``2024``, ``2024-03``, ``2024-03-05`` or two of these around ``/``.
        status: How far it is; ``""`` where that is not told.
    """

    cells: Mapping[str, Cell]
    quote: str = ""
    document: str = ""
    day: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what it is called in the language of the dossier, and what it holds."""

    name: str
    label: str
    numeric: bool = False

    @property
    def evidence(self) -> bool:
        """Whether it tells where the rest of its row is from."""
        return self.name in (SENTENCE, DOCUMENT)


@dataclass(frozen=True, slots=True)
class Table:
    """One part of a dossier: a row for each thing that is told, and what is to be known of them."""

    name: str
    label: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that is told of a thing, or the answer to a question.

    Attributes:
        title: The name of the thing, or what the question is called.
        kind: What it is, as its class is called.
        language: ``zh`` or ``en``.
        head: Lines below the title.
        tables: Its parts in reading order, none of them empty.
        notes: What holds for all of it.
    """

    title: str
    kind: str
    language: str
    head: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = field(default=())


def table(
    name: str,
    label: str,
    lines: Iterable[Line],
    labels: Mapping[str, str],
    notes: Iterable[str] = (),
) -> Table:
    """A part of so many lines: its columns are those in which one of them says something.

    Args:
        name: The part.
        label: What it is called.
        lines: Its lines, with the same columns each.
        labels: What the columns are called.
        notes: What is to be known of the lines.

    >>> one = table("deals", "Deals", [Line({"what": "A", "day": ""}, "A is built.", "a.txt")], {})
    >>> [column.name for column in one.columns], one.rows
    (['what', 'sentence', 'document'], (('A', 'A is built.', 'a.txt'),))
    """
    rows = [{**one.cells, SENTENCE: one.quote, DOCUMENT: one.document} for one in lines]
    names = [key for key in (rows[0] if rows else ()) if any(row[key] != "" for row in rows)]
    columns = tuple(
        Column(key, labels.get(key, key), any(isinstance(row[key], Decimal) for row in rows))
        for key in names
    )
    return Table(
        name, label, columns, tuple(tuple(row[k] for k in names) for row in rows), (*notes,)
    )


def shown(cell: Cell) -> str:
    """A cell as text; a number with all its digits and no exponent.

    >>> shown(Decimal("27.90")), shown("27.90"), shown(Decimal(0))
    ('27.9', '27.90', '0')
    """
    if isinstance(cell, str):
        return cell
    text = f"{cell:f}"
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text


def brief(cell: Cell) -> str:
    """A cell as a page shows it: of a number two digits after the point, or four that count.

    >>> brief(Decimal("1810.039428")), brief(Decimal("0.001234567")), brief("1.23456")
    ('1810.04', '0.001235', '1.23456')
    """
    if isinstance(cell, str) or not cell:
        return shown(cell)
    digits = 2 if abs(cell) >= 1 else 3 - cell.adjusted()
    return shown(round(cell, digits)) if cell.as_tuple().exponent < -digits else shown(cell)  # type: ignore[operator]
