"""What things are called: each kind of noun that works, events, products and bodies end in."""

from __future__ import annotations

import pytest

from tests.testing.reading import claims, read

EVENTS = (
    "论坛 峰会 大会 博览会 交易会 艺术展 文化节 文化周 演出季 购物季 消费月 联赛 锦标赛 挑战赛 "
    "马拉松 技能竞赛 沙龙 研讨会 对接会 推介会 招聘会 晚会 灯会 庙会 集市 大集 训练营 夏令营 "
    "培训班 研修班 大讲堂 嘉年华 采摘节 丰收节 美食节 灯光秀 音乐节 开放日 消费季 庆典 "
    "汇报会 报告会 观摩会 总结会 订货会 采购会"
)
HELD = ("8月2日，{}在无锡市举行。", "8月2日，无锡市举办{}。", "8月2日，{}开幕。")
PRODUCTS = "大模型 操作系统 数据库 智能体 管理平台"
MADE = (
    "云海科技有限公司研发的{}正式上线。",
    "云海科技有限公司推出{}。",
    "{}由云海科技有限公司研发。",
)


def named(text: str) -> set[tuple[str, str]]:
    return {(e.type, e.name) for e in read(text).entities}


@pytest.mark.parametrize("noun", EVENTS.split())
def test_an_event_that_is_held_is_named(noun: str) -> None:
    name = "2024太湖绿色" + noun
    missing = [how for how in HELD if ("Event", name) not in named(how.format(name))]
    assert not missing


@pytest.mark.parametrize("noun", ["集市"])
def test_an_event_is_called_by_a_place_that_is_no_district(noun: str) -> None:
    assert ("Event", f"太湖{noun}") in named(f"8月2日，太湖{noun}在无锡市举行。")


@pytest.mark.parametrize("noun", PRODUCTS.split())
def test_a_product_that_is_made_is_named(noun: str) -> None:
    name = "澜某海" + noun
    missing = [how for how in MADE if ("System", name) not in named(how.format(name))]
    assert not missing


