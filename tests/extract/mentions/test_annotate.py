"""Names in sentences: where they begin and end, what they are, and what is no name at all.

All names are invented; places come from the national table of divisions.
"""

from __future__ import annotations

import pytest

from kg.base.records import Document, LocalEntity
from kg.extract.stations import DocumentState, run_annotate, run_until
from kg.ontology import load
from tests.testing.reading import linked, names, read

ONTOLOGY = load()


def organisations(text: str) -> set[str]:
    return names(text, "Organisation")


def entity(text: str, name: str) -> LocalEntity:
    (found,) = [e for e in read(text).entities if name in (e.name, *e.aliases)]
    return found


def spotted(text: str, type_: str) -> set[str]:
    """Names that annotation finds, those that count only with a claim included."""
    state = run_until(DocumentState(Document("d", "d.txt", text), ONTOLOGY), run_annotate)
    return {m.name for _, mentions in state.annotated for m in mentions if m.type == type_}


@pytest.mark.parametrize(
    ("text", "name", "subtype"),
    [
        ("近日，苏州云桥智能科技有限公司与当地签约。", "苏州云桥智能科技有限公司", "company"),
        ("近日，海岳数据股份有限公司签约。", "海岳数据股份有限公司", "company"),
        ("项目由云桥集团承建。", "云桥集团", "company"),
        ("岭南理工大学参加。", "岭南理工大学", "university"),
        ("澜江职业技术学院参加。", "澜江职业技术学院", "university"),
        ("澜江人工智能研究院揭牌。", "澜江人工智能研究院", "institute"),
        ("澜江市第一人民医院使用该系统。", "澜江市第一人民医院", "hospital"),
        ("澜江机器人产业协会成立。", "澜江机器人产业协会", "alliance"),
        ("通知由合肥市人民政府办公室印发。", "合肥市人民政府办公室", "government"),
        ("成都高新区管委会负责。", "成都高新区管委会", "government"),
        ("青海联通与企业携手打造平台。", "青海联通", "company"),
        ("本报讯（澜江日报记者 王一）8月12日举行。", "澜江日报", "media"),
    ],
)
def test_bodies_are_known_by_their_head_nouns(text: str, name: str, subtype: str) -> None:
    assert entity(text, name).subtype == subtype
    assert name in organisations(text)


@pytest.mark.parametrize(
    "name",
    [
        "江苏投资发展有限公司",
        "江苏澜江投资发展有限公司",
        "重庆澜沧投资集团有限公司",
        "江畔交通武汉投资运营有限公司",
        "湖北高速公路建设运营管理有限公司",
        "云桥建设工程有限公司",
        "云桥科技（成都）有限公司",
    ],
)
def test_words_of_making_are_part_of_the_names_of_companies(name: str) -> None:
    assert name in organisations(f"近日，{name}与成都高新区签约。")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("云桥科技有限公司投资建设工程。", "云桥科技有限公司"),
        ("由云桥科技有限公司投资3亿元。", "云桥科技有限公司"),
        ("记者从云桥科技有限公司获悉。", "云桥科技有限公司"),
        ("位于成都高新区的云桥科技有限公司开工。", "云桥科技有限公司"),
        ("1.云桥科技有限公司2.澜江大学", "云桥科技有限公司"),
    ],
)
def test_a_name_begins_after_verbs_and_function_words(text: str, name: str) -> None:
    assert name in organisations(text)


def test_a_school_is_named_with_its_university_and_is_part_of_it() -> None:
    text = "岭南理工大学自动化学院与石桥医科大学附属第二医院合作。"
    assert organisations(text) == {
        "岭南理工大学",
        "岭南理工大学自动化学院",
        "石桥医科大学",
        "石桥医科大学附属第二医院",
    }
    assert linked(text, "partOf") == {
        ("岭南理工大学自动化学院", "岭南理工大学"),
        ("石桥医科大学附属第二医院", "石桥医科大学"),
    }


def test_every_item_of_a_list_is_a_name() -> None:
    text = "联盟由北江大学、临川智造科技有限公司、海岳数据股份有限公司等23家单位组成。"
    assert organisations(text) == {"北江大学", "临川智造科技有限公司", "海岳数据股份有限公司"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("该项目合作方中桥集团没有回应。", {"中桥集团"}),
        ("甲某集团属下乙桥船舶有限公司交付新船。", {"甲某集团", "乙桥船舶有限公司"}),
        ("合肥市政府新闻办举行发布会。", {"合肥市政府新闻办"}),
    ],
)
def test_a_name_begins_after_what_its_body_is_here(text: str, found: set[str]) -> None:
    assert organisations(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("中国—上海合作组织云桥学院揭牌。", {"中国—上海合作组织云桥学院"}),
        ("国家电网和云桥集团签约。", {"国家电网", "云桥集团"}),
        ("甲某银行云澜分行行长发言。", {"甲某银行", "甲某银行云澜分行"}),
        ("青岳集团党委召开会议。", {"青岳集团", "青岳集团党委"}),
        ("该公司党委召开会议。", set()),
        ("云澜市红十字会党组成员周一鸣发言。", {"云澜市红十字会"}),
        ("公安、财政、税务等十余个相关部门到场。", set()),
        ("执行院长、院长及材料学院院长发言。", {"材料学院"}),
        ("韩国《云澜日报》称，大会落幕。", {"云澜日报"}),
        ("（来源：云澜人社）", {"云澜人社"}),
        ("（来源：网络）", set()),
        ("会上，NOVAKE宣布落户高新区。", {"NOVAKE"}),
        ("今年，GDP宣布增长5%。", set()),
        ("厦门自贸片区管委会举行活动。", {"厦门自贸片区管委会"}),
        ("甲某集团有限公司全资子公司入驻，举报称周某私设民营医院。", {"甲某集团有限公司"}),
        ("会上，特区政府发言人说明了情况。", set()),
        ("上海市委教育工委召开会议。", {"上海市委教育工委"}),
        ("由云纺集团下属的农庄开发。", {"云纺集团"}),
        (
            "常州市自然资源局对河北云某新材料有限公司开出罚单。",
            {"常州市自然资源局", "河北云某新材料有限公司"},
        ),
        ("上海数元发展集团有限公司成立。", {"上海数元发展集团有限公司"}),
        ("锡山区委研究室、区融媒中心参加。", {"锡山区委研究室", "区融媒中心"}),
    ],
)
def test_bodies_hold_other_bodies_and_stand_beside_them(text: str, found: set[str]) -> None:
    assert organisations(text) == found


