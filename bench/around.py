"""How soon a server shows what lies around something in a large graph.

    python bench/around.py [--nodes 50000] [--documents 14000]

The graph is made up, as in bench/documents.py, and some things are hubs. Asked are a hub, a
thing of the middle and one with few links; the figures are seconds until the page's bytes are
there, the first time and again, and those of the page of the whole graph, which is made once
a build and takes minutes: a server that is busy otherwise gives it up at its limit (504).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import httpx2

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.documents import graph_of  # noqa: E402
from kg.ontology import load  # noqa: E402
from kg.store.folder import Store  # noqa: E402
from kg.store.rdf.triples import asserted  # noqa: E402
from tests.testing.servers.server import serving  # noqa: E402

if TYPE_CHECKING:
    from kg.base.records import Knowledge


def chosen(whole: Knowledge) -> dict[str, tuple[str, int]]:
    """IRI and links of the most linked thing, one of the middle, and one of the last."""
    ends = [end for fact in whole.facts for end in (fact.subject, fact.object)]
    ranked = sorted(Counter(ends).items(), key=lambda pair: (-pair[1], pair[0]))
    places = {"a hub": 0, "a middle one": len(ranked) // 2, "a small one": len(ranked) - 1}
    return {name: ranked[at] for name, at in places.items()}


def timed(client: httpx2.Client, path: str, **search: str) -> str:
    began = time.perf_counter()
    answer = client.get(path, params=search)
    spent = time.perf_counter() - began
    told = "" if answer.status_code == 200 else ": " + answer.text.partition("\n")[0]
    return f"{spent:6.2f} s, {len(answer.content) / 1e6:5.1f} MB ({answer.status_code}{told})"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--nodes", type=int, default=50_000)
    parser.add_argument("--documents", type=int, default=14_000)
    parser.add_argument("--keep", type=Path, help="folder for the graph, used again if there")
    given = parser.parse_args()
    whole = graph_of(given.nodes, given.documents, skew=2.0)
    with tempfile.TemporaryDirectory() as made:
        folder = given.keep or Path(made)
        if not (folder / "store").exists():
            Store.create(folder, asserted(whole, load()), whole.sources)
        print(f"{given.nodes} nodes, {len(whole.facts)} facts, {given.documents} documents")
        with serving(folder, "--timeout", "300") as server:
            client = httpx2.Client(base_url=server.address, timeout=600, trust_env=False)
            for name, (iri, links) in chosen(whole).items():
                for turn in ("first", "again"):
                    told = timed(client, "/", around=iri)
                    print(f"{name:14} {links:5} links  {turn}  {told}", flush=True)
            print(f"the whole graph      {timed(client, '/')}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
