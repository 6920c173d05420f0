"""The search of the graph page: names, aliases, pinyin and its initials, grouped by class."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest

from kg.publish.layout.pinyin import reading, readings
from tests.testing.browser.chromium import opened, until
from tests.testing.graphs.drawn import BASE, claim, thing, written

if TYPE_CHECKING:
    from pathlib import Path

CHOSEN = "#hits [aria-selected=true]"


def named() -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph()
    names = [
        ("重庆市", "District", ["山城"]),
        ("长沙市", "District", []),
        ("云澜银行", "Organisation", ["云银"]),
        ("重点5G产业园", "Project", []),
        ("甲某科技有限公司", "Organisation", ["甲某", "Jia-7"]),
        ("Acme", "Organisation", []),
        ("重庆某大学", "Organisation", []),
    ]
    for i, (name, kind, aliases) in enumerate(names):
        graph.add_node(f"{BASE}x/{i}", **thing(name, kind, aliases=aliases))
    graph.add_edge(f"{BASE}x/0", f"{BASE}x/1", **claim("cooperatesWith"))
    return graph


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("重庆", "ChongQing"),
        ("重点", "ZhongDian"),
        ("长沙", "ChangSha"),
        ("云澜银行", "YunLanYinHang"),
        ("行政", "XingZheng"),
        ("绿地", "LvDi"),
        ("5G产业园（一期）", "5GChanYeYuanYiQi"),
        ("Acme-1", ""),
        ("", ""),
    ],
)
def test_names_are_read_as_they_are_spoken(name: str, read: str) -> None:
    assert reading(name) == read


def test_readings_stand_in_the_order_of_the_names() -> None:
    assert readings(["重庆", "Acme", "长沙"]).split(" ") == ["ChongQing", "", "ChangSha"]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("重庆", "重庆市"),
        ("山城", "重庆市"),
        ("cqs", "重庆市"),
        ("chongqingshi", "重庆市"),
        ("Chong Qing Shi", "重庆市"),
        ("chong'qing", "重庆市"),
        ("changsha", "长沙市"),
        ("yinhang", "云澜银行"),
        ("5gcyy", "重点5G产业园"),
        ("cyy", "重点5G产业园"),
        ("jia-7", "甲某科技有限公司"),
        ("jmkj", "甲某科技有限公司"),
        ("acm", "Acme"),
    ],
)
def test_it_is_found_by_letters_and_by_sounds(
    browser: Any, tmp_path: Path, typed: str, first: str
) -> None:
    with opened(browser, written(tmp_path, named())) as seen:
        seen.page.fill("#search", typed)
        assert first in seen.page.inner_text(CHOSEN)
        seen.page.keyboard.press("Enter")
        assert seen.page.inner_text("#panel h2") == first
        assert not seen.errors


@pytest.mark.parametrize("typed", ["zhongqing", "hang yin", "inhang", "cqsx", "?", "'"])
def test_what_nothing_is_called_is_not_found(browser: Any, tmp_path: Path, typed: str) -> None:
    with opened(browser, written(tmp_path, named())) as seen:
        seen.page.fill("#search", typed)
        until(seen.page, "document.getElementById('hits').innerText === '没有找到'")
        seen.page.keyboard.press("Enter")
        assert seen.page.locator("#panel").is_hidden()
        assert not seen.errors


def test_hits_stand_under_their_class_with_their_number(browser: Any, tmp_path: Path) -> None:
    with opened(browser, written(tmp_path, named())) as seen:
        page = seen.page
        page.fill("#search", "c")
        page.wait_for_selector("#hits .group:has-text('事实')")  # these are looked for later
        groups = [text.split("\n") for text in page.locator("#hits .group").all_inner_texts()]
        assert sorted(groups) == [
            ["事实", "1"],  # cooperates with
            ["区划地点", "2"],
            ["组织机构", "2"],
            ["项目", "1"],
        ]
        page.click("#language")
        page.fill("#search", "chongq")
        assert [text.split("\n")[1] for text in page.locator("#hits .group").all_inner_texts()] == [
            "1",
            "1",
        ]
        page.keyboard.press("ArrowDown")
        assert "重庆某大学" in page.inner_text(CHOSEN)
        active = page.get_attribute("#search", "aria-activedescendant")
        assert page.get_attribute(CHOSEN, "id") == active
        page.keyboard.press("Enter")
        assert page.inner_text("#panel h2") == "重庆某大学"


def test_many_hits_of_a_class_are_counted_and_few_listed(browser: Any, tmp_path: Path) -> None:
    graph = named()
    for i in range(60):
        graph.add_node(f"{BASE}y/{i:02}", **thing(f"重庆乙某{i}公司", "Organisation"))
    with opened(browser, written(tmp_path, graph), 360, 740) as seen:
        seen.page.fill("#search", "重庆")
        heads = seen.page.locator("#hits .group").all_inner_texts()
        assert [head.split("\n")[1] for head in heads][:2] == ["1", "61"]
        assert seen.page.locator("#hits [role=option]:not(.wide)").count() == 6
        seen.page.fill("#search", "乙某")
        assert seen.page.locator("#hits [role=option]:not(.wide)").count() == 24
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_list_closes_without_a_choice(browser: Any, tmp_path: Path) -> None:
    with opened(browser, written(tmp_path, named())) as seen:
        seen.page.fill("#search", "cq")
        assert seen.page.locator("#hits").is_visible()
        seen.page.keyboard.press("Escape")
        assert seen.page.locator("#hits").is_hidden()
        assert seen.page.get_attribute("#search", "aria-expanded") == "false"