@pytest.mark.parametrize("joint", ["与", "和", "及"])
def test_a_conjunction_joins_two_bodies_not_one_name(joint: str) -> None:
    text = f"成都市郫都区农业农村局{joint}澜江大学合作。"
    assert organisations(text) == {"成都市郫都区农业农村局", "澜江大学"}


def test_a_conjunction_inside_one_name_stays_in_it() -> None:
    assert "云桥农业与农村研究院" in organisations("近日，云桥农业与农村研究院成立。")


def test_bureaus_are_found_in_full_and_in_short() -> None:
    text = "由市科技局牵头，省经信厅、区政府、市发展改革委、市委宣传部、区人大常委会配合。"
    assert organisations(text) == {
        "市科技局",
        "省经信厅",
        "区政府",
        "市发展改革委",
        "市委宣传部",
        "区人大常委会",
    }


def test_a_branch_is_named_with_its_institute() -> None:
    text = "甲某研究院四川分院介绍，项目进展顺利。"
    assert organisations(text) == {"甲某研究院四川分院", "甲某研究院"}
    assert organisations("备忘录由市检四分院签署。") == {"市检四分院"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("当地再添一所优质学校。", set()),
        ("云某市附属医院参加。合肥市第八中学参加。", {"云某市附属医院", "合肥市第八中学"}),
        ("被告乙方公司未付款，丙方公司也未付款。", set()),
        ("同学们即将步入大学，做好与国家部委的对接。", set()),
        ("合肥市长鑫某云公司参加。", {"合肥市长鑫某云公司"}),
    ],
)
def test_what_kind_of_body_it_is_names_none(text: str, found: set[str]) -> None:
    assert organisations(text) == found


def test_a_caption_is_no_part_of_the_name_behind_it() -> None:
    assert organisations("云澜创新中心效果图合肥市委书记李一讲话。") == {"合肥市委"}


def test_reporters_in_brackets_are_no_part_of_the_name_behind() -> None:
    assert organisations("8月3日(李一 王二)德国云澜碳材公司落户。") == {"德国云澜碳材公司"}
    assert "云澜（合肥）科技有限公司" in organisations("云澜（合肥）科技有限公司落户。")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "会上，市疾控中心、区妇幼保健院与市委政研室汇报工作。",
            {"市疾控中心", "区妇幼保健院", "市委政研室"},
        ),
        ("民盟无锡市委主委王小明出席。", {"民盟无锡市委"}),
        ("城市图书馆越建越多，都市文化馆开张。", set()),
    ],
)
def test_the_houses_of_a_city_and_the_parties_are_known(text: str, found: set[str]) -> None:
    assert organisations(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("云澜重工开发院院长李大明介绍了经验。", {"云澜重工开发院"}),
        # Common words, what only points at a body, and parts of it that are no bodies.
        ("会上，施工现场负责人王小明出席。", set()),
        ("该中心主任王小明出席。", set()),
        ("云湖集团与高新区签订协议。", {"云湖集团"}),
        ("客户服务总监王小明出席。", set()),
        ("云湖集团有限公司市场总监王小明出席。", {"云湖集团有限公司"}),
        ("云湖集团有限公司车间主任王小明出席。", {"云湖集团有限公司"}),
    ],
)
def test_what_a_person_has_a_post_of_is_a_body(text: str, found: set[str]) -> None:
    assert organisations(text) == found


def test_listed_public_bodies_are_known_without_a_place() -> None:
    text = "财政部、工业和信息化部、国家发改委联合印发通知。"
    assert organisations(text) == {"财政部", "工业和信息化部", "国家发改委"}


@pytest.mark.parametrize(
    "text",
    [
        "12家企业签约，该公司表示，各区县、上市公司和数字化车间都要推进。",
        "国有企业、各高校、科研院所、有关部门、龙头企业参加，几家公司投资了三个项目。",
        "召开新闻发布会，举行签约仪式，项目推进会、股东大会。",
        "会上签约了12个项目、三大工程、一批重点项目。",
        "加强干部队伍建设，部署全部内部工作，主办单位在市中心。",
        "特色小镇、美丽乡村、各乡镇、城中村、工业园区建设。",
        "书记员和工作人员表示，相关负责人说。",
        "增长12.5%，达到3.5亿元，企业的发展需要和平与友好的环境。",
        "子公司、分公司、总公司、集团公司、农民专业合作社都可以申请。",
        "打造服务平台、管理系统、大数据平台、智慧手术室。",
    ],
)
def test_common_nouns_are_no_names(text: str) -> None:
    assert read(text).entities == ()


def test_a_place_whose_name_is_a_common_noun_needs_its_city() -> None:
    assert names("今年，全市推进老城区改造。", "District") == set()


def test_places_written_one_within_the_other_are_a_chain() -> None:
    text = "项目位于重庆市綦江区石角镇青山村。"
    assert names(text, "District") == {"重庆市", "綦江区", "石角镇", "青山村"}
    assert linked(text, "partOf") == {
        ("綦江区", "重庆市"),
        ("石角镇", "綦江区"),
        ("青山村", "石角镇"),
    }
    assert "重庆市綦江区石角镇" in entity(text, "石角镇").aliases


def test_a_zone_behind_the_short_name_of_its_city_is_one_name() -> None:
    assert names("成都高新区参加。", "District") == {"成都高新区"}


@pytest.mark.parametrize("place", ["化龙桥街道", "石角镇", "云桥科学城", "两江新区", "澜江经开区"])
def test_towns_and_zones_without_a_code_are_places(place: str) -> None:
    assert place in names(f"项目落户{place}。", "District")


@pytest.mark.parametrize(
    "name",
    [
        "芯片封装基地项目",
        "云桥年产10万吨电池材料项目",
        "澜江电池改扩建项目",
        "云桥新能源汽车零部件生产项目",
        "云桥储能电池回收利用项目",
        "澜江污水处理厂提标改造工程",
        "澜江电池扩建项目",
        "澜江钢铁搬迁改造项目",
    ],
)
def test_a_project_with_a_sum_is_named_in_full(name: str) -> None:
    assert names(f"{name}总投资3亿元。", "Project") == {name}


