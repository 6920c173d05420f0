"""What was measured in, the tables of docs/explanation/scale.md that show it out."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bench.scale import STATIONS, Run, exponents, output, started

if TYPE_CHECKING:
    from collections.abc import Sequence

Row = tuple[str, ...]


@dataclass(frozen=True)
class Rate:
    """What one more document costs on an engine: of its largest build, less that of one."""

    run: Run
    start: Run

    @classmethod
    def of(cls, runs: list[Run], engine: str) -> Rate:
        of = [run for run in runs if run.engine == engine and run.corpus == "made up"]
        largest = max(of, key=lambda run: run.documents)
        return cls(largest, started(largest, runs))

    def each(self, more: float, less: float = 0) -> float:
        """A difference for each document."""
        return (more - less) / (self.run.documents - 1)

    @property
    def seconds(self) -> float:
        return self.each(self.run.seconds, self.start.seconds)

    def bytes(self, *names: str) -> float:
        """Bytes of what is written under names that begin so."""
        found = (size for name, size in self.run.sizes.items() if name.startswith(names))
        return sum(found) / self.run.documents

    def growth(self, runs: list[Run]) -> tuple[int, float]:
        """The size of the next smaller build, and the power by which things grow from it."""
        run = self.run
        of = [r for r in runs if (r.corpus, r.engine) == (run.corpus, run.engine) and r is not run]
        less = max(of, key=lambda r: r.documents)
        times = run.documents / less.documents
        return less.documents, math.log(run.entities / less.entities) / math.log(times)

    @property
    def whence(self) -> str:
        return f"measured, {self.run.engine} build of {self.run.documents:,} documents"


def named(run: Run) -> str:
    """How many documents, and whether they are real ones, again and again with other names."""
    return f"{run.documents:,}" + (" (real)" if run.corpus == "repeated" else "")


def builds(runs: list[Run]) -> str:
    head = (
        "documents", "engine", "processor s", *STATIONS, "documents a processor second", "clock s",
        "graph MB", "all files MB", "things", "claims",
    )  # fmt: skip
    rows = []
    for run in sorted(runs, key=lambda run: (run.corpus, run.engine, run.documents)):
        start = started(run, runs)
        each = (run.documents - 1) / (run.seconds - start.seconds) if run is not start else 0
        graph = run.sizes.get("store", run.sizes.get("nquads", 0))
        rows.append((
            named(run), run.engine, f"{run.seconds:.0f}",
            *(f"{run.stations[n]:.0f}" for n in STATIONS),
            f"{each:.1f}" if each else "start", f"{run.wall:.0f}", f"{graph / 1e6:.1f}",
            f"{output(run) / 1e6:.1f}", f"{run.entities:,}", f"{run.claims:,}",
        ))  # fmt: skip
    return table(head, rows)


def growth(runs: list[Run]) -> str:
    return table(("builds", "exponent of growth"), list(exponents(runs).items()))


def memory(runs: list[Run]) -> str:
    head = ("documents", "engine", *(f"{n}, MiB" for n in STATIONS), "largest process, MiB")
    rows = [
        (named(run), run.engine, *(mib(run.peaks[n]) for n in STATIONS), mib(run.largest))
        for run in sorted(runs, key=lambda run: (run.corpus, run.engine, run.documents))
    ]
    return table(head, rows)


def tasks(runs: list[Run]) -> str:
    run = Rate.of(runs, "spark").run
    head = (
        f"station ({run.documents:,} documents)", "tasks", "longest, s", "middle, s", "ratio",
        "most read of the shuffle, kB", "middle, kB",
    )  # fmt: skip
    rows = [
        (name, str(of.count), f"{of.longest:.1f}", f"{of.middle:.1f}",
         f"{of.longest / max(of.middle, 1e-3):.2f}", f"{of.most / 1e3:.0f}", f"{of.half / 1e3:.0f}")
        for name, of in sorted(run.tasks.items()) if name
    ]  # fmt: skip
    return table(head, rows)


def loading(loads: dict[str, Any]) -> str:
    head = (
        "server", "way", "batch", "statements sent", "kg, processor s", "server, processor s",
        "clock s", "statements a processor second", "MB a processor second", "kg, MiB",
    )  # fmt: skip
    rows = []
    for name, more in (("loads", ""), ("resumed", ", the rest after a kill")):
        for one in loads[name]:
            seconds = one["seconds"] + one["served"]
            rate = one["sent"] / seconds
            size = one["bytes"] / one["statements"]
            rows.append((
                one["server"], one["method"] + more, f"{one['batch']:,}" if one["batch"] else "–",
                f"{one['sent']:,}", f"{one['seconds']:.1f}", f"{one['served']:.1f}",
                f"{one['wall']:.1f}", f"{rate:,.0f}", f"{rate * size / 1e6:.2f}",
                mib(one["memory"]) if one["memory"] and one["method"] != "file" else "–",
            ))  # fmt: skip
    return table(head, rows)


def mib(size: float) -> str:
    return f"{size / 2**20:,.0f}"


def table(head: Row, rows: Sequence[Row]) -> str:
    """A table in Markdown."""
    lines = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
