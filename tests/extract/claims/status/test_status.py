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
        # What 把 stands for moves a thing, and plans nothing; 了 says that it is done.
        (
            "甲公司与乙校合作推出的丙模型允许人们将该模型用于教学。",
            "推出",
            ("甲公司", "丙模型"),
            "",
        ),
        ("甲镇也在探索网上办事，推出了丙程序。", "推出", ("甲镇", "丙程序"), ""),
        # Of what is named before, something must be to come: it is to cost less, not to be made.
        ("甲公司旗下丙车型将于明日再次降价。", "旗下", ("甲公司", "丙车型"), ""),
        ("甲公司旗下丙车型将于明日上市。", "旗下", ("甲公司", "丙车型"), "planned"),
        ("甲公司旗下丙车型为明年的展会做准备。", "旗下", ("甲公司", "丙车型"), ""),
        # The course of what two work on is not how far their work is.
        ("甲局与乙所合作的载荷将很快开展实验。", "合作", ("甲局", "乙所"), ""),
        ("由甲馆与乙校联合申报的课题通过评审。", "联合", ("甲馆", "乙校"), ""),
        ("甲方就收购乙方与其磋商。", "收购", ("甲方", "乙方"), "proposed"),
    ],
)
def test_a_sentence_tells_how_far_a_fact_is(
    text: str, trigger: str, ends: tuple[str, ...], status: str
) -> None:
    assert stage(text, trigger, *ends) == status


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
