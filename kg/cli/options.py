"""The table of commands and their arguments; the parser, the help and the docs come from it."""

from __future__ import annotations

import argparse
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kg.base.settings import SETTINGS, default


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a command: its flags or its name, and what argparse knows of it."""

    names: tuple[str, ...]
    options: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Command:
    """A command: what it does in a line, an example, and its arguments.

    The function is the one of the same name in ``kg.cli.commands``. ``limits`` are the settings
    that its help tells besides those of its arguments.
    """

    name: str
    does: str
    example: str
    arguments: tuple[Argument, ...]
    limits: tuple[str, ...] = ()

    def epilog(self) -> str:
        """What stands below the help: the limits, those that no flag sets too, and the example."""
        lines = [_limit(name, self.arguments) for name in self.limits]
        told = ["limits (those with a flag can be set):", *lines, ""] if lines else []
        return "\n".join([*told, f"example: {self.example}"])


def _arg(*names: str, **options: Any) -> Argument:
    return Argument(names, options)


def _setting(name: str) -> str:
    setting = SETTINGS[name]
    return f"{setting.help} (default: {setting.default})"


def _limit(name: str, arguments: tuple[Argument, ...]) -> str:
    """A line of the help: a limit, its unit, what it holds for, and its flag if it has one."""
    setting = SETTINGS[name]
    flag = f" (--{name})" if any(f"--{name}" in one.names for one in arguments) else ""
    return f"  {setting.default} {setting.unit}: {setting.help}{flag}"


def _positive(text: str) -> int:
    if not re.fullmatch(r"[1-9]\d{0,5}", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 on")
    return int(text)


def _port(text: str) -> int:
    if not re.fullmatch(r"\d{1,5}", text) or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port; give 0 (any) to 65535")
    return int(text)


def _seconds(text: str) -> float:
    if not re.fullmatch(r"\d{1,5}(\.\d+)?", text) or not float(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds above 0")
    return float(text)


def _share(text: str) -> float:
    if not re.fullmatch(r"0|1|1\.0+|0?\.\d+", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no confidence; give a number from 0 to 1")
    return float(text)


def _token(text: str) -> str:
    if text != "-" and not re.fullmatch(r"[A-Za-z0-9._~-]{8,}", text):
        raise argparse.ArgumentTypeError("a token has 8 or more of A-Z a-z 0-9 . _ ~ -")
    return text


def _base(text: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|^`\\]*[/#:]", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no absolute IRI that ends in / or #")
    return text


def _url(text: str) -> str:
    if not re.match(r"https?://", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no address; write http://HOST:PORT/PATH")
    return text


def _folder(text: str) -> str:
    if re.match(r"https?://", text):
        raise argparse.ArgumentTypeError(
            f"{text!r} is the address of a server, where this needs a folder; kg load brings a "
            "graph to a server"
        )
    return text


def _report(text: str) -> str:
    if not text.lower().endswith(REPORTS):
        raise argparse.ArgumentTypeError(f"{text!r} is no report; end it in {', '.join(REPORTS)}")
    return text


def _graph(text: str) -> str:
    if text and not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|^`\\]*", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no absolute IRI")
    return text


def _moment(text: str) -> str:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no time; write it as 2026-05-06T07:08:09Z"
        ) from error
    return moment.isoformat()


_DIR = _arg(
    "-d",
    "--directory",
    metavar="DIR",
    type=_folder,
    default=default("directory"),
    help=_setting("directory"),
)
_PLACE = _arg(
    "-d",
    "--directory",
    metavar="DIR",
    default=default("directory"),
    help=f"{_setting('directory')}, or the http address of a SPARQL endpoint",
)
_ANSWER = _arg(
    "--format",
    choices=("table", "csv", "tsv", "json", "xml", "ttl", "nt"),
    default="table",
    help="table for eyes, the W3C's formats for programs; ttl and nt for CONSTRUCT",
)
ACTIONS = ("accept", "reject", "merge", "split", "rename", "retype", "add")
_FILE_TIMEOUT = _arg(
    "--file-timeout",
    metavar="SECONDS",
    type=_seconds,
    default=default("file_timeout"),
    help=_setting("file_timeout"),
)
_FILE_MEMORY = _arg(
    "--file-memory",
    metavar="MIB",
    type=_positive,
    default=default("file_memory"),
    help=_setting("file_memory"),
)
_WORKERS = _arg(
    "--workers",
    metavar="N",
    type=_positive,
    default=default("workers"),
    help=_setting("workers"),
)
_READER = _arg("--reader", metavar="FILE", default="", help=_setting("reader"))
_CORRECTIONS = _arg("--corrections", metavar="FILE", help=_setting("corrections"))
# FORMATS of kg.publish.export in the same order (tests/test_cli.py compares them): that module is
# too heavy to ask before a command runs.
EXPORTS = ("ttl", "nt", "nq", "trig", "jsonld", "graphml", "gexf", "csv", "cypher")
# Those of kg.publish.dossier.formats.
REPORTS = (".html", ".csv", ".xlsx", ".docx")

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
        "build",
        "Read documents (text, web, PDF, OFD, Word, spreadsheets) into the graph of a folder.",
        "kg build examples -o outputs --workers 2",
        (
            _arg(
                "sources", nargs="+", metavar="SOURCE", help="file or folder; - for standard input"
            ),
            _arg(
                "-o",
                "--output",
                metavar="DIR",
                type=_folder,
                default=default("directory"),
                help=_setting("directory"),
            ),
            _WORKERS,
            _arg(
                "--engine",
                choices=("local", "spark"),
                default=default("engine"),
                help=_setting("engine"),
            ),
            _arg("--master", metavar="URL", default=default("master"), help=_setting("master")),
            _arg(
                "--partitions",
                metavar="N",
                type=_positive,
                default=default("partitions"),
                help=_setting("partitions"),
            ),
            _FILE_TIMEOUT,
            _FILE_MEMORY,
            _arg(
                "--base", metavar="IRI", type=_base, default=default("base"), help=_setting("base")
            ),
            _READER,
            _arg(
                "--min-confidence",
                metavar="X",
                type=_share,
                default=default("min_confidence"),
                help=_setting("min_confidence"),
            ),
            _CORRECTIONS,
        ),
    ),
    Command(
        "query",
        "Answer a SPARQL 1.1 query; the ontology's prefixes need not be declared.",
        "kg query 'SELECT ?name { ?s a kg:Project ; rdfs:label ?name } ORDER BY ?name LIMIT 5'",
        (
            _PLACE,
            _arg("-f", "--file", metavar="FILE", help="read the query from a file"),
            _ANSWER,
            _arg("query", nargs="?", metavar="QUERY", help="the query; - for standard input"),
        ),
    ),
    Command(
        "ask",
        "Answer a named question of the ontology; without a name, list the questions.",
        "kg ask about entity=合肥市",
        (
            _PLACE,
            _ANSWER,
            _arg("name", nargs="?", metavar="NAME", help="which question"),
            _arg("parameters", nargs="*", metavar="key=value", help="its parameters"),
        ),
    ),
    Command(
        "view",
        "Make a graph page of all, of a neighbourhood, or of the entities of a query's answer.",
        "kg view --around 合肥市 -o hefei.html",
        (
            _PLACE,
            _arg(
                "-o",
                "--output",
                metavar="FILE",
                help="the page (default: DIR/view.html; - for stdout)",
            ),
            _arg("--around", metavar="NAME", help="draw what lies within two links of an entity"),
            _arg("--query", metavar="FILE", help="draw the entities that a query answers with"),
            _arg(
                "--limit",
                metavar="N",
                type=_positive,
                default=default("shown"),
                help=_setting("shown"),
            ),
        ),
    ),
    Command(
        "report",
        "Write a dossier of a thing, or the answer to a named question, to print or attach: HTML, "
        "CSV, Excel or Word.",
        "kg report 合肥市 since=2023-01 -o 合肥市.html",
        (
            _PLACE,
            _arg(
                "-o",
                "--output",
                metavar="FILE",
                type=_report,
                required=True,
                help="the report; its suffix says the format: .html, .csv, .xlsx or .docx (these "
                "two need the extra report)",
            ),
            _arg("name", metavar="NAME", help="a name, an alias or an IRI, or a named question"),
            _arg(
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
            _PLACE,
            _arg("--host", metavar="HOST", default=default("host"), help=_setting("host")),
            _arg("--port", metavar="N", type=_port, default=default("port"), help=_setting("port")),
            _arg(
                "--timeout",
                metavar="SECONDS",
                type=_seconds,
                default=default("timeout"),
                help=_setting("timeout"),
            ),
            _arg(
                "--token",
                metavar="TOKEN",
                type=_token,
                help="answer only those who know it; - reads it from standard input",
            ),
            _arg(
                "--cors",
                metavar="ORIGIN",
                default="",
                help="let web pages of this origin ask, e.g. https://example.org; * for all",
            ),
            _arg(
                "--name",
                metavar="NAME",
                action="append",
                default=[],
                help="another name of this server, that of a proxy for one; may be repeated",
            ),
            _arg(
                "--review",
                action="store_true",
                help="add the page /review, where whoever may come in corrects the graph",
            ),
            _arg(
                "--by",
                metavar="NAME",
                default="",
                help="of --review: who decides, where the page does not ask",
            ),
            _CORRECTIONS,
        ),
        LIMITS,
    ),
    Command(
        "mcp",
        "Let an assistant ask the graph by the Model Context Protocol: over stdin and stdout, as "
        "its client starts it; it finds, describes, asks, reads and explains, and changes nothing.",
        "kg mcp -d outputs",
        (
            _PLACE,
            _arg(
                "--http",
                metavar="PORT",
                nargs="?",
                type=_port,
                const=default("port"),
                help="answer over HTTP instead, the programs of this machine alone (default port: "
                f"{default('port')})",
            ),
            _arg(
                "--timeout",
                metavar="SECONDS",
                type=_seconds,
                default=default("timeout"),
                help=_setting("timeout"),
            ),
        ),
        ("timeout", "page", "memory", "together", "body", "nesting", "words"),
    ),
    Command(
        "export",
        "Write the graph in a format of other programs.",
        "kg export jsonld -o graph.jsonld",
        (
            _PLACE,
            _arg(
                "format",
                metavar="FORMAT",
                choices=EXPORTS,
                help=f"{', '.join(EXPORTS[:-1])} or {EXPORTS[-1]}",
            ),
            _arg(
                "-o",
                "--output",
                metavar="FILE",
                help="where to (default: stdout); csv into a folder gives all tables",
            ),
        ),
    ),
    Command(
        "import",
        "Put other RDF (reference data, another graph) beside the facts; a rebuild keeps it.",
        "kg import reference.ttl --graph https://example.org/reference",
        (
            _DIR,
            _arg("files", nargs="+", metavar="FILE", help="ttl, nt, nq, trig, rdf, owl or jsonld"),
            _arg("--graph", metavar="IRI", default="", help="graph for triples that name none"),
        ),
    ),
    Command(
        "load",
        "Bring the graph to a SPARQL 1.1 server, by the Graph Store Protocol or by updates; what "
        "stopped goes on, a second run brings it up to date.",
        "kg load outputs --to http://localhost:7878/store --graph https://example.org/policies",
        (
            _arg(
                "directory",
                nargs="?",
                metavar="DIR",
                type=_folder,
                default=default("directory"),
                help=_setting("directory"),
            ),
            _arg(
                "--to",
                metavar="URL",
                type=_url,
                required=True,
                help="where the server takes graphs, or with --method update its updates",
            ),
            _arg(
                "--graph",
                metavar="IRI",
                type=_graph,
                default="",
                help="the graph there that it goes to (default: the server's default graph)",
            ),
            _arg(
                "--method",
                choices=("gsp", "update"),
                default=default("method"),
                help="gsp replaces the graph there as a whole, update touches only what kg load "
                f"put there (default: {default('method')})",
            ),
            _arg(
                "--batch",
                metavar="N",
                type=_positive,
                default=default("batch"),
                help=_setting("batch"),
            ),
            _arg("--user", metavar="NAME", default="", help="who loads it (default: KG_USER)"),
            _arg(
                "--password",
                metavar="WORD",
                default="",
                help="its password, - reads it from standard input (default: KG_PASSWORD; KG_TOKEN "
                "is a bearer token instead of both)",
            ),
            _arg(
                "--again",
                action="store_true",
                help="load all of it whatever was loaded before, with gsp over what others put "
                "into the graph",
            ),
        ),
        ("attempts", "patience"),
    ),
    Command(
        "explain",
        "Show an entity's facts, each with its sentence, rule and confidence, and why its names "
        "are one; or what extraction sees in a text, who proposed it and what weighed.",
        "kg explain --text 甲某智能科技有限公司在成都高新区投资3亿元建设芯片基地项目。",
        (
            _PLACE,
            _arg("name", nargs="?", metavar="NAME", help="a name, an alias or an IRI"),
            _arg("--text", metavar="TEXT", help="explain a text instead; - for standard input"),
        ),
    ),
    Command(
        "validate",
        "Check the graph against the ontology's SHACL shapes; exit status 1 if it breaks one.",
        "kg validate -d outputs",
        (_PLACE,),
    ),
    Command(
        "verify",
        "Compare the graph with its ledger, byte by byte; exit status 1 if a file is damaged.",
        "kg verify -d outputs",
        (_DIR,),
    ),
    Command(
        "evaluate",
        "Measure precision, recall and F1 of extraction against gold.",
        "kg evaluate tests/gold examples --errors",
        (
            _arg("gold", metavar="GOLD", help="a gold JSON file, a folder of them, or corrections"),
            _arg(
                "source",
                nargs="?",
                metavar="SOURCE",
                help="the gold's documents, or a build of one (default: beside the gold)",
            ),
            _arg(
                "--errors",
                action="store_true",
                help="list what is missing (-) and what is wrong (+)",
            ),
            _arg(
                "--reliability",
                action="store_true",
                help="tell, by confidence, how many claims are right: how far it can be trusted",
            ),
            _arg("--json", action="store_true", help="print the table as JSON"),
            _READER,
            _FILE_TIMEOUT,
            _FILE_MEMORY,
        ),
    ),
    Command(
        "annotate",
        "Write the documents that the reader is least sure of as gold, to be corrected by hand.",
        "kg annotate articles -o mine.json --most 20",
        (
            _arg("sources", metavar="DIR", help="the documents: a file or a folder"),
            _arg("-o", "--output", metavar="FILE", help="the gold (default: standard output)"),
            _arg(
                "--most",
                metavar="N",
                type=_positive,
                default=default("unsure"),
                help=_setting("unsure"),
            ),
            _READER,
            _FILE_TIMEOUT,
            _FILE_MEMORY,
        ),
    ),
    Command(
        "train",
        "Teach the reader from your own gold and corrections; a fifth of the gold is held back "
        "and measured on, before and after.",
        "kg train mine.json corrections.jsonl --sources articles -o mine.weights",
        (
            _arg(
                "gold",
                nargs="+",
                metavar="GOLD",
                help="gold JSON files, folders of them, files of corrections (.jsonl)",
            ),
            _arg(
                "--sources",
                metavar="DIR",
                help="the folder of the documents (default: beside the gold)",
            ),
            _arg(
                "-o",
                "--output",
                metavar="FILE",
                default="reader.weights",
                help="the new weights; a file that is there is kept as FILE.before "
                "(default: reader.weights)",
            ),
            _READER,
            _WORKERS,
            _FILE_TIMEOUT,
            _FILE_MEMORY,
        ),
    ),
    Command(
        "review",
        "Correct the graph for good: ask what matters most, or take a decision; every build "
        "replays them.",
        "kg review reject 0d5c8b1e --by 王敏 --why 签约方是其子公司",
        (
            _DIR,
            _CORRECTIONS,
            _arg("--list", action="store_true", help="list what is worth asking, and ask nothing"),
            _arg("--json", action="store_true", help="list it as JSON"),
            _arg(
                "--limit",
                metavar="N",
                type=_positive,
                default=default("asked"),
                help=_setting("asked"),
            ),
            _arg(
                "--by", metavar="NAME", default="", help="who decides (default: who is logged in)"
            ),
            _arg("--why", metavar="TEXT", default="", help="the reason, for those who come after"),
            _arg(
                "--when",
                metavar="TIME",
                type=_moment,
                help="the time of the decision, as 2026-05-06T07:08:09Z (default: now)",
            ),
            _arg("--quote", metavar="TEXT", default="", help="of add: the words that say it"),
            _arg(
                "--document", metavar="NAME", default="", help="of add and split: where it is said"
            ),
            _arg("--status", metavar="STATUS", help="of accept and add: the status of the claim"),
            _arg(
                "action",
                nargs="?",
                metavar="ACTION",
                choices=(*ACTIONS, "undo", "log"),
                help="accept CLAIM…, reject CLAIM…, merge NAME OTHER…, split NAME ALIAS…, rename "
                "NAME NEW, retype NAME CLASS, add SUBJECT PREDICATE OBJECT, undo DECISION…, or "
                "log; without one it asks",
            ),
            _arg("words", nargs="*", metavar="WORD", help="what the action is about"),
        ),
    ),
    Command(
        "ontology",
        "Print the ontology: as documentation, as OWL or as SHACL; or copy it, to be changed.",
        "kg ontology --format md",
        (
            _arg(
                "--format",
                choices=("md", "ttl", "shacl"),
                default="md",
                help="md: documentation (default)",
            ),
            _arg(
                "--copy",
                metavar="DIR",
                help="copy its pages into a new folder; KG_ONTOLOGY=DIR uses it",
            ),
        ),
    ),
)
