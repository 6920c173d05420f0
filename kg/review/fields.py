"""An object of a line of JSON in, its fields out, each of the type that is wanted."""

from __future__ import annotations

from typing import Any

from kg.base.errors import ReadError


class Fields:
    """The fields of one object of a line, each of the type that is wanted."""

    def __init__(self, data: dict[str, Any], path: str) -> None:
        self.data, self.path = data, path

    def text(self, name: str, *, needed: bool = False) -> str:
        value = self.data.get(name, "")
        if not isinstance(value, str):
            raise ReadError(f"{self.path}{name} is no text")
        if needed and not value:
            raise ReadError(f"{self.path}{name} is missing")
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise ReadError(f"{self.path}{name} holds half a character") from error
        return value

    def number(self, name: str) -> int:
        value = self.data.get(name, 0)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise ReadError(f"{self.path}{name} is no number from 0 on")
        return value

    def part(self, name: str) -> Fields | None:
        value = self.data.get(name)
        if value is None:
            return None
        if not isinstance(value, dict):
            raise ReadError(f"{self.path}{name} is no object")
        return Fields(value, f"{self.path}{name}.")

    def needed(self, name: str) -> Fields:
        part = self.part(name)
        if part is None:
            raise ReadError(f"{self.path}{name} is missing")
        return part
