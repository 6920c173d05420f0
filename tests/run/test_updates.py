"""A graph after changes of its folder: the same bytes as one built from nothing."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from kg.base.errors import StoreError
from kg.run.pipeline import build
from kg.run.reading.outcome import Outcome
from kg.store.folder import Store, import_rdf, verify
from tests.conftest import SOAK, kg
from tests.testing.builds.notices import published, state, text
from tests.testing.faults.damage import damaged
from tests.testing.faults.faults import run

pytestmark = pytest.mark.usefixtures("kept_readers")


def reprinted(file: Path, chance: random.Random) -> str:
    """The text of a file with another headline, small edits and other white space."""
    data = file.read_bytes()
    try:
        old = data.decode("utf-8")
    except UnicodeDecodeError:
        old = data.decode("gb18030")
    headline = chance.choice(("", "要闻\n", "大项目来了\n"))
    return headline + old.replace("签约", chance.choice(("签约", "签订协议"))).replace("，", "，\n")


def step(folder: Path, chance: random.Random) -> None:
    """Change a folder as people do: add, edit, rename, delete or copy a file."""
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    kind = chance.choice(("add", "edit", "rename", "delete", "copy", "reprint", "touch"))
    fresh = folder / chance.choice(("", "来文", "存档")) / f"{chance.randint(0, 30)}.txt"
    fresh.parent.mkdir(exist_ok=True)
    if kind == "add" or len(files) < 2:
        fresh.write_text(text(chance), encoding=chance.choice(("utf-8", "gb18030")))
    elif kind == "edit":
        chance.choice(files).write_text(text(chance), encoding="utf-8")
    elif kind == "rename":
        chance.choice(files).replace(fresh)
    elif kind == "delete":
        chance.choice(files).unlink()
    elif kind == "copy" and (old := chance.choice(files)) != fresh:
        shutil.copyfile(old, fresh)
    elif kind == "reprint":
        fresh.write_text(reprinted(chance.choice(files), chance), encoding="utf-8")
    else:
        chance.choice(files).touch()


@pytest.mark.parametrize("seed", range(2 * SOAK))
def test_every_step_gives_the_bytes_of_a_build_from_nothing(tmp_path: Path, seed: int) -> None:
    chance, folder, graph = random.Random(seed), tmp_path / "documents", tmp_path / "graph"
    folder.mkdir()
    for i in range(5):
        step(folder, chance)
        build([folder], graph)
        fresh = tmp_path / f"fresh{i}"
        build([folder], fresh)
        assert published(graph) == published(fresh), f"step {i} of seed {seed}"
        shutil.rmtree(fresh)


def test_only_what_changed_is_read_and_nothing_new_writes_nothing(tmp_path: Path) -> None:
    folder, graph, read = tmp_path / "documents", tmp_path / "graph", list[str]()
    folder.mkdir()
    for name in ("甲", "乙", "丙"):
        (folder / f"{name}.txt").write_text(text(random.Random(name)), encoding="utf-8")
    (folder / "坏.docx").write_bytes(b"PK\x03\x04 cut off")

    def noted(_done: int, _total: int, outcome: Outcome) -> None:
        if not outcome.known:
            read.append(outcome.name)

    assert not build([folder], graph, progress=noted).unchanged
    assert sorted(read) == ["丙.txt", "乙.txt", "坏.docx", "甲.txt"]
    read.clear()
    before = state(graph)
    again = build([folder], graph, progress=noted)
    assert again.unchanged
    assert again.counts["total"]["documents"] == 3
    assert [s.name for s in again.skipped] == ["坏.docx"]
    assert (read, state(graph)) == ([], before)
    (folder / "甲.txt").rename(folder / "丁.txt")
    report = build([folder], graph, progress=noted)
    assert (report.unchanged, report.known) == (False, 3)
    assert read == []
    (folder / "乙.txt").write_text("云澜市人民政府办公室印发通知。", encoding="utf-8")
    build([folder], graph, progress=noted)
    assert read == ["乙.txt"]


def test_a_deleted_text_does_not_stay(tmp_path: Path) -> None:
    folder, graph = tmp_path / "documents", tmp_path / "graph"
    folder.mkdir()
    (folder / "甲.txt").write_text("甲某智能科技有限公司落户云澜市。", encoding="utf-8")
    (folder / "乙.txt").write_text("乙某新材料股份有限公司落户江畔区。", encoding="utf-8")
    build([folder], graph)
    (folder / "甲.txt").unlink()
    build([folder], graph)
    secret = "甲某智能科技".encode()
    assert not [p for p in graph.rglob("*") if p.is_file() and secret in p.read_bytes()]


def test_a_damaged_journal_costs_time_and_nothing_else(tmp_path: Path) -> None:
    folder, graph = tmp_path / "documents", tmp_path / "graph"
    folder.mkdir()
    (folder / "甲.txt").write_text(text(random.Random(1)), encoding="utf-8")
    build([folder], graph)
    before, journal = published(graph), graph / "store" / "readings.sqlite"
    for bad in (b"", b"no database", journal.read_bytes()[:5000]):
        journal.write_bytes(bad)
        (graph / "graph.ttl").write_bytes(b"")
        build([folder], graph)
        assert published(graph) == before


def test_a_second_build_of_one_folder_ends_at_once_and_names_the_first(tmp_path: Path) -> None:
    from kg.base.locks import alone

    folder, graph = tmp_path / "documents", tmp_path / "graph"
    folder.mkdir()
    (folder / "甲.txt").write_text(text(random.Random(1)), encoding="utf-8")
    build([folder], graph)
    before = state(graph)
    with alone(graph):
        import os

        done = kg("build", folder, "-o", graph)
        assert done.returncode == 1
        assert f"process {os.getpid()} is writing this graph".encode() in done.stderr
        with pytest.raises(StoreError, match="is writing this graph"):
            build([folder], graph)
    assert state(graph) == before
    assert build([folder], graph).unchanged


def test_a_damaged_import_is_named_and_what_is_sound_survives(tmp_path: Path, built: Path) -> None:
    graph, folder = tmp_path / "graph", built / "documents"
    shutil.copytree(built / "graph", graph)
    for name in ("a", "b"):
        file = tmp_path / f"{name}.nt"
        file.write_text(f"<http://x/{name}> <http://x/is> <http://x/here> .\n")
        import_rdf(graph, [file])
    (graph / "store" / "current").unlink()
    assert build([folder], graph).notes == ()
    with Store.open(graph) as store:
        assert {"<http://x/a>", "<http://x/b>"} <= {str(q.subject) for q in store.quads}
    one, _ = sorted((graph / "store" / "imports").iterdir())
    one.write_bytes(one.read_bytes()[:-5])
    report = build([folder], graph)
    assert one.name in report.notes[0]
    assert "import it again" in report.notes[0]
    with Store.open(graph) as store:
        assert len([q for q in store.quads if str(q.subject).startswith("<http://x/")]) == 1
    assert verify(graph) == []


@pytest.mark.parametrize("seed", range(6 * SOAK))
def test_damage_is_seen_and_a_build_repairs_it(tmp_path: Path, built: Path, seed: int) -> None:
    graph, folder = tmp_path / "graph", built / "documents"
    shutil.copytree(built / "graph", graph)
    what, reading = damaged(graph, random.Random(seed))
    for _ in range(2):
        if reading:
            with pytest.raises(StoreError, match="kg build"):
                Store.open(graph)
            done = run(graph, "ask", "counts", "-d", graph)
            assert (done.status, done.printed) == (1, ""), what
        done = run(graph, "verify", "-d", graph)
        assert done.status == 1, what
        assert "kg build" in done.printed + done.said
    assert not build([folder], graph).unchanged
    assert verify(graph) == []
    assert published(graph) == published(built / "graph"), what


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with ``documents`` and the ``graph`` of them."""
    place, chance = tmp_path_factory.mktemp("built"), random.Random(0)
    (place / "documents").mkdir()
    for i in range(5):
        (place / "documents" / f"{i}.txt").write_text(text(chance), encoding="utf-8")
    build([place / "documents"], place / "graph")
    return place
