"""What stands beside the graph, in a real browser: the overview, the documents, one to read."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

import httpx2
import pytest

from kg.base.records import Knowledge, NamedPlace
from kg.ontology import load
from kg.publish.page.overview import WholeGraph
from kg.publish.page.view import page as written_page
from kg.store.folder import Store
from kg.store.rdf.triples import triples
from tests.testing.browser.chromium import opened, until
from tests.testing.graphs.builders import BASE, entity, fact, hostile, source
from tests.testing.graphs.towns import CITY, COMPANY, NOTE, PLANT, TEXT, ZONE, drawn, told
from tests.testing.servers.server import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SEEN = "Object.values(zhengtu.network.body.nodes).filter(n => !n.options.hidden).length"
FIRST = "a/云澜.txt"


def page(folder: Path, whole: Knowledge | None = None, **more: Any) -> Path:
    given = whole or told()
    troubles = more.pop("troubles", {})
    path = folder / "graph.html"
    text = written_page(
        drawn(given), load(), title="试验", whole=WholeGraph(given, troubles), **more
    )
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def part(seen: Any, name: str) -> Any:
    return seen.page.locator(f"[data-told={name}]")


# The overview


def test_the_overview_tells_what_there_is(browser: Any, tmp_path: Path) -> None:
    troubles = {"skipped": [["坏.pdf", "is damaged"]], "violations": [[FIRST, "no title"]]}
    with opened(browser, page(tmp_path, troubles=troubles)) as seen:
        assert "项目\n2" in part(seen, "classesTold").inner_text()
        assert "位于\n3" in part(seen, "relations").inner_text()
        assert "江畔港项目" in part(seen, "largest").inner_text()
        assert "8.5亿元" in part(seen, "largest").inner_text()
        assert "2 篇有日期：2023-12 – 2024-03-06" in part(seen, "documents").inner_text()
        assert "2024-03-06" in part(seen, "newest").inner_text()
        assert "32亿元" in part(seen, "contradictions").inner_text()
        assert "0.5" in part(seen, "unsure").inner_text()
        assert "坏.pdf" in part(seen, "skipped").inner_text()
        part(seen, "violations").locator("button").click()
        assert seen.page.inner_text("#reader h2") == FIRST
        seen.page.click("#language")
        assert "Largest: Project by investment" in part(seen, "largest").inner_text()
        assert "3.2 billion yuan" in part(seen, "largest").inner_text()
        assert seen.errors == []


@pytest.mark.parametrize("width", [360, 1440])
def test_no_word_of_the_overview_is_cut_in_english(
    browser: Any, tmp_path: Path, width: int
) -> None:
    whole = told()
    firm, other = (entity("Organisation", name) for name in ("甲某公司", "乙某公司"))
    document = source("丙.txt", "甲某公司与乙某公司合作。")
    said = fact(firm, "cooperatesWith", other, "甲某公司与乙某公司合作", document=document)
    facts = tuple(sorted((*whole.facts, said), key=lambda f: f.id))
    entities = tuple(sorted((*whole.entities, firm, other), key=lambda e: e.id))
    more = replace(whole, sources=(*whole.sources, document), entities=entities, facts=facts)
    with opened(browser, page(tmp_path, more), width=width) as seen:
        seen.page.click("#language")
        if width < 1100:
            seen.page.click("#beside")
        words = seen.page.locator(".bar-line .what")
        assert "cooperates with" in words.all_inner_texts()
        cut = words.evaluate_all("all => all.filter(e => e.scrollWidth > e.clientWidth).length")
        assert cut == 0
        heads = seen.page.locator(".place.head .count span:last-child").all_inner_texts()
        assert "Project" in heads


def test_a_count_leaves_only_its_kind_and_again_all(browser: Any, tmp_path: Path) -> None:
    with opened(browser, page(tmp_path)) as seen:
        bar = part(seen, "classesTold").locator("[data-kind=Project]")
        bar.click()
        assert seen.page.evaluate(SEEN) == 2
        assert bar.get_attribute("aria-pressed") == "true"
        assert "不含类别" in seen.page.inner_text("#filtered")
        bar.click()
        assert seen.page.evaluate(SEEN) == 8
        bar.click()
        seen.page.click("#filtered .kept")
        assert bar.get_attribute("aria-pressed") == "false"
        part(seen, "relations").locator("[data-kind=invests]").click()
        lines = "zhengtu.network.body.data.edges.get({filter: e => !e.hidden}).length"
        assert seen.page.evaluate(lines) == 1


def test_the_tree_of_districts_opens_and_leads_to_a_place(browser: Any, tmp_path: Path) -> None:
    with opened(browser, page(tmp_path)) as seen:
        tree = part(seen, "districts").locator("[role=tree]")
        assert tree.locator("[role=treeitem]").count() == 2
        first = tree.locator("[role=treeitem]").first
        assert first.get_attribute("aria-label") == "云岭省，项目 2，活动 1"
        assert "省级" in first.inner_text()
        first.focus()
        for key in ("ArrowRight", "ArrowDown", "ArrowRight", "ArrowDown"):
            seen.page.keyboard.press(key)
        assert tree.locator("[role=treeitem]").count() == 4
        assert seen.page.evaluate("document.activeElement.innerText").startswith("江畔新区")
        seen.page.keyboard.press("Enter")
        assert "江畔新区" in seen.page.inner_text("#filtered .kept")
        assert tree.locator("[aria-selected=true]").count() == 1
        assert seen.page.evaluate(SEEN) < 8
        seen.page.keyboard.press("Enter")
        assert seen.page.locator("#filtered").is_hidden()
        assert seen.page.evaluate(SEEN) == 8
        tree.locator(".twist").nth(0).click()
        assert tree.locator("[role=treeitem]").count() == 2
        assert seen.errors == []


def test_the_largest_project_leads_to_its_card_and_its_sentence(
    browser: Any, tmp_path: Path
) -> None:
    with opened(browser, page(tmp_path)) as seen:
        line = part(seen, "largest").locator("li").first
        line.locator(".thing").first.click()
        assert seen.page.inner_text("#panel h2") == "储能工厂项目"
        line.locator(".quote").click()
        assert seen.page.inner_text("#reader h2") == FIRST
        here = seen.page.locator("#reader .here").all_text_contents()
        assert "".join(here) == "储能工厂项目投资32亿元"


def test_what_is_not_drawn_is_told_of_and_read(browser: Any, tmp_path: Path) -> None:
    with opened(browser, page(tmp_path, limit=2)) as seen:
        bar = part(seen, "classesTold").locator("[data-kind=Organisation]")
        assert "1" in bar.inner_text()
        assert bar.is_disabled()
        part(seen, "newest").locator(".plain").click()
        part(seen, "newest").get_by_text("云澜博览会", exact=True).first.click()
        assert seen.page.inner_text("#panel h2") == "云澜博览会"
        assert "没有画出" in seen.page.inner_text("#panel")
        seen.page.click("#panel .document")
        assert seen.page.inner_text("#reader h2") == FIRST
        claims = seen.page.locator("#reader .claims li")
        assert claims.count() == 12
        claims.filter(has_text="甲某科技有限公司").first.locator("button").click()
        assert seen.page.locator("#reader .here").count() > 0
        assert seen.errors == []


# The column


def test_the_column_stands_behind_a_button_where_there_is_little_room(
    browser: Any, tmp_path: Path
) -> None:
    file = page(tmp_path)
    with opened(browser, file, 360, 740) as seen:
        assert seen.page.locator("#side").is_hidden()
        seen.page.click("#beside")
        assert seen.page.locator("#side").bounding_box()["width"] == 360
        assert seen.page.evaluate("document.documentElement.scrollWidth") == 360
        part(seen, "largest").locator(".thing").first.click()
        assert seen.page.locator("#side").is_hidden()
        assert seen.page.inner_text("#panel h2") == "储能工厂项目"
    with opened(browser, file) as seen:
        assert seen.page.locator("#side").is_visible()
        seen.page.click("#beside")
        assert seen.page.locator("#side").is_hidden()
        assert seen.page.url.endswith("#side=none")
        seen.page.reload()
        assert seen.page.locator("#side").is_hidden()


def test_tabs_are_chosen_by_keys_and_stand_in_the_address(browser: Any, tmp_path: Path) -> None:
    with opened(browser, page(tmp_path)) as seen:
        seen.page.focus("#tab-overview")
        seen.page.keyboard.press("ArrowRight")
        assert seen.page.evaluate("document.activeElement.id") == "tab-documents"
        assert seen.page.locator("#document-search").is_visible()
        assert seen.page.url.endswith("#side=documents")
        seen.page.reload()
        assert seen.page.locator("#document-search").is_visible()


@pytest.mark.parametrize(("width", "height"), [(360, 640), (768, 1024), (1440, 900), (3840, 2160)])
@pytest.mark.parametrize("state", ["side=overview", "side=documents", f"document={FIRST}"])
def test_every_size_has_room_for_it(
    browser: Any, tmp_path: Path, width: int, height: int, state: str
) -> None:
    with opened(browser, page(tmp_path), width, height) as seen:
        seen.page.goto(f"{seen.page.url}#{state}")
        seen.page.reload()
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
        shown = "#reader" if "document=" in state else "#side"
        assert seen.page.locator(shown).is_visible()
        assert seen.errors == []


# The documents


def test_documents_are_searched_and_sorted(browser: Any, tmp_path: Path) -> None:
    with opened(browser, page(tmp_path)) as seen:
        seen.page.click("#tab-documents")
        names = "[...document.querySelectorAll('[data-document]')].map(e => e.dataset.document)"
        assert seen.page.evaluate(names) == [FIRST, "b.txt"]
        assert "事实 12 条，实体 5 个" in seen.page.inner_text("#side")
        seen.page.select_option("#side select", "byPublisher")
        assert seen.page.evaluate(names) == [FIRST, "b.txt"]
        seen.page.select_option("#side select", "byTitle")
        assert seen.page.evaluate(names) == [FIRST, "b.txt"]
        seen.page.fill("#document-search", "短讯")
        assert seen.page.evaluate(names) == ["b.txt"]
        seen.page.fill("#document-search", "没有")
        assert "没有这样的文档" in seen.page.inner_text("#side")
        seen.page.click("#tab-overview")
        part(seen, "documents").locator(".chip").click()
        assert seen.page.evaluate(names) == [FIRST]


def test_of_thousands_of_documents_a_part_is_laid_out_at_a_time(
    browser: Any, tmp_path: Path
) -> None:
    sources = tuple(
        source(f"d/{i:04}.txt", f"第{i}篇的正文。", published=f"20{i % 25:02}-01-01")
        for i in range(3000)
    )
    with opened(browser, page(tmp_path, Knowledge(sources, (CITY,)))) as seen:
        seen.page.click("#tab-documents")
        rows = seen.page.locator("[data-document]")
        rows.first.wait_for()
        assert 0 < rows.count() < 500
        seen.page.select_option("#side select", "byDate")
        rows.filter(has_text="2024-01-01").first.wait_for()
        assert rows.first.inner_text().endswith("事实 0 条，实体 0 个")
        assert "2024-01-01" in rows.first.inner_text()
        before = rows.count()
        seen.page.evaluate("document.getElementById('side-body').scrollTop = 1e6")
        until(seen.page, f"document.querySelectorAll('[data-document]').length > {before}")
        seen.page.fill("#document-search", "2999")
        until(seen.page, "document.querySelectorAll('[data-document]').length === 1")
        rows.first.click()
        assert seen.page.inner_text("#reader .text") == "第2999篇的正文。"


# One to read


def test_a_document_has_its_names_in_the_colours_of_their_classes(
    browser: Any, tmp_path: Path
) -> None:
    with opened(browser, page(tmp_path)) as seen:
        seen.page.goto(f"{seen.page.url}#document={FIRST}")
        names = seen.page.locator("#reader .name")
        assert seen.page.inner_text("#reader .text") == TEXT
        assert names.all_text_contents() == [
            "云澜博览会", "甲某科技有限公司", "储能工厂项目", "江畔新区", "云澜市",
        ]  # fmt: skip
        colour = names.nth(1).evaluate("e => e.style.getPropertyValue('--kind')")
        assert colour == load().classes["Organisation"].colour
        assert names.nth(3).get_attribute("title") == "江畔新区 · 区划地点 · 功能区"
        seen.page.click("#reader .top .document")
        assert FIRST in seen.page.inner_text("#filtered .kept")
        names.nth(3).click()
        assert seen.page.inner_text("#panel h2") == "江畔新区"
        assert "功能区" in seen.page.inner_text("#panel .kind")
        assert seen.page.locator("#reader").is_visible()
        assert seen.errors == []


def test_claims_stand_beside_the_text_and_each_marks_the_other(
    browser: Any, tmp_path: Path
) -> None:
    with opened(browser, page(tmp_path)) as seen:
        seen.page.goto(f"{seen.page.url}#document={FIRST}")
        claims = seen.page.locator("#reader .claims button")
        texts = claims.all_inner_texts()
        amounts = [x for text in texts for x in re.findall(r"\d+亿元", text)]
        assert amounts == ["90亿元", "30亿元", "32亿元", "5亿元"]
        assert len(texts) == 12
        line = claims.filter(has_text="32亿元")
        line.hover()
        lit = seen.page.locator("#reader .text .lit").all_text_contents()
        assert "".join(lit) == "储能工厂项目投资32亿元"
        seen.page.locator("#reader .said", has_text="投资32亿元").hover()
        assert "32亿元" in seen.page.locator("#reader .claims .lit").inner_text()
        line.focus()
        seen.page.keyboard.press("Enter")
        assert "".join(seen.page.locator("#reader .here").all_text_contents()) == (
            "储能工厂项目投资32亿元"
        )
        assert seen.page.inner_text("#panel h2") == "储能工厂项目"
        assert seen.page.locator("#reader .claims .now").all_inner_texts() == [line.inner_text()]
        seen.page.locator("#reader .claims button", has_text="位于江畔新区").click()
        assert seen.page.inner_text("#panel h2") == "位于"


def test_names_in_a_text_are_reached_by_arrows(browser: Any, tmp_path: Path) -> None:
    with opened(browser, page(tmp_path)) as seen:
        seen.page.goto(f"{seen.page.url}#document={FIRST}")
        seen.page.locator("#reader .text [tabindex='0']").focus()
        words = []
        for _ in range(9):
            words.append(seen.page.evaluate("document.activeElement.textContent"))
            seen.page.keyboard.press("ArrowRight")
        assert "云澜博览会" in words
        assert "甲某科技有限公司" in words
        while seen.page.evaluate("document.activeElement.textContent") != "江畔新区":
            seen.page.keyboard.press("ArrowLeft")
        seen.page.keyboard.press("Enter")
        assert seen.page.inner_text("#panel h2") == "江畔新区"


def test_documents_follow_each_other_and_back_leads_back(browser: Any, tmp_path: Path) -> None:
    with opened(browser, page(tmp_path)) as seen:
        view = seen.page
        view.click("#tab-documents")
        view.click("[data-document='b.txt']")
        assert view.inner_text("#reader .text") == NOTE
        assert view.get_by_label("下一篇").is_disabled()
        view.get_by_label("上一篇").click()
        assert view.inner_text("#reader h2") == FIRST
        assert unquote(view.url).endswith(f"document={FIRST}")
        view.locator("#reader .claims button", has_text="32亿元").click()
        assert "at=" in view.url
        sent = view.url
        view.go_back()
        assert view.locator("#reader .here").count() == 0
        view.go_back()
        assert view.inner_text("#reader h2") == "b.txt"
        view.go_back()
        assert view.locator("#reader").is_hidden()
        view.goto("about:blank")
        view.goto(sent)
        assert view.inner_text("#reader h2") == FIRST
        here = "".join(view.locator("#reader .here").all_text_contents())
        assert here == "储能工厂项目投资32亿元"
        view.keyboard.press("Escape")
        assert view.locator("#reader").is_hidden()
        assert seen.errors == []


def test_the_reader_covers_nothing_of_what_is_chosen(browser: Any, tmp_path: Path) -> None:
    with opened(browser, page(tmp_path), 1440, 900) as seen:
        view = seen.page
        view.fill("#search", "储能工厂")
        view.keyboard.press("Enter")
        view.click("#panel .document >> nth=0")
        view.wait_for_timeout(600)
        reader = view.locator("#reader").bounding_box()
        stage = view.locator("#stage").bounding_box()
        panel = view.locator("#panel").bounding_box()
        assert reader["x"] + reader["width"] <= stage["x"] + 1
        around = view.evaluate(
            """name => {
              const {network, data} = zhengtu;
              const id = data.entities.findIndex(e => e.label === name);
              const near = [id, ...network.getConnectedNodes(id)];
              return near.map(n => network.canvasToDOM(network.getPosition(n)));
            }""",
            PLANT.name,
        )
        assert len(around) == 3
        for point in around:
            assert 0 <= point["x"] <= stage["width"]
            assert 0 <= point["y"] <= panel["y"] - stage["y"]


def test_a_text_without_room_on_the_page_is_said_to_be_elsewhere(
    browser: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.publish.page.view.TEXTS", len(TEXT))
    with opened(browser, page(tmp_path)) as seen:
        seen.page.click("#tab-documents")
        row = seen.page.locator("[data-document='b.txt']")
        assert "正文不在本页" in row.inner_text()
        row.click()
        assert "kg serve" in seen.page.inner_text("#reader .absent")
        seen.page.click("#language")
        assert "no room" in seen.page.inner_text("#reader .absent")
        assert seen.errors == []


def test_astral_characters_move_no_mark(browser: Any, tmp_path: Path) -> None:
    text = "𠮷田😀说，江畔新区建成。甲某科技有限公司位于江畔新区。"
    said = source("u.txt", text)
    named = tuple(
        NamedPlace(text.index(e.name), text.index(e.name) + len(e.name), e.id)
        for e in (ZONE, COMPANY)
    )
    words = "甲某科技有限公司位于江畔新区"
    whole = Knowledge(
        (replace(said, named_places=named),),
        tuple(sorted((ZONE, COMPANY), key=lambda e: e.id)),
        (fact(COMPANY, "locatedIn", ZONE, words, document=said),),
    )
    with opened(browser, page(tmp_path, whole)) as seen:
        seen.page.goto(f"{seen.page.url}#document=u.txt")
        assert seen.page.locator("#reader .name").all_text_contents() == [
            "江畔新区", "甲某科技有限公司",
        ]  # fmt: skip
        seen.page.click("#reader .claims button")
        assert "".join(seen.page.locator("#reader .here").all_text_contents()) == words


def test_hostile_texts_stay_texts(browser: Any, tmp_path: Path) -> None:
    bad = "<img src=x onerror='window.fired=1'><script>window.fired=1</script>"
    whole = hostile()
    (said,) = whole.sources
    thing = entity("District", bad, subtype=bad)
    named = (NamedPlace(0, 2, whole.entities[0].id), NamedPlace(2, 4, thing.id))
    more = replace(
        whole,
        sources=(
            replace(said, title=bad, publisher=bad, published="2024-01-01", named_places=named),
        ),
        entities=tuple(sorted((*whole.entities, thing), key=lambda e: e.id)),
    )
    troubles = {kind: [[bad, bad]] for kind in ("skipped", "warnings", "violations", "notes")}
    with opened(browser, page(tmp_path, more, troubles=troubles)) as seen:
        assert bad in seen.page.inner_text("#side")
        seen.page.click("#tab-documents")
        assert "onerror" in seen.page.inner_text("#side")
        seen.page.click("[data-document]")
        assert "onerror" in seen.page.inner_text("#reader .top")
        seen.page.click("#reader .claims button")
        assert seen.page.evaluate("window.fired") is None
        assert seen.errors == []
        assert len(seen.requests) == 1


# From a server


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("served")
    whole = told()
    troubles = json.dumps({"skipped": [["坏.pdf", "is damaged"]]})
    rows = triples(whole, load(), BASE)
    Store.create(folder, rows, whole.sources, meta={"base": BASE, "troubles": troubles})
    with serving(folder) as server:
        yield server.address


def test_a_server_gives_documents_when_they_are_opened(browser: Any, address: str) -> None:
    with opened(browser, address + "/") as seen:
        assert "坏.pdf" in part(seen, "skipped").inner_text()
        assert seen.page.evaluate("Object.keys(zhengtu.data.documents)") == []
        part(seen, "largest").locator(".quote").first.click()
        seen.page.wait_for_selector("#reader .here")
        assert seen.page.inner_text("#reader .text") == TEXT
        assert seen.page.locator("#reader .name").count() == 5
        assert seen.page.locator("#reader .claims li").count() == 12
        seen.page.locator("#reader .name").nth(1).click()
        assert seen.page.inner_text("#panel h2") == "甲某科技有限公司"
        assert {url.split("/")[2] for url in seen.requests} == {address.split("/")[2]}
        links = part(seen, "largest").locator("a").evaluate_all("all => all.map(a => a.href)")
        assert links == [f"{address}/ask/investments"]
        assert seen.errors == []


def test_a_document_that_cannot_be_had_is_said(browser: Any, address: str) -> None:
    with opened(browser, address + "/") as seen:
        seen.page.route("**/documents/**", lambda route: route.abort())
        seen.page.click("#tab-documents")
        seen.page.click("[data-document='b.txt']")
        seen.page.wait_for_selector("#reader .absent")
        assert "没有读到" in seen.page.inner_text("#reader .absent")
        seen.page.unroute("**/documents/**")
        seen.page.get_by_label("上一篇").click()
        seen.page.wait_for_selector("#reader .text")
        assert seen.page.inner_text("#reader .text") == TEXT


def test_documents_have_addresses(address: str) -> None:
    found = asked(f"{address}/documents/{quote(FIRST)}.json")
    assert found.headers["Content-Type"].startswith("application/json")
    assert found.json()["text"] == TEXT
    assert len(found.json()["claims"]) == 12
    for wrong in ("nix.txt", "..%2Fstore%2Fcurrent", "%00", "a%2F"):
        assert asked(f"{address}/documents/{wrong}.json").status_code == 400


def asked(address: str) -> httpx2.Response:
    return httpx2.get(address, timeout=600, trust_env=False)
