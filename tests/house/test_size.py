"""The suite is whole: no test, and no file of tests, is lost without somebody saying so."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.conftest import COLLECTED, ROOT
from tests.testing.collection import scheduling

# Tests and doctests that a run of all collects. When many have been added, the floor is raised:
# one that is left far behind would hold nothing.
LEAST = 9300
FAR = 1.05


@pytest.fixture
def collected(pytestconfig: pytest.Config) -> Counter[str]:
    """How many tests each file has; only a run of the whole suite can tell."""
    given = {(pytestconfig.rootpath / argument).resolve() for argument in pytestconfig.args}
    if given != {ROOT / place for place in pytestconfig.getini("testpaths")}:
        pytest.skip("only a part of the suite is run")
    return pytestconfig.stash[COLLECTED]


def test_no_test_is_lost(collected: Counter[str]) -> None:
    assert LEAST <= collected.total() < LEAST * FAR, f"make LEAST {collected.total() // 100 * 100}"


def test_every_file_with_tests_or_examples_gives_some(collected: Counter[str]) -> None:
    with_tests = {path.relative_to(ROOT).as_posix() for path in ROOT.glob("tests/**/test_*.py")}
    with_examples = {
        path.relative_to(ROOT).as_posix()
        for path in ROOT.glob("kg/**/*.py")
        if "\n    >>> " in path.read_text(encoding="utf-8")
    }
    assert with_tests | with_examples == collected.keys() & (with_tests | with_examples)
    assert len(with_tests) >= 110
    assert len(with_examples) >= 80


def test_the_tests_of_a_module_run_in_one_of_several_workers(tmp_path: Path) -> None:
    for name in "abcd":
        text = "import pytest\n@pytest.mark.parametrize('n', range(9))\ndef test_it(n): pass\n"
        (tmp_path / f"test_{name}.py").write_text(text, encoding="utf-8")
    words = ["pytest", "--verbose", "--numprocesses=2", "-p", scheduling.__name__, "."]
    done = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    ran = re.findall(r"\[(gw\d)\].* PASSED (test_\w\.py)", done.stdout)
    assert len(ran) == 4 * 9
    assert len(set(ran)) == 4
