"""Tables that lines rule out on the pages of a PDF: read as those of the same notice in Word."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import pytest

from kg.read import parse
from kg.read.page.pdf import read_pdf
from kg.read.page.reading_order import Fragment
from kg.read.page.ruled import Stroke, grids
from kg.read.page.strokes import strokes_of_line
from kg.read.page.tabled import as_tables, join_pages, written
from tests.testing.files.pdf import order, pdf
from tests.testing.files.projects import ABOVE, BELOW, HEADINGS, Rows, facts, in_word, projects


def printed(
    rows: Rows,
    above: Sequence[str] = (),
    below: Sequence[str] = (),
    style: Sequence[Any] = (("GRID", (0, 0), (-1, -1), 0.5, "#000000"),),
    **options: Any,
) -> bytes:
    """The same as a PDF, set as office programs do: broken in cells, on as many pages as needed."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    body = ParagraphStyle("b", fontName="STSong-Light", fontSize=10.5, leading=14, wordWrap="CJK")
    right = ParagraphStyle("r", body, alignment=2)

    def set_(text: str) -> Any:
        return Paragraph(text.replace("\n", "<br/>"), right if text.startswith("单位") else body)

    table = Table(
        [[set_(cell) for cell in row] for row in rows],
        colWidths=options.pop("widths", (35, 135, 125, 85, 60)),
        style=list(style),
        **{"repeatRows": 1, **options},
    )
    stream = io.BytesIO()
    page = SimpleDocTemplate(stream, pagesize=(595, 842), invariant=1)
    page.build([*map(set_, above), Spacer(1, 8), table, Spacer(1, 8), *map(set_, below)])
    return stream.getvalue()


def lines(data: bytes) -> list[str]:
    return [line for page in read_pdf(data).pages for line in page.split("\n") if line]


@pytest.mark.parametrize("count", [3, 40])
def test_a_notice_states_the_same_in_word_and_as_a_pdf_with_a_ruled_table(count: int) -> None:
    rows = [HEADINGS, *projects(count)]
    word = parse("a.docx", in_word(rows, ABOVE, BELOW))
    page = parse("a.pdf", printed(rows, ABOVE, BELOW))
    assert facts(page) == facts(word)
    assert len(facts(word)) >= 3 * count
    written = word.text.split("\n")
    assert [line for line in page.text.split("\n") if line] == written
    assert len(page.pages) > (count > 3)


def test_merged_cells_are_written_once_as_in_word() -> None:
    rows = [
        ("地区", "项目名称", "投资（万元）", ""),
        ("", "", "总投资", "年度投资"),
        ("合肥市", "甲某装备产业园项目", "100", "10"),
        ("", "乙某装备产业园项目", "200", "20"),
        ("合计", "", "300", "30"),
    ]
    spans = (("SPAN", (0, 0), (0, 1)), ("SPAN", (1, 0), (1, 1)), ("SPAN", (2, 0), (3, 0)),
             ("SPAN", (0, 2), (0, 3)), ("SPAN", (0, 4), (1, 4)),
             ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
             ("GRID", (0, 0), (-1, -1), 0.5, "#000000"))  # fmt: skip
    found = lines(printed(rows, style=spans, widths=(60, 160, 80, 80)))
    assert found == ["\t".join(row) for row in rows]


def test_a_row_over_all_columns_is_a_line_of_its_own() -> None:
    rows = [HEADINGS, ("一、先进制造业项目", "", "", "", ""), *projects(2)]
    spans = (("SPAN", (0, 1), (-1, 1)), ("GRID", (0, 0), (-1, -1), 0.5, "#000000"))
    assert lines(printed(rows, style=spans))[1] == "一、先进制造业项目"


def test_what_a_cell_breaks_is_joined_and_what_its_writer_broke_is_not() -> None:
    work, content = (
        "基于Open RAN compute platform的算力网络工程",
        "建设厂房。\n购置设备一千台套，形成产能。",
    )
    rows = [("项目名称", "主要内容"), (work, content)]
    found = lines(printed(rows, widths=(110, 120)))
    assert found[1] == f"{work}\t{content}".replace("\n", " ")


# ------------------------------------------------------------------------- how lines are drawn

WIDE = (50, 130, 300, 420)
HIGH = (500, 480, 460, 440)
CELLS = [("序号", "项目名称", "建设单位"), ("1", "甲工程", "甲公司"), ("2", "乙工程", "乙公司")]
Draw = Callable[[Any], None]


