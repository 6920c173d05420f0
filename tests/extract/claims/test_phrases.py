"""Turns of phrase of newspapers and bureaus, and what each tells; and what it does not."""

from __future__ import annotations

import pytest

from tests.testing.growth import grows_evenly
from tests.testing.reading import Facts, claims, read

# A text, what it tells, and what it does not: subject, relation, object.
TOLD: dict[str, tuple[str, Facts, Facts]] = {
    "a line through places": (
        "云芜铁路全长120公里，北接云川站，途经肥西县、长丰县、宁波市。",
        {
            ("云芜铁路", "locatedIn", "肥西县"),
            ("云芜铁路", "locatedIn", "长丰县"),
            ("云芜铁路", "locatedIn", "宁波市"),
        },
        set(),
    ),
    "a line from one place to another": (
        "云江高速公路项目起于芜湖市鸠江区，经长丰县、舟山市，止于合肥市，全长86公里。",
        {("云江高速公路项目", "locatedIn", o) for o in ("鸠江区", "长丰县", "舟山市", "合肥市")},
        set(),
    ),
    "a first one of its kind in a place": (
        "云白铁路是安徽省第一条百亿级地方铁路。",
        {("云白铁路", "locatedIn", "安徽省")},
        set(),
    ),
    "one of the first in a zone": (
        "江海数字产业园是两江新区首批落地的示范项目。",
        {("江海数字产业园", "locatedIn", "两江新区")},
        set(),
    ),
    "what is only talked about": (
        "芜湖市委书记李明会见了甲某集团董事长王强一行，双方就共建低空经济产业园进行了深入交流。",
        {("王强", "worksFor", "甲某集团")},
        {("甲某集团", "develops", "低空经济产业园"), ("芜湖市委", "develops", "低空经济产业园")},
    ),
    "who holds a company, further on": (
        "甲某科技（芜湖）有限公司成立于2019年，注册资本5000万元，由甲某集团有限公司全资控股。",
        {("甲某科技（芜湖）有限公司", "partOf", "甲某集团有限公司")},
        set(),
    ),
    "a subsidiary in a place": (
        "甲某生物医药（芜湖）有限公司是乙某药业集团在芜湖设立的全资子公司。",
        {("甲某生物医药（芜湖）有限公司", "partOf", "乙某药业集团")},
        set(),
    ),
    "a branch named after its part of the country": (
        "云麦粮油股份有限公司华北公司总经理周一鸣出席。",
        {
            ("周一鸣", "worksFor", "云麦粮油股份有限公司华北公司"),
            ("云麦粮油股份有限公司华北公司", "partOf", "云麦粮油股份有限公司"),
        },
        set(),
    ),
    "who writes for a part of a paper": (
        "重庆晨报上游新闻讯（记者赵云 通讯员周明）8月4日，武汉举行论坛。",
        {("赵云", "worksFor", "重庆晨报上游新闻")},
        set(),
    ),
    "a paper behind a headline": (
        "原标题：多家企业与大学生见面湖北日报讯 （记者周小雨 通讯员李大河）8月15日，双选会举行。",
        {("周小雨", "worksFor", "湖北日报")},
        set(),
    ),
    "a coined short name": (
        "合肥高新区管委会与芯澜半导体有限公司签约，芯澜将投资28亿元在高新区建设云海封装项目。",
        {
            ("芯澜半导体有限公司", "invests", "云海封装项目"),
            ("云海封装项目", "investment", "2800000000"),
        },
        set(),
    ),
    "what three cities begin": (
        "合肥市、芜湖市、马鞍山市共同启动合肥都市圈数据互通工程。",
        {(s, "develops", "合肥都市圈数据互通工程") for s in ("合肥市", "芜湖市", "马鞍山市")},
        set(),
    ),
    "what several departments issued is rested on": (
        (
            "根据工业和信息化部等八部门联合印发的《关于改造传统制造业的指导意见》精神，"
            "安徽省制定了《安徽省制造业数字化改造实施方案》。"
        ),
        {("安徽省制造业数字化改造实施方案", "basedOn", "关于改造传统制造业的指导意见")},
        set(),
    ),
    "what ends with a new rule": (
        "《合肥市城市更新实施细则》自公布之日起施行，2015年印发的《合肥市旧城改造管理办法》同步废止。",
        {("合肥市城市更新实施细则", "repeals", "合肥市旧城改造管理办法")},
        set(),
    ),
    "what comes after another rule": (
        "《黄山市旅游促进条例》是继《安徽省旅游条例》之后，我省首部市级旅游法规，由黄山市人大常委会制定。",
        {("黄山市人大常委会", "issues", "黄山市旅游促进条例")},
        {("黄山市人大常委会", "issues", "安徽省旅游条例")},
    ),
    "an authority's own office in a province": (
        "国家金融监管总局安徽监管局联合省地方金融局制定《关于金融支持创新的若干意见》。",
        {("国家金融监管总局安徽监管局", "partOf", "国家金融监管总局")},
        set(),
    ),
    "own means": (
        "甲某铝业股份有限公司公告，公司拟以自有资金5.2亿元在马鞍山市投资建设年产10万吨再生铝项目。",
        {
            ("甲某铝业股份有限公司", "develops", "年产10万吨再生铝项目"),
            ("年产10万吨再生铝项目", "investment", "520000000"),
        },
        set(),
    ),
    "who is visited does not act": (
        "王强率队赴深圳招商，先后拜访了甲某集团、乙某科技股份有限公司，并与甲某集团签署战略合作协议。",
        set(),
        {("乙某科技股份有限公司", "cooperatesWith", "甲某集团")},
    ),
}
# What none of these tells, however near it comes to a turn of phrase that does.
UNTOLD: dict[str, set[str]] = {
    "云山高速公路今日通车。一列动车从合肥出发，途经芜湖市、马鞍山市，止于南京市。": {"locatedIn"},
    "云湖大道改造工程开工，公交K12线途经肥东县、长丰县。": {"locatedIn"},
    "云山高速公路建成后，从合肥市到芜湖市不必再途经巢湖市。": {"locatedIn"},
    "云山公路项目，经芜湖市公开招标确定施工单位。": {"locatedIn"},
    "云山工业园项目经安徽省、江苏省共同商定。": {"locatedIn"},
    "云山风电场项目由云某能源公司建设，风电机组在无锡市生产。": {"locatedIn"},
    "集团目前拥有三大厂区，厂区分别位于无锡市、苏州市、常州市。": {"locatedIn"},
    "云山银行联合芜湖市落地云湖风电项目贷款。": {"develops"},
    "合肥市审计局启动云湖大桥工程审计。": {"develops"},
    "芜湖市启动云湖数据工程调查工作。": {"develops"},
    "在云桥科技有限公司展台，搭载“云脑”芯片的新车吸引了观众。": {"develops"},
    "芜湖市投资促进局在无锡市举办云湖产业园项目签约仪式。": {"signs"},
    "合肥市云湖酒店有限公司举行云湖产业园项目签约仪式。": {"signs"},
    "《芜湖市数据管理办法》失效前发放的证书继续有效。": {"repeals"},
    "《芜湖市数据管理办法》自9月1日起施行，依据《芜湖市土地管理办法》核发的证书自动失效。": {
        "repeals"
    },
    "云桥公司落户芜湖市，与江海公司合作，由云山集团控股。": {"partOf"},
    "云山天线工程开工。该线路由云桥公司建设。": {"develops"},
    "云海公司为云山陶瓷生产项目施工单位提供服务。": {"develops"},
    "《云海办法》适用于合肥市以外的城市。": {"appliesTo"},
    "建议《云海办法》在合肥市试行。": {"appliesTo"},
    "《云海细则》为《云湖条例》的实施细则提供依据。": {"basedOn"},
    "云海公司副总李明与云湖公司董事长王小明就签署云山陶瓷生产项目协议进行洽谈。": {"signs"},
    "云海公司携“云海一号”机器人拟参加第七届云山博览会。": {"announcedAt"},
    "云山陶瓷产业联盟牵头单位是江海大学的合作伙伴。": {"leads"},
}
# What is told beside talks and makers, who take no part away.
BESIDE: dict[str, tuple[str, str, str]] = {
    "云桥科技有限公司成立之初就在芜湖市建设云湖产业园项目进行研讨展示。": (
        "云桥科技有限公司", "develops", "云湖产业园项目",
    ),
    "由芜湖市商务局主办的云湖招商大会在无锡市举行并就合作进行洽谈。": (
        "芜湖市商务局", "organises", "云湖招商大会",
    ),
    "芜湖市委书记王明就云桥科技有限公司建设的云湖产业园项目进行座谈。": (
        "云桥科技有限公司", "develops", "云湖产业园项目",
    ),
    "“云舟”大模型由合肥大学的李强团队研发。": ("合肥大学", "develops", "云舟大模型"),
    "由合肥市、芜湖市共建的云湖联盟启动江海数据工程。": ("云湖联盟", "develops", "江海数据工程"),
    "芜湖市、云桥科技有限公司分别建设云湖水库工程、江海产业园项目。": (
        "云桥科技有限公司", "develops", "江海产业园项目",
    ),
}  # fmt: skip
# Names that words of doing run through, or a list sums up.
NAMED = {
    "合肥市和云湖科技有限公司签约。": {"云湖科技有限公司"},
    "合肥市发改委投资项目审批平台上线。": {"合肥市发改委投资项目审批平台"},
    "规划建设地铁3号线，总投资100亿元。": {"地铁3号线"},
    "江海大学系友基金会成立。": {"江海大学系友基金会"},
    "甲某公司投资2亿元建设航空发动机叶片修复再制造项目。": {"航空发动机叶片修复再制造项目"},
    "甲某公司投资2亿元建设大健康产品生产及康养度假项目。": {"大健康产品生产及康养度假项目"},

}  # fmt: skip


