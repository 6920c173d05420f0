"""A graph in, what the pages of the server hold out: made by a worker, as queries are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kg.base.settings import default
from kg.corpus.compound.byline_titles import without
from kg.publish.dossier.dossier import dossier
from kg.publish.dossier.write.page import written as dossier_page
from kg.publish.front import FRONT, OVERVIEW, apart, words
from kg.publish.layout.pinyin import readings
from kg.publish.page.drawing import ANSWER, TITLE, answered, drawing
from kg.publish.page.overview import WholeGraph
from kg.publish.page.surroundings import among, around
from kg.publish.page.view import page
from kg.publish.page.view import written as page_of
from kg.query.questions import question
from kg.query.sparql import tokens
from kg.serve.formats import Format
from kg.serve.http.protocol import THING
from kg.serve.pages import registers
from kg.serve.pages.documents import DOCUMENT, document
from kg.serve.pages.registers import REGISTER
from kg.serve.pages.reviewing import REVIEW, reviewed
from kg.serve.pages.searching import EVIDENCE, READY, SEARCH, ready, rested, searched
from kg.serve.pages.tools.tools import GIVEN, TOOL, tool_answer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kg.ontology import Ontology, Parameter, Question
    from kg.query.graph import Graph
    from kg.serve.http.protocol import SparqlRequest

OFTEN = 8  # things of a class that are proposed where one is asked for
HTML = Format("html", "text/html")
JSON = Format("json", "application/json")


def written(graph: Graph, request: SparqlRequest) -> tuple[bytes, Format]:
    """The bytes of a page, and what they are.

    ``asked.page`` is ``graph``, ``overview``, ``names``, ``questions``, ``search``,
    ``searchable`` (its index is made if there is none), ``document:`` and the file name of a
    document, ``thing:`` and a name, ``register:`` and its name, ``review:`` and what of it, or
    ``tool:`` and what an assistant asks.

    Raises:
        QueryError: If there is no such document or entity, or the answer that a graph is to be
            drawn of is wrong, or has no entity.
    """
    if request.page == "graph":
        return _graph(graph, request).encode(), HTML
    if request.page.startswith(THING):
        found = dossier(graph, request.page[len(THING) :], dict(request.parameters))
        return dossier_page(found, graph.ontology), HTML
    if request.page.startswith(REGISTER):
        return registers.made(graph, request)
    if request.page.startswith(DOCUMENT):
        made: Any = document(graph, request.page[len(DOCUMENT) :])
    elif request.page.startswith(REVIEW):
        made = reviewed(graph, request)
    elif request.page == SEARCH:
        made = searched(graph, dict(request.parameters))
    elif request.page == EVIDENCE:
        made = rested(graph, dict(request.parameters)["rows"])
    elif request.page.startswith(TOOL):
        made = tool_answer(graph, request.page[len(TOOL) :], dict(request.parameters)[GIVEN])
    else:
        made = _PLAIN[request.page](graph)
    return json.dumps(made, ensure_ascii=False).encode(), JSON


def _graph(graph: Graph, request: SparqlRequest) -> str:
    """The page of the whole graph, of what lies around things, or of what an answer names."""
    title: Mapping[str, str] = TITLE
    limit, whole = default("shown"), None
    if request.around:
        view = around(graph, request.around, default("drawn"), limit)
    elif request.whole and (kept := _kept(graph, FRONT)):
        return page_of({**kept["drawing"], "review": bool(request.corrections)})
    elif request.whole:
        whole = WholeGraph(without(graph.knowledge), graph.troubles)
        view = drawing(whole.knowledge, graph.ontology, days=whole.days)
    elif request.question:
        text = question(graph, request.question, dict(request.parameters))
        view = among(graph, answered(graph, text))
        title = graph.ontology.questions[request.question].label
    else:
        view, title = among(graph, answered(graph, request.query)), ANSWER
    return page(
        view,
        graph.ontology,
        title=title,
        around=request.around,
        limit=limit,
        served=True,
        review=bool(request.corrections),
        whole=whole,
    )


def _kept(graph: Graph, name: str) -> dict[str, Any]:
    """What the build of a large graph has made for servers, if with the words of this one."""
    kept: dict[str, Any] = json.loads(graph.store.kept(name) or "{}")
    return kept if kept.pop("words", "") == words(graph.ontology) else {}


def _overview(graph: Graph) -> dict[str, Any]:
    """The overview of the whole graph and its documents, for pages that draw a part of it."""
    if kept := _kept(graph, OVERVIEW):
        return kept
    return apart(WholeGraph(without(graph.knowledge), graph.troubles), graph.ontology)


def names(graph: Graph) -> list[list[str]]:
    """What can be found: IRI, name, class, pinyin of all the names, and the other names."""
    return [
        [iri, name, kind, readings((name, *others)), *others]
        for iri, kind, name, others in graph.called()
    ]


def questions(graph: Graph) -> dict[str, Any]:
    """What the pages of questions and queries need to know."""
    ontology = graph.ontology
    relations = [{"name": r.name, **r.label} for r in ontology.relations.values()]
    attributes = [{"name": a.name, **a.label} for a in ontology.attributes.values()]
    sums = ontology.words.get("deals", {}).get("amounts", {})
    called = ontology.words.get("values", {}).get("currencies", {})
    money = {code: name for name, code in reversed(called.items())}  # by its first name
    money = {code: money[code] for code in dict.fromkeys(called.values())}
    return {
        "base": graph.base,
        "questions": [_question(graph, asked) for asked in _ordered(ontology)],
        "often": _often(graph),
        "prefixes": dict(graph.prefixes),
        "yuan": [a.name for a in ontology.attributes.values() if "yuan" in (a.unit or "")],
        "space": ontology.namespace,
        "terms": _terms(graph),
        "choices": {
            "class": [
                {"name": c.name, "colour": c.colour, **c.label} for c in ontology.classes.values()
            ],
            "status": [{"name": s.name, **s.label} for s in ontology.statuses.values()],
            "relation": relations + attributes,
            "attribute": attributes,
            "sum": [{"name": name, **one["label"]} for name, one in sums.items()],
            "currency": [{"name": code, "zh": name, "en": code} for code, name in money.items()],
        },
    }


def _ordered(ontology: Ontology) -> list[Question]:
    """The questions, those that people ask most first (``words/search.yaml``)."""
    first = ontology.words.get("search", {}).get("questions", ())
    order = {name: number for number, name in enumerate(first)}
    return sorted(
        ontology.questions.values(), key=lambda q: (order.get(q.name, len(order)), q.name)
    )


_OFTEN = """SELECT ?class ?name WHERE {
  ?thing a ?class ; kg:mentions ?n ; rdfs:label ?name . FILTER(?n > 1)
} ORDER BY DESC(?n) ?name LIMIT 400"""


def _often(graph: Graph) -> dict[str, list[str]]:
    """The things that are named most: of each class, and under ``""`` of all."""
    found: dict[str, list[str]] = {name: [] for name in ("", *graph.ontology.classes)}
    for kind, name in graph.query(_OFTEN).rows:
        for one in ("", kind.removeprefix(graph.ontology.namespace)):
            if one in found and len(found[one]) < OFTEN and name not in found[one]:
                found[one].append(name)
    return found


def _terms(graph: Graph) -> list[dict[str, str]]:
    """The terms that a query may name, as it writes them, with their labels where they have any."""
    from kg.store.rdf.vocabulary import LABELS

    ontology = graph.ontology
    labels = {
        **LABELS,
        **{c.name: c.label for c in ontology.classes.values()},
        **{r.name: r.label for r in ontology.relations.values()},
        **{a.name: a.label for a in ontology.attributes.values()},
    }
    prefix = next(p for p, space in graph.prefixes.items() if space == ontology.namespace)
    own = {f"{prefix}:{name}": label for name, label in labels.items()}
    texts = [asked.text for asked in ontology.questions.values()]
    used = {token.text for text in texts for token in tokens(text) if token.kind == "name"}
    return [{"name": name, **own.get(name, {})} for name in sorted(own.keys() | used)]


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


# Pages that are data, by name.
_PLAIN: dict[str, Callable[[Graph], Any]] = {
    "overview": _overview,
    "names": names,
    "questions": questions,
    READY: ready,
}
