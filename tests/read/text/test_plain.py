"""Plain text and Markdown in, their text out."""

from __future__ import annotations

import pytest

from kg.read.text.plain import read_markdown, read_text, without_marks
from tests.testing.growth import grows_evenly


def test_plain_text_stays_as_it_stands() -> None:
    text = "# 一、总体要求\n**不动**　　[也不](动)\n"
    assert read_text(text.encode()).pages == (text,)


@pytest.mark.parametrize(
    ("marked", "text"),
    [
        ("# 标题", "标题"),
        ("### 标题 ###", "标题"),
        ("#不是标题", "#不是标题"),
        ("投资**30亿元**建设", "投资30亿元建设"),
        ("*重要*和__很重要__的`代码`", "重要和很重要的代码"),
        ("3*4*5 与 a*b", "3*4*5 与 a*b"),
        ('见[附件](a.docx "题")。', "见附件。"),
        ("![图](a.png)", "图"),
        ("[甲][1]", "甲"),
        ("〔2024〕[5]号", "〔2024〕[5]号"),
        ("<https://example.org/a>", "https://example.org/a"),
        ("> 引文\n> > 再引", "引文\n再引"),
        ("上\n\n---\n\n下", "上\n\n\n\n下"),
        ("- 一\n1. 二", "- 一\n1. 二"),
        ("| 项目 | 投资 |\n|---|---|\n| 甲 | 3 |", "| 项目 | 投资 |\n|---|---|\n| 甲 | 3 |"),
        ("前<!-- 注\n释 -->后", "前后"),
        ("```text\n原样\n```\n后", "原样\n后"),
        (r"\*不是强调\*", "*不是强调*"),
    ],
)
def test_marks_go_and_text_stays(marked: str, text: str) -> None:
    assert without_marks(marked) == text


def test_front_matter_declares_and_is_no_text() -> None:
    page = "---\ntitle: 通知\nsource: 无锡日报\ndate: 2024-04-08\n---\n# 别的\n正文"
    parts = read_markdown(page.encode())
    assert (parts.title, parts.publisher, parts.published) == ("通知", "无锡日报", "2024-04-08")
    assert parts.pages == ("别的\n正文",)


def test_the_first_heading_is_the_title() -> None:
    assert (
        read_markdown("引子\r\n\r\n# 关于**试点**的通知\r\n正文".encode()).title == "关于试点的通知"
    )


@pytest.mark.parametrize("mark", ["[", "*", "**a", "`", "_", "<!--", "[a](", "|", " ", "# ", "\\"])
def test_a_line_of_a_million_marks_is_bounded_in_time(mark: str) -> None:
    assert grows_evenly(lambda size: without_marks("文" + mark * (size // len(mark))), 1_000_000)
