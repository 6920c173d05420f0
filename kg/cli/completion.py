"""The table of commands in, a script out by which a shell completes what is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.cli.options import COMMANDS

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Iterator

    from kg.cli.options.command import Argument, Command

# What stands for a file or a folder in the help of an argument.
_FILES = ("FILE", "DIR", "SOURCE", "GOLD")


def run_completion(args: Namespace) -> int:
    """Print the script of a shell."""
    print(SHELLS[args.shell](), end="")
    return 0


def _flags(command: Command) -> Iterator[tuple[Argument, str]]:
    """The flags of a command, with what they are for."""
    for argument in command.arguments:
        if argument.names[0].startswith("-"):
            yield argument, _line(argument.options.get("help", ""))


def _line(text: str) -> str:
    """A help in one short line without what shells take for more than it is."""
    whole = " ".join(text.replace("%%", "%").split())
    return "".join(c for c in whole if c not in "'\"`$\\[]:")[:70]


def _choices(argument: Argument) -> tuple[str, ...]:
    return tuple(map(str, argument.options.get("choices", ())))


def _takes_value(argument: Argument) -> bool:
    return argument.options.get("action") not in ("store_true", "store_false", "count")


def _words(command: Command) -> list[str]:
    """All that may be typed behind a command: its flags, and the words of its arguments."""
    words = [name for argument, _ in _flags(command) for name in argument.names]
    for argument in command.arguments:
        if not argument.names[0].startswith("-"):
            words += _choices(argument)
    return [*words, "--help"]


def _bash() -> str:
    cases, values = [], []
    for command in COMMANDS:
        cases.append(f"        {command.name}) words='{' '.join(_words(command))}' ;;")
        for argument, _ in _flags(command):
            if choices := _choices(argument):
                names = "|".join(f"{command.name}:{name}" for name in argument.names)
                values.append(f"        {names}) words='{' '.join(choices)}' ;;")
    return _BASH.format(
        commands=" ".join(command.name for command in COMMANDS),
        cases="\n".join(cases),
        values="\n".join(values),
    )


_BASH = """\
# bash completion of kg: eval "$(kg completion bash)" in ~/.bashrc
_kg() {{
    local words='' at="${{COMP_WORDS[COMP_CWORD]}}" before="${{COMP_WORDS[COMP_CWORD-1]}}"
    local command="${{COMP_WORDS[1]}}"
    if [ "$COMP_CWORD" -eq 1 ]; then
        COMPREPLY=($(compgen -W '{commands} --help --version' -- "$at"))
        return
    fi
    case "$command:$before" in
{values}
    esac
    if [ -z "$words" ]; then
        case "$command" in
{cases}
        esac
    fi
    COMPREPLY=($(compgen -W "$words" -- "$at"))
}}
complete -o bashdefault -o default -F _kg kg
"""


def _zsh() -> str:
    described = "\n".join(f"        '{c.name}:{_line(c.does)}'" for c in COMMANDS)
    cases = []
    for command in COMMANDS:
        specs = " \\\n            ".join(_specs(command))
        cases.append(f"        {command.name})\n            _arguments \\\n            {specs} ;;")
    return _ZSH.format(commands=described, cases="\n".join(cases))


def _specs(command: Command) -> Iterator[str]:
    """What ``_arguments`` of zsh is told of a command."""
    for argument, does in _flags(command):
        value = ""
        if _takes_value(argument):
            value = f":{_named(argument)}:{_completed(argument)}"
        for name in argument.names:
            yield f"'{name}[{does}]{value}'"
    yield "'--help[what it does, with an example]'"
    for argument in command.arguments:
        if not argument.names[0].startswith("-"):
            yield f"'*:{_named(argument)}:{_completed(argument)}'"


def _named(argument: Argument) -> str:
    return str(argument.options.get("metavar") or argument.names[-1].lstrip("-")).lower()


def _completed(argument: Argument) -> str:
    if choices := _choices(argument):
        return f"({' '.join(choices)})"
    return "_files" if argument.options.get("metavar") in _FILES else " "


_ZSH = """\
#compdef kg
# zsh completion of kg: kg completion zsh > _kg, in a folder of $fpath
_kg() {{
    local -a commands
    commands=(
{commands}
    )
    if (( CURRENT == 2 )); then
        _describe command commands
        return
    fi
    local command=$words[2]
    shift words
    (( CURRENT-- ))
    case $command in
{cases}
    esac
}}
if [ "$funcstack[1]" = _kg ]; then _kg "$@"; else compdef _kg kg; fi
"""


def _fish() -> str:
    lines = ["# fish completion of kg: kg completion fish > ~/.config/fish/completions/kg.fish"]
    lines += [
        f"complete -c kg -n __fish_use_subcommand -f -a {one.name} -d '{_line(one.does)}'"
        for one in COMMANDS
    ]
    for command in COMMANDS:
        lines += _fish_lines(command)
    return "\n".join(lines) + "\n"


def _fish_lines(command: Command) -> Iterator[str]:
    seen = f"complete -c kg -n '__fish_seen_subcommand_from {command.name}'"
    for argument, does in _flags(command):
        names = " ".join(
            f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}"
            for name in argument.names
        )
        value = " -r" if _takes_value(argument) else ""
        if choices := _choices(argument):
            value = f" -x -a '{' '.join(choices)}'"
        yield f"{seen} {names}{value} -d '{does}'"
    for argument in command.arguments:
        if not argument.names[0].startswith("-") and (choices := _choices(argument)):
            yield f"{seen} -f -a '{' '.join(choices)}'"


SHELLS: dict[str, Callable[[], str]] = {"bash": _bash, "zsh": _zsh, "fish": _fish}
