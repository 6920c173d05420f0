"""A thing in, its facts, posts and deals out, each with the sentence that tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, NamedNode

from kg.base.errors import QueryError, did_you_mean
from kg.base.money import money
from kg.query.table import plain
from kg.serve.pages.tools.bounds import ROOM, fitting, lines, size
from kg.serve.pages.tools.find import entity_named, thing, thing_line
from kg.serve.pages.tools.shapes import Deal, Described, Place, Post, Said, Sum
from kg.store.rdf.namespaces import RDF

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.base import records
    from kg.query.graph import Graph

OTHERS = 20  # posts, and deals, at most
_SUBJECT, _OBJECT = NamedNode(RDF + "subject"), NamedNode(RDF + "object")


def describe(
    graph: Graph, name: str, relation: str, limit: int, offset: int
) -> tuple[Described, str]:
    """What the graph says of a thing, and the same in words.

    Facts stand in the order of the relations, the surest of each first. Posts and deals are told
    with the first of them.

    Args:
        graph: The open graph.
        name: The name of one thing, or its IRI.
        relation: Facts of this relation or attribute alone; ``""`` for all.
        limit: Facts at most.
        offset: So many facts are passed over.

    Raises:
        QueryError: If the name is that of none, or of several, or there is no such relation.
    """
    pages = [*graph.ontology.relations, *graph.ontology.attributes]
    if relation and relation not in pages:
        raise QueryError(f"{relation} is no relation or attribute; {did_you_mean(relation, pages)}")
    entity = entity_named(graph, name)
    all_facts = _facts(graph, entity.id, relation, pages)
    reader = _Reader(graph)
    facts = [reader.statement(fact) for fact in all_facts[offset : offset + limit]]
    posts, deals = ([], []) if offset or relation else reader.others(entity.id)
    described = thing(graph, entity)
    listed_posts, listed_deals = (
        fitting(posts, OTHERS, ROOM // 4),
        fitting(deals, OTHERS, ROOM // 4),
    )
    room = ROOM - sum(map(size, (described, listed_posts, listed_deals)))
    listed_facts = fitting(facts, limit, room)
    more = {
        "facts": max(0, len(all_facts) - offset - len(listed_facts)),
        "posts": len(posts) - len(listed_posts),
        "deals": len(deals) - len(listed_deals),
    }
    left_out = {what: number for what, number in more.items() if number}
    note = _note(left_out, offset + len(listed_facts))
    answer = Described(described, listed_facts, listed_posts, listed_deals, left_out, note)
    return answer, _text(answer)


def _note(left_out: dict[str, int], offset: int) -> str:
    """What is left out, and the way to it."""
    ways = {
        "facts": f"ask again with offset={offset}, or for one relation",
        "posts": "the question posts or people tells them",
        "deals": "the question deals tells them",
    }
    return "; ".join(f"{n} more {what} are left out: {ways[what]}" for what, n in left_out.items())


def _facts(graph: Graph, iri: str, relation: str, pages: Sequence[str]) -> list[records.Fact]:
    """The facts with a thing at either end, in order."""
    node = NamedNode(iri)
    graph.store.ahead([node], claims=True)
    claims = {
        quad.subject.value
        for end in (_SUBJECT, _OBJECT)
        for quad in graph.store.quads.quads_for_pattern(None, end, node, DefaultGraph())
        if isinstance(quad.subject, NamedNode)
    }
    ranks = {page: number for number, page in enumerate(pages)}
    facts = [f for f in graph.facts(claims) if relation in ("", f.predicate)]
    return sorted(
        facts,
        key=lambda f: (
            f.subject != iri, ranks.get(f.predicate, len(ranks)), f.predicate, -f.confidence, f.id
        ),
    )  # fmt: skip


class _Reader:
    """The records of a graph as an assistant is told of them: with names, not IRIs."""

    def __init__(self, graph: Graph) -> None:
        self.graph, self.names = graph, graph.names_of
        self.files = graph.store.ledger.names()

    def statement(self, fact: records.Fact) -> Said:
        value = fact.value
        lexical = "/".join(filter(None, (value.lexical, value.high))) if value else ""
        return Said(
            claim=fact.id,
            subject=self.name(fact.subject),
            relation=fact.predicate,
            object=self.name(fact.object) if fact.object else lexical,
            subject_iri=fact.subject,
            object_iri=fact.object,
            printed=value.printed if value else "",
            status=fact.status,
            confidence=fact.confidence,
            rule=fact.rule,
            place=self.place(fact) if fact.quote else None,
            source=fact.source,
        )

    def name(self, iri: str) -> str:
        return self.names.get(iri, iri)

    def place(self, evidence: records.Fact | records.Attestation) -> Place:
        file = self.files.get(evidence.document, (evidence.document,))[0]
        return Place(file, evidence.start, evidence.end, evidence.quote)

    def others(self, iri: str) -> tuple[list[Post], list[Deal]]:
        """The posts and the deals of a thing, each with the first sentence that tells it."""
        posts = [self.post(post) for post in self.graph.posts([iri]) if post.attestations]
        return posts, [self.deal(deal) for deal in self.graph.deals([iri]) if deal.attestations]

    def post(self, post: records.Post) -> Post:
        body = self.name(post.organisation) if post.organisation else ""
        first = next((t for t in post.attestations if not t.doubtful), post.attestations[0])
        tenure = next((one.tenure for one in post.attestations if one.tenure), "")
        term = next((one.term for one in post.attestations if one.term), "")
        name, place = self.name(post.person), self.place(first)
        return Post(name, post.title, body, tenure, place, term, post.doubtful)

    def deal(self, deal: records.Deal) -> Deal:
        return Deal(
            parties=[self.name(i) for i in deal.parties],
            projects=[self.name(i) for i in deal.projects],
            agreements=[self.name(i) for i in deal.agreements],
            places=[self.name(i) for i in deal.places],
            events=[self.name(i) for i in deal.events],
            amounts=[Sum(a.value, a.currency, a.kind, a.printed) for a in deal.amounts],
            days=[day.lexical for day in deal.days],
            statuses=list(deal.statuses),
            place=self.place(deal.attestations[0]),
        )


def _text(description: Described) -> str:
    return lines(
        thing_line(description.thing),
        _section("facts", [(_fact(fact), _where(fact)) for fact in description.facts]),
        _section("posts", [(_post(post), _where(post)) for post in description.posts]),
        _section("deals", [(_deal(deal), _where(deal)) for deal in description.deals]),
        description.note,
    )


def _section(head: str, rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    """What is told below a head; a sentence that tells several things stands once."""
    if rows:
        yield head
    for number, (what, where) in enumerate(rows):
        yield plain(f"- {what}")
        again = number and rows[number - 1][1] == where
        yield "  as above" if again else plain(f"  {where}")


def _fact(fact: Said) -> str:
    printed = f" (printed {fact.printed})" if fact.printed not in ("", fact.object) else ""
    more = ", ".join(filter(None, (fact.status, f"confidence {fact.confidence:g}")))
    return f"{fact.subject} — {fact.relation} → {fact.object}{printed} [{more}]"


def _post(post: Post) -> str:
    doubt = "doubtful: inferred from the sentence" if post.doubtful else ""
    parts = post.title, post.body, post.tenure, post.term, doubt
    return f"{post.person}: " + ", ".join(filter(None, parts))


def _deal(deal: Deal) -> str:
    named = ("parties", "projects", "agreements", "places", "events", "days", "statuses")
    parts = [f"{part}: {'、'.join(getattr(deal, part))}" for part in named if getattr(deal, part)]
    sums = [f"{one.kind} {money(one.value, one.currency)}" for one in deal.amounts]
    return "; ".join([*parts, *sums])


def _where(item: Said | Post | Deal) -> str:
    """The sentence and its place, or the reference data."""
    place = item.place
    if place is None:
        return f"reference data: {item.source}" if isinstance(item, Said) else ""
    return f"“{place.quote}” {place.document} {place.start}–{place.end}"
