"""Replay what people decided on the tables of a job.

    things that decisions name → how often names stand for them → what becomes of them
    → claims that decisions mean → what becomes of those → the documents are told anew

Decisions are replayed as a local build replays them (``kg.review.apply.replay``), on the few things
and claims that they touch; all else follows in the workers, document by document.
"""

from __future__ import annotations

import pickle
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kg.base.records import Entity, Fact, Knowledge, Source
from kg.review.apply.quotes import Place, Quotes
from kg.review.apply.replay import Replayed, Run
from kg.review.decisions import OF_CLAIMS
from kg.run.spark.corrections.lookups import LEVELS, STATED, ClaimMatches, QuotationMatches
from kg.run.spark.corrections.rewriting import RewritePlan, Rewriting
from kg.run.spark.corrections.sketch import Sketch, moved, unmarked
from kg.run.spark.corrections.things import Things
from kg.run.spark.lines import STATEMENTS, of_entity, of_reference, reasons_of
from kg.store.rdf.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyspark.sql import DataFrame, SparkSession

    from kg.ontology import Ontology
    from kg.review.apply.verdicts import Verdicts
    from kg.review.decisions import ClaimReference, DocumentReference
    from kg.run.spark.corrections.tables import Tables
    from kg.run.spark.rules import Rules

# Claims that went because their ends have other classes now, which are told one by one.
TOLD_LOST = 1000


class QuotePlaces(Quotes):
    """Where quotations stand, as it was found in the documents."""

    def __init__(self) -> None:
        super().__init__(())
        self.by_quote: dict[tuple[DocumentReference, str], list[Place]] = {}

    def add(self, claim: ClaimReference, place: Place) -> None:
        """Take in a place of the quotation of a claim."""
        self.by_quote.setdefault((claim.document, claim.quote), []).append(place)

    def places(self, document: DocumentReference, quote: str) -> list[Place]:
        return self.by_quote.get((document, quote), [])


