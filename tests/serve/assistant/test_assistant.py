"""What an assistant gets: every tool by the SDK's own client, over stdio and over HTTP."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest

from kg import __version__
from kg.ontology import load
from kg.serve.pages.tools.bounds import ROOM, size
from kg.serve.pages.tools.tools import TOOLS
from tests.conftest import READER, ROOT, SECONDS, kg
from tests.testing.servers.server import serving

pytest.importorskip("mcp", reason="the extra mcp is not installed")
from anyio.from_thread import start_blocking_portal
from mcp import Client, StdioServerParameters

pytestmark = pytest.mark.server

# A cross product of all triples three times over.
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
CHIPS = "蓉芯微电子股份有限公司"
PAGE = "成都-高新区集中签约.txt"
POLICY = f"{load().namespace}Policy"
HEADERS = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
LIST = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}


def stdio(directory: Path | str, *words: str) -> StdioServerParameters:
    given = ["-m", "kg", "mcp", "-d", str(directory), *words]
    return StdioServerParameters(command=sys.executable, args=given, env=ENVIRONMENT)


def words(answer: Any) -> str:
    (content,) = answer.content
    text: str = content.text
    return text


class Asker:
    """Asks a server; each answer is what its client has checked against the tool's schema."""

    def __init__(self, portal: Any, client: Client) -> None:
        self.portal, self.client = portal, client

    def answer(self, tool: str, given: dict[str, Any]) -> Any:
        return self.portal.call(self.client.call_tool, tool, given)

    def __call__(self, tool: str, **given: Any) -> tuple[dict[str, Any], str]:
        answer = self.answer(tool, given)
        assert not answer.is_error, words(answer)
        assert size(answer.structured_content) < 1.2 * ROOM
        return answer.structured_content, words(answer)

    def refused(self, tool: str, **given: Any) -> str:
        answer = self.answer(tool, given)
        assert answer.is_error and answer.structured_content is None
        return words(answer)


@contextmanager
def asking(server: Any) -> Iterator[Asker]:
    """A client that stays connected, for many calls."""
    with (
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(Client(server)) as client,
    ):
        yield Asker(portal, client)


@pytest.fixture(scope="module")
def ask(graph_of_examples: Path) -> Iterator[Asker]:
    with asking(stdio(graph_of_examples)) as asker:
        yield asker


def test_a_client_learns_what_the_server_is_and_which_tools_it_has(ask: Asker) -> None:
    server, instructions = ask.client.server_info, ask.client.instructions or ""
    tools = ask.portal.call(ask.client.list_tools).tools
    assert (server.name, server.version) == ("zhengtu", __version__)
    assert "Begin with find" in instructions
    assert {tool.name for tool in tools} == TOOLS.keys()
    for tool in tools:
        assert tool.annotations.read_only_hint
        assert tool.description and tool.output_schema["properties"]
        assert not tool.input_schema["additionalProperties"]
        for given in tool.input_schema.get("properties", {}).values():
            assert given["description"]


def test_find_tells_things_of_a_part_of_their_name_apart(ask: Asker) -> None:
    found, text = ask("find", name="高新区")
    beside = {thing["name"]: thing["beside"] for thing in found["things"]}
    assert beside["成都高新区"] == ["partOf 成都市"]
    assert "partOf 合肥市" in text
    assert found["left_out"] == 0
    first, _ = ask("find", name="高新区", limit=1)
    assert len(first["things"]) == 1
    assert first["left_out"] == len(found["things"]) - 1
    assert f"{first['left_out']} more things are left out" in first["note"]


def test_find_keeps_to_a_class_by_its_name_or_label(ask: Asker) -> None:
    for name in ("Event", "活动"):
        found, _ = ask("find", name="高新区", type=name)
        assert {thing["type"] for thing in found["things"]} == {"Event"}
    assert "is no class" in ask.refused("find", name="高新区", type="Evnt")


