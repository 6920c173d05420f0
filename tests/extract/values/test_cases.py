"""Values and what they are read as, in ``tests/data/values``.

The files hold cases as those of ``tests/data/claims`` do. Of each ``text``:

- ``amounts`` are all sums of money in it and ``dates`` all its days; ``page`` is the day that they
  are counted from. A value is told as the graph keeps it, its end behind a stroke if it is a range;
  or by a mapping: what it ``is``, and whatever else the case is about
- ``kind`` is that of a sum where ``…`` stands: of an ``attribute`` of a thing of the class that it
  is ``about``, or of the investment of a project
- ``day`` is that of an article and ``source`` what tells it, in a file of that ``name`` that was
  ``published`` on a day and has a ``media`` type
- ``year`` is the one that a text tells, around a day that is ``near``
- ``named`` is the day that the name of a file tells
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kg.base.records import Document
from kg.extract.segment.articles import segment
from kg.extract.segment.dateline import layout_patterns
from kg.extract.values.article_date import article_date, date_in_name, page_dates
from kg.extract.values.partial_date import parse_date
from kg.extract.values.sum_kinds import sum_kinds
from kg.extract.values.values import ValueFinder
from kg.extract.values.year_evidence import year_of_text
from kg.ontology import load
from tests.testing.files.cases import cases, files

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.extract.values.dates import FoundValue
    from tests.testing.files.cases import Case

ONTOLOGY = load()
LAYOUT = layout_patterns(ONTOLOGY)
VALUES = ValueFinder(ONTOLOGY.lexicon.values)
CASES = dict(pair for file in files("values") for pair in cases(file))
# What a case says of its text, beside what is asked.
GIVEN = {
    "case",
    "text",
    "gaps",
    "page",
    "name",
    "published",
    "media",
    "near",
    "source",
    "attribute",
    "about",
}


def one(found: FoundValue, wanted: Any) -> Any:
    """A value that was found, in the way that a case tells the one it wants."""
    value = found.value
    if not isinstance(wanted, dict):
        return "/".join(filter(None, (value.lexical, value.high)))
    told = {
        "is": value.lexical,
        "to": value.high,
        "qualifier": value.qualifier,
        "printed": value.printed,
        "datatype": value.datatype,
        "currency": found.currency,
        "anchor": value.anchor,
    }
    return {key: told[key] for key in wanted}


def several(case: Case, key: str, found: list[FoundValue]) -> list[Any]:
    assert all(f.value.printed == case["text"][f.start : f.end] for f in found)
    wanted = [*case[key], *[""] * len(found)]
    return [one(value, wanted[i]) for i, value in enumerate(found)]


def amounts(case: Case) -> list[Any]:
    return several(case, "amounts", list(VALUES.money(case["text"])))


def dates(case: Case) -> list[Any]:
    return several(
        case, "dates", list(VALUES.dates(case["text"], parse_date(case.get("page", ""))))
    )


def kind(case: Case) -> str:
    lead, tail = case["text"].split("…")
    attribute, about = case.get("attribute", "investment"), case.get("about", "Project")
    return sum_kinds(ONTOLOGY).of(attribute, about, lead, tail)


def day(case: Case) -> str:
    more = {key: case[key] for key in ("published", "media") if key in case}
    document = Document("d", case.get("name", "d.txt"), case["text"], **more)
    date = article_date(segment(document, ONTOLOGY)[0], page_dates(document, LAYOUT), LAYOUT)
    return str(date) if date.source == case["source"] else f"{date}, told by {date.source}"


def year(case: Case) -> str:
    near = parse_date(case.get("near", ""))
    return str(year_of_text(case["text"], LAYOUT, (near.month, near.day)) or "")


def named(case: Case) -> str:
    return str(date_in_name(case["text"], ONTOLOGY.lexicon.dates))


READ: dict[str, Callable[[Case], Any]] = {
    "amounts": amounts,
    "dates": dates,
    "kind": kind,
    "day": day,
    "year": year,
    "named": named,
}


def test_no_case_is_lost() -> None:
    assert len(CASES) >= 155
    for name, case in CASES.items():
        assert len(case.keys() & READ.keys()) == 1, f"{name} asks for nothing, or for two things"
        assert case.keys() <= GIVEN | READ.keys(), name


@pytest.mark.parametrize("name", CASES)
def test_a_text_is_read_as_it_says(name: str) -> None:
    case = CASES[name]
    (key,) = case.keys() & READ.keys()
    found = READ[key](case)
    assert found == case[key], f"tests/data/{name}\ntext: {case['text']}"
