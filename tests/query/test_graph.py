"""``kg.open``: the graph as an object."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import kg
from kg.base.errors import QueryError, StoreError
from tests.testing.graphs import builders as b

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[kg.Graph]:
    with kg.open(b.built(tmp_path_factory.mktemp("graph"))) as opened:
        yield opened


def test_what_was_built_is_recalled_as_records(graph: kg.Graph) -> None:
    assert graph.knowledge == b.knowledge()


def test_rdf_is_an_rdflib_dataset_that_answers_sparql(graph: kg.Graph) -> None:
    rows = list(graph.rdf.query("SELECT ?n { ?s a kg:Person ; rdfs:label ?n }"))
    assert [str(r.n) for r in rows] == ["于海"]
    assert len(graph.rdf) == len(graph.triples())


def test_networkx_nodes_and_edges_carry_type_label_and_evidence(graph: kg.Graph) -> None:
    found = graph.networkx()
    assert found.number_of_nodes() == len(b.knowledge().entities)
    node = found.nodes[b.COMPANY.id]
    assert (node["type"], node["label"], node["aliases"]) == (
        "Organisation",
        b.COMPANY.name,
        ["鑫远电子"],
    )
    assert sorted(found.nodes[b.PROJECT.id]["investment"]) == ["3000000000", "5000000000"]
    edge = found.edges[b.COMPANY.id, b.PROJECT.id, "signs"]
    assert (edge["predicate"], edge["label"], edge["status"]) == ("signs", "签约", "signed")
    assert (edge["confidence"], edge["rule"]) == (0.9, "signs.verb")
    assert [e["confidence"] for e in edge["evidence"]] == [0.9, 0.5]
    for evidence in edge["evidence"]:
        assert b.TEXT[evidence["start"] : evidence["end"]] == evidence["quote"]
        assert evidence["document"] == "n01.txt"


def test_a_background_fact_is_an_edge_without_evidence(graph: kg.Graph) -> None:
    edge = graph.networkx().edges[b.DISTRICT.id, b.CITY.id, "partOf"]
    assert edge["evidence"] == []
    assert edge["source"] == "GB/T 2260, end of 2024"


def test_entities_are_found_by_name_alias_iri_and_part_of_a_name(graph: kg.Graph) -> None:
    for name in (b.COMPANY.name, "鑫远电子", b.COMPANY.id, "《鑫远 电子》", "鑫远"):
        assert graph.entity(name) == [b.COMPANY.id], name
    assert graph.entity("北碚") == [b.DISTRICT.id]


def test_an_unknown_name_is_answered_with_the_nearest(graph: kg.Graph) -> None:
    with pytest.raises(QueryError, match=r"北培区.*did you mean 北碚区"):
        graph.entity("北培区")
    with pytest.raises(QueryError, match="nothing is called 'xyz'"):
        graph.entity("xyz")


def test_a_part_that_several_names_share_lists_them(graph: kg.Graph) -> None:
    with pytest.raises(QueryError, match="传感器产业园项目, 传感器产业联盟"):
        graph.entity("传感器")


def test_the_text_of_a_document_is_what_offsets_point_into(graph: kg.Graph) -> None:
    assert graph.text("n01.txt") == graph.text(b.source().id) == b.TEXT
    with pytest.raises(QueryError, match=r"n02\.txt is no document.*n01\.txt"):
        graph.text("n02.txt")


def test_query_takes_bindings_and_gives_python_values(graph: kg.Graph) -> None:
    found = graph.query("SELECT ?n { ?s rdfs:label ?n }", s=b.PERSON.id)
    assert (found.columns, found.rows, list(found)) == (("n",), [("于海",)], [{"n": "于海"}])
    found = graph.ask("people", body="鑫远电子").rows
    assert [row[:3] for row in found] == [("于海", "董事长", b.COMPANY.name)]


def test_opening_nothing_is_a_store_error(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no graph"):
        kg.open(tmp_path)


@pytest.mark.process
def test_importing_kg_imports_nothing_heavy() -> None:
    import subprocess
    import sys

    code = "import kg, sys; print({'spacy', 'rdflib', 'pyoxigraph', 'networkx'} & {*sys.modules})"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "set()"
