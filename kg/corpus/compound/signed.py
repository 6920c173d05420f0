"""Claims that two sign something with each other in, the deals of what has no name out.

One sentence may tell of several (甲与乙签订…；丙与丁签订…): claims belong together by the verb of
signing that stands behind those who sign. Who signs with somebody who signs with a third is in it
with both, unless one signs with each of the others by itself (甲分别与乙、丙签约).
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.base.records import Deal
from kg.corpus.compound.collected import amounts_of, days_of, tellings_of
from kg.corpus.merged import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.base.records import Fact
    from kg.corpus.compound.circumstances import Circumstances, Verb
    from kg.corpus.compound.draft import Draft, Parts


def signed(
    facts: Sequence[Fact], parts: Parts, drafts: Sequence[Draft], around: Circumstances
) -> Iterator[Deal]:
    """The deals of those who sign what has no name.

    If one of them signs or invests in a single project in the same sentence, they all sign it.

    Args:
        facts: What a document says, in order.
        parts: Which claims are parts.
        drafts: The deals of what has a name.
        around: The document.
    """
    groups: defaultdict[tuple[int, int], list[tuple[Verb, Fact]]] = defaultdict(list)
    for fact in facts:
        signing = parts.between.get(fact.predicate)
        verb = around.signing(fact, signing) if signing is not None else None
        if verb is not None:
            groups[verb.quote, verb.start].append((verb, fact))
    for pairs in groups.values():
        verb, some = min(verb for verb, _ in pairs), [fact for _, fact in pairs]
        for group in agreements(some, apiece=around.apiece(verb)):
            parties = {iri for fact in group for iri in (fact.subject, fact.object)}
            here = [one for one in drafts if one.shares(parties, verb.quote, verb.until)]
            if len(here) == 1:
                here[0].things["party"] |= parties
                here[0].signed += group
            elif not any(parties <= one.things["party"] for one in here):
                yield _deal(group, verb, parts, around)


def _deal(group: Sequence[Fact], verb: Verb, parts: Parts, around: Circumstances) -> Deal:
    """The deal of those who sign with one verb."""
    members = tuple(sorted({iri for fact in group for iri in (fact.subject, fact.object)}))
    told = parts.furthest(fact.status for fact in group)
    ended = told and told[0] == max(parts.ladder, key=parts.ladder.__getitem__)
    claims = tuple(sorted({fact.id for fact in group}))
    return Deal(
        f"{parts.base}deal/{digest(around.source.id, *members, size=16)}",
        members,
        places=tuple(sorted(around.places(group) - set(members))),
        events=tuple(sorted(around.events(group))),
        amounts=amounts_of(around.agreed_on(verb, parts.kinds, claims)),
        days=days_of(around.days_before(verb)),
        statuses=told if ended else around.status(verb),
        told=tellings_of(group),
    )


def agreements(facts: Iterable[Fact], *, apiece: bool = False) -> list[list[Fact]]:
    """The claims of each agreement, in their order.

    Args:
        facts: The claims of one verb.
        apiece: Whether the text says that one signs with each of the others by itself.
    """
    every = list(facts)
    shared = set.intersection(*({fact.subject, fact.object} for fact in every)) if every else set()
    if apiece and shared:
        pairs: defaultdict[frozenset[str], list[Fact]] = defaultdict(list)
        for fact in every:
            pairs[frozenset((fact.subject, fact.object))].append(fact)
        return list(pairs.values())
    found: list[tuple[set[str], list[Fact]]] = []
    for fact in every:
        ends, mine, others = {fact.subject, fact.object}, [fact], []
        for parties, claims in found:
            if parties.isdisjoint(ends):
                others.append((parties, claims))
            else:
                ends, mine = ends | parties, [*claims, *mine]
        found = [*others, (ends, mine)]
    return [claims for _, claims in found]
