"""Make the entities and claims of one document of the mentions and statements of its articles.

``joins`` says which names of the document are one, ``identity`` what each thing is known by in
all documents; ``assemble`` joins the readings of many documents by that alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TypeAlias

from kg.base.records import LocalClaim, LocalEntity, Merge, Span
from kg.extract.arbiter.linear import Linear
from kg.extract.claims.context import ArticleContext, Statement
from kg.extract.mentions.finders.short import ShortForm
from kg.extract.mentions.mention import Mention, clean
from kg.extract.resolve.alias_joins import daughters, differing, join_aliases
from kg.extract.resolve.clusters import Clusters, Key
from kg.extract.resolve.identity import Scope, body_label, home_of, keys_of, relations_of
from kg.extract.resolve.identity.doubtful_names import doubtful
from kg.extract.resolve.identity.listed import listed as tables
from kg.extract.resolve.joins import join, unambiguous_codes
from kg.extract.resolve.speaking_places import ArticleStatement, SpeakingPlaces, with_place
from kg.extract.values.completed_dates import complete_by_name
from kg.ontology import Ontology
from kg.ontology.places import PlaceContext, Places

Resolved: TypeAlias = tuple[tuple[LocalEntity, ...], tuple[LocalClaim, ...]]


def resolve(
    document: str,
    contexts: Sequence[ArticleContext],
    statements: Sequence[ArticleStatement],
    links: Sequence[tuple[ArticleContext, ShortForm]],
    ontology: Ontology,
    alias_weights: Linear | None = None,
) -> Resolved:
    """The entities of a document and the claims between them.

    Args:
        document: The document's id, the scope of names that mean something only in it.
        contexts: Its articles; surface forms that do not stand in them are no aliases.
        statements: What they state.
        links: The short names they define.
        ontology: For the classes' ways of naming.
        alias_weights: The fitted weights of which names are short for others; without them rules
            alone join.
    """
    affirmed = [t for t in statements if not t.statement.denied]
    mentions = _naming_mentions(contexts, affirmed)
    clusters = Clusters(differing(ontology))
    squeezed = "".join("".join(context.text for context in contexts).split())
    speaking_places = SpeakingPlaces(contexts, ontology)
    titled = {k.name for k in ontology.classes.values() if k.identity.get("titled")}
    for a, b in (pair for context in contexts for pair in _side_by_side(context, titled)):
        clusters.keep_apart((a.type, a.name), (b.type, b.name))
    for context, m in mentions:
        clusters.add(speaking_places.key(m))
        for other in m.other_names:
            clusters.union(
                (m.type, other),
                (m.type, m.name),
                "name.printed",
                f"{other} is printed for {m.name}",
                context.article.span(m.start, m.end),
            )
    for mother, firm in daughters(clusters.parent, squeezed, ontology):
        clusters.keep_apart(mother, firm)
    for context, link in links:
        if (link.type, link.short) in clusters.parent or (link.type, link.full) in clusters.parent:
            clusters.union(
                (link.type, link.short),
                (link.type, link.full),
                link.rule,
                link.reason,
                context.article.span(link.start, link.end) if link.end > link.start else Span(0, 0),
            )
    join(clusters, ontology, [m for _, m in mentions])
    speaking_places.join(clusters, mentions)
    if alias_weights is not None:
        join_aliases(clusters, squeezed, ontology, alias_weights)
    return _collect(document, squeezed, clusters, mentions, affirmed, ontology, speaking_places)


def _naming_mentions(
    contexts: Sequence[ArticleContext], statements: Sequence[ArticleStatement]
) -> list[tuple[ArticleContext, Mention]]:
    """The mentions that name things, with their articles; weak ones if something is stated."""
    claimed = {(m.type, m.name) for t in statements for m in _ends(t.statement)}
    mentions = [
        (context, m)
        for context in contexts
        for m in context.mentions
        if not m.reference and (not m.needs_claim or (m.type, m.name) in claimed)
    ]
    ends = [m for t in statements for m in _ends(t.statement) if not m.reference]
    extra = [(contexts[m.article], m) for m in ends]
    spans = {(id(s), m.start, m.end, m.type) for s, m in mentions}
    mentions += [
        (s, m) for s, m in dict.fromkeys(extra) if (id(s), m.start, m.end, m.type) not in spans
    ]
    return mentions


def _side_by_side(
    context: ArticleContext, types: Collection[str]
) -> Iterator[tuple[Mention, Mention]]:
    """Titles that one list names after each other are two: 《甲规划》、《乙省甲规划》."""
    titles = [m for m in context.mentions if m.type in types and not m.reference and not m.nested]
    for one, other in pairwise(titles):
        if context.text[other.start] == "《" and context.draft.lexicon.sameness.beside.fullmatch(
            context.text, one.end, other.start
        ):
            yield one, other


def _ends(statement: Statement) -> tuple[Mention, ...]:
    return (
        (statement.subject, statement.object)
        if statement.object is not None
        else (statement.subject,)
    )


def _collect(
    document: str,
    squeezed: str,
    clusters: Clusters,
    mentions: Sequence[tuple[ArticleContext, Mention]],
    statements: Sequence[ArticleStatement],
    ontology: Ontology,
    speaking_places: SpeakingPlaces,
) -> Resolved:
    groups, members, reasons = _grouped(clusters, mentions, speaking_places)
    places = Places.load(ontology)
    entities: list[LocalEntity] = []
    index: dict[Key, int] = {}
    home = home_of(mentions)
    place_names = {m.name for _, m in mentions if ontology.classes[m.type].identified_by == "place"}
    around = PlaceContext(
        unambiguous_codes(places, place_names | {m.name for m in home.values()}), places
    )
    relations = relations_of(statements, clusters, ontology, speaking_places)
    scope = Scope(document, home, places, relations, ontology)
    order = sorted(
        groups,
        key=lambda k: min((s.article.span(m.start, m.end).start, m.name) for s, m in groups[k]),
    )
    names = {root: _names_in(squeezed, groups[root], members[root]) for root in order}
    kinds = {root: ontology.classes[root[0]].identified_by for root in order}
    located = {root for root in order if kinds[root] == "place"}
    labels = {root: _label(groups[root], names[root], kinds[root], ontology) for root in order}
    labels |= {root: with_place(root[1], name) for root, name in labels.items()}
    divisions = {root: places.resolve(labels[root], around) for root in located}
    codes = {root: division.code for root, division in divisions.items() if division}
    for root in (root for root in order if kinds[root] == "body"):
        labels[root] = body_label(groups[root], labels[root], scope)
    keys = keys_of(groups, labels, codes, scope)
    for root in order:
        if kinds[root] == "body" and ontology.lexicon.trimmed.no_bodies.fullmatch(labels[root]):
            continue  # 公司 that no name says which
        index[root] = len(entities)
        entities.append(
            LocalEntity(
                type=root[0],
                name=labels[root],
                key=keys[root].key,
                key_rule=keys[root].rule,
                subtype=_subtype(groups[root]),
                aliases=tuple(n for n in names[root] if n != labels[root]),
                mentions=_spans(groups[root]),
                merges=tuple(r for r in reasons[root] if r.name in names[root]),
                code=codes.get(root, ""),
                doubtful=root not in codes
                and keys[root].rule != "identity.listed"
                and doubtful([m for _, m in groups[root]], labels[root], ontology),
            )
        )
    asserted = _claims(statements, clusters, index, speaking_places)
    claims = complete_by_name(asserted, entities, ontology.lexicon.values)
    return tuple(entities), tuple(claims)


def _names_in(
    squeezed: str, group: Sequence[tuple[ArticleContext, Mention]], members: Sequence[str]
) -> list[str]:
    """The names of a thing as they are printed, and those of its cluster that the text has."""
    printed = _printed_names(group)
    return sorted(printed | {n for n in members if n not in printed and n in squeezed})


def _grouped(
    clusters: Clusters,
    mentions: Sequence[tuple[ArticleContext, Mention]],
    speaking_places: SpeakingPlaces,
) -> tuple[
    dict[Key, list[tuple[ArticleContext, Mention]]], dict[Key, list[str]], dict[Key, list[Merge]]
]:
    """By the root of each cluster its mentions, its names, and why they were merged."""
    groups: dict[Key, list[tuple[ArticleContext, Mention]]] = defaultdict(list)
    for context, m in mentions:
        groups[clusters.find(speaking_places.key(m))].append((context, m))
    members: dict[Key, list[str]] = defaultdict(list)
    for key in clusters.parent:
        members[clusters.find(key)].append(key[1].partition(speaking_places.MARK)[0])
    reasons: dict[Key, list[Merge]] = defaultdict(list)
    for key, reason in clusters.reasons:
        reasons[clusters.find(key)].append(reason)
    return groups, members, reasons


def _printed_names(group: Sequence[tuple[ArticleContext, Mention]]) -> set[str]:
    """The names of mentions, and as what they are printed where that is another: 湘, 湖南."""
    return {n for s, m in group for n in (m.name, clean(s.text[m.start : m.end])) if n}


def _subtype(group: Sequence[tuple[ArticleContext, Mention]]) -> str:
    """The subtype that most mentions have; empty if none has one."""
    counts = Counter(m.subtype for _, m in group if m.subtype)
    return counts.most_common(1)[0][0] if counts else ""


def _spans(group: Sequence[tuple[ArticleContext, Mention]]) -> tuple[Span, ...]:
    """Where the mentions stand in the document, in order, each once."""
    spans = {s.article.span(m.start, m.end) for s, m in group}
    return tuple(sorted(spans, key=lambda span: (span.start, span.end)))


APPOSED = 2  # characters of what says in apposition what a national body is


def _label(
    group: Sequence[tuple[ArticleContext, Mention]],
    names: Sequence[str],
    kind: str,
    ontology: Ontology,
) -> str:
    """The fullest name that the text gives; of a place, its own name without those around it.

    What stands before the end of a body's listed name, or of a national one's, is no part of
    it: 会场云澜大学, 总院中国甲某医院.
    """
    sameness = ontology.lexicon.sameness
    counts = Counter(m.name for _, m in group)
    if kind == "place":
        return max(counts, key=lambda n: (len(n), counts[n], n))
    if kind == "relation":
        table, klass = tables(str(ontology.folder)), group[0][1].type
        in_table = [n for n in counts if table.find(klass, n)]  # and not a word more
        counts = Counter({n: counts[n] for n in in_table}) if in_table else counts
    listed_names = {m.name for _, m in group if m.rule in ontology.listing}
    if kind == "body":
        table = tables(str(ontology.folder))
        listed_names |= {n for n in counts if table.find(group[0][1].type, n)}
    prefixed = {n for n in names if any(n != k and n.endswith(k) for k in listed_names)}
    if kind == "body":
        prefixed |= {n for n in names if sameness.nation.match(n, APPOSED) and n[APPOSED:] in names}
    if kind == "relation":  # 甲乙丙确: a character more, and not oftener
        prefixed |= {n for n in counts if counts[n[:-1]] >= counts[n]}
    prefixed -= listed_names
    with_level = {n for n in names if n[0] in sameness.levels}
    without_place = {n for n in names if n in with_level or any(o.endswith(n) for o in with_level)}
    return max(
        names, key=lambda n: (n not in prefixed, n in counts, n not in without_place, len(n), n)
    )


def _claims(
    statements: Sequence[ArticleStatement],
    clusters: Clusters,
    index: dict[Key, int],
    speaking_places: SpeakingPlaces,
) -> Iterable[LocalClaim]:
    keys: set[tuple[object, ...]] = set()
    for t in statements:
        s = t.statement
        ends = [index.get(clusters.find(speaking_places.key(m))) for m in _ends(s)]
        subject, target = (*ends, None)[:2]
        if subject is None or len({*ends} - {None}) < len(_ends(s)):
            continue
        span = t.context.article.span(s.span.start, s.span.end)
        key = (subject, s.predicate, target, s.value.lexical if s.value else "", span)
        if key in keys:
            continue
        keys.add(key)
        yield LocalClaim(
            subject=subject,
            predicate=s.predicate,
            object=target,
            value=s.value,
            start=span.start,
            end=span.end,
            rule=s.rule,
            confidence=s.confidence,
            status=s.status,
            trigger=t.context.text[s.trigger.start : s.trigger.end],
        )


def merge_blocks(parts: Sequence[Resolved]) -> Resolved:
    """The readings of the parts of a document as one: things with the same key are one thing."""
    merged: dict[tuple[str, str], LocalEntity] = {}
    for entity in (e for entities, _ in parts for e in entities):
        earlier = merged.get((entity.type, entity.key))
        merged[entity.type, entity.key] = _merge(earlier, entity) if earlier else entity
    index = {key: i for i, key in enumerate(merged)}
    claims: list[LocalClaim] = []
    for entities, part_claims in parts:
        at = [index[e.type, e.key] for e in entities]
        for claim in part_claims:
            target = at[claim.object] if claim.object is not None else None
            claims.append(replace(claim, subject=at[claim.subject], object=target))
    return tuple(merged.values()), tuple(c for c in claims if c.subject != c.object)


def _merge(first: LocalEntity, second: LocalEntity) -> LocalEntity:
    """One thing of two parts; its name is that of the part where it stands first."""
    names = {*first.aliases, *second.aliases, second.name} - {first.name}
    return replace(
        first,
        key_rule=first.key_rule or second.key_rule,
        subtype=first.subtype or second.subtype,
        aliases=tuple(sorted(names)),
        mentions=(*first.mentions, *second.mentions),
        merges=(*first.merges, *second.merges),
        code=first.code or second.code,
        doubtful=first.doubtful and second.doubtful,
    )
