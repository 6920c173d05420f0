"""Make the lines of each part of a dossier, but those of its deals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.base.money import money
from kg.publish.derived.dates import DOCUMENT, Days
from kg.publish.dossier.model import Line
from kg.publish.dossier.scope import one_line, sentence
from kg.publish.dossier.sums import TOTAL, YUAN, in_hundred_millions, status
from kg.publish.dossier.wording import COUNTS
from kg.publish.page.library import publisher, title, when
from kg.query.table import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kg.base.records import Fact, Source
    from kg.publish.dossier.scope import Scope
    from kg.publish.dossier.sums import Sum
    from kg.publish.dossier.wording import Wording

# Documents that a dossier lists, the newest first.
NEWEST = 20


def projects(scope: Scope, words: Wording, rows: Sequence[Sum]) -> Iterator[Line]:
    """The projects, the furthest first and the largest of these: each with its total investment."""
    ladder = scope.ontology.statuses
    ranked = []
    for iri in sorted(scope.projects - {scope.thing.id}):
        own_rows = [row for row in rows if row.deal.projects == (iri,)]
        facts = [f for f in scope.facts if iri in (f.subject, f.object)]
        statuses = [status(row.deal, scope) for row in own_rows] + [f.status for f in facts]
        furthest = max(
            (one for one in statuses if one in ladder),
            key=lambda one: ladder[one].order,
            default="",
        )
        sized = [r for r in own_rows if r.group == (TOTAL, YUAN) and r.counted == COUNTS]
        line = _evidence(scope, words, sized or own_rows, facts)
        size = max((row.size for row in sized), default=None)
        places = sorted(
            {f.object for f in facts if f.subject == iri and f.predicate == "locatedIn"}
        )
        cells = {
            "project": scope.name(iri),
            "status": words.status(furthest) if furthest else "",
            "total": "" if size is None else in_hundred_millions(size),
            "places": scope.names_of(places),
        }
        rank = -ladder[furthest].order if furthest else 1, -(size or 0), scope.name(iri), iri
        ranked.append((rank, Line(cells, line.quote, line.document, line.day, furthest)))
    yield from (line for _, line in sorted(ranked, key=lambda pair: pair[0]))


def _evidence(scope: Scope, words: Wording, rows: Sequence[Sum], facts: Sequence[Fact]) -> Line:
    """The sentence of a project: that of its sum, else that of its surest fact."""
    if rows:
        return rows[0].line
    groups = scope.grouped(facts)
    return scope.line({}, groups[0], words) if groups else Line({})


def posts(scope: Scope, words: Wording) -> Iterator[Line]:
    """The posts of a person, or those at a body or place; bylines are none of these."""
    thing = scope.thing.id
    posts_of_scope = scope.knowledge.posts
    for post in (p for doubt in (False, True) for p in posts_of_scope if p.doubtful is doubt):
        is_own = post.person == thing or (post.organisation in scope.inside and not post.byline)
        if is_own and post.attestations:
            first = min(
                post.attestations, key=lambda t: (t.doubtful, scope.file(t.document), t.start)
            )
            tenures = sorted({t.tenure for t in post.attestations if t.tenure})
            cells = {
                "person": scope.name(post.person),
                "title": plain(post.title),
                "body": scope.name(post.organisation) if post.organisation else "",
                "tenure": "、".join(map(words.tenure, tenures)),
                "term": "、".join(dict.fromkeys(t.term for t in post.attestations if t.term)),
                "note": words.label("notes", "inferred") if post.doubtful else "",
            }
            file, day = scope.file(first.document), scope.document_day(first.document)
            yield Line(cells, one_line(first.quote), file, day)


def policies(scope: Scope, words: Wording) -> Iterator[Line]:
    """The policies that it issues, that are for it, and those above and below it."""
    known, lineage = words.relations("policies"), words.page.get("lineage", ())
    facts = [f for f in scope.knowledge.facts if f.predicate in known]
    above = _reached(scope, facts, lineage, lambda f: (f.subject, f.object))
    below = _reached(scope, facts, lineage, lambda f: (f.object, f.subject))
    bodies = {body for body, places in scope.where.of.items() if places & scope.inside}
    own_things = scope.inside | bodies
    claims = [
        fact
        for fact in facts
        if fact.id in above | below or not own_things.isdisjoint((fact.subject, fact.object))
    ]
    for group in scope.grouped(claims):
        direction = "above" if group[0].id in above else "below" if group[0].id in below else ""
        label = words.label("directions", direction) if direction else ""
        yield scope.line(
            {"direction": label, **_statement_cells(group[0], scope, words)}, group, words
        )


def _reached(
    scope: Scope,
    facts: Iterable[Fact],
    lineage: Sequence[str],
    ends: Callable[[Fact], tuple[str, str]],
) -> set[str]:
    """The claims that lead from the thing upward or downward, through any number of policies."""
    links: dict[str, list[tuple[str, str]]] = {}
    for fact in facts:
        if fact.predicate in lineage:
            one, other = ends(fact)
            links.setdefault(one, []).append((other, fact.id))
    claims, seen, todo = set[str](), {scope.thing.id}, [scope.thing.id]
    while todo:
        for other, claim in links.get(todo.pop(), ()):
            claims.add(claim)
            if other not in seen:
                seen.add(other)
                todo.append(other)
    return claims


def partners(scope: Scope, words: Wording) -> Iterator[Line]:
    """Who it works with, what it is a member of, and who is party to the same deals."""
    known = words.relations("partners")
    yield from _facts(scope, words, (f for f in scope.facts if f.predicate in known))
    seen = set()
    for deal in sorted(scope.deals, key=lambda d: d.id):
        own = [iri for iri in deal.parties if iri in scope.inside]
        others = [iri for iri in deal.parties if iri not in scope.inside]
        for pair in ((one, other) for one in own for other in others):
            if pair not in seen and deal.attestations:
                seen.add(pair)
                relation, (one, other) = words.note("together"), map(scope.name, pair)
                first, furthest = deal.attestations[0], status(deal, scope)
                yield Line(
                    {
                        "subject": one,
                        "relation": relation,
                        "object": other,
                        "status": words.status(furthest) if furthest else "",
                    },
                    one_line(first.quote),
                    scope.file(first.document),
                    scope.document_day(first.document),
                    furthest,
                )


def places(scope: Scope, words: Wording) -> Iterator[Line]:
    """What it is part of and where it is, and what is part of it and there, but its projects."""
    known = words.relations("places")
    projects = scope.projects - {scope.thing.id}
    claims = (f for f in scope.facts if f.predicate in known and f.subject not in projects)
    yield from _facts(scope, words, claims)


def facts(scope: Scope, words: Wording) -> Iterator[Line]:
    """What else is said of it, in the order of the ontology."""
    form = words.form(scope.thing.type)
    known = {name for part in (*form, "deals") for name in words.relations(part)}
    projects = scope.projects - {scope.thing.id}
    claims = (
        f
        for f in scope.facts
        if f.predicate not in known
        and scope.thing.id in (f.subject, f.object)
        and projects.isdisjoint((f.subject, f.object))
    )
    yield from _facts(scope, words, claims)


def timeline(scope: Scope, words: Wording) -> Iterator[Line]:
    """What has a day that a text tells, the newest first; what lasts has none."""
    lasting = {r.name for r in scope.ontology.relations.values() if r.lasting}
    dated_lines = []
    for group in scope.grouped(f for f in scope.facts if f.predicate not in lasting):
        day, owner = scope.dates.of(group[0])
        if day and owner != DOCUMENT and group[0].quote:
            cells = {"day": day.replace("/", "–"), **_statement_cells(group[0], scope, words)}
            dated_lines.append((day, scope.line(cells, group, words)))
    dated_lines.sort(key=lambda pair: pair[0], reverse=True)
    yield from (line for _, line in dated_lines)


def documents(scope: Scope) -> Iterator[Line]:
    """The documents that name it, the newest first, with the sentence that names it first."""
    dated_lines = []
    first_sentences = _first_sentences(scope)
    for source in scope.knowledge.sources:
        quote = _naming(source, scope) or first_sentences.get(source.id, "")
        if quote and source.names:
            day = when(Days(source))
            cells = {
                "day": day,
                "name": plain(title(source)),
                "publisher": plain(publisher(source)),
            }
            file = plain(source.names[0])
            dated_lines.append(((day, source.names[0]), Line(cells, quote, file, day)))
    # Of one day in the order of their names.
    dated_lines.sort(key=lambda pair: pair[0][1])
    dated_lines.sort(key=lambda pair: pair[0][0], reverse=True)
    yield from (line for _, line in dated_lines)


def _naming(source: Source, scope: Scope) -> str:
    """The sentence of a document that names the thing first, or else a place within it."""
    named = [place for place in source.named_places if place.entity in scope.inside]
    own = [place for place in named if place.entity == scope.thing.id]
    return sentence(source, min(place.start for place in own or named)) if named else ""


def _first_sentences(scope: Scope) -> dict[str, str]:
    """The first sentence of each document that says something of it: a server has no texts."""
    sentences: dict[str, str] = {}
    for fact in sorted(scope.facts, key=lambda f: (f.start, f.id)):
        if fact.quote and not scope.inside.isdisjoint((fact.subject, fact.object)):
            sentences.setdefault(fact.document, one_line(fact.quote))
    return sentences


def _facts(scope: Scope, words: Wording, facts: Iterable[Fact]) -> Iterator[Line]:
    """A line for each fact, in the order of the ontology."""
    pages = [*scope.ontology.relations, *scope.ontology.attributes]
    groups = scope.grouped(facts)
    groups.sort(
        key=lambda g: pages.index(g[0].predicate) if g[0].predicate in pages else len(pages)
    )
    for group in groups:
        cells = {**_statement_cells(group[0], scope, words)}
        yield scope.line(cells, group, words)


def _statement_cells(fact: Fact, scope: Scope, words: Wording) -> dict[str, str]:
    """Subject, relation and object of a fact, and how far it is."""
    return {
        "subject": scope.name(fact.subject),
        "relation": words.predicate(fact.predicate),
        "object": scope.name(fact.object) if fact.object else value_of(fact),
        "status": words.status(fact.status) if fact.status else "",
    }


def value_of(fact: Fact) -> str:
    """A value as it is read: sums in 亿元, texts as printed, days as they are."""
    value = fact.value
    if value is None:
        return ""
    if value.datatype == "decimal" and re.fullmatch(r"\d+(\.\d+)?", value.lexical):
        return money(value.lexical)
    if value.datatype == "string":
        return plain(value.printed or value.lexical)
    return plain("–".join(filter(None, (value.lexical, value.high))))
