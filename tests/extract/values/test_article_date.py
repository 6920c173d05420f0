"""What comes of the day of an article: what it completes, and how that is told."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from kg.base.records import Document, Fact, LocalClaim, LocalEntity, Reading, Value
from kg.corpus.assemble import assemble
from kg.extract.document import extract
from kg.extract.values.completed_dates import complete_by_name, lacking
from kg.extract.values.dates import DateFinder
from kg.extract.values.partial_date import PartialDate
from kg.ontology import load
from kg.publish.derived.dates import Dates
from kg.publish.derived.dates import Days as Written
from kg.query.dates import completion_note
from kg.read.files import File
from kg.run.reading.journal import Journal

ONTOLOGY = load()
DAYS = DateFinder(ONTOLOGY.lexicon.values)
HERE = PartialDate(2023, 8, 9, "dateline header")
ISSUED = "辽宁省人民政府出台《辽宁省高端装备集群建设行动方案》"


def read(text: str, name: str = "d.txt", **more: Any) -> tuple[Document, Reading]:
    id_ = hashlib.sha256(text.encode()).hexdigest()[:20]
    document = Document(id_, name, text, **more)
    return document, extract(document, ONTOLOGY)


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
