"""Damage to the files of a graph, as disks, copies and people do it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from pathlib import Path

# What RocksDB notes for people, and the readings that are kept: their loss is none.
NO_LOSS = ("LOG", "LOCK", "readings.sqlite")


def damaged(graph: Path, chance: random.Random) -> tuple[str, bool]:
    """Remove, cut, empty, lengthen or alter one file of a graph.

    Returns:
        What was done, and whether it hit the store, which every command reads.
    """
    files = sorted(p for p in graph.rglob("*") if p.is_file() and p.name not in NO_LOSS)
    path = chance.choice(files)
    data = path.read_bytes()
    ways = ["remove", "lengthen"] + ["cut", "empty", "alter"] * bool(data)
    way = chance.choice(ways)
    at = chance.randrange(len(data)) if data else 0
    if way == "remove":
        path.unlink()
    elif way == "alter":
        path.write_bytes(data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :])
    else:
        after = {"cut": data[:at], "empty": b"", "lengthen": data + b"x"}
        path.write_bytes(after[way])
    name = path.relative_to(graph)
    return f"{way} {name} at {at}", name.parts[0] == "store"
