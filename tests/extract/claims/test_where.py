"""What lies in what, and what stands where: places in places, things in places.

All names of bodies and zones are invented; places come from the national table of divisions.
"""

from __future__ import annotations

import pytest

from tests.testing.reading import linked, names


def test_a_bare_name_right_after_its_province_is_a_place() -> None:
    text = "7月10日，在江西新干，云澜智能科技有限公司的项目开工。"
    assert names(text, "District") >= {"江西", "新干"}
    assert ("新干", "江西") in linked(text, "partOf")


@pytest.mark.parametrize("text", ["他们的精神面貌为之一新，干部群众齐上阵。", "江西新干线开通。"])
def test_a_bare_name_elsewhere_may_be_a_common_word(text: str) -> None:
    assert "新干" not in names(text, "District")


def test_places_that_the_table_keeps_apart_only_stand_side_by_side() -> None:
    text = "无锡市石柱县代表团到访。"
    assert names(text, "District") == {"无锡市", "石柱县"}
    assert linked(text, "partOf") == set()


def test_a_zone_of_another_city_does_not_join_the_list() -> None:
    text = "队员走访了绵阳市涪城区、成都高新区。"
    assert ("成都高新区", "绵阳市") not in linked(text, "partOf")


def test_whom_a_park_has_drawn_stands_there_and_whom_it_works_with_does_not() -> None:
    said = "云湖科技园累计{}企业超200家，包括甲某科技有限公司、乙某智能有限公司等上市公司。"
    found = linked(said.format("引入"), "locatedIn")
    assert {s for s, _ in found} == {"甲某科技有限公司", "乙某智能有限公司"}
    assert linked(said.format("走访合作"), "locatedIn") == set()


@pytest.mark.parametrize(
    ("unit", "body"),
    [
        ("云澜大学附属中心医院", "云澜大学"),
    ],
)
def test_a_body_whose_name_goes_on_from_another_is_its_unit(unit: str, body: str) -> None:
    assert (unit, body) in linked(f"{body}召开会议。会上，{unit}负责人发言。", "partOf")


@pytest.mark.parametrize(
    ("longer", "body"),
    [("云澜能源集团有限公司", "云澜能源集团"), ("云澜能源集团", "云澜能源")],
)
def test_a_legal_form_names_no_unit(longer: str, body: str) -> None:
    assert (longer, body) not in linked(f"{body}召开会议。会上，{longer}负责人发言。", "partOf")


def test_a_demonstration_zone_that_begins_with_a_place_is_a_place() -> None:
    text = "会议在绵阳数字产业国际合作示范区举行。"
    assert names(text, "District") == {"绵阳数字产业国际合作示范区"}
    assert names("企业建设国家生态文明建设示范区。", "District") == set()


@pytest.mark.parametrize("name", ["云湖园区", "金融岛片区", "澜江科技城"])
def test_a_zone_with_a_word_of_its_own_has_a_name(name: str) -> None:
    assert name in names(f"{name}揭牌。", "District")


def test_a_known_zone_is_found_behind_any_verb() -> None:
    assert names("各方助推雄安新区发展。", "District") == {"雄安新区"}


A, B = "云澜科技有限公司", "海芯半导体股份有限公司"


def test_two_places_of_one_address_are_found_however_the_words_are_cut() -> None:
    assert names("南亚商品博览会在云南昆明举办。", "District") >= {"云南", "昆明"}


def test_a_city_abroad_lies_in_the_country_before_it() -> None:
    text = "第三届云湖创新大会在越南河内举行。"
    assert linked(text, "partOf") == {("河内", "越南")}
    assert linked(text, "locatedIn") == {("第三届云湖创新大会", "河内")}
    assert names("体育馆在城河内侧。", "District") == set()


def test_a_country_counts_wherever_it_stands_and_a_city_abroad_where_something_is_said() -> None:
    assert names("产品出口越南和波兰。", "District") == {"越南", "波兰"}
    assert names("全文见河内日前的报道。", "District") == set()


