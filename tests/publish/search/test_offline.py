"""The file of a page: every name and fact of the graph, though the picture holds a part."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.base.records import Entity, Knowledge, Post
from kg.corpus.compound.byline_titles import without
from kg.ontology import load
from kg.publish.page.chosen import chosen
from kg.publish.page.drawing import drawing
from kg.publish.page.overview import WholeGraph
from kg.publish.page.view import page_data, page_html
from kg.publish.search import offline
from tests.testing.browser.axe import violations
from tests.testing.browser.chromium import Opened, opened, until
from tests.testing.graphs.builders import BASE, PERSON, entity, knowledge, name_of

DRAWN = 3


def signed() -> Knowledge:
    """A graph with a reporter, two things of one name, and a doubtful one."""
    whole = knowledge()
    other = replace(PERSON, id=name_of("Person", "other"), doubtful=True)
    body = entity("Organisation", "甲某局")
    reporter = Entity(f"{BASE}person/reporter", "Person", "王某某", mentions=1)
    posts = (
        Post(f"{BASE}post/a", other.id, body.id, "局长"),
        Post(f"{BASE}post/b", reporter.id, "", "记者", (), "author"),
    )
    entities = sorted((*whole.entities, other, body, reporter), key=lambda e: e.id)
    return replace(whole, entities=tuple(entities), posts=(*whole.posts, *posts))


def page(whole: Knowledge, limit: int = DRAWN) -> str:
    shown = WholeGraph(without(whole))
    part = chosen(shown.knowledge.entities, shown.linked, limit)
    view = drawing(shown.knowledge, load(), part.nodes, shown.days)
    part.tell(view)
    made = page_data(view, load(), title="试", limit=limit, whole=shown)
    made["rest"] = offline.pack_undrawn(whole, load(), made, shown.days)
    return page_html(made)


@pytest.fixture(params=["plain", "deflated"])
def file(request: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    if request.param == "deflated":
        monkeypatch.setattr(offline, "PLAIN", 0)
    path = tmp_path / "graph.html"
    path.write_text(page(signed()), encoding="utf-8")
    return path


@contextmanager
def looking(browser: Any, file: Path, width: int = 1440) -> Iterator[Opened]:
    with opened(browser, file, width, 800) as seen:
        yield seen
        assert seen.errors == []
        assert [r for r in seen.requests if not r.startswith(("file:", "data:", "blob:"))] == []


def listed(seen: Opened, text: str, words: str) -> str:
    """What the list shows of what is typed, once it holds some words."""
    seen.page.fill("#search", text)
    until(seen.page, "w => document.getElementById('hits').innerText.includes(w)", words)
    return str(seen.page.inner_text("#hits"))


def test_what_is_not_drawn_is_found_and_its_card_has_its_facts(browser: Any, file: Path) -> None:
    with looking(browser, file) as seen:
        assert seen.page.evaluate("zhengtu.data.entities.length") == DRAWN
        listed(seen, "国家传感器", "国家传感器行动计划")
        seen.page.keyboard.press("Enter")
        card = seen.page.inner_text("#panel")
        assert "国家传感器行动计划" in card
        assert "依据《国家传感器行动计划》" in card.replace("\n", "")
        seen.page.click("#panel .fact .thing")
        until(seen.page, "document.querySelector('#panel h2').innerText.includes('发展规划')")
        assert "到2025年产值达到500亿元" in seen.page.inner_text("#panel")


def test_the_card_of_what_is_drawn_has_the_facts_that_lead_beyond(browser: Any, file: Path) -> None:
    with looking(browser, file) as seen:
        listed(seen, "鑫远", "广东鑫远电子股份有限公司")
        seen.page.keyboard.press("Enter")
        until(seen.page, "document.getElementById('panel').innerText.includes('政快办')")
        assert "传感器产业联盟" in seen.page.inner_text("#panel")


@pytest.mark.parametrize("width", [360, 1440])
def test_facts_and_texts_are_found_with_words_marked(browser: Any, file: Path, width: int) -> None:
    with looking(browser, file, width) as seen:
        found = listed(seen, "落户", "文档")
        assert "传感器产业园项目 位于 北碚区" in found
        assert set(seen.page.locator("#hits mark").all_inner_texts()) == {"落户"}
        assert violations(seen.page) == []
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
        seen.page.keyboard.press("Enter")
        seen.page.wait_for_selector("#reader .here")
        assert "落户" in "".join(seen.page.locator("#reader .here").all_inner_texts())


def test_words_that_say_how_far_how_much_and_when_are_understood(browser: Any, file: Path) -> None:
    with looking(browser, file) as seen:
        assert "传感器产业园项目 投资额 约30亿元" in listed(seen, "10亿以上", "≥ 10亿元")
        assert "签约" in listed(seen, "鑫远 签约 2020", "时间 2020")
        listed(seen, "900亿以上", "没有找到")


def test_things_of_one_name_are_told_apart(browser: Any, file: Path) -> None:
    with looking(browser, file) as seen:
        found = listed(seen, "于海", "甲某局 局长")
        assert "存疑" in found


def test_who_but_signs_is_found_when_asked_for(browser: Any, file: Path) -> None:
    with looking(browser, file) as seen:
        found = listed(seen, "王某某", "只署名")
        assert seen.page.locator("#hits [role=option]:not(.wide)").count() == 0, found
        seen.page.locator("#hits .wide").last.dispatch_event("pointerdown")
        until(seen.page, "document.querySelectorAll('#hits [role=option]:not(.wide)').length === 1")


def test_nothing_is_packed_where_all_is_drawn() -> None:
    assert '<script type="application/json" id="rest"></script>' in page(knowledge(), 1000)


def test_the_same_graph_gives_the_same_bytes() -> None:
    assert page(signed()) == page(signed())


def test_what_has_no_room_is_said(
    browser: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(offline, "MOST", 10)
    path = tmp_path / "graph.html"
    path.write_text(page(signed()), encoding="utf-8")
    with looking(browser, path) as seen:
        listed(seen, "国家传感器", "国家传感器行动计划")
        seen.page.keyboard.press("Enter")
        until(seen.page, "document.getElementById('panel').innerText.includes('facts.csv')")
