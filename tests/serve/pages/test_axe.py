"""The pages as axe-core sees them: no violation on screens of the page and of the server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.testing.browser.axe import violations
from tests.testing.browser.chromium import Opened, opened, until
from tests.testing.servers.server import Server, serving

SIZES = ((360, 740), (1440, 860))
ERROR = "/query?query=" + quote("SELECT ?s { ?s a kg:Policy ;; }")


@pytest.fixture(scope="module")
def server(graph_of_examples: Path) -> Iterator[Server]:
    with serving(graph_of_examples, "--timeout", "60") as running:
        yield running


def on_screens(seen: Opened) -> list[str]:
    """Overview, documents, a card, menus and a document, in one page after the other."""
    page, found = seen.page, []
    if page.locator("#side").is_hidden():
        page.click("#beside")
    found += violations(page)
    page.click("#tab-documents")
    found += violations(page)
    page.locator("[data-document]").first.click()
    page.wait_for_selector("#reader mark, #reader .text")
    found += violations(page)
    page.keyboard.press("Escape")
    page.fill("#search", "蓉芯微")
    page.keyboard.press("Enter")
    found += violations(page)
    for menu in ("filter", "status", "place", "document"):
        page.click(f"#{menu} > summary")
        found += violations(page)
    return found


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_graph_page_has_no_violation(
    browser: Any, graph_of_examples: Path, width: int, height: int
) -> None:
    with opened(browser, graph_of_examples / "graph.html", width, height) as seen:
        assert on_screens(seen) == []
        seen.page.click("#language")
        assert violations(seen.page) == []


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("/ask/investments", "tbody tr"),
        (ERROR, "#editor .cm-content"),
        ("/?around=urn:x", "h1"),
        ("/nothing", "h1"),
        ("/registers", "h1"),
        ("/register/project-register", "h1"),
        ("/register/network?lang=en", "h1"),
    ],
)
def test_the_pages_of_the_server_have_no_violation(
    browser: Any, server: Server, path: str, there: str
) -> None:
    with opened(browser, server.address + path, 360, 740) as seen:
        seen.page.wait_for_selector(there)
        until(seen.page, "document.title !== ''")
        assert violations(seen.page) == []


def test_a_violation_is_found(browser: Any, graph_of_examples: Path) -> None:
    with opened(browser, graph_of_examples / "graph.html") as seen:
        seen.page.evaluate(
            "() => document.querySelector('main').append(document.createElement('button'))"
        )
        found = violations(seen.page)
        assert len(found) == 1
        assert found[0].startswith("button-name ")
