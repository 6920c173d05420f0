"""Texts and what they tell, in ``tests/data/claims``: each case says what is found and what is not.

A file holds a list of cases: ``text``, the ``claims`` that it states and those that it does ``not``
(subject, relation, object or value), and relations that nothing in it has (``without``).
"""

from __future__ import annotations

from typing import Any

import pytest

from kg.ontology import load
from kg.ontology.files import read_yaml
from tests.conftest import ROOT
from tests.testing.reading import claims, read

FILES = sorted((ROOT / "tests" / "data" / "claims").glob("*.yaml"))
CASES = {f"{file.stem}: {case['case']}": case for file in FILES for case in read_yaml(file)}


def stated(case: dict[str, Any], key: str) -> set[tuple[str, str, str]]:
    return {(s, p, o) for s, p, o in case.get(key, ())}


def test_every_case_is_read_and_says_something() -> None:
    assert len(CASES) == sum(len(read_yaml(file)) for file in FILES) >= 100
    known = {*load().relations, *load().attributes}
    for name, case in CASES.items():
        assert case.keys() <= {"case", "text", "claims", "not", "without"}, name
        assert len(case) > 2, f"{name} says nothing"
        relations = {p for _, p, _ in stated(case, "claims") | stated(case, "not")}
        assert relations.union(case.get("without", ())) <= known, name


@pytest.mark.parametrize("name", CASES)
def test_a_text_tells_what_it_says_and_no_more(name: str) -> None:
    case = CASES[name]
    found = claims(case["text"])
    assert stated(case, "claims") - found == set()
    assert stated(case, "not") & found == set()
    predicates = {claim.predicate for claim in read(case["text"]).claims}
    assert predicates & set(case.get("without", ())) == set()
