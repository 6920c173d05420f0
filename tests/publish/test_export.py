"""Every export loads elsewhere with all that was in it, and is the same to the byte."""

from __future__ import annotations

import dataclasses
import io
import os
import re
import subprocess
import sys
import warnings
from typing import TYPE_CHECKING

import networkx as nx
import pyarrow.parquet as pq
import pyoxigraph as ox
import pytest
import rdflib

import kg
from kg.base.errors import MissingExtraError, QueryError
from kg.corpus.compound.deals.assemble import FIELDS
from kg.ontology import load
from kg.publish.export import FORMATS, export, tables
from kg.publish.formats.cypher import cypher
from kg.publish.formats.turtle12 import turtle12
from kg.store.folder import import_rdf
from kg.store.rdf.rows import speakable
from kg.store.rdf.triples import triples
from kg.store.rdf.turtle import TYPE, turtle
from tests.conftest import ROOT
from tests.testing.graphs import builders as b
from tests.testing.graphs.serialisations import RDF

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ONTOLOGY = load()


@pytest.fixture(scope="module", params=["plain", "hostile"])
def graph(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[kg.Graph]:
    whole = b.knowledge() if request.param == "plain" else b.hostile()
    folder = b.built(tmp_path_factory.mktemp("graph"), whole)
    file = folder / "other.trig"
    file.write_text("<http://g/1> { <http://x/a> <http://x/b> [ <http://x/c> 'd\"\\\\e'@zh ] }")
    import_rdf(folder, [file])
    with kg.open(folder) as opened:
        yield opened


@pytest.mark.parametrize("format", RDF)
def test_rdf_is_read_back_as_the_same_quads(graph: kg.Graph, format: str) -> None:
    named = format not in ("ttl", "nt")
    want = ox.Dataset(q for q in graph.store.quads if named or q.graph_name == ox.DefaultGraph())
    found = ox.Dataset(ox.parse(export(graph, format), format=RDF[format][0]))
    for dataset in (want, found):
        dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    assert want == found
    assert len(want) > 20


@pytest.mark.parametrize("format", RDF)
def test_rdflib_reads_as_many_statements(graph: kg.Graph, format: str) -> None:
    data = rdflib.Dataset()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's own, in its parsers
        data.parse(data=export(graph, format).decode(), format=RDF[format][1])
    named = format not in ("ttl", "nt")
    assert len(list(data.quads())) == len(graph.store.quads) - (0 if named else 2)


def test_turtle_is_the_file_that_a_build_writes(graph: kg.Graph) -> None:
    assert export(graph, "ttl") == turtle(triples(graph.knowledge, ONTOLOGY), ONTOLOGY.prefixes)


def test_jsonld_brings_its_context_along(graph: kg.Graph) -> None:
    import json

    whole = json.loads(export(graph, "jsonld"))
    assert whole["@context"]["kg"] == ONTOLOGY.namespace
    assert all(isinstance(value, str) for value in whole["@context"].values())


def flat(value: object) -> object:
    """What a format without lists makes of a value."""
    if isinstance(value, list):
        value = "|".join(v.replace("\\", "\\\\").replace("|", "\\|") for v in value)
    if isinstance(value, str):
        return re.sub("[\x01]", "\ufffd", value).replace("\r", "\n")
    return value


@pytest.mark.parametrize("format", ["graphml", "gexf"])
def test_networkx_loads_every_node_and_edge_with_all_attributes(
    graph: kg.Graph, format: str
) -> None:
    data, want = io.BytesIO(export(graph, format)), graph.networkx()
    found = (
        nx.read_graphml(data, force_multigraph=True) if format == "graphml" else nx.read_gexf(data)
    )
    assert set(found.nodes) == set(want.nodes)
    for node, attributes in want.nodes(data=True):
        for key, value in attributes.items():
            assert found.nodes[node][key] == flat(value), key
    edges = {(s, o, d["predicate"]): d for s, o, d in found.edges(data=True)}
    assert set(edges) == {(s, o, k) for s, o, k in want.edges(keys=True)}
    start = "start" if format == "graphml" else "quoteStart"
    for *ends, attributes in want.edges(keys=True, data=True):
        edge = edges[tuple(ends)]
        for key in ("status", "confidence", "rule", "source", "label"):
            assert edge[key] == flat(attributes[key]), key
        evidence = attributes["evidence"]
        assert edge["said"] == len(evidence)
        if evidence:
            assert edge["quote"] == flat(evidence[0]["quote"])
            assert edge[start] == evidence[0]["start"]


def test_graphml_has_the_bytes_that_networkx_writes(graph: kg.Graph, tmp_path: Path) -> None:
    empty = dataclasses.replace(b.knowledge(), sources=(), entities=(), facts=())
    b.built(tmp_path, empty)
    with kg.open(tmp_path) as nothing:
        for opened, least in ((graph, 2), (nothing, 0)):
            found = export(opened, "graphml")
            read, out = nx.read_graphml(io.BytesIO(found), force_multigraph=True), io.BytesIO()
            assert len(read) >= least
            nx.write_graphml(read, out, prettyprint=True)
            assert found == out.getvalue().rstrip(b"\n") + b"\n"


CYPHER_STRING = re.compile(r"'(?:[^'\\]|\\.)*'")


def test_cypher_statements_keep_their_form_whatever_a_name_holds(graph: kg.Graph) -> None:
    data = export(graph, "cypher").decode()
    lines = data.splitlines()
    knowledge = graph.knowledge
    relations = {(f.subject, f.predicate, f.object) for f in knowledge.facts if f.object}
    # A post is a node with two links, a deal one with a link for each part and each sum.
    known = len(knowledge.entities) + len(relations) + 3 * len(knowledge.posts)
    known += sum(
        1 + len(deal.amounts) + sum(len(getattr(deal, field)) for field in FIELDS.values())
        for deal in knowledge.deals
    )
    bare = [CYPHER_STRING.sub("S", line) for line in lines]
    rows = [line for line in bare if line.startswith("UNWIND")]
    assert sum(len(re.findall(r"[\[{, ]`(?:id|a)`: S", line)) for line in rows) == known
    assert len(lines) == data.count("\n")
    for line in bare:
        assert re.fullmatch(
            r"CREATE CONSTRAINT `kg_\w+_id` IF NOT EXISTS FOR \(n:`\w+`\) REQUIRE n\.id IS UNIQUE;"
            r"|UNWIND \[[{}`\w:, .\-]*\] AS row "
            r"(?:MERGE \(n:`\w+` \{id: row\.id\}\) SET n \+= row;"
            r"|MATCH \(a:`\w+` \{id: row\.a\}\), \(b:`\w+` \{id: row\.b\}\) "
            r"MERGE \(a\)-\[r:`\w+`\]->\(b\) SET r \+= row\.data;"
            r"|MATCH \(a:`Deal` \{id: row\.a\}\) "
            r"MERGE \(a\)-\[:`amount`\]->\(:`Amount` \{[`\w:, .]*\}\);)",
            line,
        ), line
    texts = [m[0] for line in lines for m in CYPHER_STRING.finditer(line)]
    # Cypher's escapes are those of Python.
    said = {eval(t) for t in texts}
    assert {flat(e.name) for e in knowledge.entities} <= said


def test_cypher_makes_so_many_at_a_time_and_indexes_them_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("kg.publish.formats.cypher.BATCH", 2)
    lines = cypher(b.knowledge(), ONTOLOGY).decode().splitlines()
    verbs = [line.split()[0] for line in lines]
    assert verbs == sorted(verbs) and set(verbs) == {"CREATE", "UNWIND"}
    labels = {m[1] for line in lines if (m := re.search(r"MERGE \(n:`(\w+)`", line))}
    kept = {m[1] for line in lines if (m := re.search(r"FOR \(n:`(\w+)`", line))}
    assert labels == kept
    assert max(line.count("`id`: ") for line in lines) == 2


REIFIES = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies")
STATEMENT = ox.NamedNode(REIFIES.value.replace("reifies", "Statement"))
ENDS = [
    ox.NamedNode(REIFIES.value.replace("reifies", e)) for e in ("subject", "predicate", "object")
]


def test_turtle_of_rdf_1_2_says_the_same_with_claims_at_their_facts(graph: kg.Graph) -> None:
    """What a reifier stands for, written out as RDF 1.1 does it, are the triples of the graph."""
    found: set[ox.Triple] = set()
    reified = 0
    for quad in ox.parse(export(graph, "ttl12"), format=ox.RdfFormat.TURTLE):
        node, fact = quad.subject, quad.object
        if quad.predicate != REIFIES:
            found.add(quad.triple)
            continue
        assert isinstance(fact, ox.Triple)
        assert fact in set(graph.triples())
        reified += 1
        found |= {ox.Triple(node, ox.NamedNode(TYPE.value), STATEMENT)}
        ends = (fact.subject, fact.predicate, fact.object)
        found |= {ox.Triple(node, name, end) for name, end in zip(ENDS, ends, strict=True)}
    assert reified == len(graph.knowledge.facts)
    assert found == set(graph.triples())


def test_a_claim_of_what_is_not_stated_stays_a_node() -> None:
    space, claim = "http://o#", ox.NamedNode("http://a/claim/1")
    fact = (ox.NamedNode("http://a/s"), ox.NamedNode("http://o#p"), ox.Literal("o"))
    rows = [ox.Triple(claim, TYPE, ox.NamedNode(f"{space}Claim")),
            *(ox.Triple(claim, n, end) for n, end in zip(ENDS, fact, strict=True))]  # fmt: skip
    for more, reified in (([], False), ([ox.Triple(*fact)], True)):
        text = turtle12([*rows, *more], {"kg": space}, "http://a/", space)
        assert (b"{|" in text) == reified
        parsed = {quad.predicate for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)}
        assert (REIFIES in parsed) == reified
        assert text == turtle12([*more, *reversed(rows)], {"kg": space}, "http://a/", space)


