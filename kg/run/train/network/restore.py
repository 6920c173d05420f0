"""Take up a network again from its integers, to teach it more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from kg.extract.model import alphabet
from kg.extract.model.pairs import TABLES
from kg.extract.model.tags import UNIT
from kg.run.train.network.export import (
    CONTEXT,
    DEEP,
    GATE_MIDDLE,
    GATE_SLOPE,
    GATED,
    SCALE,
    STATE,
    TABLE,
)
from kg.run.train.network.net import WIDTH, Net

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.model.weights import Array, Weights

FAINT = 0.1  # the scale of a layer that the weights lack: it begins as next to nothing


def restored(weights: Weights) -> Net:
    """A network with the numbers that weights stand for; guessing characters is not in them.

    Layers that the weights have fewer of than ``kg.run.train.network.net`` are added behind theirs.
    """
    about = weights.about
    net = Net(
        len(weights.arrays["character"]), len(weights.arrays["word"]),
        len(about["classes"]), len(about["predicates"]),
    )  # fmt: skip
    named = dict(net.named_parameters())
    with torch.no_grad():
        for i in range(len(about["steps"]), len(net.layers)):
            named[f"scales.{i}"].fill_(FAINT)
        for name, value in _numbers(weights):
            used = value[: len(named[name])]  # a table may have rows that nothing asks for
            named[name].copy_(torch.from_numpy(np.ascontiguousarray(used)))
    return net


def _numbers(weights: Weights) -> Iterator[tuple[str, Array]]:
    arrays: dict[str, Any] = {k: v.astype(np.float32) for k, v in weights.arrays.items()}
    for table in alphabet.TABLES:
        if table in arrays:
            yield f"{table}.weight", arrays[table] / TABLE
    for i in range(len(weights.about["steps"])):
        power = arrays[f"layer{i}.shift"].copy()
        power[:WIDTH] += np.log2(DEEP / STATE)
        matrix = arrays[f"layer{i}.weight"] * 2.0**-power
        bias = arrays[f"layer{i}.bias"].copy()
        matrix[:, WIDTH:] /= GATE_SLOPE
        bias[:WIDTH] /= DEEP
        bias[WIDTH:] = (bias[WIDTH:] - GATE_MIDDLE) / GATED / GATE_SLOPE
        yield from ((f"layers.{i}", matrix), (f"biases.{i}", bias))
        yield f"scales.{i}", arrays[f"layer{i}.scale"] / SCALE
    for name, unit in (
        ("context", CONTEXT), ("outer", UNIT), ("inner", UNIT), ("role", UNIT),
        ("pairs.between", STATE), ("pairs.hidden", STATE), ("pairs.out", UNIT),
    ):  # fmt: skip
        power = arrays[f"{name}.shift"] - np.log2(STATE / unit)
        yield f"{name}.weight", (arrays[f"{name}.weight"] * 2.0**-power).T
        yield f"{name}.bias", arrays[f"{name}.bias"] / unit
    power = arrays["pairs.shift"]
    for name in ("subject", "object", "pool", "around"):
        yield f"pairs.{name}.weight", (arrays[f"pairs.{name}"] * 2.0**-power).T
    yield "pairs.subject.bias", np.zeros_like(power)  # it is part of the table of kinds
    for name in TABLES:
        yield f"pairs.tables.{name}.weight", arrays[f"pairs.{name}"] / STATE
