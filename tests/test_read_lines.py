"""A document in each row: JSON Lines and Parquet, of which a bad row costs only itself."""

from __future__ import annotations

import json
from pathlib import Path

from kg.read import read, walk
from kg.read.lines import of_line
from kg.records import Document, Skipped


def names(source: Path) -> list[str]:
    return [file.name for file in walk([source])]


def test_a_row_is_named_by_its_id_and_else_by_its_text(tmp_path: Path) -> None:
    rows = [{"id": 7, "text": "甲某"}, {"id": "b.TXT", "text": "乙某"}, {"text": "丙某", "x": 1}]
    table = tmp_path / "t.jsonl"
    table.write_text("\n".join(map(json.dumps, rows)) + "\n\n", encoding="utf-8")
    (digest,) = set(names(table)) - {"7.txt", "b.TXT"}
    found = {one.name: one for one in read([table])}
    assert isinstance(found["7.txt"], Document)
    assert found["7.txt"].text == "甲某"
    assert digest == f"{found[digest].id}.txt"  # type: ignore[union-attr]


def test_a_bad_row_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    table = tmp_path / "t.ndjson"
    table.write_bytes(b'\xef\xbb\xbf{"id": "a", "text": "x"}\n[1]\n{\n{"id": "b"}\n\xff\n')
    found = list(read([table]))
    assert [one.name for one in found if isinstance(one, Document)] == ["a.txt"]
    problems = sorted(one.reason for one in found if isinstance(one, Skipped))
    assert problems == [
        "a line of the table is no JSON",
        "a line of the table is no JSON",
        "a line of the table is no JSON object",
        "a row of the table has no text in its column text",
    ]


def test_half_a_character_is_no_end_of_the_build() -> None:
    name, problem, data = of_line(b'{"id": "a", "text": "\\ud800"}', "t.jsonl")
    assert (name, problem, data) == ("a.txt", "", b"?")


def test_parquet_without_a_text_column_says_what_it_has(tmp_path: Path) -> None:
    import pandas as pd

    pd.DataFrame({"id": [1], "body": ["甲某"]}).to_parquet(tmp_path / "t.parquet")
    (tmp_path / "u.parquet").write_bytes(b"PAR1")
    found = {one.name: one for one in read([tmp_path / "t.parquet", tmp_path / "u.parquet"])}
    assert found["t.parquet"] == Skipped("t.parquet", "has no column text; it has id, body")
    assert "is no Parquet" in found["u.parquet"].reason  # type: ignore[union-attr]


def test_a_table_within_a_folder_is_no_source(tmp_path: Path) -> None:
    (tmp_path / "t.jsonl").write_text('{"text": "x"}')
    assert names(tmp_path) == ["t.jsonl"]
