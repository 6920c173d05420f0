"""An object of a line of JSON in, its fields out, each of the type that is wanted."""

from __future__ import annotations

from typing import Any

from kg.base.errors import ReadError


class Fields:
    """The fields of one object of a line, each of the type that is wanted."""

    def __init__(self, told: dict[str, Any], path: str) -> None:
        self.told, self.path = told, path

    def text(self, name: str, *, needed: bool = False) -> str:
        found = self.told.get(name, "")
        if not isinstance(found, str):
            raise ReadError(f"{self.path}{name} is no text")
        if needed and not found:
            raise ReadError(f"{self.path}{name} is missing")
        try:
            found.encode()
        except UnicodeEncodeError as error:
            raise ReadError(f"{self.path}{name} holds half a character") from error
        return found

    def number(self, name: str) -> int:
        found = self.told.get(name, 0)
        if not isinstance(found, int) or isinstance(found, bool) or found < 0:
            raise ReadError(f"{self.path}{name} is no number from 0 on")
        return found

    def part(self, name: str) -> Fields | None:
        found = self.told.get(name)
        if found is None:
            return None
        if not isinstance(found, dict):
            raise ReadError(f"{self.path}{name} is no object")
        return Fields(found, f"{self.path}{name}.")

    def needed(self, name: str) -> Fields:
        found = self.part(name)
        if found is None:
            raise ReadError(f"{self.path}{name} is missing")
        return found
