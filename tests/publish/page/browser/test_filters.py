"""The filters of the graph page in a browser: status, place, document, time, alone and together.

Every test runs on both drawings: that of vis-network, and the canvas of large graphs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import networkx as nx
import pytest

from kg.ontology import load
from kg.publish.page.view import FEW, page
from tests.testing.browser.chromium import Opened, opened, until
from tests.testing.graphs.drawn import FAINT, HOSTILE, small, written
from tests.testing.graphs.filtered import (
    CITY,
    FAR,
    FIRM,
    GROUP,
    KINDS,
    PADDING,
    PERSON,
    PLAN,
    PROJECT,
    RIVER,
    SCHOOL,
    TOWN,
    graph,
    iri,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SHOWN = """() => zhengtu.data.entities.filter((_, id) => !zhengtu.hidden(id)).map(e => e.label)"""
LINES = """() => zhengtu.data.facts.filter((_, id) => !zhengtu.lineHidden(id)).map(({s, p, o}) =>
  [zhengtu.data.entities[s].label, p, zhengtu.data.entities[o].label].join(' '))"""
# What the library draws, where it is the library that does.
DRAWN = """() => Object.values(zhengtu.network.body.nodes).filter(n => !n.options.hidden)
  .map(n => zhengtu.data.entities[n.id].label)"""


@pytest.fixture(scope="module", params=["vis", "canvas"])
def file(request: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp(request.param) / "graph.html"
    padding = 0 if request.param == "vis" else FEW
    text = page(graph(padding), load(), title="试验", limit=10_000)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def seen(browser: Any, file: Path) -> Iterator[Opened]:
    with opened(browser, file) as found:
        yield found
        assert found.errors == []


def shown(seen: Opened) -> set[str]:
    """The things that are left, without those that only make the graph large."""
    names = {name for name in seen.page.evaluate(SHOWN) if not name.startswith(PADDING)}
    if seen.page.evaluate("'body' in zhengtu.network"):
        assert names == set(seen.page.evaluate(DRAWN))
    return names


def lines(seen: Opened) -> set[str]:
    return set(seen.page.evaluate(LINES))


def menu(seen: Opened, name: str) -> Any:
    """Open a menu, and wait until its rows are there."""
    seen.page.click(f"#{name} > summary")
    box = seen.page.locator(f"#{name} .choices")
    box.locator("label input").first.wait_for()
    return box


def tick(box: Any, name: str) -> None:
    """Tick what a row of a menu begins with; no other begins so."""
    box.get_by_role("checkbox", name=re.compile("^" + re.escape(name))).check()


def told(seen: Opened) -> list[str]:
    """What the line above the graph says of each filter."""
    found = seen.page.locator("#filtered .kept").all_inner_texts()
    return [text.removesuffix("×").strip() for text in found]


def fragment(seen: Opened) -> str:
    return unquote(seen.page.url.partition("#")[2])


def restarted(seen: Opened, address: str) -> Opened:
    """The page opened at an address that was sent."""
    seen.page.goto(seen.page.url.partition("#")[0] + address)
    seen.page.reload()
    return seen


# Each alone


def test_a_status_keeps_its_facts_and_what_they_link(seen: Opened) -> None:
    tick(menu(seen, "status"), "签约")
    assert lines(seen) == {
        f"{FIRM} signs {PROJECT}",
        f"{FIRM} cooperatesWith {SCHOOL}",
    }
    assert shown(seen) == {FIRM, PROJECT, SCHOOL}
    assert told(seen) == ["只看：签约"]
    assert fragment(seen) == "status=signed"
    menu_rows = seen.page.locator("#statuses label").all_inner_texts()
    assert [row.split() for row in menu_rows] == [["计划", "2"], ["签约", "2"], ["未说明", "5"]]
    tick(seen.page.locator("#statuses"), "未说明")
    assert {PERSON, CITY, PLAN} <= shown(seen)
    assert GROUP not in shown(seen)


def test_a_status_is_chosen_by_keyboard(seen: Opened) -> None:
    seen.page.locator("#status > summary").focus()
    seen.page.keyboard.press("Enter")
    seen.page.keyboard.press("Tab")
    seen.page.keyboard.press("Space")
    assert told(seen) == ["只看：计划"]
    focused = "document.activeElement.closest('[data-key]').dataset.key"
    assert seen.page.evaluate(focused) == "planned"
    seen.page.keyboard.press("Space")
    assert told(seen) == []
    seen.page.keyboard.press("Escape")
    assert seen.page.locator("#status .choices").is_hidden()
    assert seen.page.evaluate("document.activeElement.parentElement.id") == "status"


def test_a_place_keeps_all_that_lies_in_it_and_what_is_linked(seen: Opened) -> None:
    box = menu(seen, "place")
    tick(box, CITY)
    assert shown(seen) == {CITY, RIVER, TOWN, PROJECT, PLAN, FIRM, GROUP}
    assert f"{FIRM} cooperatesWith {SCHOOL}" not in lines(seen)
    assert told(seen) == ["只看：云澜市（含下辖）及直接相关"]
    seen.page.uncheck("#linkedToo")
    assert shown(seen) == {CITY, RIVER, TOWN, PROJECT, PLAN}
    assert told(seen) == ["只看：云澜市（含下辖）"]
    assert fragment(seen) == "place=0&linked=no"


def test_the_tree_of_places_is_unfolded_and_counts(seen: Opened) -> None:
    box = menu(seen, "place")
    rows = box.locator("#places label")
    assert [row.split() for row in rows.all_inner_texts()] == [[CITY, "5"], [FAR, "3"]]
    for name in (CITY, RIVER):
        box.get_by_role("button", name=f"展开 {name}").focus()
        seen.page.keyboard.press("Enter")
    texts = [row.split() for row in rows.all_inner_texts()]
    assert texts == [[CITY, "5"], [RIVER, "3"], [TOWN, "2"], [FAR, "3"]]
    assert seen.page.evaluate("document.activeElement.getAttribute('aria-expanded')") == "true"
    tick(box, TOWN)
    assert shown(seen) == {TOWN, PROJECT, RIVER, FIRM, GROUP}


def test_a_place_is_found_by_typing(seen: Opened) -> None:
    seen.page.locator("#place > summary").focus()
    seen.page.keyboard.press("Enter")
    seen.page.keyboard.press("Tab")
    seen.page.keyboard.type("石桥")
    row = seen.page.locator("#places label")
    assert row.inner_text().split() == [TOWN, RIVER, "·", CITY, "2"]
    for _ in range(3):
        seen.page.keyboard.press("Tab")
    seen.page.keyboard.press("Space")
    assert told(seen) == ["只看：石桥镇（含下辖）及直接相关"]
    seen.page.fill("#place input[type=search]", "无此地")
    assert "本页没有这个名称" in seen.page.inner_text("#places")
    # What is chosen stays in sight, so that it can be taken back.
    assert TOWN in seen.page.inner_text("#places")


def test_a_place_is_kept_from_its_card(seen: Opened) -> None:
    restarted(seen, f"#{iri(FAR)}")
    seen.page.get_by_role("button", name="只看此地及其下辖").click()
    assert shown(seen) == {FAR, SCHOOL, PERSON, FIRM}
    assert seen.page.locator("#panel").is_hidden()
    assert fragment(seen) == "place=3"
    seen.page.go_back()
    assert seen.page.inner_text("#panel h2") == FAR
    assert told(seen) == []


def test_a_document_keeps_what_it_says(seen: Opened) -> None:
    box = menu(seen, "document")
    tick(box, "b.txt")
    assert lines(seen) == {f"{GROUP} invests {PROJECT}", f"{FIRM} cooperatesWith {SCHOOL}"}
    assert shown(seen) == {GROUP, PROJECT, FIRM, SCHOOL, PLAN}  # a value counts, too
    assert told(seen) == ["只看：文档 b.txt"]
    assert fragment(seen) == "doc=b.txt"
    tick(box, "云澜日报")
    assert told(seen) == ["只看：云澜日报所发 或 文档 b.txt"]
    assert f"{FIRM} signs {PROJECT}" in lines(seen)
    assert PERSON not in shown(seen)


def test_a_document_is_found_by_title_or_publisher(seen: Opened) -> None:
    box = menu(seen, "document")
    seen.page.fill("#document input[type=search]", "丙某")
    rows = box.locator("#documents label")
    assert [row.split() for row in rows.all_inner_texts()] == [["c.txt", "丙某大学介绍", "2"]]
    seen.page.fill("#document input[type=search]", "日报")
    keys = rows.evaluate_all("all => all.map(row => row.dataset.key)")
    assert keys == ["云澜日报", "a.txt"]
    seen.page.keyboard.press("Escape")  # empties the box first
    assert rows.count() == 5
    seen.page.keyboard.press("Escape")
    assert box.is_hidden()


def span(seen: Opened) -> str:
    return str(seen.page.inner_text("#spanName"))


def test_time_is_moved_by_keys(seen: Opened) -> None:
    assert span(seen) == "2022-01 — 2023-08"
    seen.page.locator("#from").focus()
    for _ in range(12):
        seen.page.keyboard.press("ArrowRight")
    assert span(seen) == "2023-01 — 2023-08"
    assert seen.page.get_attribute("#from", "aria-valuetext") == "2023-01"
    assert shown(seen) >= {PERSON, CITY}  # what has no date is kept unless it is taken out
    assert told(seen) == ["只看：2023-01 — 2023-08"]
    seen.page.locator("#to").focus()
    seen.page.keyboard.press("Home")  # no handle passes the other
    assert span(seen) == "2023-01"
    assert f"{FIRM} signs {PROJECT}" not in lines(seen)
    seen.page.keyboard.press("End")
    seen.page.uncheck("#undated")
    assert lines(seen) == {
        f"{PROJECT} locatedIn {TOWN}",
        f"{FIRM} signs {PROJECT}",
        f"{GROUP} invests {PROJECT}",
        f"{FIRM} cooperatesWith {SCHOOL}",
    }
    assert shown(seen) == {PROJECT, TOWN, FIRM, GROUP, SCHOOL, PLAN}
    assert told(seen) == ["只看：2023-01 — 2023-08，有日期的"]
    assert fragment(seen) == "time=2023-01..2023-08&undated=no"


def test_time_is_moved_by_mouse(seen: Opened) -> None:
    page = seen.page
    box = page.locator("#bars").bounding_box()
    y = page.locator("#to").bounding_box()["y"] + 10
    page.mouse.move(box["x"] + box["width"], y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 15.1 / 20, y, steps=5)
    until(page, "() => document.querySelector('#filtered .kept')")
    assert fragment(seen) == ""  # the graph follows at once, the address when the handle rests
    page.mouse.up()
    assert span(seen) == "2022-01 — 2023-03"
    assert fragment(seen) == "time=2022-01..2023-03"
    assert f"{GROUP} invests {PROJECT}" not in lines(seen)
    assert f"{FIRM} signs {PROJECT}" in lines(seen)
    page.locator(".stretch").nth(19).click()
    assert span(seen) == "2023-08"
    assert f"{FIRM} signs {PROJECT}" not in lines(seen)
    page.locator(".stretch").nth(19).click()
    assert (span(seen), told(seen)) == ("2022-01 — 2023-08", [])


def test_a_year_alone_lies_in_all_its_months(seen: Opened) -> None:
    page = seen.page
    titles = page.locator(".stretch").evaluate_all("all => all.map(one => one.title)")
    assert (
        titles[0] == titles[11].replace("12", "01") == "2022-01：0 条，另有 1 条日期较粗，可能在此"
    )
    assert titles[14] == "2023-03：2 条"
    assert page.inner_text("#undatedCount") == "4"
    page.uncheck("#undated")
    page.locator(".stretch").nth(5).click()
    assert lines(seen) == {f"{FIRM} cooperatesWith {SCHOOL}"}


def test_the_date_of_a_fact_is_told_and_whose_it_is(seen: Opened) -> None:
    restarted(seen, f"#{iri(PROJECT)}")
    panel = seen.page.inner_text("#panel")
    assert "a.txt · 2023-03-16（储能产线项目）" in panel
    assert "b.txt · 2023-08（文档日期）" in panel
    seen.page.click("#language")
    assert "2023-08 (date of the document)" in seen.page.inner_text("#panel")


# Together


def test_all_filters_must_hold_for_one_and_the_same_statement(seen: Opened) -> None:
    restarted(seen, "#status=signed&doc=b.txt")
    assert shown(seen) == lines(seen) == set()
    assert seen.covered() < 0.001
    empty = seen.page.locator("#nothing")
    assert "没有符合全部筛选条件的内容。" in empty.inner_text()
    empty.get_by_role("button").click()
    assert empty.is_hidden()
    assert shown(seen) == set(KINDS)
    assert (told(seen), fragment(seen)) == ([], "")


def test_all_filters_stand_in_one_line_and_in_the_address(seen: Opened) -> None:
    address = (
        "#hide=Person&without=partOf&status=planned,signed&place=0&linked=no"
        "&doc=a.txt&time=2023-01..2023-08&undated=no"
    )
    restarted(seen, address)
    assert told(seen) == [
        "不看：人物",
        "不看：隶属于",
        "只看：计划、签约",
        "只看：云澜市（含下辖）",
        "只看：文档 a.txt",
        "只看：2023-01 — 2023-08，有日期的",
    ]
    assert "#" + fragment(seen) == address
    assert shown(seen) == set()
    seen.page.locator("#filtered .kept", has_text="（含下辖）").click()
    assert shown(seen) == {FIRM, PROJECT}
    assert lines(seen) == {f"{FIRM} signs {PROJECT}"}
    seen.page.locator("#filtered .kept", has_text="计划").click()
    assert shown(seen) == {FIRM, PROJECT, TOWN}
    seen.page.click("#language")
    assert told(seen) == [
        "without Person",
        "without part of",
        "only: document a.txt",
        "only: 2023-01 — 2023-08, dated",
    ]
    seen.page.locator("#filtered .plain").click()
    assert shown(seen) == set(KINDS)


def test_the_back_button_undoes_one_filter_after_the_other(seen: Opened) -> None:
    tick(menu(seen, "status"), "签约")
    tick(menu(seen, "document"), "a.txt")
    seen.page.locator("#to").focus()
    for _ in range(3):
        seen.page.keyboard.press("ArrowLeft")
    assert len(told(seen)) == 3
    for left in (["只看：签约", "只看：文档 a.txt"], ["只看：签约"], []):
        seen.page.go_back()
        assert told(seen) == left
    assert shown(seen) == set(KINDS)
    seen.page.go_forward()
    assert told(seen) == ["只看：签约"]


def test_counts_follow_what_the_other_filters_leave(seen: Opened) -> None:
    tick(menu(seen, "document"), "b.txt")
    chips = {c.split()[0]: c.split()[1] for c in seen.page.locator(".chip").all_inner_texts()}
    assert chips == {"组织机构": "3", "区划地点": "0", "项目": "1", "政策": "1", "人物": "0"}
    rows = seen.page.locator("#documents label").all_inner_texts()
    # The documents themselves are counted as if none were chosen.
    assert {row.split()[0]: row.split()[-1] for row in rows}["a.txt"] == "3"
    menu(seen, "status")
    rows = seen.page.locator("#statuses label").all_inner_texts()
    assert [row.split() for row in rows] == [["计划", "2"], ["签约", "0"], ["未说明", "0"]]


def test_what_is_searched_for_ends_the_filter_that_hides_it_alone(seen: Opened) -> None:
    restarted(seen, "#hide=Project&status=signed")
    seen.page.fill("#search", PERSON)
    seen.page.keyboard.press("Enter")
    assert seen.page.inner_text("#panel h2") == PERSON
    assert PERSON in shown(seen)
    assert told(seen) == ["不看：项目"]


def test_a_fact_in_the_address_is_shown_whatever_is_filtered(seen: Opened) -> None:
    fact = f"{iri(GROUP)} invests {iri(PROJECT)}"
    restarted(seen, f"#status=signed&fact={fact}")
    assert seen.page.inner_text("#panel h2") == "投资"
    assert f"{GROUP} invests {PROJECT}" in lines(seen)


@pytest.mark.parametrize(
    "address",
    ["#status=x&place=999&doc=no&by=no", "#time=..", "#time=abc..2023", "#time=2023", "#status=\\"],
)
def test_a_wrong_filter_in_the_address_keeps_all(seen: Opened, address: str) -> None:
    restarted(seen, address)
    assert shown(seen) >= set(KINDS) - {SCHOOL}
    assert [text for text in told(seen) if not text.startswith("时间")] == []


# The page as a whole


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("width", "height"), [(360, 740), (1440, 900), (3840, 2160)])
def test_menus_and_time_fit_every_window(
    browser: Any, file: Path, width: int, height: int, language: str
) -> None:
    with opened(browser, file, width=width, height=height) as seen:
        if language == "en":
            seen.page.click("#language")
        restarted(seen, "#status=planned&place=0&undated=no")
        if not seen.page.locator("#timeline").evaluate("e => e.open"):
            seen.page.click("#timeHead")
        for name in ("filter", "status", "place", "document"):
            box = menu(seen, name).bounding_box()
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
            assert box["y"] + box["height"] <= height
            assert seen.page.evaluate(FAINT) == []
            seen.page.keyboard.press("Escape")
        assert seen.page.evaluate("document.documentElement.scrollWidth") == width
        assert seen.page.locator("#graph").bounding_box()["height"] > height * 0.3


def test_a_graph_without_dates_places_or_statuses_has_no_such_filter(
    browser: Any, tmp_path: Path
) -> None:
    bare = nx.MultiDiGraph([("a", "b")])
    with opened(browser, written(tmp_path, bare)) as seen:
        for name in ("status", "place", "document", "timeline"):
            assert seen.page.locator(f"#{name}").is_hidden()
    with opened(browser, written(tmp_path, small())) as seen:
        assert seen.page.locator("#timeline").is_hidden()
        assert seen.page.locator("#status").is_visible()


def test_texts_of_documents_run_nowhere(browser: Any, tmp_path: Path) -> None:
    known = graph()
    known.graph["places"][iri(FAR)] = (HOSTILE, [])
    known.graph["sources"] = {
        HOSTILE: {"title": HOSTILE, "publisher": HOSTILE, "date": HOSTILE},
        "other": {"publisher": "a, b\\c"},
    }
    for *_, fact in known.edges(data=True):
        fact.update(document=HOSTILE, date=HOSTILE, dated=HOSTILE, status=HOSTILE)
    known.add_edge(
        iri(FAR), iri(CITY), predicate="partOf", document="other", quote="x", date="2023", status=""
    )
    with opened(browser, written(tmp_path, known)) as seen:
        for name in ("status", "place", "document"):
            box = menu(seen, name)
            box.locator("label[data-key] input").first.wait_for()
            for i in range(2):
                box.locator("label[data-key] input").nth(i).check()
            seen.page.keyboard.press("Escape")
        sent = told(seen)
        seen.page.reload()
        assert told(seen) == sent
        assert len(sent) == 3
        assert seen.page.evaluate("window.fired") is None
        assert seen.errors == []


def dated(*dates: str) -> nx.MultiDiGraph:
    found = nx.MultiDiGraph([("a", "b")])
    found.clear_edges()
    for i, date in enumerate(dates):
        found.add_edge("a", "b", key=i, predicate="signs", document=f"{i}", quote="x", date=date)
    return found


@pytest.mark.parametrize(
    ("dates", "first", "last", "count"),
    [
        (["2023-03-01", "2023-03-16", "2023-04-02"], "2023-03-01", "2023-04-02", 33),
        (["2020-01-05", "2023-12-16"], "2020-01", "2023-12", 48),
        (["1950-01-05", "2023-12-16"], "1950", "2023", 74),
        (["2019", "2023"], "2019", "2023", 5),
        (["2023-02", "2024-02"], "2023-02", "2024-02", 13),
        (["1949"] + ["2023-05-01"] * 60 + ["2023-06-01"] * 60, "2023-05-01 之前", "2023-06-01", 33),
    ],
)
def test_time_is_cut_as_finely_as_it_is_printed(
    browser: Any, tmp_path: Path, dates: list[str], first: str, last: str, count: int
) -> None:
    with opened(browser, written(tmp_path, dated(*dates))) as seen:
        assert seen.page.locator(".stretch").count() == count
        assert span(seen) == f"{first} — {last}"
        assert seen.errors == []
