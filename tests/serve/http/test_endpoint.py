"""The endpoint as its clients see it: SPARQL 1.1 Protocol of a running server."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pandas
import pyoxigraph as ox
import pytest
from rdflib import URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import SPARQLWrapper

from kg.serve.http.formats import GRAPHS, RESULTS, chosen
from kg.serve.http.protocol import parse_request
from kg.serve.reply import CODES, Problem, RefusedError
from tests.conftest import EXAMPLES, kg
from tests.testing.servers.server import ROOT, Server, serving

STATIC = ROOT / "kg" / "serve" / "static"

A, B, C = (f"https://example.org/data/{name}" for name in "abc")


def typed(media: str) -> dict[str, str]:
    return {"Content-Type": media}


FORM = typed("application/x-www-form-urlencoded")
DIRECT = typed("application/sparql-query")
SELECT = "SELECT ?name { ?s a kg:Policy ; rdfs:label ?name } ORDER BY ?name LIMIT 3"
CONSTRUCT = "CONSTRUCT { ?s rdfs:label ?name } WHERE { ?s a kg:Policy ; rdfs:label ?name }"


@pytest.fixture(scope="module")
def folder(graph_of_examples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph with three named graphs beside its facts: one node stands in each."""
    work = tmp_path_factory.mktemp("served")
    folder = work / "graph"
    shutil.copytree(graph_of_examples, folder)
    lines = "".join(f"<{g}#s> <x:in> <{g}> <{g}> .\n" for g in (A, B, C))
    (work / "data.nq").write_text(lines, encoding="utf-8")
    assert kg("import", work / "data.nq", "-d", folder).returncode == 0
    return folder


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    with serving(folder) as running:
        yield running


@pytest.fixture
def client(server: Server) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=server.address, timeout=600, trust_env=False) as found:
        yield found


def rows(answer: httpx2.Response) -> list[dict[str, str]]:
    assert answer.status_code == 200, answer.text
    bindings = answer.json()["results"]["bindings"]
    return [{name: cell["value"] for name, cell in row.items()} for row in bindings]


# What the protocol says of queries


@pytest.mark.parametrize(
    ("method", "more"),
    [
        ("GET", {"params": {"query": SELECT}}),
        ("POST", {"data": {"query": SELECT}}),
        ("POST", {"content": SELECT, "headers": DIRECT}),
        ("POST", {"content": SELECT, "headers": typed("application/sparql-query; charset=UTF-8")}),
    ],
)
def test_a_query_comes_by_get_and_by_both_posts(
    client: httpx2.Client, graph_of_examples: Path, method: str, more: dict[str, Any]
) -> None:
    wanted = kg("query", SELECT, "-d", graph_of_examples, "--format", "json").stdout
    answer = client.request(method, "/sparql", **more)
    assert answer.json() == json.loads(wanted)
    assert len(rows(answer)) == 3
    assert answer.headers["content-type"] == "application/sparql-results+json"


@pytest.mark.parametrize("format", ["json", "xml", "csv", "tsv"])
def test_all_columns_come_in_the_order_of_the_query(client: httpx2.Client, format: str) -> None:
    query = "SELECT * { ?z <x:in> ?graph . ?z ?how ?b }"
    answer = client.get("/sparql", params={"query": query, "format": format})
    head = answer.text.partition("<results" if format == "xml" else "\n")[0]
    if format == "json":
        head = str(answer.json()["head"]["vars"])
    assert re.findall(r"\b(?:z|graph|how|b)\b", head) == ["z", "graph", "how", "b"]


IN_DEFAULT = "SELECT ?g { ?s <x:in> ?g } ORDER BY ?g"
IN_NAMED = "SELECT ?g { GRAPH ?g { ?s <x:in> ?g } } ORDER BY ?g"


