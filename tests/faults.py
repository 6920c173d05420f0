"""A run of ``kg`` whose N-th call that touches a folder fails, or ends it."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ERRORS = {name: getattr(errno, name) for name in ("ENOSPC", "EIO", "EMFILE")}
KILL = 0


@dataclass(frozen=True)
class Run:
    """How a run ended, what it said, and how many calls it made below the folder."""

    status: int
    said: str
    calls: int


def run(under: Path, *words: object, at: int = 0, error: int = KILL) -> Run:
    """Run ``kg`` with these words.

    Args:
        under: The folder whose files are meant.
        words: The command and its arguments.
        at: Which call fails, from 1; 0 for none.
        error: The errno that it fails with, or ``KILL``.
    """
    with tempfile.TemporaryDirectory() as place:
        count = Path(place) / "count"
        faults = {
            "FAULT_UNDER": str(under.resolve()),
            "FAULT_AT": str(at),
            "FAULT_ERROR": str(error),
            "FAULT_COUNT": str(count),
            "LD_PRELOAD": str(library()),
        }
        done = subprocess.run(
            [sys.executable, "-m", "kg", *map(str, words)],
            env={**os.environ, "PYTHONPATH": str(ROOT), **faults},
            capture_output=True,
            text=True,
            check=False,
        )
        calls = int(count.read_text()) if count.exists() else -1
    return Run(done.returncode, done.stderr, calls)


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
