"""A graph and what is decided of it in, questions worth asking out: what matters most first.

The weight of a question is how unsure its answer is, times what hangs on it: a doubtful claim
about a thing of many facts comes before one about a thing of its own. Before all these come, by the
harm that a wrong answer does: sums that are in question, names that may be none, things that may be
one, and things of many facts that are unsure. The reason says it all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import log2
from typing import TYPE_CHECKING

from kg.base.money import money
from kg.corpus.compound.implausible_sums import implausible_sums
from kg.extract.resolve.abridged import abridged
from kg.extract.resolve.identity.merges import merge_confidence
from kg.ontology.places import Places
from kg.review.apply.verdicts import verdicts
from kg.review.decide import claim_reference, thing_of
from kg.review.decisions import Decision, DocumentReference, EntityReference

if TYPE_CHECKING:
    from kg.base.records import Entity, Fact, Merge
    from kg.query.graph import Graph

# Two names of which one says less are one thing as often as not, where no text has both.
ALIKE_DOUBT = 0.5
# The end of a longer name is mostly another body: 市财政局, 电子科技大学.
TAILED = "name.tail"
# Names that begin alike and are too many are a series (甲市一中, 甲市二中 …), not spellings.
MOST_ALIKE = 40
CONTRADICTED = 0.5
# What is added to a weight, so that what does most harm is asked first: a sum that others
# contradict, that is hard to believe or unsure, for totals rest on it; a name that may be none, and
# a claim for each of its ends that has such a name; two things that may be one; a thing of many
# facts most of which are unsure.
MONEY, NAMED, DOUBTFUL, SAME, HUB = 1000.0, 300.0, 100.0, 50.0, 25.0
UNSURE_SUM = 0.8  # a sum of less confidence is unsure: of 105 in 726 articles four are
UNSURE_MERGE = 0.1  # one of less doubt is asked among the rest
# A thing of so many facts, so doubtful on average: six of the 4,246 things of 726 articles.
HUB_FACTS, HUB_DOUBT = 8, 0.3
# The harms, the greatest first, each with the least weight of its questions.
HARMS = {
    "money": MONEY,
    "name": DOUBTFUL,
    "same": SAME,
    "hub": HUB,
    "much": 1.0,
    "little": 0.0,
}


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to decide: ``accept`` and ``reject`` are the decisions that answer it.

    Attributes:
        kind: ``claim``, ``merge`` (is this name one of this thing?), ``alike`` (are these
            two one thing?) or ``name`` (is this a thing at all?).
        id: What the question is about: a claim's last digits, or the IRIs of one or two things.
        weight: How much an answer would matter; the first question weighs most.
        reason: Why it is asked, in words.
        text: The question in one line.
        quote: The words that it rests on, or ``""``.
        where: Document and offsets (code points, half-open) of these words.
        accept, reject: Decisions without anybody's name and time yet.
        grounds: The reason in parts, each a word for what it is and its values, for those who
            say it in another language.
        ends: IRIs of the things that it is about.
        place: The IRI of the document, and where in it the words stand; None if nowhere.
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
    grounds: tuple[tuple[str, ...], ...] = ()
    ends: tuple[str, ...] = ()
    place: tuple[str, int, int] | None = None

    @property
    def harm(self) -> str:
        """What a wrong answer would harm, one of ``HARMS``."""
        return next(harm for harm, least in HARMS.items() if self.weight >= least)


def questions(graph: Graph, decisions: Iterable[Decision] = ()) -> list[Question]:
    """What is worth asking of a graph, without what is decided already, in order of weight."""
    return undecided(askable(graph), decisions)


def askable(graph: Graph) -> list[Question]:
    """All questions of a graph, decided or not, in order of weight."""
    asker = _Asker(graph)
    questions = [*asker.claims(), *asker.names(), *asker.merges(), *asker.alike()]
    return sorted(questions, key=lambda q: (-q.weight, q.kind, q.id))


def undecided(questions: Iterable[Question], decisions: Iterable[Decision]) -> list[Question]:
    """Those of some questions that no decision answers; both answers are about one thing."""
    decided = {d.about for d in verdicts(decisions).in_force}
    return [q for q in questions if q.accept.about not in decided]


class _Asker:
    """The graph as questions need it: things and documents by IRI, facts counted by end."""

    def __init__(self, graph: Graph) -> None:
        knowledge, self.ontology = graph.knowledge, graph.ontology
        self.places = Places.load(self.ontology)
        self.industry = self.ontology.lexicon.grammar.industry
        self.entities = {e.id: e for e in knowledge.entities}
        self.sources = {s.id: s for s in knowledge.sources}
        self.facts = [f for f in knowledge.facts if f.quote]
        ends = (e for f in self.facts for e in {f.subject, f.object} - {""})
        self.links = Counter(ends)
        doubtful = implausible_sums(knowledge, self.ontology)
        self.unlikely = {claim: one for one in doubtful for claim in one.amount.claims}
        self.values: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for f in self.facts:
            if f.value is not None and f.value.datatype == "decimal":
                self.values[f.subject, f.predicate].add(f.value.lexical)

    def claims(self) -> Iterator[Question]:
        for fact in self.facts:
            if fact.review:
                continue
            source = self.sources[fact.document]
            subject, target = self.entities[fact.subject], self.entities.get(fact.object)
            claim = claim_reference(
                fact, subject, target, DocumentReference(source.document, source.names[0])
            )
            doubt, grounds = self._doubt(fact)
            others = sum(self.links[e] - 1 for e in {fact.subject, fact.object} - {""})
            unsure = [e.name for e in (subject, target) if e is not None and e.doubtful]
            grounds = (*(("doubtful", name) for name in unsure), *grounds)
            yield Question(
                "claim",
                fact.id.rpartition("/")[2],
                _weight(doubt, others) + DOUBTFUL * len(unsure) + MONEY * self._of_money(fact),
                f"{'; '.join(map(_reason, grounds))}; {_hanging(others)}",
                f"{claim}" + (f" ({fact.status})" if fact.status else ""),
                Decision("accept", "", "", claim=claim),
                Decision("reject", "", "", claim=claim),
                fact.quote,
                f"{source.names[0]} {fact.start}–{fact.end}",
                (*grounds, ("hanging", str(others))),
                (fact.subject, *filter(None, [fact.object])),
                (source.id, fact.start, fact.end),
            )

    def _of_money(self, fact: Fact) -> bool:
        """Whether it is a sum that another contradicts, that is hard to believe, or unsure."""
        page = self.ontology.attributes.get(fact.predicate)
        is_sum = page is not None and bool(page.unit) and fact.value is not None
        contradicted = len(self.values[fact.subject, fact.predicate]) > 1
        unsure = contradicted or fact.confidence < UNSURE_SUM
        return fact.id in self.unlikely or (is_sum and unsure)

    def _doubt(self, fact: Fact) -> tuple[float, tuple[tuple[str, ...], ...]]:
        doubt = 1 - fact.confidence
        rule = ("rule", fact.rule, f"{fact.confidence:.0%}")
        values = self.values[fact.subject, fact.predicate]
        if fact.value is not None and len(values) > 1:
            others = sorted(values - {fact.value.lexical})
            return max(doubt, CONTRADICTED), (("others", *others), rule)
        if fact.id in self.unlikely:
            most = money(str(self.unlikely[fact.id].most))
            return max(doubt, CONTRADICTED), (("unlikely", most), rule)
        return doubt, (rule,)

    def names(self) -> Iterator[Question]:
        """Names that no document makes sure, and things of many unsure facts."""
        doubts: defaultdict[str, list[float]] = defaultdict(list)
        for fact in self.facts:
            for end in {fact.subject, fact.object} - {""}:
                doubts[end].append(1 - fact.confidence)
        for entity in self.entities.values():
            entity_doubts = doubts[entity.id]
            mean = sum(entity_doubts) / len(entity_doubts) if entity_doubts else 0.0
            if entity.doubtful and entity.mentions and not entity_doubts:
                yield self._name(entity, ALIKE_DOUBT, 0.0, ("doubtful", entity.name))
            elif entity.doubtful and entity.mentions:
                yield self._name(entity, ALIKE_DOUBT, NAMED, ("doubtful", entity.name))
            elif len(entity_doubts) >= HUB_FACTS and mean >= HUB_DOUBT and not entity.code:
                grounds = ("hub", str(len(entity_doubts)), f"{1 - mean:.0%}")
                yield self._name(entity, mean, HUB, grounds)

    def _name(self, entity: Entity, doubt: float, harm: float, ground: tuple[str, ...]) -> Question:
        others, thing = self.links[entity.id], thing_of(entity)
        return Question(
            "name",
            entity.id,
            harm + _weight(doubt, others),
            f"{_reason(ground)}; {_hanging(others)}",
            f"{entity.name} is an entity ({entity.type})",
            Decision("retype", "", "", entity=thing, type=entity.type),
            Decision("drop", "", "", entity=thing),
            grounds=(ground, ("hanging", str(others))),
            ends=(entity.id,),
        )

    def merges(self) -> Iterator[Question]:
        """Each name once, for its most doubtful reason: documents may give the same one."""
        for entity in self.entities.values():
            by_name: dict[str, Question] = {}
            for merge in entity.merges:
                if merge.rule.startswith("review.") or merge.name == entity.name:
                    continue
                question = self._merge(entity, merge)
                if question.weight > by_name.setdefault(merge.name, question).weight:
                    by_name[merge.name] = question
            yield from by_name.values()

    def _merge(self, entity: Entity, merge: Merge) -> Question:
        doubt = round(1 - merge_confidence(merge.rule, self.ontology), 2)
        others = self.links[entity.id]
        source = self.sources.get(merge.document)
        words = source.text[merge.start : merge.end] if source else ""
        reference = thing_of(entity)
        return Question(
            "merge",
            f"{entity.id} {merge.name}",
            _weight(doubt, others) + SAME * (doubt >= UNSURE_MERGE),
            f"rule {merge.rule}: {merge.reason}; {_hanging(others)}",
            f"{merge.name} is {entity.name} ({entity.type})",
            Decision(
                "merge", "", "", entity=reference, other=EntityReference(merge.name, entity.type)
            ),
            Decision("split", "", "", entity=reference, name=merge.name),
            words,
            f"{source.names[0]} {merge.start}–{merge.end}" if source and words else "",
            (("merged", merge.rule, merge.reason), ("hanging", str(others))),
            (entity.id,),
            (source.id, merge.start, merge.end) if source and words else None,
        )

    def alike(self) -> Iterator[Question]:
        """Bodies of many documents that would be one in a single one: 甲江公司, 甲江科技公司."""
        kinds = [k.name for k in self.ontology.classes.values() if k.identified_by == "body"]
        for kind in kinds:
            named = {e.name: e for e in self.entities.values() if e.type == kind and e.mentions}
            for group in self._blocks(named):
                for same in abridged(group, self.industry, self.places, self.ontology.lexicon):
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
        others = min(self.links[full.id], self.links[short.id])
        yield Question(
            "alike",
            f"{full.id} {short.id}",
            SAME + _weight(ALIKE_DOUBT, others),
            f"{reason}; {_hanging(others)}",
            f"{short.name} may be {full.name} ({full.type})",
            Decision("merge", "", "", entity=long, other=other),
            Decision("split", "", "", entity=long, name=short.name),
            grounds=(("alike", reason), ("hanging", str(others))),
            ends=(full.id, short.id),
        )


def _weight(doubt: float, others: int) -> float:
    # The logarithm: a thing of a thousand facts must not fill the list with what is nearly sure.
    return round(doubt * (1 + log2(1 + others)), 6)


def _reason(ground: tuple[str, ...]) -> str:
    kind, *values = ground
    if kind == "doubtful":
        return f"no document makes sure that {values[0]} is a name"
    if kind == "others":
        return f"other sentences say {', '.join(values)}"
    if kind == "hub":
        return f"its {values[0]} facts are right in {values[1]} of cases"
    if kind == "unlikely":
        return f"99 of 100 such sums are below {values[0]}"
    rule, share = values
    return f"rule {rule} is right in {share} of cases"


def _hanging(others: int) -> str:
    return "nothing else hangs on it" if not others else f"{others} facts hang on it"
