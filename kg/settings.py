"""The one table of settings: name, default, unit and help; flags and docs come from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting: its default, its unit and what it does."""

    name: str
    default: Any
    unit: str
    help: str


SETTINGS = {
    s.name: s
    for s in (
        Setting("base", "https://w3id.org/zhengtu/id/", "IRI", "IRIs of the graph begin with it"),
        Setting("directory", "outputs", "folder", "the folder that holds the graph"),
        Setting("workers", 1, "processes", "how many processes read documents"),
        Setting("host", "127.0.0.1", "address", "address that the server listens on"),
        Setting("port", 8000, "TCP port", "port that the server listens on"),
        Setting("timeout", 10, "seconds", "time that a query may take on the server"),
        Setting("largest", 64, "MiB", "a larger source is skipped, and said so"),
        Setting("drawn", 1000, "nodes", "a build's page draws this many nodes, most linked first"),
        Setting("shown", 10000, "nodes", "a page draws this many nodes at most, most linked first"),
    )
}


def default(name: str) -> Any:
    """The default of a setting.

    >>> default("port")
    8000
    """
    return SETTINGS[name].default
