"""The name of a register and what is asked of it in, its page, its CSV or its workbook out."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from kg.base.errors import MissingExtraError, QueryError
from kg.publish.dossier.formats import write_dossier
from kg.publish.dossier.model import Dossier, Line, Linked, table
from kg.publish.dossier.wording import LANGUAGES
from kg.publish.dossier.write import page
from kg.publish.register.answer import csv
from kg.publish.register.register_data import LEVELS
from kg.publish.register.registers import MAKERS, names, register
from kg.publish.register.request import Terms, parameters
from kg.serve.http.formats import Format
from kg.serve.pages.header import STYLE, Place, header
from kg.serve.reply import PageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.publish.register.request import Parameter
    from kg.query.graph import Graph
    from kg.serve.requests import RegisterRequest

# What a page of a register fetches of the server.
LINKS = (STYLE, "/static/served.css", "/static/fields.js")
# Rows of a part that are on the page: more are hardly read there, and its files have them all.
MOST = 500
FORMATS = {
    ".csv": Format("csv", "text/csv"),
    ".xlsx": Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "": Format("html", "text/html"),
}


def register_answer(graph: Graph, request: RegisterRequest) -> tuple[bytes, Format]:
    """The bytes of a register, and what they are.

    Raises:
        QueryError: If there is no such register, or a parameter of a file is wrong.
        PageError: If a parameter of a page is wrong: the page, with what was typed.
    """
    name = request.name
    filters = {key: text for key, text in request.parameters if text.strip()}
    format = FORMATS[request.suffix]
    with_language = {**filters, "lang": filters.get("lang", request.language)}
    if not name:
        dossier = _list(graph, with_language)
        return page.written(dossier, graph.ontology, _frame(graph, request, "", filters)), format
    if request.suffix == ".csv":
        return csv(register(graph, name, filters), graph), format
    if request.suffix:
        return _workbook(graph, name, filters, request.suffix), format
    own = names(graph.ontology).get(name, "")
    try:
        dossier = register(graph, name, with_language)
    except QueryError as error:
        if not own or error.field not in {one.name for one in parameters(graph.ontology, own)}:
            raise
        empty = _empty(graph, own, with_language)
        frame = _frame(graph, request, own, filters, error)
        raise PageError(error, page.written(empty, graph.ontology, frame)) from error
    return page.written(dossier, graph.ontology, _frame(graph, request, own, filters)), format


def _workbook(graph: Graph, name: str, filters: Mapping[str, str], suffix: str) -> bytes:
    dossier = register(graph, name, filters)
    try:
        return write_dossier(dossier, graph.ontology, suffix.replace(".", "a."))
    except MissingExtraError as error:
        raise QueryError(str(error)) from error


def _empty(graph: Graph, name: str, filters: Mapping[str, str]) -> Dossier:
    """A register without its parts: what is above them."""
    words = _words(graph, filters)
    entry = words.registers[name]
    return Dossier(words.text(entry["label"], name), words.text(entry["comment"]), words.language)


def _words(graph: Graph, filters: Mapping[str, str]) -> Terms:
    lang = filters.get("lang", "")
    return Terms(graph.ontology, lang if lang in LANGUAGES else LANGUAGES[0])


def _list(graph: Graph, filters: Mapping[str, str]) -> Dossier:
    """The registers that there are, each with what it tells."""
    words = _words(graph, filters)
    lines = [
        Line(
            {
                "name": Linked(words.text(entry["label"]), _address(name, filters)),
                "what": words.text(entry["comment"]),
            }
        )
        for name, entry in words.registers.items()
        if name in MAKERS
    ]
    labels = {"name": words.answers["name"], "what": words.label("nav", "what")}
    title = words.label("nav", "title")
    part = table("registers", title, lines, labels)
    return Dossier(title, words.label("nav", "all"), words.language, (), (part,))


def _frame(
    graph: Graph,
    request: RegisterRequest,
    name: str,
    filters: Mapping[str, str],
    error: QueryError | None = None,
) -> page.Frame:
    words = _words(graph, {**filters, "lang": filters.get("lang", request.language)})
    without_language = {key: text for key, text in filters.items() if key != "lang"}
    place = f"/register/{quote(name)}" if name else "/registers"
    other_language = f"{place}?{urlencode({**without_language, 'lang': ''})}"
    return page.Frame(
        top=header(
            words.language, Place.REGISTERS, review=request.review, other_language=other_language
        ),
        ways="\n".join(_ways(words, name, filters)),
        head="\n".join((*_files(words, name, filters), *_form(graph, words, name, filters, error)))
        if name
        else "",
        links=LINKS,
        most=MOST,
        cut=words.label("notes", "page"),
    )


def _address(name: str, filters: Mapping[str, str], suffix: str = "") -> str:
    """The address of a register; of a file with all that is asked."""
    carried = filters if suffix else {key: filters[key] for key in ("lang",) if key in filters}
    query = f"?{urlencode(carried)}" if carried else ""
    return f"/register/{quote(name)}{suffix}{query}"


def _ways(words: Terms, name: str, filters: Mapping[str, str]) -> Iterator[str]:
    """The links above the title: to the other registers."""
    yield f'<nav class="ways" aria-label="{_text(words.label("nav", "title"))}">'
    for other, entry in words.registers.items():
        if other in MAKERS:
            here = ' aria-current="page"' if other == name else ""
            yield _link(_address(other, filters), words.text(entry["label"]), here)
    yield "</nav>"


def _files(words: Terms, name: str, filters: Mapping[str, str]) -> Iterator[str]:
    """The links below the title: to the files of this register."""
    yield f'<nav class="files" aria-label="{_text(words.label("nav", "files"))}">'
    for suffix in (".csv", ".xlsx"):
        label = words.label("nav", suffix.removeprefix("."))
        yield _link(_address(name, filters, suffix), label, " download")
    yield "</nav>"


def _link(to: str, label: str, more: str = "") -> str:
    return f'<a href="{_text(to)}"{more}>{_text(label)}</a>'


def _form(
    graph: Graph,
    words: Terms,
    name: str,
    filters: Mapping[str, str],
    error: QueryError | None,
) -> Iterator[str]:
    """What chooses the rows of a register: a field for each of its parameters, as it was filled.

    What is wrong with a parameter stands below its field.
    """
    yield f'<form class="choose" action="/register/{quote(name)}" method="get">'
    for one in parameters(graph.ontology, name):
        if one.name == "lang":
            if value := filters.get("lang", ""):
                yield f'<input type="hidden" name="lang" value="{_text(value)}">'
        elif one.name != "part":
            wrong = error if error and error.field == one.name else None
            yield _labelled(graph, words, one, filters.get(one.name, ""), wrong)
    yield f'<button class="go">{_text(words.label("nav", "show"))}</button></form>'


def _labelled(
    graph: Graph, words: Terms, one: Parameter, value: str, error: QueryError | None
) -> str:
    field = _field(graph, words, one, value, wrong=error is not None)
    explanation = ""
    if error:
        reason = error.zh if words.language == "zh" and error.zh else str(error)
        near = "".join(
            f'<button class="plain" name="{one.name}" value="{_text(name)}">{_text(name)}</button>'
            for name in error.near
        )
        explanation = (
            f'<p class="wrong" id="wrong-{one.name}" role="alert">{_text(reason)}</p>{near}'
        )
    label, help_ = _text(words.text(one.label)), _text(words.text(one.comment))
    shape = "field bad" if error else "field"
    return f'<div class="{shape}"><label title="{help_}">{label}{field}</label>{explanation}</div>'


def _field(graph: Graph, words: Terms, one: Parameter, value: str, *, wrong: bool) -> str:
    choices = {
        "sector": {key: words.sector(key) for key in words.sectors.each},
        "status": {key: words.status(key) for key in graph.ontology.statuses},
        "level": {key: words.label("nav", key) for key in LEVELS},
        "relation": {
            key: words.predicate(key)
            for key in (*graph.ontology.relations, *graph.ontology.attributes)
        },
    }.get(one.kind)
    invalid = f' aria-invalid="true" aria-describedby="wrong-{one.name}"' if wrong else ""
    if choices is None or wrong:
        hint = f' placeholder="{_text(one.default)}"' if one.default else ""
        names = ' data-names="District"' if one.kind == "place" else ""
        names = ' data-names=""' if one.kind == "name" else names
        spelt = ' autocomplete="off" spellcheck="false"'
        shown = f'name="{one.name}" value="{_text(value)}"'
        return f"<input {shown}{hint}{names}{spelt}{invalid}>"
    value = words.sectors.named(value) if one.kind == "sector" else value
    options = "".join(
        f'<option value="{_text(key)}"{" selected" if key == value else ""}>{_text(label)}</option>'
        for key, label in {"": words.label("nav", "any"), **choices}.items()
    )
    return f'<select name="{one.name}">{options}</select>'


def _text(text: str) -> str:
    return escape(text)
