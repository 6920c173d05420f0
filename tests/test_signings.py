"""Texts of investment promotion: what is signed where, by whom, and what is only begun.

All names are invented; places come from the national table of divisions.
"""

from __future__ import annotations

from kg.extract import extract
from kg.ontology import load
from kg.records import Document

HELD = "4月6日，宜兴市重点项目集中签约仪式在市民广场举行，9个项目集中签约。"
BEGUN = "4月6日，宜兴市重点项目集中开工仪式在云湖工地举行，9个项目集中开工。"
EVENT = "宜兴市重点项目集中签约仪式"


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


def test_a_list_that_tells_of_fields_first_goes_on_with_its_projects() -> None:
    told = "此次签约项目涵盖纺织、陶瓷两个行业，其中超亿元的3个。"
    built = "甲某陶瓷有限公司投资2亿元建设的云山瓷砖生产项目落户江畔。"
    found = stated(HELD + told + built)
    assert ("云山瓷砖生产项目", "announcedAt", EVENT) in found
    assert ("甲某陶瓷有限公司", "signs", "云山瓷砖生产项目") in found
    assert ("云山瓷砖生产项目", "date", "--04-06") in found


def test_what_is_only_begun_is_signed_by_nobody_on_that_day() -> None:
    built = "其中，甲某陶瓷有限公司投资2亿元建设云山瓷砖生产项目。"
    found = stated(BEGUN + built)
    assert ("云山瓷砖生产项目", "announcedAt", "宜兴市重点项目集中开工仪式") in found
    assert not {f for f in found if f[1] == "signs" or (f[0], f[1]) == ("云山瓷砖生产项目", "date")}


def test_a_project_that_opens_an_item_of_the_list_is_signed_without_a_verb() -> None:
    listed = "签约的项目有：云山瓷砖生产项目，总投资2亿元；云海纱线智造项目，总投资3亿元。"
    signed = {s for s, p, o in stated(HELD + listed) if (p, o) == ("announcedAt", EVENT)}
    assert signed == {"云山瓷砖生产项目", "云海纱线智造项目"}


def test_what_two_sign_respectively_is_signed_by_one_each() -> None:
    text = "其中，甲某陶瓷有限公司、乙某纺织有限公司分别投资建设云山瓷砖项目、云海纱线项目。"
    signed = {(s, o) for s, p, o in stated(HELD + text) if p == "signs"}
    assert signed == {("甲某陶瓷有限公司", "云山瓷砖项目"), ("乙某纺织有限公司", "云海纱线项目")}


def test_the_parts_of_a_project_are_no_projects() -> None:
    text = "云山瓷砖生产项目总投资2亿元，主要建设釉料研发中心和智能压制生产线。"
    assert projects(text) == {"云山瓷砖生产项目"}


def test_what_a_company_builds_beside_a_project_is_one() -> None:
    text = "甲某陶瓷有限公司建成云山瓷砖生产项目，乙某纺织有限公司新建高支纱线智造中心项目。"
    assert "高支纱线智造中心项目" in projects(text)
