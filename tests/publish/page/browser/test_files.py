"""What the graph page offers as files: pictures, a table, Turtle, all made without a network."""

from __future__ import annotations

import csv
import io
import struct
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import networkx as nx
import pytest
from rdflib import RDF, RDFS, Graph, Namespace

from kg.publish.tables import undo
from tests.testing.browser.chromium import Opened, opened
from tests.testing.graphs.drawn import BASE, HOSTILE, claim, hostile, small, thing, written

if TYPE_CHECKING:
    from pathlib import Path

SVG = "{http://www.w3.org/2000/svg}"
KG = Namespace("https://w3id.org/zhengtu/ontology#")
OA = Namespace("http://www.w3.org/ns/oa#")


def saved(seen: Opened, kind: str) -> bytes:
    """The file that the menu offers, its name checked."""
    seen.page.click("#export summary")
    with seen.page.expect_download() as waiting:
        seen.page.click(f"#export [data-kind={kind}]")
    assert waiting.value.suggested_filename.endswith("." + kind)
    return bytes(waiting.value.path().read_bytes())


def table(data: bytes) -> list[list[str]]:
    text = data.decode("utf-8-sig")
    assert data.startswith(b"\xef\xbb\xbf")
    return [[undo(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline=""))]


def texts(data: bytes) -> list[str]:
    root = ElementTree.fromstring(data)
    return [element.text or "" for element in root.iter(SVG + "text")]


@pytest.mark.parametrize("more", [0, 1000], ids=["library", "canvas"])
def test_a_drawing_holds_circles_lines_and_names(browser: Any, tmp_path: Path, more: int) -> None:
    graph = small()
    for i in range(more):
        graph.add_node(f"{BASE}z/{i:04}", **thing(f"远{i}", "Person"))
    with opened(browser, written(tmp_path, graph, limit=10_000)) as seen:
        seen.page.evaluate("() => { location.hash = '#open=bare'; }")
        seen.page.wait_for_timeout(200)
        data = saved(seen, "svg")
        root = ElementTree.fromstring(data)
        legend = 4
        assert len(list(root.iter(SVG + "circle"))) == 4 + more + legend
        curved = [path for path in root.iter(SVG + "path") if "Q" in path.attrib["d"]]
        assert len(curved) == 4
        names = texts(data)
        assert {"蓉芯微电子公司", "成都高新区", "芯片基地项目", "邹启明"} <= set(names)
        assert names[-legend:] == ["组织机构", "区划地点", "项目", "人物"]
        assert not {element.tag for element in root.iter()} & {SVG + "image", SVG + "foreignObject"}
        assert not seen.errors


def test_a_drawing_leaves_out_what_is_filtered(browser: Any, tmp_path: Path) -> None:
    with opened(browser, written(tmp_path, small())) as seen:
        seen.page.click("[data-type=Person]")
        seen.page.click("[data-type=District]")
        names = texts(saved(seen, "svg"))
        assert "芯片基地项目" in names
        assert not {"邹启明", "成都高新区", "人物", "区划地点"} & set(names)


def test_a_picture_is_twice_as_sharp_and_not_empty(browser: Any, tmp_path: Path) -> None:
    with opened(browser, written(tmp_path, small())) as seen:
        data = saved(seen, "png")
        wide, high = seen.page.evaluate(
            "(({clientWidth, clientHeight}) => [clientWidth, clientHeight])"
            "(document.getElementById('graph'))"
        )
        assert data.startswith(b"\x89PNG")
        size = struct.unpack(">II", data[16:24])
        assert size == (2 * wide, 2 * (high + 34))
        colours = seen.page.evaluate(
            """async bytes => {
              const image = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
              const canvas = new OffscreenCanvas(image.width, image.height);
              const pen = canvas.getContext('2d');
              pen.drawImage(image, 0, 0);
              const found = pen.getImageData(0, 0, image.width, image.height).data;
              return new Set(new Uint32Array(found.buffer)).size;
            }""",
            list(data),
        )
        assert colours > 50
        assert not seen.errors


def test_a_table_holds_each_claim_of_what_is_shown(browser: Any, tmp_path: Path) -> None:
    graph = small()
    row = ("investment", "42亿元", "拟投资42亿元", "n01.txt", 20, 29)
    graph.nodes[BASE + "project/3"]["attributes"] = (row,)
    for *_, known in graph.edges(data=True):
        known.update(start=0, end=40)
    with opened(browser, written(tmp_path, graph)) as seen:
        rows = table(saved(seen, "csv"))
        assert rows[0][:8] == ["主体", "关系", "客体", "状态", "日期", "金额", "原文", "文档"]
        facts = [row[:4] for row in rows[1:]]
        assert facts.count(["蓉芯微电子公司", "投资", "芯片基地项目", "签约"]) == 2
        assert ["芯片基地项目", "位于", "成都高新区", ""] in facts
        assert ["芯片基地项目", "投资额", "42亿元", ""] in facts
        assert len(facts) == 6
        signed = next(row for row in rows if row[:2] == ["成都高新区", "签约"])
        assert signed[5] == "42亿元"
        assert signed[6] == "3月16日，蓉芯微与成都高\n新区签约，拟投资42亿元建设芯片基地项目。"
        assert signed[7:] == ["n01.txt", BASE + "district/2", BASE + "project/3"]
        seen.page.click("[data-type=District]")
        assert len(table(saved(seen, "csv"))) == 5
        seen.page.click("#language")
        assert table(saved(seen, "csv"))[0][0] == "subject"


