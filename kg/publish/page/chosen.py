"""Choose the part of a graph that a page draws: its most linked things.

The rest is counted, and never stands in memory as a graph.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from heapq import nsmallest
from itertools import groupby
from typing import TYPE_CHECKING, Any

from kg.query.network import link

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.base.records import Entity, Fact


@dataclass(frozen=True)
class Chosen:
    """A part of a graph.

    Attributes:
        nodes: IRIs of the things.
        size: How many things the whole graph has, and how many facts between them.
        unseen: How many facts join each thing with what is not of the part.
    """

    nodes: frozenset[str]
    size: tuple[int, int]
    unseen: Mapping[str, int]

    def tell(self, view: Any) -> None:
        """Let the drawing of the part know what it is a part of."""
        view.graph["size"] = self.size
        for node in self.nodes:
            view.nodes[node]["unseen"] = self.unseen[node]


def chosen(entities: Iterable[Entity], linked: Iterable[Fact], limit: int) -> Chosen:
    """The most linked things of a graph; of those with as many links the first by IRI.

    Args:
        entities: All things.
        linked: All facts between two of them, those of one link together, which are gone through
            twice.
        limit: How many things at most.
    """
    degrees = dict.fromkeys((entity.id for entity in entities), 0)
    for fact in linked:
        degrees[fact.subject] += 1
        degrees[fact.object] += 1
    nodes = frozenset(nsmallest(limit, degrees, key=lambda node: (-degrees[node], node)))
    facts, unseen = 0, Counter[str]()
    for (subject, target, _), _ in groupby(linked, key=link):
        facts += 1
        if (subject in nodes) != (target in nodes):
            unseen[subject if subject in nodes else target] += 1
    return Chosen(nodes, (len(degrees), facts), unseen)
