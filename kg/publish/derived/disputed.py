"""What a report tells of the sources of a graph: reprints, and contradictions in words."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from kg.corpus.documents import heads
from kg.publish.derived.contradictions import contradictions, side_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.base.records import Fact, Knowledge, Source
    from kg.ontology import Ontology


@dataclass(frozen=True, slots=True)
class Reprint:
    """One place of an article that stands in several; ``number`` is its own in the document."""

    document: str
    number: int
    title: str


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence of a document: its file name, code points, half-open, and what stands there."""

    document: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Side:
    """One of the things that are said, as printed or called, with all who say so."""

    said: str
    claims: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Disputed:
    """What documents say of one thing in several ways; see ``Contradiction``, with names."""

    kind: str
    thing: str
    name: str
    predicate: str
    object: str
    sides: tuple[Side, ...]


def reprint_groups(knowledge: Knowledge) -> Iterator[tuple[Reprint, ...]]:
    """The groups of reprints, each place by the first name of its document."""
    wanted = {document for group in knowledge.reprints for document, _ in group}
    known = {
        source.id: _headed(source) for source in heads(knowledge.sources) if source.id in wanted
    }
    for group in knowledge.reprints:
        places = []
        for document, number in group:
            name, titles = known[document]
            places.append(Reprint(name, number, titles[number]))
        yield tuple(sorted(places, key=lambda place: (place.document, place.number)))


def _headed(source: Source) -> tuple[str, list[str]]:
    """The first name of a document, and the titles of its articles."""
    return source.names[0], [article.title for article in source.articles] or [source.title]


def disputed(knowledge: Knowledge, ontology: Ontology) -> Iterator[Disputed]:
    """The contradictions of a graph in words."""
    contradicted = contradictions(knowledge, ontology)
    wanted = {
        iri
        for one in contradicted
        for iri in (one.thing, one.object, *(side for side, _ in one.sides))
    }
    names = {entity.id: entity.name for entity in knowledge.entities if entity.id in wanted}
    files = {source.id: source.names[0] for source in heads(knowledge.sources) if source.names}

    def words(fact: Fact) -> Words:
        document = files.get(fact.document, fact.document)
        return Words(document, fact.start, fact.end, fact.quote)

    for one in contradicted:
        sides = tuple(
            Side(side_text(one.kind, side, facts, names), tuple(map(words, facts)))
            for side, facts in one.sides
        )
        thing = one.thing
        other = names.get(one.object, one.object)
        yield Disputed(one.kind, thing, names.get(thing, thing), one.predicate, other, sides)


def plain(record: Disputed | Reprint) -> dict[str, Any]:
    """A record as JSON has it."""
    return asdict(record)


def disputed_again(row: Mapping[str, Any]) -> Disputed:
    """The record that ``plain`` was made of."""
    sides = tuple(
        Side(side["said"], tuple(Words(**words) for words in side["claims"]))
        for side in row["sides"]
    )
    return Disputed(**{**row, "sides": sides})
