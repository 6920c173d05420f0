"""What a sum is the sum of: a total, one stage, a contract price, money raised, a yearly output.

The words that tell it stand on a page of the ontology (``words/deals.yaml``), before the sum in
its clause.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from kg.ontology import Ontology, Text

PAGE = "deals"
NEVER = "(?!)"
# So many characters before a sum may tell what it is.
BEFORE = 24
CLAUSE = re.compile(r"[，。；：\n\t（(]")


@dataclass(frozen=True)
class Kind:
    """One kind of sum.

    Attributes:
        name, label: What it is called.
        of: The attribute whose values are always of this kind; ``""`` for none.
        about: The class of the things all of whose sums are of this kind; ``""`` for none.
        before: What stands before such a sum.
    """

    name: str
    label: Text
    of: str
    about: str
    before: re.Pattern[str]


@dataclass(frozen=True)
class Kinds:
    """All kinds of sums of an ontology, in its order; the last is what a sum is else."""

    each: tuple[Kind, ...]

    @classmethod
    def read(cls, page: Mapping[str, Any]) -> Kinds:
        """The kinds that a page of the ontology has."""
        return cls(
            tuple(
                Kind(
                    name,
                    dict(said["label"]),
                    said.get("of", ""),
                    said.get("class", ""),
                    re.compile(said.get("before", NEVER)),
                )
                for name, said in page.get("amounts", {}).items()
            )
        )

    def of(self, attribute: str, about: str, lead: str) -> str:
        """The kind of a sum.

        Args:
            attribute: The attribute whose value it is.
            about: The class of the thing that it is said of.
            lead: What stands before it in its clause.

        >>> from kg.ontology import load
        >>> kinds = Kinds.read(load().words["deals"])
        >>> kinds.of("investment", "Project", "一期计划投资"), kinds.of("output", "Project", "")
        ('stage', 'output')
        >>> kinds.of("investment", "Project", "总投资约")
        'total'
        """
        for kind in self.each:
            if attribute == kind.of or about == kind.about or kind.before.search(lead):
                return kind.name
        return self.each[-1].name if self.each else ""


def kinds(ontology: Ontology) -> Kinds:
    """The kinds of sums of an ontology."""
    return Kinds.read(ontology.words.get(PAGE, {}))


def lead(text: str, start: int, least: int = 0) -> str:
    """What stands before a place in its clause, from ``least`` on at most.

    >>> lead("该项目落户乙区，一期投资3亿元", 12)
    '一期投资'
    """
    words = text[max(least, start - BEFORE, 0) : start]
    return CLAUSE.split(words)[-1]