def drawn(borders: Draw, before: Draw = lambda _: None) -> list[str]:
    def draw(canvas: Any) -> None:
        before(canvas)
        borders(canvas)
        for row, bottom in zip(CELLS, HIGH[1:], strict=True):
            for cell, left in zip(row, WIDE, strict=False):
                canvas.drawString(left + 4, bottom + 5, cell)

    return lines(pdf(draw))


def as_lines(canvas: Any) -> None:
    canvas.grid(list(WIDE), list(HIGH))


def as_thin_boxes(canvas: Any) -> None:
    """As Word does."""
    for y in HIGH:
        canvas.rect(WIDE[0], y - 0.25, WIDE[-1] - WIDE[0], 0.5, stroke=0, fill=1)
    for x in WIDE:
        canvas.rect(x - 0.25, HIGH[-1], 0.5, HIGH[0] - HIGH[-1], stroke=0, fill=1)


def as_pieces(canvas: Any) -> None:
    """Each side of each cell by itself, with gaps where they meet."""
    for y in HIGH:
        for left, right in pairwise(WIDE):
            canvas.line(left + 0.5, y, right - 0.5, y)
    for x in WIDE:
        for top, bottom in pairwise(HIGH):
            canvas.line(x, top - 0.5, x, bottom + 0.5)


def as_boxes(canvas: Any) -> None:
    for left, right in pairwise(WIDE):
        for top, bottom in pairwise(HIGH):
            canvas.rect(left, bottom, right - left, top - bottom)


def as_double_lines(canvas: Any) -> None:
    as_lines(canvas)
    canvas.rect(WIDE[0] - 2, HIGH[-1] - 2, WIDE[-1] - WIDE[0] + 4, HIGH[0] - HIGH[-1] + 4)


def with_open_sides(canvas: Any) -> None:
    for y in HIGH:
        canvas.line(WIDE[0], y, WIDE[-1], y)
    for x in WIDE[1:-1]:
        canvas.line(x, HIGH[0], x, HIGH[-1])


def in_a_form(canvas: Any) -> None:
    canvas.beginForm("grid")
    canvas.grid([x - 50 for x in WIDE], [y - 440 for y in HIGH])
    canvas.endForm()
    canvas.saveState()
    canvas.translate(50, 440)
    canvas.doForm("grid")
    canvas.restoreState()


@pytest.mark.parametrize(
    "borders",
    [as_lines, as_thin_boxes, as_pieces, as_boxes, as_double_lines, with_open_sides, in_a_form],
)
def test_borders_are_seen_however_they_are_drawn(borders: Draw) -> None:
    assert drawn(borders) == ["\t".join(row) for row in CELLS]


@pytest.mark.parametrize("quarters", [1, 2, 3])
@pytest.mark.parametrize("declared", [False, True])
def test_a_page_that_is_turned_is_read_upright(quarters: int, declared: bool) -> None:
    def turned(canvas: Any) -> None:
        if declared:
            canvas.setPageRotation(90 * quarters)
        canvas.translate(*{1: (595, 0), 2: (595, 842), 3: (0, 842)}[quarters])
        canvas.rotate(90 * quarters)

    assert drawn(as_lines, turned) == ["\t".join(row) for row in CELLS]


def test_a_frame_around_paragraphs_is_no_table() -> None:
    def draw(canvas: Any) -> None:
        canvas.rect(40, 600, 500, 120)
        canvas.line(40, 560, 540, 560)
        for n, text in enumerate(ABOVE):
            canvas.drawString(50, 700 - 20 * n, text)

    assert lines(pdf(draw)) == list(ABOVE)


def test_columns_of_a_newspaper_between_lines_are_no_table() -> None:
    def draw(canvas: Any) -> None:
        canvas.grid([40, 220, 400, 580], [780, 100])
        for column, name in enumerate("甲乙丙"):
            for n in range(40):
                width = 13 if n < 39 else 5
                canvas.drawString(46 + 180 * column, 760 - 16 * n, name * width)

    assert order("".join(lines(pdf(draw)))) == "甲乙丙"


def test_a_drawing_of_very_many_lines_is_read_as_text_alone() -> None:
    def draw(canvas: Any) -> None:
        path = canvas.beginPath()
        rng = random.Random(1)
        for _ in range(60_000):
            path.moveTo(rng.randrange(500), rng.randrange(800))
            path.lineTo(rng.randrange(500), rng.randrange(800))
        canvas.drawPath(path)
        canvas.drawString(50, 700, "图一")

    assert lines(pdf(draw)) == ["图一"]


