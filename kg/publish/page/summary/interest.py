"""Things and what is said of them in, how much each has to tell out: what a picture shows first.

Who invests, signs, builds or issues tells more than who works where, and that more than in which
larger place a place lies: of that any graph of documents has most, and no reader asks for it.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from kg.corpus.compound.deals.assemble import parts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.base.records import Deal
    from kg.ontology import Ontology, Relation

TELLING = 3  # a link that says what somebody does; one that only says where something is counts 1
DEAL, SUM = 6, 10  # being part of a deal, and of one whose sum is known
FIRST = 1_000_000  # more than links ever add: what a story is about


def weights(ontology: Ontology) -> dict[str, int]:
    """What a link of each relation adds to the interest of both its ends.

    >>> from kg.ontology import load
    >>> found = weights(load())
    >>> found["signs"], found["locatedIn"], found["partOf"]
    (3, 1, 0)
    """
    return {relation.name: _weight(relation) for relation in ontology.relations.values()}


def _weight(relation: Relation) -> int:
    if holds(relation):
        return 0
    return 1 if relation.places == "subject" else TELLING


def holds(relation: Relation) -> bool:
    """Whether it says what a thing is a lasting part of: places in places, offices in bodies."""
    return relation.lasting and relation.same_class


def of_deals(deals: Iterable[Deal]) -> Counter[str]:
    """What deals add to the interest of their parts, by IRI."""
    interest: Counter[str] = Counter()
    for deal in deals:
        for part in parts_of(deal):
            interest[part] += SUM if deal.amounts else DEAL
    return interest


def drawn_interest(view: Any, ontology: Ontology) -> Mapping[str, int]:
    """How much each node of a graph to draw has to tell; ``view`` is as ``page`` takes it."""
    known = weights(ontology)
    interest: Counter[str] = Counter()
    links = {(one, other, relation) for one, other, relation in view.edges(data="predicate")}
    for one, other, predicate in links:
        interest[one] += known.get(predicate, TELLING)
        interest[other] += known.get(predicate, TELLING)
    for node, deals in view.nodes(data="deals"):
        interest[node] += sum(SUM if sums else DEAL for _, sums, *_ in deals or ())
    return interest