def test_what_a_firm_says_is_not_taken_for_a_firm_of_a_longer_name() -> None:
    assert "京东方" not in organisations("京东方面表示，项目已经开工。")
    assert organisations("京东方表示，项目已经开工。") == {"京东方"}


def test_a_project_named_in_a_column_of_a_table() -> None:
    text = "项目名称\t建设单位\n云桥港扩建工程\t甲川发展有限公司\n合计\t\n"
    assert names(text, "Project") == {"云桥港扩建工程"}
    assert organisations(text) == {"甲川发展有限公司"}


def test_a_project_in_quotation_marks_is_named_with_what_follows() -> None:
    text = "“面向智慧牧场的远程饲喂管理平台与推广示范”项目获批。"
    assert names(text, "Project") == {"面向智慧牧场的远程饲喂管理平台与推广示范项目"}


def test_titles_in_book_marks_are_policies_when_they_end_as_such() -> None:
    text = "印发《澜江市数据条例》《关于加快推进云桥建设的指导意见（试行）》和《星河》一书。"
    assert names(text, "Policy") == {"澜江市数据条例", "关于加快推进云桥建设的指导意见（试行）"}


def test_a_title_keeps_its_years() -> None:
    text = "近日印发《澜江市低空经济发展行动方案（2024—2026年）》。"
    assert names(text, "Policy") == {"澜江市低空经济发展行动方案（2024—2026年）"}


def test_a_policy_without_marks_is_found_by_its_head_noun() -> None:
    assert "海洋强省战略" in spotted("大力实施海洋强省战略。", "Policy")
    text = "澜江市海洋强省战略由市科技局牵头。"
    assert names(text, "Policy") == {"澜江市海洋强省战略"}


def test_a_quoted_control_is_no_system_of_rules() -> None:
    assert names("推行“云链制”专项管理。", "Policy") == {"云链制"}
    assert names("开展“企业的成本控制”专项培训。", "Policy") == set()


def test_a_quoted_action_is_a_policy_and_goes_with_its_kind() -> None:
    text = "全市深入实施“清泉行动”计划，推进“七进行动”。"
    assert names(text, "Policy") == {"清泉行动计划", "七进行动"}
    assert entity(text, "清泉行动计划").aliases == ("清泉行动",)


def test_quoted_systems_are_named_with_and_without_their_kind() -> None:
    text = "市民打开“临江通”App就能办事，“云雀”大模型上线，小程序“云桥帮”同日上线。"
    assert names(text, "System") == {"临江通App", "云雀大模型", "云桥帮"}
    assert entity(text, "云雀").name == "云雀大模型"


def test_a_noun_in_the_next_line_belongs_to_no_quotation() -> None:
    assert names("为群众撑起“云雀伞”\n\n澜江客户端上线。", "System") == set()


def test_a_quotation_of_speech_is_no_system() -> None:
    assert read("他说“好”，大家说“办得快”。").entities == ()


@pytest.mark.parametrize(
    "name",
    [
        "第三届澜江国际智能制造博览会",
        "2024云桥机器人大会",
        "2024中国（澜江）数字经济大会",
        "首届江畔机器人大赛",
        "第十二届中国—云桥博览会",
    ],
)
def test_an_event_keeps_its_edition(name: str) -> None:
    assert names(f"{name}在青岛市举行。", "Event") == {name}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # what a festival, a show, a session, a ceremony is called
        ("在江畔区第二届樱桃节上，学校开展直播。", "江畔区第二届樱桃节"),
        ("第六届“金某少年艺术展”12日在国家剧院开幕。", "第六届金某少年艺术展"),
        ("7月27日，市十七届人大常委会第九次会议召开。", "市十七届人大常委会第九次会议"),
        ("中共江西省委十一届四次全会强调民生。", "中共江西省委十一届四次全会"),
        ("甲公司召开2023年下半年工作会议。", "2023年下半年工作会议"),
        ("做好南昌大运会服务。", "南昌大运会"),
        # a name of two halves, a motto before it and after it
        (
            "南昌市重点项目集中开工暨赣江岸线整治工程开工仪式举行。",
            "南昌市重点项目集中开工暨赣江岸线整治工程开工仪式",
        ),
        (
            "江畔区举行“潮涌江畔·智造未来”——江畔区重大项目集中启动活动。",
            "潮涌江畔·智造未来——江畔区重大项目集中启动活动",
        ),
        (
            "青岛工程师联盟平行论坛——“数字引领区域转型升级实践”在青岛市举办。",
            "青岛工程师联盟平行论坛——数字引领区域转型升级实践",
        ),
        ("南昌市建市70周年暨评选好市民主题活动举行。", "南昌市建市70周年暨评选好市民主题活动"),
        # a signing is that of both parties; a festival is its city's
        ("无锡市与南昌市文化旅游节举行。", "南昌市文化旅游节"),
        ("锡山区第十六届农博会7月15日拉开帷幕。", "锡山区第十六届农博会"),
        # from the verb, from the comma, from 在 on: verbs in the middle end no name
        (
            "近日，江畔区政府部门支持乡村振兴签约仪式举行。",
            "江畔区政府部门支持乡村振兴签约仪式",
        ),
        ("省发改委召开云澜省养殖试点项目推进对接会。", "云澜省养殖试点项目推进对接会"),
        (
            "8月3日，在全国优秀民企助力云澜振兴突破高端峰会上，王小明致辞。",
            "全国优秀民企助力云澜振兴突破高端峰会",
        ),
        ("甲省教育厅召开省属高校挂职干部座谈会，讨论工作。", "省属高校挂职干部座谈会"),
        ("在云溪村举行了村企结对示范点揭牌仪式，王小明致辞。", "村企结对示范点揭牌仪式"),
        ("在锡山区发改局7日举办的“制造业升级新闻发布会”上获悉。", "制造业升级新闻发布会"),
        ("甲公司主办“锡山智库再启航”活动。", "锡山智库再启航活动"),
        ("8月3日，云澜高新区清风茶会联谊活动在江畔镇举行。", "云澜高新区清风茶会联谊活动"),
        ("中国某某网7月28日讯云澜志愿服务启动仪式在菏泽市举行。", "云澜志愿服务启动仪式"),
        ("8月16日，为期8天的云澜市试点建设县运动会在江畔镇开幕。", "云澜市试点建设县运动会"),
        ("举办10多场面向企业的南昌市产业对接会。", "南昌市产业对接会"),
        # what takes place is one event
        ("8月4日，绿色低碳产业对接协作大会在会展中心举行。", "绿色低碳产业对接协作大会"),
    ],
)
def test_an_event_is_named_as_it_is_printed(text: str, name: str) -> None:
    assert names(text, "Event") == {name}


