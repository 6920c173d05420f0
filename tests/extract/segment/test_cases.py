"""Pages and what they are split into, in ``tests/data/segment``.

The files hold cases as those of ``tests/data/claims`` do. Of each ``text``:

- ``articles`` are those that it is split into: each the whole of its text, or a mapping with its
  ``title``, ``publisher``, ``date``, ``place``, ``kind``, its ``lines``, or parts that it ``holds``
  and ``lacks``
- ``sentences`` are those of its only article
- ``normalised`` is how its marks and digits are read, ``tabulated`` how its tables are
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kg.base.records import Document
from kg.extract.segment.articles import SegmentedArticle, segment
from kg.extract.segment.grid import tabulated
from kg.extract.segment.punctuation import normalised
from kg.ontology import load
from tests.testing.files.cases import cases, files

if TYPE_CHECKING:
    from collections.abc import Callable

ONTOLOGY = load()
CASES = dict(pair for file in files("segment") for pair in cases(file))


def articles(text: str) -> tuple[SegmentedArticle, ...]:
    return segment(Document("d", "d.txt", text), ONTOLOGY)


def sentences(text: str) -> list[str]:
    (article,) = articles(text)
    return [article.text[s.start : s.end] for s in article.sentences]


READ: dict[str, Callable[[str], Any]] = {
    "articles": articles,
    "sentences": sentences,
    "normalised": lambda text: normalised(text, ONTOLOGY.lexicon.layout),
    "tabulated": lambda text: tabulated(text, ONTOLOGY.lexicon.tables),
}


def one(article: SegmentedArticle, wanted: Any) -> Any:
    """An article in the way that a case tells the one it wants."""
    if not isinstance(wanted, dict):
        return article.text
    told: dict[str, Any] = {
        "lines": article.text.splitlines(),
        "holds": [part for part in wanted.get("holds", ()) if part in article.text],
        "lacks": [part for part in wanted.get("lacks", ()) if part not in article.text],
    }
    return {key: told[key] if key in told else getattr(article, key) for key in wanted}


def test_no_case_is_lost() -> None:
    assert len(CASES) >= 85
    for name, case in CASES.items():
        assert len(case.keys() & READ.keys()) == 1, f"{name} asks for nothing, or for two things"
        assert case.keys() <= {"case", "text", "gaps", *READ}, name


@pytest.mark.parametrize("name", CASES)
def test_a_page_is_split_as_it_says(name: str) -> None:
    case = CASES[name]
    (key,) = case.keys() & READ.keys()
    found = READ[key](case["text"])
    if key == "articles":
        wanted = [*case[key], *[""] * len(found)]
        found = [one(article, wanted[i]) for i, article in enumerate(found)]
    assert found == case[key], f"tests/data/{name}\ntext: {case['text']}"
