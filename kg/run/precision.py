"""Tell how far the claims of each relation and attribute can be trusted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.base.records import Fact
    from kg.extract.arbiter.measured import Right
    from kg.ontology import Ontology

FEW = 10  # of fewer claims a share says nothing


@dataclass(frozen=True, slots=True)
class Precision:
    """The claims of one predicate.

    Attributes:
        predicate: A relation or an attribute.
        facts: How many claims of it the graph has.
        confidence: Their mean confidence.
        right: How many such claims were right on articles that nobody trained on.
        measured: Of how many.
    """

    predicate: str
    facts: int
    confidence: float
    right: int = 0
    measured: int = 0

    def summary(self) -> tuple[str, str]:
        """What was measured, in Chinese and English.

        >>> Precision("partOf", 4, 0.9, 80, 99).summary()
        ('99 条中 80 条', '80 of 99')
        >>> Precision("leads", 4, 0.9, 2, 3).summary()
        ('测过的太少', 'too few were measured (3)')
        """
        if self.measured < FEW:
            return "测过的太少", f"too few were measured ({self.measured})"
        return f"{self.measured} 条中 {self.right} 条", f"{self.right} of {self.measured}"


def precisions(
    facts: Iterable[Fact], ontology: Ontology, measured: Mapping[str, Right]
) -> tuple[Precision, ...]:
    """How far the claims of each predicate can be trusted, in the order of the ontology.

    Args:
        facts: Claims of documents.
        ontology: Its relations come first, then its attributes.
        measured: How many claims of a predicate were right, of how many.
    """
    counts, sums = Counter[str](), Counter[str]()
    for fact in facts:
        counts[fact.predicate] += 1
        # In millionths, so that the mean is the same in whatever order claims come.
        sums[fact.predicate] += round(fact.confidence * 1_000_000)
    return tuple(
        Precision(name, count, round(sums[name] / count / 1_000_000, 2), *measured.get(name, ()))
        for name in (*ontology.relations, *ontology.attributes)
        if (count := counts[name])
    )