def test_very_many_lines_across_each_other_make_no_grid() -> None:
    level: list[Stroke] = [(0, 4.0 * n, 9000, 4.0 * n) for n in range(2000)]
    upright: list[Stroke] = [(4.0 * n, 0, 4.0 * n, 8000) for n in range(2000)]
    assert grids([*level, *upright]) == []
    assert grids([*level[:500], *upright[:400]]) == []  # 199,101 cells
    assert len(grids([*level[:100], *upright[:100]])) == 1


def test_curves_and_slanting_lines_are_no_borders() -> None:
    assert list(strokes_of_line([(0, 0), (50, 50), (90, 0)], True)) == []
    assert list(strokes_of_line([(0, 0), (0.5, 0.5)], True)) == []
    assert list(strokes_of_line([(0, 0), (60, 0), (60, 50)], True)) == [
        (0, 0, 60, 0), (60, 0, 60, 50),
    ]  # fmt: skip
    assert list(strokes_of_line([(0, 0), (60, 0), (60, 50)], False)) == []


# ------------------------------------------------------------------------ over two pages


def table(rows: Rows, bottom: float, top: float, left: float = 50) -> Fragment:
    columns = tuple(left + 100 * n for n in range(len(rows[0]) + 1))
    whole = tuple(map(tuple, rows))
    return written(Fragment("", left, columns[-1], bottom, top, 10, columns, whole))


def line(text: str, bottom: float) -> Fragment:
    return Fragment(text, 50, 50 + 10 * len(text), bottom, bottom + 10, 10)


HEAD = ("序号", "项目名称", "建设单位")


def test_headings_that_a_page_repeats_are_said_once() -> None:
    above = [line("附件", 780), table([HEAD, ("1", "甲", "丙")], 60, 770), line("— 1 —", 30)]
    below = [table([HEAD, ("2", "乙", "丁")], 600, 780, left=70)]
    last, page = join_pages(above, below)
    assert last == above
    assert [f.text for f in page] == ["2\t乙\t丁"]


def test_headings_below_a_label_are_kept() -> None:
    above = [table([HEAD, ("1", "甲", "丙")], 60, 770)]
    below = [
        line("单位：万元", 790),
        table([HEAD, ("", "产业园", ""), ("2", "乙", "丁")], 600, 780),
    ]
    last, page = join_pages(above, below)
    assert last[0].text.endswith("1\t甲产业园\t丙")
    assert page[1].text == "序号\t项目名称\t建设单位\n2\t乙\t丁"


def test_a_row_that_a_page_cuts_is_made_whole() -> None:
    above = [table([HEAD, ("1", "甲某产业", "丙公司")], 60, 770)]
    below = [table([HEAD, ("", "园二期", ""), ("2", "乙", "丁")], 600, 780)]
    last, page = join_pages(above, below)
    assert last[0].text.endswith("1\t甲某产业园二期\t丙公司")
    assert page[0].text == "2\t乙\t丁"
    last, page = join_pages(above, [table([HEAD, ("", "园二期", "")], 600, 780)])
    assert last[0].text.endswith("1\t甲某产业园二期\t丙公司")
    assert page == []


def test_a_sum_on_the_next_page_is_no_rest_of_a_row() -> None:
    head = ("序号", "项目名称", "建设单位", "总投资")
    above = [table([head, ("1", "甲", "丙", "8.6")], 60, 770)]
    below = [table([head, ("", "合计", "", "100")], 600, 780)]
    last, page = join_pages(above, below)
    assert last == above
    assert page[0].text == "\t合计\t\t100"


def test_rows_of_a_cell_that_is_merged_over_the_page_stay_rows() -> None:
    above = [table([HEAD, ("无锡", "甲", "丙"), ("", "己", "戊")], 60, 770)]
    below = [table([("", "乙", "")], 600, 780)]
    assert join_pages(above, below) == (above, below)


def test_a_table_below_a_text_of_its_own_keeps_its_headings() -> None:
    above = [table([HEAD, ("1", "甲", "丙")], 60, 770)]
    below = [
        line("二、无锡市", 780),
        line("单位：万元", 760),
        table([HEAD, ("1", "乙", "丁")], 600, 750),
    ]
    assert join_pages(above, below) == (above, below)
    other = [table([("序号", "名称"), ("1", "乙")], 600, 750)]
    assert join_pages(above, other) == (above, other)
    assert join_pages([line("甲", 700)], below) == ([line("甲", 700)], below)


def test_fragments_outside_of_grids_stay_as_they_are() -> None:
    outside = [line("甲", 700), line("乙", 600)]
    assert as_tables(outside, []) == outside
