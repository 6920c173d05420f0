"""Texts of scans beside them: how they are written and read, and stand for their scans."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.base.errors import ReadError
from kg.base.records import Skipped
from kg.read import parse, read, walk
from kg.read.scan.written import Sheet, digest_of, read_ocr, sha256, written

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(99)
SHEETS = [
    Sheet(1, "关于签约的通知\n甲某公司投资3亿元", 0.984, ((0.61, "联系人：张"),)),
    Sheet(2, "", lacks=True),
    Sheet(3, "附件\n项目\t投资", 0.83),
    Sheet(4, "有文字的一页"),
]


def beside(scan: Path, data: bytes = PICTURE) -> Path:
    """The text of a scan, beside it."""
    scan.write_bytes(data)
    text = scan.with_name(scan.name + ".ocr.txt")
    text.write_text(written(scan.name, sha256(data), "rapidocr 3", SHEETS), encoding="utf-8")
    return text


def test_what_is_written_is_read_page_by_page() -> None:
    text = written("a.png", "8d1c", "rapidocr 3", SHEETS)
    assert "unsure: page 1, 0.61: 联系人：张" in text.split("\n")
    parts = read_ocr(text.encode())
    assert parts.pages == (
        "关于签约的通知\n甲某公司投资3亿元",
        "",
        "附件\n项目\t投资",
        "有文字的一页",
    )
    assert parts.notes == (
        "its text was recognised by rapidocr 3: names and figures may be wrong",
        "pages that were recognised badly: 3 (0.83); compare them",
        "pages that could not be read: 2; run kg ocr again",
    )
    assert digest_of(text.encode()) == "8d1c"


def test_whoever_corrects_a_text_may_save_it_as_windows_does() -> None:
    text = written("a.png", "8d1c", "r", SHEETS).replace("\n", "\r\n").replace("3亿", "4亿")
    for data in (text.encode("utf-8-sig"), text.encode("gb18030")):
        document = parse("a.png.ocr.txt", data)
        assert document.pages[1:] == (18, 19, 28)
        assert "甲某公司投资4亿元" in document.text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("kg ocr 9\n--- page 1 ---\n文", "of another version"),
        ("kg ocr 1\nof: a.png\n", "without a page"),
    ],
)
def test_a_text_of_a_scan_that_is_none_is_named(text: str, words: str) -> None:
    with pytest.raises(ReadError, match=words):
        parse("a.ocr.txt", text.encode())


def test_a_text_stands_for_the_scan_beside_it(tmp_path: Path) -> None:
    for name in ("a.png", "b.pdf", "c/d.jpg"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        beside(tmp_path / name)
    (tmp_path / "e.png").write_bytes(PICTURE)
    found = {file.name: (file.problem, file.other) for file in walk([tmp_path])}
    texts = dict.fromkeys(("a.png.ocr.txt", "b.pdf.ocr.txt", "c/d.jpg.ocr.txt"), ("", ""))
    assert found == {**texts, "e.png": ("", ".png")}


def test_a_scan_that_is_named_is_read_by_its_text(tmp_path: Path) -> None:
    beside(tmp_path / "a.png")
    assert [file.name for file in walk([tmp_path / "a.png"])] == ["a.png.ocr.txt"]


def test_a_text_of_another_scan_is_named(tmp_path: Path) -> None:
    beside(tmp_path / "a.pdf", b"%PDF-1.7 before")
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 after")
    found = {file.name: file.problem for file in walk([tmp_path])}
    assert found == {
        "a.pdf": "",
        "a.pdf.ocr.txt": "is the text of another file than the a.pdf beside it; run kg ocr again",
    }


def test_a_text_without_its_scan_is_read(tmp_path: Path) -> None:
    text = beside(tmp_path / "a.png")
    (tmp_path / "a.png").unlink()
    assert [file.name for file in walk([text])] == ["a.png.ocr.txt"]


def test_a_picture_that_is_named_says_how_its_text_is_got(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(PICTURE)
    [found] = read([tmp_path / "a.png"])
    assert isinstance(found, Skipped)
    assert "kg ocr writes its text beside it" in found.reason
