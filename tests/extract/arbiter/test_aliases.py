"""Which names of a document are short for others is decided like all else, and can be told."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from kg.base.records import Document
from kg.extract.arbiter.aliases import MOST, Alias, AliasScorer, aliases, compared
from kg.extract.arbiter.linear import Linear
from kg.extract.arbiter.linear import load as fitted
from kg.extract.document import extract
from kg.ontology import load
from kg.run.train.fitting.links import examples
from kg.run.train.standoff import Article

# Whatever a longer name begins or ends with is short for it; the rest is not.
ENDS = Linear({"first": 100, "last": 100}, 0, 90, 0)


def joined(names: list[str], linear: Linear = ENDS) -> list[tuple[str, str]]:
    found = aliases("Organisation", names, "".join(names), linear, lambda name: name)
    return [(one.short, one.full) for one in found]


def test_a_name_is_short_for_the_one_that_it_begins() -> None:
    assert joined(["云澜集团", "云澜集团有限公司", "江岸银行"]) == [
        ("云澜集团", "云澜集团有限公司")
    ]


def test_a_name_that_may_be_short_for_two_is_for_neither() -> None:
    assert joined(["教育局", "甲市教育局", "乙市教育局"]) == []


def test_names_of_one_thing_are_not_compared() -> None:
    names = ["教育局", "甲市教育局"]
    assert list(aliases("Organisation", names, "", ENDS, lambda _: "one")) == []


def test_two_full_names_of_one_thing_leave_no_doubt() -> None:
    names = ["教育局", "甲市教育局", "甲市市教育局"]
    found = aliases(
        "Organisation", names, "", ENDS, lambda name: "city" if "甲市" in name else name
    )
    assert [one.short for one in found] == ["教育局"]


def test_the_surest_come_first() -> None:
    linear = Linear({"first": 100, "last": 120}, 0, 90, 0)
    found = list(
        aliases("Event", ["博览会", "甲博览会", "论坛周", "论坛周开幕式"], "", linear, str)
    )
    assert found == [Alias("博览会", "甲博览会", 120), Alias("论坛周", "论坛周开幕式", 100)]


def test_a_list_of_hundreds_is_not_compared() -> None:
    names = [f"云澜{n:04}集团" for n in range(MOST)]
    assert joined([*names, "云澜0001集团有限公司"]) == []


def test_hundreds_of_names_that_are_all_alike_are_compared_in_a_moment() -> None:
    """Beside a text of a block: what is counted of it is counted once for each name."""
    names = [f"云澜第{n}中学" for n in range(MOST)]
    text = "，".join(names) * 20
    calls = Counter[str]()

    class Text(str):
        __slots__ = ()

        def count(self, *given: Any) -> int:
            calls["count"] += 1
            return str(self).count(*given)

    list(aliases("Organisation", names, Text(text), ENDS, str))
    assert calls["count"] == MOST


@pytest.mark.parametrize(
    ("short", "full", "alike"),
    [
        ("市科技局", "甲市科学技术局", True),
        ("甲市科学技术局", "市科技局", False),
        ("甲公司", "甲公司", False),
        ("云澜", "江岸银行", False),
        ("", "江岸银行", False),
    ],
)
def test_what_is_compared(short: str, full: str, alike: bool) -> None:
    assert compared(short, full) is alike


def test_brackets_behind_a_name_count() -> None:
    text = "甲乙丙大学（甲丙大）今天成立。"
    names = ["甲丙大", "甲乙丙大学"]
    for said, bracketed in ((text, True), ("甲乙丙大学成立。", False)):
        ((full, holds),) = AliasScorer("Organisation", names, said).pairs("甲丙大")
        assert full == "甲乙丙大学"
        assert ("bracketed" in holds) is bracketed


def test_gold_gives_pairs_of_one_thing_and_of_two() -> None:
    raw = {
        "entities": [
            ["Organisation", ["云澜市教育局", "市教育局"], []],
            ["Organisation", ["江岸区教育局"], []],
        ]
    }
    found = list(examples(Article("a", "network", "", raw), "云澜市教育局和江岸区教育局"))
    assert sorted(one.true for one in found) == [False, False, True]


def test_the_weights_join_what_anyone_would() -> None:
    linear = fitted()["links"]
    names = ["阿勒某·德米尔", "德米尔"]
    found = list(aliases("Person", names, "阿勒某·德米尔说，德米尔", linear, str))
    assert [(one.short, one.full) for one in found] == [("德米尔", "阿勒某·德米尔")]


TEXT = "外交部长阿勒某·德米尔12日访问北京。德米尔表示，双方将扩大合作。"


@pytest.mark.usefixtures("learned")
def test_a_merge_that_was_learned_tells_its_reason() -> None:
    reading = extract(Document("d", "d.txt", TEXT), load())
    merges = [m for e in reading.entities for m in e.merges if m.rule == "reader.alias"]
    assert [m.reason for m in merges] == ["德米尔 is read as short for 阿勒某·德米尔"]
    people = [e for e in reading.entities if e.type == "Person"]
    assert len(people) == 1, people


def test_rules_alone_join_nothing_by_what_was_learned() -> None:
    reading = extract(Document("d", "d.txt", TEXT), load())
    assert not [m for e in reading.entities for m in e.merges if m.rule == "reader.alias"]
