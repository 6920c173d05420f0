"""Nothing that is asked makes the server reach another machine or read a file.

Every spelling is sent by GET and by both POSTs. A listener on loopback hears TCP and UDP, and
the system tells of every opening of a planted file; both are shown to notice what they should.
"""

from __future__ import annotations

import ctypes
import os
import re
import select
import socket
import struct
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread

import httpx2
import pyoxigraph as ox
import pytest

from tests.testing.graphs import builders as b
from tests.testing.servers.server import Server, serving

# {0} is an address of the listener or of the planted file, {1} what stands before its last
# slash, with it, and {2} what stands behind.
OUT = (
    # SERVICE as a word of its own, in every place that a pattern has
    "SELECT * {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE SILENT <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ service <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SeRvIcE sIlEnT <{0}> {{ ?s ?p ?o }} }}",
    "SELECT*{{SERVICE<{0}>{{?s ?p ?o}}}}",
    "SELECT * {{ SERVICE\n\t\r\n<{0}>\n{{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE # words\n <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE#\n#\n<{0}>#\n{{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE SILENT#x\n<{0}>{{}} }}",
    "ASK {{ SERVICE <{0}> {{ }} }}",
    "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
    "DESCRIBE ?s {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ OPTIONAL {{ SERVICE <{0}> {{ ?s ?p ?o }} }} }}",
    "SELECT * {{ {{ }} UNION {{ SERVICE <{0}> {{ ?s ?p ?o }} }} }}",
    "SELECT * {{ ?s ?p ?o MINUS {{ SERVICE <{0}> {{ ?s ?p ?o }} }} }}",
    "SELECT * {{ GRAPH ?g {{ SERVICE <{0}> {{ ?s ?p ?o }} }} }}",
    "SELECT * {{ ?s ?p ?o FILTER EXISTS {{ SERVICE <{0}> {{ ?a ?b ?c }} }} }}",
    "SELECT * {{ ?s ?p ?o FILTER NOT EXISTS {{ SERVICE <{0}> {{ ?a ?b ?c }} }} }}",
    "SELECT (EXISTS {{ SERVICE <{0}> {{ ?a ?b ?c }} }} AS ?x) {{ }}",
    "SELECT * {{ {{ SELECT * {{ SERVICE <{0}> {{ ?s ?p ?o }} }} LIMIT 1 }} }}",
    "SELECT * {{ ?s ?p ?o BIND(EXISTS {{ SERVICE <{0}> {{ ?a ?b ?c }} }} AS ?x) }}",
    "SELECT * {{ SERVICE <{0}> {{ SERVICE <{0}> {{ ?s ?p ?o }} }} }}",
    "SELECT * {{ }} ORDER BY (EXISTS {{ SERVICE <{0}> {{ ?s ?p ?o }} }})",
    "SELECT * {{ }} GROUP BY (1 AS ?x) HAVING (EXISTS {{ SERVICE <{0}> {{ }} }})",
    # its address by another way
    "SELECT * {{ BIND(<{0}> AS ?x) SERVICE ?x {{ ?s ?p ?o }} }}",
    "SELECT * {{ VALUES ?x {{ <{0}> }} SERVICE ?x {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE $x {{ ?s ?p ?o }} }} VALUES ?x {{ <{0}> }}",
    "SELECT * {{ BIND(IRI('{0}') AS ?x) SERVICE ?x {{ ?s ?p ?o }} }}",
    "PREFIX x: <{0}> SELECT * {{ SERVICE x: {{ ?s ?p ?o }} }}",
    "PREFIX x: <{1}> SELECT * {{ SERVICE x:{2} {{ ?s ?p ?o }} }}",
    "PREFIX : <{0}> SELECT * {{ {{}}service:x{{ ?a ?b ?c }} }}",
    "PREFIX service: <{0}> SELECT * {{ {{}}service:{{ ?a ?b ?c }} }}",
    "PREFIX service: <{0}> PREFIX : <{0}> SELECT * {{ {{}}service:x{{ ?a ?b ?c }} }}",
    "PREFIX SERVICE: <{0}> PREFIX x: <{0}> SELECT * {{ SERVICE x: {{ ?a ?b ?c }} }}",
    "PREFIX \\u0073ervice: <{0}> PREFIX : <{0}> SELECT * {{ {{}}service:x{{ ?a ?b ?c }} }}",
    "BASE <{1}> SELECT * {{ SERVICE <{2}> {{ ?s ?p ?o }} }}",
    "BASE <{0}> SELECT * {{ SERVICE <> {{ ?s ?p ?o }} }}",
    "BASE <{0}> SELECT * {{ SERVICE <./a/../b> {{ ?s ?p ?o }} }}",
    # glued to what stands beside it
    "SELECT * {{ BIND(trueSERVICE<{0}>{{?s ?p ?o}}) }}",
    "SELECT * {{ ?s ?p 1SERVICE<{0}>{{?a ?b ?c}} }}",
    "SELECT * {{ ?s ?p 'x'SERVICE<{0}>{{?a ?b ?c}} }}",
    "SELECT * {{ ?s a kg:Policy.SERVICE<{0}>{{?a ?b ?c}} }}",
    "SELECT * {{ FILTER(1<2)#>\nSERVICE<{0}>{{?a ?b ?c}}\n#>\n }}",
    "SELECT * {{ FILTER(?a<'b' #'\n) SERVICE <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ }} #\rSERVICE <{0}> {{ }}",
    "SELECT * {{ #\rSERVICE <{0}> {{ }} }}",
    "SELECT * {{ BIND('\\\\' AS ?x) SERVICE <{0}> {{ }} BIND('' AS ?y) }}",
    "SELECT * {{ BIND('''''' AS ?x) SERVICE <{0}> {{ }} BIND('''''' AS ?y) }}",
    # written with escapes
    "SELECT * {{ \\u0053ERVICE <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ S\\u0045RVICE <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ \\U00000053\\U00000045RVICE <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVIC\\u0065 SILENT <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * \\u007B SERVICE <{0}> {{ ?s ?p ?o }} \\u007D",
    "SELECT * {{ BIND('\\u0027 AS ?x) SERVICE <{0}> {{ }} BIND('' AS ?y) }}",
    "SELECT * FR\\u004FM <{0}> {{ ?s ?p ?o }}",
    # datasets
    "SELECT * FROM <{0}> {{ ?s ?p ?o }}",
    "SELECT * from<{0}>{{ ?s ?p ?o }}",
    "SELECT * FROM NAMED <{0}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    "SELECT * FrOm NaMeD <{0}> {{ GRAPH <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * FROM # words\n <{0}> {{ ?s ?p ?o }}",
    "CONSTRUCT {{ ?s ?p ?o }} FROM <{0}> WHERE {{ ?s ?p ?o }}",
    "CONSTRUCT FROM <{0}> WHERE {{ ?s ?p ?o }}",
    "ASK FROM <{0}> {{ ?s ?p ?o }}",
    "DESCRIBE <x:a> FROM <{0}>",
    "BASE <{1}> SELECT * FROM <{2}> {{ ?s ?p ?o }}",
    "BASE <{0}> SELECT * FROM <> {{ ?s ?p ?o }}",
    # updates
    "LOAD <{0}>",
    "LOAD SILENT <{0}> INTO GRAPH <x:g>",
    "load<{0}>into graph<x:g>",
    "LOAD # words\n <{0}>",
    "L\\u004FAD <{0}>",
    "INSERT DATA {{ <x:a> <x:b> <x:c> }} ; LOAD <{0}>",
    "SELECT * {{ }} ; LOAD <{0}>",
    "CREATE GRAPH <{0}>",
    "INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
    "WITH <{0}> DELETE {{ ?s ?p ?o }} USING <{0}> WHERE {{ ?s ?p ?o }}",
    "COPY <{0}> TO DEFAULT",
    "ADD <{0}> TO <x:g>",
    "MOVE SILENT <{0}> TO <x:g>",
)
# One of each sort.
CALLS = (*OUT[:2], "SELECT * FROM <{0}> {{ ?s ?p ?o }}", "LOAD <{0}>")
# An address that is named only is looked up in the store, or is nothing but a term.
LOOKED_UP = (
    "SELECT * {{ GRAPH <{0}> {{ ?s ?p ?o }} }}",
    "PREFIX x: <{1}> SELECT * FROM x:{2} {{ ?s ?p ?o }}",
    "DESCRIBE <{0}>",
    "ASK {{ <{0}> a <{0}> }}",
    "SELECT (<{0}>(1) AS ?x) {{ }}",
    "PREFIX trueSERVICE: <{0}> PREFIX : <{0}> SELECT * {{ ?s ?p trueSERVICE:x{{ ?a ?b ?c }} }}",
    "PREFIX service: <{0}> PREFIX : <{0}> ASK {{ ?s ?p service:x {{ ?a ?b ?c }} }}",
    "PREFIX service: <{0}> SELECT * {{ service:x service:p service: , service:y }}",
    "SELECT * {{ ?s <{0}>/<{0}>* ?o }}",
)
# The words of these are no calls.
HARMLESS = (
    "SELECT ?x { BIND('SERVICE <http://127.0.0.1/> { ?s ?p ?o }' AS ?x) }",
    'SELECT ?x { BIND("LOAD <file:///etc/passwd>"@en AS ?x) }',
    "SELECT ?x { BIND('''FROM <http://127.0.0.1/> ' ''' AS ?x) } # SERVICE <http://127.0.0.1/>",
    "# LOAD <file:///etc/passwd>\nSELECT ?x { BIND(1 AS ?x) }",
    "SELECT ?x # FROM <http://127.0.0.1/>\n{ BIND(1 AS ?x) }",
    "SELECT (?service AS ?x) { VALUES (?service ?load ?from ?silent) { (1 2 3 4) } }",
    "SELECT ($SERVICE AS ?x) { BIND(1 AS ?SERVICE) }",
    "SELECT ?x { BIND(<http://127.0.0.1/SERVICE/LOAD/FROM> AS ?x) }",
    "PREFIX x: <http://127.0.0.1/> SELECT ?x { BIND(x:SERVICE AS ?x) }",
    "PREFIX x: <file:///> SELECT ?x { BIND(x:LOAD AS ?x) }",
    "SELECT ?x { BIND('\\u0053ERVICE <http://127.0.0.1/>' AS ?x) }",
    "SELECT ?x { BIND('SERVICE'@service AS ?x) }",
    "SELECT ?x { BIND('x'^^<urn:SERVICE:LOAD> AS ?x) }",
    "SELECT ?x { BIND(CONCAT('SER', 'VICE ', '<file:///etc/passwd>') AS ?x) }",
    "SELECT ?x { BIND(IRI('file:///etc/passwd') AS ?x) }",
)
SCHEMES = (
    "http://127.0.0.1:{port}/",
    "http://localhost:{port}/data.ttl",
    "http://user:secret@127.0.0.1:{port}/a?b=c#d",
    "http://127.1:{port}/x",
    "http://0x7f000001:{port}/x",
    "http://2130706433:{port}/x",
    "http://[::ffff:127.0.0.1]:{port}/x",
    "HTTP://127.0.0.1:{port}/x",
    "https://127.0.0.1:{port}/x",
    "ftp://127.0.0.1:{port}/x",
    "ws://127.0.0.1:{port}/x",
    "udp://127.0.0.1:{port}/x",
    "dns://127.0.0.1:{port}/x",
    "ldap://127.0.0.1:{port}/x",
    "gopher://127.0.0.1:{port}/x",
    "jar:http://127.0.0.1:{port}/x!/y",
    "http:%2F%2F127.0.0.1:{port}/x",
    "\\u0068ttp://127.0.0.1:{port}/x",
    "//127.0.0.1:{port}/x",
)
KEYS = ("default-graph-uri", "named-graph-uri", "using-graph-uri", "using-named-graph-uri", "graph")


class Listener:
    """Ears for TCP and UDP at one port of loopback."""

    def __init__(self) -> None:
        self.stream = socket.create_server(("127.0.0.1", 0), backlog=512)
        self.port = int(self.stream.getsockname()[1])
        self.packets = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.packets.bind(("127.0.0.1", self.port))

    def heard(self) -> int:
        """How many have come since it was asked last."""
        count = 0
        while ready := select.select([self.stream, self.packets], [], [], 0.3)[0]:
            for ear in ready:
                if ear is self.stream:
                    ear.accept()[0].close()
                else:
                    ear.recv(65536)
                count += 1
        return count

    def close(self) -> None:
        self.stream.close()
        self.packets.close()


class Watched:
    """A planted file, and how often it was opened (Linux tells)."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.write_text("<x:a> <x:b> 'planted' .", encoding="utf-8")
        library = ctypes.CDLL(None)
        self.events = library.inotify_init1(os.O_NONBLOCK)
        opened = 0x20
        assert library.inotify_add_watch(self.events, os.fsencode(path), opened) >= 0

    def opened(self) -> int:
        """How often since it was asked last."""
        with suppress(BlockingIOError):
            return len(os.read(self.events, 65536)) // struct.calcsize("iIII")
        return 0


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(b.built(tmp_path_factory.mktemp("closed") / "graph")) as running:
        yield running


@pytest.fixture
def listener() -> Iterator[Listener]:
    found = Listener()
    yield found
    found.close()


def sent(client: httpx2.Client, query: str) -> list[httpx2.Response]:
    """The answers to a query by each way that there is."""
    typed = {"Content-Type": "application/sparql-query"}
    return [
        client.get("/sparql", params={"query": query}),
        client.post("/sparql", data={"query": query}),
        client.post("/sparql", content=query.encode(), headers=typed),
    ]


def asking(server: Server) -> httpx2.Client:
    return httpx2.Client(base_url=server.address, timeout=600, trust_env=False)


def filled(query: str, address: str) -> str:
    before, slash, behind = address.rpartition("/")
    # What a prefixed name may end with
    return query.format(address, before + slash, re.sub(r"\W", "", behind) or "x")


def test_there_are_sixty_spellings() -> None:
    assert len(set(OUT)) >= 60


@pytest.mark.parametrize("reach", ["address", "file"])
def test_no_spelling_gets_out(
    server: Server, listener: Listener, tmp_path: Path, reach: str
) -> None:
    secret = tmp_path / "secret.ttl"
    secret.write_text("<x:a> <x:b> 'planted' .", encoding="utf-8")
    address = f"http://127.0.0.1:{listener.port}/x"
    with asking(server) as client:
        for query in OUT:
            given = filled(query, secret.as_uri() if reach == "file" else address)
            for answer in sent(client, given):
                assert answer.status_code in (400, 403), (given, answer.text)
                assert "planted" not in answer.text
        for query in LOOKED_UP:
            given = filled(query, secret.as_uri() if reach == "file" else address)
            for answer in sent(client, given):
                assert answer.status_code in (200, 400), given
                assert "planted" not in answer.text
    assert listener.heard() == 0


def test_no_address_gets_out(server: Server, listener: Listener) -> None:
    with asking(server) as client:
        for scheme in SCHEMES:
            address = scheme.format(port=listener.port)
            for query in CALLS:
                for answer in sent(client, query.format(address)):
                    assert answer.status_code == 400, (query.format(address), answer.text)
            for key in KEYS[:2]:
                answer = client.get("/sparql", params={"query": "ASK {}", key: address})
                assert answer.status_code == 400
            for key in KEYS:
                update = {"update": "LOAD <x:y>", key: address}
                assert client.post("/sparql", data=update).status_code == 403
                client.get("/sparql", params={key: address})
                client.get("/answer/investments", params={key: address, "project": address})
    assert listener.heard() == 0


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells of openings")
def test_no_file_is_opened(server: Server, tmp_path: Path) -> None:
    watched = Watched(tmp_path / "secret.ttl")
    plain = str(watched.path)
    ways = [watched.path.as_uri(), f"file:{plain}", f"file://localhost{plain}", f"FILE://{plain}"]
    with asking(server) as client:
        for address in (*ways, plain, f"../../../..{plain}", watched.path.as_uri() + "#x"):
            for query in OUT if address == ways[0] else CALLS:
                assert client.post("/sparql", data={"query": filled(query, address)}).is_error
            for key in KEYS[:2]:
                answer = client.get("/sparql", params={"query": "ASK {}", key: address})
                assert answer.status_code == 400
            client.get(f"/static/{address}")
            client.get(f"/answer/{address}")
    assert watched.opened() == 0
    # The watch does tell.
    watched.path.read_bytes()
    assert watched.opened() == 1
    os.close(watched.events)


@pytest.mark.parametrize("query", HARMLESS)
def test_the_words_alone_are_no_calls(server: Server, query: str) -> None:
    with asking(server) as client:
        for answer in sent(client, query):
            assert answer.status_code == 200, answer.text
            assert len(answer.json()["results"]["bindings"][0]) == 1


def test_the_listener_hears(listener: Listener) -> None:
    """What the server never does is heard: oxigraph by itself calls whatever SERVICE names."""
    query = f"SELECT * {{ SERVICE SILENT <http://127.0.0.1:{listener.port}/x> {{ ?s ?p ?o }} }}"

    def call() -> None:
        with suppress(RuntimeError, OSError):
            list(ox.Store().query(query))  # type: ignore[arg-type]

    calling = Thread(target=call, daemon=True)
    calling.start()
    assert select.select([listener.stream], [], [], 30)[0]
    assert listener.heard() >= 1
    calling.join(30)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as packets:
        packets.sendto(b"?", ("127.0.0.1", listener.port))
    assert listener.heard() == 1
