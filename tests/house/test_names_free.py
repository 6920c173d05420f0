"""No page, rule or test is written for the texts that the extraction is measured on.

The names of companies, projects, systems, events and policies of the real texts beside the
project must not stand in ``ontology/``, ``kg/`` or the tests: they would be found by heart.
Nor may their sentences: an example or a comment is written, not copied.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest

from kg.ontology import load
from tests.conftest import ROOT

CORPUS = ROOT.parent / "shared" / "corpus"
TYPES = {"Organisation", "Project", "System", "Event", "Policy"}
# Reference data about the public: what these tables list may be named anywhere.
TABLES = ("organisations", "publishers", "zones", "known")
# Terms of the trade that a text also uses as a name of something.
TERMS = {"城市大脑"}
# 市科技局, 北京市人民政府: a place or its level, and the kind of a public body.
BODY = re.compile(r"(?:人民)?政府(?:办公[厅室])?|[\u4e00-\u9fff]{2,5}[局厅委办部]")

SUFFIXES = (".yaml", ".tsv", ".rq", ".md")
HAN = re.compile(r"[\u4e00-\u9fff]")

FOLDERS = [CORPUS / part / "gold" for part in ("real", "seeds")]
pytestmark = pytest.mark.skipif(
    not all(folder.is_dir() for folder in FOLDERS),
    reason="the texts that the extraction is measured on are not beside this checkout",
)


@cache
def public() -> frozenset[str]:
    """Every name and other name of the tables of public bodies."""
    cells = {c for t in TABLES for row in load().table(t) for c in row.values()}
    return frozenset(name.strip() for cell in cells for name in cell.split("|"))


def is_public(name: str) -> bool:
    if name in public() or name in TERMS:
        return True
    places = [row["name"] for row in load().table("divisions")]
    leads = [p for p in (*places, *"市省区县") if name.startswith(p)]
    return any(BODY.fullmatch(name[len(lead) :]) for lead in leads)


def names() -> list[str]:
    found = set()
    for folder in FOLDERS:
        for file in folder.glob("*.json"):
            for e in json.loads(file.read_text(encoding="utf-8"))["entities"]:
                if e["type"] in TYPES:
                    found |= {e["name"], *e.get("aliases", ())}
    return sorted(n for n in found if len(n) >= 4 and not is_public(n))


def pages() -> list[Path]:
    """What is written by hand; the tables of the public are not."""
    given = [*(ROOT / "kg").rglob("*.py"), *(ROOT / "tests").rglob("*.py")]
    folders = (ROOT / "ontology", ROOT / "tests" / "data")
    given += [p for folder in folders for p in folder.rglob("*") if p.suffix in SUFFIXES]
    return sorted(p for p in given if p.stem not in TABLES)


def test_the_measure_is_there() -> None:
    assert len(names()) > 200
    assert len(pages()) > 100


def test_no_page_rule_or_test_names_what_the_texts_are_about() -> None:
    named = names()
    found = [
        f"{page.relative_to(ROOT)}: {name}"
        for page in pages()
        for text in [page.read_text(encoding="utf-8")]
        for name in named
        if name in text
    ]
    assert not found, "\n".join(found)


RUN = 12  # characters that two texts do not share by chance
MOSTLY = 9  # of them Chinese characters


def runs(text: str) -> set[str]:
    """Every run of characters that is mostly Chinese, of a text without its spaces."""
    text = re.sub(r"\s", "", text)
    found = {text[i : i + RUN] for i in range(len(text) - RUN + 1)}
    return {run for run in found if len(HAN.findall(run)) >= MOSTLY}


def texts() -> list[str]:
    """The real texts: annotated ones, the pages of the seeds, and those nobody annotated."""
    found = [
        p.read_text(encoding="utf-8")
        for part in ("real", "seeds")
        for p in sorted((CORPUS / part).rglob("*"))
        if p.suffix in (".txt", ".md", ".html")
    ]
    with (CORPUS / "real" / "news.jsonl").open(encoding="utf-8") as lines:
        return found + [json.loads(line)["text"] for line in lines]


def test_no_sentence_of_the_texts_stands_in_a_page_rule_or_test() -> None:
    ours = {run: page for page in pages() for run in runs(page.read_text(encoding="utf-8"))}
    assert len(ours) > 10_000
    found = {
        f"{ours[run].relative_to(ROOT)}: {run}"
        for text in texts()
        for run in runs(text) & ours.keys()
        if not any(run in name for name in public())
    }
    assert not found, "\n".join(sorted(found))


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("市科技局", True),
        ("北京市人民政府", True),
        ("中国科学院", True),
        ("澜江智能装备有限公司", False),
        ("云桥科技", False),
        ("成都云桥投资集团", False),
    ],
)
def test_only_public_bodies_may_be_named(name: str, allowed: bool) -> None:
    assert is_public(name) == allowed
