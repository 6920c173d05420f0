"""A file of corrections in, its decisions out; decisions in, lines at its end out.

The file only ever grows, a line a decision, so that two people's copies merge line by line
(``merge=union`` in git). The order of the lines says nothing, the same line twice is one
decision, and a line that cannot be read is named while the rest counts.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from kg.base.errors import ReadError, StoreError
from kg.base.records import Skipped
from kg.review.decisions import Decision, line, parse

if TYPE_CHECKING:
    from kg.read import File

NAME = "corrections.jsonl"
# What git leaves in a file that it could not merge.
CONFLICT = ("<<<<<<< ", "=======", ">>>>>>> ", "||||||| ")


@dataclass(frozen=True, slots=True)
class Book:
    """What stands in a file of corrections: decisions by their time, and unreadable lines."""

    decisions: tuple[Decision, ...] = ()
    unreadable: tuple[Skipped, ...] = ()

    @property
    def digest(self) -> str:
        """The same for the same decisions, whatever the order of their lines; ``""`` for none."""
        rows = [line(d) for d in self.decisions]
        rows += [f"{u.name}\x1f{u.reason}" for u in self.unreadable]
        return sha256("\n".join(rows).encode("utf-8", "replace")).hexdigest() if rows else ""


def place_of(directory: Path, corrections: str | Path | None) -> Path:
    """Where the corrections of a graph lie: where it is said, else in the graph's folder."""
    return Path(corrections) if corrections else directory / NAME


def read(path: Path) -> Book:
    """Read a file of corrections; one that is not there is empty.

    Raises:
        ReadError: If it is there and cannot be read.
    """
    try:
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return Book()
    except OSError as error:
        raise ReadError(f"{path}: cannot be read ({error.strerror})") from error
    decisions: dict[str, Decision] = {}
    wrong = []
    for number, raw in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not raw.strip():
            continue
        try:
            decision = parse(raw.decode())
            decisions.setdefault(decision.id, decision)
        except UnicodeDecodeError as error:
            wrong.append(Skipped(f"{path.name}:{number}", f"is not UTF-8 (byte {error.start})"))
        except (ReadError, RecursionError) as error:
            wrong.append(Skipped(f"{path.name}:{number}", _reason(raw, error)))
    return Book(tuple(sorted(decisions.values(), key=lambda d: d.order)), tuple(wrong))


def _reason(raw: bytes, error: Exception) -> str:
    if raw.decode().startswith(CONFLICT):
        return "a mark of git's, which could not merge; delete it and keep the lines around it"
    problem = str(error) if isinstance(error, ReadError) else "is nested too deeply"
    return f"{problem}; mend the line or delete it"


def open_corrections(directory: Path, corrections: str | Path | None) -> tuple[Book, Path]:
    """The corrections of a graph, and where they lie; a file that is named must be there.

    Raises:
        ReadError: If it is named and not there, or cannot be read.
    """
    path = place_of(directory, corrections)
    if corrections and not path.exists():
        raise ReadError(f"{path}: does not exist; kg review --corrections {path} begins it")
    return read(path), path


def apart(files: Sequence[File], path: Path) -> list[File]:
    """Files without that of the corrections, which may lie among the documents."""
    own = os.path.realpath(path)
    return [f for f in files if f.path == "-" or os.path.realpath(f.path) != own]


def append(path: Path, decisions: Sequence[Decision]) -> None:
    """Write decisions at the end of a file; they lie on the disk when this returns.

    Several may write at once: each waits for the others. A line that was cut off by a crash
    is ended first, so that it spoils no other.

    Raises:
        StoreError: If they cannot be written; the file is as it was before.
    """
    if not decisions:
        return
    data = "".join(f"{line(d)}\n" for d in decisions).encode()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = _open_locked(path)
        try:
            _write(handle, data, path.parent)
        finally:
            os.close(handle)
    except OSError as error:
        raise StoreError(
            f"{path}: cannot be written ({error.strerror or error}); make room, or choose "
            "another file with --corrections"
        ) from error


def _open_locked(path: Path) -> int:
    """The file, open and locked; anew if another put a new file in its place meanwhile."""
    while True:
        handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o666)
        _lock(handle)
        try:
            if os.path.samestat(os.fstat(handle), path.stat()):
                return handle
        except FileNotFoundError:
            pass
        os.close(handle)


def _lock(handle: int) -> None:
    """Wait for the file; the lock ends with the process. Windows has no such lock."""
    if sys.platform != "win32":
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX)


def _write(handle: int, data: bytes, folder: Path) -> None:
    size = os.fstat(handle).st_size
    if size:
        os.lseek(handle, size - 1, os.SEEK_SET)
        if os.read(handle, 1) != b"\n":
            data = b"\n" + data
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(handle, rest) :]
        os.fsync(handle)
        _sync_folder(folder)
    except OSError:
        os.ftruncate(handle, size)
        raise


def _sync_folder(folder: Path) -> None:
    """Wait until the name of a new file lies on the disk too."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def ids(decisions: Iterable[Decision], prefix: str) -> list[Decision]:
    """The decisions whose id begins so."""
    return [d for d in decisions if d.id.startswith(prefix)]
