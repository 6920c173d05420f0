"""What a Python worker does with its part of a table, batch by batch.

Each function here is pure but for the process that it reads files in, so Spark may run any of
them again, elsewhere or twice, and gets the same rows. Records travel between stations as
pickles, which both ends of this program make and read.
"""

from __future__ import annotations

import pickle
from dataclasses import replace
from itertools import groupby
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, ClassVar

from kg.base.errors import ReadError
from kg.base.records import Source
from kg.corpus.assemble import facts_of_text
from kg.corpus.background import zones
from kg.corpus.confidence import is_below
from kg.corpus.entity_merging import EntityEvidence
from kg.ontology import load
from kg.read import File
from kg.run.reading.reader_process import ReaderProcess
from kg.run.reading.workers import TICK
from kg.run.spark.frames import framed, rows_of
from kg.run.spark.lines import (
    STATEMENTS,
    of_compounds,
    of_entity,
    of_facts,
    of_reference,
    of_source,
    things,
)
from kg.store.rdf.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd
    from pyspark.sql import DataFrame

    from kg.base.records import Document, Fact, Reading
    from kg.ontology import Ontology
    from kg.run.reading.child import Bounds
    from kg.run.reading.outcome import Outcome
    from kg.run.spark.progress import Counters
    from kg.run.spark.rules import Rules

    Frames = Iterator[pd.DataFrame]

OUTCOMES = (
    "name string, path string, problem string, other string, id string, media string, "
    "characters long, document binary, reading binary"
)
# The rows of outcomes that are documents.
GOOD = "problem = '' and other = ''"
# So many things are gathered before they go to Spark.
GATHERED = 20_000


class Extraction:
    """Files in, what came of each out, by ``Frames``: one process reads them, under limits."""

    def __init__(self, rules: Rules, bounds: Bounds, counters: Counters) -> None:
        self.rules, self.bounds, self.counters = rules, bounds, counters

    def __call__(self, frames: Frames) -> Frames:
        reader = Reader.of(self.rules.folder(), self.bounds)
        yield from framed((self.row(reader, r) for f in frames for r in rows_of(f)), OUTCOMES)

    def row(self, reader: Reader, row: Any) -> tuple[Any, ...]:
        if row.other:
            return row.name, row.path, "", row.other, "", "", 0, None, None
        data = None if row.content is None else bytes(row.content)
        outcome = reader.outcome(File(row.path, row.name, row.problem, data))
        self.counters.add(outcome.problem)
        document = outcome.document
        if document is None:
            return row.name, row.path, outcome.problem, "", "", "", 0, None, None
        bodies = (pickle.dumps(document), pickle.dumps(outcome.reading))
        size = len(document.text)
        return row.name, row.path, "", "", document.id, document.media, size, *bodies


class Reader:
    """The process that reads the files of this worker, and the thread that watches it.

    It serves one part after the other, since its start takes as long as dozens of documents; it
    ends with the worker, whose end of the pipe it reads from.
    """

    current: ClassVar[Reader | None] = None

    def __init__(self, ontology: str, bounds: Bounds) -> None:
        self.ontology, self.bounds = ontology, bounds
        self.process: ReaderProcess | None = None
        self.ended = Event()
        Thread(target=self._watch, daemon=True).start()

    @classmethod
    def of(cls, ontology: str, bounds: Bounds) -> Reader:
        """That of this worker, which may have served another job before."""
        known = cls.current
        if known and (known.ontology, known.bounds) != (ontology, bounds):
            known.close()
            known = None
        cls.current = known or cls(ontology, bounds)
        return cls.current

    def outcome(self, file: File) -> Outcome:
        """What came of a file; there always is something.

        If its process dies and the file may be no fault of it, another process reads it again:
        what happens to a machine must not decide what stands in a graph.
        """
        outcome, felled = self._once(file)
        return self._once(file)[0] if felled else outcome

    def close(self) -> None:
        """End the process, if there is one."""
        self.ended.set()
        spent, self.process = self.process, None
        if spent:
            spent.close()

    def _once(self, file: File) -> tuple[Outcome, bool]:
        process = self.process = self.process or self._opened()
        outcome = process.outcome(file)
        if not process.good:
            self.process = None
            process.close()
        return outcome, process.felled

    def _opened(self) -> ReaderProcess:
        fresh = ReaderProcess(self.ontology, self.bounds)
        try:
            fresh.wait_until_ready()
        except ReadError:
            fresh.close()
            raise
        return fresh

    def _watch(self) -> None:
        while not self.ended.wait(TICK):
            if process := self.process:
                process.watch()


