"""Texts that break formats go out in every format and come back the same, in two readers each."""

from __future__ import annotations

import csv
import io
import re
import warnings
from collections.abc import Iterator
from typing import Any

import networkx as nx
import pandas
import pyoxigraph as ox
import pytest
import rdflib
from lxml import etree

import kg
from kg.ontology import load
from kg.publish.export import export, tables
from kg.publish.page.drawing import drawing
from kg.publish.page.view import page
from kg.publish.tables import undo
from kg.store.rdf.rows import resource, speakable
from tests.testing.graphs import builders as b
from tests.testing.graphs.breakers import HOSTILE, hostile
from tests.testing.graphs.drawn import data_of
from tests.testing.graphs.serialisations import RDF

NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
FORMULA = tuple("=+-@\t\r\n＝＋－＠")
SAID = {speakable(text) for text in HOSTILE}
Term = tuple[str, ...]


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[kg.Graph]:
    with kg.open(b.built(tmp_path_factory.mktemp("hostile"), hostile())) as opened:
        yield opened


@pytest.fixture(scope="module")
def stored(graph: kg.Graph) -> set[tuple[Term, ...]]:
    return {ox_terms(quad) for quad in graph.store.quads}


def test_there_are_enough() -> None:
    assert len(HOSTILE) == len(set(HOSTILE)) >= 523
    assert len(SAID) >= 523


def ox_terms(quad: Any) -> tuple[Term, ...]:
    found = []
    for term in (quad.subject, quad.predicate, quad.object):
        more = (term.datatype.value, term.language or "") if isinstance(term, ox.Literal) else ()
        found.append((term.value, *more))
    return tuple(found)


def rdflib_terms(quad: Any) -> tuple[Term, ...]:
    found = []
    for term in quad[:3]:
        more: tuple[str, ...] = ()
        if isinstance(term, rdflib.Literal):
            kind = rdflib.RDF.langString if term.language else term.datatype or rdflib.XSD.string
            more = (str(kind), term.language or "")
        found.append((str(term), *more))
    return tuple(found)


