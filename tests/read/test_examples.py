"""The documents of ``examples/``: all are read, in all formats, and made from their sources."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from kg.base.records import Document
from kg.read import parse, read
from tests.conftest import EXAMPLES, ROOT
from tests.testing.making import examples

GOLD = ROOT / "tests" / "gold"


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    found = list(read([EXAMPLES]))
    assert all(isinstance(document, Document) for document in found), found
    return {document.name: document for document in found if isinstance(document, Document)}


def test_all_are_read(documents: dict[str, Document]) -> None:
    assert len(documents) == 16
    assert {Path(name).suffix for name in documents} == {".txt", ".md", ".html", ".docx", ".pdf"}
    assert len({document.id for document in documents.values()}) == 16
    assert documents["柳州-智能网联汽车细则.txt"].encoding == "gb18030"
    assert not any("\ufffd" in document.text for document in documents.values())


def test_gold_names_stand_in_the_text_as_read(documents: dict[str, Document]) -> None:
    pages = sorted(GOLD.glob("*.json"))
    assert len(pages) == 13
    for page in pages:
        gold = json.loads(page.read_text(encoding="utf-8"))
        text = letters(documents[gold["doc"]].text)
        names = [letters(entity["name"]) for entity in gold["entities"]]
        missing = [name for name in names if name not in text]
        assert len(missing) <= 0.2 * len(names), (gold["doc"], missing)


def test_gold_of_made_files_is_about_the_same_words(documents: dict[str, Document]) -> None:
    made = [d for d in documents.values() if Path(d.name).suffix in (".html", ".docx", ".pdf")]
    scored = [d for d in made if (GOLD / f"{Path(d.name).stem}.json").exists()]
    assert len(scored) == 4
    for document in scored:
        source = examples.SOURCES / f"{Path(document.name).stem}.txt"
        assert letters(document.text) == letters(source.read_text(encoding="utf-8"))


def letters(text: str) -> str:
    return re.sub(r"[\s“”‘’《》〈〉]", "", text)


def test_made_files_say_what_their_maker_writes(documents: dict[str, Document]) -> None:
    pytest.importorskip("reportlab")
    pytest.importorskip("docx")
    made = examples.made()
    assert len(made) == 7
    for name, content in made.items():
        assert parse(name, content) == documents[name], f"run {examples.__name__} for {name}"
