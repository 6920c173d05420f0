"""A command in; what it and all its processes took, and when it said what, out. Linux only."""

from __future__ import annotations

import os
import subprocess
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from time import perf_counter
from typing import TYPE_CHECKING

from kg.base.usage import memory_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

TICK = 0.5  # seconds between two looks at the processes
_UNIT = os.sysconf("SC_CLK_TCK")


@dataclass
class Watched:
    """What a command took: ``seconds`` of processors and ``wall`` of the clock, bytes of memory
    of all its processes at a time (``memory``) and of the largest one (``largest``), and its
    lines of stderr with the moment of each in seconds of the clock."""

    seconds: float = 0.0
    wall: float = 0.0
    memory: int = 0
    largest: int = 0
    status: int = 0
    lines: list[tuple[float, str]] = field(default_factory=list)
    looks: list[tuple[float, float]] = field(default_factory=list)
    held: list[int] = field(default_factory=list)

    def most(self, begin: float, end: float) -> int:
        """The most that all processes held at a time between two moments, in bytes."""
        sizes = zip(self.looks, self.held, strict=True)
        return max((size for (moment, _), size in sizes if begin <= moment <= end), default=0)

    def worked(self, moment: float) -> float:
        """Processor seconds until a moment."""
        at = bisect_left(self.looks, (moment, 0.0))
        if at == len(self.looks):
            return self.seconds
        (later, more), (earlier, less) = self.looks[at], self.looks[at - 1] if at else (0.0, 0.0)
        return less + (more - less) * (moment - earlier) / max(1e-9, later - earlier)


def watched(
    words: Sequence[str],
    said: Callable[[str], None] = lambda _: None,
    **environment: str,
) -> Watched:
    """Run a command to its end.

    Args:
        words: The command and its arguments.
        said: Told each line of its stderr as it comes.
        environment: What is added to the environment.
    """
    found, ended, began = Watched(), Event(), perf_counter()
    child = subprocess.Popen(
        words,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
    )

    def look() -> None:
        while True:
            _look(child.pid, found, perf_counter() - began)
            if ended.wait(TICK):
                return

    thread = Thread(target=look, daemon=True)
    thread.start()
    assert child.stderr
    with child.stderr:
        for line in child.stderr:
            found.lines.append((perf_counter() - began, line.rstrip()))
            said(line.rstrip())
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = found.status = os.waitstatus_to_exitcode(status)
    found.wall = perf_counter() - began
    ended.set()
    thread.join()
    # A process that nobody waited for counts by what was last seen of it.
    found.seconds = max(found.seconds, used.ru_utime + used.ru_stime)
    # What was worked since the last look, or by a command that is shorter than a tick.
    latest = found.looks[-1][0] if found.looks else 0.0
    found.looks.append((max(found.wall, latest), found.seconds))
    found.held.append(0)
    return found


def _look(root: int, found: Watched, moment: float) -> None:
    tree = _tree(root)
    seconds = sum(_seconds(pid) for pid in tree)
    sizes = [memory_of(pid) for pid in tree]
    if not _fields(root):  # it has ended, and what was worked is told of it as a whole
        return
    found.seconds = max(found.seconds, seconds)
    found.looks.append((moment, found.seconds))
    found.held.append(sum(sizes))
    found.memory = max(found.memory, found.held[-1])
    found.largest = max(found.largest, *sizes, 0)


def _tree(root: int) -> list[int]:
    """A process with all that it started, and they."""
    children: dict[int, list[int]] = defaultdict(list)
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (fields := _fields(int(entry.name))):
            children[int(fields[1])].append(int(entry.name))
    found, left = list[int](), [root]
    while left:
        found.append(one := left.pop())
        left += children[one]
    return found


def _seconds(pid: int) -> float:
    """Processor seconds of a process and of those that it has waited for."""
    fields = _fields(pid)
    return sum(map(int, fields[11:15])) / _UNIT if fields else 0.0


def _fields(pid: int) -> list[bytes]:
    try:
        told = Path(f"/proc/{pid}/stat").read_bytes()
    except OSError:
        return []
    return told.rpartition(b")")[2].split()  # a program's name may hold anything
