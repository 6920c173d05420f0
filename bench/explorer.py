"""How soon a page of a large graph is there, and how smoothly it moves, beside plain pyvis.

    python bench/explorer.py [--nodes 10000 50000]

The graphs are made up: hubs, small components, two links a node. All pages open in the same
headless Chromium, which draws without a graphics card. pyvis gets fixed places and no physics,
which is the best that it can do: left to itself it computes for minutes. Above 10,000 nodes it
is left out. A letter is one in the search box, until the list below it is laid out.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import networkx as nx

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from kg.ontology import load  # noqa: E402
from kg.publish.layout.layout import positions  # noqa: E402
from kg.publish.page.view import page  # noqa: E402
from tests.testing.browser.chromium import chromium, opened  # noqa: E402

PYVIS = 10_000  # nodes up to which plain pyvis is measured too
# Frames a second while the graph is dragged to and fro for three seconds.
PAN = """async ([selector]) => {
  const canvas = document.querySelector(selector);
  const box = canvas.getBoundingClientRect();
  const send = (type, x) => {
    const at = {clientX: box.left + box.width / 2 + x, clientY: box.top + box.height / 2};
    const more = {bubbles: true, button: 0, buttons: 1, pointerId: 1, pointerType: 'mouse'};
    canvas.dispatchEvent(new PointerEvent('pointer' + type, {...more, ...at}));
    canvas.dispatchEvent(new MouseEvent('mouse' + type, {...more, ...at}));
  };
  canvas.setPointerCapture = () => {};
  const began = performance.now();
  let frames = 0;
  send('down', 0);
  while (performance.now() - began < 3000) {
    send('move', 200 * Math.sin(frames / 20));
    await new Promise(done => requestAnimationFrame(done));
    frames += 1;
  }
  send('up', 0);
  return 1000 * frames / (performance.now() - began);
}"""
TWO_FRAMES = "() => new Promise(d => requestAnimationFrame(() => requestAnimationFrame(d)))"


def graph_of(nodes: int) -> nx.MultiDiGraph:
    chance, graph = random.Random(7), nx.MultiDiGraph()
    ontology = load()
    classes, relations = list(ontology.classes), list(ontology.relations)
    for i in range(nodes):
        more = {"type": classes[i % len(classes)], "aliases": (), "mentions": 1}
        graph.add_node(f"n{i:06}", label=f"甲某智能科技{i}号", **more)
    known = {"quote": "甲某公司与乙某公司签约。", "document": "a.txt", "confidence": 0.9}
    for _ in range(2 * nodes):
        one, other = int(nodes * chance.random() ** 2), chance.randrange(nodes)
        predicate = chance.choice(relations)
        graph.add_edge(f"n{one:06}", f"n{other:06}", predicate=predicate, **known)
    return graph


def plain(graph: nx.MultiDiGraph, path: Path) -> None:
    """The page that pyvis writes by itself."""
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line", height="800px", width="100%")
    network.toggle_physics(False)
    for node, (x, y) in positions(graph).items():
        network.add_node(node, label=graph.nodes[node]["label"], x=x, y=y)
    for one, other in graph.edges():
        network.add_edge(one, other)
    path.write_text(network.generate_html(notebook=False), encoding="utf-8")


# Milliseconds from a letter in the search box to the list of what is found, the slowest of six.
LETTERS = """() => {
  const box = document.getElementById('search');
  box.focus();
  const spent = [];
  for (const typed of ['j', 'jm', 'jmz', 'jiamou', '智', '科技99']) {
    box.value = typed;
    const began = performance.now();
    box.dispatchEvent(new Event('input', {bubbles: true}));
    document.getElementById('hits').getBoundingClientRect();
    spent.push(performance.now() - began);
  }
  return Math.max(...spent.slice(1));
}"""


# Draw all that the first picture leaves out, where it does.
ALL = "() => { const more = document.querySelector('#note button'); if (more) more.click(); }"


def measured(browser: Any, path: Path, selector: str) -> tuple[float, float, float, float]:
    """Seconds until a page has drawn, frames a second while dragged, milliseconds a letter.

    The frames are those of the first picture, and of all nodes.
    """
    began = time.perf_counter()
    with opened(browser, path, 1440, 860) as seen:
        seen.page.wait_for_selector(selector, timeout=300_000)
        seen.page.evaluate(TWO_FRAMES)
        drawn = time.perf_counter() - began
        frames = float(seen.page.evaluate(PAN, [selector]))
        seen.page.evaluate(ALL)
        seen.page.evaluate(TWO_FRAMES)
        whole = float(seen.page.evaluate(PAN, [selector]))
        searched = bool(seen.page.locator("#search").count())
        return drawn, frames, whole, float(seen.page.evaluate(LETTERS)) if searched else 0.0


def compared(browser: Any, folder: Path, nodes: int) -> None:
    """Print what the pages of a graph do."""
    graph = graph_of(nodes)
    began = time.perf_counter()
    positions(graph)
    laid = time.perf_counter() - began
    pages = [("this page", folder / "ours.html", "#graph canvas")]
    began = time.perf_counter()
    text = page(graph, load(), title="bench", limit=nodes)
    pages[0][1].write_text(text, encoding="utf-8")
    made = time.perf_counter() - began
    if nodes <= PYVIS:
        pages.append(("plain pyvis, fixed places", folder / "pyvis.html", "#mynetwork canvas"))
        plain(graph, pages[1][1])
    size = len(text.encode()) / 1e6
    print(
        f"{nodes} nodes, {2 * nodes} links: laid out in {laid:.1f} s, page of {size:.0f} MB "
        f"in {made:.1f} s"
    )
    for name, path, selector in pages:
        drawn, first, frames, letter = measured(browser, path, selector)
        more = f"   a letter {letter:4.0f} ms" if letter else ""
        print(
            f"{name:28} drawn after {drawn:5.1f} s   "
            f"dragged at {frames:5.1f} frames/s, the first picture at {first:5.1f}{more}"
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--nodes", type=int, nargs="+", default=[10_000, 50_000])
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, chromium(whole=True) as browser:
        for nodes in given.nodes:
            compared(browser, Path(folder), nodes)
    return 0


if __name__ == "__main__":
    sys.exit(main())
