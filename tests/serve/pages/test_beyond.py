"""What a page of the server does not draw: found all the same, and shown with what is around."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import httpx2
import pytest

import kg as zhengtu
from kg.corpus.compound.byline_titles import persons
from tests.testing.browser.chromium import opened
from tests.testing.servers.server import Server, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def server(graph_of_examples: Path) -> Iterator[Server]:
    with serving(graph_of_examples, "--timeout", "60") as running:
        yield running


@pytest.fixture(scope="module")
def names(server: Server) -> list[list[str]]:
    answer = httpx2.get(f"{server.address}/names.json", timeout=120)
    assert answer.headers["content-type"].startswith("application/json")
    return json.loads(answer.content)


def test_every_name_is_told_with_how_it_is_read(names: list[list[str]]) -> None:
    by_name = {row[1]: row for row in names}
    iri, _, kind, read, *aliases = by_name["合肥市"]
    assert iri.endswith("district/340100")
    assert kind == "District"
    assert read.split(" ")[0] == "HeFeiShi"
    assert len(read.split(" ")) == 1 + len(aliases)


def test_a_page_of_what_lies_around_something(server: Server, names: list[list[str]]) -> None:
    some = [row[0] for row in names if row[1] in ("合肥市", "重庆市")]
    query = "&".join(f"around={quote(iri)}" for iri in some)
    text = httpx2.get(f"{server.address}/?{query}", timeout=120).text
    data = json.loads(text.partition('id="data">')[2].partition("</script>")[0])
    held = {entity["iri"] for entity in data["entities"]}
    assert held > set(some)
    assert data["entities"][data["around"]]["iri"] == some[0]
    assert len(held) < len(names)
    assert sum(entity["unseen"] for entity in data["entities"]) > 0
    assert all(entity["unseen"] == 0 for entity in data["entities"] if entity["iri"] in some)


def test_what_is_no_entity_has_no_page(server: Server) -> None:
    answer = httpx2.get(
        f"{server.address}/?around=https://w3id.org/zhengtu/id/district/0", timeout=120
    )
    assert answer.status_code == 400
    assert "is no entity of this graph" in answer.text
    assert "<" not in answer.text


def test_a_neighbourhood_is_made_whole_from_the_server(
    browser: Any, server: Server, names: list[list[str]]
) -> None:
    iri = next(row[0] for row in names if row[1] == "合肥市")
    with opened(browser, f"{server.address}/?around={quote(iri)}") as seen:
        page = seen.page
        page.wait_for_selector("#panel h2", timeout=120_000)
        label, unseen = page.evaluate(
            "(({label, unseen}) => [label, unseen])"
            "(zhengtu.data.entities.find(entity => entity.unseen > 0))"
        )
        page.fill("#search", label)
        page.keyboard.press("Enter")
        page.click(f".acts button >> text=取来其余 {unseen} 条关系")
        page.wait_for_url("**near=**", timeout=120_000)
        page.wait_for_selector("#panel h2", timeout=120_000)
        assert page.inner_text("#panel h2") == label
        assert "取来" not in page.inner_text(".acts")
        shown = page.evaluate("zhengtu.data.entities.filter((_, id) => !zhengtu.hidden(id)).length")
        assert shown > unseen
        page.go_back()
        page.wait_for_selector(".acts button >> text=取来", timeout=120_000)
        assert not seen.errors


def test_what_is_not_drawn_is_found_and_gone_to(
    browser: Any, server: Server, names: list[list[str]]
) -> None:
    iri = next(row[0] for row in names if row[1] == "合肥市")
    with opened(browser, f"{server.address}/?around={quote(iri)}") as seen:
        page = seen.page
        page.wait_for_selector("#graph canvas", timeout=120_000)
        held = page.evaluate("zhengtu.data.entities.map(entity => entity.iri)")
        other = next(row for row in names if row[0] not in held)
        page.focus("#search")
        page.keyboard.type(other[1])
        page.wait_for_selector("#hits small >> text=未画出")
        page.keyboard.press("Enter")
        page.wait_for_url("**around=**" + quote(other[0][-8:]))
        page.wait_for_selector("#panel h2")
        assert page.inner_text("#panel h2") == other[1]
        page.go_back()
        page.wait_for_selector("#panel h2")
        assert page.inner_text("#panel h2") == "合肥市"
        assert not seen.errors


def test_a_page_of_a_part_asks_for_the_overview_of_the_whole(
    browser: Any, server: Server, names: list[list[str]], graph_of_examples: Path
) -> None:
    iri = next(row[0] for row in names if row[1] == "合肥市")
    with zhengtu.open(graph_of_examples) as graph:
        signed = len(persons(graph.knowledge.posts))  # who only signs articles
    counted = ".told[data-told=classesTold] > summary .number"
    with opened(browser, f"{server.address}/?around={quote(iri)}", 1440, 860) as seen:
        page = seen.page
        page.wait_for_selector(counted, timeout=120_000)
        assert page.inner_text(counted) == str(len(names) - signed)
        drawn = {row[0] for row in page.evaluate("zhengtu.data.entities.map(e => [e.iri])")}
        told = page.locator(".told[data-told=largest] .line .thing").first
        label = told.inner_text()
        told.click()
        assert page.inner_text("#panel h2") == label
        assert (page.inner_text("#panel .id") in drawn) == (
            page.locator("#panel >> text=图中没有画出。").count() == 0
        )
        page.click("#tab-documents")
        assert page.locator("[data-document]").count() > 5
        page.locator("[data-document]").first.click()
        page.wait_for_selector("#reader mark, #reader .claims, #reader article")
        assert not seen.errors


def test_a_page_of_a_part_says_when_it_gets_no_overview(
    browser: Any, server: Server, names: list[list[str]]
) -> None:
    iri = next(row[0] for row in names if row[1] == "合肥市")
    with opened(browser, f"{server.address}/?around={quote(iri)}", 900, 860) as seen:
        page = seen.page
        page.wait_for_selector("#panel h2", timeout=120_000)
        assert page.locator("#side").is_hidden()
        page.context.set_offline(True)
        page.click("#beside")
        page.wait_for_selector("#side [role=alert]")
        page.context.set_offline(False)
        page.click("#side >> text=再试一次")
        page.wait_for_selector(".told[data-told=classesTold]", timeout=120_000)
