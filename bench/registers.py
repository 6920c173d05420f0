"""How long each register of a graph takes, of one core and for the first time: python … FOLDER."""

from __future__ import annotations

import sys
from time import perf_counter, process_time

from kg.publish.register.registers import MAKERS, register
from kg.query.graph import open as open_store


def main(folder: str) -> None:
    """Print for each register the seconds of processor and clock, and how many rows it has."""
    for name in MAKERS:
        with open_store(folder) as graph:
            cpu, clock = process_time(), perf_counter()
            made = register(graph, name)
            took = process_time() - cpu, perf_counter() - clock
        rows = sum(len(part.rows) for part in made.tables)
        print(f"{name:18} {took[0]:6.2f} s of processor {took[1]:6.2f} s {rows:6} rows")


if __name__ == "__main__":
    main(sys.argv[1])
