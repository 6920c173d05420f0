"""Answers of SPARQL in, whether they say the same out: whatever blank nodes are called."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pyoxigraph as ox

RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
XSD = "http://www.w3.org/2001/XMLSchema#"
_NUMBERS = {XSD + name for name in ("integer", "decimal", "double", "float")}
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def by_value(term: Term) -> Term:
    """A number in one form for each value: 01 and 1 are the same."""
    if isinstance(term, ox.Literal) and term.datatype.value in _NUMBERS:
        try:
            plain = str(Decimal(term.value).normalize())
        except InvalidOperation:  # INF, NaN, or no number
            return term
        return ox.Literal(plain, datatype=term.datatype)
    return term


@dataclass(frozen=True)
class Table:
    """The rows of an answer, as terms by variable; ``boolean`` that of ASK."""

    rows: tuple[dict[str, Term], ...] = ()
    names: frozenset[str] = frozenset()
    ordered: bool = False
    boolean: bool | None = None

    def quads(self) -> list[ox.Quad]:
        """The rows as a graph, in which equal tables are isomorphic."""
        counted = Counter(tuple(sorted((k, str(v)) for k, v in row.items())) for row in self.rows)
        found = []
        for i, row in enumerate(self.rows):
            node = ox.BlankNode(f"row{i}")
            key = tuple(sorted((k, str(v)) for k, v in row.items()))
            place = i if self.ordered else -counted[key]
            found.append(ox.Quad(node, ox.NamedNode("row:place"), ox.Literal(place)))
            found += [ox.Quad(node, ox.NamedNode(f"row:{k}"), v) for k, v in row.items()]
        return found

    def same(self, other: Table) -> bool:
        if self.boolean is not None or other.boolean is not None:
            return self.boolean == other.boolean
        return len(self.rows) == len(other.rows) and same_graph(self.quads(), other.quads())

    def within(self, other: Table) -> bool:
        """Whether all rows are of the other, none more often, and none is missing (REDUCED)."""
        mine, others = (
            Counter(str(sorted(r.items(), key=str)) for r in t.rows) for t in (self, other)
        )
        return set(mine) == set(others) and all(mine[row] <= others[row] for row in mine)


def same_graph(one: Iterable[ox.Quad], other: Iterable[ox.Quad]) -> bool:
    """Whether two graphs are isomorphic."""
    return _canonical(one) == _canonical(other)


def _canonical(quads: Iterable[ox.Quad]) -> set[ox.Quad]:
    plain = (ox.Quad(q.subject, q.predicate, by_value(q.object)) for q in quads)
    dataset = ox.Dataset(plain)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return set(dataset)


def table(data: bytes, media: str, *, ordered: bool) -> Table:
    """The table of an answer in XML, JSON or TSV."""
    read = ox.parse_query_results(data, format=ox.QueryResultsFormat.from_media_type(media))
    if isinstance(read, ox.QueryBoolean):
        return Table(boolean=bool(read))
    names = [v.value for v in read.variables]
    rows = tuple({n: by_value(row[n]) for n in names if row[n] is not None} for row in read)
    return Table(rows, frozenset(names), ordered)


def csv_table(text: str) -> Table:
    """The table of an answer in CSV, whose cells are texts."""
    names, *rows = list(csv.reader(io.StringIO(text)))
    cells = ({n: _cell(cell) for n, cell in zip(names, row, strict=True)} for row in rows)
    return Table(tuple(cells), frozenset(names))


def _cell(text: str) -> Term:
    if text.startswith("_:"):
        return ox.BlankNode(text[2:])
    try:
        return ox.Literal(str(Decimal(text).normalize()))
    except InvalidOperation:
        return ox.Literal(text)


def expected_table(path: Path, base: str, *, ordered: bool) -> Table:
    """The table of a file of the suite: XML, JSON, TSV, or RDF in the words of result sets."""
    if path.suffix in (".srx", ".srj", ".tsv"):
        media = {".srx": "results+xml", ".srj": "results+json"}.get(path.suffix)
        kind = f"application/sparql-{media}" if media else "text/tab-separated-values"
        return table(path.read_bytes(), kind, ordered=ordered)
    store = ox.Store()
    format = ox.RdfFormat.from_extension(path.suffix[1:]) or ox.RdfFormat.TURTLE
    store.extend(ox.parse(path=path, format=format, base_iri=base))
    asked = store.query(f"SELECT ?b {{ ?r <{RS}boolean> ?b }}")
    for row in asked:  # type: ignore[union-attr]
        return Table(boolean=row["b"].value == "true")
    return _result_set(store, ordered=ordered)


def _result_set(store: ox.Store, *, ordered: bool) -> Table:
    rows: dict[str, dict[str, Term]] = {}
    places: dict[str, int] = {}
    query = f"""SELECT * {{ ?r <{RS}solution> ?s OPTIONAL {{ ?s <{RS}index> ?i }}
      OPTIONAL {{ ?s <{RS}binding> ?b . ?b <{RS}variable> ?name ; <{RS}value> ?value }} }}"""
    for found in store.query(query):  # type: ignore[union-attr]
        key = str(found["s"])
        row = rows.setdefault(key, {})
        places[key] = int(found["i"].value) if found["i"] is not None else 0
        if found["name"] is not None:
            row[found["name"].value] = by_value(found["value"])
    names = {name for row in rows.values() for name in row}
    # Not every file of the suite says in which order its rows are.
    told = ordered and len(set(places.values())) == len(rows)
    inorder = sorted(rows, key=lambda key: places[key])
    return Table(tuple(rows[key] for key in inorder), frozenset(names), told)
