"""The words and expressions that tell which names are of one thing (``kg.extract.resolve``).

Each class is the record of one file of ``ontology/words``, which explains its entries.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kg.ontology.lexicon.section import Pattern, Rows, Words, WordSet


@dataclass(frozen=True, eq=False)
class BodyWords:
    """Which names of bodies mean the same body: ``kg.extract.resolve.bodies``."""

    kinds: WordSet
    same: Rows
    committee: Pattern
    legal: WordSet
    groups: Words
    companies: WordSet
    firm: Pattern
    group: Pattern
    no_place: Pattern


@dataclass(frozen=True, eq=False)
class IdentityWords:
    """What a thing is known by in all documents: ``kg.extract.resolve.identity``."""

    everywhere: Pattern
    own: Pattern
    states: dict[str, str]
    home: str
    party: str
    frequent: int
    towns: Pattern
    levels: Pattern
    seats: WordSet
    committees: Pattern
    departments: Pattern
    heads: Pattern
    kinds: Pattern
    ranks: Pattern
    works: Pattern
    odd: dict[str, Any]
    joined: Pattern
    phrase: Pattern
    channels: Pattern
    teams: Pattern
    passing: Pattern
    suffix: Pattern
    firms: Pattern
    latin: Pattern
    edition: Pattern


@dataclass(frozen=True, eq=False)
class SamenessWords:
    """Which names in a document are of one thing: ``kg.extract.resolve``."""

    levels: str
    twice: Pattern
    legal: Pattern
    forms: Pattern
    whole: Pattern
    keeps_group: Words
    ends: Words
    nation: Pattern
    seat: Pattern
    seated: Pattern
    left_of_office: Words
    university: str
    which: Pattern
    bureau: Pattern
    ends_place: str
    joined: str
    filler: Pattern
    beside: Pattern
    here: Pattern
    committee_of_place: str
    party_committee: str
    firm: str
    company: str
    group: str
    office: str
    school: str
    posted: str
    society: Pattern
    societies: Pattern
    holding: Pattern
    row: Pattern
    led: Pattern
    units: Pattern
    parties: Pattern
    direct: Pattern
    numbered: Pattern
    members: Pattern
    below: Pattern
    daughter: Pattern
    branch: Pattern
    dealer: Pattern
    regime: str
    kin: Pattern
    league: str
    paired: Pattern
    sided: Pattern
    wholes: Pattern
