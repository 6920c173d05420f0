"""The folder that a job on Spark wrote in, the statements of its shards out.

The shards are N-Quads, ``nquads/part-00000.nq`` and so on; ``report.json`` tells how many
statements they hold together, so that a shard that is missing, cut or of another job shows.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.base.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOLDER = "nquads"
_AGAIN = "run the job that wrote it again"


@dataclass(frozen=True, slots=True)
class Shards:
    """The shards of a job: their files, what its IRIs begin with, and how many statements."""

    files: tuple[Path, ...]
    base: str
    statements: int

    def quads(self) -> Iterator[ox.Quad]:
        """Every statement, file by file.

        Raises:
            StoreError: If a file cannot be read, or they do not hold what the report tells.
        """
        count = 0
        for file in self.files:
            try:
                for quad in ox.parse(path=file, format=ox.RdfFormat.N_QUADS):
                    count += 1
                    yield quad
            except (OSError, SyntaxError) as error:
                raise StoreError(f"{file}: cannot be read ({error}); {_AGAIN}") from error
        if count != self.statements:
            raise StoreError(
                f"{self.files[0].parent}: holds {count:,} and not the {self.statements:,} "
                f"statements of its report; {_AGAIN}"
            )


def is_sharded(directory: Path) -> bool:
    """Whether a folder is one that a job on Spark wrote, and no local build."""
    return (directory / FOLDER).is_dir() and not (directory / "store" / "current").exists()


def shards(directory: Path) -> Shards:
    """The shards of a folder.

    Raises:
        StoreError: If it has none, or no report of them.
    """
    files = tuple(sorted((directory / FOLDER).glob("part-*.nq")))
    path = directory / "report.json"
    try:
        report = json.loads(path.read_text(encoding="utf-8"))
        result = Shards(files, str(report["base"]), int(report["statements"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{path}: is no report of shards ({error!r}); {_AGAIN}") from error
    if not files:
        raise StoreError(f"{directory / FOLDER}: holds no shard; {_AGAIN}")
    return result
