"""PPTX, ODP, ODT and EPUB in, their text out, page by page."""

from __future__ import annotations

import pytest

from kg.base.errors import ReadError
from kg.read import parse
from kg.read.office.odt import read_odp, read_odt
from kg.read.office.ppt import read_ppt
from kg.read.office.pptx import read_pptx
from kg.read.parts import Parts
from kg.read.web.epub import read_epub
from tests.testing.files.packages import (
    beside,
    box,
    epub,
    grid,
    grid_of_boxes,
    open_document,
    parts_of,
    ppt,
    pptx,
    record,
    rows_of,
    shape,
)
from tests.testing.files.workbooks import compound, packed

LIST = [["单位：亿元", "<", "<"], ["项目名称", "建设单位", "总投资"], ["基地", "甲某公司", "42"]]


# ----------------------------------------------------------------------------------- slides


def test_each_slide_is_a_page_with_its_title_first() -> None:
    first = shape("签约42亿元", "第二点") + shape("重点项目", kind="title")
    parts = read_pptx(pptx(first, shape("结语", kind="ctrTitle")))
    assert parts.pages == ("重点项目\n签约42亿元\n第二点", "结语")


def test_a_table_of_a_slide_is_rows() -> None:
    rows = [*LIST, ["^", "乙某公司", "3"]]
    assert read_pptx(pptx(grid(rows))).pages[0].split("\n") == [
        "单位：亿元",
        "项目名称\t建设单位\t总投资",
        "基地\t甲某公司\t42",
        "\t乙某公司\t3",
    ]


def test_hidden_slides_are_left_out_and_told_of() -> None:
    parts = read_pptx(pptx(shape("甲"), "hidden:" + shape("乙"), shape("丙")))
    assert parts.pages == ("甲", "丙")
    assert parts.notes == ("hidden slides are left out: 1",)


def test_numbers_dates_and_feet_of_slides_are_no_text() -> None:
    around = shape("3", kind="sldNum") + shape("2024-05-01", kind="dt") + shape("某局", kind="ftr")
    assert read_pptx(pptx(shape("正文") + around)).pages == ("正文",)


def test_what_old_programs_see_instead_is_not_said_twice() -> None:
    both = (
        f"<mc:AlternateContent><mc:Choice>{shape('新')}</mc:Choice>"
        f"<mc:Fallback>{shape('旧')}</mc:Fallback></mc:AlternateContent>"
    )
    assert read_pptx(pptx(both)).pages == ("新",)


def test_shapes_in_a_group_are_read() -> None:
    assert read_pptx(pptx(f"<p:grpSp>{shape('一')}{shape('二')}</p:grpSp>")).pages == ("一\n二",)


def test_diagrams_and_what_a_speaker_notes_follow() -> None:
    points = "".join(
        f"<dgm:pt><dgm:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></dgm:t></dgm:pt>"
        for text in ("招引", "签约")
    )
    links = (
        "<Relationships>"
        "<Relationship Id='a' Type='x/notesSlide' Target='../notesSlides/n1.xml'/>"
        "<Relationship Id='b' Type='x/diagramData' Target='../diagrams/d1.xml'/>"
        "</Relationships>"
    )
    more = {
        "ppt/slides/_rels/slide1.xml.rels": links,
        "ppt/notesSlides/n1.xml": beside(shape("备注") + shape("1", kind="sldNum")),
        "ppt/diagrams/d1.xml": beside(points),
    }
    assert read_pptx(pptx(shape("正文"), more=more)).pages == ("正文\n招引\n签约\n备注",)


def test_slides_come_in_the_order_of_the_presentation() -> None:
    order = '<p:sldId id="2" r:id="r2"/><p:sldId id="1" r:id="r1"/>'
    main = f"<p:presentation xmlns:p='p' xmlns:r='r'>{order}</p:presentation>"
    core = "<c><title>招商推介</title></c>"
    more = {"ppt/presentation.xml": main, "docProps/core.xml": core}
    parts = read_pptx(pptx(shape("一"), shape("二"), more=more))
    assert (parts.pages, parts.title) == (("二", "一"), "招商推介")


def odp(body: str, styles: str = "") -> Parts:
    return read_odp(open_document(body, "presentation", styles))


