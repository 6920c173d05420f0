"""HTML pages in, what they say out."""

from __future__ import annotations

import pytest

from kg.base.errors import ReadError
from kg.read import parse
from kg.read.web.html import read_html
from tests.conftest import EXAMPLES
from tests.testing.growth import grows_evenly


def text(body: str, head: str = "") -> str:
    return read_html(f"<html><head>{head}</head><body>{body}</body></html>".encode()).pages[0]


def example(stem: str) -> str:
    return read_html((EXAMPLES / f"{stem}.html").read_bytes()).pages[0]


def test_a_notice_keeps_its_tables_row_by_row() -> None:
    lines = example("无锡-低空经济行动方案").split("\n")
    assert lines[1] == "文号：\t锡政办发〔2024〕18号\t成文日期：\t2024年4月8日"
    assert "序号\t项目名称\t建设单位\t建设地点\t总投资（亿元）\t建设年限" in lines
    assert (
        "3\t梁溪低空经济产业园一期工程\t无锡市梁溪城发集团有限公司\t梁溪区黄巷街道\t21.5\t2023—2026"
        in lines
    )


def test_a_notice_declares_title_publisher_and_date() -> None:
    parts = read_html((EXAMPLES / "无锡-低空经济行动方案.html").read_bytes())
    assert parts.title.startswith("无锡市人民政府办公厅关于印发《")
    assert not parts.title.endswith("_无锡市人民政府")
    assert (parts.publisher, parts.published) == ("无锡市人民政府办公厅", "2024-04-15")


def test_a_news_page_keeps_headlines_and_drops_its_frame() -> None:
    page = example("南宁-人工智能应用合作中心")
    assert page.startswith("架起“数字丝路” 携手智慧东盟\n\n中国—东盟人工智能应用合作中心在邕启用\n")
    assert "桂海云帆“一键通关”服务边贸" in page
    for frame in ("推荐阅读", "地铁新线", "家电补贴", "版权所有", "视频", "track"):
        assert frame not in page


def test_a_page_laid_out_in_tables_keeps_its_paragraphs() -> None:
    lines = example("合肥-机器人三年行动方案").split("\n")
    assert lines[0] == "合肥出台机器人产业三年行动方案"
    assert len([line for line in lines if len(line) > 60]) == 5
    assert not any("\t" in line or "首页" in line for line in lines)


def test_the_notice_s_frame_is_dropped() -> None:
    page = example("无锡-低空经济行动方案")
    for frame in ("政务服务", "当前位置", "打印", "ICP", "网站地图", "siteId", "统计代码"):
        assert frame not in page
    assert page.endswith("附件下载：无锡市低空经济重点项目清单.docx")


def test_a_script_in_a_headline_is_no_text() -> None:
    page = text('<h1>成都<script>alert("x")</script>签约</h1><p>正<style>p{}</style>文</p>')
    assert page == "成都签约\n\n正文"


def test_what_is_not_shown_is_no_text() -> None:
    assert (
        text('<p>甲</p><p style="display: none">乙</p><p hidden>丙</p><noscript>丁</noscript>')
        == "甲"
    )


def test_line_ends_of_the_source_are_no_spaces_in_chinese() -> None:
    assert (
        text("<p>\n  建设单位：无锡\n  市低空公司 A\n  B&nbsp;C\n</p>")
        == "建设单位：无锡市低空公司 A B C"
    )


def test_wide_spaces_and_punctuation_stay() -> None:
    assert text("<p>　　一、总　则（试行）％</p>") == "　　一、总　则（试行）％"


def test_spanned_cells_keep_the_columns() -> None:
    table = (
        "<table><tr><th rowspan=2>市</th><th colspan=2>投资</th><th>年</th></tr>"
        "<tr><td>一期</td><td>二期</td><td>2024</td></tr>"
        "<tr><td>无锡</td><td><p>3<br>亿</p></td><td>4</td><td>2025</td></tr></table>"
    )
    assert text(table) == "市\t投资\t\t年\n\t一期\t二期\t2024\n无锡\t3 亿\t4\t2025"


def test_links_within_text_and_lists_of_attachments_stay() -> None:
    attachments = "".join(f'<li><a href="/f/{n}.pdf">附件{n}.重点项目表</a></li>' for n in range(5))
    page = text(f'<p>依据<a href="/a">《规划》</a>制定。</p><ul>{attachments}</ul>')
    assert page.split("\n")[0] == "依据《规划》制定。"
    assert "附件4.重点项目表" in page


def test_a_page_of_links_alone_is_read_with_them() -> None:
    links = "".join(f"<li><a href='/{n}'>第{n}条新闻</a></li>" for n in range(6))
    assert "第5条新闻" in text(f"<ul>{links}</ul>")


def test_prose_in_a_block_with_a_misleading_class_stays() -> None:
    prose = "签约仪式在无锡举行，总投资三十亿元。" * 20
    assert prose in text(f'<div class="hot"><p>{prose}</p></div>')


def test_bytes_win_over_a_wrong_charset_and_a_right_one_is_used() -> None:
    page = '<html><head><meta charset="{}"></head><body><p>重庆市与无锡市签约</p></body></html>'
    for declared, actual in (("gb2312", "utf-8"), ("utf-8", "gb18030"), ("gbk", "gb18030")):
        parts = read_html(page.format(declared).encode(actual))
        assert parts.pages == ("重庆市与无锡市签约",)
        assert parts.encoding == actual


def test_a_title_comes_from_the_heading_where_the_site_adds_its_name() -> None:
    page = (
        "<html><head><title>关于试点的通知_某某政府网</title></head><body><h1>关于试点的通知</h1>"
    )
    assert read_html(page.encode()).title == "关于试点的通知"
    assert read_html(page.replace("<h1>", "<p>").encode()).title == "关于试点的通知_某某政府网"


def test_linked_data_declares_too() -> None:
    said = (
        '{"@type": "NewsArticle", "headline": "题", "datePublished": "2024-05-01T08:00:00Z",'
        ' "publisher": {"name": "长江日报"}}'
    )
    page = f'<html><head><script type="application/ld+json">{said}</script></head><p>文'
    parts = read_html(page.encode())
    assert (parts.title, parts.publisher, parts.published) == ("题", "长江日报", "2024-05-01")
    assert parts.pages == ("文",)


@pytest.mark.parametrize("page", ["<html></html>", "\n", "<!-- x -->", "<?xml version='1.0'?>"])
def test_a_page_without_text_is_said_to_hold_none(page: str) -> None:
    with pytest.raises(ReadError, match=r"^holds no text$"):
        parse("a.html", page.encode())


@pytest.mark.parametrize(
    "piece", ["<div>", "<table><tr><td>", "<td>", "<br>", "<a href=x>文", "<h1>"]
)
def test_hostile_nesting_is_bounded_in_time(piece: str) -> None:
    def work(size: int) -> None:
        assert "文" in text("文" + piece * (size // len(piece)))

    assert grows_evenly(work, 300_000)
