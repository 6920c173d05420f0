"""What ``make bench-scale`` measures with: news that is made up, and processes that are watched."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from statistics import mean

import pytest

from bench.corpus import TABLE, repeated, tabled
from bench.news import LAWS, text, thing
from bench.scale import exponent, keep, kept, main
from bench.stages import Tasks, log
from bench.watched import Watched, _look, watched
from kg.extract.document import extract
from kg.ontology import load
from kg.read import parse
from kg.read.lines import of_lines
from tests.testing.measured import run

LINUX = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="only Linux has /proc")
PARENT = """
import subprocess, sys
print("begun", file=sys.stderr, flush=True)
subprocess.run([sys.executable, "-c", "held = bytes(80 << 20)\\nfor i in range(10**7): pass"])
print("done", file=sys.stderr)
"""


def test_a_document_depends_on_its_seed_and_number_alone() -> None:
    one = [text(7, number) for number in (3, 0, 41)]
    assert one == [text(7, number) for number in (3, 0, 41)]
    assert len({*one, text(8, 3)}) == 4


def test_made_up_news_names_as_much_as_real_news() -> None:
    # 600 real articles: 744 characters, 15.3 things and 11.6 claims each.
    texts = [text(5, number) for number in range(120)]
    readings = [extract(parse("甲.txt", found.encode()), load()) for found in texts]
    assert 650 < mean(map(len, texts)) < 850
    assert 13 < mean(len(reading.entities) for reading in readings) < 18
    assert 10 < mean(len(reading.claims) for reading in readings) < 16


@pytest.mark.parametrize(("kind", "new"), [("o", 0.76), ("d", 0.47), ("n", 0.93), ("j", 0.95)])
def test_things_come_again_as_often_as_in_real_news(kind: str, new: float) -> None:
    # The share of new ones among those that 600 real articles name.
    slots = {"o": 3732, "d": 2022, "n": 1506, "j": 600}[kind]
    chance = random.Random(1)
    ranks = [LAWS[kind].rank(chance) for _ in range(slots)]
    assert len(set(ranks)) / slots == pytest.approx(new, abs=0.06)
    assert thing(kind, ranks[0]) == thing(kind, ranks[0])


def test_a_table_holds_every_text(tmp_path: Path) -> None:
    found = list(repeated(["甲某有限公司成立。", "乙地集团开工。"], TABLE + 2))
    assert len(set(found)) == TABLE + 2
    assert tabled(iter(found), tmp_path / "table") == sum(map(len, found))
    files = sorted((tmp_path / "table").iterdir())
    assert [len(file.read_bytes().splitlines()) for file in files] == [TABLE, 2]
    last = list(of_lines(files[1].read_bytes().splitlines(), "t"))
    assert [(problem, (data or b"").decode()) for _, problem, data in last] == [
        ("", found[-2]),
        ("", found[-1]),
    ]


@LINUX
@pytest.mark.process
def test_the_processor_time_and_memory_of_children_count() -> None:
    took = watched([sys.executable, "-c", PARENT])
    assert (took.status, [line for _, line in took.lines]) == (0, ["begun", "done"])
    begun, done = (moment for moment, _ in took.lines)
    assert 0 < begun < done <= took.wall
    assert took.worked(done) - took.worked(begun) > 0.05, "ten million rounds of a child"
    assert took.worked(done) <= took.seconds
    assert took.largest <= took.memory


@LINUX
def test_a_command_that_has_ended_is_not_seen_as_one_that_never_worked() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as child:
        child.wait()
    took = Watched(looks=[(0.0, 0.1)], held=[7])
    _look(child.pid, took, 0.5)
    assert took == Watched(looks=[(0.0, 0.1)], held=[7])
    assert watched(["true"]).worked(9.0) < 1


def test_the_exponent_is_the_slope_of_logarithms() -> None:
    assert exponent([10, 100, 1000], [2, 20, 200]) == "1.000"
    assert exponent([10, 40], [1, 16]) == "2.000"
    assert exponent([10], [1]).startswith("not known")


def test_what_was_measured_is_not_measured_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told = {"reading": Tasks(8, 3.0, 2.5, 100, 90)}
    runs = [run("spark", 1), run("spark", 100, told), run("spark", 1000, told)]
    keep(tmp_path / "scale.json", runs)
    assert kept(tmp_path / "scale.json") == runs
    assert kept(tmp_path / "none.json") == []
    before = (tmp_path / "scale.json").stat().st_mtime_ns
    words = ["--sizes", "100,1000", "--engine", "spark", "--json", str(tmp_path / "scale.json")]
    monkeypatch.setattr(sys, "argv", ["scale.py", str(tmp_path / "none"), *words])
    monkeypatch.setattr("bench.scale.texts", lambda _: [])
    main()
    assert "made up spark: growth exponent 1.00" in capsys.readouterr().out
    assert (tmp_path / "scale.json").stat().st_mtime_ns == before


def test_memory_is_told_of_a_part_of_the_time() -> None:
    took = Watched(looks=[(0.0, 0.0), (0.5, 0.4), (1.0, 0.9)], held=[5, 30, 20])
    assert (took.most(0, 2), took.most(0.6, 2), took.most(3, 4)) == (30, 20, 0)


def event(stage: int, seconds: float, read: int) -> str:
    """The end of a task, as Spark logs it."""
    metrics = {
        "Executor Run Time": seconds * 1000,
        "Disk Bytes Spilled": 0,
        "Shuffle Read Metrics": {"Remote Bytes Read": read, "Local Bytes Read": 1},
        "Shuffle Write Metrics": {"Shuffle Bytes Written": 7},
    }
    told = {"Stage ID": stage, "Task Metrics": metrics}
    return json.dumps({"Event": "SparkListenerTaskEnd", **told})


def test_the_tasks_of_a_station_are_those_of_its_longest_stage() -> None:
    begun = {
        "Event": "SparkListenerJobStart",
        "Stage IDs": [0, 1],
        "Properties": {"spark.job.description": "kg build: joining (read 5 documents)"},
    }
    lines = [json.dumps(begun), event(0, 1, 5), event(1, 2, 9), event(1, 8, 99), event(1, 3, 19)]
    found = log(lines)
    assert found.tasks == {"joining": Tasks(3, 8.0, 3.0, 100, 20)}
    assert found.shuffle == 28
