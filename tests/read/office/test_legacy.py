"""DOC and RTF in, their text out; what is damaged, old or locked is named.

The files of ``data/office`` are one notice, saved in four formats by LibreOffice.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from kg.base.errors import ReadError
from kg.read import parse
from kg.read.office import declared
from kg.read.office.struck import shown_doc, shown_rtf
from tests.testing.files.packages import rtf
from tests.testing.files.workbooks import compound

OFFICE = Path(__file__).parents[2] / "data" / "office"


@pytest.fixture
def extra() -> None:
    pytest.importorskip("anydoc", reason="the extra office is not installed")


@pytest.mark.usefixtures("extra")
@pytest.mark.parametrize("suffix", [".doc", ".rtf", ".odt"])
def test_a_notice_is_the_same_text_whatever_it_is_saved_as(suffix: str) -> None:
    same = parse("通知.docx", (OFFICE / "通知.docx").read_bytes())
    found = parse(f"通知{suffix}", (OFFICE / f"通知{suffix}").read_bytes())
    assert found.text == same.text
    assert found.text.endswith("\n此件主动公开")  # its footnote
    rows = [line for line in found.text.split("\n") if "\t" in line]
    assert rows == [
        "序号\t项目名称\t建设单位\t总投资",
        "1\t智能装备生产基地项目\t甲某智能科技有限公司\t42",
        "2\t江海新材料产业园项目 （二期）\t江海新材料有限公司\t30.5",
        "\t江海新材料研发中心项目\t江海新材料有限公司\t1.2",
    ]
    said = (found.title, found.publisher, found.published)
    assert said == ("关于印发《云澜市重点项目清单》的通知", "云澜市人民政府办公室", "2024-04-08")


@pytest.mark.usefixtures("extra")
def test_the_content_tells_that_a_text_is_rich() -> None:
    for name in ("a.txt", "a.doc", "a.docx", "-"):
        assert parse(name, rtf("投资42亿元\n在建")).text == "投资42亿元\n在建"


@pytest.mark.usefixtures("extra")
def test_wps_writes_the_format_of_word_97() -> None:
    data = (OFFICE / "通知.doc").read_bytes()
    assert parse("通知.wps", data).text == parse("通知.doc", data).text


def test_web_pages_and_texts_that_are_named_doc_are_read_as_such() -> None:
    page = "<html xmlns:o='urn:schemas-microsoft-com:office:office'><body><p>签约</p></body></html>"
    assert parse("a.doc", page.encode()).media == "text/html"
    saved = (
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n"
        f"Content-Type: text/html; charset=utf-8\r\n\r\n{page}\r\n--x--\r\n"
    )
    assert parse("a.doc", saved.encode()).media == "multipart/related"
    assert parse("a.doc", "签约30亿元".encode("gb18030")).text == "签约30亿元"


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.doc", b"a\0b", "is named .doc, but its content is no doc"),
        ("a.rtf", b"text", "is named .rtf, but its content is no rtf"),
        ("a.doc", b"<?xml version='1.0'?><w:wordDocument>", "XML of Word 2003; save it as docx"),
        ("a.doc", compound({"EncryptedPackage": b"a"}), "is encrypted; save it without a"),
        ("a.wps", compound({"CONTENTS": b"a"}), "an old office program that holds no text"),
    ],
)  # fmt: skip
def test_what_is_no_document_of_word_is_named(name: str, data: bytes, words: str) -> None:
    with pytest.raises(ReadError, match=words.replace(".", r"\.")):
        parse(name, data)


@pytest.mark.usefixtures("extra")
@pytest.mark.parametrize(
    ("data", "words"),
    [
        (compound({"WordDocument": b"\xdc\xa5" + bytes(5000)}), "Word 6 or 95, or damaged; save"),
        (compound({"WordDocument": b"\xec\xa5"}), "holds no text"),
    ],
)
def test_what_word_cannot_have_written_is_named(data: bytes, words: str) -> None:
    with pytest.raises(ReadError, match=words):
        parse("a.doc", data)


def test_without_the_extra_the_way_out_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "anydoc", None)
    for name, kind in (("a.doc", "a Word or WPS document"), ("a.rtf", "rich text")):
        data = rtf("文") if name == "a.rtf" else (OFFICE / "通知.doc").read_bytes()
        with pytest.raises(ReadError, match=kind) as told:
            parse(name, data)
        assert str(told.value).endswith(
            "which kg reads with an extra: pip install 'zhengtu[office]'; or save it as docx or pdf"
        )


# ---------------------------------------------------------------------------- declarations


def test_an_rtf_declares_in_bytes_or_in_unicode() -> None:
    said = "\\'b9\\'d8\\'d3\\'da"
    info = f"{{\\info{{\\title {said}}}{{\\company 云}}{{\\creatim\\yr2024\\mo4\\dy8\\hr9}}}}"
    found = declared.of_rtf(
        rtf("文", info.replace("云", "\\'d4\\'c6\\'c0\\'bd\\'c8\\'d5\\'b1\\'a8"))
    )
    assert found == declared.Declared("关于", "云澜日报", "2024-04-08")
    both = "{\\info{\\upr{\\title \\'3f\\'3f}{\\*\\ud{\\title \\u20851\\'3f\\u20110\\'3f}}}}"
    assert declared.of_rtf(rtf("文", both)).title == "关于"


def test_damaged_declarations_say_nothing() -> None:
    for data in (b"", b"{\\rtf1{\\info", b"{\\rtf1{\\info{\\title \\u}}}", b"{\\rtf1}"):
        assert declared.of_rtf(data) == declared.Declared()
    noise = compound({"\x05SummaryInformation": bytes(range(256)) * 20})
    assert declared.of_ole(noise) == declared.Declared()


# -------------------------------------------------------------------- struck out and hidden


@pytest.mark.usefixtures("extra")
@pytest.mark.parametrize("suffix", [".doc", ".rtf", ".docx", ".odt"])
def test_what_is_struck_out_or_hidden_is_no_text(suffix: str) -> None:
    """With its deletion shown the sentence of the file says 保留删去增加隐藏结尾."""
    assert parse(f"a{suffix}", (OFFICE / f"修订{suffix}").read_bytes()).text == "保留增加结尾"


def test_an_rtf_keeps_its_pictures_and_paragraphs_when_something_is_struck_out() -> None:
    picture = b"{\\pict\\bin5 {}\\v\x00}"
    data = b"{\\rtf1 " + picture + b"{\\deleted a\\par b}c\\v d\\plain e}"
    assert shown_rtf(data) == b"{\\rtf1 " + picture + b"{\\deleted \\par }c\\v \\plain e}"


def test_a_damaged_doc_stays_as_it_is() -> None:
    whole = (OFFICE / "修订.doc").read_bytes()
    assert shown_doc(whole) != whole
    for data in (b"", whole[:600], whole[:3000], whole.replace(b"\xec\xa5", b"\xff\xff")[:2000]):
        assert shown_doc(data) == data