@pytest.mark.parametrize("way", ["get", "form", "direct"])
@pytest.mark.parametrize(
    ("query", "graphs", "found"),
    [
        (IN_DEFAULT, [], []),
        (IN_NAMED, [], [A, B, C]),
        (IN_DEFAULT, [("default-graph-uri", A)], [A]),
        (IN_DEFAULT, [("default-graph-uri", A), ("default-graph-uri", B)], [A, B]),
        (IN_NAMED, [("default-graph-uri", A)], []),
        (IN_NAMED, [("named-graph-uri", A), ("named-graph-uri", C)], [A, C]),
        (IN_DEFAULT, [("named-graph-uri", A)], []),
        (IN_NAMED, [("default-graph-uri", A), ("named-graph-uri", B)], [B]),
        # What the protocol names counts before what the query names.
        (IN_DEFAULT.replace("{", f"FROM <{C}> {{", 1), [("default-graph-uri", B)], [B]),
        (IN_DEFAULT.replace("{", f"FROM <{C}> {{", 1), [], [C]),
        # Relative addresses are resolved, and written as the query likes.
        (f"BASE <{A}> {IN_DEFAULT.replace('{', 'FROM <c> FROM <../data/b> {', 1)}", [], [B, C]),
        (f"BASE <{A}> BASE <./> {IN_NAMED.replace('{', 'FROM NAMED <b> {', 1)}", [], [B]),
        (IN_DEFAULT.replace("{", f"FROM <\\u0068{C[1:]}> {{", 1), [], [C]),
    ],
)
def test_the_dataset_is_that_of_the_request(
    client: httpx2.Client, way: str, query: str, graphs: list[tuple[str, str]], found: list[str]
) -> None:
    if way == "get":
        answer = client.get("/sparql", params=[("query", query), *graphs])
    elif way == "form":
        data: dict[str, Any] = {"query": query}
        for key, name in graphs:
            data.setdefault(key, []).append(name)
        answer = client.post("/sparql", data=data)
    else:
        answer = client.post("/sparql", params=graphs, content=query, headers=DIRECT)
    assert [row["g"] for row in rows(answer)] == found


@pytest.mark.parametrize(
    ("query", "media"),
    [
        (SELECT, "application/sparql-results+json"),
        ("ASK {}", "application/sparql-results+json"),
        (CONSTRUCT, "text/turtle; charset=utf-8"),
        (f"DESCRIBE <{A}#s> FROM <{A}>", "text/turtle; charset=utf-8"),
    ],
)
def test_each_form_of_query_has_its_format(client: httpx2.Client, query: str, media: str) -> None:
    answer = client.get("/sparql", params={"query": query})
    assert (answer.status_code, answer.headers["content-type"]) == (200, media)
    head = client.head("/sparql", params={"query": query})
    assert head.headers["content-length"] == str(len(answer.content))
    assert head.content == b""


@pytest.mark.parametrize("format", RESULTS, ids=lambda f: f.name)
def test_results_in_every_format_say_the_same(client: httpx2.Client, format: Any) -> None:
    names = [row["name"] for row in rows(client.get("/sparql", params={"query": SELECT}))]
    for more in ({"headers": {"Accept": format.media}}, {"params": {"format": format.name}}):
        sent = {"query": SELECT, **more.pop("params", {})}
        answer = client.post("/sparql", data=sent, **more)
        assert answer.headers["content-type"].partition(";")[0] == format.media
        assert names_in(answer.content, format.name) == names


def names_in(content: bytes, format: str) -> list[str]:
    if format == "csv":
        return [row["name"] for row in csv.DictReader(io.StringIO(content.decode()))]
    read = ox.parse_query_results(content, format=getattr(ox.QueryResultsFormat, format.upper()))
    assert isinstance(read, ox.QuerySolutions)
    return [row["name"].value for row in read]


@pytest.mark.parametrize("format", GRAPHS, ids=lambda f: f.name)
def test_graphs_in_every_format_say_the_same(client: httpx2.Client, format: Any) -> None:
    wanted = client.get("/sparql", params={"query": CONSTRUCT, "format": "nt"}).text
    answer = client.get("/sparql", params={"query": CONSTRUCT}, headers={"Accept": format.media})
    assert answer.headers["content-type"].partition(";")[0] == format.media
    read = ox.parse(answer.content, format=ox.RdfFormat.from_media_type(format.media))
    assert sorted(f"{q.triple} ." for q in read) == sorted(wanted.splitlines())


@pytest.mark.parametrize(
    ("accept", "name", "found"),
    [
        ("", "", "json"),
        ("*/*", "", "json"),
        ("text/*", "", "xml"),
        ("text/csv, application/json;q=0.9", "", "csv"),
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.8", "", "xml"),
        ("application/*;q=0.2, text/tab-separated-values", "", "tsv"),
        ("*/*, application/sparql-results+json;q=0, application/json;q=0", "", "xml"),
        ("image/png", "", None),
        ("text/csv;q=0", "", None),
        ("text/csv;q=much", "", None),
        ("image/png", "csv", "csv"),
        ("text/csv", "rdf+xml", "csv"),
        ("*/*", "ttl", None),
    ],
)
def test_the_format_is_what_the_client_likes_best(
    accept: str, name: str, found: str | None
) -> None:
    format = chosen(RESULTS, accept, name)
    assert (format.name if format else None) == found


