"""A server as users start it: ``kg serve`` in a process of its own, asked over HTTP."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).resolve().parents[3]
# A server ends long before; one that does not is a fault, not a slow machine.
SECONDS = 600


@dataclass(frozen=True)
class Server:
    """A running server: the address of its pages, and the process."""

    address: str
    process: subprocess.Popen[str]
    said: str

    @property
    def sparql(self) -> str:
        return f"{self.address}/sparql"

    @property
    def port(self) -> int:
        return int(self.address.rpartition(":")[2])


@contextmanager
def serving(
    directory: Path | str, *words: str, env: Mapping[str, str] | None = None
) -> Iterator[Server]:
    """Start ``kg serve`` for a folder at a free port, and end it as Ctrl-C does."""
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", "serve", "-d", str(directory), "--port", "0", *words],
        env={**os.environ, "PYTHONPATH": str(ROOT), **(env or {})},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stderr is not None
        said = ""
        while not (match := re.search(r"(http://\S+)/sparql", said)):
            line = process.stderr.readline()
            assert line, f"the server did not start: {said}"
            said += line
        yield Server(match[1], process, said)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(SECONDS)
        finally:
            process.kill()
            if process.stderr:
                process.stderr.close()
