"""The sentences that rows of answers rest on."""

from __future__ import annotations

from kg.ontology import load
from kg.publish.search.evidence import evidence
from kg.publish.search.index import write
from tests.testing.graphs.builders import knowledge, source


def test_the_sentence_of_a_row_is_that_between_its_things_or_of_its_value() -> None:
    book = write(knowledge(), load(), None)
    rows = [
        ["传感器产业园项目", "3000000000", "约30亿元"],
        ["传感器产业园项目", "北碚区"],
        ["于海", "董事长"],
        ["重庆市传感器产业发展规划", "国家传感器行动计划"],
        ["Project", "12"],
        [],
    ]
    found = evidence(book, rows)
    assert [one and one["quote"] for one in found] == [
        "约30亿元的传感器产业园项目",
        "项目落户北碚区",
        "股份",
        "依据《国家传感器行动计划》",
        None,
        None,
    ]
    text = source().text
    assert all(one is None or text[one["start"] : one["end"]] == one["quote"] for one in found)
