"""Commands that take a graph elsewhere, or bring one here."""

from __future__ import annotations

from kg.base.settings import default
from kg.cli.options.command import Command, arg, help_of
from kg.cli.options.forms import folder, graph_iri, positive, url
from kg.cli.options.shared import DIR, PLACE

# FORMATS of kg.publish.export in the same order (tests/cli/test_cli.py compares them): that module
# is too heavy to ask before a command runs.
EXPORTS = (
    "ttl", "ttl12", "nt", "nq", "trig", "jsonld", "graphml", "gexf", "csv", "parquet", "cypher",
    "geojson",
)  # fmt: skip

COMMANDS = (
    Command(
        "export",
        "Write the graph in a format of other programs.",
        "kg export jsonld -o graph.jsonld",
        (
            PLACE,
            arg(
                "format",
                metavar="FORMAT",
                choices=EXPORTS,
                help=f"{', '.join(EXPORTS[:-1])} or {EXPORTS[-1]}",
            ),
            arg(
                "-o",
                "--output",
                metavar="FILE",
                help="where to (default: stdout); csv or parquet into a folder gives all tables",
            ),
        ),
    ),
    Command(
        "import",
        "Put other RDF (reference data, another graph) beside the facts; a rebuild keeps it.",
        "kg import reference.ttl --graph https://example.org/reference",
        (
            DIR,
            arg("files", nargs="+", metavar="FILE", help="ttl, nt, nq, trig, rdf, owl or jsonld"),
            arg("--graph", metavar="IRI", default="", help="graph for triples that name none"),
        ),
    ),
    Command(
        "load",
        "Bring the graph to a SPARQL 1.1 server, by the Graph Store Protocol or by updates; what "
        "stopped goes on, a second run brings it up to date.",
        "kg load outputs --to http://localhost:7878/store --graph https://example.org/policies",
        (
            arg(
                "directory",
                nargs="?",
                metavar="DIR",
                type=folder,
                default=default("directory"),
                help=help_of("directory"),
            ),
            arg(
                "--to",
                metavar="URL",
                type=url,
                required=True,
                help="where the server takes graphs, or with --method update its updates",
            ),
            arg(
                "--graph",
                metavar="IRI",
                type=graph_iri,
                default="",
                help="the graph there that it goes to (default: the server's default graph)",
            ),
            arg(
                "--method",
                choices=("gsp", "update"),
                default=default("method"),
                help="gsp replaces the graph there as a whole, update touches only what kg load "
                f"put there (default: {default('method')})",
            ),
            arg(
                "--batch",
                metavar="N",
                type=positive,
                default=default("batch"),
                help=help_of("batch"),
            ),
            arg("--user", metavar="NAME", default="", help="who loads it (default: KG_USER)"),
            arg(
                "--password",
                metavar="WORD",
                default="",
                help="its password, - reads it from standard input (default: KG_PASSWORD; KG_TOKEN "
                "is a bearer token instead of both)",
            ),
            arg(
                "--again",
                action="store_true",
                help="load all of it whatever was loaded before, with gsp over what others put "
                "into the graph",
            ),
        ),
        ("attempts", "patience"),
    ),
    Command(
        "ontology",
        "Print the ontology: as documentation, as OWL or as SHACL; or copy it, to be changed.",
        "kg ontology --format md",
        (
            arg(
                "--format",
                choices=("md", "ttl", "shacl"),
                default="md",
                help="md: documentation (default)",
            ),
            arg(
                "--copy",
                metavar="DIR",
                help="copy its pages into a new folder; KG_ONTOLOGY=DIR uses it",
            ),
        ),
    ),
    Command(
        "completion",
        "Print a script by which a shell completes commands, flags and formats.",
        "kg completion bash > ~/.local/share/bash-completion/completions/kg",
        (arg("shell", metavar="SHELL", choices=("bash", "zsh", "fish"), help="bash, zsh or fish"),),
    ),
    Command(
        "man",
        "Print the manual page of all commands.",
        "kg man > ~/.local/share/man/man1/kg.1",
        (),
    ),
)
