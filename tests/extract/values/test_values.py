"""Amounts and dates whatever is printed; what single texts say is in ``tests/data/values``."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.base.records import Document
from kg.extract.document import extract
from kg.extract.values.values import PartialDate, ValueFinder, canonical, number
from kg.ontology import load

WORDS = load().lexicon.values
VALUES = ValueFinder(WORDS)


def dates(text: str, date: PartialDate = PartialDate()) -> list[str]:  # noqa: B008
    return [found.value.lexical for found in VALUES.dates(text, date)]


@given(st.decimals(min_value="0.01", max_value="99999", places=2))
def test_any_printed_figure_keeps_all_its_digits(figure: Decimal) -> None:
    (found,) = VALUES.money(f"总投资{figure}亿元。")
    assert Decimal(found.value.lexical) == figure * 10**8


@given(st.decimals(min_value=0, max_value="1e15", places=4, allow_nan=False))
def test_canonical_decimals_have_no_exponent_and_no_idle_zeros(figure: Decimal) -> None:
    text = canonical(figure)
    assert "E" not in text and Decimal(text) == figure
    assert "." not in text or text[-1] not in "0."


def test_the_printed_words_travel_with_the_claim() -> None:
    document = Document("d", "d.txt", "澜江芯片封装基地项目总投资约30亿元。")
    (value,) = [c.value for c in extract(document, load()).claims if c.value]
    assert (value.lexical, value.printed, value.datatype) == ("3000000000", "约30亿元", "decimal")


def test_a_wrong_number_is_an_error_of_value() -> None:
    with pytest.raises(ValueError):
        number("百万", WORDS)
    assert number("十二", WORDS) == 12 and number("1,250.5", WORDS) == Decimal("1250.5")


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_of_the_calendar_is_read(day: date) -> None:
    assert dates(f"于{day.year}年{day.month}月{day.day}日开工") == [day.isoformat()]
    assert dates(f"{day.month}月{day.day}日开工", PartialDate(day.year)) == [day.isoformat()]


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


@pytest.mark.xfail(
    strict=True, reason="dates in Chinese numerals (二〇二四年五月四日) are not read"
)
def test_a_date_in_chinese_numerals_is_read() -> None:
    assert dates("二〇二四年五月四日") == ["2024-05-04"]