def test_find_gives_the_nearest_of_a_name_that_is_none(ask: Asker) -> None:
    found, text = ask("find", name="蓉心微电")
    assert found["things"][0]["name"] == CHIPS
    assert "nothing is called '蓉心微电'" in text
    assert "nothing is called" in ask.refused("find", name="zzzz")


def test_describe_tells_facts_with_their_sentences_posts_and_deals(ask: Asker) -> None:
    told, text = ask("describe", name="蓉芯微")
    assert told["thing"]["name"] == CHIPS
    invests = next(fact for fact in told["facts"] if fact["relation"] == "invests")
    assert invests["status"] == "planned" and 0 < invests["confidence"] <= 1
    assert invests["place"]["document"] == PAGE and "拟投资42亿元" in invests["place"]["quote"]
    assert [(post["person"], post["title"]) for post in told["posts"]] == [("邹启明", "董事长")]
    assert told["deals"][0]["amounts"][-1]["value"] == "4200000000"
    assert "confidence" in text and PAGE in text and "董事长" in text
    assert told["left_out"] == {}


def test_describe_takes_an_iri_and_one_relation_and_goes_on(ask: Asker) -> None:
    (thing,) = ask("find", name="成都市", type="District", limit=1)[0]["things"]
    every, _ = ask("describe", name=thing["iri"])
    first, text = ask("describe", name=thing["iri"], limit=1)
    assert first["left_out"]["facts"] == len(every["facts"]) - 1
    assert "ask again with offset=1" in text
    second, _ = ask("describe", name=thing["iri"], limit=1, offset=1)
    assert second["facts"] == every["facts"][1:2]
    parts, _ = ask("describe", name=thing["iri"], relation="partOf")
    assert {fact["relation"] for fact in parts["facts"]} == {"partOf"}


def test_wrong_names_are_answered_with_a_way_out(ask: Asker) -> None:
    assert f"did you mean {CHIPS}" in ask.refused("describe", name="蓉心微电子股份公司")
    refused = ask.refused("describe", name="蓉芯微", relation="invest")
    assert "did you mean invests" in refused
    assert "may be" in ask.refused("describe", name="高新区")
    assert "did you mean investments" in ask.refused("ask", question="investmentz")
    refused = ask.refused("ask", question="investments", parameters={"minimun": "1"})
    assert "did you mean minimum" in refused
    assert "needs entity" in ask.refused("ask", question="about")
    assert "is no document" in ask.refused("read_document", document="成都.txt")
    assert "does not stand in" in ask.refused("read_document", document=PAGE, quote="无此一句")
    assert "is no claim" in ask.refused("explain", of=f"{claim(ask)}0 x")
    assert "nom" in ask.refused("find", name="x", nom="y")
    assert "less than or equal to 200" in ask.refused("find", name="x", limit=1000)
    assert "unknown" in ask.refused("fetch", name="x").lower()


def test_a_graph_elsewhere_is_asked_but_has_no_texts(graph_of_examples: Path) -> None:
    with serving(graph_of_examples) as server, asking(stdio(server.sparql)) as ask:
        assert ask("find", name="高新区", type="District")[0]["things"]
        told, _ = ask("describe", name="蓉芯微")
        assert PAGE in {fact["place"]["document"] for fact in told["facts"]}
        assert ask("ask", question="investments")[0]["rows"]
        assert PAGE in ask("list_documents", text="成都")[1]
        assert PAGE in ask.refused("read_document", document=PAGE)


