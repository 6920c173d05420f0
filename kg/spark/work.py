"""What a Python worker does with its part of a table: batches of rows in, batches of rows out.

Each function here is pure but for the process that it reads files in, so Spark may run any of
them again, elsewhere or twice, and gets the same rows. Records travel between stations as
pickles, which both ends of this program make and read.
"""

from __future__ import annotations

import pickle
from dataclasses import replace
from functools import cache
from itertools import groupby
from threading import Thread
from time import sleep
from typing import TYPE_CHECKING, Any, Self

from kg.background import zones
from kg.gathered import Gathered
from kg.keeper import Keeper
from kg.ontology import load
from kg.read import File
from kg.records import Source
from kg.rows import read
from kg.triples import Writer
from kg.weave import tell
from kg.workers import TICK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandas as pd

    from kg.child import Bounds
    from kg.ontology import Ontology
    from kg.outcome import Outcome
    from kg.records import Document, Entity, Fact, Reading
    from kg.rows import Row

    Frames = Iterator[pd.DataFrame]

OUTCOMES = (
    "name string, path string, problem string, id string, media string, characters long, "
    "document binary, reading binary"
)
# kinds: own (a line of one record alone), shared (one that several may state), thing (what is
# gathered of a thing, by its IRI), claim (a Fact), entity (an Entity), code (a place with one).
TOLD = "kind string, key string, line string, body binary"
# Bytes of bodies that go to Spark at a time, and things that are gathered before they do.
MOST, GATHERED = 16 << 20, 20_000


class Extraction:
    """Files in, what came of each out, by ``Frames``: one process reads them, under limits."""

    def __init__(self, ontology: str, bounds: Bounds) -> None:
        self.ontology, self.bounds = ontology, bounds

    def __call__(self, frames: Frames) -> Frames:
        reader = Reader.of(folder_of(self.ontology), self.bounds)
        yield from framed((self.row(reader, r) for f in frames for r in rows_of(f)), OUTCOMES)

    @staticmethod
    def row(reader: Reader, row: Any) -> tuple[Any, ...]:
        data = None if row.content is None else bytes(row.content)
        outcome = reader.outcome(File(row.path, row.name, row.problem, data))
        document = outcome.document
        if document is None:
            return row.name, row.path, outcome.problem, "", "", 0, None, None
        bodies = (pickle.dumps(document), pickle.dumps(outcome.reading))
        size = len(document.text)
        return row.name, row.path, "", document.id, document.media, size, *bodies


class Reader:
    """The process that reads the files of this worker, and the thread that watches it.

    It serves one part after the other, since its start takes as long as dozens of documents; it
    ends with the worker, whose end of the pipe it reads from.
    """

    def __init__(self, ontology: str, bounds: Bounds) -> None:
        self.ontology, self.bounds = ontology, bounds
        self.keeper: Keeper | None = None
        Thread(target=self._watch, daemon=True).start()

    @classmethod
    @cache
    def of(cls, ontology: str, bounds: Bounds) -> Self:
        """That of this worker."""
        return cls(ontology, bounds)

    def outcome(self, file: File) -> Outcome:
        """What came of a file; there always is something."""
        if self.keeper is None:
            self.keeper = Keeper(self.ontology, self.bounds)
            self.keeper.opened()
        outcome = self.keeper.outcome(file)
        if not self.keeper.good:
            spent, self.keeper = self.keeper, None
            spent.close()
        return outcome

    def _watch(self) -> None:
        while True:
            sleep(TICK)
            if keeper := self.keeper:
                keeper.watch()


class Telling:
    """Documents in, what each says out: lines, claims, and what is gathered of things."""

    def __init__(self, ontology: str, base: str) -> None:
        self.ontology, self.base = ontology, base

    def __call__(self, frames: Frames) -> Frames:
        yield from framed(self.rows(frames), TOLD)

    def rows(self, frames: Frames) -> Iterator[tuple[Any, ...]]:
        ontology = load(folder_of(self.ontology))
        gathered: dict[str, Gathered] = {}
        for row in (row for frame in frames for row in rows_of(frame)):
            first: Document = pickle.loads(row.document)  # noqa: S301
            reading: Reading = pickle.loads(row.reading)  # noqa: S301
            documents = [replace(first, name=name) for name in row.names]
            source, facts = tell(documents, reading, gathered, ontology, self.base)
            writer = Writer(ontology, self.base, [source])
            yield from of_source(writer, source)
            yield from of_facts(writer, facts.values(), self.base)
            if len(gathered) > GATHERED:
                yield from things(gathered)
                gathered = {}
        yield from things(gathered)


