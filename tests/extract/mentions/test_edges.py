"""Where names begin: words before them that a segmenter makes one word of with a brand."""

from __future__ import annotations

from itertools import product

import pytest

from tests.testing.reading import read

# Before the name of whom or what somebody meets, helps, visits: none of it.
BEFORE = (
    "从 同 向 由 被 经 将 在 是 请 陪 随 除 对于 关于 以及 围绕 依托 通过 按照 结合 针对 "
    "邀请 陪同 来到 走进 参观 考察 赴 到 去 前往 支持 帮助 推动 促进 感谢 祝贺 介绍 了解 "
    "关注 发现 认为 表示 指出 目前 如今 当前 同时 此外 因此 所以 由于 为了 凭借 借助"
)
BRANDS = ("鸿川", "云鸿", "启航", "蓝湾", "正泽", "华澜")
SORTS = ("科技有限公司", "大学", "医院", "集团", "智能制造产业园", "研究院")


def test_a_word_of_grammar_is_seldom_part_of_a_name() -> None:
    """Of the words and names below, put together in every way, nine in ten are told apart."""
    right = []
    for before, brand in product(BEFORE.split(), BRANDS):
        for sort, who in zip(
            SORTS, ("大家", "记者", "代表团", "大家", "团队", "代表团"), strict=True
        ):
            name = brand + sort
            text = f"会上，{who}{before}{name}，进行了深入交流。"
            found = {e.name for e in read(text).entities if name in e.name}
            # A park counts where something is said of it, and a brand that is a verb by itself.
            alone = bool(found) or sort.endswith("园") or brand == "启航"
            right.append(found <= {name} and alone)
    assert sum(right) / len(right) >= 0.9


@pytest.mark.parametrize("before", ["监督"])
def test_a_verb_before_a_brand_is_no_part_of_a_name(before: str) -> None:
    text = f"会上，大家{before}鸿川大学，进行了深入交流。"
    assert "鸿川大学" in {e.name for e in read(text).entities}


@pytest.mark.parametrize("who", ["专家们", "企业负责人"])
@pytest.mark.parametrize("joins", ["和", "与", "及"])
def test_people_are_no_half_of_a_company(who: str, joins: str) -> None:
    for brand in BRANDS:
        name = brand + "科技有限公司"
        assert name in {e.name for e in read(f"会上，{who}{joins}{name}进行交流。").entities}


@pytest.mark.parametrize(
    "name",
    [
        "同方股份有限公司",
        "经纬恒润科技有限公司",
        "比亚迪股份有限公司",
        "云澜市同兴科技有限公司",
        "让步科技有限公司",
        "云澜飞机维修工程有限公司",
        "无锡市就业指导中心",
        "化学和制药集团",
    ],
)
def test_a_name_keeps_what_only_looks_like_such_a_word(name: str) -> None:
    assert name in {e.name for e in read(f"会上，{name}发布了报告。").entities}


@pytest.mark.parametrize("firm", ["云湖控股", "云湖重工"])
def test_a_short_name_is_no_half_of_a_group(firm: str) -> None:
    text = f"近日，{firm}与云澜集团签署协议。"
    assert "云澜集团" in {e.name for e in read(text).entities}


@pytest.mark.parametrize(
    "name",
    ["100MW渔光互补光伏发电项目", "杭州地铁12号线", "杭州地铁12号线一期工程"],
)
def test_a_work_is_named_from_its_first_word(name: str) -> None:
    text = f"8月2日，{name}在余杭区开工。"
    assert name in {e.name for e in read(text).entities}


def test_a_work_of_two_parts_keeps_both() -> None:
    text = "云澜集团投资18亿元建设风电叶片及塔筒制造基地。"
    assert "风电叶片及塔筒制造基地" in {e.name for e in read(text).entities}
