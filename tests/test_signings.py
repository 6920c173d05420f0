"""Texts of investment promotion: what is signed where, by whom, and what is only begun.

All names are invented; places come from the national table of divisions.
"""

from __future__ import annotations

from kg.extract import extract
from kg.ontology import load
from kg.records import Document

BEGUN = "4月6日，宜兴市重点项目集中开工仪式在云湖工地举行，9个项目集中开工。"


def stated(text: str) -> set[tuple[str, str, str]]:
    reading = extract(Document("d", "d.txt", text), load())
    return {
        (
            reading.entities[c.subject].name,
            c.predicate,
            reading.entities[c.object].name
            if c.object is not None
            else (c.value.lexical if c.value else ""),
        )
        for c in reading.claims
    }


def projects(text: str) -> set[str]:
    reading = extract(Document("d", "d.txt", text), load())
    return {e.name for e in reading.entities if e.type == "Project"}


def test_what_is_only_begun_is_signed_by_nobody_on_that_day() -> None:
    built = "其中，甲某陶瓷有限公司投资2亿元建设云山瓷砖生产项目。"
    found = stated(BEGUN + built)
    assert not {f for f in found if f[1] == "signs" or (f[0], f[1]) == ("云山瓷砖生产项目", "date")}


def test_the_parts_of_a_project_are_no_projects() -> None:
    text = "云山瓷砖生产项目总投资2亿元，主要建设釉料研发中心和智能压制生产线。"
    assert projects(text) == {"云山瓷砖生产项目"}


def test_what_a_company_builds_beside_a_project_is_one() -> None:
    text = "甲某陶瓷有限公司建成云山瓷砖生产项目，乙某纺织有限公司新建高支纱线智造中心项目。"
    assert "高支纱线智造中心项目" in projects(text)


def test_what_a_plant_does_with_its_material_stands_in_the_name_of_a_project() -> None:
    text = "宜兴市5万吨果蔬冷冻及淀粉提取项目，总投资2亿元。甲某公司将新建云湖整车检修基地。"
    assert projects(text) == {"宜兴市5万吨果蔬冷冻及淀粉提取项目", "云湖整车检修基地"}


def test_a_seat_and_a_base_joined_are_one_project_but_two_works_are_two() -> None:
    one = "甲某科技有限公司将建设云澜华东总部及智能阀门基地项目。"
    two = "甲某科技有限公司将建设云澜智能阀门项目及云山滤芯项目。"
    assert "云澜华东总部及智能阀门基地项目" in projects(one)
    assert projects(two) == {"云澜智能阀门项目", "云山滤芯项目"}


def test_what_is_told_with_its_sum_is_a_work_whatever_it_ends_in() -> None:
    text = "开工的有：云湖老年公寓，总投资3亿元；宜兴市去年的财政，总投资3亿元。"
    assert projects(text) == {"云湖老年公寓"}


def test_a_dash_stands_between_the_parties_of_a_signing() -> None:
    text = "现场，宜兴市—甲某陶瓷有限公司云山瓷砖生产项目签约。"
    assert ("宜兴市", "signs", "甲某陶瓷有限公司云山瓷砖生产项目") in stated(text)
    assert not {f for f in stated(text.replace("签约", "停工")) if f[1] == "signs"}


def test_the_kind_of_a_zone_that_opens_a_clause_is_the_zone_named_before() -> None:
    told = "走进云澜新区，厂房林立。去年，{}与甲某大学签约，引进云山瓷砖生产项目。"
    assert ("云澜新区", "signs", "云山瓷砖生产项目") in stated(told.format("新区"))
    assert ("云澜新区", "signs", "云山瓷砖生产项目") not in stated(told.format("别的新区"))


def test_who_signs_about_a_project_with_whom() -> None:
    text = "甲某陶瓷有限公司、乙某纺织有限公司分别就云山瓷砖项目、云海纱线项目与宜兴市政府签约。"
    assert {(s, o) for s, p, o in stated(text) if p == "signs"} == {
        ("甲某陶瓷有限公司", "云山瓷砖项目"),
        ("乙某纺织有限公司", "云海纱线项目"),
        ("宜兴市政府", "云山瓷砖项目"),
        ("宜兴市政府", "云海纱线项目"),
    }


