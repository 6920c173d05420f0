"""The tables: what the contract says of them, and nothing that a spreadsheet runs."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.publish.tables import (
    ENTITIES,
    FACTS,
    POSTS,
    aliases_cell,
    entities_csv,
    facts_csv,
    posts_csv,
    safe,
    split_aliases,
    undo,
)
from tests.conftest import ROOT
from tests.testing.graphs import builders as b

SCORER = ROOT.parent / "shared" / "eval" / "score.py"


def rows(data: bytes) -> list[dict[str, str]]:
    text = data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def test_the_files_are_utf8_with_bom_and_crlf() -> None:
    for data in (b"".join(entities_csv(b.knowledge())), b"".join(facts_csv(b.knowledge()))):
        assert data.startswith(b"\xef\xbb\xbf")
        assert data.count(b"\n") == data.count(b"\r\n")
        assert data.endswith(b"\r\n")


def test_entities_have_the_columns_of_the_contract() -> None:
    found = rows(b"".join(entities_csv(b.knowledge())))
    assert tuple(found[0]) == ENTITIES
    row = next(r for r in found if r["id"] == b.COMPANY.id)
    assert row == {
        "id": b.COMPANY.id,
        "type": "Organisation",
        "subtype": "company",
        "name": "广东鑫远电子股份有限公司",
        "aliases": "鑫远电子",
        "mentions": "2",
        "code": "",
        "doubtful": "",
    }
    assert next(r for r in found if r["name"] == "中国")["mentions"] == "0"


def test_facts_have_the_columns_of_the_contract() -> None:
    found = rows(b"".join(facts_csv(b.knowledge())))
    assert tuple(found[0]) == FACTS
    assert len(found) == len(b.knowledge().facts)
    row = next(r for r in found if r["value"] == "3000000000")
    assert (row["object"], row["datatype"], row["printed"]) == ("", "decimal", "约30亿元")
    assert b.TEXT[int(row["start"]) : int(row["end"])] == row["quote"]
    assert (row["document"], row["subject_name"]) == ("n01.txt", "传感器产业园项目")


def test_a_post_has_a_line_for_each_place_that_tells_it() -> None:
    (row,) = rows(b"".join(posts_csv(b.knowledge())))
    (post,) = b.knowledge().posts
    assert tuple(row) == POSTS
    assert (row["post"], row["person"], row["organisation"]) == (post.id, b.PERSON.id, b.COMPANY.id)
    assert (row["title"], row["tenure"], row["document"]) == ("董事长", "former", "n01.txt")
    assert b.TEXT[int(row["start"]) : int(row["end"])] == row["quote"]
    assert (row["person_name"], row["organisation_name"]) == ("于海", b.COMPANY.name)


def test_a_background_fact_has_no_quote_and_names_its_source() -> None:
    found = [r for r in rows(b"".join(facts_csv(b.knowledge()))) if not r["quote"]]
    assert {r["document"] for r in found} == {"GB/T 2260, end of 2024"}
    assert {(r["start"], r["end"]) for r in found} == {("", "")}


def test_subjects_and_objects_are_ids_of_entities() -> None:
    ids = {r["id"] for r in rows(b"".join(entities_csv(b.knowledge())))}
    for row in rows(b"".join(facts_csv(b.knowledge()))):
        assert row["subject"] in ids
        assert row["object"] in ids or (not row["object"] and row["value"])


def test_no_cell_of_hostile_data_begins_a_formula_and_all_come_back() -> None:
    whole = b.hostile()
    entities, facts = rows(b"".join(entities_csv(whole))), rows(b"".join(facts_csv(whole)))
    posts = rows(b"".join(posts_csv(whole)))
    assert {undo(r["title"]) for r in posts} == {post.title for post in whole.posts}
    for row in (*entities, *facts, *posts):
        for cell in row.values():
            assert cell[:1] not in ("=", "+", "-", "@", "\t", "\r")
    assert {undo(r["name"]) for r in entities} == {e.name for e in whole.entities}
    assert {undo(r["quote"]) for r in facts} == {f.quote for f in whole.facts}
    aliases = {tuple(split_aliases(undo(r["aliases"]))) for r in entities}
    assert aliases == {e.aliases for e in whole.entities}


@pytest.mark.parametrize("text", ["=1", "+1+1", "-a", "@x", "\tx", "\rx", "＝1", "'=1", "''@x"])
def test_a_cell_like_a_formula_gets_an_apostrophe(text: str) -> None:
    assert safe(text) == "'" + text


@pytest.mark.parametrize("text", ["-3.5", "-1", "3000000000", "", "a=b", "'quoted'", "重庆"])
def test_other_cells_and_numbers_stay_as_they_are(text: str) -> None:
    assert safe(text) == text


@given(st.text(alphabet=st.sampled_from("'=+-@\t\r\n＝1a. "), max_size=6))
def test_undo_gives_back_every_text(text: str) -> None:
    assert undo(safe(text)) == text


@given(st.lists(st.text(alphabet=st.sampled_from("|\\a中\n"), min_size=1, max_size=5), max_size=4))
def test_aliases_come_back_whatever_they_hold(aliases: list[str]) -> None:
    assert split_aliases(aliases_cell(aliases)) == aliases


@pytest.mark.skipif(not SCORER.is_file(), reason="the shared scorer is not beside this checkout")
def test_the_scorer_reads_the_tables_and_finds_all_of_them_right(tmp_path: Path) -> None:
    whole = b.knowledge()
    (tmp_path / "entities.csv").write_bytes(b"".join(entities_csv(whole)))
    (tmp_path / "facts.csv").write_bytes(b"".join(facts_csv(whole)))
    named = [e for e in whole.entities if e.mentions]
    said = [f for f in whole.facts if f.quote]
    gold = {
        "doc": "n01.txt",
        "entities": [
            {"id": e.id, "type": e.type, "name": e.name, "aliases": list(e.aliases)} for e in named
        ],
        "relations": [{"s": f.subject, "p": f.predicate, "o": f.object} for f in said if f.object],
        "attributes": [
            {"e": f.subject, "a": f.predicate, "v": f.value.lexical.removeprefix("--")}
            for f in said
            if f.value
        ],
    }
    file = tmp_path / "gold.json"
    file.write_text(json.dumps(gold), encoding="utf-8")
    out = subprocess.run(
        [sys.executable, str(SCORER), str(file), str(tmp_path), "--json"],
        capture_output=True,
        check=True,
    )
    table = json.loads(out.stdout)
    for part in ("entity all", "relation", "attribute"):
        assert table[part]["f1"] == 1.0, (part, table[part])
        assert table[part]["tp"] > 3
