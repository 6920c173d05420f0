"""Places of an article in, which of them lies in which out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from kg.base.records import Span
from kg.extract.claims.context import ArticleContext, Statement
from kg.extract.claims.parts.shape import stated
from kg.ontology import Ontology, Rule
from kg.ontology.places import Places


def chain(
    context: ArticleContext, rule: Rule, predicate: str, ontology: Ontology
) -> Iterator[Statement]:
    """A place written right after another lies in it (甲市乙区), unless the table denies it."""
    table, wanted = Places.load(ontology), rule.options.get("class")
    places = (m for m in context.mentions if m.type == wanted and not m.reference)
    for a, b in pairwise(sorted(places, key=lambda m: m.start)):
        held = table.holds(a.name, b.name)
        within = held or (held is None and a.subtype != "country")
        if within and a.nested and a.end == b.start:
            yield stated(context, rule, predicate, b, a, Span(a.start, b.end))
