"""Write files into their folder: all of them, or none.

They are written to a hidden folder inside the one they are meant for, so that moving them
is a rename on one file system, which needs no room and cannot be half done.
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kg.base.crash import ran_out
from kg.base.errors import StoreError
from kg.base.locks import alone
from kg.store.generation import sweep

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.read import File


def foreign(files: Sequence[File], directory: Path, names: Sequence[str]) -> list[File]:
    """Files without those of the graph, and of others, which may lie among the documents.

    What was published of another graph is none either: its tables would be read as documents.

    Args:
        files: Files as ``kg.read.walk`` lists them.
        directory: The folder of the graph.
        names: The files that are published there.

    Raises:
        StoreError: If there is no graph yet, and it would be written over one of them.
    """
    home = os.path.realpath(directory)
    store = os.path.join(home, "store")
    own = {os.path.join(home, name) for name in names}
    built = os.path.isdir(store) and bool(os.listdir(store))
    others = []
    for file in files:
        place = "" if file.path == "-" else os.path.realpath(file.path)
        if place in own and not built:
            raise StoreError(
                f"{file.path}: is a document, and the graph would be written over it; choose "
                "another folder with -o"
            )
        if place in own or place.startswith(store + os.sep):
            continue
        if not (os.path.basename(place) in names and _graph(os.path.dirname(place))):
            others.append(file)
    return others


def _graph(folder: str) -> bool:
    """Whether a folder holds a graph."""
    return all(os.path.exists(os.path.join(folder, name)) for name in ("store", "graph.ttl"))


@contextmanager
def folder_lock(directory: Path) -> Iterator[None]:
    """Have a folder to write a graph to, for this process alone.

    What killed runs left unfinished is removed. Folders that had to be made go again if
    nothing has come to lie in them.

    Raises:
        StoreError: If the folder cannot be made, or another process writes there.
    """
    created = _make_folders(directory)
    created = [*_make_folders(directory / "store"), *created]
    try:
        with alone(directory):
            sweep(directory)
            yield
    finally:
        for folder in created:
            _remove_empty(folder)


@contextmanager
def written_whole(directory: Path) -> Iterator[Path]:
    """Give a folder to write files to; they move into ``directory`` if the block succeeds.

    Raises:
        StoreError: If the folder cannot be written. What it held is untouched.
    """
    with writing(directory):
        new_folder = Path(tempfile.mkdtemp(prefix=".new-", dir=directory))
        try:
            yield new_folder
            for file in sorted(new_folder.iterdir()):
                file.replace(directory / file.name)
        finally:
            shutil.rmtree(new_folder, ignore_errors=True)


@contextmanager
def writing(directory: Path) -> Iterator[None]:
    """Tell why a folder cannot be written, where a block fails for that.

    Raises:
        StoreError: If it cannot.
    """
    try:
        yield
    except OSError as error:
        if ran_out(error):
            raise
        raise StoreError(unwritable(directory, error)) from error


@contextmanager
def beside(directory: Path) -> Iterator[Path]:
    """Give a folder for what is not to stay, on the file system of ``directory``."""
    with tempfile.TemporaryDirectory(prefix=".new-", dir=directory) as aside:
        yield Path(aside)


def _make_folders(directory: Path) -> list[Path]:
    """Make a folder and those above it; which of them are new, innermost first."""
    missing = [p for p in (directory, *directory.parents) if not p.exists()]
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise StoreError(f"{directory}: is a file; choose a folder with -o") from error
    except OSError as error:
        raise StoreError(unwritable(directory, error)) from error
    return missing


def _remove_empty(folder: Path) -> None:
    try:
        folder.rmdir()
    except OSError:
        return  # something else came to lie in it, so it is no longer ours


def unwritable(directory: Path, error: OSError) -> str:
    """Why a folder cannot be written, and the way out.

    >>> unwritable(Path("out"), OSError(errno.ENOSPC, "No space left on device"))
    'out: no space left on the device; make room, or choose another folder with -o'
    """
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        reason = "no space left on the device; make room, or choose another folder with -o"
    elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        reason = "cannot be written (permission denied); choose another folder with -o"
    elif error.errno in (errno.EMFILE, errno.ENFILE):
        reason = "too many files are open; raise that limit (ulimit -n), and run it again"
    else:
        reason = f"cannot be written ({error.strerror or error}); choose another with -o"
    return f"{directory}: {reason}"
