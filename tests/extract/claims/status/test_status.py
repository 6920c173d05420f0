"""How far a fact is, as its sentence says: planned, signed, begun, done, or come to nothing."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from kg.extract.claims.status.status import StatusReader
from kg.extract.mentions.mention import folded
from kg.ontology import load
from tests.conftest import ROOT
from tests.testing.reading import read

if TYPE_CHECKING:
    from kg.base.records import Reading

ONTOLOGY = load()
STAGES = StatusReader(ONTOLOGY)
# 200 pairs of sentences that differ in how far the fact is, written by one who knew no program.
PAIRS = ROOT / "tests" / "data" / "status.jsonl"


def test_what_stands_before_a_list_is_meant_of_each_of_its_members() -> None:
    """Names stand as blanks: 拟募集资金9.5亿元，分别用于甲项目、乙项目、丙项目."""
    name = "\u3000" * 3
    text = f"甲公司拟募集资金95,000.00万元，分别用于{name}、{name}和{name}。"
    last = text.rindex(name)
    assert STAGES.of(text, (4, 6), [(0, 3), (last, last + 3)]) == "planned"


def test_the_sentence_of_the_object_tells_how_far_a_fact_of_two_sentences_is() -> None:
    text = "甲方计划募集资金三亿元，计划用于\u3000\u3000\u3000。"
    at = text.index("\u3000")
    assert STAGES.of(text, (at, at), [(at, at + 3)]) == "planned"


def test_a_rung_that_such_a_fact_cannot_have_is_not_taken() -> None:
    text = "甲协会主办乙论坛，现场签约。"
    ends = [(0, 3), (5, 8)]
    assert STAGES.of(text, (3, 5), ends, rungs=("planned", "completed")) == ""


def facts(reading: Reading, row: dict[str, str]) -> list[str]:
    """The statuses of the facts of a row, by the names of their ends."""
    names = [{folded(n) for n in (e.name, *e.aliases)} for e in reading.entities]
    return [
        claim.status
        for claim in reading.claims
        if claim.predicate == row["p"]
        and claim.object is not None
        and folded(row["s"]) in names[claim.subject]
        and folded(row["o"]) in names[claim.object]
    ]


@pytest.mark.usefixtures("learned")
def test_of_two_hundred_pairs_most_facts_that_are_found_are_as_far_as_they_are() -> None:
    tally: Counter[bool] = Counter()
    for line in PAIRS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found = facts(read(row["text"]), row)
        if found:
            tally[(found[0] or "none") == row["status"]] += 1
    assert sum(tally.values()) >= 75
    assert tally[True] / sum(tally.values()) >= 0.78
