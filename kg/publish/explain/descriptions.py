"""Describe in words what is known of a name or a sentence, and why."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from kg.base.errors import QueryError
from kg.base.money import money
from kg.base.records import Document
from kg.corpus.compound.deals.assemble import FIELDS, parts_of
from kg.corpus.compound.implausible_sums import limit
from kg.corpus.reports import Reported, statement_of
from kg.extract.arbiter.proposals import is_llm, is_network, proposed_by, sureness
from kg.extract.resolve.identity.merges import merge_confidence
from kg.extract.values.sum_kinds import sum_kinds
from kg.publish.derived.contradictions import contradictions, side_text
from kg.query.table import counted, plain, value_text
from kg.read.text.clean import clean

BEGINNING = 16  # characters by which a sentence is told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.base.records import Amount, Entity, Fact, LocalClaim, Merge, Reading, Value
    from kg.corpus.reports import Count, Triple
    from kg.extract.claims.context import ArticleContext
    from kg.extract.coreference.antecedents import Reference
    from kg.extract.mentions.mention import Mention
    from kg.extract.stations import DocumentState
    from kg.extract.values.sum_kinds import SumKinds
    from kg.ontology import Ontology
    from kg.publish.derived.contradictions import Contradiction
    from kg.publish.explain.reasons import Reasons
    from kg.query.graph import Graph


def entity(graph: Graph, name: str) -> str:
    """All facts of the entities that a name stands for, and why their names were merged.

    Args:
        graph: The graph, as ``kg.open`` gives it.
        name: A name, an alias or an IRI.

    Raises:
        QueryError: If nothing is called so; the nearest names are given.
    """
    wanted = graph.entity(name)
    whole = graph.knowledge
    entities = [e for e in whole.entities if e.id in wanted]
    reported, contradicted = Reported(whole), contradictions(whole, graph.ontology)
    return "\n".join(
        "\n".join([*_entity(graph, e, reported), *_contradictions(graph, e, contradicted)]) + "\n"
        for e in entities
    )


def claim(graph: Graph, iri: str) -> str:
    """One claim: what it says, by which rule, how sure that is, and where it stands.

    Raises:
        QueryError: If there is no such claim.
    """
    try:
        facts = graph.facts([iri])
    except ValueError:  # it is no IRI at all
        facts = ()
    if not facts:
        raise QueryError(f"{iri} is no claim of this graph; those begin with {graph.base}claim/")
    return "\n".join(_fact(graph, facts[0])) + "\n"


def _entity(graph: Graph, entity: Entity, reported: Reported) -> Iterator[str]:
    yield f"{plain(entity.name)} ({_kind(graph.ontology, entity)})"
    yield f"  {entity.id}"
    if entity.background:
        yield f"  from reference data: {plain(entity.background)}"
    else:
        yield f"  mentioned {counted(entity.mentions, 'time')}"
    if entity.aliases:
        yield "names"
        yield from (f"  {plain(alias)}" for alias in entity.aliases)
    if entity.merges:
        yield "why they are one"
        for merge in entity.merges:
            yield from _merge(graph, merge)
    facts = [f for f in graph.knowledge.facts if entity.id in (f.subject, f.object)]
    if facts:
        yield "facts"
    counts = dict(reported.counts(facts))
    listed: set[Triple] = set()
    for fact in sorted(facts, key=lambda f: _order(graph, f)):
        yield from _fact(graph, fact)
        what = statement_of(fact)
        if what not in listed:
            listed.add(what)
            yield from _reported(counts[what])
    yield from _posts(graph, entity)
    yield from _deals(graph, entity)


def _posts(graph: Graph, entity: Entity) -> Iterator[str]:
    """The posts of a person, or those at a body, each with the sentences that tell it."""
    names = graph.names_of
    own_posts = [p for p in graph.knowledge.posts if entity.id in (p.person, p.organisation)]
    if own_posts:
        yield "posts"
    for post in sorted(
        own_posts, key=lambda p: (p.attestations[0].document, p.attestations[0].start, p.id)
    ):
        who, body = names.get(post.person, post.person), names.get(post.organisation, "")
        title = plain(post.title) or "no title told"
        yield f"  {plain(who)}: {title}, {plain(body) or 'no body told'}"
        for one in post.attestations:
            place = _place(graph, one.document, one.start, one.end)
            doubt = "doubtful: inferred from the sentence" if one.doubtful else ""
            period = "  ".join(filter(None, (one.tenure, one.term, doubt)))
            yield f"    “{plain(one.quote)}” {place}{f'  {period}' if period else ''}"


def _deals(graph: Graph, entity: Entity) -> Iterator[str]:
    """The deals that an entity is part of, each with its other parts and the sentences."""
    names, known = graph.names_of, sum_kinds(graph.ontology)
    own_deals = [deal for deal in graph.knowledge.deals if entity.id in parts_of(deal)]
    if own_deals:
        yield "deals"
    for deal in sorted(
        own_deals, key=lambda d: (d.attestations[0].document, d.attestations[0].start, d.id)
    ):
        for part, field in FIELDS.items():
            if things := getattr(deal, field):
                yield f"  {part}: {', '.join(plain(names.get(iri, iri)) for iri in things)}"
        sums = [_sum(one, known) for one in deal.amounts]
        words = [*sums, *(day.lexical for day in deal.days), *deal.statuses]
        if words:
            yield f"  {', '.join(words)}"
        for one in deal.attestations:
            place = _place(graph, one.document, one.start, one.end)
            yield f"    “{plain(one.quote)}” {place}"


def _sum(amount: Amount, known: SumKinds) -> str:
    """A sum with what it is of, and that it is hard to believe where it is."""
    most = limit(amount, known)
    doubt = f", hard to believe: 99 of 100 are below {money(str(most))}" if most else ""
    return f"{money(amount.value, amount.currency)} ({amount.kind}{doubt})"


def _contradictions(graph: Graph, entity: Entity, all_: Iterable[Contradiction]) -> Iterator[str]:
    """What the documents say of an entity in two ways, each with all who say so."""
    own = [c for c in all_ if entity.id in (c.thing, c.object)]
    if own:
        yield "contradictions"
    names = graph.names_of
    for one in own:
        target = f" → {plain(names.get(one.object, one.object))}" if one.object else ""
        yield f"  {plain(names.get(one.thing, one.thing))} — {one.predicate}{target}  {one.kind}"
        for side, facts in one.sides:
            yield f"    {plain(side_text(one.kind, side, facts, names))}"
            for fact in facts:
                place = _place(graph, fact.document, fact.start, fact.end)
                yield f"      “{plain(fact.quote)}” {place}"


def _reported(count: Count) -> Iterator[str]:
    """How many say a fact, where it is not the one whose sentence is shown."""
    if count.documents > 1 or count.articles > 1:
        articles = counted(count.articles, "independent article")
        yield f"    reported by {articles} ({counted(count.documents, 'document')})"


def _kind(ontology: Ontology, entity: Entity) -> str:
    klass = ontology.classes.get(entity.type)
    label = f" {klass.label['zh']}" if klass else ""
    more = "".join(f", {plain(part)}" for part in (entity.subtype, entity.code) if part)
    return f"{entity.type}{label}{more}"


def _merge(graph: Graph, merge: Merge) -> Iterator[str]:
    sure = f"({merge_confidence(merge.rule, graph.ontology):.0%} sure)"
    yield f"  {plain(merge.name)}  [{merge.rule}] {plain(merge.reason)} {sure}"
    if merge.document and merge.start < merge.end:
        place = merge.start, merge.end
        around = _around(graph.text(merge.document), *place)
        yield f"    “{around}” {_place(graph, merge.document, *place)}"


def _around(text: str, start: int, end: int, context: int = 16) -> str:
    """Some words of a text with those before and after them, in code points."""
    before, after = text[max(0, start - context) : start], text[end : end + context]
    return plain(f"…{before}【{text[start:end]}】{after}…")


def _place(graph: Graph, document: str, start: int, end: int) -> str:
    names = graph.store.ledger.names().get(document, (document,))
    return f"{plain(names[0])} {start}–{end}"


def _order(graph: Graph, fact: Fact) -> tuple[int, str, str, int]:
    pages = [*graph.ontology.relations, *graph.ontology.attributes]
    rank = pages.index(fact.predicate) if fact.predicate in pages else len(pages)
    return rank, fact.predicate, fact.document, fact.start


def _fact(graph: Graph, fact: Fact) -> Iterator[str]:
    names = graph.names_of
    subject = plain(names.get(fact.subject, fact.subject))
    value = value_text(fact.value, graph.ontology.lexicon)
    target = plain(names.get(fact.object, fact.object)) if fact.object else value
    status = f"  {fact.status}" if fact.status else ""
    yield f"  {subject} — {fact.predicate}{_leads(fact.value)}{target}{status}"
    yield f"    {_rule(fact.rule, fact.trigger, fact.confidence)}"
    if is_network(fact.rule):
        yield f"    the network proposed it alone, and it is {sureness(fact.confidence)}"
    elif is_llm(fact.rule):
        by = plain(proposed_by([fact.rule]))
        yield f"    proposed by {by}, and it is {sureness(fact.confidence)}"
    if fact.review:
        yield f"    review: {plain(fact.review)}"
    if fact.quote:
        yield f"    “{plain(fact.quote)}” {_place(graph, fact.document, fact.start, fact.end)}"
    else:
        yield f"    reference data, no document says so: {plain(fact.source)}"


def _leads(value: Value | None) -> str:
    """What stands before a value: one that says what it became has an arrow of its own."""
    return ": " if value is not None and value.anchor and value.printed else " → "


def _rule(rule: str, trigger: str, confidence: float) -> str:
    # The trigger of a rule of form is the whole phrase, which the quotation shows already.
    by = f" by “{plain(trigger)}”" if trigger and len(trigger) <= 12 else ""
    return f"rule {rule}{by}, confidence {confidence:g}"


def sentence(text: str, ontology: Ontology) -> str:
    """What extraction sees in a text: mentions, claims, the rules of both, and pairs without one.

    >>> from kg.ontology import load
    >>> print(sentence("甲某智能科技有限公司董事长李明出席。", load()).splitlines()[0])
    mentions
    """
    from kg.extract.stations import DocumentState, run_resolve, run_until
    from kg.publish.explain.reasons import Reasons

    text = clean(text)  # a command line may hold what is no text
    document = Document(hashlib.sha256(text.encode()).hexdigest()[:20], "-", text)
    state = DocumentState(document, ontology, explains_claims=True)
    state = run_until(state, run_resolve)
    assert state.reading is not None
    reading = state.reading
    reasons = Reasons(state)
    lines = [*_mentions(state, reading, reasons), *_claims(text, reading, reasons)]
    lines += _section("no subject of their own", _references(state))
    lines += _section("refused", reasons.refused())
    lines += _section("no claim", _unsaid(state, reasons))
    return "\n".join(lines) + "\n"


def _section(head: str, lines: Iterable[str]) -> list[str]:
    """Lines below their head; nothing where there are none."""
    indented = [f"  {line}" for line in lines]
    return [head, *indented] if indented else []


def _mentions(state: DocumentState, reading: Reading, reasons: Reasons) -> Iterator[str]:
    yield "mentions"
    entity_names = {(e.type, name) for e in reading.entities for name in (e.name, *e.aliases)}
    for context in state.contexts:
        for mention in context.mentions:
            span = context.article.span(mention.start, mention.end)
            words = plain(state.document.text[span.start : span.end])
            kind = f"{mention.type}, {mention.subtype}" if mention.subtype else mention.type
            place = f"{span.start}–{span.end} {words} ({kind})"
            yield f"  {place}  rule {mention.rule}{_fate(mention, context, entity_names)}"
            yield from (f"    {line}" for line in reasons.of_mention(mention, context))
    for one in reading.entities:
        for merge in one.merges:
            why = f"[{merge.rule}] {plain(merge.reason)}"
            yield f"  {plain(merge.name)} is {plain(one.name)}  {why}"


def _fate(mention: Mention, context: ArticleContext, entity_names: set[tuple[str, str]]) -> str:
    """Why a mention became no entity, or what it refers to."""
    if mention.reference:
        return f"  {_stands_for(context.references.link(mention))}"
    if (mention.type, mention.name) in entity_names:
        return ""
    if mention.needs_claim:
        return "  left out: it counts only where a claim is made of it"
    return "  left out"


def _stands_for(link: Reference) -> str:
    """What a reference stands for, and by which rule."""
    names = "、".join(dict.fromkeys(plain(m.name) for m in link.antecedents))
    return f"stands for {names or 'nothing that is named'} [{link.rule}]"


def _references(state: DocumentState) -> Iterator[str]:
    """Which sentences leave their subject out, and who is meant."""
    for context, link in state.references:
        if not link.words:
            span = context.article.span(link.start, link.end)
            words = plain(context.text[link.start : link.end].strip())
            words = words if len(words) <= BEGINNING else f"{words[:BEGINNING]}…"
            yield f"{span.start}–{span.end} {words}  subject {_stands_for(link)}"


def _claims(text: str, reading: Reading, reasons: Reasons) -> Iterator[str]:
    yield "claims"
    if not reading.claims:
        yield "  none"
    for claim in reading.claims:
        yield f"  {_claim(reading, claim, reasons.state.ontology)}"
        yield f"    {_rule(claim.rule, claim.trigger, claim.confidence)}"
        yield from (f"    {line}" for line in reasons.of_claim(claim))
        yield f"    “{plain(text[claim.start : claim.end])}”"


def _unsaid(state: DocumentState, reasons: Reasons) -> Iterator[str]:
    from kg.publish.explain.missing import missing_claims

    pairs, more = missing_claims(state)
    for pair in pairs:
        yield f"{plain(pair.first.name)} — {plain(pair.second.name)}  {plain(pair.why)}"
        if lost := reasons.of_pair(pair.first, pair.second):
            yield f"  {lost}"
    if more:
        yield f"and {counted(more, 'more pair')}"


def _claim(reading: Reading, claim: LocalClaim, ontology: Ontology) -> str:
    subject = plain(reading.entities[claim.subject].name)
    other = None if claim.object is None else plain(reading.entities[claim.object].name)
    status = f"  {claim.status}" if claim.status else ""
    denied = "  denied, so it makes no fact" if claim.denied else ""
    object_text = other or value_text(claim.value, ontology.lexicon)
    target = f"{_leads(claim.value)}{object_text}"
    return f"{subject} — {claim.predicate}{target}{status}{denied}"
