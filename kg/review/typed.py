"""What somebody types for a decision in, the value, status, class or name that it is out."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from kg.base.errors import QueryError, did_you_mean
from kg.base.records import Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.query.graph import Graph


def value_of(words: str, datatypes: Sequence[str]) -> Value:
    """The value of an attribute of some datatypes.

    Raises:
        QueryError: If it is none of them.
    """
    forms = {
        "date": r"\d{4}-\d\d-\d\d",
        "gYearMonth": r"\d{4}-\d\d",
        "gYear": r"\d{4}",
        "gMonthDay": r"--\d\d-\d\d",
        "string": r"(?s).*\S.*",
    }
    for datatype in datatypes:
        if datatype in ("decimal", "integer"):
            try:
                number = Decimal(words)
            except InvalidOperation:
                continue
            if number.is_finite() and -18 <= number.adjusted() <= 30:
                return Value(decimal_of(number), datatype)
        elif re.fullmatch(forms[datatype], words):
            return Value(words, datatype)
    wanted = ", ".join(datatypes)
    raise QueryError(
        f"{words!r} is no value of this attribute; write a {wanted} (30亿元: 3e9)",
        zh=f"“{words}”不是这个属性的值；应为 {wanted}（30亿元：3e9）",
    )


def decimal_of(number: Decimal) -> str:
    """A number without exponent.

    >>> decimal_of(Decimal("3e9")), decimal_of(Decimal("1.50"))
    ('3000000000', '1.5')
    """
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def status_of(graph: Graph, status: str) -> str:
    """A status of the ontology, or none."""
    if status and status not in graph.ontology.statuses:
        known = graph.ontology.statuses
        raise QueryError(
            f"{status} is no status; {did_you_mean(status, known)}",
            zh=f"没有状态 {status}；{did_you_mean(status, known, 'zh')}",
        )
    return status


def class_of(graph: Graph, klass: str) -> str:
    """A class of the ontology."""
    if klass not in graph.ontology.classes:
        raise QueryError(
            f"{klass} is no class; {did_you_mean(klass, graph.ontology.classes)}",
            zh=f"没有类别 {klass}；{did_you_mean(klass, graph.ontology.classes, 'zh')}",
        )
    return klass


def name_of(name: str) -> str:
    """A name on one line."""
    if not name.strip() or "\n" in name:
        raise QueryError(f"{name!r} is no name; write one on one line", zh="名称请写在一行里")
    return name.strip()
