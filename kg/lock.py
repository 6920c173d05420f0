"""A folder in, the right to write its graph out: one process at a time, however it ends."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kg.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def alone(directory: Path) -> Iterator[None]:
    """Hold the store of a folder; the lock ends with the process, so that a kill leaves none.

    The lock lies on the folder ``store`` itself and writes nothing. (On Windows, which has no
    such lock, there is none.)

    Raises:
        StoreError: If another process holds it, which is named, or the folder cannot be opened.
    """
    if sys.platform == "win32":
        yield
        return
    import fcntl

    home = directory / "store"
    try:
        handle = os.open(home, os.O_RDONLY)
    except OSError as error:
        raise StoreError(f"{home}: cannot be opened ({error.strerror})") from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise StoreError(
                f"{directory}: {_holder(handle)} is writing this graph; wait until it has ended, "
                "or choose another folder with -o"
            ) from error
        yield
    finally:
        os.close(handle)


def _holder(handle: int) -> str:
    """The process that holds a lock, as far as the system tells."""
    inode = str(os.fstat(handle).st_ino)
    try:
        with open("/proc/locks", encoding="ascii") as table:
            rows = [line.split() for line in table]
    except OSError:
        return "another process"
    # 1: FLOCK  ADVISORY  WRITE 24748 fe:00:2899996 0 EOF
    pids = [row[4] for row in rows if row[1] == "FLOCK" and row[5].rpartition(":")[2] == inode]
    return f"process {pids[0]}" if pids else "another process"
