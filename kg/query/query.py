"""A SPARQL query in, its answer out, in the format that is wanted.

Only queries are answered, and only from the graph: nothing is fetched and nothing is
changed. Every wrong query is answered with the place of the error.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.base.errors import QueryError, did_you_mean
from kg.query.columns import spelled_out
from kg.query.functions import answered
from kg.query.prefixes import plain
from kg.query.sparql import bind, check, tokens, unescaped
from kg.query.syntax import explain
from kg.query.table import aligned
from kg.store.rdf.rows import XSD, iri, literal
from kg.store.rdf.turtle import turtle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from kg.query.graph import Graph
    from kg.query.remote.endpoint import RemoteQuads

    Raw = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
    Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

RESULT_FORMATS = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
FORMATS = ("table", "csv", "tsv", "json", "xml", "ttl", "nt")


@dataclass(frozen=True)
class Result:
    """The answer to a query: its columns, and its rows as Python values.

    ``rows`` hold IRIs and texts as str, numbers as int, Decimal or float, truth values as
    bool, and None where nothing is bound; ``terms`` hold the same as pyoxigraph's terms.
    ASK gives one row of one truth value; CONSTRUCT gives subject, predicate and object.
    Iterating gives each row as a dict by column.
    """

    columns: tuple[str, ...]
    terms: tuple[tuple[Term | None, ...], ...]

    @property
    def rows(self) -> list[tuple[Any, ...]]:
        return [tuple(value(term) for term in row) for row in self.terms]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)

    def __len__(self) -> int:
        return len(self.terms)

    def _repr_html_(self) -> str:
        """A table, for notebooks."""
        from kg.query import notebook

        return notebook.table(self)

    def to_pandas(self) -> Any:
        """The answer as a DataFrame of pandas.

        Raises:
            MissingExtraError: If pandas is not installed.
        """
        from kg.query import notebook

        return notebook.frame(self)


def value(term: Term | None) -> Any:
    """A term as the Python value that it stands for.

    >>> value(ox.Literal(3)), value(ox.NamedNode("http://a/b")), value(None)
    (3, 'http://a/b', None)
    """
    if term is None:
        return None
    if not isinstance(term, ox.Literal):
        return str(term) if isinstance(term, ox.Triple) else term.value
    reader = _PYTHON.get(term.datatype.value.removeprefix(XSD))
    try:
        return reader(term.value) if reader else term.value
    except (ValueError, InvalidOperation):
        return term.value


_PYTHON: dict[str, Callable[[str], Any]] = {
    "integer": int,
    "decimal": Decimal,
    "double": float,
    "float": float,
    "boolean": lambda text: text in ("true", "1"),
}


def evaluate(graph: Graph, text: str, bindings: Mapping[str, object] | None = None) -> Result:
    """Answer a query.

    Args:
        graph: The graph, as ``kg.open`` gives it.
        text: SPARQL 1.1, SELECT, ASK, CONSTRUCT or DESCRIBE; the prefixes of the ontology
            need not be declared.
        bindings: Values for variables, by name: terms of pyoxigraph or rdflib, numbers,
            or texts (an IRI where it begins with ``http://``, ``https://`` or ``urn:``).

    Raises:
        QueryError: If the query is wrong, or asks for what is not done here.
    """
    raw = _raw(graph, text, bindings)
    try:
        if isinstance(raw, ox.QueryBoolean):
            return Result(("answer",), ((ox.Literal(bool(raw)),),))
        if isinstance(raw, ox.QueryTriples):
            triples = sorted(set(raw), key=str)
            rows = tuple((t.subject, t.predicate, t.object) for t in triples)
            return Result(("subject", "predicate", "object"), rows)
        columns = tuple(v.value for v in raw.variables)
        return Result(columns, tuple(tuple(row[c] for c in columns) for row in raw))
    except RuntimeError as error:
        raise QueryError(f"cannot be answered: {error}") from error


def run(graph: Graph, text: str, format: str = "table") -> bytes:
    """Answer a query in a format.

    Args:
        graph: The graph, as ``kg.open`` gives it.
        text: The query, as for ``evaluate``.
        format: ``table`` (for eyes), ``csv``, ``tsv``, ``json`` or ``xml`` as the W3C
            defines them for SELECT and ASK; ``ttl`` or ``nt`` for CONSTRUCT and DESCRIBE.

    Raises:
        QueryError: If the query is wrong, or has no answer in this format.
    """
    if format not in FORMATS:
        raise QueryError(f"{format} is no format of answers; {did_you_mean(format, FORMATS)}")
    if format == "table":
        result = evaluate(graph, text)
        rows = [[shown(graph, term) for term in row] for row in result.terms]
        return aligned(result.columns, rows).encode()
    raw = _raw(graph, text, None)
    is_graph = isinstance(raw, ox.QueryTriples)
    if is_graph != (format in ("ttl", "nt")):
        kinds = ("CONSTRUCT and DESCRIBE give a graph", "ttl, nt and table")
        if not is_graph:
            kinds = ("SELECT and ASK give rows", "table, csv, tsv, json and xml")
        raise QueryError(f"{kinds[0]}, which {format} cannot hold; {kinds[1]} can")
    try:
        if isinstance(raw, ox.QueryTriples):
            if format == "ttl":
                return turtle(raw, graph.prefixes, graph.base)
            return "".join(sorted({f"{t} .\n" for t in raw})).encode()
        written: bytes | None = raw.serialize(format=RESULT_FORMATS[format])
        return (written or b"").removesuffix(b"\n") + b"\n"
    except RuntimeError as error:
        raise QueryError(f"cannot be answered: {error}") from error


def shown(graph: Graph, term: Term | None) -> str:
    """A term as a table shows it: a prefixed name where there is a prefix, a literal's text."""
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        for prefix, space in graph.prefixes.items():
            local = term.value[len(space) :]
            if term.value.startswith(space) and re.fullmatch(r"\w[\w.-]*", local):
                return f"{prefix}:{local}"
        return term.value
    return term.value if isinstance(term, ox.Literal) else str(term)


def _raw(graph: Graph, text: str, bindings: Mapping[str, object] | None) -> Raw:
    text = text.removeprefix("\ufeff")
    if bindings:
        text = bind(text, {name: _bound(name, given) for name, given in bindings.items()})
    return execute(graph.store.quads, text, graph.prefixes)


def execute(
    quads: ox.Store | RemoteQuads,
    text: str,
    prefixes: Mapping[str, str],
    *,
    base: str | None = None,
    dataset: tuple[Sequence[str], Sequence[str]] | None = None,
) -> Raw:
    """Let oxigraph answer a query that may be answered here.

    Args:
        quads: The store.
        text: The query.
        prefixes: Those that need not be declared.
        base: What relative IRIs begin with; without it they are an error.
        dataset: The IRIs of the graphs that make up its default graph, and of its named
            graphs; by default all that the store has, or what FROM says.

    Raises:
        QueryError: If the query is wrong, or asks for what is not done here.
    """
    text = unescaped(text)
    known = _graphs(quads) if dataset is not None or "FROM" in text.upper() else []
    check(text, known, base, prefixes)
    graphs: dict[str, Any] = {}
    if dataset is not None:
        for wrong in sorted({*dataset[0], *dataset[1]}.difference(known)):
            raise QueryError(f"{wrong} is no graph of this store, and nothing is fetched")
        graphs["default_graph"] = [ox.NamedNode(name) for name in dataset[0]]
        graphs["named_graphs"] = [ox.NamedNode(name) for name in dataset[1]]
    sent, named = plain(text, prefixes)
    try:
        ordered = spelled_out(sent, named, base)
        return answered(quads, ordered, prefixes=named, base_iri=base, **graphs)
    except SyntaxError as error:
        raise explain(text, sent, error, named) from error
    except RuntimeError as error:
        raise QueryError(f"cannot be answered: {error}") from error


def _graphs(quads: ox.Store | RemoteQuads) -> list[str]:
    """The names of the graphs that have one; asked only when needed, it may take a request."""
    return [node.value for node in quads.named_graphs() if isinstance(node, ox.NamedNode)]


def _bound(name: str, given: object) -> str:
    """A Python value as SPARQL writes it."""
    if isinstance(given, ox.NamedNode | ox.Literal):
        return str(given)
    if isinstance(given, bool | int | float):
        return str(ox.Literal(given))
    if isinstance(given, Decimal):
        return str(literal(format(given, "f"), "decimal"))
    if type(given).__name__ in ("URIRef", "Literal") and hasattr(given, "n3"):
        return str(given.n3())
    if isinstance(given, str):
        known = given.startswith(("http://", "https://", "urn:"))
        return str(iri(given) if known else literal(given))
    raise QueryError(f"{name}: {given!r} is no term; give an IRI, a text or a number")


def unknown(graph: Graph, text: str) -> dict[str, str]:
    """The terms of a query in the ontology's namespace that the ontology lacks, and a way out.

    Such a query is no error, but its answer is mostly empty. What stands in the graph, of
    imports for one, is known as well.
    """
    ontology = graph.ontology
    pages = {*ontology.classes, *ontology.relations, *ontology.attributes}
    found: dict[str, str] = {}
    for shown, local in _own_terms(graph, text):
        if local in pages or _stands(graph, ontology.namespace + local):
            continue
        from kg.store.rdf.vocabulary import RESERVED

        if local not in RESERVED:
            found[shown] = did_you_mean(local, pages | RESERVED)
    return found


def _own_terms(graph: Graph, text: str) -> Iterator[tuple[str, str]]:
    """The terms of a query in the ontology's namespace: as written, and their local names."""
    spaces = {f"{prefix}:": space for prefix, space in graph.prefixes.items()}
    space = graph.ontology.namespace
    read = tokens(text)
    for i, token in enumerate(read):
        if token.word == "PREFIX" and len(read) > i + 2:
            spaces[read[i + 1].text] = read[i + 2].text[1:-1]
        head, colon, local = token.text.partition(":")
        if token.kind == "iri":
            local = token.text[1:-1].removeprefix(space)
        elif token.kind != "name" or spaces.get(head + colon) != space:
            continue
        if local.isidentifier():
            yield token.text, local


def _stands(graph: Graph, node: str) -> bool:
    """Whether a node stands anywhere in the graph."""
    quads, term = graph.store.quads, ox.NamedNode(node)
    places = ((None, term, None), (None, None, term), (term, None, None))
    return any(next(quads.quads_for_pattern(*place), None) for place in places)