def test_slides_of_open_document_are_pages() -> None:
    def page(text: str, style: str = "") -> str:
        notes = (
            f"<presentation:notes><draw:page-thumbnail/><draw:frame><draw:text-box><text:p>注{text}"
        )
        notes += "</text:p></draw:text-box></draw:frame></presentation:notes>"
        return (
            f"<draw:page draw:style-name='{style}'><draw:frame><draw:text-box><text:p>{text}"
            "<text:page-number>7</text:page-number></text:p></draw:text-box></draw:frame>"
            f"{notes}</draw:page>"
        )

    hidden = (
        "<style:style style:name='h'>"
        "<style:drawing-page-properties presentation:visibility='hidden'/></style:style>"
    )
    parts = odp(page("一") + page("藏", "h") + page("二"), hidden)
    assert parts.pages == ("一\n注一", "二\n注二")
    assert parts.notes == ("hidden slides are left out: 1",)


def test_slides_of_powerpoint_97_are_pages_with_their_tables() -> None:
    table = [["项目名称", "建设单位"], ["基地", "甲某公司"]]
    first = box("签约42亿元\n第二点") + box("重点项目", 0x0D) + box("7", 0x08) + box("*")
    parts = read_ppt(ppt(first, box("藏"), grid_of_boxes(table), hidden=[1]))
    assert parts.pages == (
        "重点项目\n签约42亿元\n第二点",
        "项目名称\t建设单位\n基地\t甲某公司",
    )
    assert parts.notes == ("hidden slides are left out: 1",)


def test_a_shape_may_say_what_the_outline_of_its_slide_has() -> None:
    reference = record(0xF00D, record(3998, (1).to_bytes(4, "little")))
    slide = record(0xF004, reference, whole=True)
    assert read_ppt(ppt(slide, outline=["one", "two"])).pages == ("two",)


def test_what_powerpoint_cannot_have_written_is_named() -> None:
    whole = ppt(box("文"))
    locked = whole.replace((0xE391C05F).to_bytes(4, "little"), (0xF3D1C4DF).to_bytes(4, "little"))
    with pytest.raises(ReadError, match="is encrypted; save it without a password"):
        parse("a.ppt", locked)
    for data in (compound({"PowerPoint Document": b"a"}), whole.replace(b"\xf5\x0f", b"\xf4\x0f")):
        with pytest.raises(ReadError, match="is a ppt that is cut off, damaged or older than"):
            parse("a.dps", data)


# ------------------------------------------------------------------------------------ texts


def odt(body: str, styles: str = "") -> str:
    return "\n".join(read_odt(open_document(body, styles=styles)).pages)


def test_paragraphs_headings_lists_and_spaces_of_open_document() -> None:
    body = (
        "<text:h>一、目标</text:h><text:p>投资<text:s text:c='2'/>3<text:tab/>亿元"
        "<text:line-break/>在建</text:p><text:p/><text:list><text:list-item><text:p>要点\n  甲"
        "</text:p></text:list-item></text:list>"
    )
    assert odt(body) == "一、目标\n投资  3\t亿元\n在建\n\n要点 甲"


def test_a_table_of_open_document_is_rows() -> None:
    covered = (
        "<table:table-row><table:table-cell><text:p>单位：亿元</text:p></table:table-cell>"
        "<table:covered-table-cell table:number-columns-repeated='2'/></table:table-row>"
    )
    table = rows_of([["项目", "投资", ""], ["基地", "42", "在建"]])
    assert odt(table.replace("<table:table>", f"<table:table>{covered}")) == (
        "单位：亿元\n项目\t投资\t\n基地\t42\t在建"
    )


def test_what_is_deleted_hidden_or_remarked_is_no_text() -> None:
    hidden = (
        "<style:style style:name='v'><style:text-properties text:display='none'/></style:style>"
    )
    body = (
        "<text:tracked-changes><text:changed-region><text:p>删去</text:p></text:changed-region>"
        "</text:tracked-changes><text:p>正文<text:span text:style-name='v'>隐藏</text:span>"
        "<office:annotation><text:p>批注</text:p></office:annotation>结尾</text:p>"
        "<text:section text:display='none'><text:p>藏起来的一节</text:p></text:section>"
    )
    assert odt(body, hidden) == "正文结尾"


