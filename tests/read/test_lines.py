"""A document in each row: JSON Lines and Parquet, of which a bad row costs only itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.base import process as another
from kg.base.records import Document, Skipped
from kg.read import lines, read, walk
from kg.read.lines import of_line


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


@pytest.mark.process
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


def test_half_a_character_is_in_no_name() -> None:
    assert of_line(b'{"id": "a\\ud800", "text": "x"}', "t.jsonl")[0] == "a?.txt"
    assert of_line(b'{"id": "\\udfff"}', "t.jsonl")[0] == "t.jsonl#?"


def test_of_two_fields_of_one_name_the_last_counts_and_others_are_not_held() -> None:
    line = b'{"id": "a", "text": "x", "id": "b", "text": "y", "more": [{"text": 1}, {}]}'
    assert of_line(line, "t.jsonl") == ("b.txt", "", b"y")


def test_a_line_without_end_is_named_and_not_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "LONGEST", 100)
    monkeypatch.setattr(lines, "SKIPPED", 7)
    table = tmp_path / "t.jsonl"
    for end in (b"", b"\n", b'\n{"id": "b", "text": "y"}'):
        table.write_bytes(b'{"id": "a", "text": "x"}\n' + b"[" * 1000 + end)
        found = {one.name: one for one in read([table])}
        assert [name for name in found if name.endswith(".txt")] == ["a.txt", "b.txt"][
            : 1 + len(end) // 2
        ]
        (long,) = (one for one in found.values() if isinstance(one, Skipped))
        assert long.reason == "a line of the table is longer than 0 MiB"


def written(path: Path, **columns: object) -> Path:
    import pyarrow as pa
    from pyarrow.parquet import write_table

    write_table(pa.table(columns), path)
    return path


def reasons(table: Path) -> set[str]:
    return {one.reason for one in read([table]) if isinstance(one, Skipped)}


@pytest.mark.process
def test_a_table_of_one_text_a_thousand_times_is_read_no_further_than_its_limit(
    tmp_path: Path,
) -> None:
    import pyarrow as pa

    text = pa.DictionaryArray.from_arrays(pa.array([0] * 1000, pa.int32()), ["a" * 1_000_000])
    table = written(tmp_path / "t.parquet", text=text)
    assert table.stat().st_size < 100_000
    found = walk([table])
    assert len(found) == 68
    (bomb,) = (file for file in found if file.problem)
    assert "unpacks to more than 300 times its size" in bomb.problem


@pytest.mark.process
def test_a_table_that_lies_is_named(tmp_path: Path) -> None:
    import pyarrow as pa

    whole = written(tmp_path / "whole.parquet", text=["甲某"]).read_bytes()
    lying = tmp_path / "t.parquet"
    lying.write_bytes(whole[:-8] + b"\xff\xff\xff\x7fPAR1")
    assert "is no Parquet, or is damaged" in "".join(reasons(lying))
    offsets, data = pa.py_buffer(b"\0\0\0\0\x02\0\0\0"), pa.py_buffer(b"\xff\xfe")
    bad = pa.Array.from_buffers(pa.string(), 1, [None, offsets, data])
    assert "codec can't decode" in "".join(reasons(written(lying, text=bad)))


@pytest.mark.process
def test_a_table_that_kills_its_process_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = written(tmp_path / "t.parquet", text=["甲某"])
    monkeypatch.setattr(another, "_START", "import os; os.abort()")
    assert reasons(table) == {"the process that read it died (signal 6); it may be damaged"}
