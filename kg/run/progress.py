"""Show progress: a bar on a terminal or plain lines in a pipe, always on stderr."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from kg.query.table import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.run.pipeline import Progress
    from kg.run.reading.outcome import Outcome

# In a pipe no more lines than this tell of progress; what is skipped is always named.
MOST_LINES = 100


@contextmanager
def show_progress(stream: TextIO | None = None) -> Iterator[Progress]:
    """Give a callable for ``build(progress=…)`` that shows how far it is.

    Args:
        stream: Where it is shown, by default stderr.
    """
    stream = stream or sys.stderr
    if stream.isatty():
        with _bar(stream) as progress:
            yield progress
    else:
        yield _lines(stream)


def skipped_line(outcome: Outcome) -> str:
    """One line about a file that was skipped."""
    return f"skipped {plain(outcome.name)}: {plain(outcome.problem)}"


def _lines(stream: TextIO) -> Progress:
    def progress(done: int, total: int, outcome: Outcome) -> None:
        if outcome.problem:
            print(f"{done}/{total} {skipped_line(outcome)}", file=stream)
        elif done % max(1, total // MOST_LINES) == 0 or done == total:
            print(f"{done}/{total} {plain(outcome.name)}", file=stream)
        stream.flush()

    return progress


@contextmanager
def _bar(stream: TextIO) -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    console = Console(file=stream, highlight=False)
    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[name]}", markup=False),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None, name="")

        def progress(done: int, total: int, outcome: Outcome) -> None:
            if outcome.problem:
                bar.console.print(skipped_line(outcome), markup=False)
            bar.update(task, completed=done, total=total, name=plain(outcome.name))

        yield progress
