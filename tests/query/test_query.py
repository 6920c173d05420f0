"""SPARQL: answered in every format, refused where it reaches out, told where it is wrong."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

import kg
from kg.base.errors import QueryError
from kg.query.query import FORMATS, answer, run, unknown_terms
from kg.query.questions import ask, question
from kg.query.sparql.evaluate import evaluate
from kg.query.sparql.parsed import DEEPEST, LONGEST, Form, parse
from kg.query.sparql.permitted import permit
from kg.query.sparql.tokens import bind, tokens
from kg.query.table import aligned, width
from tests.testing.graphs import builders as b

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMES = "SELECT ?name ?type WHERE { ?s rdfs:label ?name ; a ?type } ORDER BY ?name"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[kg.Graph]:
    with kg.open(b.built(tmp_path_factory.mktemp("graph"))) as opened:
        yield opened


def test_a_table_stands_straight_with_chinese_in_it(graph: kg.Graph) -> None:
    lines = run(graph, NAMES).decode().splitlines()
    assert len(lines) == 2 + len(b.knowledge().entities)
    column = width(lines[0].split("type")[0])
    for line in lines[2:]:
        assert width(line.split("kg:")[0]) == column


def test_a_table_never_steers_the_terminal() -> None:
    text = aligned(["a"], [["x\x1b[31m\r\n\u2028y"]])
    assert "\x1b" not in text
    assert len(text.splitlines()) == 3


@pytest.mark.parametrize(
    ("query", "columns"),
    [
        ("SELECT * { ?who rdfs:label ?name ; a ?kind }", "who name kind"),
        ("SELECT*{?z ?y ?x}", "z y x"),
        ("select distinct * where { $z a ?b . ?a kg:partOf $z }", "z b a"),
        # Strings, comments and IRIs hold no variables; what is hidden is no column.
        ("# SELECT ?x\nSELECT * # ?b\n{ ?z rdfs:label '?a' . ?z <urn:?b> ?b . ?a a ?z }", "z b a"),
        ("SELECT * { { SELECT ?n ?a { ?z ?b ?a . ?z ?c ?n } } ?a ?d ?m }", "n a d m"),
        ("SELECT * { ?z a ?y FILTER NOT EXISTS { ?b ?a ?z } MINUS { ?z ?k ?y } }", "z y"),
        ("SELECT * { SELECT * { ?z a ?b } }", "z b"),
        ("SELECT * { VALUES (?z ?a) { (1 2) } BIND(?z AS ?b) } ORDER BY ?a", "z a b"),
        ("SELECT * { ?z a ?b } VALUES ?a { 1 }", "z b a"),
        ("SELECT * { ?乙 a ?甲 }", "乙 甲"),
        (r"SELECT \u002A { ?\u007A a ?b }", "z b"),
        ("PREFIX select: <urn:s> SELECT * { ?z select:a ?b }", "z b"),
        # A sign that words may hold, but the tokens here do not.
        ("SELECT * { ?z·b ?y ?a }", "y a z·b"),
        ("SELECT ?z ?a { ?a ?b ?z }", "z a"),
    ],
)
def test_all_columns_come_in_the_order_of_the_query(
    graph: kg.Graph, query: str, columns: str
) -> None:
    named = columns.split()
    assert list(answer(graph, query).columns) == named
    assert json.loads(run(graph, query, "json"))["head"]["vars"] == named
    assert run(graph, query, "csv").decode().splitlines()[0] == ",".join(named)
    assert run(graph, query, "tsv").decode().splitlines()[0] == "\t".join(f"?{n}" for n in named)
    assert re.findall(r'variable name="([^"]+)"', run(graph, query, "xml").decode()) == named
    assert run(graph, query).decode().split("\n")[0].split() == named


def test_the_rows_of_all_columns_are_those_of_the_query(graph: kg.Graph) -> None:
    every = list(answer(graph, "SELECT * { ?s rdfs:label ?name ; a ?kind }"))
    by_name = list(answer(graph, "SELECT ?kind ?name ?s { ?s rdfs:label ?name ; a ?kind }"))
    assert len(every) > 3
    assert sorted(map(str, (sorted(row.items()) for row in every))) == sorted(
        map(str, (sorted(row.items()) for row in by_name))
    )


def test_a_wrong_query_of_all_columns_is_told_at_its_place(graph: kg.Graph) -> None:
    with pytest.raises(QueryError, match="line 2, column 8"):
        answer(graph, "SELECT * {\n ?s ?p }")
    with pytest.raises(QueryError, match="GROUP BY"):
        answer(graph, "SELECT * { ?s ?p ?o } GROUP BY ?s")


@pytest.mark.parametrize("format", ["csv", "tsv", "json", "xml"])
def test_rows_come_in_each_standard_format(graph: kg.Graph, format: str) -> None:
    data = run(graph, NAMES, format)
    if format == "csv":
        rows = list(csv.DictReader(io.StringIO(data.decode(), newline="")))
        assert rows[0] == {"name": "中国", "type": "https://w3id.org/zhengtu/ontology#District"}
    if format == "json":
        assert json.loads(data)["head"]["vars"] == ["name", "type"]
    kind = {
        "json": ox.QueryResultsFormat.JSON,
        "xml": ox.QueryResultsFormat.XML,
        "tsv": ox.QueryResultsFormat.TSV,
    }
    if format in kind:
        found = [row["name"].value for row in ox.parse_query_results(data, format=kind[format])]
        assert found == sorted(e.name for e in b.knowledge().entities)


@pytest.mark.parametrize("format", ["table", "csv", "tsv", "json", "xml"])
def test_yes_and_no_come_in_each_format(graph: kg.Graph, format: str) -> None:
    assert b"true" in run(graph, "ASK { ?s a kg:Person }", format)
    assert b"false" in run(graph, "ASK { ?s a kg:Nothing }", format)


def test_a_constructed_graph_comes_as_turtle_triples_and_table(graph: kg.Graph) -> None:
    text = "CONSTRUCT { ?s rdfs:label ?n } WHERE { ?s a kg:Policy ; rdfs:label ?n }"
    for format, reader in (("ttl", ox.RdfFormat.TURTLE), ("nt", ox.RdfFormat.N_TRIPLES)):
        assert len(list(ox.parse(run(graph, text, format), format=reader))) == 2
    assert "重庆市传感器产业发展规划" in run(graph, text).decode()
    assert run(graph, f"DESCRIBE <{b.PERSON.id}>", "nt").count(b"\n") == 5


@pytest.mark.parametrize(
    ("text", "format", "words"),
    [
        ("ASK {}", "ttl", "cannot hold; table, csv, tsv, json and xml can"),
        (NAMES, "nt", "SELECT and ASK give rows"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "csv", "ttl, nt and table can"),
        (NAMES, "jsn", "did you mean json"),
    ],
)
def test_a_format_that_cannot_hold_the_answer_is_refused(
    graph: kg.Graph, text: str, format: str, words: str
) -> None:
    with pytest.raises(QueryError, match=words):
        run(graph, text, format)
    assert "jsn" not in FORMATS


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("SELECT * WHERE {\n  ?s ?p ?o .\n  FILTER(?x > }", 3, 15, "'}' is not expected"),
        ("SELEC * {}", 1, 1, "'SELEC' is not expected"),
        ("SELECT * { ?s ?p '中文' ?o }", 1, 23, r"'\?o' is not expected"),
        (
            "SELECT * { ?s skso:prefLabel ?o }",
            1,
            15,
            "prefix skso: is not declared; did you mean skos",
        ),
        ("SELECT * { ?s <rel> ?o }", 1, 15, "no absolute IRI"),
        ("SELECT * { ?s ?p ?o", 1, 20, "ends too early"),
        ("", 1, 1, "ends too early"),
        ("SELECT ?s { ?s ?p ?o } GROUP BY ?p", 1, 35, "SELECT contains a variable that is unbound"),
        ("SELECT * { ?s ?p ?o } LIMIT x", 1, 29, "'x' is not expected"),
        ("ASK { ?s ?p ?o FILTER(NOSUCH(?o)) }", 1, 23, "'NOSUCH'"),
        ("ASK { ?s ?p ?o }}", 1, 17, "'}'"),
    ],
)
def test_a_syntax_error_shows_line_column_and_the_place(
    graph: kg.Graph, text: str, line: int, column: int, words: str
) -> None:
    with pytest.raises(QueryError, match=words) as caught:
        run(graph, text)
    message = str(caught.value)
    assert f"line {line}, column {column}" in message
    shown, caret = message.split("\n")[1:]
    assert shown.strip() == text.split("\n")[line - 1].strip()
    assert width(caret) - 3 == width(text.split("\n")[line - 1][: column - 1])


REACHES_OUT = [
    "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { service silent <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { SERVICE ?x { ?s ?p ?o } }",
    # oxigraph needs no space around a word
    "PREFIX : <http://127.0.0.1:9/> SELECT * { {}SERVICE:x{ ?a ?b ?c } }",
    "SELECT * { ?s ?p trueSERVICE<http://127.0.0.1:9/>{ ?a ?b ?c } }",
    "SELECT * { {}SERVICESILENT<http://127.0.0.1:9/>{ ?a ?b ?c } }",
    # what looks like an IRI or a string, and is none for oxigraph
    "PREFIX : <http://127.0.0.1:9/> SELECT * { FILTER(1<2)SERVICE#>\n:y{ ?a ?b ?c } }",
    "PREFIX : <http://127.0.0.1:9/> SELECT * { FILTER(1<2)#>'''\nSERVICE:y{ ?a ?b ?c }#'''\n}",
    "SELECT * { ?s ?p ('''a' ) . SERVICE <http://127.0.0.1:9/> {} #\\x'''\n}",
    "SELECT * { ?s ?p ('''a' ) . SERVICE <http://127.0.0.1:9/> {} #\\uD800'''\n}",
]


@pytest.mark.parametrize("text", REACHES_OUT)
def test_service_is_refused_however_it_is_hidden(graph: kg.Graph, text: str) -> None:
    with pytest.raises(QueryError, match=r"not done here|two ways"):
        run(graph, text)


@pytest.mark.parametrize(
    "text",
    [
        "ASK { ?s rdfs:label 'SERVICE <http://x/> { LOAD }' }",
        "ASK { # SERVICE <http://x/> {}\n ?s ?p ?o }",
        "ASK { <http://x/SERVICE> ?p ?SERVICE ; kg:SERVICE $service }",
        'ASK { ?s ?p """a "SERVICE" \\" b""" , \'INSERT DATA {}\' }',
        "ASK { ?s ?p ?o FILTER(?a<?b && ?c>?d) }",
        "ASK { VALUES (?a ?b) { (<http://a#b> <http://a#c>) } }",
        "ASK { ?s (<http://a#b>|<http://a#c>)/<http://a#d> ?o }",
    ],
)
def test_the_words_may_stand_in_strings_comments_iris_and_variables(
    graph: kg.Graph, text: str
) -> None:
    assert run(graph, text) in (b"answer\n------\ntrue\n", b"answer\n------\nfalse\n")


