"""What a sum is the sum of: a total, one stage, a contract price, money raised, a yearly output.

The words that tell it stand on a page of the ontology (``words/deals.yaml``), before or behind
the sum in its clause.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from kg.ontology import Ontology, Text

PAGE = "deals"
NEVER = "(?!)"
YUAN = "CNY"
# So many characters before and behind a sum may tell what it is.
BEFORE, BEHIND = 24, 12
CLAUSE = re.compile(r"[，。；：\n\t（(]")
# What stands for the sum in the expressions of the page.
SUM = "<v>"


@dataclass(frozen=True)
class SumKind:
    """One kind of sum.

    Attributes:
        name, label: What it is called.
        of: The attribute whose values are always of this kind; ``""`` for none.
        about: The class of the things all of whose sums are of this kind; ``""`` for none.
        pattern: How such a sum is told; ``<v>`` stands for it.
        never: The attributes whose value such a sum is not, whoever claims it.
        most: The 99th percentile of such sums in yuan, 0 where it is not known.
    """

    name: str
    label: Text
    of: str
    about: str
    pattern: re.Pattern[str]
    never: tuple[str, ...] = ()
    most: Decimal = Decimal(0)


@dataclass(frozen=True)
class SumKinds:
    """All kinds of sums of an ontology, in its order; the last is that of any other sum."""

    each: tuple[SumKind, ...]

    @classmethod
    def read(cls, page: Mapping[str, Any]) -> SumKinds:
        """The kinds that a page of the ontology has."""
        return cls(tuple(_kind(name, entry) for name, entry in page.get("amounts", {}).items()))

    def of(self, attribute: str, about: str, lead: str, tail: str = "") -> str:
        """The kind of a sum.

        Args:
            attribute: The attribute whose value it is.
            about: The class of the thing that it is said of.
            lead: What stands before it in its clause.
            tail: What stands behind it.

        >>> from kg.ontology import load
        >>> sum_kinds = SumKinds.read(load().words["deals"])
        >>> of = sum_kinds.of
        >>> of("investment", "Project", "一期计划投资"), of("output", "Project", "")
        ('stage', 'output')
        >>> sum_kinds.of("investment", "Project", "总投资约")
        'total'
        >>> sum_kinds.of("investment", "Project", "获得", "银行贷款")
        'loan'
        """
        words = f"{lead}{SUM}{tail}"
        for kind in self.each:
            if attribute == kind.of or about == kind.about or kind.pattern.search(words):
                return kind.name
        return self.each[-1].name if self.each else ""

    def __getitem__(self, name: str) -> SumKind | None:
        return next((kind for kind in self.each if kind.name == name), None)


def _kind(name: str, entry: Mapping[str, Any]) -> SumKind:
    return SumKind(
        name,
        dict(entry["label"]),
        entry.get("of", ""),
        entry.get("class", ""),
        re.compile(entry.get("said", NEVER)),
        tuple(entry.get("never", ())),
        Decimal(str(entry.get("most", 0))),
    )


def sum_kinds(ontology: Ontology) -> SumKinds:
    """The kinds of sums of an ontology."""
    return SumKinds.read(ontology.words.get(PAGE, {}))


def lead(text: str, start: int, least: int = 0) -> str:
    """What stands before a place in its clause, from ``least`` on at most.

    >>> lead("该项目落户乙区，一期投资3亿元", 12)
    '一期投资'
    """
    words = text[max(least, start - BEFORE, 0) : start]
    return CLAUSE.split(words)[-1]


def tail(text: str, end: int, most: int) -> str:
    """What stands behind a place in its clause, up to ``most``.

    >>> tail("获得3亿元贷款支持，用于建设", 5, 13)
    '贷款支持'
    """
    return CLAUSE.split(text[end : min(end + BEHIND, most)])[0]


def format_sum(number: str, currency: str, kind: str) -> str:
    """A sum as the graph keeps it where a number alone would not tell what it is.

    >>> format_sum("500000000", "USD", "total")
    '500000000 USD total'
    """
    return f"{number} {currency} {kind}"


def parse_sum(text: str) -> tuple[str, str, str]:
    """Number, currency and kind of a written sum; texts of another form have no currency.

    >>> parse_sum("500000000 USD total"), parse_sum("about much")
    (('500000000', 'USD', 'total'), ('', '', ''))
    """
    match = re.fullmatch(r"(\d+(?:\.\d+)?) ([A-Z]{3}) (\w+)", text)
    return (match[1], match[2], match[3]) if match else ("", "", "")
