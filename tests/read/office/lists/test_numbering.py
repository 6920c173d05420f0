"""Numbers that Word gives paragraphs by itself stand before their text, as on the page."""

from __future__ import annotations

import re

import pytest

from kg.read import parse
from kg.read.office.docx import read_docx
from kg.read.office.lists.doc import Pattern, patterns, shown
from kg.read.office.lists.forms import is_known, number_text
from kg.read.office.odt import read_odt
from tests.conftest import ROOT
from tests.testing.files.docx import docx, listed, p, tc, tr
from tests.testing.files.packages import open_document

OFFICE = ROOT / "tests" / "data" / "office"


def level(at: int, form: str, text: str, more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/>{more}</w:lvl>'
    )


def item(text: str, number: int | None = 1, at: int | None = 0, more: str = "") -> str:
    named = "" if at is None else f'<w:ilvl w:val="{at}"/>'
    named += "" if number is None else f'<w:numId w:val="{number}"/>'
    runs = f"<w:r><w:t>{text}</w:t></w:r>" if text else ""
    return f"<w:p><w:pPr><w:numPr>{named}</w:numPr>{more}</w:pPr>{runs}</w:p>"


def lines(body: str, numbering: str, styles: str = "") -> list[str]:
    return read_docx(listed(body, numbering, styles)).pages[0].split("\n")


NOTICE = (
    '<w:abstractNum w:abstractNumId="0">'
    + level(0, "chineseCountingThousand", "%1、")
    + level(1, "chineseCountingThousand", "（%2）")
    + level(2, "decimal", "%3.")
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)


def test_the_levels_of_a_notice() -> None:
    body = (
        item("总体要求") + item("主要任务") + item("建设平台", at=1) + item("云湖平台", at=2)
        + item("江畔平台", at=2) + item("引进企业", at=1) + item("飞机厂", at=2) + p("另行通知。")
        + item("组织实施")
    )  # fmt: skip
    assert lines(body, NOTICE) == [
        "一、总体要求", "二、主要任务", "（一）建设平台", "1. 云湖平台", "2. 江畔平台",
        "（二）引进企业", "1. 飞机厂", "另行通知。", "三、组织实施",
    ]  # fmt: skip


def test_a_column_of_numbers_has_no_text_of_its_own() -> None:
    numbering = NOTICE.replace('"%1、"', '"%1"').replace("chineseCountingThousand", "decimal")
    rows = "".join(tr(tc(item("")), tc(p(name))) for name in ("云湖项目", "江畔项目"))
    assert lines(f"<w:tbl>{rows}</w:tbl>", numbering) == ["1\t云湖项目", "2\t江畔项目"]


def test_an_empty_line_counts_and_has_no_number() -> None:
    assert lines(item("甲") + item("") + item("乙"), NOTICE) == ["一、甲", "", "三、乙"]


def test_what_ends_a_section_or_was_deleted_does_not_count() -> None:
    deleted = (
        "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr><w:rPr><w:del/>"
        "</w:rPr></w:pPr><w:del><w:r><w:delText>删</w:delText></w:r></w:del></w:p>"
    )
    body = item("甲") + item("", more="<w:sectPr/>") + deleted + item("乙")
    assert lines(body, NOTICE) == ["一、甲", "", "", "二、乙"]


def test_what_the_list_was_before_a_change_does_not_count() -> None:
    before = "<w:pPrChange><w:pPr><w:numPr><w:numId w:val='0'/></w:numPr></w:pPr></w:pPrChange>"
    assert lines(item("甲", more=before), NOTICE) == ["一、甲"]


def test_a_style_names_the_list_and_a_paragraph_may_leave_it() -> None:
    styles = (
        '<w:style w:styleId="章"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="节"><w:basedOn w:val="章"/></w:style>'
    )
    numbering = NOTICE.replace('"%1、"/>', '"第%1章"/><w:pStyle w:val="章"/>').replace(
        '"（%2）"/>', '"第%2节"/><w:pStyle w:val="节"/>'
    )

    def styled(style: str, text: str, more: str = "") -> str:
        style = f'<w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>'
        return f"<w:p>{style}<w:r><w:t>{text}</w:t></w:r></w:p>"

    none = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    body = styled("章", "总则") + styled("节", "目的") + styled("章", "附录", none)
    assert lines(body + styled("节", "范围"), numbering, styles) == [
        "第一章总则", "第一节目的", "附录", "第二节范围",
    ]  # fmt: skip


