"""Gather what the dossier of a thing is made of.

A place has the places within it with it: what is in 高新区 is in its city. The projects of a thing
are those that a fact links it with; its deals those that it, or one of its projects, is part of.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from kg.base.records import Fact
from kg.corpus.compound.deals.assemble import parts_of
from kg.corpus.documents import heads
from kg.corpus.reports import statement_of
from kg.publish.derived.dates import Dates, Days
from kg.publish.derived.whereabouts import Whereabouts
from kg.publish.dossier.model import Line
from kg.publish.dossier.wording import Wording
from kg.query.table import plain

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from kg.base.records import Deal, Entity, Knowledge, Source
    from kg.corpus.reports import Triple
    from kg.ontology import Ontology
    from kg.publish.dossier.model import Cell

# Characters of a sentence before and behind a name, where it has no end so near.
AROUND = 100
_ENDS = re.compile(r"[。！？；]|\n\s*\n")


class Scope:
    """What is told of a thing.

    Attributes:
        thing: The thing.
        where: Which places things belong to.
        inside: It, and of a place all places within it, by IRI.
        projects: Its projects, by IRI; itself if it is one.
        facts: All claims that have an end among those.
        deals: The deals that those are parts of.
    """

    def __init__(self, knowledge: Knowledge, ontology: Ontology, thing: Entity) -> None:
        self.knowledge, self.ontology, self.thing = knowledge, ontology, thing
        self.where = Whereabouts(knowledge, ontology)
        self.inside = frozenset(_within(thing.id, self.where))
        self.names = {e.id: e.name for e in knowledge.entities}
        kind = Wording(ontology).kind_of("projects")
        kinds = {e.id for e in knowledge.entities if e.type == kind}
        self.projects = frozenset(self._projects(kinds))
        self.own = self.inside | self.projects
        self.facts = [f for f in knowledge.facts if f.subject in self.own or f.object in self.own]
        self.deals = [d for d in knowledge.deals if not self.own.isdisjoint(parts_of(d))]

    def _projects(self, kinds: Collection[str]) -> Iterator[str]:
        if self.thing.id in kinds:
            yield self.thing.id
            return
        for fact in self.knowledge.facts:
            ends = fact.subject, fact.object
            for one, other in (ends, ends[::-1]):
                if one in self.inside and other in kinds:
                    yield other
        for deal in self.knowledge.deals:
            # What is signed at an event is of its place, not each project of it.
            single = len(deal.projects) == 1 or self.thing.id in deal.events
            if single and not self.inside.isdisjoint(parts_of(deal)):
                yield from deal.projects

    @cached_property
    def files(self) -> dict[str, str]:
        """The file name of every document, by IRI."""
        return {s.id: s.names[0] for s in heads(self.knowledge.sources) if s.names}

    @cached_property
    def days(self) -> dict[str, Days]:
        """When every document was written, by IRI."""
        return {source.id: Days(source) for source in heads(self.knowledge.sources)}

    @cached_property
    def dates(self) -> Dates:
        """The dates of facts."""
        return Dates(self.knowledge.facts, self.ontology, self.days)

    @cached_property
    def claims(self) -> Mapping[str, Fact]:
        """The claims that the deals rest on, by IRI."""
        wanted = {c for deal in self.deals for one in deal.amounts for c in one.claims}
        return {fact.id: fact for fact in self.knowledge.facts if fact.id in wanted}

    def name(self, iri: str) -> str:
        """What a thing is called, on one line."""
        return plain(self.names.get(iri, iri))

    def names_of(self, iris: Iterable[str]) -> str:
        """What several things are called."""
        return "、".join(self.name(iri) for iri in iris)

    def file(self, document: str) -> str:
        """The file name of a document."""
        return plain(self.files.get(document, document))

    def document_day(self, document: str) -> str:
        """The day of a document, as far as it is known."""
        return self.days[document].page if document in self.days else ""

    def grouped(self, facts: Iterable[Fact]) -> list[list[Fact]]:
        """The claims of each fact, the surest first; in the order of where they are said first."""
        groups: dict[Triple, list[Fact]] = {}
        for fact in sorted(facts, key=lambda f: (self.file(f.document), f.start, f.id)):
            groups.setdefault(statement_of(fact), []).append(fact)
        return [
            sorted(group, key=lambda f: (not f.quote, -f.confidence)) for group in groups.values()
        ]

    def line(self, cells: Mapping[str, Cell], group: list[Fact], words: Wording) -> Line:
        """A line of a fact, with the sentence of its surest claim."""
        best = group[0]
        if not best.quote:
            return Line(cells, "", words.note("background", source=plain(best.source)))
        documents = len({fact.document for fact in group if fact.quote})
        name = self.file(best.document)
        if documents > 1:
            name = words.note("more", name=name, n=documents)
        status = next((f.status for f in group if f.status), "")
        return Line(cells, one_line(best.quote), name, self.dates.of(best)[0], status)

    def first(self, iris: Iterable[str]) -> dict[str, tuple[str, str]]:
        """Where some things are named first: the document's file name and the sentence."""
        wanted, places = set(iris), dict[str, tuple[str, str]]()
        for source in sorted(self.knowledge.sources, key=lambda s: s.names):
            for place in source.named_places:
                if place.entity in wanted and place.entity not in places:
                    name = source.names[0] if source.names else source.id
                    places[place.entity] = name, sentence(source, place.start)
        return dict(sorted(places.items(), key=lambda pair: (self.name(pair[0]), pair[0])))

    def others(self, deal: Deal) -> bool:
        """Whether a deal of several projects has some of other things."""
        touches = {*deal.parties, *deal.agreements, *deal.places, *deal.events}
        return self.inside.isdisjoint(touches) and not self.projects.issuperset(deal.projects)


def _within(iri: str, where: Whereabouts) -> set[str]:
    """A thing, and of a place all that lie within it, through any number."""
    below: dict[str, list[str]] = {}
    for place, places in where.above.items():
        for one in places:
            below.setdefault(one, []).append(place)
    inside, todo = {iri}, [iri]
    while todo:
        new = set(below.get(todo.pop(), ())) - inside
        inside |= new
        todo += new
    return inside


def sentence(source: Source, at: int) -> str:
    """The sentence of a document around an offset, on one line, cut where it is long."""
    before, after = source.text[max(0, at - AROUND) : at], source.text[at : at + AROUND]
    end = _ENDS.search(after)
    behind = after[: end.end()] if end else after
    # A quotation that ends before this sentence.
    return one_line(_ENDS.split(before)[-1].lstrip("”’」』") + behind)


def one_line(text: str) -> str:
    r"""A sentence on one line: where its page ends a line it goes on.

    >>> one_line("总投资5600万\n元，  预计达产")
    '总投资5600万元，  预计达产'
    >>> one_line("Smart\ncity\t甲")
    'Smart city 甲'
    """
    pieces = [piece.strip() for piece in text.replace("\t", " ").splitlines()]
    whole = ""
    for piece in filter(None, pieces):
        apart = whole[-1:].isascii() and piece[0].isascii() and whole
        whole += f" {piece}" if apart else piece
    return plain(whole)
