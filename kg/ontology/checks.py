"""An ontology in, an error out where its pages do not fit each other.

Each page has been read by itself before: here ends of relations must be classes, prefixes must be
declared, names and rules must be there once. The error names the file, the term and the way out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from kg.base.errors import OntologyError, did_you_mean
from kg.ontology.forms import expect
from kg.ontology.pages import Attribute, Klass, Ontology, Relation, rules

DATATYPES = ("decimal", "integer", "date", "gYearMonth", "gYear", "gMonthDay", "string")
IDENTITIES = ("name", "place", "body", "relation")
ENDS = ("subject", "object")
# Each set of classes has a character of its own where rules match (kg.extract.coreference.mask).
MOST_CLASSES = 11
# The parts of an identity, each with the form of its value.
_IDENTITY = {
    "by": "text", "least": "whole", "own": "whole", "tail": "flag", "titled": "flag",
    "heads": "list", "relation": "text", "attribute": "text", "issued": "text",
}  # fmt: skip


def check(ontology: Ontology) -> None:
    """Check the pages of an ontology against each other.

    Raises:
        OntologyError: If one does not fit the others: file, term and way out are named.
    """
    classes = ontology.classes
    if len(classes) > MOST_CLASSES:
        last = [*classes.values()][MOST_CLASSES]
        raise OntologyError(
            f"{last.file}: {last.name} is one class too many: {len(classes)} have pages, at most "
            f"{MOST_CLASSES} can; take pages away, or tell kinds apart by the subtype of a rule"
        )
    for klass in classes.values():
        _check_class(klass)
        if klass.identified_by not in IDENTITIES:
            raise OntologyError(
                f"{klass.file}: identity: {klass.identified_by} is no way to tell things apart; "
                f"{did_you_mean(klass.identified_by, IDENTITIES)}"
            )
        if not re.fullmatch(r"#[0-9a-fA-F]{6}", klass.colour):
            raise OntologyError(f"{klass.file}: colour {klass.colour!r} is not of the form #rrggbb")
    _check_ends(ontology)
    for relation in ontology.relations.values():
        _check_places(relation)
    for attribute in ontology.attributes.values():
        for datatype in attribute.datatypes:
            if datatype not in DATATYPES:
                way_out = did_you_mean(datatype, DATATYPES)
                raise OntologyError(f"{attribute.file}: {datatype} is no datatype; {way_out}")
    _check_names(ontology)
    _check_rules(ontology)
    _check_largest(ontology)


def _check_ends(ontology: Ontology) -> None:
    pages: list[Relation | Attribute] = [*ontology.relations.values()]
    pages += ontology.attributes.values()
    for page in pages:
        ends = page.domain + (page.range if isinstance(page, Relation) else ())
        for end in ends:
            if end not in ontology.classes:
                way_out = did_you_mean(end, ontology.classes)
                raise OntologyError(f"{page.file}: {end} is no class of this ontology; {way_out}")


def _check_class(klass: Klass) -> None:
    for name, value in klass.identity.items():
        if name not in _IDENTITY:
            way_out = did_you_mean(str(name), _IDENTITY)
            raise OntologyError(f"{klass.file}: identity: {name} is no part of it; {way_out}")
        expect(value, _IDENTITY[name], f"{klass.file}: identity: {name}")
    if klass.identified_by == "relation" and "relation" not in klass.identity:
        raise OntologyError(f"{klass.file}: identity: add the relation, such as 'relation: …'")
    for name, words in klass.anaphora.items():
        expect(words, "list", f"{klass.file}: anaphora: {name}")
    for name, label in klass.subtypes.items():
        expect(label, "texts", f"{klass.file}: subtypes: {name}")


def _check_largest(ontology: Ontology) -> None:
    largest, file = ontology.largest, ontology.folder / "ontology.yaml"
    if largest is None:
        return
    groups: list[tuple[tuple[str, ...], Iterable[str]]] = [
        ((largest.klass,), ontology.classes),
        ((largest.attribute,), ontology.attributes),
        (largest.by, ontology.relations),
    ]
    for name, pages in ((name, pages) for names, pages in groups for name in names):
        if name not in pages:
            raise OntologyError(f"{file}: largest: {name} has no page; {did_you_mean(name, pages)}")


def _check_places(relation: Relation) -> None:
    if relation.places and relation.places not in ENDS:
        way_out = did_you_mean(relation.places, ENDS)
        raise OntologyError(f"{relation.file}: places: {relation.places} is no end; {way_out}")


def _check_names(ontology: Ontology) -> None:
    seen: dict[str, str] = {}
    groups: list[dict[str, Any]] = [ontology.classes, ontology.relations, ontology.attributes]
    for page in (p for group in groups for p in group.values()):
        if page.name in seen:
            raise OntologyError(f"{page.file}: {page.name} has a page already, {seen[page.name]}")
        seen[page.name] = page.file
        for curie in page.aligned:
            prefix = curie.partition(":")[0]
            if prefix not in ontology.prefixes:
                raise OntologyError(
                    f"{page.file}: the prefix of {curie} is not declared in ontology.yaml; "
                    f"{did_you_mean(prefix, ontology.prefixes)}"
                )


def _check_rules(ontology: Ontology) -> None:
    seen: dict[str, str] = {}
    for rule in rules(ontology):
        if rule.rule in seen:
            raise OntologyError(
                f"{rule.file}: rule {rule.rule} stands in {seen[rule.rule]} already"
            )
        seen[rule.rule] = rule.file
        if not 0 < rule.confidence <= 1:
            raise OntologyError(f"{rule.file}: {rule.rule}: confidence lies between 0 and 1")
        if rule.status and rule.status not in ontology.statuses:
            raise OntologyError(
                f"{rule.file}: {rule.rule}: {rule.status} is no status; "
                f"{did_you_mean(rule.status, ontology.statuses)}"
            )
