"""A query to a SPARQL 1.1 endpoint elsewhere in, its answer as oxigraph gives answers out.

Queries go by POST with a form, which every server takes. An answer is read whole and checked
before any of it is used: half of one is none.
"""

from __future__ import annotations

import json
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, cast

import pyoxigraph as ox

from kg.base.errors import RemoteError
from kg.base.settings import default
from kg.query.sparql.functions import answered
from kg.query.sparql.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.query.remote.http import Reply, Wire

    Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

ROWS = "application/sparql-results+json, application/sparql-results+xml;q=0.8"
GRAPH = "application/n-triples, text/turtle;q=0.8, application/rdf+xml;q=0.6"
# Virtuoso 7.2.5 calls its answer to ASK so, a row with 0 or 1.
_ASKED = "__ASK_RETVAL"
# Fewer rows than this are all there are; of more, a server may have kept some for itself
# (Virtuoso gives its first 10,000 and does not always say so).
SURELY = 1000
_DATASET = ("default-graph-uri", "named-graph-uri")


class Endpoint:
    """An endpoint that answers queries. Updates never go to it: they are no queries."""

    def __init__(self, wire: Wire) -> None:
        self.wire = wire

    def query(
        self,
        text: str,
        *,
        prefixes: Mapping[str, str] | None = None,
        base_iri: str | None = None,
        default_graph: Iterable[Any] | None = None,
        named_graphs: Iterable[Any] | None = None,
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Answer a query, as ``pyoxigraph.Store.query`` does.

        Raises:
            SyntaxError: If oxigraph cannot read it: it is not sent then.
            RemoteError: If there is no answer to use.
        """
        # Over nothing: what is wrong is told in the same words, and what kind of answer it has.
        # Functions that oxigraph does not know, the server may.
        like = answered(ox.Store(), text, prefixes=dict(prefixes or {}), base_iri=base_iri)
        form = [("query", _standing_alone(text, prefixes or {}, base_iri)), *self.wire.own]
        datasets = (default_graph, named_graphs)
        if default_graph is not None or named_graphs is not None:
            form = [(key, value) for key, value in form if key not in _DATASET]
            for key, graphs in zip(_DATASET, datasets, strict=True):
                form += [(key, graph.value) for graph in graphs or ()]
        if isinstance(like, ox.QueryTriples):
            return _as_triples(self._graph(form))
        columns = [] if isinstance(like, ox.QueryBoolean) else [v.value for v in like.variables]
        return self._answer(form, columns)

    def ask(self, where: str) -> bool:
        """Whether a pattern is anywhere."""
        return bool(self._answer([("query", f"ASK {where}"), *self.wire.own], []))

    def count(self) -> int:
        """How many statements the graph has."""
        rows = self.rows(["n"], "{ SELECT (COUNT(*) AS ?n) { ?s ?p ?o } }", most=1)
        number = rows[0][0] if rows else None
        return int(number.value) if isinstance(number, ox.Literal) else 0

    @cached_property
    def graphs(self) -> list[ox.NamedNode]:
        """The graphs that have a name."""
        rows = self.rows(["g"], "{ SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } }")
        return sorted((row[0] for row in rows if isinstance(row[0], ox.NamedNode)), key=str)

    def everything(self) -> Iterator[dict[str, Term]]:
        """All statements of the graph, each once.

        Raises:
            RemoteError: If it does not give as many as it has.
        """
        wanted = self.count()
        for order in ("", " ORDER BY ?s ?p ?o"):
            # Few servers change their order between two queries, and sorting takes long.
            where = f"{{ SELECT ?s ?p ?o {{ ?s ?p ?o }}{order} }}" if order else "?s ?p ?o"
            statements = dict.fromkeys(self.rows("spo", f"{{ {where} }}"))
            if len(statements) == wanted:
                break
        else:
            reason = f"gives {len(statements)} statements of {wanted}; was the graph being changed?"
            raise RemoteError(f"{self.wire.address}: {reason}")
        for row in statements:
            yield dict(zip("spo", row, strict=True))

    def rows(self, names: Sequence[str], where: str, most: int = 0) -> list[tuple[Term, ...]]:
        """What some variables stand for wherever a pattern is, asked page by page.

        Args:
            names: Variables that are always bound.
            where: A group graph pattern, with its braces.
            most: So many are enough; 0 for all.
        """
        rows: list[tuple[Term, ...]] = []
        selected = " ".join(f"?{name}" for name in names)
        page = most or default("rows")
        while True:
            text = f"SELECT {selected} {where} LIMIT {page} OFFSET {len(rows)}"
            answer = self._answer([("query", text), *self.wire.own], list(names))
            page_rows = [tuple(row[name] for name in names) for row in answer]  # type: ignore[union-attr]
            rows += page_rows
            if most or len(page_rows) < SURELY:
                return rows

    def _graph(self, form: Sequence[tuple[str, str]]) -> list[ox.Triple]:
        reply = self.wire.send("POST", form=form, accept=GRAPH)
        format = ox.RdfFormat.from_media_type(reply.media) if reply.media else None
        if format is None:
            raise self._strange(reply, "no RDF")
        try:
            return [quad.triple for quad in ox.parse(reply.body, format=format)]
        except (SyntaxError, ValueError) as error:
            raise self._broken(error) from error

    def _answer(
        self, form: Sequence[tuple[str, str]], columns: Sequence[str]
    ) -> ox.QuerySolutions | ox.QueryBoolean:
        reply = self.wire.send("POST", form=form, accept=ROWS)
        format = ox.QueryResultsFormat.from_media_type(reply.media) if reply.media else None
        if format is None or format not in (ox.QueryResultsFormat.JSON, ox.QueryResultsFormat.XML):
            raise self._strange(reply, "no results of SPARQL")
        try:
            body = reply.body
            if format == ox.QueryResultsFormat.JSON:
                body = _settled(body, columns)
            answer = ox.parse_query_results(body, format=format)
            many = sum(1 for _ in answer) if isinstance(answer, ox.QuerySolutions) else 0
            answer = ox.parse_query_results(body, format=format)
        except (SyntaxError, ValueError, KeyError, TypeError) as error:
            raise self._broken(error) from error
        most = reply.headers.get("x-sparql-maxrows", "")
        if most.isdigit() and many >= int(most) and "LIMIT" not in form[0][1].upper():
            raise RemoteError(
                f"{self.wire.address}: gives only its first {most} rows; ask for fewer, page by "
                "page (LIMIT, OFFSET), or let the server give more (ResultSetMaxRows)"
            )
        return answer

    def _strange(self, reply: Reply, what: str) -> RemoteError:
        media = reply.media or "something without a type"
        page = "a web page; " if "html" in reply.media else ""
        return RemoteError(
            f"{self.wire.address}: answers with {media}, {what}: {page}is this the address that "
            "answers queries? (often it ends in /sparql or /query)"
        )

    def _broken(self, error: Exception) -> RemoteError:
        return RemoteError(f"{self.wire.address}: its answer is cut off or damaged ({error})")


def _settled(body: bytes, columns: Sequence[str]) -> bytes:
    """An answer in JSON with its columns as the query has them; ASK as the standard says."""
    data: Any = json.loads(body)
    names = data["head"].get("vars", [])
    if names == [_ASKED]:
        rows = data["results"]["bindings"]
        truth = bool(rows) and rows[0][_ASKED]["value"] not in ("0", "false")
        return json.dumps({"head": {}, "boolean": truth}).encode()
    if "boolean" in data or names == list(columns):
        return body
    data["head"]["vars"] = list(columns)
    return json.dumps(data).encode()


def _as_triples(triples: Iterable[ox.Triple]) -> ox.QueryTriples:
    """Some triples as the answer to a CONSTRUCT."""
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in triples)
    return cast("ox.QueryTriples", store.query("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"))


def _standing_alone(text: str, prefixes: Mapping[str, str], base: str | None) -> str:
    """A query with the prefixes that it uses and does not declare."""
    read = tokens(text)
    declared = {b.text for a, b in pairwise(read) if a.word == "PREFIX"}
    used = {token.text.partition(":")[0] + ":" for token in read if token.kind == "name"}
    wanted = {f"{name}:": space for name, space in prefixes.items()}
    head = [f"PREFIX {name} <{wanted[name]}>\n" for name in sorted(used & wanted.keys() - declared)]
    relative = any(t.kind == "iri" and ":" not in t.text for t in read)
    return "".join([*([f"BASE <{base}>\n"] if base and relative else []), *head, text])
