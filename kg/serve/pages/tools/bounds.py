"""Much in, what fits into one answer out, and how much does not."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

T = TypeVar("T")
# Characters of an answer, as JSON. An assistant reads all of it each time it thinks: of Chinese
# text this is some ten thousand tokens, less than half of what clients let through.
ROOM = 16_000


def size(item: Any) -> int:
    """Characters that an item takes as JSON.

    >>> size(["a", 1])
    8
    """
    return len(json.dumps(item, ensure_ascii=False, default=asdict))


def fitting(items: Sequence[T], most: int, room: int = ROOM) -> list[T]:
    """The first of some items, so many and so many characters at most, but at least one.

    >>> fitting(["one", "two", "three"], 2), fitting(["one", "two"], 9, room=1)
    (['one', 'two'], ['one'])
    """
    first: list[T] = []
    for item in items[:most]:
        room -= size(item)
        if first and room < 0:
            break
        first.append(item)
    return first


def left(number: int, what: str, way_out: str) -> str:
    """What is said of what is left out; nothing where nothing is.

    >>> left(2, "facts", "ask again with offset=40")
    '2 more facts are left out; ask again with offset=40'
    """
    return f"{number} more {what} are left out; {way_out}" if number else ""


def lines(*parts: Iterable[str] | str) -> str:
    """Lines and groups of lines as one text, without empty ones."""
    groups = [[part] if isinstance(part, str) else part for part in parts]
    return "\n".join(line for part in groups for line in part if line)
