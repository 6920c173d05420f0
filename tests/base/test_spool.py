"""What lies on the disk of a large graph is what would lie in memory of a small one."""

from __future__ import annotations

import errno
import gc
import sqlite3
import tempfile
import tracemalloc
from collections.abc import Iterator
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest

from bench.news import text
from kg.base.errors import StoreError
from kg.base.records import Document, Fact, Merge, Reading, Source, Span, Value
from kg.base.settings import SETTINGS, Setting, default
from kg.base.spool import CHUNK, Sorted, Spool, spooled
from kg.corpus.assemble import assemble_sorted, text_order
from kg.corpus.documents import SpooledDocuments, heads
from kg.extract.document import extract
from kg.ontology import load
from kg.query.graph import open as open_store
from kg.read import read
from kg.review import decide
from kg.review.book import Book
from kg.review.decisions import line
from kg.run.file_summary import FileSummary
from kg.run.pipeline import FILES, Clock, build, whole
from kg.run.reading.outcome import Outcome
from kg.store.generation import current
from tests.conftest import EXAMPLES, SOAK
from tests.testing.growth import by_itself

if TYPE_CHECKING:
    from kg.run.pipeline import Readings

pytestmark = pytest.mark.usefixtures("kept_readers")

# How much is held of what, where a graph of a few documents is to count as a large one.
SMALL = {
    "kg.base.spool.FEW": 40,
    "kg.corpus.documents.DOCUMENTS": 3,
    "kg.corpus.assemble.DOCUMENTS": 3,
    "kg.corpus.entity_merging.MOST": 15,
}


# Documents whose memory is compared with that of an eighth of them.
LARGE = 60 if SOAK == 1 else 240


def spans(size: int) -> list[Span]:
    return [Span(i, i + 1) for i in range(size)]


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 7])
def test_a_spool_is_read_as_a_tuple_is(tmp_path: Path, size: int) -> None:
    known, found = spans(size), Spool(spans(size), tmp_path)
    assert len(found) == size
    assert list(found) == list(found) == known
    assert [found[i] for i in range(-size, size)] == known + known
    for part in (slice(None), slice(2, 5), slice(-3, None), slice(None, None, -7)):
        assert found[part] == tuple(known[part])
    with pytest.raises(IndexError):
        found[size]
    assert [one for pair in zip(found, found, strict=True) for one in pair][::2] == known


def test_every_record_comes_back_as_it_was(tmp_path: Path) -> None:
    value = Value("3000000000", "decimal", "30亿元", "约")
    merges = (Merge("甲", "rule", "why \ud800", "d", 1, 2),)
    fact = Fact("c", "s", "p", "", value, "d", 1, 4, "\ud83d\ud800\x00", "signed", 0.87, "r")
    given: list[object] = [fact, merges, None, Span(1, 2)]
    assert list(Spool(given, tmp_path)) == given


@pytest.mark.parametrize("few", [1, 2, 7, 1000])
def test_what_is_sorted_on_the_disk_comes_in_order_and_equal_ones_as_they_came(
    tmp_path: Path, few: int
) -> None:
    given = [Span(i * 7919 % 13, i) for i in range(2 * CHUNK + 50)]
    found: Sorted[Span] = Sorted(tmp_path, attrgetter("start"), few)
    for one in given:
        found.add(one)
    assert list(found) == sorted(given, key=attrgetter("start"))
    assert list(found) == list(found)
    found.drop()
    assert list(found) == []


def test_a_few_records_stay_in_memory_and_more_leave_it(tmp_path: Path) -> None:
    assert spooled(iter(spans(5)), tmp_path, few=5) == tuple(spans(5))
    assert spooled(iter(spans(6)), None, few=5) == tuple(spans(6))
    assert isinstance(spooled(iter(spans(6)), tmp_path, few=5), Spool)


def test_documents_on_the_disk_have_their_heads_beside_them(tmp_path: Path) -> None:
    given = [Source(f"i{i}", f"d{i}", (f"{i}.txt",), "甲" * 9, "text/plain") for i in range(3)]
    found = SpooledDocuments(given, tmp_path)
    assert list(found) == given
    assert [(s.names, s.text) for s in heads(found)] == [(s.names, "") for s in given]
    assert heads(given) is given


