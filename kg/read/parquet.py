"""A table in Parquet in, id and text of its rows out: read in a process of its own, with limits.

Lengths and counts in a file may lie, a page of 200 KiB unpack to 2 GiB, and what reads it is
written in C++. Whatever ends the process is told with what it had said until then.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from subprocess import DEVNULL as NOTHING
from typing import TYPE_CHECKING

from kg.base.errors import ReadError
from kg.base.process import death, start_module
from kg.base.settings import default
from kg.base.usage import bound

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

MEMORY: int = default("file_memory")
LARGEST: int = default("largest")
# Written text packs 5 to 40 times; one string that is repeated by its number, without end.
HIGHEST_RATIO = 300
RATIO_COUNTS_FROM = 64 << 20
# Rows at a time: their texts are in memory together.
BATCH = 100


def cells(path: str) -> Iterator[tuple[Any, Any]]:
    """The id and the text of each row, in order; for a text that is too long, its length.

    Raises:
        OSError: If it cannot be opened.
        ReadError: If it is no Parquet, or is damaged, or what reads it is not installed.
    """
    with open(path, "rb"):
        pass  # whether it may be read is told here, in the words of every file
    with start_module("kg.read.parquet", path, stdin=NOTHING, stderr=NOTHING) as process:
        assert process.stdout
        try:
            while True:
                message = pickle.load(process.stdout)  # noqa: S301 (both ends are this program)
                if isinstance(message, str):
                    if message:
                        raise ReadError(message)
                    return
                yield message
        except (EOFError, pickle.UnpicklingError) as error:
            raise ReadError(
                f"the process that read it {death(process)}; it may be damaged"
            ) from error
        finally:
            process.kill()


def main(path: str) -> None:
    """Write the rows of a table to standard output, and at last ``""`` or what is wrong."""
    out = sys.stdout.buffer
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # nobody wants the rest

    def say(what: Any) -> None:
        pickle.dump(what, out, pickle.HIGHEST_PROTOCOL)

    try:
        for row in _rows(path):
            say(row)
        say("")
    except ReadError as error:
        say(str(error))
    except MemoryError:
        say(f"needed more than the {MEMORY} MiB of memory that a file may take; split it")
    except Exception as error:  # a damaged file can break a library in any way
        first = str(error).splitlines()[:1] or [type(error).__name__]
        say(f"is no Parquet, or is damaged ({first[0][:200]})")
    out.flush()


def _rows(path: str) -> Iterator[tuple[Any, Any]]:
    """The id and the text of each row; for a text that is too long, its length."""
    try:
        from pyarrow import parquet
    except ImportError as error:
        raise ReadError("needs pyarrow: pip install 'zhengtu[spark]'") from error
    bound(MEMORY)
    columns = parquet.read_schema(path).names
    if "text" not in columns:
        raise ReadError(f"has no column text; it has {', '.join(columns)}")
    wanted = [name for name in ("id", "text") if name in columns]
    most = max(RATIO_COUNTS_FROM, HIGHEST_RATIO * os.path.getsize(path))
    for batch in parquet.ParquetFile(path).iter_batches(BATCH, columns=wanted):
        for cells in zip(*(batch.column(name) for name in wanted), strict=True):
            sizes = [_size(cell) for cell in cells]
            if max(sizes) > LARGEST << 20:
                yield None, max(sizes)
                continue
            most -= sum(sizes)
            if most < 0:
                raise ReadError(
                    f"unpacks to more than {HIGHEST_RATIO} times its size, which no written "
                    "text does; check where it comes from"
                )
            row = dict(zip(wanted, (cell.as_py() for cell in cells), strict=True))
            yield row.get("id"), row["text"] if isinstance(row["text"], str) else None


def _size(cell: Any) -> int:
    """The bytes of a cell, without a copy of it."""
    import pyarrow as pa

    if isinstance(cell, pa.DictionaryScalar):
        cell = cell.value
    buffer = cell.as_buffer() if hasattr(cell, "as_buffer") else None
    return buffer.size if buffer else 0
