"""The documents: every command of the README runs and prints what stands there."""

from __future__ import annotations

import doctest
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.base.records import Document
from kg.extract.document import extract
from kg.ontology import load
from tests.conftest import ROOT
from tests.testing.making.readme import commands, printed, rewritten, workplace

pytestmark = pytest.mark.usefixtures("learned")

README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    with workplace() as folder:
        yield folder


def test_the_tour_prints_what_the_readme_shows(place: Path) -> None:
    assert len(commands(README)) >= 9
    # `make docs` writes what is printed now.
    assert rewritten(README, place) == README


def test_the_python_of_the_readme_runs(place: Path) -> None:
    printed("kg build examples -o outputs", place)
    blocks = "\n".join(re.findall(r"```python\n(.*?)```", README, re.DOTALL))
    parsed = doctest.DocTestParser().get_doctest(blocks, {}, "README.md", "README.md", 0)
    assert len(parsed.examples) >= 5
    before = Path.cwd()
    os.chdir(place)
    try:
        result = doctest.DocTestRunner(verbose=False).run(parsed)
    finally:
        os.chdir(before)
    assert result.failed == 0


def test_the_relation_of_the_readme_is_extracted(tmp_path: Path) -> None:
    (page,) = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
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


def test_what_the_documents_name_is_there() -> None:
    for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", text):
            assert (ROOT / target).exists(), f"{name} links to {target}"
        for target in re.findall(r"`((?:kg|tests|ontology|examples|docs)/[\w./-]*)`", text):
            assert (ROOT / target).exists(), f"{name} names {target}"
        for target in re.findall(r"`make (\w+)`", text):
            assert f"\n{target}:" in (ROOT / "Makefile").read_text(encoding="utf-8")


def test_the_changelog_begins_with_this_version() -> None:
    from kg import __version__

    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (\S+?),? ", text, re.MULTILINE)[0] == __version__