class FactExtraction:
    """Documents in, what each says out: lines, claims, and what is gathered of things.

    ``least`` is the least confidence of a claim that posts and deals follow from.
    """

    def __init__(self, rules: Rules, base: str, least: float = 0.0) -> None:
        self.rules, self.base, self.least = rules, base, least

    def __call__(self, frames: Frames) -> Frames:
        yield from framed(self.rows(frames), STATEMENTS)

    def rows(self, frames: Frames) -> Iterator[tuple[Any, ...]]:
        ontology = load(self.rules.folder())
        gathered: dict[str, EntityEvidence] = {}
        for source, facts in facts_of_rows(frames, gathered, ontology, self.base):
            writer = Writer(ontology, self.base, [source])
            yield from of_source(writer, source)
            yield from of_facts(writer, facts.values())
            yield from of_compounds(writer, source, facts.values(), ontology, self.least)
            if len(gathered) > GATHERED:
                yield from things(gathered, ontology, self.base)
                gathered.clear()
        yield from things(gathered, ontology, self.base)


class BelowThreshold:
    """Claims in, the keys of those out that are not sure enough."""

    def __init__(self, least: float) -> None:
        self.least = least

    def __call__(self, frames: Frames) -> Frames:
        for frame in frames:
            facts = map(pickle.loads, frame["body"])
            doubtful = [is_below(fact, self.least) for fact in facts]
            yield frame.loc[doubtful, ["key"]]


class EntityJoining:
    """Things gathered apart in, in order of their IRIs; entities, and what holds zones, out."""

    def __init__(self, rules: Rules, base: str) -> None:
        self.rules, self.base = rules, base

    def __call__(self, frames: Frames) -> Frames:
        yield from framed(self.rows(frames), STATEMENTS)

    def rows(self, frames: Frames) -> Iterator[tuple[Any, ...]]:
        ontology = load(self.rules.folder())
        pairs = ((row.key, row.body) for frame in frames for row in rows_of(frame))
        for iri, group in groupby(pairs, key=lambda pair: pair[0]):
            parts = (pickle.loads(body) for _, body in group)  # noqa: S301
            whole: EntityEvidence = next(parts)
            for part in parts:
                whole.join(part)
            yield from of_thing(iri, whole, ontology, self.base)


def facts_of_rows(
    frames: Frames, gathered: dict[str, EntityEvidence], ontology: Ontology, base: str
) -> Iterator[tuple[Source, dict[str, Fact]]]:
    """What each text says, as ``kg.corpus.assemble.facts_of_text`` has it.

    The texts as ``texts`` gives them.
    """
    for row in (row for frame in frames for row in rows_of(frame)):
        first: Document = pickle.loads(row.document)  # noqa: S301
        reading: Reading = pickle.loads(row.reading)  # noqa: S301
        documents = [replace(first, name=name) for name in row.names]
        yield facts_of_text(documents, reading, gathered, ontology, base)


def texts(outcomes: DataFrame) -> DataFrame:
    """The documents among outcomes, each text once, with all its names in their order."""
    from pyspark.sql import functions as f

    return (
        outcomes.filter(GOOD)
        .groupBy("id")
        .agg(
            f.min(f.struct("name", "path", "document")).document.alias("document"),
            f.max(f.struct("name", "path", "reading")).reading.alias("reading"),
            f.sort_array(f.collect_list("name")).alias("names"),
        )
    )


def of_thing(
    iri: str, whole: EntityEvidence, ontology: Ontology, base: str
) -> Iterator[tuple[Any, ...]]:
    """The rows of one thing, of the divisions that hold it if it is a zone, and its code."""
    writer = Writer(ontology, base, ())
    yield from of_entity(writer, whole.entity(iri))
    zone_facts = list(zones(iri, whole, ontology, base))
    for _, fact in zone_facts:
        yield from of_reference(writer, fact)
    codes = [(whole.type, whole.code, "said")] if whole.code else []
    codes += [(entity.type, entity.code, "") for entity, _ in zone_facts]
    yield from (("code", f"{type_}\t{code}", stated, None) for type_, code, stated in codes)
