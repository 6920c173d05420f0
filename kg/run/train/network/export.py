"""Write a network that has learned as integers, which ``kg.extract.model`` computes with."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from kg.base.errors import ModelError
from kg.extract.model import alphabet, weights
from kg.extract.model.network import TOP
from kg.extract.model.pairs import TABLES
from kg.extract.model.tags import UNIT
from kg.run.train.network.net import CONTEXT_AT, STEPS, WIDTH, Net

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kg.extract.model.weights import Array

# What an integer counts: so many of them are 1 of the network that learned.
TABLE, STATE, DEEP, GATED, CONTEXT = 32, 16, 32, 16, 64
SCALE = 64  # of what a layer adds
EXACT = 2**24  # below it float32 has every integer
GATE_MIDDLE, GATE_SLOPE = 64, 8 / 6  # hardsigmoid is (x + 3) / 6; a gate of 128 is open


def export(net: Net, about: Mapping[str, Any], path: Path) -> str:
    """Write the weights; the digest is returned.

    Raises:
        ModelError: If what is added up for a pair may be too large to be exact.
    """
    arrays: dict[str, Array] = {}
    named = {name: value.detach().double().numpy() for name, value in net.named_parameters()}
    for table in alphabet.TABLES:
        arrays[table] = _clipped(named[f"{table}.weight"] * TABLE)
    for i in range(len(STEPS)):
        _layer(arrays, i, named)
    _linear(arrays, "context", named["context.weight"].T, named["context.bias"], CONTEXT)
    for head in ("outer", "inner", "role"):
        _linear(arrays, head, named[f"{head}.weight"].T, named[f"{head}.bias"], UNIT)
    _pairs(arrays, {k.removeprefix("pairs."): v for k, v in named.items() if k[:6] == "pairs."})
    whole = {**about, "width": WIDTH, "steps": list(STEPS), "context_at": CONTEXT_AT}
    return weights.save(path, whole, arrays)


def _clipped(values: Array) -> Array:
    return np.clip(np.rint(values), -TOP, TOP).astype(np.int8)


def _columns(*matrices: Array) -> tuple[list[Array], Array]:
    """Matrices of one scale for each column: a power of two, as large as 8 bits allow."""
    largest = np.maximum(np.abs(np.concatenate(matrices)).max(0), 1e-9)
    power = np.clip(np.floor(np.log2(TOP / largest)), -10, 20)
    return [_clipped(matrix * 2.0**power) for matrix in matrices], power


def _linear(
    arrays: dict[str, Array], name: str, matrix: Array, bias: Array, unit: int, read: int = STATE
) -> None:
    (whole,), power = _columns(matrix)
    arrays[f"{name}.weight"] = whole
    arrays[f"{name}.shift"] = (power + math.log2(read) - math.log2(unit)).astype(np.int16)
    arrays[f"{name}.bias"] = np.rint(bias * unit).astype(np.int16)


def _layer(arrays: dict[str, Array], i: int, named: Mapping[str, Array]) -> None:
    matrix, bias = named[f"layers.{i}"].copy(), named[f"biases.{i}"].copy()
    matrix[:, WIDTH:] *= GATE_SLOPE
    bias[WIDTH:] *= GATE_SLOPE
    (whole,), power = _columns(matrix)
    shift = power.copy()
    shift[:WIDTH] -= math.log2(DEEP / STATE)
    arrays[f"layer{i}.weight"], arrays[f"layer{i}.shift"] = whole, shift.astype(np.int16)
    units = np.concatenate([bias[:WIDTH] * DEEP, bias[WIDTH:] * GATED + GATE_MIDDLE])
    arrays[f"layer{i}.bias"] = np.rint(units).astype(np.int16)
    arrays[f"layer{i}.scale"] = _clipped(named[f"scales.{i}"] * SCALE)


def _pairs(arrays: dict[str, Array], named: Mapping[str, Array]) -> None:
    names = ("subject", "object", "pool", "around")
    whole, power = _columns(*(named[f"{name}.weight"].T for name in names))
    largest = TOP * np.abs(np.concatenate(whole).astype(np.int64)).sum(0).max()
    if largest >= EXACT:
        raise ModelError(
            f"the weights of pairs add up to {largest:.0f}, and sums are exact below {EXACT} only; "
            "train with a larger weight decay"
        )
    arrays.update({f"pairs.{name}": matrix for name, matrix in zip(names, whole, strict=True)})
    arrays["pairs.shift"] = power.astype(np.int16)
    for name in TABLES:
        table = named[f"tables.{name}.weight"]
        if name == "kinds":  # every pair has one of them, so that the bias may hide there
            table = table + named["subject.bias"]
        arrays[f"pairs.{name}"] = np.rint(table * STATE).astype(np.int16)
    for name, unit in (("between", STATE), ("hidden", STATE), ("out", UNIT)):
        matrix, bias = named[f"{name}.weight"].T, named[f"{name}.bias"]
        _linear(arrays, f"pairs.{name}", matrix, bias, unit)
