"""The commands that ask: a graph in, answers, pages and reports out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.base.errors import MissingExtraError, QueryError, nearest
from kg.cli.console import open_graph, say, text_of, write

if TYPE_CHECKING:
    from argparse import Namespace

    from kg.query.graph import Graph


# Lines of a table without rows: its columns and the rule below them.
HEAD = 2


def run_query(args: Namespace) -> int:
    """Answer a query."""
    from kg.query.query import run, unknown_terms
    from kg.query.screen import query_table, width
    from kg.query.sparql.parsed import parse

    text = _query(args)
    with open_graph(args) as graph:
        for term, way_out in unknown_terms(graph, parse(text, graph.prefixes)).items():
            say(f"note: {term} is no term of the ontology; {way_out}")
        # People read 45亿元; what is piped to a program keeps its digits.
        for_people = args.format == "table" and width()
        write(query_table(graph, text) if for_people else run(graph, text, args.format))
    return 0


def _query(args: Namespace) -> str:
    if (args.query is None) == (args.file is None):
        args.parser.error("give one query: as QUERY, with -f FILE, or - for standard input")
    if args.query is None or args.query == "-":
        return text_of(args.file or "-")
    text: str = args.query
    return text


def run_ask(args: Namespace) -> int:
    """Answer a named question or a register, or list them."""
    from kg.publish.register.answer import answer
    from kg.publish.register.registers import names
    from kg.query.query import run
    from kg.query.questions import question, remark
    from kg.query.screen import table, width

    if args.name is None:
        write(_questions().encode())
        return 0
    parameters = _parameters(args)
    with open_graph(args) as graph:
        questions, registers = graph.ontology.questions, names(graph.ontology)
        labels = {q.label["zh"]: q.name for q in questions.values()}
        name = labels.get(args.name, args.name)
        if name in questions:
            text = question(graph, name, parameters)
            if args.format == "table":
                shown = table(graph, questions[name], text, width())
                write(shown)
                if shown.count(b"\n") == HEAD:
                    say(f"note: nothing fits. It would list: {questions[name].comment['en']}")
            else:
                write(run(graph, text, args.format))
            for remark_text in remark(graph, name, parameters).values():
                say(f"note: {remark_text}")
        elif name in registers:
            write(answer(graph, name, parameters, args.format, width()))
        else:
            close = nearest(name, (*questions, *labels, *registers))
            hint = f"did you mean {', '.join(close)}? " if close else ""
            raise QueryError(f"{name} is no question; {hint}kg ask alone lists them all")
    return 0


def _parameters(args: Namespace) -> dict[str, str]:
    wrong = [p for p in args.parameters if "=" not in p]
    if wrong:
        args.parser.error(f"{wrong[0]!r} is no parameter; write it as key=value")
    return dict(p.split("=", 1) for p in args.parameters)


def _questions() -> str:
    from kg.ontology import load
    from kg.publish.register.request import register_list
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
    rows += register_list(ontology)
    return aligned(("question", "parameters", "答", "answers"), rows)


def run_view(args: Namespace) -> int:
    """Write a graph page; its path goes to stdout."""
    from kg.corpus.compound.byline_titles import without
    from kg.publish.page.drawing import ANSWER, TITLE, answered, drawing
    from kg.publish.page.overview import WholeGraph
    from kg.publish.page.view import page_data, page_html
    from kg.publish.search.offline import pack_undrawn
    from kg.query.remote.address import is_remote

    far = is_remote(args.directory)
    out = args.output or ("view.html" if far else str(Path(args.directory) / "view.html"))
    with open_graph(args) as graph:
        only = answered(graph, text_of(args.query)) if args.query else None
        around = _one(graph, args.around) if args.around else None
        # From elsewhere a part is read by itself, and the page is without the overview of all.
        view = _part(graph, only, around, args.limit) if far else None
        asked = bool(only or around)
        known = graph.knowledge if asked or view else without(graph.knowledge)
        whole = None if view else WholeGraph(known, graph.troubles)
        if whole:
            view = drawing(known, graph.ontology, only, whole.days)
        shown = page_data(
            view,
            graph.ontology,
            title=ANSWER if only else TITLE,
            around=around,
            limit=args.limit,
            whole=whole,
        )
        if whole:
            shown["rest"] = pack_undrawn(graph.knowledge, graph.ontology, shown, whole.days)
        text = page_html(shown)
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
    iris = graph.entity(name)
    if len(iris) > 1:
        raise QueryError(f"{name} names {len(iris)} entities: {', '.join(iris)}; give one of these")
    return iris[0]


def run_report(args: Namespace) -> int:
    """Write a report; its path goes to stdout."""
    from kg.publish.register.report import report

    parameters = _parameters(args)
    with open_graph(args) as graph:
        write(report(graph, args.name, parameters, args.output), args.output)
    print(args.output)
    return 0


def run_explain(args: Namespace) -> int:
    """Explain an entity, or a text."""
    from kg.ontology import load
    from kg.publish.explain.descriptions import entity, sentence

    if (args.name is None) == (args.text is None):
        args.parser.error("give a NAME, or a text with --text")
    if args.text is not None:
        text = text_of("-") if args.text == "-" else args.text
        write(sentence(text, load()).encode())
        return 0
    with open_graph(args) as graph:
        write(entity(graph, args.name).encode())
    return 0


def run_serve(args: Namespace) -> int:
    """Serve the graph until interrupted."""
    from kg.query.remote.address import is_remote
    from kg.review.book import place_of
    from kg.serve.app import run
    from kg.serve.http.guard import AccessRules
    from kg.serve.limits import Limits
    from kg.serve.pages.corrections import Review

    known = args.token or ""
    known = text_of(known).strip() if known == "-" else known
    door = AccessRules(args.host, tuple(name.lower() for name in args.name), known)
    if not door.local:
        safe = "who knows the token" if known else "who reaches it; --token TOKEN keeps others out"
        say(f"note: {args.host} is not this machine alone: the graph is open to everybody {safe}")
    if args.review and is_remote(args.directory):
        args.parser.error("--review needs the folder of a graph, not an endpoint")
    if not args.review and (args.by or args.corrections):
        args.parser.error("--by and --corrections go with --review")
    file = place_of(Path(args.directory), args.corrections)
    review = Review(file, args.by) if args.review else None
    run(args.directory, args.host, args.port, Limits(args.timeout), door, args.cors, review)
    return 0


def run_mcp(args: Namespace) -> int:
    """Let an assistant ask the graph, over stdin and stdout or over HTTP."""
    from importlib.util import find_spec

    from kg.serve.limits import Limits

    if find_spec("mcp") is None:
        raise MissingExtraError(
            "kg mcp needs the SDK of the Model Context Protocol: pip install 'zhengtu[mcp]' (from "
            "a checkout: pip install '.[mcp]')"
        )
    from kg.serve.assistant.server import over_http, over_stdio

    limits = Limits(args.timeout)
    if args.http is None:
        over_stdio(args.directory, limits)
    else:
        over_http(args.directory, limits, args.http)
    return 0
