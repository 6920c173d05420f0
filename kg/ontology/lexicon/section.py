"""A file of ``ontology/words`` in, one frozen record of its words and expressions out.

The record's class says which entries the file has and what each is: a text, words, or a regular
expression. In an expression ``{name}`` stands for another entry of the same file, and
``{file.name}`` for one of another file; a list of words, or the keys of a mapping, for any one of
them. ``{mention}`` and ``{value}`` are the names and the values of a sentence as rules see it
(``kg.extract.coreference.mask``), to stand in a class of characters: ``[^，{mention}]``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

from kg.base.errors import OntologyError, did_you_mean
from kg.ontology.forms import expect

T = TypeVar("T")
Pattern = re.Pattern[str]
Part = str  # of an expression: expanded, and not compiled by itself
Words = tuple[str, ...]
WordSet = frozenset[str]
Rows = tuple[Words, ...]

# The private use area stands for what a sentence names: sets of classes, then kinds of values.
FIRST, VALUES = 0xE000, 0xF000
ANY_MENTION = f"{chr(FIRST)}-{chr(VALUES - 1)}"
ANY_VALUE = f"{chr(VALUES)}-{chr(VALUES + 15)}"
DEEPEST = 9  # entries within entries: more are one that holds itself
_SIGNS = {"mention": ANY_MENTION, "value": ANY_VALUE}
_NAME = re.compile(r"\{([a-z_]+(?:\.[a-z_]+)?)\}")
# The form of an entry by the type of its field.
_FORMS = {
    "str": "text",
    "Pattern": "text",
    "Part": "text",
    "Words": "list",
    "WordSet": "list",
    "Rows": "rows",
    "int": "whole",
    "dict[str, str]": "texts",
    "dict[str, Any]": "mapping",
}


def check(kind: type, page: Mapping[str, Any], file: Path) -> None:
    """Check that a file of words has the entries of its record, each in its form.

    Raises:
        OntologyError: If one is missing, unknown or of another form: file and entry are named.
    """
    known = {f.name: f for f in fields(kind)}
    for name in page:
        if name not in known:
            raise OntologyError(
                f"{file}: {name} is no entry of this file; {did_you_mean(str(name), known)}"
            )
    for name, field in known.items():
        if name not in page:
            raise OntologyError(f"{file}: {name} is missing; add a line '{name}: …'")
        expect(page[name], _FORMS[str(field.type)], f"{file}: {name}")


def compiled(kind: type[T], name: str, files: Mapping[str, Mapping[str, Any]], folder: Path) -> T:
    """The record of a file of words that ``check`` has let pass.

    Args:
        kind: The class of the record.
        name: The name of the file, without its ending.
        files: What all files say, by their names.
        folder: Where they are, for messages.

    Raises:
        OntologyError: If an expression is wrong: file and entry are named.
    """
    entries = {}
    for field in fields(kind):  # type: ignore[arg-type]
        where = f"{folder / name}.yaml: {field.name}"
        entries[field.name] = _entry(files, name, field.name, str(field.type), where)
    return kind(**entries)


def _entry(
    files: Mapping[str, Mapping[str, Any]], file: str, name: str, form: str, where: str
) -> Any:
    value = files[file][name]
    if form in ("Pattern", "Part"):
        text = _expanded(files, file, value, where)
        try:
            pattern = re.compile(text)
        except re.error as error:
            raise OntologyError(f"{where}: the expression is wrong: {error}") from error
        return pattern if form == "Pattern" else text
    if form == "Words":
        return tuple(value)
    if form == "Rows":
        return tuple(map(tuple, value))
    return frozenset(value) if form == "WordSet" else value


def _expanded(
    files: Mapping[str, Mapping[str, Any]], file: str, text: str, where: str, depth: int = 0
) -> str:
    """An expression with each ``{name}`` in it replaced by what it stands for."""

    def one(match: re.Match[str]) -> str:
        own, _, name = match[1].rpartition(".")
        here = files.get(own or file, {})
        value = here.get(name, _SIGNS.get(match[1]))
        if value is None or depth > DEEPEST:
            way_out = did_you_mean(name, [*here, *_SIGNS])
            raise OntologyError(f"{where}: {match[0]} stands for nothing here; {way_out}")
        if isinstance(value, (list, dict)):
            return either(value)
        return _expanded(files, own or file, value, where, depth + 1)

    return _NAME.sub(one, text)


def either(words: Iterable[str]) -> str:
    """An expression for any one of some words, the longest first.

    >>> either(["市", "市区"])
    '市区|市'
    """
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))
