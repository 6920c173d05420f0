"""Words of a command line in, a call of a command and its exit status out.

Exit status: 0 done, 1 the input was at fault (what and where is said), 2 wrong usage, 130
interrupted. Nothing heavy is imported before a command runs: `kg --help` is instant.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from kg import __version__
from kg.errors import KgError
from kg.options import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Sequence


def parser() -> argparse.ArgumentParser:
    """The parser of the command line, made of the table of commands."""
    whole = argparse.ArgumentParser(
        prog="kg",
        description="Chinese policy and investment documents in, a knowledge graph out.",
        epilog="kg COMMAND --help tells more of each, with an example.",
        allow_abbrev=False,
    )
    whole.add_argument("--version", action="version", version=f"kg {__version__}")
    commands = whole.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for command in COMMANDS:
        one = commands.add_parser(
            command.name,
            help=command.does.partition(";")[0].rstrip("."),
            description=command.does,
            epilog=f"example: {command.example}",
            allow_abbrev=False,
        )
        one.set_defaults(parser=one)
        for argument in command.arguments:
            one.add_argument(*argument.names, **argument.options)
    return whole


def main(words: Sequence[str] | None = None) -> int:
    """Run a command line; the exit status."""
    _speak_utf8()
    try:
        given = parser().parse_args(words)
        status = _run(given)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has had enough (kg query … | head). Python would complain once more
        # when it flushes stdout at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("kg: interrupted", file=sys.stderr)
        return 130
    except KgError as error:
        print(f"kg: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        named = f"{error.filename}: " if error.filename else ""
        print(f"kg: {named}{error.strerror or error}", file=sys.stderr)
        return 1
    return status


def _run(given: argparse.Namespace) -> int:
    commands = import_module("kg.commands")
    status: int = getattr(commands, f"run_{given.command}")(given)
    return status


def _speak_utf8() -> None:
    """Results are UTF-8 whatever the locale says, and never fail for a character."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
