"""The table of commands and their arguments; the parser, the help and the docs come from it."""

from __future__ import annotations

from kg.cli.options import asking, building, checking, moving
from kg.cli.options.command import Argument, Command
from kg.cli.options.forms import REPORTS
from kg.cli.options.moving import EXPORTS

__all__ = ["COMMANDS", "EXPORTS", "REPORTS", "Argument", "Command"]

# In the order in which ``kg --help`` lists them.
COMMANDS = (*building.COMMANDS, *asking.COMMANDS, *moving.COMMANDS, *checking.COMMANDS)
