"""Arguments that several commands take."""

from __future__ import annotations

from kg.base.settings import default
from kg.cli.options.command import arg, help_of
from kg.cli.options.forms import folder, positive, seconds, url

DIR = arg(
    "-d",
    "--directory",
    metavar="DIR",
    type=folder,
    default=default("directory"),
    help=help_of("directory"),
)
PLACE = arg(
    "-d",
    "--directory",
    metavar="DIR",
    default=default("directory"),
    help=f"{help_of('directory')}, or the http address of a SPARQL endpoint",
)
ANSWER = arg(
    "--format",
    choices=("table", "csv", "tsv", "json", "xml", "ttl", "nt"),
    default="table",
    help="table for eyes, the W3C's formats for programs; ttl and nt for CONSTRUCT",
)
FILE_TIMEOUT = arg(
    "--file-timeout",
    metavar="SECONDS",
    type=seconds,
    default=default("file_timeout"),
    help=help_of("file_timeout"),
)
FILE_MEMORY = arg(
    "--file-memory",
    metavar="MIB",
    type=positive,
    default=default("file_memory"),
    help=help_of("file_memory"),
)
WORKERS = arg(
    "--workers",
    metavar="N",
    type=positive,
    default=default("workers"),
    help=help_of("workers"),
)
LLM = (
    arg("--llm", metavar="URL", type=url, help=help_of("llm")),
    arg(
        "--llm-model",
        metavar="NAME",
        default=default("llm_model"),
        help=help_of("llm_model"),
    ),
    arg(
        "--llm-timeout",
        metavar="SECONDS",
        type=seconds,
        default=default("llm_timeout"),
        help=help_of("llm_timeout"),
    ),
    arg(
        "--llm-requests",
        metavar="N",
        type=positive,
        default=default("llm_requests"),
        help=help_of("llm_requests"),
    ),
)
READER = arg("--reader", metavar="FILE", default="", help=help_of("reader"))
CORRECTIONS = arg("--corrections", metavar="FILE", help=help_of("corrections"))
