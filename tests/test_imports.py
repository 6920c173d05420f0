"""Imports run one way, in the order of the pipeline, and nothing heavy comes with the CLI."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# A station may import those before it. Imports for the type checker alone do not count.
ORDER = (
    (
        "kg",
        "address",
        "another",
        "codec",
        "errors",
        "farewell",
        "files",
        "forms",
        "kinds",
        "locks",
        "records",
        "settings",
        "shelf",
        "signs",
        "sought",
        "spool",
        "usage",
        "wire",
    ),
    ("ontology",),
    ("divisions", "places"),
    ("read",),
    ("grid", "layout", "marks", "spacing", "paragraphs", "continued", "segment"),
    ("annotate",),
    ("relate",),
    ("model",),
    ("arbiter",),
    (
        "bodies",
        "abridged",
        "clusters",
        "voices",
        "headlines",
        "joins",
        "identity",
        "resolve",
        "home",
        "stations",
        "nlp",
        "extract",
        "reprints",
        "reported",
        "gathered",
        "background",
        "weave",
        "unsure",
        "compound",
    ),
    (
        "papers",
        "rows",
        "turtle",
        "triples",
        "reference",
        "vocabulary",
        "shapes",
        "clear",
        "validate",
        "stated",
    ),
    ("shards", "generation", "imports", "ledger", "recall", "foreign", "store", "loads", "upload"),
    ("publish", "came", "others", "replies", "remote", "graph", "precision", "report", "review"),
    ("outcome", "child", "keeper", "workers", "journal", "resume", "pipeline"),
    ("spark",),
    (
        "reliability",
        "gold",
        "judged",
        "score",
        "gate",
        "reasons",
        "unsaid",
        "explain",
        "progress",
    ),
    ("train",),
    ("serve",),
    ("options", "commands", "cli", "__main__"),
)
RANK = {name: i for i, group in enumerate(ORDER) for name in group}
HEAVY = ("spacy", "rdflib", "pyoxigraph", "pyvis", "networkx", "pyshacl", "pypdfium2", "lxml",
         "rich", "httpx", "starlette", "uvicorn", "yaml", "numpy", "multiprocessing",
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


def station(name: str) -> str:
    return name.split(".")[1] if "." in name else name


@cache
def graph() -> dict[str, set[str]]:
    """What each module imports."""
    return {name: imported(path) for name, path in MODULES.items()}


def test_every_module_is_looked_at() -> None:
    assert len(graph()) >= 60
    assert sum(map(len, graph().values())) >= 150


def test_every_module_has_its_place_in_the_order() -> None:
    assert {station(name) for name in MODULES} - RANK.keys() == set()


@pytest.mark.parametrize("name", sorted(MODULES))
def test_a_module_imports_only_what_stands_before_it(name: str) -> None:
    later = {other for other in graph()[name] if RANK[station(other)] > RANK[station(name)]}
    assert not later


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
        "import sys, contextlib, io, kg, kg.cli\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):\n"
        "    kg.cli.main(['--help'])\n"
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
