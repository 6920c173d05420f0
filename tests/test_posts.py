"""Who works where, and as what: posts before a name and after it, and bylines."""

from __future__ import annotations

from functools import lru_cache

import pytest

from kg.extract import extract
from kg.ontology import load
from kg.records import Document, Reading

ONTOLOGY = load()


@lru_cache(maxsize=64)
def read(text: str) -> Reading:
    return extract(Document("d", "d.txt", text), ONTOLOGY)


def linked(text: str, predicate: str) -> set[tuple[str, str]]:
    reading = read(text)
    return {
        (
            reading.entities[c.subject].name,
            reading.entities[c.object].name
            if c.object is not None
            else (c.value.lexical if c.value else ""),
        )
        for c in reading.claims
        if c.predicate == predicate and not c.denied
    }


@pytest.mark.parametrize(
    ("text", "works"),
    [
        # The paper right before 记者, and both of two.
        (
            "（澜江日报、澜报全媒体记者 王小明 李晓雨）",
            {("王小明", "澜江日报"), ("王小明", "澜报全媒体"), ("李晓雨", "澜江日报")}
            | {("李晓雨", "澜报全媒体")},
        ),
        # The paper of the dateline, for names in brackets and for those behind the story.
        ("人民网云桥8月1日电 (曾小慧)会议召开。", {("曾小慧", "人民网")}),
        (
            "人民网云桥8月1日电 会议召开。(周小恬、黄文静)",
            {("周小恬", "人民网"), ("黄文静", "人民网")},
        ),
        # The paper whose reporters the article speaks of, for its editors and its interns.
        (
            "会议召开。澜江新闻记者 王小明 实习生 李晓雨 编辑 赵可可",
            {("王小明", "澜江新闻"), ("李晓雨", "澜江新闻"), ("赵可可", "澜江新闻")},
        ),
        # Not whom a reporter met.
        ("澜江新闻记者采访中，董事长王小明到场。", set()),
        ("澜江新闻记者 李晓雨 摄副总经理王小明讲话。", {("李晓雨", "澜江新闻")}),
    ],
)
def test_a_reporter_works_for_the_paper_of_the_byline(
    text: str, works: set[tuple[str, str]]
) -> None:
    assert linked(text, "worksFor") == works


@pytest.mark.parametrize(
    ("text", "works"),
    [
        # The committee of a company consists of its people; that of a place is a body.
        ("云澜集团党委委员、副总经理王小明表示。", {("王小明", "云澜集团")}),
        ("云澜街道党工委书记王小明表示。", {("王小明", "云澜街道")}),
        ("无锡市委书记王小明表示。", {("王小明", "无锡市委")}),
        # A body does not begin with the post of someone before it.
        ("市审计局局长马小霞向市人大常委会作报告。", {("马小霞", "市审计局")}),
    ],
)
def test_a_body_ends_where_a_post_begins(text: str, works: set[tuple[str, str]]) -> None:
    assert linked(text, "worksFor") == works
