"""The parsers of the command line in, its manual page out."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from kg.cli.options import COMMANDS

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping


def run_man(args: Namespace) -> int:
    """Print the manual page."""
    from kg.cli.main import parsers

    print(_page(*parsers()), end="")
    return 0


def _page(whole: argparse.ArgumentParser, commands: Mapping[str, argparse.ArgumentParser]) -> str:
    """The manual in roff, made of the parsers: each command with its arguments and its example."""
    from kg import __version__

    lines = [f'.TH KG 1 "" "kg {__version__}" "User Commands"', ".SH NAME",
             f"kg \\- {_roff(whole.description or '')}", ".SH SYNOPSIS", ".B kg",
             ".I COMMAND", "[\\fIARGUMENT\\fR ...]", ".SH DESCRIPTION", _roff(whole.epilog or ""),
             ".SH COMMANDS"]  # fmt: skip
    for command in COMMANDS:
        lines += [f".SS kg {_roff(command.name)}", _roff(command.does)]
        for action in commands[command.name]._actions:
            if action.help != argparse.SUPPRESS:
                lines += [".TP", _term(action), _roff((action.help or "").replace("%%", "%"))]
        lines += [".PP", f"Example: \\fB{_roff(command.example)}\\fR"]
    lines += [".SH EXIT STATUS", _roff(_STATUS), ".SH ENVIRONMENT"]
    for name, does in _ENVIRONMENT.items():
        lines += [".TP", f".B {name}", _roff(does)]
    return "\n".join(lines) + "\n"


_STATUS = (
    "0 done, 1 the input was at fault (what and where is said), 2 wrong usage, 130 interrupted."
)
_ENVIRONMENT = {
    "KG_READER": "Who reads: learned, rules, or a file of weights.",
    "KG_ONTOLOGY": "The folder of another ontology.",
    "KG_LLM_KEY": "The key of the server of a language model (kg build --llm).",
    "KG_USER, KG_PASSWORD, KG_TOKEN": "Who asks servers of graphs.",
    "KG_TRACEBACK": "Where it is set, a fault of kg itself is told with its whole trace.",
}


def _term(action: argparse.Action) -> str:
    value = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
    value = f"\\fI{_roff(value)}\\fR"
    if not action.option_strings:
        return value
    names = ", ".join(f"\\fB{_roff(name)}\\fR" for name in action.option_strings)
    return f"{names} {value}" if action.nargs != 0 else names


def _roff(text: str) -> str:
    r"""A text that roff prints as it is.

    >>> print(_roff("--every 甲"))
    \-\-every \[u7532]
    """
    whole = " ".join(text.split()).replace("\\", "\\e").replace("-", "\\-")
    whole = "".join(c if c.isascii() else f"\\[u{ord(c):04X}]" for c in whole)
    return f"\\&{whole}" if whole[:1] in (".", "'") else whole
