"""Knowledge in, a draft of it that corrections change, Knowledge out.

A draft knows things by all the names and classes that they had on the way, so that a decision
finds its thing whether it was made before another correction or after it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from kg.base.records import Entity, Fact, Knowledge, NamedPlace, Source
from kg.corpus.assemble import claim_iri, digest
from kg.ontology import Ontology
from kg.review.decisions import Decision, EntityReference


class EditableGraph:
    """A graph that is being corrected: things by IRI, facts by IRI and by their ends."""

    def __init__(self, knowledge: Knowledge, ontology: Ontology, base: str) -> None:
        self.before, self.ontology, self.base = knowledge, ontology, base
        self.entities = {e.id: e for e in knowledge.entities}
        self.facts: dict[str, Fact] = {}
        self.of: defaultdict[str, set[str]] = defaultdict(set)
        self.bearers: defaultdict[str, set[str]] = defaultdict(set)
        self.known: defaultdict[str, set[str]] = defaultdict(set)
        self.classes: defaultdict[str, set[str]] = defaultdict(set)
        self.moved: dict[str, str] = {}
        self.named = {s.id: s.named_places for s in knowledge.sources}
        self._naming: dict[str, set[str]] | None = None  # documents by what they name
        self.lost: list[Fact] = []
        # What is no entity by a decision: by class and name, and by IRI.
        self.nothing: dict[tuple[str, str], Decision] = {}
        self.unbound = False  # whether a fact of reference data went
        self.anchors: set[str] = set()  # places that are held by what the draft knows nothing of
        for entity in knowledge.entities:
            self.know(entity.id, (entity.name, *entity.aliases), (entity.type,))
        for fact in knowledge.facts:
            self._keep(fact)

    def know(self, iri: str, names: Iterable[str], classes: Iterable[str]) -> None:
        """Let a thing be found by names and classes."""
        for name in names:
            self.bearers[name].add(iri)
            self.known[iri].add(name)
        self.classes[iri].update(classes)

    def forget(self, iri: str, names: Iterable[str]) -> None:
        """Let a thing be found by names no more."""
        for name in names:
            self.bearers[name].discard(iri)
            self.known[iri].discard(name)

    def bears(self, iri: str, thing: EntityReference) -> bool:
        """Whether an entity is what a decision names so."""
        return thing.name in self.known[iri] and thing.type in self.classes[iri]

    def find(self, thing: EntityReference) -> list[str]:
        """The entities that a decision may mean, in order; more than one where it is open."""
        here = [i for i in self.bearers[thing.name] if thing.type in self.classes[i]]
        aim = self.where(thing.iri)
        if aim in here:
            return [aim]
        labelled = [i for i in here if self.entities[i].name == thing.name]
        return sorted(labelled or here)

    def where(self, iri: str) -> str:
        """What an entity has become."""
        while iri in self.moved:
            iri = self.moved[iri]
        return iri

    def put(self, fact: Fact) -> Fact | None:
        """Take in a fact that is new or has other ends, if the ontology allows it; as it is now."""
        placed = self._placed(fact)
        if placed is None:
            if fact.source:
                self.unbound = True
            elif fact.subject != fact.object:
                self.lost.append(fact)
            return None
        if not (placed.source and self._stated_by_reference(placed)):
            self._keep(placed)
        return placed

    def drop(self, id_: str) -> Fact:
        """Take a fact away."""
        fact = self.facts.pop(id_)
        for end in (fact.subject, fact.object):
            self.of[end].discard(id_)
        return fact

    def carry(self, old: str, new: str) -> None:
        """Let all that was said of one thing be said of another, which takes its place."""
        if self.where(new) == old:  # it has come back to what it was
            del self.moved[new]
        self.moved[old] = new
        self.know(new, self.known[old], self.classes[old])
        self.forget(old, tuple(self.known[old]))
        for id_ in sorted(self.of[old]):
            self.put(with_end_replaced(self.drop(id_), old, new))

    def remove(self, iri: str) -> None:
        """Let a thing be none: what was said of it goes, and its names name nothing.

        A place in which others lie by reference data stays as one of reference data alone.
        """
        facts = [self.facts[i] for i in sorted(self.of[iri])]
        within = [f for f in facts if f.source and f.object == iri]
        for fact in facts:
            if not (within and fact.source):
                self.unbound |= bool(fact.source)
                self.drop(fact.id)
        self.unname(iri)
        entity = self.entities.pop(iri, None)
        if within and entity is not None:
            self.unbound = True
            self.entities[iri] = Entity(
                iri, entity.type, entity.name, entity.subtype, code=entity.code,
                background=within[0].source,
            )  # fmt: skip
        else:
            self.forget(iri, tuple(self.known[iri]))

    def unname(self, iri: str) -> None:
        """Take away all places that name a thing."""
        was = {iri, *(old for old in self.moved if self.where(old) == iri)}
        for source in self.sources_of(was):
            self.named[source] = tuple(n for n in self.named[source] if n.entity not in was)

    def sources_of(self, iris: Iterable[str]) -> list[str]:
        """The documents that name some things, in order."""
        if self._naming is None:
            naming: defaultdict[str, set[str]] = defaultdict(set)
            for source, named in self.named.items():
                for n in named:
                    naming[n.entity].add(source)
            self._naming = naming
        return sorted({source for iri in iris for source in self._naming.get(iri, ())})

    def part(self, entity: Entity, new: str, name: str, document: str = "") -> int:
        """Let a name of a thing stand for another one; facts go along that only it is said of.

        Args:
            entity: The thing that has the name.
            new: The IRI of the thing that the name stands for now.
            name: The name, without white space.
            document: The document in which alone it does; ``""`` for all of them.

        Returns:
            How many places there are.
        """
        moved = self._places(entity.id, name, document)
        if not moved:
            return 0
        facts = self._going(entity.id, moved)
        self._naming = None
        for source, places in moved.items():
            going = set(places)
            remaining = [n for n in self.named[source] if n not in going]
            self.named[source] = ordered((*remaining, *(replace(n, entity=new) for n in places)))
        self.entities.setdefault(new, Entity(new, entity.type, name, entity.subtype))
        for fact in facts:
            self.put(with_end_replaced(self.drop(fact.id), entity.id, new))
        return sum(map(len, moved.values()))

    def names(self, iri: str) -> set[str]:
        """The names, without white space, that stand for a thing somewhere."""
        return {
            squeezed(source.text, n)
            for source in self.before.sources
            for n in self.named[source.id]
            if self.where(n.entity) == iri
        }

    def prune(self) -> None:
        """Leave out places of reference data that hold nothing any more that a text names."""
        if not self.unbound:
            return
        reached: set[str] = set()
        waiting = [*self.anchors, *(i for i, e in self.entities.items() if not e.background)]
        waiting += [end for f in self.facts.values() if f.quote for end in (f.subject, f.object)]
        while waiting:
            iri = waiting.pop()
            if not iri or iri in reached:
                continue
            reached.add(iri)
            facts = (self.facts[i] for i in self.of[iri])
            waiting += [f.object for f in facts if f.source and f.subject == iri]
        for iri in [i for i in self.entities if i not in reached]:
            for id_ in tuple(self.of[iri]):
                self.drop(id_)
            del self.entities[iri]

    def knowledge(self) -> Knowledge:
        """The graph as it is now."""
        self.prune()
        sources = tuple(self._source(s) for s in self.before.sources)
        entities = tuple(self.entities[i] for i in sorted(self.entities))
        facts = tuple(self.facts[i] for i in sorted(self.facts))
        return replace(self.before, sources=sources, entities=entities, facts=facts)

    def _places(self, iri: str, name: str, document: str) -> dict[str, list[NamedPlace]]:
        """The places where a name stands for a thing, by document."""
        places: dict[str, list[NamedPlace]] = {}
        for source in self.before.sources:
            if document and document != source.document:
                continue
            here = [
                n
                for n in self.named[source.id]
                if self.where(n.entity) == iri and squeezed(source.text, n) == name
            ]
            if here:
                places[source.id] = here
        return places

    def _going(self, iri: str, moved: dict[str, list[NamedPlace]]) -> list[Fact]:
        """The facts that go with places: those in whose quotation the thing has no other name."""
        facts = []
        for fact in sorted((self.facts[i] for i in self.of[iri]), key=lambda f: f.id):
            moved_places = moved.get(fact.document, ())
            here = [
                n
                for n in self.named.get(fact.document, ())
                if self.where(n.entity) == iri and fact.start <= n.start and n.end <= fact.end
            ]
            if here and all(n in moved_places for n in here):
                facts.append(fact)
        return facts

    def _keep(self, fact: Fact) -> None:
        self.facts[fact.id] = fact
        self.of[fact.subject].add(fact.id)
        if fact.object:
            self.of[fact.object].add(fact.id)

    def _placed(self, fact: Fact) -> Fact | None:
        """A fact with its ends in order and an IRI; None if classes or ends do not fit."""
        subject = self.entities[fact.subject].type
        relation = self.ontology.relations.get(fact.predicate)
        page = relation or self.ontology.attributes.get(fact.predicate)
        if (
            page is None
            or subject not in page.domain
            or bool(fact.object) != (relation is not None)
        ):
            return None
        if relation is not None:
            target = self.entities[fact.object].type
            same = relation.same_class and target != subject
            if target not in relation.range or same or fact.subject == fact.object:
                return None
            if relation.symmetric and fact.object < fact.subject:
                fact = replace(fact, subject=fact.object, object=fact.subject)
        return fact if fact.id else replace(fact, id=self._iri(fact))

    def _iri(self, fact: Fact) -> str:
        if fact.source:
            ends = fact.subject, fact.predicate, fact.object
            return f"{self.base}claim/{digest(*ends, fact.rule, size=20)}"
        return claim_iri(self.base, fact)

    def _stated_by_reference(self, fact: Fact) -> bool:
        """Whether reference data says the same already."""
        others = (self.facts[i] for i in self.of[fact.subject])
        triple = fact.subject, fact.predicate, fact.object
        return any(o.source and (o.subject, o.predicate, o.object) == triple for o in others)

    def placed(self, source: Source) -> tuple[NamedPlace, ...]:
        """The places of a document that name things, as these are now."""
        named = self.named[source.id]
        if self.moved:
            named = ordered(replace(n, entity=self.where(n.entity)) for n in named)
        return named

    def _source(self, source: Source) -> Source:
        named = self.placed(source)
        return source if named == source.named_places else replace(source, named_places=named)


def squeezed(text: str, place: NamedPlace) -> str:
    """A name as it stands in a text, without white space.

    >>> squeezed("甲 市", NamedPlace(0, 3, ""))
    '甲市'
    """
    return "".join(text[place.start : place.end].split())


def with_end_replaced(fact: Fact, old: str, new: str) -> Fact:
    """A fact with one thing in place of another; it has no IRI yet."""
    subject = new if fact.subject == old else fact.subject
    target = new if fact.object == old else fact.object
    return replace(fact, id="", subject=subject, object=target)


def ordered(named: Iterable[NamedPlace]) -> tuple[NamedPlace, ...]:
    """Places of names as a source keeps them: in the order of the text, a longer one first."""
    return tuple(sorted(set(named), key=lambda n: (n.start, -n.end, n.entity)))
