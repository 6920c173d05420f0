"""Choose the documents that the reader is least sure of, and write them as gold to be corrected.

How unsure it is of a document is what its decisions leave open, added up and divided by the
length: a decision near even odds leaves much open, one far from them next to nothing.
"""

from __future__ import annotations

import json
from math import exp
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.base.errors import ModelError
from kg.base.settings import default
from kg.corpus.assemble import assemble
from kg.extract.arbiter.linear import UNIT
from kg.extract.mentions.mention import folded
from kg.extract.stations import DocumentState, run_resolve, run_until

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.base.records import Document, Entity, Knowledge
    from kg.extract.arbiter.arbiter import Arbiter
    from kg.extract.arbiter.proposals import Decision

# Characters that are added to the length, so that the shortest texts do not come first.
SHORT = 400
# Refused proposals that are told: those within so many units of log-odds of even.
NEAR = 2 * UNIT


class Doubt(NamedTuple):
    """A document, how unsure the reader is of it, and what it reads there as gold has it."""

    much: float
    document: Document
    gold: dict[str, Any]


def doubts(documents: Sequence[Document], arbiter: Arbiter | None, most: int) -> list[Doubt]:
    """The documents of which the reader is least sure, the least sure first.

    Args:
        documents: The documents.
        arbiter: Who decides; None if rules alone do.
        most: How many are given.

    Raises:
        ModelError: If rules alone decide, which are never unsure.
    """
    if arbiter is None:
        raise ModelError("rules alone are sure of all they say; name weights with --reader")
    each = [_doubt(document, arbiter) for document in documents]
    return sorted(each, key=lambda one: (-one.much, one.document.name))[:most]


def text_of(doubts: Sequence[Doubt]) -> str:
    """The gold of documents as a list in JSON, a line for each entity, relation and value.

    >>> from kg.base.records import Document
    >>> gold = {"doc": "a.txt", "entities": [{"id": "e1", "name": "甲"}], "relations": []}
    >>> print(text_of([Doubt(0.5, Document("a", "a.txt", "甲"), gold)]), end="")
    [
    {"doc": "a.txt",
     "entities": [
      {"id": "e1", "name": "甲"}
     ],
     "relations": []}
    ]
    """
    return "[\n" + ",\n".join(_object(one.gold) for one in doubts) + "\n]\n"


def _object(gold: dict[str, Any]) -> str:
    parts = []
    for key, value in gold.items():
        printed = json.dumps(value, ensure_ascii=False)
        if isinstance(value, list) and value:
            rows = [f"  {json.dumps(row, ensure_ascii=False)}" for row in value]
            printed = "[\n" + ",\n".join(rows) + "\n ]"
        parts.append(f"{json.dumps(key)}: {printed}")
    return "{" + ",\n ".join(parts) + "}"


def _doubt(document: Document, arbiter: Arbiter) -> Doubt:
    state = DocumentState(document, arbiter.ontology, given_arbiter=arbiter)
    state = run_until(state, run_resolve)
    assert state.reading is not None
    knowledge = assemble([(document, state.reading)], arbiter.ontology, default("base"))
    decisions = [d for block in state.blocks for of_context in block.decisions for d in of_context]
    open_ = sum(_left_open(decision) for decision in decisions)
    gold = _gold(document, knowledge)
    if refused := list(_refused(state)):
        gold["refused"] = refused
    return Doubt(open_ / (len(document.text) + SHORT), document, gold)


def _left_open(decision: Decision) -> float:
    share = 1 / (1 + exp(-decision.score / UNIT))
    return share * (1 - share)


def _gold(document: Document, knowledge: Knowledge) -> dict[str, Any]:
    """What the reader says of a document, with how sure it is, as gold has it."""
    named = sorted((e for e in knowledge.entities if e.mentions), key=lambda e: _first(e, document))
    ids = {e.id: f"e{number}" for number, e in enumerate(named, 1)}
    rows: dict[str, list[dict[str, Any]]] = {"relations": [], "attributes": []}
    for fact in sorted(knowledge.facts, key=lambda f: (f.confidence, f.start, f.id)):
        if not fact.quote:
            continue
        more = {"sure": fact.confidence, "text": fact.quote}
        if fact.object:
            row = {"s": ids[fact.subject], "p": fact.predicate, "o": ids[fact.object], **more}
            rows["relations"].append(row)
        elif fact.value is not None:
            row = {"e": ids[fact.subject], "a": fact.predicate, "v": fact.value.lexical, **more}
            rows["attributes"].append(row)
    things = [
        {"id": ids[e.id], "type": e.type, "name": e.name, "aliases": list(e.aliases)} for e in named
    ]
    return {"doc": document.name, "entities": things, **rows}


def _first(entity: Entity, document: Document) -> tuple[int, str]:
    places = (document.text.find(name) for name in (entity.name, *entity.aliases))
    return min((at for at in places if at >= 0), default=len(document.text)), entity.id


def _refused(state: DocumentState) -> Iterator[dict[str, Any]]:
    """The names that were nearly accepted, the nearest first, for whoever corrects to look at."""
    entities = state.reading.entities if state.reading else ()
    accepted_names = {folded(name) for e in entities for name in (e.name, *e.aliases)}
    best: dict[tuple[str, str], int] = {}
    for block in state.blocks:
        for context, decisions in zip(block.contexts, block.decisions, strict=True):
            for one in decisions:
                if one.proposal.args or one.accepted or one.score < -NEAR or one.beaten_by:
                    continue
                span = one.proposal.span
                name = context.text[span.start : span.end]
                if folded(name) not in accepted_names:
                    key = one.proposal.label, name
                    best[key] = max(best.get(key, one.score), one.score)
    for (type_, name), score in sorted(best.items(), key=lambda b: (-b[1], b[0])):
        yield {"type": type_, "name": name, "sure": round(1 / (1 + exp(-score / UNIT)), 2)}