def test_parquet_has_every_thing_link_and_claim(graph: kg.Graph) -> None:
    read = {
        name: pq.read_table(io.BytesIO(data)) for name, data in tables(graph, "parquet").items()
    }
    assert list(read) == ["nodes.parquet", "edges.parquet", "claims.parquet"]
    nodes, edges, claims = (table.to_pylist() for table in read.values())
    knowledge = graph.knowledge
    assert [(n["id"], n["name"]) for n in nodes] == [
        (e.id, speakable(e.name)) for e in knowledge.entities
    ]
    assert [tuple(n["aliases"]) for n in nodes] == [
        tuple(map(speakable, e.aliases)) for e in knowledge.entities
    ]
    assert [c["claim"] for c in claims] == [fact.id for fact in knowledge.facts]
    for row, fact in zip(claims, knowledge.facts, strict=True):
        assert (row["quote"] or "") == speakable(fact.quote)
        assert (row["start"], row["end"]) == (
            (fact.start, fact.end) if fact.quote else (None, None)
        )
        assert row["value"] == (fact.value and speakable(fact.value.lexical))
        assert (row["confidence"], row["rule"]) == (fact.confidence, fact.rule)
    links = {(f.subject, f.predicate, f.object) for f in knowledge.facts if f.object}
    assert {(e["subject"], e["predicate"], e["object"]) for e in edges} == links
    assert sum(e["claims"] for e in edges) == sum(bool(f.object) for f in knowledge.facts)
    assert export(graph, "parquet") == tables(graph, "parquet")["claims.parquet"]


