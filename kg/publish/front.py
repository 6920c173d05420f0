"""Make what a server shows first of a graph: once, by its build.

Of a graph with more things than a page draws, reading the records back takes a minute and more
memory than a query may have; the build has them all at hand.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from kg.base.settings import default
from kg.publish.page.library import library
from kg.publish.page.overview import overview
from kg.publish.page.things import Entities, Things

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.ontology import Ontology
    from kg.publish.page.overview import WholeGraph

# The names of the files, beside the ledger of a store.
FRONT, OVERVIEW = "front.json", "overview.json"
# Things in an overview that is asked for by itself have numbers from here on, beyond all others
# in it, so that a page can put its own in their place; JavaScript holds them exactly.
APART = 1 << 40


def front(whole: WholeGraph, ontology: Ontology, drawing: Mapping[str, Any]) -> dict[str, bytes]:
    """What a server of a graph holds out without reading it, by the name of a file.

    Args:
        whole: The graph.
        ontology: Its words and order.
        drawing: What the page of the graph reads (``kg.publish.page.view.page_data``), with its
        overview.

    Returns:
        Nothing for a graph that a served page draws all of.
    """
    if len(whole.knowledge.entities) <= default("shown"):
        return {}
    # A server gives the documents when they are asked for.
    shelves = {**drawing["library"], "read": {}}
    served = {**drawing, "served": True, "documents": {}, "library": shelves, "rest": ""}
    files = {
        FRONT: {"words": words(ontology), "drawing": served},
        OVERVIEW: {"words": words(ontology), **apart(whole, ontology)},
    }
    return {name: json.dumps(data, ensure_ascii=False).encode() for name, data in files.items()}


def words(ontology: Ontology) -> str:
    """A digest of the words and colours that pages take from an ontology.

    What was made with other ones is not what a server that has these would show.
    """
    pages = (ontology.classes, ontology.relations, ontology.attributes, ontology.statuses)
    labels = [[page.name, page.label] for pages_ in pages for page in pages_.values()]
    looks = [[c.colour, c.subtypes] for c in ontology.classes.values()]
    others = [sorted(ontology.questions), ontology.namespace]
    return sha256(json.dumps([labels, looks, others], sort_keys=True).encode()).hexdigest()


def apart(whole: WholeGraph, ontology: Ontology) -> dict[str, Any]:
    """The overview of a whole graph and its documents, for pages that draw a part of it.

    Returns:
        ``overview`` and ``library`` as a page has them; a thing is a number from ``first`` on,
        and ``others`` has its IRI, label, class and subtype at that place.
    """
    things = Things((), Entities(whole.knowledge.entities), gap=APART)
    parts = {
        "overview": overview(whole, ontology, things),
        "library": library(whole.knowledge, whole.days, things, ()),
    }
    return {**parts, "others": things.others(), "first": APART}
