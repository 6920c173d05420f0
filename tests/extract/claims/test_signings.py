"""Texts of investment promotion: what is signed where, by whom, and what is only begun.

All names are invented; places come from the national table of divisions.
"""

from __future__ import annotations

from kg.base.records import Document
from kg.extract.document import extract
from kg.ontology import load

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


def test_what_is_told_with_its_sum_is_a_work_whatever_it_ends_in() -> None:
    text = "开工的有：云湖老年公寓，总投资3亿元；宜兴市去年的财政，总投资3亿元。"
    assert projects(text) == {"云湖老年公寓"}


def test_the_kind_of_a_zone_that_opens_a_clause_is_the_zone_named_before() -> None:
    told = "走进云澜新区，厂房林立。去年，{}与甲某大学签约，引进云山瓷砖生产项目。"
    assert ("云澜新区", "signs", "云山瓷砖生产项目") in stated(told.format("新区"))
    assert ("云澜新区", "signs", "云山瓷砖生产项目") not in stated(told.format("别的新区"))


def test_the_output_of_the_project_that_a_sentence_only_refers_to() -> None:
    told = "甲某陶瓷有限公司的云山瓷砖生产项目开工。项目全部达产后，预计年产值6亿元。"
    assert ("云山瓷砖生产项目", "output", "600000000") in stated(told)
    drawn = "甲某陶瓷有限公司的云山瓷砖生产项目开工。项目可拉动上下游产值6亿元。"
    assert not {f for f in stated(drawn) if f[1] == "output"}


def test_who_builds_one_project_does_not_pay_for_the_next_of_a_list() -> None:
    text = "云湖滨水客厅项目由甲某建工集团承建；云山瓷砖生产项目，总投资9亿元。"
    assert not {f for f in stated(text) if f[1] == "invests"}


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


def test_a_sum_in_a_list_is_no_company() -> None:
    told = "云某铝业、甲某纸业与宜兴市签约，投资额分别为2亿元、3亿元、6亿元。"
    reading = extract(Document("d", "d.txt", told), load())
    assert not [e.name for e in reading.entities if e.name.endswith("元")]
