"""Find the sentence that each row of an answer rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

ROWS = 500  # at a time
CELLS = 12  # of a row that are looked at
CLAIMS = 400  # of a thing that are looked at


def evidence(
    database: sqlite3.Connection, rows: Sequence[Sequence[str]]
) -> list[dict[str, Any] | None]:
    """The claim that says most of each row, with its sentence and where it stands.

    Args:
        database: The open index.
        rows: The texts of the cells of each row; things stand in them by their names or IRIs.

    Returns:
        For each row ``document``, ``start``, ``end`` and ``quote`` of the surest claim between
        two of its things, else of one of them and another cell of the row; None where nothing
        says so, as of counts and totals.
    """
    known = _things(database, {cell for row in rows for cell in row[:CELLS]})
    claims: dict[int, list[Any]] = {}
    return [_row(database, row[:CELLS], known, claims) for row in rows[:ROWS]]


def _things(database: sqlite3.Connection, cells: set[str]) -> Mapping[str, list[int]]:
    """The numbers of the things that cells name."""
    numbers_by_cell: dict[str, list[int]] = {}
    for cell in sorted(cells):
        column = "iri" if "://" in cell else "name"
        rows = database.execute(f"select id from things where {column} = ? limit 20", [cell])
        if numbers := [number for (number,) in rows]:
            numbers_by_cell[cell] = numbers
    return numbers_by_cell


def _row(
    database: sqlite3.Connection,
    row: Sequence[str],
    known: Mapping[str, list[int]],
    claims: dict[int, list[Any]],
) -> dict[str, Any] | None:
    things = {number: cell for cell in row for number in known.get(cell, ())}
    values = {cell for cell in row if cell and cell not in known}
    best: tuple[float, int] = (0.0, 0)
    best_claim = None
    for number, cell in things.items():
        for claim in _claims_of(database, number, claims):
            identity, target, predicate, value, status, confidence, first = claim[:7]
            other = things.get(target)
            # Two things of one name are one cell.
            score = 4.0 if other is not None and other != cell else 0.0
            score += 4.0 if target is None and not values.isdisjoint((value, first)) else 0.0
            if not score:
                continue
            score += (predicate in row) + (status in row if status else 0)
            rank = score + confidence, -identity
            if rank > best:
                best, best_claim = rank, claim
    if best_claim is None:
        return None
    return dict(zip(("document", "start", "end", "quote"), best_claim[7:], strict=True))


def _claims_of(
    database: sqlite3.Connection, number: int, claims: dict[int, list[Any]]
) -> list[Any]:
    """What is said of a thing with a quotation, the newest first."""
    if number not in claims:
        claims[number] = database.execute(
            "select facts.id, object, predicate, value, status, confidence, first, "
            "documents.name, start, end, quote from facts "
            "join documents on documents.id = facts.document "
            "where subject = ? and quote <> '' order by facts.id limit ?",
            [number, CLAIMS],
        ).fetchall()
    return claims[number]