@pytest.mark.parametrize(
    "text",
    [
        "各地推动南昌市高质量发展。",
        "成都市的主要环节和季节产品。",
        "会议要求办好绿色低碳产业对接协作大会等活动。",
        "南昌会展中心有青岛展览面积。",
        "两校举行合作协议签约仪式。",
        "最后举行重点合作项目签约仪式。",
        "南昌市开展群众文化活动，丰富生活。",
        "展位设在中国云澜商品交易会展馆。",
    ],
)
def test_a_word_that_ends_like_an_event_is_none(text: str) -> None:
    assert not names(text, "Event")


def test_a_fair_of_imports_is_an_event_whose_day_stands_before_its_place() -> None:
    text = "第三届云湖进口食品展览会将于10月26日至29日在无锡市举行。"
    assert names(text, "Event") == {"第三届云湖进口食品展览会"}
    assert linked(text, "locatedIn") == {("第三届云湖进口食品展览会", "无锡市")}
    assert names("商品经博览会进口到国内。", "Event") == set()


def test_a_person_with_several_posts_is_one_person() -> None:
    text = "云桥智能科技有限公司董事长、四川省机器人协会副会长王启明说，产业很好。"
    assert names(text, "Person") == {"王启明"}
    assert linked(text, "role") == {("王启明", "董事长"), ("王启明", "副会长")}
    assert linked(text, "worksFor") == {
        ("王启明", "云桥智能科技有限公司"),
        ("王启明", "四川省机器人协会"),
    }


def test_a_post_joined_to_a_post_is_no_company() -> None:
    text = "云桥智能科技有限公司董事长兼总经理周一鸣介绍，公司投资3亿元。"
    assert organisations(text) == {"云桥智能科技有限公司"}
    assert linked(text, "worksFor") == {("周一鸣", "云桥智能科技有限公司")}


@pytest.mark.parametrize(
    "text",
    [
        "电工程等专业今年招生。",
        "会上，主委会成员均已到齐。",
        "会议由云桥园区管理委员会周密安排。",
        "专家顾问资源、代表团成员名单、理事会章程均已公布。",
        "市领导和代表参加会议。",
    ],
)
def test_a_position_word_inside_another_word_introduces_no_one(text: str) -> None:
    assert names(text, "Person") == set()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("公司董事长沈一志握着客人的手。", {"沈一志"}),
        ("省委书记韩松关于改革的讲话。", {"韩松"}),
        ("前任市长史一军已到任。", {"史一军"}),
        ("决定：王小宁同志任市委书记。", {"王小宁"}),
        ("王小宁，男，汉族，大学学历。", {"王小宁"}),
        ("王小宁曾任市科技局局长。", {"王小宁"}),
        ("徐小志主持会议并讲话。", {"徐小志"}),
        ("单向新同志不再担任书记。", {"单向新"}),
        ("全体同志参加会议。", set()),
        ("法人代表为Yu Lan。", {"Yu Lan"}),
        ("董事会秘书马小剑先生出席。", {"马小剑"}),
        # No one is named.
        ("区长带队出席仪式，各部门主任分别介绍情况。", set()),
        ("全省主持会议的单位，男，女，均可报名。", set()),
        ("组织部发布干部任前公示。", set()),
        ("公司CEO of Cloud Bridge发言。", set()),
    ],
)
def test_names_end_where_the_next_word_begins(text: str, found: set[str]) -> None:
    assert names(text, "Person") == found


def test_leaders_are_told_by_their_names() -> None:
    text = "市领导李小满、陈思远，澜江智能科技有限公司院长助理王启明参加会议。"
    assert names(text, "Person") == {"李小满", "陈思远", "王启明"}
    assert ("王启明", "院长助理") in linked(text, "role")


def test_one_post_shared_by_a_list_of_persons() -> None:
    text = "会议由副总经理李小满、陈思远主持，欧阳文静董事长出席。"
    assert names(text, "Person") >= {"李小满", "陈思远"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("本报讯（记者 李晓雨 通讯员 王思远）昨日，会议召开。", {"李晓雨", "王思远"}),
        ("本报记者 王小明 通讯员 李思 摄", {"王小明", "李思"}),
        ("首席记者 欧阳文静 报道", {"欧阳文静"}),
        ("云桥建港口\n本报记者 获悉\n港口昨日开工。", set()),
        ("（澜江日报记者 赵可可 文/图）", {"赵可可"}),
        ("本报讯（陈丽丽、王明）昨日，会议召开。", {"陈丽丽", "王明"}),
        ("云桥讯 （王晓天 张超 记者余知远）昨日，会议召开。", {"王晓天", "张超", "余知远"}),
        ("云桥客户端 记者 王楠流程编辑：U035", {"王楠"}),
        ("通讯员 阳小爽近日，记者从会上获悉。", {"阳小爽"}),
        ("会议昨日召开。编辑 唐一峥校对 李立军", {"唐一峥", "李立军"}),
        ("（编译/韩炎）", {"韩炎"}),
        ("【记者 韩 雯】会议召开。", {"韩雯"}),
        # A bracket that holds something else, and words of the press that are said of no one.
        ("会议昨日召开。（澜江网）", set()),
        ("会议昨日召开。（安全 生产）", set()),
        ("记者了解到，基因编辑技术、翻译成果，均已展出。", set()),
        # A line of its own ends a byline.
        ("为群众撑起一把伞\n\n□本报记者 余 远\n近日，会议召开。", {"余远"}),
    ],
)
def test_reporters_stand_in_bylines(text: str, found: set[str]) -> None:
    assert names(text, "Person") == found


