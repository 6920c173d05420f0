"""The bytes of an answer in, the answer out: in memory, or in a file where it is long."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from kg.serve.limits import MIB
from kg.serve.reply import Answer, RefusedError

if TYPE_CHECKING:
    from pathlib import Path

    from kg.serve.http.formats import Format


class Spool:
    """What bytes are written to, in memory until they are many, then a file, up to a limit."""

    def __init__(self, folder: Path, most: int) -> None:
        self.file: BinaryIO = BytesIO()
        self.folder, self.most = folder, most
        self.name, self.length = "", 0

    def write(self, data: bytes) -> int:
        self.length += len(data)
        if self.length > self.most:
            most = self.most // MIB
            raise RefusedError(
                "size",
                f"the answer is longer than {most} MiB; ask for less of it",
                zh=f"结果超过 {most} MiB，请缩小范围",
            )
        if self.length > MIB and not self.name:
            # The pool removes by this beginning what a worker left that it had to end.
            handle, self.name = tempfile.mkstemp(prefix=f"{os.getpid()}-", dir=self.folder)
            begun, self.file = self.file, os.fdopen(handle, "wb")
            begun.seek(0)
            self.file.write(begun.read())
        return self.file.write(data)

    def flush(self) -> None:
        self.file.flush()

    def close(self) -> None:
        """Remove the file, unless it is an answer now."""
        with suppress(OSError):
            self.file.close()
        if self.name:
            os.unlink(self.name)

    def answer(self, format: Format) -> Answer:
        """The answer, in memory if it is short; else its file."""
        if not self.name:
            self.file.seek(0)
            return Answer(200, format.header, self.file.read())
        self.file.close()
        name, self.name = self.name, ""
        return Answer(200, format.header, file=name)
