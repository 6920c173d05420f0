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
# Names that say how something came, and not what it is.
RIDDLES = {"told", "said", "held", "came", "gone", "heard", "spoken"}
# Reports have the first two as keys; assistants see the third, by a class, in a JSON Schema.
STORED = {
    ("publish/derived/disputed.py", "said"),
    ("review/account.py", "held"),
    ("serve/pages/tools/shapes.py", "Said"),
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


def riddles(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Where variables, parameters, attributes, functions and classes get such names."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                pass
            case ast.arg(arg=name) | ast.alias(asname=str(name)) | ast.MatchAs(name=str(name)):
                pass
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                pass
            case ast.ClassDef(name=name) | ast.ExceptHandler(name=str(name)):
                pass
            case _:
                continue
        if name.strip("_").lower() in RIDDLES:
            yield node.lineno, name


@pytest.mark.parametrize("module", modules())
def test_a_name_says_what_it_holds(module: str) -> None:
    tree = ast.parse((PACKAGE / module).read_text(encoding="utf-8"))
    found = [
        f"kg/{module}:{line}: {name}"
        for line, name in riddles(tree)
        if (module, name) not in STORED
    ]
    way_out = "call it by what it holds: claims, a message, a report, a request, matches"
    assert not found, "\n".join([*found, way_out])


@pytest.mark.parametrize(
    "code",
    ["told = 1", "def f(said): ...", "x.held = 1", "def _told(): ...", "[came for came in x]",
     "import a as said", "if (gone := f()): ...", "class Told: ...", "lambda said: 1"],
)  # fmt: skip
def test_a_riddle_is_noticed_wherever_a_name_is_given(code: str) -> None:
    assert len(list(riddles(ast.parse(code)))) == 1


@pytest.mark.parametrize(("module", "name"), sorted(STORED))
def test_the_stored_names_are_there(module: str, name: str) -> None:
    tree = ast.parse((PACKAGE / module).read_text(encoding="utf-8"))
    assert name in {one for _, one in riddles(tree)}, f"{module} has no {name}: take it off"
