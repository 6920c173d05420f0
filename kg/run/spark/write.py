"""Write N-Quads shards, Parquet tables and the report of a job."""

from __future__ import annotations

import json
import pickle
from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from kg.run.spark.frames import framed, rows_of
from kg.run.spark.work import GOOD

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd
    from pyspark.sql import DataFrame

    from kg.base.records import Entity, Fact, Skipped
    from kg.review.account import Account
    from kg.run.spark.folder import Folder

    Frames = Iterator[pd.DataFrame]

ENTITIES = (
    "id string, type string, subtype string, name string, aliases array<string>, mentions long, "
    "code string, background string, doubtful boolean"
)
CLAIMS = (
    "id string, subject string, predicate string, object string, value string, datatype string, "
    "printed string, qualifier string, high string, anchor string, anchor_source string, "
    "status string, confidence double, "
    "rule string, trigger string, source string"
)
EVIDENCE = "claim string, document string, start long, end long, quote string"
# The table of documents has all; a report is to be read.
NAMED = 1000


@dataclass(frozen=True)
class Summary:
    """What came of a job: counts by kind, the first documents that were skipped, corrections.

    ``others`` counts by kind what lay beside the documents and was not to be read.
    ``statements`` are those of all shards; by them whoever reads the shards sees that none is
    missing. ``left_out`` are the claims whose confidence is below ``min_confidence``.
    """

    version: str
    ontology: str
    base: str
    statements: int
    counts: dict[str, dict[str, int]]
    skipped: tuple[Skipped, ...]
    others: dict[str, int]
    notes: tuple[str, ...]
    corrections: Account
    min_confidence: float = 0.0
    left_out: int = 0

    @property
    def complete(self) -> bool:
        """Whether every document was read, and every line of the corrections."""
        return not (self.counts["total"]["skipped"] or self.corrections.unreadable)

    def json(self) -> str:
        """The report for programs."""
        whole = {"engine": "spark", **asdict(self), "corrections": self.corrections.plain()}
        return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def nquads(statements: DataFrame, folder: Folder) -> None:
    """Write the lines: those that several records state are brought together, and stand once."""
    own = statements.filter("kind = 'own'").select("line")
    shared = statements.filter("kind = 'shared'").select("line").distinct()
    own.unionByName(shared).write.text(folder.fresh("nquads"))
    folder.publish("nquads", ".nq")


def tables(statements: DataFrame, outcomes: DataFrame, folder: Folder) -> None:
    """Write the Parquet tables of entities, claims, evidence and documents."""
    claims, documents = statements.filter("kind = 'claim'"), outcomes.filter("other = ''")
    for name, rows in (
        ("entities", statements.filter("kind = 'entity'").mapInPandas(_entities, ENTITIES)),
        ("claims", claims.mapInPandas(_claims, CLAIMS)),
        ("evidence", claims.mapInPandas(_evidence, EVIDENCE)),
        ("documents", documents.select("name", "id", "media", "characters", "problem")),
    ):
        rows.write.parquet(folder.fresh(name))
        folder.publish(name)


def _records(frames: Frames) -> Iterator[Any]:
    return (pickle.loads(row.body) for frame in frames for row in rows_of(frame))  # noqa: S301


def _entities(frames: Frames) -> Frames:
    yield from framed(map(_entity, _records(frames)), ENTITIES)


def _entity(e: Entity) -> tuple[Any, ...]:
    own = e.id, e.type, e.subtype, e.name
    return *own, list(e.aliases), e.mentions, e.code, e.background, e.doubtful


def _claims(frames: Frames) -> Frames:
    yield from framed(map(_claim, _records(frames)), CLAIMS)


def _claim(f: Fact) -> tuple[Any, ...]:
    v = f.value
    value_columns = ("",) * 7
    if v:
        value_columns = (v.lexical, v.datatype, v.printed, v.qualifier, v.high, v.anchor, v.source)
    what = (f.id, f.subject, f.predicate, f.object, *value_columns)
    return (*what, f.status, f.confidence, f.rule, f.trigger, f.source)


def _evidence(frames: Frames) -> Frames:
    quoted = (f for f in _records(frames) if f.document)
    yield from framed(((f.id, f.document, f.start, f.end, f.quote) for f in quoted), EVIDENCE)


def counts(entities: DataFrame, claims: DataFrame, outcomes: DataFrame) -> dict[str, Any]:
    """What there is, by class, predicate and status; as the report of a local build counts."""
    stated = claims.filter("source = ''")
    mentioned = entities.filter("mentions > 0")
    good, bad = outcomes.filter(GOOD), outcomes.filter("problem != ''")
    classes, predicates = _by(mentioned, "type"), _by(stated, "predicate")
    mentions = mentioned.groupBy().sum("mentions").collect()[0][0] or 0
    background = (entities.count() - mentioned.count(), claims.count() - stated.count())
    return {
        "total": {
            "documents": good.select("id").distinct().count(),
            "skipped": bad.count(),
            "entities": sum(classes.values()),
            "facts": sum(predicates.values()),
            "mentions": int(mentions),
            "background entities": background[0],
            "background facts": background[1],
        },
        "classes": classes,
        "predicates": predicates,
        "statuses": _by(stated.filter("status != ''"), "status"),
    }


def others(outcomes: DataFrame) -> dict[str, int]:
    """How many files of each other kind there were among the sources."""
    return _by(outcomes.filter("other != ''"), "other")


def _by(table: DataFrame, column: str) -> dict[str, int]:
    counts = Counter({row[0]: row[1] for row in table.groupBy(column).count().collect()})
    return dict(sorted(counts.items()))
