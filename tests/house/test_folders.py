"""Tests lie where what they test lies in ``kg/``, and import no other test."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import ROOT
from tests.testing.package import ENTRIES, ORDER

TESTS = ROOT / "tests"
# What belongs to no folder of the package: the code itself, builds from end to end, and helpers.
OTHERS = ("house", "whole", "testing")
# The page of a graph is one file to the package; what a browser makes of it is many tests.
MORE = {"publish/page/browser"}
# Beside the folders: two modules, and the folders of gold and of other data.
BESIDE = 4

MODULES = sorted(TESTS.rglob("*.py"))
FOLDERS = sorted({path.parent for path in MODULES})


def name(path: Path) -> str:
    return path.relative_to(TESTS).as_posix()


def imported(path: Path) -> Iterator[str]:
    """The modules that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{name(path)}: a relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_a_folder_of_tests_has_the_name_of_one_of_the_package() -> None:
    mirrors = {name(f) for f in FOLDERS if name(f).split("/")[0] not in (".", *OTHERS)}
    assert len(mirrors) >= 30
    assert sorted(f for f in mirrors - MORE if not (ROOT / "kg" / f / "__init__.py").exists()) == []


def test_tests_lie_in_folders() -> None:
    assert [path.name for path in TESTS.glob("*.py")] == ["__init__.py", "conftest.py"]
    assert [name(folder) for folder in FOLDERS if not (folder / "__init__.py").exists()] == []
    assert [name(path) for path in (TESTS / "testing").rglob("test_*.py")] == []


def test_a_folder_can_be_seen_at_a_glance() -> None:
    entries = {
        name(folder): sum(path.name != "__pycache__" for path in folder.iterdir())
        for folder in FOLDERS
    }
    assert entries.pop(".") <= len(ORDER) + len(OTHERS) + BESIDE
    assert {folder: count for folder, count in entries.items() if count > ENTRIES} == {}


def test_no_test_imports_another() -> None:
    found = {
        name(path): sorted(
            one
            for one in imported(path)
            if one.startswith("tests.") and any(p.startswith("test_") for p in one.split("."))
        )
        for path in MODULES
    }
    assert {path: others for path, others in found.items() if others} == {}
