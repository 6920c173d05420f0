"""A thing has the point of the finest place that is known of it, and of no other."""

from __future__ import annotations

from dataclasses import replace

from kg.base.records import Entity, Fact, Knowledge
from kg.ontology import load
from kg.publish.derived.points import Located, Points
from tests.testing.graphs import builders as b

ONTOLOGY = load()
TEXT = "甲某项目落户北碚区，其中试线位于綦江区。乙某项目位于云湖镇。丙某公司是甲某公司的子公司。"
SAID = b.source(text=TEXT)
CITY = b.entity("District", "重庆市", code="500000")
COUNTY = b.entity("District", "綦江区", code="500110")
OTHER = b.entity("District", "北碚区", code="500109")
BARE = b.entity("District", "锦江区", code="510104")
TOWN = b.entity("District", "云湖镇")
COUNTRY = b.entity("District", "中国", subtype="country")
ZONE = b.entity("District", "两江新区", subtype="zone")
PROJECT = b.entity("Project", "甲某项目")
FIRM = b.entity("Organisation", "甲某公司")


def points(entities: tuple[Entity, ...], *facts: Fact) -> Points:
    return Points(Knowledge(entities=entities, facts=facts), ONTOLOGY)


def located(thing: Entity, *facts: Fact, among: tuple[Entity, ...] = ()) -> Located | None:
    return points((thing, *among), *facts).of(thing)


def at(thing: Entity, *facts: Fact, among: tuple[Entity, ...] = ()) -> tuple[str, str, str]:
    found = located(thing, *facts, among=among)
    assert found is not None
    return found.point.division, found.point.level, found.known


def test_a_division_has_its_own_point() -> None:
    found = located(COUNTY)
    assert found is not None and found.place == COUNTY.id
    assert (found.point.latitude, found.point.longitude) == (29.02, 106.65)
    assert at(COUNTY) == ("綦江区", "county", "itself")


def test_a_division_without_coordinates_has_those_of_the_one_above_it() -> None:
    assert at(BARE) == ("成都市", "prefecture", "itself")


def test_a_town_has_the_point_of_what_a_text_puts_it_in() -> None:
    lies = b.fact(TOWN, "partOf", COUNTY, "云湖镇", document=SAID)
    assert at(TOWN, lies, among=(COUNTY,)) == ("綦江区", "county", "itself")
    assert located(TOWN) is None


def test_a_zone_of_the_tables_has_the_point_of_the_one_division_it_lies_in() -> None:
    assert at(ZONE) == ("重庆市", "province", "itself")
    several = b.entity("District", "长株潭", subtype="region")
    assert located(several) is None


def test_a_country_has_none() -> None:
    assert located(COUNTRY) is None
    told = b.fact(PROJECT, "locatedIn", COUNTRY, "甲某项目", document=SAID)
    assert located(PROJECT, told, among=(COUNTRY,)) is None


def test_what_is_in_two_places_has_the_point_that_is_said_most_surely() -> None:
    sure = b.fact(PROJECT, "locatedIn", OTHER, "甲某项目落户北碚区", document=SAID)
    less = b.fact(PROJECT, "locatedIn", COUNTY, "位于綦江区", document=SAID, confidence=0.7)
    found = located(PROJECT, less, sure, among=(OTHER, COUNTY))
    assert found is not None and found.point.division == "北碚区"
    assert found.others == (COUNTY.id,)
    assert found.fact == sure


def test_a_place_within_another_that_is_told_too_is_the_one() -> None:
    wide = b.fact(PROJECT, "locatedIn", CITY, "甲某项目", document=SAID, confidence=1.0)
    fine = b.fact(PROJECT, "locatedIn", OTHER, "甲某项目落户北碚区", document=SAID)
    lies = b.fact(OTHER, "partOf", CITY, rule="codes", source="GB/T 2260")
    found = located(PROJECT, wide, fine, lies, among=(CITY, OTHER))
    assert found is not None and (found.place, found.others) == (OTHER.id, ())


def test_what_no_fact_places_is_where_its_name_or_what_it_belongs_to_is() -> None:
    bureau = b.entity("Organisation", "綦江区科技局")
    assert at(bureau, among=(COUNTY,)) == ("綦江区", "county", "named")
    part = b.entity("Organisation", "丙某公司")
    here = b.fact(FIRM, "locatedIn", COUNTY, "位于綦江区", document=SAID)
    of = b.fact(part, "partOf", FIRM, "丙某公司是甲某公司的子公司", document=SAID)
    found = located(part, of, here, among=(FIRM, COUNTY))
    assert found is not None and found.known == "belonging" and found.fact == of


def test_places_that_lie_in_each_other_end_somewhere() -> None:
    one, other = b.entity("District", "甲某镇"), b.entity("District", "乙某镇")
    facts = (
        b.fact(one, "partOf", other, "云湖镇", document=SAID),
        b.fact(other, "partOf", one, "云湖镇", document=SAID),
    )
    assert points((one, other), *facts).of(one) is None
    told = b.fact(PROJECT, "locatedIn", one, "甲某项目", document=SAID)
    assert points((one, other, PROJECT), *facts, told).of(PROJECT) is None


def test_the_order_of_facts_says_nothing() -> None:
    facts = [
        b.fact(PROJECT, "locatedIn", place, "甲某项目", document=SAID)
        for place in (OTHER, COUNTY, BARE)
    ]
    among = (OTHER, COUNTY, BARE)
    found = located(PROJECT, *facts, among=among)
    assert found == located(PROJECT, *reversed(facts), among=among[::-1])
    unquoted = [replace(fact, quote="", confidence=1.0) for fact in facts[:1]]
    found = located(PROJECT, *unquoted, facts[1], among=among)
    assert found is not None and found.place == COUNTY.id
