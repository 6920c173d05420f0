"""Look up the things that decisions touch in the tables of a job.

They are few, and become a sketch: a draft without documents, on which it is decided.
"""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any

from kg.base.records import Entity, Knowledge
from kg.corpus.assemble import entity_iri
from kg.run.spark.corrections.lookups import (
    AND,
    RECORDS,
    STANDING,
    EntitiesByName,
    FactsTouching,
    NameCounts,
)
from kg.run.spark.corrections.sketch import Sketch, Standing
from kg.run.spark.corrections.tables import records

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyspark.sql import DataFrame

    from kg.ontology import Ontology
    from kg.review.decisions import Decision
    from kg.run.spark.corrections.tables import Tables
    from kg.run.spark.rules import Rules


class Things:
    """Looks up the things that decisions touch.

    Args:
        rules: The ontology that documents are told with.
        ontology: The same, here.
        base: What the IRIs begin with.
    """

    def __init__(self, rules: Rules, ontology: Ontology, base: str) -> None:
        self.rules, self.ontology, self.base = rules, ontology, base

    def named(self, tables: Tables, decisions: Iterable[Decision]) -> list[Entity]:
        """The things that decisions name, and those that things become the same as.

        A thing becomes another by the IRI that its new name or class gives: those of all names
        of a thing are looked for, until there are no more.
        """
        names = frozenset(name for d in decisions for name in names_of(d))
        iris = self.iris(names) | {
            iri for d in decisions for iri in split_iris(d, self.ontology, self.base)
        }
        entities: dict[str, Entity] = {}
        looked: set[str] = set()
        while True:
            here = [e for e in tables.places if e.id in iris or not names.isdisjoint(all_of(e))]
            entities |= {e.id: e for e in (*here, *self.bearing(tables.joined, names, iris))}
            looked |= iris
            more = self.iris(name for e in entities.values() for name in all_of(e))
            names, iris = frozenset(), frozenset(more - looked)
            if not iris:
                return list(entities.values())

    def iris(self, names: Iterable[str]) -> frozenset[str]:
        """The IRIs that names give in each class."""
        return frozenset(entity_iri(self.base, c, n) for n in names for c in self.ontology.classes)

    def bearing(
        self, joined: DataFrame, names: frozenset[str], iris: frozenset[str]
    ) -> list[Entity]:
        """Things of the documents that have one of some names or IRIs."""
        entities = joined.filter("kind = 'entity'").select("key", "body")
        return records(entities.mapInPandas(EntitiesByName(names, iris), RECORDS))

    def sketch(
        self, tables: Tables, before: dict[str, Entity], decisions: Iterable[Decision]
    ) -> Sketch:
        """What is known of the things before anything is decided."""
        holders = tables.joined.filter("kind = 'claim'").select("key", "body")
        touching = FactsTouching(frozenset(before))
        facts = [*records(holders.mapInPandas(touching, RECORDS)), *tables.holding]
        things = {e.id: e for e in tables.places} | before
        for end in (end for fact in facts for end in (fact.subject, fact.object)):
            if end not in things:
                things[end] = Entity(end, self.type_of(end), "")
        splits = [d for d in decisions if takes_a_name(d)]
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
        documents = frozenset(d.document.id for d in splits if d.document)
        counting = NameCounts(self.rules, self.base, frozenset(before), documents)
        counted = tables.texts.mapInPandas(counting, STANDING)
        rows = counted.groupBy("things", "name", "document").sum("count").collect()
        return [Standing(set(row[0].split(AND)), row[1], row[2], row[3]) for row in rows]

    def anchors(self, tables: Tables, before: dict[str, Entity]) -> set[str]:
        """The places that zones lie in which no decision touches."""
        holders = tables.joined.filter("kind = 'claim'").select("key", "body")
        others = holders.mapInPandas(FactsTouching(frozenset(before), others=True), RECORDS)
        ends = others.mapInPandas(_objects, "key string").distinct().collect()
        return {row.key for row in ends}


def all_of(entity: Entity) -> tuple[str, ...]:
    """All names of a thing."""
    return entity.name, *entity.aliases


def takes_a_name(decision: Decision) -> bool:
    """Whether it takes a name away from things that may have others."""
    return decision.do == "split" or (decision.do == "drop" and decision.entity is None)


def names_of(decision: Decision) -> list[str]:
    """The names by which a decision may mean a thing."""
    claim = decision.claim
    ends = (claim.subject, claim.object) if claim else ()
    things = (thing for thing in (decision.entity, decision.other, *ends) if thing)
    return [name for name in (*(thing.name for thing in things), decision.name) if name]


def split_iris(decision: Decision, ontology: Ontology, base: str) -> list[str]:
    """The IRIs that a name may have which a decision takes away from its thing."""
    if decision.do != "split":
        return []
    document = decision.document.id if decision.document else ""
    key = f"{decision.name}@{document}" if document else decision.name
    return [entity_iri(base, c, k) for c in ontology.classes for k in (key, f"{key}@")]


def _objects(frames: Any) -> Any:
    import pandas as pd

    for frame in frames:
        facts = map(pickle.loads, frame["body"])
        yield pd.DataFrame({"key": [fact.object for fact in facts]}, columns=["key"])
