"""Claims that two sign something with each other in, the deals of what has no name out.

One sentence may tell of several (甲与乙签订…；丙与丁签订…): claims belong together by the verb of
signing that stands behind those who sign. Who signs with somebody who signs with a third is in it
with both, unless one signs with each of the others by itself (甲分别与乙、丙签约).
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from kg.base.records import Amount, Deal
from kg.corpus.compound.deals.circumstances import AGREED, BESIDE
from kg.corpus.compound.deals.collected import amounts_of, attestations_of, days_of
from kg.corpus.entity_merging import digest
from kg.extract.values.sum_kinds import YUAN, lead, tail

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.base.records import Fact
    from kg.corpus.compound.deals.circumstances import Circumstances, Words
    from kg.corpus.compound.deals.draft import DealDraft, Parts
    from kg.extract.values.dates import FoundValue
    from kg.extract.values.sum_kinds import SumKinds

# What parts two tellings of one sentence, and two clauses.
APART, PAUSE = re.compile("[；。]"), re.compile("[，；。：！？]")
# Characters before a verb, without names, that tell how far it is.
AHEAD = 24


class Verb(NamedTuple):
    """A verb of signing in the quotation of a claim, in code points of the document.

    ``quote`` and ``until`` bound the quotation, ``start`` and ``end`` are where the verb stands,
    and ``ends`` is where those who sign have been named.
    """

    quote: int
    until: int
    start: int
    end: int
    ends: int


def signed(
    facts: Sequence[Fact], parts: Parts, drafts: Sequence[DealDraft], around: Circumstances
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
        verb = verb_of(fact, signing, around) if signing is not None else None
        if verb is not None:
            groups[verb.quote, verb.start].append((verb, fact))
    for pairs in groups.values():
        verb, verb_facts = min(verb for verb, _ in pairs), [fact for _, fact in pairs]
        if apiece := _apiece(verb, around):  # 甲分别与乙和丙签约: 乙 signs nothing with 丙
            verb_facts = [fact for fact in verb_facts if not _listed(fact, around)] or verb_facts
        for group in agreements(verb_facts, apiece=apiece):
            parties = {iri for fact in group for iri in (fact.subject, fact.object)}
            start, end = _part(verb, around)
            named = {one.entity for one in around.inside(start, end)}
            whole = (start, end) == (verb.quote, verb.until)
            here = [one for one in drafts if whole or one.what in named]
            here = [one for one in here if one.shares(parties, start, end)]
            if len(here) == 1:
                here[0].things["party"] |= parties
                here[0].signed += group
            elif not any(parties <= one.things["party"] for one in here):
                yield _deal(group, verb, parts, around)


def _deal(group: Sequence[Fact], verb: Verb, parts: Parts, around: Circumstances) -> Deal:
    """The deal of those who sign with one verb."""
    members = tuple(sorted({iri for fact in group for iri in (fact.subject, fact.object)}))
    furthest = parts.furthest(fact.status for fact in group)
    ended = bool(furthest) and furthest[0] == parts.last
    unsigned = all(fact.predicate in parts.unsigned for fact in group)
    other = sorted({fact.predicate for fact in group}) if unsigned else []
    claims = tuple(sorted({fact.id for fact in group}))
    return Deal(
        f"{parts.base}deal/{digest(around.source.id, *other, *members, size=16)}",
        members,
        places=tuple(sorted(around.places(group) - set(members))),
        events=tuple(sorted(around.events(group))),
        amounts=amounts_of(amounts(verb, parts.kinds, claims, around)),
        days=days_of(around.days_before(verb.quote, verb.end)),
        statuses=furthest if ended or unsigned else status(verb, around),
        attestations=attestations_of(group),
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
    groups: list[tuple[set[str], list[Fact]]] = []
    for fact in every:
        ends, joined, others = {fact.subject, fact.object}, [fact], []
        for parties, claims in groups:
            if parties.isdisjoint(ends):
                others.append((parties, claims))
            else:
                ends, joined = ends | parties, [*claims, *joined]
        groups = [*others, (ends, joined)]
    return [claims for _, claims in groups]


def verb_of(fact: Fact, words: re.Pattern[str], around: Circumstances) -> Verb | None:
    """The verb by which those of a claim sign, none if its sentence tells it of others.

    Args:
        fact: A claim of two who do something together.
        words: The verbs of signing.
        around: The document.
    """
    text, never = around.source.text, around.words.never
    hits = [hit.span() for hit in words.finditer(text, fact.start, fact.end)]
    hits = [hit for hit in hits if not never.search(text[hit[1] : min(hit[1] + AHEAD, fact.end)])]
    inside = around.inside(fact.start, fact.end)
    places = [[o.end for o in inside if o.entity == iri] for iri in (fact.subject, fact.object)]
    if not hits:
        return None
    if not all(places):  # 双方签署…: who is meant stands in another sentence
        return Verb(fact.start, fact.end, *hits[0], fact.start)
    ends = max(min(ends_of) for ends_of in places)
    behind = [hit for hit in hits if hit[0] >= ends]
    if not behind:  # 甲|签约|乙
        return Verb(fact.start, fact.end, *hits[-1], min(min(ends_of) for ends_of in places))
    if APART.search(text, ends, behind[0][0]):
        return None
    return Verb(fact.start, fact.end, *behind[0], ends)


def amounts(
    verb: Verb, kinds: SumKinds, claims: tuple[str, ...], around: Circumstances
) -> list[Amount]:
    """The sum of an agreement without a name, as the words around it tell.

    It stands between the verb and what is signed, behind words of a price, or is the only one
    that follows the verb soon. Of some of many (甲与乙等9家企业) it is a sum of several.
    """
    text, words = around.source.text, around.words
    apart = APART.search(text, verb.end, verb.until)
    begin = _clause(verb, around)
    clause = text[begin : apart.start() if apart else verb.until]
    at = verb.start - begin
    sums = [
        one for one in words.values.money(clause) if not words.paid.search(lead(clause, one.start))
    ]
    signs = [
        one
        for one in sums
        if one.start > at
        and "，" not in clause[at : one.start]
        and words.object.match(clause, one.end)
    ]
    priced = [one for one in sums if words.priced.search(clause[: one.start])]
    near = [one for one in sums if words.price.search(clause[: one.end])]
    chosen = signs or priced or (near if len(sums) == 1 else [])
    whole = words.several_sum if words.several.search(clause, 0, at) else ""
    return [_amount(one, clause, kinds, claims, words, whole) for one in chosen[:1]]


def status(verb: Verb, around: Circumstances) -> tuple[str, ...]:
    """How far an agreement is, as the words before the verb say in its clause."""
    pieces, at = [], _clause(verb, around)
    for one in around.inside(at, verb.start):
        pieces.append(around.source.text[at : one.start])
        at = max(at, one.end)
    unnamed = "".join([*pieces, around.source.text[at : verb.start]])[-AHEAD:]
    stages = (name for name, words in around.words.stages if words.search(unnamed))
    return tuple(filter(None, [next(stages, "")]))


def _apiece(verb: Verb, around: Circumstances) -> bool:
    """Whether one signs with each of the others by itself: 甲先后与乙、丙签约."""
    text, begin = around.source.text, _clause(verb, around)
    return around.words.apiece.search(text, begin, verb.end + BESIDE) is not None


def _listed(fact: Fact, around: Circumstances) -> bool:
    """Whether the two of a claim stand beside each other in one list."""
    inside = around.inside(fact.start, fact.end)
    places = [[o for o in inside if o.entity == iri] for iri in (fact.subject, fact.object)]
    ends = [(a.end, b.start) for a in places[0] for b in places[1]]
    ends += [(b.end, a.start) for a in places[0] for b in places[1]]
    text, listed = around.source.text, around.words.listed
    return any(start < end and listed.fullmatch(text, start, end) for start, end in ends)


def _part(verb: Verb, around: Circumstances) -> tuple[int, int]:
    """The part of a sentence that a verb stands in, up to a semicolon."""
    text = around.source.text
    begins = [hit.end() for hit in APART.finditer(text, verb.quote, verb.start)]
    end = APART.search(text, verb.end, verb.until)
    return (begins[-1] if begins else verb.quote), (end.start() if end else verb.until)


def _clause(verb: Verb, around: Circumstances) -> int:
    """Where the clause begins in which those who sign have been named, or the verb stands."""
    before = around.source.text[verb.quote : min(verb.ends, verb.start)]
    return verb.quote + max((hit.end() for hit in PAUSE.finditer(before)), default=0)


def _amount(
    money: FoundValue,
    quote: str,
    kinds: SumKinds,
    claims: tuple[str, ...],
    words: Words,
    whole: str,
) -> Amount:
    """A sum of a sentence; of the usual kind where no word says of which.

    ``whole`` is its kind if it is that of more than those who are named, else ``""``.
    """
    value = money.value
    before, behind = lead(quote, money.start), tail(quote, money.end, len(quote))
    kind = kinds.of(AGREED, AGREED, before, behind)
    number, currency = [*value.lexical.split(), YUAN][:2]
    invested = words.invested.search(before) is not None
    return Amount(
        number,
        whole or (words.sum if kind == kinds.each[-1].name and not invested else kind),
        currency,
        value.printed,
        value.qualifier,
        value.high,
        claims,
    )
