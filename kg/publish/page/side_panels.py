"""Make what a page shows beside its drawing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.corpus.documents import heads
from kg.publish.derived.disambiguation import namesakes
from kg.publish.derived.whereabouts import Whereabouts
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
        ``overview``, ``library``, ``others`` (things that are told of, but not drawn), ``apart``
        (what tells things of one name apart, by number) and ``documents``: none on a page of a
        server, which gives them when they are asked for.
    """
    carried = {} if drawing["served"] else _carried(drawing["documents"], texts, most)
    drawn = [entity["iri"] for entity in drawing["entities"]]
    things = Things(drawn, Entities(whole.knowledge.entities))
    where = Whereabouts(whole.knowledge, ontology)
    panels = {
        "overview": overview(whole, ontology, things, where),
        "library": library(whole.knowledge, whole.days, things, carried),
    }
    apart = _apart(whole, ontology, things, where)
    return {**panels, "others": things.others(), "documents": carried, "apart": apart}


def _apart(
    whole: WholeGraph, ontology: Ontology, things: Things, where: Whereabouts
) -> dict[int, str]:
    """What tells those from others of their name that the page speaks of, by number."""
    files = {s.id: s.names[0] for s in heads(whole.knowledge.sources) if s.names}
    descriptions = namesakes(whole.knowledge, ontology, where, files)
    return {
        things.numbers[iri]: text for iri, text in descriptions.items() if iri in things.numbers
    }


def _carried(quoted: Mapping[str, str], texts: Mapping[str, str], most: int) -> dict[str, str]:
    """What is quoted, and of the other texts the first by name, as far as there is room."""
    carried, left = dict(quoted), most - sum(map(len, quoted.values()))
    for name in sorted(texts.keys() - quoted.keys()):
        left -= len(texts[name])
        if left < 0:
            break
        carried[name] = texts[name]
    return {name: carried[name] for name in sorted(carried)}
