"""Which names of bodies mean one body: by place and office, without place or legal form."""

from __future__ import annotations

import pytest

from kg.extract.resolve.abridged import abridged
from kg.extract.resolve.bodies import Bodies
from kg.ontology import load
from kg.ontology.places import Places

BODIES = Bodies(load())


def pairs(*names: str, kind: str = "government") -> set[tuple[str, str, str]]:
    return {(s.short, s.full, s.rule) for s in BODIES.same({(n, kind) for n in names})}


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("嘉定区政府", "上海市嘉定区人民政府"),
        ("浙江省发改委", "浙江省发展和改革委员会"),
        ("岳阳市市场监管局", "湖南岳阳市市场监督管理局"),
        ("苏州市经信委", "苏州市经济和信息化委员会"),
        ("市人社局", "常州市人力资源和社会保障局"),
        ("常州市委", "常州市市委"),
        ("常州中院", "常州市中级人民法院"),
    ],
)
def test_a_short_form_of_an_office_is_the_office(short: str, full: str) -> None:
    assert pairs(short, full) == {(short, full, "name.office")}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("苏州市科技局", "常州市科技局"),
        ("嘉定区政府", "上海市人民政府"),
        ("中共常州市委", "常州市委员会"),
        ("市科技局", "江苏省科技厅"),
        ("常州市科技局", "常州市教育局"),
    ],
)
def test_another_place_or_another_office_is_another_body(one: str, other: str) -> None:
    assert not pairs(one, other)


def test_a_word_of_the_office_is_no_place() -> None:
    assert BODIES.parts("蔡甸区公安分局") == ("蔡甸区", "公安分局")


def test_a_short_form_that_two_bodies_share_is_none_of_them() -> None:
    assert not pairs("市科技局", "常州市科学技术局", "苏州市科学技术局")


def test_a_company_is_the_same_without_its_place() -> None:
    long, short = "湖北云桥网络科技有限公司", "云桥网络科技有限公司"
    assert pairs(long, short, kind="company") == {(short, long, "name.placed")}
    assert not pairs("云桥网络科技有限公司", "子云桥网络科技有限公司", kind="company")


def test_a_group_is_the_same_with_its_legal_form() -> None:
    assert pairs("云桥发展集团", "云桥发展集团有限公司", kind="company") == {
        ("云桥发展集团", "云桥发展集团有限公司", "name.legal")
    }
    assert not pairs("云桥", "云桥有限公司", kind="company")
    assert not pairs("云桥集团", "云桥集团有限公司", "云桥集团股份有限公司", kind="company")


def test_a_place_with_several_readings_does_not_identify_a_body() -> None:
    assert BODIES.key("朝阳区政府") == "朝阳区政府"
    assert BODIES.key("上海市嘉定区政府") == BODIES.key("嘉定区人民政府") == "嘉定区人民政府"


def test_a_form_without_its_place_is_the_same_office_of_the_same_level() -> None:
    assert pairs("省卫健委", "省卫生健康委员会") == {
        ("省卫健委", "省卫生健康委员会", "name.office")
    }
    assert pairs("市卫健委", "省卫生健康委员会") == set()


def test_a_bare_party_committee_is_that_of_the_only_place_of_its_level() -> None:
    assert pairs("市委", "常州市委") == {("市委", "常州市委", "name.office")}
    assert pairs("市委", "常州市委", "苏州市委") == set()


def test_peoples_organisations_have_short_names_too() -> None:
    found = pairs("上海市妇联", "上海市妇女联合会", kind="alliance")
    assert found == {("上海市妇联", "上海市妇女联合会", "name.office")}


def test_a_dash_is_a_dash() -> None:
    assert pairs("中国-云桥组织学院", "中国—云桥组织学院", kind="university") == {
        ("中国-云桥组织学院", "中国—云桥组织学院", "name.dash")
    }


def abridges(*names: str) -> set[tuple[str, str, str]]:
    ontology = load()
    industry = ontology.lexicon.grammar.industry
    return {
        (s.short, s.full, s.rule)
        for s in abridged(names, industry, Places.load(ontology), ontology.lexicon)
    }


@pytest.mark.parametrize(
    ("short", "full", "rule"),
    [
        ("澜桥商居联盟", "江畔社区澜桥商居联盟", "name.tail"),
        ("甲桥集团", "甲桥（集团）有限公司", "name.legal"),
        ("甲桥公司", "合肥甲桥智能科技有限公司", "name.legal"),
        ("甲桥股份", "甲桥股份有限公司", "name.legal"),
        ("甲桥公司", "成都甲桥企业经济发展有限公司", "name.legal"),
        ("澜江产业协作联盟", "澜江数字产业协作联盟", "name.abridged"),
        ("成都澜江基金会", "成都市澜江基金会", "name.abridged"),
        ("成都自动化学院", "成都大学自动化学院", "name.abridged"),
        ("市委办帮扶工作队", "市委办公厅帮扶工作队", "name.abridged"),
    ],
)
def test_a_name_that_says_less_is_the_only_one_it_fits(short: str, full: str, rule: str) -> None:
    assert abridges(short, full) == {(short, full, rule)}


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("甲桥股份有限公司", "甲桥集团有限公司"),  # two legal names
        ("甲桥集团分公司", "甲桥集团第一分公司"),  # which one is told
        ("澜江大学附属医院", "澜江大学医学院附属医院"),  # of another body
        ("甲桥公司", "甲桥乙川有限公司"),  # another name
        ("甲桥集团公司", "甲桥国防技术有限公司"),  # a member of the group
        ("甲桥", "甲桥国防技术有限公司"),
        ("中国科学院", "中国海洋科学院"),  # a place and a common word: nothing of its own
        ("澜江创新服务中心", "澜江创新服务成都中心"),  # the branch in a city
        ("中国澜江医院", "河北中国澜江医院"),  # a branch of a national body
    ],
)
def test_a_name_that_says_something_else_is_another(short: str, full: str) -> None:
    assert abridges(short, full) == set()


def test_a_name_that_fits_two_bodies_is_neither() -> None:
    both = ("江畔社区澜桥商居联盟", "乙水社区澜桥商居联盟")
    assert abridges("澜桥商居联盟", *both) == set()


def test_of_longer_names_the_one_that_only_tells_where_the_place_is() -> None:
    found = abridges("郫都区人民医院", "成都市郫都区人民医院", "澜江帮扶郫都区人民医院")
    assert found == {("郫都区人民医院", "成都市郫都区人民医院", "name.tail")}
    assert abridges("人民医院", "成都市人民医院", "澜江大学人民医院") == set()


def test_two_longer_names_of_one_body_are_one_longer_name() -> None:
    found = abridges("澜江中学", "成都澜江中学", "成都郫都澜江中学")
    assert ("澜江中学", "成都郫都澜江中学", "name.tail") in found
