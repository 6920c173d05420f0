"""A decision about a claim and a draft in, the facts that it holds of out.

A claim is known again by its predicate, any name that its ends had, its value and its
sentence. Rules may cut the sentence otherwise from one version to the next: what overlaps
counts where nothing is quoted just so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.base.records import Entity, Fact, Merge, Named
from kg.corpus.weave import entity_iri
from kg.review.apply.draft import Draft, ordered
from kg.review.apply.quotes import Place, mention
from kg.review.decisions import Decision, Said, Thing

# The rule of claims that no rule makes: people do.
RULE = "review"


def matching(draft: Draft, said: Said, places: list[Place]) -> list[Fact]:
    """The facts of a draft that a decision about a claim means, surest first."""
    said_so = sorted(_said_so(draft, said), key=lambda f: f.id)
    spans = [(p.source.id, p.start, p.end) for p in places]
    found = [
        f
        for f in said_so
        if any(f.document == d and f.start < end and start < f.end for d, start, end in spans)
    ]
    exact = [f for f in found if (f.document, f.start, f.end) in spans]
    found = exact or found
    same = [f for f in found if f.status == said.status]
    return same or found


def _said_so(draft: Draft, said: Said) -> Iterator[Fact]:
    ids = {i for e in _rarer(draft, said) for i in draft.of[e]}
    relation = draft.ontology.relations.get(said.predicate)
    for fact in (draft.facts[i] for i in ids):
        if fact.predicate != said.predicate or not fact.quote:
            continue
        both = relation is not None and relation.symmetric
        if _agrees(draft, said, fact.subject, fact) or (
            both and _agrees(draft, said, fact.object, replace(fact, object=fact.subject))
        ):
            yield fact


def _rarer(draft: Draft, said: Said) -> set[str]:
    """The things of one end: of a city and a project the project, which has fewer facts."""
    names = [end.name for end in (said.subject, said.object) if end is not None]
    ends = [draft.bearers.get(name, set()) for name in names]
    return min(ends, key=lambda end: sum(len(draft.of[e]) for e in end))


def _agrees(draft: Draft, said: Said, subject: str, fact: Fact) -> bool:
    if not draft.bears(subject, said.subject):
        return False
    if said.object is not None:
        return bool(fact.object) and draft.bears(fact.object, said.object)
    if fact.value is None or said.value is None:
        return False
    # A day that is completed in another way now is still the one of which people spoke.
    words = fact.value.printed if fact.value.anchor else ""
    return fact.value.lexical == said.value.lexical or (words != "" and words == said.value.printed)


def stated(draft: Draft, decision: Decision, places: list[Place]) -> Fact | str:
    """Take in a claim that people state; the fact, or why it cannot be one."""
    said = decision.claim
    assert said is not None
    place = min(places, key=lambda p: (abs(p.start - said.start), p.source.id))
    ends = []
    for thing in (said.subject, said.object):
        iri = _end(draft, thing, place, decision) if thing else ""
        if thing and not iri:
            return f"{thing.name} stands no more in {place.source.names[0]}"
        ends.append(iri)
    fact = Fact(
        id="",
        subject=ends[0],
        predicate=said.predicate,
        object=ends[1],
        value=said.value,
        document=place.source.id,
        start=place.start,
        end=place.end,
        quote=place.words,
        status=said.status,
        confidence=1.0,
        rule=RULE,
        review=noted(decision),
    )
    types = [draft.entities[e].type for e in ends if e]
    lost = len(draft.lost)
    put = draft.put(fact)
    del draft.lost[lost:]
    return put or f"{said.predicate} does not lead from {' to '.join(types) or 'anything'}"


def accepted(fact: Fact, decision: Decision) -> Fact:
    """A fact as people confirmed it, with the status that they gave it."""
    assert decision.claim is not None
    status = decision.claim.status
    id_ = fact.id if status == fact.status else ""
    return replace(fact, id=id_, status=status, confidence=1.0, review=noted(decision))


def noted(decision: Decision) -> str:
    """Who accepted or added a claim, when and why."""
    return f"{'added' if decision.do == 'add' else 'accepted'} {decision.note}"


def _end(draft: Draft, thing: Thing, place: Place, decision: Decision) -> str:
    """The entity that a stated claim is about; it comes to be if the document names it."""
    found = draft.find(thing)
    if len(found) > 1:
        near = [i for i in found if any(n.entity == i for n in draft.named[place.source.id])]
        found = near or found
    if found:
        return found[0]
    where = mention(place, thing.name)
    if where is None or thing.type not in draft.ontology.classes:
        return ""
    iri = entity_iri(draft.base, thing.type, thing.name)
    reason = Merge(
        thing.name, "review.add", f"named {decision.note}", place.source.id, where.start, where.end
    )
    draft.entities[iri] = Entity(iri, thing.type, thing.name, mentions=1, merges=(reason,))
    draft.know(iri, (thing.name,), (thing.type,))
    named = draft.named[place.source.id]
    draft.named[place.source.id] = ordered((*named, Named(where.start, where.end, iri)))
    return iri