@pytest.mark.parametrize("prefix", ["service", "SERVICE", "customer-service", "p000000"])
def test_a_prefix_may_hold_the_word(graph: kg.Graph, prefix: str) -> None:
    space = f"PREFIX {prefix}: <{b.BASE}> PREFIX p000000: <{b.BASE}> PREFIX : <urn:> "
    [row] = graph.query(
        f"{space} SELECT (COUNT(*) AS ?n) (SAMPLE({prefix}:x) AS ?x) "
        f"{{ ?s ?p ?o . {{}} FILTER(?p != {prefix}:{prefix} && '{prefix}:x' != 'y') }}"
    ).rows
    assert row == (len(graph.store.quads), f"{b.BASE}x")
    with pytest.raises(QueryError) as caught:
        run(graph, f"{space}\nSELECT * {{ {prefix}:a {prefix}:b }}")
    place = f"line 2, column {18 + 2 * len(prefix)}\n  SELECT * {{ {prefix}:a {prefix}:b }}\n"
    assert place in str(caught.value)


def test_a_prefix_of_the_ontology_may_hold_the_word() -> None:
    found = evaluate(ox.Store(), parse("SELECT (service:x AS ?x) {}", {"service": "http://x/"}))
    assert [row["x"] for row in found] == [ox.NamedNode("http://x/x")]


