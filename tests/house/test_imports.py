"""Imports run one way, in the order of the pipeline; folders and modules stay small.

Nothing heavy comes with the CLI.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.testing.package import ENTRIES, ORDER

# The ways into the package, which import what they hand on.
DOORS = {"kg", "kg.__main__"}
# At most so many lines in a module: it is read in one go.
LINES = 350
HEAVY = ("spacy", "rdflib", "pyoxigraph", "pyvis", "networkx", "pyshacl", "pypdfium2", "lxml",
         "rich", "httpx2", "starlette", "uvicorn", "yaml", "numpy", "multiprocessing",
         "pandas", "pyarrow", "pyspark")  # fmt: skip


def module(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module(path): path for path in sorted((ROOT / "kg").rglob("*.py"))}


def statements(node: ast.AST) -> Iterator[ast.AST]:
    """All nodes that run, with those inside functions."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and getattr(child.test, "id", "") == "TYPE_CHECKING":
            continue
        yield child
        yield from statements(child)


def imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in statements(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            longer = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= (longer & MODULES.keys()) or {node.module}
    return {name for name in found if name.split(".")[0] == "kg"}


def rank(name: str) -> int:
    """Where in the order the folder of a module stands."""
    return ORDER.index(name.split(".")[1]) if name not in DOORS else len(ORDER)


def children(folder: str) -> dict[str, set[str]]:
    """For the modules and folders directly in a folder, which of the others they import."""
    depth = folder.count(".") + 2
    found: dict[str, set[str]] = {}
    for name, others in graph().items():
        for other in others:
            one, two = (".".join(n.split(".")[:depth]) for n in (name, other))
            inside = all(n.startswith(f"{folder}.") for n in (one, two))
            if inside and one != two:
                found.setdefault(one, set()).add(two)
    return found


@cache
def graph() -> dict[str, set[str]]:
    """What each module imports."""
    return {name: imported(path) for name, path in MODULES.items()}


def test_every_module_is_looked_at() -> None:
    assert len(graph()) >= 60
    assert sum(map(len, graph().values())) >= 150


def test_the_order_names_every_folder() -> None:
    folders = {path.parent.name for path in (ROOT / "kg").glob("*/__init__.py")}
    assert folders == set(ORDER)


@pytest.mark.parametrize("name", sorted(MODULES.keys() - DOORS))
def test_a_module_imports_only_what_stands_before_it(name: str) -> None:
    assert not {other for other in graph()[name] - DOORS if rank(other) > rank(name)}


FOLDERS = sorted(module(path) for path in (ROOT / "kg").rglob("__init__.py"))


@pytest.mark.parametrize("folder", FOLDERS)
def test_what_lies_in_a_folder_imports_one_way(folder: str) -> None:
    try:
        list(TopologicalSorter(children(folder)).static_order())
    except CycleError as error:
        pytest.fail(f"{folder}: {' → '.join(error.args[1])}")


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_folder_can_be_seen_at_a_glance(folder: str) -> None:
    found = [p for p in (ROOT / folder.replace(".", "/")).iterdir() if p.name != "__pycache__"]
    assert len(found) <= (ENTRIES if folder != "kg" else len(ORDER) + 4)


def test_a_module_can_be_read_in_one_go() -> None:
    lines = {name: path.read_text("utf-8").count("\n") for name, path in MODULES.items()}
    assert not {name: n for name, n in lines.items() if n > LINES}


def test_there_is_no_cycle() -> None:
    done: set[str] = set()
    path: list[str] = []

    def visit(name: str) -> None:
        assert name not in path, f"cycle: {' → '.join([*path, name])}"
        if name in done:
            return
        path.append(name)
        for other in sorted(graph().get(name, ())):
            visit(other)
        path.pop()
        done.add(name)

    for name in sorted(graph()):
        visit(name)


def test_relative_imports_are_not_used() -> None:
    for path in MODULES.values():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            assert not (isinstance(node, ast.ImportFrom) and node.level), path


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys, contextlib, io, kg, kg.cli.main\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):\n"
        "    kg.cli.main.main(['--help'])\n"
        "print(*sorted(m for m in sys.modules if '.' not in m))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    assert "argparse" in loaded
    assert loaded.isdisjoint(HEAVY)


def test_no_module_takes_the_name_of_what_the_package_gives() -> None:
    """An imported module would stand where ``kg.build`` is looked for."""
    import kg

    modules = {path.stem for path in Path(kg.__file__).parent.iterdir()}
    assert {"build", "open", "load", "Graph"} <= kg._LAZY.keys()
    assert not kg._LAZY.keys() & modules
