"""Build a folder of shards and tables: the stations of a build as one Spark job.

    files → extract (Python workers) → tell (each text once) → join (things by their IRIs)
    → background (the few thousand codes, here) → correct (what people decided) → write

What stands between stations lies in Parquet in the folder of the graph: a machine that dies
costs what it was doing, not what was done. The same documents give the same statements as a
local build, in any number of parts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING, Any

from kg.base.errors import KgError, ReadError, StoreError
from kg.base.records import Knowledge, Skipped
from kg.base.settings import default
from kg.corpus.background import background, place
from kg.corpus.confidence import left_out_note
from kg.corpus.entity_merging import entity_iri
from kg.ontology import load
from kg.query.table import counted
from kg.review.account import Account
from kg.review.apply.names import learned_ontology
from kg.review.apply.replay import Replayed
from kg.review.apply.verdicts import verdicts
from kg.review.book import Book, open_corrections
from kg.run.reading.child import Bounds
from kg.run.spark.session import check, first_line, running

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from pyspark.sql import DataFrame, SparkSession

    from kg.base.records import Entity, Fact
    from kg.ontology import Ontology
    from kg.run.spark.corrections.tables import Tables
    from kg.run.spark.folder import Folder
    from kg.run.spark.progress import Counters
    from kg.run.spark.write import Summary

NOTE = (
    "reprints, contradictions and violations of the shapes need the whole graph in one place: "
    "this report has none"
)


@dataclass(frozen=True)
class JobSettings:
    """What is asked of a job, but for its sources; as ``build`` has it.

    ``book`` is what people decided, and ``beside`` its file, which is no document; ``least`` is
    the least confidence of a claim.
    """

    directory: str
    base: str = default("base")
    partitions: int = default("partitions")
    bounds: Bounds = field(default_factory=Bounds)
    least: float = default("min_confidence")
    progress: Callable[[str], None] = lambda _: None
    book: Book = field(default_factory=Book)
    beside: Path | None = None


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
    min_confidence: float = default("min_confidence"),
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
        corrections: The file of what people decided, of this machine; by default
            ``corrections.jsonl`` in the folder, if there is one.
        min_confidence: Claims of a lower confidence are left out, but for those that people
            accepted.
        progress: Told what has been done, station by station.

    Raises:
        MissingExtraError: If Java or pyspark is missing.
        ReadError: If nothing could be read, or the corrections cannot be.
        StoreError: If the folder cannot be written, or holds the graph of a local build.
        KgError: If Spark does not start, or the job fails.
    """
    check()
    refuse(directory)
    book, beside = open_corrections(Path(directory), corrections)
    bounds = Bounds(file_timeout, file_memory)
    settings = JobSettings(
        directory, base, partitions, bounds, float(min_confidence), progress, book, beside
    )
    with running(master, workers, partitions) as spark:
        return run(spark, sources, settings)