def test_the_paper_of_a_dateline_is_one_name() -> None:
    text = "澜江红新闻8月5日讯（记者 李晓雨）8月5日上午，会议召开。"
    assert organisations(text) == {"澜江红新闻"}
    assert linked(text, "worksFor") == {("李晓雨", "澜江红新闻")}
    assert organisations("8月5日，澜江市召开网络新闻通气会。") == set()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("德国工程师汉斯·穆勒来到现场。", {"汉斯·穆勒"}),
        ("公司总裁卡尔·施密特表示满意。", {"卡尔·施密特"}),
        ("发布会上，总裁让·杜邦致辞。", {"让·杜邦"}),
        ("首席科学家玛丽亚·索萨·席尔瓦致辞。", {"玛丽亚·索萨·席尔瓦"}),
        ("云桥大学教授买买提·艾力介绍。", {"买买提·艾力"}),
        ("总经理阿卜杜拉·买买提、李小满出席。", {"阿卜杜拉·买买提", "李小满"}),
        ("本报讯（卡尔·施密特、王小明）昨日，会议召开。", {"卡尔·施密特", "王小明"}),
    ],
)
def test_names_with_a_middle_dot_end_where_they_end(text: str, found: set[str]) -> None:
    assert names(text, "Person") == found


def test_a_name_is_one_name_across_a_line_break() -> None:
    text = (
        "　　本报讯 昨日，澜江市智能装备制造有限\n"
        "公司与成都高新\n区签约，澜江智能装备产业联盟秘书长王\n启明说。\n"
    )
    assert "澜江市智能装备制造有限公司" in organisations(text)
    (span,) = entity(text, "澜江市智能装备制造有限公司").mentions
    assert text[span.start : span.end] == "澜江市智能装备制造有限\n公司"


@pytest.mark.parametrize(
    ("defines", "short"),
    [
        ("（以下简称“澜江智装”）", "澜江智装"),
        ("（以下简称澜江智装）", "澜江智装"),
        ("（下称“澜江智装”）", "澜江智装"),
        ("（简称：澜江智装）", "澜江智装"),
        ("（“澜江智装”）", "澜江智装"),
        ("（澜江智装）", "澜江智装"),
        ("(以下简称“澜江智装”)", "澜江智装"),
    ],
)
def test_a_short_name_that_the_text_defines_is_an_alias(defines: str, short: str) -> None:
    full = "成都澜江智能装备制造有限公司"
    text = f"{full}{defines}签约。{short}将投资3亿元建设芯片封装基地项目。"
    assert short in entity(text, full).aliases
    assert linked(text, "invests") == {(full, "芯片封装基地项目")}


def test_a_common_word_may_be_a_defined_name() -> None:
    text = "江畔机器人产业创新联盟（以下简称联盟）成立。联盟由江畔大学牵头。"
    assert entity(text, "联盟").name == "江畔机器人产业创新联盟"
    assert linked(text, "leads") == {("江畔大学", "江畔机器人产业创新联盟")}


def test_a_defined_title_of_a_policy() -> None:
    text = "《澜江市低空经济发展行动方案》（以下简称《行动方案》）印发。《行动方案》提出目标。"
    assert entity(text, "行动方案").name == "澜江市低空经济发展行动方案"


def test_a_bracket_that_says_something_else_defines_nothing() -> None:
    text = "云桥集团股份有限公司（股票代码：600001）、澜江大学（成都）签约。"
    assert entity(text, "云桥集团股份有限公司").aliases == ()


@pytest.mark.parametrize("sort", ["世界顶尖", "国际知名", "优质", "国内一流"])
def test_a_sort_of_universities_is_none_of_them(sort: str) -> None:
    assert organisations(f"{sort}大学落户池州。") == set()


def test_a_city_and_what_every_city_has_is_no_short_name_of_a_company() -> None:
    text = "黄山城市建设投资集团有限公司介绍，黄山城市更新已有12个项目。"
    assert "黄山城市" not in entity(text, "黄山城市建设投资集团有限公司").aliases


def test_a_short_form_of_two_companies_is_neither() -> None:
    text = "湖北云桥集团有限公司与四川云桥集团有限公司签约，云桥集团负责。"
    assert organisations(text) == {"湖北云桥集团有限公司", "四川云桥集团有限公司", "云桥集团"}


def test_a_group_is_no_short_form_of_its_subsidiary() -> None:
    text = "云桥集团与云桥集团装备有限公司签约，云桥集团负责。"
    assert organisations(text) == {"云桥集团", "云桥集团装备有限公司"}


def test_a_company_does_not_reach_over_another_ones_legal_form() -> None:
    text = "云桥电子有限公司供应芯片给北辰汽车有限公司。云桥电子有限公司成都分公司参加。"
    assert organisations(text) == {
        "云桥电子有限公司",
        "北辰汽车有限公司",
        "云桥电子有限公司成都分公司",
    }


def test_a_function_word_before_an_unknown_name_is_no_part_of_it() -> None:
    text = "云桥电子有限公司供应芯片给澜江汽车有限公司。"
    assert organisations(text) == {"云桥电子有限公司", "澜江汽车有限公司"}


def test_a_centre_with_a_coined_name_of_two_characters_is_a_project() -> None:
    text = "湖北云桥集团有限公司将投资3亿元建设云桥智算中心。"
    assert names(text, "Project") == {"云桥智算中心"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("项目选址合肥高新区。", "合肥高新区"),
        ("项目选址云湖新区。", "云湖新区"),
        ("贵阳正全力建设云湖新区。", "云湖新区"),
        ("签约次日，即以合肥高新区为起点建设。", "合肥高新区"),
        ("中国西安云湖产业园揭牌。", "中国西安云湖产业园"),
        ("苏州宿迁工业园区开建。", "苏州宿迁工业园区"),
    ],
)
def test_a_zone_starts_at_the_place_it_is_named_after(text: str, name: str) -> None:
    assert name in names(text, "District") | names(text, "Project")
    assert not any(n.endswith(name) and n != name for n in names(text, "District"))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("江西省发展和改革委员会副处长出席。", "江西省发展和改革委员会"),
        (
            "云澜示范区执行委员会副主任说，成都云澜示范区执行委员会成立。",
            "成都云澜示范区执行委员会",
        ),
        ("由兴业银行南昌分行为项目定向配捐。", "兴业银行南昌分行"),
        ("他早年就读于西南师范大学中文系。", "西南师范大学中文系"),
        ("中国驻秘鲁大使馆经商处出席活动。", "中国驻秘鲁大使馆经商处"),
        ("农业农村部市场与信息化司主办。", "农业农村部市场与信息化司"),
        ("我也顺利与云澜集团签订了劳动合同。", "云澜集团"),
        ("该公司与Cloud River Trading Ltd签订了协议。", "Cloud River Trading Ltd"),
        ("“满天云”创新实验室由云澜大学牵头。", "满天云创新实验室"),
        ("“世界500强”成都甲云集团揭牌。", "成都甲云集团"),
    ],
)
def test_a_body_is_named_in_full(text: str, name: str) -> None:
    assert name in organisations(text)


