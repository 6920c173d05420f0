"""Knowledge in, its triples on the disk out: as Turtle to read, and as N-Triples for the store.

They are made, written and checked portion by portion: no more than one is held at a time.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from kg.clear import Suspects
from kg.settings import default
from kg.triples import portions
from kg.turtle import Pen
from kg.vocabulary import shapes_graph

if TYPE_CHECKING:
    from pathlib import Path

    from kg.ontology import Ontology
    from kg.records import Knowledge


def stated(
    knowledge: Knowledge,
    ontology: Ontology,
    turtle: Path,
    lines: Path,
    base: str = default("base"),
) -> set[str] | None:
    """Write the triples of a graph, the same bytes as ``kg.turtle.turtle`` makes of all of them.

    Args:
        knowledge: The records of the graph.
        ontology: Gives the namespace, the prefixes and the shapes.
        turtle: The file of Turtle.
        lines: The file of N-Triples.
        base: What the IRIs of the graph begin with.

    Returns:
        The nodes that may break a shape; None if any node may.
    """
    pen, suspects = Pen(ontology.prefixes, base), Suspects(shapes_graph(ontology))
    body = lines.with_suffix(".body")
    with body.open("wb") as blocks, lines.open("wb") as plain:
        for portion in portions(knowledge, ontology, base):
            suspects.add(portion)
            # Line by line: joined, the things of a large graph would stand in memory twice more.
            plain.writelines(f"{s} {p} {o} .\n".encode() for s, p, o in portion)
            blocks.writelines(block.encode() for block in pen.blocks(portion))
    with turtle.open("wb") as whole, body.open("rb") as blocks:
        # Which prefixes are used shows at the end, and stands at the beginning.
        whole.write(pen.head().encode() or blocks.read(1)[1:])
        shutil.copyfileobj(blocks, whole)
    body.unlink()
    return suspects.found
