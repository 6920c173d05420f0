"""Weigh features: a sum of integers, and a threshold."""

from __future__ import annotations

import json
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

UNIT = 64  # to one unit of log-odds
SHIPPED = Path(__file__).with_name("weights.json")


@dataclass(frozen=True)
class Linear:
    """Weights of features, and what a sum must reach.

    Attributes:
        weights: The weight of each feature; a feature without one counts nothing.
        bias: What is added to every sum.
        threshold: What a sum must reach.
        doubtful: What it must reach to count where something else speaks for it.
    """

    weights: Mapping[str, int]
    bias: int
    threshold: int
    doubtful: int

    def score(self, features: Iterable[str]) -> int:
        """The sum of the weights of features.

        >>> Linear({"a": 70, "b": -6}, -10, 0, 0).score(["a", "b", "c"])
        54
        """
        get = self.weights.get
        return self.bias + sum([get(feature, 0) for feature in features])

    def weighed(self, features: Iterable[str]) -> list[tuple[str, int]]:
        """The features that have a weight, with it, those that weigh most first.

        >>> Linear({"a": 70, "b": -90}, -10, 0, 0).weighed(["a", "b", "c"])
        [('b', -90), ('a', 70)]
        """
        found = ((feature, self.weights.get(feature, 0)) for feature in features)
        return sorted((f for f in found if f[1]), key=lambda f: (-abs(f[1]), f[0]))


@lru_cache(maxsize=4)
def load(path: Path | None = None) -> Mapping[str, Linear]:
    """The fitted weights by what they decide (``mentions``, ``claims``).

    Raises:
        ModelError: If the file is missing or no such file.
    """
    chosen = path or SHIPPED
    try:
        return read(json.loads(chosen.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise ModelError(
            f"{chosen}: holds no weights of the arbiter ({error}); install kg again"
        ) from error


def read(said: Mapping[str, Any]) -> Mapping[str, Linear]:
    """Weights by what they decide, as ``rows`` tells them."""
    return {name: Linear(**fields) for name, fields in said.items()}


def rows(fitted: Mapping[str, Linear]) -> dict[str, dict[str, Any]]:
    """Weights as JSON has them."""
    return {name: vars(one) for name, one in fitted.items()}


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


def buckets(value: int, edges: Sequence[int]) -> int:
    """In which of the stretches between edges a value lies.

    >>> buckets(5, [0, 5, 9])
    2
    """
    return bisect_right(edges, value)
