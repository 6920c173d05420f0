"""A folder in, the right to write in it out: of one process at a time, however that ends."""

from __future__ import annotations

import os
import shutil
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kg.base.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

# Younger folders may belong to a process that has not locked them yet, in seconds.
YOUNG = 60.0


def lock_folder(folder: Path) -> int | None:
    """A lock on a folder, which ends with the process; None if another has it.

    Close the number that is returned to end it sooner. Windows has no such locks: None.
    """
    if sys.platform == "win32":
        return None
    import fcntl

    # A link could lead anywhere: what is locked may be removed.
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    return handle


@contextmanager
def alone(directory: Path) -> Iterator[None]:
    """Hold the store of a folder; the lock ends with the process, so that a kill leaves none.

    It lies on the folder ``store`` itself and writes nothing. (Windows has no such lock.)

    Raises:
        StoreError: If another process holds it, which is named, or the folder cannot be opened.
    """
    if sys.platform == "win32":
        yield
        return
    home = directory / "store"
    try:
        handle = lock_folder(home)
    except OSError as error:
        raise StoreError(f"{home}: cannot be opened ({error.strerror})") from error
    if handle is None:
        raise StoreError(
            f"{directory}: {_holder(home)} is writing this graph; wait until it has ended, "
            "or choose another folder with -o"
        )
    try:
        yield
    finally:
        os.close(handle)


def _holder(folder: Path) -> str:
    """The process that holds a lock on a folder, as far as the system tells."""
    inode = str(folder.stat().st_ino)
    try:
        with open("/proc/locks", encoding="ascii") as table:
            rows = [line.split() for line in table]
    except OSError:
        return "another process"
    # 1: FLOCK  ADVISORY  WRITE 24748 fe:00:2899996 0 EOF
    pids = [row[4] for row in rows if row[1] == "FLOCK" and row[5].rpartition(":")[2] == inode]
    return f"process {pids[0]}" if pids else "another process"


def sweep(home: Path, prefix: str) -> None:
    """Remove the folders of a prefix that no process holds, of this user, and not young."""
    for left in home.glob(f"{prefix}*"):
        try:
            status = left.lstat()
            if time.time() - status.st_mtime < YOUNG or not _own(status):
                continue
            handle = lock_folder(left)
        except OSError:  # gone meanwhile, or no folder
            continue
        if handle is not None:
            shutil.rmtree(left, ignore_errors=True)
            os.close(handle)


def _own(status: os.stat_result) -> bool:
    return not hasattr(os, "getuid") or status.st_uid == os.getuid()
