"""What all pages of the server have in common: one head, one language, errors in the language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx2
import pytest

from kg.ontology import load
from tests.testing.browser.axe import violations
from tests.testing.browser.chromium import opened, until
from tests.testing.servers.server import Server, serving

WAYS = {
    "zh": ["图谱", "查询", "事实", "台账", "SPARQL", "复核"],
    "en": ["Graph", "Ask", "Facts", "Registers", "SPARQL", "Review"],
}
# Pages and refusals, each with what is there once it is.
PAGES = {
    "/ask": "#form h2",
    "/ask/facts": "tbody tr",
    "/ask/deals?minimum=10亿": "#form h2",
    "/query": "#editor .cm-content",
    "/search?q=合肥": ".hits li",
    "/registers": "h1",
    "/register/network": "h1",
    "/register/project-register?minimum=10x": ".wrong",
    "/thing/合肥市": "h1",
    "/thing/合肥是": "h1",
    "/review": "#sheet *",
    "/nothing": "h1",
}


@pytest.fixture(scope="module")
def server(graph_of_examples: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    file = tmp_path_factory.mktemp("corrections") / "corrections.jsonl"
    words = ("--timeout", "60", "--review", "--corrections", str(file), "--by", "甲")
    with serving(graph_of_examples, *words) as running:
        yield running


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_the_same_head(
    browser: Any, server: Server, path: str, language: str
) -> None:
    asked = f"{server.address}{path}{'&' if '?' in path else '?'}lang={language}"
    with opened(browser, asked, 360, 740) as seen:
        page = seen.page
        page.wait_for_selector(PAGES[path], state="attached")
        assert page.locator("header nav a").all_inner_texts() == WAYS[language]
        assert page.locator("header #sought").count() == 1
        assert page.inner_text("#language") == {"zh": "EN", "en": "中文"}[language]
        assert page.evaluate("document.documentElement.lang.slice(0, 2)") == language
        # It takes an eighth of a telephone at most, and nothing hangs out of the page.
        assert page.evaluate("document.querySelector('header').offsetHeight / innerHeight") <= 0.12
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert violations(page) == []
        broken = [error for error in seen.errors if "the server responded with" not in error]
        assert broken == []


@pytest.mark.parametrize(("width", "height"), [(360, 740), (1440, 900)])
def test_the_graph_has_that_head_too(browser: Any, server: Server, width: int, height: int) -> None:
    with opened(browser, f"{server.address}/ask", width, height) as seen:
        page = seen.page
        page.wait_for_selector("#form h2")
        other = page.locator("header").bounding_box()
        page.goto(server.address + "/")
        for language in ("zh", "en"):
            page.wait_for_selector("#legend button")
            assert page.locator("header nav a").all_inner_texts() == WAYS[language]
            assert page.inner_text("header nav [aria-current]") == WAYS[language][0]
            own = page.locator("header").bounding_box()
            assert abs(own["height"] - other["height"]) < 4
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            assert violations(page) == []
            page.click("#language")
        page.click("header nav a >> nth=2")
        page.wait_for_selector("tbody tr")
        assert page.url.endswith("/ask/facts")
        assert page.inner_text("header nav [aria-current]") == WAYS["zh"][2]
        assert seen.errors == []


def test_a_page_is_not_blank_before_its_script_runs(server: Server) -> None:
    for language in ("zh", "en"):
        text = httpx2.get(f"{server.address}/ask", params={"lang": language}).text
        assert all(word in text for word in WAYS[language])
        assert all(one.label[language] in text for one in load().questions.values())
    assert "正在打开" in httpx2.get(f"{server.address}/query").text


def test_a_language_that_is_chosen_holds_on_all_pages(browser: Any, server: Server) -> None:
    with opened(browser, f"{server.address}/registers") as seen:
        page = seen.page
        page.click("#language")
        page.wait_for_selector("html[lang=en]")
        page.click("header nav a >> nth=1")
        until(page, "() => document.querySelector('#form h2')?.textContent === 'What can be asked'")
        page.click("#language")
        until(page, "() => document.querySelector('#form h2')?.textContent === '可以问什么'")
        page.click("header nav a >> nth=3")
        page.wait_for_selector("html[lang=zh-CN] h1")
        # The page of the graph keeps it in its storage alone.
        page.evaluate("localStorage.setItem('language', 'en')")
        page.reload()
        page.wait_for_selector("html[lang=en] h1")


def test_what_is_refused_is_told_in_the_language_of_the_page(server: Server) -> None:
    html = {"Accept": "text/html"}
    told = {
        language: httpx2.get(f"{server.address}/thing/合肥是?lang={language}", headers=html)
        for language in ("zh", "en")
    }
    assert {answer.status_code for answer in told.values()} == {400}
    assert "没有叫“合肥是”的；您要找的是不是" in told["zh"].text
    assert "nothing is called" not in told["zh"].text
    assert "nothing is called &#x27;合肥是&#x27;; did you mean" in told["en"].text
    assert f'href="/thing/{quote("合肥市")}"' in told["zh"].text
    missing = httpx2.get(f"{server.address}/nothing", headers=html).text
    assert "/nothing 在这里没有对应的页面" in missing
    assert "leads nowhere" not in missing


def test_a_register_keeps_what_was_typed_and_says_what_is_wrong_beside_it(
    browser: Any, server: Server
) -> None:
    asked = {"minimum": "10x", "party": "<b>甲</b>", "since": "2023"}
    answer = httpx2.get(f"{server.address}/register/project-register", params=asked)
    assert (answer.status_code, answer.headers["zhengtu-error"]) == (400, "query")
    assert "<b>甲" not in answer.text
    path = "/register/project-register?minimum=10x&since=2023"
    with opened(browser, server.address + path) as seen:
        page = seen.page
        field = page.locator("[name=minimum]")
        assert field.input_value() == "10x"
        assert page.locator("[name=since]").input_value() == "2023"
        why = page.locator(f"#{field.get_attribute('aria-describedby')}").inner_text()
        assert why.startswith("“10x”不是数")
        field.fill("10")
        page.click(".choose .go")
        page.wait_for_selector("#figures")
        assert "minimum=10" in page.url
    near = httpx2.get(f"{server.address}/register/firms", params={"district": "合肥是"}).text
    assert re.search(r'<button class="plain" name="district" value="合肥市">', near)
    # Files have no form: what is wrong with them is told as to any program.
    file = httpx2.get(f"{server.address}/register/firms.csv", params={"district": "合肥是"})
    assert file.headers["content-type"].startswith("text/plain")


def test_a_question_says_what_is_wrong_beside_its_field(browser: Any, server: Server) -> None:
    with opened(browser, f"{server.address}/ask/deals?minimum=10x") as seen:
        page = seen.page
        page.wait_for_selector(".field.bad")
        assert page.locator("#p-minimum").input_value() == "10x"
        assert page.inner_text("#why-minimum").startswith("“10x”不是数")
        assert page.inner_text("#status") == ""
        page.fill("#p-minimum", "10亿")
        page.click("#go")
        until(page, "() => document.getElementById('status').textContent.includes('秒')")
        assert page.locator(".field.bad").count() == 0


def test_names_that_were_meant_are_one_click_away(browser: Any, server: Server) -> None:
    with opened(browser, f"{server.address}/ask/about?entity=" + quote("合肥是")) as seen:
        page = seen.page
        page.click("#answer button >> text='合肥市'")
        until(page, "() => document.getElementById('status').textContent.includes('秒')")
        assert page.locator("#p-entity").input_value() == "合肥市"
        page.goto(f"{server.address}/ask/dela")
        page.click("#answer a >> nth=0")
        until(page, "() => location.pathname === '/ask/deals'")


def test_fields_for_names_propose_some_in_registers_too(browser: Any, server: Server) -> None:
    with opened(browser, f"{server.address}/register/project-register") as seen:
        page = seen.page
        page.locator("[name=district]").press_sequentially("合")
        page.wait_for_selector("[name=district] + datalist option", state="attached")
        offered = page.locator("[name=district] + datalist option")
        assert "合肥市" in offered.evaluate_all("all => all.map(o => o.value)")


def test_a_remark_stands_below_the_answer(browser: Any, server: Server) -> None:
    address = f"{server.address}/remarks/deals.json"
    assert httpx2.get(address).json() == {"remarks": []}
    assert httpx2.get(address, params={"minimum": "x"}).status_code == 400
    [said] = httpx2.get(address, params={"minimum": "1"}).json()["remarks"] or [None]
    if said:
        with opened(browser, f"{server.address}/ask/deals?minimum=1") as seen:
            seen.page.wait_for_selector("#remarks p")
            assert seen.page.inner_text("#remarks p") == said["zh"]
