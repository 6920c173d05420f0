"""What a name of a place means, with and without the places around it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg.base.errors import OntologyError
from kg.ontology import load
from kg.ontology.divisions import LEVELS, Division
from kg.ontology.places import Places


@pytest.fixture(scope="module")
def places() -> Places:
    return Places.load(load())


def code(division: Division | None) -> str | None:
    return division.code if division else None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("重庆市綦江区", ["500110"]),
        ("重庆綦江", ["500110"]),
        ("綦江区", ["500110"]),
        ("綦江", ["500110"]),
        ("綦江县", ["500110"]),
        ("万盛区", ["500110"]),
        ("石柱土家族自治县", ["500240"]),
        ("石柱县", ["500240"]),
        ("黔西南州", ["522300"]),
        ("广西", ["450000"]),
        ("辽宁省沈阳市铁西区", ["210106"]),
        ("铁西区", ["210106", "210303", "220302"]),
        ("海南", ["460000", "632500", "150303"]),
        ("襄樊", ["420600"]),
        ("上海市沈阳市", []),
        ("东湖新村", []),
        ("", []),
    ],
)
def test_a_name_gives_all_its_readings_highest_level_first(
    places: Places, name: str, expected: list[str]
) -> None:
    assert [d.code for d in places.by_name(name)] == expected


@pytest.mark.parametrize(
    ("name", "context", "expected"),
    [
        # two 铁西区 in 辽宁, a third in 四平
        ("铁西区", (), None),
        ("长沙", ("430121",), "430100"),  # beside 长沙县 the bare name is still the city's
        ("铁西区", ("210000",), None),
        ("铁西区", ("210100",), "210106"),
        ("铁西区", ("210300",), "210303"),
        ("铁西区", ("210000", "210300"), "210303"),
        ("铁西区", ("210100", "210300"), None),
        ("鼓楼区", (), None),
        ("鼓楼区", ("320000",), None),
        ("鼓楼区", ("320100",), "320106"),
        ("鼓楼区", ("350000",), "350102"),
        # a province and a city, a province and a prefecture
        ("吉林", (), "220000"),
        ("吉林市", (), "220200"),
        ("吉林省", (), "220000"),
        ("海南", (), "460000"),
        ("海南", ("630000",), "632500"),
        ("海南州", (), "632500"),
        ("海南省", ("630000",), "460000"),
        ("朝阳", (), None),
        ("朝阳市", (), "211300"),
        ("朝阳区", (), None),
        ("朝阳区", ("110000",), "110105"),
        ("朝阳区", ("220100",), "220104"),
        # a seat's county is never meant by the bare name, nor a 西安区 elsewhere
        ("长沙", (), "430100"),
        ("西安", (), "610100"),
        ("西安区", ("231000",), "231005"),
        # 南沙区 of 广州 and of 三沙
        ("南沙区", (), None),
        ("南沙区", ("440000",), "440115"),
        ("南沙区", ("460000",), "460303"),
        # a neighbour in the same city decides
        ("江北区", ("500112",), "500105"),
        ("江北区", ("330206",), "330205"),
        # what stands in the context already is meant again
        ("铁西区", ("210303",), "210303"),
        # only one reading: the context does not matter
        ("綦江", ("440000",), "500110"),
        ("无此地", ("440000",), None),
    ],
)
def test_a_name_is_resolved_by_its_context_and_never_guessed(
    places: Places, name: str, context: tuple[str, ...], expected: str | None
) -> None:
    assert code(places.resolve(name, set(context))) == expected


def test_the_order_of_a_context_does_not_matter(places: Places) -> None:
    one = places.resolve("朝阳区", ["110000", "110108", "510000"])
    assert (
        one == places.resolve("朝阳区", ["510000", "110108", "110000"]) == places.by_code("110105")
    )


def test_ancestors_end_at_the_province(places: Places) -> None:
    assert [d.code for d in places.ancestors("500110")] == ["500000"]
    assert [d.code for d in places.ancestors("429004")] == ["420000"]
    assert [d.code for d in places.ancestors("210106")] == ["210100", "210000"]
    assert places.ancestors("500000") == places.ancestors("999999") == ()
    assert places.by_code("999999") is None


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("渝府办发〔2020〕78号", "500000"),
        ("锡政办发", "320200"),
        ("鄂发改", "420000"),
        ("川府发〔2021〕3号", "510000"),
        ("成府发", "510100"),
        ("苏政发", "320000"),
        ("苏府", "320500"),
        ("青政办发", "370200"),
        ("青政〔2020〕1号", "630000"),
        ("渝北府发〔2022〕5号", "500112"),
        ("石柱府办发", "500240"),
        ("黔南府发", "522700"),
        ("新安监〔2015〕2号", "650000"),
        ("宁政发〔2020〕1号", None),
        ("国办发〔2020〕1号", None),
        ("〔2020〕1号", None),
        ("", None),
    ],
)
def test_the_letters_of_a_document_number_name_a_place(
    places: Places, number: str, expected: str | None
) -> None:
    assert code(places.number_prefix(number)) == expected


def test_shared_letters_of_a_document_number_need_a_context(places: Places) -> None:
    assert code(places.number_prefix("宁政发〔2020〕1号", {"640000"})) == "640000"
    assert code(places.number_prefix("宁政发〔2020〕1号", {"320000"})) == "320100"
    assert places.number_prefix("宁政发〔2020〕1号", {"110000"}) is None


@pytest.mark.parametrize(
    ("publisher", "expected"),
    [
        ("重庆日报", "500000"),
        ("南方日报", "440000"),
        ("澎湃新闻", "310000"),
        ("绵阳晚报", "510700"),
        ("江油市融媒体中心", "510781"),
        ("新华社", None),
        ("朝阳日报", None),
        ("某某日报", None),
    ],
)
def test_a_publisher_has_a_home(places: Places, publisher: str, expected: str | None) -> None:
    assert code(places.publisher(publisher)) == expected


@pytest.mark.parametrize(
    ("word", "home", "expected"),
    [
        ("我市", "500000", "500000"),
        ("我市", "500112", "500000"),
        ("我市", "510781", "510781"),
        ("我市", "510704", "510700"),
        ("我省", "510704", "510000"),
        ("我区", "510704", "510704"),
        ("我区", "450000", "450000"),
        ("全县", "500240", "500240"),
        ("我省", "500000", None),
        ("我县", "510700", None),
        ("我国", "510700", None),
        ("那里", "510700", None),
    ],
)
def test_a_deictic_word_means_the_nearest_fitting_place_around_its_speaker(
    places: Places, word: str, home: str, expected: str | None
) -> None:
    assert code(places.here(word, home)) == expected


def test_zones_and_countries_are_found_by_every_name(places: Places) -> None:
    zone = places.zone("长三角")
    assert zone and zone.name == "长江三角洲" and "310000" in zone.parents
    assert places.zone("东湖高新区") is not None
    assert places.zone("中国光谷") == places.zone("东湖高新区")
    country = places.zone("中华人民共和国")
    assert country and country.name == "中国" and country.kind == "country"
    assert places.zone("东湖") is None


def test_surfaces_come_once_and_in_order_with_their_safety(places: Places) -> None:
    surfaces = list(places.names())
    names = [s for s, _, _ in surfaces]
    assert names == sorted(set(names))
    assert len(names) > 7000
    safe = {s for s, safe, _ in surfaces if safe}
    assert {"綦江", "荣昌", "重庆", "成都", "西安", "和平区", "沛县", "法国", "长三角"} <= safe
    assert not safe & {"和平", "朝阳", "东方", "海港", "新华", "长安", "通道", "城区", "桥东"}
    assert not safe & {
        "河东",
        "南山",
        "白云",
        "龙华",
        "石柱",
        "新和",
        "于都",
        "中山",
        "川渝",
        "黑山",
    }
    levels = {s: level for s, _, level in surfaces}
    assert levels["吉林"] == "province" and levels["朝阳"] == "prefecture"
    assert levels["美国"] == "country" and levels["雄安新区"] == "zone"
    assert set(levels.values()) <= {*LEVELS}


def test_tables_are_read_once() -> None:
    ontology = load()
    assert Places.load(ontology) is Places.load(ontology)


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match=r"divisions\.tsv"):
        Places.load(replace(load(), folder=tmp_path))
