"""The build as a Spark job: the same statements as the local build, however it is cut."""

from __future__ import annotations

import ast
import csv
import json
import os
import shutil
import site
import subprocess
import sys
import time
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from kg.run.spark.progress import Counters, station
from kg.run.spark.read import expanded, files, hidden, name_below
from tests.conftest import EXAMPLES, ROOT, SOAK, kg
from tests.testing.servers.endpoints import oxigraph
from tests.testing.spark.cluster import end_kept, kept
from tests.testing.spark.jobs import INVENTED, needs_java, spark, statements

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("documents") / "source"
    shutil.copytree(EXAMPLES, folder)
    for name, text in INVENTED.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def local(documents: Path) -> Path:
    folder = documents.parent / "local"
    assert kg("build", documents, "-o", folder).returncode == 1, "two files are bad"
    return folder


@needs_java
@pytest.mark.parametrize("partitions", [4] if SOAK == 1 else [1, 4, 16])
def test_a_job_in_any_number_of_parts_states_what_the_local_build_states(
    documents: Path, local: Path, tmp_path: Path, partitions: int
) -> None:
    out = tmp_path / "graph"
    done = spark(documents, "-o", out, "--workers", "2", "--partitions", str(partitions))
    assert done.returncode == 1, done.stderr.decode()
    exported = kg("export", "-d", local, "nq").stdout.splitlines()
    assert len(exported) > 20_000
    assert statements(out) == sorted(exported)
    same_report(out, local)
    same_tables(out, local)
    with oxigraph(tmp_path) as server:
        loaded = kg("load", out, "--to", server.gsp)
        assert int(loaded.stdout) == len(exported), loaded.stderr
        asked = kg("query", "-d", server.query, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
        assert str(len(exported)).encode() in asked.stdout, asked.stderr
        assert b"all is there" in kg("load", out, "--to", server.gsp).stderr
    assert {path.name for path in out.iterdir() if not path.name.endswith(".crc")} == {
        "nquads", "entities", "claims", "evidence", "documents", "report.json", "store",
    }  # fmt: skip


def same_report(out: Path, local: Path) -> None:
    ours, theirs = (json.loads((f / "report.json").read_text()) for f in (out, local))
    assert ours["skipped"] == theirs["skipped"]
    assert ours["others"] == theirs["others"] == {".json": 2, ".py": 1}
    assert [one["name"] for one in ours["skipped"]] == ["坏.pdf", "空.txt"]
    for name in ("documents", "entities", "facts", "mentions", "background entities"):
        assert ours["counts"]["total"][name] == theirs["counts"]["total"][name], name
    assert ours["counts"]["total"]["skipped"] == 2


def same_tables(out: Path, local: Path) -> None:
    import pandas as pd

    with (local / "entities.csv").open(encoding="utf-8-sig") as file:
        known = {row["id"]: row["name"] for row in csv.DictReader(file)}
    entities = pd.read_parquet(out / "entities")
    assert dict(zip(entities["id"], entities["name"], strict=True)) == known
    with (local / "facts.csv").open(encoding="utf-8-sig") as file:
        facts = list(csv.DictReader(file))
    assert len(pd.read_parquet(out / "claims")) == len(facts)
    quotes = [row["quote"] for row in facts if row["quote"]]
    assert sorted(pd.read_parquet(out / "evidence")["quote"]) == sorted(quotes)


@needs_java
def test_what_has_a_scheme_is_read_by_the_file_systems_of_spark(tmp_path: Path) -> None:
    source, out, near = tmp_path / "source", tmp_path / "out", tmp_path / "near"
    (source / "again").mkdir(parents=True)
    for name in ("一.txt", "again/二.txt", ".hidden.txt", "坏.pdf", "表.json"):
        (source / name).write_text(INVENTED[name], encoding="utf-8")
    words = (f"file://{source}", "-o", f"file://{out}", "--partitions", "2")
    done = spark(*words, alone=True)
    assert done.returncode == 1, done.stderr.decode()
    assert b"left alone: 1 file of other kinds (.json 1)" in done.stderr
    report = json.loads((out / "report.json").read_text())
    assert [one["name"] for one in report["skipped"]] == ["坏.pdf"]
    assert kg("build", source, "-o", near).returncode == 1
    assert statements(out) == sorted(kg("export", "-d", near, "nq").stdout.splitlines())


@needs_java
def test_tables_give_both_engines_the_same_documents(tmp_path: Path) -> None:
    import pandas as pd

    texts = [text for name, text in INVENTED.items() if name.endswith(".txt") and text]
    lines = [json.dumps({"id": n, "text": t}, ensure_ascii=False) for n, t in enumerate(texts)]
    lines += ["", "{", json.dumps({"text": texts[0]}), json.dumps({"id": "无文"})]
    (tmp_path / "报.jsonl").write_text("\n".join(lines), encoding="utf-8")
    pd.DataFrame({"id": ["甲", None], "text": texts[:2]}).to_parquet(tmp_path / "报.parquet")
    sources = [tmp_path / "报.jsonl", tmp_path / "报.parquet"]
    assert kg("build", *sources, "-o", tmp_path / "near").returncode == 1
    done = spark(*sources, "-o", tmp_path / "out", "--partitions", "3")
    assert done.returncode == 1, done.stderr.decode()
    exported = kg("export", "-d", tmp_path / "near", "nq").stdout.splitlines()
    assert sum("甲.txt" in line.decode() for line in exported) == 1
    assert statements(tmp_path / "out") == sorted(exported)
    skipped = [
        json.loads((tmp_path / name / "report.json").read_text())["skipped"]
        for name in ("out", "near")
    ]
    assert skipped[0] == skipped[1]
    assert len(skipped[0]) == 2


@needs_java
def test_sources_of_which_none_can_be_read_are_told_and_leave_nothing(tmp_path: Path) -> None:
    (tmp_path / "空.txt").touch()
    done = spark(tmp_path / "空.txt", "-o", tmp_path / "out", "--partitions", "1")
    assert done.returncode == 1
    assert "nothing could be read: 空.txt: is empty (0 bytes)" in done.stderr.decode()
    assert not list((tmp_path / "out").iterdir())


@needs_java
def test_sources_without_a_document_are_told_with_what_they_hold(tmp_path: Path) -> None:
    source, out = tmp_path / "source", tmp_path / "out"
    source.mkdir()
    (source / "表.json").write_text("{}")
    done = spark(source, "-o", out, "--partitions", "1")
    assert done.returncode == 1
    assert "but 1 file of other kinds (.json 1)" in done.stderr.decode()


@needs_java
def test_a_master_that_is_none_is_named(tmp_path: Path) -> None:
    end_kept()
    (tmp_path / "一.txt").write_text(INVENTED["一.txt"], encoding="utf-8")
    done = spark(tmp_path, "-o", tmp_path / "out", "--master", "nonsuch")
    assert done.returncode == 1
    assert "Spark at nonsuch did not start" in done.stderr.decode()


def test_where_java_is_missing_it_says_so_and_how_to_get_it(tmp_path: Path) -> None:
    done = spark(EXAMPLES, "-o", tmp_path / "out", JAVA_HOME=str(tmp_path))
    assert done.returncode == 1
    assert "there is no java" in done.stderr.decode()
    assert "openjdk-17-jre-headless" in done.stderr.decode()


def test_where_pyspark_is_missing_it_says_so_and_how_to_get_it(tmp_path: Path) -> None:
    packages = tmp_path / "packages"
    packages.mkdir()
    for folder in map(Path, site.getsitepackages()):
        for entry in folder.iterdir():
            if not entry.name.startswith("pyspark"):
                (packages / entry.name).symlink_to(entry)
    command = [sys.executable, "-S", "-m", "kg", "build", "--engine", "spark", str(EXAMPLES)]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{packages}"}
    done = subprocess.run(command, env=environment, capture_output=True, cwd=tmp_path, check=False)
    assert done.returncode == 1
    assert "--engine spark needs pyspark: pip install" in done.stderr.decode()


def test_the_folder_of_a_local_build_is_left_alone(local: Path) -> None:
    done = spark(EXAMPLES, "-o", local)
    assert done.returncode == 1
    assert "holds the graph of a local build; choose another folder" in done.stderr.decode()


def test_what_goes_with_spark_alone_is_refused_without_it(tmp_path: Path) -> None:
    done = kg("build", EXAMPLES, "-o", tmp_path / "out", "--partitions", "4")
    assert done.returncode == 2
    assert "go with --engine spark" in done.stderr.decode()


def test_nothing_but_the_package_of_the_engine_imports_spark() -> None:
    modules = {p for p in (ROOT / "kg").rglob("*.py") if "spark" not in p.parts}
    assert len(modules) >= 150
    for path in modules:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in getattr(node, "names", ()) if hasattr(alias, "name")]
            names.append(getattr(node, "module", None) or "")
            assert not any(name.startswith(("pyspark", "py4j")) for name in names), path


