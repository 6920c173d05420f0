"""The charts of answers in a real browser: what is drawn, told, chosen, left out and saved."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import httpx2
import pytest

from tests.conftest import kg
from tests.testing.browser.chromium import Opened, opened, until
from tests.testing.servers.server import Server, serving

MANY = 10_000
HOSTILE = "<img src=x onerror=window.fired=1>\\u202e&lt;${1}"
LONG = "云澜市江畔区产业园" * 560
CANVAS = ".pane canvas"
# Things with a date as precise as each text, and a number; the last date has no year.
DATED = [
    ("2024-03-05", "100000000"),
    ("2024-03-20", "250000000"),
    ("2024-05", "0.1"),
    ("2024-05-01", "0.2"),
    ("2026", "7000000000"),
    ("--10-01", "5"),
]
# The pixels of the chart, read from a copy: Chromium warns of canvases that are read from often.
PIXELS = """(() => { const canvas = document.querySelector('.pane canvas');
  if (!canvas || canvas.width < 100) return {width: 0, height: 0, data: []};
  const copy = document.createElement('canvas');
  const {width, height} = Object.assign(copy, {width: canvas.width, height: canvas.height});
  const context = copy.getContext('2d', {willReadFrequently: true});
  context.drawImage(canvas, 0, 0);
  return {width, height, data: context.getImageData(0, 0, width, height).data}; })()"""
BY_DATE = "SELECT ?s ?date ?investment { ?s <urn:dated> ?date ; <urn:yuan> ?investment }"
SIZES = "SELECT ?s ?n { ?s <urn:size> ?n } ORDER BY DESC(?n) ?s"


@pytest.fixture(scope="module")
def server(graph_of_examples: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of a graph with 10,000 sized things, six dated ones, and two of odd names."""
    work = tmp_path_factory.mktemp("charts")
    shutil.copytree(graph_of_examples, work / "graph")
    label = "<http://www.w3.org/2000/01/rdf-schema#label>"
    lines = [f'<urn:t:{i}> {label} "甲某{i}号"@zh ; <urn:size> {i % 977} .' for i in range(MANY)]
    lines += [
        f'<urn:d:{i}> <urn:dated> "{date}" ; <urn:yuan> {yuan} .'
        for i, (date, yuan) in enumerate(DATED)
    ]
    lines += [
        f'<urn:bad:{i}> {label} "{name}"@zh ; <urn:bad> {3 - i} .'
        for i, name in enumerate((HOSTILE, LONG))
    ]
    (work / "more.ttl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert kg("import", work / "more.ttl", "-d", work / "graph").returncode == 0
    with serving(work / "graph", "--timeout", "60") as running:
        yield running


def asked(query: str, view: str = "#chart") -> str:
    return f"/query?query={quote(query)}{view}"


@contextmanager
def charted(browser: Any, server: Server, path: str, **more: int) -> Iterator[Opened]:
    """An open page with a drawn chart; at its end it has complained of nothing."""
    with opened(browser, server.address + path, **more) as seen:
        is_drawn(seen)
        yield seen
        assert seen.errors == []
        assert {urlsplit(url).netloc for url in seen.requests if not url.startswith("blob:")} <= {
            urlsplit(server.address).netloc,
            "",
        }


def is_drawn(seen: Opened) -> None:
    until(
        seen.page,
        f"() => {PIXELS}.data.some(part => part)",
        seconds=120,  # names of long answers are looked up first
    )


def coloured(seen: Opened, colour: tuple[int, int, int] = (60, 125, 209)) -> list[int]:
    """How many pixels of each row of the canvas have a colour, by default that of bars."""
    found: list[int] = seen.page.evaluate(
        """([red, green, blue]) => { const {width, height, data} = PIXELS;
          return Array.from({length: height}, (_, y) => { let count = 0;
            for (let i = y * width * 4; i < (y + 1) * width * 4; i += 4)
              if (data[i] === red && data[i + 1] === green && data[i + 2] === blue) count += 1;
            return count; }); }""".replace("PIXELS", PIXELS),
        list(colour),
    )
    return found


def lengths(seen: Opened) -> list[int]:
    """The lengths of the drawn bars, in pixels, from above: the longest line of each."""
    found, before = [], 0
    for count in coloured(seen):
        if count and not before:
            found.append(0)
        if count:
            found[-1] = max(found[-1], count)
        before = count
    return found


def values(seen: Opened) -> list[list[str]]:
    """What the chart's own table says: names and exact numbers."""
    if not seen.page.locator("details.values[open]").count():
        seen.page.click("details.values summary")
    seen.page.wait_for_selector("details.values tbody tr")
    rows = seen.page.locator("details.values tbody tr")
    return [row.locator("td").all_inner_texts() for row in rows.all()]


def choose(seen: Opened, word: str, value: str) -> None:
    seen.page.locator(f"[name={word}]").select_option(value)
    is_drawn(seen)


def tip(seen: Opened) -> str:
    seen.page.wait_for_selector(".tip:not([hidden])")
    return str(seen.page.locator(".tip").inner_text())


def offered(seen: Opened, word: str) -> list[str]:
    return list(seen.page.locator(f"[name={word}] option").evaluate_all("a => a.map(e => e.value)"))


def test_bars_are_as_long_as_their_numbers(browser: Any, server: Server) -> None:
    query = "SELECT ?s ?n { VALUES (?s ?n) { ('甲' 400) ('乙' 200) ('丙' 100) ('丁' 0) } }"
    with charted(browser, server, asked(query)) as seen:
        bars = lengths(seen)
        assert bars[0] > 300
        assert bars[1] == pytest.approx(bars[0] / 2, abs=3)
        assert bars[2] == pytest.approx(bars[0] / 4, abs=3)
        assert values(seen) == [["甲", "400"], ["乙", "200"], ["丙", "100"], ["丁", "0"]]


def test_numbers_below_zero_have_a_colour_of_their_own(browser: Any, server: Server) -> None:
    query = "SELECT ?s ?n { VALUES (?s ?n) { ('甲' 300) ('乙' -100) } }"
    with charted(browser, server, asked(query)) as seen:
        above, below = max(coloured(seen)), max(coloured(seen, (163, 38, 31)))
        assert below == pytest.approx(above / 3, abs=3)


def test_the_tip_tells_the_exact_amount_and_leads_to_the_thing(
    browser: Any, server: Server
) -> None:
    with charted(browser, server, "/ask/investments?minimum=1e9#chart") as seen:
        first = values(seen)[0]
        box = seen.page.locator(CANVAS).bounding_box()
        seen.page.locator(CANVAS).hover(position={"x": box["width"] / 2, "y": 58})
        assert tip(seen) == f"{first[0]}\n投资额 {first[1]} (45亿元)"
        assert first[1] == "4 500 000 000"
        seen.page.locator(CANVAS).click(position={"x": box["width"] / 2, "y": 58})
        seen.page.locator(".tip.pinned a").click()
        seen.page.wait_for_selector("#panel h2")
        assert seen.page.locator("#panel h2").inner_text() == first[0]


UNITS = [
    ("?p kg:investment ?x", ["x"], ["x"]),
    ("?p <https://w3id.org/zhengtu/ontology#output> $x", ["x"], ["x"]),
    ("?c rdf:predicate kg:investment ; rdf:object ?x", ["x"], ["x"]),
    ("?c rdf:object ?x ; rdf:predicate kg:output .", ["x"], ["x"]),
    ("SELECT (SUM(?y) AS ?z) { { SELECT (max(?x) AS ?y) { ?p kg:output ?x } } }", ["z"], ["z"]),
    ("?p ?q ?investment", ["investment"], ["investment"]),
    ("?p kg:investment ?x BIND(?x / 1e8 AS ?investment)", ["x", "investment"], ["x"]),
    ("(COUNT(?x) AS ?n) { ?p kg:investment ?x }", ["n"], []),
    ("?x ^kg:investment ?p . ?p kg:date|kg:output ?y", ["p", "y"], []),
    ("# kg:investment ?x\n?p kg:date ?x . FILTER(?x != 'kg:output ?x')", ["x"], []),
    ("?p kg:investments ?x ; ex:investment ?y", ["x", "y"], []),
]


@pytest.mark.parametrize(("query", "columns", "found"), UNITS)
def test_what_an_attribute_in_yuan_leads_to_is_yuan(
    browser: Any, server: Server, query: str, columns: list[str], found: list[str]
) -> None:
    with opened(browser, server.address + "/ask") as seen:
        told = seen.page.evaluate(
            """async ([query, columns]) => {
              const known = await (await fetch('/questions.json')).json();
              return (await import('/static/units.js')).yuanColumns(query, columns, known);
            }""",
            [query, columns],
        )
    assert told == found


def test_a_column_of_any_name_is_told_in_yuan(browser: Any, server: Server) -> None:
    query = "SELECT ?p ?x { ?p kg:investment ?x } ORDER BY DESC(?x)"
    with charted(browser, server, asked(query)) as seen:
        assert "亿元)" in str(seen.page.locator(CANVAS).get_attribute("aria-label"))


def test_amounts_are_told_as_the_language_does(browser: Any, server: Server) -> None:
    with charted(browser, server, "/ask/investments?minimum=1e9#chart") as seen:
        seen.page.click("#language")
        is_drawn(seen)
        seen.page.focus(CANVAS)
        seen.page.keyboard.press("Home")
        assert tip(seen).endswith("investment 4 500 000 000 (4.5 bn yuan)")
        assert seen.page.locator(CANVAS).get_attribute("aria-label").startswith("Chart: investment")
        assert seen.page.locator("[name=order] option").all_inner_texts()[1] == "largest first"
        assert seen.page.url.endswith("#chart")


def test_keys_walk_through_a_chart_and_say_what_they_reach(browser: Any, server: Server) -> None:
    with charted(browser, server, asked(SIZES)) as seen:
        said = seen.page.locator(".scroll [role=status]")
        seen.page.focus(CANVAS)
        seen.page.keyboard.press("ArrowDown")
        until(seen.page, "() => document.querySelector('.scroll [role=status]').textContent")
        assert re.fullmatch(r"甲某\d+号\nn 976", said.text_content() or "")
        seen.page.keyboard.press("End")
        until(
            seen.page,
            "() => /n 0$/.test(document.querySelector('.scroll [role=status]').textContent)",
        )
        until(seen.page, "() => document.querySelector('.scroll').scrollTop > 100000")
        assert tip(seen).endswith("n 0")
        seen.page.keyboard.press("Escape")
        seen.page.wait_for_selector(".tip", state="hidden")
        assert "10000 项" in seen.page.locator(CANVAS).get_attribute("aria-label")


def test_ten_thousand_bars_are_all_reached_by_scrolling(browser: Any, server: Server) -> None:
    with charted(browser, server, asked(SIZES)) as seen:
        before = lengths(seen)
        assert 5 < len(before) < 40
        seen.page.locator(".scroll").evaluate("box => { box.scrollTop = box.scrollHeight / 2; }")
        until(seen.page, "() => document.querySelector('.scroll').scrollTop > 100000")
        seen.page.wait_for_timeout(500)
        is_drawn(seen)
        # The numbers along the chart are the same for each part of it.
        assert max(lengths(seen)) == pytest.approx(max(before) * 488 / 976, abs=12)
        assert len(values(seen)) == 500
        assert "9500" in seen.page.locator("details.values button").inner_text()


def test_what_is_chosen_stands_in_the_address(browser: Any, server: Server) -> None:
    with charted(browser, server, "/ask/counts#chart") as seen:
        choose(seen, "by", "kind")
        choose(seen, "how", "sum")
        choose(seen, "order", "size")
        said = parse_qs(urlsplit(seen.page.url).fragment, keep_blank_values=True)
        assert said.keys() >= {"chart", "how", "order"}
        rows = values(seen)
        sizes = [float(size.replace(" ", "")) for _, size in rows]
        assert sizes == sorted(sizes, reverse=True)
        address = seen.page.url
    with opened(browser, address) as seen:
        is_drawn(seen)
        assert values(seen) == rows
        assert seen.page.locator("[name=how]").input_value() == "sum"
        seen.page.get_by_role("button", name="表格").click()
        seen.page.wait_for_selector("#answer table")
        assert "#" not in seen.page.url


def test_an_address_with_unknown_choices_is_drawn_as_usual(browser: Any, server: Server) -> None:
    with charted(browser, server, "/ask/counts#chart&by=nothing&kind=pie&scale=log&how=") as seen:
        assert seen.page.locator("[name=by]").input_value() in ("kind", "name")


def test_dates_are_put_together_by_year_and_month(browser: Any, server: Server) -> None:
    with charted(browser, server, asked(BY_DATE, "#chart&kind=columns")) as seen:
        assert offered(seen, "step") == ["year", "month", "day"]
        # What is between has no rows, and is there.
        assert values(seen) == [
            ["2024", "350 000 000.3"],
            ["2025", "0"],
            ["2026", "7 000 000 000"],
        ]
        assert "1 行日期没有年份" in seen.page.locator("p.remark").inner_text()
        choose(seen, "step", "month")
        assert [row for row in values(seen) if row[1] != "0"] == [
            ["2024-03", "350 000 000"],
            ["2024-05", "0.3"],
        ]
        said = seen.page.locator("p.remark").inner_text()
        assert "1 行日期不够细" in said
        choose(seen, "measure", "#")
        assert [row[1] for row in values(seen)] == ["2", "0", "2"]
        choose(seen, "measure", "investment")
        choose(seen, "step", "year")
        choose(seen, "how", "max")
        assert values(seen) == [["2024", "250 000 000"], ["2025", ""], ["2026", "7 000 000 000"]]
        seen.page.focus(CANVAS)
        seen.page.keyboard.press("Home")
        assert tip(seen) == "2024\n投资额 · 最大 250 000 000 (2.5亿元)\n由 4 行得出"


def test_a_line_runs_over_time(browser: Any, server: Server) -> None:
    with charted(browser, server, asked(BY_DATE, "#chart&kind=columns")) as seen:
        columns = sum(coloured(seen))
        choose(seen, "kind", "line")
        assert 0 < sum(coloured(seen)) < columns
        assert "kind=line" in seen.page.url


def test_years_that_a_query_computes_are_dates(browser: Any, server: Server) -> None:
    query = "SELECT ?year ?n { VALUES (?year ?n) { (2023 4) (2025 6) } }"
    with charted(browser, server, asked(query)) as seen:
        assert values(seen) == [["2023", "4"], ["2024", "0"], ["2025", "6"]]


def test_dates_far_apart_do_not_fill_the_time_between(browser: Any, server: Server) -> None:
    query = "SELECT ?date { VALUES ?date { '1000-01-01' '9999-12-31' '9999-12-30' } }"
    with charted(browser, server, asked(query, "#chart&step=day")) as seen:
        assert values(seen) == [["1000-01-01", "1"], ["9999-12-30", "1"], ["9999-12-31", "1"]]
        assert seen.page.locator("p.remark").inner_text() == "时间跨度太大，没有数据的时段未画出"


def test_facts_are_counted_by_month(browser: Any, server: Server) -> None:
    with charted(browser, server, "/ask/timeline#chart&step=month") as seen:
        rows = values(seen)
        assert all(re.fullmatch(r"\d{4}-\d\d", month) for month, _ in rows)
        drawn = sum(int(count) for _, count in rows)
        said = seen.page.locator("p.remark").inner_text()
        left = sum(int(count) for count in re.findall(r"(\d+) 行", said))
        assert drawn + left == int(seen.page.locator("#status").inner_text().split()[0])


def test_rows_without_numbers_are_counted_by_what_repeats(browser: Any, server: Server) -> None:
    with charted(browser, server, "/ask/about?entity=" + quote("合肥市") + "#chart") as seen:
        choose(seen, "by", "relation")
        rows = values(seen)
        status = seen.page.locator("#status").inner_text()
        assert sum(int(count) for _, count in rows) == int(status.split()[0])


def test_powers_of_ten_are_offered_where_sizes_differ_by_three_of_them(
    browser: Any, server: Server
) -> None:
    query = "SELECT ?s ?n { VALUES (?s ?n) { ('甲' 1) ('乙' 100) ('丙' 1000000) } }"
    with charted(browser, server, asked(query)) as seen:
        choose(seen, "scale", "log")
        one, two, three = lengths(seen)
        assert "scale=log" in seen.page.url
        assert two - one == pytest.approx((three - one) / 3, rel=0.05)
    near = "SELECT ?s ?n { VALUES (?s ?n) { ('甲' 0) ('乙' 100) ('丙' 1000000) } }"
    with charted(browser, server, asked(near, "#chart&scale=log")) as seen:
        assert seen.page.locator("[name=scale]").count() == 0


@pytest.mark.parametrize("width", [360, 1440, 3840])
def test_names_like_markup_and_of_5000_signs_harm_nothing(
    browser: Any, server: Server, width: int
) -> None:
    query = "SELECT ?s ?n { ?s <urn:bad> ?n } ORDER BY DESC(?n)"
    with charted(browser, server, asked(query), width=width, height=740) as seen:
        assert len(lengths(seen)) == 2
        seen.page.focus(CANVAS)
        seen.page.keyboard.press("Home")
        assert "<img src=x" in tip(seen)
        seen.page.keyboard.press("End")
        seen.page.get_by_text("云澜市江畔区").first.wait_for()
        box = seen.page.locator(".tip").bounding_box()
        assert box["height"] < 200
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert seen.page.evaluate("window.fired") is None
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
        # Bars keep room beside long names.
        assert max(coloured(seen)) > width / 8


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", ["/ask/counts#chart", asked(BY_DATE, "#chart&kind=line&step=day")])
def test_a_chart_keeps_to_a_narrow_window(
    browser: Any, server: Server, path: str, language: str
) -> None:
    with opened(browser, f"{server.address}/ask/counts", width=360, height=740) as seen:
        seen.page.evaluate("language => localStorage.setItem('language', language)", language)
        seen.page.goto("about:blank")
        seen.page.goto(server.address + path)
        is_drawn(seen)
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= 360
        parts = "all => Math.max(...all.map(part => part.getBoundingClientRect().right))"
        assert seen.page.locator(".plot > *, .choices > *").evaluate_all(parts) <= 360
        assert sum(coloured(seen)) > 200
        assert seen.errors == []


def test_a_chart_is_saved_as_a_picture(browser: Any, server: Server, tmp_path: Path) -> None:
    with charted(browser, server, "/ask/investments?minimum=1e9#chart") as seen:
        with seen.page.expect_download() as download:
            seen.page.get_by_role("button", name="存为 PNG").click()
        assert download.value.suggested_filename == "按投资额排列的项目 · 投资额.png"
        download.value.save_as(tmp_path / "chart.png")
        data = (tmp_path / "chart.png").read_bytes()
        assert data.startswith(b"\x89PNG")
        wide, high = (int.from_bytes(data[at : at + 4]) for at in (16, 20))
        assert wide == 2400
        assert high == pytest.approx(2 * (len(values(seen)) * 34 + 84), rel=0.02)
        assert len(data) > 20_000


def test_a_picture_of_very_many_bars_says_that_it_is_cut(
    browser: Any, server: Server, tmp_path: Path
) -> None:
    with charted(browser, server, asked(SIZES)) as seen:
        with seen.page.expect_download(timeout=120_000) as download:
            seen.page.get_by_role("button", name="存为 PNG").click()
        download.value.save_as(tmp_path / "chart.png")
        assert "前 400 项，共 10000 项" in seen.page.locator(".choices").inner_text()
        assert (tmp_path / "chart.png").stat().st_size > 50_000


def test_what_cannot_be_measured_or_counted_has_no_chart(browser: Any, server: Server) -> None:
    events = "SELECT ?s { ?s a kg:Event }"
    for query in (events, "SELECT (1 AS ?n) {}", "SELECT ?n { VALUES ?n { 1 2 } }"):
        with opened(browser, server.address + asked(query)) as seen:
            seen.page.wait_for_selector("tbody tr")
            assert seen.page.get_by_role("button", name="图表").count() == 0
            assert "plot.js" not in " ".join(seen.requests)


def test_the_page_allows_no_styles_but_its_own(server: Server) -> None:
    policy = httpx2.get(f"{server.address}/ask").headers["content-security-policy"]
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy
