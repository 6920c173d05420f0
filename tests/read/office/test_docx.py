"""DOCX files in, their text out; bombs and damage are named."""

from __future__ import annotations

import io
import random
import tracemalloc
import zipfile

import pytest

from kg.base.errors import ReadError
from kg.read.office.docx import read_docx
from tests.conftest import EXAMPLES
from tests.testing.files.docx import SPACE, docx, p, tc, tr


def text(body: str) -> str:
    return read_docx(docx(body)).pages[0]


def test_a_notice_keeps_paragraphs_and_its_table() -> None:
    parts = read_docx((EXAMPLES / "湖北-算力基础设施方案.docx").read_bytes())
    lines = parts.pages[0].split("\n")
    assert lines[:2] == ["湖北省发展和改革委员会文件", "鄂发改高技〔2024〕96号"]
    assert "三峡绿色算力基地\t宜昌峡江云数据有限公司\t宜昌市夷陵区\t15.2\t2023-2025" in lines
    assert parts.title == "省发改委关于印发《湖北省算力基础设施高质量发展实施方案》的通知"
    assert (parts.publisher, parts.published) == ("湖北省发展和改革委员会", "2024-03-26")


def test_runs_join_and_tabs_and_breaks_are_kept() -> None:
    runs = "<w:r><w:t>无锡</w:t><w:tab/><w:t>市</w:t></w:r><w:r><w:br/><w:t>低空</w:t></w:r>"
    stops = "<w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr>"
    assert text(f"<w:p>{stops}{runs}</w:p>") == "无锡\t市\n低空"


def test_cells_of_a_drawing_close_none_of_the_document() -> None:
    drawing = "<a:tr xmlns:a='urn:drawing'><a:tc><a:t>图</a:t></a:tc></a:tr>"
    table = f"<w:tbl>{tr(tc(p('甲') + drawing + p('乙')), tc(p('丙')))}</w:tbl>"
    assert text(drawing + p("前") + table) == "前\n甲 乙\t丙"


def test_what_was_deleted_moved_or_hidden_is_no_text() -> None:
    body = (
        "<w:p><w:del><w:r><w:delText>删</w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>移</w:t></w:r></w:moveFrom>"
        "<w:ins><w:r><w:t>增</w:t></w:r></w:ins>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>显</w:t></w:r>'
        "<w:r><w:instrText>HYPERLINK</w:instrText></w:r></w:p>"
    )
    assert text(body) == "增显"


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{p('框')}</w:txbxContent>"
    both = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    body = f"<w:p><w:r><w:t>段</w:t>{both}</mc:AlternateContent></w:r></w:p>{p('后')}"
    assert text(body) == "段\n框\n后"


def test_cells_are_parted_by_tabs_and_spans_keep_the_columns() -> None:
    head = tr(tc(p("市")), tc(p("投资"), 2))
    table = f"<w:tbl>{head}{tr(tc(p('无锡')), tc(p('3') + p('亿')), tc(p('4')))}"
    assert text(f"{table}</w:tbl>") == "市\t投资\t\n无锡\t3 亿\t4"


def test_a_table_of_one_cell_is_a_frame_around_paragraphs() -> None:
    assert text(f"<w:tbl>{tr(tc(p('一') + p('二')))}</w:tbl>") == "一\n二"


def test_a_table_within_a_cell_keeps_its_words() -> None:
    inner = f"<w:tbl>{tr(tc(p('甲')), tc(p('乙')))}</w:tbl>"
    assert text(f"<w:tbl>{tr(tc(p('左')), tc(inner + p('丙')))}</w:tbl>") == "左\t甲 乙 丙"


def test_footnotes_follow_the_body_without_their_rule() -> None:
    notes = (
        f'<w:footnotes xmlns:w="{SPACE}"><w:footnote w:type="separator">{p("线")}</w:footnote>'
        f"<w:footnote>{p('注')}</w:footnote></w:footnotes>"
    )
    assert read_docx(docx(p("文"), word__footnotes=notes)).pages == ("文\n注",)


def test_the_strict_variant_and_other_part_names_are_read() -> None:
    stream = io.BytesIO()
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(
            "_rels/.rels",
            '<R xmlns="x"><a Type="http://purl.oclc.org/x/officeDocument" '
            'Target="/word/document2.xml"/></R>',
        )
        archive.writestr("word/document2.xml", f'<w:d xmlns:w="{strict}">{p("文")}</w:d>')
    assert read_docx(stream.getvalue()).pages == ("文",)


def core(creator: str, created: str) -> str:
    return (
        '<c xmlns:dc="d" xmlns:t="t"><dc:title>Microsoft Word - 附件.doc</dc:title>'
        f"<dc:creator>{creator}</dc:creator><t:created>{created}</t:created></c>"
    )


def test_logins_templates_and_file_names_declare_nothing() -> None:
    parts = read_docx(docx(p("文"), docProps__core=core("Administrator", "2013-12-23T23:15:00Z")))
    assert (parts.title, parts.publisher, parts.published) == ("", "", "")


def test_the_company_is_the_publisher_before_the_typist() -> None:
    app = "<P xmlns='x'><Company>无锡市人民政府办公厅</Company></P>"
    parts = read_docx(
        docx(p("文"), docProps__core=core("张三", "2024-04-08T01:00:00Z"), docProps__app=app)
    )
    assert (parts.publisher, parts.published) == ("无锡市人民政府办公厅", "2024-04-08")


def test_a_bomb_is_named_before_it_is_unpacked() -> None:
    bomb, spaces = docx("<w:p/>" * 2_000_000), docx(" " * 30_000_000)
    assert len(bomb) < 20_000
    tracemalloc.start()
    with pytest.raises(ReadError, match=r"unpacks to 11 MiB \(\d{3} times its size\)"):
        read_docx(bomb)
    with pytest.raises(ReadError, match=r"unpacks to 29 MiB \(1\d\d\d times its size\)"):
        read_docx(spaces)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 1 << 20


def test_too_many_paragraphs_are_refused_at_any_ratio() -> None:
    rng = random.Random(1)
    body = "".join(f'<w:p w:id="{rng.random()}"/>' for _ in range(410_000))
    with pytest.raises(ReadError, match="more than 400,000 paragraphs"):
        read_docx(docx(body))


def test_a_type_definition_is_refused() -> None:
    entities = '<!DOCTYPE d [<!ENTITY a "文文文文">]>'
    with pytest.raises(ReadError, match="document type definition"):
        read_docx(docx("<w:p><w:r><w:t>&a;</w:t></w:r></w:p>", head=entities))


def test_damage_is_named() -> None:
    whole = (EXAMPLES / "湖北-算力基础设施方案.docx").read_bytes()
    for size in (100, len(whole) // 2, len(whole) - 10):
        with pytest.raises(ReadError, match="cut off or damaged"):
            read_docx(whole[:size])
    with pytest.raises(ReadError, match="damaged XML"):
        read_docx(docx("<w:p>"))


def test_an_encrypted_part_is_named() -> None:
    data = bytearray(docx(p("文")))
    for mark, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + flag] |= 1
    with pytest.raises(ReadError, match="is encrypted"):
        read_docx(bytes(data))
