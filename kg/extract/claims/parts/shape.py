"""A name that begins with another one in, what it is part of out: 甲大学 of 甲大学机械学院."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kg.base.records import Span, Value
from kg.extract.claims.context import ArticleContext, Statement
from kg.extract.mentions.mention import Mention
from kg.ontology import Ontology, Rule

Reader = Callable[[ArticleContext, Rule, str, Ontology], Iterator[Statement]]


def stated(
    context: ArticleContext,
    rule: Rule,
    predicate: str,
    subject: Mention,
    obj: Mention | None,
    trigger: Span,
    value: Value | None = None,
    status: str = "",
) -> Statement:
    """What a rule states of a place in the text, quoted by its sentence."""
    sentence = context.sentence(trigger.start)
    quote = Span(min(sentence.start, trigger.start), max(sentence.end, trigger.end))
    return Statement(
        subject,
        predicate,
        obj,
        value,
        quote,
        rule.rule,
        rule.confidence,
        rule.status or status,
        trigger,
    )


def nested(
    context: ArticleContext, rule: Rule, predicate: str, ontology: Ontology
) -> Iterator[Statement]:
    """A body whose name begins with another body's name is part of it: 甲某大学机械学院.

    Of several such names the longest is the nearest whole: 甲大学|乙学院|丙中心.
    """
    wanted = rule.options.get("class")
    whole: dict[int, Mention] = {}
    for m in context.mentions:
        if m.nested and m.type == wanted:
            whole[m.start] = max(m, whole.get(m.start, m), key=lambda m: m.end)
    for o in context.mentions:
        outer = whole.get(o.start)
        if outer and not o.nested and o.type == wanted and outer.end < o.end:
            yield stated(context, rule, predicate, o, outer, Span(o.start, o.end))


def unit(
    context: ArticleContext, rule: Rule, predicate: str, ontology: Ontology
) -> Iterator[Statement]:
    """A body whose name goes on from another one's, named by itself too, is its unit."""
    clauses = context.draft.lexicon.clauses
    wanted = rule.options.get("class")
    bodies = [m for m in context.mentions if m.type == wanted and not m.reference and not m.nested]
    outer: dict[str, Mention] = {}
    for m in bodies:
        if clauses.ends_body.search(m.name) or m.rule in ontology.knowing:
            outer.setdefault(m.name, m)
    for m in bodies:
        heads = (m.name[:n] for n in range(len(m.name) - 3, 1, -1))
        head = next(
            (h for h in heads if h in outer and (len(h) > 2 or h[1] == clauses.committee)),
            "",
        )
        rest = m.name[len(head) :]
        school = m.subtype == "university" and head and outer[head].subtype == "alliance"
        if (
            head
            and not school
            and not clauses.legal.fullmatch(rest)
            and not clauses.beside_body.match(rest)
        ):
            yield stated(context, rule, predicate, m, outer[head], Span(m.start, m.end))
