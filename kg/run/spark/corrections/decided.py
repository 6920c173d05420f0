"""The tables of a job and what people decided in, the tables as they are after it out.

    things that decisions name → how often names stand for them → what becomes of them
    → claims that decisions mean → what becomes of those → the documents are told anew

Decisions are replayed as a local build replays them (``kg.review.apply.replay``), on the few things
and claims that they touch; all else follows in the workers, document by document.
"""

from __future__ import annotations

import pickle
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from kg.base.records import Entity, Fact, Knowledge, Source
from kg.corpus.weave import entity_iri
from kg.review.apply.quotes import Place, Quotes
from kg.review.apply.replay import Replayed, Run
from kg.review.decisions import OF_CLAIMS
from kg.run.spark.corrections.retell import Decided, Retelling
from kg.run.spark.corrections.sketch import Sketch, Standing, moved, unmarked
from kg.run.spark.corrections.sought import (
    AND,
    LEVELS,
    RECORDS,
    STANDING,
    STATED,
    Bearing,
    Counting,
    Quoting,
    Stating,
    Touching,
)
from kg.run.spark.lines import TOLD, of_entity, of_reference, reasons_of
from kg.store.rdf.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pyspark.sql import DataFrame, SparkSession

    from kg.ontology import Ontology
    from kg.review.apply.verdicts import Verdicts
    from kg.review.decisions import Decision, Paper, Said
    from kg.run.spark.rules import Rules

# Claims that went because their ends have other classes now, which are told one by one.
TOLD_LOST = 1000


@dataclass(frozen=True)
class Tables:
    """What a job found so far.

    Attributes:
        texts: As ``kg.run.spark.work.texts`` has them.
        told: What each text says.
        joined: The things that they name.
        places: The places of reference data that hold them.
        holding: The facts of reference data that say so.
        rows: All of this but the texts, as rows.
    """

    texts: DataFrame
    told: DataFrame
    joined: DataFrame
    places: tuple[Entity, ...]
    holding: tuple[Fact, ...]
    rows: DataFrame


class Found(Quotes):
    """Where quotations stand, as it was found in the documents."""

    def __init__(self) -> None:
        super().__init__(())
        self.found: dict[tuple[Paper, str], list[Place]] = {}

    def add(self, said: Said, place: Place) -> None:
        """Take in a place of the quotation of a claim."""
        self.found.setdefault((said.document, said.quote), []).append(place)

    def places(self, paper: Paper, quote: str) -> list[Place]:
        return self.found.get((paper, quote), [])