@pytest.mark.parametrize(("text", "relations"), UNTOLD.items(), ids=range(len(UNTOLD)))
def test_what_comes_near_tells_nothing(text: str, relations: set[str]) -> None:
    assert not [c for c in claims(text) if c[1] in relations]


def test_a_row_of_digits_takes_no_time_of_its_own() -> None:
    assert grows_evenly(lambda size: read("1234567890" * size), 150)


@pytest.mark.parametrize(
    "text", ["作为省规划的配套文件，已经省政府同意印发。", "材料已报市政府同意印发。"]
)
def test_nobody_is_called_by_a_word_of_issuing(text: str) -> None:
    assert not [e for e in read(text).entities if e.type == "Person"]


@pytest.mark.parametrize(
    "said",
    [
        "骁岚集团有限公司与无锡大学未成立合资公司。",
        "与无锡大学合作的项目由骁岚集团有限公司承建。",
        "骁岚集团有限公司与无锡大学竞争合资建厂的机会。",
    ],
)
def test_who_founds_no_firm_together_does_not(said: str) -> None:
    assert not any(p == "cooperatesWith" for _, p, _ in claims(said))


@pytest.mark.parametrize("said", ["", "的供应商", "参股公司", "与其子公司", "承建"])
def test_brackets_that_tell_no_owner_make_no_part(said: str) -> None:
    text = f"海澜精工科技有限公司（青松控股集团有限公司{said}）在宜兴市投产。"
    assert not [c for c in claims(text) if c[1] == "partOf"]


@pytest.mark.parametrize(("text", "told", "untold"), TOLD.values(), ids=TOLD)
def test_a_turn_of_phrase_tells_what_it_says_and_no_more(
    text: str, told: Facts, untold: Facts
) -> None:
    found = claims(text)
    assert told <= found
    assert not untold & found


@pytest.mark.parametrize(("text", "names"), NAMED.items(), ids=[min(n) for n in NAMED.values()])
def test_names_are_whole(text: str, names: set[str]) -> None:
    assert names <= {e.name for e in read(text).entities}
