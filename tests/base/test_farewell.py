"""A command that dies says so, on one line, whatever ends it."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from tests.conftest import ROOT, kg
from tests.testing.graphs.builders import built

COMMANDS = (
    ("query", "SELECT ?s { ?s a kg:Project }"),
    ("view", "-o", "page.html"),
    ("export", "graphml", "-o", "graph.graphml"),
    ("validate",),
)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small graph."""
    return built(tmp_path_factory.mktemp("graph"))


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
@pytest.mark.parametrize("mib", [30, 150])
def test_a_command_without_memory_says_so_on_one_line(
    graph: Path, tmp_path: Path, words: tuple[str, ...], mib: int
) -> None:
    limits = partial(resource.setrlimit, resource.RLIMIT_AS, (mib << 20, mib << 20))
    done = kg(*words, "-d", graph, cwd=tmp_path, preexec_fn=limits)
    assert done.returncode not in (0, 2)
    assert done.stdout == b""
    assert done.stderr.decode() == (
        "kg: memory ran out; give kg more memory (ulimit -v, its container's limit), "
        "or ask for less\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_a_command_that_is_killed_says_what_it_did(tmp_path: Path) -> None:
    asked, asking = os.pipe()
    command = [sys.executable, "-m", "kg", "build", "-", "-o", str(tmp_path / "graph")]
    with subprocess.Popen(command, stdin=asked, stderr=subprocess.PIPE, cwd=ROOT) as process:
        os.close(asked)
        os.write(asking, b"x" * 70_000)  # it reads, and waits for the rest
        process.send_signal(signal.SIGKILL)
        assert process.stderr
        said = process.stderr.read().decode()
    os.close(asking)
    assert said.startswith("kg: ")
    assert "was ended from outside, or by the system for want of memory" in said
    assert len(said.splitlines()) == 1


def test_what_libraries_say_is_passed_on(tmp_path: Path) -> None:
    program = (
        "import os, sys\n"
        "from kg.base.crash import watched\n"
        "with watched():\n"
        "    os.write(2, b'a library warns\\n')\n"
        "    print('Python speaks', file=sys.stderr)\n"
        "print('all is done', file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, cwd=ROOT, check=True
    )
    assert sorted(done.stderr.decode().splitlines()) == [
        "Python speaks",
        "a library warns",
        "all is done",
    ]
    assert done.stderr.endswith(b"all is done\n")