class Correcting:
    """One replay of decisions in a job."""

    def __init__(
        self,
        spark: SparkSession,
        rules: Rules,
        ontology: Ontology,
        base: str,
        save: Callable[[str, DataFrame, str], DataFrame],
        least: float = 0.0,
    ) -> None:
        """Prepare.

        Args:
            spark: The Spark of the job.
            rules: The ontology that documents are told with.
            ontology: The same, here.
            base: What the IRIs begin with.
            save: Writes a table, by its name and a column that parts it, and gives it back.
            least: The least confidence of a claim that posts and deals follow from.
        """
        self.spark, self.rules, self.ontology = spark, rules, ontology
        self.base, self.save, self.least = base, save, least
        self.things = Things(rules, ontology, base)

    def corrected(self, tables: Tables, chosen: Verdicts) -> tuple[DataFrame, Replayed]:
        """All rows of the graph as they are after decisions, and what came of those."""
        before = {e.id: e for e in self.things.named(tables, chosen.in_force)}
        sketch = self.things.sketch(tables, before, chosen.in_force)
        run = Run(sketch, chosen)
        run.things()
        candidates = self.claims(tables, run)
        if sketch.unbound:
            sketch.anchors = self.things.anchors(tables, before)
        sketch.prune()
        decided = self.decided(sketch, candidates)
        rewritten = self.rewritten(tables, decided)
        rows, dropped = self.changed(sketch, before, decided)
        replayed = self.replayed(run, rewritten, tables)
        return self.whole(tables, rewritten, rows, dropped), replayed

    # Claims

    def claims(self, tables: Tables, run: Run) -> dict[str, Fact]:
        """Decide about claims; those that decisions may mean as they were before."""
        assert isinstance(run.draft, Sketch)
        decided_claims = [d.claim for d in run.chosen.in_force if d.do in OF_CLAIMS and d.claim]
        claims = tuple(dict.fromkeys(decided_claims))
        quotes, candidates = QuotePlaces(), dict[str, Fact]()
        levels = self.levels(tables, claims) if claims else {}
        if levels:
            sought = tuple(s for i, s in enumerate(claims) if i in levels)
            near = dict(enumerate(levels[i] for i in range(len(claims)) if i in levels))
            stating = ClaimMatches(self.rules, self.base, sought, near, tuple(run.draft.steps))
            stated = self.save("stated", tables.texts.mapInPandas(stating, STATED), "")
            self.take(stated, sought, run.draft, quotes)
            candidates = self.candidates(stated, sought, run.draft, quotes)
        run.claims(quotes)
        return candidates

    def levels(self, tables: Tables, claims: tuple[ClaimReference, ...]) -> dict[int, int]:
        """How near the nearest document is that holds a quotation, by the number of the claim."""
        documents = tables.texts.select("id", "names", "document")
        levels = documents.mapInPandas(QuotationMatches(claims), LEVELS)
        return {row[0]: row[1] for row in levels.groupBy("claim").min("level").collect()}

    def take(
        self,
        stated: DataFrame,
        claims: tuple[ClaimReference, ...],
        sketch: Sketch,
        quotes: QuotePlaces,
    ) -> None:
        """Learn the place of each quotation that is nearest to where it stood."""
        from pyspark.sql import functions as f

        first = f.min(f.struct("off", "source", "start", "place")).place.alias("place")
        for row in stated.groupBy("claim").agg(first).orderBy("claim").collect():
            place: Place = pickle.loads(row.place)  # noqa: S301
            sketch.read(place.source)
            quotes.add(claims[row.claim], place)

    def candidates(
        self,
        stated: DataFrame,
        claims: tuple[ClaimReference, ...],
        sketch: Sketch,
        quotes: QuotePlaces,
    ) -> dict[str, Fact]:
        """Take in the claims that decisions may mean, by their ids."""
        facts: dict[str, Fact] = {}
        for row in stated.filter("facts is not null").select("claim", "facts").collect():
            for fact, places in pickle.loads(row.facts):  # noqa: S301
                source = Source(fact.document, "", (), "", "")
                for start, end in places:
                    quotes.add(claims[row.claim], Place(source, start, end))
                facts[fact.id] = fact
        for id_ in sorted(facts):
            for end in (facts[id_].subject, facts[id_].object):
                if end and end not in sketch.entities:
                    sketch.entities[end] = Entity(end, self.things.type_of(end), "")
            sketch.take(facts[id_])
        return facts

    # What comes of it

    def decided(self, sketch: Sketch, candidates: dict[str, Fact]) -> RewritePlan:
        """What the documents must know of it."""
        now = {id_: fact for id_, fact in sketch.facts.items() if not fact.source}
        removed: dict[str, set[str]] = {}
        put: dict[str, list[Fact]] = {}
        for id_ in sorted(candidates.keys() - now.keys()):
            removed.setdefault(candidates[id_].document, set()).add(id_)
        for id_ in sorted(now):
            if candidates.get(id_) != now[id_]:
                put.setdefault(now[id_].document, []).append(now[id_])
        reasons = sketch.reasons()
        return RewritePlan(
            tuple(sketch.steps),
            moved(sketch, reasons),
            sketch.slots,
            reasons,
            {document: frozenset(ids) for document, ids in removed.items()},
            {document: tuple(facts) for document, facts in put.items()},
            sketch.fresh_places(),
        )

    def rewritten(self, tables: Tables, decided: RewritePlan) -> DataFrame:
        """What the documents say otherwise."""
        wanted = decided.wanted
        texts = tables.texts if wanted.things or wanted.documents else tables.texts.limit(0)
        rewriting = Rewriting(self.rules, self.base, decided, self.least)
        return self.save("retold", texts.mapInPandas(rewriting, STATEMENTS), "kind")

    def changed(
        self, sketch: Sketch, before: dict[str, Entity], decided: RewritePlan
    ) -> tuple[list[tuple[Any, ...]], set[str]]:
        """Rows of the things and the facts of reference data that are others now; keys that go."""
        known = {e.id: e for e in sketch.before.entities}
        stubs = {e.id for e in known.values() if not e.name and e.id not in before}
        known = {iri: unmarked(e) for iri, e in known.items() if iri not in stubs}
        now = {iri: e for iri, e in sketch.things().items() if iri in known or e.name}
        facts = {f.id: f for f in sketch.before.facts}
        holding = {id_: f for id_, f in sketch.facts.items() if f.source}
        dropped = {iri for iri, e in known.items() if now.get(iri) != e}
        dropped |= {id_ for id_, f in facts.items() if holding.get(id_) != f}
        dropped |= {reasons_of(iri) for iri in decided.moved}
        writer = Writer(self.ontology, self.base, ())
        rows: list[tuple[Any, ...]] = []
        for iri in sorted(now):
            if known.get(iri) != now[iri]:
                rows += of_entity(writer, now[iri])
        for id_ in sorted(holding):
            if facts.get(id_) != holding[id_]:
                rows += of_reference(writer, holding[id_])
        return rows, dropped

    def replayed(self, run: Run, rewritten: DataFrame, tables: Tables) -> Replayed:
        """What came of the decisions; of very many claims that went the first are told."""
        lost = rewritten.filter("kind = 'lost'")
        rows = lost.orderBy("key", "line").limit(TOLD_LOST).collect()
        facts = [pickle.loads(row.body) for row in rows]  # noqa: S301
        run.draft.lost[:0] = facts
        unnamed = {end for f in facts for end in (f.subject, f.object) if end}
        known = (*run.draft.before.entities, *run.draft.entities.values())
        unnamed -= {e.id for e in known if e.name}  # one that went is told by its IRI
        for entity in self.things.bearing(tables.joined, frozenset(), frozenset(unnamed)):
            run.draft.entities[entity.id] = entity
        replayed = run.replayed(Knowledge())
        more = lost.count() - len(facts)
        note = f"corrections: {more} more claims are left out for the same reason"
        return replace(replayed, notes=(*replayed.notes, note)) if more else replayed

    def whole(
        self,
        tables: Tables,
        rewritten: DataFrame,
        rows: list[tuple[Any, ...]],
        dropped: set[str],
    ) -> DataFrame:
        """The rows that hold, those that were made anew among them."""
        ids = self.spark.createDataFrame([(key,) for key in sorted(dropped)], "key string")
        keys = rewritten.filter("kind = 'gone'").select("key").unionByName(ids).distinct()
        stays = tables.rows.join(keys, "key", "left_anti").select(tables.rows.columns)
        anew = rewritten.filter("kind not in ('gone', 'lost')")
        return stays.unionByName(anew).unionByName(self.spark.createDataFrame(rows, STATEMENTS))
