"""A name or a claim in, why it stands in the graph out, in words (``kg explain``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.publish.explain.descriptions import claim, entity
from kg.serve.pages.tools.bounds import fitting, left, lines
from kg.serve.pages.tools.shapes import Explained

if TYPE_CHECKING:
    from kg.query.graph import Graph

LINES = 400


def explain(graph: Graph, of: str, offset: int) -> tuple[Explained, str]:
    """The facts of things with their rules, and why their names are one; or one claim alone.

    Args:
        graph: The open graph.
        of: A name or an IRI of things, or the IRI of a claim.
        offset: So many lines are passed over.

    Raises:
        QueryError: If nothing is called so.
    """
    explanation = claim(graph, of) if of.startswith(f"{graph.base}claim/") else entity(graph, of)
    all_lines = explanation.rstrip("\n").split("\n")[offset:]
    shown_lines = fitting(all_lines, LINES)
    more = len(all_lines) - len(shown_lines)
    note = left(more, "lines", f"ask again with offset={offset + len(shown_lines)}")
    text = "\n".join(shown_lines)
    return Explained(text, more, note), lines(text, note)
