"""Records that travel from one station to the next are frozen: none changes another's record."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.conftest import ROOT

FILES = sorted([*(ROOT / "kg" / "extract").rglob("*.py"), ROOT / "kg" / "base" / "records.py"])
# The dataclasses that may change, each with the reason. None of them leaves the module that fills
# it, or it is what one station gathers in.
MUTABLE: dict[str, str] = {}
# What stations set of records that are no dataclasses, by the attribute.
WORK = ("state", "block", "draft", "context", "mention", "statement", "article", "decision")


def dataclasses() -> Iterator[tuple[str, ast.ClassDef, ast.expr]]:
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                for one in node.decorator_list:
                    called = one.func if isinstance(one, ast.Call) else one
                    if isinstance(called, ast.Name) and called.id == "dataclass":
                        yield f"{path.stem}.{node.name}", node, one


FOUND = list(dataclasses())


def is_frozen(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Call) and any(
        word.arg == "frozen" and isinstance(word.value, ast.Constant) and word.value.value is True
        for word in decorator.keywords
    )


def test_records_are_frozen() -> None:
    assert len(FOUND) >= 50
    thawed = {name for name, _, decorator in FOUND if not is_frozen(decorator)}
    assert thawed == MUTABLE.keys()


@pytest.mark.parametrize("stations", ["kg/extract/stations.py", "kg/extract/components.py"])
def test_a_station_sets_nothing_of_a_record_that_it_is_given(stations: str) -> None:
    tree = ast.parse((ROOT / stations).read_text(encoding="utf-8"))
    assert not [
        ast.unparse(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Store)
        and isinstance(node.value, ast.Name)
        and node.value.id in WORK
    ]


def test_a_list_in_a_frozen_record_is_none_that_another_station_fills() -> None:
    """A field of a frozen record is no list, which could be appended to."""
    lists = {
        f"{name}.{one.target.id}"
        for name, node, _ in FOUND
        for one in node.body
        if isinstance(one, ast.AnnAssign)
        and isinstance(one.target, ast.Name)
        and ast.unparse(one.annotation).startswith(("list[", "set["))
    }
    assert lists == set()