def test_the_town_of_a_city_has_a_name_of_its_own_only_behind_the_city() -> None:
    assert names("老旧城区供水改造工程开工，郊区也在列。", "District") == set()
    assert names("晋城市城区的供水改造工程开工。", "District") == {"晋城市", "城区"}


def test_a_place_ends_before_the_people_of_it() -> None:
    assert names("他是湖南衡阳人，在红溪村、青石村村民中很有名。", "District") == {
        "湖南",
        "衡阳",
        "红溪村",
        "青石村",
    }


def test_a_bare_name_and_a_port_or_a_station_are_one_name() -> None:
    assert names("货船驶离芜湖港，列车停靠绵阳站。", "District") == set()
    assert names("列车驶出绵阳，停在站外。", "District") == {"绵阳"}


def test_a_kind_of_zone_closes_the_name_of_a_place_before_it() -> None:
    assert names("项目在建湖高新区投产，建湖县发布消息。", "District") >= {"建湖高新区", "建湖县"}
    assert names("项目在新建高新区投产。", "District") == set()


def test_continents_count_only_where_something_is_said_of_them() -> None:
    assert names("产品出口欧洲和非洲。", "District") == set()


@pytest.mark.parametrize("text", ["位于涪城区的临溪村和云湖镇变美了。", "走访了云湖镇和临溪村。"])
def test_function_words_begin_no_name_of_a_village(text: str) -> None:
    assert names(text, "District") >= {"云湖镇", "临溪村"}


def test_a_list_that_ends_in_a_common_noun_stands_where_it_says() -> None:
    text = f"{B}等一批重点产业项目在绵阳落地生根。"
    assert (B, "绵阳") in linked(text, "locatedIn")


def test_a_line_of_credit_names_no_place() -> None:
    assert names("来源：云湖网－江苏频道", "District") == set()
    assert names("来源：江苏。江苏出台政策。", "District") == {"江苏"}


def test_the_seat_of_a_company_is_where_the_company_is() -> None:
    assert (A, "无锡市") in linked(f"{A}总部位于江苏无锡市。", "locatedIn")
    assert names(f"{A}总部位于江苏无锡市。", "Project") == set()
    assert names(f"{A}将投资5亿元建设云湖智能西南总部。", "Project") == {"云湖智能西南总部"}


def test_a_thing_in_several_places_is_in_each_of_them() -> None:
    text = "云湖热电联产工程位于无锡市云山镇及云湖镇境内。"
    assert linked(text, "locatedIn") == {
        ("云湖热电联产工程", "云山镇"),
        ("云湖热电联产工程", "云湖镇"),
    }
    text = "云湖热电联产工程位于四川省绵阳市辖江油市。"
    assert linked(text, "locatedIn") == {("云湖热电联产工程", "江油市")}


def test_a_village_holds_no_village_and_a_country_no_village() -> None:
    assert names("无锡市云山镇云山村举行了村企揭牌仪式。", "District") == {
        "无锡市",
        "云山镇",
        "云山村",
    }
    assert "竹乡" not in names("这里是著名的中国竹乡。", "District")
    assert "云湖新村" in names("云山村、云河村与云湖新村通了公路。", "District")


def test_what_a_body_sets_up_under_itself_and_owns_is_part_of_it() -> None:
    text = "云澜研究院下设云湖陶瓷实验室、云山电子实验室。"
    assert linked(text, "partOf") == {
        ("云湖陶瓷实验室", "云澜研究院"),
        ("云山电子实验室", "云澜研究院"),
    }
    assert (A, "甲某集团有限公司") in linked(f"甲某集团有限公司物流板块的{A}投产。", "partOf")
    assert (A, B) in linked(f"{A}为{B}控股子公司。", "partOf")
    assert (A, B) not in linked(f"{A}为{B}供货。", "partOf")
    owned = linked(f"甲某集团有限公司旗下{A}联合{B}造船。", "partOf")
    assert owned == {(A, "甲某集团有限公司")}
    assert not linked(f"甲某建设有限公司、{A}参加招聘会。", "partOf")


