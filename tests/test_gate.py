"""What extraction reaches on the gold of ``examples/`` is a floor that only rises.

``KG_UPDATE_GATE=1 pytest tests/test_gate.py`` raises the floors to what is measured, less the
margin; it lowers none. Where the gold itself changes, its digest does, and the floors are
measured anew: that, too, is done by the update and seen in the diff.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
from functools import cache
from typing import Any

import pytest

from kg.score import evaluate
from tests.conftest import EXAMPLES, ROOT

GOLD = ROOT / "tests" / "gold"
GATE = ROOT / "tests" / "gate.json"
UPDATE = bool(os.environ.get("KG_UPDATE_GATE"))
MARGIN = 0.01
# A class or relation that the gold holds fewer times says little, and jumps.
FEWEST = 5
FIGURES = ("p", "r", "f1")

Floors = dict[str, dict[str, float]]


def gold_digest() -> str:
    """SHA-256 over the gold and the documents it is about, names included."""
    whole = hashlib.sha256()
    for file in sorted([*GOLD.glob("*.json"), *EXAMPLES.iterdir()], key=lambda p: p.name):
        whole.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return whole.hexdigest()


@cache
def measured() -> dict[str, dict[str, Any]]:
    return dict(evaluate(GOLD, EXAMPLES).rows())


def floors_of(rows: dict[str, dict[str, Any]], margin: float = MARGIN) -> Floors:
    """Floors below measured rows, in steps of a thousandth, for what the gold holds enough of."""
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


def updated(gate: dict[str, Any], rows: dict[str, dict[str, Any]], digest: str) -> dict[str, Any]:
    """The gate after a measurement: raised, or measured anew where the gold has changed."""
    new = floors_of(rows)
    floors = raised(gate["floors"], new) if gate.get("gold") == digest else new
    return {"gold": digest, "floors": floors}


def below(floors: Floors, rows: dict[str, dict[str, Any]]) -> list[str]:
    """What lies under its floor, in words."""
    return [
        f"{name} {f}: {rows.get(name, {}).get(f, 0.0):.4f} is below {floor:.3f}"
        for name, kept in floors.items()
        for f, floor in kept.items()
        if rows.get(name, {}).get(f, 0.0) < floor
    ]


def stored() -> dict[str, Any]:
    return dict(json.loads(GATE.read_text(encoding="utf-8")))


def test_the_gold_is_the_one_that_the_floors_were_measured_on() -> None:
    if UPDATE:
        gate = updated(stored() if GATE.exists() else {"floors": {}}, measured(), gold_digest())
        text = json.dumps(gate, ensure_ascii=False, indent=1, sort_keys=True)
        GATE.write_text(text + "\n", encoding="utf-8")
    assert stored()["gold"] == gold_digest(), (
        "the gold or its documents changed: KG_UPDATE_GATE=1 measures the floors anew"
    )


def test_nothing_falls_below_its_floor() -> None:
    fallen = below(stored()["floors"], measured())
    assert not fallen, "\n".join(fallen)


def test_every_total_and_every_class_that_the_gold_holds_has_a_floor() -> None:
    floors = stored()["floors"]
    assert {"entity core", "entity all", "relation", "attribute"} <= floors.keys()
    assert floors_of(measured()).keys() <= floors.keys()
    assert any(name.startswith("relation/") for name in floors)
    assert any(name.startswith("attribute/") for name in floors)


ROW = {"p": 0.9, "r": 0.8, "f1": 0.847, "tp": 40, "fp": 4, "fn": 10}
HIGH = {"entity/District": {"p": 0.95, "r": 0.5, "f1": 0.6}}


def test_an_update_refuses_to_lower_a_floor() -> None:
    gate = updated({"gold": "g", "floors": HIGH}, {"entity/District": ROW}, "g")
    assert gate["floors"]["entity/District"] == {"p": 0.95, "r": 0.79, "f1": 0.837}


def test_a_floor_of_what_is_no_longer_measured_stays_and_fails() -> None:
    gate = updated({"gold": "g", "floors": HIGH}, {}, "g")
    assert gate["floors"] == HIGH
    assert below(gate["floors"], {}) != []


def test_other_gold_is_measured_anew() -> None:
    gate = updated({"gold": "old", "floors": HIGH}, {"entity/District": ROW}, "new")
    assert gate["floors"]["entity/District"]["p"] == pytest.approx(0.89)


def test_a_fall_is_told_in_words() -> None:
    rows = {"entity/District": {**ROW, "p": 0.5}}
    assert below(HIGH, rows) == ["entity/District p: 0.5000 is below 0.950"]
    assert below({"entity/District": {"p": 0.5, "r": 0.5, "f1": 0.5}}, rows) == []


def test_what_the_gold_hardly_holds_has_no_floor() -> None:
    assert floors_of({"relation/leads": {**ROW, "tp": 2, "fn": 1}}) == {}
