"""Export a graph as Parquet: its things, its relations, and its claims with their quotations.

For pandas, Polars, DuckDB, Spark and whatever else reads tables by columns. The same graph gives
the same bytes with the same version of pyarrow, which its files name.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from kg.base.errors import MissingExtraError
from kg.corpus.documents import heads
from kg.publish.formats.flat import portions
from kg.query.network import edge_data, files, links
from kg.store.rdf.rows import speakable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.base.records import Fact, Knowledge
    from kg.ontology import Ontology

    Row = dict[str, Any]

ROWS = 50_000  # of a group that is written at a time
NODES = {
    "id": "string", "type": "string", "subtype": "string", "name": "string", "aliases": "list",
    "mentions": "int64", "code": "string", "doubtful": "bool", "background": "string",
}  # fmt: skip
EDGES = {
    "subject": "string", "predicate": "string", "object": "string", "label": "string",
    "status": "string", "confidence": "float64", "claims": "int64", "quoted": "int64",
}  # fmt: skip
# As facts.csv has them, with the claim and, of a fact with a quotation, the IRI of the document.
CLAIMS = {
    "claim": "string", "subject": "string", "predicate": "string", "object": "string",
    "value": "string", "datatype": "string", "printed": "string", "document": "string",
    "document_name": "string", "start": "int64", "end": "int64", "quote": "string",
    "status": "string", "confidence": "float64", "rule": "string", "subject_name": "string",
    "object_name": "string", "high": "string", "anchor": "string", "anchor_source": "string",
    "source": "string", "review": "string",
}  # fmt: skip


def claims_parquet(knowledge: Knowledge) -> bytes:
    """The claims, in order of their IRIs; what a claim has not is null."""
    return _table(CLAIMS, _claims(knowledge))


def tables_parquet(knowledge: Knowledge, ontology: Ontology) -> dict[str, bytes]:
    """All three tables by file name."""
    return {
        "nodes.parquet": _table(NODES, _nodes(knowledge)),
        "edges.parquet": _table(EDGES, _edges(knowledge, ontology)),
        "claims.parquet": claims_parquet(knowledge),
    }


def _nodes(knowledge: Knowledge) -> Iterator[Row]:
    for entity in knowledge.entities:
        own = {name: getattr(entity, name) for name in NODES}
        yield {**own, "aliases": list(entity.aliases)}


def _edges(knowledge: Knowledge, ontology: Ontology) -> Iterator[Row]:
    """A row for each link between two things, which the surest claim of it speaks for."""
    for (subject, target, predicate), claims in links(knowledge):
        edge = edge_data(claims[0], ontology)
        yield {
            "subject": subject,
            "predicate": predicate,
            "object": target,
            "claims": len(claims),
            "quoted": sum(bool(fact.quote) for fact in claims),
            **{name: edge[name] for name in ("label", "status", "confidence")},
        }


def _claims(knowledge: Knowledge) -> Iterator[Row]:
    names = {entity.id: entity.name for entity in knowledge.entities}
    file_names = files(knowledge)
    iris = {source.document: source.id for source in heads(knowledge.sources)}
    for fact in knowledge.facts:
        yield _claim(fact, names, file_names, iris)


def _claim(
    fact: Fact, names: Mapping[str, str], file_names: Mapping[str, str], iris: Mapping[str, str]
) -> Row:
    value, document = fact.value, iris.get(fact.document, fact.document)
    own = {name: getattr(fact, name) for name in CLAIMS if hasattr(fact, name)}
    return {
        **own,
        "claim": fact.id,
        "value": value and value.lexical,
        "datatype": value and value.datatype,
        "printed": value and value.printed,
        "high": value and value.high,
        "anchor": value and value.anchor,
        "anchor_source": value and value.source,
        "document": document,
        "document_name": file_names.get(document),
        "start": fact.start if fact.quote else None,
        "end": fact.end if fact.quote else None,
        "subject_name": names.get(fact.subject),
        "object_name": names.get(fact.object),
    }


def _table(columns: Mapping[str, str], rows: Iterable[Row]) -> bytes:
    """A table; an empty text is null, as nothing is said."""
    try:
        import pyarrow as pa
        from pyarrow import parquet as pq
    except ImportError as error:
        raise MissingExtraError(
            "Parquet needs an optional part: pip install 'zhengtu[parquet]'"
        ) from error
    kinds = {**{kind: getattr(pa, kind)() for kind in ("string", "int64", "float64")},
             "bool": pa.bool_(), "list": pa.list_(pa.string())}  # fmt: skip
    schema = pa.schema([(name, kinds[kind]) for name, kind in columns.items()])
    out = BytesIO()
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        for batch in portions(rows, ROWS):
            cells = {name: [_cell(row.get(name)) for row in batch] for name in columns}
            writer.write_table(pa.table(cells, schema=schema))
    return out.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return [speakable(text) for text in value]
    return (speakable(value) or None) if isinstance(value, str) else value
