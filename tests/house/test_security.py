"""SECURITY.md names tests that exist, and every dependency is bounded."""

from __future__ import annotations

import ast
import configparser
import re

import pytest

from tests.conftest import ROOT

NAMED = [
    (name, *found)
    for name in ("SECURITY.md", "README.md")
    for found in re.findall(
        r"`(tests/[\w/]+\.py)::(\w+)`", (ROOT / name).read_text(encoding="utf-8")
    )
]


def test_there_are_tests_to_look_for() -> None:
    assert len(NAMED) >= 20


@pytest.mark.parametrize(("document", "file", "test"), NAMED)
def test_a_test_that_a_document_names_exists(document: str, file: str, test: str) -> None:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    assert test in {n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)}, document


def test_every_dependency_has_an_upper_bound() -> None:
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    groups = [setup["options"]["install_requires"], *setup["options.extras_require"].values()]
    lines = [line.strip() for group in groups for line in group.splitlines() if line.strip()]
    assert len(lines) >= 30
    assert [line for line in lines if "<" not in line and "==" not in line] == []