def test_no_file_is_left_or_seen(tmp_path: Path) -> None:
    found = Spool(spans(1000), tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert len(found) == 1000


def published(folder: Path) -> dict[str, object]:
    """All that a build leaves, but for its times."""
    files: dict[str, object] = {name: (folder / name).read_bytes() for name in FILES}
    files["report.html"] = (folder / "report.html").read_bytes()
    place = current(folder)
    files["store"] = sorted(map(str, ox.Store.read_only(str(place / "quads"))))
    with sqlite3.connect(place / "ledger.sqlite") as ledger:
        files["documents"] = ledger.execute("select * from documents order by id").fetchall()
    return files


@pytest.mark.parametrize("decided", [False, True])
def test_a_graph_on_the_disk_gives_the_same_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, decided: bool
) -> None:
    corrections = tmp_path / "corrections.jsonl"
    corrections.touch()
    build([EXAMPLES], tmp_path / "one", workers=2)
    if decided:
        with open_store(tmp_path / "one") as graph:
            claim = next(f for f in graph.knowledge.facts if f.quote)
            who = decide.Who("王敏", "2026-05-06T00:00:00Z")
            corrections.write_text(line(decide.judge(graph, who, "reject", claim.id)) + "\n")
    build([EXAMPLES], tmp_path / "one", workers=2, corrections=corrections)
    for name, value in SMALL.items():
        monkeypatch.setattr(name, value)
    build([EXAMPLES], tmp_path / "other", workers=2, corrections=corrections)
    one, other = published(tmp_path / "one"), published(tmp_path / "other")
    assert [name for name in one if one[name] != other[name]] == []
    left = {path.name for path in (tmp_path / "other").iterdir()}
    assert left == {*FILES, "report.html", "report.json", "store"}


@pytest.mark.parametrize("good", [0, 1, 5, 9])
def test_a_full_disk_leaves_the_graph_that_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, good: int
) -> None:
    build([EXAMPLES], tmp_path, workers=2)
    before, left = published(tmp_path), iter(range(good))
    made = tempfile.TemporaryFile

    def full(*args: Any, **more: Any) -> Any:
        if next(left, None) is None:
            raise OSError(errno.ENOSPC, "No space left on device")
        return made(*args, **more)

    for name, value in SMALL.items():
        monkeypatch.setattr(name, value)
    monkeypatch.setattr("kg.base.spool.tempfile.TemporaryFile", full)
    with pytest.raises(StoreError, match="no space left"):
        build([EXAMPLES], tmp_path, workers=2, base="https://example.org/")
    assert published(tmp_path) == before
    assert not list(tmp_path.glob(".*"))


def test_a_large_graph_lies_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SMALL.items():
        monkeypatch.setattr(name, value)
    documents = [one for one in read([EXAMPLES]) if isinstance(one, Document)]
    told = sorted(((one, extract(one, load())) for one in documents), key=text_order)
    held = assemble_sorted(told, load(), default("base"), tmp_path)
    known = assemble_sorted(told, load(), default("base"))
    assert all(isinstance(s, Spool) for s in (held.sources, held.entities, held.facts))
    assert [tuple(s) for s in (held.sources, held.entities, held.facts)] == [
        known.sources, known.entities, known.facts,
    ]  # fmt: skip
    assert held.reprints == known.reprints


# Memory


def news(size: int) -> Iterator[tuple[Document, Reading]]:
    """Made-up documents, which name as many new things as real news does."""
    for i in range(size):
        document = Document(f"{i:020}", f"{i:06}.txt", text(5, i))
        yield document, extract(document, load())


def peak(found: list[tuple[Document, Reading]], folder: Path) -> int:
    """The most memory that Python takes from weaving on, in bytes."""
    folder.mkdir()
    summaries = [FileSummary.of(Outcome(d.name, d, reading), d.id) for d, reading in found]
    told: Readings = Sorted(folder, text_order, 10)
    for pair in found:
        told.add(pair)
    meta = {"base": default("base"), "inputs": ""}
    often = gc.get_threshold()
    gc.collect()
    gc.freeze()  # only what comes from now on is looked through
    gc.set_threshold(700, 2, 2)  # or what nobody holds any more counts, more or less of it
    tracemalloc.start()
    try:
        with by_itself():
            whole(
                summaries,
                {},
                told,
                Book(),
                0.0,
                folder,
                load(),
                default("base"),
                meta,
                Clock(folder),
            )
            return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
        gc.set_threshold(*often)
        gc.unfreeze()


def test_memory_follows_the_documents_much_less_than_what_they_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = Setting("drawn", 20, "nodes", "a page of a few, however many there are")
    monkeypatch.setitem(SETTINGS, "drawn", few)
    for name, value in (("kg.publish.page.view.TEXTS", 5000), ("kg.store.folder.LOADED", 2000)):
        monkeypatch.setattr(name, value)
    found = list(news(LARGE))
    peak(found[:5], tmp_path / "first")  # what is loaded once counts for none
    grown = []
    for kind, much in (("memory", 100_000), ("disk", 100)):
        for name, value in (
            ("kg.base.spool.FEW", much),
            ("kg.base.spool.CHUNK", much // 10), ("kg.corpus.entity_merging.MOST", much),
            ("kg.corpus.assemble.DOCUMENTS", much // 10), ("kg.store.rdf.triples.PORTION", 50),
        ):  # fmt: skip
            monkeypatch.setattr(name, value)
        small, large = (peak(found[:n], tmp_path / f"{kind} {n}") for n in (LARGE // 8, LARGE))
        grown.append(large - small)
    # About half of it or less: texts and rows lie on the disk, keys and places of them do not.
    assert 3 * grown[1] < 2 * grown[0]
