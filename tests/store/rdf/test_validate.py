"""What breaks a shape is named; what breaks none is left in peace."""

from __future__ import annotations

import dataclasses
import random
from typing import TYPE_CHECKING, Any

import pytest
import rdflib
from rdflib.namespace import RDFS, SH

from kg.base.records import Fact, Knowledge, Value
from kg.ontology import load
from kg.store.rdf.prefilter import suspects
from kg.store.rdf.rows import XSD, Rows, rows
from kg.store.rdf.triples import triples
from kg.store.rdf.turtle import term, turtle
from kg.store.rdf.validate import validate
from kg.store.rdf.vocabulary import shapes_graph
from tests.testing.graphs import builders as b

if TYPE_CHECKING:
    from pathlib import Path

ONTOLOGY = load()


def with_fact(fact: Fact) -> Knowledge:
    return dataclasses.replace(b.knowledge(), facts=(fact,))


def test_a_good_graph_conforms_as_records_as_rdf_and_from_the_store(tmp_path: Path) -> None:
    from kg.store.folder import Store

    assert validate(b.knowledge(), ONTOLOGY) == []
    wrong = {violation.message for violation in validate(b.hostile(), ONTOLOGY)}
    assert wrong == {"the subject of role is Person", "the member of a post is Person"}
    data = turtle(triples(b.knowledge(), ONTOLOGY), ONTOLOGY.prefixes)
    assert validate(rdflib.Graph().parse(data=data, format="turtle"), ONTOLOGY) == []
    with Store.open(b.built(tmp_path)) as store:
        assert validate(store.dataset(), ONTOLOGY) == []


PREFIXES = "".join(f"@prefix {p}: <{space}> .\n" for p, space in ONTOLOGY.prefixes.items())
SIGNS = b.fact(b.COMPANY, "signs", b.PROJECT, "签约")


@pytest.mark.parametrize(
    ("fact", "shape", "words"),
    [
        (b.fact(b.PERSON, "signs", b.PROJECT, "签约"), "signs-subject", "Organisation or District"),
        (b.fact(b.COMPANY, "signs", b.PERSON, "签约"), "signs-object", "Project or Policy"),
        (b.fact(b.DISTRICT, "partOf", b.COMPANY, "签约"), "partOf-subjectShape", "one class"),
        (b.fact(b.PROJECT, "investment", Value("many"), "签约"), "investment", "decimal"),
        (b.fact(b.PROJECT, "date", Value("soon"), "签约"), "date", "gMonthDay"),
        (b.fact(b.PERSON, "output", Value("1", "decimal"), "签约"), "output-subject", "Project"),
        (dataclasses.replace(SIGNS, confidence=1.5), "ClaimShape-confidence", "between 0 and 1"),
        (dataclasses.replace(SIGNS, confidence=-0.5), "ClaimShape-confidence", "between 0 and 1"),
        (dataclasses.replace(SIGNS, status="hoped"), "ClaimShape-status", "one of proposed"),
        (dataclasses.replace(SIGNS, rule=""), "ClaimShape-rule", "rule"),
        (dataclasses.replace(SIGNS, document="", quote=""), "ClaimShape-evidence", "evidence"),
        (dataclasses.replace(SIGNS, start=9, end=3), "PositionShape-start", "start and an end"),
    ],
)  # fmt: skip
def test_each_wrong_fact_breaks_the_shape_that_says_so(fact: Fact, shape: str, words: str) -> None:
    found = [v for v in validate(with_fact(fact), ONTOLOGY) if v.shape.startswith(shape)]
    assert found
    assert words in found[0].message


@pytest.mark.parametrize(
    ("change", "shape"),
    [({"name": ""}, "ProjectShape-label"), ({"mentions": -1}, "ProjectShape-mentions")],
)
def test_each_wrong_entity_breaks_the_shape_that_says_so(
    change: dict[str, Any], shape: str
) -> None:
    wrong = dataclasses.replace(b.PROJECT, **change)
    found = validate(Knowledge(entities=(wrong,)), ONTOLOGY)
    assert [(v.node, v.shape) for v in found] == [(b.PROJECT.id, shape)]


