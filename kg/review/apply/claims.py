"""A decision about a claim and a draft in, the facts that it holds of out.

A claim is known again by its predicate, any name that its ends had, its value and its
sentence. Rules may cut the sentence otherwise from one version to the next: what overlaps
counts where nothing is quoted just so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.base.records import Entity, Fact, Merge, NamedPlace
from kg.corpus.assemble import entity_iri
from kg.review.apply.editable_graph import EditableGraph, ordered
from kg.review.apply.quotes import Place, mention
from kg.review.decisions import ClaimReference, Decision, EntityReference

# The rule of claims that no rule makes: people do.
RULE = "review"


def matching(editable: EditableGraph, claim: ClaimReference, places: list[Place]) -> list[Fact]:
    """The facts of a draft that a decision about a claim means, surest first."""
    said_so = sorted(_said_so(editable, claim), key=lambda f: f.id)
    spans = [(p.source.id, p.start, p.end) for p in places]
    matches = [
        f
        for f in said_so
        if any(f.document == d and f.start < end and start < f.end for d, start, end in spans)
    ]
    exact = [f for f in matches if (f.document, f.start, f.end) in spans]
    matches = exact or matches
    same = [f for f in matches if f.status == claim.status]
    return same or matches


def _said_so(editable: EditableGraph, claim: ClaimReference) -> Iterator[Fact]:
    ids = {i for e in _rarer(editable, claim) for i in editable.of[e]}
    relation = editable.ontology.relations.get(claim.predicate)
    for fact in (editable.facts[i] for i in ids):
        if fact.predicate != claim.predicate or not fact.quote:
            continue
        both = relation is not None and relation.symmetric
        if _agrees(editable, claim, fact.subject, fact) or (
            both and _agrees(editable, claim, fact.object, replace(fact, object=fact.subject))
        ):
            yield fact


def _rarer(editable: EditableGraph, claim: ClaimReference) -> set[str]:
    """The things of one end: of a city and a project the project, which has fewer facts."""
    names = [end.name for end in (claim.subject, claim.object) if end is not None]
    ends = [editable.bearers.get(name, set()) for name in names]
    return min(ends, key=lambda end: sum(len(editable.of[e]) for e in end))


def _agrees(editable: EditableGraph, claim: ClaimReference, subject: str, fact: Fact) -> bool:
    if not editable.bears(subject, claim.subject):
        return False
    if claim.object is not None:
        return bool(fact.object) and editable.bears(fact.object, claim.object)
    if fact.value is None or claim.value is None:
        return False
    # A day that is completed in another way now is still the one of which people spoke.
    words = fact.value.printed if fact.value.anchor else ""
    return fact.value.lexical == claim.value.lexical or (
        words != "" and words == claim.value.printed
    )


def state_claim(editable: EditableGraph, decision: Decision, places: list[Place]) -> Fact | str:
    """Take in a claim that people state; the fact, or why it cannot be one."""
    claim = decision.claim
    assert claim is not None
    place = min(places, key=lambda p: (abs(p.start - claim.start), p.source.id))
    ends = []
    for thing in (claim.subject, claim.object):
        if thing and (later := _dropped(editable, thing, decision)):
            return f"{thing.name} is no entity, {later.note}"
        iri = _end(editable, thing, place, decision) if thing else ""
        if thing and not iri:
            return f"{thing.name} stands no more in {place.source.names[0]}"
        ends.append(iri)
    fact = Fact(
        id="",
        subject=ends[0],
        predicate=claim.predicate,
        object=ends[1],
        value=claim.value,
        document=place.source.id,
        start=place.start,
        end=place.end,
        quote=place.words,
        status=claim.status,
        confidence=1.0,
        rule=RULE,
        review=review_note(decision),
    )
    types = [editable.entities[e].type for e in ends if e]
    lost = len(editable.lost)
    put = editable.put(fact)
    del editable.lost[lost:]
    return put or f"{claim.predicate} does not lead from {' to '.join(types) or 'anything'}"


def _dropped(
    editable: EditableGraph, thing: EntityReference, decision: Decision
) -> Decision | None:
    """The later decision that a thing is none; one that is told again after that is one."""
    drop = editable.nothing.get(("", editable.where(thing.iri)))
    if not drop and not editable.find(thing):
        drop = editable.nothing.get((thing.type, thing.name))
    return drop if drop and decision.order < drop.order else None


def with_acceptance(fact: Fact, decision: Decision) -> Fact:
    """A fact as people confirmed it, with the status that they gave it."""
    assert decision.claim is not None
    status = decision.claim.status
    id_ = fact.id if status == fact.status else ""
    return replace(fact, id=id_, status=status, confidence=1.0, review=review_note(decision))


def review_note(decision: Decision) -> str:
    """Who accepted or added a claim, when and why."""
    return f"{'added' if decision.do == 'add' else 'accepted'} {decision.note}"


def _end(editable: EditableGraph, thing: EntityReference, place: Place, decision: Decision) -> str:
    """The entity that a stated claim is about; it comes to be if the document names it."""
    iris = editable.find(thing)
    if len(iris) > 1:
        near = [i for i in iris if any(n.entity == i for n in editable.named[place.source.id])]
        iris = near or iris
    if iris:
        return iris[0]
    where = mention(place, thing.name)
    if where is None or thing.type not in editable.ontology.classes:
        return ""
    iri = entity_iri(editable.base, thing.type, thing.name)
    reason = Merge(
        thing.name, "review.add", f"named {decision.note}", place.source.id, where.start, where.end
    )
    editable.entities[iri] = Entity(iri, thing.type, thing.name, mentions=1, merges=(reason,))
    editable.know(iri, (thing.name,), (thing.type,))
    named = editable.named[place.source.id]
    editable.named[place.source.id] = ordered((*named, NamedPlace(where.start, where.end, iri)))
    return iri
