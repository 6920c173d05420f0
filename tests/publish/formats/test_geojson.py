"""GeoJSON holds to RFC 7946, has a point for all whose place is known, and counts the rest."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

import kg
from kg.base.records import Knowledge, Value
from kg.ontology import load
from kg.publish.derived.whereabouts import placed_classes
from kg.publish.export import export
from kg.publish.formats.geojson import GeoJson
from tests.conftest import kg as command
from tests.testing.graphs import builders as b
from tests.testing.graphs.breakers import hostile

if TYPE_CHECKING:
    from pathlib import Path

ONTOLOGY = load()
COLUMNS = (
    "iri", "name", "class", "subtype", "place", "otherPlaces", "point", "precision", "known",
    "investment", "output", "facts", "newest", "quote", "document", "source",
)  # fmt: skip


def collection(knowledge: Knowledge) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(b"".join(GeoJson(knowledge, ONTOLOGY).parts()))
    return found


def features(knowledge: Knowledge) -> dict[str, dict[str, Any]]:
    found = collection(knowledge)["features"]
    return {one["properties"]["name"]: one["properties"] for one in found}


def check(found: dict[str, Any]) -> None:
    """Section 3 of RFC 7946, as far as points need it."""
    assert found["type"] == "FeatureCollection"
    assert not {"coordinates", "geometries", "geometry", "properties"} & set(found)
    for feature in found["features"]:
        assert set(feature) == {"type", "id", "geometry", "properties"}
        assert feature["type"] == "Feature" and isinstance(feature["id"], str)
        assert feature["geometry"].keys() == {"type", "coordinates"}
        assert feature["geometry"]["type"] == "Point"
        longitude, latitude = feature["geometry"]["coordinates"]
        # China, so that nobody turns the two around.
        assert 73 < longitude < 136 and 3 < latitude < 54
        properties = feature["properties"]
        assert tuple(properties) == COLUMNS
        assert properties["precision"] in ("county", "prefecture", "province")
        assert properties["known"] in ("itself", "stated", "named", "belonging")
        assert all(isinstance(v, str | int | float | None) for v in properties.values())
    ids = [feature["id"] for feature in found["features"]]
    assert ids == sorted(set(ids))


def test_each_thing_whose_place_is_known_is_a_feature_and_the_others_are_counted() -> None:
    knowledge = b.knowledge()
    found = collection(knowledge)
    check(found)
    names = [feature["properties"]["name"] for feature in found["features"]]
    assert set(names) == {"重庆市", "北碚区", "传感器产业园项目", "重庆市传感器产业发展规划"}
    asked = [e for e in knowledge.entities if e.type in {*placed_classes(ONTOLOGY), "District"}]
    left = Counter(e.type for e in asked if e.name not in names)
    assert found["leftOut"] == dict(sorted(left.items()))
    assert "Person" not in left
    assert "GeoNames" in found["attribution"] and "CC BY 4.0" in found["attribution"]


def test_a_feature_tells_its_place_its_sums_and_the_statement_of_its_place() -> None:
    project = features(b.knowledge())["传感器产业园项目"]
    assert project["iri"] == b.PROJECT.id
    assert (project["class"], project["place"], project["point"]) == ("Project", "北碚区", "北碚区")
    assert (project["precision"], project["known"]) == ("county", "stated")
    assert (project["quote"], project["document"]) == ("项目落户北碚区", "n01.txt")
    assert project["investment"] in (3_000_000_000, 5_000_000_000) and project["output"] is None
    about = [f for f in b.knowledge().facts if b.PROJECT.id in (f.subject, f.object)]
    assert project["facts"] == sum(bool(f.quote) for f in about)
    assert project["newest"] == "2020-11-18"


def test_reference_data_is_named_where_it_puts_a_place_somewhere() -> None:
    district = features(b.knowledge())["北碚区"]
    assert district["source"] == "GB/T 2260, end of 2024" and district["quote"] == ""
    assert district["known"] == "itself"


@pytest.mark.parametrize(
    ("told", "want"),
    [
        ([("1000000000", 0.9, ""), ("2000000000", 0.6, "")], 1_000_000_000),
        ([("1000000000", 0.9, "cancelled"), ("2000000000", 0.6, "")], 2_000_000_000),
        ([("1.5", 0.9, "")], 1.5),
        ([], None),
    ],
)
def test_a_sum_is_what_the_surest_claim_says_that_is_not_cancelled(
    told: list[tuple[str, float, str]], want: float | None
) -> None:
    here = b.fact(b.PROJECT, "locatedIn", b.DISTRICT, "项目落户北碚区")
    sums = [
        b.fact(b.PROJECT, "investment", Value(v, "decimal"), "签约", confidence=c, status=status)
        for v, c, status in told
    ]
    whole = Knowledge((b.source(),), (b.PROJECT, b.DISTRICT), (here, *sums))
    assert features(whole)["传感器产业园项目"]["investment"] == want


def test_names_that_break_formats_come_back() -> None:
    whole = hostile()
    places = tuple(
        b.fact(e, "locatedIn", b.CITY, document=whole.sources[0])
        for e in whole.entities
        if e.type == "Organisation"
    )
    entities = (*whole.entities, b.CITY)
    found = collection(Knowledge(whole.sources, entities, (*whole.facts, *places)))
    check(found)
    assert len(found["features"]) >= len(places) > 100


def test_a_line_is_a_feature() -> None:
    lines = b"".join(GeoJson(b.knowledge(), ONTOLOGY).parts()).decode().splitlines()
    assert lines[2] == '"features": [' and lines[-2] == "],"
    assert all(json.loads(line.rstrip(","))["type"] == "Feature" for line in lines[3:-2])


def test_an_empty_graph_is_a_collection_of_nothing() -> None:
    found = collection(Knowledge())
    check(found)
    assert found["features"] == [] and found["leftOut"] == {}


def test_the_command_writes_the_file_and_says_what_is_not_in_it(tmp_path: Path) -> None:
    folder, file = b.built(tmp_path / "g"), tmp_path / "points.geojson"
    done = command("export", "-d", folder, "geojson", "-o", file)
    assert (done.returncode, done.stdout) == (0, b"")
    with kg.open(folder) as graph:
        assert file.read_bytes() == export(graph, "geojson")
    left = json.loads(file.read_bytes())["leftOut"]
    said = done.stderr.decode()
    assert said.startswith(f"{sum(left.values())} things without a point")
    assert dict(re.findall(r"([A-Z]\w+) (\d+)", said)) == {k: str(v) for k, v in left.items()}
    assert command("export", "-d", folder, "geojson").stdout == file.read_bytes()
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []
