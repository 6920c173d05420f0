"""Knowledge in, triples out, in portions of a few thousand records so that memory stays bounded.

``kg.store.rdf.writer`` turns one record into triples. Here those of a whole graph are strung
together: things and documents first, then posts and deals, then claims.
"""

from __future__ import annotations

from heapq import merge as in_order
from itertools import chain, groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING

from kg.base.settings import default
from kg.base.spool import Sorted, ordered, place
from kg.store.rdf.rows import Row, Rows
from kg.store.rdf.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Triple

    from kg.base.records import Knowledge
    from kg.ontology import Ontology

# So many things, or claims, are written at a time: 2,000 claims take 10 MiB as rows.
PORTION = 2000


def triples(
    knowledge: Knowledge, ontology: Ontology, base: str = default("base")
) -> Iterator[Triple]:
    """Yield the triples of a graph: entities and their merges, documents, posts, deals, facts.

    Args:
        knowledge: The records of the whole graph.
        ontology: Gives the namespace, and which relations are symmetric.
        base: IRIs made here (merges, references) begin with it.

    Raises:
        StoreError: If a record's id is no IRI.
    """
    for quad in asserted(knowledge, ontology, base).quads():
        yield quad.triple


def asserted(knowledge: Knowledge, ontology: Ontology, base: str = default("base")) -> Rows:
    """The triples of a graph as rows, each once; like ``triples``."""
    return Rows(row for portion in portions(knowledge, ontology, base) for row in portion)


class Asserted:
    """The same, made anew each time that one goes through them."""

    def __init__(self, knowledge: Knowledge, ontology: Ontology, base: str) -> None:
        self.arguments = knowledge, ontology, base

    def __iter__(self) -> Iterator[Row]:
        return chain.from_iterable(portions(*self.arguments))


def portions(
    knowledge: Knowledge, ontology: Ontology, base: str = default("base")
) -> Iterator[Rows]:
    """Yield the rows of a graph in portions, so that nobody need hold them all.

    A portion has all rows of each of its subjects, and of the parts of these: those of ``things``
    come first, then those of ``compounds``, then those of ``claims``.
    """
    writer = Writer(ontology, base, knowledge.sources)
    yield from things(knowledge, writer)
    yield from compounds(knowledge, writer)
    yield from claims(knowledge, writer)


def things(knowledge: Knowledge, writer: Writer) -> Iterator[Rows]:
    """The things with what is stated of them, why their names are theirs, and the documents.

    They come in the order of their IRIs, things and documents together.
    """
    stated = Sorted[tuple[str, Row]](place(knowledge.facts), key=itemgetter(0))
    for fact in knowledge.facts:
        subject = fact.object if writer.is_inverted(fact) else fact.subject
        stated.add((subject, writer.stated(fact)))
    for post in knowledge.posts:
        for pair in writer.byline(post):
            stated.add(pair)
    rows_in_order = in_order(
        ((entity.id, writer.entity(entity)) for entity in ordered(knowledge.entities)),
        ((source.id, writer.source(source)) for source in ordered(knowledge.sources)),
        ((subject, (row,)) for subject, row in stated),
        key=itemgetter(0),
    )
    groups = groupby(rows_in_order, key=itemgetter(0))
    while portion := [
        row for _, group in islice(groups, PORTION) for _, rows in group for row in rows
    ]:
        yield _once(portion)


def compounds(knowledge: Knowledge, writer: Writer) -> Iterator[Rows]:
    """The posts in their order, then the deals."""
    posts, deals = knowledge.posts, knowledge.deals
    for at in range(0, len(posts), PORTION):
        yield _once(row for post in posts[at : at + PORTION] for row in writer.post(post))
    for at in range(0, len(deals), PORTION):
        yield _once(row for deal in deals[at : at + PORTION] for row in writer.deal(deal))


def claims(knowledge: Knowledge, writer: Writer) -> Iterator[Rows]:
    """The claims in their order, then the references that were met so far."""
    facts = knowledge.facts
    for at in range(0, len(facts), PORTION):
        yield _once(row for fact in facts[at : at + PORTION] for row in writer.claim(fact))
    yield _once(writer.references())


def _once(rows: Iterable[Row]) -> Rows:
    return Rows(dict.fromkeys(rows))
