"""All decisions in, those that hold out: what is undone left out, the latest on a thing chosen.

Where two people say different things of one thing the later one holds, and the pair is told.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.review.decisions import Decision


@dataclass(frozen=True, slots=True)
class DecisionProblem:
    """Something that whoever keeps the corrections must know: of which decision, and what."""

    decision: str
    what: str
    why: str

    @classmethod
    def of(cls, decision: Decision, why: str) -> DecisionProblem:
        """That of one decision."""
        return cls(decision.id, f"{decision} ({decision.note})", why)


@dataclass(frozen=True, slots=True)
class Verdicts:
    """The decisions that hold, by their time; what is contested; undoings of nothing."""

    in_force: tuple[Decision, ...] = ()
    contested: tuple[DecisionProblem, ...] = ()
    orphaned: tuple[DecisionProblem, ...] = ()


def verdicts(decisions: Iterable[Decision]) -> Verdicts:
    """Choose among decisions, given in any order.

    >>> verdicts([Decision("undo", "王敏", "2026-05-06T07:08:09Z", decision="0" * 12)]).in_force
    ()
    """
    ordered = sorted({d.id: d for d in decisions}.values(), key=lambda d: d.order)
    undone_ids, lost = find_undone(ordered)
    standing = [d for d in ordered if d.do != "undo" and d.id not in undone_ids]
    things: dict[tuple[object, ...], list[Decision]] = {}
    for d in standing:
        things.setdefault(d.about, []).append(d)
    in_force = tuple(sorted((group[-1] for group in things.values()), key=lambda d: d.order))
    contested = tuple(problem for group in things.values() for problem in overruled(group))
    return Verdicts(in_force, contested, tuple(lost))


def overruled(group: Iterable[Decision]) -> list[DecisionProblem]:
    """Those who last said another thing of a thing than the last decision on it, by their time.

    Who corrects himself contradicts nobody.
    """
    last = {d.by: d for d in group}
    final = max(last.values(), key=lambda d: d.order)
    return [
        DecisionProblem.of(d, f"overruled by {final} ({final.note})")
        for d in sorted(last.values(), key=lambda d: d.order)
        if d.verdict != final.verdict
    ]


def find_undone(ordered: list[Decision]) -> tuple[set[str], list[DecisionProblem]]:
    """The ids of what is undone, an undoing that was undone itself left out."""
    known = {d.id: d for d in ordered}
    undone_ids: set[str] = set()
    lost = []
    # The latest first: whether an undoing holds is known before what it undoes is looked at.
    for d in reversed(ordered):
        if d.do != "undo" or d.id in undone_ids:
            continue
        aim = known.get(d.decision)
        if aim is None or aim.order >= d.order:
            lost.append(DecisionProblem.of(d, "there is no such earlier decision in the file"))
        else:
            undone_ids.add(aim.id)
    return undone_ids, lost[::-1]
