"""The words and expressions that names are found by (``kg.extract.mentions``).

Each class is the record of one file of ``ontology/words``, which explains its entries.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kg.ontology.lexicon.section import Part, Pattern, Words, WordSet


@dataclass(frozen=True, eq=False)
class GrammarWords:
    """Where names begin and end, and what the words of a segmenter are cut into."""

    cut: Words
    inner: Words
    adjacent: Words
    before_place: Words
    making: Words
    works: Words
    industry: Words
    holding: Words
    lately: Words
    listed: Words
    glued: dict[str, str]
    glue: WordSet
    conjunctions: Words
    short_levels: str
    counting: str
    towards: str
    dashes: str
    aside: Pattern
    dated: Pattern
    hidden: str
    coined_self: Words
    both: str
    to: str
    trimmed: str
    functions: str
    groups: Words
    firms: Words
    this: str
    after_holding: Part
    part_of_day: Part


@dataclass(frozen=True, eq=False)
class HeadWords:
    """Names by their head nouns (公司, 项目, 大会): ``kg.extract.mentions.heads``."""

    addressed: Pattern
    years: Pattern
    levelled: Pattern
    glosses: Words
    compass: Words
    item: Pattern
    towns: Words
    counted: Pattern
    tallied: Pattern
    distinct: Pattern
    marked: Pattern
    in_use: Pattern
    comes_to_be: Pattern
    locative: Pattern
    vague: str
    levels: str
    regions: Words
    branch: Pattern
    whole_still: Pattern
    seats: Pattern
    posted: Pattern
    committee: str
    group: str
    general_bureau: str
    committees: Words
    subordinate: Words
    tells_clause: Pattern
    there_at: Pattern
    dateline: Pattern
    joins: Words
    at: str
    of: str
    follows_head: Pattern
    no_nouns: Words
    edition_told: Pattern
    motto_before: Pattern
    opens: Words
    after_verb: Part


@dataclass(frozen=True, eq=False)
class TownWords:
    """Places: ``finders.place`` and ``finders.address`` of ``kg.extract.mentions``."""

    full: Pattern
    rural: Pattern
    home: str
    people: str
    holds_none: str
    never_first: str
    areas: Words
    higher: Words
    every: str
    with_: str
    sure: Words
    listing: str
    doing: str
    village_goes_on: Pattern
    narrower: Pattern
    zones: Words
    no_name: Pattern
    goes_lower: Pattern
    parts: Words
    quarters: Words
    works: Pattern
    zone: Pattern
    hills: Words
    before_zone: str


@dataclass(frozen=True, eq=False)
class SurnameWords:
    """Surnames of persons."""

    single: Words
    compound: Words
    common: Words
    words: Words


@dataclass(frozen=True, eq=False)
class PersonWords:
    """Persons, bylines and the posts that persons have."""

    begins: Words
    follows: Words
    speaks: Words
    acts: Words
    trailing: str
    never: Words
    appointed: Words
    dismissed: Words
    called: Words
    dignities: Words
    office: str
    beside: Words
    takes: Words
    holds: Words
    branches: str
    collective: Words
    unnamed: Words
    envoys: str
    units: Words
    between: str
    lead: Words
    party: Words
    member: Words
    linking: str
    byline: dict[str, Any]
    byline_gap: str
    byline_end: str
    byline_opening: Pattern
    role_gap: str
    list_end: str
    foreign_gap: str
    credit: str
    appointing: str
    comrade: str
    by_whom: str
    sex: str
    dismissed_from: str
    post: str
    of_body: str
    polite: Pattern
    aimed: str
    taking: str
    before_party: Part
    to_another: Part


@dataclass(frozen=True, eq=False)
class TitleWords:
    """Names in quotation marks and titles: ``finders.finders``, ``finders.title``."""

    making_gap: str
    series: str
    series_end: str
    filler: str
    version: str
    alone: Pattern
    beside: Pattern
    book: Pattern


@dataclass(frozen=True, eq=False)
class ShortWords:
    """Short names: ``finders.short`` and ``finders.lookup``."""

    sort: Pattern
    other: str
    defines: Pattern
    forms: Pattern
    several: Pattern


@dataclass(frozen=True, eq=False)
class TrimWords:
    """What stands at the edges of names and is no part of them: ``mentions.trimmed``."""

    no_bodies: Pattern
    takes: Pattern
    body_leads: Pattern
    body_lead: Pattern
    body_joined: Pattern
    body_halves: Pattern
    body_tail: Pattern
    body_tails: Pattern
    no_persons: Pattern
    person_leads: Pattern
    person_tails: Pattern
    person_tail: Pattern
    foreign_tail: dict[str, str]
    word_tail: dict[str, str]
    name_goes_on: Pattern
    no_places: Pattern
    place_doubled: Pattern
    place_goes_on: Pattern
    no_works: Pattern
    work_leads: Pattern
    work_tail: Pattern
    work_stage: Pattern
    plus: Pattern
    work_quoted: Pattern
    work_begins: Pattern
    work: Pattern
    work_ends: Pattern
    used_for: Pattern
