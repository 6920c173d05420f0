"""The state of the graph page: what is filtered is said, and the address holds it all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest

from tests.testing.browser.chromium import ARGUMENTS, executable, opened
from tests.testing.graphs.drawn import BASE, small, written

if TYPE_CHECKING:
    from pathlib import Path

SEEN = "Object.values(zhengtu.network.body.nodes).filter(n => !n.options.hidden).length"
LINES = "Object.values(zhengtu.network.body.edges).filter(e => !e.options.hidden).length"


def test_what_is_filtered_is_said_and_ended(browser: Any, tmp_path: Path) -> None:
    with opened(browser, written(tmp_path, small())) as seen:
        page = seen.page
        assert page.locator("#filtered").is_hidden()
        page.click("[data-type=Person]")
        page.click("#filter summary")
        page.locator("#filter").get_by_label("签约").uncheck()
        page.keyboard.press("Escape")
        said = page.inner_text("#filtered")
        assert "显示 3 / 4 个实体" in said
        assert "不看：人物" in said
        assert "不看：签约" in said
        page.click("#filtered .kept >> nth=0")
        assert "人物" not in page.inner_text("#filtered")
        assert page.get_attribute("[data-type=Person]", "aria-pressed") == "true"
        page.click("[data-type=Person]")
        page.click("#filtered .plain")
        assert page.locator("#filtered").is_hidden()
        assert (page.evaluate(SEEN), page.evaluate(LINES)) == (4, 4)
        assert not seen.errors


def test_filters_and_the_choice_stand_in_the_address(browser: Any, tmp_path: Path) -> None:
    file = written(tmp_path, small())
    with opened(browser, file) as seen:
        page = seen.page
        page.click("[data-type=Person]")
        page.fill("#search", "芯片基地")
        page.keyboard.press("Enter")
        sent = page.url
        assert unquote(sent).endswith(f"#hide=Person&node={BASE}project/3")
    with opened(browser, file) as seen:
        seen.page.goto(sent)
        assert seen.page.inner_text("#panel h2") == "芯片基地项目"
        assert seen.page.evaluate(SEEN) == 3
        assert not seen.errors


def test_a_fact_stands_in_the_address(browser: Any, tmp_path: Path) -> None:
    with opened(browser, written(tmp_path, small())) as seen:
        page = seen.page
        page.evaluate(
            "iri => { location.hash = 'fact=' + encodeURIComponent(iri); }",
            f"{BASE}district/2 signs {BASE}project/3",
        )
        page.wait_for_selector("#panel:not([hidden])")
        assert page.inner_text("#panel h2") == "签约"
        assert "成都高新区" in page.inner_text("#panel .way")


def test_the_back_button_leads_to_what_was_chosen_before(browser: Any, tmp_path: Path) -> None:
    with opened(browser, written(tmp_path, small())) as seen:
        page = seen.page
        for name in ("邹启明", "芯片基地"):
            page.fill("#search", name)
            page.keyboard.press("Enter")
        assert page.inner_text("#panel h2") == "芯片基地项目"
        page.go_back()
        assert page.inner_text("#panel h2") == "邹启明"
        page.go_back()
        assert page.locator("#panel").is_hidden()
        page.go_forward()
        assert page.inner_text("#panel h2") == "邹启明"
        assert not seen.errors


def test_what_is_gone_to_is_shown_whatever_is_hidden(browser: Any, tmp_path: Path) -> None:
    with opened(browser, written(tmp_path, small())) as seen:
        page = seen.page
        page.click("[data-type=Person]")
        page.click("[data-type=Project]")
        page.fill("#search", "邹启明")
        page.keyboard.press("Enter")
        assert page.get_attribute("[data-type=Person]", "aria-pressed") == "true"
        assert page.get_attribute("[data-type=Project]", "aria-pressed") == "false"
        assert page.evaluate(SEEN) == 3


@pytest.mark.parametrize("address", ["#%E0%A4%A", "#hide=%ff&node=", "#hide=toString", "#=&&=x"])
def test_a_wrong_address_shows_the_whole(browser: Any, tmp_path: Path, address: str) -> None:
    with opened(browser, written(tmp_path, small())) as seen:
        seen.page.goto(seen.page.url + address)
        seen.page.reload()
        assert seen.page.evaluate(SEEN) == 4
        assert seen.page.locator("#panel").is_hidden()
        assert not seen.errors


def test_chromium_with_windows_shows_what_its_headless_shell_shows(
    browser: Any, tmp_path: Path
) -> None:
    file, shown = written(tmp_path, small()), []
    with browser.browser_type.launch(
        executable_path=executable(whole=True), args=list(ARGUMENTS), headless=True
    ) as whole:
        for one in (browser, whole):
            with opened(one, file) as seen:
                seen.page.fill("#search", "芯片基地")
                seen.page.keyboard.press("Enter")
                counts = seen.page.evaluate(SEEN), seen.page.evaluate(LINES)
                words = seen.page.inner_text("body")
                shown.append((counts, words, seen.page.url, seen.errors))
                assert seen.covered() > 0
    assert shown[0] == shown[1]
    assert shown[0][0] == (4, 4)
