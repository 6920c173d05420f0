"""Knowledge and decisions in, the corrected Knowledge out, with what holds of nothing any more.

First the things are named, classed, joined and parted, by the time of the decisions; then
claims are accepted, rejected and added. What is decided is never dropped: a decision whose
sentence or whose thing has gone is told as orphaned, and holds again when it comes back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kg.base.records import Knowledge
from kg.ontology import Ontology
from kg.review.apply.claims import matching, state_claim, with_acceptance
from kg.review.apply.editable_graph import EditableGraph
from kg.review.apply.quotes import Quotes
from kg.review.apply.things import DOING, foreseen
from kg.review.apply.verdicts import DecisionProblem, Verdicts, overruled, verdicts
from kg.review.decisions import OF_CLAIMS, Decision


@dataclass(frozen=True, slots=True)
class Replayed:
    """What came of decisions.

    Attributes:
        knowledge: The corrected graph.
        applied: The ids of the decisions that hold of something.
        orphaned: Decisions whose thing has gone, each with the reason.
        contested: Decisions that gave way to a later one of somebody else.
        notes: What followed from corrections that nobody decided, in words.
    """

    knowledge: Knowledge
    applied: frozenset[str] = frozenset()
    orphaned: tuple[DecisionProblem, ...] = ()
    contested: tuple[DecisionProblem, ...] = ()
    notes: tuple[str, ...] = ()


def replay(
    knowledge: Knowledge, decisions: Iterable[Decision], ontology: Ontology, base: str
) -> Replayed:
    """Correct a graph.

    Args:
        knowledge: The graph as the documents give it.
        decisions: What people decided, in any order.
        ontology: Its domains and ranges hold for corrections too.
        base: What the IRIs of the graph begin with.
    """
    chosen = verdicts(decisions)
    if not chosen.in_force:
        return Replayed(knowledge, frozenset(), chosen.orphaned, chosen.contested)
    # Names are looked for in all documents, for one decision after the other.
    knowledge = replace(knowledge, sources=tuple(knowledge.sources))
    run = Run(EditableGraph(knowledge, ontology, base), chosen)
    run.things()
    run.claims(Quotes(knowledge.sources))
    return run.replayed(run.draft.knowledge())


class Run:
    """One replay on its way: the draft, and the decision that holds of each claim so far."""

    def __init__(self, editable: EditableGraph, chosen: Verdicts) -> None:
        self.draft, self.chosen = editable, chosen
        self.verdicts: dict[str, list[Decision]] = {}
        self.applied: set[str] = set()
        self.orphaned: list[DecisionProblem] = []

    def things(self) -> None:
        """Name, class, join and part the things."""
        foreseen(self.draft, self.chosen.in_force)
        for decision in self.chosen.in_force:
            if decision.do in DOING:
                self.note(decision, DOING[decision.do](self.draft, decision))

    def claims(self, quotes: Quotes) -> None:
        """Accept, reject and add claims of the things as they are now."""
        for decision in self.chosen.in_force:
            if decision.do in OF_CLAIMS:
                self.note(decision, self.claim(decision, quotes))
        self.settle()

    def replayed(self, knowledge: Knowledge) -> Replayed:
        """What came of it, with the graph that it led to."""
        return Replayed(
            knowledge,
            frozenset(self.applied),
            (*self.chosen.orphaned, *self.orphaned),
            (*self.chosen.contested, *self.contested()),
            tuple(self.notes()),
        )

    def note(self, decision: Decision, problem: str) -> None:
        if problem:
            self.orphaned.append(DecisionProblem.of(decision, problem))
        else:
            self.applied.add(decision.id)

    def claim(self, decision: Decision, quotes: Quotes) -> str:
        """Let a decision hold of the claims that it means; why it cannot, else ``""``."""
        claim = decision.claim
        assert claim is not None
        places = quotes.places(claim.document, claim.quote)
        if not places:
            return f"its sentence stands in no document any more: “{claim.quote}”"
        ids = [fact.id for fact in matching(self.draft, claim, places)]
        if not ids and decision.do != "reject":
            added = state_claim(self.draft, decision, places)
            if isinstance(added, str):
                return added
            ids = [added.id]
        for id_ in ids:
            self.verdicts.setdefault(id_, []).append(decision)
        return ""

    def settle(self) -> None:
        """Write what was decided of each claim."""
        for id_, decided in sorted(self.verdicts.items()):
            fact, decision = self.draft.drop(id_), decided[-1]
            if decision.do != "reject":
                self.draft.put(with_acceptance(fact, decision))

    def contested(self) -> list[DecisionProblem]:
        """Decisions on one claim under two names of it, which contradict each other."""
        problems = (one for decided in self.verdicts.values() for one in overruled(decided))
        return sorted(set(problems), key=lambda one: (one.what, one.decision))

    def notes(self) -> list[str]:
        names = {e.id: e.name for e in self.draft.entities.values()}
        return [
            f"corrections: {names.get(f.subject, f.subject)} — {f.predicate} → "
            f"{names.get(f.object, f.object) or (f.value.lexical if f.value else '')} is left "
            "out, since its ends have other classes now"
            for f in sorted(self.draft.lost, key=lambda f: (f.document, f.start, f.id))
        ]
