"""``kg validate``, ``verify`` and ``evaluate``: a graph in, what is wrong with it out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.console import open_graph, reading_by, say, write

if TYPE_CHECKING:
    from argparse import Namespace


def run_validate(args: Namespace) -> int:
    """Check the graph against the shapes; 1 if it breaks one."""
    from kg.query.table import counted, plain
    from kg.store.rdf.validate import validate

    with open_graph(args) as graph:
        violations = validate(graph.triples(), graph.ontology)
    write("".join(f"{plain(str(violation))}\n" for violation in violations).encode())
    say(
        counted(len(violations), "violation")
        if violations
        else "conforms to the shapes of the ontology"
    )
    return 1 if violations else 0


def run_verify(args: Namespace) -> int:
    """Compare the graph with its ledger; 1 if something is damaged."""
    from kg.query.table import counted, plain
    from kg.store.folder import verify

    problems = verify(args.directory)
    write("".join(f"{plain(problem)}\n" for problem in problems).encode())
    say(counted(len(problems), "damage") if problems else "every file is what was written")
    return 1 if problems else 0


def run_evaluate(args: Namespace) -> int:
    """Measure extraction against gold; 1 if a file could not be read."""
    from kg.run.evaluate.score import evaluate
    from kg.run.reading.child import Bounds

    source = Path(args.source) if args.source else None
    bounds = Bounds(args.file_timeout, args.file_memory)
    with reading_by(args.reader):
        result = evaluate(Path(args.gold), source, bounds=bounds)
    sure: bool = args.reliability
    table = result.table(errors=args.errors, reliability=sure)
    write((result.json(reliability=sure) if args.json else table).encode())
    for one in result.skipped:
        say(f"skipped {one.name}: {one.reason}")
    return 1 if result.skipped else 0
