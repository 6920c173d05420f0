"""A folder for the time that a server runs: long answers stand in it until they are sent."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import BinaryIO, Self

from kg.base.locks import lock_folder, sweep

PREFIX = "kg-serve-"


class Scratch:
    """The folder, locked for as long as the process lives. ``close`` removes it."""

    def __init__(self) -> None:
        sweep(Path(tempfile.gettempdir()), PREFIX)
        self.folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        self.lock = lock_folder(self.folder)
        self.bytes_in_use = 0

    def hold(self, name: str, most: int) -> LongAnswer | None:
        """A long answer to be read from its file, which is removed.

        None if all that are being read would be longer than so many bytes together: a hundred
        slow readers of long answers would fill the disk.
        """
        file = open(name, "rb")  # noqa: SIM115 (closed by the one who reads it)
        with contextlib.suppress(OSError):  # where an open file cannot be removed, close does it
            os.unlink(name)
        length = os.fstat(file.fileno()).st_size
        if self.bytes_in_use + length > most:
            file.close()
            return None
        self.bytes_in_use += length
        return LongAnswer(self, file, length)

    def close(self) -> None:
        if self.lock is not None:
            os.close(self.lock)
            self.lock = None
        shutil.rmtree(self.folder, ignore_errors=True)


class LongAnswer:
    """A long answer that is being read: its open file and its length. ``with`` lets it go."""

    def __init__(self, scratch: Scratch, file: BinaryIO, length: int) -> None:
        self.scratch, self.file, self.length = scratch, file, length

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()
        self.scratch.bytes_in_use -= self.length