def test_things_of_one_name_are_told_apart_where_one_is_asked_for(tmp_path: Path) -> None:
    texts = {
        "a": "沈阳市铁西区召开大会。沈阳市铁西区人民政府印发通知。",
        "b": "鞍山市铁西区召开大会。鞍山市铁西区人民政府印发通知。",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    built(tmp_path)
    with asking(stdio(tmp_path / "graph")) as ask:
        refused = ask.refused("describe", name="铁西区")
    assert "铁西区 names 2 things; give the IRI of one:" in refused
    assert "partOf 沈阳市" in refused and "partOf 鞍山市" in refused


def built(folder: Path) -> None:
    done = kg("build", folder, "-o", folder / "graph", env={READER: "rules"})
    assert done.returncode == 0, done.stderr.decode()


def test_every_question_is_listed_with_its_parameters(ask: Asker) -> None:
    told, text = ask("list_questions")
    assert {one["name"] for one in told["questions"]} == load().questions.keys()
    deals = next(one for one in told["questions"] if one["name"] == "deals")
    assert {p["name"] for p in deals["parameters"]} >= {"thing", "minimum"}
    assert "minimum?" in text


def test_a_question_is_answered_a_part_at_a_time(ask: Asker) -> None:
    given = {"question": "investments", "parameters": {"minimum": 2e9}}
    every, _ = ask("ask", **given)
    assert every["columns"][:2] == ["project", "investment"]
    assert every["rows"][0][:2] == ["湘智算力产业园项目", 4_500_000_000]
    part, text = ask("ask", **given, limit=2, offset=1)
    assert part["rows"] == every["rows"][1:3]
    assert part["left_out"] == len(every["rows"]) - 3
    assert text.startswith("project | investment") and "ask again with offset=3" in text


def test_the_vocabulary_names_the_terms_and_an_example_that_runs(ask: Asker) -> None:
    told, text = ask("vocabulary")
    assert {term["name"] for term in told["classes"]} == load().classes.keys()
    assert {term["name"] for term in told["relations"]} == load().relations.keys()
    assert "invests 投资 [Organisation → Project]" in text
    found, _ = ask("sparql", query=told["example"])
    assert found["rows"]


def test_a_query_is_answered_with_what_is_left_out(ask: Asker) -> None:
    found, text = ask("sparql", query="SELECT ?s { ?s a kg:Policy } ORDER BY ?s", limit=3)
    assert len(found["rows"]) == 3 and found["left_out"] > 10
    assert "more rows are left out" in text
    found, _ = ask("sparql", query="SELECT * { ?s ?p ?o }", limit=200)
    assert found["left_out"] == 1000 and "at least 1000 more rows" in found["note"]
    assert 10 < len(found["rows"]) < 200
    found, text = ask("sparql", query="ASK { ?s a kg:Policy }")
    assert found["rows"] == [[True]]
    found, _ = ask("sparql", query="CONSTRUCT { ?s a kg:Policy } WHERE { ?s a kg:Policy }", limit=1)
    assert found["columns"] == ["subject", "predicate", "object"]
    assert found["rows"][0][2] == POLICY
    found, text = ask("sparql", query="SELECT ?s { ?s a kg:Polcy }")
    assert found["rows"] == [] and "did you mean Policy" in found["note"]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "reaches out"),
        ("SELECT * FROM <http://127.0.0.1:1/> { ?s ?p ?o }", "nothing is fetched"),
        ("DELETE WHERE { ?s ?p ?o }", "is an update"),
        ("SELECT ?s { ?s a kg:Policy", "line 1"),
    ],
)
def test_what_may_not_be_asked_is_refused(query: str, said: str, ask: Asker) -> None:
    assert said in ask.refused("sparql", query=query)


def test_a_query_that_runs_too_long_is_stopped_and_the_next_is_answered(
    graph_of_examples: Path,
) -> None:
    with asking(stdio(graph_of_examples, "--timeout", "1")) as ask:
        assert "took longer than 1 s and was stopped" in ask.refused("sparql", query=ENDLESS)
        assert ask("find", name="成都市")[0]["things"]


def test_a_call_is_answered_beside_a_long_one_and_after_it_is_cancelled(
    graph_of_examples: Path,
) -> None:
    with asking(stdio(graph_of_examples, "--timeout", "300")) as ask:
        given = {"query": ENDLESS}
        slow = ask.portal.start_task_soon(ask.client.call_tool, "sparql", given)
        assert ask("find", name="成都市")[0]["things"]
        assert not slow.done()
        slow.cancel()
        assert ask("find", name="合肥市")[0]["things"]


