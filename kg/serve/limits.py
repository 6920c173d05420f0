"""What the machine has in, what one query and all of them together may use out."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from kg.base.settings import default

MIB = 1 << 20
# What a container may use at most; "max" where it is not bounded.
_CONTAINER = Path("/sys/fs/cgroup/memory.max")


def whole_memory() -> int:
    """Memory of the machine, or of the container, in MiB; 8192 where the system does not tell."""
    try:
        whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // MIB
    except (AttributeError, ValueError, OSError):
        return 8192
    try:
        text = _CONTAINER.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return whole
    return min(whole, int(text) // MIB) if text.isdigit() else whole


def share_of_memory() -> int:
    """What one query may take of the memory, in MiB: at least 256 and at most 1024."""
    return min(1024, max(256, int(whole_memory() * default("memory"))))


def memory_of_all() -> int:
    """What all queries may take of the memory, in MiB."""
    return int(whole_memory() * default("together"))


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may use: seconds, and MiB of memory, of its answer and of its text.

    ``together`` is the memory of all queries at a time, and the room of all their long answers
    until they are read, in MiB each.
    """

    seconds: float = default("timeout")
    memory: int = field(default_factory=share_of_memory)
    answer: int = default("answer")
    body: int = default("body")
    together: int = field(default_factory=memory_of_all)

    def __str__(self) -> str:
        """As the header ``Zhengtu-Limits`` tells them."""
        return (
            f"seconds={self.seconds:g}, memory={self.memory}MiB, "
            f"answer={self.answer}MiB, body={self.body}MiB"
        )
