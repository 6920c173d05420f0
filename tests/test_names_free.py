"""No page, rule or test is written for the texts that the extraction is measured on.

The names of companies, projects, systems, events and policies of the real texts beside the
project must not stand in ``ontology/``, ``kg/`` or the tests: they would be found by heart.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest

from kg.ontology import load

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"
TYPES = {"Organisation", "Project", "System", "Event", "Policy"}
# Reference data about the public: what these tables list may be named anywhere.
TABLES = ("organisations", "publishers", "zones")
# Terms of the trade that a text also uses as a name of something.
TERMS = {"城市大脑"}
# 市科技局, 北京市人民政府: a place or its level, and the kind of a public body.
BODY = re.compile(r"(?:人民)?政府(?:办公[厅室])?|[\u4e00-\u9fff]{2,5}[局厅委办部]")

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
    """What is written by hand; the tables of the public and this folder's data are not."""
    given = [*(ROOT / "kg").rglob("*.py"), *(ROOT / "tests").glob("*.py")]
    given += [p for p in (ROOT / "ontology").rglob("*") if p.suffix in (".yaml", ".tsv", ".rq")]
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