@pytest.mark.parametrize("address", ["file:///etc/passwd", "http://127.0.0.1:9/x.ttl"])
def test_from_an_address_is_refused_and_nothing_is_fetched(graph: kg.Graph, address: str) -> None:
    for clause in ("FROM", "FROM NAMED"):
        with pytest.raises(QueryError, match="no graph of this store, and nothing is fetched"):
            run(graph, f"SELECT * {clause} <{address}> {{ ?s ?p ?o }}")


def test_from_a_graph_that_was_imported_is_answered(tmp_path: object) -> None:
    from kg.store.folder import import_rdf

    folder = b.built(tmp_path / "graph")  # type: ignore[operator]
    file = tmp_path / "a.nt"  # type: ignore[operator]
    file.write_text("<http://x/a> <http://x/b> <http://x/c> .")
    import_rdf(folder, [file], "http://g/1")
    with kg.open(folder) as opened:
        assert len(answer(opened, "SELECT * FROM <http://g/1> { ?s ?p ?o }")) == 1
        assert len(answer(opened, "SELECT * { GRAPH ?g { ?s ?p ?o } }")) == 1


@pytest.mark.parametrize("text", ["INSERT DATA { <a:a> <a:a> <a:a> }", "CLEAR ALL", "LOAD <http://x/>",
                                  "PREFIX x: <http://x/> DELETE WHERE { ?s ?p ?o }"])  # fmt: skip
