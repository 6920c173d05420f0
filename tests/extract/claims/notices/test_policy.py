"""What is said of policies: who issues them, for which place, on what grounds, with which goals."""

from __future__ import annotations

import pytest

from tests.testing.reading import stated

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


def test_goal_far_down_belongs_to_the_policy_that_an_article_opens_with() -> None:
    rest = "企业有了方向。服务更加周到。各地积极响应。群众十分满意。到2031年，企业达到50家。"
    assert of(f"云桥区印发《{PLAN}》。{rest}", "target") == {(PLAN, "到2031年，企业达到50家")}
    assert not of(f"《{PLAN}》的项目近日开工。{rest}", "target")


def test_section_of_goals_names_its_day_once() -> None:
    text = (
        f"无锡市人民政府关于印发《{PLAN}》的通知\n各区人民政府：\n一、总体目标\n"
        "到2031年，产业规模突破300亿元。\n培育企业50家。\n二、重点任务\n建设起降点20个。\n"
    )
    assert {o for _, o in of(text, "target")} == {"到2031年，产业规模突破300亿元", "培育企业50家"}


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
        ("云澜大学与长沙县人民医院签署《云澜大学长沙县人民医院共建协议》。", ""),
        ("双方签署《合作框架协议》。", ""),
        ("甲某科技有限公司发布《关于促进消费的若干措施》。", ""),
        ("无锡市财政局发布《消费情况报告》。", ""),
    ],
)
def test_policy_applies_to_the_place_of_its_title_or_of_its_issuer(text: str, place: str) -> None:
    assert {o for _, o in of(text, "appliesTo")} == ({place} if place else set())


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("活动落实沈阳市人民政府2030年印发的《沈阳市低空经济行动方案》。", {"沈阳市人民政府"}),
        ("沈阳市加快治理。先后出台《街巷精细化养护实施方案》等文件。", {"沈阳市"}),
        # Carrying out what another has set out is not issuing it.
        ("沈阳市积极实施“双碳”国家战略。", set()),
        ("沈阳市贯彻落实国务院关于种业的部署，企业踊跃参加“敲门问需”服务行动。", set()),
    ],
)
def test_who_issues_a_policy(text: str, who: set[str]) -> None:
    assert {s for s, _ in of(text, "issues")} == who


def test_policy_issued_to_carry_out_another_rests_on_it() -> None:
    text = "为落实《乙省综合交通规划》精神，加快产业转型，近日制定了《低空经济行动方案》。"
    assert of(text, "basedOn") == {("低空经济行动方案", "乙省综合交通规划")}
