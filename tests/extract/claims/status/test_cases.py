"""Sentences and how far they say that a fact is, in ``tests/data/status``.

The file holds cases as those of ``tests/data/claims`` do. ``status`` is that of what a ``trigger``
in ``text`` tells of its ``ends``, beside which ``others`` are named. Where ``worded`` is false, it
is but what the network leans on; names that are ``blank`` are so as the reader has them.
"""

from __future__ import annotations

import pytest

from kg.extract.claims.status.status import BLANK, StatusReader
from kg.ontology import load
from tests.testing.files.cases import cases, files

STAGES = StatusReader(load())
CASES = dict(pair for file in files("status") for pair in cases(file))


def test_no_case_is_lost() -> None:
    assert len(CASES) >= 22
    keys = {"case", "text", "trigger", "ends", "status"}
    for name, case in CASES.items():
        assert case.keys() - {"gaps", "others", "worded", "blank"} == keys, name


@pytest.mark.parametrize("name", CASES)
def test_a_sentence_tells_how_far_a_fact_is(name: str) -> None:
    case = CASES[name]
    text = case["text"]

    def place(words: str) -> tuple[int, int]:
        at = text.index(words)
        return at, at + len(words)

    ends = [place(end) for end in case["ends"]]
    others = [place(other)[0] for other in case.get("others", ())]
    trigger, worded = place(case["trigger"]), case.get("worded", True)
    for name_ in case.get("blank", ()):
        text = text.replace(name_, BLANK * len(name_))
    found = STAGES.of(text, trigger, ends, others, worded=worded)
    assert found == case["status"], f"tests/data/{name}\ntext: {text}"
