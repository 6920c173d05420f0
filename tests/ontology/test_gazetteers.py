"""The tables of ``ontology/`` are whole, agree with each other and say where they come from."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from kg.ontology import load
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
