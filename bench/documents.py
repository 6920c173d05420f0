"""How soon a page with a whole graph and its documents is there, and how its lists answer.

    python bench/documents.py [--documents 3000] [--nodes 10000]

The graph is made up: every document names fourteen things and says seven sentences of them.
Times are those of headless Chromium without a graphics card, in milliseconds.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from kg.base.records import Entity, Fact, Knowledge, NamedPlace, Source  # noqa: E402
from kg.ontology import load  # noqa: E402
from kg.publish.page.drawing import drawing  # noqa: E402
from kg.publish.page.overview import WholeGraph  # noqa: E402
from kg.publish.page.view import page  # noqa: E402
from tests.testing.browser.chromium import chromium, opened  # noqa: E402

BASE = "https://w3id.org/zhengtu/id/"
SAID = "据介绍，{}与{}在本次会议上就有关事项达成一致，并将继续推进各项工作，相关安排另行通知。"
# What is done, as scripts that end when the page shows it.
ACTS = {
    "documents listed": "document.getElementById('tab-documents').click()",
    "documents searched": """(() => {
      const box = document.getElementById('document-search');
      box.value = '12';
      box.dispatchEvent(new Event('input'));
    })()""",
    "document opened": "document.querySelectorAll('[data-document]')[3].click()",
}
TIMED = """async () => {
  const began = performance.now();
  %s;
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  return performance.now() - began;
}"""


def graph_of(nodes: int, documents: int, skew: float = 1.0) -> Knowledge:
    """A graph; with a skew above 1 the first things of each class are named most."""
    chance, ontology = random.Random(5), load()
    kinds = list(ontology.classes)
    entities = [
        Entity(f"{BASE}x/{i:08}", kinds[i % len(kinds)], f"甲某{i}号", mentions=1)
        for i in range(nodes)
    ]
    by = {kind: [e for e in entities if e.type == kind] for kind in kinds}
    sources, facts = [], []
    for number in range(documents):
        text, named, iri = "", list[NamedPlace](), f"{BASE}document/{number:020}"
        for i in range(7):
            relation = chance.choice(list(ontology.relations.values()))
            one, other = (
                some[int(len(some) * chance.random() ** skew)]
                for some in (by[chance.choice(ends)] for ends in (relation.domain, relation.range))
            )
            said, start = SAID.format(one.name, other.name), len(text)
            places = (said.index(one.name), said.rindex(other.name))
            named += [
                NamedPlace(start + at, start + at + len(e.name), e.id)
                for at, e in zip(places, (one, other), strict=True)
            ]
            facts.append(
                Fact(
                    f"{BASE}claim/{number:08}{i}", one.id, relation.name, other.id, None, iri,
                    start, start + len(said), said, "", 0.9, "bench",
                )
            )  # fmt: skip
            text += said
        text += f"其他内容{number}。" * 100
        day = f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}"
        names = (f"{number:05}.txt",)
        sources.append(
            Source(
                iri,
                f"{number:020}",
                names,
                text,
                "text/plain",
                published=day,
                named_places=tuple(named),
            )
        )
    return Knowledge(tuple(sources), tuple(entities), tuple(facts))


def measured(seen: Any) -> dict[str, float]:
    """Milliseconds until the page is there, and of what is done on it."""
    entry = "performance.getEntriesByType('navigation')[0].loadEventEnd"
    found = {"page opened": float(seen.page.evaluate(entry))}
    for name, act in ACTS.items():
        found[name] = float(seen.page.evaluate(TIMED % act))
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--documents", type=int, default=3_000)
    parser.add_argument("--nodes", type=int, default=10_000)
    given = parser.parse_args()
    whole = graph_of(given.nodes, given.documents)
    with tempfile.TemporaryDirectory() as folder, chromium(whole=True) as browser:
        began = time.perf_counter()
        text = page(
            drawing(whole), load(), title="bench", limit=given.nodes, whole=WholeGraph(whole)
        )
        made = time.perf_counter() - began
        path = Path(folder) / "page.html"
        path.write_text(text, encoding="utf-8")
        size = path.stat().st_size / 1e6
        print(f"{given.nodes} nodes, {given.documents} documents: {size:.1f} MB in {made:.1f} s")
        with opened(browser, path, 1440, 860) as seen:
            for name, spent in measured(seen).items():
                print(f"{name:20} {spent:7.0f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
