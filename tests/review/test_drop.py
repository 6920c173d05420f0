"""What is no entity goes with all that was said of it, in one document or in all, until undone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from kg.query.graph import open as open_store
from kg.review.book import read
from kg.review.queue import HARMS, questions
from kg.review.terminal import HARM
from tests.testing.builds.desk import COMPANY, PROJECT, Desk

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("kept_readers")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_thing_that_is_none_goes_with_its_facts_and_comes_back(desk: Desk) -> None:
    before = desk.names()
    assert desk.facts("invests", COMPANY, PROJECT)
    desk.say("drop", PROJECT, why="只是泛指")
    report = desk.build()
    assert report.corrections.orphaned == ()
    assert PROJECT not in desk.names()
    assert not desk.facts(PROJECT)
    with open_store(desk.graph) as graph:
        places = {n.entity for s in graph.knowledge.sources for n in s.named_places}
        assert places <= {e.id for e in graph.knowledge.entities}
    desk.say("undo", read(desk.file).decisions[0].id)
    desk.build()
    assert desk.names() == before
    assert desk.facts("invests", COMPANY, PROJECT)


def test_a_name_that_names_nothing_goes_in_every_document_and_the_thing_stays(desk: Desk) -> None:
    desk.write("丁.txt", "甲某科技与云澜市人民政府签约。甲某科技拟投资2亿元建设云谷仓储项目。\n")
    desk.build()
    assert "甲某科技" in desk.names()[COMPANY]
    desk.say("drop", "甲某科技", "--alike", "phrase")
    desk.build()
    assert desk.names()[COMPANY] == set()
    assert desk.facts("invests", COMPANY, PROJECT)
    assert not desk.facts("云谷仓储项目", COMPANY)


def test_a_place_in_which_others_lie_stays_as_reference_data(desk: Desk) -> None:
    desk.write("戊.txt", "甘肃省兰州市城关区建设数据中心项目。\n")
    desk.build()
    desk.say("drop", "兰州市")
    assert desk.build().corrections.orphaned == ()
    with open_store(desk.graph) as graph:
        (city,) = (e for e in graph.knowledge.entities if e.name == "兰州市")
        assert (city.mentions, bool(city.background)) == (0, True)
        names = graph.names_of
        held = {(names[f.subject], names.get(f.object)) for f in graph.knowledge.facts if f.source}
    assert ("城关区", "兰州市") in held
    assert not desk.facts("兰州市")


def test_what_was_accepted_before_does_not_bring_back_what_is_none(desk: Desk) -> None:
    desk.say("accept", desk.id("invests", COMPANY, PROJECT))
    desk.say("drop", PROJECT)
    (lost,) = desk.build().corrections.orphaned
    assert "is no entity, by 王敏" in lost.why
    assert PROJECT not in desk.names()


def test_of_the_class_of_a_thing_and_that_it_is_none_the_later_holds(desk: Desk) -> None:
    desk.say("drop", PROJECT)
    desk.say("retype", PROJECT, "System", by="李雷")
    report = desk.build()
    (told,) = report.corrections.contested
    assert "overruled by retype" in told.why
    assert PROJECT in desk.names()


@pytest.mark.parametrize("words", [("不存在的名称",), ("不存在的名称", "--alike", "phrase")])
def test_nothing_of_that_name_is_told(
    desk: Desk, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    assert desk.say("drop", *words) == 1
    assert "nothing is called" in capsys.readouterr().err


# All that is alike


def many(desk: Desk) -> None:
    rows = [f"{COMPANY}拟投资{n}亿元建设云谷{n}号仓储项目。" for n in (2, 3, 4, 5, 6)]
    desk.write("己.txt", "\n".join(rows) + "\n")
    desk.build()


def test_claims_of_one_rule_and_end_are_rejected_at_once_and_taken_back_at_once(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    many(desk)
    facts = desk.facts("invests", COMPANY)
    one = facts[-1]
    like = [f for f in facts if f.rule == one.rule and f.subject == one.subject]
    assert len(like) > 2
    id_ = one.id.rpartition("/")[2]
    capsys.readouterr()
    assert desk.say("reject", id_, "--alike", "subject", "--preview") == 0
    shown = capsys.readouterr().out
    assert shown.startswith(f"{len(like)} decisions, {len(like)} claims would go, 0 would be")
    assert not desk.file.exists()
    desk.say("reject", id_, "--alike", "subject")
    decided = read(desk.file).decisions
    assert len(decided) == len(like)
    assert {d.pattern for d in decided} == {f"invests · {one.rule} · {COMPANY} →"}
    assert len({d.when for d in decided}) == 1
    desk.build()
    assert len(desk.facts("invests", COMPANY)) == len(facts) - len(like)
    desk.say("undo", decided[0].id, "--alike", "decision")
    desk.build()
    assert len(desk.facts("invests", COMPANY)) == len(facts)


def test_what_people_decided_one_by_one_stays(desk: Desk) -> None:
    many(desk)
    first, *rest = desk.facts("invests", COMPANY)
    like = [f for f in (first, *rest) if f.rule == first.rule]
    id_ = first.id.rpartition("/")[2]
    desk.say("accept", id_)
    desk.say("reject", id_, "--alike", "subject")
    assert [d.do for d in read(desk.file).decisions] == ["accept"] + ["reject"] * (len(like) - 1)


def test_all_names_of_a_class_with_one_ending_are_none(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    many(desk)
    capsys.readouterr()
    desk.say("drop", "Project", "仓储项目", "--alike", "ending", "--preview")
    shown = capsys.readouterr().out
    assert "would go: 云谷2号仓储项目、云谷3号仓储项目" in shown
    desk.say("drop", "Project", "仓储项目", "--alike", "ending")
    desk.build()
    left = desk.names()
    assert PROJECT in left
    assert not any(name.endswith("仓储项目") for name in left)
    assert desk.say("drop", "Project", "目", "--alike", "ending") == 1


# What is asked first


def test_money_comes_before_names_before_doubles(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.write("己.txt", "甲某科技拟投资15亿元建设甲某云谷项目。甲某云谷项目总投资16亿元。\n")
    desk.write("辛.txt", "乙某新材料公司与江畔区人民政府签约，拟投资2亿元建设乙某云谷项目。\n")
    desk.build()
    with open_store(desk.graph) as graph:
        harms = [q.harm for q in questions(graph)]
        names = [q for q in questions(graph) if q.kind == "name"]
        doubtful = {e.name for e in graph.knowledge.entities if e.doubtful and e.mentions}
    order = list(HARMS)
    assert harms[0] == "money"
    assert [order.index(h) for h in harms] == sorted(order.index(h) for h in harms)
    assert {q.accept.entity.name for q in names if q.accept.entity} == doubtful
    assert all(q.reject.do == "drop" and q.accept.do == "retype" for q in names)
    assert set(HARM) == set(HARMS)
    capsys.readouterr()
    desk.say("--list", "--limit", "1")
    told = capsys.readouterr().out
    assert "why: a sum is in question: " in told
    assert "weight" not in told
    desk.say("--json", "--limit", "1")
    assert json.loads(capsys.readouterr().out)[0]["harm"] == "money"
