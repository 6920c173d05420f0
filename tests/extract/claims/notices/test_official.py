"""What notices, circulars, announcements and briefs say in forms that news does not have."""

from __future__ import annotations

import pytest

from tests.testing.reading import Facts, claims, read

# How a brief comes to speak of a work, and what it says of it then: the relations, and whose.
FIRM, OTHER, PLACE = "云某科技有限公司", "江畔集团有限公司", "宜兴市"
SPEAKS = {
    "an item of a brief": "（一）云澜智慧物流项目。{}。",
    "a label": "●云澜智慧物流项目：{}。",
    "a line of its own": "1.云澜智慧物流项目\n{}。",
    "a sentence about it": "云澜智慧物流项目进展顺利。该项目{}。",
    "one with the bare noun": "云澜智慧物流项目进展顺利。项目{}。",
    "the same sentence": "云澜智慧物流项目，{}。",
}
SAYS: dict[str, set[tuple[str, str]]] = {
    f"由{FIRM}投资5亿元建设": {("develops", FIRM), ("invests", FIRM)},
    f"由{FIRM}在{PLACE}投资5亿元建设": {("invests", FIRM), ("locatedIn", PLACE)},
    f"由{FIRM}负责建设和运营": {("develops", FIRM)},
    f"由{FIRM}承建": {("develops", FIRM)},
    f"由{FIRM}与{OTHER}共同建设": {("develops", FIRM), ("develops", OTHER)},
    f"由{FIRM}牵头实施": {("leads", FIRM)},
    f"建设单位为{FIRM}": {("develops", FIRM)},
    f"业主为{FIRM}": {("develops", FIRM)},
    f"投资方为{FIRM}": {("invests", FIRM)},
    f"签约企业为{FIRM}": {("signs", FIRM)},
    f"位于{PLACE}": {("locatedIn", PLACE)},
    f"选址{PLACE}": {("locatedIn", PLACE)},
    f"建设地点在{PLACE}": {("locatedIn", PLACE)},
    f"总投资5亿元，位于{PLACE}": {("locatedIn", PLACE)},
    f"计划总投资5亿元，由{FIRM}投资建设，位于{PLACE}": {("develops", FIRM), ("locatedIn", PLACE)},
    f"系{FIRM}在{PLACE}布局的第二个基地": {("develops", FIRM), ("locatedIn", PLACE)},
}
# How a text comes to speak of a paper, and what it says of its grounds and its makers.
PAPER = "无锡市低空经济发展方案"
GROUND = "江苏省低空经济规划"
NAMES_PAPER = {
    "the same clause": "《无锡市低空经济发展方案》{}。",
    "the next clause": "近日，《无锡市低空经济发展方案》正式出台，{}。",
    "that plan": "近日，《无锡市低空经济发展方案》正式出台。该方案{}。",
    "the bare noun": "近日，《无锡市低空经济发展方案》正式出台。方案{}。",
    "this paper": "近日，《无锡市低空经济发展方案》正式出台。这份文件{}。",
}
OF_PAPER: dict[str, tuple[str, str]] = {
    "由市发展改革委牵头编制": ("issues", "市发展改革委"),
    "由市发展改革委会同市科技局制定": ("issues", "市科技局"),
    "根据《江苏省低空经济规划》制定": ("basedOn", GROUND),
    "以《江苏省低空经济规划》为依据": ("basedOn", GROUND),
    "是为落实《江苏省低空经济规划》而编制的": ("basedOn", GROUND),
    "系根据《江苏省低空经济规划》起草": ("basedOn", GROUND),
    "衔接《江苏省低空经济规划》": ("basedOn", GROUND),
}
# Who belongs to whom, who leads what and who acts with whom, in the forms that are usual.
SCHOOL, LEAGUE, PERSON, OFFICE = "江海大学", "云湖产业创新联盟", "沈其昌", "市商务局"
BELONGS: dict[str, Facts] = {
    f"由{FIRM}牵头，{OTHER}、{SCHOOL}等20家单位组成的{LEAGUE}成立。": {
        (FIRM, "leads", LEAGUE), (OTHER, "memberOf", LEAGUE), (SCHOOL, "memberOf", LEAGUE),
    },
    f"{LEAGUE}揭牌。首批成员包括{FIRM}、{SCHOOL}。": {(SCHOOL, "memberOf", LEAGUE)},
    f"{LEAGUE}现有{FIRM}、{OTHER}等会员单位60家。": {(OTHER, "memberOf", LEAGUE)},
    f"{LEAGUE}由{FIRM}担任牵头单位。": {(FIRM, "leads", LEAGUE)},
    f"{OTHER}在宜兴市设立全资子公司{FIRM}。": {(FIRM, "partOf", OTHER)},
    f"{FIRM}的母公司{OTHER}表示支持。": {(FIRM, "partOf", OTHER)},
    f"{FIRM}，系{OTHER}下属国有企业。": {(FIRM, "partOf", OTHER)},
    f"{FIRM}与{SCHOOL}合办的云湖研究院揭牌。": {(FIRM, "cooperatesWith", SCHOOL)},
    f"{FIRM}董事长由{PERSON}担任。": {(PERSON, "worksFor", FIRM), (PERSON, "role", "董事长")},
    f"{FIRM}成立，董事长由{PERSON}担任。": {(PERSON, "worksFor", FIRM)},
    f"{PERSON}出任{FIRM}首席执行官。": {(PERSON, "worksFor", FIRM)},
    f"{PERSON}系{FIRM}创始人。": {(PERSON, "role", "创始人")},
    f"{PERSON}是{FIRM}的创始人兼首席执行官。": {(PERSON, "role", "首席执行官")},
    f"{FIRM}成立。其董事长{PERSON}致辞。": {(PERSON, "worksFor", FIRM)},
    f"任命{PERSON}同志为{OFFICE}局长。": {(PERSON, "worksFor", OFFICE)},
    f"联系人：{PERSON}（{OFFICE}外贸科科长）。": {(PERSON, "role", "科长")},
}  # fmt: skip
# Names as they are read, beside what stands before and behind them.
NAMED = {
    "菌种由我公司母公司天津璟云某生物技术集团选育。": {"天津璟云某生物技术集团"},
    "云澜护理有限公司当场敲定智能护理床生产项目，计划投资6.5亿元。": {"智能护理床生产项目"},
    "基地紧挨大丰港经济开发区的码头。": {"大丰港经济开发区"},
    "宁波数云某科技的几个年轻人演示了平台。": {"宁波数云某科技"},
    "按方案组建的轨道交通装备产业链专班，由县经信局牵头。": {"轨道交通装备产业链专班"},
    "同意云澜新能源有限公司建设云湖风电项目。": {"云澜新能源有限公司"},
    "三方某环保科技股份有限公司投资5亿元建设云湖项目。": {"三方某环保科技股份有限公司"},
    "上马村农业产业园项目开工。": {"上马村农业产业园项目"},
    "第十一届云湖文化艺术节由市文旅局主办。": {"第十一届云湖文化艺术节"},
    "七○二研究所位于无锡市，研制了“云湖”号潜水器。": {"七○二研究所"},
    "威海经区管委会印发通知。": {"威海经区管委会"},
    "无锡市新吴区规划建设环保局发布通知。": {"无锡市新吴区规划建设环保局"},
    "新华社记者向文涛表示满意。": {"向文涛"},
    "项目3月8日由云某陶瓷有限公司承建。": {"云某陶瓷有限公司"},
    "由市属国企宜春城发集团出资代建。": {"宜春城发集团"},
    "根据办法，经市科学技术奖评审委员会评审通过。": {"市科学技术奖评审委员会"},
    "△合肥云某陶瓷产业园项目总投资20亿元。": {"合肥云某陶瓷产业园项目"},
    "1.云湖瓷砖项目项目总投资7亿元。": {"云湖瓷砖项目"},
    "岚云公路新建工程开工。": {"岚云公路新建工程"},
    "北岚泵站新建工程由云澜集团承建。": {"北岚泵站新建工程"},
    "项目由民营企业云澜集团投资建设。": {"云澜集团"},
    "“岚湖号”的乘客在平台等候。": {"岚湖号"},
    "“岚鲸号”大型自航绞吸挖泥船下水。": {"岚鲸号大型自航绞吸挖泥船"},
    "“岚福二号”深远海风渔融合养殖平台正式投用。": {"岚福二号深远海风渔融合养殖平台"},
    "我国自主研制的“岚舟”大型客机首飞。": {"岚舟大型客机"},
    "云澜集团研发的“岚盾”网络安全靶场上线。": {"岚盾网络安全靶场"},
}  # fmt: skip
# What is no name at all.
UNNAMED = {
    "记者从云澜科技得知消息。": "Person",
    "记者向云澜科技了解到消息。": "Person",
    "这座基地由云澜有限公司独资兴建，总投资28.6亿元。": "Project",
    "这项工程由区交通运输局实施，花了1.9亿元。": "Project",
    "沿G318无人机巡检，PM2.5和PM10等监测模型运行。": "System",
    "截至2024年Q3机器人产业增长12%。": "System",
    "B2机器人馆开放。": "System",
    "加快推进新建工程建设。": "Project",
}


