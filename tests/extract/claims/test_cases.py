"""Texts and what they tell, in ``tests/data/claims``: each case says what is found and what is not.

A file holds a list of cases. ``text`` is a text, or a list of them; ``gaps`` are words for the gaps
``{name}`` in it, each of which is tried with each of the others (of ``body, post`` two at a time).
Of each text that comes of it:

- ``claims`` are stated (subject, relation, object or value), those of ``not`` are not
- ``names`` are found, by their class, those of ``unnamed`` are not, those of ``maybe`` may be
- ``without`` are relations and classes that nothing in it has
- ``only`` are relations and classes of which nothing else is found
"""

from __future__ import annotations

import pytest

from kg.ontology import load
from tests.testing.files.cases import FILES, Case, cases
from tests.testing.reading import named, read, told

NAMES = {"names", "unnamed", "maybe"}
KEYS = {"case", "text", "gaps", "claims", "not", "without", "only", *NAMES}
CASES = dict(pair for file in FILES for pair in cases(file))


def stated(case: Case, key: str) -> set[tuple[str, str, str]]:
    return {(s, p, o) for s, p, o in case.get(key, ())}


def test_every_case_is_read_and_says_something() -> None:
    assert len(CASES) == sum(len(list(cases(file))) for file in FILES) >= 900
    classes, relations = set(load().classes), {*load().relations, *load().attributes}
    for name, case in CASES.items():
        assert case.keys() <= KEYS, name
        assert case.keys() - {"case", "text", "gaps"}, f"{name} says nothing"
        predicates = {p for _, p, _ in stated(case, "claims") | stated(case, "not")}
        assert predicates <= relations, name
        assert {kind for key in NAMES for kind in case.get(key, ())} <= classes, name
        assert {*case.get("without", ()), *case.get("only", ())} <= classes | relations, name


@pytest.mark.parametrize("name", CASES)
def test_a_text_tells_what_it_says_and_no_more(name: str) -> None:
    case = CASES[name]
    reading = read(case["text"])
    found, things = told(reading), named(reading)
    claims, names = stated(case, "claims"), case.get("names", {})
    assert claims - found == set()
    assert stated(case, "not") & found == set()
    for kind, given in names.items():
        assert set(given) - things.get(kind, set()) == set()
    for kind, given in case.get("unnamed", {}).items():
        assert set(given) & things.get(kind, set()) == set()
    there = {claim.predicate for claim in reading.claims} | things.keys()
    assert there & set(case.get("without", ())) == set()
    for kind in case.get("only", ()):
        assert {claim for claim in found if claim[1] == kind} <= claims
        known = {*names.get(kind, ()), *case.get("maybe", {}).get(kind, ())}
        assert things.get(kind, set()) <= known
