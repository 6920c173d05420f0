"""Builds that are killed, and disks that fail: nothing is lost, and the next run completes."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.pipeline import build
from kg.store import verify
from tests.conftest import SOAK
from tests.faults import ERRORS, KILL, run
from tests.test_updates import published, text


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Documents, the graph ``old`` of some of them and the graph ``whole`` of all."""
    place, chance = tmp_path_factory.mktemp("crash"), random.Random(7)
    for name, number in (("some", 3), ("all", 8)):
        (place / name).mkdir()
        for i in range(number):
            (place / name / f"{i}.txt").write_text(text(chance), encoding="utf-8")
    build([place / "some"], place / "old")
    build([place / "all"], place / "whole")
    return place


@pytest.fixture
def graph(place: Path, tmp_path: Path) -> Path:
    """A copy of the old graph, to be brought up to all the documents."""
    shutil.copytree(place / "old", tmp_path / "graph")
    return tmp_path / "graph"


@pytest.fixture(scope="module")
def calls(place: Path) -> int:
    """How many calls that touch the graph a build makes."""
    shutil.copytree(place / "old", place / "counted")
    made = run(place / "counted", "build", place / "all", "-o", place / "counted")
    assert made.status == 0, made.said
    assert made.calls > 100
    return made.calls


def one_of(graph: Path, *others: Path) -> bool:
    """Whether what the store holds is what one of these holds, whole."""
    now = published(graph)
    stores = [{key: found[key] for key in ("quads", "sources")} for found in map(published, others)]
    return {key: now[key] for key in ("quads", "sources")} in stores


def completed(graph: Path, place: Path) -> None:
    """The next run makes the graph that an undisturbed one would, and leaves nothing behind."""
    build([place / "all"], graph)
    assert published(graph) == published(place / "whole")
    assert verify(graph) == []
    left = [p for p in (*graph.iterdir(), *(graph / "store").iterdir()) if p.name[0] == "."]
    assert left == []


@pytest.mark.parametrize("seed", range(4 * SOAK))
def test_a_build_is_killed_at_a_call(place: Path, graph: Path, calls: int, seed: int) -> None:
    at = random.Random(seed).randint(1, calls)
    ended = run(graph, "build", place / "all", "-o", graph, at=at, error=KILL)
    assert ended.status == -9
    assert one_of(graph, place / "old", place / "whole"), at
    completed(graph, place)


@pytest.mark.parametrize("name", ERRORS)
@pytest.mark.parametrize("seed", range(2 * SOAK))
def test_a_call_of_a_build_fails(
    place: Path, graph: Path, calls: int, name: str, seed: int
) -> None:
    at = random.Random(f"{name}{seed}").randint(1, calls)
    ended = run(graph, "build", place / "all", "-o", graph, at=at, error=ERRORS[name])
    said = [line for line in ended.said.splitlines() if not re.match(r"\d+/\d+ ", line)]
    assert "Traceback" not in ended.said, at
    assert len(said) == 1, (at, said)
    if ended.status:
        assert ended.status == 1
        assert said[0].startswith("kg: ")
        assert one_of(graph, place / "old", place / "whole"), at
    else:  # a call that nothing depends on
        assert published(graph) == published(place / "whole"), at
    completed(graph, place)


@pytest.mark.parametrize("seed", range(2 * SOAK))
def test_what_was_told_as_done_is_not_read_again(place: Path, graph: Path, seed: int) -> None:
    """A build of many documents is killed at a random moment while it reads."""
    many, chance = graph.parent / "many", random.Random(seed)
    many.mkdir()
    for i in range(30):
        (many / f"{i:02}.txt").write_text(f"{i}。" + text(chance) * 3, encoding="utf-8")
    command = [sys.executable, "-m", "kg", "build", str(many), "-o", str(graph)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        told = [process.stderr.readline() for _ in range(chance.randint(1, 25))]
        time.sleep(chance.random() / 5)
        process.kill()
        told += process.stderr.readlines()
    done = [line for line in told if re.match(r"\d+/30 ", line)]
    assert done
    again = subprocess.run(command, capture_output=True, text=True, check=True)
    known = re.search(r"\((\d+) read before\)", again.stderr)
    assert known, again.stderr
    assert int(known[1]) >= len(done)
    fresh = graph.parent / "fresh"
    build([many], fresh)
    assert published(graph) == published(fresh)
