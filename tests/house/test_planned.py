"""docs/explanation/scale.md agrees with what was measured, and its plan with arithmetic."""

from __future__ import annotations

import re

from bench.planned import ARTICLES, INDEX, PAGE, figures, plan, rewritten
from bench.stages import Tasks
from bench.tables import Rate, builds, tasks
from tests.testing.measured import run

LOADS = {
    "documents": 10,
    "loads": [
        {"server": "A", "method": "file", "statements": 4000, "served": 2.0},
        {
            "server": "A",
            "method": "gsp",
            "statements": 4000,
            "served": 9.0,
            "memory": 72 << 20,
            "noted": 800_000,
        },
    ],
}


def test_the_page_shows_what_was_measured() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert rewritten(page, *figures()) == page
    assert page.count("<!-- end -->") == len(re.findall(r"<!-- (?!end)\w+ -->\n\n[|\w]", page))


def test_every_number_of_the_plan_says_how_it_is_known() -> None:
    rows = plan(figures()[1], figures()[2]).splitlines()[2:]
    assert len(rows) > 25
    for row in rows:
        assert re.search(r"\| (measured|chosen|arithmetic)\b[^|]*\|$", row), row


def test_a_plan_is_arithmetic_from_the_largest_build() -> None:
    told = {"joining": Tasks(8, 6.0, 2.0, 100, 90)}
    sizes = [run("spark", 1), run("spark", 1000, told), run("spark", 100), run("local", 1)]
    runs = [*sizes, run("local", 1000)]
    for one in runs:
        one.sizes.update(heap=1 << 20, nquads=50 * one.documents)
    found = dict(line.split(" | ")[:2] for line in plan(runs, LOADS).splitlines()[2:])
    assert Rate.of(runs, "spark").run is runs[1]
    # A document more takes 10 ms, and 50 bytes of N-Quads; 400 statements stand in one.
    assert found["| processor hours"] == f"{ARTICLES / 100 / 3600:,.0f}"
    assert found["| N-Quads, TB"] == f"{50 * ARTICLES / 1e12:g}"
    assert found["| statements"] == f"{400 * ARTICLES:,}"
    assert (
        found["| processor hours of the own loader of A"] == f"{400 * ARTICLES / 2000 / 3600:,.0f}"
    )
    # Its memory is that of any graph, and of the store; its notes take 200 bytes a statement.
    store = (200 << 20) + INDEX * 400 * ARTICLES
    assert found["| memory of `kg load`, GiB"] == f"{store / 2**30:.1f}"
    assert found["| disk of its notes, TB"] == f"{200 * 400 * ARTICLES / 1e12:.1f}"
    assert "| 3.00 |" in tasks(runs)
    assert builds(runs).count("| start |") == 2
