"""The SPARQL editor in a real browser: what it completes, and whom it does not shut out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.testing.browser.chromium import Opened, opened, until
from tests.testing.servers.server import Server, serving

LINES = "#editor .cm-line"
OPTIONS = "#editor .cm-tooltip-autocomplete li"


@pytest.fixture(scope="module")
def server(graph_of_examples: Path) -> Iterator[Server]:
    with serving(graph_of_examples) as running:
        yield running


@pytest.fixture
def seen(browser: Any, server: Server) -> Iterator[Opened]:
    """The page of queries with an empty editor; nothing may have been complained of."""
    with opened(browser, f"{server.address}/query") as page:
        page.page.wait_for_selector(LINES)
        page.page.locator("#editor .cm-content").fill("")
        yield page
        assert page.errors == []
        assert all(r.startswith((server.address, "data:")) for r in page.requests)


def text(seen: Opened) -> str:
    return "\n".join(seen.page.locator(LINES).all_inner_texts()).replace("\u200b", "")


def choose(seen: Opened, wanted: str) -> str:
    """Wait for an option that holds a text, choose it, and return the whole of it."""
    option = seen.page.locator(OPTIONS, has_text=wanted).first
    option.wait_for()
    shown = str(option.inner_text())
    option.click()
    seen.page.wait_for_selector(OPTIONS, state="detached")
    return shown


def test_a_chinese_label_completes_to_its_term(seen: Opened) -> None:
    seen.page.keyboard.type("SELECT * { ?s ")
    # As an input method writes it: all at once, without keys.
    seen.page.keyboard.insert_text("位于")
    assert "kg:locatedIn" in choose(seen, "位于")
    assert text(seen).startswith("SELECT * { ?s kg:locatedIn")


def test_an_input_method_composes_in_the_editor(seen: Opened) -> None:
    client = seen.page.context.new_cdp_session(seen.page)
    seen.page.keyboard.type("# ")
    for part in ("zheng", "政策"):
        client.send(
            "Input.imeSetComposition",
            {"text": part, "selectionStart": len(part), "selectionEnd": len(part)},
        )
    client.send("Input.insertText", {"text": "政策"})
    seen.page.keyboard.type(" x")
    assert text(seen) == "# 政策 x"


def test_terms_complete_with_their_labels(seen: Opened) -> None:
    seen.page.keyboard.type("SELECT * { ?s kg:loc")
    assert "位于" in choose(seen, "kg:locatedIn")
    seen.page.keyboard.type(" ?o . ?o a kg:Proj")
    assert "项目" in choose(seen, "kg:Project")
    seen.page.keyboard.type(" ; rdfs:la")
    choose(seen, "rdfs:label")
    assert text(seen).startswith("SELECT * { ?s kg:locatedIn ?o . ?o a kg:Project ; rdfs:label")


def test_prefixes_variables_and_words_complete(seen: Opened) -> None:
    seen.page.keyboard.type("PREFIX sk")
    choose(seen, "skos:")
    assert text(seen).startswith("PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n")
    seen.page.keyboard.type("SEL")
    choose(seen, "SELECT")
    seen.page.keyboard.type(" ?company ?other { ?com")
    choose(seen, "?company")
    assert text(seen).split("\n")[1].startswith("SELECT ?company ?other { ?company")


def test_nothing_completes_in_strings_and_comments(seen: Opened) -> None:
    for begun in ('ASK { ?s ?p "sel', "# sel"):
        seen.page.locator("#editor .cm-content").fill("")
        seen.page.keyboard.type(begun)
        seen.page.keyboard.press("Control+Space")
        seen.page.wait_for_timeout(400)
        assert seen.page.locator(OPTIONS).count() == 0
    # The control: the same letters complete elsewhere.
    seen.page.locator("#editor .cm-content").fill("")
    seen.page.keyboard.type("sel")
    seen.page.locator(OPTIONS).first.wait_for()


def test_words_have_colours_and_brackets_their_match(seen: Opened) -> None:
    seen.page.keyboard.insert_text("SELECT ?s { ?s a kg:Policy } # all")
    seen.page.keyboard.press("End")
    colours = seen.page.evaluate(
        """() => Object.fromEntries([...document.getElementById('editor').shadowRoot
          .querySelectorAll('.cm-line span')]
            .map(e => [e.textContent, getComputedStyle(e).color]))"""
    )
    kinds = ("SELECT", "?s", "kg:Policy", "# all")
    assert len({colours[kind] for kind in kinds}) == len(kinds)
    for _ in range(7):
        seen.page.keyboard.press("ArrowLeft")
    seen.page.keyboard.press("ArrowRight")
    assert seen.page.locator("#editor .cm-matchingBracket").all_inner_texts() == ["{", "}"]


def test_what_was_done_is_undone(seen: Opened) -> None:
    seen.page.keyboard.type("ASK ")
    example = seen.page.locator(".questions button").first
    example.click()
    assert "ORDER BY" in text(seen)
    seen.page.keyboard.press("Control+z")
    assert text(seen) == "ASK "


def test_the_keyboard_comes_in_and_out(seen: Opened) -> None:
    inside = "document.activeElement.id === 'editor'"
    assert seen.page.evaluate(inside)
    seen.page.keyboard.press("Tab")
    assert seen.page.evaluate(inside)
    assert text(seen).strip() == ""
    seen.page.keyboard.press("Escape")
    seen.page.keyboard.press("Tab")
    assert seen.page.evaluate("document.activeElement.id") == "go"
    seen.page.keyboard.press("Shift+Tab")
    assert seen.page.evaluate(inside)


def test_the_editor_has_a_name_in_both_languages(seen: Opened) -> None:
    area = seen.page.get_by_role("textbox", name="查询语句")
    assert area.count() == 1
    seen.page.keyboard.type("ASK { ?s ?p 1 }")
    seen.page.click("#language")
    assert seen.page.get_by_role("textbox", name="The query").count() == 1
    assert text(seen) == "ASK { ?s ?p 1 }"
    assert seen.page.evaluate("document.documentElement.lang") == "en"


def test_an_error_that_no_line_holds_is_told_all_the_same(seen: Opened) -> None:
    seen.page.keyboard.insert_text("SELECT * { ?s ?p ?o")
    seen.page.keyboard.press("Control+Enter")
    seen.page.wait_for_selector(".status.wrong")
    assert "第 1 行第 20 列" in seen.page.locator("#status").inner_text()
    assert seen.page.locator("#editor .cm-lint-marker-error").count() == 1
    seen.page.locator("#editor .cm-lint-marker-error").hover()
    seen.page.wait_for_selector("#editor .cm-diagnostic")
    seen.errors.clear()  # Chromium tells of every answer that is a refusal


def test_a_text_area_remains_without_the_editor(browser: Any, server: Server) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.route(re.compile(r"/static/editor\.js$"), lambda route: route.abort())
    page.goto(f"{server.address}/query?query=ASK%20%7B%20%3Fs%20a%20kg:Policy%20%7D")
    page.wait_for_selector("textarea#editor")
    until(page, "() => document.getElementById('status').textContent === '是'")
    area = page.get_by_role("textbox", name="查询语句")
    area.fill("ASK {\n  ?s a 政:策 }")
    area.press("Control+Enter")
    page.wait_for_selector(".status.wrong")
    start = area.evaluate("e => e.value.slice(e.selectionStart)")
    assert start.startswith("政:策")
    context.close()
