"""OFD files in, their text out by page: texts, templates, transforms and tables."""

from __future__ import annotations

import random
import re

import pytest

from kg.base.errors import ReadError
from kg.base.records import Document, Skipped
from kg.read import File, parse, read_file
from kg.read.page.drawn import steps
from kg.read.page.ofd import read_ofd
from tests.testing.files.ofd import SPACE, object_, ofd, path, table, text
from tests.testing.files.projects import ABOVE, BELOW, HEADINGS, facts, in_word, projects
from tests.testing.files.workbooks import packed

NEWS = "成都高新区与蓉芯微签约，投资42亿元。"


def page_of(data: bytes, number: int = 0) -> list[str]:
    return [line for line in read_ofd(data).pages[number].split("\n") if line]


def test_a_notice_states_the_same_in_word_and_as_an_ofd_with_a_ruled_table() -> None:
    rows = [HEADINGS, *projects(30)]
    widths = (14, 50, 45, 40, 30)
    first = text(ABOVE[0], 60, 20, 5) + text(ABOVE[1], 160, 30) + table(rows[:16], 36, widths, 14)
    second = table([HEADINGS, *rows[16:]], 20, widths, 14) + text(BELOW[0], 20, 250)
    page = parse("a.ofd", ofd(first, second))
    word = parse("a.docx", in_word(rows, ABOVE, BELOW))
    assert [line for line in page.text.split("\n") if line] == word.text.split("\n")
    assert facts(page) == facts(word)
    assert len(page.pages) == 2
    assert len(facts(word)) >= 90


def test_what_a_file_declares_is_taken_and_its_kind_is_known() -> None:
    info = (
        "<ofd:Title>关于印发方案的通知</ofd:Title><ofd:Author>云泽市人民政府办公室</ofd:Author>"
        "<ofd:CreationDate>2024-04-08</ofd:CreationDate>"
    )
    document = parse("a.txt", ofd(text(NEWS, 20, 20), info=info))
    assert (document.text, document.media) == (NEWS, "application/ofd")
    assert (document.title, document.publisher, document.published) == (
        "关于印发方案的通知", "云泽市人民政府办公室", "2024-04-08",
    )  # fmt: skip


def test_a_template_is_on_its_page_where_it_stands() -> None:
    template = text("云泽市人民政府文件", 60, 15, 8) + text("内部资料", 20, 280)
    pages = [text("云泽政发〔2024〕1号", 60, 40), text("第二页的话", 20, 40)]
    data = ofd(*pages, template=template)
    assert page_of(data) == ["云泽市人民政府文件", "云泽政发〔2024〕1号", "内部资料"]
    assert page_of(data, 1) == ["云泽市人民政府文件", "第二页的话", "内部资料"]


def test_transforms_scale_move_and_turn_what_they_hold() -> None:
    def scaled(right: float, said: str) -> str:
        held = f'Boundary="20 40 100 9" Size="35" CTM="0.1 0 0 0.1 {right} 0"'
        code = f'<ofd:TextCode X="0" Y="30" DeltaX="35 35">{said}</ofd:TextCode>'
        return object_(held, code)

    data = ofd(scaled(0, "甲市乙") + scaled(10.5, "区通知") + text("后", 20, 50))
    assert page_of(data) == ["甲市乙区通知", "后"]


@pytest.mark.parametrize(
    ("quarters", "matrix", "x", "y"),
    [(1, "0 1 -1 0", 190, 20), (2, "-1 0 0 -1", 190, 270), (3, "0 -1 1 0", 20, 270)],
)
def test_a_page_on_its_side_is_read_upright(quarters: int, matrix: str, x: int, y: int) -> None:
    rows = [("序号", "项目名称", "建设单位"), ("1", "甲工程", "甲公司"), ("2", "乙工程", "乙公司")]
    out = ""
    upright = table(rows, 5, (15, 40, 40), 8)
    for piece in re.sub("</ofd:(?:Path|Text)Object>", "\n", upright).splitlines():
        kind = "TextObject" if "TextObject" in piece else "PathObject"
        left, top = (float(n) for n in piece.split('Boundary="')[1].split()[:2])
        across, down = {1: (-top, left), 2: (-left, -top), 3: (top, -left)}[quarters]
        held = f'Boundary="0 0 210 297" CTM="{matrix} {across + x} {down + y}"'
        out += f"<ofd:{kind} {held}{piece.split(chr(34), 2)[2]}</ofd:{kind}>"
    assert page_of(ofd(out)) == ["\t".join(row) for row in rows]


def test_objects_in_blocks_are_read_and_hidden_ones_are_not() -> None:
    block = f"<ofd:PageBlock ID='3'>{text('甲', 20, 20)}</ofd:PageBlock>"
    hidden = text("秘", 20, 30, more='Visible="false"')
    codes = '<ofd:TextCode X="0" Y="3">乙</ofd:TextCode><ofd:TextCode X="3.5">丙</ofd:TextCode>'
    following = object_('Boundary="20 40 90 9" Size="3.5"', codes)
    assert page_of(ofd(block + hidden + following)) == ["甲", "乙丙"]


