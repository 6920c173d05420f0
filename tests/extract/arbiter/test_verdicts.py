"""What firms do is weighed a second time, by its words, as readers judged such statements."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from kg.base.records import Document
from kg.extract.arbiter import verdicts
from kg.extract.arbiter.arbiter import Arbiter, arbiter_of
from kg.extract.arbiter.linear import Linear, load
from kg.extract.claims.context import ArticleContext, Statement
from kg.extract.model.network import network
from kg.extract.stations import DocumentState, run_relate, run_until
from kg.ontology import load as ontology

pytestmark = pytest.mark.usefixtures("learned")

TEXT = "云澜科技股份有限公司日前推出了“星河”操作系统。甲市人民医院与乙大学签署合作协议。"


def arbiter(**fitted: Linear) -> Arbiter:
    """The arbiter without its verdicts, or with others."""
    plain = {name: one for name, one in load().items() if name != "verdicts"}
    return Arbiter(ontology(), network(), {**plain, **fitted})


def stated(text: str, deciding: Arbiter) -> list[tuple[ArticleContext, Statement]]:
    state = DocumentState(Document("d", "d.txt", text), ontology(), given_arbiter=deciding)
    found = run_until(state, run_relate).statements
    return [(one.context, one.statement) for one in found if one.statement.object]


@cache
def made() -> tuple[ArticleContext, Statement]:
    """The statement that a firm launches a system."""
    every = stated(TEXT, arbiter())
    return next((c, s) for c, s in every if s.predicate == "develops")


def judging(weights: dict[str, int], threshold: int = 0) -> Linear:
    curve = [[-64, 200], [64, 900]]
    kind = "news develops System"
    return Linear(weights, 0, 0, 0, {kind: curve}, {kind: threshold})


def test_a_statement_is_told_by_its_words_names_rule_and_status() -> None:
    found = set(verdicts.features(*made()))
    assert {
        "develops",
        "develops near 推出",
        "develops words 推出 了",
        "develops quotes SO",
        "develops status none",
        "develops of Organisation and System",
        "O System common quoted",
        "develops S behind 0 日前",
        "O before 了",
    } <= found
    assert any(feature.startswith("develops by ") for feature in found)
    assert any(feature.startswith("develops S sure ") for feature in found)


def test_no_name_but_only_its_class_is_among_what_is_told() -> None:
    found = " ".join(verdicts.features(*made()))
    assert "云澜" not in found and "星河" not in found


def test_what_readers_would_not_accept_is_dropped_and_the_decision_kept() -> None:
    context, one = made()
    weights = judging({"develops near 推出": -99})
    ((result, decision),) = verdicts.judge(weights, context, [replace(one, confidence=0.8)])
    assert result is None
    assert decision is not None and decision.by_words and not decision.accepted
    assert decision.score == -99 and "develops near 推出" in decision.proposal.features
    refusing = arbiter(verdicts=weights)
    assert [s.predicate for _, s in stated(TEXT, refusing) if s.predicate == "develops"] == []


def test_what_was_very_likely_before_is_not_dropped() -> None:
    context, one = made()
    weights = judging({"develops near 推出": -99})
    sure = replace(one, confidence=0.9)
    ((result, decision),) = verdicts.judge(weights, context, [sure])
    assert result is not None and result.confidence < 0.5
    assert decision is not None and decision.accepted
    ((less, _),) = verdicts.judge(weights, context, [replace(one, confidence=0.89)])
    assert less is None


def test_what_readers_would_accept_has_the_share_of_them_as_its_confidence() -> None:
    context, one = made()
    weights = judging({"develops near 推出": 64})
    ((result, decision),) = verdicts.judge(weights, context, [one])
    assert result is not None and result.confidence == 0.9
    assert replace(result, confidence=one.confidence) == one
    assert decision is not None and decision.accepted


@pytest.mark.parametrize(
    "change",
    [{"predicate": "partOf"}, {"object": None}, {"denied": True}, {"confidence": 0.49}],
)
def test_what_nobody_judged_is_as_it_was(change: dict[str, object]) -> None:
    context, one = made()
    other = replace(one, **change)  # type: ignore[arg-type]
    assert list(verdicts.judge(judging({}, 99), context, [other])) == [(other, None)]


def test_a_notice_is_not_judged_as_news_is() -> None:
    notice = "甲市人民政府办公厅关于印发平台建设方案的通知\n各区人民政府：\n" + TEXT
    state = DocumentState(Document("d", "d.txt", notice), ontology(), given_arbiter=arbiter())
    every = run_until(state, run_relate).statements
    found = [one for one in every if one.statement.predicate == "develops"]
    assert found and {one.context.article.kind for one in found} == {"notice"}
    for one in found:
        weights = judging({}, 99)
        assert list(verdicts.judge(weights, one.context, [one.statement])) == [
            (one.statement, None)
        ]


def test_without_verdicts_nothing_is_weighed_again() -> None:
    context, one = made()
    assert list(verdicts.judge(None, context, [one])) == [(one, None)]


def test_the_verdicts_that_are_shipped_judge_what_they_were_fitted_on() -> None:
    fitted = load()["verdicts"]
    # Makers of products and who works with whom, in news: of other kinds too few were judged.
    kinds = {"news develops System", "news cooperatesWith Organisation"}
    assert fitted.calibration.keys() == fitted.thresholds.keys() == kinds
    for curve in fitted.calibration.values():
        assert curve == sorted(curve) and [share for _, share in curve] == sorted(
            share for _, share in curve
        )
    for kind, least in fitted.thresholds.items():
        assert fitted.confidence(least, kind) >= 0.8 > fitted.confidence(least - 4, kind)


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("云澜科技股份有限公司研发的“星河”操作系统日前发布。", True),
        ("云澜科技股份有限公司与江海大学签订合作协议，一起建设实验室。", True),
        ("云澜科技股份有限公司计划推出新车，并与江海大学签订合作协议。", False),
    ],
)
def test_what_stands_without_verdicts_may_not_stand_with_them(text: str, stands: bool) -> None:
    kinds = {"develops", "cooperatesWith"}
    assert any(one.predicate in kinds for _, one in stated(text, arbiter()))
    folder = str(ontology().folder)
    assert any(one.predicate in kinds for _, one in stated(text, arbiter_of(folder))) is stands