def test_who_leaves_an_office_is_not_said_to_hold_it() -> None:
    assert not claims(f"免去{PERSON}的{OFFICE}局长职务。")
    assert (PERSON, "role", "联系人") not in claims(f"联系人：{PERSON}（{OFFICE}科长）。")


# What stands close by, and is about something else.
APART = {
    "（一）云澜储能电池项目。云某科技有限公司成立于2015年，总部位于苏州市。": (
        "云澜储能电池项目", "locatedIn", "苏州市",
    ),
    "云湖水厂扩建工程开工。锡山区新增公交车20辆，江畔公交集团负责运营。": (
        "江畔公交集团", "develops", "云湖水厂扩建工程",
    ),
    "江畔集团有限公司改制工作由市国资委牵头，市财政局配合。": (
        "市财政局", "memberOf", "江畔集团有限公司",
    ),
    "参观云澜储能电池项目，云某科技有限公司投资3亿元。": (
        "云某科技有限公司", "invests", "云澜储能电池项目",
    ),
    "云某科技有限公司成立于2010年，是江海半导体协会的成员单位。": (
        "云某科技有限公司", "partOf", "江海半导体协会",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "untold"), APART.items(), ids=range(len(APART)))
def test_what_stands_close_by_is_not_joined(text: str, untold: tuple[str, str, str]) -> None:
    assert untold not in claims(text)