def test_borders_are_seen_as_boxes_and_curves_are_none() -> None:
    boxes = path("M 20 20 L 60 20 L 60 30 L 20 30 C") + path("M 60 20 L 90 20 L 90 30 L 60 30 C")
    boxes += path("M 20 30 L 90 30 L 90 30.2 L 20 30.2 C", 'Stroke="false" Fill="true"')
    boxes += path("M 20 20 B 1 1 2 2 90 30 Q 1 1 2 2 A 1 1 0 0 0 5 5 L x")
    boxes += path("M 20 25 L 90 25", 'Stroke="false"')
    said = text("建设单位名称", 22, 21) + text("甲公司", 62, 22) + text("乙", 86, 26)
    assert page_of(ofd(boxes + said)) == ["建设单位名称\t甲公司 乙"]


def test_steps_are_bounded_by_the_text() -> None:
    assert steps("g 1000000000000 1 5", 3) == [1.0, 1.0, 1.0]
    assert steps("1 g x 2", 9) == [1.0]
    assert steps("g -5 1 2", 9) == [2.0]
    assert steps("1e300 nan", 9)[0] == 0.0
    code = '<ofd:CGTransform CodePosition="0" CodeCount="2000000000" GlyphCount="2000000000"/>'
    said = text(NEWS, 20, 20).replace("<ofd:TextCode", f"{code}<ofd:TextCode")
    assert page_of(ofd(said)) == [NEWS]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (ofd(path("M 0 0 L 1 1")), "holds no text (a scan?"),
        (ofd(), "holds no text"),
        (ofd(text("甲", 1, 1), Encryptions="<a/>"), "is encrypted; save it without a password"),
        (packed({"OFD.xml": "<a>"}), "is an ofd with damaged XML"),
        (packed({"OFD.xml": "<!DOCTYPE a><a/>"}), "document type definition"),
        (packed({"OFD.xml": "<a><DocRoot>x.xml</DocRoot></a>"}), "is an ofd that is cut off or"),
        (ofd(text("甲", 1, 1))[:-40], "is a zip (ofd?) that is cut off"),
        (b"text", "is named .ofd, but its content is no ofd"),
    ],
)  # fmt: skip
def test_the_reason_says_what_is_wrong_with_it(data: bytes, words: str) -> None:
    found = read_file(File("-", "a.ofd", data=data))
    assert isinstance(found, Skipped)
    assert words in found.reason


def test_a_missing_page_leaves_the_others() -> None:
    assert read_ofd(ofd(text("甲", 9, 9), Doc_0__Document=_two())).pages == ("", "甲")


def _two() -> str:
    listed = '<ofd:Page BaseLoc="no.xml"/><ofd:Page BaseLoc="/Doc_0/Pages/Page_0/Content.xml"/>'
    return f"<ofd:Document {SPACE}><ofd:Pages>{listed}</ofd:Pages></ofd:Document>"


def test_too_much_is_named() -> None:
    many = ofd("<ofd:TextObject><ofd:TextCode>a</ofd:TextCode></ofd:TextObject>" * 9)
    listed = '<ofd:Page BaseLoc="Pages/Page_0/Content.xml"/>' * 5001
    root = f"<ofd:Document {SPACE}>{listed}</ofd:Document>"
    with pytest.raises(ReadError, match="has more than 5000 pages"):
        read_ofd(ofd(text("甲", 9, 9), Doc_0__Document=root))
    assert read_ofd(many).pages[0]
    rng = random.Random(4)
    codes = "".join(f"<ofd:TextCode X='{rng.random()}'>a</ofd:TextCode>" for _ in range(200_001))
    with pytest.raises(ReadError, match="a page of more than 200,000 objects"):
        read_ofd(ofd(f"<ofd:TextObject>{codes}</ofd:TextObject>"))


def test_a_drawing_of_very_many_lines_is_read_as_text_alone() -> None:
    rng = random.Random(1)
    lines = " ".join(f"M {rng.random()} 1 L {rng.random() * 200} 200" for _ in range(30_000))
    assert page_of(ofd(path(lines) + text(NEWS, 20, 20))) == [NEWS]


def test_whatever_the_reader_meets_becomes_a_reason() -> None:
    rng = random.Random(3)
    odd = object_("", "<ofd:TextCode X='nan' Y='inf' DeltaX='g'>甲</ofd:TextCode>")
    pieces = [
        text(NEWS, 20, 20), path("M 20 20 L 60 20 L 60 30 C"), '<ofd:TextObject Size="x">', odd,
        "</ofd:TextObject>", '<ofd:TextObject Boundary="1 2" CTM="a">', path("C C L 1"),
        path("M 1e9 1e300 L nan 0"), path("M nan 0 L 5 inf"),
    ]  # fmt: skip
    for _ in range(200):
        found = read_file(File("-", "a.ofd", data=ofd("".join(rng.choices(pieces, k=6)))))
        assert isinstance(found, Document) or "Error" not in found.reason