def test_no_cell_is_a_formula(browser: Any, tmp_path: Path) -> None:
    graph = nx.MultiDiGraph()
    for i, name in enumerate(("=1+1", "＠甲", "-2.5", "'=x", '甲"乙,丙')):
        graph.add_node(f"{BASE}x/{i}", **thing(name, "Project"))
        graph.add_edge(f"{BASE}x/{i}", f"{BASE}x/0", **claim("signs", "+2\n甲"))
    with opened(browser, written(tmp_path, graph)) as seen:
        data = saved(seen, "csv")
        raw = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
        assert {row[0] for row in raw[1:]} == {"'=1+1", "'＠甲", "-2.5", "''=x", '甲"乙,丙'}
        assert {row[6] for row in raw[1:]} == {"'+2\n甲"}
        assert {row[0] for row in table(data)[1:]} == {"=1+1", "＠甲", "-2.5", "'=x", '甲"乙,丙'}


def test_turtle_says_what_graph_ttl_says(browser: Any, graph_of_examples: Path) -> None:
    whole = Graph().parse(graph_of_examples / "graph.ttl")
    with opened(browser, graph_of_examples / "graph.html") as seen:
        found = Graph().parse(data=saved(seen, "ttl"), format="turtle")
        data = seen.page.evaluate("zhengtu.data")
        assert not set(found) - set(whole)
        entities = {str(s) for s in found.subjects(RDFS.label)}
        assert entities == {entity["iri"] for entity in data["entities"]}
        claims = set(found.subjects(RDF.type, KG.Claim))
        assert len(claims) == sum(len(fact["claims"]) for fact in data["facts"]) > 20
        # All that is said of a claim and its quotation is there, but its trigger and context.
        for name in (None, "/evidence", "/position", "/quote"):
            node = next(s for s in claims if (s, OA.hasTarget, None) in found)
            node = type(node)(node + (name or ""))
            said = set(whole.predicates(node)) - {KG.trigger, OA.prefix, OA.suffix}
            assert set(found.predicates(node)) == said
        seen.page.click("[data-type=Organisation]")
        fewer = Graph().parse(data=saved(seen, "ttl"), format="turtle")
        assert not list(fewer.subjects(RDF.type, KG.Organisation))
        assert not set(fewer) - set(found)
        assert not seen.errors


def test_hostile_names_make_sound_files(browser: Any, tmp_path: Path) -> None:
    with opened(browser, written(tmp_path, hostile())) as seen:
        assert any(HOSTILE[:8] in text for text in texts(saved(seen, "svg")))
        assert table(saved(seen, "csv"))[1][0] == HOSTILE
        found = Graph().parse(data=saved(seen, "ttl"), format="turtle")
        assert HOSTILE in {str(label) for label in found.objects(None, RDFS.label)}
        assert saved(seen, "png").startswith(b"\x89PNG")
        assert seen.page.evaluate("window.fired") is None
        assert not seen.errors


@pytest.mark.parametrize(("width", "height"), [(360, 740), (1440, 900)])
def test_the_menu_is_used_with_keys(browser: Any, tmp_path: Path, width: int, height: int) -> None:
    with opened(browser, written(tmp_path, small()), width, height) as seen:
        page = seen.page
        page.focus("#export summary")
        page.keyboard.press("Enter")
        box = page.locator("#export .files").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.dataset.kind") == "png"
        page.keyboard.press("Escape")
        assert page.locator("#export .files").is_hidden()
        assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_claims_that_a_filter_leaves_out_stay_out(browser: Any, tmp_path: Path) -> None:
    graph = small()
    for number, (*_, known) in enumerate(graph.edges(data=True)):
        known.update(claim=f"{BASE}claim/{number}", start=number, end=40)
        if known["quote"].startswith("再投"):
            known["status"] = "planned"
    with opened(browser, written(tmp_path, graph)) as seen:
        whole = Graph().parse(data=saved(seen, "ttl"), format="turtle")
        assert len(set(whole.subjects(RDF.type, KG.Claim))) == 5
        seen.page.evaluate("location.hash = 'status=planned'")
        seen.page.wait_for_selector("#filtered .kept")
        assert [row[6] for row in table(saved(seen, "csv"))[1:]] == ["再投10亿元。"]
        found = Graph().parse(data=saved(seen, "ttl"), format="turtle")
        assert len(set(found.subjects(RDF.type, KG.Claim))) == 1
        assert not set(found) - set(whole)
        assert not seen.errors
