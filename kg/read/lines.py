"""A table with a text in each row in (JSON Lines, Parquet), a file for each row out.

A row has a column ``text`` and may have a column ``id``, which names it; a row without one is
named by its text, so that it has the same name wherever it is read. Each text is read as a text
file is.
"""

from __future__ import annotations

import hashlib
import json
import os
from typing import IO, TYPE_CHECKING, Any

from kg.base.errors import ReadError
from kg.base.settings import default

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SUFFIX_OF_LINES = (".jsonl", ".ndjson")
SUFFIX_OF_PARQUET = (".parquet",)

# Bytes of a line: a text of the largest size with every character as \\uXXXX. What stands in a
# line beside its text is read as well, and may take eight times as much.
LONGEST = 2 * default("largest") << 20
SKIPPED = 1 << 20
_NEITHER: dict[str, Any] = {}

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
        if len(line) > LONGEST:
            raise ReadError(f"is longer than {LONGEST >> 20} MiB")
        row = json.loads(line, object_pairs_hook=_wanted)
        if not isinstance(row, dict):
            raise ReadError("is no JSON object")
        return of_row(row.get("id"), row.get("text"), table)
    except (ValueError, RecursionError, ReadError) as error:
        name = f"{table}#{hashlib.sha256(line[:LONGEST]).hexdigest()[:8]}"
        problem = str(error) if isinstance(error, ReadError) else "is no JSON"
        return name, f"a line of the table {problem}", None


def _wanted(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The two fields that count, the last of each name: a line may hold millions of objects."""
    return {key: value for key, value in pairs if key in ("id", "text")} or _NEITHER


def of_row(id_: Any, text: Any, table: str) -> Row:
    """A row by its columns."""
    # Half of a character can stand in JSON, and in no name.
    id_text = "" if id_ in (None, "") else str(id_).encode("utf-8", "replace").decode()
    if not isinstance(text, str):
        return (
            f"{table}#{id_ and id_text}",
            "a row of the table has no text in its column text",
            None,
        )
    data = text.encode("utf-8", "replace")
    name = id_text or hashlib.sha256(data).hexdigest()[:20]
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
            yield from of_lines(_bounded(file), table)
    else:
        from kg.read.parquet import LARGEST, cells

        for id_, text in cells(path):
            if isinstance(text, int):
                yield f"{table}#{id_}", f"is larger than {LARGEST} MiB; split it", None
            else:
                yield of_row(id_, text, table)


def _bounded(file: IO[bytes]) -> Iterator[bytes]:
    """The lines of a file; of one that is too long no more than shows that it is."""
    while line := file.readline(LONGEST + 1):
        yield line
        if len(line) > LONGEST:
            while line and not line.endswith(b"\n"):
                line = file.readline(SKIPPED)


def of_lines(lines: Iterable[bytes], table: str) -> Iterator[Row]:
    """The rows of lines; empty ones are none."""
    for line in lines:
        if bare := line.removeprefix(b"\xef\xbb\xbf").strip():
            yield of_line(bare, table)