def test_updates_are_refused(graph: kg.Graph, text: str) -> None:
    with pytest.raises(QueryError, match="is an update"):
        run(graph, text)


DEEP = {
    "parentheses": "ASK { FILTER(" + "(" * 10_000 + "1" + ")" * 10_000 + ") }",
    "braces": "ASK " + "{" * 10_000 + "}" * 10_000,
    "brackets": "ASK { ?s ?p " + "[ ?p " * 10_000 + "1" + "]" * 10_000 + "}",
    "exists": "ASK { " + "FILTER EXISTS {" * 2000 + "}" * 2000 + "}",
    "not": "ASK { FILTER(" + "!" * 20_000 + "true) }",
    "or": "ASK { FILTER(" + "?x || " * 20_000 + "true) }",
    "union": "ASK { " + "{} UNION " * 20_000 + "{} }",
    "path": "ASK { ?s " + "<a:a>/" * 20_000 + "<a:a> ?o }",
    "patterns": "ASK { " + "?s ?p ?o . " * 20_000 + "}",
    "list": "ASK { ?s ?p (" + "1 " * 20_000 + ") }",
    "triples": "ASK { " + "<<( <a:a> <a:a> " * 10_000 + "<a:a>" + " )>>" * 10_000 + " ?p ?o }",
}


@pytest.mark.parametrize("kind", DEEP)
def test_what_would_kill_the_process_is_refused(graph: kg.Graph, kind: str) -> None:
    with pytest.raises(QueryError, match=rf"deeper than {DEEPEST}|longer than {LONGEST}"):
        run(graph, DEEP[kind])


