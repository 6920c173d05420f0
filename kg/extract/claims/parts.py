"""Find what is part of what: by names that begin with others, and places one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from kg.base.records import Span
from kg.extract.claims.context import ArticleContext, Statement
from kg.extract.claims.rule_reader import RuleReader
from kg.extract.mentions.mention import Mention
from kg.ontology.places import Places


class Nested(RuleReader):
    """A body whose name begins with another body's name is part of it: 甲某大学机械学院."""

    def read(self, context: ArticleContext) -> Iterator[Statement]:
        """Each body with its whole: the longest is the nearest (甲大学|乙学院|丙中心)."""
        longest: dict[int, Mention] = {}
        for m in context.mentions:
            if m.nested and m.type == self.type:
                longest[m.start] = max(m, longest.get(m.start, m), key=lambda m: m.end)
        for o in context.mentions:
            outer = longest.get(o.start)
            if outer and not o.nested and o.type == self.type and outer.end < o.end:
                yield self.state_at(context, o, Span(o.start, o.end), outer)


class Unit(RuleReader):
    """A body whose name goes on from another one's, named by itself too, is its unit."""

    def read(self, context: ArticleContext) -> Iterator[Statement]:
        """Each unit with its body."""
        clauses, bodies = self.lexicon.clauses, self.mentions_of_class(context)
        outer: dict[str, Mention] = {}
        for m in bodies:
            if clauses.ends_body.search(m.name) or m.rule in self.ontology.knowing:
                outer.setdefault(m.name, m)
        for m in bodies:
            heads = (m.name[:n] for n in range(len(m.name) - 3, 1, -1))
            long = (h for h in heads if h in outer and (len(h) > 2 or h[1] == clauses.committee))
            if not (head := next(long, "")):
                continue
            rest = m.name[len(head) :]
            school = m.subtype == "university" and outer[head].subtype == "alliance"
            if not (school or clauses.legal.fullmatch(rest) or clauses.beside_body.match(rest)):
                yield self.state_at(context, m, Span(m.start, m.end), outer[head])


class Chain(RuleReader):
    """A place written right after another lies in it (甲市乙区), unless the table denies it."""

    def read(self, context: ArticleContext) -> Iterator[Statement]:
        """Each place with the one before it."""
        table = Places.load(self.ontology)
        places = (m for m in context.mentions if m.type == self.type and not m.reference)
        for a, b in pairwise(sorted(places, key=lambda m: m.start)):
            holds = table.holds(a.name, b.name)
            within = holds or (holds is None and a.subtype != "country")
            if within and a.nested and a.end == b.start:
                yield self.state_at(context, b, Span(a.start, b.end), a)