def test_lists_of_one_kind_go_on_or_begin_anew() -> None:
    numbering = NOTICE + (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    body = item("甲") + item("乙", 2) + item("丙", 3) + item("丁", 3)
    assert lines(body, numbering) == ["一、甲", "二、乙", "一、丙", "二、丁"]


def test_numbers_of_the_levels_above_and_levels_that_go_on() -> None:
    tight = '<w:suff w:val="nothing"/>'
    numbering = (
        '<w:abstractNum w:abstractNumId="0">'
        + level(0, "chineseCounting", "%1、")
        + level(1, "decimal", "%1.%2", "<w:isLgl/>")
        + level(2, "decimalEnclosedCircle", "%3", f'{tight}<w:lvlRestart w:val="0"/>')
        + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )  # fmt: skip
    body = item("甲") + item("乙", at=1) + item("丙", at=2) + item("丁", at=1) + item("戊", at=2)
    assert lines(body, numbering) == ["一、甲", "1.1 乙", "①丙", "1.2 丁", "②戊"]


def test_a_style_of_lists_stands_for_levels() -> None:
    numbering = NOTICE.replace('"0">', '"0"><w:styleLink w:val="条"/>', 1) + (
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="条"/></w:abstractNum>'
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    )
    assert lines(item("甲", 2), numbering) == ["一、甲"]


@pytest.mark.parametrize("form", ["bullet", "hebrew1"])
def test_signs_and_forms_that_are_not_known_are_no_numbers(form: str) -> None:
    numbering = NOTICE.replace("chineseCountingThousand", form)
    assert lines(item("甲"), numbering) == ["甲"]


def test_a_list_that_is_nowhere_and_a_level_too_deep() -> None:
    assert lines(item("甲", 7) + item("乙", 1, 12), NOTICE) == ["甲", "乙"]


def test_damaged_lists_are_said_and_the_text_is_read() -> None:
    parts = read_docx(listed(item("甲"), "<w:abstractNum>"))
    assert parts.pages == ("甲",)
    (note,) = parts.notes
    assert note.startswith("the numbers of its lists are left out: ")
    assert read_docx(docx(item("甲"))).notes == ()


FORMS = {
    "decimal": (12, "12"), "decimalZero": (3, "03"), "decimalFullWidth": (12, "１２"),
    "upperLetter": (27, "AA"), "lowerLetter": (3, "c"), "upperRoman": (14, "XIV"),
    "lowerRoman": (9, "ix"), "chineseCounting": (21, "二十一"), "ideographDigital": (3, "三"),
    "chineseLegalSimplified": (12, "壹拾贰"), "decimalEnclosedParen": (2, "⑵"),
    "decimalEnclosedFullstop": (3, "⒊"), "ideographEnclosedCircle": (2, "㊁"),
    "decimalEnclosedCircleChinese": (20, "⑳"), "none": (5, ""),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_forms_of_numbers(form: str) -> None:
    number, text = FORMS[form]
    assert is_known(form)
    assert number_text(number, form) == text


def test_numbers_beyond_what_has_a_sign() -> None:
    assert number_text(21, "decimalEnclosedCircle") == "21"
    assert number_text(123_456, "lowerRoman") == "123456"


@pytest.mark.parametrize("suffix", [".doc", ".rtf", ".odt"])
def test_lists_are_the_same_whatever_a_notice_is_saved_as(suffix: str) -> None:
    if suffix != ".odt":
        pytest.importorskip("anydoc")
    found = parse(f"条目{suffix}", (OFFICE / f"条目{suffix}").read_bytes())
    assert found.text.split("\n") == [
        "一、总体要求", "二、主要任务", "（一）建设平台", "1）云湖平台", "2）江畔平台",
        "（二）引进企业", "1）飞机厂", "另行通知。", "三、组织实施",
    ]  # fmt: skip


LABELS = {
    r"{\rtf1\ansi{\listtext\f1\'b7\tab}a\par}": "a",  # a dot of a font of signs
    r"{\rtf1\ansi{\listtext\u8226\'2d\tab}a\par}": "a",
    r"{\rtf1\ansi{\listtext\u-3913 ?\tab}a\par}": "a",
    r"{\rtf1\ansi{\pntext 1.\tab}a\par}": "1. a",
    r"{\rtf1\ansi\ansicpg936{\listtext\'d2\'bb\'a1\'a2\tab}a\par}": "一、a",
    r"{\rtf1\ansi{\listtext\pard\plain \u65288\'28\u19968\'3f\u65289\'29\tab}a\par}": "（一）a",
    r"{\rtf1\ansi\deleted{\listtext 1.\tab}a\deleted0 b\par}": "b",
}


@pytest.mark.parametrize("data", LABELS)
def test_labels_of_an_rtf(data: str) -> None:
    pytest.importorskip("anydoc")
    assert parse("a.rtf", data.encode()).text == LABELS[data]


def test_lists_of_a_doc_that_disagree_give_no_number() -> None:
    chinese = Pattern(re.compile(r"(\d+)、"), (39,))
    circled = Pattern(re.compile(r"(\d+)、"), (18,))
    assert shown("3、", [chinese]) == "三、"
    assert shown("3、", [chinese, chinese]) == "三、"
    assert shown("3、", [chinese, circled]) == ""
    assert shown("3）", [chinese]) == ""
    assert shown("3、", [Pattern(re.compile(r"(\d+)、"), (5,))]) == ""


def test_lists_of_a_doc_that_is_cut_off_are_none() -> None:
    data = (OFFICE / "条目.doc").read_bytes()
    assert patterns(data)
    for end in range(0, len(data), 997):
        assert len(patterns(data[:end])) <= len(patterns(data))


ODT = (
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" '
    'style:num-format="一, 二, 三, ..." style:num-suffix="、"/><text:list-level-style-number '
    'text:level="2" style:num-format="1" text:display-levels="2" text:start-value="3"/>'
    "</text:list-style>"
)


def test_lists_of_an_odt_that_begin_anew_go_on_and_have_a_start() -> None:
    def listed_in(items: str, more: str = "") -> str:
        return f'<text:list text:style-name="L"{more}>{items}</text:list>'

    def one(text: str, inner: str = "", more: str = "") -> str:
        return f"<text:list-item{more}><text:p>{text}</text:p>{inner}</text:list-item>"

    inner = f"<text:list>{one('乙')}{one('丙')}</text:list>"
    body = (
        listed_in(one("甲", inner) + one("丁"))
        + listed_in(one("戊"))
        + listed_in(one("己"), ' text:continue-numbering="true"')
        + listed_in(one("庚", more=' text:start-value="7"') + one("辛"))
        + "<text:list text:style-name='none'>" + one("壬") + "</text:list>"
    )  # fmt: skip
    assert read_odt(open_document(body, styles=ODT)).pages[0].split("\n") == [
        "一、甲", "一.3 乙", "一.4 丙", "二、丁", "一、戊", "二、己", "七、庚", "八、辛", "壬",
    ]  # fmt: skip
