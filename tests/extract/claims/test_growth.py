"""Texts whose words come again and again are read in a time that grows as they do."""

from __future__ import annotations

import pytest

from kg.base.records import Document
from kg.extract.segment.articles import segment
from kg.ontology import load
from tests.testing.growth import grows_evenly
from tests.testing.reading import read

NOTICE = "金华市人民政府办公室关于公布重点项目的通知\n金政发〔2024〕1号\n一、总体\n"


@pytest.mark.parametrize(
    "text",
    [
        "云澜大桥、江海基地等项目" + "在渝北区" * 60 + "。",
        "云澜物流项目" + "计划投资" * 60 + "，由江海集团在无锡市建设。",
        "由江海集团建设的" + "江海云澜" * 400 + "中心落户",
        "建设" + "江海基地、" * 400 + "江海产业园",
        "李明（" + "江海集团总经理、" * 300 + "）",
    ],
)
def test_words_that_come_again_take_no_time_of_their_own(text: str) -> None:
    assert grows_evenly(lambda size: read(text * size), 4)


def test_a_row_of_digits_takes_no_time_of_its_own() -> None:
    assert grows_evenly(lambda size: read("1234567890" * size), 150)


def test_many_headings_of_grounds_are_read_in_even_time() -> None:
    line = "1.制定依据\n《某某办法》\n"
    assert grows_evenly(lambda size: read(NOTICE + line * (size // len(line))), 20_000)


def test_many_blanks_are_passed_in_even_time() -> None:
    assert grows_evenly(lambda size: read(NOTICE + "甲，" + " " * size + "乙。\n"), 20_000)


def test_many_lines_that_may_be_a_title_are_read_in_even_time() -> None:
    line = "云桥港物流枢纽二期扩建改造工程\n"

    def work(size: int) -> None:
        assert segment(Document("d", "d", line * (1 + size // len(line))), load())

    assert grows_evenly(work, 400_000)
