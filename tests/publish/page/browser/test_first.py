"""The first picture: what tells most, counts that open what they count, and the way back to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kg.publish.page.view import FEW
from tests.testing.browser.axe import violations
from tests.testing.browser.chromium import Opened, opened, until
from tests.testing.graphs.drawn import FAINT, small
from tests.testing.graphs.drawn import written as plainly_written
from tests.testing.graphs.market import ALONE, WORKS, firm_of, market, work_of, written

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SHOWN = """() => zhengtu.data.entities.filter((_, id) => !zhengtu.hidden(id)).map(e => e.label)"""
LINES = """() => zhengtu.data.facts.filter((_, id) => !zhengtu.lineHidden(id)).map(({p}) => p)"""
PLACES = """() => { const at = zhengtu.network.getPositions();
  const ids = zhengtu.data.entities.map((_, id) => id).filter(id => !zhengtu.hidden(id));
  return ids.map(id => at[id]); }"""
# Rectangles of what is written on the canvas, of the last frame that was drawn.
WRITTEN = """() => {
  const pen = CanvasRenderingContext2D.prototype;
  const fill = pen.fillText;
  window.boxes = [];
  pen.fillText = function (text, x, y) {
    const high = parseFloat(/([\\d.]+)px/.exec(this.font)[1]);
    const wide = this.measureText(text).width;
    const left = this.textAlign === 'center' ? x - wide / 2 : x;
    window.boxes.push([left, y - high / 2, left + wide, y + high / 2, text]);
    return fill.call(this, text, x, y);
  };
}"""
OVERLAPS = """async () => {
  window.boxes.length = 0;
  zhengtu.network.redraw();
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  const unique = [...new Map(window.boxes.map(box => [box.join(), box])).values()];
  const over = (a, b) => a[0] < b[2] - 1 && b[0] < a[2] - 1 && a[1] < b[3] - 1 && b[1] < a[3] - 1;
  const pairs = (a, i) => unique.slice(i + 1).filter(b => over(a, b)).map(b => a[4] + ' / ' + b[4]);
  return [unique.length, unique.flatMap(pairs)];
}"""


@pytest.fixture(scope="module", params=["library", "canvas"])
def file(request: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    works = WORKS if request.param == "library" else FEW // 4
    return written(tmp_path_factory.mktemp(request.param), market(works), limit=10_000)


@pytest.fixture
def seen(browser: Any, file: Path) -> Iterator[Opened]:
    with opened(browser, file, 1440, 900) as found:
        yield found
        assert found.errors == []


def shown(seen: Opened) -> set[str]:
    return set(seen.page.evaluate(SHOWN))


def test_what_tells_most_is_drawn_first_and_places_in_places_are_not(seen: Opened) -> None:
    labels = shown(seen)
    # Who does most, the works with a sum, and nobody who only works somewhere before these.
    assert sum(label.endswith(("公司", "项目")) for label in labels) >= 2 * WORKS - 2
    assert len(labels) <= 240
    assert not any(label.startswith(("乙某", "戊某")) for label in labels)
    assert "partOf" not in seen.page.evaluate(LINES)
    note = seen.page.inner_text("#note")
    assert f"先画最有内容的 {len(labels)} 个" in note and f"没有关系的 {ALONE} 个" in note


def test_a_count_draws_the_rest_and_the_home_key_leads_back(seen: Opened) -> None:
    before = shown(seen)
    first = seen.page.evaluate(PLACES)
    seen.page.click("#note >> text=再画")
    more = shown(seen)
    assert before < more and "乙某1县" in more and "戊某1协会" not in more
    assert seen.page.url.endswith("#open=rest")
    seen.page.click("#tab-overview")
    seen.page.click("[data-kind=invests]")
    seen.page.keyboard.press("Home")
    assert shown(seen) == before
    # The same things lie where they lay.
    assert seen.page.evaluate(PLACES) == first
    seen.page.click("[data-kind=invests]")
    seen.page.click("#home")
    assert shown(seen) == before and seen.page.locator("#filtered").is_hidden()


def test_things_without_a_relation_are_listed_by_class_and_drawn_where_asked(
    seen: Opened,
) -> None:
    seen.page.click("#note >> text=没有关系的")
    panel = seen.page.locator("#panel")
    panel.get_by_text("戊某1协会", exact=True).wait_for()
    assert seen.page.evaluate("document.activeElement.tagName") == "H2"
    seen.page.click("#drawBare")
    assert "戊某1协会" in shown(seen)
    panel.get_by_text("戊某1协会", exact=True).click()
    assert seen.page.inner_text("#panel h2") == "戊某1协会"


def test_what_is_searched_for_comes_into_the_picture_with_its_neighbours(seen: Opened) -> None:
    before = shown(seen)
    assert "乙某7县" not in before
    seen.page.fill("#search", "乙某7县")
    seen.page.keyboard.press("Enter")
    assert shown(seen) >= before | {"乙某7县", "江苏省"}
    assert seen.page.inner_text("#panel h2") == "乙某7县"


def test_a_relation_keeps_both_ends_and_what_is_left_is_laid_out_anew(seen: Opened) -> None:
    before = seen.page.evaluate(PLACES)
    seen.page.click("[data-kind=invests]")
    labels = shown(seen)
    assert all(label.endswith(("公司", "项目")) for label in labels)
    assert set(seen.page.evaluate(LINES)) == {"invests"}
    assert "只看：投资" in seen.page.inner_text("#filtered")
    places = seen.page.evaluate(PLACES)
    assert places != before
    near = [
        abs(a["x"] - b["x"]) < 30 and abs(a["y"] - b["y"]) < 20
        for i, a in enumerate(places)
        for b in places[i + 1 :]
    ]
    assert not any(near)
    seen.page.click("#filtered .kept")
    seen.page.click("[data-kind=invests]")
    assert seen.page.evaluate(PLACES) == places


def test_a_class_is_kept_with_what_is_linked_to_it(seen: Opened) -> None:
    seen.page.click("[data-kind=Project]")
    assert {work_of(0), firm_of(0), "无锡市"} <= shown(seen)
    assert "只看：项目及直接相关" in seen.page.inner_text("#filtered")
    assert "worksFor" not in seen.page.evaluate(LINES)


@pytest.mark.parametrize("width", [360, 1440, 2560])
def test_no_text_lies_on_another_at_any_zoom(browser: Any, file: Path, width: int) -> None:
    with opened(browser, file, width, 900) as seen:
        seen.page.evaluate(WRITTEN)
        for scale in (None, 0.4, 0.8, 1.5, 3):
            if scale:
                seen.page.evaluate("scale => zhengtu.network.moveTo({scale})", scale)
            number, over = seen.page.evaluate(OVERLAPS)
            assert over == []
            assert number > 3 or scale
        if width > 360:
            assert seen.page.locator("#mini").is_visible()


def test_the_small_map_leads_to_where_it_is_pressed(seen: Opened) -> None:
    assert seen.page.locator("#mini").is_hidden()
    seen.page.evaluate("zhengtu.network.moveTo({scale: 2})")
    seen.page.locator("#mini").wait_for()
    before = seen.page.evaluate("zhengtu.network.getViewPosition()")
    box = seen.page.locator("#mini").bounding_box()
    seen.page.mouse.click(box["x"] + box["width"] - 20, box["y"] + 20)
    until(seen.page, f"zhengtu.network.getViewPosition().x > {before['x'] + 50}")
    seen.page.click("#fit")
    until(seen.page, "document.getElementById('mini').hidden")


def test_a_small_graph_is_shown_whole(browser: Any, tmp_path: Path) -> None:
    with opened(browser, plainly_written(tmp_path, small())) as seen:
        assert len(seen.page.evaluate(SHOWN)) == 4
        assert seen.page.locator("#mini").is_hidden()


@pytest.mark.parametrize("width", [360, 1440, 2560])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_fits_and_keeps_nobody_out(browser: Any, file: Path, width: int, language: str) -> None:
    with opened(browser, file, width, 900) as seen:
        if language == "en":
            seen.page.click("#language")
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
        stage = seen.page.locator("#stage").bounding_box()
        assert stage["height"] > 300
        assert violations(seen.page) == []
        assert seen.page.evaluate(FAINT) == []
