"""Texts and the names in them, in ``tests/data/mentions``: where they begin and end, what they are.

What a case may say is told in ``tests/extract/claims/test_cases.py``.
"""

from __future__ import annotations

import pytest

from tests.testing.files.cases import cases, files
from tests.testing.reading import faults

CASES = dict(pair for file in files("mentions") for pair in cases(file))


def test_no_case_is_lost() -> None:
    assert len(CASES) >= 930


@pytest.mark.parametrize("name", CASES)
def test_a_text_names_what_it_names_and_no_more(name: str) -> None:
    if wrong := faults(CASES[name]):
        pytest.fail("\n".join([f"tests/data/{name}", *wrong]), pytrace=False)
