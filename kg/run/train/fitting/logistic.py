"""Fit the weights of features by logistic regression, and keep them as integers."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kg.extract.arbiter.linear import UNIT, Linear

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.extract.model.weights import Array

# Of a squared change of weights that were fitted on more than the examples at hand. Of 5, 20, 60
# and 200 this one lost least on articles like those of the weights (100 of them as examples).
KEEPING = 60.0
# The same where the network learns too, from texts unlike those of the weights: 5 gained .02 more
# on announcements of listed companies, but lost .024 of relations more on news.
FREER = 20.0
ROUNDS = 300
RATE = 0.3


class Regularisation(NamedTuple):
    """How far weights are kept from following chance.

    A feature of fewer than ``rare`` examples gets no weight; ``penalty`` is that of a squared
    weight, beside the loss of all examples.
    """

    rare: int = 4
    penalty: float = 5.0


CAUTION = Regularisation()


class Example(NamedTuple):
    """Features that hold of something, and whether it is so."""

    features: tuple[str, ...]
    true: bool


def fit(
    examples: Sequence[Example],
    threshold: float,
    doubtful: float,
    caution: Regularisation = CAUTION,
    prior: Linear | None = None,
    keeping: float = KEEPING,
) -> Linear:
    """Weights under which the examples are most likely.

    Args:
        examples: What is known.
        threshold: As ``Linear`` has it, in units of log-odds.
        doubtful: Likewise.
        caution: What keeps the weights from following chance.
        prior: Weights that are kept where the examples do not speak against them: the penalty
            is on what they are changed by. Its calibration is kept as well.
        keeping: The penalty of a squared change.

    >>> seen = [Example(("a", "b"), True)] * 20 + [Example(("b",), False)] * 20
    >>> found = fit(seen, 0, 0)
    >>> found.score(["a", "b"]) > 0 > found.score(["b"])
    True
    """
    counts = Counter(feature for one in examples for feature in set(one.features))
    known = prior.weights if prior else {}
    names = sorted(name for name, count in counts.items() if count >= caution.rare or name in known)
    number = {name: i for i, name in enumerate(names)}
    rows = [[number[f] for f in sorted(set(one.features)) if f in number] for one in examples]
    columns = np.array([i for row in rows for i in row], np.int64)
    at = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    true = np.array([one.true for one in examples], np.float64)
    begin = np.array([*(known.get(name, 0) for name in names), prior.bias if prior else 0]) / UNIT
    penalties = np.full(len(begin), keeping if prior else caution.penalty)
    penalties[-1] *= bool(prior)  # what is added to every sum is free to begin with
    weights, bias = _descend(columns, at, true, begin, penalties)
    units = np.rint(weights * UNIT).astype(int).tolist()
    changed = {name: unit for name, unit in zip(names, units, strict=True) if unit}
    unchanged = {name: unit for name, unit in known.items() if name not in number}
    edges = round(bias * UNIT), round(threshold * UNIT), round(doubtful * UNIT)
    return Linear({**unchanged, **changed}, *edges, prior.calibration if prior else {})


def _descend(
    columns: Array, at: Array, true: Array, begin: Array, penalties: Array
) -> tuple[Array, float]:
    """Adam on all examples at once: a few hundred steps, the same on every run."""
    weights, count = begin.copy(), len(begin) - 1
    first, second = np.zeros(count + 1), np.zeros(count + 1)
    for step in range(1, ROUNDS + 1):
        sums = np.bincount(at, weights[columns], len(true)) + weights[-1]
        error = (1 / (1 + np.exp(-np.clip(sums, -40, 40))) - true) / len(true)
        slope = np.append(np.bincount(columns, error[at], count), error.sum())
        slope += 2 * penalties / len(true) * (weights - begin)
        first += 0.1 * (slope - first)
        second += 0.001 * (slope**2 - second)
        rate = RATE * (1 - step / (ROUNDS + 1))
        grown = np.sqrt(second / (1 - 0.999**step)) + 1e-10
        weights -= rate * (first / (1 - 0.9**step)) / grown
    return weights[:-1], float(weights[-1])
