"""A decision about things and a draft in, the draft changed: names, classes, merges, splits.

Each function gives ``""`` where the decision holds now (or held already), else the reason why
it has nothing to hold of.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.base.records import Entity, Merge
from kg.corpus.assemble import entity_iri
from kg.review.apply.editable_graph import EditableGraph
from kg.review.decisions import Decision, EntityReference

# Shorter names do not tell a thing from another of its class in all documents.
TELLING = 4


def rename(editable: EditableGraph, decision: Decision) -> str:
    """Give a thing another name; the old one stays as one more. One of that name is the same."""
    thing, name = _entity(decision), decision.name
    iris = editable.find(thing) or editable.find(EntityReference(name, thing.type))
    if len(iris) != 1:
        return _which(thing, iris)
    iri = iris[0]
    editable.know(iri, (thing.name, name), ())
    entity = editable.entities[iri]
    if entity.name != name:
        _label(editable, entity, name, _reason(decision, name, f"{entity.name} is named {name}"))
    same = entity_iri(editable.base, entity.type, name)
    if same != iri and same in editable.entities:
        _join(editable, same, iri, ())
    return ""


def retype(editable: EditableGraph, decision: Decision) -> str:
    """Give a thing another class; where one of that class and name is there they are one."""
    thing, klass = _entity(decision), decision.type
    iris = editable.find(thing) or editable.find(EntityReference(thing.name, klass))
    if len(iris) != 1:
        return _which(thing, iris)
    if klass not in editable.ontology.classes:
        return f"{klass} is no class of the ontology"
    entity = editable.entities[iris[0]]
    editable.know(entity.id, (), (thing.type, klass))
    if entity.type == klass:
        return ""
    reason = _reason(decision, entity.name, f"{entity.type} is corrected to {klass}")
    key = entity.name if len(entity.name) >= TELLING else f"{entity.name}@{entity.id}"
    same = entity_iri(editable.base, klass, key)
    if same in editable.entities:
        _join(editable, same, entity.id, (reason,))
        return ""
    merges = _sorted((*entity.merges, reason))
    subtype = entity.subtype if entity.subtype in editable.ontology.classes[klass].subtypes else ""
    retyped = replace(
        entity, id=same, type=klass, subtype=subtype, code="", merges=merges, doubtful=False
    )
    del editable.entities[entity.id]
    editable.entities[same] = retyped
    editable.carry(entity.id, same)
    return ""


def merge(editable: EditableGraph, decision: Decision) -> str:
    """Make two things one, which keeps the first one's name."""
    thing, other = _entity(decision), decision.other
    assert other is not None
    survivors, absorbed = editable.find(thing), editable.find(other)
    if set(survivors) & set(absorbed):
        return ""
    for wanted, iris in ((thing, survivors), (other, absorbed)):
        if len(iris) != 1:
            return _which(wanted, iris)
    name = editable.entities[absorbed[0]].name
    _join(editable, survivors[0], absorbed[0], (_reason(decision, name, "the same by review"),))
    return ""


def split(editable: EditableGraph, decision: Decision) -> str:
    """Make a name of a thing, everywhere or in one document, a thing of its own."""
    thing, name = _entity(decision), decision.name
    iris = editable.find(thing)
    if len(iris) != 1:
        return _which(thing, iris)
    entity = editable.entities[iris[0]]
    where = decision.document.id if decision.document else ""
    key = f"{name}@{where}" if where else name
    iri = entity_iri(editable.base, entity.type, key)
    if iri == entity.id:
        iri = entity_iri(editable.base, entity.type, f"{key}@")
    moved_mentions = editable.part(entity, iri, name, where)
    if not moved_mentions:
        apart = [i for i in editable.find(EntityReference(name, thing.type)) if i != entity.id]
        if apart and decision.document is None:
            return ""
        return f"{name} is no name of {entity.name} in the documents"
    reason = _reason(decision, name, f"not the same as {entity.name}")
    there = editable.entities[iri]
    editable.entities[iri] = replace(
        there, mentions=there.mentions + moved_mentions, merges=_sorted((*there.merges, reason))
    )
    editable.know(iri, (*editable.known[entity.id], name), editable.classes[entity.id])
    _rest(editable, entity, name, moved_mentions)
    return ""


