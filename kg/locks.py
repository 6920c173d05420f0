"""Folders that belong to a process in, those that killed ones left behind out."""

from __future__ import annotations

import os
import shutil
import sys
import time
from pathlib import Path

# Younger folders may belong to a process that has not locked them yet, in seconds.
YOUNG = 60.0


def locked(folder: Path) -> int | None:
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


def sweep(home: Path, prefix: str) -> None:
    """Remove the folders of a prefix that no process holds, of this user, and not young."""
    for left in home.glob(f"{prefix}*"):
        try:
            found = left.lstat()
            if time.time() - found.st_mtime < YOUNG or not _own(found):
                continue
            held = locked(left)
        except OSError:  # gone meanwhile, or no folder
            continue
        if held is not None:
            shutil.rmtree(left, ignore_errors=True)
            os.close(held)


def _own(found: os.stat_result) -> bool:
    return not hasattr(os, "getuid") or found.st_uid == os.getuid()
