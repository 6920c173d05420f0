"""The card of what is chosen follows the filters, and says what they leave out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.testing.browser.chromium import Opened, opened
from tests.testing.graphs.drawn import written
from tests.testing.graphs.filtered import FIRM, PLAN, PROJECT, SCHOOL, graph, iri

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def seen(browser: Any, tmp_path: Path) -> Iterator[Opened]:
    with opened(browser, written(tmp_path, graph())) as page:
        yield page
        assert not page.errors


def choose(seen: Opened, name: str) -> None:
    seen.page.fill("#search", name)
    seen.page.keyboard.press("Enter")
    assert seen.page.inner_text("#panel h2") == name


def keep(seen: Opened, menu: str, word: str) -> None:
    seen.page.click(f"#{menu} > summary")
    seen.page.locator(f"#{menu} label").filter(has_text=word).locator("input").click()
    seen.page.click(f"#{menu} > summary")


def listed(seen: Opened) -> set[str]:
    return set(seen.page.locator("#panel .fact > .head .thing").all_inner_texts())


def told(seen: Opened) -> str:
    line = seen.page.locator("#panel .sifted span")
    return str(line.inner_text()) if line.count() else ""


def test_a_card_lists_the_facts_that_pass_and_counts_the_others(seen: Opened) -> None:
    choose(seen, FIRM)
    assert listed(seen) == {PROJECT, SCHOOL}
    assert told(seen) == ""
    keep(seen, "status", "计划")
    assert listed(seen) == {SCHOOL}
    assert told(seen) == "另有 1 条事实被筛选隐藏"
    seen.page.click("#language")
    assert told(seen) == "Further facts hidden by the filter: 1"


def test_what_is_filtered_out_is_shown_when_it_is_asked_for(seen: Opened) -> None:
    choose(seen, FIRM)
    keep(seen, "status", "计划")
    seen.page.click("#sifted")
    assert listed(seen) == {PROJECT, SCHOOL}
    assert seen.page.locator("#panel .fact.out").count() == 1
    assert seen.page.evaluate("document.activeElement.id") == "sifted"
    seen.page.keyboard.press("Enter")
    assert listed(seen) == {SCHOOL}
    assert told(seen) == "另有 1 条事实被筛选隐藏"


def test_the_card_is_whole_again_when_the_filter_ends(seen: Opened) -> None:
    choose(seen, FIRM)
    keep(seen, "status", "计划")
    seen.page.click("#filtered .kept")
    assert listed(seen) == {PROJECT, SCHOOL}
    assert seen.page.locator("#panel .sifted").count() == 0


def test_claims_of_a_fact_and_values_pass_one_by_one(seen: Opened) -> None:
    choose(seen, FIRM)
    evidence = seen.page.locator("#panel .fact").filter(has_text=SCHOOL).locator("blockquote")
    assert evidence.count() == 2
    keep(seen, "document", "b.txt")
    assert evidence.count() == 1
    choose(seen, PLAN)
    assert seen.page.locator("#panel .value").count() == 1
    seen.page.locator("#filtered .kept").first.click()
    keep(seen, "document", "a.txt")
    assert seen.page.locator("#panel .value").count() == 0
    assert told(seen) == "另有 1 条事实被筛选隐藏"


def test_the_card_of_a_relation_counts_the_evidence_that_is_left_out(
    browser: Any, tmp_path: Path
) -> None:
    with opened(browser, written(tmp_path, graph())) as seen:
        fact = f"{iri(FIRM)} cooperatesWith {iri(SCHOOL)}"
        seen.page.evaluate("fact => { location.hash = 'fact=' + encodeURIComponent(fact); }", fact)
        seen.page.wait_for_selector("#panel .way")
        assert seen.page.locator("#panel blockquote").count() == 2
        keep(seen, "document", "a.txt")
        assert seen.page.locator("#panel blockquote").count() == 1
        assert told(seen) == "另有 1 处依据被筛选隐藏"
        seen.page.click("#sifted")
        assert seen.page.locator("#panel blockquote").count() == 2
        assert not seen.errors
