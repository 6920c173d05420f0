"""Paths between two things: over what is shown, the shortest first, each with its sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest

from tests.testing.browser.chromium import Opened, opened
from tests.testing.graphs.drawn import BASE, claim, thing, written

if TYPE_CHECKING:
    from pathlib import Path

LINKS = [
    ("甲", "乙", "invests"),
    ("丙", "乙", "signs"),
    ("甲", "丁", "cooperatesWith"),
    ("丁", "丙", "cooperatesWith"),
    ("丁", "戊", "invests"),
    ("戊", "丙", "invests"),
    ("甲", "乙", "signs"),
]


def linked(more: int = 0) -> nx.MultiDiGraph:
    """Two ways of two links from 甲 to 丙, one of three, and 己 alone."""
    graph = nx.MultiDiGraph()
    for name in "甲乙丙丁戊己":
        graph.add_node(BASE + "x/" + name, **thing(name, "Project" if name == "乙" else "District"))
    for one, other, relation in LINKS:
        quote = f"{one}与{other}有约。"
        graph.add_edge(BASE + "x/" + one, BASE + "x/" + other, **claim(relation, quote))
    for i in range(more):
        graph.add_node(f"{BASE}z/{i:04}", **thing(f"远{i}", "Person"))
    return graph


def walk(seen: Opened, start: str, goal: str) -> None:
    seen.page.fill("#search", start)
    seen.page.keyboard.press("Enter")
    seen.page.click(".acts button >> text=路径")
    assert seen.page.evaluate("document.activeElement.id") == "goal"
    seen.page.keyboard.type(goal)
    seen.page.keyboard.press("Enter")


def chains(seen: Opened) -> list[str]:
    return seen.page.locator(".chain summary span").all_inner_texts()


@pytest.mark.parametrize("more", [0, 1000], ids=["library", "canvas"])
def test_the_shortest_come_first_with_their_sentences(
    browser: Any, tmp_path: Path, more: int
) -> None:
    with opened(browser, written(tmp_path, linked(more), limit=10_000)) as seen:
        page = seen.page
        walk(seen, "甲", "丙")
        assert page.inner_text("#panel h2") == "甲 → 丙"
        assert "最短的 2 步" in page.inner_text("#panel")
        assert chains(seen) == ["乙", "丁", "丁 → 戊"]  # 丁 has more links than 乙
        first = page.locator(".chain").first
        assert first.locator(".hop b").all_inner_texts() == ["↓ 投资", "↓ 签约", "↑ 签约"]
        assert first.locator("blockquote").all_inner_texts() == ["甲与乙有约。"] * 2 + [
            "丙与乙有约。"
        ]
        bright = "[...zhengtu.shown().nodes].map(id => zhengtu.data.entities[id].label).sort()"
        assert page.evaluate(bright) == ["丙", "乙", "甲"]
        page.click(".chain >> nth=2 >> summary")
        assert page.evaluate(bright) == ["丁", "丙", "戊", "甲"]
        assert not seen.errors


def test_what_is_filtered_out_leads_nowhere(browser: Any, tmp_path: Path) -> None:
    with opened(browser, written(tmp_path, linked())) as seen:
        walk(seen, "甲", "丙")
        seen.page.click("[data-type=Project]")
        assert chains(seen) == ["丁", "丁 → 戊"]
        seen.page.click("#filter summary")
        seen.page.get_by_label("合作").uncheck()
        assert chains(seen) == []
        assert "在没有筛掉的部分，两者之间没有路径" in seen.page.inner_text("#panel")


def test_none_is_said_in_both_languages(browser: Any, tmp_path: Path) -> None:
    with opened(browser, written(tmp_path, linked()), 360, 740) as seen:
        walk(seen, "甲", "己")
        assert "\n两者之间没有路径" in seen.page.inner_text("#panel")
        seen.page.click("#language")
        assert "Nothing joins the two." in seen.page.inner_text("#panel")
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= 360
        assert not seen.errors


def test_a_chain_is_shown_beside_the_panel(browser: Any, tmp_path: Path) -> None:
    with opened(browser, written(tmp_path, linked(200)), 360, 740) as seen:
        walk(seen, "甲", "丙")
        low = seen.page.evaluate(
            """Math.max(...[...zhengtu.shown().nodes].map(id =>
              zhengtu.network.canvasToDOM(zhengtu.network.getPosition(id)).y))"""
        )
        graph, panel = (seen.page.locator(name).bounding_box() for name in ("#graph", "#panel"))
        assert graph["y"] < graph["y"] + low < panel["y"]


def test_a_path_stands_in_the_address(browser: Any, tmp_path: Path) -> None:
    file = written(tmp_path, linked())
    with opened(browser, file) as seen:
        walk(seen, "甲", "丙")
        sent = seen.page.url
        seen.page.go_back()
        assert seen.page.inner_text("#panel h2") == "甲"
        seen.page.go_forward()
        assert chains(seen) == ["乙", "丁", "丁 → 戊"]
        seen.page.keyboard.press("Escape")
        assert seen.page.locator("#panel").is_hidden()
        assert "path=" not in seen.page.url
    with opened(browser, file) as seen:
        seen.page.goto(sent)
        seen.page.reload()
        assert seen.page.inner_text("#panel h2") == "甲 → 丙"
        assert chains(seen) == ["乙", "丁", "丁 → 戊"]
        assert not seen.errors


def test_crowds_of_ways_are_cut_short(browser: Any, tmp_path: Path) -> None:
    graph = nx.MultiDiGraph()
    for layer in range(6):
        for i in range(12):
            graph.add_node(f"{BASE}l/{layer}{i:02}", **thing(f"层{layer}第{i}", "District"))
            for j in range(12 if layer else 0):
                link = f"{BASE}l/{layer - 1}{j:02}", f"{BASE}l/{layer}{i:02}"
                graph.add_edge(*link, **claim("cooperatesWith"))
    with opened(browser, written(tmp_path, graph)) as seen:
        walk(seen, "层0第0", "层5第5")
        assert len(chains(seen)) == 12
        assert all(chain.count("→") == 3 for chain in chains(seen))
