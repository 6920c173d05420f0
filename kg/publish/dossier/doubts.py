"""Find what is contradictory or unsure of a thing, with its sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.arbiter.proposals import DOUBTFUL, sureness
from kg.publish.derived.contradictions import contradictions, side_text
from kg.publish.dossier.model import Line
from kg.publish.dossier.parts import value_of
from kg.publish.dossier.scope import one_line
from kg.query.table import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.base.records import Fact
    from kg.publish.dossier.scope import Scope
    from kg.publish.dossier.sums import Sum
    from kg.publish.dossier.wording import Wording


def doubts(scope: Scope, words: Wording, rows: Sequence[Sum]) -> Iterator[Line]:
    """What contradicts itself, sums that are hard to believe, unsure claims, doubtful names."""
    yield from _contradictions(scope, words)
    for row in rows:
        if row.counted == "unlikely":
            cells = _cells(words, "unlikely", str(row.line.cells["what"]))
            cells["object"] = str(row.line.cells["printed"])
            yield Line(cells, row.line.quote, row.line.document, row.line.day)
    for group in scope.grouped(scope.facts):
        fact = group[0]
        if fact.quote and not fact.review and sureness(fact.confidence) == DOUBTFUL:
            fact_cells = _fact(fact, scope, words, "unsure")
            yield scope.line({**fact_cells, "confidence": f"{fact.confidence:g}"}, group, words)
    yield from _names(scope, words)


def _contradictions(scope: Scope, words: Wording) -> Iterator[Line]:
    """Each side of what documents say differently, a line each."""
    for one in contradictions(scope.knowledge, scope.ontology):
        if not scope.own.isdisjoint((one.thing, one.object)):
            for side, facts in one.sides:
                statement = side_text(one.kind, side, facts, scope.names)
                if one.kind == "status":
                    statement = words.status(side)
                cells = _fact(facts[0], scope, words, one.kind)
                yield scope.line({**cells, "object": plain(statement)}, list(facts), words)


def _fact(fact: Fact, scope: Scope, words: Wording, trouble: str) -> dict[str, str]:
    cells = _cells(words, trouble, scope.name(fact.subject))
    cells["relation"] = words.predicate(fact.predicate)
    cells["object"] = scope.name(fact.object) if fact.object else value_of(fact)
    return cells


def _cells(words: Wording, trouble: str, subject: str) -> dict[str, str]:
    label = words.label("troubles", trouble)
    return {"trouble": label, "subject": subject, "relation": "", "object": "", "confidence": ""}


def _names(scope: Scope, words: Wording) -> Iterator[Line]:
    """The names that no document makes sure of: of the thing, and of what is told with it."""
    related = {iri for fact in scope.facts for iri in (fact.subject, fact.object)}
    related |= {iri for deal in scope.deals for iri in deal.parties} | {scope.thing.id}
    firsts = scope.first(e.id for e in scope.knowledge.entities if e.doubtful and e.id in related)
    for iri, (source, sentence) in firsts.items():
        cells = _cells(words, "doubtful", scope.name(iri))
        yield Line(cells, one_line(sentence), plain(source))
