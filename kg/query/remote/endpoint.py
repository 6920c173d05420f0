"""The address of a SPARQL 1.1 endpoint in, what can be read of its graph as of a store out.

``Remote`` stands where a ``kg.store.folder.Store`` stands: its ``quads`` answer queries and
patterns,
its ``ledger`` tells of documents what the graph tells. Their texts are in no graph.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from pyoxigraph import DefaultGraph, NamedNode

from kg.base.errors import QueryError
from kg.query.remote.address import Access
from kg.query.remote.answers import Endpoint
from kg.query.remote.http import Wire
from kg.store.rdf.namespaces import RDF
from kg.store.rdf.rows import iri
from kg.store.rdf.turtle import TYPE
from kg.store.recall import knowledge

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    import pyoxigraph as ox
    import rdflib

    from kg.base.records import Source
    from kg.ontology import Ontology

    Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
    # Subject, predicate and object, each a term, or None for any.
    Pattern = tuple[Term | None, ox.NamedNode | None, Term | None]

# Nodes named in one query: addresses of 60 characters stay far below what servers take.
TOGETHER = 100
_SUBJECT, _OBJECT = (NamedNode(RDF + end) for end in ("subject", "object"))
_NO_TEXT = "texts of documents are not in a graph elsewhere; open the folder of the build for them"


class RemoteQuads:
    """The statements of a graph elsewhere. What was read of it is kept and not asked again."""

    def __init__(self, endpoint: Endpoint) -> None:
        import pyoxigraph as ox

        self.endpoint = endpoint
        self.query = endpoint.query
        self.known = ox.Store()
        # What is known whole, as patterns.
        self.whole: set[Pattern] = set()

    def __len__(self) -> int:
        return self.endpoint.count()

    def __iter__(self) -> Iterator[ox.Quad]:
        yield from self.quads_for_pattern(None, None, None)

    def named_graphs(self) -> list[NamedNode]:
        """The graphs that have a name."""
        return self.endpoint.graphs

    def quads_for_pattern(
        self,
        subject: ox.NamedNode | None,
        predicate: ox.NamedNode | None,
        object: Term | None,
        graph_name: object = None,
    ) -> Iterator[ox.Quad]:
        """The statements of the default graph that have some terms; others there are not."""
        pattern = (subject, predicate, object)
        if not self._is_whole(pattern):
            self._read(pattern)
        return self.known.quads_for_pattern(*pattern, DefaultGraph())

    def _is_whole(self, pattern: Pattern) -> bool:
        subject, predicate, object = pattern
        wider = {pattern, (subject, None, None), (None, predicate, object), (None, None, None)}
        return not self.whole.isdisjoint(wider)

    def _read(self, pattern: Pattern) -> None:
        """Read what has some terms: all of the graph where none is given."""
        s, p, o = (f"?{n}" if t is None else str(t) for n, t in zip("spo", pattern, strict=True))
        if pattern == (None, None, None):
            self._keep(self.endpoint.everything())
        elif pattern[0] is None and pattern[1] and pattern[2]:
            # Who asks what points to a node asks next what those are.
            self._describe(f"?s {p} {o}")
        else:
            names = [n for n, t in zip("spo", pattern, strict=True) if t is None]
            rows = self.endpoint.rows(names, f"{{ {s} {p} {o} }}") if names else []
            bound = {n: t for n, t in zip("spo", pattern, strict=True) if t is not None}
            self._keep({**bound, **dict(zip(names, row, strict=True))} for row in rows)
            if not names and self.endpoint.ask(f"{{ {s} {p} {o} }}"):
                self._keep([bound])
        self.whole.add(pattern)

    def _describe(self, where: str) -> None:
        """Read all that is said of what a pattern of ``?s`` finds."""
        rows = self.endpoint.rows("spo", f"{{ {where} . ?s ?p ?o }}")
        self._keep(dict(zip("spo", row, strict=True)) for row in rows)
        self.whole |= {(row[0], None, None) for row in rows}

    def _keep(self, statements: Iterable[Mapping[str, Term]]) -> None:
        import pyoxigraph as ox

        self.known.extend(ox.Quad(t["s"], t["p"], t["o"]) for t in statements)  # type: ignore[arg-type]

    def ahead(self, nodes: Collection[NamedNode], claims: bool = False) -> None:
        """Read what is said of some nodes, and the claims about them, in few requests."""
        unread = [n for n in nodes if not self._is_whole((n, None, None))]
        for part in _parts(sorted(unread, key=str)):
            self._describe(f"VALUES ?s {{ {' '.join(map(str, part))} }} ?s a ?kind")
            # What nothing is said of, is known too.
            self.whole |= {(node, None, None) for node in part}
        if not claims:
            return
        ends = {n for n in nodes for e in (_SUBJECT, _OBJECT) if not self._is_whole((None, e, n))}
        for part in _parts(sorted(ends, key=str)):
            listed = " ".join(map(str, part))
            for end in (_SUBJECT, _OBJECT):
                self._describe(f"VALUES ?n {{ {listed} }} ?s {end} ?n")
                self.whole |= {(None, end, node) for node in part}
        if ends:
            self.ahead(self._ends(ends))

    def _ends(self, nodes: Iterable[NamedNode]) -> set[NamedNode]:
        """What the claims about some nodes are about."""
        claims = {
            quad.subject
            for node in nodes
            for end in (_SUBJECT, _OBJECT)
            for quad in self.known.quads_for_pattern(None, end, node)
        }
        return {
            quad.object
            for claim in claims
            for end in (_SUBJECT, _OBJECT)
            for quad in self.known.quads_for_pattern(claim, end, None)
            if isinstance(quad.object, NamedNode)
        }


class RemoteLedger:
    """What a graph elsewhere tells of its documents, and of the build: of that, only ``base``."""

    def __init__(self, quads: RemoteQuads, ontology: Ontology) -> None:
        self.quads, self.ontology = quads, ontology

    def meta(self) -> dict[str, str]:
        """The beginning of the graph's IRIs, as its claims tell it."""
        claim = iri(self.ontology.namespace + "Claim")
        rows = self.quads.endpoint.rows("s", f"{{ ?s a {claim} }}", most=1)
        base, part, _ = str(rows[0][0])[1:-1].rpartition("claim/") if rows else ("", "", "")
        return {"base": base} if part else {}

    def sources(self, only: Collection[str] | None = None) -> dict[str, Source]:
        """The documents by IRI, in its order, without their texts: some, by default all."""
        kind = iri(self.ontology.namespace + "Document")
        if only is None:
            documents = self.quads.quads_for_pattern(None, TYPE, kind)
            nodes = {q.subject for q in documents if isinstance(q.subject, NamedNode)}
        else:
            nodes = {iri(name) for name in only if name}
        self.quads.ahead(nodes)
        quads = [q for node in nodes for q in self.quads.quads_for_pattern(node, None, None)]
        return {source.id: source for source in knowledge(quads, self.ontology).sources}

    def names(self) -> dict[str, tuple[str, ...]]:
        """The file names of every document by IRI."""
        return {key: source.names for key, source in self.sources().items()}

    def source(self, name: str) -> Source | None:
        """Nothing: a document is read with its text."""
        raise QueryError(f"{name}: {_NO_TEXT}")

    def text(self, document: str) -> str | None:
        """Nothing, as ``source``."""
        raise QueryError(f"{document}: {_NO_TEXT}")


