"""``kg watch``: a graph that is built again whenever its documents change."""

from __future__ import annotations

from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING

from kg.base.errors import KgError, ReadError
from kg.cli.building import run_build
from kg.cli.console import say

if TYPE_CHECKING:
    from argparse import Namespace


def run_watch(args: Namespace) -> int:
    """Build a graph, and again after each change, until it is interrupted."""
    from kg.run.file_changes import changes, look

    if "-" in args.sources:
        args.parser.error("standard input cannot be watched; give files or folders")
    args.engine, args.master, args.partitions = "local", "", 0
    missing = [source for source in args.sources if not Path(source).exists()]
    if missing:
        raise ReadError(f"{', '.join(missing)}: does not exist; check the path")
    output = Path(args.output)
    corrections = Path(args.corrections or output / "corrections.jsonl")
    watched = [*map(Path, args.sources), corrections]
    try:
        seen = look(watched, output)
        _build(args)
        changed_files = changes(seen, lambda: look(watched, output), lambda: sleep(args.every))
        say(f"watching {', '.join(args.sources)}; Ctrl-C ends it")
        for added, changed, removed in changed_files:
            say(f"{added} new, {changed} changed, {removed} gone")
            _build(args)
            say(f"watching {', '.join(args.sources)}; Ctrl-C ends it")
    except KeyboardInterrupt:
        _forget_interrupt()
        say("watching no more; the graph is that of the last build that ended")
    return 0


def _forget_interrupt() -> None:
    """Let ``python -m kg`` end with the status of the command, and not by SIGINT.

    An interrupt that comes while a string is executed, as every dataclass does when it is
    imported, is noted by the interpreter and ends the process even if it has been caught. The
    next string that is executed takes the note back.
    """
    exec("")  # noqa: S102


def _build(args: Namespace) -> None:
    """Build; what goes wrong is said, and may be mended by the next change."""
    try:
        run_build(args)
    except (KgError, OSError) as error:
        say(f"kg: {error}")