def claim(ask: Asker) -> str:
    told, _ = ask("describe", name=CHIPS, limit=1)
    iri: str = told["facts"][0]["claim"]
    return iri


def test_explain_tells_why_a_fact_and_a_merge_stand(ask: Asker) -> None:
    told, text = ask("explain", of="蓉芯微")
    assert "why they are one" in told["text"] and "name.defined" in text
    one, _ = ask("explain", of=claim(ask))
    assert "rule develops" in one["text"] and PAGE in one["text"]
    later, _ = ask("explain", of="蓉芯微", offset=3)
    assert later["text"] == "\n".join(told["text"].split("\n")[3:])


def test_an_explanation_told_in_parts_is_that_of_the_command(
    ask: Asker, graph_of_examples: Path
) -> None:
    lines, offset = [], 0
    while True:
        told, _ = ask("explain", of="四川省", offset=offset)
        lines += told["text"].split("\n")
        offset = len(lines)
        if not told["left_out"]:
            break
        assert f"offset={offset}" in told["note"]
    whole = kg("explain", "-d", graph_of_examples, "四川省").stdout.decode()
    assert "\n".join(lines) + "\n" == whole


def test_documents_are_listed_and_found_by_name_or_title(ask: Asker) -> None:
    every, _ = ask("list_documents")
    assert len(every["documents"]) == len(list((ROOT / "examples").iterdir()))
    (one,) = ask("list_documents", text="开门红")[0]["documents"]
    assert one["document"] == PAGE and one["length"] > 100
    part, text = ask("list_documents", limit=2, offset=1)
    assert part["documents"] == every["documents"][1:3] and "offset=3" in text
    assert "no file name or title" in ask.refused("list_documents", text="zzz")


def test_a_document_is_read_around_a_quotation_or_from_an_offset(ask: Asker) -> None:
    around, text = ask(
        "read_document", document=PAGE, quote="（以下简称“蓉芯微”）拟投资42亿元", length=80
    )
    assert "拟投资42亿元" in around["text"] and around["times"] == 1
    assert around["end"] - around["start"] == 80 and len(around["text"]) == 80
    assert CHIPS in {thing["name"] for thing in around["things"]}
    assert f"{PAGE} {around['start']}–{around['end']}" in text
    first, _ = ask("read_document", document=PAGE, length=10)
    rest, _ = ask("read_document", document=PAGE, start=10, length=10)
    assert (first["start"], rest["start"]) == (0, 10) and "start=20" in rest["note"]
    end, _ = ask("read_document", document=PAGE, start=10**9)
    assert end["text"] == ""


def test_an_empty_graph_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("你好。", encoding="utf-8")
    built(tmp_path)
    with asking(stdio(tmp_path / "graph")) as ask:
        assert "nothing is called '成都市'" in ask.refused("find", name="成都市")
        assert "nothing is called" in ask.refused("describe", name="成都市")
        assert ask("ask", question="investments")[0]["rows"] == []
        assert ask("sparql", query="SELECT * { ?s a kg:Policy }")[1].endswith("no rows")
        assert len(ask("list_documents")[0]["documents"]) == 1


def test_a_folder_without_a_graph_is_told_before_anything_is_served(tmp_path: Path) -> None:
    for more in ((), ("--http", "0")):
        path = {"PYTHONPATH": ENVIRONMENT["PYTHONPATH"]}
        done = kg("mcp", "-d", tmp_path / "none", *more, input=b"", env=path)
        assert (done.returncode, done.stdout) == (1, b""), done.stderr
        assert "kg build" in done.stderr.decode()


