"""Answers on a terminal: amounts as people read them, lines that fit, and what is left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import kg as zhengtu
from kg.base.records import Amount, Attestation, Deal, Value
from kg.query.questions import question, remark
from kg.query.screen import table
from kg.query.table import width
from tests.conftest import kg
from tests.testing.graphs import builders as b

SENTENCE = "甲某公司投资30亿元建设传感器产业园，" * 12 + "完。"


PAPER = b.source("n02.txt", SENTENCE)
INVESTED = b.fact(b.COMPANY, "invests", b.PROJECT, SENTENCE, document=PAPER)


def deal(name: str, amount: str, currency: str) -> Deal:
    """A deal of one sum."""
    attestation = Attestation(PAPER.id, 0, len(SENTENCE), SENTENCE, claims=(INVESTED.id,))
    one = Amount(amount, "total", currency, claims=attestation.claims)
    iri = f"{b.BASE}deal/{b.hexes(name)}"
    return Deal(iri, parties=(b.COMPANY.id,), amounts=(one,), attestations=(attestation,))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    whole = b.knowledge()
    deals = (deal("yuan", "3000000000", "CNY"), deal("dollars", "500000000", "USD"))
    other = b.fact(b.PROJECT, "otherSum", Value("500000000 USD total"), SENTENCE, document=PAPER)
    given = replace(
        whole,
        sources=tuple(sorted((*whole.sources, PAPER), key=lambda one: one.id)),
        deals=tuple(sorted((*whole.deals, *deals), key=lambda one: one.id)),
        facts=tuple(sorted((*whole.facts, INVESTED, other), key=lambda one: one.id)),
    )
    return b.built(tmp_path_factory.mktemp("screen") / "graph", given)


@pytest.fixture(scope="module")
def graph(folder: Path) -> Iterator[zhengtu.Graph]:
    with zhengtu.open(folder) as opened:
        yield opened


def seen(graph: zhengtu.Graph, name: str, most: int = 0, **given: str) -> str:
    asked = graph.ontology.questions[name]
    return table(graph, asked, question(graph, name, given), most).decode()


def test_amounts_are_read_as_people_write_them(graph: zhengtu.Graph) -> None:
    deals = seen(graph, "deals")
    assert "30亿元" in deals
    assert "5亿美元" in deals
    assert "3000000000" not in deals
    assert "currency" not in deals.splitlines()[0]
    about = seen(graph, "about", entity=b.PROJECT.name)
    assert "5亿美元 total" in about
    assert "500000000 USD" not in about


def test_machines_are_told_all_digits_and_all_of_a_sentence(folder: Path) -> None:
    for format in ("csv", "tsv", "json", "xml"):
        done = kg("ask", "deals", "-d", folder, "--format", format)
        assert done.returncode == 0
        told = done.stdout.decode()
        assert SENTENCE in told
        assert "3000000000" in told
        assert "5亿美元" not in told


@pytest.mark.parametrize("most", [80, 120, 200])
def test_a_line_fits_the_terminal(graph: zhengtu.Graph, most: int) -> None:
    lines = seen(graph, "about", most, entity=b.COMPANY.name).splitlines()
    assert max(map(width, lines)) <= most
    assert max(map(width, seen(graph, "deals").splitlines())) > 200
    assert "…" in seen(graph, "deals", most)


def test_what_a_filter_leaves_out_is_said(graph: zhengtu.Graph, folder: Path) -> None:
    assert remark(graph, "deals") == {}
    assert remark(graph, "deals", {"minimum": "1亿", "currency": "USD"}) == {}
    said = remark(graph, "deals", {"minimum": "1亿"})
    assert said["zh"].startswith("另有 1 项没有列出")
    assert said["en"].startswith("1 more are left out")
    assert remark(graph, "deals", {"minimum": "1亿", "thing": b.PERSON.name}) == {}
    done = kg("ask", "deals", "minimum=1亿", "-d", folder)
    assert "30亿元" in done.stdout.decode()
    assert "note: 1 more are left out" in done.stderr.decode()


def test_an_empty_answer_says_what_would_fill_it(folder: Path) -> None:
    done = kg("ask", "deals", f"thing={b.PERSON.name}", "-d", folder)
    assert done.returncode == 0
    assert "note: nothing fits. It would list: A line for each deal" in done.stderr.decode()


def test_a_question_without_a_remark_has_none(graph: zhengtu.Graph) -> None:
    assert remark(graph, "about", {"entity": b.COMPANY.name}) == {}
