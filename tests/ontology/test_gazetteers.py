"""The tables of ``ontology/`` are whole, agree with each other and say where they come from."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from kg.ontology import load
from kg.ontology.divisions import coordinates
from tests.testing.making.coordinates import SEATS, distance
from tests.testing.making.divisions import (
    NAMES_AS_WORDS,
    READ_AS_PLACES,
    READ_AS_WORDS,
    forms,
    level,
)

FOLDER = load().folder / "gazetteers"
OURS = [
    "abbreviations",
    "cities",
    "coordinates",
    "countries",
    "divisions",
    "divisions_former",
    "organisations",
    "publishers",
    "systems",
    "zones",
]


def table(name: str) -> list[dict[str, str]]:
    return load().table(name)


def several(cell: str) -> list[str]:
    return cell.split("|") if cell else []


@pytest.fixture(scope="module")
def codes() -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in table("divisions")}


@pytest.mark.parametrize("name", OURS)
def test_a_table_has_its_source_in_its_head_and_in_the_list(name: str) -> None:
    text = (FOLDER / f"{name}.tsv").read_text(encoding="utf-8")
    assert text.startswith("# ") and "SOURCES.md" in text.partition("\n\n")[0][:1500]
    assert f"`{name}.tsv`" in (FOLDER / "SOURCES.md").read_text(encoding="utf-8")
    assert text.endswith("\n") and "\r" not in text and "\ufeff" not in text


@pytest.mark.parametrize("name", OURS)
def test_rows_of_a_table_have_every_cell_and_no_stray_sign(name: str) -> None:
    lines = (FOLDER / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    assert {len(row) for row in rows} == {len(rows[0])}
    for row in rows[1:]:
        assert all(cell == cell.strip() for cell in row)
        assert all(several(cell) == list(dict.fromkeys(several(cell))) for cell in row)
        assert not any("||" in c or c.startswith("|") or c.endswith("|") or "=" in c for c in row)


def test_divisions_are_all_there(codes: dict[str, dict[str, str]]) -> None:
    counted = [row["level"] for row in codes.values()]
    assert len(counted) == 3216
    assert [counted.count(x) for x in ("province", "prefecture", "county")] == [34, 333, 2849]
    assert list(codes) == sorted(codes)


def test_every_division_stands_below_the_right_parent(codes: dict[str, dict[str, str]]) -> None:
    for code, row in codes.items():
        assert re.fullmatch(r"\d{6}", code) and row["level"] == level(code)
        if row["level"] == "province":
            assert row["parent"] == ""
        else:
            parent = codes[row["parent"]]
            assert code.startswith(parent["code"].rstrip("0"))
            assert (parent["level"], row["level"]) != ("county", "county")


def test_short_forms_follow_the_rule_that_made_them(codes: dict[str, dict[str, str]]) -> None:
    for row in codes.values():
        usual, short = forms(row["name"])
        assert row["short"] == short
        assert row["usual"] == usual or len(row["usual"]) == 2 or row["usual"] == "中沙群岛"
        assert row["safe"] in {"short", "name", "no"} and (row["safe"] != "short" or short)


def test_no_county_that_shares_its_bare_name_with_another_is_safe() -> None:
    counties = [row for row in table("divisions") if row["level"] == "county" and row["short"]]
    names = [row["short"] for row in counties]
    shared = {n for n in names if names.count(n) > 1}
    assert {"鼓楼", "铁西", "朝阳", "城关"} <= shared
    assert not [row for row in counties if row["short"] in shared and row["safe"] == "short"]


def test_reviewed_words_are_real_names_and_took_effect() -> None:
    rows = table("divisions")
    safe = {row["short"] for row in rows if row["safe"] == "short"}
    shorts = {row["short"] for row in rows}
    assert not READ_AS_PLACES & READ_AS_WORDS
    assert shorts >= READ_AS_WORDS
    assert safe >= READ_AS_PLACES and not safe & READ_AS_WORDS
    assert {row["name"] for row in rows} >= NAMES_AS_WORDS


def test_former_names_lead_to_divisions_of_today(codes: dict[str, dict[str, str]]) -> None:
    rows = table("divisions_former")
    assert len(rows) > 250
    for row in rows:
        assert row["code"] in codes, row
        assert row["name"] != codes[row["code"]]["name"]
        assert 2000 <= int(row["year"]) <= 2024
        assert row["level"] in {"prefecture", "county"} and row["safe"] in {"short", "name", "no"}
    now = {row["name"]: codes[row["code"]]["name"] for row in rows}
    assert now["綦江县"] == "綦江区" and now["开县"] == "开州区" and now["监利县"] == "监利市"
    assert now["襄樊市"] == "襄阳市" and now["思茅市"] == "普洱市" and now["崇文区"] == "东城区"


def test_codes_of_the_other_tables_exist(codes: dict[str, dict[str, str]]) -> None:
    used = [row["code"] for row in table("abbreviations")]
    used += [code for row in table("zones") for code in several(row["parents"])]
    used += [row["place"] for row in table("publishers") if row["place"]]
    assert len(used) > 600
    assert not [code for code in used if code not in codes]


# South, north, west and east of each province, in degrees, by the first two digits of its code.
BOXES = {
    "11": (39.4, 41.1, 115.4, 117.6), "12": (38.5, 40.3, 116.7, 118.1),
    "13": (36.0, 42.7, 113.4, 119.9), "14": (34.5, 40.8, 110.2, 114.6),
    "15": (37.4, 53.4, 97.1, 126.1), "21": (38.7, 43.5, 118.8, 125.8),
    "22": (40.8, 46.4, 121.6, 131.4), "23": (43.4, 53.6, 121.1, 135.1),
    "31": (30.6, 31.9, 120.8, 122.3), "32": (30.7, 35.2, 116.3, 122.0),
    "33": (27.0, 31.2, 118.0, 123.0), "34": (29.3, 34.7, 114.8, 119.7),
    "35": (23.5, 28.4, 115.8, 120.8), "36": (24.4, 30.1, 113.5, 118.5),
    "37": (34.3, 38.5, 114.7, 122.8), "41": (31.3, 36.4, 110.3, 116.7),
    "42": (29.0, 33.3, 108.3, 116.2), "43": (24.6, 30.2, 108.7, 114.3),
    "44": (20.2, 25.6, 109.6, 117.4), "45": (20.9, 26.4, 104.4, 112.1),
    "46": (3.8, 20.2, 108.6, 119.0), "50": (28.1, 32.3, 105.2, 110.2),
    "51": (26.0, 34.4, 97.3, 108.6), "52": (24.6, 29.3, 103.6, 109.6),
    "53": (21.1, 29.3, 97.5, 106.3), "54": (26.8, 36.6, 78.3, 99.2),
    "61": (31.7, 39.6, 105.4, 111.3), "62": (32.5, 42.9, 92.3, 108.8),
    "63": (31.6, 39.3, 89.4, 103.1), "64": (35.2, 39.4, 104.2, 107.7),
    "65": (34.3, 49.2, 73.4, 96.5), "71": (21.8, 25.4, 119.2, 122.1),
    "81": (22.1, 22.6, 113.8, 114.5), "82": (22.1, 22.3, 113.5, 113.7),
}  # fmt: skip


def test_every_province_and_prefecture_has_coordinates_and_most_counties(
    codes: dict[str, dict[str, str]],
) -> None:
    rows = table("coordinates")
    found = [row["code"] for row in rows]
    assert found == sorted(set(found)) and set(found) <= codes.keys()
    levels = [codes[code]["level"] for code in found]
    assert [levels.count(x) for x in ("province", "prefecture")] == [34, 333]
    assert levels.count("county") >= 2000
    for row in rows:
        assert re.fullmatch(r"\d+\.\d\d", row["latitude"]), row
        assert re.fullmatch(r"\d+\.\d\d", row["longitude"]), row
        assert row["geoname"].isdecimal(), row


def test_coordinates_lie_in_their_province_and_near_the_seat_above(
    codes: dict[str, dict[str, str]],
) -> None:
    points = coordinates(load())
    for code, (latitude, longitude) in points.items():
        south, north, west, east = BOXES[code[:2]]
        assert south <= latitude <= north and west <= longitude <= east, codes[code]
        parent = codes[code]["parent"]
        if parent and codes[parent]["level"] == "prefecture":
            # 额济纳旗 is the furthest from its seat.
            assert distance(points[code], points[parent]) < 550, codes[code]


def test_a_point_is_that_of_one_division_or_of_a_seat_and_what_it_is_the_seat_of(
    codes: dict[str, dict[str, str]],
) -> None:
    towns: dict[str, list[str]] = {}
    for row in table("coordinates"):
        towns.setdefault(row["geoname"], []).append(row["code"])
    for shared in towns.values():
        outer, *inner = shared
        chains = {codes[code]["parent"] for code in inner} | {
            codes[codes[code]["parent"]]["parent"] for code in inner if codes[code]["parent"]
        }
        assert not inner or outer in chains, shared
        assert len({codes[code]["level"] for code in shared}) == len(shared)
    whole = {row["code"]: row["geoname"] for row in table("coordinates")}
    assert all(whole[seat] == whole[of] for of, seat in SEATS.items())


def test_well_known_places_lie_where_they_are() -> None:
    points = coordinates(load())
    for code, known in {
        "110000": (39.90, 116.41), "310000": (31.23, 121.47), "500000": (29.56, 106.55),
        "440300": (22.55, 114.07), "510100": (30.66, 104.07), "650100": (43.83, 87.62),
        "320583": (31.38, 120.95), "330782": (29.31, 120.07), "230700": (47.73, 128.84),
        "810000": (22.28, 114.16), "710000": (25.04, 121.56), "513400": (27.90, 102.26),
    }.items():  # fmt: skip
        assert distance(points[code], known) < 10, (code, points[code])


def test_every_province_has_a_sign_and_a_document_letter() -> None:
    rows = table("abbreviations")
    provinces = {row["code"] for row in table("divisions") if row["level"] == "province"}
    for use, missing in (
        ("name", {"150000", "220000", "230000", "630000", "650000"}),
        ("number", {"710000", "810000", "820000"}),
    ):
        signs = {row["code"] for row in rows if row["use"] == use}
        assert provinces - signs == missing


def test_zones_hold_the_national_new_areas() -> None:
    areas = {row["name"] for row in table("zones") if row["kind"] == "new area"}
    coded = {row["name"] for row in table("divisions")} & {"浦东新区", "滨海新区"}
    assert len(areas) + len(coded) == 19


def test_countries_are_about_two_hundred_and_each_on_a_continent() -> None:
    rows = table("countries")
    continents = {row["name"] for row in rows if row["kind"] == "continent"}
    countries = [row for row in rows if row["kind"] == "country"]
    assert len(continents) == 7 and 190 <= len(countries) <= 200
    assert {row["continent"] for row in countries} == continents - {"南极洲"}


def test_cities_abroad_lie_in_a_country_of_the_table() -> None:
    countries = {row["name"] for row in table("countries") if row["kind"] == "country"}
    rows = table("cities")
    assert len(rows) > 250 and {row["country"] for row in rows} < countries


@pytest.mark.parametrize("name", ["organisations", "publishers", "zones", "countries", "cities"])
def test_no_name_belongs_to_two_rows(name: str) -> None:
    names: list[str] = []
    for row in table(name):
        names += {row["name"], *several(row.get("full", "")), *several(row["aliases"])}
    assert not sorted({n for n in names if names.count(n) > 1})


def test_organisations_say_which_names_are_safe() -> None:
    rows = {row["name"]: row for row in table("organisations")}
    assert len(rows) > 900
    kinds = {"government", "party", "company", "university", "institute", "media", "hospital"}
    for row in rows.values():
        assert row["subtype"] in kinds | {"alliance", "finance"}
        assert set(several(row["safe_aliases"])) <= set(several(row["aliases"]))
    assert "北大" not in rows["北京大学"]["safe_aliases"]
    assert "国家发改委" in rows["国家发展和改革委员会"]["safe_aliases"]
    assert "门" in rows["教育部"]["not_before"] and "生" in rows["重庆大学"]["not_before"]


def test_every_publisher_is_an_organisation() -> None:
    media = {row["name"] for row in table("organisations") if row["subtype"] == "media"}
    assert {row["name"] for row in table("publishers")} == media


def words(name: str) -> Any:
    return load().words[name]


def test_surnames_are_single_and_compound_and_unique() -> None:
    page = words("surnames")
    assert 440 <= len(page["single"]) <= 520 and {len(s) for s in page["single"]} == {1}
    for group in page.values():
        assert len(set(group)) == len(group)
    assert {"欧阳", "司马", "诸葛"} <= set(page["compound"])
    assert set(page["common"]) | set(page["words"]) <= set(page["single"])
    assert not set(page["common"]) & set(page["words"])


def test_positions_are_composed_of_prefix_and_base_longest_first() -> None:
    page = words("roles")
    bases = [word for group in page["groups"].values() for word in group]
    for group in (page["prefixes"], *page["groups"].values()):
        assert [len(w) for w in group] == sorted((len(w) for w in group), reverse=True)
    position = re.compile(f"(?:{'|'.join(page['prefixes'])})*(?:{'|'.join(bases)})")
    for text in ("常务副市长", "执行董事长", "副总经理", "首席记者", "第一书记"):
        assert position.fullmatch(text), text
    assert set(page["weak"]) <= set(bases) and not position.fullmatch("张伟")


def test_suffixes_of_places_are_longest_first_and_each_full_form_stands_once() -> None:
    page = words("places")
    full = [entry["full"] for entry in page["functional"]]
    assert len(set(full)) == len(full)
    assert [len(s) for s in full] == sorted((len(s) for s in full), reverse=True)
    short = {s: e["full"] for e in reversed(page["functional"]) for s in e["short"]}
    assert short["高新区"] == "高新技术产业开发区" and short["经开区"] == "经济技术开发区"
    for suffixes in page["administrative"].values():
        assert [len(s) for s in suffixes] == sorted((len(s) for s in suffixes), reverse=True)


def test_pages_read_the_same_with_and_without_the_loader_in_c() -> None:
    pages = sorted(load().folder.rglob("*.yaml"))
    assert len(pages) > 40
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert yaml.load(text, yaml.SafeLoader) == yaml.load(text, yaml.CSafeLoader), page.name


def test_no_page_names_a_path_of_this_machine() -> None:
    for path in [*FOLDER.iterdir(), *(FOLDER.parent / "words").glob("*.yaml")]:
        assert str(Path.home()) not in path.read_text(encoding="utf-8")
