"""The operations of the SPARQL 1.1 Protocol, by what its specification says of each request.

https://www.w3.org/TR/sparql11-protocol/: thirteen queries that are right, seven that are not;
updates, which are refused here whatever they are; and what a few queries are answered.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from kg.store.folder import import_rdf
from tests.testing.graphs import builders as b
from tests.testing.servers.server import serving

ONE, TWO, THREE = (f"http://graphs.example/{name}" for name in ("one", "two", "three"))
FORM, DIRECT, UPDATE = (
    {"Content-Type": media}
    for media in (
        "application/x-www-form-urlencoded",
        "application/sparql-query",
        "application/sparql-update",
    )
)
PLAIN = {"Content-Type": "text/plain"}
# True where the default graph is made of so many graphs
HERE = "ASK {{ {} }}"
IN = "<{0}#a> <x:is> <{0}>"
BOTH = HERE.format(f"{IN.format(ONE)} . {IN.format(TWO)}")
NAMED = (
    f"ASK {{ GRAPH <{ONE}> {{ {IN.format(ONE)} }} GRAPH <{TWO}> {{ {IN.format(TWO)} }} "
    f"FILTER NOT EXISTS {{ GRAPH <{THREE}> {{ ?s ?p ?o }} }} }}"
)
FULL = f"ASK {{ {IN.format(THREE)} GRAPH ?g {{ {IN.format(ONE)} }} }}"
QUERIES: dict[str, tuple[str, dict[str, Any]]] = {
    "get": ("GET", {"params": {"query": "ASK {}"}}),
    "form": ("POST", {"data": {"query": "ASK {}"}}),
    "direct": ("POST", {"content": "ASK {}", "headers": DIRECT}),
    "default graphs by get": ("GET", {"params": {"query": BOTH, "default-graph-uri": [ONE, TWO]}}),
    "default graphs by form": ("POST", {"data": {"query": BOTH, "default-graph-uri": [ONE, TWO]}}),
    "named graphs by get": ("GET", {"params": {"query": NAMED, "named-graph-uri": [ONE, TWO]}}),
    "named graphs by form": ("POST", {"data": {"query": NAMED, "named-graph-uri": [ONE, TWO]}}),
    "both sorts": (
        "POST",
        {"data": {"query": FULL, "default-graph-uri": THREE, "named-graph-uri": [ONE, TWO]}},
    ),
    "before FROM": (
        "GET",
        {"params": {"query": BOTH.replace("{", f"FROM <{THREE}> {{", 1),
                    "default-graph-uri": [ONE, TWO]}},
    ),
}  # fmt: skip
TYPES = {
    "SELECT * { ?s ?p ?o } LIMIT 1": "application/sparql-results+",
    "ASK { ?s ?p ?o }": "application/sparql-results+",
    f"DESCRIBE <{ONE}#a> FROM <{ONE}>": "text/turtle",
    "CONSTRUCT { <x:a> <x:b> ?o } { ?s ?p ?o } LIMIT 1": "text/turtle",
}
NO_UTF16 = {"content": "ASK {}".encode("utf-16"), "headers": DIRECT}
BAD_QUERIES: dict[str, tuple[str, dict[str, Any]]] = {
    "method": ("PUT", {"params": {"query": "ASK {}"}}),
    "two queries": ("GET", {"params": {"query": ["ASK {}", "SELECT * {}"]}}),
    "another type": ("POST", {"content": "ASK {}", "headers": PLAIN}),
    "form without its type": ("POST", {"content": "query=ASK%20%7B%7D"}),
    "query without its type": ("POST", {"content": "ASK {}"}),
    "not UTF-8": ("POST", NO_UTF16),
    "no SPARQL": ("GET", {"params": {"query": "ASK { WHERE"}}),
}
INSERT = "INSERT DATA { <x:a> <x:b> <x:c> }"
MOVE = "DELETE { ?s ?p ?o } INSERT { GRAPH <x:g> { ?s ?p ?o } } WHERE { ?s ?p ?o }"
UPDATES: dict[str, dict[str, Any]] = {
    "form": {"data": {"update": INSERT}},
    "direct": {"content": INSERT, "headers": UPDATE},
    "of a graph": {"data": {"update": MOVE, "using-graph-uri": ONE}},
    "of graphs": {"data": {"update": MOVE, "using-graph-uri": [ONE, TWO]}},
    "of named graphs": {"data": {"update": MOVE, "using-named-graph-uri": [ONE, TWO]}},
    "of both sorts": {
        "data": {"update": MOVE, "using-graph-uri": ONE, "using-named-graph-uri": TWO}
    },
    "with a base": {"content": f"BASE <{ONE}> {INSERT}", "headers": UPDATE},
}
BAD_UPDATES: dict[str, tuple[str, dict[str, Any]]] = {
    "get": ("GET", {"params": {"update": INSERT}}),
    "two updates": ("POST", {"data": {"update": [INSERT, INSERT]}}),
    "another type": ("POST", {"content": INSERT, "headers": PLAIN}),
    "form without its type": ("POST", {"content": f"update={INSERT}"}),
    "not UTF-8": ("POST", {"content": INSERT.encode("utf-16"), "headers": UPDATE}),
    "no SPARQL": ("POST", {"data": {"update": "INSERT DATA { WHERE"}}),
    "two datasets": (
        "POST",
        {"data": {"update": f"WITH <{ONE}> {MOVE}", "using-named-graph-uri": TWO}},
    ),
}
COUNT = "SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    work = tmp_path_factory.mktemp("protocol")
    folder = b.built(work / "graph")
    lines = [f"<{name}#a> <x:is> <{name}> <{name}> ." for name in (ONE, TWO, THREE)]
    (work / "data.nq").write_text("\n".join(lines), encoding="utf-8")
    import_rdf(folder, [work / "data.nq"])
    with (
        serving(folder) as server,
        httpx2.Client(base_url=server.address, timeout=600, trust_env=False) as found,
    ):
        yield found


def test_the_tables_are_whole() -> None:
    assert [len(QUERIES) + len(TYPES), len(BAD_QUERIES)] == [13, 7]
    assert [len(UPDATES), len(BAD_UPDATES)] == [7, 7]


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_is_answered(client: httpx2.Client, name: str) -> None:
    method, more = QUERIES[name]
    answer = client.request(method, "/sparql", **more)
    assert answer.json() == {"head": {}, "boolean": True}


@pytest.mark.parametrize("query", TYPES)
def test_an_answer_has_its_type(client: httpx2.Client, query: str) -> None:
    answer = client.get("/sparql", params={"query": query})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(TYPES[query])


@pytest.mark.parametrize("name", BAD_QUERIES)
def test_a_wrong_query_is_refused(client: httpx2.Client, name: str) -> None:
    method, more = BAD_QUERIES[name]
    assert 400 <= client.request(method, "/sparql", **more).status_code < 500


@pytest.mark.parametrize("name", UPDATES)
def test_an_update_is_refused(client: httpx2.Client, name: str) -> None:
    before = client.get("/sparql", params={"query": COUNT}).content
    answer = client.post("/sparql", **UPDATES[name])
    assert (answer.status_code, answer.headers["zhengtu-error"]) == (403, "read-only")
    assert client.get("/sparql", params={"query": COUNT}).content == before


@pytest.mark.parametrize("name", BAD_UPDATES)
def test_a_wrong_update_is_refused(client: httpx2.Client, name: str) -> None:
    method, more = BAD_UPDATES[name]
    before = client.get("/sparql", params={"query": COUNT}).content
    assert 400 <= client.request(method, "/sparql", **more).status_code < 500
    assert client.get("/sparql", params={"query": COUNT}).content == before


ROWS = (
    "VALUES (?town ?firm ?yuan) { ('云澜市' '甲' 30) ('云澜市' '乙' 12.5) ('江畔区' '丙' UNDEF) }"
)
ANSWERS = {
    f"SELECT ?town (SUM(?yuan) AS ?all) (COUNT(?yuan) AS ?n) {{ {ROWS} }} GROUP BY ?town "
    "HAVING (COUNT(*) > 0) ORDER BY ?town": "town,all,n\r\n云澜市,42.5,2\r\n江畔区,,0\r\n",
    f"SELECT ?firm {{ {ROWS} FILTER(BOUND(?yuan) && ?yuan > 12) }} ORDER BY DESC(?yuan) OFFSET 1":
    "firm\r\n乙\r\n",
    f"SELECT ?firm {{ {ROWS} MINUS {{ VALUES ?town {{ '云澜市' }} }} }}": "firm\r\n丙\r\n",
    f"SELECT DISTINCT ?town ?x {{ {ROWS} BIND(CONCAT('\"', ?town, ',') AS ?x) }} "
    "ORDER BY ?town LIMIT 1": 'town,x\r\n云澜市,"""云澜市,"\r\n',
    f"SELECT ?yuan {{ {ROWS} }} ORDER BY ?yuan": "yuan\r\n\r\n12.5\r\n30\r\n",
    f"SELECT (COUNT(*) AS ?n) FROM <{ONE}> {{ <{ONE}#a> (<x:no>|<x:is>)* ?x }}": "n\r\n2\r\n",
    "SELECT ?g { GRAPH ?g { ?s <x:is>/^<x:is> ?s } } ORDER BY ?g":
    f"g\r\n{ONE}\r\n{THREE}\r\n{TWO}\r\n",
    "SELECT ?x { { SELECT (1 AS ?x) {} } UNION { BIND(2/0 AS ?x) } } ORDER BY ?x":
    "x\r\n\r\n1\r\n",
    "SELECT (IRI('x') AS ?x) {}": "x\r\n{base}x\r\n",
}  # fmt: skip


