"""How long a page of a large graph takes to follow its filters.

    python bench/filters.py [--nodes 10000]

The graph is the one of bench/explorer.py, with places in places, dated facts and documents.
Each figure is the median of ten turns in a headless Chromium without a graphics card: from the
click to the end of the page's own work, the drawing of the frame not counted.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.explorer import graph_of  # noqa: E402
from kg.ontology import load  # noqa: E402
from kg.publish.page.view import page  # noqa: E402
from tests.testing.browser.chromium import chromium, opened  # noqa: E402

if TYPE_CHECKING:
    import networkx as nx

# Milliseconds of ten turns of one act, the middle one.
TURNS = """async ([selector, act]) => {
  const times = [];
  for (let turn = 0; turn < 10; turn++) {
    const element = document.querySelector(selector);
    const began = performance.now();
    if (act === 'click') element.click();
    else {
      element.value = Number(element.value) + (turn % 2 ? -3 : 3);
      element.dispatchEvent(new Event('input'));
      element.dispatchEvent(new Event('change'));
    }
    times.push(performance.now() - began);
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  }
  return times.sort((a, b) => a - b)[5];
}"""
ACTS = (
    ("a class hidden and shown", "", ".chip", "click"),
    ("a relation hidden and shown", "#filter", "#choices input", "click"),
    ("a status kept and not", "#status", "#statuses input", "click"),
    ("a place kept and not", "#place", "#places input", "click"),
    ("a document kept and not", "#document", "#documents [data-key] input", "click"),
    ("a handle of time moved", "", "#from", "slide"),
    ("undated ones shown and not", "", "#undated", "click"),
)


def furnished(nodes: int) -> nx.MultiDiGraph:
    """The graph with a tenth of it places, a third as many documents, and dates of four years."""
    chance, graph = random.Random(7), graph_of(nodes)
    names = sorted(graph)
    places = names[: nodes // 10]
    documents = [f"d{i:05}.txt" for i in range(max(2, nodes // 3))]
    graph.graph["places"] = {
        place: (f"云澜{i}区", [places[chance.randrange(i)]] if i > 30 else [])
        for i, place in enumerate(places)
    }
    graph.graph["sources"] = {
        name: {"publisher": f"云澜日报{i % 40}", "title": f"第{i}篇"}
        for i, name in enumerate(documents)
    }
    for name in names[nodes // 10 :]:
        graph.nodes[name]["places"] = (chance.choice(places),)
    for *_, known in graph.edges(data=True):
        known["document"] = chance.choice(documents)
        known["status"] = chance.choice(("", "", "", "signed", "planned"))
        if chance.random() < 0.7:
            month = chance.randrange(48)
            known["date"] = f"{2020 + month // 12}-{month % 12 + 1:02}"
            known["dated"] = "document"
    return graph


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nodes", type=int, default=10_000)
    nodes = parser.parse_args().nodes
    with tempfile.TemporaryDirectory() as folder, chromium(whole=True) as browser:
        file = Path(folder) / "graph.html"
        graph = furnished(nodes)
        file.write_text(page(graph, load(), title="大图", limit=nodes), encoding="utf-8")
        print(f"{nodes} nodes, {graph.number_of_edges()} facts, {file.stat().st_size / 1e6:.1f} MB")
        with opened(browser, file) as seen:
            usable = seen.page.evaluate("performance.now()")
            print(f"{usable:8.0f} ms  until the page is usable")
            for name, menu, selector, act in ACTS:
                if menu:
                    seen.page.click(f"{menu} > summary")
                    seen.page.locator(f"{menu} label input").first.wait_for()
                print(f"{seen.page.evaluate(TURNS, [selector, act]):8.0f} ms  {name}")
                seen.page.keyboard.press("Escape")
                seen.page.evaluate("() => { history.replaceState(null, '', '#'); }")
    return 0


if __name__ == "__main__":
    sys.exit(main())