# What an approval says of a work, a sentence each.
APPROVED = (
    "项目名称：云山至云湖高速公路工程。中标人：{firm}。",
    "项目名称：云山至云湖高速公路工程\n采购人：{firm}\n",
)


@pytest.mark.parametrize("says", APPROVED)
def test_an_approval_or_a_tender_says_whose_a_work_is(says: str) -> None:
    text = says.format(firm=FIRM)
    assert (FIRM, "develops", "云山至云湖高速公路工程") in claims(text)


def test_who_stands_for_a_tender_has_not_won_it() -> None:
    text = f"项目名称：云山至云湖高速公路工程。中标候选人：{FIRM}。"
    assert {FIRM, "云山至云湖高速公路工程"} <= {e.name for e in read(text).entities}
    assert not {c for c in claims(text) if c[1] == "develops"}


def test_two_headings_are_not_read_as_one() -> None:
    found = claims("1.云澜智慧物流项目\n2.江海热电项目\n由云某科技有限公司承建。")
    assert ("云某科技有限公司", "develops", "江海热电项目") in found
    assert ("云某科技有限公司", "develops", "云澜智慧物流项目") not in found


@pytest.mark.parametrize(("text", "kind"), UNNAMED.items())
def test_no_name_is_made_up(text: str, kind: str) -> None:
    assert not [e for e in read(text).entities if e.type == kind]


PASSED = {
    "无锡市人大常委会审议通过《云湖管理条例》。": "无锡市人大常委会",
    "《云湖管理条例》日前经无锡市人民政府常务会议审议通过。": "无锡市人民政府",
    "《云湖管理条例》已经无锡市委第三次常委会会议讨论并通过。": "无锡市委",
}


@pytest.mark.parametrize(("text", "who"), PASSED.items())
def test_who_passes_a_paper_issues_it(text: str, who: str) -> None:
    assert (who, "issues", "云湖管理条例") in claims(text)


def test_who_only_discusses_a_paper_does_not_issue_it() -> None:
    text = "无锡市人民政府常务会议审议《云湖管理条例》。"
    assert not [c for c in claims(text) if c[1] == "issues"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2023年11月18日，《云湖管理办法》由无锡市财政局公布。", "2023-11-18"),
        ("2023年11月18日，《云湖管理办法》正式发布。", "2023-11-18"),
        ("早在2021年，无锡市就发布了《云湖管理办法》。", "2021"),
    ],
)
def test_the_day_of_a_paper_opens_the_sentence(text: str, day: str) -> None:
    assert ("云湖管理办法", "date", day) in claims(text)


def test_the_day_a_paper_comes_into_force_is_not_that_of_its_issue() -> None:
    text = "2024年1月1日，《云湖管理办法》施行。"
    assert not [c for c in claims(text) if c[1] == "date"]


@pytest.mark.parametrize("title", ["太湖共识", "太湖绿色出行倡议书", "太湖产业合作路线图"])
def test_what_papers_of_a_meeting_are_called(title: str) -> None:
    assert title in {e.name for e in read(f"会上发布了《{title}》。").entities}


