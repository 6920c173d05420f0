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


def stage(text: str, trigger: str, *ends: str, others: tuple[str, ...] = ()) -> str:
    def place(words: str) -> tuple[int, int]:
        at = text.index(words)
        return at, at + len(words)

    around = [place(end) for end in ends]
    return STAGES.of(text, place(trigger), around, [place(o)[0] for o in others])


@pytest.mark.parametrize(
    ("text", "trigger", "ends", "status"),
    [
        ("甲公司拟与乙区签订丙项目协议。", "签订", ("甲公司", "丙项目"), "planned"),
        ("甲公司与乙区签订丙项目协议。", "签订", ("甲公司", "丙项目"), "signed"),
        ("甲公司将于明年在乙区建成丙项目。", "建成", ("甲公司", "丙项目"), "planned"),
        ("未来三年，甲公司建成丙项目。", "建成", ("甲公司", "丙项目"), "planned"),
        ("甲公司三年前已建成丙项目。", "建成", ("甲公司", "丙项目"), "completed"),
        ("甲公司投资建设的丙项目，已于昨日开工。", "投资", ("甲公司", "丙项目"), "started"),
        ("甲公司投资建设的丙项目，预计明年投产。", "投资", ("甲公司", "丙项目"), "planned"),
        ("甲公司投资丙项目，累计完成投资3亿元。", "投资", ("甲公司", "丙项目"), "started"),
        ("甲公司建议建设丙项目。", "建设", ("甲公司", "丙项目"), "proposed"),
        ("甲公司与乙区此前签约的丙项目已终止。", "签约", ("甲公司", "丙项目"), "cancelled"),
        ("甲公司投资丙项目。", "投资", ("甲公司", "丙项目"), ""),
        ("甲公司投资丙项目，达产后年产值2亿元。", "投资", ("甲公司", "丙项目"), ""),
        ("甲公司投资丙项目，公司今年产值预计翻番。", "投资", ("甲公司", "丙项目"), ""),
    ],
)
def test_a_sentence_tells_how_far_a_fact_is(
    text: str, trigger: str, ends: tuple[str, ...], status: str
) -> None:
    assert stage(text, trigger, *ends) == status


def test_what_is_said_of_another_thing_tells_nothing() -> None:
    text = "甲公司投资丙项目，已开工的丁项目进展顺利。"
    assert stage(text, "投资", "甲公司", "丙项目", others=("丁项目",)) == ""


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