def test_globs_stand_for_what_they_match_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c.md"):
        (tmp_path / name).touch()
    assert expanded(f"{tmp_path}/*.txt") == [f"{tmp_path}/a.txt", f"{tmp_path}/b.txt"]
    assert expanded(f"{tmp_path}/*.pdf") == [f"{tmp_path}/*.pdf"]


def test_names_are_paths_below_the_source_and_hidden_files_are_known_by_them() -> None:
    assert name_below(["s3a://n/c.txt"], "s3a://n/c.txt") == "c.txt"
    assert name_below(["file:/a", "file:/a/b"], "file:/a/b/c.txt") == "c.txt"
    assert hidden("a/~$b.docx")
    assert not hidden("a_b/_c.txt")


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    with kept() as here:
        yield here


@needs_java
def test_small_files_share_a_part_and_a_small_table_makes_several(
    session: Any, tmp_path: Path
) -> None:
    (tmp_path / "small").mkdir()
    rows = [{"id": f"{number}.txt", "text": "甲市印发方案。" * 100} for number in range(600)]
    for row in rows:
        (tmp_path / "small" / row["id"]).write_text(row["text"], encoding="utf-8")
    table = tmp_path / "table.jsonl"
    table.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    small = files(session, [f"file://{tmp_path}/small"], 0)
    assert 2 <= small.rdd.getNumPartitions() <= 6, "Spark's own settings make 38"
    assert files(session, [str(table)], 0).rdd.getNumPartitions() == 2


