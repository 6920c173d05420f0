"""Texts and what references in them stand for, in ``tests/data/coreference``.

The files hold cases as those of ``tests/data/claims`` do. Of each ``text``, ``references`` are all
that refer to something, by their words: each with the rule that links it, and the names that it is
linked to. A subject that is left out is told as ``…`` and the two characters behind it.
"""

from __future__ import annotations

import pytest

from kg.base.records import Document
from kg.extract.stations import DocumentState, run_corefer, run_until
from kg.ontology import load
from tests.testing.files.cases import cases, files

CASES = dict(pair for file in files("coreference") for pair in cases(file))


def references(text: str) -> dict[str, dict[str, list[str]]]:
    state = run_until(DocumentState(Document("d", "d.txt", text), load()), run_corefer)
    return {
        link.words or f"…{text[link.start :][:2]}": {
            link.rule.removeprefix("coreference."): [m.name for m in link.antecedents]
        }
        for _, link in state.references
    }


def test_no_case_is_lost() -> None:
    assert len(CASES) >= 14
    for name, case in CASES.items():
        assert case.keys() - {"gaps"} == {"case", "text", "references"}, name


@pytest.mark.parametrize("name", CASES)
def test_a_reference_is_linked_to_what_it_stands_for(name: str) -> None:
    case = CASES[name]
    found = references(case["text"])
    assert found == case["references"], f"tests/data/{name}\ntext: {case['text']}"