def test_a_goal_for_the_end_of_a_plan_period() -> None:
    text = "无锡市印发《云湖规划》。《规划》提出，力争到“十四五”末，全市建成充电桩5万个。"
    assert [c for c in claims(text) if c[1] == "target"]


def test_what_is_reported_to_whom_is_not_led_by_who_reports() -> None:
    text = "《环湖新城规划》由宜兴市自然资源和规划局牵头修改完善后报宜兴市人民政府批准。"
    assert not {c for c in claims(text) if c[1] == "leads" and c[2] == "宜兴市人民政府"}


def test_what_a_meeting_discusses_begins_behind_the_verb() -> None:
    text = "9月12日，宜兴市召开专题会议，研究环湖新城建设推进有关事项。"
    assert "环湖新城" in {e.name for e in read(text).entities}


def test_a_notice_of_an_agreement_is_not_the_agreement() -> None:
    text = (
        "云某科技股份有限公司\n关于签订项目投资协议的公告\n"
        "云某科技股份有限公司于2023年6月8日与宜兴市人民政府签订了《项目投资协议》。\n"
        "云某科技股份有限公司董事会\n2023年6月9日\n"
    )
    told = claims(text)
    assert ("项目投资协议", "date", "2023-06-09") not in told
    assert ("云某科技股份有限公司", "issues", "项目投资协议") not in told


@pytest.mark.parametrize("does", ["出席", "介绍情况"])
def test_a_foreign_name_ends_before_what_its_holder_does(does: str) -> None:
    text = f"江畔集团有限公司总裁汉斯·穆勒{does}。"
    assert "汉斯·穆勒" in {e.name for e in read(text).entities}


@pytest.mark.parametrize("who", ["王先生", "李女士", "陈老师"])
def test_a_surname_alone_names_nobody(who: str) -> None:
    assert not [e for e in read(f"联系人：{who}，联系电话见附件。").entities if e.type == "Person"]


# How a contract says who its parties are.
PARTIES = (
    "甲方：{zone}\n乙方：{firm}\n乙方拟在甲方辖区内投资建设{work}（以下简称“该项目”）。",
    "甲方（招商方）： {zone}\n乙方（投资方）： {firm}\n乙方投资建设{work}。",
    "{zone}（甲方）与{firm}（乙方）订立本协议。乙方将投资建设{work}。",
)


def test_a_number_begins_behind_the_word_before_it() -> None:
    text = (
        "《宜兴市低空经济若干措施》政策解读\n一、出台背景\n"
        "《宜兴市低空经济若干措施》经市政府第36次常务会议审议通过，"
        "于2024年5月20日以宜政规发〔2024〕4号文印发。"
    )
    told = claims(text)
    assert ("宜兴市低空经济若干措施", "documentNumber", "宜政规发〔2024〕4号") in told
    assert ("宜兴市低空经济若干措施", "date", "2024-05-20") in told


def test_a_survey_office_is_of_its_place() -> None:
    text = "宜兴市统计局、国家统计局宜兴调查队发布公报。"
    assert {"宜兴市统计局", "国家统计局宜兴调查队"} <= {e.name for e in read(text).entities}


# Who leads a group is told by office alone, then one by name.
@pytest.mark.parametrize("first", ["由县长任组长", "由市长担任总链长", "由分管副县长任组长"])
def test_who_is_named_by_office_alone_is_nobody_by_name(first: str) -> None:
    text = f"成立工作领导小组，{first}，副县长任副组长，宜兴市农业农村局局长赖一鸣任办公室主任。"
    assert [e.name for e in read(text).entities if e.type == "Person"] == ["赖一鸣"]
    assert {o for s, p, o in claims(text) if p == "role"} == {"局长", "办公室主任"}


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("请你局会同市商务局抓好落实。", "市商务局"),
        ("各县（市、区）人民政府，市直园区管委会，市财政局：", "市财政局"),
    ],
)
def test_a_body_begins_behind_a_number_and_whom_one_writes_to(text: str, body: str) -> None:
    assert [e.name for e in read(text).entities if e.type == "Organisation"] == [body]


@pytest.mark.parametrize("street", ["无锡路", "无锡大道", "无锡东路", "无锡大街"])
def test_a_street_is_not_the_place_it_is_called_after(street: str) -> None:
    names = {e.name for e in read(f"园区东至{street}，西至环湖路。").entities}
    assert not {n for n in names if n.startswith("无锡")}
    assert "无锡" in {e.name for e in read("企业从无锡路过，来到无锡。").entities}


