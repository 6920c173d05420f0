"""Amounts and dates: exact, as precise as printed, and never guessed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.base.records import Document, Value
from kg.extract.document import extract
from kg.extract.values.values import PartialDate, ValueFinder, canonical, number
from kg.ontology import load

WORDS = load().lexicon.values
VALUES = ValueFinder(WORDS)


def amounts(text: str) -> list[str]:
    return [found.value.lexical for found in VALUES.money(text)]


def amount(text: str) -> Value:
    (found,) = VALUES.money(text)
    assert found.value.printed == text[found.start : found.end]
    return found.value


def dates(text: str, date: PartialDate = PartialDate()) -> list[str]:  # noqa: B008
    return [found.value.lexical for found in VALUES.dates(text, date)]


def claimed(text: str, attribute: str) -> dict[str, Value]:
    reading = extract(Document("d", "d.txt", text), load())
    return {
        reading.entities[c.subject].name: c.value
        for c in reading.claims
        if c.predicate == attribute and c.value is not None and not c.denied
    }


@pytest.mark.parametrize(
    ("printed", "yuan"),
    [
        ("30亿元", "3000000000"),
        ("30.5亿元", "3050000000"),
        ("0.05亿元", "5000000"),
        ("9500万元", "95000000"),
        ("1,250.5万元", "12505000"),
        ("1，250万元", "12500000"),
        ("5万亿元", "5000000000000"),
        ("800元", "800"),
        ("１２亿元", "1200000000"),
        ("三十五亿元", "3500000000"),
        ("十二亿元", "1200000000"),
        ("两千万元", "20000000"),
        ("一百零五亿元", "10500000000"),
        ("3.5亿元人民币", "350000000"),
        ("1亿5000万元", "150000000"),
        ("人民币5亿元", "500000000"),
        ("RMB5亿元", "500000000"),
        ("￥5,000万元", "50000000"),
        ("百亿元", "10000000000"),
    ],
)
def test_amounts_are_exact_yuan(printed: str, yuan: str) -> None:
    assert amount(printed).lexical == yuan


@given(st.decimals(min_value="0.01", max_value="99999", places=2))
def test_any_printed_figure_keeps_all_its_digits(figure: Decimal) -> None:
    assert Decimal(amounts(f"总投资{figure}亿元。")[0]) == figure * 10**8


@given(st.decimals(min_value=0, max_value="1e15", places=4, allow_nan=False))
def test_canonical_decimals_have_no_exponent_and_no_idle_zeros(figure: Decimal) -> None:
    text = canonical(figure)
    assert "E" not in text and Decimal(text) == figure
    assert "." not in text or text[-1] not in "0."


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("约30亿元", "约"),
        ("超过30亿元", "超过"),
        ("近30亿元", "近"),
        ("不低于30亿元", "不低于"),
        ("30余亿元", "余"),
        ("30多亿元", "多"),
        ("30亿元以上", "以上"),
        ("30亿元左右", "左右"),
        ("30亿多元", "多"),
        ("30亿余元", "余"),
        ("约人民币30亿元", "约"),
        ("人民币约30亿元", "约"),
    ],
)
def test_words_around_a_figure_are_kept_beside_it(text: str, qualifier: str) -> None:
    value = amount(text)
    assert (value.lexical, value.qualifier, value.printed) == ("3000000000", qualifier, text)


@pytest.mark.parametrize(
    "text", ["50亿至60亿元", "50—60亿元", "50亿元至60亿元", "50-60亿元", "50～60亿元"]
)
def test_a_range_keeps_both_its_bounds(text: str) -> None:
    value = amount(text)
    assert (value.lexical, value.high) == ("5000000000", "6000000000")


@pytest.mark.parametrize(
    ("text", "currency", "lexical"),
    [
        ("1.2亿美元", "USD", "120000000"),
        ("3亿欧元", "EUR", "300000000"),
        ("10亿港元", "HKD", "1000000000"),
        ("1.5万美元", "USD", "15000"),
    ],
)
def test_a_foreign_currency_is_told_from_yuan(text: str, currency: str, lexical: str) -> None:
    (found,) = VALUES.money(text)
    assert (found.currency, found.value.lexical) == (currency, f"{lexical} {currency}")


def test_a_foreign_sum_is_no_investment_in_yuan() -> None:
    text = "云桥芯片封装基地项目总投资1.2亿美元。云桥电池材料项目总投资3亿元。"
    assert {k: v.lexical for k, v in claimed(text, "investment").items()} == {
        "云桥电池材料项目": "300000000"
    }


@pytest.mark.parametrize(
    "text", ["5万人", "覆盖3亿人次", "12.5%", "5万平方米", "3万个岗位", "数百亿元"]
)
def test_counts_of_other_things_are_no_money(text: str) -> None:
    assert amounts(text) == []


@pytest.mark.parametrize(
    "text", ["总投资5.5亿的云桥电池材料项目开工。", "甲某集团投资5.5亿建设云桥电池材料项目。"]
)
def test_a_sum_may_leave_its_unit_out_where_it_is_invested(text: str) -> None:
    assert claimed(text, "investment")["云桥电池材料项目"].lexical == "550000000"


def test_a_total_over_several_projects_belongs_to_none_of_them() -> None:
    text = "云桥芯片封装基地项目、云桥电池材料项目等3个项目签约，合计投资186.5亿元。"
    assert claimed(text, "investment") == {}


def test_the_printed_words_travel_with_the_claim() -> None:
    value = claimed("澜江芯片封装基地项目总投资约30亿元。", "investment")["澜江芯片封装基地项目"]
    assert (value.lexical, value.printed, value.datatype) == ("3000000000", "约30亿元", "decimal")


def test_a_wrong_number_is_an_error_of_value() -> None:
    with pytest.raises(ValueError):
        number("百万", WORDS)
    assert number("十二", WORDS) == 12 and number("1,250.5", WORDS) == Decimal("1250.5")


@pytest.mark.parametrize(
    ("text", "lexical", "datatype"),
    [
        ("2024年5月4日", "2024-05-04", "date"),
        ("2024年5月4号", "2024-05-04", "date"),
        ("2024-05-04", "2024-05-04", "date"),
        ("2024/5/4", "2024-05-04", "date"),
        ("2024年5月", "2024-05", "gYearMonth"),
        ("2024年", "2024", "gYear"),
        ("11月18日", "--11-18", "gMonthDay"),
        ("2024年底", "2024", "gYear"),
    ],
)
def test_a_date_is_as_precise_as_printed(text: str, lexical: str, datatype: str) -> None:
    (found,) = VALUES.dates(text, PartialDate())
    assert (found.value.lexical, found.value.datatype) == (lexical, datatype)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_of_the_calendar_is_read(day: date) -> None:
    assert dates(f"于{day.year}年{day.month}月{day.day}日开工") == [day.isoformat()]
    assert dates(f"{day.month}月{day.day}日开工", PartialDate(day.year)) == [day.isoformat()]


@pytest.mark.parametrize(
    "text",
    ["2024年2月30日", "2023年2月29日", "2月31日", "4月31日", "13月5日", "2024年13月", "32日"],
)
def test_a_day_that_no_calendar_has_is_no_date(text: str) -> None:
    assert not [d for d in dates(text, PartialDate(2023, 3)) if len(d) > len("2024")]


def test_the_leap_day_needs_no_year() -> None:
    assert dates("2月29日") == ["--02-29"]
    assert dates("2月29日", PartialDate(2024)) == ["2024-02-29"]


def test_a_month_that_does_not_exist_is_none_for_the_day_after_it() -> None:
    assert dates("13月亿10日", PartialDate(2023, 2, 28)) == ["2023-02-10"]


@settings(max_examples=60)
@given(st.text(alphabet="0123456789年月日号./-至到 \n元亿", max_size=24))
def test_whatever_is_printed_a_date_found_exists(text: str) -> None:
    for found in VALUES.dates(text, PartialDate(2023, 2, 28)):
        lexical = found.value.lexical
        if found.value.datatype == "date":
            date.fromisoformat(lexical)
        elif found.value.datatype == "gMonthDay":
            date.fromisoformat(f"2000{lexical[1:]}")
        assert text[found.start : found.end] == found.value.printed


def test_the_year_of_the_page_completes_a_day() -> None:
    assert dates("3月16日开工，2025年底建成", PartialDate(2023)) == ["2023-03-16", "2025"]
    assert dates("今年10月、去年5月、明年3月", PartialDate(2023)) == [
        "2023-10",
        "2022-05",
        "2024-03",
    ]
    assert dates("今年10月") == ["--10"]


def test_a_bare_day_takes_the_month_before_it_and_else_that_of_the_page() -> None:
    assert dates("3月16日开工，19日投产", PartialDate(2023)) == ["2023-03-16", "2023-03-19"]
    assert dates("19日投产", PartialDate(2023, 3, 20)) == ["2023-03-19"]
    assert dates("19日投产") == []


def test_yesterday_is_never_guessed_without_the_day_of_the_page() -> None:
    assert dates("昨日，项目开工") == []


def test_today_is_the_day_of_the_page_and_yesterday_the_one_before() -> None:
    assert dates("大会今天在北京闭幕", PartialDate(2023, 7, 30)) == ["2023-07-30"]
    assert dates("昨日，项目开工", PartialDate(0, 8, 1)) == ["--07-31"]
    assert dates("昨天上午，项目开工", PartialDate(2023, 1, 1)) == ["2022-12-31"]
    assert dates("今天的云澜", PartialDate(2023, 7, 30)) == []


def test_decimals_and_versions_are_no_dates() -> None:
    assert dates("增长12.5%，达到3.5亿元，版本3.0") == []


@pytest.mark.xfail(
    strict=True, reason="dates in Chinese numerals (二〇二四年五月四日) are not read"
)
def test_a_date_in_chinese_numerals_is_read() -> None:
    assert dates("二〇二四年五月四日") == ["2024-05-04"]
