"""No code knows a class or a rule by its name: with all of them renamed a text says the same."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from kg.base.records import Document, Reading
from kg.extract.document import extract
from kg.ontology import Ontology, load, rules
from kg.read import parse
from tests.conftest import ROOT

EXAMPLES = sorted(path for path in (ROOT / "examples").iterdir() if path.is_file())


def new(name: str) -> str:
    return f"{name}ish"


@pytest.fixture(scope="module")
def renamed(tmp_path_factory: pytest.TempPathFactory) -> Ontology:
    """The ontology with another name for every class and every rule, in the same order."""
    folder = Path(shutil.copytree(load().folder, tmp_path_factory.mktemp("renamed") / "o"))
    classes = re.compile(rf"(?<![:\w])(?:{'|'.join(load().classes)})\b(?!:)(?! [a-z])")
    for path in sorted(folder.rglob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        labels = re.compile(r"^ *(?:label|comment|inverse|zh|en|aligned)\b.*$", re.M)
        kept = {m.span() for m in labels.finditer(text)}

        def one(match: re.Match[str], kept: set[tuple[int, int]] = kept) -> str:
            said = any(start <= match.start() < end for start, end in kept)
            return match[0] if said else new(match[0])

        text = classes.sub(one, text)
        text = re.sub(r"^(  [A-Z]\w+)(: \[)", r"\1ish\2", text, flags=re.M)  # forms of dossiers
        text = re.sub(r"(- rule: )(\S+)", r"\1other.\2.x", text)
        target = path.with_stem(new(path.stem)) if path.parent.name == "classes" else path
        path.unlink()
        target.write_text(text, encoding="utf-8")
    table = folder / "gazetteers" / "known.tsv"
    rows = table.read_text(encoding="utf-8")
    cells = re.compile(
        rf"^(?:{'|'.join(load().classes)})(?=\t)|(?<=\t)(?:{'|'.join(load().classes)})(?=\t|$)",
        re.M,
    )
    table.write_text(cells.sub(lambda m: new(m[0]), rows), encoding="utf-8")
    return load(folder)


def said(reading: Reading, name: str = "", rule: str = "") -> list[object]:
    """What a reading says; ``name`` and ``rule`` are what its classes and rules end in."""
    things = [
        (e.type.removesuffix(name), e.name, e.key, e.key_rule, e.subtype) for e in reading.entities
    ]
    claims = [
        (c.subject, c.predicate, c.object, c.value, c.start, c.end, c.status, c.trigger)
        for c in reading.claims
    ]
    told = [c.rule.removeprefix("other.").removesuffix(rule) for c in reading.claims]
    return [things, claims, told]


def test_every_class_and_rule_has_another_name(renamed: Ontology) -> None:
    ontology = load()
    assert list(renamed.classes) == [new(name) for name in ontology.classes]
    assert [r.rule for r in rules(renamed)] == [f"other.{r.rule}.x" for r in rules(ontology)]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_says_the_same_with_other_names(path: Path, renamed: Ontology) -> None:
    document: Document = parse(path.name, path.read_bytes())
    here, there = extract(document, load()), extract(document, renamed)
    assert said(there, "ish", ".x") == said(here)
