"""The name of a document in, its text and all that is read in it out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.base.errors import QueryError
from kg.publish.page.library import read
from kg.publish.page.things import Things

if TYPE_CHECKING:
    from kg.query.graph import Graph


def document(graph: Graph, name: str) -> dict[str, Any]:
    """The text of a document, and what is read in it (``kg.publish.page.library.read``).

    ``entities`` are those that it names or says something of, by the numbers used there: IRI,
    label, class and subtype.

    Raises:
        QueryError: If there is no such document.
    """
    source = graph.store.ledger.source(name)
    if source is None:
        raise QueryError(f"{name} is no document of this graph", zh=f"{name} 不是这个图谱的文档")
    claims = graph.claims(source.id)
    ends = {end for fact in claims for end in (fact.subject, fact.object) if end}
    entities = graph.entities({*ends, *(place.entity for place in source.named_places)})
    things = Things((), entities)
    return {
        "text": source.text,
        **read(source.named_places, claims, things),
        "entities": things.others(),
    }
