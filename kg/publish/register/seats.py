"""The name of a thing in, the place of the graph out that it opens with, where that can be but one.

What documents say of a place, and what follows from it (``kg.publish.derived.whereabouts``), goes
first. A name alone tells less: 兴业银行 is of no 兴业县, so it depends on whose name it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.ontology.places import Places
from kg.publish.register.register_data import LEVELS, rank

if TYPE_CHECKING:
    from kg.ontology.divisions import Division
    from kg.publish.register.register_data import RegisterData

# What of organisations is a firm, as the ontology calls the finer kinds.
FIRMS = ("company", "finance", "fund")
# A firm's name of so many characters is a registered one, which begins with the division of its
# seat; a shorter one may be a brand (宁德时代).
REGISTERED = 9
PLACED = ("Organisation", "Project", "Event")


def places_of(data: RegisterData, iri: str) -> frozenset[str]:
    """The places that a thing belongs to, else the one that its name opens with."""
    return frozenset(data.where.of.get(iri, ())) or seat(data, iri)


def seat(data: RegisterData, iri: str) -> frozenset[str]:
    """The division that the name of a body, project or event opens with."""
    if data.kinds.get(iri) not in PLACED:
        return frozenset()
    name, places = data.name(iri), Places.load(data.ontology)
    opens = places.leading(name)
    opening = places.resolve(name[:opens]) if 0 < opens < len(name) else None
    if opening is None or not _tells(data, iri, name, opening, name[:opens]):
        return frozenset()
    for division in (opening, *places.ancestors(opening.code)):
        if division.code in data.coded:
            return frozenset({data.coded[division.code]})
    return frozenset()


def _tells(data: RegisterData, iri: str, name: str, division: Division, printed: str) -> bool:
    """Whether the beginning of a name tells where its bearer is."""
    whole = printed == division.name or len(printed) > len(division.short)
    if data.subtype(iri) not in FIRMS:
        # The short names of districts are common words too: 新建, 东城, 华容.
        return whole or rank(division.code) != "county"
    if len(name) >= REGISTERED:
        return True
    # A firm of a province, but not its branch elsewhere: 上海银行重庆分行.
    rest = name[len(printed) :]
    places = Places.load(data.ontology)
    elsewhere = any(places.leading(rest[at:]) for at in range(len(rest) - 1))
    return (
        rank(division.code) == "province"
        and len(division.code) == LEVELS["county"]
        and not elsewhere
    )
