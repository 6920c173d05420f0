"""Places with codes, and zones, in; the places that hold them, from reference data, out."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from kg.base.records import Entity, Fact
from kg.corpus.entity_merging import EntityEvidence, digest, entity_iri
from kg.ontology import Ontology
from kg.ontology.places import Places

ZONES = "ontology/gazetteers/zones.tsv"
TABLE = "https://www.mca.gov.cn/mzsj/xzqh/2025/202401xzqh.html"


def background(
    coded: Collection[tuple[str, str]], ontology: Ontology, base: str
) -> Iterator[tuple[Entity, Fact]]:
    """For every place with a code, the places that hold it, from the table of divisions.

    Args:
        coded: The class and the code of each place, in any order.
        ontology: Its folder holds the table.
        base: What the IRIs begin with.
    """
    places = Places.load(ontology)
    for type_, code in sorted(coded):
        child = code
        for parent in places.ancestors(code):
            iri, subject = (entity_iri(base, type_, "", one) for one in (parent.code, child))
            rule = "reference.division"
            entity = place(type_, parent.code, ontology, base)
            yield entity, _within(base, subject, iri, rule, TABLE, TABLE, 1.0)
            child = parent.code


def zones(
    iri: str, gathered: EntityEvidence, ontology: Ontology, base: str
) -> Iterator[tuple[Entity, Fact]]:
    """For a zone without a code, the divisions that the table of zones or its name gives."""
    klass = ontology.classes.get(gathered.type)
    if klass is None or klass.identified_by != "place":
        return
    if gathered.code or not {"zone", "park"} & set(gathered.subtypes):
        return
    places = Places.load(ontology)
    for code, rule in _holders(gathered.name, places):
        if places.by_code(code) is None:
            continue
        entity = place(gathered.type, code, ontology, base)
        source = ZONES if rule == "reference.zone" else TABLE
        yield entity, _within(base, iri, entity.id, rule, rule, source, 0.9)


def place(type_: str, code: str, ontology: Ontology, base: str) -> Entity:
    """The place of a code as the table of divisions has it, which no document need name.

    >>> from kg.ontology import load
    >>> place("District", "210106", load(), "https://example.org/").name
    '铁西区'
    """
    division = Places.load(ontology).by_code(code)
    assert division is not None, f"{code} is no code of the table"
    iri = entity_iri(base, type_, "", code)
    return Entity(iri, type_, division.name, division.level, code=code, background=TABLE)


def _within(
    base: str, subject: str, object_: str, rule: str, why: str, source: str, confidence: float
) -> Fact:
    id_ = digest(subject, "partOf", object_, why, size=20)
    return Fact(
        f"{base}claim/{id_}", subject, "partOf", object_, None, "", 0, 0, "", "", confidence, rule,
        source=source,
    )  # fmt: skip


def _holders(name: str, places: Places) -> list[tuple[str, str]]:
    """The codes of the divisions that hold a zone, each with the rule that says so."""
    zone = places.zone(name)
    if zone is not None:
        return [(code, "reference.zone") for code in zone.parents]
    for size in range(min(8, len(name) - 2), 1, -1):
        readings = places.by_name(name[:size])
        # 成都高新区 lies in 成都; 凤凰科技园 need not lie in 凤凰县.
        sure = [r for r in readings if r.level != "county" or r.name == name[:size]]
        if len(readings) == 1 and sure:
            return [(readings[0].code, "reference.lead")]
    return []
