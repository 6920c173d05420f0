"""Graphs of any size, with hubs, some components and single nodes."""

from __future__ import annotations

import random

import networkx as nx


def grown(nodes: int, links: int, seed: int = 7) -> nx.MultiDiGraph:
    """A graph with hubs, some components and single nodes."""
    chance = random.Random(seed)
    graph = nx.MultiDiGraph()
    names = [f"n{i:04}" for i in range(nodes)]
    graph.add_nodes_from(names)
    for _ in range(links):
        graph.add_edge(names[int(nodes * chance.random() ** 2)], chance.choice(names))
    return graph
