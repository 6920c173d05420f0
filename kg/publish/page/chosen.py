"""Choose the part of a graph that a page draws: the things that have most to tell.

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
        bare: How many things of the whole graph no fact joins with another.
    """

    nodes: frozenset[str]
    size: tuple[int, int]
    unseen: Mapping[str, int]
    bare: int = 0

    def tell(self, view: Any) -> None:
        """Let the drawing of the part know what it is a part of."""
        view.graph["size"] = self.size
        view.graph["bare"] = self.bare
        for node in self.nodes:
            view.nodes[node]["unseen"] = self.unseen[node]


def chosen(
    entities: Iterable[Entity],
    linked: Iterable[Fact],
    limit: int,
    weights: Mapping[str, int] | None = None,
    more: Mapping[str, int] | None = None,
) -> Chosen:
    """The things of a graph that have most to tell (``kg.publish.page.summary.interest``).

    Of those that have as much, the most linked come first, then the first by IRI.

    Args:
        entities: All things.
        linked: All facts between two of them, those of one link together, which are gone through
            twice.
        limit: How many things at most.
        weights: What a link of each relation adds; by default every link counts alike.
        more: What else adds to a thing, by IRI.
    """
    degrees = dict.fromkeys((entity.id for entity in entities), 0)
    interest = Counter({node: number for node, number in (more or {}).items() if node in degrees})
    for (subject, target, predicate), _ in groupby(linked, key=link):
        for node in (subject, target):
            degrees[node] += 1
            interest[node] += (weights or {}).get(predicate, 1)

    def rank(node: str) -> tuple[int, int, str]:
        return -interest[node], -degrees[node], node

    nodes = frozenset(nsmallest(limit, degrees, key=rank))
    facts, unseen = 0, Counter[str]()
    for (subject, target, _), _ in groupby(linked, key=link):
        facts += 1
        if (subject in nodes) != (target in nodes):
            unseen[subject if subject in nodes else target] += 1
    bare = sum(not number for number in degrees.values())
    return Chosen(nodes, (len(degrees), facts), unseen, bare)