@pytest.mark.parametrize(
    ("query", "format", "media"),
    [
        (CONSTRUCT, "csv", "text/turtle"),
        (CONSTRUCT, "tsv", "text/turtle"),
        (SELECT, "ttl", "text/csv"),
        ("ASK {}", "rdf", "application/sparql-results+json"),
    ],
)
def test_a_format_that_cannot_hold_the_answer_is_refused(
    client: httpx2.Client, query: str, format: str, media: str
) -> None:
    answer = client.get("/sparql", params={"query": query, "format": format})
    assert (answer.status_code, answer.headers["zhengtu-error"]) == (406, "format")
    assert f"format={format} cannot hold" in answer.text
    assert media in answer.text


@pytest.mark.parametrize(("format", "media"), [("json", "ld+json"), ("xml", "rdf+xml")])
def test_json_and_xml_hold_graphs_too(client: httpx2.Client, format: str, media: str) -> None:
    answer = client.get("/sparql", params={"query": CONSTRUCT, "format": format})
    assert answer.headers["content-type"] == f"application/{media}"


@pytest.mark.parametrize(
    "query",
    [
        r"\u0053ELECT ?x { BIND('a' AS ?\u0078) }",
        r"SELECT ?x { BIND('\u0061' AS ?x) }",
        r"PREFIX \u0070: <x:> SELECT ?x { BIND(STRAFTER(STR(p:\u0061), ':') AS ?x) }",
        "PREFIX : <a> SELECT ?x { BIND(SUBSTR('b\\\\u0061', 3, 0) AS ?y) BIND('a' AS ?x) }",
    ],
)
def test_escapes_may_stand_anywhere(client: httpx2.Client, query: str) -> None:
    assert rows(client.get("/sparql", params={"query": query}))[0]["x"] == "a"


# What is refused


GBK = {"content": "ASK {}", "headers": typed("application/sparql-query;charset=gbk")}
BYTES = {"content": "ASK { ?s ?p '政' }".encode("gb18030"), "headers": DIRECT}
TWICE = {"content": "ASK {}", "params": {"query": "ASK {}"}, "headers": DIRECT}
FOREIGN = {"params": {"query": "ASK {}", "default-graph-uri": "http://x/"}}
PICTURE = {"params": {"query": "ASK {}"}, "headers": {"Accept": "image/png"}}


@pytest.mark.parametrize(
    ("method", "more", "status"),
    [
        pytest.param("PUT", {"params": {"query": "ASK {}"}}, 405, id="method"),
        pytest.param("GET", {"params": {"query": ["ASK {}", "ASK {}"]}}, 400, id="two"),
        pytest.param("POST", {"content": "ASK {}", "headers": typed("text/plain")}, 415, id="type"),
        pytest.param("POST", {"content": "query=ASK%20%7B%7D"}, 415, id="form without a type"),
        pytest.param("POST", {"content": "ASK {}"}, 415, id="query without a type"),
        pytest.param("POST", BYTES, 400, id="not UTF-8"),
        pytest.param("GET", {"params": {"query": "ASK {"}}, 400, id="syntax"),
        pytest.param("POST", {"content": b"query=%D5%FE", "headers": FORM}, 400, id="form"),
        pytest.param("POST", GBK, 415, id="charset"),
        pytest.param("POST", {"content": b"", "headers": FORM}, 400, id="empty form"),
        pytest.param("POST", TWICE, 400, id="twice"),
        pytest.param("GET", FOREIGN, 400, id="unknown graph"),
        pytest.param("GET", PICTURE, 406, id="accept"),
        pytest.param("GET", {"params": "&".join(["a=b"] * 2000)}, 400, id="parameters"),
    ],
)
def test_a_wrong_query_is_refused_with_its_reason(
    client: httpx2.Client, method: str, more: dict[str, Any], status: int
) -> None:
    answer = client.request(method, "/sparql", **more)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/plain")
    assert CODES[answer.headers["zhengtu-error"]][0] == status
    assert len(answer.text) > 20
    assert ("allow" in answer.headers) == (status == 405)


INSERT = "INSERT DATA { <x:a> <x:b> <x:c> }"
UPDATE = {"Content-Type": "application/sparql-update"}


