"""Other people's clients, as they come: Comunica, a page of another origin, curl.

Comunica is of the 4th version: the 5th asks for a node that few machines have.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx2
import pytest

from kg.serve.http.formats import GRAPHS, RESULTS
from tests.conftest import kg
from tests.testing.browser.chromium import chromium
from tests.testing.browser.node import CLIENTS, installed, tools
from tests.testing.servers.server import Server, serving

LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
SPACE = "https://w3id.org/zhengtu/ontology#"
PREFIXES = f"PREFIX kg: <{SPACE}> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n"


@pytest.fixture(scope="module")
def server(graph_of_examples: Path) -> Iterator[Server]:
    with serving(graph_of_examples, "--timeout", "60") as running:
        yield running


@pytest.fixture(scope="module")
def notes(graph_of_examples: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Another endpoint, which alone knows of two notes about districts of the first."""
    work = tmp_path_factory.mktemp("notes")
    shutil.copytree(graph_of_examples, work / "graph")
    districts = rows(
        graph_of_examples, "SELECT ?d { ?d a kg:District ; rdfs:label '合肥市'@zh }"
    ) + rows(graph_of_examples, "SELECT ?d { ?d a kg:District ; rdfs:label '安徽省'@zh }")
    lines = [f"<urn:note:{i}> <urn:about> <{iri}> ." for i, iri in enumerate(districts)]
    assert len(lines) == 2
    (work / "notes.nt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert kg("import", work / "notes.nt", "-d", work / "graph").returncode == 0
    with serving(work / "graph", "--timeout", "60") as running:
        yield running


def rows(folder: Path, query: str) -> list[str]:
    done = kg("query", query, "-d", folder, "--format", "csv")
    return done.stdout.decode().splitlines()[1:]


def comunica(*questions: tuple[str, list[Server]]) -> list[Any]:
    """What Comunica answers to queries about endpoints, in one process."""
    given = [
        {"query": PREFIXES + query, "sources": [server.sparql for server in servers]}
        for query, servers in questions
    ]
    done = subprocess.run(
        [*tools()[0], str(CLIENTS / "comunica.mjs"), str(installed(CLIENTS))],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert len(found) == len(questions)
    return list(found)


def test_comunica_asks_in_every_form(server: Server, graph_of_examples: Path) -> None:
    select, ask, no, construct, describe, wrong = comunica(
        ("SELECT ?name { ?s a kg:Policy ; rdfs:label ?name }", [server]),
        ("ASK { ?s a kg:Policy }", [server]),
        ("ASK { ?s a kg:Nonsense }", [server]),
        ("CONSTRUCT { ?s <urn:called> ?name } { ?s a kg:Policy ; rdfs:label ?name }", [server]),
        ("DESCRIBE ?s { ?s a kg:District ; rdfs:label '合肥市'@zh }", [server]),
        (
            "SELECT ?name { ?s rdfs:label ?name FILTER(<urn:no-such-function>(?name)) } ORDER",
            [server],
        ),
    )
    names = rows(graph_of_examples, "SELECT ?name { ?s a kg:Policy ; rdfs:label ?name }")
    assert len(names) > 10
    assert sorted(row["name"] for row in select) == sorted(names)
    assert (ask, no) == (True, False)
    assert sorted(triple[2] for triple in construct) == sorted(names)
    assert {triple[1] for triple in construct} == {"urn:called"}
    assert "合肥市" in {triple[2] for triple in describe if triple[1] == LABEL}
    assert "error" in wrong


def test_comunica_joins_what_two_endpoints_know(server: Server, notes: Server) -> None:
    called = "?note <urn:about> ?place . ?place rdfs:label ?name"
    named = (
        f"SERVICE <{notes.sparql}> {{ ?note <urn:about> ?place }} "
        f"SERVICE <{server.sparql}> {{ ?place rdfs:label ?name }}"
    )
    joined, services, alone, sent_on = comunica(
        (f"SELECT DISTINCT ?note ?name {{ {called} }}", [server, notes]),
        (f"SELECT DISTINCT ?note ?name {{ {named} }}", [server, notes]),
        (f"SELECT ?note ?name {{ {called} }}", [server]),
        # To a single endpoint it sends a query as it is; ours calls no other.
        (f"SELECT DISTINCT ?note ?name {{ {named} }}", [server]),
    )
    wanted = [("urn:note:0", "合肥市"), ("urn:note:1", "安徽省")]
    for found in (joined, services):
        assert sorted((row["note"], row["name"]) for row in found) == wanted
    assert alone == []
    assert "SERVICE reaches out" in sent_on["error"]


class _Page(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = b"<!DOCTYPE html><title>another page</title>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def another_origin() -> Iterator[str]:
    """The origin of a page of another server."""
    other = ThreadingHTTPServer(("127.0.0.1", 0), _Page)
    thread = threading.Thread(target=other.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{other.server_port}"
    finally:
        other.shutdown()
        other.server_close()
        thread.join()


# As YASGUI asks: a form, with headers that need a preflight.
ASKED = """async ([address, query, type]) => {
  const body = type === 'form' ? new URLSearchParams({query}) : query;
  const accept = 'application/sparql-results+json,*/*;q=0.9';
  const headers = {Accept: accept, 'X-Requested-With': 'XMLHttpRequest'};
  if (type !== 'form') headers['Content-Type'] = 'application/sparql-query';
  try {
    const answer = await fetch(address, {method: 'POST', body, headers});
    return [answer.status, await answer.text(), answer.headers.get('Zhengtu-Limits')];
  } catch (error) {
    return [0, error.name, null];
  }
}"""


@pytest.mark.parametrize("given", ["this origin", "any", "another", "none"])
def test_a_page_of_another_origin_asks_only_if_it_may(graph_of_examples: Path, given: str) -> None:
    query = "SELECT ?s { ?s a <https://w3id.org/zhengtu/ontology#Policy> } LIMIT 2"
    with another_origin() as origin, chromium() as browser:
        allowed = {"this origin": origin, "any": "*", "another": "https://yasgui.example"}
        words = ["--cors", allowed[given]] if given in allowed else []
        with serving(graph_of_examples, *words) as server:
            page = browser.new_page()
            page.goto(origin)
            found = [
                page.evaluate(ASKED, [server.sparql, text, kind])
                for kind in ("form", "body")
                for text in (query, "SELECT nonsense")
            ]
            # The control: the same request from nowhere is answered either way.
            assert httpx2.post(server.sparql, data={"query": query}).status_code == 200
    if given in ("this origin", "any"):
        assert [status for status, _, _ in found] == [200, 400, 200, 400]
        assert len(json.loads(found[0][1])["results"]["bindings"]) == 2
        assert "line 1" in found[1][1]
        assert all("seconds=" in limits for _, _, limits in found)
    else:
        assert found == [[0, "TypeError", None]] * 4


MEDIA = [
    (query, format.media, asked)
    for query, formats in (
        ("SELECT ?s { ?s a kg:Policy } LIMIT 1", RESULTS),
        ("CONSTRUCT WHERE { ?s a kg:Policy } LIMIT 1", GRAPHS),
    )
    for format in formats
    for asked in (format.media, *format.aliases)
]


def test_curl_gets_every_format_that_it_accepts(server: Server) -> None:
    assert len(MEDIA) >= 15
    for query, media, asked in MEDIA:
        words = ["-sS", "-o", "/dev/null", "-w", "%{http_code} %{content_type}", "-H"]
        words += [f"Accept: {asked}", "--data-urlencode", f"query={query}", server.sparql]
        done = subprocess.run(["curl", *words], capture_output=True, text=True, check=True)
        status, _, kind = done.stdout.partition(" ")
        # A name that two formats share gives the first of them.
        shared = [m for q, m, a in MEDIA if (q, a) == (query, asked)]
        assert (status, kind.partition(";")[0]) == ("200", shared[0]), (asked, media)
