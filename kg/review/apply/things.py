"""A decision about things and a draft in, the draft changed: names, classes, merges, splits.

Each function gives ``""`` where the decision holds now (or held already), else the reason why
it has nothing to hold of.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.base.records import Entity, Merge
from kg.corpus.weave import entity_iri
from kg.review.apply.draft import Draft
from kg.review.decisions import Decision, Thing

# Shorter names do not tell a thing from another of its class in all documents.
TELLING = 4


def rename(draft: Draft, decision: Decision) -> str:
    """Give a thing another name; the old one stays as one more. One of that name is the same."""
    thing, name = _entity(decision), decision.name
    found = draft.find(thing) or draft.find(Thing(name, thing.type))
    if len(found) != 1:
        return _which(thing, found)
    iri = found[0]
    draft.know(iri, (thing.name, name), ())
    entity = draft.entities[iri]
    if entity.name != name:
        _label(draft, entity, name, _reason(decision, name, f"{entity.name} is named {name}"))
    same = entity_iri(draft.base, entity.type, name)
    if same != iri and same in draft.entities:
        _join(draft, same, iri, ())
    return ""


def retype(draft: Draft, decision: Decision) -> str:
    """Give a thing another class; where one of that class and name is there they are one."""
    thing, klass = _entity(decision), decision.type
    found = draft.find(thing) or draft.find(Thing(thing.name, klass))
    if len(found) != 1:
        return _which(thing, found)
    if klass not in draft.ontology.classes:
        return f"{klass} is no class of the ontology"
    entity = draft.entities[found[0]]
    draft.know(entity.id, (), (thing.type, klass))
    if entity.type == klass:
        return ""
    reason = _reason(decision, entity.name, f"{entity.type} is corrected to {klass}")
    key = entity.name if len(entity.name) >= TELLING else f"{entity.name}@{entity.id}"
    same = entity_iri(draft.base, klass, key)
    if same in draft.entities:
        _join(draft, same, entity.id, (reason,))
        return ""
    merges = _sorted((*entity.merges, reason))
    subtype = entity.subtype if entity.subtype in draft.ontology.classes[klass].subtypes else ""
    fresh = replace(
        entity, id=same, type=klass, subtype=subtype, code="", merges=merges, doubtful=False
    )
    del draft.entities[entity.id]
    draft.entities[same] = fresh
    draft.carry(entity.id, same)
    return ""


def merge(draft: Draft, decision: Decision) -> str:
    """Make two things one, which keeps the first one's name."""
    thing, other = _entity(decision), decision.other
    assert other is not None
    kept, gone = draft.find(thing), draft.find(other)
    if set(kept) & set(gone):
        return ""
    for wanted, found in ((thing, kept), (other, gone)):
        if len(found) != 1:
            return _which(wanted, found)
    name = draft.entities[gone[0]].name
    _join(draft, kept[0], gone[0], (_reason(decision, name, "the same by review"),))
    return ""


def split(draft: Draft, decision: Decision) -> str:
    """Make a name of a thing, everywhere or in one document, a thing of its own."""
    thing, name = _entity(decision), decision.name
    found = draft.find(thing)
    if len(found) != 1:
        return _which(thing, found)
    entity = draft.entities[found[0]]
    where = decision.document.id if decision.document else ""
    key = f"{name}@{where}" if where else name
    iri = entity_iri(draft.base, entity.type, key)
    if iri == entity.id:
        iri = entity_iri(draft.base, entity.type, f"{key}@")
    taken = draft.part(entity, iri, name, where)
    if not taken:
        apart = [i for i in draft.find(Thing(name, thing.type)) if i != entity.id]
        if apart and decision.document is None:
            return ""
        return f"{name} is no name of {entity.name} in the documents"
    reason = _reason(decision, name, f"not the same as {entity.name}")
    there = draft.entities[iri]
    draft.entities[iri] = replace(
        there, mentions=there.mentions + taken, merges=_sorted((*there.merges, reason))
    )
    draft.know(iri, (*draft.known[entity.id], name), draft.classes[entity.id])
    _rest(draft, entity, name, taken)
    return ""


DOING = {"rename": rename, "retype": retype, "merge": merge, "split": split}


def foreseen(draft: Draft, held: Iterable[Decision]) -> None:
    """Let things that were read with their corrected class be found by the one they had."""
    for decision in held:
        if decision.do == "retype" and not draft.find(_entity(decision)):
            for iri in draft.find(Thing(_entity(decision).name, decision.type)):
                draft.know(iri, (), (_entity(decision).type,))


def _entity(decision: Decision) -> Thing:
    assert decision.entity is not None
    return decision.entity


def _which(thing: Thing, found: list[str]) -> str:
    if not found:
        return f"no {thing.type} is called {thing.name} any more"
    return f"{thing.name} names {len(found)} things: {', '.join(found)}; name one by its IRI"


def _reason(decision: Decision, name: str, said: str) -> Merge:
    return Merge(name, f"review.{decision.do}", f"{said} {decision.note}")


def _sorted(merges: tuple[Merge, ...]) -> tuple[Merge, ...]:
    return tuple(sorted(set(merges), key=lambda m: (m.name, m.rule, m.document, m.start, m.reason)))


def _label(draft: Draft, entity: Entity, name: str, reason: Merge) -> None:
    aliases = tuple(sorted({*entity.aliases, entity.name} - {name}))
    merges = _sorted((*entity.merges, reason))
    draft.entities[entity.id] = replace(
        entity, name=name, aliases=aliases, merges=merges, doubtful=False
    )


def _join(draft: Draft, kept: str, gone: str, reasons: tuple[Merge, ...]) -> None:
    """Let one thing take in another, whose class it gives it too."""
    one, other = draft.entities[kept], draft.entities.pop(gone)
    aliases = {*one.aliases, *other.aliases, other.name} - {one.name}
    draft.entities[kept] = replace(
        one,
        aliases=tuple(sorted(aliases)),
        mentions=one.mentions + other.mentions,
        merges=_sorted((*one.merges, *other.merges, *reasons)),
        subtype=one.subtype or (other.subtype if other.type == one.type else ""),
        code=one.code or (other.code if other.type == one.type else ""),
        background=one.background and other.background,
        doubtful=one.doubtful and other.doubtful,
    )
    draft.carry(gone, kept)


def _rest(draft: Draft, entity: Entity, name: str, taken: int) -> None:
    """What is left of a thing when a name is taken away; it goes if nothing is."""
    left = draft.names(entity.id)
    merges = tuple(m for m in entity.merges if m.name in left or m.name != name)
    mentions = max(0, entity.mentions - taken)
    if name not in left:
        names = {entity.name, *entity.aliases} - {name}
        longest = max(names, key=lambda n: (len(n), n), default=entity.name)
        label = entity.name if entity.name in names else longest
        aliases = tuple(sorted(names - {label}))
        entity = replace(entity, name=label, aliases=aliases)
    draft.entities[entity.id] = replace(entity, mentions=mentions, merges=merges)
