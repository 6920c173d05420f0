"""Sources in, a folder of shards and tables out: the stations of a build as one Spark job.

    files → extract (Python workers) → tell (each text once) → join (things by their IRIs)
    → background (the few thousand codes, here) → write

What stands between stations lies in Parquet in the folder of the graph: a machine that dies
costs what it was doing, not what was done. The same documents give the same statements as a
local build, in any number of parts.
"""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from kg.background import background, place
from kg.child import Bounds
from kg.errors import KgError, ReadError, StoreError
from kg.gathered import entity_iri
from kg.ontology import load
from kg.records import Skipped
from kg.review.book import opened
from kg.settings import default
from kg.spark.session import check, first_line, running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pyspark.sql import DataFrame, SparkSession

    from kg.ontology import Ontology
    from kg.spark.folder import Folder
    from kg.spark.write import Summary

# Every worker unpacks the ontology in a folder of this name.
RULES = "ontology"
NOTE = (
    "reprints, contradictions and violations of the shapes need the whole graph in one place: "
    "this report has none"
)


def build(
    sources: Sequence[str],
    directory: str = default("directory"),
    *,
    master: str = default("master"),
    workers: int = default("workers"),
    partitions: int = default("partitions"),
    base: str = default("base"),
    file_timeout: float = default("file_timeout"),
    file_memory: int = default("file_memory"),
    corrections: str | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Summary:
    """Read files and folders into N-Quads shards and Parquet tables.

    Args:
        sources: Files, folders and globs; of this machine, or with the scheme of a file system
            that Spark knows (``hdfs://``, ``s3a://``).
        directory: Where the shards and tables are written, as with sources.
        master: The address of the cluster; ``""`` for this machine.
        workers: How many tasks run at a time, on this machine.
        partitions: How many parts the work is cut into; 0 leaves it to Spark.
        base: What the IRIs of the graph begin with.
        file_timeout: Processor time that one file may take, in seconds.
        file_memory: Memory that one file may take, in MiB.
        corrections: The file of what people decided; one that holds decisions is refused.
        progress: Told what has been done, station by station.

    Raises:
        MissingExtraError: If Java or pyspark is missing.
        ReadError: If nothing could be read.
        StoreError: If the folder cannot be written, or holds the graph of a local build.
        KgError: If Spark does not start, or the job fails.
    """
    check()
    refuse(directory, corrections)
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    ontology, bounds = load(), Bounds(file_timeout, file_memory)
    with packed(ontology.folder) as archive, running(master, workers, partitions) as spark:
        try:
            spark.sparkContext.addArchive(f"{archive}#{RULES}")
            return _Job(spark, directory, ontology, base, partitions, progress).run(sources, bounds)
        except (Py4JError, PySparkException) as error:
            raise KgError(f"the Spark job failed: {first_line(error)}") from error


@contextmanager
def packed(folder: Path) -> Iterator[str]:
    """Give the ontology as an archive: Spark brings no folder of this machine to others."""
    with TemporaryDirectory(prefix="kg-") as place:
        fresh = shutil.copytree(
            folder, Path(place) / RULES, ignore=shutil.ignore_patterns("__pycache__")
        )
        yield shutil.make_archive(str(fresh), "zip", fresh)


def refuse(directory: str, corrections: str | None) -> None:
    """See that nothing is asked that a job cannot do, before anything is begun."""
    here = Path(directory)
    if (here / "store" / "current").exists():
        raise StoreError(
            f"{directory}: holds the graph of a local build; choose another folder with -o"
        )
    book, path = opened(here, corrections)
    if book.decisions:
        raise ReadError(
            f"{path}: holds {len(book.decisions)} decisions of people, which need the whole graph "
            "in one place; use --engine local, or build without them"
        )


class _Job:
    """One run: where it writes, and what its stations need to know."""

    def __init__(
        self,
        spark: SparkSession,
        directory: str,
        ontology: Ontology,
        base: str,
        partitions: int,
        progress: Callable[[str], None],
    ) -> None:
        from kg.spark.folder import Folder

        self.spark, self.ontology, self.base = spark, ontology, base
        self.partitions, self.progress = partitions, progress
        self.folder: Folder = Folder(spark, directory)
        self.rules = RULES

    def run(self, sources: Sequence[str], bounds: Bounds) -> Summary:
        from kg.spark.write import nquads, tables

        try:
            outcomes = self.extracted(sources, bounds)
            told = self.told(outcomes)
            joined = self.joined(told)
            whole = told.unionByName(joined).unionByName(self.background(joined))
            nquads(whole, self.folder)
            tables(whole, outcomes, self.folder)
            self.progress("wrote the shards and tables")
            return self.summary(outcomes)
        finally:
            self.folder.close()

    def kept(self, name: str, table: DataFrame, by: str = "") -> DataFrame:
        """Write a table, and go on with what was written: nothing is worked out twice."""
        path = self.folder.fresh(name)
        (table.write.partitionBy(by) if by else table.write).parquet(path)
        return self.spark.read.schema(table.schema).parquet(path)

    def extracted(self, sources: Sequence[str], bounds: Bounds) -> DataFrame:
        """What came of each file."""
        from kg.spark.read import files
        from kg.spark.work import OUTCOMES, Extraction

        found = files(self.spark, sources, self.partitions)
        read = found.mapInPandas(Extraction(self.rules, bounds), OUTCOMES)
        outcomes = self.kept("outcomes", read)
        good = outcomes.filter("problem = ''").count()
        if not good:
            raise ReadError(nothing(outcomes))
        self.progress(f"read {good} documents")
        return outcomes

    def told(self, outcomes: DataFrame) -> DataFrame:
        """What each text says; one under several names counts once, as ``kg.weave`` has it."""
        from pyspark.sql import functions as f

        from kg.spark.work import TOLD, Telling

        texts = (
            outcomes.filter("problem = ''")
            .groupBy("id")
            .agg(
                f.min(f.struct("name", "path", "document")).document.alias("document"),
                f.max(f.struct("name", "path", "reading")).reading.alias("reading"),
                f.sort_array(f.collect_list("name")).alias("names"),
            )
        )
        told = texts.mapInPandas(Telling(self.rules, self.base), TOLD)
        return self.kept("told", told, "kind")

    def joined(self, told: DataFrame) -> DataFrame:
        """The things that texts name, each from all that is gathered of it anywhere."""
        from kg.spark.work import TOLD, Joining

        things = told.filter("kind = 'thing'").select("key", "body")
        parts = self.partitions
        parted = things.repartition(parts, "key") if parts else things.repartition("key")
        ordered = parted.sortWithinPartitions("key")
        joined = self.kept(
            "joined", ordered.mapInPandas(Joining(self.rules, self.base), TOLD), "kind"
        )
        entities = joined.filter("kind = 'entity'").count()
        self.progress(f"joined what they say of {entities} things")
        return joined

    def background(self, joined: DataFrame) -> DataFrame:
        """The divisions that hold places: there are but a few thousand codes in all."""
        from kg.spark.work import TOLD, of_entity, of_facts
        from kg.triples import Writer

        rows = joined.filter("kind = 'code'").select("key", "line").distinct().collect()
        coded = {tuple(row.key.split("\t")) for row in rows}
        said = {tuple(row.key.split("\t")) for row in rows if row.line}
        entities, facts = {}, {}
        for type_, code in coded - said:
            entity = place(type_, code, self.ontology, self.base)
            entities[entity.id] = entity
        for entity, fact in background(coded, self.ontology, self.base):
            entities[entity.id], facts[fact.id] = entity, fact
        there = {entity_iri(self.base, type_, "", code) for type_, code in said}
        writer = Writer(self.ontology, self.base, ())
        made: list[tuple[Any, ...]] = []
        for iri in sorted(entities.keys() - there):
            made += of_entity(writer, entities[iri])
        made += of_facts(writer, (facts[id_] for id_ in sorted(facts)), self.base)
        return self.spark.createDataFrame(made, TOLD)

    def summary(self, outcomes: DataFrame) -> Summary:
        """Count what was written, and leave the report beside it."""
        from kg import __version__
        from kg.spark.write import NAMED, Summary, counts

        entities, claims = (
            self.spark.read.parquet(f"{self.folder.home}/{name}") for name in ("entities", "claims")
        )
        bad = outcomes.filter("problem != ''").orderBy("name").limit(NAMED)
        skipped = tuple(Skipped(row.name, row.problem) for row in bad.collect())
        found = counts(entities, claims, outcomes)
        summary = Summary(__version__, self.ontology.version, self.base, found, skipped, (NOTE,))
        self.folder.write("report.json", summary.json().encode())
        return summary


def nothing(outcomes: DataFrame) -> str:
    """Why there is no graph: what became of the sources."""
    first = [f"{row.name}: {row.problem}" for row in outcomes.orderBy("name").limit(5).collect()]
    if not first:
        return "the sources hold no file; name a folder or files to read"
    more = outcomes.count() - len(first)
    return f"nothing could be read: {'; '.join(first)}{f'; and {more} more' if more else ''}"
