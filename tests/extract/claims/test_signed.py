"""How newspapers and bureaus print what was signed: in sentences, lists, rows and remarks."""

from __future__ import annotations

import pytest

from tests.testing.growth import grows_evenly
from tests.testing.reading import claims, read

# A text, and what it tells: subject, relation, object.
TOLD = {
    "a company, a colon": (
        "签约企业有：\n云澜科技：总投资25亿元，在北碚区建设云澜传感器产业园。\n",
        {
            ("云澜科技", "develops", "云澜传感器产业园"),
            ("云澜传感器产业园", "locatedIn", "北碚区"),
            ("云澜传感器产业园", "investment", "2500000000"),
        },
    ),
    "a company that plans to build somewhere": (
        "江海科技计划在合川区新建信息安全产业基地，总投资18亿元。",
        {("江海科技", "develops", "信息安全产业基地"), ("信息安全产业基地", "locatedIn", "合川区")},
    ),
    "a park that was signed": (
        "江津区与江海集团签约的江海智能装备产业园，总投资30亿元。",
        {
            ("江津区", "signs", "江海智能装备产业园"),
            ("江海集团", "signs", "江海智能装备产业园"),
            ("江海智能装备产业园", "investment", "3000000000"),
        },
    ),
    "fields of what was signed": (
        "签约企业：江海集团\n项目：江海西部智能总部\n地点：两江新区\n投资额：30亿元\n",
        {
            ("江海集团", "signs", "江海西部智能总部"),
            ("江海西部智能总部", "locatedIn", "两江新区"),
            ("江海西部智能总部", "investment", "3000000000"),
        },
    ),
    "a company whose name ends in 电 before brackets": (
        "江海光电（合川）有限公司位于渝北区。",
        {("江海光电（合川）有限公司", "locatedIn", "渝北区")},
    ),
    "what was proposed and is done": (
        "根据人大代表建议，无锡市建设了江海大桥工程。",
        {("无锡市", "develops", "江海大桥工程")},
    ),
    "a group by what any company may be called": (
        "江苏能源集团有限公司与无锡市签约。能源集团投资建设江海电站项目。",
        {("江苏能源集团有限公司", "develops", "江海电站项目")},
    ),
    "a system by what it does": (
        "由云澜科技承建的合川区智慧停车一体化平台将于年底投用。",
        {("云澜科技", "develops", "合川区智慧停车一体化平台")},
    ),
    "who made it, behind what refers to it": (
        "“江海号”无人船下水，该无人船由江海大学研制。",
        {("江海大学", "develops", "江海号无人船")},
    ),
    "who takes a post": (
        "联盟理事长由江海大学校长李明担任。",
        {("李明", "worksFor", "江海大学"), ("李明", "role", "校长")},
    ),
    "a part of a work that has a name": (
        "云溪水资源配置工程合川段项目由江海水务集团负责建设。",
        {("江海水务集团", "develops", "云溪水资源配置工程合川段项目")},
    ),
    "what somebody has built settles": (
        "由江海科技集团投资建设的云澜微电子中心正式落户永川。",
        {
            ("云澜微电子中心", "locatedIn", "永川"),
            ("江海科技集团", "develops", "云澜微电子中心"),
        },
    ),
}
# Texts, and the works that they name.
# Texts that tell no such relation.
UNTOLD = {
    "who signs with one alone": (
        "渝北区与江海集团签订整车项目。与此同时，北碚区与云澜集团签订电池项目。", "partOf",
    ),
    "what a park is, where something settles": (
        "云澜智造项目落户江海产业园，一期已经建成。", "investment",
    ),
    "colleges of other cities": (
        "海门区已与上海、苏州等地的23所高校建立产学研合作关系。", "cooperatesWith",
    ),
    "who builds somewhere": ("江海集团在重庆建成西部首个自动驾驶测试场。", "locatedIn"),
    "what was sold": ("法院拍卖的江海广场项目（江海置业有限公司，3亿元）流拍。", "develops"),
    "the sum of a stage": ("云澜工厂项目（二期，3亿元）开工。", "investment"),
    "loans": ("获得贷款的有云澜物流项目（江海银行，9亿元）、云谷光伏项目（6亿元）。", "investment"),
    "what was not signed": ("未能签约的有云澜物流项目（江海集团，9亿元）。", "develops"),
    "what may be signed": ("云澜陶瓷项目、江海纱线项目等7个项目拟签约宜兴市。", "signs"),
    "where another company is": (
        "云澜物流项目由江海集团在上海市成立的公司建设。", "investment",
    ),
    "a heading that is no place": (
        "【上海】\n云澜工厂项目\n【云澜消息】\n江海光伏项目投产\n", "locatedIn",
    ),
    "where the one applies who asks": (
        "申请企业：江海集团\n注册地点：上海市\n项目名称：云澜基地\n", "locatedIn",
    ),
    "sums that are no investment": (
        "云澜轴承项目（中标价3亿元）、江海铜箔项目（获补助500万元）进展顺利。", "investment",
    ),
}  # fmt: skip
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


@pytest.mark.parametrize("case", TOLD)
def test_signing_tells(case: str) -> None:
    text, told = TOLD[case]
    assert told - claims(text) == set()


@pytest.mark.parametrize("case", UNNAMED)
def test_no_work_is_named(case: str) -> None:
    text, name = UNNAMED[case]
    assert name not in {e.name for e in read(text).entities if e.type == "Project"}


@pytest.mark.parametrize("case", UNTOLD)
def test_signing_states_no_such_relation(case: str) -> None:
    text, relation = UNTOLD[case]
    assert [c for c in claims(text) if c[1] == relation] == []
