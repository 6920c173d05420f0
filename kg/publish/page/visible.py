"""A graph in, the nodes out that a page draws, and how many of their links it leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

STEPS = 2  # a neighbourhood reaches this many links far


def kept(view: Any, around: Sequence[str], limit: int) -> list[str]:
    """The nodes to draw, in order of their IRIs.

    Args:
        view: A networkx MultiDiGraph.
        around: What lies within two links of one of these is drawn, the nearest first; with
            none, all nodes are.
        limit: So many at most, of equally near ones the most linked first.
    """
    steps = _steps(view, around) if around else dict.fromkeys(view, 0)
    ranked = sorted(steps, key=lambda node: (steps[node], -view.degree(node), node))
    return sorted(ranked[:limit])


def _steps(view: Any, around: Sequence[str]) -> dict[str, int]:
    """How many links away each node of a neighbourhood is."""
    found, edge = dict.fromkeys(around, 0), sorted(around)
    for step in range(1, STEPS + 1):
        near = {o for n in edge for o in (*view.successors(n), *view.predecessors(n))}
        edge = sorted(near - found.keys())
        found.update(dict.fromkeys(edge, step))
    return found


def unseen(view: Any, node: str, seen: Collection[str]) -> int:
    """How many facts join a node with what a page does not draw.

    >>> import networkx as nx
    >>> view = nx.MultiDiGraph([("a", "b"), ("a", "b"), ("c", "a"), ("a", "d")])
    >>> unseen(view, "a", {"a", "b"})
    2
    """
    links = (*view.out_edges(node, data="predicate"), *view.in_edges(node, data="predicate"))
    return len({link for link in links if link[0] not in seen or link[1] not in seen})
