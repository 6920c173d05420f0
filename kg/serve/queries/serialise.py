"""What oxigraph answers in, the bytes of a format out."""

from __future__ import annotations

import re
from contextlib import closing
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.query.query import RESULT_FORMATS
from kg.serve.http.formats import GRAPHS, RESULTS, chosen, is_format
from kg.serve.pages.description import SD
from kg.serve.reply import RefusedError
from kg.store.rdf.turtle import turtle

if TYPE_CHECKING:
    from kg.query.graph import Graph
    from kg.query.sparql.evaluate import Raw
    from kg.serve.http.formats import Format
    from kg.serve.queries.spool import Spool

    RawAnswer = Raw | list[ox.Triple]

# https://www.w3.org/TR/xml/#charsets: neither these control signs nor U+FFFE and U+FFFF.
_NO_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
_NO_XML_BEGUN = b"\xef\xbf"
_GRAPHS = {
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
}


def format_of(raw: RawAnswer, accept: str, name: str) -> Format:
    """The format of an answer, of what a client accepts and of what it names.

    Raises:
        RefusedError: If no format that it takes can hold the answer.
    """
    is_graph = isinstance(raw, ox.QueryTriples | list)
    offered = GRAPHS if is_graph else RESULTS
    format = chosen(offered, accept, name)
    if format is None:
        wanted = f"format={name}" if is_format(name) else accept
        kind = "CONSTRUCT and DESCRIBE give a graph" if is_graph else "SELECT and ASK give rows"
        known = ", ".join(f"{f.name} ({f.media})" for f in offered)
        raise RefusedError("format", f"{kind}, which {wanted} cannot hold; there is {known}")
    return format


def serialise(raw: RawAnswer, format: Format, spool: Spool, graph: Graph) -> None:
    """Write an answer in a format."""
    if format.name in ("xml", "rdf"):
        with closing(_Xml(spool)) as output:
            _serialise(raw, format, output, graph)
    else:
        _serialise(raw, format, spool, graph)


class _Xml:
    """What XML is written to: the signs that it cannot hold become U+FFFD."""

    def __init__(self, spool: Spool) -> None:
        self.spool, self.rest = spool, b""

    def write(self, data: bytes) -> int:
        whole = self.rest + bytes(data)
        # The last sign may be cut in two.
        cut = len(whole) - next((n for n in (2, 1) if _NO_XML_BEGUN[:n] == whole[-n:]), 0)
        self.rest = whole[cut:]
        self.spool.write(_NO_XML.sub(b"\xef\xbf\xbd", whole[:cut]))
        return len(data)

    def flush(self) -> None:
        self.spool.flush()

    def close(self) -> None:
        self.spool.write(self.rest)


def _serialise(raw: RawAnswer, format: Format, spool: Spool | _Xml, graph: Graph) -> None:
    if not isinstance(raw, ox.QueryTriples | list):
        raw.serialize(output=spool, format=RESULT_FORMATS[format.name])  # type: ignore[arg-type]
        return
    if format.name == "ttl":
        spool.write(turtle(raw, {**graph.prefixes, "sd": SD}, graph.base))
        return
    triples = sorted(set(raw), key=str)
    known = graph.prefixes if format.name in ("rdf", "trig", "jsonld") else {}
    ox.serialize(triples, output=spool, format=_GRAPHS[format.name], prefixes=known)  # type: ignore[arg-type]
