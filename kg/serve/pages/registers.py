"""The name of a register and what is asked of it in, its page, its CSV or its workbook out."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from kg.base.errors import MissingExtraError, QueryError
from kg.publish.dossier.formats import written
from kg.publish.dossier.model import Dossier, Line, Linked, table
from kg.publish.dossier.wording import LANGUAGES
from kg.publish.dossier.write import page
from kg.publish.register.answer import csv
from kg.publish.register.register_data import LEVELS
from kg.publish.register.registers import MAKERS, names, register
from kg.publish.register.request import Terms, parameters
from kg.serve.formats import Format

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.publish.register.request import Parameter
    from kg.query.graph import Graph
    from kg.serve.http.protocol import SparqlRequest

# What the name of a page begins with that is a register; alone it is the list of them.
REGISTER = "register:"
# Rows of a part that are on the page: more are hardly read there, and its files have them all.
MOST = 500
FORMATS = {
    ".csv": Format("csv", "text/csv"),
    ".xlsx": Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "": Format("html", "text/html"),
}


def made(graph: Graph, request: SparqlRequest) -> tuple[bytes, Format]:
    """The bytes of a register, and what they are.

    Raises:
        QueryError: If there is no such register, or a parameter is wrong.
    """
    name = request.page.removeprefix(REGISTER)
    suffix = next((end for end in FORMATS if end and name.endswith(end)), "")
    name = name.removesuffix(suffix)
    given = {key: text for key, text in request.parameters if text.strip()}
    format = FORMATS[suffix]
    if not name:
        return page.written(_list(graph, given), graph.ontology, _frame(graph, "", given)), format
    found = register(graph, name, given)
    if suffix == ".csv":
        return csv(found, graph), format
    if suffix:
        try:
            return written(found, graph.ontology, suffix.replace(".", "a.")), format
        except MissingExtraError as error:
            raise QueryError(str(error)) from error
    own = names(graph.ontology)[name]
    return page.written(found, graph.ontology, _frame(graph, own, given)), format


def _words(graph: Graph, given: Mapping[str, str]) -> Terms:
    lang = given.get("lang", "")
    return Terms(graph.ontology, lang if lang in LANGUAGES else LANGUAGES[0])


def _list(graph: Graph, given: Mapping[str, str]) -> Dossier:
    """The registers that there are, each with what it tells."""
    words = _words(graph, given)
    lines = [
        Line(
            {
                "name": Linked(words.text(entry["label"]), _address(name, given)),
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


def _frame(graph: Graph, name: str, given: Mapping[str, str]) -> page.Frame:
    words = _words(graph, given)
    head = [*_ways(words, name, given), *(_form(graph, words, name, given) if name else ())]
    return page.Frame("\n".join(head), MOST, words.label("notes", "page"))


def _address(name: str, given: Mapping[str, str], suffix: str = "") -> str:
    """The address of a register; of a file with all that is asked."""
    kept = given if suffix else {key: given[key] for key in ("lang",) if key in given}
    asked = f"?{urlencode(kept)}" if kept else ""
    return f"/register/{quote(name)}{suffix}{asked}"


def _ways(words: Terms, name: str, given: Mapping[str, str]) -> Iterator[str]:
    """The links above the title: to other pages and registers, and to the files of this one."""
    yield f'<nav class="ways" aria-label="{_text(words.label("nav", "title"))}">'
    yield _link("/", words.label("nav", "graph"))
    yield _link("/search", words.label("nav", "search"))
    yield _link("/ask", words.label("nav", "ask"))
    for other, entry in words.registers.items():
        if other in MAKERS:
            here = ' aria-current="page"' if other == name else ""
            yield _link(_address(other, given), words.text(entry["label"]), here)
    other = next(one for one in LANGUAGES if one != words.language)
    turned = urlencode({**given, "lang": other})
    place = f"/register/{quote(name)}" if name else "/registers"
    yield _link(f"{place}?{turned}", words.label("nav", "language"), f' lang="{other}"')
    yield "</nav>"
    if name:
        yield f'<nav class="ways" aria-label="{_text(words.label("nav", "files"))}">'
        for suffix in (".csv", ".xlsx"):
            label = words.label("nav", suffix.removeprefix("."))
            yield _link(_address(name, given, suffix), label, " download")
        yield "</nav>"


def _link(to: str, label: str, more: str = "") -> str:
    return f'<a href="{_text(to)}"{more}>{_text(label)}</a>'


def _form(graph: Graph, words: Terms, name: str, given: Mapping[str, str]) -> Iterator[str]:
    """What chooses the rows of a register: a field for each of its parameters."""
    yield f'<form class="choose" action="/register/{quote(name)}" method="get">'
    for one in parameters(graph.ontology, name):
        if one.name == "lang":
            if value := given.get("lang", ""):
                yield f'<input type="hidden" name="lang" value="{_text(value)}">'
        elif one.name != "part":
            field = _field(graph, words, one, given.get(one.name, ""))
            help_ = _text(words.text(one.comment))
            yield f'<label title="{help_}">{_text(words.text(one.label))}{field}</label>'
    yield f"<button>{_text(words.label('nav', 'show'))}</button></form>"


def _field(graph: Graph, words: Terms, one: Parameter, value: str) -> str:
    choices = {
        "sector": {key: words.sector(key) for key in words.sectors.each},
        "status": {key: words.status(key) for key in graph.ontology.statuses},
        "level": {key: words.label("nav", key) for key in LEVELS},
        "relation": {
            key: words.predicate(key)
            for key in (*graph.ontology.relations, *graph.ontology.attributes)
        },
    }.get(one.kind)
    if choices is None:
        hint = f' placeholder="{_text(one.default)}"' if one.default else ""
        return f'<input name="{one.name}" value="{_text(value)}"{hint}>'
    value = words.sectors.named(value) if one.kind == "sector" else value
    options = "".join(
        f'<option value="{_text(key)}"{" selected" if key == value else ""}>{_text(label)}</option>'
        for key, label in {"": words.label("nav", "any"), **choices}.items()
    )
    return f'<select name="{one.name}">{options}</select>'


def _text(text: str) -> str:
    return escape(text)
