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

from kg.base.errors import QueryError, did_you_mean, nearest
from kg.query.sparql.evaluate import evaluate, unanswerable
from kg.query.sparql.parsed import ParsedQuery, parse
from kg.query.table import aligned
from kg.store.rdf.rows import XSD, iri, literal
from kg.store.rdf.turtle import turtle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kg.query.graph import Graph
    from kg.query.sparql.evaluate import Raw

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


def answer(graph: Graph, text: str, bindings: Mapping[str, object] | None = None) -> Result:
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
    bound = {name: _bound(name, value) for name, value in (bindings or {}).items()}
    return result(evaluate(graph.store.quads, parse(text, graph.prefixes, bindings=bound)))


def result(raw: Raw) -> Result:
    """What oxigraph answers, as rows.

    Raises:
        QueryError: If it cannot be answered to its end.
    """
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
        raise unanswerable(error) from error


def run(graph: Graph, text: str, format: str = "table") -> bytes:
    """Answer a query in a format.

    Args:
        graph: The graph, as ``kg.open`` gives it.
        text: The query, as for ``answer``.
        format: ``table`` (for eyes), ``csv``, ``tsv``, ``json`` or ``xml`` as the W3C
            defines them for SELECT and ASK; ``ttl`` or ``nt`` for CONSTRUCT and DESCRIBE.

    Raises:
        QueryError: If the query is wrong, or has no answer in this format.
    """
    if format not in FORMATS:
        raise QueryError(
            f"{format} is no format of answers; {did_you_mean(format, FORMATS)}",
            zh=f"{format} 不是结果的格式；{did_you_mean(format, FORMATS, 'zh')}",
            near=nearest(format, FORMATS),
        )
    raw = evaluate(graph.store.quads, parse(text, graph.prefixes))
    if format == "table":
        table = result(raw)
        rows = [[shown(graph, term) for term in row] for row in table.terms]
        return aligned(table.columns, rows).encode()
    _refuse_format(raw, format)
    try:
        if isinstance(raw, ox.QueryTriples):
            if format == "ttl":
                return turtle(raw, graph.prefixes, graph.base)
            return "".join(sorted({f"{t} .\n" for t in raw})).encode()
        written: bytes | None = raw.serialize(format=RESULT_FORMATS[format])
        return (written or b"").removesuffix(b"\n") + b"\n"
    except RuntimeError as error:
        raise unanswerable(error) from error


def _refuse_format(raw: Raw, format: str) -> None:
    """Refuse a format that cannot hold the answer."""
    is_graph = isinstance(raw, ox.QueryTriples)
    if is_graph == (format in ("ttl", "nt")):
        return
    kinds = ("CONSTRUCT and DESCRIBE give a graph", "ttl, nt and table")
    if not is_graph:
        kinds = ("SELECT and ASK give rows", "table, csv, tsv, json and xml")
    raise QueryError(f"{kinds[0]}, which {format} cannot hold; {kinds[1]} can")


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


def _bound(name: str, value: object) -> str:
    """A Python value as SPARQL writes it."""
    if isinstance(value, ox.NamedNode | ox.Literal):
        return str(value)
    if isinstance(value, bool | int | float):
        return str(ox.Literal(value))
    if isinstance(value, Decimal):
        return str(literal(format(value, "f"), "decimal"))
    if type(value).__name__ in ("URIRef", "Literal") and hasattr(value, "n3"):
        return str(value.n3())
    if isinstance(value, str):
        known = value.startswith(("http://", "https://", "urn:"))
        return str(iri(value) if known else literal(value))
    raise QueryError(f"{name}: {value!r} is no term; give an IRI, a text or a number")


def unknown_terms(graph: Graph, query: ParsedQuery) -> dict[str, str]:
    """The terms of a query in the ontology's namespace that the ontology lacks, and a way out.

    Such a query is no error, but its answer is mostly empty. What stands in the graph, of
    imports for one, is known as well.
    """
    ontology = graph.ontology
    pages = {*ontology.classes, *ontology.relations, *ontology.attributes}
    ways_out: dict[str, str] = {}
    for shown, local in _own_terms(graph, query):
        if local in pages or _stands(graph, ontology.namespace + local):
            continue
        from kg.store.rdf.vocabulary import RESERVED

        if local not in RESERVED:
            ways_out[shown] = did_you_mean(local, pages | RESERVED)
    return ways_out


def _own_terms(graph: Graph, query: ParsedQuery) -> Iterator[tuple[str, str]]:
    """The terms of a query in the ontology's namespace: as written, and their local names."""
    spaces = {f"{prefix}:": space for prefix, space in graph.prefixes.items()}
    space = graph.ontology.namespace
    read = query.tokens
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