def test_without_pyarrow_it_is_said_how_to_get_it(
    graph: kg.Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'zhengtu\[parquet\]'"):
        export(graph, "parquet")


@pytest.fixture(scope="module")
def elsewhere(graph: kg.Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of what another process exports: a file for each format."""
    folder = tmp_path_factory.mktemp("elsewhere")
    code = (
        "import sys, kg; from pathlib import Path; from kg.publish.export import export;"
        "[Path(f).write_bytes(export(kg.open(sys.argv[1]), f)) for f in sys.argv[2:]]"
    )
    command = [sys.executable, "-c", code, str(graph.store.directory), *FORMATS]
    seed = {"PYTHONHASHSEED": "7", "LC_ALL": "C", "TZ": "Asia/Shanghai"}
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **seed}
    subprocess.run(command, check=True, env=environment, cwd=folder)
    return folder


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_graph_gives_the_same_bytes_in_another_process(
    graph: kg.Graph, elsewhere: Path, format: str
) -> None:
    assert (elsewhere / format).read_bytes() == export(graph, format)


def test_the_tables_come_as_files_of_their_own(graph: kg.Graph) -> None:
    found = tables(graph)
    assert list(found) == ["entities.csv", "facts.csv", "posts.csv", "deals.csv"]
    assert found["facts.csv"] == export(graph, "csv")


def test_an_unknown_format_is_answered_with_the_nearest(graph: kg.Graph) -> None:
    with pytest.raises(QueryError, match="did you mean graphml"):
        export(graph, "graphxml")


def test_a_graph_without_anything_in_it_is_exported_too(tmp_path: object) -> None:
    empty = dataclasses.replace(b.knowledge(), sources=(), entities=(), facts=())
    with kg.open(b.built(tmp_path, empty)) as opened:  # type: ignore[arg-type]
        for format in FORMATS:
            assert isinstance(export(opened, format), bytes)
        assert nx.read_graphml(io.BytesIO(export(opened, "graphml"))).number_of_nodes() == 0