@pytest.mark.parametrize(
    "text",
    [
        "发展智慧医疗、智能家居、海洋科技等产业。",
    ],
)
def test_kinds_of_company_are_no_companies(text: str) -> None:
    assert not organisations(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("西宁至格尔木铁路提质工程建成。", "西宁至格尔木铁路提质工程"),
        ("成都高新区正在打造“低空物流示范区”。", "低空物流示范区"),
    ],
)
def test_works_are_named_in_full(text: str, name: str) -> None:
    assert name in names(text, "Project")


@pytest.mark.parametrize(
    "text",
    [
        "加快建设高端装备制造、精细化工、有色新材料4个千亿元级产业基地。",
        "当前片区有产业供地类项目145个、延链补链项目31个。",
        "除了重卡换电站，当地还有不少工程。",
    ],
)
def test_kinds_of_works_are_no_projects(text: str) -> None:
    assert not names(text, "Project")


def test_a_body_does_not_begin_with_a_year_or_with_common_words() -> None:
    assert "世界云游联盟" in organisations("2022年世界云游联盟在成都召开大会。")
    assert "美国坦云大学" in organisations("疗法治好罕见眼病的美国坦云大学的科学家报告。")


def test_an_account_of_a_government_is_a_source() -> None:
    assert "成都发布" in organisations("（来源：成都发布）")
    assert not organisations("大会在成都发布了报告。")


def test_a_finished_study_is_a_project_of_those_who_finished_it() -> None:
    text = "甲某钢铁股份有限公司周一鸣等人完成的《薄带冷却成套技术推广与研究》等4个成果获奖。"
    assert names(text, "Project") == {"薄带冷却成套技术推广与研究"}
    assert linked(text, "develops") == {("甲某钢铁股份有限公司", "薄带冷却成套技术推广与研究")}
    assert not names("专家编写的《薄带冷却成套技术推广与研究》出版。", "Project")


def test_libraries_machines_and_loans_of_a_name_are_systems() -> None:
    text = "宜兴市电子证照库已归集数据，银行推出“桂云贷”，会上发布“匠人能力评价模型”。"
    assert names(text, "System") == {"宜兴市电子证照库", "桂云贷", "匠人能力评价模型"}
    assert not names("银行发放“信用贷”，宜兴市一体机产业集群成形。", "System")


def test_quotations_side_by_side_are_not_one_name() -> None:
    text = "云澜居委会与甲某学校进行“云爱活动”“云徽晨曦”项目签约。"
    assert "云爱活动云徽晨曦项目" not in spotted(text, "Project")


@pytest.mark.parametrize(
    ("kind", "thing"),
    [
        ("这是全国首个光伏储能协同示范项目。", "甲某有限公司建设光伏储能协同示范项目。"),
    ],
)
def test_what_is_counted_or_given_as_a_rank_is_a_sort_and_no_work(kind: str, thing: str) -> None:
    assert not names(kind, "Project")
    assert names(thing, "Project")


def test_what_a_work_brings_together_is_no_part_of_its_name() -> None:
    gathers = "云澜湾区数字港集商务办公、技术研究于一体，项目总投资16亿元。"
    assert not {n for n in spotted(gathers, "Project") if "集总部" in n}
    assert "云澜湾区集总部" in spotted("云澜湾区集总部总投资14亿元。", "Project")


def test_a_head_noun_behind_a_country_or_a_body_only_says_whose_it_is() -> None:
    assert not spotted("扩大中国母港出发的航线。", "Project")
    assert names("宜兴市母港开工。", "Project") == {"宜兴市母港"}
    assert not spotted("甲某科技有限公司系统内的干部参加。", "System")
    assert "云澜市政务服务系统" in spotted("云澜市政务服务系统上线。", "System")


def test_what_a_place_will_do_is_no_part_of_it() -> None:
    assert names("宜兴市将继续推进社区建设，宜兴市将军镇参加。", "District") == {"宜兴市", "将军镇"}


def test_a_road_is_an_undertaking_only_where_it_is_being_built() -> None:
    assert names("列车驶过宜兴江畔大桥，一路向北。", "Project") == set()
    assert names("宜兴江畔大桥正式通车。", "Project") == {"宜兴江畔大桥"}
    assert names("总投资3亿元的云澜江畔大桥开工。", "Project") == {"云澜江畔大桥"}


def test_a_service_centre_is_a_body_unless_it_is_being_made() -> None:
    assert "云澜市江畔党群服务中心" not in names("云澜市江畔党群服务中心举行读书会。", "Project")
    assert names("宜兴市打造云澜渔业服务中心。", "Project") == {"云澜渔业服务中心"}
    assert not names("老旧小区改造工程怎么推进？", "Project")


def test_what_a_body_belongs_to_stays_before_it() -> None:
    text = "合肥供电公司获奖。安徽电力合肥供电公司也参加。"
    assert "安徽电力合肥供电公司" in organisations(text)


def test_a_short_name_of_a_company_that_is_printed_with_and_without_its_place() -> None:
    text = "安徽省云桥精工有限公司签约。云桥精工有限公司开工，云桥精工投产。"
    assert organisations(text) == {"安徽省云桥精工有限公司"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("市民拨打12399便民服务热线咨询。", "12399便民服务热线"),
        ("乘客在云桥出行App上查询。", "云桥出行App"),
        ("村里装了一套名为“云眼看田”的数字系统。", "云眼看田"),
        ("结果在“诚信云桥”网站公布。", "诚信云桥网站"),
        ("依托“违约欠款登记（投诉）平台”受理。", "违约欠款登记（投诉）平台"),
        ("企业可通过支付宝缴费。", "支付宝"),
    ],
)
def test_systems_by_what_is_said_of_them(text: str, found: str) -> None:
    assert names(text, "System") == {found}


