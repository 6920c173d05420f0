"""What the pages of questions and queries make of an answer: names, graphs, links."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx2
import pytest

from tests.conftest import kg
from tests.testing.browser.chromium import Opened, opened, until
from tests.testing.servers.server import Server, serving

SPACE = "https://w3id.org/zhengtu/ontology#"
MANY = 10_000
LONG = "云澜市江畔区产业园" * 500


@pytest.fixture(scope="module")
def server(graph_of_examples: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of a graph with 10,000 things more, one of them with a very long name."""
    work = tmp_path_factory.mktemp("answers")
    shutil.copytree(graph_of_examples, work / "graph")
    label = "<http://www.w3.org/2000/01/rdf-schema#label>"
    lines = [
        f'<urn:thing:{i}> {label} "甲某{i}号"@zh ; <urn:size> {i % 977 - 100} .'
        for i in range(MANY)
    ]
    lines.append(f'<urn:long> {label} "{LONG}"@zh ; <urn:long> "{LONG}" .')
    (work / "many.ttl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert kg("import", work / "many.ttl", "-d", work / "graph").returncode == 0
    with serving(work / "graph", "--timeout", "60") as running:
        yield running


@contextmanager
def at(browser: Any, server: Server, path: str, **more: int) -> Iterator[Opened]:
    with opened(browser, server.address + path, **more) as seen:
        seen.page.wait_for_selector("#form h2")
        yield seen


def asked(query: str) -> str:
    return "/query?query=" + quote(query)


def rows_are_told(seen: Opened) -> None:
    until(
        seen.page,
        "() => /秒|rows? in/.test(document.getElementById('status').textContent)",
        seconds=120,  # long queries give way to others, on a busy machine for long
    )


def test_iris_are_shown_by_their_labels_and_lead_on(browser: Any, server: Server) -> None:
    query = """SELECT ?p ?class ?claim ?source ?web {
      ?claim a kg:Claim ; rdf:subject ?p ; prov:wasDerivedFrom ?source . ?p a ?class .
      BIND(<http://example.org/page> AS ?web)
    } ORDER BY ?p ?class ?claim LIMIT 1"""
    (row,) = httpx2.get(server.sparql, params={"query": query}).json()["results"]["bindings"]
    with at(browser, server, asked(query)) as seen:
        rows_are_told(seen)
        cells = seen.page.locator("tbody td")
        thing, kind, claim, source, web = (cells.nth(i) for i in range(5))
        assert not thing.inner_text().startswith("http")
        iri = row["p"]["value"]
        assert thing.locator("a").get_attribute("href") == "/#" + quote(iri, safe="")
        assert thing.locator("a").get_attribute("title") == iri
        short = "kg:" + row["class"]["value"].removeprefix(SPACE)
        assert kind.locator("small").inner_text().strip() == short
        assert kind.inner_text().strip() != short
        assert re.search(r"\.(txt|html|md|pdf|docx)$", source.inner_text())
        where = source.locator("a").get_attribute("href")
        assert where == "/#document=" + quote(source.inner_text(), safe="")
        assert web.locator("a").get_attribute("rel") == "noreferrer noopener"
        # A claim has no name and no place in the graph; it is described.
        claim.locator("a").click()
        seen.page.wait_for_selector("pre")
        assert "kg:Claim" in seen.page.locator("pre").inner_text()
        assert seen.errors == []


def test_names_in_an_answer_lead_to_what_bears_them_alone(browser: Any, server: Server) -> None:
    with at(browser, server, "/ask/about?entity=" + quote("合肥市")) as seen:
        rows_are_told(seen)
        link = seen.page.locator("tbody a", has_text=re.compile("^安徽省$")).first
        link.click()
        seen.page.wait_for_selector("#panel h2")
        assert seen.page.locator("#panel h2").inner_text() == "安徽省"
        seen.page.go_back()
        rows_are_told(seen)
        # A document opens beside the graph.
        link = seen.page.locator("tbody a[href^='/#document=']:not(.sentence)").first
        name = link.inner_text()
        link.click()
        seen.page.wait_for_selector("#reader:not([hidden])")
        assert name in seen.page.locator("#reader").inner_text()
        assert seen.errors == []


def test_a_column_sorts_by_what_it_shows(browser: Any, server: Server) -> None:
    query = "SELECT ?s { ?s a kg:District } ORDER BY ?s"
    with at(browser, server, asked(query)) as seen:
        rows_are_told(seen)
        before = seen.page.locator("tbody td").all_inner_texts()
        seen.page.click("th")
        seen.page.wait_for_selector("th[aria-sort=ascending]")
        after = seen.page.locator("tbody td").all_inner_texts()
        order = "texts => texts.sort(new Intl.Collator('zh-CN', {numeric: true}).compare)"
        assert after != before
        assert after == seen.page.evaluate(order, before)


@pytest.mark.parametrize(
    "path",
    [
        "/ask/about?entity=" + quote("合肥市"),
        asked("SELECT ?s ?o { ?s kg:partOf ?o } ORDER BY ?s LIMIT 30"),
        asked("CONSTRUCT { ?s kg:partOf ?o } { ?s kg:partOf ?o ; rdfs:label '合肥市'@zh }"),
        asked("DESCRIBE ?s { ?s rdfs:label '合肥市'@zh }"),
    ],
)
def test_an_answer_is_drawn_as_a_graph(browser: Any, server: Server, path: str) -> None:
    with at(browser, server, path) as seen:
        rows_are_told(seen)
        seen.page.get_by_role("link", name="看图").click()
        seen.page.wait_for_selector("#graph canvas")
        labels = seen.page.evaluate("zhengtu.data.entities.map(e => e.label)")
        assert "合肥市" in labels
        assert 1 < len(labels) < 70
        assert seen.covered() > 0.002
        assert seen.errors == []
        seen.page.go_back()
        rows_are_told(seen)


def test_only_what_has_entities_is_offered_as_a_graph(browser: Any, server: Server) -> None:
    with at(browser, server, asked("SELECT ?s ?n { ?s <urn:size> ?n } LIMIT 3")) as seen:
        rows_are_told(seen)
        # Imported things have names, but the extracted graph does not draw them.
        assert seen.page.locator("tbody td").first.inner_text().startswith("甲某")
        assert seen.page.get_by_role("link", name="看图").count() == 0


@pytest.mark.parametrize(
    ("given", "status", "said"),
    [
        ({"query": "SELECT ?n { ?s kg:mentions ?n }"}, 400, "no entity"),
        ({"query": "SELECT nonsense"}, 400, "line 1"),
        ({"question": "nonsense"}, 400, "no question"),
        ({"question": "about"}, 400, "needs entity"),
        ({"query": " "}, 400, "send one"),
        ({}, 400, "send one"),
        ({"query": "ASK {}", "question": "counts"}, 400, "send one"),
        ({"query": "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"}, 400, "SERVICE"),
    ],
)
def test_what_cannot_be_drawn_is_told(
    server: Server, given: dict[str, str], status: int, said: str
) -> None:
    answer = httpx2.get(f"{server.address}/graph", params=given)
    assert (answer.status_code, said in answer.text) == (status, True)
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


def test_a_graph_of_an_answer_keeps_to_the_limits_of_a_query(graph_of_examples: Path) -> None:
    cross = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    with serving(graph_of_examples, "--timeout", "2") as server:
        answer = httpx2.get(f"{server.address}/graph", params={"query": cross}, timeout=600)
        assert answer.status_code == 504
        assert httpx2.get(server.sparql, params={"query": "ASK {}"}).status_code == 200


def test_a_graph_of_an_answer_has_the_policy_of_a_graph_page(server: Server) -> None:
    answer = httpx2.get(f"{server.address}/graph", params={"question": "systems"}, timeout=600)
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert re.search(r"script-src 'sha256-", policy)
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


def test_an_unknown_question_is_told_with_the_list(browser: Any, server: Server) -> None:
    assert httpx2.get(f"{server.address}/ask/nosuch").status_code == 404
    assert httpx2.get(f"{server.address}/ask/counts").status_code == 200
    with at(browser, server, "/ask/nosuch") as seen:
        seen.page.wait_for_selector(".status.wrong")
        assert "“nosuch”" in seen.page.locator("#status").inner_text()
        assert seen.page.locator("#go").count() == 0
        assert seen.page.locator(".questions [aria-current]").count() == 0
        seen.page.click("#language")
        assert "no question called “nosuch”" in seen.page.locator("#status").inner_text()
        seen.page.locator(".questions a").first.click()
        seen.page.wait_for_selector("#go")
        seen.page.go_back()
        seen.page.wait_for_selector(".status.wrong")


def test_the_language_of_a_page_is_declared(browser: Any, server: Server) -> None:
    lang = "document.documentElement.lang"
    with at(browser, server, "/ask/counts") as seen:
        assert seen.page.evaluate(lang) == "zh-CN"
        seen.page.click("#language")
        assert seen.page.evaluate(lang) == "en"
        # What the graph holds stays Chinese.
        assert seen.page.locator("#answer").get_attribute("lang") == "zh-CN"
        seen.page.goto(f"{server.address}/graph?question=systems")
        seen.page.wait_for_selector("#graph canvas")
        assert seen.page.evaluate(lang) == "en"
        assert seen.page.title() == "systems by developer"
        assert seen.page.locator("#title").inner_text() == "systems by developer"
        seen.page.click("#language")
        assert seen.page.title() == "谁建设了哪些系统"
        # From a part of the graph its name leads to the whole.
        assert seen.page.locator("#brand").get_attribute("href") == "/"


def test_the_address_is_copied(browser: Any, server: Server) -> None:
    with at(browser, server, "/ask/investments?minimum=2e9") as seen:
        rows_are_told(seen)
        seen.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        seen.page.get_by_role("button", name="复制链接").click()
        seen.page.get_by_role("button", name="已复制").wait_for()
        assert seen.page.evaluate("navigator.clipboard.readText()") == seen.page.url


def test_ten_thousand_rows_are_shown_and_sorted(browser: Any, server: Server) -> None:
    query = "SELECT ?s ?n { ?s <urn:size> ?n } ORDER BY ?s"
    with at(browser, server, asked(query)) as seen:
        rows_are_told(seen)
        assert str(MANY) in seen.page.locator("#status").inner_text()
        assert seen.page.locator("tbody tr").count() == 500
        seen.page.click("th")
        seen.page.wait_for_selector("th[aria-sort=ascending]")
        names = seen.page.locator("tbody td:first-child").all_inner_texts()
        assert names == [f"甲某{i}号" for i in range(500)]
        seen.page.locator("#answer button").click()
        until(seen.page, "() => document.querySelectorAll('tbody tr').length === 1000")
        assert seen.errors == []


@pytest.mark.parametrize("width", [360, 1440, 3840])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_answer_makes_a_page_wider_than_its_window(
    browser: Any, server: Server, width: int, language: str
) -> None:
    height = {360: 740, 1440: 900, 3840: 2160}[width]
    paths = [
        asked("SELECT ?s ?text { ?s <urn:long> ?text }"),
        asked("SELECT ?s ?n { ?s kg:mentions ?n } ORDER BY DESC(?n) LIMIT 200") + "#chart",
        asked(f"SELECT ?s {{ ?s rdfs:label '{'没有的名字' * 300}' }}"),
        asked("SELECT (1 AS"),
        asked("DESCRIBE <urn:long>"),
        "/ask/about?entity=" + quote("没有这个名字的机构" * 40),
        "/ask/events",
    ]
    with at(browser, server, "/ask/nosuch", width=width, height=height) as seen:
        seen.page.evaluate("language => localStorage.setItem('language', language)", language)
        for path in paths:
            seen.page.goto(server.address + path)
            until(
                seen.page,
                """() => /[0-9] 秒|in [0-9.]+ s|没有|Nothing|line|第 1 行/
                  .test(document.getElementById('status').textContent)
                  || document.querySelector('.field.bad')""",
            )
            assert seen.page.evaluate("document.documentElement.scrollWidth") <= width, path
            assert seen.page.evaluate("document.body.scrollWidth") <= width, path
            # What is wider than the window scrolls in a box of its own.
            boxes = seen.page.evaluate(
                "['form', 'status', 'views'].map(id => document.getElementById(id).scrollWidth)"
            )
            assert max(boxes) <= width, path


def test_a_very_long_text_goes_on_when_asked(browser: Any, server: Server) -> None:
    with at(browser, server, asked("SELECT ?text { ?s <urn:long> ?text }")) as seen:
        rows_are_told(seen)
        cell = seen.page.locator("tbody td")
        assert len(cell.inner_text()) < 120
        cell.get_by_role("button", name=f"还有 {len(LONG) - 80} 字").click()
        assert cell.inner_text() == LONG


def test_a_refusal_is_told_in_chinese_with_its_place(browser: Any, server: Server) -> None:
    with at(browser, server, asked("ASK {\n ?s ?p }")) as seen:
        seen.page.wait_for_selector(".status.wrong")
        said = seen.page.locator("#status").inner_text()
        assert said.startswith("这里不应出现 '}'：第 2 行第 8 列\n")
        seen.page.route(
            "**/sparql",
            lambda route: route.fulfill(
                status=504, headers={"Zhengtu-Error": "time"}, body="查询超过 5 秒，已停止"
            ),
        )
        seen.page.click("#go")
        seen.page.get_by_text("查询超过 5 秒，已停止").wait_for()
        seen.page.click("#language")
        seen.page.click("#go")
        until(
            seen.page,
            "() => document.getElementById('status').textContent === '查询超过 5 秒，已停止'",
        )


def test_a_name_that_sparql_must_escape_is_looked_up(browser: Any, server: Server) -> None:
    odd = 'a"b\\c\nd\te'
    query = f"SELECT (STRLANG({json.dumps(odd)}, 'zh') AS ?name) {{}}"
    with at(browser, server, asked(query)) as seen:
        rows_are_told(seen)
        assert seen.page.locator("tbody td").evaluate_all("all => all[0].textContent") == odd
        assert seen.errors == []
