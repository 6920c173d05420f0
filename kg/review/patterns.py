"""One claim or name in, the decisions about all that are like it out, and what would come of them.

A pattern is decided at once, but each claim and each thing of it has a line of its own: what was
shown is what is decided, it holds for every build as other decisions do, and one of them can be
taken back alone. What people decided before stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from kg.base.errors import QueryError
from kg.base.records import Knowledge
from kg.base.settings import default
from kg.review import decide
from kg.review.apply.replay import replay
from kg.review.apply.verdicts import verdicts
from kg.review.decisions import OF_CLAIMS, Decision
from kg.review.typed import class_of

if TYPE_CHECKING:
    from kg.base.records import Entity, Fact
    from kg.query.graph import Graph
    from kg.review.decide import Who

# What claims can have in common beside relation and rule: the object (or value), or the subject.
OF_A_CLAIM = ("object", "subject")
# What things can have in common: how their names end (of one class), or a name in all documents.
OF_NAMES = ("ending", "phrase", "thing")
KINDS = (*OF_A_CLAIM, *OF_NAMES)
LEAST = 2  # characters of an ending: a single one is half of all names


@dataclass(frozen=True, slots=True)
class Effect:
    """What decisions would change in a graph as it was built.

    Attributes:
        decisions: How many there are.
        removed: The claims that go, in the order of their documents.
        confirmed: The claims that are confirmed, likewise.
        things: The things that go, by their names.
        unnamed: The things that stay but lose a name.
        documents: In how many documents that is.
        digest: The same for the same decisions, so that what is decided is what was shown.
    """

    decisions: int
    removed: tuple[Fact, ...] = ()
    confirmed: tuple[Fact, ...] = ()
    things: tuple[Entity, ...] = ()
    unnamed: tuple[Entity, ...] = ()
    documents: int = 0
    digest: str = ""


def alike(graph: Graph, fact: Fact, kind: str) -> list[Fact]:
    """The claims of one relation and rule that share the object (or the value) or the subject."""
    return [f for f in graph.knowledge.facts if f.quote and shared(f, kind) == shared(fact, kind)]


def shared(fact: Fact, kind: str) -> tuple[str, ...]:
    """What claims of a pattern have in common."""
    value = fact.value.lexical if fact.value else ""
    end = (fact.subject,) if kind == "subject" else (fact.object, value)
    return fact.predicate, fact.rule, *end


def ending(graph: Graph, klass: str, words: str) -> list[Entity]:
    """The things of a class whose names end with some words, as documents name them.

    Raises:
        QueryError: If the ending is too short, or there are none.
    """
    class_of(graph, klass)
    if len(words) < LEAST:
        raise QueryError(
            f"an ending has at least {LEAST} characters, not {words!r}",
            zh=f"结尾至少要有 {LEAST} 个字",
        )
    things = graph.knowledge.entities
    entities = [e for e in things if e.type == klass and e.mentions and e.name.endswith(words)]
    if not entities:
        raise QueryError(
            f"no name of a {klass} ends with {words!r}", zh=f"没有以“{words}”结尾的{klass}名称"
        )
    return entities


def decided_alike(
    graph: Graph, who: Who, kind: str, words: Sequence[str], do: str, known: Iterable[Decision] = ()
) -> list[Decision]:
    """The decisions about all that is like one claim or one name.

    Args:
        graph: The graph that is decided about.
        who: Who decides, and when: all of them at one moment.
        kind: One of ``KINDS``.
        words: A claim; of ``ending`` a class and the end of names; of ``phrase`` a name; of
            ``thing`` an entity.
        do: ``accept`` or ``reject``.
        known: What people decided before, which stays.

    Raises:
        QueryError: If there is no such claim, thing or pattern.
    """
    if kind not in KINDS or do not in ("accept", "reject"):
        raise QueryError(f"{kind!r} is no pattern; {', '.join(KINDS)} are")
    if kind in ("phrase", "thing"):
        if do == "accept":
            raise QueryError("a name is confirmed one by one", zh="名称请逐个确认")
        return [decide.drop(graph, who, words[0], everywhere=kind == "phrase")]
    decided = {d.about for d in verdicts(known).in_force}
    make = _of_claims if kind in OF_A_CLAIM else _of_names
    return [d for d in make(graph, who, kind, words, do) if d.about not in decided]


def _of_claims(
    graph: Graph, who: Who, kind: str, words: Sequence[str], do: str
) -> Iterable[Decision]:
    one = decide.fact_of(graph, words[0])
    claim = decide.claim_reference_of(graph, one)
    other = str(claim).rpartition(" → ")[2]
    ends = f"→ {other}" if kind == "object" else f"{claim.subject.name} →"
    pattern = f"{one.predicate} · {one.rule} · {ends}"
    decisions = {}
    for fact in alike(graph, one, kind):
        if not fact.review:
            claim = decide.claim_reference_of(graph, fact)
            decision = Decision(do, who.by, who.when, who.why, claim=claim, pattern=pattern)
            decisions[decision.about] = decision
    return decisions.values()


def _of_names(graph: Graph, who: Who, _: str, words: Sequence[str], do: str) -> Iterable[Decision]:
    klass, end = words[0], words[1].strip()
    pattern = f"{klass} · …{end}"
    for entity in ending(graph, klass, end):
        thing = decide.thing_of(entity)
        decision = Decision("drop", who.by, who.when, who.why, entity=thing, pattern=pattern)
        yield decision if do == "reject" else replace(decision, do="retype", type=klass)


def effect(graph: Graph, decisions: Sequence[Decision]) -> Effect:
    """What decisions would change: they are replayed on the part of the graph that they touch."""
    part = _touched(graph, decisions)
    after = replay(part, decisions, graph.ontology, default("base")).knowledge
    before = [f for f in part.facts if f.quote]
    facts, things = {f.id: f for f in after.facts}, {e.id: e for e in after.entities}
    removed = tuple(sorted((f for f in before if f.id not in facts), key=_place))
    sure = [f for f in before if facts.get(f.id, f).review and not f.review]
    named = [e for e in part.entities if e.mentions]
    lost = [e for e in named if e.id not in things or not things[e.id].mentions]
    fewer = [e for e in named if e not in lost and _names(things[e.id]) < _names(e)]
    return Effect(
        len(decisions),
        removed,
        tuple(sorted(sure, key=_place)),
        tuple(sorted(lost, key=lambda e: (e.name, e.id))),
        tuple(fewer),
        len({f.document for f in (*removed, *sure)}),
        sha256("\n".join(sorted(repr(d.about) for d in decisions)).encode()).hexdigest()[:16],
    )


def _place(fact: Fact) -> tuple[str, int, str]:
    return fact.document, fact.start, fact.id


def _names(entity: Entity) -> set[str]:
    return {entity.name, *entity.aliases}


def _touched(graph: Graph, decisions: Sequence[Decision]) -> Knowledge:
    """The things that decisions name, their claims, the other ends of these, and the documents."""
    whole = graph.knowledge
    things = {i for d in decisions for i in _things(graph, d)}
    document_ids = {d.claim.document.id for d in decisions if d.claim}
    quotes = {d.claim.quote for d in decisions if d.claim}
    source_ids = {s.id for s in whole.sources if s.document in document_ids}
    facts = [
        f
        for f in whole.facts
        if not things.isdisjoint((f.subject, f.object))
        or (f.document in source_ids and f.quote in quotes)
    ]
    ends = things | {end for f in facts for end in (f.subject, f.object)}
    sources = tuple(
        s
        for s in whole.sources
        if s.id in source_ids or any(n.entity in things for n in s.named_places)
    )
    entities = tuple(e for e in whole.entities if e.id in ends)
    return Knowledge(sources=sources, entities=entities, facts=tuple(facts))


def _things(graph: Graph, decision: Decision) -> list[str]:
    if decision.do in OF_CLAIMS:
        return []
    if decision.entity is not None:
        return [decision.entity.iri]
    return list(graph.iris_of.get(decision.name, ()))