@pytest.mark.parametrize(
    ("method", "more"),
    [
        ("POST", {"data": {"update": INSERT}}),
        ("POST", {"content": INSERT, "headers": UPDATE}),
        ("POST", {"content": INSERT, "headers": UPDATE, "params": {"using-graph-uri": A}}),
        ("POST", {"data": {"update": INSERT, "using-graph-uri": [A, B]}}),
        ("POST", {"data": {"update": INSERT, "using-named-graph-uri": A}}),
        ("POST", {"content": f"BASE <{A}> {INSERT}", "headers": UPDATE}),
        ("POST", {"data": {"update": "DROP ALL"}}),
        ("GET", {"params": {"update": INSERT}}),
        ("POST", {"data": {"update": [INSERT, INSERT]}}),
        ("POST", {"content": "INSERT DATA {", "headers": UPDATE}),
        ("POST", {"content": b"\xd5\xfe", "headers": UPDATE}),
    ],
)
def test_updates_are_refused_and_change_nothing(
    client: httpx2.Client, method: str, more: dict[str, Any]
) -> None:
    count = "SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    before = client.get("/sparql", params={"query": count}).content
    answer = client.request(method, "/sparql", **more)
    assert answer.status_code == 403
    assert "read-only" in answer.text
    assert client.get("/sparql", params={"query": count}).content == before


@pytest.mark.parametrize("update", [INSERT, "LOAD <http://127.0.0.1:9/>", "DROP ALL"])
def test_an_update_sent_as_a_query_is_refused(client: httpx2.Client, update: str) -> None:
    answer = client.post("/sparql", content=update, headers=DIRECT)
    assert answer.status_code == 400
    assert "is an update" in answer.text


OUT = (
    "SELECT * {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE SILENT <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ BIND(<{0}> AS ?x) SERVICE ?x {{ ?s ?p ?o }} }}",
    "PREFIX : <{0}> SELECT * {{ {{}}service:x{{ ?a ?b ?c }} }}",
    "SELECT * FROM <{0}> {{ ?s ?p ?o }}",
    "SELECT * FROM NAMED <{0}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    "BASE <{0}> SELECT * FROM <data.ttl> {{ ?s ?p ?o }}",
    "LOAD <{0}>",
    "LOAD SILENT <{0}> INTO GRAPH <x:g>",
)


def test_no_query_leaves_the_machine(client: httpx2.Client) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        for query in OUT:
            answer = client.get("/sparql", params={"query": query.format(address)})
            assert answer.status_code in (400, 403), query
        for key in ("default-graph-uri", "named-graph-uri"):
            given = {"query": "ASK {}", key: address}
            assert client.get("/sparql", params=given).status_code == 400
        with pytest.raises(TimeoutError):
            listener.accept()
        # The listener does hear those who come.
        socket.create_connection(listener.getsockname()).close()
        listener.accept()[0].close()


def test_no_query_reads_a_file(client: httpx2.Client, tmp_path: Path) -> None:
    secret = tmp_path / "secret.ttl"
    secret.write_text("<x:a> <x:b> 'secret' .", encoding="utf-8")
    for query in OUT:
        answer = client.get("/sparql", params={"query": query.format(secret.as_uri())})
        assert answer.status_code in (400, 403)
        assert "secret'" not in answer.text


# What it says of itself


def test_the_service_describes_itself(client: httpx2.Client, server: Server) -> None:
    answer = client.get("/sparql", headers={"Accept": "application/n-triples"})
    found = ox.Store()
    found.load(answer.content, format=ox.RdfFormat.N_TRIPLES)
    ask = """PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>
      SELECT ?endpoint (COUNT(DISTINCT ?format) AS ?formats) (COUNT(DISTINCT ?name) AS ?graphs) {
        ?s a sd:Service ; sd:endpoint ?endpoint ; sd:supportedLanguage sd:SPARQL11Query ;
          sd:resultFormat ?format ; sd:defaultDataset/sd:namedGraph/sd:name ?name }
      GROUP BY ?endpoint"""
    solutions = found.query(ask)
    assert isinstance(solutions, ox.QuerySolutions)
    (row,) = solutions
    assert row["endpoint"].value == server.sparql
    assert [row["formats"].value, row["graphs"].value] == [str(len(RESULTS) + len(GRAPHS)), "3"]


def test_limits_are_told(client: httpx2.Client) -> None:
    for path in ("/sparql", "/sparql?query=ASK%20%7B%7D", "/sparql?query=wrong"):
        assert client.get(path).headers["zhengtu-limits"].startswith("seconds=10, memory=")


def test_a_wrong_query_is_told_where(client: httpx2.Client) -> None:
    answer = client.get("/sparql", params={"query": "SELECT *\n{ ?s kg: }"})
    assert "line 2" in answer.text


def test_other_paths_are_not_there(client: httpx2.Client) -> None:
    for path in ("/store", "/sparql/../store/current", "/%2e%2e/etc/passwd", "/sparql/x"):
        assert client.get(path).status_code == 404


# Clients that people use


