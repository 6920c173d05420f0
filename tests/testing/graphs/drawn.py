"""Small graphs as a page draws them, one of texts that would run, and the page of a graph."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import networkx as nx

from kg.ontology import load
from kg.publish.page.view import page

BASE = "https://w3id.org/zhengtu/id/"
QUOTE = "3月16日，蓉芯微与成都高\n新区签约，拟投资42亿元建设芯片基地项目。"
HOSTILE = (
    "<script>window.fired=1</script><img src=x onerror='window.fired=1'>"
    "</script>\u2028{{data}}\"'`${window.fired=1}&lt;"
)


def claim(predicate: str, quote: str = QUOTE, **more: Any) -> dict[str, Any]:
    known = {"document": "n01.txt", "status": "signed", "confidence": 0.9, "rule": "signs.verb"}
    return {"predicate": predicate, "quote": quote, **known, **more}


def thing(label: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"label": label, "type": kind, "aliases": (), "mentions": 1, "subtype": "", **more}


def small() -> nx.MultiDiGraph:
    """Four entities of four classes, with two relations between the same two."""
    graph = nx.MultiDiGraph()
    amount = ("investment", "42亿元", "拟投资42亿元", "n01.txt")
    graph.add_node(
        BASE + "organisation/1", **thing("蓉芯微电子公司", "Organisation", aliases=["蓉芯微"])
    )
    graph.add_node(BASE + "district/2", **thing("成都高新区", "District"))
    graph.add_node(BASE + "project/3", **thing("芯片基地项目", "Project", attributes=(amount,)))
    graph.add_node(BASE + "person/4", **thing("邹启明", "Person"))
    graph.add_edge(BASE + "organisation/1", BASE + "project/3", **claim("signs"))
    graph.add_edge(BASE + "organisation/1", BASE + "project/3", **claim("invests"))
    graph.add_edge(BASE + "organisation/1", BASE + "project/3", **claim("invests", "再投10亿元。"))
    graph.add_edge(BASE + "district/2", BASE + "project/3", **claim("signs"))
    background = claim("locatedIn", "", document="", status="", source="区划代码 2024")
    graph.add_edge(BASE + "project/3", BASE + "district/2", **background)
    return graph


def hostile() -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph()
    facts = [("investment", HOSTILE, HOSTILE, HOSTILE, 0, len(HOSTILE))]
    graph.graph["documents"] = {HOSTILE: HOSTILE}
    for i, kind in enumerate(("Organisation", HOSTILE)):
        graph.add_node(f"{BASE}x/{i}", **thing(HOSTILE, kind, aliases=[HOSTILE], attributes=facts))
    place = {"document": HOSTILE, "start": 0, "end": len(HOSTILE)}
    more = claim("signs", HOSTILE, **place, rule=HOSTILE, status=HOSTILE)
    graph.add_edge(f"{BASE}x/0", f"{BASE}x/1", **more)
    graph.add_edge(f"{BASE}x/1", f"{BASE}x/0", **{**more, "predicate": HOSTILE})
    return graph


def written(folder: Path, graph: nx.MultiDiGraph, **more: Any) -> Path:
    path = folder / "graph.html"
    text = page(graph, load(), **{"title": "试验", **more})
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def data_of(text: str) -> Any:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.S)
    assert found
    return json.loads(found[1])


# Visible texts with less contrast than WCAG 2.1 AA asks (4.5:1), over the nearest ground.
FAINT = """() => {
  const parts = colour => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = element => {
    for (let e = element; e; e = e.parentElement) {
      const found = parts(getComputedStyle(e).backgroundColor);
      if (found.length === 3 || found[3] === 1) return found;
    }
    return [255, 255, 255];
  };
  return [...document.querySelectorAll('body *')]
    .filter(e => e.checkVisibility() && !/SCRIPT|STYLE|CANVAS/.test(e.tagName))
    .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
    .filter(e => {
      const [a, b] = [light(parts(getComputedStyle(e).color)), light(ground(e))];
      return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) < 4.5;
    }).map(e => e.outerHTML.slice(0, 120));
}"""
