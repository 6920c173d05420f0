"""Group the claims that two work together into those of one agreement.

One sentence may tell of several (甲与乙、丙与丁分别签约): who is told to work with somebody who
works with a third is in it with both, and with nobody else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.base.records import Fact


def agreements(facts: Iterable[Fact]) -> list[list[Fact]]:
    """The claims of each agreement, in their order."""
    found: list[tuple[set[str], list[Fact]]] = []
    for fact in facts:
        ends, mine, others = {fact.subject, fact.object}, [fact], []
        for parties, claims in found:
            if parties.isdisjoint(ends):
                others.append((parties, claims))
            else:
                ends, mine = ends | parties, [*claims, *mine]
        found = [*others, (ends, mine)]
    return [claims for _, claims in found]
