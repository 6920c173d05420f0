"""``--min-confidence``: what is less sure is left out, told, and comes back without reading."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from kg.base.settings import default
from kg.cli.main import main
from kg.run.pipeline import build
from kg.run.reading.outcome import Outcome
from tests.testing.builds.desk import COMPANY, Desk
from tests.testing.builds.notices import published, state

pytestmark = pytest.mark.usefixtures("kept_readers")

LEAST = 0.9


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def claims(graph: Path) -> dict[str, float]:
    """The claims of documents with their confidences, by what they say."""
    with (graph / "facts.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["quote"]]
    said = ("subject_name", "predicate", "object_name", "value", "quote")
    return {" ".join(row[name] for name in said): float(row["confidence"]) for row in rows}


def background(graph: Path) -> int:
    with (graph / "facts.csv").open(encoding="utf-8-sig", newline="") as file:
        return sum(not row["quote"] for row in csv.DictReader(file))


def test_claims_below_are_left_out_and_the_report_says_how_many(desk: Desk) -> None:
    desk.write("丙.txt", "云桥智能科技有限公司落户合肥市蜀山区。")
    desk.build()
    all_, there = claims(desk.graph), background(desk.graph)
    report = desk.build(min_confidence=LEAST)
    left = claims(desk.graph)
    assert left == {said: sure for said, sure in all_.items() if sure >= LEAST}
    assert 0 < report.left_out == len(all_) - len(left) < len(all_)
    assert background(desk.graph) == there > 0
    told = json.loads((desk.graph / "report.json").read_text("utf-8"))
    assert (told["left_out"], told["min_confidence"]) == (report.left_out, LEAST)
    assert sum(one["facts"] for one in told["precision"]) == len(left)
    page = (desk.graph / "report.html").read_text("utf-8")
    assert f"{report.left_out} claims are left out: their confidence is below 0.9" in page


def test_things_stay_though_nothing_is_said_of_them(desk: Desk) -> None:
    before = desk.names()
    desk.build(min_confidence=1)
    assert claims(desk.graph) == {}
    assert desk.names() == before


def test_another_value_brings_the_graph_up_to_date_and_reads_nothing(
    desk: Desk, tmp_path: Path
) -> None:
    read: list[str] = []

    def noted(_done: int, _total: int, outcome: Outcome) -> None:
        if not outcome.known:
            read.append(outcome.name)

    whole = published(desk.graph)
    for least in (LEAST, 0.95, default("min_confidence")):
        report = desk.build(min_confidence=least, progress=noted)
        assert (report.unchanged, report.known) == (False, 2)
        fresh = tmp_path / f"fresh{least}"
        build([desk.folder], fresh, min_confidence=least)
        assert published(desk.graph) == published(fresh)
    assert read == []
    assert published(desk.graph) == whole


def test_the_same_value_again_changes_nothing(desk: Desk) -> None:
    first = desk.build(min_confidence=LEAST)
    before = state(desk.graph)
    again = desk.build(min_confidence=LEAST)
    assert again.unchanged
    assert (again.left_out, again.notes) == (first.left_out, first.notes)
    assert state(desk.graph) == before


def test_what_people_accepted_or_added_stays(desk: Desk) -> None:
    (fact,) = desk.facts("develops", COMPANY)
    desk.build(min_confidence=1)
    assert not desk.facts("develops", COMPANY)
    desk.build()
    desk.say("accept", fact.id.rpartition("/")[2])
    quote = ("--quote", "丙某云谷由其打造")
    desk.say("add", "丙某数据集团", "develops", "Project:丙某云谷", *quote)
    desk.build(min_confidence=1)
    (kept,) = desk.facts("develops", COMPANY)
    assert (kept.id, kept.confidence, kept.rule) == (fact.id, 1.0, fact.rule)
    assert desk.facts("develops", "丙某数据集团")
    assert len(claims(desk.graph)) == 2


def test_the_command_takes_it_and_tells_what_is_left_out(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["build", str(desk.folder), "-o", str(desk.graph)]
    assert main([*words, "--min-confidence", "0.9"]) == 0
    told = capsys.readouterr().err
    assert "note: " in told
    assert "left out: their confidence is below 0.9 (--min-confidence)" in told
    assert main(words) == 0
    assert "left out" not in capsys.readouterr().err


@pytest.mark.parametrize("value", ["", "-0.1", "1.1", "90%", "nan", "1e-1"])
def test_what_is_no_confidence_is_wrong_usage(
    value: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["build", str(tmp_path), f"--min-confidence={value}"])
    assert ended.value.code == 2
    assert "is no confidence; give a number from 0 to 1" in capsys.readouterr().err
