"""Parse what a language model wrote: the names and claims that can be read in it.

Models wrap their JSON in fences and talk, break off where they have no room left, or say one
thing again and again until then. Every object that is whole is read; what it says is judged
elsewhere.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator

T = TypeVar("T")

MOST = 2000  # names, or claims, of one answer
LONGEST_NAME, LONGEST_QUOTE = 200, 2000
TRIES = 200  # braces at which there may be no whole object
_THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)
_NAME, _CLAIM = ("name", "class"), ("subject", "relation", "object", "quote")


class Name(NamedTuple):
    """A name and its class, as the model says."""

    name: str
    type: str


class Claim(NamedTuple):
    """A claim, as the model says, with the words that it quotes."""

    subject: str
    relation: str
    object: str
    quote: str


@dataclass(frozen=True, slots=True)
class Items:
    """What an answer holds; ``counts`` tells what could not be read, by reason."""

    names: tuple[Name, ...] = ()
    claims: tuple[Claim, ...] = ()
    counts: Counter[str] = field(default_factory=Counter)


def items(answer: str) -> Items:
    r"""Read an answer.

    >>> items('```json\n{"names": [{"name": "甲公司", "class": "Organisation"}, {"na').names
    (Name(name='甲公司', type='Organisation'),)
    >>> items("I cannot help with that.").counts
    Counter({'unreadable': 1})
    """
    text, counts = _THOUGHT.sub("", answer), Counter[str]()
    names: list[Name] = []
    claims: list[Claim] = []
    object_count = 0
    for value in _objects(text):
        object_count += 1
        for entry in _entries(value, counts):
            _add_entry(entry, names, claims, counts)
    if not object_count:
        counts["unreadable"] += 1
    return Items(tuple(_deduplicated(names, counts)), tuple(_deduplicated(claims, counts)), counts)


def _objects(text: str) -> Iterator[Any]:
    """The objects of JSON in a text: the outermost ones that are whole."""
    decoder, at = json.JSONDecoder(), text.find("{")
    failed = 0
    while at >= 0 and failed < TRIES:
        try:
            value, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            failed, end = failed + 1, at + 1
        else:
            yield value
        at = text.find("{", end)


def _entries(value: Any, counts: Counter[str]) -> Iterator[Any]:
    """What a whole object holds: the answer as it was asked for, or one name or claim of it."""
    if "names" in value or "claims" in value:
        for key in ("names", "claims"):
            entries = value.get(key, [])
            if not isinstance(entries, list):
                counts["malformed"] += 1
                continue
            yield from entries
    else:
        yield value


def _add_entry(entry: Any, names: list[Name], claims: list[Claim], counts: Counter[str]) -> None:
    if isinstance(entry, dict):
        if (name := _texts(entry, _NAME)) and len(name[0]) <= LONGEST_NAME:
            names.append(Name(*name))
            return
        if (claim := _texts(entry, _CLAIM)) and len(claim[-1]) <= LONGEST_QUOTE:
            claims.append(Claim(*claim))
            return
    counts["malformed"] += 1


def _texts(entry: dict[str, Any], keys: tuple[str, ...]) -> list[str]:
    """The fields of an entry, if all of them are texts."""
    texts = [entry.get(key) for key in keys]
    return [t for t in texts if isinstance(t, str)] if all(_is_text(t) for t in texts) else []


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _deduplicated(entries: list[T], counts: Counter[str]) -> list[T]:
    """The entries without repetitions, and no more of them than ``MOST``."""
    single = list(dict.fromkeys(entries))
    counts["repeated"] += len(entries) - len(single)
    counts["excessive"] += max(0, len(single) - MOST)
    counts += Counter()  # drops what is 0
    return single[:MOST]
