"""Knowledge → triples → Turtle → triples → Knowledge, with names that try to break it."""

from __future__ import annotations

import dataclasses
import os
import random
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
import rdflib

from kg.base.errors import StoreError
from kg.base.records import Knowledge, Merge
from kg.ontology import load
from kg.store.rdf.namespaces import OA, PROV, RDF
from kg.store.rdf.prefilter import suspects
from kg.store.rdf.rows import iri, literal, resource, speakable, value
from kg.store.rdf.serialise import write_triples
from kg.store.rdf.sources import CONTEXT
from kg.store.rdf.triples import asserted, triples
from kg.store.rdf.turtle import term, turtle
from kg.store.rdf.vocabulary import shapes_graph
from kg.store.rdf.writer import decimal
from kg.store.recall import knowledge as recalled
from tests.testing.graphs import builders as b
from tests.testing.growth import grows_evenly

if TYPE_CHECKING:
    from pathlib import Path

ONTOLOGY = load()
KG = ONTOLOGY.namespace


def written(knowledge: Knowledge) -> bytes:
    return turtle(triples(knowledge, ONTOLOGY), ONTOLOGY.prefixes)


def objects(found: list[ox.Triple], subject: str, predicate: str) -> list[str]:
    return sorted(
        t.object.value
        for t in found
        if t.subject.value == subject and t.predicate.value == predicate
    )


def test_a_fact_is_one_direct_triple_however_often_it_is_said() -> None:
    found = list(triples(b.knowledge(), ONTOLOGY))
    assert len(objects(found, b.COMPANY.id, KG + "signs")) == 1
    claims = [
        t
        for t in found
        if t.predicate.value == RDF + "predicate" and t.object.value == KG + "signs"
    ]
    assert len(claims) == 3


def test_a_claim_carries_status_rule_source_and_both_selectors() -> None:
    found = list(triples(b.knowledge(), ONTOLOGY))
    fact = next(f for f in b.knowledge().facts if f.predicate == "locatedIn")
    assert objects(found, fact.id, KG + "status") == ["planned"]
    assert objects(found, fact.id, KG + "rule") == ["locatedIn.verb"]
    assert objects(found, fact.id, KG + "confidence") == ["0.9"]
    assert objects(found, fact.id, PROV + "wasDerivedFrom") == [b.source().id]
    place = objects(found, fact.id, OA + "hasTarget")[0]
    assert place == fact.id + "/evidence"
    assert objects(found, place, OA + "hasSelector") == [fact.id + "/position", fact.id + "/quote"]
    assert objects(found, fact.id + "/quote", OA + "exact") == ["项目落户北碚区"]
    assert objects(found, fact.id + "/position", OA + "start") == [str(fact.start)]


@pytest.mark.parametrize(
    "text",
    ["甲", "", 'a"b', "a\\b", "a\nb\r\t\x08\x0c", "\x00\x7f\x85\u2028", "\ud800", "\ufffe\uffff",
     "😀", "http://example.org/甲 <乙>", "http://example.org/%zz?q={}#a", "urn:a:b",
     "https://a.b/c_d-e#f"],
)  # fmt: skip
def test_a_row_has_the_terms_as_the_library_writes_them(text: str) -> None:
    assert value(text) == str(literal(text))
    assert value(text, language="zh") == str(literal(text, language="zh"))
    assert value(text, "decimal") == str(literal(text, "decimal"))
    if ":" in text:
        assert resource(text) == str(iri(text))


def test_prefix_and_suffix_are_the_context_of_the_quotation() -> None:
    found = list(triples(b.knowledge(), ONTOLOGY))
    for fact in b.knowledge().facts:
        if fact.quote:
            quote = fact.id + "/quote"
            before = b.TEXT[max(0, fact.start - CONTEXT) : fact.start]
            assert objects(found, quote, OA + "prefix") == [before]
            assert objects(found, quote, OA + "suffix") == [b.TEXT[fact.end :][:CONTEXT]]


