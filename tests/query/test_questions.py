"""Every named question: its answer on a small graph, and how it is written."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

import kg
from kg.base.errors import QueryError
from kg.ontology import load
from kg.query.query import run
from kg.query.questions import ask, question
from kg.query.sparql.tokens import tokens
from tests.testing.graphs import builders as b

if TYPE_CHECKING:
    from collections.abc import Iterator

QUESTIONS = load().questions
COMPANY, PROJECT, POLICY = b.COMPANY.name, b.PROJECT.name, b.POLICY.name
FIRST = b.TEXT.split("\n")[0]
THIRTY, FIFTY = Decimal(3 * 10**9), Decimal(5 * 10**9)

ANSWERS: dict[str, tuple[dict[str, str], Any]] = {
    "projects": ({"district": "重庆市"}, [
        (PROJECT, "locatedIn", "北碚区", "planned", THIRTY),
        (PROJECT, "locatedIn", "北碚区", "planned", FIFTY),
        (PROJECT, "signs", "北碚区", "signed", THIRTY),
        (PROJECT, "signs", "北碚区", "signed", FIFTY),
    ]),
    "investments": ({"minimum": "4,000,000,000", "district": "重庆市"},
                    [(PROJECT, FIFTY, "50亿元", "北碚区")]),
    "deals": ({"thing": PROJECT, "kind": "total"}, [
        (f"{COMPANY}、北碚区", PROJECT, "北碚区", THIRTY, "total", "约30亿元", "--11-18", "signed",
         "云博会", "约30亿元的传感器产业园项目", "n01.txt", "CNY"),
    ]),
    "signings": ({"party": "鑫远电子"}, [(COMPANY, PROJECT, "signed", "n01.txt")]),
    "partners": ({"name": "鑫远电子"}, [
        ("北碚区", "cooperatesWith", None),
        ("北碚区", "signs", PROJECT),
    ]),
    "members": ({}, [("传感器产业联盟", COMPANY, "leader"), ("传感器产业联盟", COMPANY, "member")]),
    "policies": ({"district": "北碚区"}, [(POLICY, "重庆市", None, "重庆市", None)]),
    "lineage": ({"policy": POLICY}, [("rests on", b.PLAN.name, None)]),
    "documents": ({"entity": "于海"}, [("n01.txt", "传感器", "2020-11-18", 2)]),
    "people": ({"body": "鑫远电子"}, [
        ("于海", "董事长", COMPANY, None, "former", None, None, None, "股份有限公司", "n01.txt"),
    ]),
    "posts": ({"person": "于海"}, [
        ("于海", "董事长", COMPANY, "former", None, None, None, "股份有限公司", "n01.txt"),
    ]),
    "events": ({"event": "云博会"}, [("云博会", "2020-11-18", None, "重庆市", PROJECT)]),
    "systems": ({}, [(COMPANY, "政快办", None)]),
    "facts": ({"status": "planned"}, [
        (PROJECT, "locatedIn", "北碚区", "planned", Decimal("0.9"), "n01.txt", "项目落户北碚区"),
    ]),
    "evidence": ({"one": PROJECT, "other": "鑫远电子"}, [
        (COMPANY, "signs", PROJECT, "signed", Decimal("0.9"), "n01.txt", 0, FIRST),
        (COMPANY, "signs", PROJECT, "signed", Decimal("0.5"), "n01.txt", 30, "签约"),
    ]),
    "contradictions": ({"attribute": "investment"}, [
        (PROJECT, "investment", THIRTY, "约30亿元", "n01.txt", None, None),
        (PROJECT, "investment", FIFTY, "50亿元", "n01.txt", None, None),
    ]),
    "totals": ({"district": "中国"}, [("中国", None, 1, FIFTY)]),
    "targets": ({"policy": POLICY}, [(POLICY, "到2025年产值达到500亿元", "n01.txt")]),
    "about": ({"entity": "于海"}, [
        ("于海", "role", "董事长", None, Decimal("0.9"), "n01.txt", "股份"),
        ("于海", "worksFor", COMPANY, None, Decimal("0.9"), "n01.txt", "电子"),
    ]),
    "timeline": ({"since": "2020", "until": "2020-11", "class": "活动"},
                 [("2020-11-18", "Event", "云博会", "n01.txt")]),
}  # fmt: skip


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[kg.Graph]:
    with kg.open(b.built(tmp_path_factory.mktemp("graph"))) as opened:
        yield opened


@pytest.mark.parametrize("name", ANSWERS)
def test_the_question_gets_the_right_answer(graph: kg.Graph, name: str) -> None:
    given, rows = ANSWERS[name]
    assert ask(graph, name, given).rows == rows


def test_counts_count_each_entity_and_each_fact_once(graph: kg.Graph) -> None:
    found = {(kind, name): count for kind, name, count in ask(graph, "counts").rows}
    assert found["class", "District"] == 3
    assert found["fact", "signs"] == 2  # said three times
    assert sum(n for (kind, _), n in found.items() if kind == "class") == len(
        b.knowledge().entities
    )


def test_every_question_has_an_answer_here_and_there_are_enough() -> None:
    assert set(QUESTIONS) == {*ANSWERS, "counts"}
    assert len(QUESTIONS) >= 14


@pytest.mark.parametrize("name", QUESTIONS)
def test_each_question_runs_with_as_little_as_it_needs(graph: kg.Graph, name: str) -> None:
    needed = {
        p.name: ANSWERS[name][0][p.name] for p in QUESTIONS[name].parameters if p.default is None
    }
    data = run(graph, question(graph, name, needed))
    assert len(data.splitlines()) > 2


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_parameter_can_be_given_in_python(graph: kg.Graph, name: str) -> None:
    given, _ = ANSWERS.get(name, ({}, []))
    assert graph.ask(name, **given).columns


@pytest.mark.parametrize("name", QUESTIONS)
def test_each_question_orders_by_every_column_so_that_its_answer_never_moves(name: str) -> None:
    words = list(tokens(QUESTIONS[name].text))
    select = next(i for i, t in enumerate(words) if t.word == "SELECT")
    where = next(i for i, t in enumerate(words) if t.word == "WHERE")
    columns, depth = [], 0
    for before, token in zip(words[select:where], words[select + 1 : where], strict=False):
        depth += (token.text == "(") - (token.text == ")")
        if token.kind == "variable" and (not depth or before.word == "AS"):
            columns.append(token.text)
    order = QUESTIONS[name].text.rpartition("ORDER BY")[2]
    ordered = set(re.findall(r"\?\w+", order))
    # A column that the others determine need not be ordered by.
    free = {"?projects"} if name == "totals" else set()
    assert set(columns) - ordered == free


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_placeholder_is_a_parameter_and_every_parameter_is_used(name: str) -> None:
    used = {t.text[1:] for t in tokens(QUESTIONS[name].text) if t.text.startswith("$")}
    assert used == {p.name for p in QUESTIONS[name].parameters}
    assert all(p.comment["zh"] and p.comment["en"] for p in QUESTIONS[name].parameters)


def test_a_repealed_policy_is_in_force_no_more(tmp_path: object) -> None:
    import dataclasses

    whole = b.knowledge()
    ended = b.fact(b.PLAN, "repeals", b.POLICY, "印发")
    facts = tuple(sorted((*whole.facts, ended), key=lambda f: f.id))
    with kg.open(b.built(tmp_path, dataclasses.replace(whole, facts=facts))) as opened:  # type: ignore[arg-type]
        assert ask(opened, "policies", {"district": "北碚区"}).rows == []
        assert ("is ended by", b.PLAN.name, None) in ask(opened, "lineage", {"policy": POLICY}).rows


@pytest.mark.parametrize(
    ("written", "filled"),
    [("yes", '"yes"'), ("YES", '"yes"'), ("是", '"yes"'), ("no", '""'), ("否", '""'), ("", '""')],
)
def test_a_flag_is_yes_or_no_as_people_write_it(graph: kg.Graph, written: str, filled: str) -> None:
    text = question(graph, "people", {"doubtful": written})
    assert f"FILTER({filled} != " in text


def test_a_flag_that_is_neither_yes_nor_no_is_refused(graph: kg.Graph) -> None:
    with pytest.raises(QueryError, match="doubtful: 'some' is neither yes nor no"):
        question(graph, "people", {"doubtful": "some"})
