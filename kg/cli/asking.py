"""The commands that ask: a graph in, answers, pages and reports out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.base.errors import MissingExtraError, QueryError, nearest
from kg.cli.console import opened, say, text_of, write

if TYPE_CHECKING:
    from argparse import Namespace

    from kg.query.graph import Graph


# Lines of a table without rows: its columns and the rule below them.
HEAD = 2


def run_query(given: Namespace) -> int:
    """Answer a query."""
    from kg.query.query import run, unknown
    from kg.query.screen import query_table, width
    from kg.query.sparql.parsed import parse

    text = _query(given)
    with opened(given) as graph:
        for term, way_out in unknown(graph, parse(text, graph.prefixes)).items():
            say(f"note: {term} is no term of the ontology; {way_out}")
        # People read 45亿元; what is piped to a program keeps its digits.
        for_people = given.format == "table" and width()
        write(query_table(graph, text) if for_people else run(graph, text, given.format))
    return 0


def _query(given: Namespace) -> str:
    if (given.query is None) == (given.file is None):
        given.parser.error("give one query: as QUERY, with -f FILE, or - for standard input")
    if given.query is None or given.query == "-":
        return text_of(given.file or "-")
    text: str = given.query
    return text


def run_ask(given: Namespace) -> int:
    """Answer a named question or a register, or list them."""
    from kg.publish.register.answer import answer
    from kg.publish.register.registers import names
    from kg.query.query import run
    from kg.query.questions import question, remark
    from kg.query.screen import table, width

    if given.name is None:
        write(_questions().encode())
        return 0
    parameters = _parameters(given)
    with opened(given) as graph:
        questions, registers = graph.ontology.questions, names(graph.ontology)
        labels = {q.label["zh"]: q.name for q in questions.values()}
        name = labels.get(given.name, given.name)
        if name in questions:
            text = question(graph, name, parameters)
            if given.format == "table":
                shown = table(graph, questions[name], text, width())
                write(shown)
                if shown.count(b"\n") == HEAD:
                    say(f"note: nothing fits. It would list: {questions[name].comment['en']}")
                for said in remark(graph, name, parameters).values():
                    say(f"note: {said}")
            else:
                write(run(graph, text, given.format))
        elif name in registers:
            write(answer(graph, name, parameters, given.format, width()))
        else:
            close = nearest(name, (*questions, *labels, *registers))
            hint = f"did you mean {', '.join(close)}? " if close else ""
            raise QueryError(f"{name} is no question; {hint}kg ask alone lists them all")
    return 0


def _parameters(given: Namespace) -> dict[str, str]:
    wrong = [p for p in given.parameters if "=" not in p]
    if wrong:
        given.parser.error(f"{wrong[0]!r} is no parameter; write it as key=value")
    return dict(p.split("=", 1) for p in given.parameters)


def _questions() -> str:
    from kg.ontology import load
    from kg.publish.register.request import listed
    from kg.query.table import aligned

    ontology = load()
    rows = [
        [
            q.name,
            " ".join(p.name if p.default is None else f"[{p.name}]" for p in q.parameters),
            q.label["zh"],
            q.label["en"],
        ]
        for q in ontology.questions.values()
    ]
    rows += listed(ontology)
    return aligned(("question", "parameters", "答", "answers"), rows)


def run_view(given: Namespace) -> int:
    """Write a graph page; its path goes to stdout."""
    from kg.corpus.compound.byline_titles import without
    from kg.publish.page.drawing import ANSWER, TITLE, answered, drawing
    from kg.publish.page.overview import WholeGraph
    from kg.publish.page.view import drawn, written
    from kg.publish.search.offline import packed
    from kg.query.remote.address import is_remote

    far = is_remote(given.directory)
    out = given.output or ("view.html" if far else str(Path(given.directory) / "view.html"))
    with opened(given) as graph:
        only = answered(graph, text_of(given.query)) if given.query else None
        around = _one(graph, given.around) if given.around else None
        # From elsewhere a part is read by itself, and the page is without the overview of all.
        view = _part(graph, only, around, given.limit) if far else None
        asked = bool(only or around)
        known = graph.knowledge if asked or view else without(graph.knowledge)
        whole = None if view else WholeGraph(known, graph.troubles)
        if whole:
            view = drawing(known, graph.ontology, only, whole.days)
        shown = drawn(
            view,
            graph.ontology,
            title=ANSWER if only else TITLE,
            around=around,
            limit=given.limit,
            whole=whole,
        )
        if whole:
            shown["rest"] = packed(graph.knowledge, graph.ontology, shown, whole.days)
        text = written(shown)
    write(text.encode(), out)
    if out != "-":
        print(out)
    return 0


def _part(graph: Graph, only: set[str] | None, around: str | None, limit: int) -> Any:
    """What is drawn of a graph without the rest of it; nothing, where all of it is drawn."""
    from kg.publish.page import surroundings

    if around and not only:
        return surroundings.around(graph, [around], limit, limit)
    return surroundings.among(graph, only) if only else None


def _one(graph: Graph, name: str) -> str:
    found = graph.entity(name)
    if len(found) > 1:
        raise QueryError(
            f"{name} names {len(found)} entities: {', '.join(found)}; give one of these"
        )
    return found[0]


def run_report(given: Namespace) -> int:
    """Write a report; its path goes to stdout."""
    from kg.publish.register.report import report

    parameters = _parameters(given)
    with opened(given) as graph:
        write(report(graph, given.name, parameters, given.output), given.output)
    print(given.output)
    return 0


def run_explain(given: Namespace) -> int:
    """Explain an entity, or a text."""
    from kg.ontology import load
    from kg.publish.explain.descriptions import entity, sentence

    if (given.name is None) == (given.text is None):
        given.parser.error("give a NAME, or a text with --text")
    if given.text is not None:
        text = text_of("-") if given.text == "-" else given.text
        write(sentence(text, load()).encode())
        return 0
    with opened(given) as graph:
        write(entity(graph, given.name).encode())
    return 0


def run_serve(given: Namespace) -> int:
    """Serve the graph until interrupted."""
    from kg.query.remote.address import is_remote
    from kg.review.book import place_of
    from kg.serve.app import run
    from kg.serve.http.guard import AccessRules
    from kg.serve.limits import Limits
    from kg.serve.pages.corrections import Review

    known = given.token or ""
    known = text_of(known).strip() if known == "-" else known
    door = AccessRules(given.host, tuple(name.lower() for name in given.name), known)
    if not door.local:
        safe = "who knows the token" if known else "who reaches it; --token TOKEN keeps others out"
        say(f"note: {given.host} is not this machine alone: the graph is open to everybody {safe}")
    if given.review and is_remote(given.directory):
        given.parser.error("--review needs the folder of a graph, not an endpoint")
    if not given.review and (given.by or given.corrections):
        given.parser.error("--by and --corrections go with --review")
    file = place_of(Path(given.directory), given.corrections)
    review = Review(file, given.by) if given.review else None
    run(given.directory, given.host, given.port, Limits(given.timeout), door, given.cors, review)
    return 0


def run_mcp(given: Namespace) -> int:
    """Let an assistant ask the graph, over stdin and stdout or over HTTP."""
    from importlib.util import find_spec

    from kg.serve.limits import Limits

    if find_spec("mcp") is None:
        raise MissingExtraError(
            "kg mcp needs the SDK of the Model Context Protocol: pip install 'zhengtu[mcp]' (from "
            "a checkout: pip install '.[mcp]')"
        )
    from kg.serve.assistant.server import over_http, over_stdio

    limits = Limits(given.timeout)
    if given.http is None:
        over_stdio(given.directory, limits)
    else:
        over_http(given.directory, limits, given.http)
    return 0
