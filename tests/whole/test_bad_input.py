"""Input that nobody hopes for, from end to end: a clear message, and the rest goes on."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
import rdflib

from kg.publish.tables import undo
from tests.conftest import EXAMPLES, SOAK, kg

GOOD = "蓉芯微电子股份有限公司与成都高新区签约，拟投资42亿元建设芯片研发制造基地项目。"
NAME = "a \"quoted\"\n'name' 😀.txt"
# The smallest head of a JPEG; the rest does not matter.
JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000") + bytes(range(256)) * 40
HOSTILE = "天府“A\\B”<c>智能科技有限公司"


def encrypted_pdf(path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), encrypt="secret")
    canvas.drawString(100, 700, "secret")
    canvas.save()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str], dict[str, object]]:
    """The graph of a folder of bad files, what was said on stderr, and the report."""
    home = tmp_path_factory.mktemp("bad")
    folder = home / "documents"
    folder.mkdir()
    (folder / NAME).write_text(GOOD, encoding="utf-8")
    (folder / "zero.pdf").write_bytes(b"")
    (folder / "picture.txt").write_bytes(JPEG)
    encrypted_pdf(folder / "locked.pdf")
    broken = "东莞市人民政府印发《东莞市先进陶瓷产业规划》。".encode("gb18030")
    (folder / "broken.txt").write_bytes(broken[:-2] + b"\xff" + broken[-2:])
    (folder / "headline.html").write_text(
        "<html><head><title>&lt;script&gt;alert(1)&lt;/script&gt;</title></head><body>"
        "<h1>&lt;script&gt;alert(1)&lt;/script&gt;合肥市签约</h1><p>合肥市与长飞算力科技有限公司签约，"
        "建设&lt;script&gt;alert(2)&lt;/script&gt;算力中心项目。</p></body></html>",
        encoding="utf-8",
    )
    (folder / "hostile.txt").write_text(
        f'{HOSTILE}与成都高新区签约，投资3亿元建设“\\"”“<b>”传感器产业园项目。', encoding="utf-8"
    )
    done = kg("build", folder, "-o", home / "graph")
    assert done.returncode == 1
    report = json.loads((home / "graph" / "report.json").read_text(encoding="utf-8"))
    return home / "graph", done.stderr.decode().splitlines(), report


@pytest.mark.parametrize(
    ("name", "reason"),
    [("zero.pdf", "empty"), ("picture.txt", "JPEG"), ("locked.pdf", "password")],
)
def test_what_is_no_document_is_named_with_the_reason(
    name: str, reason: str, built: tuple[Path, list[str], dict[str, list[dict[str, str]]]]
) -> None:
    _, said, report = built
    (skipped,) = [s for s in report["skipped"] if s["name"] == name]
    assert reason.lower() in skipped["reason"].lower()
    assert [line for line in said if f"skipped {name}: {skipped['reason']}" in line]


def test_the_rest_is_read(built: tuple[Path, list[str], dict[str, list[dict[str, str]]]]) -> None:
    _, said, report = built
    names = {row["name"] for row in report["documents"]}
    assert names == {NAME, "broken.txt", "headline.html", "hostile.txt"}
    assert len(report["skipped"]) == 3
    assert not any("Traceback" in line for line in said)


def test_a_broken_byte_is_a_warning(
    built: tuple[Path, list[str], dict[str, list[dict[str, str]]]],
) -> None:
    graph, said, report = built
    assert "broken.txt" in {w["name"] for w in report["warnings"]}
    assert any("note: broken.txt" in line for line in said)
    assert "东莞市先进陶瓷产业规划" in (graph / "entities.csv").read_text(encoding="utf-8-sig")


def test_a_file_name_with_a_newline_stays_on_one_line(
    built: tuple[Path, list[str], dict[str, object]],
) -> None:
    _, said, _ = built
    assert any(line.endswith("a \"quoted\"⏎'name' 😀.txt") for line in said)


def test_the_graph_is_sound_turtle_with_the_names_as_they_are(
    built: tuple[Path, list[str], dict[str, object]],
) -> None:
    graph = rdflib.Graph().parse(built[0] / "graph.ttl", format="turtle")
    identifiers = {str(o) for o in graph.objects(None, rdflib.DCTERMS.identifier)}
    assert NAME in identifiers
    quotes = "".join(
        str(o) for o in graph.objects(None, rdflib.URIRef("http://www.w3.org/ns/oa#exact"))
    )
    assert HOSTILE in quotes
    assert len(list(graph.subjects(rdflib.RDF.type, rdflib.RDF.Statement))) >= 4


def test_no_markup_of_a_document_reaches_a_page(
    built: tuple[Path, list[str], dict[str, object]],
) -> None:
    for name in ("graph.html", "report.html"):
        text = (built[0] / name).read_text(encoding="utf-8")
        assert "<script>alert" not in text
        assert "<c>" not in text


def test_graphml_and_tables_survive(built: tuple[Path, list[str], dict[str, object]]) -> None:
    import csv

    import networkx as nx

    assert nx.read_graphml(built[0] / "graph.graphml").number_of_nodes() >= 6
    with (built[0] / "facts.csv").open(encoding="utf-8-sig", newline="") as file:
        quotes = {undo(row["quote"]) for row in csv.DictReader(file)}
    assert any(HOSTILE in quote for quote in quotes)


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """A document, and what lies beside documents."""
    folder = tmp_path / "documents"
    (folder / "tools").mkdir(parents=True)
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    for name in ("a.json", "b.JSON", "table.sql", "tools/make.py", "Makefile"):
        (folder / name).write_text("{}")
    return folder


def test_files_of_other_kinds_in_a_folder_are_counted_and_no_fault(mixed: Path) -> None:
    graph = mixed.parent / "graph"
    done = kg("build", mixed, "-o", graph)
    said = done.stderr.decode()
    assert done.returncode == 0, said
    assert "5 files of other kinds (.json 2, .py 1, .sql 1, without suffix 1)" in said
    assert "skipped" not in said
    report = json.loads((graph / "report.json").read_text(encoding="utf-8"))
    assert report["others"] == {".json": 2, ".py": 1, ".sql": 1, "without suffix": 1}
    assert report["skipped"] == []
    page = (graph / "report.html").read_text(encoding="utf-8")
    assert '<tr><td>.json</td><td class="number">2</td></tr>' in page


def test_the_count_of_other_files_is_that_of_now(mixed: Path) -> None:
    graph = mixed.parent / "graph"
    kg("build", mixed, "-o", graph)
    (mixed / "table.sql").unlink()
    again = kg("build", mixed, "-o", graph).stderr.decode()
    assert "4 files of other kinds" in again
    assert "1 document (1 read before)" in again
    assert ".sql" not in json.loads((graph / "report.json").read_text(encoding="utf-8"))["others"]
    assert "nothing has changed" in kg("build", mixed, "-o", graph).stderr.decode()


def test_a_document_that_cannot_be_read_among_them_is_a_fault(mixed: Path) -> None:
    (mixed / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    done = kg("build", mixed, "-o", mixed.parent / "graph")
    assert done.returncode == 1
    assert "skipped old.doc: is named .doc, but its content is no doc" in done.stderr.decode()


def test_a_file_of_another_kind_that_is_named_is_a_fault(mixed: Path) -> None:
    done = kg("build", mixed, mixed / "table.sql", "-o", mixed.parent / "graph")
    said = done.stderr.decode()
    assert done.returncode == 1
    assert "skipped table.sql: .sql is no kind of document kg reads" in said
    assert "4 files of other kinds (.json 2, .py 1, without suffix 1)" in said


def test_a_folder_of_other_kinds_alone_is_an_error_that_tells_them(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.json").write_text("{}")
    done = kg("build", "data", "-o", "graph", cwd=tmp_path)
    assert done.returncode == 1
    said = done.stderr.decode()
    assert said.startswith("kg: data: holds no document that kg reads (txt, md, html, pdf, ")
    assert "1 file of other kinds (.json 1)" in said
    assert not (tmp_path / "graph").exists()


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = kg("build", "empty", "-o", "graph", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.decode() == "kg: empty: holds no file; name a folder or files to read\n"
    assert not (tmp_path / "graph").exists()


@pytest.fixture(scope="module")
def unprivileged() -> list[str]:
    """Words before a command that take root's right to read and write everything."""
    if os.geteuid() != 0:
        return []
    words = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
    if not shutil.which(words[0]) or subprocess.run([*words, "true"], check=False).returncode:
        pytest.skip("root's rights cannot be dropped here (setpriv of util-linux does it)")
    return words


