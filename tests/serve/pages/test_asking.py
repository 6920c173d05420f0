"""Answers of questions as people use them: money, sums, groups, and the sentence of each row."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import httpx2
import pytest

import kg as zhengtu
from kg.base.errors import QueryError
from kg.ontology import load
from tests.testing.browser.axe import violations
from tests.testing.browser.chromium import opened, until
from tests.testing.servers.server import Server, serving


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("10亿", "1000000000"),
        ("1.5亿元", "150000000"),
        ("3,000万", "30000000"),
        ("1e8", "100000000"),
    ],
)
def test_amounts_are_taken_as_they_are_written(
    graph_of_examples: Path, typed: str, digits: str
) -> None:
    with zhengtu.open(graph_of_examples) as graph:
        told = graph.ask("investments", minimum=typed).rows
        assert told == graph.ask("investments", minimum=digits).rows
        with pytest.raises(QueryError, match="is no number"):
            graph.ask("investments", minimum="亿")


@pytest.fixture(scope="module")
def server(graph_of_examples: Path) -> Iterator[Server]:
    with serving(graph_of_examples, "--timeout", "60") as running:
        yield running


def test_what_is_no_table_is_refused(server: Server) -> None:
    for body in ("", "[]", '{"rows": 3}', "\x00", "[" * 100_000):
        answer = httpx2.post(f"{server.address}/evidence.json", content=body)
        assert (answer.status_code, "JSON" in answer.text) == (400, True)
    assert httpx2.get(f"{server.address}/evidence.json").status_code in (404, 405)


@pytest.mark.parametrize(("width", "height"), [(360, 740), (1440, 860)])
def test_a_row_leads_to_its_sentence(browser: Any, server: Server, width: int, height: int) -> None:
    with opened(browser, server.address + "/ask/investments", width, height) as seen:
        page = seen.page
        page.wait_for_selector("td.rests a")
        assert page.locator("tbody tr:first-child td").all_inner_texts()[1] == "45亿元"
        assert page.locator("tfoot td").all_inner_texts()[0] == "合计"
        assert page.locator("tfoot td").all_inner_texts()[1].endswith("亿元")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        words = page.get_attribute("td.rests a >> nth=0", "title")
        page.click("td.rests a >> nth=0")
        page.wait_for_selector("#reader .here")
        here = "".join(page.locator("#reader .here").all_inner_texts())
        assert here.replace("\n", "") == words
        assert "&at=" in page.url
        assert seen.errors == []


def test_a_quoted_sentence_leads_to_its_place(browser: Any, server: Server) -> None:
    with opened(browser, server.address + "/ask/people") as seen:
        seen.page.wait_for_selector("td a.sentence")
        seen.page.click("td a.sentence >> nth=0")
        seen.page.wait_for_selector("#reader .here")
        until(seen.page, "location.hash.includes('at=')")
        assert "words" not in unquote(seen.page.url)
        assert seen.errors == []


def test_rows_are_put_into_groups_with_their_sums(browser: Any, server: Server) -> None:
    with opened(browser, server.address + "/ask/deals") as seen:
        page = seen.page
        page.wait_for_selector("select[name=group]")
        every = page.locator("tbody tr").count()
        page.select_option("select[name=group]", "kind")
        page.wait_for_selector(".groups")
        counts = [int(one) for one in page.locator(".groups td:nth-child(2)").all_inner_texts()]
        assert sum(counts) == every
        assert violations(page) == []
        page.click(".groups button >> nth=0")
        until(page, "n => document.querySelectorAll('tbody tr').length === n", counts[0])
        page.click(".chip .drop")
        until(page, "n => document.querySelectorAll('tbody tr').length === n", every)
        assert seen.errors == []


def test_without_a_question_all_are_shown_those_that_are_asked_most_first(
    browser: Any, server: Server
) -> None:
    with opened(browser, server.address + "/ask") as seen:
        seen.page.wait_for_selector(".hits a")
        questions = load().questions
        shown = seen.page.locator(".hits a").all_inner_texts()
        assert sorted(shown) == sorted(asked.label["zh"] for asked in questions.values())
        assert shown[0] == questions["deals"].label["zh"]
        assert set(load().words["search"]["questions"]) <= set(questions)
        assert violations(seen.page) == []
        seen.page.click(".hits a >> nth=3")
        seen.page.wait_for_selector(".often button")
        seen.page.click(".often button >> nth=0")
        seen.page.wait_for_selector("tbody tr")
        assert "entity=" in seen.page.url


def test_what_was_meant_is_one_click_away(browser: Any, server: Server) -> None:
    with opened(browser, server.address + "/ask/about?entity=合非市") as seen:
        seen.page.wait_for_selector(".often button")
        seen.page.click(".often button >> text=合肥市")
        seen.page.wait_for_selector("tbody tr")
        assert seen.page.input_value("#p-entity") == "合肥市"


def test_an_empty_answer_says_what_would_fill_it(browser: Any, server: Server) -> None:
    with opened(browser, server.address + "/ask/deals?minimum=99999亿") as seen:
        seen.page.wait_for_selector("#answer button")
        assert "99999亿" in seen.page.inner_text("#answer")
        seen.page.click("#answer button >> nth=0")
        seen.page.wait_for_selector("tbody tr")
        assert seen.errors == []


def test_names_complete_by_any_part_and_tell_those_of_one_name_apart(
    browser: Any, server: Server
) -> None:
    with opened(browser, server.address + "/ask/about") as seen:
        seen.page.fill("#p-entity", "合肥")
        seen.page.wait_for_selector("#p-entity + datalist option", state="attached")
        values = seen.page.locator("#p-entity + datalist option").evaluate_all(
            "all => all.map(o => o.value)"
        )
        assert values[0] == "合肥市"


def test_sums_of_different_kinds_are_not_added_up(browser: Any, server: Server) -> None:
    with opened(browser, server.address + "/ask/deals") as seen:
        seen.page.wait_for_selector("tfoot td")
        sums = seen.page.locator("tfoot .number div").all_inner_texts()
        assert any(one.startswith("总投资 ") for one in sums)
        assert any(one.startswith("年产值 ") for one in sums)
        assert seen.errors == []