def test_what_is_just_allowed_is_answered_and_does_not_kill() -> None:
    queries = [
        "ASK { FILTER(" + "(" * (DEEPEST - 2) + "1" + ")" * (DEEPEST - 2) + ") }",
        "ASK { FILTER(" + "?x || " * (LONGEST // 2 - 10) + "true) }",
        "ASK { " + "FILTER EXISTS {" * (DEEPEST - 2) + "}" * (DEEPEST - 2) + "}",
        "ASK { VALUES ?x {" + "1 " * 50_000 + "} FILTER(?x IN (" + "1," * 50_000 + "1)) }",
    ]
    code = (
        "import sys, json, pyoxigraph as ox\n"
        "for text in json.load(sys.stdin): bool(ox.Store().query(text))"
    )
    for text in queries:
        permit(parse(text, {}))
    command = [sys.executable, "-c", code]
    out = subprocess.run(command, input=json.dumps(queries), text=True, check=False)
    assert out.returncode == 0


def test_tokens_cover_every_character_of_a_query() -> None:
    for question_ in kg.ontology.load().questions.values():
        found = tokens(question_.text)
        assert found
        assert all(question_.text[t.start : t.end] == t.text for t in found)
        assert not [t for t in found if t.kind == "sign" and t.text.isalnum()]


def test_binding_reaches_nested_parts_and_leaves_strings_alone() -> None:
    text = "SELECT ?s ?n { { SELECT ?s { ?s ?p '?s' } } # ?s\n } GROUP BY ?s ORDER BY ?s"
    assert bind(text, {"s": "<a:b>"}) == (
        "SELECT (<a:b> AS ?s) ?n { { SELECT (<a:b> AS ?s) { <a:b> ?p '?s' } } # ?s\n }"
        " GROUP BY (<a:b>) ORDER BY (<a:b>)"
    )


def test_bindings_of_every_sort_are_understood(graph: kg.Graph) -> None:
    import rdflib

    label = "SELECT ?n { ?s rdfs:label ?n }"
    for given in (b.PERSON.id, ox.NamedNode(b.PERSON.id), rdflib.URIRef(b.PERSON.id)):
        assert graph.query(label, s=given).rows == [("于海",)]
    assert graph.query("SELECT ?s { ?s kg:code ?c . FILTER(?c = ?d) }", d='"} hostile').rows == []
    rows = graph.query("SELECT ?s ?x { ?s kg:investment ?v FILTER(?v > ?x) }", x=4 * 10**9).rows
    assert rows == [(b.PROJECT.id, 4 * 10**9)]
    with pytest.raises(QueryError, match="no term"):
        graph.query(label, s=[1])


def test_values_are_pythons_own(graph: kg.Graph) -> None:
    columns = '(1 AS ?a) (1.5 AS ?b) (true AS ?c) ("x" AS ?d) (?no AS ?e) (1e0 AS ?f) (kg:x AS ?g)'
    found = graph.query(f"SELECT {columns} {{}}")
    assert found.rows == [
        (1, Decimal("1.5"), True, "x", None, 1.0, "https://w3id.org/zhengtu/ontology#x")
    ]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("SELECT (<http://x/f>(1) AS ?x) (2 AS ?y) {}", [(None, 2)]),
        ("SELECT ?x { VALUES ?x { 1 2 } FILTER(?x = 2 || <http://x/f>(?x)) }", [(2,)]),
        ("SELECT ?x { VALUES ?x { 1 2 } FILTER(!<http://x/f>(?x)) }", []),
        ("SELECT ?x { VALUES ?x { 1 2 } FILTER EXISTS { FILTER(<http://x/f>(?x)) } }", []),
        ("SELECT (COALESCE(kg:f(1, 2), <http://x/g>(), 3) AS ?x) {}", [(3,)]),
        ("SELECT ?x { VALUES ?x { 1 } } ORDER BY <http://x/f>(?x)", [(1,)]),
        ("SELECT ?y (MAX(?x) AS ?z) { VALUES ?x { 1 2 } } GROUP BY (kg:f(?x) AS ?y)", [(None, 2)]),
        ("SELECT ?x { { SELECT (kg:f(1) AS ?x) {} } }", [(None,)]),
        ("SELECT * { VALUES (?b ?a) { (1 2) } FILTER(?b = 1 || kg:f(?a)) }", [(1, 2)]),
    ],
)
def test_a_function_that_is_not_known_fails_where_it_is_called(
    graph: kg.Graph, text: str, rows: list[tuple[object, ...]]
) -> None:
    assert graph.query(text).rows == rows


def test_a_query_that_ends_too_late_is_told_its_place_though_it_calls_an_unknown_function(
    graph: kg.Graph,
) -> None:
    with pytest.raises(QueryError, match=r"'more' is not expected here: line 1, column 35"):
        run(graph, "SELECT (<http://x/f>(1) AS ?x) {} more")


@pytest.mark.parametrize(
    ("name", "given", "words"),
    [
        ("projcts", {}, "did you mean projects"),
        ("projects", {"distrct": "x"}, "did you mean district"),
        ("counts", {"x": "y"}, "it takes none"),
        ("lineage", {}, r"needs policy .*add policy=…"),
        ("lineage", {"policy": "国家传感器行动计画"}, "did you mean 国家传感器行动计划"),
        ("investments", {"minimum": "many"}, "is no number"),
        ("investments", {"minimum": "nan"}, "is no number"),
        ("investments", {"minimum": "1e99999"}, "is no number"),
        ("timeline", {"since": "yesterday"}, "is no date"),
        ("timeline", {"class": "Evnt"}, "did you mean Event"),
    ],
)
def test_a_wrong_question_or_parameter_is_answered_with_the_nearest(
    graph: kg.Graph, name: str, given: dict[str, str], words: str
) -> None:
    with pytest.raises(QueryError, match=words):
        ask(graph, name, given)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("ASK { ?s a kg:Projekt ; kg:investment ?i ; kg:confidense 1 }",
         ["kg:Projekt", "kg:confidense"]),
        ("ASK { ?s <https://w3id.org/zhengtu/ontology#signz> ?o }",
         ["<https://w3id.org/zhengtu/ontology#signz>"]),
        ("PREFIX z: <https://w3id.org/zhengtu/ontology#> ASK { ?s z:signz ?o }", ["z:signz"]),
        ("PREFIX kg: <http://example.org/> ASK { ?s kg:signz ?o }", []),
        ("ASK { ?s kg:high 1 ; kg:status 'kg:signz' ; rdfs:signz ?o } # kg:signz", []),
        ("PREFIX kg: ASK {", []),
    ],
)  # fmt: skip
def test_terms_that_the_ontology_lacks_are_found(
    graph: kg.Graph, text: str, terms: list[str]
) -> None:
    assert sorted(unknown_terms(graph, parse(text, graph.prefixes))) == sorted(terms)


