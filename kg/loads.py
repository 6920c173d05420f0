"""A graph and a server in, what of the graph is there out: a small file beside the store.

It is kept in ``store/loads``, one file for each address and graph there: a head in JSON, then a
line for each statement that may be there, ``=`` before what surely is and ``?`` before the rest.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kg.errors import StoreError

if TYPE_CHECKING:
    from pathlib import Path

# Raised whenever the form of the file changes; one of another form counts as none.
VERSION = 1


def digest(*texts: str) -> str:
    """The SHA-256 of some lines.

    >>> digest("a", "b") == digest("ab")
    False
    """
    found = hashlib.sha256()
    for text in texts:
        found.update(text.encode() + b"\n")
    return found.hexdigest()


@dataclass
class Load:
    """How far the load of a graph to a server is.

    Attributes:
        graph: The digest of the graph that goes there, ``""`` if none ever went.
        done: So many of the steps to it are done.
        complete: Whether all are.
        sure: Statements that are there: the graph's name, a tab, and an N-Triple without its dot.
        may: Those that may be there, ``sure`` among them.
    """

    graph: str = ""
    done: int = 0
    complete: bool = False
    sure: frozenset[str] = frozenset()
    may: frozenset[str] = frozenset()
    target: dict[str, str] = field(default_factory=dict)


class Loads:
    """What is known of one server: ``load``, which ``save`` and ``note`` write."""

    def __init__(self, directory: Path, target: dict[str, str]) -> None:
        """Read what is known; nothing, where the file is missing or damaged.

        Args:
            directory: The folder of the graph.
            target: What tells the server and its graph, in words.
        """
        self.home = directory / "store" / "loads"
        key = digest(*(f"{name}={value}" for name, value in sorted(target.items())))[:16]
        self.path, self.count = self.home / f"{key}.gz", self.home / f"{key}.done"
        self.load = Load(target=target)
        try:
            self._read()
        except (OSError, EOFError, ValueError, KeyError):
            self.load = Load(target=target)

    def _read(self) -> None:
        with gzip.open(self.path, "rt", encoding="utf-8", newline="\n") as file:
            head: dict[str, Any] = json.loads(file.readline())
            # Not splitlines: statements may hold signs that it takes for the end of a line.
            lines = file.read().split("\n")[:-1] if head["version"] == VERSION else []
        if not lines or lines.pop() != "end":
            return
        known = self.load
        known.graph, known.complete = head["graph"], head["complete"]
        known.sure = frozenset(line[1:] for line in lines if line[0] == "=")
        known.may = frozenset(line[1:] for line in lines)
        if not known.complete and self.count.exists():
            graph, _, done = self.count.read_text(encoding="ascii").partition(" ")
            known.done = int(done) if graph == known.graph else 0

    def save(self) -> None:
        """Write all that is known, in one step.

        Raises:
            StoreError: If it cannot be written.
        """
        known = self.load
        head = {"version": VERSION, "graph": known.graph, "complete": known.complete}
        lines = [json.dumps({**head, "target": known.target}, ensure_ascii=False)]
        lines += [("=" if line in known.sure else "?") + line for line in sorted(known.may)]
        data = gzip.compress("".join(f"{line}\n" for line in [*lines, "end"]).encode(), 6, mtime=0)
        self._put(self.path, data)
        self._put(self.count, f"{known.graph} {known.done}".encode())

    def note(self, done: int) -> None:
        """Write how many steps are done."""
        self.load.done = done
        self._put(self.count, f"{self.load.graph} {done}".encode())

    def _put(self, path: Path, data: bytes) -> None:
        fresh = path.with_name(f".{path.name}.new")
        try:
            self.home.mkdir(exist_ok=True)
            fresh.write_bytes(data)
            os.replace(fresh, path)
        except OSError as error:
            raise StoreError(
                f"{path}: cannot be written ({error.strerror}), and without it a load could not "
                "go on where it stopped"
            ) from error
