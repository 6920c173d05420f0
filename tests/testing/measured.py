"""A build as ``make bench-scale`` measures it, made up."""

from __future__ import annotations

from bench.scale import Run
from bench.stages import Tasks


def run(engine: str, documents: int, tasks: dict[str, Tasks] | None = None) -> Run:
    """A build that took 2 s, and 10 ms for each document."""
    seconds = 2 + documents / 100
    parts = {"extraction": seconds / 2, "resolution": seconds / 4, "writing": seconds / 4}
    peaks = dict.fromkeys(parts, documents << 10)
    sizes = {"store": 100 * documents, "shuffle": 10 * documents}
    counts = (documents, 700 * documents, 8 * documents, 9 * documents)
    memory = (peaks["writing"], peaks["writing"] // 2)
    return Run("made up", engine, *counts, seconds, seconds, *memory, parts, peaks, sizes,
               tasks or {})  # fmt: skip
