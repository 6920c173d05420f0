"""What is said of policies: who issues them, for which place, on what grounds, with which goals."""

from __future__ import annotations

import pytest
from test_relate import stated

PLAN = "云桥区低空经济行动方案"


def of(text: str, predicate: str) -> set[tuple[str, str]]:
    """Subjects and objects of one predicate in a text."""
    return {(s, o) for s, p, o in stated(text) if p == predicate}


@pytest.mark.parametrize(
    ("text", "goals"),
    [
        (
            f"云桥区印发《{PLAN}》，提出到2031年，产业规模突破300亿元。",
            ["到2031年，产业规模突破300亿元"],
        ),
        (f"云桥区印发《{PLAN}》。方案明确，力争今年新增企业50家。", ["今年新增企业50家"]),
        (
            f"云桥区印发《{PLAN}》，明确了“2031年底建成起降点20个”等目标。",
            ["2031年底建成起降点20个"],
        ),
        # Reached, or of a thing that is only listed in the plan: no goal of it.
        (f"云桥区印发《{PLAN}》。今年，全区新增企业50家。", []),
        (f"云桥区印发《{PLAN}》。到2031年的目标已完成，企业达50家。", []),
        (f"这座水库是《{PLAN}》的工程之一，每年可供水300万吨。", []),
        ("云桥区印发《云桥区低空经济行动方案（2029—2031年）》，涉及企业50家。", []),
    ],
)
def test_goal_is_dated_and_set_out_by_the_policy(text: str, goals: list[str]) -> None:
    assert sorted(o for _, o in of(text, "target")) == sorted(goals)


def test_goal_belongs_to_the_policy_that_is_issued_not_to_its_grounds() -> None:
    text = f"为落实《云澜省综合交通规划》，云桥区出台《{PLAN}》，到2031年，企业达到50家。"
    assert of(text, "target") == {(PLAN, "到2031年，企业达到50家")}


def test_bare_title_stands_for_the_last_title_that_ends_so() -> None:
    text = f"云桥区印发《{PLAN}》和《云桥区人才引进办法》。《方案》提出，到2031年，企业达到50家。"
    assert of(text, "target") == {(PLAN, "到2031年，企业达到50家")}


def test_titles_side_by_side_are_all_issued() -> None:
    text = f"无锡市人民政府出台《{PLAN}》《云桥区人才引进办法》等文件。"
    assert {o for _, o in of(text, "issues")} == {PLAN, "云桥区人才引进办法"}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("《关于支持长沙县高质量发展的若干意见》公布。", "长沙县"),
        ("《新阶段湖南省长沙县示范点建设方案》公布。", "长沙县"),
        ("无锡市财政局印发《关于促进消费的若干措施》。", "无锡市"),
        # The place is part of a party's name, or a word that only looks like a place.
        ("云澜大学与长沙县人民医院签署《云澜大学长沙县人民医院共建协议》。", ""),
        ("双方签署《合作框架协议》。", ""),
        ("甲某科技有限公司发布《关于促进消费的若干措施》。", ""),
        ("无锡市财政局发布《消费情况报告》。", ""),
    ],
)
def test_policy_applies_to_the_place_of_its_title_or_of_its_issuer(text: str, place: str) -> None:
    assert {o for _, o in of(text, "appliesTo")} == ({place} if place else set())


def test_who_stands_before_guanyu_in_a_title_wrote_it() -> None:
    text = "按照《无锡市人民政府关于支持低空经济发展的若干意见》要求，各区抓紧落实。"
    assert {s for s, _ in of(text, "issues")} == {"无锡市人民政府"}
    assert not of("按照《关于支持低空经济发展的若干意见》要求，各区抓紧落实。", "issues")


def test_title_names_what_it_carries_out() -> None:
    text = "近日，《无锡市贯彻落实综合立体交通网规划的实施方案》印发。"
    assert {o for _, o in of(text, "basedOn")} == {"综合立体交通网规划"}
    assert not of("近日，《无锡市落实常住人口服务实施方案》印发。", "basedOn")
