"""Zhengtu 政图: Chinese policy and investment documents in, a knowledge graph out.

import kg
kg.build(["notices/"], "outputs")     # documents into a folder
graph = kg.open("outputs")            # .rdf, .networkx(), .query(), .ask()
nlp = kg.load()                       # the same extraction as a spaCy pipeline
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.extract.components import load as load
    from kg.publish.page.surroundings import graph_html as graph_html
    from kg.query.graph import Graph as Graph
    from kg.query.graph import open as open
    from kg.run.pipeline import build as build

__version__ = "0.1.0"

# Imported when first asked for (PEP 562): spaCy and rdflib take seconds to import, and
# `kg --help` needs neither.
_LAZY = {
    "build": "kg.run.pipeline",
    "open": "kg.query.graph",
    "Graph": "kg.query.graph",
    "load": "kg.extract.components",
    "graph_html": "kg.publish.page.surroundings",
}


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(f"module 'kg' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_LAZY])