def test_footnotes_and_text_boxes_follow_what_they_hang_on() -> None:
    note = (
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>脚注</text:p>"
        "</text:note-body></text:note>"
    )
    box = "<draw:frame><draw:text-box><text:p>框内</text:p></draw:text-box></draw:frame>"
    assert odt(f"<text:p>甲{note}{box}乙</text:p><text:p>丙</text:p>") == "甲乙\n框内\n丙\n脚注"


def test_an_encrypted_text_of_open_document_is_named() -> None:
    locked = "<m xmlns='m'><file-entry><encryption-data/></file-entry></m>"
    with pytest.raises(ReadError, match="is encrypted; save it without a password"):
        read_odt(open_document("<text:p>文</text:p>", more={"META-INF/manifest.xml": locked}))


# ------------------------------------------------------------------------------------ books


def test_chapters_of_a_book_are_pages_in_the_order_of_its_spine() -> None:
    spine = '<itemref idref="c2"/><itemref idref="c1"/>'
    table = (
        "<table><tr><td>项目</td><td>投资</td></tr><tr><td>基地</td><td>42亿元</td></tr></table>"
    )
    head = "<dc:title>年度报告</dc:title><dc:publisher>某某出版社</dc:publisher>"
    head += "<dc:date>2024-05-01</dc:date>"
    parts = read_epub(epub("<p>第一章</p>", f"<h1>第二章</h1>{table}", head=head, spine=spine))
    assert parts.pages == ("第二章\n\n项目\t投资\n基地\t42亿元", "第一章")
    assert (parts.title, parts.publisher, parts.published) == (
        "年度报告",
        "某某出版社",
        "2024-05-01",
    )


def test_a_book_that_lacks_a_chapter_says_so() -> None:
    spine = '<itemref idref="c1"/><itemref idref="gone"/>'
    item = '<item id="gone" href="text/x.xhtml" media-type="application/xhtml+xml"/>'
    held = parts_of(epub("<p>文</p>", spine=spine))
    whole = bytes(held["OPS/book.opf"]).replace(b"<manifest>", f"<manifest>{item}".encode())  # type: ignore[arg-type]
    parts = read_epub(packed({**held, "OPS/book.opf": whole}))
    assert parts.notes == ("chapters that it lists and does not hold: OPS/text/x.xhtml",)


def test_a_protected_book_is_named() -> None:
    lock = "<e><CipherReference URI='OPS/text/%E7%AB%A01.xhtml'/></e>"
    with pytest.raises(ReadError, match="is an e-book that is encrypted"):
        read_epub(epub("<p>文</p>", more={"META-INF/encryption.xml": lock}))
    font = "<e><CipherReference URI='OPS/font.ttf'/></e>"
    assert read_epub(epub("<p>文</p>", more={"META-INF/encryption.xml": font})).pages == ("文",)


# ------------------------------------------------------------------------- found by content


@pytest.mark.parametrize(
    ("data", "media"),
    [
        (pptx(shape("文")), "presentationml.presentation"),
        (open_document("<text:p>文</text:p>"), "opendocument.text"),
        (
            open_document("<draw:page><text:p>文</text:p></draw:page>", "presentation"),
            "opendocument.presentation",
        ),
        (epub("<p>文</p>"), "epub+zip"),
    ],
)
def test_the_content_tells_the_kind_whatever_the_name(data: bytes, media: str) -> None:
    for name in ("a.txt", "a.docx", "-"):
        document = parse(name, data)
        assert document.text == "文"
        assert document.media.endswith(media)


def test_what_is_damaged_is_named_with_its_kind() -> None:
    broken = packed({"ppt/presentation.xml": "<a>", "x": "y"})
    with pytest.raises(ReadError, match="is a pptx with damaged XML"):
        parse("a.pptx", broken)
    with pytest.raises(ReadError, match="document type definition"):
        parse("a.odt", packed({"content.xml": "<!DOCTYPE a><a/>"}))
    with pytest.raises(ReadError, match="is an epub that is cut off or damaged"):
        parse("a.epub", packed({"mimetype": "application/epub+zip"}))
