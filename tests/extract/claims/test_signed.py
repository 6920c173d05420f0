"""How newspapers and bureaus print what was signed: in sentences, lists, rows and remarks."""

from __future__ import annotations

import pytest

from tests.testing.growth import grows_evenly
from tests.testing.reading import claims, read

# Sentences, and what is no name of a work in them.
UNNAMED = {
    "a body that builds": ("江海大学分析测试中心建成了实验平台。", "江海大学分析测试中心"),
    "a body that opens": ("无锡市不动产登记中心启用电子证照。", "无锡市不动产登记中心"),
    "who runs it by itself": (
        "云澜集团独立运营江海数据中心项目。",
        "云澜集团独立运营江海数据中心项目",
    ),
    "a city's aim": ("重庆市加快建设西部金融中心。", "西部金融中心"),
    "a body that does research": ("江海集团支持建设云澜数学研究中心。", "云澜数学研究中心"),
    "sums behind a colon": (
        "落户项目：总投资100亿元、年产值200亿元、带动就业3000人。",
        "年产值200亿元",
    ),
    "sorts that are counted": ("签约项目8个，包括先进制造业项目、数字经济项目。", "先进制造业项目"),
    "places that are visited": (
        "他们考察了江海智能汽车基地、云澜光电产业园，了解企业开工情况。",
        "云澜光电产业园",
    ),
    "what is told of a work before its name": (
        "由江海集团建设的总投资20亿元的云澜基地开工。",
        "总投资20亿元的云澜基地",
    ),
    "sorts that settle": ("芯片设计、智能家居、汽车电子等项目签约落户。", "芯片设计"),
}


NOBODY = {
    "a sort of goods before a colon": ("锂电池：计划投资5亿元建设云澜基地。", "锂电池"),
    "a trade before a colon": ("■新能源汽车：在无锡市建设基地。", "新能源汽车"),
    "a person before a colon": ("李国强：计划建设云澜基地。", "李国强"),
    "what runs": ("中欧班列拟在渝北区建设云澜集结中心。", "中欧班列"),
}


@pytest.mark.parametrize("case", NOBODY)
def test_no_company_is_named(case: str) -> None:
    text, name = NOBODY[case]
    assert name not in {e.name for e in read(text).entities if e.type == "Organisation"}


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


def test_several_works_in_several_places_are_not_multiplied() -> None:
    text = "江海智能汽车基地、云澜显示基地、启明测试基地签约落户永川区、合川区。"
    assert [c for c in claims(text) if c[1] in ("locatedIn", "signs")] == []


NOTICE = (
    "合川区人民政府办公室\n关于印发《合川区智能制造三年行动方案》的通知\n各镇人民政府：\n"
    "《合川区智能制造三年行动方案》已经区政府同意，现印发给你们。\n合川区智能制造三年行动方案\n"
    "一、总体要求\n以创新为动力。\n二、工作目标\n"
)


@pytest.mark.parametrize(
    ("lines", "targets"),
    [
        (
            "——2024年，新增智能工厂15家。\n——2025年，产值达到800亿元。\n",
            {"2024年，新增智能工厂15家", "2025年，产值达到800亿元"},
        ),
        ("总体目标：2025年，产业规模达到500亿元。\n", {"2025年，产业规模达到500亿元"}),
        ("到2025年末，智能工厂数量翻一番。\n", {"到2025年末，智能工厂数量翻一番"}),
    ],
)
def test_goals_of_a_line_each(lines: str, targets: set[str]) -> None:
    text = f"{NOTICE}{lines}三、重点任务\n开展诊断。\n"
    assert {o for _, p, o in claims(text) if p == "target"} == targets


@pytest.mark.parametrize("case", UNNAMED)
def test_no_work_is_named(case: str) -> None:
    text, name = UNNAMED[case]
    assert name not in {e.name for e in read(text).entities if e.type == "Project"}