def test_a_background_fact_names_its_source_and_has_no_evidence() -> None:
    found = list(triples(b.knowledge(), ONTOLOGY))
    fact = next(f for f in b.knowledge().facts if f.source)
    assert objects(found, fact.id, "http://purl.org/dc/terms/source") == ["GB/T 2260, end of 2024"]
    assert objects(found, fact.id, OA + "hasTarget") == []
    assert objects(found, fact.id, PROV + "wasDerivedFrom")


def test_a_merge_without_words_has_no_evidence_and_comes_back() -> None:
    merge = Merge("鑫远", "identity.key", "2 documents give one key", b.source().id)
    company = dataclasses.replace(b.COMPANY, merges=(merge,))
    found = list(triples(Knowledge((b.source(),), (company,)), ONTOLOGY, b.BASE))
    assert not [t for t in found if t.predicate.value.startswith(OA)]
    (node,) = {t.subject.value for t in found if t.predicate.value.endswith("#reason")}
    assert objects(found, node, PROV + "wasDerivedFrom") == [b.source().id]
    back = recalled(found, ONTOLOGY)
    assert back.entities == (company,)
    assert set(triples(back, ONTOLOGY, b.BASE)) == set(found)


def test_a_symmetric_relation_is_written_from_the_smaller_iri_only() -> None:
    one, other = sorted((b.COMPANY, b.DISTRICT), key=lambda e: e.id)
    said = b.fact(other, "cooperatesWith", one, "签约")
    found = list(triples(Knowledge(facts=(said,)), ONTOLOGY))
    direct = [t for t in found if t.predicate.value == KG + "cooperatesWith"]
    assert [(t.subject.value, t.object.value) for t in direct] == [(one.id, other.id)]
    assert objects(found, said.id, RDF + "subject") == [one.id]


def test_an_entity_has_one_type_one_label_and_no_blank_node_stands_anywhere() -> None:
    found = list(triples(b.knowledge(), ONTOLOGY))
    for entity in b.knowledge().entities:
        assert objects(found, entity.id, RDF + "type") == [KG + entity.type]
    assert not any(isinstance(x, ox.BlankNode) for t in found for x in (t.subject, t.object))


@pytest.mark.parametrize("make", [b.knowledge, b.hostile], ids=["plain", "hostile"])
def test_what_is_written_is_recalled_whole(make: object) -> None:
    whole: Knowledge = make()  # type: ignore[operator]
    parsed = ox.parse(written(whole), format=ox.RdfFormat.TURTLE)
    assert recalled(parsed, ONTOLOGY, {s.id: s for s in whole.sources}) == whole


@pytest.mark.parametrize("make", [b.knowledge, b.hostile], ids=["plain", "hostile"])
def test_three_other_parsers_read_the_same_graph(make: object, tmp_path: object) -> None:
    whole: Knowledge = make()  # type: ignore[operator]
    want = {str(t) for t in triples(whole, ONTOLOGY)}
    data = written(whole)
    graph = rdflib.Graph().parse(data=data, format="turtle")
    assert {tuple(t) for t in graph} == {
        (term(t.subject), term(t.predicate), term(t.object)) for t in triples(whole, ONTOLOGY)
    }
    file = tmp_path / "graph.ttl"  # type: ignore[operator]
    file.write_bytes(data)
    commands = {
        "rapper": ["-q", "-i", "turtle", "-o", "ntriples"],
        "serdi": ["-q", "-o", "ntriples"],
    }
    for command, options in commands.items():
        if not shutil.which(command):
            pytest.skip(f"{command} is not installed (Debian: raptor2-utils, serdi)")
        out = subprocess.run([command, *options, str(file)], capture_output=True, check=True)
        read = ox.parse(out.stdout, format=ox.RdfFormat.N_TRIPLES)
        assert {str(q.triple) for q in read} == want, command


