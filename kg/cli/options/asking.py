"""Commands that ask a graph."""

from __future__ import annotations

from kg.base.settings import default
from kg.cli.options.command import Command, arg, help_of
from kg.cli.options.forms import port, positive, report_file, seconds, token
from kg.cli.options.shared import ANSWER, CORRECTIONS, PLACE

# What ``kg serve`` holds its clients to.
LIMITS = (
    "timeout",
    "page",
    "memory",
    "together",
    "answer",
    "body",
    "decision",
    "address",
    "nesting",
    "words",
    "fresh",
    "slow",
    "connections",
    "sending",
    "reading",
    "around",
)

COMMANDS = (
    Command(
        "query",
        "Answer a SPARQL 1.1 query; the ontology's prefixes need not be declared.",
        "kg query 'SELECT ?name { ?s a kg:Project ; rdfs:label ?name } ORDER BY ?name LIMIT 5'",
        (
            PLACE,
            arg("-f", "--file", metavar="FILE", help="read the query from a file"),
            ANSWER,
            arg("query", nargs="?", metavar="QUERY", help="the query; - for standard input"),
        ),
    ),
    Command(
        "ask",
        "Answer a named question of the ontology, or give a register; without a name, list them.",
        "kg ask about entity=合肥市",
        (
            PLACE,
            ANSWER,
            arg("name", nargs="?", metavar="NAME", help="which question or register"),
            arg("parameters", nargs="*", metavar="key=value", help="its parameters"),
        ),
    ),
    Command(
        "view",
        "Make a graph page of all, of a neighbourhood, or of the entities of a query's answer.",
        "kg view --around 合肥市 -o hefei.html",
        (
            PLACE,
            arg(
                "-o",
                "--output",
                metavar="FILE",
                help="the page (default: DIR/view.html; - for stdout)",
            ),
            arg("--around", metavar="NAME", help="draw what lies within two links of an entity"),
            arg("--query", metavar="FILE", help="draw the entities that a query answers with"),
            arg(
                "--limit",
                metavar="N",
                type=positive,
                default=default("shown"),
                help=help_of("shown"),
            ),
        ),
    ),
    Command(
        "report",
        "Write a dossier of a thing, a register, or the answer to a named question, to print or "
        "attach: HTML, CSV, Excel or Word.",
        "kg report 合肥市 since=2023-01 -o 合肥市.html",
        (
            PLACE,
            arg(
                "-o",
                "--output",
                metavar="FILE",
                type=report_file,
                required=True,
                help="the report; its suffix says the format: .html, .csv, .xlsx or .docx (these "
                "two need the extra report)",
            ),
            arg(
                "name",
                metavar="NAME",
                help="a name, an alias or an IRI, a named question, or a register",
            ),
            arg(
                "parameters",
                nargs="*",
                metavar="key=value",
                help="status=signed, since=2023-01, until=2023-12-31, lang=zh or en; of a question "
                "its own and lang",
            ),
        ),
    ),
    Command(
        "serve",
        "Show the graph in a browser and answer SPARQL 1.1 at /sparql, for this machine alone "
        "unless told otherwise.",
        "kg serve --port 8000 --timeout 10",
        (
            PLACE,
            arg("--host", metavar="HOST", default=default("host"), help=help_of("host")),
            arg("--port", metavar="N", type=port, default=default("port"), help=help_of("port")),
            arg(
                "--timeout",
                metavar="SECONDS",
                type=seconds,
                default=default("timeout"),
                help=help_of("timeout"),
            ),
            arg(
                "--token",
                metavar="TOKEN",
                type=token,
                help="answer only those who know it; - reads it from standard input",
            ),
            arg(
                "--cors",
                metavar="ORIGIN",
                default="",
                help="let web pages of this origin ask, e.g. https://example.org; * for all",
            ),
            arg(
                "--name",
                metavar="NAME",
                action="append",
                default=[],
                help="another name of this server, that of a proxy for one; may be repeated",
            ),
            arg(
                "--review",
                action="store_true",
                help="add the page /review, where whoever may come in corrects the graph",
            ),
            arg(
                "--by",
                metavar="NAME",
                default="",
                help="of --review: who decides, where the page does not ask",
            ),
            CORRECTIONS,
        ),
        LIMITS,
    ),
    Command(
        "mcp",
        "Let an assistant ask the graph by the Model Context Protocol: over stdin and stdout, as "
        "its client starts it; it finds, describes, asks, reads and explains, and changes nothing.",
        "kg mcp -d outputs",
        (
            PLACE,
            arg(
                "--http",
                metavar="PORT",
                nargs="?",
                type=port,
                const=default("port"),
                help="answer over HTTP instead, the programs of this machine alone (default port: "
                f"{default('port')})",
            ),
            arg(
                "--timeout",
                metavar="SECONDS",
                type=seconds,
                default=default("timeout"),
                help=help_of("timeout"),
            ),
        ),
        ("timeout", "page", "memory", "together", "body", "nesting", "words"),
    ),
    Command(
        "explain",
        "Show an entity's facts, each with its sentence, rule and confidence, and why its names "
        "are one; or what extraction sees in a text, who proposed it and what weighed.",
        "kg explain --text 甲某智能科技有限公司在成都高新区投资3亿元建设芯片基地项目。",
        (
            PLACE,
            arg("name", nargs="?", metavar="NAME", help="a name, an alias or an IRI"),
            arg("--text", metavar="TEXT", help="explain a text instead; - for standard input"),
        ),
    ),
)