@pytest.mark.parametrize("format", RDF)
def test_two_parsers_of_rdf_read_the_same_graph(
    graph: kg.Graph, stored: set[tuple[Term, ...]], format: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = export(graph, format)
    assert {ox_terms(q) for q in ox.parse(data, format=RDF[format][0])} == stored
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    read = rdflib.Dataset()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's own, in its parsers
        read.parse(data=data, format=RDF[format][1])
    assert {rdflib_terms(q) for q in read.quads()} == stored
    assert {t[2][0] for t in stored if t[1][0].endswith("#label")} >= SAID


def test_an_iri_of_any_text_is_one_to_both_parsers() -> None:
    nodes = [resource(f"http://x/{text}") for text in HOSTILE]
    data = "".join(f'{node} <http://x/is> "{i}" .\n' for i, node in enumerate(nodes))
    strict = {q.subject.value for q in ox.parse(data.encode(), format=ox.RdfFormat.N_TRIPLES)}
    read = rdflib.Graph().parse(data=data, format="nt")
    assert {str(s) for s in read.subjects()} == strict
    assert len(strict) >= 523


def xml(text: str) -> str:
    """What XML carries of a text: a reader makes a line feed of a carriage return."""
    return NOT_XML.sub("\ufffd", text).replace("\r", "\n")


@pytest.mark.parametrize("format", ["graphml", "gexf"])
def test_two_readers_of_graphs_find_every_text(graph: kg.Graph, format: str) -> None:
    data = export(graph, format)
    reader = nx.read_graphml if format == "graphml" else nx.read_gexf
    found = reader(io.BytesIO(data))
    want = {xml(text) for text in SAID}
    assert want <= {attributes["label"] for _, attributes in found.nodes(data=True)}
    edges = [attributes for *_, attributes in found.edges(data=True)]
    assert len(edges) == len(HOSTILE)
    for key in ("quote", "rule", "status"):
        assert {edge[key] for edge in edges} == want
    strict = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    tree = etree.fromstring(data, strict)
    whole = {text for e in tree.iter() for text in (e.text, *e.attrib.values()) if text}
    assert want <= whole
    assert tree.getroottree().docinfo.doctype == ""


@pytest.mark.parametrize("name", ["entities.csv", "facts.csv"])
def test_two_readers_of_tables_find_every_text_and_no_formula(graph: kg.Graph, name: str) -> None:
    data = tables(graph)[name]
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    columns = {"entities.csv": ("name", "subtype"), "facts.csv": ("value", "printed", "quote")}
    for column in columns[name]:
        assert {undo(row[column]) for row in rows} >= SAID
    numbers = re.compile(r"-?\d+(\.\d+)?")
    for row in rows:
        for cell in row.values():
            assert not cell.startswith(FORMULA) or numbers.fullmatch(cell), cell
    frame = pandas.read_csv(
        io.BytesIO(data), encoding="utf-8-sig", dtype=str, keep_default_na=False, engine="python"
    )
    assert frame.to_dict("records") == rows


ESCAPES = {"\\": "\\", "'": "'", '"': '"', "n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


def cypher_tokens(text: str) -> Iterator[tuple[str, str]]:
    """The strings, quoted names and other signs of Cypher, by its own grammar."""
    at = 0
    while at < len(text):
        sign = text[at]
        at += 1
        if sign not in "'`":
            assert text[at - 1 : at + 1] not in ("//", "/*"), "a comment"
            yield "sign", sign
            continue
        found = ""
        while True:
            assert at < len(text), "a string that does not end"
            if text[at] == sign and sign == "`" and text[at + 1 : at + 2] == "`":
                found, at = found + "`", at + 2
            elif text[at] == sign:
                break
            elif text[at] == "\\" and sign == "'":
                if text[at + 1] in "uU":
                    size = 4 if text[at + 1] == "u" else 8
                    found += chr(int(text[at + 2 : at + 2 + size], 16))
                    at += 2 + size
                else:
                    found, at = found + ESCAPES[text[at + 1]], at + 2
            else:
                assert text[at].isprintable() or ord(text[at]) > 0x9F, "a bare control character"
                found, at = found + text[at], at + 1
        at += 1
        yield ("string" if sign == "'" else "name"), found


def test_a_tokenizer_of_cypher_finds_every_text_and_only_our_statements(graph: kg.Graph) -> None:
    tokens = list(cypher_tokens(export(graph, "cypher").decode()))
    assert {xml(text) for text in SAID} <= {text for kind, text in tokens if kind == "string"}
    bare = "".join({"string": "S", "name": "N"}.get(kind, text) for kind, text in tokens)
    pair = r"N: (?:S|-?[\d.]+|true|false)"
    map_ = rf"\{{{pair}(?:, {pair})*\}}"
    row = rf"(?:{map_}|\{{N: S, N: S, N: {map_}\}})"
    statement = re.compile(
        r"CREATE CONSTRAINT N IF NOT EXISTS FOR \(n:N\) REQUIRE n\.id IS UNIQUE;"
        rf"|UNWIND \[{row}(?:, {row})*\] AS row (?:MERGE \(n:N \{{id: row\.id\}}\) SET n \+= row;"
        r"|MATCH \(a:N \{id: row\.a\}\), \(b:N \{id: row\.b\}\) "
        r"MERGE \(a\)-\[r:N\]->\(b\) SET r \+= row\.data;)"
    )
    lines = bare.split("\n")[:-1]
    assert bare.count("{N: ") == 4 * len(HOSTILE)  # two things, and a link with its data
    assert [line for line in lines if not statement.fullmatch(line)] == []
    names = {text for kind, text in tokens if kind == "name"}
    assert all(re.fullmatch(r"\w+", name) for name in names)


def test_the_page_carries_every_text_as_data(graph: kg.Graph) -> None:
    text = page(drawing(graph.knowledge, load()), load(), title="".join(SAID), limit=10_000)
    assert {entity["label"] for entity in data_of(text)["entities"]} >= SAID
    tree = etree.HTML(text, etree.HTMLParser(huge_tree=True))
    plain = page(drawing(b.knowledge(), load()), load(), title="题")
    expected = etree.HTML(plain, etree.HTMLParser(huge_tree=True))
    assert len(tree.findall(".//script")) == len(expected.findall(".//script"))
