"""Who does what a clause without a subject says, whatever the clause before it names."""

from __future__ import annotations

import pytest

from tests.testing.reading import claims, read

# What a report says of a place before what the place did: it names others, who do nothing.
BEFORE = """
综合实力位居浙江省前列|GDP增速高于浙江省平均水平|获评浙江省示范区|入选浙江省首批试点
连续三年获得浙江省表彰|被浙江省列为试点|列入浙江省重点名单|良渚古城获评浙江省示范景区
营商环境在浙江省名列前茅|主动融入长三角|主动对接上海市|加强与临安区协作|学习借鉴深圳市经验
与临安区接壤|紧邻临安区|距离上海市150公里|承接上海市产业转移|产品远销美国、德国|产品出口德国
吸引德国客商投资|赴深圳市招商|走进深圳市推介|在深圳市举办推介会|得到浙江省的大力支持
经浙江省批准|根据浙江省部署|在浙江省的指导下|紧跟浙江省步伐|服务浙江省大局|成为浙江省样板
打造浙江省标杆|作为浙江省试点|向浙江省学习|争取浙江省资金支持|引进云澜大学人才|依托云澜大学优势
发挥云澜大学优势|借助云澜大学力量|聚焦云澜集团需求|支持云澜集团做大做强|推动云澜集团扩产
围绕云澜集团延链补链|以云澜集团为龙头|培育云澜集团等龙头企业|走访云澜集团等企业|拥有云澜集团等企业
集聚云澜集团等企业200家|涌现出云澜集团等龙头企业|帮助云澜集团解决难题|得益于云澜集团带动
产业规模占浙江省三分之一|经济总量在杭州市排名第一|率先在浙江省启动改革|填补浙江省空白
高出杭州市2个百分点|承办浙江省现场会|跻身浙江省十强
""".strip().replace("\n", "|").split("|")  # fmt: skip
DONE = {
    "develops": ("建成余杭智慧城市平台", "余杭智慧城市平台"),
    "issues": ("出台《余杭区云湖产业规划》", "余杭区云湖产业规划"),
    "organises": ("成功举办第二届良渚风筝节", "第二届良渚风筝节"),
}


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


LEADS = (
    "",
    "8月2日上午，",
    "在浙江省科技厅支持下，",
    "在杭州市举行的云湖论坛上，",
    "继与东海公司合作之后，",
    "作为浙江省龙头企业，",
    "应东海集团邀请，",
)
ACTS = (
    "{}与{}签署战略合作协议",
    "{}同{}达成战略合作",
    "{}携手{}共建云湖实验室",
    "{}董事长李大明与{}校长张小红签署合作协议",
    "由{}与{}共同建设的云湖实验室揭牌",
    "{}已与{}签署合作协议",
    "{}还和{}开展合作",
    "{}正与{}开展合作",
)
ENDS = (
    "。",
    "，双方将共建云湖创新中心。",
    "，浙江省科技厅厅长陈大伟出席。",
    "，进一步服务长三角。",
)


SUMS = (
    "总投资10亿元",
    "项目总投资10亿元，占地100亩",
    "计划总投资10亿元，建成后年产值可达20亿元",
    "投资10亿元，预计2026年投产",
)
WORKS = (
    "云湖智造项目由云澜集团投资建设，位于余杭区",
    "由云澜集团投资建设的云湖智造项目在余杭区开工",
    "总部位于上海市的云澜集团投资建设的云湖智造项目落户余杭区",
    "云湖智造项目在余杭区正式投产，项目由云澜集团投资建设",
)


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


# Whose a thing is, beside the plain verb: 甲 stands for the body, 乙 for the thing.
TELLS = [
    "乙是甲的主打产品。",
    "乙是甲面向中小学生开发的学习工具。",
    "乙是甲最新推出的产品。",
    "作为甲的拳头产品，乙已销往30个国家。",
    "走进甲，工作人员正在演示公司自主研发的乙。",
    "甲总经理李一鸣介绍，由公司研发的乙已经投用。",
    "由甲建造的乙顺利交付。",
    "乙由民营企业甲投资建设。",
    "在甲的乙现场，工人正在调试。",
    "乙由无锡市政府主导、甲投资建设。",
    "甲推出了名为乙的新产品。",
    "甲最新发布的乙受到关注。",
    "甲自研的乙发布。",
    "甲完成乙研发。",
    "甲扎实做好乙建设。",
    "乙上线。这是甲打造的又一个数字平台。",
]


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


USES = [
    "依托",
    "借助",
    "利用",
    "运用",
    "使用",
    "采用",
    "基于",
    "通过",
    "应用",
    "引进",
    "采购",
    "接入",
    "借力",
    "搭载",
]
MADE = ["研发的", "开发的", "建设的", "自主研发的", "打造的", "搭建的", "联合开发的", "创建的"]


def test_what_somebody_makes_with_others_is_theirs() -> None:
    text = "远桥集团依托江南大学研发“云湖”检测系统。"
    assert ("远桥集团", "develops", "云湖检测系统") in claims(text)


SEEN = {
    "organises": (
        "云湖人工智能大会",
        ["参加", "出席", "亮相", "走进", "应邀参加", "组团参加", "参展"],
        ["主办的", "举办的", "承办的", "组织的", "发起的"],
    ),
    "issues": (
        "《云湖产业发展规划》",
        ["落实", "贯彻", "执行", "学习", "根据", "按照", "响应", "依据"],
        ["印发的", "出台的", "发布的", "制定的"],
    ),
    "develops": (
        "云湖智能工厂项目",
        ["承接", "入驻", "参与", "走访", "考察", "调研", "服务", "参观", "视察", "核准"],
        ["建设的", "投资建设的", "打造的", "承建的", "实施的"],
    ),
    "invests": (
        "云湖智能工厂项目",
        ["承接", "参与", "走访", "考察", "调研", "服务", "参观", "核准"],
        ["投资的", "投资建设的", "出资建设的"],
    ),
}
SEERS = [(a, b) for a in ("远桥集团", "无锡市科技局") for b in ("江南大学", "云澜科技有限公司")]


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
