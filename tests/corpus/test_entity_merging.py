"""What documents say of one thing: gathered apart and joined it is what it is together."""

from __future__ import annotations

import pickle
from itertools import permutations

from kg.base.records import LocalEntity, Merge, Span
from kg.corpus.background import TABLE, background, place, zones
from kg.corpus.entity_merging import EntityEvidence
from kg.ontology import load
from kg.run.spark.lines import things

ONTOLOGY, BASE = load(), "https://example.org/"
SAID = (
    LocalEntity("District", "望江新区", "k", "zone", ("望江",), (Span(0, 4), Span(9, 11))),
    LocalEntity("District", "望江新区", "k", "park", (), (Span(3, 7),)),
    LocalEntity("District", "望津新区", "k", "zone", (), (), (Merge("望津", "r", "w"),)),
)


def gathered(*numbers: int) -> EntityEvidence:
    found = EntityEvidence("District")
    for number in numbers:
        found.add(SAID[number], f"d{number}")
    return found


def test_the_order_and_the_grouping_make_no_difference() -> None:
    whole = gathered(0, 1, 2).entity("i")
    assert (whole.name, whole.subtype, whole.mentions) == ("望江新区", "zone", 3)
    for one, two, three in permutations(range(3)):
        assert gathered(one, two, three).entity("i") == whole
        first, second = gathered(one), gathered(two, three)
        second.join(first)
        assert second.entity("i") == whole


def test_what_travels_of_a_thing_does_not_grow_with_the_documents_that_name_it() -> None:
    sizes = []
    for many in (10, 1_000):
        whole = EntityEvidence("District")
        for number in range(many):
            whole.add(SAID[2], f"{number:020}")
        *lines, (kind, iri, _, body) = things({f"{BASE}i": whole}, ONTOLOGY, BASE)
        assert len(lines) == 7 * many, "each document tells why it takes a name for the thing"
        assert (kind, iri) == ("thing", f"{BASE}i")
        told = pickle.loads(body)
        assert (told.documents, told.merges) == (many, set())
        sizes.append(len(body))
    assert sizes[1] - sizes[0] < 10


def test_a_document_that_names_a_thing_twice_counts_once() -> None:
    whole = EntityEvidence("District")
    for number in (0, 1):
        whole.add(SAID[number], "d")
    assert whole.documents == 1
    assert [m.rule for m in whole.entity("i").merges] == []


def test_a_coded_place_lies_in_all_that_hold_it_and_a_county_in_its_city() -> None:
    pairs = list(background({("District", "210106")}, ONTOLOGY, BASE))
    assert [entity.name for entity, _ in pairs] == ["沈阳市", "辽宁省"]
    assert [fact.subject for _, fact in pairs] == [
        f"{BASE}district/210106", f"{BASE}district/210100",
    ]  # fmt: skip
    assert {fact.source for _, fact in pairs} == {TABLE}
    assert pairs[0][0] == place("District", "210100", ONTOLOGY, BASE)


def test_a_zone_lies_in_the_place_that_its_name_begins_with() -> None:
    zone = EntityEvidence("District")
    zone.add(LocalEntity("District", "成都望江新区", "k", "zone"), "d")
    assert [entity.name for entity, _ in zones("i", zone, ONTOLOGY, BASE)] == ["成都市"]
    zone.subtypes.clear()
    assert list(zones("i", zone, ONTOLOGY, BASE)) == []