@pytest.mark.parametrize(
    ("text", "towns"),
    [
        ("产业发展助推三樟镇转型。", {"三樟镇"}),
        ("实际上街道为老人办了很多事，围绕全镇中心工作发力。", set()),
        ("志愿者拿起扫帚主动清理街道，凭卡即可免费游览花乡。", set()),
        ("“百企帮百村”开展以来，云溪乡贤回到家中。", set()),
        ("友好社区云溪街道揭牌，该项目金乡段通电。", {"云溪街道"}),
        ("会议听取了15分钟社区建设情况。", set()),
    ],
)
def test_a_town_begins_behind_the_verb_and_has_a_name_of_its_own(
    text: str, towns: set[str]
) -> None:
    assert names(text, "District") == towns


def test_the_end_of_the_name_of_a_district_is_no_head_noun_of_a_zone() -> None:
    assert linked("企业家到访长春市绿园区。", "partOf") == {("绿园区", "长春市")}
    assert names("企业家来到云澜文创园区。", "District") == {"云澜文创园区"}


def test_the_noun_after_the_name_of_a_work_lies_where_the_work_does() -> None:
    text = "云澜医院新址建设工程项目位于无锡市，总投资8亿元。"
    told = f"云澜医院新址建设工程开工。{text}"
    assert ("云澜医院新址建设工程", "无锡市") in linked(told, "locatedIn")


@pytest.mark.parametrize(
    "text",
    [
        "第二届云澜文旅推介会近日在沪举办。",  # the text has no name for it
        "第二届云澜文旅推介会日前举办，上海的客商在沪参会。",
    ],
)
def test_the_sign_of_a_place_alone_names_none(text: str) -> None:
    assert linked(text, "locatedIn") == set()


def test_a_quarter_keeps_the_name_before_its_common_noun() -> None:
    text = "活动在凉城新村街道举行。"
    assert names(text, "District") == {"凉城新村街道"}
    assert ("蔡家镇", "北碚") in linked("北碚蔡家镇的企业投产。", "partOf")


def test_a_subsidiary_does_not_stand_where_its_parent_does() -> None:
    text = "云澜科技有限公司成立于2007年，是日本江海株式会社全资子公司。"
    assert linked(text, "locatedIn") == set()


def test_what_is_said_of_another_place_is_no_praise() -> None:
    text = "云澜储能产线项目位于江苏，距离宜兴市10公里。"
    assert linked(text, "locatedIn") == {("云澜储能产线项目", "江苏")}


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        (
            "江海科技有限公司专注芯片，也在昨天大会上成功落户宜兴市。",
            {("江海科技有限公司", "宜兴市")},
        ),
    ],
)
def test_ways_to_say_where_something_is(text: str, pairs: set[tuple[str, str]]) -> None:
    assert linked(text, "locatedIn") == pairs


@pytest.mark.parametrize(
    "text",
    [
        "宜兴市在北京国家会议中心举办第六届江海推介会。",
        "本次签约会上，12个项目正式落户宜兴市。",
        "访问泰国期间，代表团推介了将在宜兴市举办的成果，回国后举办江海经贸合作推介会。",
        "宜兴市对口支援重点项目——江海储能产线项目竣工。",
        "山海软件园位于宜兴市。园区企业服务江海科技有限公司等客户。",
    ],
)
def test_what_only_sounds_like_a_place_to_be(text: str) -> None:
    assert not {p for p in linked(text, "locatedIn") if p[1] in ("宜兴市", "泰国", "山海软件园")}


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("第六届江海创新大会在四川第二大城市——绵阳举行。", {("绵阳", "四川")}),
    ],
)
def test_nouns_that_tell_whose_place_it_is(text: str, pairs: set[tuple[str, str]]) -> None:
    assert linked(text, "partOf") == pairs


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("由江海协会、山海学会联合主办的第六届江海创新大会在无锡国际会展中心开幕。", "无锡"),
        ("第六届江海创新大会在宜兴市人民政府指导下举行。", ""),
        ("第六届江海创新大会在宜兴市科技局、江阴市科技局共同举办的展会上亮相。", ""),
    ],
)
def test_who_holds_an_event_does_not_hide_its_house(text: str, place: str) -> None:
    found = linked(text, "locatedIn")
    assert found == ({("第六届江海创新大会", place)} if place else set())


@pytest.mark.parametrize("name", ["江海药谷", "山海农谷", "云海智谷"])
def test_a_zone_may_be_a_valley_of_what_grows_in_it(name: str) -> None:
    assert names(f"甲某制药有限公司落户{name}。", "District") == {name}
    assert linked(f"甲某制药有限公司落户{name}。", "locatedIn") == {("甲某制药有限公司", name)}
    assert name not in names(f"{name}科技有限公司投产。", "District")


@pytest.mark.parametrize(
    "text",
    [
        "江海科技有限公司成立于宜兴市。",
        "发源于宜兴市的江海科技有限公司投产。",
        "江海科技有限公司将总部整体迁至宜兴市。",
        "江海科技有限公司是落户宜兴市的首家芯片企业。",
    ],
)
def test_ways_to_say_where_a_body_is_from(text: str) -> None:
    assert linked(text, "locatedIn") == {("江海科技有限公司", "宜兴市")}


@pytest.mark.parametrize(
    "text",
    [
        "江海科技有限公司成立于2007年，产品销往宜兴市。",
        "江海科技有限公司深耕宜兴市场20多年。",
        "江海科技有限公司的订单来自宜兴市。",
    ],
)
def test_what_a_body_only_does_there_tells_no_seat(text: str) -> None:
    assert linked(text, "locatedIn") == set()


def test_a_line_lies_in_all_that_it_crosses() -> None:
    for verb in ("横跨", "穿越", "贯穿", "由北向南串联起了"):
        text = f"江海高速公路项目{verb}宜兴市、江阴市。"
        assert linked(text, "locatedIn") == {
            ("江海高速公路项目", "宜兴市"),
            ("江海高速公路项目", "江阴市"),
        }


@pytest.mark.parametrize("kind", ["各街镇", "老渔村", "渔村"])
def test_a_kind_of_town_or_village_is_none(kind: str) -> None:
    assert names(f"负责人走访{kind}。", "District") == set()
    assert "山海镇" in names("负责人走访宜兴市山海镇。", "District")


@pytest.mark.parametrize("bay", ["通州湾", "温州湾"])
def test_a_bay_is_not_the_place_that_it_is_called_after(bay: str) -> None:
    assert names(f"远航海工装备项目落户{bay}。", "District") == set()


def test_a_zone_called_after_a_bay_is_one() -> None:
    assert names("会议在温州湾新区举行。", "District") == {"温州湾新区"}


@pytest.mark.parametrize(
    "founded",
    [
        "于2013年3月经国务院批准设立",
        "成立于2003年",
        "始建于1992年6月",
        "2013年3月被认定为国家级开发区",
    ],
)
@pytest.mark.parametrize("zone", ["云湖经济技术开发区", "澜山高新技术产业园"])
def test_a_zone_lies_where_its_profile_says_behind_its_founding(founded: str, zone: str) -> None:
    text = f"{zone}{founded}，位于宜兴市东部，入驻企业200家。"
    assert (zone, "宜兴市") in linked(text, "partOf")


def test_a_zone_that_does_something_lies_not_where_the_next_clause_says() -> None:
    text = "云湖经济技术开发区2013年3月与澜山高新技术产业园合作，位于江阴市的企业搬迁。"
    assert not [pair for pair in linked(text, "partOf") if pair[1] == "江阴市"]


def test_bare_names_in_the_name_of_a_company_are_no_places_of_their_own() -> None:
    assert names("江西新干云澜酒业有限公司投产。", "District") == set()
    assert names("江西省新干县人民政府发文。", "District") == {"江西省", "新干县"}
