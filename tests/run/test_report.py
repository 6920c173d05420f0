"""The report: what it counts, what it warns of, and what its page may hold."""

from __future__ import annotations

import dataclasses
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kg.ontology import load
from kg.run.pipeline import build
from kg.run.report import Report

pytestmark = pytest.mark.usefixtures("kept_readers")

SIGNING = "3月16日，蓉芯微电子股份有限公司与成都高新区签约，拟投资42亿元建设芯片研发制造基地项目。"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, Path]:
    home = tmp_path_factory.mktemp("report")
    folder = home / "documents"
    folder.mkdir()
    (folder / "签约.txt").write_text(SIGNING, encoding="utf-8")
    (folder / "残.txt").write_bytes(SIGNING.encode("gb18030")[:-2] + b"\xff\xff\xa1\xa3")
    (folder / "空.txt").write_bytes(b"")
    (folder / "<img onerror=alert(1)>\n.txt").write_text("无", encoding="utf-8")
    report = build([folder], home / "graph")
    return report, home / "graph"


def test_every_file_is_accounted_for(built: tuple[Report, Path]) -> None:
    report, _ = built
    named = [row.name for row in report.documents] + [s.name for s in report.skipped]
    assert sorted(named) == sorted({"签约.txt", "残.txt", "空.txt", "<img onerror=alert(1)>\n.txt"})
    assert [s.name for s in report.skipped] == ["空.txt"]
    assert "empty" in report.skipped[0].reason


def test_a_broken_byte_is_a_warning_with_its_place(built: tuple[Report, Path]) -> None:
    report, _ = built
    (warning,) = [w for w in report.warnings if w.name == "残.txt"]
    assert "could not be decoded as gb18030" in warning.reason
    broken = {row.name: row.broken for row in report.documents}
    assert broken["残.txt"] > 0
    assert broken["签约.txt"] == 0


def test_the_json_counts_by_page_of_the_ontology(built: tuple[Report, Path]) -> None:
    report, folder = built
    read = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    ontology = load()
    assert list(read["counts"]["classes"]) == list(ontology.classes)
    assert list(read["counts"]["relations"]) == list(ontology.relations)
    assert list(read["counts"]["attributes"]) == list(ontology.attributes)
    assert read["counts"]["total"]["facts"] == report.counts["total"]["facts"] > 0
    assert read["documents"][0].keys() >= {"name", "characters", "entities", "claims"}
    assert read["timings"]["documents"]["签约.txt"] > 0


def test_the_page_says_why_the_graph_shows_other_numbers(built: tuple[Report, Path]) -> None:
    """What is drawn are the things that were read, those of reference data, and no bylines."""
    import kg
    from kg.corpus.compound.byline_titles import without

    report, folder = built
    total = report.counts["total"]
    with kg.open(folder) as graph:
        drawn = len(without(graph.knowledge).entities)
    assert drawn == total["entities"] + total["background entities"] - total["bylines"]
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert f"图谱页为 {drawn} 个实体" in page
    assert f"The page of the graph has {drawn} entities" in page


def test_the_report_tells_how_far_each_relation_can_be_trusted(
    built: tuple[Report, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_READER", "")
    folder = built[1].parent
    report = build([folder / "documents"], folder / "trusted")
    counts = {**report.counts["relations"], **report.counts["attributes"]}
    assert {p.predicate: p.facts for p in report.precision} == {
        n: c for n, c in counts.items() if c
    }
    assert all(0 < p.confidence <= 1 for p in report.precision)
    many = [p for p in report.precision if p.measured >= 10]
    assert len(many) >= 3
    page = (folder / "trusted" / "report.html").read_text(encoding="utf-8")
    assert "of such claims right on articles that nobody trained on" in page
    for one in many:
        assert f"<i>{one.right} of {one.measured}</i>" in page
    read = Report.read(folder / "trusted")
    assert read.precision == report.precision


def test_what_was_measured_of_the_arbiter_is_not_said_of_rules_alone(
    built: tuple[Report, Path],
) -> None:
    report, folder = built
    assert report.precision
    assert {(p.right, p.measured) for p in report.precision} == {(0, 0)}
    assert "too few were measured (0)" in (folder / "report.html").read_text(encoding="utf-8")


def test_times_stand_in_the_json_only(built: tuple[Report, Path]) -> None:
    report, _ = built
    other = dataclasses.replace(report, timings={"read": 1e9})
    assert other.json() != report.json()
    assert other.html(load()) == report.html(load())


def test_the_page_runs_nothing_and_reaches_nothing(built: tuple[Report, Path]) -> None:
    _, folder = built
    text = (folder / "report.html").read_text(encoding="utf-8")
    tags: list[str] = []

    class Tags(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            tags.append(tag)
            assert not any(name.startswith("on") or name == "src" for name, _ in attrs)

    Tags().feed(text)
    assert {"html", "table", "h2"} <= set(tags)
    assert {"script", "img"}.isdisjoint(tags)
    assert not re.search(r"https?://", text)
    assert "&lt;img onerror=alert(1)&gt;" in text


def test_tables_scroll_and_media_types_are_short(built: tuple[Report, Path]) -> None:
    _, folder = built
    text = (folder / "report.html").read_text(encoding="utf-8")
    assert text.count("<table") == text.count('<div class="scroll"><table')
    assert ".scroll { overflow-x: auto; }" in text
    assert "<td>txt · gb18030</td>" in text
    assert "text/plain" not in text


@pytest.mark.parametrize("media", ["docx", "pdf", "html", "md"])
def test_every_media_type_has_a_short_name(media: str, built: tuple[Report, Path]) -> None:
    from kg.read.office import docx as office
    from kg.read.page import pdf

    long = {"docx": office.MEDIA, "pdf": pdf.MEDIA, "html": "text/html", "md": "text/markdown"}
    row = dataclasses.replace(built[0].documents[0], media=long[media])
    page = dataclasses.replace(built[0], documents=(row,)).html(load())
    assert f"<td>{media} · " in page


def test_the_page_is_no_wider_than_a_telephone(built: tuple[Report, Path]) -> None:
    from tests.testing.browser.chromium import chromium, opened

    with chromium() as browser, opened(browser, built[1] / "report.html", 390, 844) as shown:
        wide, scrolls = shown.page.evaluate(
            "() => [document.documentElement.scrollWidth, "
            "[...document.querySelectorAll('.scroll')].at(-1).scrollWidth]"
        )
    assert wide <= 390
    assert scrolls > 390


def test_the_page_speaks_both_languages(built: tuple[Report, Path]) -> None:
    _, folder = built
    text = (folder / "report.html").read_text(encoding="utf-8")
    for words in ("跳过的文件", "Skipped files", "提醒", "Warnings", "组织机构", "Organisation"):
        assert words in text
