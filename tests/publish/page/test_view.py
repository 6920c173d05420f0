"""The graph page: what is written, and what a browser without a network makes of it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest

from kg.base.errors import QueryError
from kg.ontology import load
from kg.publish.page.template import SCRIPTS
from kg.publish.page.view import FEW, page
from tests.conftest import ROOT
from tests.testing.browser.chromium import opened, until
from tests.testing.graphs.drawn import (
    BASE,
    FAINT,
    HOSTILE,
    QUOTE,
    claim,
    data_of,
    hostile,
    small,
    thing,
    written,
)
from tests.testing.graphs.grown import grown

if TYPE_CHECKING:
    pass


# What is written


def test_facts_said_twice_are_one_edge_with_two_claims() -> None:
    facts = data_of(page(small(), load(), title="t"))["facts"]
    counts = sorted((fact["p"], len(fact["claims"])) for fact in facts)
    assert counts == [("invests", 2), ("locatedIn", 1), ("signs", 1), ("signs", 1)]


def test_edges_between_the_same_two_bend_apart() -> None:
    edges = data_of(page(small(), load(), title="t"))["edges"]
    bends = [json.dumps([e["from"], e["to"], e["smooth"]]) for e in edges]
    assert len(set(bends)) == len(edges) == 4


def test_colours_and_words_come_from_the_ontology() -> None:
    ontology = load()
    data = data_of(page(small(), ontology, title="t"))
    colours = {e["label"]: n["color"] for e, n in zip(data["entities"], data["nodes"], strict=True)}
    assert colours["邹启明"] == ontology.classes["Person"].colour
    assert [c["name"] for c in data["classes"]] == list(ontology.classes)


@pytest.mark.parametrize("last", ["vis.js", "canvas.js"])
def test_no_script_of_the_page_declares_a_name_of_another(last: str) -> None:
    folder = ROOT / "kg" / "publish" / "page" / "templates"
    found = [
        name
        for file in (*SCRIPTS, last, "graph.js")
        for name in re.findall(
            r"^(?:export )?(?:async )?(?:function|const|let) (\w+)",
            (folder / file).read_text(encoding="utf-8"),
            re.MULTILINE,
        )
    ]
    assert len(found) > 200
    assert [name for name, count in Counter(found).items() if count > 1] == []


WORDS = sorted((ROOT / "kg").rglob("words.js"))


@pytest.mark.parametrize("file", WORDS, ids=lambda file: file.parent.name)
def test_no_word_of_a_page_is_told_twice(file: Path) -> None:
    """In JavaScript the later of two entries of one name hides the first without a word."""
    names = re.findall(r"^  (\w+): \{zh:", file.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(names) > 50
    assert [name for name, count in Counter(names).items() if count > 1] == []


def test_long_names_are_short_in_the_drawing_and_whole_in_the_data() -> None:
    graph = nx.MultiDiGraph()
    graph.add_node("a", **thing("长" * 40, "Policy"))
    data = data_of(page(graph, load(), title="t"))
    assert data["nodes"][0]["label"] == "长" * 13 + "…"
    assert data["entities"][0]["label"] == "长" * 40


def test_a_limit_keeps_the_most_linked_and_counts_what_it_left() -> None:
    data = data_of(page(small(), load(), title="t", limit=2))
    assert {e["label"] for e in data["entities"]} == {"蓉芯微电子公司", "芯片基地项目"}
    assert data["left"] == {"entities": 2, "facts": 2, "around": "", "bare": 1}


def test_a_neighbourhood_is_two_links_wide() -> None:
    graph = nx.MultiDiGraph()
    for i in range(6):
        graph.add_node(f"n{i}", **thing(f"甲{i}", "Organisation"))
        if i:
            graph.add_edge(f"n{i}", f"n{i - 1}", **claim("cooperatesWith"))
    data = data_of(page(graph, load(), title="t", around="n1"))
    assert [e["label"] for e in data["entities"]] == ["甲0", "甲1", "甲2", "甲3"]
    assert data["entities"][data["around"]]["label"] == "甲1"
    assert data["left"]["entities"] == 2


def test_a_wrong_node_or_limit_is_named() -> None:
    with pytest.raises(QueryError, match=r"district/9 is no entity.*district/2"):
        page(small(), load(), title="t", around=BASE + "district/9")
    with pytest.raises(QueryError, match="limit is 0"):
        page(small(), load(), title="t", limit=0)


def test_no_element_points_outside_the_page() -> None:
    text = page(hostile(), load(), title="t")
    markup = re.sub(r"(<script[^>]*>).*?(</script>)", r"\1\2", text, flags=re.S)
    assert markup.count("<script") == 4
    assert not re.search(r"https?:|\ssrc=|url\(|@import", markup)
    assert "sourceMappingURL" not in text


def test_the_same_bytes_for_every_hash_seed_and_order() -> None:
    script = (
        "import sys\n"
        "from hashlib import sha256\n"
        "from kg.ontology import load\n"
        "from kg.publish.page.view import page\n"
        "from tests.testing.graphs.grown import grown\n"
        "sys.stdout.write(sha256(page(grown(90, 130), load(), title='t').encode()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "LC_ALL": "C"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1
    turned = nx.MultiDiGraph()
    turned.add_nodes_from(reversed(list(small().nodes(data=True))))
    turned.add_edges_from(reversed(list(small().edges(data=True))))
    assert page(turned, load(), title="t") == page(small(), load(), title="t")


# What a browser makes of it


@pytest.mark.parametrize(("width", "height"), [(360, 640), (1280, 800), (3840, 2160)])
def test_the_graph_is_drawn_in_silence(
    browser: Any, tmp_path: Path, width: int, height: int
) -> None:
    path = written(tmp_path, grown_things(60, 80))
    with opened(browser, path, width, height) as seen:
        assert seen.covered() > 0.005
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
        assert seen.errors == []
        assert seen.requests == [path.as_uri()]
        assert seen.page.evaluate("document.documentElement.lang") == "zh-CN"


def test_an_empty_graph_says_so_and_draws_nothing(browser: Any, tmp_path: Path) -> None:
    with opened(browser, written(tmp_path, nx.MultiDiGraph())) as seen:
        assert seen.page.inner_text("#note") == "图中没有实体。"
        empty = seen.page.evaluate("zhengtu.network.body.nodeIndices.length")
        assert (empty, seen.covered(), seen.errors) == (0, 0, [])


@pytest.mark.parametrize("nodes", [4, FEW + 1])
def test_without_a_canvas_all_but_the_drawing_goes_on(
    browser: Any, tmp_path: Path, nodes: int
) -> None:
    graph = small()
    for i in range(4, nodes):
        graph.add_node(f"{BASE}district/x{i}", **thing(f"云澜{i}村", "District"))
    file = written(tmp_path, graph, limit=nodes)
    context = browser.new_context(offline=True)
    context.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    page, errors = context.new_page(), []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(file.resolve().as_uri())
    assert "没有画布" in page.inner_text("#note")
    page.click("#language")
    assert "no canvas" in page.inner_text("#note")
    page.fill("#search", "邹启明")
    page.keyboard.press("Enter")
    assert page.inner_text("#panel h2") == "邹启明"
    page.click("#closer")  # the card leaves it free
    page.click("#fit")
    context.close()
    assert errors == []


def test_the_keyboard_goes_on_in_the_card_that_was_searched(browser: Any, tmp_path: Path) -> None:
    with opened(browser, written(tmp_path, small())) as seen:
        seen.page.fill("#search", "芯片基地项目")
        seen.page.keyboard.press("Enter")
        assert seen.page.evaluate("document.activeElement.innerText") == "芯片基地项目"
        seen.page.keyboard.press("Tab")
        assert seen.page.evaluate("Boolean(document.activeElement.closest('#panel'))")


def test_a_label_of_any_length_leaves_room_for_its_facts(browser: Any, tmp_path: Path) -> None:
    graph, node = small(), BASE + "project/3"
    graph.nodes[node]["label"] = "云" * 5000
    with opened(browser, written(tmp_path, graph, around=node)) as seen:
        head, panel = (seen.page.locator(s).bounding_box() for s in ("#panel h2", "#panel"))
        assert head["height"] < panel["height"] / 2


def test_hostile_text_stays_text(browser: Any, tmp_path: Path) -> None:
    with opened(browser, written(tmp_path, hostile(), title=HOSTILE)) as seen:
        seen.page.fill("#search", "window.fired")
        seen.page.keyboard.press("Enter")
        seen.page.locator("#panel").wait_for()
        assert "<script>window.fired=1</script>" in seen.page.inner_text("#panel")
        for fact in (0, 1):
            seen.page.mouse.move(*seen.to_edge(fact))
            seen.page.mouse.click(*seen.to_edge(fact))
            assert "<img src=x" in seen.page.inner_text("#panel blockquote")
            seen.page.locator("#panel .document").click()
            assert "<img src=x" in seen.page.inner_text("#reader .text")
            seen.page.keyboard.press("Escape")
        seen.page.click("#language")
        assert seen.page.title().startswith("<script>")
        assert seen.page.evaluate("window.fired") is None
        assert (seen.errors, len(seen.requests)) == ([], 1)


def test_the_hostile_text_would_run_if_it_were_markup(browser: Any, tmp_path: Path) -> None:
    # The control of the test before: without escaping, the same text does fire.
    control = tmp_path / "control.html"
    control.write_text(f"<!DOCTYPE html><body>{HOSTILE}</body>", encoding="utf-8")
    with opened(browser, control) as seen:
        assert seen.page.evaluate("window.fired") == 1


def test_the_policy_forbids_scripts_and_addresses(browser: Any, tmp_path: Path) -> None:
    with opened(browser, written(tmp_path, small())) as seen:
        blocked = seen.page.evaluate(
            """async () => {
              const blocked = [];
              document.addEventListener('securitypolicyviolation',
                event => blocked.push(event.effectiveDirective));
              new Image().src = 'http://127.0.0.1:9/a.png';
              await fetch('http://127.0.0.1:9/').catch(() => null);
              const script = document.createElement('script');
              script.textContent = 'window.fired = 1';
              document.body.append(script);
              await new Promise(done => setTimeout(done, 200));
              return [blocked.sort(), window.fired];
            }"""
        )
        assert blocked == [["connect-src", "img-src", "script-src-elem"], None]


def test_the_legend_hides_and_shows_a_class(browser: Any, tmp_path: Path) -> None:
    visible = "Object.values(zhengtu.network.body.nodes).filter(n => !n.options.hidden).length"
    lines = "Object.values(zhengtu.network.body.edges).filter(e => !e.options.hidden).length"
    with opened(browser, written(tmp_path, small())) as seen:
        chip = seen.page.get_by_role("button", name="项目 1")
        before = seen.covered()
        assert (seen.page.evaluate(visible), seen.page.evaluate(lines)) == (4, 4)
        chip.focus()
        seen.page.keyboard.press("Enter")
        assert (seen.page.evaluate(visible), seen.page.evaluate(lines)) == (3, 0)
        assert chip.get_attribute("aria-pressed") == "false"
        assert seen.covered() < before
        assert seen.page.evaluate("document.activeElement.dataset.type") == "Project"
        seen.page.keyboard.press("Enter")
        assert (seen.page.evaluate(visible), seen.page.evaluate(lines)) == (4, 4)


def test_the_filter_hides_a_relation(browser: Any, tmp_path: Path) -> None:
    lines = "Object.values(zhengtu.network.body.edges).filter(e => !e.options.hidden).length"
    with opened(browser, written(tmp_path, small())) as seen:
        seen.page.click("#filter summary")
        seen.page.locator("#filter").get_by_label("签约").uncheck()
        assert seen.page.evaluate(lines) == 2
        assert seen.page.inner_text("#chosen") == "2/3"
        seen.page.click("#none")
        assert seen.page.evaluate(lines) == 0
        seen.page.click("#all")
        assert seen.page.evaluate(lines) == 4


def test_search_finds_an_alias_and_goes_there(browser: Any, tmp_path: Path) -> None:
    with opened(browser, written(tmp_path, small())) as seen:
        seen.page.keyboard.press("/")
        seen.page.keyboard.type("蓉芯微")
        assert "蓉芯微电子公司" in seen.page.inner_text("#hits")
        seen.page.keyboard.press("Enter")
        assert seen.page.inner_text("#panel h2") == "蓉芯微电子公司"
        assert "蓉芯微" in seen.page.inner_text("#panel .names")
        node = seen.page.evaluate("zhengtu.network.getSelectedNodes()[0]")
        x, _ = seen.page.evaluate(
            "id => { const at = zhengtu.network.canvasToDOM(zhengtu.network.getPosition(id));"
            "return [at.x, at.y]; }",
            node,
        )
        assert 300 < x < 600  # the middle of what the panel leaves free
        seen.page.fill("#search", "无此名")
        until(seen.page, "document.getElementById('hits').innerText === '没有找到'")


def test_an_edge_shows_its_quotation_with_the_names_marked(browser: Any, tmp_path: Path) -> None:
    path = written(tmp_path, small())
    facts = data_of(path.read_text(encoding="utf-8"))["facts"]
    labels = {i: e["label"] for i, e in enumerate(data_of(path.read_text("utf-8"))["entities"])}
    wanted = next(i for i, f in enumerate(facts) if labels[f["s"]] == "成都高新区")
    with opened(browser, path) as seen:
        seen.page.mouse.move(*seen.to_edge(wanted))
        tip = seen.page.locator("#tip")
        tip.wait_for()
        for shown in ("成都高新区 签约 芯片基地项目", "拟投资42亿元", "n01.txt", "signs.verb"):
            assert shown in tip.inner_text()
        seen.page.mouse.click(*seen.to_edge(wanted))
        quote = seen.page.locator("#panel blockquote")
        assert quote.inner_text() == QUOTE.replace("\n", "")
        assert quote.locator("mark").all_inner_texts() == ["成都高新区", "芯片基地项目"]
        lines = seen.page.locator("#panel .source").all_inner_texts()
        assert lines == ["n01.txt", "规则提出：“签约”规则（signs.verb）", "置信度 0.9，很可能"]
        seen.page.keyboard.press("Escape")
        assert not seen.page.locator("#panel").is_visible()


@pytest.mark.parametrize(
    ("rule", "confidence", "zh", "en"),
    [
        (
            "signs.verb",
            0.8,
            ["规则提出：“签约”规则（signs.verb）", "置信度 0.8，可能"],
            ["proposed by the rule of “signs” (signs.verb)", "confidence 0.8, likely"],
        ),
        (
            "reader@a3bf282c3426",
            0.55,
            ["模型提出，没有规则提出它", "置信度 0.55，存疑"],
            ["proposed by the network, and by no rule", "confidence 0.55, doubtful"],
        ),
        (
            "review",
            1,
            ["人工添加", "置信度 1，很可能"],
            ["added by people", "confidence 1, very likely"],
        ),
        ("", None, [], []),
    ],
)
def test_a_claim_tells_who_proposed_it_and_how_sure_it_is_in_both_languages(
    browser: Any,
    tmp_path: Path,
    rule: str,
    confidence: float | None,
    zh: list[str],
    en: list[str],
) -> None:
    graph = nx.MultiDiGraph()
    one, other = BASE + "organisation/1", BASE + "project/3"
    graph.add_node(one, **thing("蓉芯微电子公司", "Organisation"))
    graph.add_node(other, **thing("芯片基地项目", "Project"))
    graph.add_edge(one, other, **claim("signs", rule=rule, confidence=confidence))
    with opened(browser, written(tmp_path, graph, around=one)) as seen:
        told = seen.page.locator("#panel .basis")
        assert told.all_inner_texts() == zh
        seen.page.click("#language")
        assert told.all_inner_texts() == en


def test_a_node_shows_values_facts_and_where_reference_data_come_from(
    browser: Any, tmp_path: Path
) -> None:
    with opened(browser, written(tmp_path, small(), around=BASE + "project/3")) as seen:
        text = seen.page.inner_text("#panel")
        for shown in (
            "芯片基地项目",
            "投资额",
            "42亿元",
            "签约方",
            "区划代码 2024",
            "再投10亿元。",
        ):
            assert shown in text
        seen.page.locator("#panel .thing", has_text="成都高新区").first.click()
        assert seen.page.inner_text("#panel h2") == "成都高新区"
        assert seen.page.evaluate("document.activeElement.tagName") == "H2"


TEXT = f"𠮷林日报\n\n本报讯{QUOTE}\n再投10亿元。此外无事。"


def with_text(text: str = TEXT) -> nx.MultiDiGraph:
    """The small graph with its document: a character outside the basic plane, two sentences."""
    graph = small()
    graph.graph["documents"] = {"n01.txt": text, "other.txt": "没有引用的文档。"}
    for *_, known in graph.edges(data=True):
        if known["document"]:
            known["start"] = text.index(known["quote"])
            known["end"] = known["start"] + len(known["quote"])
    node = graph.nodes[BASE + "project/3"]
    row = node["attributes"][0]
    node["attributes"] = ((*row, text.index(row[2]), text.index(row[2]) + len(row[2])),)
    return graph


def test_only_texts_that_are_quoted_come_along() -> None:
    assert list(data_of(page(with_text(), load(), title="t"))["documents"]) == ["n01.txt"]
    alone = page(with_text(), load(), title="t", around=BASE + "person/4")
    assert data_of(alone)["documents"] == {}


def test_a_page_carries_no_more_text_than_it_can(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.publish.page.view.TEXTS", 10)
    assert data_of(page(with_text(), load(), title="t"))["documents"] == {}


def test_a_fact_opens_its_sentence_in_the_document(browser: Any, tmp_path: Path) -> None:
    with opened(browser, written(tmp_path, with_text(), around=BASE + "organisation/1")) as seen:
        fact = seen.page.locator("#panel .fact", has_text="签约").first
        fact.locator(".document").first.click()
        reader = seen.page.locator("#reader")
        assert reader.locator("h2").inner_text() == "n01.txt"
        assert reader.locator(".text").inner_text() == TEXT
        assert "".join(reader.locator(".here").all_text_contents()) == QUOTE
        assert reader.locator(".here mark").first.text_content() == "蓉芯微"
        inside = (
            "e => e.getBoundingClientRect().top > 0 && e.getBoundingClientRect().top < innerHeight"
        )
        assert reader.locator(".here").first.evaluate(inside)
        # Another sentence that says something leads to its fact.
        assert reader.locator(".said").all_text_contents() == ["再投10亿元。"]
        reader.locator(".said").click()
        assert reader.locator(".here").text_content() == "再投10亿元。"
        assert seen.page.locator("#panel h2").inner_text() == "投资"
        seen.page.keyboard.press("Escape")
        assert not reader.is_visible()
        assert seen.page.locator("#panel").is_visible()
        assert seen.errors == []


def test_a_value_opens_its_sentence_too(browser: Any, tmp_path: Path) -> None:
    with opened(browser, written(tmp_path, with_text(), around=BASE + "project/3")) as seen:
        seen.page.locator("#panel .document").first.click()
        here = seen.page.locator("#reader .here")
        assert "".join(here.all_text_contents()) == "拟投资42亿元"
        assert here.locator("mark.object").text_content() == "42亿元"
        seen.page.click("#language")
        assert seen.page.locator("#reader .kind").inner_text().startswith("Facts of this document")
        seen.page.locator("#reader .close").click()
        assert not seen.page.locator("#reader").is_visible()


def test_a_document_that_is_not_there_is_no_link(browser: Any, tmp_path: Path) -> None:
    with opened(browser, written(tmp_path, small(), around=BASE + "project/3")) as seen:
        assert "n01.txt" in seen.page.inner_text("#panel")
        assert seen.page.locator("#panel .document").count() == 0


def test_what_the_limit_left_out_is_said(browser: Any, tmp_path: Path) -> None:
    with opened(browser, written(tmp_path, small(), limit=3)) as seen:
        note = seen.page.inner_text("#note")
        assert "本页有 3 个实体（内容最多者优先）；另有 1 个实体、0 条关系不在图中" in note
        seen.page.click("#language")
        assert "Found by search: entities 1, relations 0" in seen.page.inner_text("#note")


def test_every_text_stands_out_from_its_ground(browser: Any, tmp_path: Path) -> None:
    with opened(browser, written(tmp_path, small(), around=BASE + "project/3", limit=2)) as seen:
        seen.page.click("#filter summary")
        assert seen.page.evaluate(FAINT) == []


def grown_things(nodes: int, links: int) -> nx.MultiDiGraph:
    kinds, relations = list(load().classes), list(load().relations)
    graph = nx.MultiDiGraph()
    for i, node in enumerate(grown(nodes, links)):
        graph.add_node(node, **thing(f"实体名称{i}号", kinds[i % len(kinds)]))
    for i, (one, other) in enumerate(grown(nodes, links).edges()):
        graph.add_edge(one, other, **claim(relations[i % len(relations)]))
    return graph


def test_a_thousand_nodes_are_written_and_drawn(browser: Any, tmp_path: Path) -> None:
    path = written(tmp_path, grown_things(1000, 2000))
    with opened(browser, path) as seen:
        before = seen.covered()
        assert before > 0.02
        seen.page.locator(".chip").first.click()
        assert 0 < seen.covered() < before
        assert seen.errors == []


def test_the_card_lists_the_posts_of_a_person_and_those_at_a_body(
    browser: Any, tmp_path: Path
) -> None:
    graph = small()
    who, body = BASE + "person/4", BASE + "organisation/1"
    graph.nodes[who]["posts"] = (
        ("", "某协会", BASE + "organisation/9", "", "", "yes"),
        ("董事长", "蓉芯微电子公司", body, "former"),
    )
    graph.nodes[body]["posts"] = (("董事长", "邹启明", who, "former"),)
    file = tmp_path / "page.html"
    file.write_text(page(graph, load(), title="试"), encoding="utf-8")
    with opened(browser, file.as_uri() + "#node=" + who) as seen:
        lines = seen.page.locator("#panel .post")
        assert [line.split() for line in lines.all_inner_texts()] == [
            ["某协会", "存疑"],
            ["董事长", "蓉芯微电子公司", "曾任"],
        ]
        lines.locator(".thing").click()
        assert seen.page.inner_text("#panel h2") == "蓉芯微电子公司"
        assert lines.all_inner_texts()[0].split() == ["董事长", "邹启明", "曾任"]
