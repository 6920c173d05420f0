"""Read what registers are made of from the store, without the rest of the graph.

Of a graph of many thousands of documents most is what one of them says of persons and posts, which
no register needs: what is read here are the deals, the claims of a few relations, names, places
and the days of documents.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from pyoxigraph import DefaultGraph, Literal, NamedNode

from kg.base.records import Entity, Fact, Knowledge, Source
from kg.publish.derived.dates import Dates, Days
from kg.publish.derived.whereabouts import Whereabouts
from kg.query.table import plain
from kg.store.rdf.namespaces import ALT_LABEL, DCTERMS, RDF
from kg.store.rdf.turtle import TYPE

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from pyoxigraph import Quad

    from kg.base.records import Deal
    from kg.query.graph import Graph

T = TypeVar("T")
_PREDICATE = NamedNode(RDF + "predicate")
_ENDS = (NamedNode(RDF + "subject"), NamedNode(RDF + "object"))
# The levels of places that have no code, by what the ontology calls their kind.
LEVEL_OF = {
    "country": "nation",
    "province": "province",
    "prefecture": "city",
    "city": "city",
    "county": "county",
    # Parts of the world, and what lies across provinces, are of no level.
    "area": "unknown",
    "region": "unknown",
}
# Classes of things whose days registers ask for.
DATED = ("Project", "Event", "Policy")
# How many digits of a division code tell a place of each level, and how many the place has.
LEVELS = {"province": 2, "city": 4, "county": 6}


class RegisterData:
    """What registers read of a graph. What one of them has read is there for the others.

    Attributes:
        graph: The graph.
        ontology: Its ontology.
    """

    def __init__(self, graph: Graph) -> None:
        self.graph, self.ontology = graph, graph.ontology
        self._space = graph.ontology.namespace
        self._claims_with: dict[str, tuple[Fact, ...]] = {}
        self._cache: dict[str, Any] = {}
        self._values: dict[str, dict[str, list[str]]] = {}

    def cached(self, name: str, make: Callable[[], T]) -> T:
        """What is made of it once for all registers, by name."""
        if name not in self._cache:
            self._cache[name] = make()
        value: T = self._cache[name]
        return value

    # What there is.

    def of_class(self, name: str) -> frozenset[str]:
        """The things of a class, by IRI."""
        return frozenset(self.classes.get(name, ()))

    @cached_property
    def classes(self) -> Mapping[str, frozenset[str]]:
        """The things of every class of the ontology, by IRI."""
        return {
            name: frozenset(self._subjects(TYPE, NamedNode(self._space + name)))
            for name in self.ontology.classes
        }

    @cached_property
    def kinds(self) -> Mapping[str, str]:
        """The class of each thing."""
        ranked = reversed(list(self.classes.items()))
        return {iri: name for name, things in ranked for iri in things}

    def name(self, iri: str) -> str:
        """What a thing is called, on one line."""
        return plain(self.graph.names_of.get(iri, iri))

    def names_of(self, iris: Iterable[str]) -> str:
        """What several things are called, in the order of their names."""
        return "、".join(sorted({self.name(iri) for iri in iris}))

    def own(self, attribute: str) -> Mapping[str, list[str]]:
        """The values of a term of this vocabulary, by thing."""
        return self._read(self._space + attribute)

    def _read(self, predicate: str) -> Mapping[str, list[str]]:
        if predicate not in self._values:
            by_thing: dict[str, list[str]] = defaultdict(list)
            for quad in self._quads(predicate):
                if isinstance(quad.subject, NamedNode):
                    target = quad.object
                    if isinstance(target, Literal | NamedNode):
                        by_thing[quad.subject.value].append(target.value)
            self._values[predicate] = {iri: sorted(values) for iri, values in by_thing.items()}
        return self._values[predicate]

    def subtype(self, iri: str) -> str:
        """The finer kind of a thing."""
        return next(iter(self.own("subtype").get(iri, ())), "")

    # What is said.

    def claims_with(self, *predicates: str) -> list[Fact]:
        """The claims of some relations and attributes, in the order of their IRIs."""
        for predicate in predicates:
            if predicate not in self._claims_with:
                verb = NamedNode(self._space + predicate)
                claims = self._subjects(_PREDICATE, verb)
                self._claims_with[predicate] = self.graph.facts(sorted(claims))
        return sorted(
            (fact for predicate in predicates for fact in self._claims_with[predicate]),
            key=lambda fact: fact.id,
        )

    def claims_of(self, klass: str) -> Mapping[str, list[Fact]]:
        """All claims about the things of a class, by thing, in the order of their IRIs."""
        claims_by_thing: dict[str, set[str]] = {}
        nodes = [NamedNode(iri) for iri in sorted(self.of_class(klass))]
        self.graph.store.ahead(nodes, claims=True)
        for node in nodes:
            claims = {c for end in _ENDS for c in self._subjects(end, node)}
            if claims:
                claims_by_thing[node.value] = claims
        facts = self.graph.facts(sorted(set().union(*claims_by_thing.values())))
        known = {fact.id: fact for fact in facts}
        return {
            iri: [known[c] for c in sorted(of) if c in known] for iri, of in claims_by_thing.items()
        }

    def about(self, *predicates: str, end: str = "subject") -> Mapping[str, list[Fact]]:
        """The same by their subject or object."""
        by_end: dict[str, list[Fact]] = defaultdict(list)
        for fact in self.claims_with(*predicates):
            by_end[getattr(fact, end)].append(fact)
        return by_end

    @cached_property
    def deals(self) -> tuple[Deal, ...]:
        """All deals, in the order of their IRIs."""
        nodes = self._subjects(TYPE, NamedNode(f"{self._space}Deal"))
        return self.graph.deals_of(sorted(nodes))

    @cached_property
    def claims(self) -> Mapping[str, Fact]:
        """The claims that the sums of deals rest on, by IRI."""
        wanted = {c for deal in self.deals for one in deal.amounts for c in one.claims}
        return {fact.id: fact for fact in self.graph.facts(sorted(wanted))}

    def count(self, predicate: str) -> Counter[str]:
        """How many things point to each thing by a property, given by its IRI."""
        quads = self._quads(predicate)
        return Counter(q.object.value for q in quads if isinstance(q.object, NamedNode))

    # Documents.

    @cached_property
    def files(self) -> Mapping[str, str]:
        """The file name of every document, by IRI."""
        documents = self._subjects(TYPE, NamedNode(f"{self._space}Document"))
        names = self._read(DCTERMS + "identifier")
        return {iri: names[iri][0] for iri in documents if iri in names}

    def file(self, document: str) -> str:
        """The file name of a document, on one line."""
        return plain(self.files.get(document, document))

    @cached_property
    def days(self) -> Mapping[str, Days]:
        """When every document was written, by IRI."""
        written, issued = self.own("written"), self._read(DCTERMS + "issued")
        days_by_document = {}
        for iri in self.files:
            days = [d for d in (*written.get(iri, ()), *issued.get(iri, ())) if d[:1] != "-"]
            days_by_document[iri] = Days(
                Source(iri, "", (), "", "", published=next(iter(days), ""))
            )
        return days_by_document

    @cached_property
    def newest(self) -> str:
        """The latest day on which a document was written; ``""`` where none is dated."""
        return max((d.page for d in self.days.values()), default="")

    @cached_property
    def dates(self) -> Dates:
        """The dates of facts about projects, policies and events."""
        attributes = [a.name for a in self.ontology.attributes.values() if "date" in a.datatypes]
        wanted = frozenset().union(*map(self.of_class, DATED))
        claims = {
            claim
            for name in attributes
            for claim in self._subjects(_PREDICATE, NamedNode(self._space + name))
            if not wanted.isdisjoint(self._subjects_of(claim))
        }
        return Dates(self.graph.facts(sorted(claims)), self.ontology, self.days)

    def _subjects_of(self, claim: str) -> list[str]:
        node = NamedNode(claim)
        quads = self.graph.store.quads.quads_for_pattern(node, _ENDS[0], None, DefaultGraph())
        return [q.object.value for q in quads if isinstance(q.object, NamedNode)]

    # Places.

    @cached_property
    def where(self) -> Whereabouts:
        """Which places things belong to; of persons it is not asked."""
        aliases = self._read(ALT_LABEL.value)
        wanted = ("District", "Organisation", "Project", "Policy", "System", "Event")
        entities = [
            Entity(iri, kind, self.graph.names_of.get(iri, ""), aliases=tuple(aliases.get(iri, ())))
            for iri, kind in sorted(self.kinds.items())
            if kind in wanted
        ]
        relations = [r.name for r in self.ontology.relations.values() if r.places]
        facts = [
            Fact("", s, name, o, None, "", 0, 0, "", "", 0, "")
            for name in relations
            if name != "worksFor"
            for s, others in self._read(self._space + name).items()
            for o in others
        ]
        return Whereabouts(Knowledge(entities=entities, facts=facts), self.ontology)

    def above(self, place: str) -> list[str]:
        """A place and those that it lies in, from the inner to the outer ones."""
        above, todo = [place], [place]
        while todo:
            new = [p for p in sorted(self.where.above.get(todo.pop(0), ())) if p not in above]
            above += new
            todo += new
        return above

    def inside(self, place: str) -> frozenset[str]:
        """A place and all places that lie in it, through any number."""
        inside, todo = {place}, [place]
        while todo:
            new = self._below.get(todo.pop(), set()) - inside
            inside |= new
            todo += new
        return frozenset(inside)

    @cached_property
    def _below(self) -> Mapping[str, set[str]]:
        below: dict[str, set[str]] = defaultdict(set)
        for place, outer in self.where.above.items():
            for one in outer:
                below[one].add(place)
        return below

    def innermost(self, places: Collection[str]) -> list[str]:
        """Some places without those that others of them lie in, in the order of their names."""
        outer = {one for place in places for one in self.above(place)[1:]}
        return sorted(set(places) - outer, key=lambda iri: (self.name(iri), iri))

    def at(self, places: Collection[str], level: str = "") -> list[str]:
        """The places of a level that some places lie in; those themselves without a level."""
        inner = self.innermost(places)
        if not level:
            return inner
        of_level = {self._of_level(place, level) for place in inner}
        return sorted(of_level, key=lambda iri: (self.name(iri), iri))

    def _of_level(self, place: str, level: str) -> str:
        for one in self.above(place):
            code = next(iter(self.own("divisionCode").get(one, ())), "")
            if len(code) == LEVELS["county"] and rank(code) == level:
                return one
        return place

    @cached_property
    def coded(self) -> Mapping[str, str]:
        """The places with a division code, by it."""
        codes, places = self.own("divisionCode"), self.of_class("District")
        return {codes[iri][0]: iri for iri in sorted(places, reverse=True) if iri in codes}

    def level(self, place: str) -> str:
        """The level of a place.

        It is ``nation``, ``province``, ``city``, ``county`` or ``zone``, and ``unknown`` of a part
        of the world.
        """
        code = next(iter(self.own("divisionCode").get(place, ())), "")
        return rank(code) if code else LEVEL_OF.get(self.subtype(place), "zone")

    # How the store is asked.

    def _quads(self, predicate: str) -> Iterable[Quad]:
        node = NamedNode(predicate)
        return self.graph.store.quads.quads_for_pattern(None, node, None, DefaultGraph())

    def _subjects(self, predicate: NamedNode, target: NamedNode) -> Sequence[str]:
        quads = self.graph.store.quads.quads_for_pattern(None, predicate, target, DefaultGraph())
        return [q.subject.value for q in quads if isinstance(q.subject, NamedNode)]


def rank(code: str) -> str:
    """The level of a place by its division code.

    >>> rank("500000"), rank("340100"), rank("340104")
    ('province', 'city', 'county')
    """
    if code.endswith("0000"):
        return "province"
    return "city" if code.endswith("00") else "county"
