"""What each command of ``kg`` does: the words given in, results to stdout, the status out."""

from kg.cli.asking import run_ask, run_explain, run_mcp, run_query, run_report, run_serve, run_view
from kg.cli.building import run_build, run_ocr
from kg.cli.checking import run_evaluate, run_validate, run_verify
from kg.cli.completion import run_completion
from kg.cli.manual import run_man
from kg.cli.moving import run_export, run_import, run_load, run_ontology
from kg.cli.reviewing import run_review
from kg.cli.training import run_annotate, run_train
from kg.cli.watching import run_watch

__all__ = [
    "run_annotate",
    "run_ask",
    "run_build",
    "run_completion",
    "run_evaluate",
    "run_explain",
    "run_export",
    "run_import",
    "run_load",
    "run_man",
    "run_mcp",
    "run_ocr",
    "run_ontology",
    "run_query",
    "run_report",
    "run_review",
    "run_serve",
    "run_train",
    "run_validate",
    "run_verify",
    "run_view",
    "run_watch",
]