@pytest.mark.parametrize(
    "text",
    ["全省推广工业App。", "用户打开手机App查询。", "热线12399万元。", "这是名为“云桥”的小镇。"],
)
def test_kinds_of_systems_are_none(text: str) -> None:
    assert names(text, "System") == set()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("建设单位云澜桥梁研究院到场。", "云澜桥梁研究院"),
    ],
)
def test_what_a_body_is_called_is_none_of_its_name(text: str, found: str) -> None:
    assert found in organisations(text)


def test_a_wish_and_a_sort_are_no_bodies() -> None:
    text = "当地筹建若干相关领域实验室，争创世界一流大学，培训农村劳动力、大学生等人员。"
    assert not organisations(text)


def test_what_only_ends_like_an_office_is_none_beside_one() -> None:
    text = "成都市商务局、常委、良好开局、协办等方面配合。"
    assert organisations(text) == {"成都市商务局"}


def test_what_stands_beside_development_is_no_company() -> None:
    text = "统筹经济转型和云澜路口地块开发，推动智慧交通和国创智联网建设。"
    assert not organisations(text)


def test_courts_and_depots_are_units_of_their_body() -> None:
    text = "岭南市云澜区人民法院河口法庭庭长王小明介绍。"
    assert "岭南市云澜区人民法院河口法庭" in organisations(text)


def test_bodies_that_every_community_has_are_none() -> None:
    assert not organisations("居民到社区居委会、红白理事会反映。")


def test_a_listed_body_stands_though_a_word_is_glued_to_it() -> None:
    assert "国务院" in organisations("国务院参事王小明到场。")
    assert not organisations("教育部门负责。")


def test_what_is_held_before_a_signing_is_no_party_to_it() -> None:
    text = "推进会上，无锡市“竹里有约”路演、重点项目签约仪式举行。"
    assert "无锡市竹里有约路演" in names(text, "Event")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("记者7日从云澜某达集团有限公司获悉，新厂已经投产。", "云澜某达集团有限公司"),
        ("江畔理工大学低碳研究院院长王一发言。", "江畔理工大学低碳研究院"),
    ],
)
def test_a_body_begins_behind_a_day_a_measure_and_what_it_does(text: str, name: str) -> None:
    assert name in organisations(text)


def test_a_verb_with_hao_is_no_part_of_a_name() -> None:
    assert "好云朵食品集团" not in organisations("当地建好云朵食品集团的厂房。")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("社区为“云心同行”助餐志愿服务队授旗。", "云心同行助餐志愿服务队"),
        ("当天，“江畔里·巧手家”便民服务站揭牌。", "江畔里·巧手家便民服务站"),
        ("镇里与云澜投资（无锡）有限公司签约。", "云澜投资（无锡）有限公司"),
    ],
)
def test_a_quoted_team_and_a_body_that_promotes_are_named(text: str, name: str) -> None:
    assert name in organisations(text)


@pytest.mark.parametrize(
    "text",
    [
        "当地有数字经济上市公司6家。",
        "云桥镇靠近长三角中心地带。",
        "由两家企业组成的投资联合体承建。",
    ],
)
def test_sorts_of_companies_and_the_middle_of_a_place_are_no_bodies(text: str) -> None:
    assert not organisations(text)


def test_an_activity_is_named_by_its_motto_and_what_it_does() -> None:
    text = "5月3日，“云企进江”渔业设备选购联谊活动到了江畔镇。"
    assert names(text, "Event") == {"云企进江渔业设备选购联谊活动"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("借款人是隆某泰和集团，已经还清。", "隆某泰和集团"),
        ("一名住户告诉云澜财经，房子已经卖掉。", "云澜财经"),
        ("无锡市云澜电子集团十四所总装师王一到场。", "无锡市云澜电子集团十四所"),
    ],
)
def test_a_name_with_a_conjunction_in_it_a_paper_that_asks_a_unit(text: str, name: str) -> None:
    assert name in organisations(text)


def test_two_sorts_joined_before_a_head_noun_are_no_body() -> None:
    assert not organisations("志愿者走进学校和医院服务。")
    assert not organisations("新建四所高校。")


@pytest.mark.parametrize(
    ("text", "type_", "name"),
    [
        ("市里举办“云水论坛”。", "Event", "云水论坛"),
        ("比赛有无锡太湖赛艇表演赛、拔河等。", "Event", "无锡太湖赛艇表演赛"),
        ("居民可拨打12399公共云生活热线。", "System", "12399公共云生活热线"),
    ],
)
def test_short_names_of_their_kind_are_found(text: str, type_: str, name: str) -> None:
    assert name in names(text, type_)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("三方牵头成立云澜低空产业与技术联盟。", {"云澜低空产业与技术联盟"}),
        ("江畔第三离休干部休养所的老人到场。", {"江畔第三离休干部休养所"}),
        ("江南环保志愿人员协进会会长到场。", {"江南环保志愿人员协进会"}),
        ("街道为“云水有戏”戏曲讲解志愿者队授旗。", {"云水有戏戏曲讲解志愿者队"}),
        ("无锡两处露营地入选。", set()),
    ],
)
def test_bodies_of_two_words_joined_and_homes_are_named(text: str, found: set[str]) -> None:
    assert organisations(text) == found


def test_a_festival_in_marks_is_one_unless_it_is_another_word() -> None:
    assert names("周末开启“江畔慢跑节”。", "Event") == {"江畔慢跑节"}
    assert not names("要抓住“关键环节”。", "Event")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("市安委会成员单位到会。", {"市安委会"}),
        ("江畔区城边缘处建起公园。", set()),
    ],
)
def test_a_company_begins_behind_the_fair_and_an_edge_is_no_office(
    text: str, found: set[str]
) -> None:
    assert organisations(text) == found


def test_a_work_of_two_fields_is_one_but_no_two_works_are() -> None:
    assert names("公司将建设云澜低空物流和科技创新中心。", "Project") == {
        "云澜低空物流和科技创新中心"
    }
    two = spotted("公司将建设云澜低空物流中心和技术转化中心。", "Project")
    assert "云澜低空物流中心和技术转化中心" not in two