def test_a_hostile_parameter_stays_a_text(graph: kg.Graph) -> None:
    wrong = '" } SERVICE <http://x/> { #'
    with pytest.raises(QueryError, match="is no status"):
        question(graph, "facts", {"status": wrong})
    facts = graph.ontology.questions["facts"]
    free = replace(facts, parameters=tuple(replace(p, kind="text") for p in facts.parameters))
    asked = kg.Graph(graph.store, replace(graph.ontology, questions={"facts": free}))
    assert answer(asked, question(asked, "facts", {"status": wrong})).rows == []


def test_a_kind_of_sum_and_a_currency_are_asked_by_what_they_are_called(graph: kg.Graph) -> None:
    def asked(**given: str) -> str:
        return question(graph, "deals", given)

    assert asked(kind="总投资") == asked(kind="total")
    assert asked(currency="欧元") == asked(currency="eur") == asked(currency="EUR")
    with pytest.raises(QueryError, match="kind: 'foo' is none; known are budget"):
        asked(kind="foo")
    with pytest.raises(QueryError, match="currency: '星元' is none; known are AED"):
        asked(currency="星元")


def test_all_entities_that_bear_a_name_are_asked_about(tmp_path: object) -> None:
    import dataclasses

    from kg.base.records import Knowledge

    other = dataclasses.replace(b.DISTRICT, id=b.DISTRICT.id + "0", aliases=())
    facts = (b.fact(b.PROJECT, "locatedIn", b.DISTRICT, "签约"),
             b.fact(b.SYSTEM, "locatedIn", other, "签约"))  # fmt: skip
    whole = Knowledge((b.source(),), (b.DISTRICT, other, b.PROJECT, b.SYSTEM), facts)
    with kg.open(b.built(tmp_path, whole)) as opened:  # type: ignore[arg-type]
        assert opened.entity("北碚区") == [b.DISTRICT.id, other.id]
        assert {r[0] for r in ask(opened, "about", {"entity": "北碚区"}).rows} == {
            "传感器产业园项目",
            "政快办",
        }


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("# ASK\nselect * {}", Form.SELECT),
        ("PREFIX x: <http://x/> ASK {}", Form.ASK),
        ("CONSTRUCT WHERE { ?s ?p 'SELECT' }", Form.CONSTRUCT),
        ("DESCRIBE <http://x/>", Form.DESCRIBE),
        ("WITH <http://x/> DELETE WHERE { ?s ?p ?o }", Form.UPDATE),
        (r"\u0041SK {}", Form.ASK),
        ("", Form.NONE),
    ],
)
def test_a_query_is_read_once_and_tells_its_form(text: str, form: Form) -> None:
    assert parse(text, {}).form is form


def test_a_query_tells_what_it_may_not_ask() -> None:
    query = parse(
        "BASE <http://g/> SELECT * FROM <1> FROM NAMED <http://g/2> FROM x:3 "
        "{ SERVICE <http://y/> {} }",
        {},
    )
    assert [one.iri for one in query.graphs] == ["http://g/1", "http://g/2"]
    assert query.service is not None
    assert query.text[query.service.start :].startswith("SERVICE <")
    # What stands first is told first.
    with pytest.raises(QueryError, match="FROM <http://g/2> is no graph"):
        permit(query, ["http://g/1"])
    with pytest.raises(QueryError, match="SERVICE reaches out") as caught:
        permit(query, ["http://g/1", "http://g/2"])
    assert "不允许：第 1 行第" in caught.value.zh


def test_a_query_is_tokenised_once(graph: kg.Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.query.sparql import parsed

    read: list[str] = []

    def counted(text: str) -> list[object]:
        read.append(text)
        return list(tokens(text))

    monkeypatch.setattr(parsed, "tokens", counted)
    assert run(graph, "SELECT * { ?service a kg:Policy ; rdfs:label ?name }", "csv")
    with pytest.raises(QueryError):
        run(graph, "SELECT * { ?service a kg:Policy } more")
    assert len(read) == 2
