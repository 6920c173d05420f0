"""A process in, what it has used and may use out: the one place that asks the system."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Whether a process can be paused without harm. While it is, no signal but SIGKILL ends it, so
# that it would stay for ever where nobody resumes it when its server dies.
CAN_PAUSE = sys.platform.startswith("linux")
_SET_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG, prctl(2)


def memory_of(pid: int) -> int:
    """Bytes that a process has in memory for itself; 0 where the system does not tell."""
    try:
        fields = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()
    except OSError:
        return 0
    return (int(fields[1]) - int(fields[2])) * os.sysconf("SC_PAGE_SIZE")


def processors() -> int:
    """How many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # only Linux keeps a process to some
        return os.cpu_count() or 1


def seconds_of(pid: int) -> float | None:
    """Processor seconds that a process has worked; None where the system does not tell."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_bytes()
    except OSError:
        return None
    fields = stat.rpartition(b")")[2].split()  # a program's name may hold anything
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def at_death_of_parent(number: int) -> None:
    """Have the system send this process a signal when the one that started it dies."""
    if sys.platform.startswith("linux"):
        from ctypes import CDLL

        CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, number)


def bound(memory: int) -> None:
    """Let this process have so many MiB of memory, write no file and leave no dump."""
    try:
        import resource
    except ImportError:  # Windows has none
        return
    for kind, value in (
        # Not RLIMIT_AS: libraries reserve addresses that they never use.
        (resource.RLIMIT_DATA, memory << 20),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        limit = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (limit, limit))


def scarce(memory: int) -> bool:
    """Whether the system gives this process less than so many MiB of memory."""
    try:
        import resource
    except ImportError:
        return False
    limits = (resource.getrlimit(kind)[0] for kind in (resource.RLIMIT_AS, resource.RLIMIT_DATA))
    return any(0 <= limit < memory << 20 for limit in limits)


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Look for cycles of garbage seldom: a build makes millions of records, hardly any in cycles.

    At Python's own threshold of 700 the search takes a tenth of a build, at 50,000 still 3 % of
    what comes after reading. 600 articles leave 30,000 objects in cycles.
    """
    before = gc.get_threshold()
    gc.set_threshold(500_000, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
