"""How many claims of each predicate were right on articles that nobody trained on.

``precision.json`` is measured by ``python -m kg.run.train precision`` with the weights beside it.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.base.errors import ModelError
from kg.extract.arbiter.arbiter import uses_shipped_weights

if TYPE_CHECKING:
    from collections.abc import Mapping

SHIPPED = Path(__file__).with_name("precision.json")

Right = tuple[int, int]  # how many claims were right, of how many


def measured() -> Mapping[str, Right]:
    """What was measured of whatever decides; nothing where it is not what this package ships."""
    return load() if uses_shipped_weights() else {}


@lru_cache(maxsize=1)
def load(path: Path = SHIPPED) -> Mapping[str, Right]:
    """How many claims were right, of how many, by predicate.

    Raises:
        ModelError: If the file is missing or no such file.

    >>> right, of = load()["partOf"]
    >>> 0 < right < of
    True
    """
    try:
        counts = json.loads(path.read_text(encoding="utf-8"))
        return {name: (int(right), int(of)) for name, (right, of) in counts.items()}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise ModelError(
            f"{path}: does not say how many claims were right ({error}); install kg again"
        ) from error


def write(path: Path, counts: Mapping[str, Right]) -> None:
    """Write what was measured, a predicate a line."""
    lines = [f" {json.dumps(name)}: {json.dumps(counts[name])}" for name in sorted(counts)]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