@pytest.mark.parametrize("query", ANSWERS)
def test_queries_are_answered_right(client: httpx2.Client, query: str) -> None:
    answer = client.get("/sparql", params={"query": query, "format": "csv"})
    assert answer.text == ANSWERS[query].replace("{base}", f"{client.base_url}/")


TERMS = """SELECT * { VALUES (?a ?b ?c ?d ?e) {
  (<x:a> "云\\n\\"澜\\t" "澜"@zh "2026-01-31"^^<http://www.w3.org/2001/XMLSchema#date> UNDEF) } }"""


def test_terms_in_json(client: httpx2.Client) -> None:
    [row] = client.get("/sparql", params={"query": TERMS}).json()["results"]["bindings"]
    date = "http://www.w3.org/2001/XMLSchema#date"
    assert row == {
        "a": {"type": "uri", "value": "x:a"},
        "b": {"type": "literal", "value": '云\n"澜\t'},
        "c": {"type": "literal", "value": "澜", "xml:lang": "zh"},
        "d": {"type": "literal", "value": "2026-01-31", "datatype": date},
    }


def test_terms_in_tsv_and_csv(client: httpx2.Client) -> None:
    tsv, csv = (
        client.get("/sparql", params={"query": TERMS, "format": name}).text
        for name in ("tsv", "csv")
    )
    date = '"2026-01-31"^^<http://www.w3.org/2001/XMLSchema#date>'
    assert tsv == f'?a\t?b\t?c\t?d\t?e\n<x:a>\t"云\\n\\"澜\\t"\t"澜"@zh\t{date}\t\n'
    assert csv == 'a,b,c,d,e\r\nx:a,"云\n""澜\t",澜,2026-01-31,\r\n'
