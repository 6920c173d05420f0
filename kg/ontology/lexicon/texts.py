"""The words and expressions that texts are cut up by (``kg.extract.segment``, ``.values``).

Each class is the record of one file of ``ontology/words``, which explains its entries.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kg.ontology.lexicon.section import Part, Pattern, Words


@dataclass(frozen=True, eq=False)
class LayoutWords:
    """How pages of newspapers and notices are laid out: ``kg.extract.segment``."""

    dateline: Words
    glued: str
    byline: Pattern
    turned: Pattern
    closing: Pattern
    notice: Words
    attachment: Pattern
    list_marker: Pattern
    caption: Pattern
    field: Pattern
    folio: Pattern
    header: Words
    issue: Pattern
    signature: Pattern
    stop: Pattern
    quoted_stock: Pattern
    measures: str
    number: Pattern
    number_of_row: Pattern
    defined: Pattern
    day: Part
    section: Pattern
    roll: Pattern
    rest: Pattern
    credit: Pattern
    priced: Pattern
    numbered: Pattern
    alone_line: Pattern
    kinds_of_paper: str
    title_begun: Pattern
    title_ended: Pattern
    title: Pattern
    why_made: Pattern
    announces: Pattern
    title_whole: Pattern
    about: str
    of: str
    goes_on: Words


@dataclass(frozen=True, eq=False)
class FileWords:
    """How files are read: characters, programs and what they write by themselves."""

    frequent: Words
    radicals: dict[str, str]
    date_formats: dict[str, Any]
    half_days: str
    sheet: Pattern
    page_number: Pattern
    day: Pattern
    user: str


@dataclass(frozen=True, eq=False)
class TableWords:
    """Tables and records of fields: ``segment.grid``, ``finders.table``, ``claims.cells``."""

    unit: Pattern
    sum: str
    totals: Pattern
    heading: Pattern
    alone: Pattern
    who: Words
    serial: Pattern
    counted: Pattern
    number: Pattern
    group: Pattern
    list_mark: Pattern
    field: Pattern
    about_field: Pattern
    between_fields: Pattern
    names_record: Pattern
    party: Pattern
    unit_of_column: Pattern
    sum_in_cell: Pattern
    name_field: str
    own_unit: Pattern
    total: Pattern
    rather: Pattern


@dataclass(frozen=True, eq=False)
class DateWords:
    """Days, and the day on which a document was written: ``kg.extract.values``."""

    in_file_name: Pattern
    own: Pattern
    dated_behind: Pattern
    dated_before: Pattern
    lead: Pattern
    held_before: Pattern
    until: Pattern
    yearly: Pattern
    edition: Pattern
    planned: Pattern
    looks_back: Pattern
    ahead: Pattern
    masthead: Pattern
    in_: str
    full_day: Pattern
    year_told: Pattern


@dataclass(frozen=True, eq=False)
class ValueWords:
    """Amounts of money, and words that count from a day: ``kg.extract.values``."""

    units: dict[str, Any]
    currencies: dict[str, str]
    signs: dict[str, str]
    before: Words
    together: Words
    after: Words
    relative_years: dict[str, Any]
    relative_months: dict[str, Any]
    relative_weeks: dict[str, Any]
    relative_days: dict[str, Any]
    weekdays: str
    editions: Words
    numbers: str
    quarters: dict[str, Any]
    halves: dict[str, Any]
    books: Words
    on_the_day: str
    every_year: Words
    to_come: str
    big: str
    more: str
    numerals: str
    vague: str
    range: str
    yuan: str
    bare_units: Words
    unnamed_units: Words
    of_money: Pattern
    round_numbers: dict[str, Any]
    other_numerals: dict[str, str]
    month: str
    year: str
    stretch: Pattern
    written: Pattern
    bare: Pattern
    sum_before: Pattern
    edition: Pattern
    without_year: Pattern
    without_month: Pattern
    opens_with_day: Pattern
    figure: Pattern
