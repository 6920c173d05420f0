"""Builds that are killed, disks that fail, memory that runs out: nothing is lost, and the next run
completes.
"""

from __future__ import annotations

import random
import re
import resource
import shutil
import time
from functools import partial
from pathlib import Path

import pytest

from kg.run.pipeline import build
from kg.store.folder import verify
from tests.conftest import SOAK, kg
from tests.testing.builds.notices import published, text
from tests.testing.faults.faults import ERRORS, KILL, Run, run

pytestmark = pytest.mark.usefixtures("kept_readers")


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
def counted(place: Path) -> Run:
    """An undisturbed build, with the numbers of its calls and of its large allocations."""
    shutil.copytree(place / "old", place / "counted")
    made = run(place / "counted", "build", place / "all", "-o", place / "counted")
    assert made.status == 0, made.said
    return made


@pytest.fixture(scope="module")
def calls(counted: Run) -> int:
    """How many calls that touch the graph a build makes."""
    assert counted.calls > 100
    return counted.calls


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


def sentence(said: str) -> str:
    """The one line that was said beside the progress."""
    (line,) = [line for line in said.splitlines() if not re.match(r"\d+/\d+ ", line)]
    return line


@pytest.mark.parametrize("seed", range(3 * SOAK))
def test_a_build_is_refused_memory(place: Path, graph: Path, counted: Run, seed: int) -> None:
    assert counted.allocations > 100
    at = random.Random(seed).randint(1, counted.allocations)
    ended = run(graph, "build", place / "all", "-o", graph, memory=at)
    if ended.status:
        assert sentence(ended.said).startswith("kg: "), at
        assert "memory" in sentence(ended.said), at
        assert one_of(graph, place / "old", place / "whole"), at
    else:  # what asked for it made do with less
        assert sentence(ended.said).startswith("8 documents"), at
        assert published(graph) == published(place / "whole"), at
    completed(graph, place)


@pytest.mark.parametrize("mib", [64, 256])
def test_a_build_within_too_little_memory(place: Path, graph: Path, mib: int) -> None:
    limits = partial(resource.setrlimit, resource.RLIMIT_AS, (mib << 20, mib << 20))
    ended = kg("build", place / "all", "-o", graph, preexec_fn=limits)
    assert ended.returncode not in (0, 2)
    said = sentence(ended.stderr.decode())
    assert re.match(rf"kg: {graph}: memory ran out in the station '\w+'; ", said)
    assert verify(graph) == []
    assert one_of(graph, place / "old")
    completed(graph, place)


@pytest.mark.parametrize("seed", range(2 * SOAK))
def test_what_was_told_as_done_is_not_read_again(place: Path, graph: Path, seed: int) -> None:
    """A build of many documents is killed at a random moment while it reads."""
    many, chance = graph.parent / "many", random.Random(seed)
    many.mkdir()
    for i in range(30):
        (many / f"{i:02}.txt").write_text(f"{i}。" + text(chance) * 3, encoding="utf-8")
    lines, pause = chance.randint(1, 25), chance.random() / 5

    def told(said: str) -> bool:
        enough = said.count("\n") >= lines
        time.sleep(pause * enough)
        return enough

    ended = run(graph, "build", many, "-o", graph, until=told)
    done = [line for line in ended.said.splitlines() if re.match(r"\d+/30 ", line)]
    assert len(done) >= lines
    assert build([many], graph).known >= len(done)
    fresh = graph.parent / "fresh"
    build([many], fresh)
    assert published(graph) == published(fresh)
