"""The store: whole or not there, compared with its ledger, and kept through a rebuild."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pyoxigraph as ox
import pytest

from kg.base.errors import ReadError, StoreError
from kg.ontology import load
from kg.store.folder import Store, import_rdf, verify
from kg.store.rdf.rows import XSD
from kg.store.rdf.triples import triples
from tests.testing.graphs import builders as b
from tests.testing.growth import grows_evenly

ONTOLOGY = load()
COUNT = len({str(t) for t in triples(b.knowledge(), ONTOLOGY)})


def place(folder: Path) -> Path:
    return folder / "store" / (folder / "store" / "current").read_text().split()[0]


def quads(folder: Path) -> set[str]:
    with Store.open(folder) as store:
        return {str(q) for q in store.quads}


def test_what_is_created_is_opened_with_its_documents(tmp_path: Path) -> None:
    whole = b.knowledge()
    found = list(triples(whole, ONTOLOGY))
    Store.create(tmp_path, found, whole.sources, meta={"base": "x"})
    with Store.open(tmp_path) as store:
        assert {q.triple for q in store.quads} == set(found)
        assert store.ledger.sources() == {s.id: s for s in whole.sources}
        assert store.ledger.meta()["quads"] == str(COUNT)
        assert store.ledger.meta()["base"] == "x"
    assert verify(tmp_path) == []


def test_a_file_of_statements_goes_in_by_portions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = set(triples(b.knowledge(), ONTOLOGY))
    lines = tmp_path / "graph.nt"
    lines.write_text("".join(f"{triple} .\n" for triple in found), encoding="utf-8")
    monkeypatch.setattr("kg.store.folder.LOADED", 7)
    Store.create(tmp_path, lines)
    with Store.open(tmp_path) as store:
        assert {q.triple for q in store.quads} == found
    assert verify(tmp_path) == []


def test_hostile_names_and_texts_come_back_letter_by_letter(tmp_path: Path) -> None:
    whole = b.hostile()
    with Store.open(b.built(tmp_path, whole)) as store:
        assert {q.triple for q in store.quads} == set(triples(whole, ONTOLOGY))
        assert store.ledger.text(whole.sources[0].names[0]) == whole.sources[0].text


def test_values_that_a_store_writes_shorter_are_no_damage(tmp_path: Path) -> None:
    """A store writes some values shorter than they came: 01 is 1, 1.50 is 1.5."""
    node, size = ox.NamedNode("http://example.org/a"), ox.NamedNode("http://example.org/size")
    kinds = (("01", "integer"), ("1", "integer"), ("1.50", "decimal"), ("1e1", "double"))
    values = [ox.Literal(v, datatype=ox.NamedNode(XSD + k)) for v, k in kinds]
    values += [ox.Literal("01"), ox.Literal("甲", language="zh"), ox.BlankNode("b")]
    Store.create(tmp_path, [ox.Triple(node, size, value) for value in values])
    with Store.open(tmp_path) as store:
        assert len(store.quads) == 6
    assert verify(tmp_path) == []


def test_a_text_is_found_by_iri_by_id_and_by_file_name(tmp_path: Path) -> None:
    said = b.source()
    with Store.open(b.built(tmp_path)) as store:
        for key in (said.id, said.document, "n01.txt"):
            assert store.ledger.text(key) == b.TEXT
        assert store.ledger.text("n02.txt") is None


def test_a_second_build_replaces_the_first_and_leaves_nothing_behind(tmp_path: Path) -> None:
    b.built(tmp_path, b.hostile())
    b.built(tmp_path)
    assert len(quads(tmp_path)) == COUNT
    assert sorted(p.name for p in (tmp_path / "store").iterdir()) == ["2", "current"]


def test_an_open_store_goes_on_being_read_while_a_new_one_is_built(tmp_path: Path) -> None:
    with Store.open(b.built(tmp_path)) as store:
        b.built(tmp_path, b.hostile())
        assert len(store.quads) == COUNT
        assert store.ledger.text("n01.txt") == b.TEXT


@pytest.mark.parametrize("make", ["missing", "empty", "no pointer", "wrong pointer"])
def test_a_folder_that_is_no_graph_says_what_to_do(tmp_path: Path, make: str) -> None:
    folder = tmp_path / "graph"
    if make != "missing":
        folder.mkdir()
    if make.endswith("pointer"):
        b.built(folder)
        pointer = folder / "store" / "current"
        pointer.unlink() if make == "no pointer" else pointer.write_text("../..\n")
    with pytest.raises(StoreError, match=r"kg build SOURCE -o .*graph"):
        Store.open(folder)


def damage_current(home: Path) -> None:
    (home / "quads" / "CURRENT").unlink()


def damage_quads(home: Path) -> None:
    for file in (home / "quads").glob("*.sst"):
        file.unlink()


def damage_all(home: Path) -> None:
    shutil.rmtree(home / "quads")


def damage_to_empty(home: Path) -> None:
    shutil.rmtree(home / "quads")
    ox.Store(str(home / "quads")).flush()


def damage_ledger(home: Path) -> None:
    (home / "ledger.sqlite").write_bytes(b"no book at all" * 100)


def damage_no_ledger(home: Path) -> None:
    (home / "ledger.sqlite").unlink()


def damage_version(home: Path) -> None:
    with sqlite3.connect(home / "ledger.sqlite") as book:
        book.execute("update meta set value = '0' where key = 'version'")


@pytest.mark.parametrize(
    "damage",
    [damage_current, damage_quads, damage_all, damage_to_empty, damage_ledger, damage_no_ledger,
     damage_version],
)  # fmt: skip
def test_a_damaged_store_is_never_opened_as_an_empty_one(tmp_path: Path, damage: object) -> None:
    damage(place(b.built(tmp_path)))  # type: ignore[operator]
    with pytest.raises(StoreError, match=r"build"):
        Store.open(tmp_path)


def test_a_disk_without_room_leaves_the_old_graph_untouched(tmp_path: Path) -> None:
    b.built(tmp_path)
    before = quads(tmp_path)
    code = (
        "import resource, sys, pathlib; from tests.testing.graphs import builders as b;"
        "from kg.base.errors import StoreError;"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))\n"
        "try: b.built(pathlib.Path(sys.argv[1]), b.many(3000))\n"
        "except StoreError as error: print(error)"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    out = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "could not be written whole" in out.stdout, out.stderr
    assert "untouched" in out.stdout
    assert quads(tmp_path) == before
    assert sorted(p.name for p in (tmp_path / "store").iterdir()) == ["1", "current"]


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="file"):
        b.built(tmp_path / "file")


def test_the_dataset_speaks_rdflib(tmp_path: Path) -> None:
    import rdflib

    with Store.open(b.built(tmp_path)) as store:
        data = store.dataset(ONTOLOGY.prefixes)
        assert len(data) == COUNT
        company = rdflib.URIRef(b.COMPANY.id)
        assert data.value(company, rdflib.RDFS.label) == rdflib.Literal(b.COMPANY.name, lang="zh")
        rows = list(data.query("SELECT ?p WHERE { ?c kg:signs ?p }"))
        assert {str(r.p) for r in rows} == {b.PROJECT.id}
        with pytest.raises(RuntimeError):
            data.add((company, rdflib.RDFS.label, company))
        del data


RDF = {
    "a.ttl": "@prefix x: <http://x/> . x:a x:b [ x:c 'd' ] ; x:e <#here> .",
    "a.nt": '<http://x/a> <http://x/b> _:n .\n_:n <http://x/c> "d" .',
    "a.nq": "<http://x/a> <http://x/b> <http://x/c> <http://g/own> .",
    "a.trig": "@prefix x: <http://x/> . x:a x:b x:c . <http://g/own> { x:d x:e x:f }",
    "a.rdf": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="http://x/">'
    '<rdf:Description rdf:about="http://x/a"><x:b>c</x:b></rdf:Description></rdf:RDF>',
    "a.jsonld": '{"@context": {"b": "http://x/b"}, "@id": "http://x/a", "b": "c"}',
}


@pytest.mark.parametrize("name", RDF)
def test_each_format_is_imported_beside_the_facts(tmp_path: Path, name: str) -> None:
    folder, file = b.built(tmp_path / "graph"), tmp_path / name
    file.write_text(RDF[name], encoding="utf-8-sig")
    before = quads(folder)
    count = import_rdf(folder, [file])[str(file)]
    after = quads(folder)
    assert before < after
    assert len(after) == len(before) + count
    assert verify(folder) == []


def test_a_named_graph_takes_what_names_none_itself(tmp_path: Path) -> None:
    folder, file = b.built(tmp_path / "graph"), tmp_path / "a.trig"
    file.write_text(RDF["a.trig"])
    import_rdf(folder, [file], "http://g/mine")
    with Store.open(folder) as store:
        assert {g.value for g in store.quads.named_graphs()} == {"http://g/own", "http://g/mine"}
        default = list(store.quads.quads_for_pattern(None, None, None, ox.DefaultGraph()))
        assert len(default) == COUNT


def test_importing_twice_is_importing_once_and_files_do_not_share_blank_nodes(
    tmp_path: Path,
) -> None:
    folder, one, other = b.built(tmp_path / "graph"), tmp_path / "a.nt", tmp_path / "b.nt"
    one.write_text(RDF["a.nt"])
    other.write_text(RDF["a.nt"] + "\n")
    import_rdf(folder, [one])
    first = quads(folder)
    import_rdf(folder, [one])
    assert quads(folder) == first
    import_rdf(folder, [other])
    assert len(quads(folder)) == len(first) + 2


def test_a_rebuild_keeps_what_was_imported(tmp_path: Path) -> None:
    folder, file = b.built(tmp_path / "graph"), tmp_path / "a.ttl"
    file.write_text(RDF["a.ttl"])
    import_rdf(folder, [file], "http://g/mine")
    after = quads(folder)
    assert quads(b.built(folder)) == after
    assert "http://g/mine" not in " ".join(quads(b.built(tmp_path / "other")))


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.ttl", "<http://x/a> <http://x/b> 'c' .\n<http://x/a> .\n", "a.ttl:2: "),
        ("a.nt", "<http://x/a> <http://x/b> 'unclosed\n", "a.nt:1: "),
        ("a.rdf", '<?xml version="1.0"?>\n<a>\n<b></a>', "a.rdf:3: "),
        ("a.jsonld", '{"@id": "http://x/a",\n "b" 1}', "a.jsonld:2: "),
        ("a.jsonld", '{"@context": "http://127.0.0.1:9/c", "@id": "http://x/a"}', "not fetched"),
        ("a.jsonld", '{"@context": {"@import": "http://127.0.0.1:9/c"}}', "not fetched"),
        ("a.xls", "", "no format of RDF"),
        ("a", "", "without a suffix"),
    ],
)
def test_a_wrong_file_is_named_with_its_line_and_nothing_is_imported(
    tmp_path: Path, name: str, text: str, words: str
) -> None:
    folder, good, bad = b.built(tmp_path / "graph"), tmp_path / "good.ttl", tmp_path / name
    good.write_text(RDF["a.ttl"])
    bad.write_text(text)
    before = quads(folder)
    with pytest.raises(ReadError, match=words.replace(".", r"\.")):
        import_rdf(folder, [good, bad])
    assert quads(folder) == before


def test_files_that_are_missing_or_in_another_encoding_are_named(tmp_path: Path) -> None:
    folder, file = b.built(tmp_path / "graph"), tmp_path / "a.ttl"
    with pytest.raises(ReadError, match=r"a\.ttl: cannot be read"):
        import_rdf(folder, [file])
    file.write_bytes("<http://x/a> <http://x/b> '重庆' .".encode("gb18030"))
    with pytest.raises(ReadError, match="not UTF-8"):
        import_rdf(folder, [file])


@pytest.mark.parametrize(
    "entities",
    [
        '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">',
        '<!ENTITY a SYSTEM "file:///etc/passwd">',
        f'<!ENTITY a "{"x" * 100_000}">',
        '<!ENTITY % a "b">',
    ],
)
def test_xml_that_would_fill_the_memory_or_read_files_is_refused(
    tmp_path: Path, entities: str
) -> None:
    folder, file = b.built(tmp_path / "graph"), tmp_path / "a.rdf"
    file.write_text(f"<!DOCTYPE r [{entities}]>" + RDF["a.rdf"])
    with pytest.raises(ReadError, match="entity"):
        import_rdf(folder, [file])
    file.write_text('<!DOCTYPE r [<!ENTITY x "http://x/">]>' + RDF["a.rdf"].replace(">c<", ">&x;<"))
    assert import_rdf(folder, [file]) == {str(file): 1}


def test_importing_into_what_is_no_graph_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_text(RDF["a.ttl"])
    with pytest.raises(StoreError, match="holds no graph"):
        import_rdf(tmp_path, [file])


def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    tmp_path.chmod(0o500)
    with pytest.raises(StoreError, match="cannot be written"):
        b.built(tmp_path)


def test_two_hundred_thousand_statements_load_and_open(tmp_path: Path) -> None:
    wholes = {size: b.many(size) for size in (1, 2_500, 10_000)}

    def work(size: int) -> None:
        folder = tmp_path / uuid4().hex
        b.built(folder, wholes[size])
        with Store.open(folder) as store:
            assert len(store.quads) > 20 * size

    assert grows_evenly(work, 10_000)
