"""Words of a command line in, a call of a command and its exit status out.

Exit status: 0 done, 1 the input was at fault (what and where is said), 2 wrong usage, 130
interrupted. Nothing heavy is imported before a command runs: `kg --help` is instant.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
import textwrap
import traceback
from contextlib import nullcontext
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import __version__
from kg.base.crash import line, ran_out, watched
from kg.base.errors import KgError
from kg.cli.options import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import ModuleType


class _Formatter(argparse.HelpFormatter):
    """A formatter that keeps the lines of what stands below the help, each wrapped by itself."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        def wrapped(line: str) -> str:
            margin = "  " if line.startswith(" ") else ""
            first, rest = indent + margin, indent + 2 * margin
            return textwrap.fill(line.strip(), width, initial_indent=first, subsequent_indent=rest)

        return "\n".join(map(wrapped, text.split("\n")))


class _Wide(argparse.HelpFormatter):
    """A formatter that has room for the name of the longest command beside its help."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog)
        self._action_max_length = 4 + max(len(command.name) for command in COMMANDS)


class _Parser(argparse.ArgumentParser):
    """A parser that tells when its help cannot be written; argparse itself keeps silent."""

    def _print_message(self, message: str, file: Any = None) -> None:
        if message and file is sys.stdout and isinstance(file, io.TextIOWrapper):
            import_module("kg.cli.console").put(message.encode())
        else:
            super()._print_message(message, file)


def parser() -> argparse.ArgumentParser:
    """The parser of the command line, made of the table of commands."""
    return parsers()[0]


def parsers() -> tuple[argparse.ArgumentParser, Mapping[str, argparse.ArgumentParser]]:
    """The parser of the whole line, and that of each command."""
    whole = _Parser(
        prog="kg",
        description="Chinese policy and investment documents in, a knowledge graph out.",
        epilog="kg COMMAND --help tells more of each, with an example.",
        formatter_class=_Wide,
        allow_abbrev=False,
    )
    whole.add_argument("--version", action="version", version=f"kg {__version__}")
    commands = whole.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for command in COMMANDS:
        one = commands.add_parser(
            command.name,
            help=command.does.partition(";")[0].rstrip("."),
            description=command.does,
            epilog=command.epilog(),
            formatter_class=_Formatter,
            allow_abbrev=False,
        )
        one.set_defaults(parser=one, command=command.name)
        for argument in command.arguments:
            one.add_argument(*argument.names, **argument.options)
    return whole, commands.choices


def _parsed(words: Sequence[str]) -> argparse.Namespace:
    """What the words say; options may stand anywhere after the command, up to a ``--``."""
    whole, commands = parsers()
    if words and words[0] in commands and "--" not in words:
        # As part of a whole line argparse has no options between arguments.
        return commands[words[0]].parse_intermixed_args(words[1:])
    return whole.parse_args(words)


def main(words: Sequence[str] | None = None) -> int:
    """Run a command line; the exit status."""
    _speak_utf8()
    status = _run(words)
    if status is None:  # what the command held has been given back
        print(line(), file=sys.stderr)
        return 1
    return status


def _run(words: Sequence[str] | None) -> int | None:
    """Run a command line; None if memory ran out."""
    try:
        args = _parsed(sys.argv[1:] if words is None else words)
        with watched() if _brief(args) else nullcontext():
            status: int = getattr(_commands(), f"run_{args.command}")(args)
            sys.stdout.flush()
    except BrokenPipeError:
        # The reader has had enough (kg query … | head).
        _close_stdout()
        return 0
    except KeyboardInterrupt:
        print("kg: interrupted", file=sys.stderr)
        return 130
    except KgError as error:
        print(f"kg: {error}", file=sys.stderr)
        return 1
    except (MemoryError, OSError, ImportError, RuntimeError) as error:
        _close_stdout()
        if ran_out(error):
            return None
        if not isinstance(error, OSError):
            print(_fault(error), file=sys.stderr)
            return 1
        named = f"{error.filename}: " if error.filename else ""
        print(f"kg: {named}{error.strerror or error}", file=sys.stderr)
        return 1
    except Exception as error:  # nobody is helped by a bare trace
        _close_stdout()
        print(_fault(error), file=sys.stderr)
        return 1
    return status


def _fault(error: Exception) -> str:
    """What is said of an error that only a fault of this program can raise.

    The whole trace is printed where ``KG_TRACEBACK`` is set.
    """
    if os.environ.get("KG_TRACEBACK"):
        return "".join(traceback.format_exception(error)).rstrip()
    frame = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(frame.filename).name}:{frame.lineno}"
    message = f"{type(error).__name__}: {error}".splitlines()[0].rstrip(": ")
    return (
        f"kg: a fault of kg itself ({message[:200]}, {where}); set KG_TRACEBACK=1 and run the "
        "command again for the whole trace, and report it"
    )


def _brief(args: argparse.Namespace) -> bool:
    """Whether a command ends by itself, and says nothing but by Python."""
    on_spark = args.command == "build" and args.engine == "spark"
    return args.command not in ("serve", "mcp", "review", "watch") and not on_spark


def _commands() -> ModuleType:
    return import_module("kg.cli.commands")


def _close_stdout() -> None:
    """Let what cannot be written go nowhere: Python would complain again at its end."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _speak_utf8() -> None:
    """Results are UTF-8 whatever the locale says, and never fail for a character."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
