"""The commands that read documents: into a graph, and scans into texts."""

from __future__ import annotations

from kg.base.settings import default
from kg.cli.options.command import Command, arg, help_of
from kg.cli.options.forms import base_iri, folder, positive, seconds, share
from kg.cli.options.shared import CORRECTIONS, FILE_MEMORY, FILE_TIMEOUT, LLM, READER, WORKERS

SOURCES = arg("sources", nargs="+", metavar="SOURCE", help="file or folder; - for standard input")
OUTPUT = arg(
    "-o",
    "--output",
    metavar="DIR",
    type=folder,
    default=default("directory"),
    help=help_of("directory"),
)
ENGINE = (
    arg(
        "--engine",
        choices=("local", "spark"),
        default=default("engine"),
        help=help_of("engine"),
    ),
    arg("--master", metavar="URL", default=default("master"), help=help_of("master")),
    arg(
        "--partitions",
        metavar="N",
        type=positive,
        default=default("partitions"),
        help=help_of("partitions"),
    ),
)
# What every build takes, whatever starts it.
BUILDING = (
    FILE_TIMEOUT,
    FILE_MEMORY,
    arg("--base", metavar="IRI", type=base_iri, default=default("base"), help=help_of("base")),
    READER,
    arg(
        "--min-confidence",
        metavar="X",
        type=share,
        default=default("min_confidence"),
        help=help_of("min_confidence"),
    ),
    CORRECTIONS,
    *LLM,
)

COMMANDS = (
    Command(
        "build",
        "Read documents (text, web, PDF, OFD, Word, spreadsheets) into the graph of a folder.",
        "kg build examples -o outputs --workers 2",
        (SOURCES, OUTPUT, WORKERS, *ENGINE, *BUILDING),
    ),
    Command(
        "watch",
        "Build a graph, and build it again whenever its documents change, until Ctrl-C.",
        "kg watch examples -o outputs",
        (
            arg("sources", nargs="+", metavar="SOURCE", help="file or folder"),
            OUTPUT,
            WORKERS,
            arg(
                "--every",
                metavar="SECONDS",
                type=seconds,
                default=default("every"),
                help=help_of("every"),
            ),
            *BUILDING,
        ),
    ),
    Command(
        "ocr",
        "Write the text of scans (pictures, PDFs without text) beside them, for kg build to read.",
        "kg ocr scans --workers 2",
        (
            arg("sources", nargs="+", metavar="SOURCE", help="file or folder"),
            arg(
                "--again",
                action="store_true",
                help="read those that have their text too; corrections in it are lost",
            ),
            WORKERS,
            arg(
                "--page-timeout",
                metavar="SECONDS",
                type=seconds,
                default=default("page_timeout"),
                help=help_of("page_timeout"),
            ),
            FILE_MEMORY,
        ),
    ),
)
