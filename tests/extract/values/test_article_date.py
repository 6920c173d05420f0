"""The day of an article, and the days that it completes: as precise as the text, never guessed."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from kg.base.records import Document, Fact, LocalClaim, LocalEntity, Reading, Value
from kg.corpus.assemble import assemble
from kg.extract.document import extract
from kg.extract.segment.articles import segment
from kg.extract.segment.dateline import layout_patterns
from kg.extract.values.article_date import article_date, date_in_name, page_dates
from kg.extract.values.completed_dates import complete_by_name, lacking
from kg.extract.values.dates import DateFinder
from kg.extract.values.partial_date import PartialDate
from kg.extract.values.year_evidence import year_of_text
from kg.ontology import load
from kg.publish.derived.dates import Dates
from kg.publish.derived.dates import Days as Written
from kg.query.dates import completion_note
from kg.read.files import File
from kg.run.reading.journal import Journal

ONTOLOGY = load()
LAYOUT = layout_patterns(ONTOLOGY)
DAYS = DateFinder(ONTOLOGY.lexicon.values)
HERE = PartialDate(2023, 8, 9, "dateline header")
ISSUED = "辽宁省人民政府出台《辽宁省高端装备集群建设行动方案》"
NEWS = "云澜新区项目签约\n新华社云澜8月8日电（记者 李明）8月6日，第二届云澜算力大会在云澜市举行。\n"


def dates(text: str, date: PartialDate = HERE) -> list[str]:
    return ["/".join(filter(None, (f.value.lexical, f.value.high))) for f in DAYS.find(text, date)]


def day_of(text: str, name: str = "d.txt", **more: Any) -> tuple[str, str]:
    document = Document("d", name, text, **more)
    date = article_date(segment(document, ONTOLOGY)[0], page_dates(document, LAYOUT), LAYOUT)
    return str(date), date.source


def read(text: str, name: str = "d.txt", **more: Any) -> tuple[Document, Reading]:
    id_ = hashlib.sha256(text.encode()).hexdigest()[:20]
    document = Document(id_, name, text, **more)
    return document, extract(document, ONTOLOGY)


# The article's own day


@pytest.mark.parametrize(
    ("text", "name", "more", "day", "source"),
    [
        (NEWS, "d.txt", {}, "--08-08", "dateline"),
        (NEWS, "rmrb_20230809.txt", {}, "2023-08-08", "dateline name"),
        (NEWS, "d.html", {"published": "2023-08-10", "media": "text/html"}, "2023-08-08",
         "dateline metadata"),
        (f"发布时间：2023-08-09 10:20\n{NEWS}", "20230811.txt", {}, "2023-08-08",
         "dateline header"),
        (NEWS.replace("8月8日电", "2023年8月8日电"), "20240101.txt", {}, "2023-08-08", "dateline"),
        ("云澜大桥贯通。甲市举行仪式。\n", "2023/08/09/1.txt", {}, "2023-08-09", "name"),
        ("云澜日报 2024年6月22日 星期六\n甲市举行仪式。\n", "20240701.txt", {}, "2024-06-22",
         "header"),
        ("甲市举行仪式。云澜日报（2023年08月19日 第01版）\n", "d.txt", {}, "2023-08-19", "header"),
        ("甲市举行仪式。\n", "d.txt", {}, "", ""),
        # the turn of a year, and a page that was put online long after its dateline
        (NEWS.replace("8月8日电", "12月31日电"), "20240102.txt", {}, "2023-12-31",
         "dateline name"),
        (NEWS, "20240701.txt", {}, "--08-08", "dateline"),
        (NEWS.replace("第二届", "2023"), "20240701.txt", {}, "2023-08-08", "dateline text"),
        # when a file was saved counts for less than the day in its name
        (NEWS, "20230809.pdf", {"published": "2024-03-01", "media": "application/pdf"},
         "2023-08-08", "dateline name"),
    ],
)  # fmt: skip
def test_the_day_of_an_article_comes_from_the_first_that_tells_it(
    text: str, name: str, more: dict[str, Any], day: str, source: str
) -> None:
    assert day_of(text, name, **more) == (day, source)


def test_a_notice_is_of_the_day_that_signs_it() -> None:
    text = "甲市人民政府办公室关于印发《甲市算力方案》的通知\n各县区人民政府：\n现印发给你们。\n"
    text += "一、总体要求\n加快建设。\n甲市人民政府办公室\n2024年4月8日\n"
    assert day_of(text, "20240601.txt") == ("2024-04-08", "dateline")


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("rmrb_20230808.txt", "2023-08-08"),
        ("2023-08-08.txt", "2023-08-08"),
        ("人民日报2023年8月8日.pdf", "2023-08-08"),
        ("t20230808_1234567.html", "2023-08-08"),
        ("20230808-20230810.txt", ""),
        ("20231308.txt", ""),
        ("120230808.txt", ""),
        ("2023.txt", ""),
    ],
)
def test_a_file_name_tells_one_day_of_the_calendar_or_none(name: str, day: str) -> None:
    assert str(date_in_name(name, ONTOLOGY.lexicon.dates)) == day


@pytest.mark.parametrize(
    ("text", "near", "year"),
    [
        ("本报甲市讯（记者 李明）2023年5月18日，研究院揭牌。", (0, 0), 2023),
        ("甲公司2023年7月7日上市，2023年7月4日定价。", (7, 20), 2023),
        # one sign is none, and so is a name of an event, or what contradicts itself
        ("甲公司2023年7月7日上市。", (7, 20), 0),
        ("2023澜江大会召开。", (0, 0), 0),
        ("甲公司2022年7月7日上市，2023年7月4日停牌。", (7, 20), 0),
        ("甲园2022年7月7日开工，2022年7月9日停工，2023年复工。", (7, 20), 0),
    ],
)
def test_a_text_tells_its_year_where_signs_agree(
    text: str, near: tuple[int, int], year: int
) -> None:
    assert year_of_text(text, layout_patterns(ONTOLOGY), near) == year


# Days that leave something out


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("8月8日，项目开工。", ["2023-08-08"]),
        ("昨日，项目开工。", ["2023-08-08"]),
        ("大会今天举行。", ["2023-08-09"]),
        ("记者8日获悉，项目开工。", ["2023-08-08"]),
        ("25日，项目开工。", ["2023-07-25"]),
        ("项目将于25日开工。", ["2023-08-25"]),
        ("本月15日开幕。", ["2023-08-15"]),
        ("上月底完工。", ["2023-07"]),
        ("本周五开幕，将持续三天。", ["2023-08-11"]),
        ("上周六闭幕。", ["2023-08-05"]),
        ("今年3月签约。", ["2023-03"]),
        ("去年，项目签约。", ["2022"]),
        ("去年底完工。", ["2022"]),
        ("一季度增长5%，今年上半年增长6%。", ["2023-01/2023-03", "2023-01/2023-06"]),
        ("前三季度增长5%。", ["2023-01/2023-09"]),
        ("去年四季度回升。", ["2022-10/2022-12"]),
        ("11月18日将举行大会。", ["2023-11-18"]),
        ("12月20日，甲园开工。", ["--12-20"]),
        ("8月8日至8月12日举行，26日，记者获悉。", ["2023-08-08", "2023-08-12", "2023-07-26"]),
        ("2021年3月1日立案，6月2日宣判。", ["2021-03-01", "2021-06-02"]),
        ("2022年8月2日签约，8月8日开工。", ["2022-08-02", "--08-08"]),
        ("每年的8月6日举行仪式。", ["--08-06"]),
        ("“今天，我们签约了。”", []),
        ("近日、日前、此前签约。", []),
        ("2023财年第三季度营收增长。", []),
        ("较上一季度增长。", []),
    ],
)
def test_days_are_counted_from_that_of_the_article(text: str, found: list[str]) -> None:
    assert dates(text) == found


def test_an_article_of_january_looks_back_on_the_year_before() -> None:
    assert dates("12月20日，甲园开工。", PartialDate(2024, 1, 3)) == ["2023-12-20"]
    assert dates("昨日，甲园开工。", PartialDate(2024, 1, 1)) == ["2023-12-31"]
    assert dates("28日，甲园开工。", PartialDate(2024, 1, 3)) == ["2023-12-28"]


def test_without_a_day_of_its_own_an_article_completes_nothing() -> None:
    text = "8月8日开工，昨日签约，上周六、本月15日和一季度；去年底完工。"
    assert dates(text, PartialDate()) == ["--08-08"]
    assert [v.value.anchor for v in DAYS.find("8月8日开工。", PartialDate())] == [""]


@pytest.mark.parametrize(
    ("text", "lacks", "english", "chinese"),
    [
        ("8月8日", "year", "year from the head of the page", "年份据页面日期"),
        ("8日", "month", "month from the dateline, its year from the head of the page",
         "月份据电头，其年份据页面日期"),
        ("昨日，", "day",
         "counted from 2023-08-09, the day in the dateline, its year from the head of the page",
         "自2023-08-09推算，据电头，其年份据页面日期"),
    ],
)  # fmt: skip
def test_what_completed_a_date_is_told_in_words(
    text: str, lacks: str, english: str, chinese: str
) -> None:
    (found,) = DAYS.find(text, HERE)
    assert lacking(found.value, ONTOLOGY.lexicon.values) == lacks
    assert (
        completion_note(found.value, ONTOLOGY.lexicon.values)
        == f"{text.rstrip('，')} → 2023-08-08 ({english}; {chinese})"
    )


# What comes of it


def test_a_claim_carries_the_day_that_completed_it() -> None:
    text = f"新华社沈阳8月8日电（记者 李明）8月6日，{ISSUED}。\n"
    _, reading = read(text, "rmrb_20230809.txt")
    (value,) = [c.value for c in reading.claims if c.predicate == "date"]
    assert value == Value(
        "2023-08-06", "date", "8月6日", anchor="2023-08-08", source="dateline name"
    )
    assert [(a.date, a.date_source) for a in reading.articles] == [("2023-08-08", "dateline name")]


@pytest.mark.parametrize(
    ("name", "day", "whole"),
    [
        ("2023云澜算力大会", "--08-06", "2023-08-06"),
        ("云澜算力大会", "--08-06", "--08-06"),
        ("2023—2024云澜联赛", "--08-06", "--08-06"),
        ("2024云澜新年音乐会", "--12-31", "--12-31"),
    ],
)
def test_the_year_in_the_name_of_an_event_is_that_of_its_day(
    name: str, day: str, whole: str
) -> None:
    event = LocalEntity("Event", name, name)
    value = Value(day, "gMonthDay", "8月6日")
    claim = LocalClaim(0, "date", None, value, 0, 1, "date.row", 0.9)
    (found,) = complete_by_name([claim], [event], ONTOLOGY.lexicon.values)
    assert found.value is not None
    assert (found.value.lexical, found.value.source) == (whole, "title" if day != whole else "")


def test_a_month_of_a_year_that_nobody_tells_is_no_value() -> None:
    for end, found in (("。\n", []), ("（辽政发〔2023〕15号）。\n", ["2023-03"])):
        _, reading = read(f"今年3月，{ISSUED}{end}")
        claims = [c for c in reading.claims if c.predicate == "date"]
        assert [c.value.lexical for c in claims if c.value] == found


def test_a_fact_is_of_the_day_that_its_sentence_opens_with() -> None:
    text = "8月6日，甲某智能科技有限公司落户成都高新区。乙某智能科技有限公司落户成都高新区。\n"
    document, reading = read(text, "20230809.txt")
    whole = assemble([(document, reading)], ONTOLOGY, "https://w3id.org/zhengtu/id/")
    placed = Dates(whole.facts, ONTOLOGY, {s.id: Written(s) for s in whole.sources})
    facts: list[Fact] = [f for f in whole.facts if f.predicate == "locatedIn" and f.quote]
    assert [placed.of(f) for f in sorted(facts, key=lambda f: f.start)] == [
        ("2023-08-06", "sentence"),
        ("2023-08-09", "document"),
    ]


def test_a_file_that_is_named_after_another_day_is_read_again(tmp_path: Path) -> None:
    journal = Journal(tmp_path, "maker", ONTOLOGY.lexicon.dates)
    keys = {journal.key(File("", name), "0") for name in ("20230808.txt", "20230809.txt", "a.txt")}
    assert len(keys) == 3
    assert journal.key(File("", "b.txt"), "0") in keys