def test_the_output_of_the_project_that_a_sentence_only_refers_to() -> None:
    told = "甲某陶瓷有限公司的云山瓷砖生产项目开工。项目全部达产后，预计年产值6亿元。"
    assert ("云山瓷砖生产项目", "output", "600000000") in stated(told)
    drawn = "甲某陶瓷有限公司的云山瓷砖生产项目开工。项目可拉动上下游产值6亿元。"
    assert not {f for f in stated(drawn) if f[1] == "output"}


def test_who_builds_one_project_does_not_pay_for_the_next_of_a_list() -> None:
    text = "云湖滨水客厅项目由甲某建工集团承建；云山瓷砖生产项目，总投资9亿元。"
    assert not {f for f in stated(text) if f[1] == "invests"}


def test_a_plan_of_a_zone_applies_to_the_zone_and_not_to_the_place_in_its_name() -> None:
    told = "宜兴陶瓷新区印发《宜兴陶瓷新区补链方案》。"
    assert {o for s, p, o in stated(told) if p == "appliesTo"} == {"宜兴陶瓷新区"}
    assert ("宜兴市补链方案", "appliesTo", "宜兴市") in stated(
        "宜兴陶瓷新区印发《宜兴市补链方案》。"
    )


def test_what_a_project_is_to_be_is_no_second_project() -> None:
    built = "甲某科技有限公司投资6亿元建设云湖卫星测试基地，打造国内首条柔性装配生产线。"
    assert projects(built) == {"云湖卫星测试基地"}


def test_a_sentence_without_a_subject_goes_on_about_the_project_before_it() -> None:
    told = "1.云山瓷砖生产项目。由甲某陶瓷有限公司投资2亿元建设。达产后，预计年产值6亿元。"
    found = stated(told)
    assert ("甲某陶瓷有限公司", "invests", "云山瓷砖生产项目") in found
    assert ("云山瓷砖生产项目", "investment", "200000000") in found
    assert ("云山瓷砖生产项目", "output", "600000000") in found
    other = told.replace("达产后，", "业内人士说，该行业达产后，")
    assert ("云山瓷砖生产项目", "output", "600000000") not in stated(other)


def test_what_became_of_signed_projects_is_no_signing() -> None:
    told = "今年前4个月，全市签约项目23个，其中甲某公司新建的云山瓷砖园等一批项目开工建设。"
    assert not {f for f in stated(told) if f[1] == "signs"}


def test_a_work_that_a_sentence_refers_to_is_one_of_that_kind() -> None:
    told = "云湖高支纱生产线由甲某纺织有限公司建设。该{}总投资3亿元。"
    sums = ("云湖高支纱生产线", "investment", "300000000")
    assert sums in stated(told.format("生产线"))
    assert sums not in stated(told.format("产业园"))


def test_what_each_of_a_list_costs_is_no_part_of_its_name() -> None:
    told = "这些项目包括投资5亿元的云山瓷砖生产项目、投资3亿元的云海高支纱生产项目等。"
    assert projects(told) == {"云山瓷砖生产项目", "云海高支纱生产项目"}


def test_what_a_signing_marks_is_signed_by_its_parties() -> None:
    told = "宜兴市政府与甲某陶瓷有限公司签署协议，{}云山瓷砖生产项目落户宜兴。"
    signed = {s for s, p, o in stated(told.format("标志着")) if p == "signs"}
    assert signed == {"宜兴市政府", "甲某陶瓷有限公司"}
    assert not {f for f in stated(told.format("去年已有")) if f[1] == "signs"}


def test_a_sum_in_a_list_is_no_company() -> None:
    told = "云某铝业、甲某纸业与宜兴市签约，投资额分别为2亿元、3亿元、6亿元。"
    reading = extract(Document("d", "d.txt", told), load())
    assert not [e.name for e in reading.entities if e.name.endswith("元")]


def test_who_is_told_to_be_the_investor_invests() -> None:
    told = "云山瓷砖生产项目落户宜兴市，{}为甲某陶瓷有限公司。"
    invests = ("甲某陶瓷有限公司", "invests", "云山瓷砖生产项目")
    assert invests in stated(told.format("投资方"))
    assert invests not in stated(told.format("监理方"))