@pytest.mark.parametrize(
    ("text", "type_", "name"),
    [
        ("北江中学战胜清江附中，夺得冠军。", "Organisation", "清江附中"),
        ("宜兴市发展改革局法规科科长李真介绍。", "Organisation", "宜兴市发展改革局法规科"),
        ("国家发展改革委员会印发通知。", "Organisation", "国家发展改革委员会"),
        ("中国能建宜兴澜江光伏发电项目投产。", "Project", "中国能建宜兴澜江光伏发电项目"),
        ("集团成功举办亚洲港口航运会议。", "Event", "亚洲港口航运会议"),
        ("市局发布了《无锡氢能汽车减排方法学》。", "Policy", "无锡氢能汽车减排方法学"),
        ("全球云澜服务商大会在无锡市举行。", "Event", "全球云澜服务商大会"),
        ("投资方云澜控股集团介绍，进展顺利。", "Organisation", "云澜控股集团"),
        ("无锡市供应商管理有限公司成立。", "Organisation", "无锡市供应商管理有限公司"),
        ("宜兴市云湖建设领导小组办公室印发通知。", "Organisation", "宜兴市云湖建设领导小组办公室"),
    ],
)
def test_a_thing_is_named(text: str, type_: str, name: str) -> None:
    assert (type_, name) in named(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("近日，地下停车场投入使用。", "地下停车场"),
        ("近日，快充项目已落地多地。", "快充项目"),
        ("大范围内高速正式通车。", "大范围内高速"),
        ("提质改造项目开工。", "提质改造项目"),
        ("今年，上海展览总面积增长50%。", "上海展览"),
        ("区发展改革委组织召开专家评审会。", "专家评审会"),
        ("江苏高速通车里程破万公里。", "江苏高速"),
        ("江海科技有限公司建设高速连接器产业化项目。", "江海科技有限公司建设高速"),
        ("宜兴市推进停车场建设。", "宜兴市推进停车场"),
        ("云澜大学教学楼建成投用。", "云澜大学教学楼"),
        ("这座大桥全长10公里。", "这座大桥"),
        ("双线隧道贯通。", "双线隧道"),
        ("中国石化与石油大学共建实验室。", "中国石化与石油大学"),
        ("中国银行（以下简称分行）发布公告。", "中国银行（以下简称分行）"),
        ("王刚出任新公司董事长。", "新公司"),
        ("全国水泥产能下降。", "全国水泥"),
        ("老旧电梯和燃气锅炉更新。", "老旧电梯"),
        ("《梦的解释》由出版社出版。", "梦的解释"),
        ("云澜公司全总承包项目。", "全总"),
        ("支持集团设立AI科技子公司。", "AI科技子公司"),
        ("新闻通气会在无锡市举行。", "新闻通气会"),
        ("市里召开情况通气会。", "情况通气会"),
        ("全国绿色矿业发展示范区揭牌。", "全国绿色矿业"),
        ("小区安装户用光伏，电费省了一半。", "户用光伏"),
        ("今年以来，亿元以上工业项目正在加快施工。", "亿元以上工业项目"),
        ("东湖湿地生态系统得到保护。", "东湖湿地生态系统"),
        ("中共中央国务院印发意见。", "中共中央国务院"),
        ("将在教育等方面建设系列研究中心。", "方面建设系列研究中心"),
        ("实施甲某集聚工程、云湖岸线优化工程七大工程。", "云湖岸线优化工程七大工程"),
    ],
)
def test_a_sort_of_things_is_not_named(text: str, name: str) -> None:
    assert name not in {n for _, n in named(text)}


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            "京澜运河开航仪式3月2日在杭州八江船闸举行。",
            ("京澜运河开航仪式", "locatedIn", "杭州"),
        ),
        (
            "云湖海外人才服务基地在地处宜兴市的云湖海外华商会正式揭牌。",
            ("云湖海外人才服务基地", "locatedIn", "宜兴市"),
        ),
        (
            "最高人民法院与最高人民检察院公布了《江海运输案件的解释》。",
            ("最高人民检察院", "issues", "江海运输案件的解释"),
        ),
        (
            "无锡市生态环境局结合实际，会同16个部门印发了《无锡市噪声防治方案》。",
            ("无锡市生态环境局", "issues", "无锡市噪声防治方案"),
        ),
        (
            "近日，无锡市印发《节能方案》。力争到2025年，突破100项技术，能耗比2020年下降14.5%。",
            ("节能方案", "target", "能耗比2020年下降14.5%"),
        ),
        (
            "太湖文旅产业年会2016年举办以来，先后在北京、西安等城市举办。",
            ("太湖文旅产业年会", "locatedIn", "西安"),
        ),
    ],
)
def test_a_claim_is_told(text: str, claim: tuple[str, str, str]) -> None:
    assert claim in claims(text)


@pytest.mark.parametrize(
    "text",
    [
        "赴上海招商的代表团回来，云澜机器人项目已落地。",
        "与重庆市相比，云澜区优势明显，江海芯片项目已落地。",
        "从深圳引进的云海芯片项目已落地。",
    ],
)
def test_what_has_landed_lies_in_no_place_that_is_only_spoken_of(text: str) -> None:
    assert not {claim for claim in claims(text) if claim[1] == "locatedIn"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("名单：\n1 江苏银行\n2 宁波银行\n3 浙商银行\n4 云海集团\n5 江海集团", "江苏银行"),
        ("1 江海科技有限公司 宜兴市 10 亿元\n2 海川科技有限公司 宜兴市 5 亿元", "江海科技有限公司"),
        ("证书编号 GR2024001 江海科技有限公司 GR2024002 海川科技有限公司", "江海科技有限公司"),
    ],
)
def test_numbers_and_codes_of_rows_are_no_part_of_names(text: str, name: str) -> None:
    assert ("Organisation", name) in named(text)


