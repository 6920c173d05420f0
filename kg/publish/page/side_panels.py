"""A drawing and the whole graph behind it in, what its page shows beside it out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.publish.page.library import library
from kg.publish.page.overview import overview
from kg.publish.page.things import Entities, Things

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.ontology import Ontology
    from kg.publish.page.overview import WholeGraph


def side_panels(
    whole: WholeGraph,
    ontology: Ontology,
    drawing: Mapping[str, Any],
    texts: Mapping[str, str],
    most: int,
) -> dict[str, Any]:
    """The overview of a graph and its documents, for a page that draws all or a part of it.

    Args:
        whole: The graph.
        ontology: Its words and order.
        drawing: What the page has: ``entities``, ``documents`` (the texts that it carries for
            what it quotes), ``served``.
        texts: The other texts that it may carry, by file name.
        most: Code points of all texts that it carries.

    Returns:
        ``overview``, ``library``, ``others`` (things that are told of, but not drawn) and
        ``documents``: none on a page of a server, which gives them when they are asked for.
    """
    carried = {} if drawing["served"] else _carried(drawing["documents"], texts, most)
    drawn = [entity["iri"] for entity in drawing["entities"]]
    things = Things(drawn, Entities(whole.knowledge.entities))
    found = {
        "overview": overview(whole, ontology, things),
        "library": library(whole.knowledge, whole.days, things, carried),
    }
    return {**found, "others": things.others(), "documents": carried}


def _carried(quoted: Mapping[str, str], texts: Mapping[str, str], most: int) -> dict[str, str]:
    """What is quoted, and of the other texts the first by name, as far as there is room."""
    found, left = dict(quoted), most - sum(map(len, quoted.values()))
    for name in sorted(texts.keys() - quoted.keys()):
        left -= len(texts[name])
        if left < 0:
            break
        found[name] = texts[name]
    return {name: found[name] for name in sorted(found)}