def run(spark: SparkSession, sources: Sequence[str], settings: JobSettings) -> Summary:
    """Build in a Spark that runs already; like ``build``."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        return _Job(spark, settings, load()).run(sources)
    except (Py4JError, PySparkException) as error:
        raise KgError(f"the Spark job failed: {first_line(error)}") from error


def refuse(directory: str) -> None:
    """See that the folder holds no graph of another kind, before anything is begun."""
    if (Path(directory) / "store" / "current").exists():
        raise StoreError(
            f"{directory}: holds the graph of a local build; choose another folder with -o"
        )


class _Job:
    """One run: where it writes, and what its stations need to know."""

    def __init__(self, spark: SparkSession, settings: JobSettings, ontology: Ontology) -> None:
        from kg.run.spark.folder import Folder
        from kg.run.spark.rules import send_rules

        self.spark, self.ontology = spark, ontology
        self.rules = send_rules(spark, ontology.folder)
        with learned_ontology(ontology, settings.book, Path(gettempdir())) as pages:
            self.pages = send_rules(spark, pages)
        self.book, self.beside = settings.book, settings.beside
        self.base, self.partitions = settings.base, settings.partitions
        self.bounds, self.least, self.progress = settings.bounds, settings.least, settings.progress
        self.counted: list[str] = []
        self.folder: Folder = Folder(spark, settings.directory)

    def run(self, sources: Sequence[str]) -> Summary:
        from kg.run.spark.progress import Counters
        from kg.run.spark.write import nquads, tables

        try:
            counters = Counters.of(self.spark)
            with self.station("reading documents", counters):
                outcomes = self.extracted(sources, counters)
            with self.station("telling what each document says"):
                texts = self.texts(outcomes)
                statements = self.statements(texts)
            with self.station("joining what they say of one thing"):
                joined = self.joined(statements)
            before = self.tables(texts, statements, joined)
            with self.station("replaying what people decided"):
                whole, replayed = self.corrected(before)
                whole, left_out = self.sure(whole)
            with self.station("writing the shards"):
                nquads(whole, self.folder)
            with self.station("writing the tables"):
                tables(whole, outcomes, self.folder)
                self.progress("wrote the shards and tables")
                return self.summary(outcomes, replayed, left_out)
        finally:
            self.folder.close()

    def station(self, what: str, counters: Counters | None = None) -> AbstractContextManager[None]:
        from kg.run.spark.progress import station

        group = f"kg build {self.folder.home}"
        return station(
            self.spark, what, self.progress, group=group, counters=counters, counted=self.counted
        )

    def count(self, message: str) -> None:
        """Tell what a station has counted, here and on Spark's pages of those to come."""
        self.progress(message)
        self.counted.append(message)

    def save(self, name: str, table: DataFrame, by: str = "") -> DataFrame:
        """Write a table, and go on with what was written: nothing is worked out twice."""
        path = self.folder.fresh(name)
        (table.write.partitionBy(by) if by else table.write).parquet(path)
        return self.spark.read.schema(table.schema).parquet(path)

    def extracted(self, sources: Sequence[str], counters: Counters) -> DataFrame:
        """What came of each file."""
        from kg.run.spark.read import files
        from kg.run.spark.work import GOOD, OUTCOMES, Extraction

        listed = files(self.spark, sources, self.partitions, self.beside)
        read = listed.mapInPandas(Extraction(self.pages, self.bounds, counters), OUTCOMES)
        outcomes = self.save("outcomes", read)
        good = outcomes.filter(GOOD).count()
        if not good:
            raise ReadError(nothing(outcomes))
        bad = outcomes.filter("problem != ''").count()
        skipped = f", skipped {bad}" if bad else ""
        self.count(f"read {counted(good, 'document')}{skipped}")
        return outcomes

    def texts(self, outcomes: DataFrame) -> DataFrame:
        """Each text once, as ``kg.corpus.assemble`` has it.

        Written where decisions need them again.
        """
        from kg.run.spark.work import texts

        table = texts(outcomes)
        return self.save("texts", table) if self.book.decisions else table

    def statements(self, texts: DataFrame) -> DataFrame:
        """What each text says."""
        from kg.run.spark.lines import STATEMENTS
        from kg.run.spark.work import FactExtraction

        extraction = FactExtraction(self.rules, self.base, self.least)
        return self.save("told", texts.mapInPandas(extraction, STATEMENTS), "kind")

    def joined(self, statements: DataFrame) -> DataFrame:
        """The things that texts name, each from all that is gathered of it anywhere."""
        from kg.run.spark.lines import STATEMENTS
        from kg.run.spark.work import EntityJoining

        things = statements.filter("kind = 'thing'").select("key", "body")
        parts = self.partitions
        by_key = things.repartition(parts, "key") if parts else things.repartition("key")
        ordered = by_key.sortWithinPartitions("key")
        joined = self.save(
            "joined", ordered.mapInPandas(EntityJoining(self.rules, self.base), STATEMENTS), "kind"
        )
        entities = joined.filter("kind = 'entity'").count()
        self.count(f"joined what they say of {counted(entities, 'thing')}")
        return joined

    def tables(self, texts: DataFrame, statements: DataFrame, joined: DataFrame) -> Tables:
        """All that the documents say, and the divisions that hold the places they name."""
        from kg.run.spark.corrections.tables import Tables
        from kg.run.spark.lines import STATEMENTS, of_entity, of_reference
        from kg.store.rdf.writer import Writer

        places, holding = self.background(joined)
        writer = Writer(self.ontology, self.base, ())
        background_rows: list[tuple[Any, ...]] = []
        for entity in places:
            background_rows += of_entity(writer, entity)
        for fact in holding:
            background_rows += of_reference(writer, fact)
        background = self.spark.createDataFrame(background_rows, STATEMENTS)
        rows = statements.unionByName(joined).unionByName(background)
        return Tables(texts, statements, joined, places, holding, rows)

    def background(self, joined: DataFrame) -> tuple[tuple[Entity, ...], tuple[Fact, ...]]:
        """The divisions that hold places: there are but a few thousand codes in all."""
        rows = joined.filter("kind = 'code'").select("key", "line").distinct().collect()
        coded = {tuple(row.key.split("\t")) for row in rows}
        stated = {tuple(row.key.split("\t")) for row in rows if row.line}
        entities, facts = {}, {}
        for type_, code in coded - stated:
            entity = place(type_, code, self.ontology, self.base)
            entities[entity.id] = entity
        for entity, fact in background(coded, self.ontology, self.base):
            entities[entity.id], facts[fact.id] = entity, fact
        stated_iris = {entity_iri(self.base, type_, "", code) for type_, code in stated}
        return (
            tuple(entities[iri] for iri in sorted(entities.keys() - stated_iris)),
            tuple(facts[id_] for id_ in sorted(facts)),
        )

    def corrected(self, tables: Tables) -> tuple[DataFrame, Replayed]:
        """What the graph says after what people decided, and what came of that."""
        from kg.run.spark.corrections.decided import Correcting

        chosen = verdicts(self.book.decisions)
        if not chosen.in_force:
            return tables.rows, Replayed(
                Knowledge(), frozenset(), chosen.orphaned, chosen.contested
            )
        correcting = Correcting(
            self.spark, self.rules, self.ontology, self.base, self.save, self.least
        )
        whole, replayed = correcting.corrected(tables, chosen)
        decisions, lost = counted(len(self.book.decisions), "decision"), len(replayed.orphaned)
        self.count(f"replayed {decisions} of people" + (f", {lost} orphaned" if lost else ""))
        return whole, replayed

    def sure(self, rows: DataFrame) -> tuple[DataFrame, int]:
        """The rows without those of claims that are not sure enough, and how many claims went."""
        from kg.run.spark.work import BelowThreshold

        if not self.least:
            return rows, 0
        claims = rows.filter("kind = 'claim'")
        unsure = self.save("unsure", claims.mapInPandas(BelowThreshold(self.least), "key string"))
        return rows.join(unsure, "key", "left_anti").select(rows.columns), unsure.count()

    def summary(self, outcomes: DataFrame, replayed: Replayed, left_out: int) -> Summary:
        """Count what was written, and leave the report beside it."""
        from kg import __version__
        from kg.run.spark.write import NAMED, Summary, counts, others

        entities, claims = (
            self.spark.read.parquet(f"{self.folder.home}/{name}") for name in ("entities", "claims")
        )
        bad = outcomes.filter("problem != ''").orderBy("name").limit(NAMED)
        skipped = tuple(Skipped(row.name, row.problem) for row in bad.collect())
        totals = counts(entities, claims, outcomes)
        summary = Summary(
            __version__,
            self.ontology.version,
            self.base,
            self.spark.read.text(f"{self.folder.home}/nquads").count(),
            totals,
            skipped,
            others(outcomes),
            (NOTE, *replayed.notes, *left_out_note(left_out, self.least)),
            Account.of(self.book, replayed),
            self.least,
            left_out,
        )
        self.folder.write("report.json", summary.json().encode())
        return summary


def nothing(outcomes: DataFrame) -> str:
    """Why there is no graph: what became of the sources."""
    from kg.run import other_files as others
    from kg.run.spark.write import others as counted_others

    bad = outcomes.filter("problem != ''")
    first = [f"{row.name}: {row.problem}" for row in bad.orderBy("name").limit(5).collect()]
    if not first:
        return f"the sources: {others.no_documents(counted_others(outcomes))}"
    more = bad.count() - len(first)
    return f"nothing could be read: {'; '.join(first)}{f'; and {more} more' if more else ''}"
