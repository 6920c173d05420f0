"""Grids of phrases: each way to say a thing, with each kind of who, what and how.

What a hand-written example cannot show: that no adverb, no kind of body and no order of the
clauses breaks what the rules tell.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest

from kg.base.records import Document
from kg.extract.document import extract
from kg.ontology import load

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

WORK, FIRM = "江澜智能装备产业园项目", "云海科技有限公司"
HOW = (
    "",
    "将",
    "计划",
    "正在",
    "已",
    "近日",
    "今年",
    "全力",
    "高质量",
    "成功",
    "分两期",
    "采用PPP模式",
    "按照市委部署",
    "依托技术优势",
    "投资5亿元",
    "联合东南大学",
    "在无锡市",
    "抢抓机遇，",
    "为此，",
)
ACTS = ("建设", "打造", "投资建设", "承建", "新建", "启动建设", "建成", "运营", "开发建设")
BODIES = (FIRM, "云海集团", "无锡市", "东南大学", "江苏省交通运输厅")
FIELDS = (
    "智能装备",
    "动力电池",
    "电池材料回收利用",
    "半导体封测",
    "细胞治疗",
    "包装印刷",
    "康养度假",
    "固废处置",
    "水环境治理",
    "氢燃料电池",
    "老旧厂房改造",
    "磷化工",
    "汽车电子",
)
TRADES = (
    "置地",
    "置业",
    "重工",
    "商管",
    "城投",
    "水务",
    "路桥",
    "制药",
    "乳业",
    "种业",
    "家纺",
    "塑胶",
    "光学",
    "泵业",
    "汽配",
    "通航",
    "智造",
    "影业",
    "冷链",
    "保理",
    "创投",
    "固废",
    "储能",
    "精密铸造",
    "耗材",
)
BUREAUS = (
    "科技局",
    "发展改革委",
    "工业和信息化局",
    "自然资源和规划局",
    "文化广电旅游局",
    "退役军人事务局",
    "政务服务管理局",
    "数据资源管理局",
    "地方金融监督管理局",
    "投资促进局",
    "国资委",
    "总工会",
    "档案馆",
    "消防救援支队",
    "公共资源交易中心",
    "人民检察院",
    "红十字会",
)
# A relation, the phrases that tell it, and what may stand in their gaps; the facts they tell.
GRIDS: dict[str, tuple[Sequence[str], Mapping[str, Sequence[str]], tuple[str, str, str]]] = {
    "who builds, however": (
        ["{s}{how}{act}{o}。"],
        {"s": [FIRM], "o": [WORK], "how": HOW, "act": ACTS},
        ("{s}", "develops", "{o}"),
    ),
    "who builds, whoever": (
        [
            "{s}推进{o}建设。",
            "{o}由{s}建设。",
            "近日，{s}建成{o}。",
            "{s}启动{o}建设。",
            "{s}建设{o}。",
        ],
        {"s": BODIES, "o": [WORK]},
        ("{s}", "develops", "{o}"),
    ),
    "who built what is told of": (
        [
            "{o}，由{s}{act}，总投资5亿元。",
            "由{s}{act}的{o}开工。",
            "{s}{act}的{o}近日开工。",
            "{o}位于无锡市，由{s}{act}。",
            "据介绍，{o}由{s}在无锡市{act}。",
            "{o}的建设单位是{s}。",
            "{s}是{o}的建设单位。",
            "{o}由{s}和东南大学联合{act}。",
            "{o}（建设单位：{s}）开工。",
            "在无锡市，由{s}{act}的{o}加快推进。",
            "{s}旗下{o}开工。",
        ],
        {"s": [FIRM], "o": [WORK], "act": ["建设", "投资建设", "承建", "打造"]},
        ("{s}", "develops", "{o}"),
    ),
    "who makes a system": (
        [
            "{s}{how}研发“锡云”城市运行平台。",
            "“锡云”城市运行平台由{s}{how}研发。",
            "{s}{how}推出“锡云”城市运行平台。",
            "由{s}{how}打造的“锡云”城市运行平台投用。",
            "{s}{how}发布“锡云”城市运行平台。",
            "{s}{how}上线“锡云”城市运行平台。",
        ],
        {
            "s": [FIRM, "无锡市数据局", "东南大学"],
            "how": ["", "联合", "正式", "近日", "成功", "率先"],
        },
        ("{s}", "develops", "锡云城市运行平台"),
    ),
    "where a work is": (
        [
            "{s}{how}落户{o}。",
            "{s}位于{o}。",
            "{s}{how}在{o}开工。",
            "位于{o}的{s}投产。",
            "在{o}建设的{s}投产。",
            "{s}选址{o}，总投资5亿元。",
            "{s}总投资5亿元，选址{o}。",
            "{s}，位于{o}，总投资5亿元。",
            "{s}坐落于{o}。",
            "{s}花落{o}。",
            "{s}签约落户{o}。",
            "{s}落子{o}。",
            "项目名称：{s}；建设地点：{o}。",
            "{o}的{s}顺利投产。",
            "投资5亿元的{s}在{o}奠基。",
            "{s}正式入驻{o}。",
        ],
        {"s": [WORK], "o": ["鸠江区", "苏州工业园区"], "how": ["", "正式", "近日", "顺利", "集中"]},
        ("{s}", "locatedIn", "{o}"),
    ),
    "where a body is": (
        [
            "{s}落户{o}。",
            "位于{o}的{s}投产。",
            "{s}总部设在{o}。",
            "{s}总部位于{o}。",
            "{s}在{o}成立。",
            "{s}是{o}龙头企业。",
            "{s}注册地在{o}。",
            "{s}将总部迁至{o}。",
            "来自{o}的{s}获奖。",
            "{s}是一家位于{o}的高新技术企业。",
            "{s}成立于2015年，总部位于{o}，主营机器人。",
        ],
        {"s": [FIRM, "云海智能研究院"], "o": ["鸠江区", "苏州工业园区"]},
        ("{s}", "locatedIn", "{o}"),
    ),
    "who signs": (
        [
            "鸠江区与{s}{how}签约{o}。",
            "鸠江区与{s}签订{o}投资协议。",
            "{s}与鸠江区签署{o}合作协议。",
            "鸠江区和{s}就{o}签约。",
            "{s}就{o}与鸠江区签约。",
            "鸠江区人民政府与{s}举行{o}签约仪式。",
            "鸠江区与{s}成功签约，{o}正式落户。",
            "经过洽谈，{s}与鸠江区正式签下{o}。",
            "鸠江区区长王强与{s}董事长李明签署{o}投资协议。",
            "{s}董事长李明代表公司与鸠江区签署{o}协议。",
        ],
        {"s": [FIRM, "云海集团"], "o": [WORK], "how": ["", "正式", "现场", "近日"]},
        ("{s}", "signs", "{o}"),
    ),
    "who pays": (
        [
            "{s}{how}投资5亿元建设{o}。",
            "{o}由{s}{how}投资建设。",
            "{s}{how}斥资5亿元打造{o}。",
            "由{s}投资5亿元的{o}开工。",
            "{s}出资5亿元在鸠江区建设{o}。",
            "{o}由{s}{how}独资建设。",
            "{o}的投资方为{s}。",
            "{s}与鸠江区签约，将投资5亿元建设{o}。",
            "{s}追加投资5亿元建设{o}。",
        ],
        {"s": [FIRM, "云海集团"], "o": [WORK], "how": ["", "将", "计划", "已", "近日"]},
        ("{s}", "invests", "{o}"),
    ),
    "how much": (
        [
            f"{FIRM}投资{{m}}建设{{s}}。",
            "{s}总投资{m}。",
            "{s}计划总投资{m}，占地100亩。",
            "总投资{m}的{s}开工。",
            f"{{s}}由{FIRM}投资{{m}}建设。",
            "{s}位于鸠江区，计划投资{m}。",
            "{s}投资总额{m}。",
            "投资{m}建设的{s}投产。",
            "{s}概算投资{m}。",
            f"{FIRM}拟投入{{m}}建设{{s}}。",
            "{s}开工，该项目总投资{m}。",
            "{s}分两期建设，总投资{m}。",
        ],
        {"s": [WORK], "m": ["5亿元", "约5亿元", "5亿元人民币", "50000万元", "5.0亿元"]},
        ("{s}", "investment", "500000000"),
    ),
    "who holds": (
        [
            "{o}由{s}{how}主办。",
            "{s}{how}举办{o}。",
            "由{s}{how}主办的{o}开幕。",
            "{o}在鸠江区举行，由{s}主办。",
            "8月2日，{s}召开{o}。",
            "{o}开幕，{s}承办。",
            "{o}由上海市商务局指导，{s}主办，东南大学承办。",
            "{o}主办单位为{s}。",
            "{s}携手东南大学举办{o}。",
            "{s}在鸠江区{how}举行{o}。",
        ],
        {
            "s": [FIRM, "无锡市科技局"],
            "o": ["2024太湖创新大会"],
            "how": ["", "成功", "隆重", "联合"],
        },
        ("{s}", "organises", "{o}"),
    ),
    "who issues": (
        [
            "{s}{how}印发《{o}》。",
            "《{o}》由{s}{how}印发。",
            "{s}{how}出台《{o}》。",
            "{s}制定的《{o}》正式实施。",
            "近日，{s}、江阴市财政局联合印发《{o}》。",
            "{s}会同江阴市财政局印发《{o}》。",
            "经市政府同意，{s}{how}印发《{o}》。",
            "{s}就《{o}》公开征求意见。",
            "为加快发展，{s}{how}制定出台《{o}》。",
            "{s}等五部门联合出台《{o}》。",
            "{s}编制完成《{o}》。",
        ],
        {
            "s": ["无锡市科技局", "江苏省人民政府"],
            "o": ["科技成果转化实施办法"],
            "how": ["", "联合", "正式", "近日"],
        },
        ("{s}", "issues", "{o}"),
    ),
    "who works for whom": (
        [
            "{o}{r}王明远表示，形势很好。",
            "王明远，{o}{r}。",
            "王明远任{o}{r}。",
            "{o}的{r}王明远出席活动。",
            "王明远（{o}{r}）致辞。",
            "{o}党委书记、{r}王明远说，形势很好。",
            "王明远现任{o}{r}。",
            "据{o}{r}王明远介绍，项目已开工。",
            "任命王明远为{o}{r}。",
            "王明远当选{o}{r}。",
        ],
        {"o": [FIRM, "云海集团"], "r": ["董事长", "总经理", "副总裁"]},
        ("王明远", "worksFor", "{o}"),
    ),
    "what is announced where": (
        [
            "{o}在鸠江区开幕。会上，{s}签约。",
            "在{o}上，{s}正式签约。",
            "{o}期间，{s}签约落户。",
            "8月2日，{o}举行，现场签约{s}、云湖基地项目等12个项目。",
        ],
        {"s": [WORK], "o": ["2024太湖创新大会", "第五届太湖投资洽谈会"]},
        ("{s}", "announcedAt", "{o}"),
    ),
    "what a policy rests on": (
        [
            "《{s}》依据《{o}》制定。",
            "为落实《{o}》，无锡市制定《{s}》。",
            "根据《{o}》，无锡市印发《{s}》。",
            "无锡市印发《{s}》，贯彻落实《{o}》。",
            "《{s}》是落实《{o}》的重要举措。",
            "按照《{o}》要求，市科技局出台《{s}》。",
            "《{s}》以《{o}》为依据。",
            "《{s}》作为《{o}》的配套文件出台。",
            "《{s}》全面落实《{o}》，提出20条措施。",
        ],
        {
            "s": ["无锡市数字经济行动方案"],
            "o": ["数字中国建设整体布局规划", "江苏省数字经济促进条例"],
        },
        ("{s}", "basedOn", "{o}"),
    ),
    "where a policy applies": (
        ["{o}印发《{s}》。", "《{s}》适用于{o}。", "《{s}》在{o}施行。", "{o}全面推行《{s}》。"],
        {"s": ["数字经济行动方案"], "o": ["无锡市", "鸠江区"]},
        ("{s}", "appliesTo", "{o}"),
    ),
    "who is a member": (
        [
            "{s}加入{o}。",
            "{s}是{o}成员单位。",
            "{s}成为{o}会员。",
            "{o}由{s}、东南大学等20家单位组成。",
            "{o}成立，{s}为理事长单位。",
            "{s}作为{o}副理事长单位参会。",
        ],
        {"s": [FIRM], "o": ["长三角智能制造产业联盟", "江苏省机器人协会"]},
        ("{s}", "memberOf", "{o}"),
    ),
    "whose a body is": (
        [
            "{s}是{o}全资子公司。",
            "{s}是{o}的控股子公司。",
            "{s}隶属于{o}。",
            "{o}旗下{s}获奖。",
            "{o}控股的{s}获奖。",
            "{s}由{o}全资设立。",
            "{s}是{o}在无锡设立的子公司。",
        ],
        {"s": ["江澜能源有限公司"], "o": ["云海集团", "云海控股有限公司"]},
        ("{s}", "partOf", "{o}"),
    ),
    "who leads": (
        [
            "{s}牵头实施{o}。",
            "{o}由{s}牵头。",
            "{o}由{s}牵头建设。",
            "{s}作为牵头单位实施{o}。",
            "{o}牵头单位为{s}。",
        ],
        {"s": [FIRM, "东南大学"], "o": [WORK]},
        ("{s}", "leads", "{o}"),
    ),
    "what ends another policy": (
        [
            "《{s}》自9月1日起施行，《{o}》同时废止。",
            "《{s}》施行后，《{o}》废止。",
            "《{s}》印发，原《{o}》同时废止。",
            "《{s}》自发布之日起施行，2018年印发的《{o}》同步废止。",
        ],
        {"s": ["无锡市人才办法"], "o": ["无锡市人才暂行办法"]},
        ("{s}", "repeals", "{o}"),
    ),
    "what a reference means": (
        [
            f"{{o}}开工。该项目由{FIRM}投资建设，总投资5亿元。",
            f"{{o}}开工。据悉，该项目总投资5亿元，由{FIRM}投资建设。",
            f"{FIRM}董事长王强出席{{o}}开工仪式。公司将投资5亿元建设该项目。",
            f"{FIRM}与鸠江区签约。根据协议，公司将投资5亿元建设{{o}}。",
        ],
        {"o": [WORK, "云湖数据中心项目"]},
        (FIRM, "develops", "{o}"),
    ),
}


def texts(
    phrases: Sequence[str], gaps: Mapping[str, Sequence[str]], fact: tuple[str, str, str]
) -> Iterator[tuple[str, tuple[str, str, str]]]:
    """Each phrase with each choice for the gaps that it has."""
    for phrase in phrases:
        used = [name for name in gaps if "{" + name + "}" in phrase]
        for chosen in product(*(gaps[name] for name in used)):
            filling = {name: gaps[name][0] for name in gaps} | dict(zip(used, chosen, strict=True))
            s, p, o = (part.format(**filling) for part in fact)
            yield phrase.format(**filling), (s, p, o)


def named(text: str, kind: str) -> set[str]:
    found = extract(Document("d", "d.txt", text), load()).entities
    return {e.name for e in found if e.type == kind}


@pytest.mark.parametrize(
    "phrase",
    [
        "总投资12亿元的{}落户无锡市。",
        "云海科技有限公司投资5亿元建设{}。",
        "无锡市与云海集团签约{}。",
        "{}总投资8亿元，由云海集团有限公司投资建设。",
    ],
)
def test_works_of_every_field_are_read_whole(phrase: str) -> None:
    works = [f"启明{field}产业化项目" for field in FIELDS] + [f"江海{f}生产基地" for f in FIELDS]
    assert [w for w in works if w not in named(phrase.format(w), "Project")] == []