def drop(editable: EditableGraph, decision: Decision) -> str:
    """Let a thing be none, or a name name nothing in any document."""
    if decision.entity is None:
        for klass in editable.ontology.classes:
            editable.nothing[klass, decision.name] = decision
        return _unnamed(editable, decision.name)
    iris = editable.find(decision.entity)
    if len(iris) != 1:
        return _which(decision.entity, iris)
    editable.nothing["", iris[0]] = decision
    for klass in editable.classes[iris[0]]:
        for name in editable.known[iris[0]]:
            editable.nothing[klass, name] = decision
    editable.remove(iris[0])
    return ""


def _unnamed(editable: EditableGraph, name: str) -> str:
    """Take a name away from all that bear it; what has no other goes."""
    changed = False
    for iri in sorted(editable.bearers[name]):
        entity = editable.entities[iri]
        if {entity.name, *entity.aliases} == {name}:
            editable.remove(iri)
            changed = True
            continue
        nothing = entity_iri(editable.base, entity.type, f"{name}@nothing")
        moved_mentions = editable.part(entity, nothing, name)
        if not moved_mentions and name not in (entity.name, *entity.aliases):
            continue  # it had the name before another correction
        changed = True
        if moved_mentions:
            editable.remove(nothing)
        _rest(editable, entity, name, moved_mentions)
        if not editable.entities[iri].background and not editable.names(iri):
            editable.remove(iri)
    return "" if changed else f"nothing is called {name} any more"


DOING = {"rename": rename, "retype": retype, "merge": merge, "split": split, "drop": drop}


def foreseen(editable: EditableGraph, decisions: Iterable[Decision]) -> None:
    """Let things that were read with their corrected class be found by the one they had."""
    for decision in decisions:
        if decision.do == "retype" and not editable.find(_entity(decision)):
            for iri in editable.find(EntityReference(_entity(decision).name, decision.type)):
                editable.know(iri, (), (_entity(decision).type,))


def _entity(decision: Decision) -> EntityReference:
    assert decision.entity is not None
    return decision.entity


def _which(thing: EntityReference, iris: list[str]) -> str:
    if not iris:
        return f"no {thing.type} is called {thing.name} any more"
    return f"{thing.name} names {len(iris)} things: {', '.join(iris)}; name one by its IRI"


def _reason(decision: Decision, name: str, statement: str) -> Merge:
    return Merge(name, f"review.{decision.do}", f"{statement} {decision.note}")


def _sorted(merges: tuple[Merge, ...]) -> tuple[Merge, ...]:
    return tuple(sorted(set(merges), key=lambda m: (m.name, m.rule, m.document, m.start, m.reason)))


def _label(editable: EditableGraph, entity: Entity, name: str, reason: Merge) -> None:
    aliases = tuple(sorted({*entity.aliases, entity.name} - {name}))
    merges = _sorted((*entity.merges, reason))
    editable.entities[entity.id] = replace(
        entity, name=name, aliases=aliases, merges=merges, doubtful=False
    )


def _join(
    editable: EditableGraph, survivor: str, absorbed: str, reasons: tuple[Merge, ...]
) -> None:
    """Let one thing take in another, whose class it gives it too."""
    one, other = editable.entities[survivor], editable.entities.pop(absorbed)
    aliases = {*one.aliases, *other.aliases, other.name} - {one.name}
    editable.entities[survivor] = replace(
        one,
        aliases=tuple(sorted(aliases)),
        mentions=one.mentions + other.mentions,
        merges=_sorted((*one.merges, *other.merges, *reasons)),
        subtype=one.subtype or (other.subtype if other.type == one.type else ""),
        code=one.code or (other.code if other.type == one.type else ""),
        background=one.background and other.background,
        doubtful=one.doubtful and other.doubtful,
    )
    editable.carry(absorbed, survivor)


def _rest(editable: EditableGraph, entity: Entity, name: str, moved_mentions: int) -> None:
    """What is left of a thing when a name is taken away; it goes if nothing is."""
    left = editable.names(entity.id)
    merges = tuple(m for m in entity.merges if m.name in left or m.name != name)
    mentions = max(0, entity.mentions - moved_mentions)
    if name not in left:
        names = {entity.name, *entity.aliases} - {name}
        longest = max(names, key=lambda n: (len(n), n), default=entity.name)
        label = entity.name if entity.name in names else longest
        aliases = tuple(sorted(names - {label}))
        entity = replace(entity, name=label, aliases=aliases)
    editable.entities[entity.id] = replace(entity, mentions=mentions, merges=merges)
