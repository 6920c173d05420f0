"""What commands share: the graph that is meant in, text in and out, talk to stderr."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kg.base.errors import KgError, ReadError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Iterator

    from kg.query.graph import Graph


def open_graph(args: Namespace) -> Graph:
    """The graph that a command is about, to be closed by it."""
    from kg.query.graph import open as graph_of

    return graph_of(args.directory)


@contextmanager
def reading_by(reader: str) -> Iterator[None]:
    """Let the reader that a command line names read, in this process and those that it starts.

    Raises:
        ModelError: If a file that is named holds no weights.
    """
    if not reader:
        yield
        return
    if reader not in ("learned", "rules"):
        from kg.extract.model.weights import load

        reader = str(Path(reader).resolve())
        load(Path(reader))
    before = os.environ.get("KG_READER")
    os.environ["KG_READER"] = reader
    try:
        yield
    finally:
        if before is None:
            del os.environ["KG_READER"]
        else:
            os.environ["KG_READER"] = before


def text_of(file: str) -> str:
    """The text of a file, or of standard input, in UTF-8."""
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        raise ReadError(f"{file}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise ReadError(f"{file}: is not UTF-8 (byte {error.start}); save it as UTF-8") from error


def write(data: bytes, file: str | None = None) -> None:
    """Write a result to stdout, or to a file that appears only when it is whole."""
    write_parts((data,), file)


def write_parts(parts: Iterable[bytes], file: str | None = None) -> None:
    """Write a result of several parts, one after the other, as ``write`` does."""
    if file is None or file == "-":
        for part in parts:
            put(part)
        return
    path = Path(file)
    new_file = path.with_name(f".{path.name}.new")
    try:
        with new_file.open("wb") as target:
            target.writelines(parts)
        new_file.replace(path)
    except OSError as error:
        raise KgError(f"{file}: cannot be written ({error.strerror})") from error
    finally:
        new_file.unlink(missing_ok=True)


def put(data: bytes) -> None:
    """Write all of a result to stdout.

    Raises:
        OSError: If it cannot be written whole, on a full disk for one.
    """
    sys.stdout.flush()
    out, rest = sys.stdout.buffer, memoryview(data)
    while rest:
        # With PYTHONUNBUFFERED this is a bare file, which may take a part only.
        rest = rest[out.write(rest) or 0 :]
    out.flush()


def say(text: str) -> None:
    """Say something to stderr, on one line whatever it holds."""
    from kg.query.table import plain

    print(plain(text), file=sys.stderr)
