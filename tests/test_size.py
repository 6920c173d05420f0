"""The suite is whole: no test, and no file of tests, is lost without somebody saying so."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.conftest import COLLECTED, ROOT

# Tests and doctests that a run of all collects. When many have been added, the floor is raised:
# one that is left far behind would hold nothing.
LEAST = 8000
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
    with_tests = {path.relative_to(ROOT).as_posix() for path in ROOT.glob("tests/test_*.py")}
    with_examples = {
        path.relative_to(ROOT).as_posix()
        for path in ROOT.glob("kg/**/*.py")
        if "\n    >>> " in path.read_text(encoding="utf-8")
    }
    assert with_tests | with_examples == collected.keys() & (with_tests | with_examples)
    assert len(with_tests) >= 110
    assert len(with_examples) >= 80
