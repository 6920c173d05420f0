"""A graph and what is decided of it in, questions worth asking out: what matters most first.

The weight of a question is how unsure its answer is, times what hangs on it: a doubtful claim
about a thing of many facts comes before one about a thing of its own. The reason says both.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import log2
from typing import TYPE_CHECKING

from kg.abridged import abridged
from kg.places import Places
from kg.review.decide import said, thing_of
from kg.review.decisions import Decision, Paper, Thing
from kg.review.verdicts import verdicts

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.records import Entity, Fact, Merge

# How often a merge by a rule is wrong, as far as it was looked at; of others, a tenth.
DOUBTS = {
    "name.defined": 0.01,
    "name.printed": 0.01,
    "place.code": 0.02,
    "name.office": 0.03,
    "name.unit": 0.1,
    "name.tail": 0.2,
    "name.head": 0.15,
    "name.bureau": 0.2,
    "name.abridged": 0.3,
    "name.spelled": 0.25,
    "identity.key": 0.03,
}
OTHER_DOUBT = 0.1
# Two names of which one says less are one thing as often as not, where no text has both.
ALIKE_DOUBT = 0.5
# The end of a longer name is mostly another body: 市财政局, 电子科技大学.
TAILED = "name.tail"
# Names that begin alike and are too many are a series (甲市一中, 甲市二中 …), not spellings.
MOST_ALIKE = 40
CONTRADICTED = 0.5


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to decide: ``accept`` and ``reject`` are the decisions that answer it.

    Attributes:
        kind: ``claim``, ``merge`` (is this name one of this thing?) or ``alike`` (are these
            two one thing?).
        id: What the question is about: a claim's last digits, or the IRIs of two things.
        weight: How much an answer would matter; the first question weighs most.
        reason: Why it is asked, in words.
        text: The question in one line.
        quote: The words that it rests on, or ``""``.
        where: Document and offsets (code points, half-open) of these words.
        accept, reject: Decisions without anybody's name and time yet.
    """

    kind: str
    id: str
    weight: float
    reason: str
    text: str
    accept: Decision
    reject: Decision
    quote: str = ""
    where: str = ""


def questions(graph: Graph, decisions: Iterable[Decision] = ()) -> list[Question]:
    """What is worth asking of a graph, without what is decided already, in order of weight."""
    chosen = verdicts(decisions).held
    asker = _Asker(graph, {d.about for d in chosen})
    found = [*asker.claims(), *asker.merges(), *asker.alike()]
    return sorted(found, key=lambda q: (-q.weight, q.kind, q.id))


