"""Chinese words stand in ``ontology/``: the code holds none but what is said to people."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from kg.ontology.lexicon.lexicon import FILES
from tests.conftest import ROOT

PACKAGE = ROOT / "kg"
HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
# Modules whose strings people read: labels, pages, answers, errors, examples of commands.
MESSAGES = {
    "base/errors.py",
    "base/money.py",  # amounts as people read them
    "cli/asking.py",
    "cli/options/asking.py",
    "cli/options/checking.py",
    "extract/model/llm/reasons.py",
    "ontology/questions.py",
    "publish/dossier/write/word.py",  # the name of a font
    "publish/page/drawing.py",
    "query/dates.py",
    "query/sparql/tokens.py",  # the place of an error
    "review/account.py",
    "review/typed.py",
    "run/precision.py",
    "run/report/page.py",
    "serve/assistant/server.py",
    "serve/pages/faults.py",
    "serve/pages/header.py",
    "serve/pages/shells.py",
    "serve/reply.py",
    "store/rdf/vocabulary.py",  # labels of the vocabulary
}


def chinese(path: Path) -> Iterator[tuple[int, str]]:
    """The Chinese strings of a module, with their lines.

    Docstrings are no strings of it, and an argument ``zh`` is what an error says in Chinese.
    """
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    said = (k.value for k in ast.walk(tree) if isinstance(k, ast.keyword) and k.arg == "zh")
    docs |= {id(node) for one in said for node in ast.walk(one)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or id(node) in docs:
            continue
        if isinstance(node.value, str) and HAN.search(node.value):
            yield node.lineno, node.value


def modules() -> list[str]:
    return [path.relative_to(PACKAGE).as_posix() for path in sorted(PACKAGE.rglob("*.py"))]


@pytest.mark.parametrize("module", [m for m in modules() if m not in MESSAGES])
def test_no_module_holds_chinese_words(module: str) -> None:
    found = [f"{module}:{line}: {text[:40]!r}" for line, text in chinese(PACKAGE / module)]
    way_out = "move them to ontology/words (CONTRIBUTING.md, Where to add)"
    assert not found, "\n".join([*found, way_out])


@pytest.mark.parametrize("module", sorted(MESSAGES))
def test_the_modules_with_messages_are_named_because_they_have_some(module: str) -> None:
    assert list(chinese(PACKAGE / module)), f"{module} has no Chinese message: take it off the list"


def test_a_docstring_may_show_chinese_and_a_string_may_not(tmp_path: Path) -> None:
    path = tmp_path / "m.py"
    path.write_text(
        '"""甲公司."""\nA = "甲"  # 甲\nB = f"{A}乙"\nC = r"[\\u4e00-\\u9fff]"\nE(A, zh=f"丙{A}")\n'
    )
    assert list(chinese(path)) == [(2, "甲"), (3, "乙")]


@pytest.mark.parametrize("name", FILES)
def test_every_entry_of_a_file_of_words_is_used(name: str) -> None:
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for path in PACKAGE.rglob("*.py")
        if "lexicon" not in path.parts
    )
    words = "\n".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "ontology" / "words").glob("*.yaml")
    )
    for field in fields(FILES[name]):
        read = re.search(rf"\.{field.name}\b", code)
        within = re.search(rf"\{{(?:{name}\.)?{field.name}\}}", words)
        assert read or within, f"ontology/words/{name}.yaml: nothing reads {field.name}"