def test_a_company_that_stands_alone_elsewhere_begins_behind_a_conjunction() -> None:
    text = "鸿澜集团扩产。云果和鸿澜集团签署协议。"
    assert "鸿澜集团" in organisations(text)
    assert "云果和鸿澜集团" not in organisations(text)


def test_the_short_form_of_a_place_is_the_only_one_that_the_text_has_in_full() -> None:
    assert entity("宝山区发布公告。一家企业迁到宝山。", "宝山").name == "宝山区"


def test_two_things_that_a_bureau_cares_for_are_in_its_name() -> None:
    whole = "无锡市养老和托育工作联席会议"
    assert whole in organisations(f"{whole}联合印发《云澜方案》。")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("8月2日，宜兴市重点项目动工仪式举行。", set()),
        ("8月2日，云湖储能合作项目推介会举行。", set()),
    ],
)
def test_an_occasion_names_the_work_that_it_is_held_for(text: str, found: set[str]) -> None:
    assert names(text, "Project") == found


def test_a_word_like_a_surname_before_where_it_aims_is_the_word() -> None:
    assert not names("支持院士向在某地的企业转化成果。会上，向社会各界说明情况。", "Person")
    assert names("区长向明云表示支持。", "Person") == {"向明云"}


def test_who_stands_between_a_body_and_a_title_is_a_person() -> None:
    text = "会上，云桥研究所王小强研究员、甲某科技有限公司李晋主任分别作了报告。"
    assert linked(text, "worksFor") == {("王小强", "云桥研究所"), ("李晋", "甲某科技有限公司")}


def test_what_kind_of_place_it_is_may_be_left_out_of_a_name() -> None:
    text = "无锡市云湖公共服务平台上线。“无锡云湖公共服务平台”由滨湖区政府建设。"
    assert entity(text, "无锡云湖公共服务平台").name == "无锡市云湖公共服务平台"


def test_a_verb_before_the_marks_is_no_part_of_the_name() -> None:
    assert names("持续深化“云援”品牌项目，成效明显。", "Project") == {"云援品牌项目"}


def test_this_town_is_the_one_spoken_of() -> None:
    text = "队员来到云阳县清水镇，听该镇镇长王小明介绍。"
    assert linked(text, "worksFor") == {("王小明", "清水镇")}


def test_who_is_told_by_surname_and_age_only_is_not_named() -> None:
    assert names("71岁的李奶奶买菜。", "Person") == set()


def test_teams_that_strive_for_a_final_are_no_part_of_its_name() -> None:
    assert "86" not in "".join(spotted("86支队伍竞逐云湖轮滑大赛总决赛。", "Event"))
    assert names("86支队伍竞逐第三届云湖轮滑大赛。", "Event") == {"第三届云湖轮滑大赛"}


def test_a_plus_is_a_manner_and_a_programme_with_the_word_for_one() -> None:
    assert names("实施“数据要素+”行动，提升水平。", "Policy") == {"数据要素+行动"}
    assert not names("发展“数据要素+”服务。", "Policy")


def test_what_the_state_calls_its_programmes_and_what_factories_are_given_are_told_apart() -> None:
    text = "学院先后获国家重点研发计划和国家科技重大专项支持，云湖推进船舶动力攻关工程。"
    assert names(text, "Policy") == {"国家科技重大专项", "国家重点研发计划"}
    assert names(text, "Project") == {"船舶动力攻关工程"}
    assert not names("无锡国家级绿色工厂总共有61家。发展具身智能，建设训练场地。", "Project")
    assert not organisations("发展具身智能，加快产品研发。")


def test_a_zone_by_its_kind_alone_is_the_one_that_the_text_has_in_full() -> None:
    assert names("云澜线缆项目位于高新区，年底竣工。", "District") == {"高新区"}
    text = "云澜线缆项目位于高新区，年底竣工。江阴高新区发展很快。"
    assert names(text, "District") == {"江阴高新区"}


def test_the_line_at_the_head_of_a_page_tells_whose_reporters_write() -> None:
    head = "云澜晚报 2024年5月17日 星期五 第2版\n"
    text = f"{head}\n我市开工12个项目\n\n本报讯（记者 周一鸣）5月16日，我市举行开工仪式。\n"
    assert linked(text, "worksFor") == {("周一鸣", "云澜晚报")}


def test_pictures_by_somebody_give_no_post() -> None:
    text = "本报讯（记者 周一鸣）5月16日，我市举行开工仪式。（本版图片均由本报记者 钟小亮 摄）"
    assert ("钟小亮", "图片") not in linked(text, "role")


def test_a_part_of_a_zone_and_an_area_under_management_are_places() -> None:
    assert "宜兴工业园区江桥组团" in names("项目落户宜兴工业园区江桥组团，占地210亩。", "District")
    held = "西澜湖管理区在深圳举办2024年食品产业招商推介会。"
    assert linked(held, "organises") == {("西澜湖管理区", "2024年食品产业招商推介会")}


def test_a_city_that_is_only_named_in_a_caption_does_not_speak() -> None:
    signed = "我市与江南大学签署战略合作协议，在涪城区、涪城区两园推进。"
    story = f"我市与江南大学签约\n\n本报讯（记者 王一）{signed}\n\n"
    caption = "图为江油市石元乡的光伏电站。\n"
    assert not linked(story + caption, "cooperatesWith")
    named = story.replace("协议，", "协议，绵阳市出资，")
    assert linked(named + caption, "cooperatesWith") == {("绵阳市", "江南大学")}


def test_a_zone_behind_the_full_name_of_its_city_is_split_from_it() -> None:
    text = "项目落户鄂州市葛店经开区。"
    assert names(text, "District") == {"鄂州市", "葛店经开区"}
    assert linked(text, "partOf") == {("葛店经开区", "鄂州市")}
    assert entity(text, "葛店经开区").aliases == ("鄂州市葛店经开区",)


def test_a_zone_that_signs_is_a_place_and_no_company() -> None:
    text = "鄂州市葛店经开区与武汉东湖高新区、成都高新区签约。"
    assert names(text, "District") >= {"葛店经开区", "武汉东湖高新区", "成都高新区"}
    assert organisations(text) == set()
