"""The stories above the picture, and the map of tiles: what they tell, show and lead to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tests.testing.browser.axe import violations
from tests.testing.browser.chromium import Opened, opened
from tests.testing.graphs.drawn import FAINT
from tests.testing.graphs.market import WORKS, firm_of, market, work_of, written

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SHOWN = """() => zhengtu.data.entities.filter((_, id) => !zhengtu.hidden(id)).map(e => e.label)"""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("market"))


@pytest.fixture
def seen(browser: Any, file: Path) -> Iterator[Opened]:
    with opened(browser, file, 1440, 900) as found:
        yield found
        assert found.errors == []


def story(seen: Opened, name: str) -> Any:
    return seen.page.locator(f"[data-story={name}]")


def test_the_largest_investments_are_told_with_their_sums_and_lead_to_their_sentences(
    seen: Opened,
) -> None:
    told = story(seen, "deals").inner_text()
    last = [WORKS - i for i in range(1, 6)]
    assert f"{work_of(last[0])}：总投资{WORKS}亿元" in told.replace(" ", "")
    story(seen, "deals").click()
    # Exactly these, with who invests and where.
    wanted = {name(i) for i in last for name in (firm_of, work_of)} | {"闵行区"}
    assert set(seen.page.evaluate(SHOWN)) == wanted
    assert "只看：最大的投资" in seen.page.inner_text("#filtered")
    assert seen.page.url.endswith("#story=deals")
    seen.page.locator("#panel .quote").first.click()
    assert seen.page.locator("#reader .here").count() > 0
    assert f"投资{WORKS}亿元" in seen.page.inner_text("#reader .text")


def test_a_story_ends_by_its_button_and_stands_in_the_address(seen: Opened) -> None:
    before = seen.page.evaluate(SHOWN)
    story(seen, "signings").click()
    assert "2024-03-06 报道" in story(seen, "signings").inner_text()
    few = seen.page.evaluate(SHOWN)
    assert len(few) < len(before)
    seen.page.reload()
    assert seen.page.evaluate(SHOWN) == few
    assert story(seen, "signings").get_attribute("aria-pressed") == "true"
    story(seen, "signings").click()
    assert seen.page.evaluate(SHOWN) == before
    assert seen.page.locator("#panel").is_hidden()


def test_stories_are_told_in_english_too(seen: Opened) -> None:
    seen.page.click("#language")
    assert "total investment" in story(seen, "deals").inner_text()
    assert "Reported on 2024-03-06" in story(seen, "signings").inner_text()
    assert "deals with" in story(seen, "firms").inner_text()


def test_a_graph_without_deals_has_no_stories_of_them(browser: Any, tmp_path: Path) -> None:
    whole = replace(market(), deals=())
    with opened(browser, written(tmp_path, whole)) as seen:
        assert story(seen, "deals").count() == 0
        assert story(seen, "firms").count() == 1


def tile(seen: Opened, name: str) -> Any:
    return seen.page.locator(".tile", has=seen.page.get_by_text(name, exact=True)).first


def test_a_tile_counts_and_leaves_its_things(seen: Opened) -> None:
    seen.page.click("#tab-map")
    assert seen.page.locator(".tiles.map .tile").count() == 34
    assert tile(seen, "江苏").inner_text().split() == ["江苏", str(WORKS - 5)]
    seen.page.click("#count-sums")
    assert tile(seen, "上海").inner_text().split() == [
        "上海",
        f"{sum(range(WORKS - 4, WORKS + 1))}亿",
    ]
    tile(seen, "上海").click()
    assert tile(seen, "上海").get_attribute("aria-pressed") == "true"
    labels = set(seen.page.evaluate(SHOWN))
    assert work_of(WORKS - 1) in labels and work_of(0) not in labels
    listed = seen.page.locator("#map-place .lines li")
    assert listed.count() == 5 and f"{WORKS}亿元" in seen.page.inner_text("#map-place .lines")
    # The divisions within it are tiles too.
    tile(seen, "闵行").click()
    assert "只看：闵行区" in seen.page.inner_text("#filtered")
    assert tile(seen, "闵行").get_attribute("aria-pressed") == "true"
    tile(seen, "闵行").click()
    assert seen.page.locator("#filtered").is_hidden()


@pytest.mark.parametrize("width", [360, 1440, 2560])
def test_the_map_fits_and_keeps_nobody_out(browser: Any, file: Path, width: int) -> None:
    with opened(browser, file, width, 900) as seen:
        if width < 1100:
            seen.page.click("#beside")
        seen.page.click("#tab-map")
        tile(seen, "上海").focus()
        seen.page.keyboard.press("Enter")
        assert tile(seen, "上海").get_attribute("aria-pressed") == "true"
        cut = "all => all.filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.innerText)"
        assert seen.page.locator(".tile").evaluate_all(cut) == []
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
        assert violations(seen.page) == []
        assert seen.page.evaluate(FAINT) == []


def test_names_that_several_things_have_are_told_apart_and_doubts_are_told(
    browser: Any, tmp_path: Path
) -> None:
    whole = market()
    names = {entity.name: entity for entity in whole.entities}
    twin = replace(names[work_of(1)], name=work_of(0))
    entities = tuple(twin if e.id == twin.id else e for e in whole.entities)
    with opened(browser, written(tmp_path, replace(whole, entities=entities))) as seen:
        seen.page.fill("#search", work_of(0))
        rows = seen.page.locator("#hits li[role=option]")
        told = [rows.nth(i).inner_text() for i in range(2)]
        assert any(firm_of(0) in one for one in told) and any(firm_of(1) in one for one in told)
        seen.page.fill("#search", firm_of(0))
        seen.page.keyboard.press("Enter")
        seen.page.locator("#panel h2", has_text=firm_of(0)).wait_for(timeout=20_000)
        panel = seen.page.locator("#panel")
        assert panel.locator(".apart").count() > 0
        assert panel.locator(".thing", has_text="于某0甲2").locator(".badge").count() == 1