def test_a_folder_without_rights_is_named_and_the_rest_is_read(
    tmp_path: Path, unprivileged: list[str]
) -> None:
    folder = tmp_path / "documents"
    (folder / "closed").mkdir(parents=True)
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    (folder / "closed").chmod(0)
    done = kg("build", folder, "-o", tmp_path / "graph", before=unprivileged)
    (folder / "closed").chmod(0o755)
    said = done.stderr.decode()
    assert done.returncode == 1
    assert "skipped closed: is a folder that cannot be opened: permission denied" in said
    assert "1 document," in said


def test_an_output_folder_without_rights_is_named(tmp_path: Path, unprivileged: list[str]) -> None:
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "graph").mkdir()
    (tmp_path / "graph").chmod(0o555)
    done = kg("build", tmp_path / "good.txt", "-o", tmp_path / "graph", before=unprivileged)
    assert done.returncode == 1
    said = "graph/store: cannot be written (permission denied); choose another"
    assert said in done.stderr.decode()


def test_a_disk_without_space_keeps_the_old_graph(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(disk)]
    if (
        not shutil.which("mount")
        or subprocess.run(mount, capture_output=True, check=False).returncode
    ):
        pytest.skip("a small disk cannot be mounted here")
    try:
        (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
        first = kg("build", tmp_path / "good.txt", "-o", disk / "graph")
        assert first.returncode == 0, first.stderr.decode()
        before = {p.name: p.read_bytes() for p in (disk / "graph").iterdir() if p.is_file()}
        free = os.statvfs(disk)
        (disk / "filler").write_bytes(b"x" * (free.f_bavail * free.f_bsize - 200_000))
        done = kg("build", EXAMPLES, "-o", disk / "graph")
        assert done.returncode == 1
        last = done.stderr.decode().splitlines()[-1]
        assert "disk is full" in last.lower()
        assert "make room" in last.lower()
        after = {p.name: p.read_bytes() for p in (disk / "graph").iterdir() if p.is_file()}
        assert after == before
        assert not list((disk / "graph").glob(".new-*"))
        asked = kg("query", "-d", disk / "graph", "ASK { ?s a kg:Claim }", "--format", "csv")
        assert asked.stdout.strip() == b"true"
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_long_single_line_is_read_in_time(tmp_path: Path) -> None:
    size, seconds = (300_000, "45") if SOAK == 1 else (1_000_000, "150")
    line = GOOD.replace("。", "，") * (size // len(GOOD.encode()))
    (tmp_path / "line.txt").write_text(line, encoding="utf-8")
    longer = ("--file-timeout", seconds)
    done = kg("build", tmp_path / "line.txt", "-o", tmp_path / "graph", *longer)
    assert done.returncode == 0, done.stderr.decode()
    assert "成都高新区" in (tmp_path / "graph" / "entities.csv").read_text(encoding="utf-8-sig")
