"""The documents: what they show runs and prints what stands there, and what they name is there."""

from __future__ import annotations

import configparser
import contextlib
import doctest
import json
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from kg.base.records import Document
from kg.extract.document import extract
from kg.ontology import load
from tests.conftest import ROOT
from tests.testing.making.readme import (
    NOTEBOOK,
    PACKAGE,
    PAGES,
    READMES,
    answered,
    blocks,
    commands,
    packaged,
    printed,
    rewritten,
    workplace,
)
from tests.testing.servers.server import serving

pytestmark = pytest.mark.usefixtures("learned")

DOCS = ROOT / "docs"
TEXTS = {page.relative_to(ROOT).as_posix(): page.read_text(encoding="utf-8") for page in PAGES}
OTHERS = ("CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "ontology/RULES.md")
SHOWN = [name for name, text in TEXTS.items() if commands(text)]
PYTHON = [name for name, text in TEXTS.items() if blocks(text, "python")]
# What the pages show and a test runs, or checks where it needs a server or a cluster of others.
LANGUAGES = {"console", "python", "sh", "yaml", "json", "sparql", "text", "{toctree}", "{eval-rst}"}
ADDRESS = "http://127.0.0.1:8000"
# Programs of others in blocks of commands that are not run here.
FOREIGN = (
    "cd", "claude", "cp", "curl", "docker", "export", "journalctl", "pip", "python3", "systemctl",
    "useradd", "$EDITOR", ".venv/bin/pip",
)  # fmt: skip


@pytest.fixture
def place(graph_of_examples: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with workplace(graph_of_examples) as folder:
        monkeypatch.chdir(folder)
        yield folder
        monkeypatch.undo()


def test_the_pages_are_found() -> None:
    assert len(TEXTS) >= 30
    assert len(SHOWN) >= 6
    assert len(PYTHON) >= 4
    assert sum(len(commands(TEXTS[name])) for name in SHOWN) >= 20


def test_every_block_of_a_page_is_of_a_kind_that_is_tested() -> None:
    kinds = {
        (name, kind)
        for name, text in TEXTS.items()
        for kind in re.findall(r"^```(\S*)\n.*?^```$", text, re.DOTALL | re.MULTILINE)
    }
    assert {kind for kind in kinds if kind[1] not in LANGUAGES} == set()


@pytest.mark.parametrize("name", SHOWN)
def test_a_page_shows_what_its_commands_print(name: str, place: Path) -> None:
    # `make docs` writes what is printed now.
    assert rewritten(TEXTS[name], place) == TEXTS[name]


def test_the_table_of_commands_is_that_of_the_program(tmp_path: Path) -> None:
    name = "docs/reference/commands.md"
    assert rewritten(TEXTS[name], tmp_path) == TEXTS[name]
    assert TEXTS[name].count("\n| `kg ") >= 18


@pytest.mark.parametrize("name", PYTHON)
def test_the_python_of_a_page_runs(name: str, place: Path) -> None:
    text = "\n".join(blocks(TEXTS[name], "python"))
    with contextlib.ExitStack() as stack:
        if ADDRESS in text:
            text = text.replace(ADDRESS, stack.enter_context(serving(place / "outputs")).address)
        parsed = doctest.DocTestParser().get_doctest(text, {}, name, name, 0)
        # What no prompt stands before would not be run.
        code = [line for line in text.splitlines() if re.match(r"(?:import|from|for|with) ", line)]
        assert parsed.examples and not code
        said: list[str] = []
        runner = doctest.DocTestRunner(verbose=False)
        result = runner.run(parsed, out=said.append)
    assert result.failed == 0, "".join(said)


def test_the_notebook_prints_what_it_shows(place: Path) -> None:
    held = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    assert (held["nbformat"], held["nbformat_minor"]) == (4, 5)
    assert len({cell["id"] for cell in held["cells"]}) == len(held["cells"]) >= 12
    # `make docs` writes what is printed now.
    assert answered(held) == held


def lines_of(name: str) -> list[str]:
    """The commands of a page that are shown without their outputs, comments left out."""
    found = [line for block in blocks(TEXTS[name], "sh") for line in block.splitlines()]
    return [line for line in found if line.strip() and not line.lstrip().startswith("#")]


@pytest.mark.parametrize("name", [name for name in TEXTS if lines_of(name)])
def test_the_commands_that_a_page_names_are_understood(name: str) -> None:
    from kg.cli.main import parser

    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    for line in lines_of(name):
        words = shlex.split(line.replace("…", "x"), comments=True)
        while re.match(r"[A-Z_]+=", words[0]):
            words.pop(0)
        for extra in re.findall(r"\[([a-z,]+)\]", line):
            assert set(extra.split(",")) <= set(setup["options.extras_require"]), line
        if words[0] == "make":
            assert_target(words[1])
        elif words[0].endswith("/kg") or words[0] == "kg":
            if words[1] != "--version":
                parser().parse_args(words[1:])
        else:
            assert words[0] in FOREIGN, line


def test_what_curl_asks_on_a_page_is_answered(place: Path) -> None:
    asked = [line for name in TEXTS for line in lines_of(name) if line.startswith("curl")]
    assert asked
    with serving(place / "outputs") as server:
        for line in asked:
            answer = printed(
                line.replace("curl", "curl -sf", 1).replace(ADDRESS, server.address), place
            )
            assert len(answer.splitlines()) == 3


def assert_target(name: str) -> None:
    assert f"\n{name}:" in (ROOT / "Makefile").read_text(encoding="utf-8"), name


def test_the_json_of_the_pages_is_json() -> None:
    found = [block for text in TEXTS.values() for block in blocks(text, "json")]
    assert found
    for block in found:
        json.loads(block)


def test_the_relation_of_the_guide_is_extracted(tmp_path: Path) -> None:
    (page,) = [block for text in TEXTS.values() for block in blocks(text, "yaml")]
    where = re.match(r"# (ontology/\S+)", page)
    assert where
    shutil.copytree(ROOT / "ontology", tmp_path / "ontology")
    (tmp_path / where[1]).write_text(page, encoding="utf-8")
    ontology = load(tmp_path / "ontology")
    (rule,) = ontology.relations["supplies"].rules
    text = rule.example[0].text
    reading = extract(Document("d", "d", text), ontology)
    found = [
        (reading.entities[c.subject].name, reading.entities[c.object or 0].name)
        for c in reading.claims
        if c.predicate == "supplies"
    ]
    assert found == [tuple(pair) for pair in rule.example[0].finds]


def test_the_question_of_the_guide_is_answered(place: Path) -> None:
    (query,) = [block for text in TEXTS.values() for block in blocks(text, "sparql")]
    shutil.copytree(ROOT / "ontology", place / "ontology")
    (place / "ontology" / "questions" / "hosts.rq").write_text(query, encoding="utf-8")
    with kg.open(place / "outputs", load(place / "ontology")) as graph:
        rows = graph.ask("hosts").rows
    assert len(rows) >= 5
    assert [count for _, count in rows] == sorted((count for _, count in rows), reverse=True)


@pytest.mark.parametrize("name", [*TEXTS, *OTHERS])
def test_what_a_document_names_is_there(name: str) -> None:
    path = ROOT / name
    text = path.read_text(encoding="utf-8")
    # Some pages of the site are made of the code.
    made = {DOCS / place for place in staged().MADE}
    for target in re.findall(r"\]\((?!https?:)([^)#]+)[^)]*\)", text):
        there = (path.parent / target).resolve()
        assert there.exists() or there in made, f"{name} links to {target}"
    for target in re.findall(r"`((?:kg|tests|ontology|examples|docs)/[\w./-]*)`", text):
        assert (ROOT / target).exists(), f"{name} names {target}"
    for target in re.findall(r"`make (\w[\w-]*)`", text):
        assert_target(target)


def staged() -> object:
    """The module that prepares the site."""
    from importlib.util import module_from_spec, spec_from_file_location

    spec = spec_from_file_location("staged", DOCS / "staged.py")
    assert spec and spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_both_readmes_say_the_same() -> None:
    english, chinese = (page.read_text(encoding="utf-8") for page in READMES)
    assert commands(english) == commands(chinese)
    assert english.count("\n## ") == chinese.count("\n## ")
    tables = [re.findall(r"^\|.*\|$", text, re.MULTILINE) for text in (english, chinese)]
    assert len(tables[0]) == len(tables[1])
    figures = [[re.findall(r"\d\.\d\d", row) for row in table] for table in tables]
    assert figures[0] == figures[1]


def test_the_text_of_package_indexes_has_no_link_that_leads_nowhere() -> None:
    text = PACKAGE.read_text(encoding="utf-8")
    assert text == packaged(*(page.read_text(encoding="utf-8") for page in READMES))
    assert re.findall(r"\]\((?!https?:)", text) == []


def test_the_version_and_its_day_are_said_the_same_everywhere() -> None:
    from kg import __version__

    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    version, day = re.findall(r"^## (\S+), (\S+)$", changelog, re.MULTILINE)[0]
    assert version == __version__
    cited = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {version}\n" in cited
    assert day == "unreleased" or f"\ndate-released: {day}\n" in cited
