"""The ontology as RDF: complete, consistent for a reasoner, and documented."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
import warnings

import owlrl
import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SH, SKOS

from kg.base.errors import OntologyError
from kg.ontology import load
from kg.store.rdf.triples import triples
from kg.store.rdf.turtle import turtle
from kg.store.rdf.vocabulary import ontology_graph, reference, shapes_graph
from tests.testing.graphs import builders as b

ONTOLOGY = load()
KG = rdflib.Namespace(ONTOLOGY.namespace)
GRAPH = ontology_graph(ONTOLOGY)
TERMS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)


def errors(graph: rdflib.Graph) -> list[str]:
    """What an OWL RL reasoner finds wrong with a graph."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # Its improved datatypes would change how rdflib reads dates, for all tests behind.
        owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, improved_datatypes=False).expand(graph)
    return [str(o) for s, p, o in graph if str(p).endswith("#error")]


def with_data() -> rdflib.Graph:
    graph = ontology_graph(ONTOLOGY)
    data = turtle(triples(b.knowledge(), ONTOLOGY), ONTOLOGY.prefixes)
    return graph.parse(data=data, format="turtle")


def test_every_page_is_a_term_with_label_and_comment_in_both_languages() -> None:
    pages = [*ONTOLOGY.classes, *ONTOLOGY.relations, *ONTOLOGY.attributes]
    named = {
        t for kind in TERMS for t in GRAPH.subjects(RDF.type, kind) if isinstance(t, rdflib.URIRef)
    }
    assert {KG[p] for p in pages} < named
    for node in named:
        for predicate in (RDFS.label, RDFS.comment):
            assert {o.language for o in GRAPH.objects(node, predicate)} == {"zh", "en"}, node


def test_every_property_of_a_graph_is_declared() -> None:
    used = {t.predicate.value for t in triples(b.knowledge(), ONTOLOGY)}
    ours = {u for u in used if u.startswith(ONTOLOGY.namespace)}
    declared = {str(s) for kind in TERMS[1:] for s in GRAPH.subjects(RDF.type, kind)}
    assert ours <= declared
    assert len(ours) > 20


def test_a_reasoner_finds_the_ontology_consistent_with_data_in_it() -> None:
    assert errors(with_data()) == []


def test_a_reasoner_sees_that_a_person_cannot_be_a_district() -> None:
    graph = with_data()
    graph.add((rdflib.URIRef(b.PERSON.id), RDF.type, KG.District))
    assert errors(graph)


def test_the_reasoner_draws_no_class_of_ours_that_an_entity_has_not() -> None:
    graph = with_data()
    errors(graph)
    for entity in b.knowledge().entities:
        kinds = {
            k
            for k in graph.objects(rdflib.URIRef(entity.id), RDF.type)
            if k in {KG[c] for c in ONTOLOGY.classes}
        }
        assert kinds == {KG[entity.type]}


def test_classes_that_share_an_alignment_are_not_disjoint() -> None:
    project = ONTOLOGY.classes["Project"]
    park = dataclasses.replace(project, name="Park", file="Park.yaml")
    more = dataclasses.replace(ONTOLOGY, classes={**ONTOLOGY.classes, "Park": park})
    graph = ontology_graph(more)
    assert (KG.Project, OWL.disjointWith, KG.Park) not in graph
    assert (KG.Person, OWL.disjointWith, KG.Park) in graph


def test_symmetry_alignment_and_unions_are_declared() -> None:
    assert (KG.cooperatesWith, RDF.type, OWL.SymmetricProperty) in GRAPH
    assert (KG.basedOn, RDFS.range, KG.Policy) in GRAPH
    union = GRAPH.value(KG.signs, RDFS.domain)
    members = rdflib.collection.Collection(GRAPH, GRAPH.value(union, OWL.unionOf))
    assert list(members) == [KG[n] for n in ONTOLOGY.relations["signs"].domain]
    for klass in ONTOLOGY.classes.values():
        assert len(list(GRAPH.objects(KG[klass.name], RDFS.subClassOf))) == len(klass.aligned)


def test_the_statuses_are_a_concept_scheme_in_order() -> None:
    concepts = sorted(
        GRAPH.subjects(SKOS.inScheme, KG.Statuses), key=lambda c: int(GRAPH.value(c, SH.order))
    )
    assert [str(GRAPH.value(c, SKOS.notation)) for c in concepts] == list(ONTOLOGY.statuses)


def test_a_page_that_takes_the_name_of_a_part_of_claims_is_refused() -> None:
    page = dataclasses.replace(ONTOLOGY.classes["Project"], name="Claim", file="Claim.yaml")
    wrong = dataclasses.replace(ONTOLOGY, classes={**ONTOLOGY.classes, "Claim": page})
    with pytest.raises(OntologyError, match=r"Claim\.yaml"):
        ontology_graph(wrong)


def test_shapes_follow_the_pages_and_a_new_page_gets_its_own() -> None:
    count = len(shapes_graph(ONTOLOGY))
    page = dataclasses.replace(ONTOLOGY.relations["signs"], name="supplies", file="supplies.yaml")
    more = dataclasses.replace(ONTOLOGY, relations={**ONTOLOGY.relations, "supplies": page})
    graph = shapes_graph(more)
    assert len(graph) > count
    assert any(str(s).startswith(KG["supplies-"]) for s in graph.subjects(SH.message, None))
    assert all(graph.value(s, SH.message) for s in graph.subjects(RDF.type, SH.PropertyShape))


def test_both_graphs_are_the_same_whatever_the_hash_seed() -> None:
    code = (
        "from kg.ontology import load; from kg.store.rdf.vocabulary import *; o = load();"
        "print(*(g(o).serialize(format='turtle') for g in (ontology_graph, shapes_graph)))"
    )
    outs = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=True,
                       env={**os.environ, "PYTHONHASHSEED": seed}).stdout
        for seed in ("1", "2")
    ]  # fmt: skip
    assert outs[0] == outs[1]
    assert len(outs[0]) > 10_000


def test_the_reference_names_every_page_question_and_parameter() -> None:
    text = reference(ONTOLOGY)
    names = [
        *ONTOLOGY.classes,
        *ONTOLOGY.relations,
        *ONTOLOGY.attributes,
        *ONTOLOGY.statuses,
        *ONTOLOGY.questions,
    ]
    for name in names:
        assert f"`{name}`" in text
    for question in ONTOLOGY.questions.values():
        for parameter in question.parameters:
            assert f"`{parameter.name}` ({parameter.kind}" in text
    rows = [line for line in text.split("\n") if line.startswith("|")]
    assert len(rows) > len(names)
