"""Workbooks and tables of cells in, their rows out, as their cells are shown."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Sequence

import pytest

from kg.base.records import Document, Skipped
from kg.read import File, parse, read_file
from kg.read.sheet.shown import shown
from kg.run.file_summary import FileSummary
from kg.run.reading.outcome import Outcome
from tests.testing.files.projects import ABOVE, BELOW, HEADINGS, facts, in_word, projects
from tests.testing.files.workbooks import (
    Book,
    Cell,
    compound,
    ods,
    ods_of,
    packed,
    spread,
    xls,
    xlsx,
)

FIRST = "xl/worksheets/sheet1.xml"
ROWS = [list(row) for row in [HEADINGS, *projects(12)]]


def text(name: str, data: bytes) -> str:
    return parse(name, data).text


def reason(name: str, data: bytes) -> str:
    found = read_file(File("-", name, data=data))
    assert isinstance(found, Skipped), found
    return found.reason


def as_csv(rows: Sequence[Sequence[str]], mark: str = ",") -> str:
    return "\r\n".join(mark.join(f'"{cell}"' for cell in row) for row in rows) + "\r\n"


def whole() -> list[list[str]]:
    return [[ABOVE[0]], [ABOVE[1]], *ROWS, [BELOW[0]]]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xlsx", lambda: xlsx(Book({"Sheet1": whole()}))),
        ("a.xls", lambda: xls(Book({"Sheet1": whole()}))),
        ("a.et", lambda: xls(Book({"Sheet1": whole()}))),
        ("b.et", lambda: xlsx(Book({"Sheet1": whole()}))),
        ("a.ods", lambda: ods_of(whole(), "Sheet1")),
        ("a.csv", lambda: as_csv(whole()).encode("gb18030")),
        ("b.csv", lambda: b"\xef\xbb\xbf" + as_csv(whole(), ";").encode()),
        ("a.tsv", lambda: as_csv(whole(), "\t").encode("utf-16")),
        ("c.xls", lambda: as_csv(whole(), "\t").encode("gb18030")),
    ],
)
def test_a_list_states_the_same_in_word_and_in_a_workbook(
    name: str, data: Callable[[], bytes]
) -> None:
    word = parse("a.docx", in_word(ROWS, ABOVE, BELOW))
    sheet = parse(name, data())
    assert sheet.text == word.text
    assert facts(sheet) == facts(word)
    assert len(facts(sheet)) > 36


BOOK = Book(
    {
        "2024年清单": [
            ["", "云澜市项目", None],
            [None, None, "单位：万元"],
            ["", "项目名称", "开工时间", "总投资", "占比", "完成"],
            ["", "甲工程\n（二期）", Cell(45413, 'yyyy"年"m"月"'), Cell(12.5, "#,##0.00"),
             Cell(0.125, "0.0%"), True],
            ["", "乙工程", Cell(45415, "yyyy/m/d"), 0.1 + 0.2, Cell(5, '0"成"'), False],
        ],
        "内部": [["秘"]],
    },
    hidden=["内部"],
)  # fmt: skip
SHOWN = (
    "2024年清单\n云澜市项目\n单位：万元\n项目名称\t开工时间\t总投资\t占比\t完成\n"
    "甲工程 （二期）\t2024年5月\t12.50\t12.5%\tTRUE\n乙工程\t2024/5/3\t0.3\t5成\tFALSE"
)


@pytest.mark.parametrize("made", [xlsx, xls])
def test_cells_say_what_they_show_and_hidden_sheets_are_told_of(
    made: Callable[[Book], bytes],
) -> None:
    document = parse(f"a.{made.__name__}", made(BOOK))
    assert document.text == SHOWN
    assert document.notes == (
        "the sheet 内部 is hidden and was left out; unhide it if it is meant to be read",
    )


def test_what_was_left_out_is_told_by_the_report() -> None:
    from kg.base.records import Reading

    document = parse("a.xlsx", xlsx(BOOK))
    summary = FileSummary.of(Outcome("a.xlsx", document, Reading(document.id, notes=("甲",))), "")
    assert summary.notes == (*document.notes, "甲")


def test_a_sheet_is_a_page_and_an_empty_row_parts_tables() -> None:
    book = Book({"表1": [["甲", "乙"], [], [""], ["丙", "丁"]], "表2": [["戊", "己"]], "表3": []})
    document = parse("a.xlsx", xlsx(book))
    assert document.text == "甲\t乙\n\n丙\t丁\n戊\t己\n"
    assert document.pages == (0, 9, 13)


@pytest.mark.parametrize("made", [xlsx])
def test_of_merged_cells_only_the_first_is_shown(made: Callable[[Book], bytes]) -> None:
    rows = [["地区", "项目", "投资"], ["无锡", "甲", "1"], ["无锡", "乙", "2"]]
    assert text("a.xlsx", made(Book({"Sheet1": rows}, merged=["A2:A3"]))) == (
        "地区\t项目\t投资\n无锡\t甲\t1\n\t乙\t2"
    )


def test_a_formula_without_a_result_is_named_with_its_cell() -> None:
    rows = [
        ["项目", Cell(3, formula="1+2"), Cell(None, formula="SUM(A1)")],
        ["乙", Cell("甲", formula='"甲"'), Cell("", formula='""')],
    ]
    document = parse("a.xlsx", xlsx(Book({"清单": rows})))
    assert document.text == "清单\n项目\t3\n乙\t甲"
    assert document.notes == (
        "the sheet 清单 has formulas without a result (1: C1); open it in Excel or WPS and save it",
    )


def test_dates_are_counted_from_1904_where_the_book_says_so() -> None:
    book = Book({"Sheet1": [["日期", Cell(43951, "yyyy-mm-dd")]]})
    plain = xlsx(book)
    main = "xl/workbook.xml"
    parts = {main: _part(plain, main).replace("<sheets>", '<workbookPr date1904="1"/><sheets>')}
    book.parts = parts
    assert text("a.xlsx", plain).endswith("2020-04-30")
    assert text("a.xlsx", xlsx(book)).endswith("2024-05-01")


def _part(data: bytes, name: str) -> str:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def test_cells_without_places_and_texts_within_cells_are_read() -> None:
    sheet = (
        '<worksheet xmlns="x"><sheetData><row><c t="inlineStr"><is><r><t>甲</t></r><r><t>乙</t></r>'
        '<rPh><t>yi</t></rPh></is></c><c><v>7</v></c></row><row r="3"><c r="B3" t="e"><v>#REF!</v>'
        '</c><c t="d"><v>2024-05-01T00:00:00</v></c></row></sheetData></worksheet>'
    )
    book = Book({"Sheet1": []}, parts={FIRST: sheet})
    assert text("a.xlsx", xlsx(book)) == "甲乙\t7\t\n\n\t#REF!\t2024-05-01"


def test_an_ods_shows_repeated_merged_and_hidden_cells_as_they_are() -> None:
    cell = "<table:table-cell{}><text:p>{}</text:p></table:table-cell>"
    remark = "<office:annotation><text:p>批注</text:p></office:annotation>"
    rows = (
        "<table:table-row><table:table-cell table:number-columns-spanned='3'><text:p>标题</text:p>"
        "</table:table-cell><table:covered-table-cell table:number-columns-repeated='2'>"
        "<text:p>旧</text:p></table:covered-table-cell></table:table-row>"
        "<table:table-row table:number-rows-repeated='1048000'><table:table-cell "
        "table:number-columns-repeated='16384'/></table:table-row>"
        "<table:table-row table:number-rows-repeated='2'>"
        + cell.format(" table:number-columns-repeated='2'", f"甲{remark}<text:s text:c='2'/>乙")
        + "<table:table-cell table:formula='of:=1'/>"
        + cell.format(" office:value-type='date' office:date-value='2024-05-01'", "2024年5月")
        + "</table:table-row>"
    )
    hidden = (
        "<style:style style:name='h'><style:table-properties table:display='false'/></style:style>"
    )
    data = ods(
        f"<table:table table:name='Sheet1'>{rows}</table:table>"
        f"<table:table table:name='内部' table:style-name='h'>{rows}</table:table>",
        hidden,
    )
    document = parse("a.ods", data)
    assert document.text == "标题\n\n" + "\n".join(["甲  乙\t甲  乙\t\t2024年5月"] * 2)
    assert [note.split(" (")[0] for note in document.notes] == [
        "the sheet Sheet1 has formulas without a result",
        "the sheet 内部 is hidden and was left out; unhide it if it is meant to be read",
    ]


# ------------------------------------------------------------------------ numbers and days


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (45413, "yyyy/m/d", "2024/5/1"),
        (45413, 'yyyy"年"m"月"d"日";@', "2024年5月1日"),
        (45413, '[$-804]yyyy"年"m"月"', "2024年5月"),
        (45413, "[$-F800]dddd, mmmm dd, yyyy", "2024-05-01"),
        (45413, "m/d/yy", "2024-05-01"),
        (45413, "mmm-yy", "2024-05"),
        (45413, "yyyy", "2024"),
        (45413.5, "yyyy/m/d h:mm", "2024/5/1 12:00"),
        (45413.5, "[$-409]h:mm AM/PM", "12:00"),
        (1.5, "[h]:mm", "36:00"),
        (59, "yyyy/m/d", "1900/2/28"),
        (61, "yyyy/m/d", "1900/3/1"),
        (-5, "yyyy/m/d", "-5"),
        (4e6, "yyyy/m/d", "4000000"),
        (1234567, "#,##0", "1,234,567"),
        (-1234.5, "#,##0.00;[Red]-#,##0.00", "-1,234.50"),
        (-1234.5, "#,##0.00", "-1,234.50"),
        (-0.4, "0", "0"),
        (8.6, '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ', "¥8.60"),
        (8.6, "G/通用格式", "8.6"),
        (2.5, "0", "3"),
        (86543.2, '0!.0,"万"', "8.7万"),
        (12345678, '#,##0.0,"千"', "12,345.7千"),
        (0.125, "0%", "13%"),
        (320102, "00000000", "00320102"),
        (5, '0"亿元"', "5亿元"),
        (12, "#.##", "12"),
        (0.5, "#.0", "0.5"),
        (3.25, "# ?/?", "3.25"),
        (1e-7, "0.00E+00", "0.0000001"),
        (5, "@", "5"),
        (5, '"固定"', "固定"),
        (1e300, "0.00", "1" + "0" * 300),
        (1e21, "General", "1" + "0" * 21),
        (float("nan"), "0", ""),
    ],
)
def test_a_number_is_shown_in_its_format(value: float, code: str, text: str) -> None:
    assert shown(value, code) == text


def test_any_format_shows_something() -> None:
    rng = random.Random(5)
    for _ in range(3000):
        code = "".join(rng.choices('0#?.,%ymdhsAaGe@/"\\!_*[]$-;() 年', k=rng.randrange(12)))
        value = rng.choice([0, 1.5, -3, 45413.25, 1e14, -1e-9, 1e25])
        assert isinstance(shown(value, code), str), (value, code)


# --------------------------------------------------------------------- what cannot be read


def test_a_page_that_is_named_xls_is_read_as_one() -> None:
    page = "<html><body><table><tr><td>项目<td>投资<tr><td>甲<td>3</table></body></html>"
    assert text("a.xls", page.encode("gb18030")) == "项目\t投资\n甲\t3"


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.xlsx", b"text", "is named .xlsx, but its content is no xlsx"),
        ("a.xls", b"a\0b", "is named .xls, but its content is no xls"),
        (
            "a.xls",
            b"<?xml version='1.0'?><Workbook>",
            "XML of Excel 2003; save it as xlsx",
        ),
        ("a.xls", compound({"Workbook": b"a", "WordDocument": b"b"}), "has no sheet; it may be"),
        ("a.xlsx", compound({"EncryptedPackage": b"a"}), "is encrypted; save it without a"),
        ("a.xlsx", packed({"xl/workbook.bin": "x"}), "a spreadsheet (xlsb); save it as xlsx"),
        ("a.ods", packed({"content.xml": "<a>"}), "is an ods with damaged XML"),
        ("a.xlsx", packed({"xl/workbook.xml": "<!DOCTYPE a><a/>"}), "document type definition"),
        ("a.xlsx", xlsx(Book({"甲": []}, parts={FIRST: "<a>"})), "damaged XML in its sheet 甲"),
        ("a.xlsx", xlsx(Book({"甲": [["a"]]}, hidden=["甲"])), "has hidden sheets only"),
        ("a.xlsx", xlsx(Book({"Sheet1": []})), "holds no text"),
        ("a.csv", b"\xff\xd8\xff\xe0", "is a picture (JPEG)"),
        ("a.csv", b'a,b\r\n\rc,"d\re', ""),
    ],
)
def test_the_reason_says_what_a_workbook_is_and_the_way_out(
    name: str, data: bytes, words: str
) -> None:
    found = read_file(File("-", name, data=data))
    assert words in (found.reason if isinstance(found, Skipped) else "")


def test_bombs_are_named() -> None:
    far = '<worksheet xmlns="x"><sheetData>{}</sheetData></worksheet>'
    rows = "".join(
        f'<row r="{n}"><c r="XFD{n}"><v>{n}</v></c><c r="A{n}"><v>1</v></c></row>'
        for n in range(1, 900)
    )
    sparse = Book({"S": []}, parts={FIRST: far.format(rows)})
    assert reason("a.xlsx", xlsx(sparse)).startswith("has more than 2,000,000 cells, empty ones")
    cells = "".join(f'<row r="{n}"><c t="s"><v>0</v></c></row>' for n in range(1, 3000))
    long = Book({"S": [["长" * 20_000]]}, parts={FIRST: far.format(cells)})
    long.parts = {
        **long.parts,
        "xl/sharedStrings.xml": f'<sst xmlns="x"><si><t>{"长" * 20_000}</t></si></sst>',
    }
    assert reason("a.xlsx", xlsx(long)) == "has more than 50,000,000 characters; split it"
    text = "<text:p>1</text:p></table:table-cell>"
    cell = f"<table:table-cell table:number-columns-repeated='16384'>{text}"
    row = f"<table:table-row table:number-rows-repeated='1000000'>{cell}</table:table-row>"
    assert (
        reason("a.ods", ods(f"<table:table>{row}</table:table>"))
        == "has more than 2,000,000 cells; split it"
    )
    blank = Book({"S": []}, parts={FIRST: " " * 30_000_000})
    assert "which no written document does" in reason("a.xlsx", xlsx(blank))
    assert "spreads its cells over more than 32,000,000 places" in reason("a.xls", spread(2))
    assert "more than 400,000 rows" in reason("a.csv", b"a,b\n" * 400_001)


@pytest.mark.parametrize("made", [xlsx, xls, lambda book: ods_of(book.sheets["Sheet1"])])
def test_whatever_a_reader_of_workbooks_meets_becomes_a_reason(
    made: Callable[[Book], bytes],
) -> None:
    rng = random.Random(3)
    good = made(Book({"Sheet1": whole()}))
    for _ in range(150):
        bad = bytearray(good)
        for _ in range(rng.choice((1, 5, 30))):
            bad[rng.randrange(len(bad))] = rng.randrange(256)
        found = read_file(File("-", "a.xlsx", data=bytes(bad[: rng.randrange(1, len(bad))])))
        assert isinstance(found, Skipped | Document)
        found = read_file(File("-", "a.xls", data=bytes(bad)))
        assert isinstance(found, Skipped | Document)
