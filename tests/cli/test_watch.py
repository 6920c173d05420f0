"""``kg watch``: a graph follows its documents, and nobody is kept when it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING

import pytest

from kg.run.file_changes import PATIENT, changes, look
from tests.conftest import ROOT
from tests.conftest import kg as run

if TYPE_CHECKING:
    from collections.abc import Iterator

SIGNING = "3月16日，蓉芯微电子股份有限公司与成都高新区签约，拟投资42亿元建设芯片研发制造基地项目。"
NOTICE = "合肥市人民政府办公室日前印发《合肥市智能机器人产业发展三年行动方案（2024—2026年）》。"


def seen(*looks: dict[str, tuple[int, int]]) -> list[tuple[int, int, int]]:
    """The changes in a row of looks, the first of which is known."""
    rest = iter(looks[1:])

    def wait() -> None:
        nonlocal rest
        rest = iter([next(rest), *rest])

    found: list[tuple[int, int, int]] = []
    with suppress(RuntimeError):  # there is nothing more to see
        found.extend(changes(looks[0], lambda: next(rest), wait))
    return found


A, B = {"a": (1, 1)}, {"a": (1, 2)}


def test_a_change_counts_when_two_looks_see_the_same() -> None:
    assert seen(A, A, A) == []
    assert seen(A, B, B, B) == [(0, 1, 0)]
    assert seen(A, {"a": (2, 1)}, B, {**B, "b": (1, 1)}, {**B, "b": (1, 1)}) == [(1, 1, 0)]
    assert seen(A, {}, {}, A, A) == [(0, 0, 1), (1, 0, 0)]


def test_what_was_put_back_is_no_change() -> None:
    assert seen(A, B, A, A, A) == []


def test_a_file_that_never_rests_does_not_put_off_a_build_for_ever() -> None:
    restless = [{"a": (n, n)} for n in range(2 * PATIENT)]
    assert len(seen(*restless)) == 1


def test_only_documents_are_looked_at(tmp_path: Path) -> None:
    folder, graph = tmp_path / "documents", tmp_path / "documents" / "graph"
    (folder / "unten").mkdir(parents=True)
    (graph / "store").mkdir(parents=True)
    (folder / ".git").mkdir()
    names = ["一.txt", "unten/二.txt"]
    for name in (*names, ".versteckt", "~$一.docx", "一.txt~", "graph/graph.ttl", ".git/HEAD"):
        (folder / name).write_text("x", encoding="utf-8")
    (folder / "fort.txt").symlink_to(tmp_path / "nowhere")
    found = look([folder, tmp_path / "corrections.jsonl"], graph)
    assert found.keys() == {str(folder / name) for name in names}
    (graph / "link").symlink_to(folder)
    assert look([folder], graph) == found


@pytest.fixture
def watching(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "签约.txt").write_text(SIGNING, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", "watch", "documents", "-o", "graph", "--every", "0.2"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    yield process
    process.kill()
    process.wait()
    for stream in (process.stdout, process.stderr):
        assert stream is not None
        stream.close()


def until(process: subprocess.Popen[str], words: str) -> str:
    """What is said up to a line with some words."""
    assert process.stderr is not None
    said = ""
    while words not in said:
        line = process.stderr.readline()
        assert line, said
        said += line
    return said


def test_a_graph_follows_its_documents_until_it_is_interrupted(
    watching: subprocess.Popen[str], tmp_path: Path
) -> None:
    folder, facts = tmp_path / "documents", tmp_path / "graph" / "facts.csv"
    assert "1 document," in until(watching, "watching documents")
    (folder / "方案.txt").write_text(NOTICE, encoding="utf-8")
    said = until(watching, "watching documents")
    assert "1 new, 0 changed, 0 gone" in said and "2 documents (1 read before)" in said
    assert "智能机器人产业发展" in facts.read_text(encoding="utf-8-sig")
    (folder / "方案.txt").unlink()
    (folder / "签约.txt").unlink()
    assert "kg: documents: " in until(watching, "watching documents")  # nothing is left to read
    (folder / "签约.txt").write_text(SIGNING, encoding="utf-8")
    until(watching, "watching documents")
    assert "蓉芯微电子" in facts.read_text(encoding="utf-8-sig")
    watching.send_signal(signal.SIGINT)
    assert "watching no more" in until(watching, "watching no more")
    assert watching.wait(20) == 0


def test_it_ends_in_the_middle_of_a_build_too(
    watching: subprocess.Popen[str], tmp_path: Path
) -> None:
    end = monotonic() + 60
    while not (tmp_path / "graph").exists() and monotonic() < end:
        sleep(0.01)
    watching.send_signal(signal.SIGINT)
    until(watching, "watching no more")
    assert watching.wait(20) == 0
    assert not (tmp_path / "graph" / "graph.ttl").exists()


INTERRUPTED = """
import sys
from kg.cli import main, watching

def build(args):
    watching.say("building")
    exec("raise KeyboardInterrupt")

watching.run_build = build
sys.exit(main.main(["watch", ".", "-o", "graph"]))
"""


def test_an_interrupt_while_a_module_is_imported_is_caught_too(tmp_path: Path) -> None:
    (tmp_path / "interrupted.py").write_text(INTERRUPTED, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "interrupted"],
        check=False,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        timeout=60,
    )
    assert b"watching no more" in done.stderr and done.returncode == 0


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        (["-"], 2, b"standard input cannot be watched"),
        (["nowhere"], 1, b"nowhere: does not exist"),
        (["nowhere", "--every", "0"], 2, b"is no number of seconds above 0"),
        (["nowhere", "--engine", "spark"], 2, b"unrecognized arguments"),
    ],
)
def test_what_cannot_be_watched_is_said(
    words: list[str], status: int, says: bytes, tmp_path: Path
) -> None:
    done = run("watch", *words, cwd=tmp_path)
    assert done.returncode == status and says in done.stderr
