"""Make rows of the table ``STATEMENTS`` of records: lines of N-Quads, and the records themselves.

Every row has the key of what it tells of, so that a correction can take it away again.
"""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any

from kg.base.records import Source
from kg.corpus.compound import posts_and_deals
from kg.corpus.confidence import is_below
from kg.corpus.entity_merging import EntityEvidence
from kg.store.rdf.namespaces import RDF
from kg.store.rdf.rows import read, resource
from kg.store.rdf.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.base.records import Entity, Fact
    from kg.ontology import Ontology
    from kg.store.rdf.rows import Row


# kinds: own (a line of one record alone), shared (one that several may state), thing (what is
# gathered of a thing), claim (a Fact), entity (an Entity), code (a place with one). The key is
# the id of the record, ``""`` for that of a document, ``reasons_of`` that of a thing for why its
# names were merged, ``compounds_of`` that of a document for the posts and deals that it tells.
STATEMENTS = "kind string, key string, line string, body binary"
ENDS = tuple(f"<{RDF}{name}>" for name in ("subject", "predicate", "object"))


def of_source(writer: Writer, source: Source) -> Iterator[tuple[Any, ...]]:
    """The rows of a document."""
    yield from (("own", "", line, None) for line in stored(writer.source(source)))


def of_entity(writer: Writer, entity: Entity) -> Iterator[tuple[Any, ...]]:
    """The rows of an entity."""
    writer.met.clear()
    yield from (("own", entity.id, line, None) for line in stored(writer.entity(entity)))
    yield from (("shared", entity.id, line, None) for line in stored(writer.references()))
    yield "entity", entity.id, "", pickle.dumps(entity)


def of_facts(writer: Writer, facts: Iterable[Fact]) -> Iterator[tuple[Any, ...]]:
    """The rows of facts that documents state.

    The triple that a fact states may be stated by others as well; it is put together of what
    the claim's own lines say, which are as a store keeps them.
    """
    facts = list(facts)
    claims = {resource(fact.id): fact.id for fact in facts}
    ends: dict[str, dict[str, str]] = {}
    for line in stored(row for fact in facts for row in writer.fact(fact)):
        subject, predicate, rest = line.split(" ", 2)
        claim = subject if subject in claims else f"{subject.rpartition('/')[0]}>"
        if claim not in claims:
            continue  # a triple that a fact states
        ends.setdefault(claim, {})[predicate] = rest.removesuffix(" .")
        yield "own", claims[claim], line, None
    for claim, terms in ends.items():
        yield "shared", claims[claim], " ".join([*(terms[end] for end in ENDS), "."]), None
    yield from (("claim", fact.id, "", pickle.dumps(fact)) for fact in facts)


def of_compounds(
    writer: Writer, source: Source, facts: Iterable[Fact], ontology: Ontology, least: float
) -> Iterator[tuple[Any, ...]]:
    """The rows of the posts and deals that a document tells, by its facts that are sure enough."""
    certain = (fact for fact in facts if not is_below(fact, least))
    compounds = posts_and_deals(source, certain, ontology, writer.base)
    rows = [row for post in compounds.posts for row in writer.post(post)]
    rows += [row for post in compounds.posts for _, row in writer.byline(post)]
    rows += [row for deal in compounds.deals for row in writer.deal(deal)]
    yield from (("shared", compounds_of(source.id), line, None) for line in stored(rows))


def of_reference(writer: Writer, fact: Fact) -> Iterator[tuple[Any, ...]]:
    """The rows of a fact of reference data."""
    writer.met.clear()
    yield from of_facts(writer, [fact])
    yield from (("shared", fact.id, line, None) for line in stored(writer.references()))


def things(
    gathered: dict[str, EntityEvidence], ontology: Ontology, base: str
) -> Iterator[tuple[Any, ...]]:
    """What is gathered of each thing, to be joined with what others gathered of it.

    Why its names were merged is told here, document by document: of a city that millions of
    documents name no worker could hold it.
    """
    writer = Writer(ontology, base, ())
    merged = ((iri, merge) for iri, whole in gathered.items() for merge in whole.merges)
    of: dict[str, str] = {}
    rows: list[Row] = []
    for iri, merge in merged:
        merge_rows = list(writer.merge(iri, merge))
        of |= {subject[:-1]: reasons_of(iri) for subject, *_ in merge_rows}
        rows += merge_rows
    yield from (("own", of[line.partition(">")[0]], line, None) for line in stored(rows))
    for iri, whole in gathered.items():
        whole.merges.clear()
        yield "thing", iri, "", pickle.dumps(whole)


def reasons_of(iri: str) -> str:
    """The key of the lines that tell why the names of a thing were merged.

    >>> reasons_of("https://example.org/district/510100")
    'https://example.org/district/510100 reasons'
    """
    return f"{iri} reasons"


def compounds_of(document: str) -> str:
    """The key of the lines that tell the posts and deals of a document.

    >>> compounds_of("https://example.org/document/00")
    'https://example.org/document/00 compounds'
    """
    return f"{document} compounds"


def stored(rows: Iterable[Row]) -> list[str]:
    """Rows as lines of N-Quads, each once, in the words that a store keeps them in.

    >>> stored([("<http://a>", "<http://b>", '"1.10"^^<http://www.w3.org/2001/XMLSchema#decimal>')])
    ['<http://a> <http://b> "1.1"^^<http://www.w3.org/2001/XMLSchema#decimal> .']
    """
    import pyoxigraph as ox

    lines = [f"{s} {p} {o}" for s, p, o in rows]
    store = ox.Store()
    store.extend(read(lines))
    return [f"{quad} ." for quad in store]
