"""Watch files and folders, and tell when something in them has changed and settled.

They are looked at again and again: that works on every file system, also on those of a network,
and needs nothing. A look at 10,000 files takes a twentieth of a second.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    # Of each file its size, and when it was last written, in nanoseconds.
    Look = Mapping[str, tuple[int, int]]

# Looks one after the other, at most, for which a change that goes on puts off what it is to start:
# a file that is written to for ever must not put it off for ever.
PATIENT = 30


def look(sources: Sequence[Path], apart: Path) -> Look:
    """What there is to see of files and folders; hidden ones, and those of a folder apart, are not.

    Args:
        sources: Files, and folders with all below them; they need not be there.
        apart: The folder of the graph, which a build changes.
    """
    state: dict[str, tuple[int, int]] = {}
    for source in sources:
        for path in _files(source, os.path.realpath(apart)):
            try:
                status = os.stat(path)
            except OSError:  # it has gone since
                continue
            state[path] = status.st_size, status.st_mtime_ns
    return state


def _files(source: Path, apart: str) -> Iterator[str]:
    if not source.is_dir():
        yield str(source)
    for folder, folders, names in os.walk(source):
        folders[:] = sorted(
            name
            for name in folders
            if name[0] != "." and os.path.realpath(os.path.join(folder, name)) != apart
        )
        if os.path.realpath(folder) != apart:
            yield from (os.path.join(folder, name) for name in names if _is_document(name))


def _is_document(name: str) -> bool:
    """Whether a file may be a document, and not what an editor has beside one."""
    return not name.startswith((".", "~$")) and not name.endswith("~")


def changes(
    seen: Look, looking: Callable[[], Look], wait: Callable[[], None]
) -> Iterator[tuple[int, int, int]]:
    """Yield, whenever a change has settled, how many files are new, changed and gone.

    A change has settled when two looks, one after the other, see the same: who copies a folder, or
    saves several files, is not answered after each of them.

    Args:
        seen: What was seen before what is known now was read: a change since then counts.
        looking: Looks once.
        wait: Waits until the next look.

    >>> looks = iter([{"a": (1, 1)}, {"a": (2, 2)}, {"a": (2, 2), "b": (1, 3)}] + [{}] * 2)
    >>> next(changes({"a": (1, 1)}, lambda: next(looks), lambda: None))
    (0, 0, 1)
    """
    while True:
        wait()
        now = looking()
        if now == seen:
            continue
        for _ in range(PATIENT):
            wait()
            before, now = now, looking()
            if now == before:
                break
        if now != seen:
            changed = sum(now[path] != seen[path] for path in now.keys() & seen.keys())
            yield len(now.keys() - seen.keys()), changed, len(seen.keys() - now.keys())
            seen = now
