"""A graph in, what the pages of the server hold out: made by a worker, as queries are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kg.errors import QueryError
from kg.publish.drawing import TITLE, drawing
from kg.publish.library import read
from kg.publish.overview import Whole
from kg.publish.pinyin import readings
from kg.publish.questions import question
from kg.publish.things import Things
from kg.publish.view import page
from kg.serve.formats import Format
from kg.settings import default

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.graph import Graph
    from kg.ontology import Parameter, Question

HTML = Format("html", "text/html")
JSON = Format("json", "application/json")
DOCUMENT = "document:"


def written(graph: Graph, name: str, around: Sequence[str] = ()) -> tuple[bytes, Format]:
    """The bytes of a page, and what they are.

    Args:
        graph: The graph.
        name: ``graph``, ``names``, ``questions``, or ``document:`` and the file name of a
            document.
        around: IRIs of entities: the page of the graph holds what lies around them.

    Raises:
        QueryError: If there is no such document, or one of them is no entity of the graph.
    """
    if name == "graph":
        view = drawing(graph.knowledge, graph.ontology)
        text = page(
            view,
            graph.ontology,
            title=TITLE,
            around=around,
            limit=default("shown"),
            served=True,
            whole=Whole(graph.knowledge, graph.troubles),
        )
        return text.encode(), HTML
    if name.startswith(DOCUMENT):
        return json.dumps(document(graph, name[len(DOCUMENT) :]), ensure_ascii=False).encode(), JSON
    made = names(graph) if name == "names" else questions(graph)
    return json.dumps(made, ensure_ascii=False).encode(), JSON


def names(graph: Graph) -> list[list[str]]:
    """What can be found: IRI, name, class, pinyin of all the names, and the other names."""
    return [
        [e.id, e.name, e.type, readings((e.name, *e.aliases)), *e.aliases]
        for e in graph.knowledge.entities
    ]


def document(graph: Graph, name: str) -> dict[str, Any]:
    """The text of a document, and what is read in it (``kg.publish.library.read``).

    ``entities`` are those that it names or says something of, by the numbers used there: IRI,
    label, class and subtype.
    """
    source = graph.store.ledger.source(name)
    if source is None:
        raise QueryError(f"{name} is no document of this graph")
    claims = graph.claims(source.id)
    ends = {end for fact in claims for end in (fact.subject, fact.object) if end}
    found = graph.entities({*ends, *(place.entity for place in source.named)})
    things = Things((), found)
    return {
        "text": source.text,
        **read(source.named, claims, things),
        "entities": things.others(),
    }


def questions(graph: Graph) -> dict[str, Any]:
    """What the pages of questions and queries need to know."""
    ontology = graph.ontology
    relations = [{"name": r.name, **r.label} for r in ontology.relations.values()]
    attributes = [{"name": a.name, **a.label} for a in ontology.attributes.values()]
    return {
        "base": graph.base,
        "questions": [_question(graph, asked) for asked in ontology.questions.values()],
        "choices": {
            "class": [{"name": c.name, **c.label} for c in ontology.classes.values()],
            "status": [{"name": s.name, **s.label} for s in ontology.statuses.values()],
            "relation": relations + attributes,
            "attribute": attributes,
        },
    }


def _question(graph: Graph, asked: Question) -> dict[str, Any]:
    return {
        "name": asked.name,
        "label": asked.label,
        "comment": asked.comment,
        "parameters": [_parameter(p) for p in asked.parameters],
        "example": _example(graph, asked),
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "kind": parameter.kind,
        "comment": parameter.comment,
        "default": parameter.default,
    }


_MOST = "SELECT ?thing { ?thing kg:mentions ?n } ORDER BY DESC(?n) ?thing LIMIT 1"


def _example(graph: Graph, asked: Question) -> str:
    """The question in SPARQL, about the thing that is named most where it needs one."""
    needed = [p for p in asked.parameters if p.default is None]
    if any(p.kind != "name" for p in needed):
        return asked.text
    top = [row[0] for row in graph.query(_MOST).rows]
    if needed and not top:
        return asked.text
    return question(graph, asked.name, {p.name: top[0] for p in needed})
