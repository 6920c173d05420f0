"""Who does what a clause without a subject says, whatever the clause before it names."""

from __future__ import annotations

import pytest

from tests.testing.reading import claims, read


@pytest.mark.parametrize(
    "before",
    [
        "余杭区引进云澜集团",
        "余杭区推动云澜集团投资10亿元",
        "支持云澜集团",
        "支持云澜集团做大做强",
    ],
)
def test_whom_a_place_brings_in_or_moves_acts_next(before: str) -> None:
    text = f"{before}，建设云湖智造项目。"
    assert ("云澜集团", "develops", "云湖智造项目") in claims(text)


def test_those_who_are_moved_act_together() -> None:
    text = "余杭区支持云澜集团与云澜大学联合攻关，共同研发云湖预报系统。"
    made = {s for s, p, o in claims(text) if (p, o) == ("develops", "云湖预报系统")}
    assert made == {"云澜集团", "云澜大学"}


def test_what_somebody_says_of_another_is_done_by_the_other() -> None:
    text = "记者了解到，云澜集团实力位居浙江省前列，建成云湖智造项目。"
    assert ("云澜集团", "develops", "云湖智造项目") in claims(text)


@pytest.mark.parametrize(
    "told",
    [
        "是由云澜科技有限公司自主研发的调度系统",
    ],
)
def test_whose_a_system_is_said_to_be(told: str) -> None:
    made = ("云澜科技有限公司", "develops", "蜀云调度平台")
    assert made in claims(f"“蜀云”调度平台{told}。")


@pytest.mark.parametrize(
    ("text", "makers", "what"),
    [
        ("市卫健委的“康云”小程序接入42个部门。", {"市卫健委"}, "康云小程序"),
        (
            "云澜集团联手云山科技有限公司，在良渚产业园建设“云居工厂”项目。",
            {"云澜集团", "云山科技有限公司"},
            "云居工厂项目",
        ),
        (
            "余杭区建设云湖科创园项目，一期工程由云澜集团出资代建。",
            {"云澜集团"},
            "云湖科创园项目",
        ),
    ],
)
def test_who_makes_a_work_however_it_is_told(text: str, makers: set[str], what: str) -> None:
    assert makers <= {s for s, p, o in claims(text) if (p, o) == ("develops", what)}


def test_a_course_of_study_is_no_work_of_the_university() -> None:
    assert not claims("云澜大学的车辆工程专业历史悠久。")


@pytest.mark.parametrize(
    "text",
    [
        "“岚心”大模型是岚谷科技有限公司的主要客户。",
        "作为岚谷科技有限公司的核心代理产品，“岚心”大模型已销往30国。",
        "岚谷科技有限公司与20家企业签署“岚心”大模型采购合同。",
        "云桓智慧水务平台（岚谷科技有限公司）上线。",
        "“岚心”大模型上线。这是岚谷科技有限公司参加的首次展会。",
        "岚谷科技有限公司购买了名为“岚心”大模型的产品。",
        "岚谷科技有限公司支持“岚心”大模型建设。",
    ],
)
def test_what_is_bought_sold_or_shown_beside_a_body_is_not_made_by_it(text: str) -> None:
    assert not [c for c in claims(text) if c[1] == "develops"]


@pytest.mark.parametrize("body", ["岚谷科技有限公司", "北澜大学", "云澜集团"])
@pytest.mark.parametrize("before", ["无人船由", "巡检车由", "该无人船由", "海翎巡检车由"])
def test_by_whom_ends_no_noun_before_it(before: str, body: str) -> None:
    assert body in {e.name for e in read(f"{before}{body}研发。").entities}


@pytest.mark.parametrize("first", ["无锡市政府", "无锡市教育局", "无锡市"])
@pytest.mark.parametrize("second", ["岚谷科技有限公司", "云澜集团", "岚谷集团"])
def test_with_whom_is_no_part_of_a_name(first: str, second: str) -> None:
    assert {first, second} <= {e.name for e in read(f"{first}与{second}签约。").entities}


FIRM, PARENT = "海澜精工科技有限公司", "青松控股股份有限公司"


@pytest.mark.parametrize(
    "called", ["以下简称“公司”", "简称“公司”", "以下简称“集团”", "以下简称“青松股份”"]
)
@pytest.mark.parametrize("sort", ["控股子公司", "的全资子公司", "的控股子公司"])
def test_a_subsidiary_signs_and_not_the_firm_that_is_called_the_company(
    called: str, sort: str
) -> None:
    found = claims(f"{PARENT}（{called}）{sort}{FIRM}与宜兴市人民政府签署《云湖项目投资协议》。")
    assert {s for s, p, _ in found if p == "signs"} == {FIRM, "宜兴市人民政府"}
    assert (FIRM, "partOf", PARENT) in found


def test_the_company_of_a_text_still_acts_by_that_word() -> None:
    text = f"{PARENT}（以下简称“公司”）增资。公司在宜兴市投资建设云湖石英材料项目。"
    assert (PARENT, "invests", "云湖石英材料项目") in claims(text)


def test_what_somebody_makes_with_others_is_theirs() -> None:
    text = "远桥集团依托江南大学研发“云湖”检测系统。"
    assert ("远桥集团", "develops", "云湖检测系统") in claims(text)


@pytest.mark.parametrize(
    ("text", "makers"),
    [
        ("远桥集团在滨湖区建设的云湖智能工厂项目投产。", {"远桥集团"}),
        ("远桥集团与江南大学共建的云湖智能工厂项目投产。", {"远桥集团", "江南大学"}),
        ("远桥集团联合江南大学建设的云湖智能工厂项目投产。", {"远桥集团", "江南大学"}),
        ("远桥集团为江南大学建设的云湖智能工厂项目投产。", {"远桥集团"}),
        ("由远桥集团、江南大学建设的云湖智能工厂项目投产。", {"远桥集团", "江南大学"}),
    ],
)
def test_who_makes_it_with_or_for_another_still_does(text: str, makers: set[str]) -> None:
    assert {s for s, p, o in claims(text) if p == "develops"} == makers
