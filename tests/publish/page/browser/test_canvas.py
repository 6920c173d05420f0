"""The graph page of more nodes than vis-network draws quickly: on a canvas of its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kg.ontology import load
from kg.publish.page.view import FEW, page
from tests.testing.browser.chromium import Opened, opened
from tests.testing.graphs.grown import grown

if TYPE_CHECKING:
    from collections.abc import Iterator

    import networkx as nx

# Brings a place of the graph to the middle of the window, and waits until it is drawn.
GO = """async ([id, middle]) => {
  const at = middle ? zhengtu.network.middle(id) : zhengtu.network.getPosition(id);
  zhengtu.network.moveTo({scale: 1, position: at});
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""


def many(nodes: int = FEW + 200) -> nx.MultiDiGraph:
    graph = grown(nodes, nodes * 2)
    classes, relations = list(load().classes), list(load().relations)
    for i, node in enumerate(graph):
        graph.nodes[node].update(
            label=f"甲某科技{i}号", type=classes[i % len(classes)], aliases=(), mentions=1
        )
    for i, (*_, known) in enumerate(graph.edges(data=True)):
        known.update(
            predicate=relations[i % len(relations)],
            quote="甲某科技与乙某科技签约。",
            document="n.txt",
            status="signed",
            confidence=0.9,
            rule="x.y",
        )
    return graph


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("canvas") / "graph.html"
    path.write_text(page(many(), load(), title="大图", limit=10_000), encoding="utf-8")
    return path


@pytest.fixture
def seen(browser: Any, file: Path) -> Iterator[Opened]:
    with opened(browser, file) as found:
        # All of it, not what tells most.
        found.page.evaluate("() => { location.hash = '#open=rest,bare'; }")
        settle(found)
        yield found
        assert found.errors == []


def settle(seen: Opened) -> None:
    """Wait until the page has drawn, also what it draws when a movement rests."""
    seen.page.wait_for_timeout(250)


def go(seen: Opened, which: int, middle: bool = False) -> tuple[float, float]:
    seen.page.evaluate(GO, [which, middle])
    return seen.centre()


def test_a_small_graph_is_drawn_by_the_library_a_large_one_is_not(file: Path) -> None:
    library = "vis.DataSet("
    assert library not in file.read_text(encoding="utf-8")
    assert library in page(many(20), load(), title="t")


def test_everything_is_drawn_with_names(seen: Opened) -> None:
    assert seen.covered() > 0.1
    assert "再画" not in seen.page.inner_text("#note")
    assert f"{FEW + 200}" in seen.page.locator("#counts").inner_text()
    go(seen, 0)
    assert seen.covered() > 0.02


def test_a_node_is_hovered_chosen_and_let_go(seen: Opened) -> None:
    at = go(seen, 5)
    seen.page.mouse.move(at[0] - 300, at[1] - 200)
    seen.page.mouse.move(*at, steps=3)
    tip = seen.page.locator("#tip")
    tip.wait_for()
    assert "甲某科技5号" in tip.inner_text()
    seen.page.mouse.click(*at)
    assert seen.page.locator("#panel h2").inner_text() == "甲某科技5号"
    seen.page.keyboard.press("Escape")
    assert not seen.page.locator("#panel").is_visible()


def test_a_line_is_chosen(seen: Opened) -> None:
    free = """() => {
      const places = zhengtu.network.getPositions();
      return zhengtu.data.facts.findIndex(({s, o}, id) => {
        const at = zhengtu.network.middle(id);
        return s !== o && places.every((p, i) =>
          Math.hypot(p.x - at.x, p.y - at.y) > zhengtu.data.nodes[i].size + 4);
      });
    }"""
    line = seen.page.evaluate(free)
    assert line >= 0, "every line's middle lies under a circle"
    seen.page.mouse.click(*go(seen, line, middle=True))
    panel = seen.page.locator("#panel")
    panel.wait_for()
    assert "依据" in panel.inner_text()
    assert "甲某科技与乙某科技签约。" in panel.inner_text()


def test_it_is_moved_by_mouse_wheel_and_keys(seen: Opened) -> None:
    x, y = go(seen, 0)
    place = "() => zhengtu.network.canvasToDOM(zhengtu.network.getPosition(0))"
    before = seen.page.evaluate(place)
    seen.page.mouse.move(x + 200, y + 200)
    seen.page.mouse.down()
    seen.page.mouse.move(x + 260, y + 230, steps=4)
    seen.page.mouse.up()
    after = seen.page.evaluate(place)
    assert (after["x"] - before["x"], after["y"] - before["y"]) == pytest.approx((60, 30), abs=1)
    assert not seen.page.locator("#panel").is_visible()  # a drag chooses nothing
    scale = "() => zhengtu.network.getScale()"
    seen.page.mouse.wheel(0, -250)
    settle(seen)
    assert seen.page.evaluate(scale) > 1.3
    seen.page.locator("#graph canvas").focus()
    seen.page.keyboard.press("-")
    seen.page.keyboard.press("ArrowRight")
    settle(seen)
    assert seen.page.evaluate(place)["x"] < after["x"]
    seen.page.click("#fit")
    settle(seen)
    assert seen.page.evaluate(scale) < 0.5


def test_two_fingers_zoom(seen: Opened) -> None:
    go(seen, 0)
    pinch = """() => {
      const canvas = document.querySelector('#graph canvas');
      canvas.setPointerCapture = () => {};
      const send = (type, id, x) => canvas.dispatchEvent(new PointerEvent(type,
        {bubbles: true, pointerId: id, pointerType: 'touch', clientX: x, clientY: 400}));
      send('pointerdown', 1, 600); send('pointerdown', 2, 700);
      send('pointermove', 2, 800); send('pointerup', 1, 600); send('pointerup', 2, 800);
      return zhengtu.network.getScale();
    }"""
    assert seen.page.evaluate(pinch) == pytest.approx(2, abs=0.05)


def test_a_class_and_a_relation_are_hidden(seen: Opened) -> None:
    before = seen.covered()
    for chip in seen.page.locator(".chip").all():
        chip.click()
    settle(seen)
    assert seen.covered() < 0.001 < before
    seen.page.locator(".chip").first.click()
    settle(seen)
    assert 0 < seen.covered() < before


def test_search_goes_there(seen: Opened) -> None:
    seen.page.fill("#search", "甲某科技1100号")
    seen.page.keyboard.press("Enter")
    settle(seen)
    assert seen.page.locator("#panel h2").inner_text() == "甲某科技1100号"
    wanted = "() => zhengtu.data.entities.findIndex(e => e.label === '甲某科技1100号')"
    at = seen.page.evaluate(
        "id => zhengtu.network.canvasToDOM(zhengtu.network.getPosition(id))",
        seen.page.evaluate(wanted),
    )
    box = seen.page.locator("#graph").bounding_box()
    assert 0 < at["x"] < box["width"]
    assert 0 < at["y"] < box["height"]


@pytest.mark.parametrize(("width", "height"), [(360, 640), (3840, 2160)])
def test_it_fits_every_window(browser: Any, file: Path, width: int, height: int) -> None:
    with opened(browser, file, width=width, height=height) as seen:
        settle(seen)
        assert seen.covered() > 0.02
        size = seen.page.locator("#graph canvas").bounding_box()
        assert size["width"] == pytest.approx(width, abs=1)