@needs_java
def test_a_station_tells_its_own_parts_and_what_they_read(session: Any, tmp_path: Path) -> None:
    counters, context = Counters.of(session), session.sparkContext
    said: list[str] = []

    def wait(name: str) -> int:
        while not (tmp_path / name).exists():
            time.sleep(0.05)
        return 1

    def read(number: int) -> int:
        counters.add("is empty" if number else "")
        return wait(str(number))

    def tell(words: str) -> None:
        said.append(words)
        (tmp_path / words.split()[1]).touch()  # as many are done: the next one may go on

    other = Thread(target=lambda: context.parallelize(["over"], 1).map(wait).sum())
    other.start()
    try:
        with station(
            session, "reading", tell, group="a", counters=counters, counted=["listed 3"], every=0.05
        ):
            assert context.parallelize([0, 1, 2], 3).map(read).sum() == 3
            jobs = pages(context, "jobs")
    finally:
        (tmp_path / "over").touch()
        other.join()
    assert said[0] == "reading: 0 of 3 parts, 0 documents"
    assert "reading: 2 of 3 parts, 1 document, 1 skipped" in said
    assert str(counters) == "1 document, 2 skipped"
    assert [(j["description"], j["numTasks"]) for j in jobs if j.get("jobGroup") == "a"] == [
        ("kg build: reading (listed 3)", 3)
    ]


def pages(context: Any, what: str) -> Any:
    """What the pages of a Spark tell, as JSON."""
    address = f"{context.uiWebUrl}/api/v1/applications/{context.applicationId}/{what}"
    return httpx2.get(address, trust_env=False, timeout=600).raise_for_status().json()
