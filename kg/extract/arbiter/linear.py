"""Weigh features: a sum of integers, and a threshold."""

from __future__ import annotations

import json
import math
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.base.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

UNIT = 64  # to one unit of log-odds
MAY_LACK = ("calibration", "thresholds")  # fields that are left out where they are empty
RELATION, ATTRIBUTE = "relation", "attribute"  # kinds of claims, which are calibrated apart
SHIPPED = Path(__file__).with_name("weights.json")
# Weights of what no gold of ours tells: they hold until gold is read with a language model beside
# it (``kg train --llm-answers``). docs/explanation/reader.md tells how they were chosen.
# Names that a component of spaCy before ours found are nearly always meant: a user put it there.
PRIOR = {
    "mentions": {"llm yes": UNIT // 2, "rule spacy.ents": 3 * UNIT},
    "claims": {"llm yes": UNIT // 2},
}


@dataclass(frozen=True)
class Linear:
    """Weights of features, and what a sum must reach.

    Attributes:
        weights: The weight of each feature; a feature without one counts nothing.
        bias: What is added to every sum.
        threshold: What a sum must reach.
        doubtful: What it must reach to count where something else speaks for it.
        calibration: For kinds of what is decided, points of a sum and of the share, in
            thousandths, that is right of what has this sum; both go up from point to point.
        thresholds: For kinds of what is decided what a sum must reach, where it is not
            ``threshold``.
    """

    weights: Mapping[str, int]
    bias: int
    threshold: int
    doubtful: int
    calibration: Mapping[str, Sequence[Sequence[int]]] = field(default_factory=dict)
    thresholds: Mapping[str, int] = field(default_factory=dict)

    def accepts(self, score: int, kind: str) -> bool:
        """Whether a sum is enough for what is of a kind.

        >>> Linear({}, 0, 0, 0, thresholds={"develops": 20}).accepts(9, "develops")
        False
        """
        return score >= self.thresholds.get(kind, self.threshold)

    def score(self, features: Iterable[str]) -> int:
        """The sum of the weights of features.

        >>> Linear({"a": 70, "b": -6}, -10, 0, 0).score(["a", "b", "c"])
        54
        """
        return sum(map(self.weights.get, features, repeat(0)), self.bias)

    def weighed(self, features: Iterable[str]) -> list[tuple[str, int]]:
        """The features that have a weight, with it, those that weigh most first.

        >>> Linear({"a": 70, "b": -90}, -10, 0, 0).weighed(["a", "b", "c"])
        [('b', -90), ('a', 70)]
        """
        weighted = ((feature, self.weights.get(feature, 0)) for feature in features)
        return sorted((f for f in weighted if f[1]), key=lambda f: (-abs(f[1]), f[0]))

    def confidence(self, score: int, kind: str = "") -> float:
        """What share is right of what has a sum, in hundredths.

        Between two points of the calibration it is in line with both, above the last one it
        stays; below the first one, where hardly anything is accepted, it is no higher than there.
        A kind without points is as likely as the weights were fitted to say.

        >>> fitted = Linear({}, 0, 0, 0, {"relation": [(0, 400), (64, 800)]})
        >>> [fitted.confidence(score, "relation") for score in (-64, -9, 16, 99)]
        [0.27, 0.4, 0.5, 0.8]
        >>> fitted.confidence(16)
        0.56
        """
        points = self.calibration.get(kind)
        if not points:
            return round(likelihood(score), 2)
        share = between(points, score) / 100
        return share if score >= points[0][0] else min(share, round(likelihood(score), 2))


@lru_cache(maxsize=4)
def load(path: Path | None = None) -> Mapping[str, Linear]:
    """The fitted weights by what they decide (``mentions``, ``claims``).

    Raises:
        ModelError: If the file is missing or no such file.
    """
    weights_path = path or SHIPPED
    try:
        return read(json.loads(weights_path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise ModelError(
            f"{weights_path}: holds no weights of the arbiter ({error}); install kg again"
        ) from error


def read(fields_by_name: Mapping[str, Any]) -> Mapping[str, Linear]:
    """Weights by what they decide, as ``rows`` tells them."""
    return {name: _with_prior(name, fields) for name, fields in fields_by_name.items()}


def _with_prior(name: str, fields: Mapping[str, Any]) -> Linear:
    weights = {**PRIOR.get(name, {}), **fields["weights"]}
    return Linear(**{**fields, "weights": weights})


def rows(fitted: Mapping[str, Linear]) -> dict[str, dict[str, Any]]:
    """Weights as JSON has them, without those that are still as in ``PRIOR``."""
    return {name: _fields(one, PRIOR.get(name, {})) for name, one in fitted.items()}


def write(path: Path, fitted: Mapping[str, Linear]) -> None:
    """Write weights, a line each, so that a change shows what it changed."""
    path.write_text(
        json.dumps(
            rows(fitted),
            ensure_ascii=False,
            indent=0,
            sort_keys=True,
        )
        + "\n",
        encoding="utf-8",
    )


def _fields(one: Linear, before: Mapping[str, int]) -> dict[str, Any]:
    """The fields of weights; an empty calibration and empty thresholds are left out."""
    weights = {name: w for name, w in one.weights.items() if before.get(name) != w}
    fields = {**vars(one), "weights": weights}
    return {name: value for name, value in fields.items() if value or name not in MAY_LACK}


def likelihood(score: int) -> float:
    """What share is right of what has a score, if weights hold of all as of what they know.

    >>> likelihood(0), round(likelihood(192), 2)
    (0.5, 0.95)
    """
    return 1 / (1 + math.exp(-score / UNIT))


def between(points: Sequence[Sequence[int]], score: int) -> int:
    """The hundredths that belong to a score, in line with the points beside it.

    It is computed with integers, so that it is the same everywhere.

    >>> [between([(0, 400), (64, 800)], score) for score in (0, 1, 63, 64)]
    [40, 41, 79, 80]
    """
    at = bisect_right(points, score, key=lambda point: point[0])
    if at in (0, len(points)):
        return (points[max(at - 1, 0)][1] + 5) // 10
    (low, least), (high, most) = points[at - 1], points[at]
    above = least * (high - score) + most * (score - low)
    return (2 * above + 10 * (high - low)) // (20 * (high - low))


def buckets(value: int, edges: Sequence[int]) -> int:
    """In which of the stretches between edges a value lies.

    >>> buckets(5, [0, 5, 9])
    2
    """
    return bisect_right(edges, value)