def test_the_same_triples_in_any_order_give_the_same_bytes() -> None:
    found = list(triples(b.knowledge(), ONTOLOGY))
    first = turtle(found, ONTOLOGY.prefixes)
    for seed in range(3):
        random.Random(seed).shuffle(found)
        assert turtle([*found, *found[:50]], ONTOLOGY.prefixes) == first


def test_hash_seed_and_locale_do_not_change_a_byte() -> None:
    code = (
        "from tests.store.rdf.test_triples import *; "
        "sys.stdout.buffer.write(written(b.knowledge()))"
    )
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": "C"}
        out = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, env=environment, check=True
        )
        assert out.stdout == written(b.knowledge())


def test_entities_stand_before_documents_and_each_claim_before_its_evidence() -> None:
    lines = [x for x in written(b.knowledge()).decode().split("\n") if x.startswith("<")]
    kinds = [line.split("/")[0] for line in lines]
    assert kinds.index("<document") > max(i for i, k in enumerate(kinds) if k == "<project")
    assert kinds.index("<claim") > kinds.index("<merge") > kinds.index("<document")
    claims = [line.split(" ")[0] for line in lines if line.startswith("<claim")]
    assert claims[1].startswith(claims[0][:-1] + "/")


def test_an_iri_that_would_break_out_is_encoded_and_one_that_is_none_is_refused() -> None:
    assert iri('http://x/a> <b "c"\n中').value == "http://x/a%3E%20%3Cb%20%22c%22%0A中"
    assert iri("http://x/100%").value == "http://x/100%25"
    assert iri("http://x/%E4").value == "http://x/%E4"
    with pytest.raises(StoreError, match="no absolute IRI"):
        iri("no scheme")
    wrong = dataclasses.replace(b.COMPANY, id="nothing")
    with pytest.raises(StoreError, match="'nothing'"):
        list(triples(Knowledge(entities=(wrong,)), ONTOLOGY))


def test_what_no_syntax_can_carry_is_replaced_at_the_same_length() -> None:
    assert speakable("a\x00b\ud800c") == "a\ufffdb\ufffdc"
    assert literal("a\x00").value == "a\ufffd"


@pytest.mark.parametrize(
    ("number", "text"), [(0.1, "0.1"), (1.0, "1"), (1e-5, "0.00001"), (0, "0"), (100.0, "100")]
)
def test_decimals_are_canonical(number: float, text: str) -> None:
    assert decimal(number) == text


def test_another_base_is_taken_for_what_is_made_here() -> None:
    found = triples(b.knowledge(), ONTOLOGY, "http://example.org/id/")
    made = {t.subject.value for t in found if "/merge/" in t.subject.value}
    assert made
    assert all(m.startswith("http://example.org/id/merge/") for m in made)


def test_two_hundred_thousand_triples_are_written() -> None:
    wholes = {size: b.many(size) for size in (1, 2_500, 10_000)}

    def work(size: int) -> None:
        found = list(triples(wholes[size], ONTOLOGY))
        data = turtle(found, ONTOLOGY.prefixes)
        assert len(found) > 20 * size
        assert len(data) > 500 * size

    assert grows_evenly(work, 10_000)


def test_what_is_written_in_portions_is_what_is_written_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.store.rdf.triples.PORTION", 1)
    names, lines = tmp_path / "graph.ttl", tmp_path / "graph.nt"
    for whole in (b.knowledge(), b.hostile(), Knowledge()):
        assert whole == Knowledge() or len(whole.facts) > 1
        doubtful = write_triples(whole, ONTOLOGY, names, lines, b.BASE)
        rows = asserted(whole, ONTOLOGY, b.BASE)
        assert doubtful == suspects(rows, shapes_graph(ONTOLOGY))
        assert names.read_bytes() == turtle(rows, ONTOLOGY.prefixes, b.BASE)
        written = lines.read_text("utf-8").split("\n")
        assert sorted(written) == sorted(["", *(f"{line} ." for line in rows.lines())])
        assert [file.name for file in sorted(tmp_path.iterdir())] == ["graph.nt", "graph.ttl"]
