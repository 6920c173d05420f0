"""The words and expressions that claims are found by (``kg.extract.claims``).

Each class is the record of one file of ``ontology/words``, which explains its entries.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kg.ontology.lexicon.section import Part, Pattern, Words


@dataclass(frozen=True, eq=False)
class ClauseWords:
    """Who does what in a sentence: ``claims.clause`` and ``claims.clauses``."""

    apiece: str
    by: str
    after_noun: Part
    put_at: Part
    under: Part
    of_it: Part
    partners: str
    pair: Words
    in_row: str
    joined: Part
    done: Part
    at: Part
    leaning: Part
    within: Part
    inside: Part
    with_some: Part
    in_park: Part
    and_more: Part
    some_of: Part
    a_certain: Part
    segment: Pattern
    allied: Pattern
    some: Pattern
    with_: Pattern
    listed: Pattern
    unknown_items: Pattern
    joining: Pattern
    of: str
    means: Pattern
    purpose: Pattern
    owns: Pattern
    qualifies: Pattern
    items: Pattern
    marker: Pattern
    moved: Pattern
    noun_by: Pattern
    attributive: Pattern
    border: Pattern
    each_with_each: Pattern
    unknown_between: Pattern
    listed_many: Pattern
    list_sign: Pattern
    attached: Words
    aside: Pattern
    acted: Pattern
    legal: Pattern
    beside_body: Pattern
    committee: str
    ends_body: Pattern


@dataclass(frozen=True, eq=False)
class DenialWords:
    """What denies a statement, and what came to nothing: ``claims.status``."""

    denial: Words
    talks: Pattern
    harmless: Words
    takeovers: dict[str, Any]
    goes_on: Pattern
    after: Pattern
    done: Pattern
    oblique: Pattern
    comes: Pattern
    attributive: Pattern
    listed: Pattern
    of_it: Pattern
    ends_clause: Pattern
    dated: Pattern
    governs: Pattern


@dataclass(frozen=True, eq=False)
class NoticeWords:
    """What official notices say of themselves: ``claims.notices``."""

    makes_known: Pattern
    title_line: Pattern
    and_others: Pattern
    explained: Pattern
    adopted: Pattern
    printed_whole: Pattern
    known_behind: Pattern
    passed_on: Pattern
    issue: str
    will: str
    about: str
    made: Words
    goes_on: Pattern
    others: Pattern
    agreed: Pattern
    knows: Pattern
    gazette: Pattern
    goal_ends: Pattern
    day_only: Pattern
    goal_tail: Pattern
    past: Pattern
    tells_only: Pattern
    heading: Pattern
    goal: str
    year: Pattern
    dated_ahead: Pattern
    compared: Pattern
    letterheads: Words
    issuer_field: Pattern
    grounds: Pattern
    next_section: Pattern
    section: Pattern
    before_grounds: Pattern
    titles: Pattern
    grounds_said: Pattern
    opens_line: Pattern
    origin: Pattern
    made_on: Pattern
    put_on: Pattern
    numbered: Pattern
    between_bodies: str
    date_line: Pattern
    number_in_brackets: Pattern
    issued_number: Pattern
    cited: Pattern
    comes_out: Pattern


@dataclass(frozen=True, eq=False)
class OfficeWords:
    """Who holds which post where: ``claims.posts``."""

    byline_list: Pattern
    made_other: Pattern
    and_: str
    chief: Pattern
    chief_sign: str
    also: str
    not_chief: Part
    story_opens: Part
    paper_gap: Part
    dateline: Part
    fill: Part
    ends_unknown: Part
    part_of_firm: Part
    department: Part
    behind_post: Part
    posted: Part
    not_posted: Part
    chief_of_place: Part
    of_many: Part
    no_comrade: Part
    in_charge: Part
    body_gap: Part
    next_post: Part
    next_person: Part
    year: Part
    between_posts: Part
    doctor: Part
    before_person: Part
    not_replaced: Part
    of: Part
    title_ends: Pattern
    untitled: Pattern
    beside: Pattern
    not_beside: Pattern
    joins_body: Pattern
    taken_by: Pattern
    takes: Pattern
    founded_by: Pattern
    founds: Pattern
    post_behind: Pattern
    taken_on: Pattern
    ended: Pattern
    parted: Pattern
    meets: Pattern
    bracketed: Pattern
    opens_bracket: Pattern
    closes_bracket: Pattern
    nothing: Pattern
    clause_breaks: Pattern
    named_for: Pattern
    own_title: Pattern
    appoints: Pattern
    opens_clause: Pattern
    beside_other: Pattern
    row_ends: Pattern
    row_opens: Pattern
    owned_by: Pattern
    owns_only: Pattern
    latin_name: Pattern
    kind_of_firm: Pattern
    met: Pattern
    of_court: Pattern
    courts: Pattern
    prosecutions: Pattern
    source_of: Pattern
    schools: Pattern
    wished: Pattern
    sent_to: Pattern
    state_of: Pattern
    in_row: Pattern
