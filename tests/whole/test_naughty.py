"""Whatever a document calls things and says, it stays text: on every page and in every answer.

A graph holds several hundred texts that break programs and over a hundred pieces of markup, each
as a name, another name, a quotation, a value, a name of a rule and of a document. The pages are
opened in Chromium; the same markup in a page without protection shows that it would run.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import httpx2
import pyoxigraph as ox
import pytest
from playwright.sync_api import Error

from kg.base.records import Knowledge, Value
from kg.ontology import load
from kg.publish.page.drawing import drawing
from kg.publish.page.view import page
from tests.testing.browser.chromium import opened, until
from tests.testing.graphs import builders as b
from tests.testing.graphs.naughty import HOST, NAUGHTY, PAYLOADS
from tests.testing.servers.server import Server, serving

RESULTS = "http://www.w3.org/2005/sparql-results#"
# Documents of so many texts each.
SOME = 40
# Where a text stands in a page that protects nothing.
UNPROTECTED = (
    "<p>{}</p>",
    '<p title="{}">x</p>',
    "<p title='{}'>x</p>",
    "<script>var text = '{}';</script>",
    '<script>var text = "{}";</script>',
    "<script>var text = `{}`;</script>",
    "<textarea>{}</textarea>",
    "<!-- {} -->",
    "<a id=link href=\"{}\">x</a><script>document.getElementById('link').click()</script>",
)
# Choose one entity after the other, and open the first document that its facts come from.
WALK = """async labels => {
  const soon = () => new Promise(done => setTimeout(done, 0));
  const heading = () => (document.querySelector('#panel h2') || {}).textContent;
  const seen = [];
  for (const [iri, label] of labels) {
    location.hash = encodeURIComponent(iri);
    for (let i = 0; i < 500 && heading() !== label; i += 1) await soon();
    if (heading() !== label) return [label, heading()];
    const panel = document.querySelector('#panel');
    seen.push(panel.textContent);
    const named = panel.querySelector('button.document');
    if (named) named.click();
  }
  return seen;
}"""
FIRED = "() => { const it = window.fired; delete window.fired; return it === 1; }"
CLEAN = """() => window.fired === undefined && ({}).polluted === undefined
  && Object.keys(Object.prototype).length === 0"""


def known(texts: tuple[str, ...], *kinds: str) -> Knowledge:
    """Each text as a thing of each class, and as all that can be said of it."""
    sources, entities, facts = [], [], []
    for begin in range(0, len(texts), SOME):
        some = texts[begin : begin + SOME]
        more = {"title": some[0], "publisher": some[-1]}
        said = b.source(f"{some[0]}/{some[-1]}.txt", "\n".join(some), **more)
        sources.append(said)
        for text in some:
            things = [b.entity(kind, text, f"{text}’", subtype=text) for kind in kinds]
            entities += things
            more = {"document": said, "rule": text, "trigger": text}
            value = Value(text, "string", text, text)
            facts += [b.fact(thing, "target", value, text, **more) for thing in things]
            facts += [b.fact(one, "signs", other, text, **more) for one, other in pairwise(things)]
    return Knowledge(
        tuple(sources),
        tuple(sorted(entities, key=lambda e: e.id)),
        tuple(sorted({f.id: f for f in facts}.values(), key=lambda f: f.id)),
    )


@pytest.fixture(scope="module")
def everything() -> Knowledge:
    texts = tuple(text for text in (*NAUGHTY, *PAYLOADS) if text.strip())
    return known(texts, "Organisation", "Project")


@pytest.fixture(scope="module")
def server(everything: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = b.built(tmp_path_factory.mktemp("naughty") / "graph", everything)
    with serving(folder, "--timeout", "60") as running:
        yield running


def watched(seen: Any) -> list[str]:
    """The dialogs of a page, which are dismissed."""
    dialogs: list[str] = []

    def dismissed(dialog: Any) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    seen.page.on("dialog", dismissed)
    return dialogs


def unmoved(seen: Any, dialogs: list[str], *allowed: str, refused: bool = False) -> None:
    """Nothing has run, nothing was asked for but what is the page's own.

    Where answers are ``refused``, what the browser itself tells of that is no error.
    """
    assert seen.page.evaluate(CLEAN)
    assert dialogs == []
    assert [e for e in seen.errors if not (refused and "Failed to load resource" in e)] == []
    assert [r for r in seen.requests if not r.startswith((*allowed, "data:", "blob:"))] == []


def test_there_are_enough() -> None:
    assert len(set(NAUGHTY)) >= 515
    assert len(set(PAYLOADS)) >= 100


def test_the_markup_runs_where_nothing_protects(browser: Any) -> None:
    context = browser.new_context()
    view = context.new_page()
    asked: list[str] = []
    dialogs: list[str] = []
    view.on("request", lambda request: asked.append(request.url))
    view.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    view.route(f"{HOST}**", lambda route: route.abort())
    ran = set()
    for payload in PAYLOADS:
        for place in UNPROTECTED:
            dialogs.clear()
            asked.clear()
            fired = False
            with suppress(Error):  # a link may have led away
                view.set_content(place.format(payload), wait_until="commit")
                view.wait_for_timeout(15)
                fired = view.evaluate(FIRED)
            if fired or dialogs or any(address.startswith(HOST) for address in asked):
                ran.add(payload)
                break
    context.close()
    assert len(ran) >= 100, sorted(set(PAYLOADS) - ran)


def test_the_graph_of_a_server_shows_them_as_text(
    browser: Any, server: Server, everything: Knowledge
) -> None:
    labels = [[e.id, e.name] for e in everything.entities if e.type == "Organisation"]
    with opened(browser, server.address + "/") as seen:
        dialogs = watched(seen)
        seen.page.wait_for_selector("#graph canvas")
        shown = seen.page.evaluate(WALK, labels)
        assert len(shown) == len(labels)
        assert sum(payload in text for payload in PAYLOADS for text in shown) >= len(PAYLOADS)
        for payload in PAYLOADS[::5]:
            seen.page.fill("#search", payload)
            seen.page.keyboard.press("Enter")
        unmoved(seen, dialogs, server.address)


def test_an_offline_page_shows_them_as_text(browser: Any, tmp_path: Path) -> None:
    given = known(PAYLOADS, "Organisation")
    title = "".join(PAYLOADS)
    file = tmp_path / "graph.html"
    text = page(drawing(given, load()), load(), title=title)
    file.write_text(text, encoding="utf-8")
    with opened(browser, file) as seen:
        dialogs = watched(seen)
        seen.page.wait_for_selector("#graph canvas")
        shown = seen.page.evaluate(WALK, [[e.id, e.name] for e in given.entities])
        assert len(shown) == len(PAYLOADS)
        assert seen.page.locator("h1 .title").text_content() == title
        unmoved(seen, dialogs, "file:")


def test_questions_queries_and_errors_show_them_as_text(browser: Any, server: Server) -> None:
    asked = [name for name, q in load().questions.items() if q.parameters][:3]
    paths = [f"/ask/{name}?x={quote(PAYLOADS[i])}" for i, name in enumerate(asked)]
    for i, payload in enumerate(PAYLOADS[::16]):
        parameter = load().questions[asked[i % 3]].parameters[0].name
        paths.append(f"/ask/{asked[i % 3]}?{parameter}={quote(payload, safe='')}")
        paths.append(f"/query?query={quote(payload, safe='')}")
    labels = "SELECT * { ?s rdfs:label ?name ; skos:altLabel ?other }"
    paths.append(f"/query?query={quote(labels, safe='')}")
    with opened(browser, server.address + "/ask") as seen:
        dialogs = watched(seen)
        for path in paths:
            seen.page.goto(server.address + path)
            seen.page.wait_for_selector(".questions a, .questions button")
            until(
                seen.page,
                "() => !document.getElementById('go') "
                "|| !/…/.test(document.getElementById('status').textContent)",
            )
            unmoved(seen, dialogs, server.address, refused=True)


def test_answers_and_errors_are_no_pages(browser: Any, server: Server) -> None:
    paths = [f"/answer/{quote(PAYLOADS[0], safe='')}", f"/{quote(PAYLOADS[1], safe='')}"]
    paths += [f"/sparql?query={quote(payload, safe='')}" for payload in PAYLOADS[::16]]
    labels = "SELECT * { ?s rdfs:label ?name } LIMIT 400"
    triples = "CONSTRUCT WHERE { ?s rdfs:label ?name }"
    paths += [f"/sparql?query={quote(labels)}&format={name}" for name in ("json", "xml", "tsv")]
    paths += [f"/sparql?query={quote(triples)}&format={name}" for name in ("ttl", "nt", "rdf")]
    with opened(browser, server.address + "/ask") as seen:
        dialogs = watched(seen)
        for path in paths:
            answer = httpx2.get(server.address + path, trust_env=False, timeout=600)
            assert "html" not in answer.headers["content-type"]
            assert answer.headers["x-content-type-options"] == "nosniff"
            with suppress(Error):  # what it does not show, the browser saves
                seen.page.goto(server.address + path)
            unmoved(seen, dialogs, server.address, refused=True)


def test_every_format_gives_them_back(server: Server, everything: Knowledge) -> None:
    query = "SELECT ?name { ?s a kg:Project ; rdfs:label ?name }"
    wanted = sorted(e.name for e in everything.entities if e.type == "Project")
    answers = {
        name: httpx2.get(
            server.sparql, params={"query": query, "format": name}, timeout=60, trust_env=False
        ).content
        for name in ("json", "csv", "tsv", "xml")
    }
    rows = json.loads(answers["json"])["results"]["bindings"]
    assert sorted(row["name"]["value"] for row in rows) == wanted
    read = csv.reader(io.StringIO(answers["csv"].decode(), newline=""))
    assert sorted(row[0] if row else "" for row in read) == sorted([*wanted, "name"])
    solutions = ox.parse_query_results(answers["tsv"], format=ox.QueryResultsFormat.TSV)
    assert isinstance(solutions, ox.QuerySolutions)
    assert sorted(row["name"].value for row in solutions) == wanted
    named = ElementTree.fromstring(answers["xml"].decode()).iter(f"{{{RESULTS}}}literal")
    assert len(list(named)) == len(wanted)


@pytest.mark.parametrize("format", ["xml", "rdf"])
def test_xml_is_whole_whatever_stands_in_the_graph(server: Server, format: str) -> None:
    """What XML cannot hold comes as the sign for that."""
    query = "SELECT ?x { BIND('a\\u0001b\\u001Fc\\uFFFEd\\uFFFF' AS ?x) }"
    if format == "rdf":
        query = query.replace("SELECT ?x", "CONSTRUCT { <x:a> <x:b> ?x } WHERE")
    answer = httpx2.get(server.sparql, params={"query": query, "format": format}, trust_env=False)
    tree = ElementTree.fromstring(answer.content)
    assert [text for text in tree.itertext() if text.strip()] == ["a\ufffdb\ufffdc\ufffdd\ufffd"]
