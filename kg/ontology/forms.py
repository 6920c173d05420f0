"""A value of a page in, an error out where it has not the form that it must have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.base.errors import OntologyError

if TYPE_CHECKING:
    from collections.abc import Callable


def expect(value: Any, form: str, where: str) -> None:
    """Check the form of a value.

    Args:
        value: As YAML gives it.
        form: One of the forms of the table below.
        where: File and term, for the message.

    Raises:
        OntologyError: If it has another form; where, what and the way out are named.

    >>> expect("twenty", "whole", "P.yaml: order")
    Traceback (most recent call last):
    kg.base.errors.OntologyError: P.yaml: order: 'twenty' is no whole number; write digits, as in 20
    """
    test, words = _TESTS[form]
    if not test(value):
        raise OntologyError(f"{where}: {value!r} is {words}")


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


# What a value may be: the test of it, and the words where it fails.
_TESTS: dict[str, tuple[Callable[[Any], bool], str]] = {
    "text": (_is_text, "no text; put it in quotation marks, '…'"),
    "whole": (lambda v: type(v) is int, "no whole number; write digits, as in 20"),
    "number": (_is_number, "no number; write digits, as in 0.8"),
    "flag": (lambda v: isinstance(v, bool), "neither true nor false; write one of the two"),
    "list": (
        _is_list,
        "no list of texts; write [a, b]",
    ),
    "rows": (
        lambda v: isinstance(v, list) and all(map(_is_list, v)),
        "no list of lists of texts; write [[a, b], [c, d]]",
    ),
    "texts": (
        lambda v: isinstance(v, dict) and all(map(_is_text, (*v, *v.values()))),
        "no text by name; write {zh: …, en: …}",
    ),
    "mapping": (
        lambda v: isinstance(v, dict),
        "no mapping of names to values; write 'name: value'",
    ),
    "rules": (lambda v: isinstance(v, list), "no list of rules; begin each with '- rule: …'"),
    "text or list": (
        lambda v: _is_text(v) or _is_list(v),
        "neither a text nor a list of texts; write a or [a, b]",
    ),
    "flag or text": (
        lambda v: isinstance(v, bool) or _is_text(v),
        "neither true, false nor a text; write one of them",
    ),
    "pairs": (lambda v: isinstance(v, list), "no list of what the rule finds; write [a, b]"),
}
