"""The pages of the server in a real browser: what an analyst sees, asks and takes along."""

from __future__ import annotations

import csv
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

from kg.ontology import load
from tests.conftest import kg
from tests.testing.browser.chromium import Opened, opened, until
from tests.testing.servers.server import Server, serving

HOSTILE = "<img src=x onerror=window.fired=1><script>window.fired=1</script>\"'`${1}&lt;"


@pytest.fixture(scope="module")
def folder(graph_of_examples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph with a thing in it that is named like markup."""
    work = tmp_path_factory.mktemp("site")
    folder = work / "graph"
    shutil.copytree(graph_of_examples, folder)
    space = "https://w3id.org/zhengtu/ontology#"
    label = "http://www.w3.org/2000/01/rdf-schema#label"
    rows = [
        f"<x:bad> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{space}Project> .",
        f"<x:bad> <{label}> {json.dumps(HOSTILE)} .",
        f'<x:bad> <{space}investment> "1"^^<http://www.w3.org/2001/XMLSchema#decimal> .',
    ]
    (work / "bad.nt").write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert kg("import", work / "bad.nt", "-d", folder).returncode == 0
    return folder


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    with serving(folder, "--timeout", "60") as running:
        yield running


@contextmanager
def at(browser: Any, server: Server, path: str, **more: int) -> Iterator[Opened]:
    """Open a page of the server, and wait until it is there: a first one has to be made."""
    with opened(browser, server.address + path, **more) as seen:
        seen.page.wait_for_selector("#form h2" if path[1:4] in ("ask", "que") else "#graph canvas")
        yield seen


def answered(seen: Opened, words: str = "秒") -> None:
    """Wait until the page has an answer."""
    until(
        seen.page,
        "words => document.getElementById('status').textContent.includes(words)",
        arg=words,
    )


def cells(seen: Opened) -> list[list[str]]:
    rows = seen.page.locator("tbody tr")
    return [row.locator("td:not(.rests)").all_inner_texts() for row in rows.all()]


def typed(seen: Opened) -> str:
    """What stands in the editor, line by line as it shows it."""
    return "\n".join(seen.page.locator("#editor .cm-line").all_inner_texts())


def write(seen: Opened, text: str) -> None:
    seen.page.locator("#editor .cm-content").fill(text)


def sort_by(seen: Opened, column: int, order: str) -> None:
    """Click the head of a column, and wait until the rows stand in that order."""
    seen.page.click(f"th >> nth={column}")
    seen.page.wait_for_selector(f"th:nth-child({column + 1})[aria-sort={order}]")


def silent(seen: Opened, server: Server) -> None:
    """Nothing was complained of, and nothing but the server was asked."""
    assert seen.errors == []
    foreign = [r for r in seen.requests if not r.startswith((server.address, "data:"))]
    assert foreign == []


def test_the_graph_opens_and_leads_to_the_other_pages(browser: Any, server: Server) -> None:
    with at(browser, server, "/") as seen:
        assert seen.covered() > 0.01
        ways = ["图谱", "查询", "事实", "台账", "SPARQL"]
        assert seen.page.locator("#pages a").all_inner_texts() == ways
        seen.page.click("#pages a >> nth=1")
        seen.page.wait_for_selector("#form h2")
        assert seen.page.url.endswith("/ask")
        seen.page.go_back()
        seen.page.wait_for_selector("#graph canvas")
        silent(seen, server)


def test_an_entity_has_an_address(browser: Any, server: Server, graph_of_examples: Path) -> None:
    query = "SELECT ?s { ?s a kg:District ; rdfs:label '合肥市'@zh }"
    done = kg("query", query, "-d", graph_of_examples, "--format", "csv")
    iri = done.stdout.decode().splitlines()[1]
    with at(browser, server, "/#" + quote(iri, safe="")) as seen:
        assert seen.page.locator("#panel h2").inner_text() == "合肥市"
        seen.page.fill("#search", "重庆市")
        seen.page.keyboard.press("Enter")
        assert seen.page.locator("#panel h2").inner_text() == "重庆市"
        assert iri not in seen.page.url
        address = seen.page.url
        seen.page.keyboard.press("Escape")
        assert "#" not in seen.page.url
    with opened(browser, address) as seen:
        assert seen.page.locator("#panel h2").inner_text() == "重庆市"
    with at(browser, server, "/#nothing") as seen:
        assert "nothing" in seen.page.locator("#note").inner_text()


def test_every_question_is_a_form(browser: Any, server: Server) -> None:
    questions = load().questions
    with at(browser, server, "/ask") as seen:
        links = seen.page.locator(".questions a")
        first = load().words["search"]["questions"]
        listed = [questions[name] for name in (*first, *sorted(questions.keys() - set(first)))]
        assert links.all_inner_texts() == [asked.label["zh"] for asked in listed]
        for i, asked in enumerate(listed):
            links.nth(i).click()
            assert seen.page.locator("h2", has_text=asked.label["zh"]).count() == 1
            names = seen.page.locator(".field [name]").evaluate_all("all => all.map(e => e.name)")
            assert names == [p.name for p in asked.parameters]
            if all(p.default is not None for p in asked.parameters):
                until(
                    seen.page, "() => /秒|没有/.test(document.getElementById('status').textContent)"
                )
        silent(seen, server)


def test_a_question_is_asked_and_its_answer_taken_along(
    browser: Any, server: Server, folder: Path
) -> None:
    with at(browser, server, "/ask/investments") as seen:
        answered(seen)
        everything = len(cells(seen))
        seen.page.fill("[name=minimum]", "2e9")
        seen.page.keyboard.press("Enter")
        until(
            seen.page,
            "n => (m => 0 < m && m < n)(document.querySelectorAll('tbody tr').length)",
            arg=everything,
        )
        rows = cells(seen)
        assert rows[0][:3] == ["湘智算力产业园项目", "45亿元", "45亿元"]
        assert "minimum=2e9" in seen.page.url
        with seen.page.expect_download() as download:
            seen.page.click("a[download] >> nth=0")
        text = Path(download.value.path()).read_text(encoding="utf-8")
        assert len(list(csv.reader(text.splitlines()))) == len(rows) + 1
        wanted = kg("ask", "investments", "minimum=2e9", "-d", folder, "--format", "csv").stdout
        assert text.splitlines() == wanted.decode().splitlines()
        address = seen.page.url
        silent(seen, server)
    with opened(browser, address) as seen:
        answered(seen)
        assert cells(seen) == rows


def test_a_question_is_edited_as_it_was_asked(browser: Any, server: Server) -> None:
    filled = "entity=" + quote("重庆市")
    asked = httpx2.get(f"{server.address}/answer/about?{filled}&format=sparql").text
    with at(browser, server, "/ask/about?" + filled) as seen:
        answered(seen)
        rows = cells(seen)
        seen.page.click("text=在 SPARQL 中修改")
        bare = re.sub(r"(?m)^# (?:label|comment|parameter|columns)\b.*\n", "", asked)
        assert bare != asked
        (iri,) = re.findall(r"VALUES \?thing { (\S+) }", asked)
        seen.page.locator("#editor .cm-line").get_by_text(iri).wait_for()
        assert typed(seen).strip() == bare.strip()
        seen.page.click("#go")
        answered(seen)
        # There each column stands by itself.
        assert [row[:3] for row in cells(seen)] == [row[:3] for row in rows]
        silent(seen, server)


def test_what_is_typed_stays_in_the_other_language(browser: Any, server: Server) -> None:
    with at(browser, server, "/ask/evidence") as seen:
        seen.page.fill("[name=one]", "合肥市")
        seen.page.click("#language")
        assert seen.page.locator("h2", has_text="evidence between").count() == 1
        assert seen.page.input_value("[name=one]") == "合肥市"


def test_names_are_suggested_and_wrong_ones_explained(browser: Any, server: Server) -> None:
    with at(browser, server, "/ask/about") as seen:
        field = seen.page.locator("[name=entity]")
        field.press_sequentially("合肥")
        seen.page.wait_for_selector("datalist option", state="attached")
        offered = seen.page.locator("datalist option").evaluate_all("all => all.map(o => o.value)")
        assert "合肥市" in offered
        field.fill("合肥市市")
        seen.page.click("#go")
        seen.page.wait_for_selector(".field.bad")
        assert "合肥市" in seen.page.locator("#why-entity").inner_text()
        field.fill("合肥市")
        seen.page.click("#go")
        answered(seen)
        assert any("适用于" in row for row in cells(seen))


def test_a_query_runs_and_a_wrong_one_is_pointed_at(browser: Any, server: Server) -> None:
    with at(browser, server, "/query") as seen:
        write(
            seen, "SELECT ?name {\n  ?s a kg:Project ; rdfs:label ?name\n} ORDER BY ?name LIMIT 3"
        )
        seen.page.keyboard.press("Control+Enter")
        answered(seen)
        assert len(cells(seen)) == 3
        assert "query=" in seen.page.url
        write(seen, "SELECT ?name {\n  ?s a 政:策 }")
        seen.page.click("#go")
        seen.page.wait_for_selector(".status.wrong")
        told = seen.page.locator("#status").inner_text()
        assert told.startswith("前缀 政: 没有声明")
        assert "第 2 行第 8 列" in told
        # The place is marked in the text and beside it, and the cursor stands there.
        assert seen.page.locator("#editor .cm-lintRange-error").inner_text() == "政:策"
        assert seen.page.locator("#editor .cm-lint-marker-error").count() == 1
        seen.page.keyboard.type("x")
        assert typed(seen) == "SELECT ?name {\n  ?s a x政:策 }"
        assert seen.page.locator("#editor .cm-lintRange-error").count() == 0
        # What was asked is remembered, and comes back by a click.
        assert seen.page.locator(".questions .old").count() == 2
        seen.page.locator(".questions .old").nth(1).click()
        assert typed(seen).startswith("SELECT ?name {\n  ?s a kg:Project")
    with at(browser, server, "/query?query=" + quote("ASK { ?s a kg:Policy }")) as seen:
        answered(seen, "是")


def test_a_graph_is_shown_as_turtle_and_iris_lead_to_the_graph(
    browser: Any, server: Server
) -> None:
    with at(
        browser, server, "/query?query=" + quote("CONSTRUCT { ?s a kg:Policy } { ?s a kg:Policy }")
    ) as seen:
        answered(seen)
        assert "a kg:Policy" in seen.page.locator("pre").inner_text()
        offered = seen.page.locator("a[download]").all_inner_texts()
        assert offered == ["TTL", "NT", "RDF", "JSONLD"]
    query = "SELECT ?s { ?s a kg:District ; rdfs:label '合肥市'@zh }"
    with at(browser, server, "/query?query=" + quote(query)) as seen:
        answered(seen)
        seen.page.locator("td a").click()
        seen.page.wait_for_selector("#panel h2")
        assert seen.page.locator("#panel h2").inner_text() == "合肥市"


def test_a_long_answer_is_written_in_parts_and_sorts(browser: Any, server: Server) -> None:
    query = quote("SELECT ?s ?n { ?s kg:mentions ?n } ORDER BY ?s")
    with at(browser, server, "/query?query=" + query) as seen:
        answered(seen)
        count = int(re.match(r"\d+", seen.page.locator("#status").inner_text())[0])  # type: ignore[index]
        assert count > 500
        assert seen.page.locator("tbody tr").count() == 500
        sort_by(seen, 1, "ascending")
        sort_by(seen, 1, "descending")
        numbers = [int(row[1].replace(" ", "")) for row in cells(seen)]
        assert numbers == sorted(numbers, reverse=True)
        names = [row[0] for row in cells(seen)]
        assert not any(name.startswith("http") for name in names)
        seen.page.locator("#answer button").click()
        until(
            seen.page, "count => document.querySelectorAll('tbody tr').length === count", arg=count
        )


def test_the_heads_of_the_columns_stay_in_sight(browser: Any, server: Server) -> None:
    with at(browser, server, "/ask/timeline") as seen:
        answered(seen)
        seen.page.evaluate("document.getElementById('work').scrollTo(0, 600)")
        box = seen.page.locator("th >> nth=0").bounding_box()
        assert box["y"] > 0
        dates = seen.page.locator("td.date")
        assert dates.count() > 5
        assert (
            seen.page.locator("td.date >> nth=0").evaluate("e => getComputedStyle(e).whiteSpace")
            == "nowrap"
        )


def test_the_question_that_is_asked_is_seen_in_the_list(browser: Any, server: Server) -> None:
    with at(browser, server, "/ask/timeline", width=1000, height=420) as seen:
        seen.page.wait_for_selector("#go")
        chosen = seen.page.locator(".questions [aria-current]").bounding_box()
        listed = seen.page.locator(".questions").bounding_box()
        assert chosen["y"] + chosen["height"] <= listed["y"] + listed["height"] + 1


def test_a_runaway_query_can_be_stopped(browser: Any, server: Server) -> None:
    cross = quote("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    with at(browser, server, "/query?query=" + cross) as seen:
        until(seen.page, "() => document.getElementById('go')?.textContent === '停止'")
        seen.page.click("#go")
        answered(seen, "已停止")
        assert seen.page.locator("#go").inner_text() == "查询"


def test_the_pages_speak_english(browser: Any, server: Server) -> None:
    with at(browser, server, "/ask/investments") as seen:
        answered(seen)
        seen.page.click("#language")
        assert seen.page.locator("h2").first.inner_text() == "Questions"
        assert (
            seen.page.locator("#form h2").inner_text()
            == load().questions["investments"].label["en"]
        )
        answered(seen, "rows in")
        seen.page.reload()
        answered(seen, "rows in")
        seen.page.goto(server.address)
        assert seen.page.locator("#pages a").first.inner_text() == "Graph"
        seen.page.click("#language")
        seen.page.click("#pages a >> nth=1")
        seen.page.wait_for_selector("#form h2")
        assert seen.page.locator("h2").first.inner_text() == "可以问的问题"


def test_hostile_names_stay_text(browser: Any, server: Server) -> None:
    for path in (
        "/ask/investments",
        "/",
        "/query?query=" + quote("SELECT ?name { <x:bad> rdfs:label ?name }"),
    ):
        with at(browser, server, path) as seen:
            seen.page.wait_for_timeout(800)
            assert seen.page.evaluate("window.fired") is None
            assert (
                HOSTILE in seen.page.content()
                or path == "/"
                or HOSTILE in seen.page.inner_text("body")
            )
    with at(browser, server, "/ask") as seen:
        # The control: what the policy must stop would run without it.
        seen.page.evaluate(
            "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=window.fired=1>')"
        )
        seen.page.wait_for_timeout(300)
        assert seen.page.evaluate("window.fired") is None
        assert any("Content Security Policy" in error for error in seen.errors)


@pytest.mark.parametrize(("width", "height"), [(360, 640), (1280, 800), (3840, 2160)])
def test_the_pages_fit_every_window(browser: Any, server: Server, width: int, height: int) -> None:
    for path in ("/ask/projects", "/query"):
        with at(browser, server, path, width=width, height=height) as seen:
            seen.page.wait_for_selector("#form h2")
            wide = seen.page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width
            assert seen.page.locator("#go").is_visible()


def test_the_keyboard_is_enough(browser: Any, server: Server) -> None:
    with at(browser, server, "/ask/investments") as seen:
        answered(seen)
        seen.page.locator("[name=minimum]").focus()
        seen.page.keyboard.type("4e9")
        seen.page.keyboard.press("Enter")
        until(seen.page, "() => document.querySelectorAll('tbody tr').length < 10")
        seen.page.locator("th").nth(1).focus()
        seen.page.keyboard.press("Enter")
        seen.page.wait_for_selector("th:nth-child(2)[aria-sort=ascending]")


def test_only_files_of_the_pages_are_given_out(server: Server) -> None:
    for name in ("ask.js", "ask.css", "words.js", "table.js", "shared.js", "editor.js"):
        assert httpx2.get(f"{server.address}/static/{name}").status_code == 200
    for name in ("ask.html", "graph.js", "__init__.py", "..%2fapp.py", "%2e%2e/app.py", "none.js"):
        assert httpx2.get(f"{server.address}/static/{name}").status_code == 404
    assert httpx2.post(f"{server.address}/ask").status_code == 405


def test_a_file_that_a_browser_has_is_not_sent_again(server: Server) -> None:
    for path in ("/static/editor.js", "/static/plot.js", "/static/shared.js", "/ask", "/query"):
        first = httpx2.get(server.address + path)
        tag = first.headers["etag"]
        assert re.fullmatch(r'"[0-9a-f]{32}"', tag)
        assert first.headers["cache-control"] == "no-cache"
        for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
            again = httpx2.get(server.address + path, headers={"If-None-Match": known})
            assert (again.status_code, again.content) == (304, b"")
            assert again.headers["etag"] == tag
            # The old copy is shown under the headers of this answer.
            assert "content-security-policy" in again.headers
        other = httpx2.get(server.address + path, headers={"If-None-Match": '"other"'})
        assert (other.status_code, other.content) == (200, first.content)
        assert httpx2.head(server.address + path).headers["etag"] == tag
    absent = httpx2.get(f"{server.address}/ask/nosuch", headers={"If-None-Match": "*"})
    assert absent.status_code == 404


def test_tags_differ_where_files_do(server: Server) -> None:
    names = ("ask.js", "ask.css", "words.js", "plot.js", "editor.js")
    tags = {httpx2.get(f"{server.address}/static/{name}").headers["etag"] for name in names}
    assert len(tags) == len(names)


def test_the_policy_of_the_pages_allows_nothing_inline(server: Server) -> None:
    for path in ("/", "/ask", "/query"):
        policy = httpx2.get(server.address + path).headers["content-security-policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy


def test_a_named_question_answers_programs(server: Server) -> None:
    found = httpx2.get(f"{server.address}/answer/counts?format=tsv")
    assert found.headers["content-type"].startswith("text/tab-separated-values")
    assert len(found.text.splitlines()) > 5
    for path, said in (
        ("/answer/nonsense", "no question"),
        ("/answer/about", "needs entity"),
        ("/answer/counts?a=b", "no parameter"),
        ("/answer/investments?minimum=many", "no number"),
    ):
        answer = httpx2.get(server.address + path)
        assert answer.status_code == 400
        assert said in answer.text
