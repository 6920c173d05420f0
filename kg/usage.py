"""A process in, what it has used so far out: the one place that asks the system."""

from __future__ import annotations

import os
from pathlib import Path


def memory_of(pid: int) -> int:
    """Bytes that a process has in memory for itself; 0 where the system does not tell."""
    try:
        fields = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()
    except OSError:
        return 0
    return (int(fields[1]) - int(fields[2])) * os.sysconf("SC_PAGE_SIZE")


def seconds_of(pid: int) -> float | None:
    """Processor seconds that a process has worked; None where the system does not tell."""
    try:
        told = Path(f"/proc/{pid}/stat").read_bytes()
    except OSError:
        return None
    fields = told.rpartition(b")")[2].split()  # a program's name may hold anything
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
