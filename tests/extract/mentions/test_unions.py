"""What associations, alliances and firms are called after, and the other names that texts tell."""

from __future__ import annotations

import pytest

from tests.testing.reading import claims, read

TRADES = """
照明 烹饪 殡葬 造价 会计 焊接 铸造 印染 包装 制冷 检验检测 测绘 勘察设计 装饰 计量 认证 租赁
典当 拍卖 担保 广告 会展 物业 招标投标 消防 安防 环卫 再生资源 循环经济 节能 林业 渔业 种子 农药
纺织 家具 玩具 珠宝 眼镜 五金 香料香精 涂料 稀土 有色金属 机床 液压气动密封件 电梯 内燃机 动力电池
民航 桥梁 航海 冷链 电子元件 激光 仪器仪表 密码 数据要素 遥感 直播电商 工艺美术 职业教育 技术市场
专利 质量 报关 税务 公证 人力资源 康复 护理 医疗器械 血液 慈善 民营企业 外商投资 注册会计师
"""


@pytest.mark.parametrize("trade", TRADES.split())
def test_an_association_is_called_after_any_trade(trade: str) -> None:
    for name in (f"湖州市{trade}行业协会", f"中国{trade}协会"):
        found = {e.name for e in read(f"近日，{name}在湖州举行大会。").entities}
        assert name in found


def other(text: str) -> set[frozenset[str]]:
    """The bodies of a text, each by all its names."""
    return {
        frozenset({e.name, *e.aliases}) for e in read(text).entities if e.type == "Organisation"
    }


@pytest.mark.parametrize(
    "text",
    [
        "无锡远桥科技有限公司拟更名为无锡云澜科技有限公司。",
        "无锡远桥科技有限公司与无锡云澜科技有限公司签约。",
        "无锡远桥科技有限公司（董事长王某原任无锡云澜科技有限公司总经理）签约。",
    ],
)
def test_a_name_that_nobody_has_yet_joins_nothing(text: str) -> None:
    found = other(text)
    assert frozenset({"无锡远桥科技有限公司"}) in found
    assert frozenset({"无锡云澜科技有限公司"}) in found


@pytest.mark.parametrize("town", ["神湾镇", "盛泽镇", "白石乡", "云湖街道", "河口村"])
def test_the_hall_of_a_town_is_not_that_of_its_city(town: str) -> None:
    text = f"苏州市人民政府发布通知。苏州市{town}人民政府与苏州远桥科技有限公司签署合作协议。"
    assert frozenset({"苏州市人民政府"}) in other(text)


@pytest.mark.parametrize(
    "text",
    [
        "公司6月28日与坪山区管委会签署协议，公司计划在坪山区建设云桥研发基地。",
        "坪山区政府召开会议，公司计划在坪山区建设云桥研发基地。",
        "坪山区管委会与公司签署协议，公司将建设云桥研发基地。",
    ],
)
def test_a_body_that_governs_is_nobodys_company(text: str) -> None:
    told = claims(text)
    assert not [s for s, p, o in told if p == "develops"]
    assert ("云桥研发基地", "locatedIn", "坪山区") in told or "在坪山区" not in text


def test_a_firm_named_after_two_trades_keeps_its_place_in_brackets() -> None:
    name = "中国皮具和制帽工业研究院（晋江）有限公司"
    assert name in {e.name for e in read(f"大会由{name}承办。").entities}


@pytest.mark.parametrize(
    ("short", "full"),
    [("电子科技大学", "西安电子科技大学"), ("海洋石油大学", "青岛海洋石油大学")],
)
def test_a_university_with_a_place_is_another_one(short: str, full: str) -> None:
    found = other(f"{short}与{full}签署合作协议。")
    assert {frozenset({short}), frozenset({full})} <= found


def test_our_school_is_no_company_named_beside_it() -> None:
    text = "我校与云湖投资集团举行签约仪式。我校副校长周一鸣、无锡市副市长李二川出席。"
    told = claims(text)
    assert ("周一鸣", "role", "副校长") in told
    assert ("周一鸣", "worksFor", "云湖投资集团") not in told


def test_two_of_several_firms_are_not_both_sides() -> None:
    text = "我市云岭科技、远峰新材料等4家企业介绍了产品，双方达成合作协议。"
    assert not [o for _, p, o in claims(text) if p == "cooperatesWith"]
    text = "云岭科技有限公司、远峰新材料有限公司举行会谈，双方达成合作协议。"
    assert [o for _, p, o in claims(text) if p == "cooperatesWith"]


def test_one_character_tells_two_institutes_apart() -> None:
    assert frozenset({"澜大研究院"}) in other("澜大研究院、澜工大研究院参加会议。")


@pytest.mark.parametrize("trade", ["现代农业", "绿色建筑"])
def test_a_trade_is_no_short_name(trade: str) -> None:
    text = f"项目涵盖精深加工、{trade}、资源回收等行业。湖南{trade}集团落户无锡。"
    assert frozenset({f"湖南{trade}集团"}) in other(text)


@pytest.mark.parametrize("post", ["副市长", "局长", "副部长", "镇长", "总经理"])
def test_a_person_is_known_by_the_post_behind(post: str) -> None:
    found = read(f"宜兴市人民政府陈小澜{post}出席活动。").entities
    assert "陈小澜" in {e.name for e in found if e.type == "Person"}


def test_an_item_that_is_no_known_name_makes_no_second_side() -> None:
    firms = ("山东先进材料联合研究院", "章丘联合创新中心", "飞尔体育有限公司", "三齐能源有限公司")
    text = f"远桥大学分别与{firms[0]}、{firms[1]}、大龙之家、{firms[2]}以及{firms[3]}签署合作协议。"
    together = {(s, o) for s, p, o in claims(text) if p == "cooperatesWith"}
    assert together == {("远桥大学", firm) for firm in firms}


@pytest.mark.parametrize("sort", ["全资子公司", "控股子公司", "旗下分公司", "母公司"])
@pytest.mark.parametrize("thing", ["云飞翔", "该产线", "远桥电机有限公司"])
def test_whose_firm_brackets_say_it_is_does_nothing_behind_them(thing: str, sort: str) -> None:
    told = claims(f"{thing}（云澜集团{sort}）在无锡投产。")
    assert not [(s, p, o) for s, p, o in told if s == "云澜集团"]
    assert ("远桥电机有限公司" not in thing) or (thing, "locatedIn", "无锡") in told
