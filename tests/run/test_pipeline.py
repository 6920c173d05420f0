"""A build: what it leaves, what it survives, and that nothing half-written looks whole."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import kg.run.reading.outcome
from kg.base.errors import ReadError, StoreError
from kg.base.records import Reading
from kg.ontology import load
from kg.read import File, walk
from kg.run.pipeline import FILES, build
from kg.run.reading.outcome import Outcome, outcome_of
from kg.run.reading.workers import outcomes
from tests.conftest import EXAMPLES
from tests.conftest import kg as run

pytestmark = pytest.mark.usefixtures("kept_readers")

SIGNING = "3月16日，蓉芯微电子股份有限公司与成都高新区签约，拟投资42亿元建设芯片研发制造基地项目。"
NOTICE = "合肥市人民政府办公室日前印发《合肥市智能机器人产业发展三年行动方案（2024—2026年）》。"
ALL = {*FILES, "report.json", "report.html", "store"}


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "签约.txt").write_text(SIGNING, encoding="utf-8")
    (folder / "方案.txt").write_text(NOTICE, encoding="utf-8")
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()}


class Deadly:
    """Bytes that end the process which takes them over, as a crash in a library would."""

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return os._exit, (1,)


def test_a_build_leaves_every_file(documents: Path, tmp_path: Path) -> None:
    report = build([documents], tmp_path / "graph")
    assert {p.name for p in (tmp_path / "graph").iterdir()} == ALL
    assert report.complete
    assert report.counts["total"]["documents"] == 2
    assert report.counts["classes"]["Policy"] >= 1


def test_progress_names_each_file_in_order(documents: Path, tmp_path: Path) -> None:
    seen: list[tuple[int, int, str]] = []
    build([documents], tmp_path / "graph", progress=lambda *p: seen.append((*p[:2], p[2].name)))
    assert seen == [(1, 2, "方案.txt"), (2, 2, "签约.txt")]


def test_the_base_begins_every_iri_made_here(documents: Path, tmp_path: Path) -> None:
    build([documents], tmp_path / "graph", base="https://example.org/id/")
    text = (tmp_path / "graph" / "graph.ttl").read_text(encoding="utf-8")
    assert "@base <https://example.org/id/>" in text
    assert "w3id.org/zhengtu/id/" not in text


def test_one_text_under_two_names_is_one_document(documents: Path, tmp_path: Path) -> None:
    (documents / "again.txt").write_text(SIGNING, encoding="utf-8")
    report = build([documents], tmp_path / "graph")
    assert report.counts["total"]["documents"] == 2
    assert [w.name for w in report.warnings] == ["签约.txt"]
    assert "same text as again.txt" in report.warnings[0].reason


def test_a_document_that_breaks_extraction_is_named_as_a_fault_of_kg(
    documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Stands in for a fault that nobody knows of yet: a known one would have been mended.
    def broken(*_: object) -> Reading:
        raise IndexError("list index out of range")

    monkeypatch.setattr(kg.run.reading.outcome, "_extracted", broken)
    found = outcome_of(walk([documents])[0], str(load().folder))
    assert (found.document, found.reading) == (None, None)
    assert "IndexError: list index out of range" in found.problem
    assert found.digest  # the next build need not try again


@pytest.mark.parametrize("workers", [2, 3])
def test_workers_give_the_same_in_the_same_order(workers: int) -> None:
    files, folder = walk([EXAMPLES]), str(load().folder)

    def said(found: Outcome) -> tuple[object, ...]:
        return found.name, found.document, found.reading, found.problem

    alone = [said(o) for o in outcomes(files, folder)]
    assert [said(o) for o in outcomes(files, folder, workers)] == alone
    assert len(alone) == 16


def test_a_file_that_kills_its_process_is_named_and_the_rest_is_read(documents: Path) -> None:
    good = walk([documents])
    deadly = File("-", "deadly.txt", data=Deadly())  # type: ignore[arg-type]
    found = list(outcomes([good[0], deadly, good[1]], str(load().folder), 2))
    assert [o.name for o in found] == ["方案.txt", "deadly.txt", "签约.txt"]
    assert [bool(o.reading) for o in found] == [True, False, True]
    assert "died" in found[1].problem


def test_a_folder_without_files_is_an_error_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(ReadError, match="empty: holds no file"):
        build([tmp_path / "empty"], tmp_path / "deep" / "graph")
    assert [p.name for p in tmp_path.iterdir()] == ["empty"]


def test_nothing_readable_is_an_error_with_every_reason(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    with pytest.raises(ReadError, match=r"nothing could be read: a\.txt: .*; nonsuch: "):
        build([tmp_path / "a.txt", tmp_path / "nonsuch"], tmp_path / "graph")
    assert not (tmp_path / "graph").exists()


def test_a_file_in_the_place_of_the_folder_is_named(documents: Path, tmp_path: Path) -> None:
    (tmp_path / "graph").write_text("mine")
    with pytest.raises(StoreError, match="graph: is a file; choose a folder"):
        build([documents], tmp_path / "graph")
    assert (tmp_path / "graph").read_text() == "mine"


def test_a_rebuild_replaces_all_and_keeps_what_is_not_its_own(
    documents: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "graph"
    build([documents], folder)
    (folder / "notes.md").write_text("mine")
    (documents / "签约.txt").unlink()
    build([documents], folder)
    assert {p.name for p in folder.iterdir()} == {*ALL, "notes.md"}
    assert "蓉芯微" not in (folder / "graph.ttl").read_text(encoding="utf-8")


def test_a_build_that_cannot_finish_leaves_the_old_graph(documents: Path, tmp_path: Path) -> None:
    folder = tmp_path / "graph"
    build([documents], folder)
    before, store = contents(folder), (folder / "store" / "current").read_bytes()
    # No file may grow beyond 100 blocks of 512 bytes: the graph's page does not fit.
    limited = ["sh", "-c", 'ulimit -f 100; exec "$@"', "sh"]
    done = run("build", documents, EXAMPLES, "-o", folder, before=limited)
    assert done.returncode == 1, done.stderr.decode()
    assert b"cannot be written (disk I/O error)" in done.stderr
    assert b"Traceback" not in done.stderr
    assert contents(folder) == before
    assert (folder / "store" / "current").read_bytes() == store
    assert {p.name for p in folder.iterdir()} == ALL


def test_another_graph_among_the_documents_is_none(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "甲.txt").write_text("甲某科技有限公司落户成都高新区。", encoding="utf-8")
    build([folder / "甲.txt"], folder / "graph")
    (folder / "facts.csv").write_text("项目,投资额\n云澜项目,3亿元\n", encoding="utf-8")
    report = build([folder], tmp_path / "other")
    assert report.counts["total"]["documents"] == 2


def test_a_graph_among_its_documents_is_no_document(tmp_path: Path) -> None:
    for name in ("甲.txt", "store.txt"):
        (tmp_path / name).write_text("甲某智能科技有限公司落户云澜市。", encoding="utf-8")
    first = build([tmp_path], tmp_path)
    again = build([tmp_path], tmp_path)
    assert again.unchanged
    assert again.skipped == ()
    assert again.counts == first.counts
    (tmp_path / "store" / "current").unlink()
    assert build([tmp_path], tmp_path).counts == first.counts


def test_a_document_with_the_name_of_a_graphs_file_is_not_written_over(tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    page.write_text("<p>甲某智能科技有限公司落户云澜市。</p>", encoding="utf-8")
    with pytest.raises(StoreError, match=r"report\.html: is a document"):
        build([tmp_path], tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["report.html"]
    assert build([tmp_path], tmp_path / "graph").complete
