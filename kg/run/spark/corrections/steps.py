"""Apply the steps that became of things to what one document says.

A document is corrected by itself: which claims and which places of names go along with a thing
stands in it. What the decisions mean is known before (``kg.run.spark.corrections.sketch``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.base.records import Entity, Knowledge
from kg.review.apply.editable_graph import EditableGraph

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.base.records import Fact, Source
    from kg.corpus.entity_merging import EntityEvidence
    from kg.ontology import Ontology


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that took the place of another, or of one of its names alone; or nothing did.

    Attributes:
        old: The IRI of the thing that it was.
        new: The IRI of the one that it is now; ``""`` where it is no thing any more.
        type: The class of ``new``.
        name: The name that ``new`` takes away; ``""`` if it takes the whole place.
        document: Where alone it does; ``""`` for everywhere.
    """

    old: str
    new: str
    type: str
    name: str = ""
    document: str = ""


def followed(
    source: Source,
    gathered: Mapping[str, EntityEvidence],
    facts: Iterable[Fact],
    steps: Iterable[Step],
    ontology: Ontology,
    base: str,
) -> EditableGraph:
    """What one document says, as ``kg.corpus.assemble.facts_of_text`` has it, after some steps."""
    things = tuple(Entity(iri, evidence.type, evidence.name) for iri, evidence in gathered.items())
    editable = EditableGraph(Knowledge((source,), things, tuple(facts)), ontology, base)
    for step in steps:
        if not step.new:
            editable.remove(step.old)
            continue
        editable.entities.setdefault(step.new, Entity(step.new, step.type, ""))
        if step.name:
            editable.part(Entity(step.old, step.type, ""), step.new, step.name, step.document)
        else:
            editable.carry(step.old, step.new)
    return editable
