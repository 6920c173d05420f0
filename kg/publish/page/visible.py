"""Tell which nodes of a graph a page draws, and how many of their links it leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

STEPS = 2  # a neighbourhood reaches this many links far


def nodes_to_draw(
    view: Any, around: Sequence[str], limit: int, interest: Mapping[str, int] | None = None
) -> list[str]:
    """The nodes to draw, in order of their IRIs.

    Args:
        view: A networkx MultiDiGraph.
        around: What lies within two links of one of these is drawn, the nearest first; with
            none, all nodes are.
        limit: So many at most, of equally near ones those that have most to tell.
        interest: How much each has to tell; of those that have as much, or where it is not
            given, the most linked come first.
    """
    steps = _steps(view, around) if around else dict.fromkeys(view, 0)

    def rank(node: str) -> tuple[int, int, int, str]:
        return steps[node], -(interest or {}).get(node, 0), -view.degree(node), node

    ranked = sorted(steps, key=rank)
    return sorted(ranked[:limit])


def _steps(view: Any, around: Sequence[str]) -> dict[str, int]:
    """How many links away each node of a neighbourhood is."""
    steps, edge = dict.fromkeys(around, 0), sorted(around)
    for step in range(1, STEPS + 1):
        near = {o for n in edge for o in (*view.successors(n), *view.predecessors(n))}
        edge = sorted(near - steps.keys())
        steps.update(dict.fromkeys(edge, step))
    return steps


def unseen(view: Any, node: str, seen: Collection[str]) -> int:
    """How many facts join a node with what a page does not draw.

    >>> import networkx as nx
    >>> view = nx.MultiDiGraph([("a", "b"), ("a", "b"), ("c", "a"), ("a", "d")])
    >>> unseen(view, "a", {"a", "b"})
    2
    """
    links = (*view.out_edges(node, data="predicate"), *view.in_edges(node, data="predicate"))
    return len({link for link in links if link[0] not in seen or link[1] not in seen})