def test_two_titles_of_one_list_are_two() -> None:
    text = (
        "根据《“十四五”远洋渔业规划》（国函〔2031〕7号）、"
        "《江苏省“十四五”远洋渔业规划》（苏政发〔2031〕9号），制定本方案。"
    )
    assert {
        ("十四五远洋渔业规划", "documentNumber", "国函〔2031〕7号"),
        ("江苏省十四五远洋渔业规划", "documentNumber", "苏政发〔2031〕9号"),
    } <= claims(text)


@pytest.mark.parametrize("does", ["负责解释", "解释", "承担具体解释工作"])
def test_who_explains_a_paper_together_does_not_cooperate(does: str) -> None:
    text = f"本办法由宜兴市财政局会同宜兴市商务局{does}。"
    assert not {c for c in claims(text) if c[1] == "cooperatesWith"}


def test_an_island_is_not_the_district_it_lies_in() -> None:
    text = "《云湖民宿办法》适用于滨湖区云头岛、宜兴市环湖岛等海岛。"
    assert not {c for c in claims(text) if c[1] == "appliesTo"}
    within = "《云湖民宿办法》适用于宜兴市行政区域内的民宿。"
    assert ("云湖民宿办法", "appliesTo", "宜兴市") in claims(within)


def test_a_plan_with_fields_of_its_own_is_what_its_text_is_about() -> None:
    text = (
        "云湖生态旅游发展规划纲要（2031—2035年）\n发布单位：无锡市发展和改革委员会\n"
        "规划期：2031—2035年\n发布时间：2031年1月\n第一章　发展基础\n"
        "无锡市实施“云上太湖”行动计划。\n到2035年，旅游收入达到1200亿元。\n"
    )
    plan, told = "云湖生态旅游发展规划纲要（2031—2035年）", claims(text)
    assert ("无锡市发展和改革委员会", "issues", plan) in told
    assert (plan, "date", "2031-01") in told
    assert {s for s, p, _ in told if p == "target"} == {plan}


def test_a_table_of_tasks_tells_who_leads_what_they_make() -> None:
    text = (
        "序号\t重点任务\t牵头单位\t责任单位\n1\t编制《云湖保护规划》\t市文旅局\t市财政局\n"
        "2\t对接《江苏省湖泊规划》，优化布局\t市水利局\t市商务局\n"
    )
    led = {c for c in claims(text) if c[1] == "leads"}
    assert led == {("市文旅局", "leads", "云湖保护规划")}


TASKS = {
    "编制《云湖夜市规划》": "云湖夜市规划",
    "组建宜兴市陶瓷产业联盟": "宜兴市陶瓷产业联盟",
    "加快推进云湖智能农机产业园建设，完善配套": "云湖智能农机产业园",
    "（一）开展“夜市焕新”专项行动": "夜市焕新专项行动",
}
ANSWERS = (
    "（牵头单位：{a}；责任单位：{b}，各镇街）",
    "（{a}牵头，{b}、市级有关部门配合）",
    "〔牵头单位：{a}，责任单位：{b}〕",
    "【责任领导：李明远；牵头部门：{a}；责任部门：{b}】",
    "（由{a}牵头，{b}等部门参与）",
)


@pytest.mark.parametrize(
    "task",
    [
        "编制《云湖夜市规划》。（责任单位：市商务局、市财政局）",
        "编制《云湖夜市规划》。（市商务局、市财政局按职责分工负责）",
        "贯彻落实《云湖夜市规划》，优化布局。（牵头单位：市商务局）",
        "编制《云湖夜市规划》《云湖餐饮规划》。（牵头单位：市商务局）",
        "编制《云湖夜市规划》。（责任单位：市财政局）\n优化布局。（牵头单位：市商务局）",
    ],
)
def test_who_only_answers_for_a_task_leads_nothing(task: str) -> None:
    assert not {c for c in claims(task) if c[1] == "leads"}


@pytest.mark.parametrize("crop", ["花椒", "中药材", "油茶"])
def test_a_seed_base_is_called_by_its_crop(crop: str) -> None:
    name = f"宜兴市{crop}良种繁育基地"
    assert [e.name for e in read(f"建设{name}。").entities if e.type == "Project"] == [name]


@pytest.mark.parametrize(("text", "names"), NAMED.items(), ids=[min(n) for n in NAMED.values()])
def test_names_begin_and_end_where_they_do(text: str, names: set[str]) -> None:
    assert names <= {e.name for e in read(text).entities}
