"""The tables of a Spark job so far, and the few records of one that decisions are about."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.base.records import Entity, Fact

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


@dataclass(frozen=True)
class Tables:
    """What a job found so far.

    Attributes:
        texts: As ``kg.run.spark.work.texts`` has them.
        statements: What each text says.
        joined: The things that they name.
        places: The places of reference data that hold them.
        holding: The facts of reference data that say so.
        rows: All of this but the texts, as rows.
    """

    texts: DataFrame
    statements: DataFrame
    joined: DataFrame
    places: tuple[Entity, ...]
    holding: tuple[Fact, ...]
    rows: DataFrame


def records(rows: DataFrame) -> list[Any]:
    """The records of a few rows."""
    return [pickle.loads(row.body) for row in rows.orderBy("key").collect()]  # noqa: S301
