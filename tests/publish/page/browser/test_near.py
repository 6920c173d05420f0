"""A neighbourhood alone: it opens, grows, closes up, and says what it leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import networkx as nx
import pytest

from tests.testing.browser.chromium import Opened, opened, until
from tests.testing.graphs.drawn import BASE, claim, thing, written

if TYPE_CHECKING:
    from pathlib import Path

SEEN = """zhengtu.data.entities.map((entity, id) => [entity.label, zhengtu.hidden(id)])
  .filter(([, hidden]) => !hidden).map(([label]) => label).sort()"""
PLACES = "zhengtu.network.getPositions()"
# Places of what is shown, by name.
SPOTS = f"""(() => {{
  const at = {PLACES};
  return Object.fromEntries(zhengtu.data.entities.map((entity, id) => [entity.label, id])
    .filter(([, id]) => !zhengtu.hidden(id)).map(([label, id]) => [label, at[id]]));
}})()"""


def hub(more: int = 0, leaves: int = 50) -> nx.MultiDiGraph:
    """A hub 甲 with leaves; 乙 is linked with it and has three of its own; some stand apart."""
    graph = nx.MultiDiGraph()
    for name in ("甲", "乙", "丙1", "丙2", "丙3"):
        graph.add_node(BASE + "x/" + name, **thing(name, "Organisation"))
    for i in range(leaves):
        graph.add_node(f"{BASE}y/{i:02}", **thing(f"叶{i:02}", "District"))
        graph.add_edge(f"{BASE}y/{i:02}", BASE + "x/甲", **claim("cooperatesWith"))
    graph.add_edge(BASE + "x/甲", BASE + "x/乙", **claim("invests"))
    for i in (1, 2, 3):
        graph.add_edge(BASE + "x/乙", f"{BASE}x/丙{i}", **claim("invests"))
    for i in range(more):
        graph.add_node(f"{BASE}z/{i:04}", **thing(f"远{i}", "Person"))
    return graph


def choose(seen: Opened, name: str) -> None:
    seen.page.fill("#search", name)
    seen.page.keyboard.press("Enter")
    assert seen.page.inner_text("#panel h2") == name


def act(seen: Opened, word: str) -> None:
    seen.page.click(f".acts button >> text={word}")


@pytest.mark.parametrize("more", [0, 1000], ids=["library", "canvas"])
def test_it_opens_grows_and_goes_back(browser: Any, tmp_path: Path, more: int) -> None:
    with opened(browser, written(tmp_path, hub(more), limit=10_000)) as seen:
        page = seen.page
        whole = page.evaluate(PLACES)
        choose(seen, "乙")
        act(seen, "只看周边")
        assert page.evaluate(SEEN) == ["丙1", "丙2", "丙3", "乙", "甲"]
        assert "“乙”的周边，50 条关系未展开" in page.inner_text("#filtered")
        assert page.evaluate(PLACES) != whole
        choose(seen, "甲")
        act(seen, "展开 +50")
        assert len(page.evaluate(SEEN)) == 45  # forty at a time
        act(seen, "展开 +10")
        assert len(page.evaluate(SEEN)) == 55
        assert page.locator(".acts button >> text=展开").count() == 0
        page.go_back()
        assert len(page.evaluate(SEEN)) == 45
        page.go_back()
        assert len(page.evaluate(SEEN)) == 5
        page.go_forward()
        assert len(page.evaluate(SEEN)) == 45
        act(seen, "收起")
        assert page.evaluate(SEEN) == ["丙1", "丙2", "丙3", "乙", "甲"]
        page.click("#filtered .kept")
        assert page.evaluate(PLACES) == whole
        assert page.locator("#filtered").is_hidden()
        page.go_back()
        assert len(page.evaluate(SEEN)) == 5
        assert not seen.errors


@pytest.mark.parametrize("more", [0, 1000], ids=["library", "canvas"])
def test_a_double_click_opens(browser: Any, tmp_path: Path, more: int) -> None:
    with opened(browser, written(tmp_path, hub(more), limit=10_000)) as seen:
        choose(seen, "乙")
        act(seen, "只看周边")
        node = seen.page.evaluate("zhengtu.data.entities.findIndex(e => e.label === '甲')")
        seen.page.mouse.dblclick(*seen.to_node(node))
        until(seen.page, f"({SEEN}).length === 45")
        assert not seen.errors


def test_circles_of_a_neighbourhood_lie_apart(browser: Any, tmp_path: Path) -> None:
    with opened(browser, written(tmp_path, hub())) as seen:
        choose(seen, "甲")
        act(seen, "只看周边")
        act(seen, "展开 +11")
        least = seen.page.evaluate(
            """() => {
              const at = zhengtu.network.getPositions();
              const ids = zhengtu.data.nodes.map(n => n.id).filter(id => !zhengtu.hidden(id));
              return Math.min(...ids.flatMap(a => ids.filter(b => b > a).map(b =>
                Math.hypot(at[a].x - at[b].x, at[a].y - at[b].y)
                - zhengtu.data.nodes[a].size - zhengtu.data.nodes[b].size)));
            }"""
        )
        assert least > 5


def test_the_address_opens_the_same_neighbourhood(browser: Any, tmp_path: Path) -> None:
    file = written(tmp_path, hub())
    with opened(browser, file, 360, 740) as seen:
        choose(seen, "乙")
        act(seen, "只看周边")
        choose(seen, "甲")
        act(seen, "展开")
        sent, places = seen.page.url, seen.page.evaluate(SPOTS)
        assert len(places) == 45
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= 360
    with opened(browser, file, 360, 740) as seen:
        seen.page.goto(sent)
        seen.page.reload()
        assert seen.page.evaluate(SPOTS) == places
        assert not seen.errors


def test_what_is_gone_to_joins_the_neighbourhood(browser: Any, tmp_path: Path) -> None:
    with opened(browser, written(tmp_path, hub(3))) as seen:
        choose(seen, "乙")
        act(seen, "只看周边")
        choose(seen, "远1")
        assert "远1" in seen.page.evaluate(SEEN)
        assert "叶01" not in seen.page.evaluate(SEEN)


def test_only_what_is_not_filtered_is_opened(browser: Any, tmp_path: Path) -> None:
    with opened(browser, written(tmp_path, hub())) as seen:
        seen.page.click("[data-type=District]")
        choose(seen, "甲")
        act(seen, "只看周边")
        assert seen.page.evaluate(SEEN) == ["乙", "甲"]


def test_a_file_says_what_it_does_not_hold(browser: Any, tmp_path: Path) -> None:
    file = written(tmp_path, hub(), around=BASE + "x/乙", limit=6)
    with opened(browser, file) as seen:
        choose(seen, "甲")
        assert "另有 49 条关系未画出" in seen.page.inner_text(".acts")
        seen.page.click("#language")
        assert "relations that are not drawn: 49" in seen.page.inner_text(".acts")


def test_an_address_that_names_nothing_shows_everything(browser: Any, tmp_path: Path) -> None:
    with opened(browser, written(tmp_path, hub())) as seen:
        seen.page.goto(seen.page.url + "#near=" + quote(BASE + "x/无"))
        seen.page.reload()
        assert len(seen.page.evaluate(SEEN)) == 55
        assert not seen.errors