def test_without_the_extra_it_is_named(graph_of_examples: Path, tmp_path: Path) -> None:
    code = (
        "import sys, importlib.util as u; found = u.find_spec\n"
        "u.find_spec = lambda name, *more: None if name == 'mcp' else found(name, *more)\n"
        "from kg.cli.main import main; sys.exit(main(sys.argv[1:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "mcp", "-d", str(graph_of_examples)],
        cwd=tmp_path,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "pip install 'zhengtu[mcp]'" in done.stderr and done.stderr.count("\n") == 1


HELLO = {
    "jsonrpc": "2.0",
    "id": 0,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    },
}


@contextmanager
def started(directory: Path, *words_: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", "mcp", "-d", str(directory), *words_],
        env=ENVIRONMENT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait(SECONDS)
        for stream in (process.stdin, process.stdout, process.stderr):
            if stream:
                stream.close()


def greeted(process: subprocess.Popen[str]) -> dict[str, Any]:
    assert process.stdin and process.stdout
    process.stdin.write(json.dumps(HELLO) + "\n")
    process.stdin.flush()
    answer: dict[str, Any] = json.loads(process.stdout.readline())
    return answer


@pytest.mark.parametrize(
    ("number", "status", "said"),
    [(signal.SIGINT, 130, "kg: interrupted\n"), (signal.SIGTERM, 0, ""), (None, 0, "")],
)
def test_it_ends_with_its_client_and_with_a_signal(
    number: signal.Signals | None, status: int, said: str, graph_of_examples: Path
) -> None:
    with started(graph_of_examples) as process:
        assert greeted(process)["result"]["serverInfo"]["name"] == "zhengtu"
        assert process.stdin and process.stdout and process.stderr
        if number:
            process.send_signal(number)
        else:
            process.stdin.close()
        assert process.wait(SECONDS) == status
        assert process.stderr.read() == said
        assert process.stdout.read() == ""


def test_stdout_carries_the_protocol_alone(graph_of_examples: Path) -> None:
    calls = [
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 1, "method": "tools/call",
         "params": {"name": "explain", "arguments": {"of": CHIPS}}},
        {"jsonrpc": "2.0", "id": 2, "method": "tools/call",
         "params": {"name": "nothing", "arguments": {}}},
    ]  # fmt: skip
    with started(graph_of_examples) as process:
        greeted(process)
        assert process.stdin and process.stdout
        process.stdin.write("".join(json.dumps(call) + "\n" for call in calls))
        process.stdin.flush()
        answers = [json.loads(process.stdout.readline()) for _ in range(2)]
        assert {one["id"] for one in answers} == {1, 2}
        assert all(one["jsonrpc"] == "2.0" for one in answers)


@pytest.fixture(scope="module")
def address(graph_of_examples: Path) -> Iterator[str]:
    with started(graph_of_examples, "--http", "0", "--timeout", "1") as process:
        assert process.stderr
        line = process.stderr.readline()
        assert "Ctrl-C ends it" in line
        yield next(word for word in line.split() if word.startswith("http")).rstrip(";")


def test_over_http_the_same_is_answered(address: str, ask: Asker) -> None:
    assert address.startswith("http://127.0.0.1:")
    with asking(address) as far:
        assert far("find", name="高新区") == ask("find", name="高新区")
        assert "was stopped" in far.refused("sparql", query=ENDLESS)
        assert "nothing is called" in far.refused("describe", name="蓉心微电")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "localhost:1"}, 200),
        ({"Host": "evil.example"}, 421),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "http://localhost:1"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
def test_a_page_of_another_site_gets_nothing_over_http(
    headers: dict[str, str], status: int, address: str
) -> None:
    answer = httpx2.post(address, json=LIST, headers={**HEADERS, **headers})
    assert answer.status_code == status
    assert ("find" in answer.text) == (status == 200)


def test_a_page_of_its_own_address_may_ask_and_nothing_else_is_served(address: str) -> None:
    own = address.removesuffix("/mcp")
    assert httpx2.post(address, json=LIST, headers={**HEADERS, "Origin": own}).status_code == 200
    for path in ("/", "/sparql", "/graph"):
        assert httpx2.get(own + path).status_code == 404
