"""Records in, JSON out, and back: the same record, and the same text for the same record.

A record becomes the list of its fields; the types that its class declares tell how to read
them back. Only what ``kg.base.records`` uses is known: texts, numbers, truth values, records,
tuples of one type, and what may be missing.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

Coder = Callable[[Any], Any]
T = TypeVar("T")


def encode(record: Any) -> str:
    """A record as one line of JSON.

    >>> from kg.base.records import Span
    >>> encode(Span(3, 5))
    '[3,5]'
    """
    kind: Any = type(record)
    return json.dumps(_to(kind)(record), ensure_ascii=False, separators=(",", ":"))


def decode(kind: type[T], text: str) -> T:
    """The record that was encoded.

    Raises:
        ValueError: If the text is no record of this class.

    >>> from kg.base.records import Span
    >>> decode(Span, "[3,5]")
    Span(start=3, end=5)
    """
    try:
        wanted: Any = kind
        record: T = _from(wanted)(json.loads(text))
    except (TypeError, IndexError, KeyError) as error:
        raise ValueError(f"this is no {kind.__name__}: {error}") from error
    return record


@cache
def _to(kind: Any) -> Coder:
    inner = _inner(kind)
    if dataclasses.is_dataclass(kind):
        fields = [(name, _to(hint)) for name, hint in _fields(kind)]
        return lambda value: [coder(getattr(value, name)) for name, coder in fields]
    if inner is None:
        return _same
    coder = _to(inner)
    if get_origin(kind) is tuple:
        return lambda value: [coder(one) for one in value]
    return lambda value: None if value is None else coder(value)


@cache
def _from(kind: Any) -> Coder:
    inner = _inner(kind)
    if dataclasses.is_dataclass(kind):
        coders = [_from(hint) for _, hint in _fields(kind)]
        make: Any = kind
        return lambda data: make(*(c(one) for c, one in zip(coders, data, strict=True)))
    if inner is None:
        return _same
    coder = _from(inner)
    if get_origin(kind) is tuple:
        return lambda data: tuple(coder(one) for one in data)
    return lambda data: None if data is None else coder(data)


def _inner(kind: Any) -> Any:
    """What a tuple holds, or what may be missing; None for a plain value or a record."""
    if get_origin(kind) is tuple:
        inner, rest = get_args(kind)
        assert rest is Ellipsis, f"{kind} is no tuple of one type"
        return inner
    if get_origin(kind) in (Union, UnionType):
        (inner,) = (one for one in get_args(kind) if one is not NoneType)
        return inner
    return None


def _fields(kind: Any) -> list[tuple[str, Any]]:
    hints = get_type_hints(kind)
    return [(field.name, hints[field.name]) for field in dataclasses.fields(kind)]


def _same(value: Any) -> Any:
    return value
