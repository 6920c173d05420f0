"""A command of ``kg`` and its arguments, as the table of commands holds them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kg.base.settings import SETTINGS


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a command: its flags or its name, and what argparse knows of it."""

    names: tuple[str, ...]
    options: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Command:
    """A command: what it does in a line, an example, and its arguments.

    The function is the one of the same name in ``kg.cli.commands``. ``limits`` are the settings
    that its help tells besides those of its arguments.
    """

    name: str
    does: str
    example: str
    arguments: tuple[Argument, ...]
    limits: tuple[str, ...] = ()

    def epilog(self) -> str:
        """What stands below the help: the limits, those that no flag sets too, and the example."""
        lines = [_limit(name, self.arguments) for name in self.limits]
        section = ["limits (those with a flag can be set):", *lines, ""] if lines else []
        return "\n".join([*section, f"example: {self.example}"])


def arg(*names: str, **options: Any) -> Argument:
    """An argument, written as argparse takes it."""
    return Argument(names, options)


def help_of(name: str) -> str:
    """The help of a setting, with its default."""
    setting = SETTINGS[name]
    default = f" (default: {setting.default})" if setting.default != "" else ""
    return f"{setting.help}{default}"


def _limit(name: str, arguments: tuple[Argument, ...]) -> str:
    """A line of the help: a limit, its unit, what it holds for, and its flag if it has one."""
    setting = SETTINGS[name]
    flag = f" (--{name})" if any(f"--{name}" in one.names for one in arguments) else ""
    return f"  {setting.default} {setting.unit}: {setting.help}{flag}"
