"""Measure how far confidences can be trusted (calibration).

Claims are put into bins by their confidence. In each bin the share that is right should be as
high as the mean confidence; the mean of the differences, each bin weighted by its claims, is the
expected calibration error.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

# Bins are a tenth wide. The arbiter accepts little below the first edge: that is one bin.
LOWEST, HIGHEST = 4, 10


class Sure(NamedTuple):
    """How sure a claim was, and whether it is right."""

    confidence: float
    right: bool


class Bin(NamedTuple):
    """Claims whose confidence lies from ``low`` to below ``high``.

    Attributes:
        low: The lowest confidence of the bin.
        high: The end of the bin, which only 1 itself may reach.
        claims: How many claims it has.
        confidence: Their mean confidence.
        right: The share of them that is right.
    """

    low: float
    high: float
    claims: int
    confidence: float
    right: float

    def row(self) -> dict[str, float | int]:
        """The bin for programs, rounded to four digits.

        >>> bins([Sure(0.5, True), Sure(0.6, True)])[0].row()
        {'from': 0.5, 'to': 0.6, 'claims': 1, 'confidence': 0.5, 'right': 1.0}
        """
        confidence, right = round(self.confidence, 4), round(self.right, 4)
        return {
            "from": self.low, "to": self.high, "claims": self.claims,
            "confidence": confidence, "right": right,
        }  # fmt: skip


def bins(claims: Iterable[Sure]) -> list[Bin]:
    """The bins that hold claims, from low to high confidence.

    >>> [(one.low, one.claims) for one in bins([Sure(0.3, False), Sure(0.95, True), Sure(1, True)])]
    [(0.0, 1), (0.9, 2)]
    """
    groups: defaultdict[int, list[Sure]] = defaultdict(list)
    for one in claims:
        tenth = round(100 * one.confidence) // 10
        groups[min(tenth, HIGHEST - 1) if tenth >= LOWEST else 0].append(one)
    return [_bin(tenth, groups[tenth]) for tenth in sorted(groups)]


def _bin(tenth: int, group: Sequence[Sure]) -> Bin:
    high, count = (tenth + 1) / 10 if tenth else LOWEST / 10, len(group)
    mean = sum(one.confidence for one in group) / count
    return Bin(tenth / 10, high, count, mean, sum(one.right for one in group) / count)


def calibration_error(claims: Sequence[Sure]) -> float:
    """The expected calibration error: by how much confidences are off, on the mean of all claims.

    >>> round(calibration_error([Sure(0.8, True), Sure(0.8, True), Sure(0.8, False)]), 4)
    0.1333
    """
    off = sum(one.claims * abs(one.confidence - one.right) for one in bins(claims))
    return off / len(claims) if claims else 0.0


def reliability_rows(kinds: Mapping[str, Sequence[Sure]]) -> dict[str, dict[str, object]]:
    """The bins of each kind of claim and its expected calibration error, for programs."""
    return {
        kind: {
            "calibration error": round(calibration_error(claims), 4),
            "bins": [one.row() for one in bins(claims)],
        }
        for kind, claims in kinds.items()
    }


def reliability_table(kinds: Mapping[str, Sequence[Sure]]) -> str:
    """The same for eyes.

    >>> found = [Sure(0.5, False), Sure(0.9, True), Sure(0.9, True)]
    >>> print(reliability_table({"relation": found}), end="")
    relation     confidence 0.5-0.6  claims     1  mean 0.500  right 0.000
    relation     confidence 0.9-1.0  claims     2  mean 0.900  right 1.000
    relation     expected calibration error 0.233 of 3 claims
    """
    lines = []
    for kind, claims in kinds.items():
        lines += [
            f"{kind:12} confidence {one.low:.1f}-{one.high:.1f}  claims {one.claims:5}  "
            f"mean {one.confidence:.3f}  right {one.right:.3f}"
            for one in bins(claims)
        ]
        error = calibration_error(claims)
        lines.append(f"{kind:12} expected calibration error {error:.3f} of {len(claims)} claims")
    return "".join(f"{line}\n" for line in lines)