def test_an_entity_that_was_imported_needs_no_mentions() -> None:
    data = f'{PREFIXES}<http://example.org/a> a kg:Person ; rdfs:label "甲"@zh .'
    assert validate(rdflib.Graph().parse(data=data, format="turtle"), ONTOLOGY) == []
    twice = f"{data} <http://example.org/a> kg:mentions 1, 2 ."
    (found,) = validate(rdflib.Graph().parse(data=twice, format="turtle"), ONTOLOGY)
    assert found.shape == "PersonShape-mentions"


def test_two_classes_or_two_labels_on_one_entity_are_found() -> None:
    data = turtle(triples(b.knowledge(), ONTOLOGY), ONTOLOGY.prefixes).decode()
    data += f'<{b.PERSON.id}> a kg:District ; rdfs:label "别名"@zh .'
    found = validate(rdflib.Graph().parse(data=data, format="turtle"), ONTOLOGY)
    assert {"PersonShape-type", "PersonShape-label"} <= {v.shape for v in found}


def test_a_violation_is_told_in_the_names_of_things() -> None:
    fact = b.fact(b.PERSON, "signs", b.PROJECT, "签约", confidence=2.0)
    found = {v.shape: str(v) for v in validate(with_fact(fact), ONTOLOGY)}
    assert "于海 signs 传感器产业园项目" in found["ClaimShape-confidence"]
    assert "not '2'" in found["ClaimShape-confidence"]
    assert "于海" in found["signs-subjectShape-type"]


def _damaged(chance: random.Random, found: Rows) -> Rows:
    """Rows of which some are missing, some said twice in other words, some of another kind."""
    typed = (("many", "decimal"), ("-1", "integer"), ("01", "integer"), ("2024", "gYear"),
             ("2024-02-30", "date"), ("--02-29", "gMonthDay"))  # fmt: skip
    odd = ['"甲"', '"甲"@en', '""@zh', '"7"', "<http://example.org/x>", "_:b"]
    odd += [f"<{b.PERSON.id}>", f"<{ONTOLOGY.namespace}Person>"]
    odd += [f'"{lexical}"^^<{XSD}{kind}>' for lexical, kind in typed]
    out = list(found)
    for _ in range(8):
        at = chance.randrange(len(out))
        subject, predicate, value = out[at]
        wrong = chance.choice((*odd, chance.choice(out)[2]))
        match chance.randrange(4):
            case 0:
                del out[at]
            case 1:
                out[at] = (subject, predicate, wrong)
            case 2:
                out.append((subject, predicate, wrong))
            case 3:
                out.append((subject, chance.choice(out)[1], value))
    return Rows(dict.fromkeys(out))


@pytest.mark.parametrize("seed", range(12))
def test_what_is_cleared_would_have_been_found_right(seed: int) -> None:
    """Every node of a damaged graph is judged as pySHACL judges the graph as a whole."""
    chance = random.Random(seed)
    whole = rows(triples(b.knowledge() if seed % 2 else b.hostile(), ONTOLOGY))
    damaged = _damaged(chance, whole)
    graph = rdflib.Graph()
    for quad in damaged.quads():
        graph.add((term(quad.subject), term(quad.predicate), term(quad.object)))
    found = validate(damaged, ONTOLOGY)
    assert found == validate(graph, ONTOLOGY)
    assert found


def test_a_good_graph_is_cleared_as_a_whole() -> None:
    assert suspects(rows(triples(b.knowledge(), ONTOLOGY)), shapes_graph(ONTOLOGY)) == set()


def test_what_no_test_knows_is_left_to_pyshacl() -> None:
    found, shapes = rows(triples(b.knowledge(), ONTOLOGY)), shapes_graph(ONTOLOGY)
    shapes.add((next(shapes.subjects(SH.path)), SH.pattern, rdflib.Literal("x")))
    assert suspects(found, shapes) is None
    below = (f"<{ONTOLOGY.namespace}Sub>", f"<{RDFS.subClassOf}>", f"<{ONTOLOGY.namespace}Person>")
    assert suspects(Rows([*found, below]), shapes_graph(ONTOLOGY)) is None


def test_the_order_of_violations_is_always_the_same() -> None:
    facts = [
        b.fact(b.PERSON, "signs", b.PROJECT, "签约", confidence=2.0, rule=r) for r in ("", "x")
    ]
    facts.append(b.fact(b.COMPANY, "signs", b.PERSON, "签约"))
    whole = dataclasses.replace(b.knowledge(), facts=tuple(facts))
    found = validate(whole, ONTOLOGY)
    assert found == sorted(found)
    assert found == validate(whole, ONTOLOGY)