def test_spaces_where_the_script_changes_are_no_part_of_names() -> None:
    text = "8 月 8 日，云海科技有限公司与 AWS 签约 5G 智能工厂项目，总投资 5 亿元。"
    assert ("Project", "5G智能工厂项目") in named(text)
    assert ("5G智能工厂项目", "investment", "500000000") in claims(text)
    assert claims(text.replace(" ", "")) == claims(text)


@pytest.mark.parametrize(
    "name",
    [
        "宜兴市飞跃耐火材料有限公司",
        "云海集团运输有限公司",
        "国网江南平江抽水蓄能有限公司",
        "云海通信集团设计院有限公司",
    ],
)
def test_a_verb_in_the_name_of_a_firm_stays(name: str) -> None:
    assert ("Organisation", name) in named(f"近日，{name}投产。")


@pytest.mark.parametrize("verb", ["开展", "筹备", "宣布"])
def test_an_event_begins_at_its_year_behind_a_verb(verb: str) -> None:
    assert ("Event", "2024太湖创新大会") in named(f"宜兴市{verb}2024太湖创新大会。")


def test_members_behind_a_list_word_are_told() -> None:
    text = "江苏省机器人产业联盟成员包括云海科技有限公司、东南大学等。"
    assert ("云海科技有限公司", "memberOf", "江苏省机器人产业联盟") in claims(text)


def bodies(text: str) -> dict[str, set[str]]:
    return {e.name: set(e.aliases) for e in read(text).entities if e.type == "Organisation"}


@pytest.mark.parametrize(
    "lead", ["近日，甲方企业为", "这家公司成为", "骁岚集团投资的企业为", "会上，主办方为"]
)
def test_words_of_the_clause_are_no_brand_of_a_firm(lead: str) -> None:
    assert not [n for n in bodies(f"{lead}智能科技有限公司。") if "为" in n]


@pytest.mark.parametrize("when", ["大会期间"])
def test_when_it_was_does_not_hide_a_committee(when: str) -> None:
    assert "静安区委" in bodies(f"{when}静安区委、区政府召开会议。")


def test_a_short_name_is_defined_behind_a_space_too() -> None:
    text = "8月3日，云南科学院 (下称骁院) 人员到访。骁院表示，研究继续。"
    assert bodies(text) == {"云南科学院": {"骁院"}}


def test_a_person_of_the_text_is_no_firm() -> None:
    text = "无锡大学副校长周一鸣参加，王小明同周一鸣共同揭牌。"
    assert set(bodies(text)) == {"无锡大学"}


@pytest.mark.parametrize(
    "said",
    [
        "据此间官方消息，活动开始。",
        "他与外界的合作不断深入。",
        "当地政府宣布开启运营。",
        "该项目总部位于苏州。",
        "高校联合企业发布成果。",
        "国务院政府特殊津贴获得者参加。",
    ],
)
def test_common_words_before_what_firms_do_are_no_brand(said: str) -> None:
    assert set(bodies(f"近日，{said}")) <= {"国务院"}


BRANDS = ("恩音", "拓禾", "澜拓")
TELLS = (
    "跨境电商{}26日发布消息称，将在无锡市建设{}智慧产业园。",
    "{}26日宣布，{}智慧产业园在无锡市开工。",
    "造车新势力{}8月26日晚间公告，将在无锡市建设{}智慧产业园。",
)


@pytest.mark.parametrize("who", ["警方", "专家", "苹果", "媒体", "有关部门", "美国", "双方"])
def test_a_word_that_tells_something_is_no_firm(who: str) -> None:
    text = f"{who}26日宣布，{who}将公布数据。"
    assert ("Organisation", who) not in named(text)


def test_a_page_says_which_site_it_stands_on() -> None:
    assert ("Organisation", "云澜网") in named("会议在无锡市召开。返回云澜网，查看更多")