def test_rdflib_asks(server: Server) -> None:
    store = SPARQLStore(server.sparql, context_aware=False)
    found = [str(row[0]) for row in store.query(SELECT)]
    assert len(found) == 3
    label = URIRef("http://www.w3.org/2000/01/rdf-schema#label")
    assert len(list(store.triples((None, label, None)))) > 100


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("format", ["json", "xml", "csv", "tsv"])
def test_sparqlwrapper_asks(server: Server, method: str, format: str) -> None:
    wrapper = SPARQLWrapper(server.sparql)
    wrapper.setQuery(SELECT)
    wrapper.setMethod(method)
    wrapper.setReturnFormat(format)
    answer = wrapper.queryAndConvert()
    if format == "json":
        assert len(answer["results"]["bindings"]) == 3
    elif format == "xml":
        assert len(answer.getElementsByTagName("result")) == 3
    else:
        assert len(answer.decode().splitlines()) == 4


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
def test_sparqlwrapper_gets_a_graph(server: Server) -> None:
    wrapper = SPARQLWrapper(server.sparql)
    wrapper.setQuery(CONSTRUCT)
    assert len(wrapper.queryAndConvert()) > 10


def test_pandas_reads_an_address(server: Server) -> None:
    address = httpx2.URL(server.sparql, params={"query": SELECT, "format": "csv"})
    frame = pandas.read_csv(str(address))
    assert list(frame.columns) == ["name"]
    assert len(frame) == 3


def test_curl_asks(server: Server) -> None:
    words = [
        "curl",
        "-sf",
        server.sparql,
        "-H",
        "Accept: text/csv",
        "--data-urlencode",
        f"query={SELECT}",
    ]
    done = subprocess.run(words, capture_output=True, check=True, timeout=600)
    assert len(list(csv.reader(io.StringIO(done.stdout.decode())))) == 4


# The protocol by itself


@pytest.mark.parametrize(
    ("search", "body", "content"),
    [(b"query=%FF", b"", ""), (b"", b"\xff", "application/sparql-query")],
)
def test_what_is_not_utf8_is_refused(search: bytes, body: bytes, content: str) -> None:
    with pytest.raises(RefusedError) as error:
        parse_request("POST" if content else "GET", search, content, body)
    assert error.value.status == 400


def test_a_graph_that_is_built_anew_is_seen(tmp_path: Path) -> None:
    folder = tmp_path / "graph"
    count = {"query": "SELECT (COUNT(*) AS ?n) { ?s a kg:Document }"}
    sources = sorted(EXAMPLES.glob("*.txt"))[:3]
    assert kg("build", sources[0], "-o", folder).returncode == 0
    with serving(folder) as server:
        assert rows(httpx2.get(server.sparql, params=count))[0]["n"] == "1"
        assert kg("build", *sources, "-o", folder).returncode == 0
        assert rows(httpx2.get(server.sparql, params=count))[0]["n"] == "3"


def test_every_error_has_chinese_words() -> None:
    for code, (_, meant) in CODES.items():
        assert re.search(r"[\u4e00-\u9fff]", meant), code
        assert Problem(code, "told in English").message("zh") == f"{meant}\ntold in English"


WRONG = {"query": "SELECT * { ?s skso:x ?o }"}


def test_a_reason_is_told_in_the_language_that_is_asked_for(server: Server) -> None:
    told = {
        language: httpx2.get(server.sparql, params=WRONG, headers={"Accept-Language": language})
        for language in ("", "en-GB,en;q=0.9", "zh-CN,zh;q=0.9,en;q=0.8")
    }
    assert {answer.status_code for answer in told.values()} == {400}
    english = "the prefix skso: is not declared; did you mean skos"
    assert [answer.text.startswith(english) for answer in told.values()] == [True, True, False]
    chinese = told["zh-CN,zh;q=0.9,en;q=0.8"]
    assert chinese.text.startswith("前缀 skso: 没有声明；您要找的是不是 skos")
    assert "第 1 行第 15 列" in chinese.text
    assert chinese.headers["content-language"] == "zh"


def test_a_reason_comes_in_parts_where_they_are_asked_for(server: Server) -> None:
    accept = {"Accept": "text/csv, application/problem+json"}
    address = f"{server.address}/answer/deals"
    answer = httpx2.get(address, params={"minimum": "10x"}, headers=accept)
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert (told["status"], told["code"], told["field"]) == (400, "query", "minimum")
    assert told["detail"].startswith("minimum: '10x' is no number")
    close = httpx2.get(f"{server.address}/answer/dela", headers=accept).json()
    assert close["near"][0] == "deals"
    assert httpx2.get(address, headers=accept).headers["content-type"].startswith("text/csv")
