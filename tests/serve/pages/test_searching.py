"""The page of the search and its answers to programs, as an analyst meets them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.testing.browser.axe import violations
from tests.testing.browser.chromium import opened, until
from tests.testing.servers.server import Server, serving


@pytest.fixture(scope="module")
def server(graph_of_examples: Path) -> Iterator[Server]:
    with serving(graph_of_examples, "--timeout", "60") as running:
        yield running


def test_the_server_answers_with_json_and_refuses_what_is_wrong(server: Server) -> None:
    answer = httpx2.get(f"{server.address}/search.json", params={"q": "合肥市", "limit": "3"})
    assert answer.json()["things"]["rows"][0]["name"] == "合肥市"
    wrong = httpx2.get(f"{server.address}/search.json", params={"q": "x", "limit": "-1"})
    assert (wrong.status_code, "limit" in wrong.text) == (400, True)
    only = httpx2.get(f"{server.address}/search.json", params={"q": "合肥", "only": "documents"})
    assert set(only.json()) & {"things", "facts", "deals", "documents"} == {"documents"}


@pytest.mark.parametrize(("width", "height"), [(360, 740), (1440, 860)])
def test_the_page_of_the_search(browser: Any, server: Server, width: int, height: int) -> None:
    with opened(browser, server.address + "/search?q=合肥 2023 项目", width, height) as seen:
        page = seen.page
        page.wait_for_selector(".chip")
        assert page.locator(".chip small").all_inner_texts() == ["地点 ", "时间 ", "类别 "]
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.locator(".chip .drop").nth(1).click()
        until(page, "document.querySelectorAll('.chip').length === 2")
        assert page.input_value("#sought") == "合肥 项目"
        page.go_back()
        until(page, "document.querySelectorAll('.chip').length === 3")
        page.fill("#sought", "机器人")
        page.wait_for_selector("section[data-kind=documents] mark")
        assert violations(page) == []
        page.locator("section[data-kind=facts] .quote").first.click()
        page.wait_for_selector("#reader .here")
        assert seen.errors == []


def test_the_page_proposes_names_and_says_what_to_leave_out(browser: Any, server: Server) -> None:
    with opened(browser, server.address + "/search?q=合肥 项目 9999亿以上") as seen:
        seen.page.wait_for_selector(".none a")
        seen.page.click(".none a >> nth=0")
        until(seen.page, "!document.querySelector('.none')")
        seen.page.fill("#sought", "合非市")
        seen.page.wait_for_selector(".none a")
        seen.page.click(".none a >> nth=0")
        seen.page.wait_for_selector("section[data-kind=things]")
        assert seen.page.input_value("#sought") == "合肥市"
        assert seen.errors == []


def test_markup_stays_text(browser: Any, server: Server) -> None:
    with opened(browser, server.address + "/search?q=<img src=x onerror=window.fired=1>") as seen:
        seen.page.wait_for_selector(".none")
        assert seen.page.evaluate("window.fired") is None
