"""A run of ``kg`` whose N-th call that touches a folder fails, or ends it; or gets no memory."""

from __future__ import annotations

import errno
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.testing.builds.warm import runner

ERRORS = {name: getattr(errno, name) for name in ("ENOSPC", "EIO", "EMFILE")}
KILL = 0


@dataclass(frozen=True)
class Run:
    """How a run ended, what it wrote, its calls below the folder and its large allocations."""

    status: int
    printed: str
    said: str
    calls: int
    allocations: int


def run(
    under: Path,
    *words: object,
    at: int = 0,
    error: int = KILL,
    memory: int = 0,
    until: Callable[[str], bool] | None = None,
) -> Run:
    """Run ``kg`` with these words.

    Args:
        under: The folder whose files are meant.
        words: The command and its arguments.
        at: Which call fails, from 1; 0 for none.
        error: The errno that it fails with, or ``KILL``.
        memory: Which allocation of 64 KiB or more gets nothing, from 1; 0 for none.
        until: Says of what stands on stderr whether it is time to kill the run.
    """
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        count = place / "count"
        faults = {
            "FAULT_UNDER": str(under.resolve()),
            "FAULT_AT": str(at),
            "FAULT_ERROR": str(error),
            "FAULT_MEMORY": str(memory),
            "FAULT_COUNT": str(count),
        }
        ran = runner(library()).run(place, list(map(str, words)), faults, until)
        # One that is killed at its very end leaves an empty file.
        counted = count.read_text().split() if count.exists() else []
    texts = (ran.printed.decode(), ran.said.decode())
    return Run(ran.status, *texts, *map(int, counted or (-1, -1)))


@cache
def library() -> Path:
    """The compiled library, made once for a run of the tests.

    Raises:
        RuntimeError: If there is no C compiler.
    """
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        raise RuntimeError("no C compiler: run 'make test', or 'apt-get install gcc libc6-dev'")
    out = Path(tempfile.mkdtemp(prefix="faults-")) / "faults.so"
    source = Path(__file__).with_suffix(".c")
    command = [compiler, "-shared", "-fPIC", "-O1", "-w", "-o", str(out), str(source), "-ldl"]
    subprocess.run(command, check=True)
    return out
