"""Names and the codes of places that they mean, in ``tests/data/places``.

The files hold cases as those of ``tests/data/claims`` do. Of each ``text``, by code (``""``: none):

- ``readings`` are all places that it may mean
- ``means`` is the one it means where those ``around`` it are named
- ``here`` is the one that 我市 means to who speaks at ``home``
- ``number`` is the place of a number of a document, with those ``around`` it; ``publisher`` that of
  a newspaper
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kg.ontology import load
from kg.ontology.places import Places
from tests.testing.files.cases import cases, files

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.ontology.divisions import Division
    from tests.testing.files.cases import Case

PLACES = Places.load(load())
CASES = dict(pair for file in files("places") for pair in cases(file))


def code(division: Division | None) -> str:
    return division.code if division else ""


def around(case: Case) -> set[str]:
    return set(case.get("around", ()))


READ: dict[str, Callable[[Case], Any]] = {
    "readings": lambda case: [d.code for d in PLACES.by_name(case["text"])],
    "means": lambda case: code(PLACES.resolve(case["text"], around(case))),
    "here": lambda case: code(PLACES.here(case["text"], case["home"])),
    "number": lambda case: code(PLACES.number_prefix(case["text"], around(case))),
    "publisher": lambda case: code(PLACES.publisher(case["text"])),
}


def test_no_case_is_lost() -> None:
    assert len(CASES) >= 90
    for name, case in CASES.items():
        assert len(case.keys() & READ.keys()) == 1, f"{name} asks for nothing, or for two things"
        assert case.keys() <= {"case", "text", "gaps", "around", "home", *READ}, name


@pytest.mark.parametrize("name", CASES)
def test_a_name_means_what_it_says(name: str) -> None:
    case = CASES[name]
    (key,) = case.keys() & READ.keys()
    assert READ[key](case) == case[key], f"tests/data/{name}\ntext: {case['text']}"
