"""Reprints of one article count once, articles that only look alike each for themselves."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from kg.base.records import Article, Knowledge, Source, Span
from kg.corpus.reports import Count, Reported, statement_of
from kg.corpus.reprints import (
    CONTAINED,
    OTHER_FIGURES,
    OTHER_NAMES,
    contained,
    other_figures,
    other_names,
    reprints,
    same,
)
from kg.ontology import load
from kg.publish.explain.descriptions import entity
from kg.query.graph import open as open_store
from kg.run.pipeline import build
from kg.run.report import Report
from tests.testing.browser.chromium import opened as page_of
from tests.testing.graphs import builders as b
from tests.testing.graphs.reprinted import APART, NOTICE, SAME, SIGNED, YEAR, body

pytestmark = pytest.mark.usefixtures("kept_readers")

MARKS = str.maketrans("", "", "〖〗")

FIGURE = load().lexicon.values.figure


def document(name: str, *articles: str) -> Source:
    """A document of some articles, one after the other."""
    text, spans = "", []
    for article in articles:
        spans.append(Span(len(text), len(text) + len(article)))
        text += article + "\n\n"
    found = tuple(Article("news", "", (span,)) for span in spans)
    return Source(f"{b.BASE}document/{name}", name, (f"{name}.txt",), text, "text/plain",
                  articles=found)  # fmt: skip


@pytest.mark.parametrize("name", SAME)
def test_a_reprint_is_known_again(name: str) -> None:
    one, other = (body(text, key) for text, key in zip(SAME[name], "ab", strict=True))
    assert same(one, other)
    assert same(other, one)
    pair = [document(k, text.translate(MARKS)) for k, text in zip("ab", SAME[name], strict=True)]
    assert len(reprints(pair, FIGURE)) == 1


@pytest.mark.parametrize("name", APART)
def test_what_only_looks_like_a_reprint_is_none(name: str) -> None:
    one, other = (body(text, key) for text, key in zip(APART[name], "ab", strict=True))
    assert not same(one, other)
    assert not same(other, one)


def test_the_thresholds_lie_within_the_gaps_that_were_measured() -> None:
    assert (len(SAME), len(APART)) == (11, 9)

    def measured(pairs: dict[str, tuple[str, str]]) -> list[tuple[float, float, float]]:
        found = []
        for one, other in pairs.values():
            short, long = sorted((body(one), body(other)), key=lambda a: len(a.words))
            told = contained(short, long), other_figures(short, long), other_names(short, long)
            found.append(told)
        return found

    for words, figures, names in measured(SAME):
        assert words >= CONTAINED + 0.2
        assert figures <= OTHER_FIGURES - 0.1
        assert names <= OTHER_NAMES - 0.2
    kept = measured({k: v for k, v in APART.items() if k != "a short notice of the event"})
    for words, figures, names in kept:
        clear = words <= CONTAINED - 0.2, figures >= OTHER_FIGURES + 0.1, names >= OTHER_NAMES + 0.2
        assert any(clear)


def test_an_article_in_many_documents_is_one_group_whatever_the_order() -> None:
    texts = [SIGNED.translate(MARKS) + f"\n责编 第{i}版" for i in range(40)]
    other = NOTICE.format(**YEAR).translate(MARKS)
    documents = [document(f"d{i:02}", text) for i, text in enumerate(texts)]
    documents += [document("page", other, texts[3]), document("other", other)]
    found = reprints(documents, FIGURE)
    assert [len(group) for group in found] == [41, 2]
    assert (f"{b.BASE}document/page", 1) in found[0]
    for seed in range(3):
        random.Random(seed).shuffle(documents)
        assert reprints(documents, FIGURE) == found


def test_many_notices_of_one_template_stay_apart_and_a_reprint_among_them_is_found() -> None:
    notices = [
        document(f"n{i:03}", NOTICE.format(**{
            **YEAR, "year": 1990 + i % 60, "income": 1000 + 37 * i, "count": i + 2,
            "day": f"{i % 12 + 1}月{i % 27 + 1}日", "last": f"{i % 11 + 1}月{i % 26 + 2}日",
            "money": 5 * i + 1, "phone": f"{i * 7919 % 10000:04}",
            "issued": f"{i % 9 + 1}月{i % 25}",
        }).translate(MARKS))
        for i in range(200)
    ]  # fmt: skip
    copy = document("copy", "打印 关闭\n" + notices[77].text)
    assert reprints([*notices, copy], FIGURE) == (
        tuple(sorted([(copy.id, 0), (notices[77].id, 0)])),
    )


@pytest.mark.parametrize("text", ["", "。", "图", "\ud800", "a\x00b", "3" * 3000, "\u202e" * 50])
def test_odd_texts_are_compared_without_harm(text: str) -> None:
    assert len(reprints([document("a", text), document("b", text)], FIGURE)) <= 1


def test_a_fact_is_counted_by_article_and_by_document() -> None:
    text = SIGNED.translate(MARKS)
    page = document("page", text, NOTICE.format(**YEAR).translate(MARKS) + "一期投资35亿元")
    copy = document("copy", text)
    quote = "一期投资35亿元"
    claims = [
        b.fact(b.COMPANY, "invests", b.PROJECT, quote, document=page),
        b.fact(b.COMPANY, "invests", b.PROJECT, quote, document=copy),
    ]
    later = page.text.rindex(quote)
    claims.append(
        b.Fact(**{**{n: getattr(claims[0], n) for n in claims[0].__slots__}, "start": later})
    )
    whole = Knowledge((page, copy), facts=tuple(claims), reprints=reprints([page, copy], FIGURE))
    reported = Reported(whole)
    counts = dict(reported.counts(claims))
    assert counts == {statement_of(claims[0]): Count(articles=2, documents=2)}
    assert reported.count(claims[:2]) == Count(articles=1, documents=2)
    assert Reported(Knowledge((page, copy))).count(claims[:2]) == Count(2, 2)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("reprints")
    (home / "documents").mkdir()
    headline = "云澜要闻 80亿元！大项目来了\n"
    lines = SIGNED.translate(MARKS).split("\n")
    other = "3月18日，甲某储能科技有限公司董事长罗向晚出席储能大会。"
    for name, text in (("原文", "\n".join(lines)), ("转载", headline + "\n".join(lines[1:])),
                       ("另文", other)):  # fmt: skip
        (home / "documents" / f"{name}.txt").write_text(text, encoding="utf-8")
    build([home / "documents"], home / "graph")
    return home / "graph"


def test_explain_says_how_many_independent_articles_report_a_fact(graph: Path) -> None:
    with open_store(graph) as found:
        text = entity(found, "甲某储能科技有限公司")
    told = text[text.index("罗向晚 — worksFor →") :]
    assert told.count("罗向晚 — worksFor → 甲某储能科技有限公司") == 3
    assert told.count("    reported by 2 independent articles (3 documents)\n") == 1


def test_the_report_names_the_reprints(graph: Path) -> None:
    report = json.loads((graph / "report.json").read_text(encoding="utf-8"))
    assert [[p["document"] for p in group] for group in report["reprints"]] == [
        ["原文.txt", "转载.txt"]
    ]
    assert report["counts"]["total"]["corroborated facts"] > 0
    assert report["counts"]["total"]["articles in several places"] == 1
    read = Report.read(graph)
    assert json.loads(read.json()) == report
    page = read.html(load())
    assert "原文.txt<br>转载.txt" in page
    assert "Reprints" in page


def test_a_graph_without_reprints_says_nothing_of_them(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("云澜市人民政府印发通知。", encoding="utf-8")
    build([tmp_path / "a.txt"], tmp_path / "graph")
    assert "Reprints" not in (tmp_path / "graph" / "report.html").read_text(encoding="utf-8")


def test_a_card_says_how_many_independent_articles_report_a_fact(graph: Path, browser: Any) -> None:
    with page_of(browser, graph / "graph.html") as seen:
        seen.page.fill("#search", "甲某储能科技有限公司")
        seen.page.keyboard.press("Enter")
        told = seen.page.locator("#panel .reported").all_inner_texts()
        assert "3 篇文档，独立报道 2 篇" in told
        assert seen.errors == []
