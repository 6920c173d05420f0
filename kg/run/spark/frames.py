"""Batches of rows, as Spark gives them to a Python worker and takes them back.

They are bounded in size, so that no part of a table is ever whole in memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandas as pd

    Frames = Iterator[pd.DataFrame]

# Bytes of bodies that go to Spark at a time.
MOST = 16 << 20


def framed(rows: Iterable[tuple[Any, ...]], schema: str) -> Frames:
    """Rows as frames of a bounded size, so that no part is ever whole in memory."""
    import pandas as pd

    columns = [column.split()[0] for column in schema.split(", ")]
    batch: list[tuple[Any, ...]] = []
    size = 0
    for row in rows:
        batch.append(row)
        size += sum(len(cell) for cell in row if isinstance(cell, bytes | str))
        if size > MOST:
            yield pd.DataFrame(batch, columns=columns)
            batch, size = [], 0
    yield pd.DataFrame(batch, columns=columns)


def rows_of(frame: pd.DataFrame) -> Iterator[Any]:
    """The rows of a frame, with their columns as attributes."""
    yield from frame.itertuples(index=False)
