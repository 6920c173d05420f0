"""Names and which of them mean one thing, in ``tests/data/resolve``.

The files hold cases as those of ``tests/data/claims`` do. Of the names of bodies in each ``text``,
with 、 between them:

- ``joined`` are pairs that are one body of that ``kind``, the short name first, with the rule
- ``abridged`` are pairs of which the first says less of what the second says, with the rule
- ``two`` tells whether both are known to be those of two bodies
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kg.extract.resolve.abridged import abridged
from kg.extract.resolve.bodies import Bodies
from kg.extract.resolve.distinct import distinct
from kg.ontology import load
from kg.ontology.places import Places
from tests.testing.files.cases import cases, files

if TYPE_CHECKING:
    from collections.abc import Callable

ONTOLOGY = load()
BODIES = Bodies(ONTOLOGY)
PLACES = Places.load(ONTOLOGY)
CASES = dict(pair for file in files("resolve") for pair in cases(file))


def joined(names: list[str], kind: str) -> list[list[str]]:
    return sorted([s.short, s.full, s.rule] for s in BODIES.same({(n, kind) for n in names}))


def less(names: list[str], _: str) -> list[list[str]]:
    lexicon = ONTOLOGY.lexicon
    found = abridged(tuple(names), lexicon.grammar.industry, PLACES, lexicon)
    return sorted([s.short, s.full, s.rule] for s in found)


def two(names: list[str], _: str) -> bool:
    one, other = names
    table = distinct(str(ONTOLOGY.folder))
    return table.are_two("Organisation", one, other)


READ: dict[str, Callable[[list[str], str], Any]] = {"joined": joined, "abridged": less, "two": two}


def test_no_case_is_lost() -> None:
    assert len(CASES) >= 65
    for name, case in CASES.items():
        assert len(case.keys() & READ.keys()) == 1, f"{name} asks for nothing, or for two things"
        assert case.keys() <= {"case", "text", "gaps", "kind", *READ}, name


@pytest.mark.parametrize("name", CASES)
def test_names_mean_what_it_says(name: str) -> None:
    case = CASES[name]
    (key,) = case.keys() & READ.keys()
    names = case["text"].split("、")
    found = READ[key](names, case.get("kind", ""))
    assert found == case[key], f"tests/data/{name}\nnames: {names}"


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.get("two")])
def test_two_bodies_are_two_in_whichever_order(name: str) -> None:
    assert two(CASES[name]["text"].split("、")[::-1], "")
