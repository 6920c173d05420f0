"""A graph in, what the pages of the server hold out: made by a worker, as queries are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kg.base.settings import default
from kg.corpus.compound.byline_titles import without
from kg.publish.dossier.dossier import dossier
from kg.publish.dossier.write.page import Frame
from kg.publish.dossier.write.page import written as dossier_page
from kg.publish.front import FRONT, OVERVIEW, apart, words
from kg.publish.layout.pinyin import readings
from kg.publish.page.drawing import ANSWER, TITLE, answered, drawing
from kg.publish.page.overview import WholeGraph
from kg.publish.page.surroundings import among, around
from kg.publish.page.view import page
from kg.publish.page.view import page_html as page_of
from kg.query.questions import YES, in_order, question, remark
from kg.query.sparql.tokens import tokens
from kg.serve.http.formats import Format
from kg.serve.pages import registers
from kg.serve.pages.documents import document
from kg.serve.pages.header import Place, header
from kg.serve.pages.reviewing import review_answer
from kg.serve.pages.searching import ready, row_evidence, search_answer
from kg.serve.pages.tools.tools import tool_answer
from kg.serve.requests import (
    Data,
    DataRequest,
    DocumentRequest,
    DossierRequest,
    EvidenceRequest,
    GraphPage,
    QuestionRequest,
    RegisterRequest,
    RemarksRequest,
    Request,
    ReviewRequest,
    SearchRequest,
    ToolRequest,
)
from kg.store.history import latest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kg.ontology import Parameter, Question
    from kg.query.graph import Graph

OFTEN = 8  # things of a class that are proposed where one is asked for
HTML = Format("html", "text/html")
JSON = Format("json", "application/json")


def page_answer(graph: Graph, request: Request) -> tuple[bytes, Format]:
    """The bytes of a page, or of what pages fetch, and what they are.

    Raises:
        QueryError: If there is no such document or entity, or the answer that a graph is to be
            drawn of is wrong, or has no entity.
    """
    return _MAKERS[type(request)](graph, request)


def _graph(graph: Graph, request: GraphPage) -> tuple[bytes, Format]:
    """The page of the whole graph, of what lies around things, or of what an answer names."""
    whole = not request.around and request.answer is None
    if whole and (prepared := _prepared(graph, FRONT)):
        drawing = {**prepared["drawing"], "review": request.review, "news": _news(graph)}
        return page_of(drawing).encode(), HTML
    return _drawn_page(graph, request, whole).encode(), HTML


def _news(graph: Graph) -> dict[str, Any] | None:
    """What the last build added and withdrew.

    Only a server tells it: a file is the same whatever was built before.
    """
    ledger: Any = graph.store.ledger
    if not hasattr(ledger, "database"):
        return None
    added, withdrawn, first = latest(ledger)
    if not added and not withdrawn:
        return None
    first_fact = [first.subject, first.predicate, first.object] if first else []
    return {"added": added, "gone": withdrawn, "first": first_fact}


def _drawn_page(graph: Graph, request: GraphPage, whole: bool) -> str:
    title: Mapping[str, str] = TITLE
    limit = default("shown")
    overview = WholeGraph(without(graph.knowledge), graph.troubles) if whole else None
    if overview:
        view = drawing(overview.knowledge, graph.ontology, days=overview.days)
    elif request.around:
        view = around(graph, request.around, default("drawn"), limit)
    elif isinstance(request.answer, QuestionRequest):
        text = question(graph, request.answer.name, dict(request.answer.parameters))
        view = among(graph, answered(graph, text))
        title = graph.ontology.questions[request.answer.name].label
    elif request.answer:
        view, title = among(graph, answered(graph, request.answer.query)), ANSWER
    return page(
        view,
        graph.ontology,
        title=title,
        around=request.around,
        limit=limit,
        served=True,
        review=request.review,
        news=_news(graph) if whole else None,
        whole=overview,
    )


def _dossier(graph: Graph, request: DossierRequest) -> tuple[bytes, Format]:
    """The dossier of a thing, with the ways to other pages."""
    parameters = {"lang": request.language, **dict(request.parameters)}
    made_dossier = dossier(graph, request.name, parameters)
    head = header(request.language, Place.ELSEWHERE, review=request.review)
    frame = Frame(top=head, links=registers.LINKS)
    return dossier_page(made_dossier, graph.ontology, frame), HTML


def _json(maker: Callable[[Graph, Any], Any]) -> Callable[[Graph, Any], tuple[bytes, Format]]:
    """A maker of what is written as JSON."""

    def written(graph: Graph, request: Request) -> tuple[bytes, Format]:
        return json.dumps(maker(graph, request), ensure_ascii=False).encode(), JSON

    return written


def _prepared(graph: Graph, name: str) -> dict[str, Any]:
    """What the build of a large graph has made for servers, if with the words of this one."""
    prepared: dict[str, Any] = json.loads(graph.store.extra_file(name) or "{}")
    return prepared if prepared.pop("words", "") == words(graph.ontology) else {}


def _overview(graph: Graph) -> dict[str, Any]:
    """The overview of the whole graph and its documents, for pages that draw a part of it."""
    if prepared := _prepared(graph, OVERVIEW):
        return prepared
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
    most = next((row[0] for row in graph.query(_MOST).rows), "")
    relations = [{"name": r.name, **r.label} for r in ontology.relations.values()]
    attributes = [{"name": a.name, **a.label} for a in ontology.attributes.values()]
    sums = ontology.words.get("deals", {}).get("amounts", {})
    currencies = ontology.words.get("values", {}).get("currencies", {})
    money = {code: name for name, code in reversed(currencies.items())}  # by its first name
    money = {code: money[code] for code in dict.fromkeys(currencies.values())}
    return {
        "base": graph.base,
        "questions": [_question(graph, question, most) for question in in_order(ontology)],
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
            "flag": [{"name": YES, **ontology.words.get("search", {}).get("flag_label", {})}],
            "currency": [{"name": code, "zh": name, "en": code} for code, name in money.items()],
        },
    }


_OFTEN = """SELECT ?class ?name WHERE {
  ?thing a ?class ; kg:mentions ?n ; rdfs:label ?name . FILTER(?n > 1)
} ORDER BY DESC(?n) ?name LIMIT 400"""


def _often(graph: Graph) -> dict[str, list[str]]:
    """The things that are named most: of each class, and under ``""`` of all."""
    names: dict[str, list[str]] = {name: [] for name in ("", *graph.ontology.classes)}
    for kind, name in graph.query(_OFTEN).rows:
        for one in ("", kind.removeprefix(graph.ontology.namespace)):
            if one in names and len(names[one]) < OFTEN and name not in names[one]:
                names[one].append(name)
    return names


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
    texts = [question.text for question in ontology.questions.values()]
    used = {token.text for text in texts for token in tokens(text) if token.kind == "name"}
    return [{"name": name, **own.get(name, {})} for name in sorted(own.keys() | used)]


def _question(graph: Graph, question: Question, most: str) -> dict[str, Any]:
    return {
        "name": question.name,
        "label": question.label,
        "comment": question.comment,
        "parameters": [_parameter(p) for p in question.parameters],
        "columns": question.columns,
        "example": _example(graph, question, most),
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "kind": parameter.kind,
        "comment": parameter.comment,
        "default": parameter.default,
    }


_MOST = "SELECT ?thing { ?thing kg:mentions ?n } ORDER BY DESC(?n) ?thing LIMIT 1"


def _example(graph: Graph, entry: Question, most: str) -> str:
    """The question in SPARQL, about the thing that is named most where it needs one."""
    needed = [p for p in entry.parameters if p.default is None]
    if any(p.kind != "name" for p in needed) or (needed and not most):
        return entry.text
    return question(graph, entry.name, {p.name: most for p in needed})


_DATA: Mapping[Data, Callable[[Graph], Any]] = {
    Data.OVERVIEW: _overview,
    Data.NAMES: names,
    Data.QUESTIONS: questions,
    Data.SEARCHABLE: ready,
}


def _remarks(graph: Graph, request: RemarksRequest) -> dict[str, Any]:
    """What is to be known of an answer beside its rows."""
    remarks = remark(graph, request.name, dict(request.parameters))
    return {"remarks": [remarks] if remarks else []}


# What makes each kind of page.
_MAKERS: Mapping[type[Request], Callable[[Graph, Any], tuple[bytes, Format]]] = {
    GraphPage: _graph,
    DossierRequest: _dossier,
    RegisterRequest: registers.register_answer,
    DataRequest: _json(lambda graph, request: _DATA[request.data](graph)),
    SearchRequest: _json(lambda graph, request: search_answer(graph, dict(request.parameters))),
    EvidenceRequest: _json(lambda graph, request: row_evidence(graph, request.rows)),
    RemarksRequest: _json(_remarks),
    DocumentRequest: _json(lambda graph, request: document(graph, request.name)),
    ReviewRequest: _json(review_answer),
    ToolRequest: _json(lambda graph, request: tool_answer(graph, request.tool, request.arguments)),
}
