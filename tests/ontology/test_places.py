"""What a name of a place means, with and without the places around it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg.base.errors import OntologyError
from kg.ontology import load
from kg.ontology.divisions import LEVELS
from kg.ontology.places import Places


@pytest.fixture(scope="module")
def places() -> Places:
    return Places.load(load())


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
