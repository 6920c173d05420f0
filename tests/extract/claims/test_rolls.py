"""Rolls of firms and the places they are in, in every way that offices print them."""

from __future__ import annotations

import pytest

from kg.base.records import Document
from kg.extract.document import extract
from kg.ontology import load

HEAD = (
    "安徽省经济和信息化厅\n关于公布省级云澜工厂名单的通知\n各市经济和信息化局：\n"
    "经评审，现将名单予以公布。\n附件\n省级云澜工厂名单\n"
)
FIRMS = [
    ("合肥云澜智能装备有限公司", "合肥市", "蜀山区"),
    ("芜湖江海新材料股份有限公司", "芜湖市", "鸠江区"),
    ("安徽远岭机器人有限公司", "合肥市", "肥西县"),
]
COUNTIES = {(firm, county) for firm, _, county in FIRMS}
CITIES = {(firm, city) for firm, city, _ in FIRMS}


def rows(form: str) -> str:
    return "".join(
        form.format(n=n, firm=firm, city=city, county=county, short=city[:-1])
        for n, (firm, city, county) in enumerate(FIRMS, 1)
    )


WAYS = {
    "a column of counties": (
        "序号\t企业名称\t所属区县\n" + rows("{n}\t{firm}\t{county}\n"),
        COUNTIES,
    ),
    "columns of cities and counties": (
        "序号\t企业名称\t所属市\t所属县区\n" + rows("{n}\t{firm}\t{city}\t{county}\n"),
        COUNTIES,
    ),
    "both in one cell": (
        "序号\t单位名称\t所在地\n" + rows("{n}\t{firm}\t{city}{county}\n"),
        COUNTIES,
    ),
    "the place first": ("序号  地区  企业名称\n" + rows("{n}  {city}  {firm}\n"), CITIES),
    "short names of cities": (
        "序号\t企业名称\t地市\n" + rows("{n}\t{firm}\t{short}\n"),
        {(firm, city[:-1]) for firm, city, _ in FIRMS},
    ),
    "a longer heading": (
        "序号\t企业名称\t工厂名称\t所在市、县（区）\n"
        + rows("{n}\t{firm}\t{short}某工厂\t{city}{county}\n"),
        COUNTIES,
    ),
    "zones": (
        "序号\t企业名称\t所在园区\n" + rows("{n}\t{firm}\t{short}高新区\n"),
        {(firm, city[:-1] + "高新区") for firm, city, _ in FIRMS},
    ),
    "a line for each cell": (
        "序号\n企业名称\n所属区县\n" + rows("{n}\n{firm}\n{county}\n"),
        COUNTIES,
    ),
    "a cell over several rows": (
        (
            "所属地\t企业名称\n合肥市\t合肥云澜智能装备有限公司\n\t安徽远岭机器人有限公司\n"
            "芜湖市\t芜湖江海新材料股份有限公司\n"
        ),
        CITIES,
    ),
}


def told(text: str, predicate: str) -> set[tuple[str, str]]:
    """What a text tells by one relation, by names."""
    reading = extract(Document("d", "d.txt", text), load())
    names = [entity.name for entity in reading.entities]
    return {
        (names[c.subject], names[c.object])
        for c in reading.claims
        if c.predicate == predicate and c.object is not None
    }


def test_county_lies_in_the_city_of_its_row() -> None:
    roll, _ = WAYS["columns of cities and counties"]
    expected = {("蜀山区", "合肥市"), ("鸠江区", "芜湖市"), ("肥西县", "合肥市")}
    assert told(HEAD + roll, "partOf") >= expected


def test_a_note_below_a_table_is_no_row_of_it() -> None:
    roll, expected = WAYS["a cell over several rows"]
    assert told(HEAD + roll + "\t注：江海光电有限公司未参加评审。\n", "locatedIn") == expected


def test_offices_under_a_place_and_prose_say_nothing() -> None:
    text = HEAD + (
        "合肥市\n合肥市经济和信息化局 张某某\n"
        "合肥市：工作进展顺利，合肥云澜智能装备有限公司获评。\n"
        "芜湖市\n本次共有芜湖江海新材料股份有限公司等企业参加。会后大家合影。\n"
    )
    reading = extract(Document("d", "d.txt", text), load())
    assert [c for c in reading.claims if c.rule == "locatedIn.grouped"] == []


@pytest.mark.parametrize("way", WAYS)
def test_firm_is_where_its_roll_says(way: str) -> None:
    roll, expected = WAYS[way]
    assert told(HEAD + roll, "locatedIn") == expected