class Joining:
    """Things gathered apart in, in order of their IRIs; entities, and what holds zones, out."""

    def __init__(self, ontology: str, base: str) -> None:
        self.ontology, self.base = ontology, base

    def __call__(self, frames: Frames) -> Frames:
        yield from framed(self.rows(frames), TOLD)

    def rows(self, frames: Frames) -> Iterator[tuple[Any, ...]]:
        ontology = load(folder_of(self.ontology))
        pairs = ((row.key, row.body) for frame in frames for row in rows_of(frame))
        for iri, group in groupby(pairs, key=lambda pair: pair[0]):
            parts = (pickle.loads(body) for _, body in group)  # noqa: S301
            whole: Gathered = next(parts)
            for part in parts:
                whole.join(part)
            yield from of_thing(iri, whole, ontology, self.base)


def of_thing(iri: str, whole: Gathered, ontology: Ontology, base: str) -> Iterator[tuple[Any, ...]]:
    """The rows of one thing, of the divisions that hold it if it is a zone, and its code."""
    writer = Writer(ontology, base, ())
    yield from of_entity(writer, whole.entity(iri))
    held = list(zones(iri, whole, ontology, base))
    yield from of_facts(writer, (fact for _, fact in held), base)
    codes = [(whole.type, whole.code, "said")] if whole.code else []
    codes += [(entity.type, entity.code, "") for entity, _ in held]
    yield from (("code", f"{type_}\t{code}", said, None) for type_, code, said in codes)


def of_source(writer: Writer, source: Source) -> Iterator[tuple[Any, ...]]:
    """The rows of a document."""
    yield from (("own", "", line, None) for line in stored(writer.source(source)))


def of_entity(writer: Writer, entity: Entity) -> Iterator[tuple[Any, ...]]:
    """The rows of an entity."""
    yield from (("own", "", line, None) for line in stored(writer.entity(entity)))
    yield from (("shared", "", line, None) for line in stored(writer.references()))
    yield "entity", entity.id, "", pickle.dumps(entity)


def of_facts(writer: Writer, facts: Iterable[Fact], base: str) -> Iterator[tuple[Any, ...]]:
    """The rows of facts; the triple that a fact states may be stated by others as well."""
    facts = list(facts)
    mine = (f"<{base}claim/", f"<{base}document/")
    for line in stored(row for fact in facts for row in writer.fact(fact)):
        yield "own" if line.startswith(mine) else "shared", "", line, None
    yield from (("shared", "", line, None) for line in stored(writer.references()))
    yield from (("claim", fact.id, "", pickle.dumps(fact)) for fact in facts)


def things(gathered: dict[str, Gathered]) -> Iterator[tuple[Any, ...]]:
    """What is gathered of each thing, to be joined with what others gathered of it."""
    yield from (("thing", iri, "", pickle.dumps(g)) for iri, g in gathered.items())


def stored(rows: Iterable[Row]) -> list[str]:
    """Rows as lines of N-Quads, each once, in the words that a store keeps them in.

    >>> stored([("<http://a>", "<http://b>", '"1.10"^^<http://www.w3.org/2001/XMLSchema#decimal>')])
    ['<http://a> <http://b> "1.1"^^<http://www.w3.org/2001/XMLSchema#decimal> .']
    """
    import pyoxigraph as ox

    lines = [f"{s} {p} {o}" for s, p, o in rows]
    store = ox.Store()
    store.extend(read(lines))
    return [f"{quad} ." for quad in store]


def framed(rows: Iterable[tuple[Any, ...]], schema: str) -> Frames:
    """Rows as frames of a bounded size, so that no part is ever whole in memory."""
    import pandas as pd

    columns = [column.split()[0] for column in schema.split(", ")]
    batch: list[tuple[Any, ...]] = []
    size = 0
    for row in rows:
        batch.append(row)
        size += sum(len(cell) for cell in row if isinstance(cell, bytes | str))
        if size > MOST:
            yield pd.DataFrame(batch, columns=columns)
            batch, size = [], 0
    yield pd.DataFrame(batch, columns=columns)


def rows_of(frame: pd.DataFrame) -> Iterator[Any]:
    """The rows of a frame, with their columns as attributes."""
    yield from frame.itertuples(index=False)


def folder_of(ontology: str) -> str:
    """Where the ontology lies on this worker, which Spark brought it to."""
    from pyspark import SparkFiles

    return SparkFiles.get(ontology)
