"""A store's files in, a generation of it out, which counts from one moment to the next.

A generation is a folder ``store/N`` that is never changed again. Its ``manifest`` names each
file with its size and SHA-256, and ``store/current`` the generation that counts with the
SHA-256 of its manifest; it is replaced in one step once all else lies on the disk. So a
crash or a full disk leaves the old graph as it was, and a file that is missing, cut or
altered is told from a sound one.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from kg.base.crash import ran_out
from kg.base.errors import StoreError
from kg.store.shards import is_sharded

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

AGAIN = "build it again with: kg build SOURCE -o"
_FIRST = "-d names the folder of a graph, and one is made with: kg build SOURCE -o"
# RocksDB's own notes, which it may write at any time.
_NOTES = ("LOG", "LOCK")
# Up to so many bytes a store is compared whole whenever it is opened, which takes a tenth of
# a second; of a larger one the sizes, and its small files. RocksDB checks each block it reads.
WHOLE = 128 * 1024 * 1024
SMALL = 1024 * 1024


def current(directory: Path) -> Path:
    """The folder of the generation that counts.

    Raises:
        StoreError: If there is none, or the pointer to it is damaged.
    """
    return _pointer(directory)[0]


def _pointer(directory: Path) -> tuple[Path, str]:
    pointer = directory / "store" / "current"
    if directory.exists() and not directory.is_dir():
        raise StoreError(f"{directory}: is a file and no folder; {_FIRST} {directory}.graph")
    if not directory.exists():
        raise StoreError(f"{directory}: there is no such folder; {_FIRST} {directory}")
    if is_sharded(directory):
        raise StoreError(
            f"{directory}: holds the shards of a job on Spark, which a server can answer from: "
            f"kg load {directory} --to URL, and then -d URL"
        )
    if not pointer.exists() and not _numbers(pointer.parent):
        raise StoreError(f"{directory}: holds no graph; {_FIRST} {directory}")
    try:
        text = pointer.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"{pointer}: cannot be read ({error}); {AGAIN} {directory}") from error
    name, _, digest = text.strip().partition(" ")
    place = pointer.parent / name
    if not name.isdigit() or not place.is_dir():
        raise StoreError(f"{pointer}: names {name!r}, which is no store; {AGAIN} {directory}")
    return place, digest


def make(directory: Path, fill: Callable[[Path], None]) -> None:
    """Make a generation in a folder that ``fill`` fills, and let it count.

    Raises:
        StoreError: If it cannot be written; what counted before still does.
    """
    home = directory / "store"
    try:
        home.mkdir(parents=True, exist_ok=True)
        new_folder = Path(tempfile.mkdtemp(prefix=".new-", dir=home))
    except OSError as error:
        raise StoreError(f"{home}: cannot be written ({error.strerror or error})") from error
    try:
        fill(new_folder)
        place = _publish(home, new_folder, _seal(new_folder))
    except (OSError, RuntimeError, StoreError) as error:
        if ran_out(error):
            raise
        raise StoreError(
            f"{home}: could not be written whole ({error}); what was there is untouched. "
            "Make room, or choose another folder with -o"
        ) from error
    finally:
        shutil.rmtree(new_folder, ignore_errors=True)
    for other in _numbers(home):
        if other != place:
            shutil.rmtree(other, ignore_errors=True)


def sweep(directory: Path) -> None:
    """Remove what killed runs left unfinished; the caller holds the lock of the folder."""
    for left in (*directory.glob(".new-*"), *(directory / "store").glob(".new-*")):
        shutil.rmtree(left, ignore_errors=True)
    for pattern in (".current-*", "imports/.new-*"):
        for left in (directory / "store").glob(pattern):
            left.unlink(missing_ok=True)


def check(directory: Path, whole: bool = False) -> list[str]:
    """What is wrong with the files of the generation that counts, in words.

    Args:
        directory: The folder of the graph.
        whole: Compare every byte, however many there are.

    Raises:
        StoreError: If there is no generation at all.
    """
    place, wanted = _pointer(directory)
    try:
        manifest = (place / "manifest").read_bytes()
    except OSError as error:
        return [f"{place / 'manifest'}: cannot be read ({error.strerror})"]
    if hashlib.sha256(manifest).hexdigest() != wanted:
        return [f"{place / 'manifest'}: is not what was written"]
    rows = [line.split(" ", 2) for line in manifest.decode().splitlines()]
    whole = whole or sum(int(size) for _, size, _ in rows) <= WHOLE
    problems = (_wrong(place / name, int(size), digest, whole) for digest, size, name in rows)
    return [problem for problem in problems if problem]


def _wrong(path: Path, size: int, digest: str, whole: bool) -> str:
    try:
        actual = path.stat().st_size
        if actual != size:
            return f"{path}: has {actual} bytes where {size} were written"
        if (whole or size <= SMALL) and sha256(path) != digest:
            return f"{path}: is not what was written"
    except OSError as error:
        return f"{path}: cannot be read ({error.strerror})"
    return ""


def changed(directory: Path, written: Mapping[str, str]) -> list[str]:
    """Which files of a folder are not what was written: name and SHA-256 of each."""
    return [
        name
        for name, digest in sorted(written.items())
        if not (directory / name).is_file() or sha256(directory / name) != digest
    ]


def sha256(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _numbers(home: Path) -> list[Path]:
    if not home.is_dir():
        return []
    return [p for p in home.iterdir() if p.is_dir() and p.name.isdigit()]


def _seal(new_folder: Path) -> str:
    """Write the manifest of a folder, and wait until all of it lies on the disk."""
    files = sorted(p for p in new_folder.rglob("*") if p.is_file())
    rows = []
    for path in files:
        if path.name not in _NOTES:
            _synced(path)
            name = path.relative_to(new_folder).as_posix()
            rows.append(f"{sha256(path)} {path.stat().st_size} {name}\n")
    manifest = "".join(rows).encode()
    (new_folder / "manifest").write_bytes(manifest)
    _synced(new_folder / "manifest")
    for folder in {p.parent for p in files} | {new_folder}:
        _synced(folder)
    return hashlib.sha256(manifest).hexdigest()


def _synced(path: Path) -> None:
    if os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _publish(home: Path, new_folder: Path, digest: str) -> Path:
    """Give a sealed generation the next number, and point ``current`` to it."""
    number = max((int(p.name) for p in _numbers(home)), default=0) + 1
    new_folder.chmod(0o755)
    place = new_folder.rename(home / str(number))
    handle, name = tempfile.mkstemp(prefix=".current-", dir=home)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as pointer:
            pointer.write(f"{number} {digest}\n")
            pointer.flush()
            os.fsync(pointer.fileno())
        os.chmod(name, 0o644)
        _synced(home)
        os.replace(name, home / "current")
    except OSError:
        Path(name).unlink(missing_ok=True)
        shutil.rmtree(place, ignore_errors=True)
        raise
    _synced(home)
    return place
