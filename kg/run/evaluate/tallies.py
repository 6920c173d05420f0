"""How many entities and claims are right, wrong or missing: precision, recall and F1 of them."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Self

from kg.base.records import Skipped
from kg.run.evaluate.reliability import Sure, reliability_rows, reliability_table

# The contract of the vocabulary: totals stay the same when pages are added. Another relation is
# measured, in a row of its own, in documents whose gold has it.
CORE = ("Organisation", "District", "Project", "Policy")
CLASSES = (*CORE, "System", "Event", "Person")
RELATIONS = (
    "locatedIn", "partOf", "memberOf", "leads", "issues", "basedOn", "appliesTo", "develops",
    "invests", "signs", "organises", "cooperatesWith", "worksFor", "announcedAt",
)  # fmt: skip
ATTRIBUTES = ("investment", "output", "documentNumber", "date", "role", "target")


@dataclass
class Tally:
    """Right, wrong and missing; of right and wrong claims with a confidence also how sure."""

    tp: int = 0
    fp: int = 0
    fn: int = 0
    sure: list[Sure] = field(default_factory=list, compare=False, repr=False)

    def __iadd__(self, other: Tally) -> Self:
        self.tp, self.fp, self.fn = self.tp + other.tp, self.fp + other.fp, self.fn + other.fn
        self.sure += other.sure
        return self

    def row(self) -> dict[str, float | int]:
        """Precision, recall and F1, rounded to four digits, with the counts.

        >>> Tally(tp=3, fp=1, fn=3).row()["f1"]
        0.6
        """
        precision = self.tp / (self.tp + self.fp) if self.tp + self.fp else 0.0
        recall = self.tp / (self.tp + self.fn) if self.tp + self.fn else 0.0
        both = precision + recall
        f1 = 2 * precision * recall / both if both else 0.0
        rounded = {"p": round(precision, 4), "r": round(recall, 4), "f1": round(f1, 4)}
        return {**rounded, "tp": self.tp, "fp": self.fp, "fn": self.fn}


@dataclass
class Scores:
    """Tallies by ``entity/Class``, ``relation/name`` and ``attribute/name``; errors by document.

    ``skipped`` are documents that could not be read: nothing of them counts as found.
    """

    tallies: defaultdict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    errors: dict[str, list[str]] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)

    def add(self, other: Scores) -> None:
        """Take in what was measured on other documents."""
        for key, tally in other.tallies.items():
            self.tallies[key] += tally
        self.errors |= other.errors
        self.skipped += other.skipped

    def rows(self) -> dict[str, dict[str, float | int]]:
        """The four totals, then every class, relation and attribute that occurs."""
        totals = {
            "entity core": [f"entity/{name}" for name in CORE],
            "entity all": [f"entity/{name}" for name in CLASSES],
            "relation": [f"relation/{name}" for name in RELATIONS],
            "attribute": [f"attribute/{name}" for name in ATTRIBUTES],
        }
        rows = {}
        for name, keys in totals.items():
            total = Tally()
            for key in keys:
                total += self.tallies.get(key, Tally())
            rows[name] = total.row()
        return {**rows, **{key: self.tallies[key].row() for key in sorted(self.tallies)}}

    def sure(self) -> dict[str, list[Sure]]:
        """How sure the claims were that are right or wrong: relations, attributes, and all."""
        kinds: dict[str, list[Sure]] = {"relation": [], "attribute": []}
        for key in sorted(self.tallies):
            kind = key.partition("/")[0]
            if kind in kinds:
                kinds[kind] += self.tallies[key].sure
        return {**kinds, "all": kinds["relation"] + kinds["attribute"]}

    def json(self, *, reliability: bool = False) -> str:
        """The rows as JSON; with ``reliability`` also how far confidences can be trusted."""
        rows: dict[str, object] = {**self.rows()}
        if reliability:
            rows["reliability"] = reliability_rows(self.sure())
        return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"

    def table(self, *, errors: bool = False, reliability: bool = False) -> str:
        """The rows for eyes, after what is missing (-) and wrong (+) in each document.

        With ``reliability`` a table follows of how far confidences can be trusted.
        """
        lines = []
        for document, errors_of in self.errors.items() if errors else ():
            lines += [f"## {document}", *errors_of, ""]
        for name, row in self.rows().items():
            shares = f"P {row['p']:.3f}  R {row['r']:.3f}  F1 {row['f1']:.3f}"
            lines.append(f"{name:28} {shares}  tp {row['tp']} fp {row['fp']} fn {row['fn']}")
        appendix = f"\n{reliability_table(self.sure())}" if reliability else ""
        return "\n".join(lines) + "\n" + appendix
