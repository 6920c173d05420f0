"""A table with a text in each row in (JSON Lines, Parquet), a file for each row out.

A row has a column ``text`` and may have a column ``id``, which names it; a row without one is
named by its text, so that it has the same name wherever it is read. Each text is read as a text
file is.
"""

from __future__ import annotations

import hashlib
import json
import os
from typing import TYPE_CHECKING, Any

from kg.errors import ReadError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SUFFIX_OF_LINES = (".jsonl", ".ndjson")
SUFFIX_OF_PARQUET = (".parquet",)

# Name, problem (``""`` for none) and bytes of a row.
Row = tuple[str, str, bytes | None]


def is_table(name: str) -> bool:
    """Whether a source holds a document in each row.

    >>> is_table("news.jsonl"), is_table("news.txt")
    (True, False)
    """
    return name.lower().rstrip("/").endswith((*SUFFIX_OF_LINES, *SUFFIX_OF_PARQUET))


def of_line(line: bytes, table: str) -> Row:
    """A row of JSON Lines; whatever is wrong with it becomes its problem.

    Args:
        line: The line, without its end.
        table: The name of the file, which a wrong line is told of.

    >>> of_line('{"id": 7, "text": "签约30亿元"}'.encode(), "news.jsonl")[:2]
    ('7.txt', '')
    """
    try:
        row = json.loads(line)
        if not isinstance(row, dict):
            raise ReadError("is no JSON object")
        return of_row(row.get("id"), row.get("text"), table)
    except (ValueError, RecursionError, ReadError) as error:
        name = f"{table}#{hashlib.sha256(line).hexdigest()[:8]}"
        said = str(error) if isinstance(error, ReadError) else "is no JSON"
        return name, f"a line of the table {said}", None


def of_row(id_: Any, text: Any, table: str) -> Row:
    """A row by its columns."""
    if not isinstance(text, str):
        return f"{table}#{id_}", "a row of the table has no text in its column text", None
    data = text.encode("utf-8", "replace")
    name = str(id_) if id_ not in (None, "") else hashlib.sha256(data).hexdigest()[:20]
    return name if name.lower().endswith(".txt") else f"{name}.txt", "", data


def rows(path: str) -> Iterator[Row]:
    """The rows of a table of this machine, in order.

    Raises:
        OSError: If it cannot be opened.
        ReadError: If it is no table, or what reads it is not installed.
    """
    table = os.path.basename(path)
    if path.lower().endswith(SUFFIX_OF_LINES):
        with open(path, "rb") as file:
            yield from of_lines(file, table)
    else:
        yield from _of_parquet(path, table)


def of_lines(lines: Iterable[bytes], table: str) -> Iterator[Row]:
    """The rows of lines; empty ones are none."""
    for line in lines:
        if bare := line.removeprefix(b"\xef\xbb\xbf").strip():
            yield of_line(bare, table)


def _of_parquet(path: str, table: str) -> Iterator[Row]:
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise ReadError("needs pyarrow: pip install 'zhengtu[spark]'") from error
    try:
        held = parquet.read_schema(path).names
        if "text" not in held:
            raise ReadError(f"has no column text; it has {', '.join(held)}")
        wanted = [name for name in ("id", "text") if name in held]
        for batch in parquet.ParquetFile(path).iter_batches(1000, columns=wanted):
            for row in batch.to_pylist():
                yield of_row(row.get("id"), row["text"], table)
    except pa.ArrowException as error:
        raise ReadError(f"is no Parquet ({error})") from error
