"""What a Python worker does with its part of a table: batches of rows in, batches of rows out.

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
from kg.corpus.background import zones
from kg.corpus.compound import told
from kg.corpus.confidence import unsure
from kg.corpus.merged import Gathered
from kg.corpus.weave import tell
from kg.ontology import load
from kg.read import File
from kg.run.reading.keeper import Keeper
from kg.run.reading.workers import TICK
from kg.store.rdf.namespaces import RDF
from kg.store.rdf.rows import read, resource
from kg.store.rdf.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandas as pd
    from pyspark.sql import DataFrame

    from kg.base.records import Document, Entity, Fact, Reading
    from kg.ontology import Ontology
    from kg.run.reading.child import Bounds
    from kg.run.reading.outcome import Outcome
    from kg.run.spark.progress import Counters
    from kg.run.spark.rules import Rules
    from kg.store.rdf.rows import Row

    Frames = Iterator[pd.DataFrame]

OUTCOMES = (
    "name string, path string, problem string, other string, id string, media string, "
    "characters long, document binary, reading binary"
)
# The rows of outcomes that are documents.
GOOD = "problem = '' and other = ''"
# kinds: own (a line of one record alone), shared (one that several may state), thing (what is
# gathered of a thing), claim (a Fact), entity (an Entity), code (a place with one). The key is
# the id of the record, ``""`` for that of a document, ``reasons_of`` that of a thing for why its
# names were merged, ``compounds_of`` that of a document for the posts and deals that it tells.
TOLD = "kind string, key string, line string, body binary"
ENDS = tuple(f"<{RDF}{name}>" for name in ("subject", "predicate", "object"))
# Bytes of bodies that go to Spark at a time, and things that are gathered before they do.
MOST, GATHERED = 16 << 20, 20_000


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
        self.keeper: Keeper | None = None
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
        spent, self.keeper = self.keeper, None
        if spent:
            spent.close()

    def _once(self, file: File) -> tuple[Outcome, bool]:
        keeper = self.keeper = self.keeper or self._opened()
        outcome = keeper.outcome(file)
        if not keeper.good:
            self.keeper = None
            keeper.close()
        return outcome, keeper.felled

    def _opened(self) -> Keeper:
        fresh = Keeper(self.ontology, self.bounds)
        try:
            fresh.opened()
        except ReadError:
            fresh.close()
            raise
        return fresh

    def _watch(self) -> None:
        while not self.ended.wait(TICK):
            if keeper := self.keeper:
                keeper.watch()


class Telling:
    """Documents in, what each says out: lines, claims, and what is gathered of things.

    ``least`` is the least confidence of a claim that posts and deals follow from.
    """

    def __init__(self, rules: Rules, base: str, least: float = 0.0) -> None:
        self.rules, self.base, self.least = rules, base, least

    def __call__(self, frames: Frames) -> Frames:
        yield from framed(self.rows(frames), TOLD)

    def rows(self, frames: Frames) -> Iterator[tuple[Any, ...]]:
        ontology = load(self.rules.folder())
        gathered: dict[str, Gathered] = {}
        for source, facts in spoken(frames, gathered, ontology, self.base):
            writer = Writer(ontology, self.base, [source])
            yield from of_source(writer, source)
            yield from of_facts(writer, facts.values())
            yield from of_compounds(writer, source, facts.values(), ontology, self.least)
            if len(gathered) > GATHERED:
                yield from things(gathered, ontology, self.base)
                gathered.clear()
        yield from things(gathered, ontology, self.base)


class Doubting:
    """Claims in, the keys of those out that are not sure enough."""

    def __init__(self, least: float) -> None:
        self.least = least

    def __call__(self, frames: Frames) -> Frames:
        for frame in frames:
            facts = map(pickle.loads, frame["body"])
            doubtful = [unsure(fact, self.least) for fact in facts]
            yield frame.loc[doubtful, ["key"]]


class Joining:
    """Things gathered apart in, in order of their IRIs; entities, and what holds zones, out."""

    def __init__(self, rules: Rules, base: str) -> None:
        self.rules, self.base = rules, base

    def __call__(self, frames: Frames) -> Frames:
        yield from framed(self.rows(frames), TOLD)

    def rows(self, frames: Frames) -> Iterator[tuple[Any, ...]]:
        ontology = load(self.rules.folder())
        pairs = ((row.key, row.body) for frame in frames for row in rows_of(frame))
        for iri, group in groupby(pairs, key=lambda pair: pair[0]):
            parts = (pickle.loads(body) for _, body in group)  # noqa: S301
            whole: Gathered = next(parts)
            for part in parts:
                whole.join(part)
            yield from of_thing(iri, whole, ontology, self.base)


def spoken(
    frames: Frames, gathered: dict[str, Gathered], ontology: Ontology, base: str
) -> Iterator[tuple[Source, dict[str, Fact]]]:
    """What each text says, as ``kg.corpus.weave.tell`` has it.

    The texts as ``texts`` gives them.
    """
    for row in (row for frame in frames for row in rows_of(frame)):
        first: Document = pickle.loads(row.document)  # noqa: S301
        reading: Reading = pickle.loads(row.reading)  # noqa: S301
        documents = [replace(first, name=name) for name in row.names]
        yield tell(documents, reading, gathered, ontology, base)


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


def of_thing(iri: str, whole: Gathered, ontology: Ontology, base: str) -> Iterator[tuple[Any, ...]]:
    """The rows of one thing, of the divisions that hold it if it is a zone, and its code."""
    writer = Writer(ontology, base, ())
    yield from of_entity(writer, whole.entity(iri))
    held = list(zones(iri, whole, ontology, base))
    for _, fact in held:
        yield from of_reference(writer, fact)
    codes = [(whole.type, whole.code, "said")] if whole.code else []
    codes += [(entity.type, entity.code, "") for entity, _ in held]
    yield from (("code", f"{type_}\t{code}", said, None) for type_, code, said in codes)


def of_source(writer: Writer, source: Source) -> Iterator[tuple[Any, ...]]:
    """The rows of a document."""
    yield from (("own", "", line, None) for line in stored(writer.source(source)))


def of_entity(writer: Writer, entity: Entity) -> Iterator[tuple[Any, ...]]:
    """The rows of an entity."""
    writer.met.clear()
    yield from (("own", entity.id, line, None) for line in stored(writer.entity(entity)))
    yield from (("shared", entity.id, line, None) for line in stored(writer.references()))
    yield "entity", entity.id, "", pickle.dumps(entity)


def of_facts(writer: Writer, facts: Iterable[Fact]) -> Iterator[tuple[Any, ...]]:
    """The rows of facts that documents state.

    The triple that a fact states may be stated by others as well; it is put together of what
    the claim's own lines say, which are as a store keeps them.
    """
    facts = list(facts)
    claims = {resource(fact.id): fact.id for fact in facts}
    ends: dict[str, dict[str, str]] = {}
    for line in stored(row for fact in facts for row in writer.fact(fact)):
        subject, predicate, rest = line.split(" ", 2)
        claim = subject if subject in claims else f"{subject.rpartition('/')[0]}>"
        if claim not in claims:
            continue  # a triple that a fact states
        ends.setdefault(claim, {})[predicate] = rest.removesuffix(" .")
        yield "own", claims[claim], line, None
    for claim, said in ends.items():
        yield "shared", claims[claim], " ".join([*(said[end] for end in ENDS), "."]), None
    yield from (("claim", fact.id, "", pickle.dumps(fact)) for fact in facts)


def of_compounds(
    writer: Writer, source: Source, facts: Iterable[Fact], ontology: Ontology, least: float
) -> Iterator[tuple[Any, ...]]:
    """The rows of the posts and deals that a document tells, by its facts that are sure enough."""
    certain = (fact for fact in facts if not unsure(fact, least))
    found = told(source, certain, ontology, writer.base)
    rows = [row for post in found.posts for row in writer.post(post)]
    rows += [row for post in found.posts for _, row in writer.byline(post)]
    rows += [row for deal in found.deals for row in writer.deal(deal)]
    yield from (("shared", compounds_of(source.id), line, None) for line in stored(rows))


def of_reference(writer: Writer, fact: Fact) -> Iterator[tuple[Any, ...]]:
    """The rows of a fact of reference data."""
    writer.met.clear()
    yield from of_facts(writer, [fact])
    yield from (("shared", fact.id, line, None) for line in stored(writer.references()))


def things(
    gathered: dict[str, Gathered], ontology: Ontology, base: str
) -> Iterator[tuple[Any, ...]]:
    """What is gathered of each thing, to be joined with what others gathered of it.

    Why its names were merged is told here, document by document: of a city that millions of
    documents name no worker could hold it.
    """
    writer = Writer(ontology, base, ())
    merged = ((iri, merge) for iri, whole in gathered.items() for merge in whole.merges)
    of: dict[str, str] = {}
    rows: list[Row] = []
    for iri, merge in merged:
        told = list(writer.merge(iri, merge))
        of |= {subject[:-1]: reasons_of(iri) for subject, *_ in told}
        rows += told
    yield from (("own", of[line.partition(">")[0]], line, None) for line in stored(rows))
    for iri, whole in gathered.items():
        whole.merges.clear()
        yield "thing", iri, "", pickle.dumps(whole)


def reasons_of(iri: str) -> str:
    """The key of the lines that tell why the names of a thing were merged.

    >>> reasons_of("https://example.org/district/510100")
    'https://example.org/district/510100 reasons'
    """
    return f"{iri} reasons"


def compounds_of(document: str) -> str:
    """The key of the lines that tell the posts and deals of a document.

    >>> compounds_of("https://example.org/document/00")
    'https://example.org/document/00 compounds'
    """
    return f"{document} compounds"


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