class _Asker:
    """The graph as questions need it: things and documents by IRI, facts counted by end."""

    def __init__(self, graph: Graph, decided: set[tuple[object, ...]]) -> None:
        knowledge, self.ontology = graph.knowledge, graph.ontology
        self.places = Places.load(self.ontology)
        self.industry = self.ontology.words["grammar"]["industry"]
        self.decided = decided
        self.entities = {e.id: e for e in knowledge.entities}
        self.sources = {s.id: s for s in knowledge.sources}
        self.facts = [f for f in knowledge.facts if f.quote]
        ends = (e for f in self.facts for e in {f.subject, f.object} - {""})
        self.links = Counter(ends)
        self.values: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for f in self.facts:
            if f.value is not None and f.value.datatype == "decimal":
                self.values[f.subject, f.predicate].add(f.value.lexical)

    def open(self, decision: Decision) -> bool:
        return decision.about not in self.decided

    def claims(self) -> Iterator[Question]:
        for fact in self.facts:
            if fact.review:
                continue
            source = self.sources[fact.document]
            subject, target = self.entities[fact.subject], self.entities.get(fact.object)
            told = said(fact, subject, target, Paper(source.document, source.names[0]))
            accept = Decision("accept", "", "", claim=told)
            if not self.open(accept):
                continue
            doubt, reason = self._doubt(fact)
            others = sum(self.links[e] - 1 for e in {fact.subject, fact.object} - {""})
            yield Question(
                "claim",
                fact.id.rpartition("/")[2],
                _weight(doubt, others),
                f"{reason}; {_hanging(others)}",
                f"{told}" + (f" ({fact.status})" if fact.status else ""),
                accept,
                Decision("reject", "", "", claim=told),
                fact.quote,
                f"{source.names[0]} {fact.start}–{fact.end}",
            )

    def _doubt(self, fact: Fact) -> tuple[float, str]:
        doubt = 1 - fact.confidence
        reason = f"rule {fact.rule} is right in {fact.confidence:.0%} of cases"
        values = self.values[fact.subject, fact.predicate]
        if fact.value is not None and len(values) > 1:
            others = ", ".join(sorted(values - {fact.value.lexical}))
            return max(doubt, CONTRADICTED), f"other sentences say {others}; {reason}"
        return doubt, reason

    def merges(self) -> Iterator[Question]:
        for entity in self.entities.values():
            for merge in entity.merges:
                if merge.rule.startswith("review.") or merge.name == entity.name:
                    continue
                split = Decision("split", "", "", entity=thing_of(entity), name=merge.name)
                if self.open(split):
                    yield self._merge(entity, merge, split)

    def _merge(self, entity: Entity, merge: Merge, split: Decision) -> Question:
        doubt, others = DOUBTS.get(merge.rule, OTHER_DOUBT), self.links[entity.id]
        source = self.sources.get(merge.document)
        words = source.text[merge.start : merge.end] if source else ""
        kept = thing_of(entity)
        return Question(
            "merge",
            f"{entity.id} {merge.name}",
            _weight(doubt, others),
            f"rule {merge.rule}: {merge.reason}; {_hanging(others)}",
            f"{merge.name} is {entity.name} ({entity.type})",
            Decision("merge", "", "", entity=kept, other=Thing(merge.name, entity.type)),
            split,
            words,
            f"{source.names[0]} {merge.start}–{merge.end}" if source and words else "",
        )

    def alike(self) -> Iterator[Question]:
        """Bodies of many documents that would be one in a single one: 甲江公司, 甲江科技公司."""
        kinds = [k.name for k in self.ontology.classes.values() if k.identified_by == "body"]
        for kind in kinds:
            named = {e.name: e for e in self.entities.values() if e.type == kind and e.mentions}
            for group in self._blocks(named):
                for same in abridged(group, self.industry, self.places):
                    if same.rule != TAILED:
                        yield from self._alike(named[same.full], named[same.short], same.reason)

    def _blocks(self, names: Iterable[str]) -> Iterator[list[str]]:
        """Names by how they begin after the place that they may begin with."""
        blocks: defaultdict[str, list[str]] = defaultdict(list)
        for name in names:
            blocks[name[self.places.leading(name) :][:2]].append(name)
        return (sorted(b) for b in blocks.values() if 1 < len(b) <= MOST_ALIKE)

    def _alike(self, full: Entity, short: Entity, reason: str) -> Iterator[Question]:
        long, other = thing_of(full), thing_of(short)
        merge = Decision("merge", "", "", entity=long, other=other)
        if not self.open(merge):
            return
        others = min(self.links[full.id], self.links[short.id])
        yield Question(
            "alike",
            f"{full.id} {short.id}",
            _weight(ALIKE_DOUBT, others),
            f"{reason}; {_hanging(others)}",
            f"{short.name} may be {full.name} ({full.type})",
            merge,
            Decision("split", "", "", entity=long, name=short.name),
        )


def _weight(doubt: float, others: int) -> float:
    # The logarithm: a thing of a thousand facts must not fill the list with what is nearly sure.
    return round(doubt * (1 + log2(1 + others)), 6)


def _hanging(others: int) -> str:
    return "nothing else hangs on it" if not others else f"{others} facts hang on it"
