"""How newspapers and bureaus print what was signed: in sentences, lists, rows and remarks."""

from __future__ import annotations

import pytest

from tests.growth import grows_evenly
from tests.reading import claims, read

# A text, and what it tells: subject, relation, object.
TOLD = {
    "where somebody builds": (
        "江海高端整车项目由江海科技集团在合川区投资建设，总投资130亿元。",
        {
            ("江海高端整车项目", "locatedIn", "合川区"),
            ("江海科技集团", "develops", "江海高端整车项目"),
            ("江海高端整车项目", "investment", "13000000000"),
        },
    ),
    "where somebody builds, behind the sum": (
        "“云澜传感器产业园”项目由云澜科技集团投资25亿元在北碚区建设。",
        {
            ("云澜传感器产业园项目", "locatedIn", "北碚区"),
            ("云澜科技集团", "invests", "云澜传感器产业园项目"),
            ("云澜传感器产业园项目", "investment", "2500000000"),
        },
    ),
    "each of several builds its own": (
        "云澜集团在石柱县投资的年产10万吨锂电铜箔项目、江海集团在长寿区投资的智能家电产业园项目先后开工。",
        {
            ("云澜集团", "invests", "年产10万吨锂电铜箔项目"),
            ("江海集团", "invests", "智能家电产业园项目"),
            ("年产10万吨锂电铜箔项目", "locatedIn", "石柱县"),
            ("智能家电产业园项目", "locatedIn", "长寿区"),
        },
    ),
    "who signs with one after the other": (
        "璧山区与云澜集团签订光电示范园项目；与江海集团签订动力电池四期扩能项目。",
        {
            ("璧山区", "signs", "光电示范园项目"),
            ("云澜集团", "signs", "光电示范园项目"),
            ("璧山区", "signs", "动力电池四期扩能项目"),
            ("江海集团", "signs", "动力电池四期扩能项目"),
            ("璧山区", "cooperatesWith", "云澜集团"),
            ("璧山区", "cooperatesWith", "江海集团"),
        },
    ),
    "each with its own": (
        "江海集团、云澜科技、启明股份等企业负责人分别与渝北区、北碚区、万州区签订合作协议。",
        {
            ("江海集团", "cooperatesWith", "渝北区"),
            ("云澜科技", "cooperatesWith", "北碚区"),
            ("启明股份", "cooperatesWith", "万州区"),
        },
    ),
    "a work, a colon, and what is told of it": (
        "云澜工业互联网西南运营中心项目：由云澜科技有限公司承建，总投资5亿元，选址合川区。",
        {
            ("云澜科技有限公司", "develops", "云澜工业互联网西南运营中心项目"),
            ("云澜工业互联网西南运营中心项目", "investment", "500000000"),
            ("云澜工业互联网西南运营中心项目", "locatedIn", "合川区"),
        },
    ),
    "a place in brackets, a colon": (
        "云澜传感器产业园（北碚区）：总投资25亿元，由云澜科技有限公司建设。",
        {
            ("云澜传感器产业园", "locatedIn", "北碚区"),
            ("云澜传感器产业园", "investment", "2500000000"),
            ("云澜科技有限公司", "develops", "云澜传感器产业园"),
        },
    ),
    "a company, a colon": (
        "签约企业有：\n云澜科技：总投资25亿元，在北碚区建设云澜传感器产业园。\n",
        {
            ("云澜科技", "develops", "云澜传感器产业园"),
            ("云澜传感器产业园", "locatedIn", "北碚区"),
            ("云澜传感器产业园", "investment", "2500000000"),
        },
    ),
    "brackets with who pays what": (
        "签约江海西南总部项目（江海集团，50亿元）、云澜测试基地项目（渝北区，投资20亿元）。",
        {
            ("江海集团", "develops", "江海西南总部项目"),
            ("江海西南总部项目", "investment", "5000000000"),
            ("云澜测试基地项目", "locatedIn", "渝北区"),
            ("云澜测试基地项目", "investment", "2000000000"),
        },
    ),
    "places above their works": (
        (
            "【渝北区】\n江海西南总部项目（江海集团，50亿元）\n云澜测试基地项目，总投资20亿元\n"
            "【涪陵区】\n启明锂电材料项目（启明新材料有限公司，15亿元）\n"
        ),
        {
            ("江海西南总部项目", "locatedIn", "渝北区"),
            ("云澜测试基地项目", "locatedIn", "渝北区"),
            ("启明锂电材料项目", "locatedIn", "涪陵区"),
            ("启明新材料有限公司", "develops", "启明锂电材料项目"),
            ("启明锂电材料项目", "investment", "1500000000"),
        },
    ),
    "a numbered list of companies without a legal form": (
        "签约项目\n1.江海科技与渝北区合作建设江海智能终端生产基地，总投资60亿元。\n",
        {
            ("江海科技", "develops", "江海智能终端生产基地"),
            ("江海科技", "cooperatesWith", "渝北区"),
            ("江海智能终端生产基地", "investment", "6000000000"),
        },
    ),
    "a company that plans to build somewhere": (
        "江海科技计划在合川区新建信息安全产业基地，总投资18亿元。",
        {("江海科技", "develops", "信息安全产业基地"), ("信息安全产业基地", "locatedIn", "合川区")},
    ),
    "what is done in a work, by two words": (
        "云澜集团计划投资60亿元，在渝北区建设智能终端研发及生产基地。",
        {
            ("云澜集团", "develops", "智能终端研发及生产基地"),
            ("智能终端研发及生产基地", "locatedIn", "渝北区"),
            ("智能终端研发及生产基地", "investment", "6000000000"),
        },
    ),
    "a centre that is built": (
        "江海云计算有限公司将投资建设江海云西南区域中心。",
        {("江海云计算有限公司", "develops", "江海云西南区域中心")},
    ),
    "what was signed into a place": (
        "江海电子陶瓷项目、启明智能家居生产基地等7个项目成功签约荣昌区，合同金额68亿元。",
        {
            ("荣昌区", "signs", "江海电子陶瓷项目"),
            ("荣昌区", "signs", "启明智能家居生产基地"),
        },
    ),
    "both sign over it": (
        "江海集团与永川区政府还就江海智能驾驶测试基地项目签订了正式协议。",
        {
            ("江海集团", "signs", "江海智能驾驶测试基地项目"),
            ("永川区政府", "signs", "江海智能驾驶测试基地项目"),
        },
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
    "positions in brackets": (
        "参会人员：李一鸣（合川区经济信息委主任）、王小明（江海集团总工程师、研发中心主任）。",
        {
            ("李一鸣", "worksFor", "合川区经济信息委"),
            ("李一鸣", "role", "主任"),
            ("王小明", "worksFor", "江海集团"),
            ("王小明", "role", "总工程师"),
            ("王小明", "role", "研发中心主任"),
        },
    ),
    "a company whose name ends in 电 before brackets": (
        "江海光电（合川）有限公司位于渝北区。",
        {("江海光电（合川）有限公司", "locatedIn", "渝北区")},
    ),
    "the last of a list with brackets": (
        "涪陵区现场签约2个项目，分别是江海锂电负极材料项目（总投资12亿元）和江海文旅武陵度假区项目（总投资30亿元）。",
        {
            ("江海锂电负极材料项目", "investment", "1200000000"),
            ("江海文旅武陵度假区项目", "investment", "3000000000"),
        },
    ),
    "what was proposed and is done": (
        "根据人大代表建议，无锡市建设了江海大桥工程。",
        {("无锡市", "develops", "江海大桥工程")},
    ),
    "two positions at two bodies, and a chain of places": (
        "王小明（江海大学教授、云澜科技有限公司董事长）、刘洋（江苏省无锡市宜兴市市长）出席。",
        {
            ("王小明", "worksFor", "江海大学"),
            ("王小明", "role", "教授"),
            ("王小明", "worksFor", "云澜科技有限公司"),
            ("王小明", "role", "董事长"),
            ("刘洋", "worksFor", "宜兴市"),
            ("刘洋", "role", "市长"),
        },
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
NAMED = {}
# Texts that tell no such relation.
UNTOLD = {
    "some part of a company settles": (
        "江海集团将把西部总部落户渝北区。", "locatedIn",
    ),
    "who signs with one alone": (
        "渝北区与江海集团签订整车项目。与此同时，北碚区与云澜集团签订电池项目。", "partOf",
    ),
    "companies at one table": (
        "江海集团、云澜科技等企业负责人分别与有关部门签订合作协议。", "cooperatesWith",
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
    "what is proposed": ("王委员建议，重庆市加快建设成渝中线高铁。", "develops"),
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
    "a count of kinds": ("江海集团将在渝布局“一总部两基地”。", "总部两基地"),
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


@pytest.mark.parametrize("case", TOLD)
def test_signing_tells(case: str) -> None:
    text, told = TOLD[case]
    assert told - claims(text) == set()


@pytest.mark.parametrize("case", NAMED)
def test_list_of_what_was_signed_names_works(case: str) -> None:
    text, names = NAMED[case]
    found = {e.name for e in read(text).entities if e.type == "Project"}
    told = {m for m in names if m in found}
    assert told == set(names)


@pytest.mark.parametrize("case", UNTOLD)
def test_signing_states_no_such_relation(case: str) -> None:
    text, relation = UNTOLD[case]
    assert [c for c in claims(text) if c[1] == relation] == []


@pytest.mark.parametrize("case", UNNAMED)
def test_no_work_is_named(case: str) -> None:
    text, name = UNNAMED[case]
    assert name not in {e.name for e in read(text).entities if e.type == "Project"}


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


def test_each_signs_with_its_own_alone() -> None:
    text, told = TOLD["each with its own"]
    assert {c for c in claims(text) if c[1] == "cooperatesWith"} == told


def test_several_works_in_several_places_are_not_multiplied() -> None:
    text = "江海智能汽车基地、云澜显示基地、启明测试基地签约落户永川区、合川区。"
    assert [c for c in claims(text) if c[1] in ("locatedIn", "signs")] == []


def test_each_builds_its_own_alone() -> None:
    text, told = TOLD["each of several builds its own"]
    assert {c for c in claims(text) if c[1] == "invests"} == {c for c in told if c[1] == "invests"}


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
