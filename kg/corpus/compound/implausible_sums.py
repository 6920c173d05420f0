"""The sums of deals in, those too large to be believed out, with the reason.

A sum that is ten times the 99th percentile of its kind (``most`` in ``words/deals.yaml``) is
more often a slip of a text or of its reading than a fact. It stays in the graph; reports,
``kg explain`` and ``kg review`` say so.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from kg.extract.values.sum_kinds import YUAN, sum_kinds

if TYPE_CHECKING:
    from kg.base.records import Amount, Knowledge
    from kg.extract.values.sum_kinds import SumKinds
    from kg.ontology import Ontology

# So many times the 99th percentile.
TIMES = 10


class ImplausibleSum(NamedTuple):
    """A sum that is hard to believe.

    Attributes:
        amount: The sum.
        deal: The IRI of its deal.
        most: The 99th percentile of sums of its kind, in yuan.
    """

    amount: Amount
    deal: str
    most: Decimal


def limit(amount: Amount, known: SumKinds) -> Decimal:
    """The 99th percentile that a sum exceeds ten times; 0 where it is believable, or not in yuan.

    >>> from kg.ontology import load
    >>> from kg.base.records import Amount
    >>> known = sum_kinds(load())
    >>> limit(Amount("500000000", "total"), known)
    Decimal('0')
    >>> limit(Amount("9000000000000", "total"), known) > 0
    True
    """
    kind = known[amount.kind]
    if kind is None or amount.currency != YUAN or not kind.most:
        return Decimal(0)
    return kind.most if Decimal(amount.value) >= TIMES * kind.most else Decimal(0)


def implausible_sums(knowledge: Knowledge, ontology: Ontology) -> tuple[ImplausibleSum, ...]:
    """The sums of a graph that are hard to believe, in the order of their deals."""
    known = sum_kinds(ontology)
    return tuple(
        ImplausibleSum(amount, deal.id, most)
        for deal in knowledge.deals
        for amount in deal.amounts
        if (most := limit(amount, known))
    )