class Correcting:
    """One replay of decisions in a job."""

    def __init__(
        self,
        spark: SparkSession,
        rules: Rules,
        ontology: Ontology,
        base: str,
        kept: Callable[[str, DataFrame, str], DataFrame],
        least: float = 0.0,
    ) -> None:
        """Prepare.

        Args:
            spark: The Spark of the job.
            rules: The ontology that documents are told with.
            ontology: The same, here.
            base: What the IRIs begin with.
            kept: Writes a table, by its name and a column that parts it, and gives it back.
            least: The least confidence of a claim that posts and deals follow from.
        """
        self.spark, self.rules, self.ontology = spark, rules, ontology
        self.base, self.kept, self.least = base, kept, least

    def corrected(self, tables: Tables, chosen: Verdicts) -> tuple[DataFrame, Replayed]:
        """All rows of the graph as they are after decisions, and what came of those."""
        before = {e.id: e for e in self.things(tables, chosen.held)}
        sketch = self.sketch(tables, before, chosen.held)
        run = Run(sketch, chosen)
        run.things()
        meant = self.claims(tables, run)
        if sketch.unbound:
            sketch.anchors = self.anchors(tables, before)
        sketch.prune()
        decided = self.decided(sketch, meant)
        retold = self.retold(tables, decided)
        made, gone = self.changed(sketch, before, decided)
        replayed = self.replayed(run, retold, tables)
        return self.whole(tables, retold, made, gone), replayed

    # Things

    def things(self, tables: Tables, held: Iterable[Decision]) -> list[Entity]:
        """The things that decisions name, and those that things become the same as.

        A thing becomes another by the IRI that its new name or class gives: those of all names
        of a thing are looked for, until there are no more.
        """
        names = frozenset(name for d in held for name in names_of(d))
        iris = self.iris(names) | {iri for d in held for iri in parted(d, self.ontology, self.base)}
        found: dict[str, Entity] = {}
        looked: set[str] = set()
        while True:
            here = [e for e in tables.places if e.id in iris or not names.isdisjoint(all_of(e))]
            found |= {e.id: e for e in (*here, *self.bearing(tables.joined, names, iris))}
            looked |= iris
            more = self.iris(name for e in found.values() for name in all_of(e))
            names, iris = frozenset(), frozenset(more - looked)
            if not iris:
                return list(found.values())

    def iris(self, names: Iterable[str]) -> frozenset[str]:
        """The IRIs that names give in each class."""
        return frozenset(entity_iri(self.base, c, n) for n in names for c in self.ontology.classes)

    def bearing(
        self, joined: DataFrame, names: frozenset[str], iris: frozenset[str]
    ) -> list[Entity]:
        """Things of the documents that have one of some names or IRIs."""
        entities = joined.filter("kind = 'entity'").select("key", "body")
        return records(entities.mapInPandas(Bearing(names, iris), RECORDS))

    def sketch(self, tables: Tables, before: dict[str, Entity], held: Iterable[Decision]) -> Sketch:
        """What is known of the things before anything is decided."""
        holders = tables.joined.filter("kind = 'claim'").select("key", "body")
        touching = Touching(frozenset(before))
        facts = [*records(holders.mapInPandas(touching, RECORDS)), *tables.holding]
        things = {e.id: e for e in tables.places} | before
        for end in (end for fact in facts for end in (fact.subject, fact.object)):
            if end not in things:
                things[end] = Entity(end, self.type_of(end), "")
        splits = [d for d in held if d.do == "split"]
        standing = self.standing(tables, before, splits) if splits and before else []
        known = Knowledge(entities=tuple(things.values()), facts=tuple(facts))
        return Sketch(known, standing, (d.name for d in splits), self.ontology, self.base)

    def type_of(self, iri: str) -> str:
        """The class of a thing by its IRI."""
        kind = iri.removeprefix(self.base).partition("/")[0]
        return next((c for c in self.ontology.classes if c.lower() == kind), kind)

    def standing(
        self, tables: Tables, before: dict[str, Entity], splits: Iterable[Decision]
    ) -> list[Standing]:
        """How often names stand for the things."""
        papers = frozenset(d.document.id for d in splits if d.document)
        counting = Counting(self.rules, self.base, frozenset(before), papers)
        counted = tables.texts.mapInPandas(counting, STANDING)
        rows = counted.groupBy("things", "name", "document").sum("count").collect()
        return [Standing(set(row[0].split(AND)), row[1], row[2], row[3]) for row in rows]

    def anchors(self, tables: Tables, before: dict[str, Entity]) -> set[str]:
        """The places that zones lie in which no decision touches."""
        holders = tables.joined.filter("kind = 'claim'").select("key", "body")
        others = holders.mapInPandas(Touching(frozenset(before), others=True), RECORDS)
        held = others.mapInPandas(_objects, "key string").distinct().collect()
        return {row.key for row in held}

    # Claims

    def claims(self, tables: Tables, run: Run) -> dict[str, Fact]:
        """Decide about claims; those that decisions may mean as they were before."""
        assert isinstance(run.draft, Sketch)
        saids = [d.claim for d in run.chosen.held if d.do in OF_CLAIMS and d.claim]
        claims = tuple(dict.fromkeys(saids))
        quotes, meant = Found(), dict[str, Fact]()
        levels = self.levels(tables, claims) if claims else {}
        if levels:
            sought = tuple(s for i, s in enumerate(claims) if i in levels)
            near = dict(enumerate(levels[i] for i in range(len(claims)) if i in levels))
            stating = Stating(self.rules, self.base, sought, near, tuple(run.draft.steps))
            stated = self.kept("stated", tables.texts.mapInPandas(stating, STATED), "")
            self.take(stated, sought, run.draft, quotes)
            meant = self.meant(stated, sought, run.draft, quotes)
        run.claims(quotes)
        return meant

    def levels(self, tables: Tables, claims: tuple[Said, ...]) -> dict[int, int]:
        """How near the nearest document is that holds a quotation, by the number of the claim."""
        documents = tables.texts.select("id", "names", "document")
        found = documents.mapInPandas(Quoting(claims), LEVELS)
        return {row[0]: row[1] for row in found.groupBy("claim").min("level").collect()}

    def take(
        self, stated: DataFrame, claims: tuple[Said, ...], sketch: Sketch, quotes: Found
    ) -> None:
        """Learn the place of each quotation that is nearest to where it stood."""
        from pyspark.sql import functions as f

        first = f.min(f.struct("off", "source", "start", "place")).place.alias("place")
        for row in stated.groupBy("claim").agg(first).orderBy("claim").collect():
            place: Place = pickle.loads(row.place)  # noqa: S301
            sketch.named[place.source.id] = place.source.named
            quotes.add(claims[row.claim], place)

    def meant(
        self, stated: DataFrame, claims: tuple[Said, ...], sketch: Sketch, quotes: Found
    ) -> dict[str, Fact]:
        """Take in the claims that decisions may mean, by their ids."""
        found: dict[str, Fact] = {}
        for row in stated.filter("facts is not null").select("claim", "facts").collect():
            for fact, places in pickle.loads(row.facts):  # noqa: S301
                source = Source(fact.document, "", (), "", "")
                for start, end in places:
                    quotes.add(claims[row.claim], Place(source, start, end))
                found[fact.id] = fact
        for id_ in sorted(found):
            for end in (found[id_].subject, found[id_].object):
                if end and end not in sketch.entities:
                    sketch.entities[end] = Entity(end, self.type_of(end), "")
            sketch.take(found[id_])
        return found

    # What comes of it

    def decided(self, sketch: Sketch, meant: dict[str, Fact]) -> Decided:
        """What the documents must know of it."""
        now = {id_: fact for id_, fact in sketch.facts.items() if not fact.source}
        gone: dict[str, set[str]] = {}
        put: dict[str, list[Fact]] = {}
        for id_ in sorted(meant.keys() - now.keys()):
            gone.setdefault(meant[id_].document, set()).add(id_)
        for id_ in sorted(now):
            if meant.get(id_) != now[id_]:
                put.setdefault(now[id_].document, []).append(now[id_])
        reasons = sketch.reasons()
        return Decided(
            tuple(sketch.steps),
            moved(sketch, reasons),
            sketch.slots,
            reasons,
            {document: frozenset(ids) for document, ids in gone.items()},
            {document: tuple(facts) for document, facts in put.items()},
        )

    def retold(self, tables: Tables, decided: Decided) -> DataFrame:
        """What the documents say otherwise."""
        wanted = decided.wanted
        texts = tables.texts if wanted.things or wanted.documents else tables.texts.limit(0)
        retelling = Retelling(self.rules, self.base, decided, self.least)
        return self.kept("retold", texts.mapInPandas(retelling, TOLD), "kind")

    def changed(
        self, sketch: Sketch, before: dict[str, Entity], decided: Decided
    ) -> tuple[list[tuple[Any, ...]], set[str]]:
        """Rows of the things and the facts of reference data that are others now; keys that go."""
        known = {e.id: e for e in sketch.before.entities}
        stubs = {e.id for e in known.values() if not e.name and e.id not in before}
        known = {iri: unmarked(e) for iri, e in known.items() if iri not in stubs}
        now = {iri: e for iri, e in sketch.things().items() if iri in known or e.name}
        facts = {f.id: f for f in sketch.before.facts}
        holding = {id_: f for id_, f in sketch.facts.items() if f.source}
        gone = {iri for iri, e in known.items() if now.get(iri) != e}
        gone |= {id_ for id_, f in facts.items() if holding.get(id_) != f}
        gone |= {reasons_of(iri) for iri in decided.moved}
        writer = Writer(self.ontology, self.base, ())
        made: list[tuple[Any, ...]] = []
        for iri in sorted(now):
            if known.get(iri) != now[iri]:
                made += of_entity(writer, now[iri])
        for id_ in sorted(holding):
            if facts.get(id_) != holding[id_]:
                made += of_reference(writer, holding[id_])
        return made, gone

    def replayed(self, run: Run, retold: DataFrame, tables: Tables) -> Replayed:
        """What came of the decisions; of very many claims that went the first are told."""
        lost = retold.filter("kind = 'lost'")
        rows = lost.orderBy("key", "line").limit(TOLD_LOST).collect()
        facts = [pickle.loads(row.body) for row in rows]  # noqa: S301
        run.draft.lost[:0] = facts
        unnamed = {end for f in facts for end in (f.subject, f.object) if end}
        known = (*run.draft.before.entities, *run.draft.entities.values())
        unnamed -= {e.id for e in known if e.name}  # one that went is told by its IRI
        for entity in self.bearing(tables.joined, frozenset(), frozenset(unnamed)):
            run.draft.entities[entity.id] = entity
        found = run.replayed(Knowledge())
        more = lost.count() - len(facts)
        note = f"corrections: {more} more claims are left out for the same reason"
        return replace(found, notes=(*found.notes, note)) if more else found

    def whole(
        self,
        tables: Tables,
        retold: DataFrame,
        made: list[tuple[Any, ...]],
        gone: set[str],
    ) -> DataFrame:
        """The rows that hold, those that were made anew among them."""
        ids = self.spark.createDataFrame([(key,) for key in sorted(gone)], "key string")
        keys = retold.filter("kind = 'gone'").select("key").unionByName(ids).distinct()
        stays = tables.rows.join(keys, "key", "left_anti").select(tables.rows.columns)
        anew = retold.filter("kind not in ('gone', 'lost')")
        return stays.unionByName(anew).unionByName(self.spark.createDataFrame(made, TOLD))


def all_of(entity: Entity) -> tuple[str, ...]:
    """All names of a thing."""
    return entity.name, *entity.aliases


def names_of(decision: Decision) -> list[str]:
    """The names by which a decision may mean a thing."""
    said = decision.claim
    ends = (said.subject, said.object) if said else ()
    things = (thing for thing in (decision.entity, decision.other, *ends) if thing)
    return [name for name in (*(thing.name for thing in things), decision.name) if name]


def parted(decision: Decision, ontology: Ontology, base: str) -> list[str]:
    """The IRIs that a name may have which a decision takes away from its thing."""
    if decision.do != "split":
        return []
    document = decision.document.id if decision.document else ""
    key = f"{decision.name}@{document}" if document else decision.name
    return [entity_iri(base, c, k) for c in ontology.classes for k in (key, f"{key}@")]


def records(found: DataFrame) -> list[Any]:
    """The records of a few rows."""
    return [pickle.loads(row.body) for row in found.orderBy("key").collect()]  # noqa: S301


def _objects(frames: Any) -> Any:
    import pandas as pd

    for frame in frames:
        facts = map(pickle.loads, frame["body"])
        yield pd.DataFrame({"key": [fact.object for fact in facts]}, columns=["key"])
