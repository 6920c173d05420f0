"""Set floors under measured quality: it may rise and never falls unseen.

Floors stand in a JSON file beside the digest of the gold that they were measured on. An update
raises them to what is measured, less the margin, and lowers none; where the gold itself has
changed they are measured anew.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

MARGIN = 0.01
# A class or relation that the gold holds fewer times says little, and jumps.
FEWEST = 5
FIGURES = ("p", "r", "f1")

Row = Mapping[str, float]
Floors = dict[str, dict[str, float]]


def digest(files: Iterable[Path]) -> str:
    """SHA-256 over files, names included, in the order of their names."""
    whole = hashlib.sha256()
    for file in sorted(files, key=lambda path: path.name):
        whole.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return whole.hexdigest()


def floors_of(rows: Mapping[str, Row], margin: float = MARGIN) -> Floors:
    """Floors below measured rows, in steps of a thousandth, for what the gold holds enough of.

    >>> floors_of({"relation": {"p": 0.9, "r": 0.8, "f1": 0.847, "tp": 40, "fn": 10}})
    {'relation': {'p': 0.89, 'r': 0.79, 'f1': 0.837}}
    """
    return {
        name: {f: max(0.0, math.floor((row[f] - margin) * 1000) / 1000) for f in FIGURES}
        for name, row in rows.items()
        if row["tp"] + row["fn"] >= FEWEST
    }


def raised(old: Floors, new: Floors) -> Floors:
    """The higher of two floors each; what only one of them has is kept."""
    return {
        name: {
            f: max(old.get(name, {}).get(f, 0.0), new.get(name, {}).get(f, 0.0)) for f in FIGURES
        }
        for name in sorted(old.keys() | new.keys())
    }


def updated(gate: Mapping[str, Any], rows: Mapping[str, Row], gold: str) -> dict[str, Any]:
    """The gate after a measurement: raised, or measured anew where the gold has changed."""
    new = floors_of(rows)
    floors = raised(gate["floors"], new) if gate.get("gold") == gold else new
    return {"gold": gold, "floors": floors}


def below(floors: Floors, rows: Mapping[str, Row]) -> list[str]:
    """What lies under its floor, in words.

    >>> below({"relation": {"p": 0.9}}, {"relation": {"p": 0.85}})
    ['relation p: 0.8500 is below 0.900']
    """
    return [
        f"{name} {f}: {rows.get(name, {}).get(f, 0.0):.4f} is below {floor:.3f}"
        for name, limits in floors.items()
        for f, floor in limits.items()
        if rows.get(name, {}).get(f, 0.0) < floor
    ]
