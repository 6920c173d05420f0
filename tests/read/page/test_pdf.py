"""PDF files in, their text by page out, columns one after the other."""

from __future__ import annotations

from typing import Any

import pytest

from kg.base.errors import ReadError
from kg.read import parse
from kg.read.page.pdf import read_pdf
from kg.read.page.reading_order import Fragment, text_of_page
from tests.conftest import EXAMPLES, ROOT
from tests.testing.files.pdf import letters, order, pdf

SOURCES = ROOT / "tests" / "data" / "read" / "sources"


def test_a_newspaper_page_is_read_column_by_column() -> None:
    page = read_pdf((EXAMPLES / "沈阳-机器人产业链.pdf").read_bytes()).pages[0]
    text = letters(page)
    source = letters((SOURCES / "沈阳-机器人产业链.txt").read_text(encoding="utf-8"))
    masthead = letters("沈阳日报 2023年9月7日 星期四 第1版")
    assert text == masthead + source


def test_a_column_s_break_is_no_paragraph_s_end() -> None:
    page = read_pdf((EXAMPLES / "沈阳-机器人产业链.pdf").read_bytes()).pages[0]
    assert "去年2月，双方签\n订技术开发合同" in page
    assert "\n\n“铁师傅”上岗 老车间焕新\n\n　　“‘铁师傅’手不抖" in page


def test_a_notice_keeps_the_order_of_its_file_and_loses_page_numbers() -> None:
    parts = read_pdf((EXAMPLES / "兰州-人工智能工业方案.pdf").read_bytes())
    source = letters((SOURCES / "兰州-人工智能工业方案.txt").read_text(encoding="utf-8"))
    assert len(parts.pages) == 2
    assert letters("".join(parts.pages)) == source
    assert parts.publisher == "兰州市人民政府办公室"
    assert parts.published == "2024-05-29"
    assert parts.title.startswith("关于印发《兰州市")


def test_pages_start_where_the_document_says() -> None:
    document = parse("a.pdf", (EXAMPLES / "兰州-人工智能工业方案.pdf").read_bytes())
    assert len(document.pages) == 2
    assert document.pages[0] == 0
    assert document.text[document.pages[1] - 1] == "\n"
    assert document.text[document.pages[1] :].startswith("运营。")


def test_an_encrypted_file_is_named() -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    locked = pdf(lambda c: c.drawString(50, 800, "密文"), encrypt=StandardEncryption("user", "own"))
    with pytest.raises(ReadError, match=r"^is encrypted; save it without a password$"):
        read_pdf(locked)


def test_a_file_that_only_forbids_printing_is_read() -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    guarded = StandardEncryption("", "owner", canPrint=0)
    assert read_pdf(pdf(lambda c: c.drawString(50, 800, "明文"), encrypt=guarded)).pages == (
        "明文",
    )


def test_a_scan_is_named_with_the_way_out() -> None:
    with pytest.raises(ReadError, match=r"holds no text \(a scan\? kg ocr writes"):
        read_pdf(pdf(lambda c: c.rect(50, 50, 400, 600, fill=1)))


@pytest.mark.parametrize("size", [10, 1000, 2500])
def test_damage_is_named(size: int) -> None:
    with pytest.raises(ReadError, match="cut off or damaged"):
        read_pdf((EXAMPLES / "沈阳-机器人产业链.pdf").read_bytes()[:size])


def test_a_table_is_read_row_by_row_with_tabs() -> None:
    rows = [
        ("项目名称", "建设单位", "总投资"),
        ("丁蜀通用机场改扩建工程", "宜兴市陶都通航发展有限公司", "8.6"),
        ("无人机机体生产基地", "江苏翼澜航空科技有限公司", "12"),
        ("飞控芯片研发中心", "无锡芯穹微电子有限公司", "3.2"),
        ("低空经济产业园一期工程", "无锡市梁溪城发集团有限公司", "21.5"),
    ]

    def draw(canvas: Any) -> None:
        for n, row in enumerate(rows):
            for left, cell in zip((50, 230, 450), row, strict=True):
                canvas.drawString(left, 700 - n * 20, cell)

    assert read_pdf(pdf(draw)).pages[0].split("\n") == ["\t".join(row) for row in rows]


# --------------------------------------------------------------------------------- layout

EM = 10.0


def column(name: str, left: float, top: float, lines: int, width: int = 14) -> list[Fragment]:
    """Lines of one letter, justified but for the last, which ends early."""
    return [
        Fragment(
            name * (width if n < lines - 1 else width // 2),
            left,
            left + (width if n < lines - 1 else width // 2) * EM,
            top - (n + 1) * 15,
            top - (n + 1) * 15 + EM,
            EM,
        )
        for n in range(lines)
    ]


def headline(text: str, left: float, top: float, size: float = 24) -> Fragment:
    return Fragment(text, left, left + len(text) * size, top - size, top, size)


def rows(fragments: list[Fragment]) -> list[Fragment]:
    """As a program draws them that goes over the page row by row."""
    return sorted(fragments, key=lambda f: (-f.top, f.left))


def test_three_columns_below_a_headline() -> None:
    columns = [f for n, name in enumerate("ABC") for f in column(name, 40 + n * 165, 700, 12)]
    page = text_of_page(rows([headline("题题题题", 100, 760), *columns]))
    assert order(page) == "题ABC"


def test_a_headline_over_two_of_three_columns() -> None:
    columns = [*column("A", 40, 700, 10), *column("B", 205, 700, 10), *column("C", 370, 780, 16)]
    page = text_of_page(rows([headline("题题题题题题题题", 60, 770), *columns]))
    assert order(page) == "题ABC"


def test_two_articles_one_above_the_other() -> None:
    upper = [*column("A", 40, 700, 8), *column("B", 205, 700, 8)]
    lower = [*column("C", 40, 500, 8), *column("D", 205, 500, 8)]
    heads = [headline("甲甲甲甲甲甲", 80, 750), headline("乙乙乙乙乙乙", 80, 550)]
    page = text_of_page(rows([*heads, *upper, *lower]))
    assert order(page) == "甲AB乙CD"
    assert "\n\n乙" in page


def test_one_column_keeps_the_order_of_the_file() -> None:
    lines = column("A", 40, 700, 6)
    assert text_of_page([*lines[3:], *lines[:3]]).startswith(lines[3].text)


def test_an_empty_page_has_no_text() -> None:
    assert text_of_page([]) == ""
