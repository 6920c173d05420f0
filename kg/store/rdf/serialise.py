"""Knowledge in, its triples on the disk out: as Turtle to read, and as N-Triples for the store.

They are made, written and checked portion by portion: no more than one is held at a time.
"""

from __future__ import annotations

import shutil
from operator import itemgetter
from typing import TYPE_CHECKING

from kg.base.settings import default
from kg.base.spool import Sorted, place
from kg.store.rdf.prefilter import Suspects
from kg.store.rdf.rows import resource
from kg.store.rdf.triples import claims, compounds, things
from kg.store.rdf.turtle import TermWriter
from kg.store.rdf.vocabulary import shapes_graph
from kg.store.rdf.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.base.records import Knowledge
    from kg.ontology import Ontology
    from kg.store.rdf.rows import Rows


def write_triples(
    knowledge: Knowledge,
    ontology: Ontology,
    turtle: Path,
    lines: Path,
    base: str = default("base"),
) -> set[str] | None:
    """Write the triples of a graph, the same bytes as ``turtle.turtle`` makes of all.

    Args:
        knowledge: The records of the graph.
        ontology: Gives the namespace, the prefixes and the shapes.
        turtle: The file of Turtle.
        lines: The file of N-Triples.
        base: What the IRIs of the graph begin with.

    Returns:
        The nodes that may break a shape; None if any node may.
    """
    pen, suspects = TermWriter(ontology.prefixes, base), Suspects(shapes_graph(ontology))
    writer = Writer(ontology, base, knowledge.sources)
    known = _types(knowledge, writer)
    ranked = Sorted[tuple[int, str, str]](place(knowledge.facts), key=itemgetter(0, 1))
    body = lines.with_suffix(".body")
    with body.open("wb") as blocks, lines.open("wb") as plain:
        for portion in things(knowledge, writer):
            suspects.add(portion, known)
            plain.writelines(_lines(portion))
            for block in pen.ranked(portion):
                ranked.add(block)
        # Documents come behind the things, and their merges behind them.
        blocks.writelines(block.encode() for *_, block in ranked)
        for portion in compounds(knowledge, writer):
            suspects.add(portion, known)
            plain.writelines(_lines(portion))
            blocks.writelines(block.encode() for block in pen.blocks(portion))
        for portion in claims(knowledge, writer):
            suspects.add(portion)
            plain.writelines(_lines(portion))
            blocks.writelines(block.encode() for block in pen.blocks(portion))
    with turtle.open("wb") as whole, body.open("rb") as blocks:
        # Which prefixes are used shows at the end, and stands at the beginning.
        whole.write(pen.head().encode() or blocks.read(1)[1:])
        shutil.copyfileobj(blocks, whole)
    body.unlink()
    return suspects.nodes


def _lines(portion: Rows) -> Iterator[bytes]:
    # Line by line: joined, a portion would stand in memory twice more.
    return (f"{s} {p} {o} .\n".encode() for s, p, o in portion)


def _types(knowledge: Knowledge, writer: Writer) -> dict[str, tuple[str, ...]]:
    """The classes of all things and documents, which are looked at from one another."""
    kinds: dict[str, tuple[str, ...]] = {}
    known: dict[str, tuple[str, ...]] = {}
    for entity in knowledge.entities:
        kind = writer.own(entity.type)
        known[resource(entity.id)] = kinds.setdefault(kind, (kind,))
    return known | dict.fromkeys(map(resource, writer.documents.iris), writer.kinds)
