"""How good the shipped reader is, and how far another one lies from it.

``figures.json`` keeps precision, recall and F1 of the shipped weights on the articles that nothing
was trained or fitted on, by their use.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kg.base.errors import ReadError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kg.run.evaluate.tallies import Scores

# Totals by use and kind of what is found, each with p, r and f1.
Figures = dict[str, dict[str, dict[str, float]]]
KINDS = ("entity core", "relation", "attribute")
PARTS = ("p", "r", "f1")


def of(scores: Mapping[str, Scores]) -> Figures:
    """The totals of what was measured on the articles of each use.

    >>> from kg.run.evaluate.tallies import Scores, Tally
    >>> found = Scores()
    >>> found.tallies["relation/signs"] += Tally(tp=1, fp=1)
    >>> of({"test": found})["test"]["relation"]
    {'p': 0.5, 'r': 1.0, 'f1': 0.6667}
    """
    rows = {use: one.rows() for use, one in scores.items()}
    return {
        use: {kind: {part: float(row[kind][part]) for part in PARTS} for kind in KINDS}
        for use, row in rows.items()
    }


def read(path: Path) -> Figures:
    """The figures of a file; none if there is no such file.

    Raises:
        ReadError: If it holds no figures.
    """
    if not path.exists():
        return {}
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return {
            use: {k: {part: float(row[part]) for part in PARTS} for k, row in rows.items()}
            for use, rows in content.items()
        }
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise ReadError(f"{path}: holds no figures ({error}); delete it to begin anew") from error


def write(path: Path, figures: Figures) -> None:
    """Write figures, a line for each use and kind."""
    path.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


def compared(before: Figures, after: Figures) -> str:
    """F1 as it was and as it is, and how far the one lies from the other.

    >>> was = {"test": {"relation": {"p": 0.8, "r": 0.5, "f1": 0.62}}}
    >>> now = {"test": {"relation": {"p": 0.8, "r": 0.6, "f1": 0.68}}}
    >>> print(compared(was, now), end="")
    F1 on test, relation: 0.620 as shipped, 0.680 now (+0.060)
    """
    lines = []
    for use, rows in after.items():
        for kind, row in rows.items():
            if kind in before.get(use, {}):
                was, now = before[use][kind]["f1"], row["f1"]
                far = f"{was:.3f} as shipped, {now:.3f} now ({now - was:+.3f})"
            else:
                far = f"{row['f1']:.3f} now, nothing to compare it with"
            lines.append(f"F1 on {use}, {kind}: {far}\n")
    return "".join(lines)