class Remote:
    """A graph elsewhere, open for reading. ``close`` it, or use it in a ``with``."""

    def __init__(self, url: str, ontology: Ontology, access: Access | None = None) -> None:
        """Open a graph; the first question to it comes at once.

        Args:
            url: Where it answers queries. What stands behind ``?`` goes along with each:
                ``default-graph-uri=IRI`` chooses one of its graphs.
            ontology: Its namespace tells documents and claims.
            access: Who asks; by default what the environment says.

        Raises:
            RemoteError: If it cannot be reached, refuses, or gives no results.
        """
        self.wire = Wire(url, access)
        self.quads = RemoteQuads(Endpoint(self.wire))
        self.ledger = RemoteLedger(self.quads, ontology)
        self.ahead = self.quads.ahead

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def extra_file(self, name: str) -> bytes:
        """Nothing: what a build keeps beside a store is not on a server."""
        return b""

    def close(self) -> None:
        self.wire.close()

    def dataset(self, prefixes: Mapping[str, str] | None = None) -> rdflib.Dataset:
        """A copy of the graph as an rdflib Dataset: all of it is read."""
        from kg.store.folder import dataset

        list(self.quads)
        return dataset(self.quads.known, prefixes)


def _parts(nodes: Sequence[NamedNode]) -> Iterator[Sequence[NamedNode]]:
    for at in range(0, len(nodes), TOGETHER):
        yield nodes[at : at + TOGETHER]
