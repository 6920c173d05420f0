"""What is said of policies: who issues them, for which place, on what grounds, with which goals."""

from __future__ import annotations

import pytest

from kg.base.records import Document
from kg.extract.document import extract
from kg.ontology import load
from tests.testing.reading import stated

ONTOLOGY = load()
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


def names(text: str) -> set[str]:
    """The names of the policies of a text."""
    found = extract(Document("t", "t.txt", text), ONTOLOGY)
    return {e.name for e in found.entities if e.type == "Policy"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("云桥区深入推进“河畔人家”服务行动。", {"河畔人家服务行动"}),
        ("该工程助力“双碳”目标实现。", {"双碳目标"}),
        ("云桥区发布“惠企十条”。", {"惠企十条"}),
        ("无锡市出台《监测体系建设及评估分析》。", {"监测体系建设及评估分析"}),
        (
            "会上发布了《低空经济白皮书》和《云桥区特色应用场景》。",
            {"低空经济白皮书", "云桥区特色应用场景"},
        ),
        (
            "无锡市印发关于开展“河畔人家”典型案例征集的通知。",
            {"关于开展河畔人家典型案例征集的通知"},
        ),
        ("无锡市研究制定进一步规范收费行为14项措施。", {"进一步规范收费行为14项措施"}),
        ("无锡市实施山海乡镇结对共富行动，成效明显。", {"山海乡镇结对共富行动"}),
        ("无锡市深入落实扩大内需战略。", {"扩大内需战略"}),
        ("双方开展战略合作，公司发展战略清晰。", set()),
        ("消防队员开展紧急救援行动。", set()),
        ("企业响应国家“双碳”战略。", {"双碳战略"}),
        ("无锡市制定具体可行的年度工作方案。", set()),
        ("各地编制了20个行业领域实施方案。", set()),
        ("云桥区坚持“做大做强”的目标。", set()),
        ("围绕“三通道一基地”战略定位，云桥区加快发展。", set()),
        ("课程满足“亲友、同学”等多人骑行需求。", set()),
        ("演员演唱了《云桥之歌》。", set()),
        ("云桥区出台政策，《云桥日报》作了报道。", set()),
        ("云桥区低空产业集群规划面积9平方公里。", set()),
    ],
)
def test_policies_are_found_by_what_they_are_called(text: str, found: set[str]) -> None:
    assert names(text) == found


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


def systems(text: str) -> set[str]:
    """The names of the systems of a text."""
    found = extract(Document("t", "t.txt", text), ONTOLOGY)
    return {e.name for e in found.entities if e.type == "System"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("全球首座小型堆“云龙一号”吊装成功。", {"云龙一号"}),
        ("市民体验“知澜”AR导览眼镜。", {"知澜AR导览眼镜"}),
        ("信用平台“澜江信用通”促成融资。", {"澜江信用通"}),
        ("团队开源医药大模型BaiHeGPT-10B。", {"BaiHeGPT-10B"}),
        ("公司推出“云海通”，服务企业。", {"云海通"}),
        ("邮轮“云海之星”号从港口出发。", {"云海之星号"}),
        ("盾构机“云岳号”始发。", {"云岳号"}),
        ("平台负责人发出“绿色出行”号召，并公布“云桥账号”。", set()),
        # A word near the marks does not say what is in them.
        ("王某某荣获“先进科技工作者”称号。", set()),
        ("在展会平台，公司是“常驻客”。", set()),
        ("该区推出“三廊五片”空间布局。", set()),
        ("“（2031）云01破1号”案件已受理。", set()),
        ("云澜市工信系统共招引项目64个。", set()),
    ],
)
def test_systems_are_found_by_the_kind_beside_the_marks(text: str, found: set[str]) -> None:
    assert systems(text) == found
